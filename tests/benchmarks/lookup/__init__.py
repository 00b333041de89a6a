"""Questions that people ask, and which of several look-ups puts the right figure first.

`questions.csv` was written before the ranking was tuned: half `tune` to tune on, half `report` to
report. `accept` lists every figure that a fair judge would take for an answer.
"""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftz_cli import question

from ..measure import Process, Sheet, interleaved
from ..start import ftz

QUESTIONS = Path(__file__).parent / "questions.csv"

# The ids of figures for a question, the best first.
LookUp = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the list."""

    kind: str
    article: str
    question: str
    accept: frozenset[str]
    half: str


@dataclass(slots=True)
class Score:
    """How often the right figure came first, among the first three, and how near the top."""

    count: int = 0
    first: int = 0
    third: int = 0
    reciprocal: float = 0.0

    def add(self, place: int) -> None:
        """Count an answer whose right figure came at `place`; 0 is nowhere."""
        self.count += 1
        self.first += place == 1
        self.third += 0 < place <= 3
        self.reciprocal += 1 / place if place else 0.0

    @property
    def top_1(self) -> str:
        """The part of questions with the right figure first."""
        return f"{self.first / self.count:.1%}"

    @property
    def told(self) -> tuple[str, str, str]:
        """Top-1, top-3 and mean reciprocal rank."""
        return self.top_1, f"{self.third / self.count:.1%}", f"{self.reciprocal / self.count:.3f}"


def questions(path: Path = QUESTIONS) -> list[Asked]:
    """The list."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Asked(row["kind"], row["article"], row["question"], frozenset(row["accept"].split()),
                  row["half"])
            for row in csv.DictReader(file)
        ]  # fmt: skip


def scores(look_up: LookUp, asked: Sequence[Asked]) -> dict[tuple[str, str], Score]:
    """Scores by half and kind; the kind "all" is every kind."""
    found: defaultdict[tuple[str, str], Score] = defaultdict(Score)
    for one in asked:
        place = next((at for at, id in enumerate(look_up(one.question), 1) if id in one.accept), 0)
        found[one.half, one.kind].add(place)
        found[one.half, "all"].add(place)
    return dict(found)


def ours(data: sqlite3.Connection) -> LookUp:
    """This project's ranking."""
    from ftz_cli import resolve

    return lambda text: [answer.id for answer in resolve.rank(data, text)[1]]


def _unweighted(
    data: sqlite3.Connection, terms: set[str], weights: Callable[..., Any] = question._weights
) -> dict[str, Any]:
    """The terms of the index, each of the same weight."""
    return {term: known._replace(weight=1.0) for term, known in weights(data, terms).items()}


# Parts of the ranking, and how each is switched off: (module, constant, value).
PARTS: dict[str, tuple[tuple[str, str, object], ...]] = {
    "whole names": (("resolve", "WHOLE", {"metric": 0.0, "initiative": 0.0, "zone": 0.0}),),
    "kind": (("resolve", "KIND", 0.0),),
    "yielding": (("resolve", "YIELDING", 1.0),),
    "unit": (("resolve", "UNIT", 0.0), ("resolve", "OTHER_UNIT", 1.0)),
    "zones above": (("resolve", "ABOVE", 0.0),),
    "place": (("resolve", "OTHER_PLACE", 0.0),),
    "period": (("resolve", "SAME_PERIOD", 0.0), ("resolve", "OTHER_PERIOD", 0.0)),
    "quoted": (("resolve", "QUOTED", 0.0),),
    "twice told": (("resolve", "TWICE_TOLD", 0.0),),
    "sound": (("question", "BY_SOUND", 0.0), ("question", "_syllables", lambda *_: {})),
    "spelling": (("question", "spelled_like", lambda *_: []),),
    "weights": (("question", "_weights", _unweighted),),
}


@contextlib.contextmanager
def switched_off(part: str) -> Iterator[None]:
    """Run without a part of the ranking."""
    from importlib import import_module

    kept = []
    for module_name, name, value in PARTS[part]:
        module = import_module(f"ftz_cli.{module_name}")
        kept.append((module, name, getattr(module, name)))
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, before in kept:
            setattr(module, name, before)


def measured(work: Path, database: Path | None, without: Sequence[str]) -> list[Sheet]:
    """The right figure first, by kind, for every look-up; then without parts of ours."""
    if database is None:
        database = work / "lookup.db"
        interleaved([Process("", [ftz(), "load", "--db", str(database), "-q"])], 0, warm=1)
    data = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    asked = questions()
    unknown = [part for part in without if part not in PARTS and part != "each"]
    if unknown:
        raise SystemExit(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}, each")
    if without:
        parts = list(PARTS) if "each" in without else list(without)
        return [_without(data, asked, parts)]
    from .rivals import rivals

    found = {"ftz": scores(ours(data), asked)}
    for name, look_up in rivals(data).items():
        found[name] = scores(look_up, asked)
    return [_totals(found, asked), *_kinds(found, asked)]


def _halves(asked: Sequence[Asked]) -> list[str]:
    return sorted({one.half for one in asked})


def _totals(found: dict[str, dict[tuple[str, str], Score]], asked: Sequence[Asked]) -> Sheet:
    halves = _halves(asked)
    heads = ["", *(f"{half}: {what}" for half in halves for what in ("top-1", "top-3", "MRR"))]
    sheet = Sheet(f"{len(asked)} questions: the right figure first", heads)
    for name, by in found.items():
        sheet.rows.append((name, *(cell for half in halves for cell in by[half, "all"].told)))
    return sheet


def _kinds(
    found: dict[str, dict[tuple[str, str], Score]], asked: Sequence[Asked]
) -> Iterator[Sheet]:
    for half in _halves(asked):
        kinds = sorted({one.kind for one in asked if one.half == half})
        sheet = Sheet(
            f"Half '{half}', by kind: top-1",
            ["kind", "questions", *found, "ftz top-3", "ftz MRR"],
        )
        for kind in (*kinds, "all"):
            own = found["ftz"][half, kind]
            sheet.rows.append((kind, str(own.count),
                               *(by[half, kind].top_1 for by in found.values()), *own.told[1:]))  # fmt: skip
        yield sheet


def _without(data: sqlite3.Connection, asked: Sequence[Asked], parts: Sequence[str]) -> Sheet:
    halves = _halves(asked)
    heads = ["", *(f"{half}: {what}" for half in halves for what in ("top-1", "top-3", "MRR"))]
    sheet = Sheet("What each part of the ranking is worth", [*heads, "most lost"])
    whole = scores(ours(data), asked)
    sheet.rows.append(("with all", *(c for h in halves for c in whole[h, "all"].told), ""))
    for part in parts:
        with switched_off(part):
            by = scores(ours(data), asked)
        lost = {kind: sum(whole[h, k].first - by[h, k].first for h, k in by if k == kind)
                for _, kind in by if kind != "all"}  # fmt: skip
        worst = max(lost, key=lambda kind: lost[kind])
        told = f"{worst} −{lost[worst]}" if lost[worst] > 0 else "–"
        sheet.rows.append(
            (f"without {part}", *(c for h in halves for c in by[h, "all"].told), told)
        )
    return sheet
