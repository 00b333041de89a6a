"""Whether what a question names is another metric than that of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import ALL_OF_IT, HALF, WHOLE, Fit
from .linking import Link

if TYPE_CHECKING:
    from .judging import Judge

# A metric is not asked for if another is named whole, and it only by so much of its name; where a
# rank or growth is asked for, by so much.
NARROWER, MEASURED = 0.8, 0.65


def is_beside(judge: Judge, fit: Fit) -> bool:
    """Whether another metric is what the question names, and this one only a part of it."""
    series, of_zone, needed = fit.series, fit.zone_words, judge.needed
    metric = judge.links.get(("metric", series.metric))
    own = metric.named & needed if metric else set()
    apart = fit.initiative_own_words & needed - of_zone - own
    if apart:  # 通关时间 is no time of an initiative for 通关
        others = (one for one in judge.full_metrics if one.ref != series.metric)
        words, places = own - of_zone | apart, judge.question.positions("place")
        if not fit.initiative or not fit.initiative.whole:
            # Exports of a customs office are no time of theirs.
            little = metric is not None and metric.share < HALF
            # Nor has an initiative for foreign trade its value where that is named in full.
            full = ALL_OF_IT if fit.initiative and fit.initiative.share <= HALF else 2.0
            return any((own if little else words) <= one.named
                       for one in others if own or one.share >= full)  # fmt: skip
        itself = fit.initiative_words
        return (
            bool(own)
            and not itself >= needed
            and any(words <= one.named and not itself - one.named - places for one in others)
        )
    # Enterprises of a place are no clients of an initiative there.
    bare = own and own <= judge.asked.counters and metric and metric.share < WHOLE
    counted = (one.named for one in judge.counter_metrics if one.ref != series.metric)
    if series.initiative and bare and own in counted:
        return True
    share = metric.share if metric else 0.0
    narrower = MEASURED if judge.measures else NARROWER

    def more(one: Link) -> set[int]:
        """What names that metric besides, and not the zone where other words name it too."""
        words = one.named & needed
        named = fit.zone is not None and fit.zone.share >= HALF
        return words - own - (of_zone if named and of_zone & needed - words else set())

    def is_less(one: Link) -> bool:
        """Whether the same words are less of this one's name, or another's label in full."""
        words = one.named & needed
        if words == own and one.share >= ALL_OF_IT and not judge.measures:
            return share < one.share
        return words <= own and share <= narrower * one.share

    return any(
        own - of_zone <= one.named
        and (more(one) or is_less(one))
        and one.ref not in (series.metric, series.broader)
        for one in judge.full_metrics
    )  # fmt: skip
