"""Whether what a question names is another metric than that of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import ALL_OF_IT, HALF, WHOLE, Fit
from .linking import Link

if TYPE_CHECKING:
    from .judging import Judge

# How much of its name a metric has at most, of what the metric named whole has, to be beside it;
# and where a rank or growth is asked for.
NARROWER, MEASURED = 0.8, 0.65


def is_beside(judge: Judge, fit: Fit) -> bool:
    """Whether another metric is what the question names, and this one only a part of it."""
    series, needed = fit.series, judge.needed
    metric = judge.links.get(("metric", series.metric))
    named = metric.named & needed if metric else set()
    of_initiative = fit.initiative_own_words & needed - fit.zone_words - named
    if of_initiative:
        return _is_beside_in_initiative(judge, fit, metric, named, of_initiative)
    # A counter alone names the metric of that name, and not one of an initiative: enterprises.
    is_counter = named and named <= judge.asked.counters and metric and metric.share < WHOLE
    counters = (one.named & needed for one in judge.counter_metrics if one.ref != series.metric)
    if series.initiative and is_counter and named in counters:
        return True
    share = metric.share if metric else 0.0
    narrower = MEASURED if judge.measures else NARROWER
    zone_is_named = fit.zone is not None and fit.zone.share >= HALF

    def has_more(other: Link) -> bool:
        """Whether more words name the other, besides those of a zone that more words name."""
        words = other.named & needed
        zone_words = fit.zone_words if fit.zone_words & needed - words else set()
        return bool(words - named - (zone_words if zone_is_named else set()))

    def has_more_of_it(other: Link) -> bool:
        """Whether the same words are more of the other's name, or all of its label."""
        words = other.named & needed
        if words == named and other.share >= ALL_OF_IT and not judge.measures:
            return share < other.share
        return words <= named and share <= narrower * other.share

    return any(
        named - fit.zone_words <= other.named
        and (has_more(other) or has_more_of_it(other))
        and other.ref not in (series.metric, series.broader)
        for other in judge.full_metrics
    )


def _is_beside_in_initiative(
    judge: Judge, fit: Fit, metric: Link | None, named: set[int], of_initiative: set[int]
) -> bool:
    """Whether words of an initiative and a part of a metric's name are another metric's name.

    E.g. 通关时间, the clearance time, where the series is a time of an initiative for 通关.
    """
    others = [one for one in judge.full_metrics if one.ref != fit.series.metric]
    words = named - fit.zone_words | of_initiative
    initiative = fit.initiative
    if initiative and initiative.whole:
        places, own = judge.question.positions("place"), fit.initiative_words
        return bool(named) and not own >= judge.needed and any(
            words <= other.named and not own - other.named - places for other in others
        )  # fmt: skip
    # With little of its name, the metric alone decides: exports are no export time of customs.
    decisive = named if metric is not None and metric.share < HALF else words
    # Without any of its name, it is beside one named in full, if its initiative is hardly named.
    hardly_named = initiative is not None and initiative.share <= HALF
    return any(
        decisive <= other.named
        for other in others if named or (hardly_named and other.share >= ALL_OF_IT)
    )  # fmt: skip
