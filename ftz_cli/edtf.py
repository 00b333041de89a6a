"""Dates and periods as EDTF writes them: 2021, 2021-05-21, 2022-40, 2019/2021, 2021-03/.."""

from __future__ import annotations

import re
from functools import lru_cache

from .errors import CannotRead
from .quantity import date_span

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PERIOD = re.compile(rf"(?P<first>{_DATE})(?:/(?P<last>{_DATE}|\.\.))?", re.ASCII)
# Months of the year at which the parts of a year begin and end: 21 to 24 are the seasons, 33 to
# 36 the quarters, 37 to 39 the thirds, 40 and 41 the half-years. 25 to 32 name the seasons of
# either hemisphere.
SEASONS = range(21, 42)


@lru_cache(maxsize=4096)
def period_exists(text: str) -> bool:
    """Whether an EDTF date or period names days that exist, the first not after the last."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return False
    first, last = match["first"], match["last"]
    if last is None or last == "..":
        return _exists(first)
    # Of two that are equally long, the text tells the order; else what both name does.
    shared = min(len(first), len(last))
    if any(int(date[5:7] or 0) in SEASONS for date in (first, last)):
        shared = 4
    return _exists(first) and _exists(last) and first[:shared] <= last[:shared]


def _exists(text: str) -> bool:
    if len(text) == 7 and int(text[5:]) in SEASONS:
        return int(text[:4]) > 0
    try:
        date_span(text)
    except CannotRead:
        return False
    return True
