"""A line of an article in pieces, one around each number, and names found in running text."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..language import word_lists
from ..lookup.question import GAP, Question
from ..quantities.mention import Mention
from ..quantities.signs import fold

# A clause ends at one of these, a sentence at one of STOPS.
_CLAUSE = re.compile(r"[，。；：！？;!?()（）]|[,:.](?![0-9])|(?<![0-9])[,:]")
STOPS = tuple("。！？!?.")
# Roles of words that are no part of a metric's name, which has so many characters or words.
NAMELESS = frozenset((
    "measure", "change", "status", "order", "unit", "filler", "verb", "role", "place", "place_kind",
))  # fmt: skip
SHORTEST_NAME, FEWEST_WORDS = 3, 2


class Part(NamedTuple):
    """A number with the words of its clause on both sides, or a clause that has none.

    `before` and `after` go as far as the next number, and have blanks where dates stand. `dates`
    are all of the clause, each with what of the clause stands before it; `numbers` says how many
    the clause has.
    """

    sentence: int
    clause: str
    dates: list[tuple[str, Mention]]
    before: str
    mention: Mention | None = None
    after: str = ""
    numbers: int = 0


@cache
def _simplified() -> dict[int, str]:
    return {ord(own): other for own, other, _ in word_lists.characters() if own != other}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` in lower case, plain signs and simplified characters; each keeps its place."""
    return fold(text).translate(_simplified()).lower()


class Words(dict[str, re.Pattern[str]]):
    """The patterns of `clause_words.csv` by their roles."""

    def __init__(self) -> None:
        with Path(__file__).with_name("clause_words.csv").open(encoding="utf-8") as file:
            super().__init__((row["role"], re.compile(row["pattern"], re.I))
                             for row in csv.DictReader(file))  # fmt: skip
        # Each number of a clause asks for the same words of it.
        self._said: dict[tuple[str, str], bool] = {}

    def say(self, role: str, text: str) -> bool:
        """Whether a text has words of a role."""
        if (role, text) not in self._said:
            self._said[role, text] = self[role].search(plain(text)) is not None
        return self._said[role, text]


class Names:
    """Finds names in running text, at each place the longest."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._by_start: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        folded = [(plain(name), id) for name, id in named]
        for name, id in sorted(folded, key=lambda pair: -len(pair[0])):
            self._by_start[name[:2]].append((name, id))
        self.find = cache(self._find)  # an article names the same again and again

    def _find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and id of every name in `text`, from left to right."""
        found, at, folded = [], 0, plain(text)
        while at < len(folded) - 1:
            end = at + 1
            for name, id in self._by_start.get(folded[at : at + 2], ()):
                if folded.startswith(name, at) and not (
                    _in_word(folded, at) or _in_word(folded, at + len(name))
                ):
                    end = at + len(name)
                    found.append((at, end, id))
                    break
            at = end
        return found


def _in_word(text: str, at: int) -> bool:
    return at > 0 and bool(re.fullmatch("[a-z]{2}", text[at - 1 : at + 1]))


def parts_of(
    line: str, mentions: list[Mention], names: Iterable[tuple[int, int, str]]
) -> Iterator[Part]:
    """A line in pieces. No clause ends within a mention, or within one of `names`."""
    spans = [(one.start, one.end) for one in mentions] + [(a, b) for a, b, _ in names]
    inside = {at for start, end in spans for at in range(start, end)}
    text, start, sentence = line, 0, 0
    for one in mentions:
        if one.kind == "date":
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    ends = [one.end() for one in _CLAUSE.finditer(line) if one.start() not in inside]
    for end in [*ends, len(line)]:
        own = [one for one in mentions if start <= one.start < end]
        dates = [(line[start : one.start], one) for one in own if one.kind == "date"]
        numbers = [one for one in own if one.kind != "date"]
        begins = [start, *(one.end for one in numbers)]
        stops = [*(one.start for one in numbers), end]
        clause = line[start:end]
        for at, one in enumerate(numbers):
            yield Part(sentence, clause, dates, text[begins[at] : stops[at]], one,
                       text[begins[at + 1] : stops[at + 1]], len(numbers))  # fmt: skip
        if not numbers:
            yield Part(sentence, clause, dates, text[start:end])
        sentence += clause.endswith(STOPS)
        start = end


def new_name(question: Question, text: str, known: Words) -> str:
    """What of a text may be the name of a new metric; nothing where that is in doubt.

    `question` is the text taken apart.
    """
    units, words = question.units, {at: one for one in question.words for at in one.span}
    idle = {at for at, one in words.items() if one.roles.keys() & NAMELESS}
    gap = max((at for at, unit in enumerate(units) if unit == GAP), default=-1)
    kept = [at for at in range(gap + 1, len(units)) if at not in idle]
    found = units[kept[0] : kept[-1] + 1] if kept else [""]
    if found[0] <= "z":
        # With a verb or preposition in between it is more than a name.
        whole = FEWEST_WORDS <= len(found) == len(kept)
        letters = r"\W{0,2}".join("".join(found))
        as_printed = re.search(letters, text, re.I) if whole else None
        return as_printed[0] if as_printed and "|" not in as_printed[0] else ""
    # 采 alone is a verb and 采信 no known word: 信 is half of one.
    before = words.get(kept[0] - 1)
    cut = before is not None and before.size == 1 and "verb" in before.roles
    name = "".join(found)
    if name not in text:
        return ""  # of other signs
    doubt = cut or len(name) < SHORTEST_NAME or known.say("no_name", name)
    return "" if doubt else name
