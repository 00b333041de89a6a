"""A line of an article in pieces, one around each number, and names found in running text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..language import word_lists
from ..language.signs import fold
from ..quantities.patterns import any_of
from ..quantities.quantity import Mention

# A clause ends at one of these, but not in: exports, at 5 billion yuan, fell. A sentence ends at
# one of STOPS.
_CLAUSE = re.compile(
    r"[，。；：！？;!?()（）,:.](?! respectively\b)"
    r"(?:(?<![,:.])|(?<!,)(?![0-9])|(?<=,)(?!(?: (?:at|to) [$€£]?)?[0-9])"
    r"|(?<![0-9].)(?<!\.)(?! (?:at|to) [$€£]?[0-9]))"
)
STOPS = tuple("。！？!?.")
# No English word goes on here.
_EDGE = "(?:(?<![a-z])|(?![a-z]))"
# A shorter name of a metric says too little.
SHORTEST_NAME = 2
# So near to a number, in characters, stands what says what it is of.
NEAR = 100


class Part(NamedTuple):
    """A number with the words of its clause on both sides, or a clause that has none.

    `before` and `after` go as far as the next number, and have blanks where dates stand; `own` and
    `own_after` are what of them is said of this number alone. `dates` are all of the clause, each
    with what of the clause stands before it; `numbers` says how many numbers the clause has,
    `since` where in it `before` begins, and `until` where the next one.
    """

    sentence: int
    clause: str
    dates: list[tuple[str, Mention]]
    before: str
    mention: Mention | None = None
    after: str = ""
    own: str = ""
    own_after: str = ""
    numbers: int = 0
    since: int = 0
    until: int = 0


@cache
def _simplified() -> dict[int, str]:
    return {ord(own): other for own, other, _ in word_lists.characters() if own != other}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` in lower case, plain signs and simplified characters; each keeps its place."""
    return fold(text).translate(_simplified()).lower()


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of `clause_words.csv` by their roles."""
    with Path(__file__).with_name("clause_words.csv").open(encoding="utf-8") as file:
        return {row["role"]: re.compile(row["pattern"], re.I) for row in csv.DictReader(file)}


@lru_cache(maxsize=100_000)  # each number of a clause asks for the same words of it
def say(role: str, text: str) -> bool:
    """Whether a text has words of a role."""
    return words()[role].search(plain(text)) is not None


class Names:
    """Finds names in running text, at each place the longest."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        # The first thing that bears a name has it.
        self._ids = {plain(name): id for name, id in reversed([*named]) if len(name) > 1}
        self._pattern = re.compile(rf"{_EDGE}{any_of(self._ids)}{_EDGE}")
        self.find = cache(self._find)  # an article names the same again and again

    def _find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and id of every name in `text`, from left to right."""
        return [(*one.span(), self._ids[one[0]]) for one in self._pattern.finditer(plain(text))]


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
        each = _of_each(clause, text[start : stops[0]], len(numbers))
        for at, one in enumerate(numbers):
            before, after = text[begins[at] : stops[at]], text[begins[at + 1] : stops[at + 1]]
            said = each[at] if each else words()["joins"].split(before)[-1] if at else before
            yield Part(sentence, clause, dates, before, one, after, said,
                       words()["joins"].split(after)[0] if at + 1 < len(numbers) else after,
                       len(numbers), begins[at] - start, stops[at + 1] - start)  # fmt: skip
        if not numbers:
            yield Part(sentence, clause, dates, text[start:end])
        sentence += clause.endswith(STOPS)
        start = end


def _of_each(clause: str, before: str, numbers: int) -> list[str]:
    """The words of each number where a clause says that each is of one thing, else nothing.

    Of 出口、进口分别为8亿元和5亿元, the second is 进口为; where it names not as many, all are 为.
    """
    listed, _, rest = words()["each"].sub("@", before).partition("@")
    nouns = words()["joins"].split(listed)
    nouns = nouns if len(nouns) == numbers else [""] * numbers
    return [noun + rest for noun in nouns] if say("each", clause) else []


def new_name(before: str) -> str:
    """A name for a new metric, from the words before its number; empty where they give none."""
    before = words()["verb"].sub("|", before)[-NEAR:].strip("| ")
    if english := words()["named"].search(re.sub(r"(?: (?:in|of|at)(?: the)?)?[ |]+", " ", before)):
        return english[1]
    name = re.sub("(?<=..)(?:[由从](?!业).*|[为至]$)", "", re.split("[^\u3400-\u9fff]", before)[-1])
    return "" if len(name) < SHORTEST_NAME or say("no_name", name) else name


def counted_name(printed: str, after: str) -> str:
    """A name for what a number counts: "firms with warehouses" of "36 firms with warehouses"."""
    unit = re.search(r"(?<=[0-9])\D*$", printed)
    english = unit and words()["named_behind"].search(unit[0] + after)
    return english[1] if english else ""
