"""Whether what a question names is another metric than that of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import ALL_OF_IT, HALF, MOST_OF_IT, WHOLE, Fit
from .linking import Link
from .spelling import is_chinese
from .suiting import counts

if TYPE_CHECKING:
    from .judging import Judge

# How much of its name a metric has at most, of what the metric named whole has, to be beside it;
# and where a rank or growth is asked for.
NARROWER, MEASURED = 0.8, 0.65
# The characters of a Chinese synonym that is a name of its own, and not the sum of its parts.
LONG = 4


def words_of_others(judge: Judge, fit: Fit, named: bool) -> set[int]:
    """The words that ask for more than the names of a series' zone and initiative say.

    `named` says whether words name its metric.
    """
    left, zone, initiative = _split_labels(judge, fit), fit.zone, fit.initiative
    if not named and judge.measures <= {"level", "change"}:
        # Without a metric, a nameless word asks for more than there is, e.g. Shanghai points;
        # and so does a place of which the zone has only a part of the name.
        left |= judge.asked.nameless - fit.name_words - fit.container_words
        if zone and zone.share < HALF and judge.place:
            left |= fit.zone_words - judge.place.named
        if initiative and not initiative.whole:  # nor does a synonym of its name
            own = fit.initiative_words & judge.needed - fit.zone_words
            own -= judge.question.stop_words
            left |= {at for at in own if initiative.covered[at] < 1.0}
    if not named and initiative and not initiative.whole:
        words = fit.initiative_words
        metrics = (one for one in judge.found.of_kind("metric") if one.share >= MOST_OF_IT)
        left |= {at for one in metrics if one.named <= words for at in one.named & judge.needed}
    if zone and zone.share < HALF and zone.named.isdisjoint(judge.asked.places):
        # Exports of bonded zones ask for no export processing zone.
        words = fit.zone_words - judge.asked.place_kinds
        others = (one.named for one in judge.full_metrics if one.ref != fit.series.metric)
        left |= {at for name in others if name <= words for at in name}
    return left


def _split_labels(judge: Judge, fit: Fit) -> set[int]:
    """Labels that an initiative and another name account for in parts, e.g. 担保 and 金额."""
    left, things = set[int](), [one for one in (fit.zone, fit.initiative, fit.metric) if one]
    for word in judge.question.words if fit.initiative else ():
        roles, own = word.roles.keys(), {*word.span} - judge.question.stop_words - fit.zone_words
        is_label = "label" in roles or ("group" in roles and word.size >= LONG)
        if is_label and "whole" not in roles and is_chinese(judge.question.units[word.start]) and (
            own <= fit.credit.keys() and not any(own <= one.covered.keys() for one in things)
        ):  # fmt: skip
            left |= own
    return left


def is_beside(judge: Judge, fit: Fit) -> bool:
    """Whether another metric is what the question names, and this one only a part of it."""
    series, needed = fit.series, judge.needed
    counted = (one for one in judge.question.words if one.start in judge.asked.asked_counters)
    if any(counts(series, word) for word in counted):
        return False  # 班列运了多少箱 asks for boxes, and not for trains
    metric = judge.links.get(("metric", series.metric))
    named = metric.named & needed if metric else set()
    of_initiative = fit.initiative_own_words & needed - fit.zone_words - named
    # The name of an initiative alone asks for all its figures.
    if fit.initiative and fit.initiative.whole and fit.initiative_words >= needed and (
        not judge.kinds
    ):  # fmt: skip
        return False
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
        and (series.measure != "rank" or other.ref in judge.ranked)
        for other in judge.full_metrics
    )


def _is_beside_in_initiative(
    judge: Judge, fit: Fit, metric: Link | None, named: set[int], of_initiative: set[int]
) -> bool:
    """Whether words of an initiative and a part of a metric's name are another metric's name.

    E.g. 通关时间, the clearance time, where the series is a time of an initiative for 通关.
    """
    others = [one for one in judge.full_metrics if one.ref != fit.series.metric]
    # A place in the name of an initiative names no metric: 海口海关整体通关时间.
    zone_words = fit.zone_words - judge.asked.plurals  # partner cities, of Yueyang City
    words = named - zone_words | of_initiative - judge.question.positions("place")
    initiative = fit.initiative
    if initiative and initiative.whole:
        places, own = judge.question.positions("place"), fit.initiative_words
        return bool(named) and (judge.kinds or not own >= judge.needed) and any(
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
