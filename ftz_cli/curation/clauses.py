"""Splits a line of an article into clauses, and finds names and words in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ..language import word_lists
from ..language.signs import fold
from ..language.word_lists import rows
from ..quantities.patterns import any_of
from ..quantities.quantity import Mention

STOPS = tuple("。！？!?.")
# No English word continues here.
_EDGE = "(?:(?<![a-z])|(?![a-z]))"
# Finds the start, end and id of names in a text.
NameFinder = Callable[[str], list[tuple[int, int, str]]]
MOST_NUMBERS = 60  # No clause has more; each of them costs as much as the clause is long
NEAR = 100  # The distance in characters within which words can belong to a number


class Part(NamedTuple):
    """A clause, or a piece of it with one number; `start` is the place of the clause in its line.

    `before` begins behind the number before, `after` ends at the next number or at a word such as
    "and". Dates are blanks there.
    """

    sentence: int
    clause: str
    start: int
    dates: list[Mention]
    numbers: list[Mention]
    before: str
    mention: Mention | None = None
    after: str = ""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text in lower case, plain signs and simplified characters, all at their places."""
    return fold(text).translate(word_lists.simplified()).lower()


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of `clause_words.csv` by their roles."""
    listed = rows("clause_words", Path(__file__).parent)
    return {row["role"]: re.compile(row["pattern"], re.I) for row in listed}


@lru_cache(maxsize=100_000)  # The numbers of a clause all ask for the same words.
def say(role: str, text: str) -> bool:
    """Whether a text has words of a role."""
    return words()[role].search(plain(text)) is not None


def name_finder(names: Iterable[tuple[str, str]]) -> NameFinder:
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
    # A number in brackets is the one before it in another currency: 2 billion yuan ($280 million).
    bracketed = [(one.start - 1, one.end) for last, one in pairwise(mentions)
                 if line[last.end : one.start].strip() in ("(", "（")]  # fmt: skip
    inside |= {at for ends in bracketed for at in ends
               if "".join(line[at : at + 1] for at in ends) in ("()", "（）")}  # fmt: skip
    text, start, sentence = line, 0, 0
    for one in mentions:
        if one.kind == "date":
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    ends = [one.end() for one in words()["clause_end"].finditer(line) if one.start() not in inside]
    places = [one.start for one in mentions]
    for end in _bounded([*ends, len(line)], mentions):
        here = mentions[bisect_left(places, start) : bisect_left(places, end)]
        dates = [one for one in here if one.kind == "date"]
        numbers = [one for one in here if one.kind != "date"]
        begins = [start, *(one.end for one in numbers)]
        stops = [*(one.start for one in numbers), end]
        texts = [text[begin:stop] for begin, stop in zip(begins, stops, strict=True)]
        clause = Part(sentence, line[start:end], start, dates, numbers, texts[0])
        afters = [behind if text.strip() in ("(", "（") else text
                  for text, behind in pairwise([*texts[1:], ""])]  # fmt: skip
        for one, before, after in zip(numbers, texts, afters, strict=False):
            own = words()["joins"].split(after)[0]
            yield clause._replace(before=before, mention=one, after=own)
        if not numbers:
            yield clause
        sentence += clause.clause.endswith(STOPS)
        start = end


def _bounded(ends: list[int], mentions: list[Mention]) -> Iterator[int]:
    """The ends of clauses, and further ones within a clause of more numbers than any has."""
    places, first = [one.start for one in mentions], 0
    for end in ends:
        last = bisect_left(places, end)
        yield from (one.end for one in mentions[first:last][MOST_NUMBERS - 1 : -1 : MOST_NUMBERS])
        first = last
        yield end


def new_name(before: str) -> str:
    """A name for a new metric from the words before its number; may be empty."""
    before = words()["verb"].sub("|", before)[-NEAR:].strip("| ")
    if english := words()["named"].search(re.sub(r"(?: (?:in|of|at)(?: the)?)?[ |]+", " ", before)):
        return english[1].lower()
    last = re.split("[^\u3400-\u9fff]", before)[-1].lstrip("末底初")
    name = re.sub("(?<=..)(?:[由从](?!业).*|(?:平均)?节[省约]$|(?:增长|下降)$|[为至]$)", "", last)
    return "" if len(name) < 2 or say("no_name", name) else name


def counted_name(printed: str, after: str) -> str:
    """A name for what a number counts: "firms with warehouses" of "36 firms with warehouses"."""
    unit = re.search(r"(?<=[0-9])\D*$", printed)
    english = unit and words()["named_behind"].search(unit[0] + after)
    return english[1] if english and len(english[1]) > 2 else ""  # not the m of "2m TEUs"
