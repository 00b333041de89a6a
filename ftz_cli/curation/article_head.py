"""The head of an article: its title and its date."""

from __future__ import annotations

import re

from ..quantities.reader import LONGEST_CELL, Reader
from .clauses import STOPS, say, words

# The head is in the first lines; a sentence there has the date near its beginning, or not at all.
FIRST_LINES, EARLY = 6, 60


def read_head(lines: list[str], reader: Reader) -> tuple[str, str]:
    """The title of an article, and its date as EDTF; empty where there is none."""
    titles = (line.strip("# \t")[:200] for line in lines
              if not is_byline(line) and _has_more_than_dates(line, reader))  # fmt: skip
    dates = [_date_of(line, reader) for line in lines[:FIRST_LINES]]
    return next(titles, ""), max(dates, key=len, default="")


def is_byline(line: str) -> bool:
    """Whether a line names the authors, e.g. "By Li Wei in Wuhan" or 本报记者 李伟."""
    return words()["byline"].match(line) is not None


def _has_more_than_dates(line: str, reader: Reader) -> bool:
    for mention in reader.find(line):
        line = line.replace(mention.printed, "") if mention.kind == "date" else line
    return re.search(r"\w", line) is not None


def _date_of(line: str, reader: Reader) -> str:
    """The first date of a line with its year, month and day that is that of no event.

    A line that has nothing else, or names an issue, may have a month alone.
    """
    head = line[:EARLY] if line.endswith(STOPS) else line[:LONGEST_CELL]
    dates = (
        mention.quantity.edtf or "" for mention in reader.find(head) if mention.quantity
        and say("year", mention.printed)
        and not say("event", f"{head[: mention.start].strip()} @{head[mention.end :]}")
    )  # fmt: skip
    is_masthead = say("masthead", head) or not _has_more_than_dates(head, reader)
    lengths = (len("2023-07-20"), len("2023-07") if is_masthead else 0)
    return next((date for date in dates if len(date) in lengths and "/" not in date), "")
