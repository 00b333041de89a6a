"""Splits a line of an article into clauses, and finds names and words in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..language import word_lists
from ..language.signs import fold
from ..quantities.patterns import any_of
from ..quantities.quantity import Mention

# The signs that end a sentence.
STOPS = tuple("。！？!?.")
# A place where no English word continues.
_EDGE = "(?:(?<![a-z])|(?![a-z]))"
# The least length of a metric's name.
SHORTEST_NAME = 2
# The distance in characters within which words can belong to a number.
NEAR = 100


class Part(NamedTuple):
    """A clause, or a piece of it with one number.

    `before` and `after` reach to the next numbers, `own_before` and `own_after` have only words of
    this one. Dates are blanks there; `dates` has each with the text before it. `start` and `end`
    are the places of `before` and of the end of `after` in the clause.
    """

    sentence: int
    clause: str
    dates: list[tuple[str, Mention]]
    before: str
    mention: Mention | None = None
    after: str = ""
    own_before: str = ""
    own_after: str = ""
    number_count: int = 0
    start: int = 0
    end: int = 0


@cache
def _simplified() -> dict[int, str]:
    return {ord(sign): simple for sign, simple, _ in word_lists.characters() if sign != simple}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text in lower case, plain signs and simplified characters, all at their places."""
    return fold(text).translate(_simplified()).lower()


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of `clause_words.csv` by their roles."""
    with Path(__file__).with_name("clause_words.csv").open(encoding="utf-8") as file:
        return {row["role"]: re.compile(row["pattern"], re.I) for row in csv.DictReader(file)}


@lru_cache(maxsize=100_000)  # The numbers of a clause all ask for the same words.
def say(role: str, text: str) -> bool:
    """Whether a text has words of a role."""
    return words()[role].search(plain(text)) is not None


def name_finder(names: Iterable[tuple[str, str]]) -> Callable[[str], list[tuple[int, int, str]]]:
    """A function that finds the start, end and id of names in a text, the longest at each place."""
    ids = {plain(name): id for name, id in reversed([*names]) if len(name) > 1}
    pattern = re.compile(rf"{_EDGE}{any_of(ids)}{_EDGE}")
    return cache(lambda text: [(*one.span(), ids[one[0]]) for one in pattern.finditer(plain(text))])


def parts_of(
    line: str, mentions: list[Mention], names: Iterable[tuple[int, int, str]]
) -> Iterator[Part]:
    """The parts of a line in order. A clause does not end inside a mention or a name."""
    spans = [(one.start, one.end) for one in mentions] + [(a, b) for a, b, _ in names]
    inside = {at for start, end in spans for at in range(start, end)}
    text, start, sentence = line, 0, 0
    for one in mentions:
        if one.kind == "date":
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    ends = [one.end() for one in words()["clause_end"].finditer(line) if one.start() not in inside]
    for end in [*ends, len(line)]:
        here = [one for one in mentions if start <= one.start < end]
        dates = [(line[start : one.start], one) for one in here if one.kind == "date"]
        numbers = [one for one in here if one.kind != "date"]
        begins = [start, *(one.end for one in numbers)]
        stops = [*(one.start for one in numbers), end]
        clause = line[start:end]
        listed = _listed_words(clause, text[start : stops[0]], len(numbers))
        for at, one in enumerate(numbers):
            before, after = text[begins[at] : stops[at]], text[begins[at + 1] : stops[at + 1]]
            own = listed[at] if listed else words()["joins"].split(before)[-1] if at else before
            yield Part(sentence, clause, dates, before, one, after, own,
                       words()["joins"].split(after)[0] if at + 1 < len(numbers) else after,
                       len(numbers), begins[at] - start, stops[at + 1] - start)  # fmt: skip
        if not numbers:
            yield Part(sentence, clause, dates, text[start:end])
        sentence += clause.endswith(STOPS)
        start = end


def _listed_words(clause: str, before: str, count: int) -> list[str]:
    """The words of each number in a list: 出口为 and 进口为 in 出口、进口分别为8亿元和5亿元."""
    listed, _, rest = words()["each"].sub("@", before).partition("@")
    nouns = words()["joins"].split(listed)
    nouns = nouns if len(nouns) == count else [""] * count
    return [noun + rest for noun in nouns] if say("each", clause) else []


def new_name(before: str) -> str:
    """A name for a new metric from the words before its number; may be empty."""
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
