"""Questions that people ask: how often the right figure comes first, how often none is given.

A list is a CSV file with `question`, `answer` (ids of the figures that a fair judge takes for an
answer, or `-` for none) and `kind`. `python -m tests.benchmarks.lookup LIST…` measures lists.
"""

from __future__ import annotations

import contextlib
import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ftz_cli.database import Database
from ftz_cli.lookup.answering import answer
from ftz_cli.model.errors import NotFound

DEVELOPMENT = Path(__file__).with_name("development.csv")


class Asked(NamedTuple):
    """A question of a list; no `answers` where nothing in the data answers it."""

    question: str
    answers: frozenset[str]
    kind: str


class Found(NamedTuple):
    """The ids of figures for a question, the best first, and whether a notice came with them."""

    ids: Sequence[str]
    notice: bool = False


LookUp = Callable[[str], Found]


@dataclass(slots=True)
class Score:
    """Questions that have an answer, and those that have none."""

    answerable: int = 0
    first: int = 0
    third: int = 0
    noticed: int = 0
    unanswerable: int = 0
    refused: int = 0
    silent: int = 0

    def add(self, asked: Asked, found: Found) -> None:
        """Count what was found for a question."""
        if not asked.answers:
            self.unanswerable += 1
            self.refused += not found.ids
            self.silent += bool(found.ids) and not found.notice
            return
        right = [id in asked.answers for id in found.ids[:3]]
        self.answerable += 1
        self.first += right[:1] == [True]
        self.third += any(right)
        self.noticed += right[:1] == [True] and found.notice

    def cells(self) -> list[str]:
        """How many; right first, in the first three, with a notice; refused, answered in silence."""
        return [
            str(self.answerable + self.unanswerable),
            *(_part(n, self.answerable) for n in (self.first, self.third)),
            _part(self.noticed, self.first),
            *(_part(n, self.unanswerable) for n in (self.refused, self.silent)),
        ]


def _part(count: int, of: int) -> str:
    return f"{count / of:.1%}" if of else "–"


def questions(path: Path = DEVELOPMENT) -> list[Asked]:
    """A list."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Asked(row["question"], frozenset(row["answer"].replace("-", "").split()), row["kind"])
            for row in csv.DictReader(file)
        ]


def ours(db: Database) -> LookUp:
    """This project's look-up."""

    def look_up(question: str) -> Found:
        try:
            found = answer(db, question)
        except NotFound:
            return Found([])
        return Found([figure.id for figure in found.figures], bool(found.notices))

    return look_up


def scores(look_up: LookUp, asked: Sequence[Asked]) -> dict[str, Score]:
    """Scores by kind; the kind `all` is every kind."""
    found: defaultdict[str, Score] = defaultdict(Score)
    for one in asked:
        got = look_up(one.question)
        for kind in (one.kind, "all"):
            found[kind].add(one, got)
    return dict(found)


_ROLES = (
    "select word, role, target from lookup_words where role <> '{}'"
    " and word in (select value from json_each(?))"
)
# Parts of the look-up, and how each is switched off: (module, constant, value in its place).
PARTS: dict[str, tuple[str, str, Callable[[object], object]]] = {
    "synonyms": ("question", "ROLES", lambda _: _ROLES.format("group")),
    "fillers": ("question", "ROLES", lambda _: _ROLES.format("filler")),
    "verbs": ("question", "ROLES", lambda _: _ROLES.format("verb")),
    "places": ("question", "ROLES", lambda _: _ROLES.format("place")),
    "definitions": ("linking", "POSTINGS", lambda sql: f"{sql} and n.rank <> 5"),
    "names above": ("linking", "POSTINGS", lambda sql: f"{sql} and n.rank <> 4"),
    "pinyin": ("question", "read_pinyin", lambda _: lambda db, units, _: list(units)),
    "homophones": ("question", "read_homophones", lambda _: lambda *_: {}),
    "slips": ("question", "read_slip", lambda _: lambda *_: None),
    "metric": ("judging", "METRIC", lambda _: 0.0),
    "zone": ("judging", "ZONE", lambda _: 0.0),
    "kind": ("judging", "KIND", lambda _: 0.0),
    "level": ("judging", "LEVEL", lambda _: 0.0),
    "another named whole": ("judging", "NARROWER", lambda _: 0.0),
}


@contextlib.contextmanager
def switched_off(part: str) -> Iterator[None]:
    """Run without a part of the look-up."""
    name, constant, other = PARTS[part]
    module = import_module(f"ftz_cli.lookup.{name}")
    before = getattr(module, constant)
    setattr(module, constant, other(before))
    try:
        yield
    finally:
        setattr(module, constant, before)
