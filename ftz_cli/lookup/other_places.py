"""Whether what a question names is another place than that of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import ALL_OF_IT, HALF, OUTERMOST, WHOLE, Fit, Series
from .offers import EXACT, OF_MANY
from .spelling import is_chinese

if TYPE_CHECKING:
    from .judging import Judge

# Kinds of place that a city may have within.
PORTS = frozenset({"border_port", "seaport"})


def place_instead(judge: Judge, fit: Fit) -> tuple[set[int], set[int], str]:
    """What a question names of other places than that of a series, and what of its own.

    The positions of words that a series has not, and of those that it has beside its names; and the
    place that is named, where the series is of one that lies within or around it.
    """
    series = fit.series
    left = _of_another_whole(judge, series) | _of_another_divisor(judge, fit)
    of_place = _of_another_zone(judge, fit)
    place = judge.place.ref if of_place and judge.place else ""
    if (series.zone, place) not in judge.ancestry:
        left, place = left | of_place, ""
    port = _port_of_city(judge, fit)
    place = place or _around(judge, fit)
    if port and not place:
        place = _called(judge, fit.zone_words | port)
    return left, port, place


def _of_another_whole(judge: Judge, series: Series) -> set[int]:
    """The positions of words that ask for a share of the country, or a rank in it."""
    whole = "country" if judge.names_subject else series.zone_kind
    if {"share", "rank"} & judge.measures:
        whole = series.scope_kind or ("country" if series.measure == "rank" else "")
    place = judge.place.ref if judge.place else ""
    called = whole == "cohort" and (
        judge.asked.place_kinds or place == series.zone
    )  # China's zones
    fits = whole == "country" or (called and series.measure != "share")
    return set() if fits else judge.question.positions("whole")


def _of_another_divisor(judge: Judge, fit: Fit) -> set[int]:
    """The positions of what a share is asked of, where a series is of another share."""
    if fit.series.measure != "share":
        return set()
    divisor, zone = judge.found.divisor, fit.zone
    of_wholes = set[int]().union(*(one.named for one in fit.scopes))
    own = zone.named & judge.needed - judge.asked.place_kinds if zone else set[int]()
    left = divisor - of_wholes if own - divisor else set[int]()  # 占福建省 is none of Xiamen
    # And the share of the pilot zones is none of Shanghai in them.
    one_of = fit.series.zone_kind not in OF_MANY and not own
    of_wholes &= judge.needed - divisor - fit.metric_words
    for word in judge.question.words:  # 占全省 is of whatever province
        if fit.series.scope_kind in word.roles.get("place_kind", ()):
            of_wholes.difference_update(word.span)
    return left | (of_wholes if one_of else set())


def _of_another_zone(judge: Judge, fit: Fit) -> set[int]:
    """The positions of the words that name a zone, where a series is of one with a part of them.

    Lin-gang of Shanghai is none of Sichuan, three platforms are not Hengqin, and 上海 is more
    than its bonded area.
    """
    series, place, zone, of_metric = fit.series, judge.place, fit.zone, fit.metric_words
    of_others = set[int]().union(*(one.named for one in fit.scopes), fit.initiative_words)
    if not place or place.ref == series.zone:
        return set()
    # The country is more than its pilot zones, and they are called so.
    if series.zone_kind == "cohort" and zone and place.named <= judge.question.positions("whole"):
        called = zone.named & judge.needed & judge.asked.place_kinds
        return set() if called else place.named - of_metric - of_others
    whole = place.whole or place.share >= WHOLE or series.zone_kind in OF_MANY
    words = place.named if whole else judge.needed - judge.asked.place_kinds
    asked = (place.named & words) - of_metric - of_others
    for word in judge.question.words:  # Shanghai area asks how large Shanghai is
        if word.roles.get("kind", frozenset()) & {series.kind, series.unit_kind} & EXACT:
            asked.difference_update(word.span)
    bare = zone.named & judge.needed - judge.asked.place_kinds - of_metric if zone else set[int]()
    own = zone.named - of_metric if zone and bare else set[int]()
    if bare and bare <= fit.container_words and series.zone_kind not in OUTERMOST:
        return own
    if bare > place.named - judge.asked.place_kinds:
        return set()
    less_so = zone is not None and (zone.share < place.share or place.whole > zone.whole)
    alike = whole and zone is not None and less_so and (
        # Nansha Port is not Nansha Area.
        not zone.whole or (place.share >= ALL_OF_IT and bool(place.named & judge.asked.place_kinds))
    )  # fmt: skip
    less = (own if whole else own & words) < asked
    return asked if less or (alike and own == asked) else set()


def _called(judge: Judge, positions: set[int]) -> str:
    words = judge.question.text_of(positions)
    return ("" if words and is_chinese(words[0]) else " ").join(words).title()


def _port_of_city(judge: Judge, fit: Fit) -> set[int]:
    """The positions of words for a city's port, of which the data has no zone: 二连浩特口岸."""
    zone = fit.zone
    if zone is None or not zone.whole or fit.series.zone_kind != "city":
        return set()
    return {
        at for word in judge.question.words for at in word.span
        if PORTS & word.roles.get("place_kind", frozenset())
        and word.start - 1 in zone.named and not fit.name_words.issuperset(word.span)
    }  # fmt: skip


def _around(judge: Judge, fit: Fit) -> str:
    """The place that a series is not of, but its zone has that in its name."""
    zone, units = fit.zone, judge.question.units
    # Chengdu is one of Chengdu and Chongqing, and Macao no part of Hengqin.
    if zone and not zone.whole and zone.share <= (WHOLE if fit.series.is_cohort else HALF):
        part, places = zone.named & judge.needed, judge.question.positions("place")
        return _called(judge, part) if places & part and part <= judge.question.place_words else ""
    known = fit.metric_words.union(*(one.named for one in fit.scopes))
    if zone is None or fit.initiative_own_words & judge.needed - fit.zone_words - known:
        return ""
    for word in judge.question.words:
        *name, last = word.span
        kinds = judge.asked.kind_characters.get(last, frozenset())
        if (
            "place" in word.roles
            and kinds
            and fit.series.zone_kind not in kinds
            and zone.named.issuperset(name)
            and last not in zone.named | known
        ):
            return "".join(units[at] for at in word.span)
    return ""
