"""Dates and periods as EDTF writes them: 2021, 2021-05-21, 2022-40, 2019/2021, 2021-03/.."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PERIOD = re.compile(rf"(?P<first>{_DATE})(?:/(?P<last>{_DATE}|\.\.))?", re.ASCII)
# The parts of a year that stand where a month would: first month and number of months. 21 to 24
# are the seasons, where winter goes on into the next year; 33 to 36 the quarters, 37 to 39 the
# thirds, 40 and 41 the half-years.
PARTS = {
    **{21 + n: (3 + 3 * n, 3) for n in range(4)},
    **{33 + n: (1 + 3 * n, 3) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6) for n in range(2)},
}


@lru_cache(maxsize=4096)
def exists(text: str) -> bool:
    """Whether an EDTF date or period names days that exist, the first not after the last."""
    try:
        span(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def span(text: str) -> tuple[date, date | None]:
    """First and last day of a date or period; None where it is still open (2021-03/..).

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


def shifted(text: str, years: int) -> str:
    """The same period so many years later: 2021-01/2021-09 and -1 give 2020-01/2020-09.

    A 29 February becomes the 28th where the other year has none.
    """
    return "/".join(part if part == ".." else _moved(part, years) for part in text.split("/"))


def _moved(text: str, years: int) -> str:
    moved = f"{int(text[:4]) + years:04d}{text[4:]}"
    return moved if exists(moved) or not exists(text) else f"{moved[:-2]}28"


def _days(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year, month, months = parts[0], 1, 12
    if len(parts) == 2:
        month, months = PARTS.get(parts[1], (parts[1], 1))
    first = date(year, month, 1)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    if year > 9999:
        return first, date(9999, 12, 31)
    return first, date(year, month + 1, 1) - timedelta(days=1)
