"""Dates and periods as EDTF writes them: 2021, 2021-05-21, 2022-40, 2019/2021, 2021-03/.."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date
from functools import lru_cache

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PERIOD = re.compile(rf"(?P<first>{_DATE})(?:/(?P<last>{_DATE}|\.\.))?", re.ASCII)
# The quarters and halves of a year, written in place of a month: their first and last month.
PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}


def exists(text: str) -> bool:
    """Whether an EDTF date or period names days that exist, the first not after the last."""
    try:
        span(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def span(text: str) -> tuple[date, date | None]:
    """First and last day of a date or period; None if it is still open (2021-03/..).

    Raises ValueError for a text of another form, or with a day that does not exist.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"no EDTF date or period: {text!r}")
    first, last = _days(match["first"])
    if match["last"] is None:
        return first, last
    if match["last"] == "..":
        return first, None
    ends = _days(match["last"])[1]
    if ends < first:
        raise ValueError(f"runs backwards: {text!r}")
    return first, ends


def years(text: str | None) -> set[int]:
    """The years of a date or period; the first alone of one that is open, none of other texts."""
    with suppress(ValueError):
        first, last = span(text or "")
        return {*range(first.year, (last or first).year + 1)}
    return set()


def newest(text: str | None) -> tuple[date, date]:
    """The sort key of a period; the newest has the greatest key. No period is the oldest."""
    first, last = span(text) if text else (date.min, date.min)
    return last or date.max, first


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """A year, part or span of years in its one form: 2021-40 for 2021-01/2021-06."""
    if not exists(text):
        return text
    first, last = span(text)
    if last is None:
        return text
    parts = [f"{first.year}-{number:02}" for number in (*range(1, 13), *PARTS)]
    names = [f"{first.year}", *parts, f"{first.year}/{last.year}", first.isoformat()]
    return next((name for name in names if span(name) == (first, last)), text)


def shifted(text: str, years: int) -> str:
    """The period moved by `years`: 2021-01/2021-09 and -1 give 2020-01/2020-09.

    29 February becomes 28 February if the other year has none.
    """
    moved = re.sub(r"(?<![-\d])\d{4}", lambda year: f"{int(year[0]) + years:04d}", text)
    return moved if exists(moved) or not exists(text) else moved.replace("02-29", "02-28")


def _days(text: str) -> tuple[date, date]:
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        day = date(year, *rest)
        return day, day
    first, last = PARTS.get(rest[0], (rest[0], rest[0])) if rest else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
