"""Puts figures in the order that is asked for."""

from __future__ import annotations

from ..model.figure import Figure
from ..quantities.edtf import newest
from .words import both_words, one_of

SORTS = ("value", "period", "zone")  # the largest and the newest first
# Base units of time in seconds, so that durations in different units sort together.
SECONDS = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}


def sort_figures(figures: list[Figure], sort: str | None) -> list[Figure]:
    """The figures in the order `sort`, one of SORTS; raises UsageError for any other."""
    if sort is None:
        return figures
    sort = one_of("sort", sort, {one: both_words("sort", one) for one in SORTS})
    if sort == "zone":
        return sorted(figures, key=lambda one: one.zone)
    if sort == "period":
        # The newest last day first; of periods that end together the longest.
        ends = {one.id: newest(one.date or one.period) for one in figures}
        return sorted(figures, key=lambda one: (-ends[one.id][0].toordinal(), ends[one.id][1]))

    def key(one: Figure) -> tuple[object, ...]:
        # Only figures of one measure and base unit are in one order; levels come first.
        seconds = SECONDS.get(one.base_unit)
        kind = one.measure != "level", one.measure, "s" if seconds else one.base_unit
        value = (one.base_value or 0) * (seconds or 1)
        # Rank 1 and the earliest date come first, of other values the largest.
        return *kind, one.date or (value if one.base_unit == "rank" else -value)

    return sorted(figures, key=key)
