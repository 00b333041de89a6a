"""The head of an article: its title, its authors and its date."""

from __future__ import annotations

import re
from itertools import chain, takewhile
from typing import NamedTuple

from ..quantities.reader import LONGEST_CELL, Reader
from .clauses import STOPS, say, words

# The head is in the first lines; a sentence there has the date near its beginning, or not at all.
FIRST_LINES, EARLY = 6, 60
_ENGLISH_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){1,3}")
_CHINESE_NAME = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff]+")


class Head(NamedTuple):
    """What the head says, empty where it does not; `bylines` are line numbers from 1."""

    title: str
    authors: str
    published: str
    bylines: frozenset[int]


def read_head(lines: list[str], reader: Reader) -> Head:
    """Read the head of an article."""
    first = lines[:FIRST_LINES]
    authors = [authors_of(line) for line in first]
    bylines = frozenset(number for number, line in enumerate(first, 1)
                        if authors[number - 1] and not line.endswith(STOPS))  # fmt: skip
    titles = (line.strip("# \t")[:200] for number, line in enumerate(lines, 1)
              if number not in bylines and _has_more_than_dates(line, reader))  # fmt: skip
    dates = filter(None, (_date_of(line, reader) for line in first))
    names = dict.fromkeys(chain.from_iterable(authors))
    return Head(next(titles, ""), "; ".join(names), next(dates, ""), bylines)


def _has_more_than_dates(line: str, reader: Reader) -> bool:
    for mention in reader.find(line):
        line = line.replace(mention.printed, "") if mention.kind == "date" else line
    return re.search(r"\w", line) is not None


def authors_of(line: str) -> list[str]:
    """The names of a byline, e.g. "By Li Wei in Wuhan" or 本报记者 李伟; none for other lines."""
    if english := re.match(
        r"\W*(?i:by):? (?:[^.,]*\b(?:writers?|reporters?) )?(.+?)(?:\s[|/·—].*)?$", line
    ):
        parts = re.split(r"(?:,| and|;| &) ", english[1])
        names = [re.sub(r" in [A-Z].*", "", part.strip()) for part in parts]
        return [*takewhile(_ENGLISH_NAME.fullmatch, names)]
    chinese = words()["byline"].search(line)
    if not chinese:
        return []
    listed = re.sub(r"[0-9:年月日\s]+", " ", words()["author_role"].sub(" ", chinese[0]))
    found = re.findall(r"[^\s、，；;：:/／|丨（）()□■]+", listed)
    return found if all(map(_CHINESE_NAME.fullmatch, found)) else []


def _date_of(line: str, reader: Reader) -> str:
    """The first full date of a line that is that of no event."""
    head = line[:EARLY] if line.endswith(STOPS) else line[:LONGEST_CELL]
    dates = (
        mention.quantity.edtf or "" for mention in reader.find(head) if mention.quantity
        and not say("event", f"{head[: mention.start].strip()} @{head[mention.end :]}")
    )  # fmt: skip
    return next((date for date in dates if len(date) == len("2023-07-20")), "")
