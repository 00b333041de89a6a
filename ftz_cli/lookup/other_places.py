"""Whether what a question names is another place than that of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .candidates import ALL_OF_IT, HALF, MOST_OF_IT, WHOLE, Fit, Series
from .offers import EXACT, OF_MANY
from .question import GAP, Question
from .spelling import is_chinese

if TYPE_CHECKING:
    from .judging import Judge

# Kinds of place that a city may have without a zone of their own.
BONDED = "bonded_zone"
# Kinds of metric that are parts of something, and of no place.
RATES = frozenset({"share", "weight"})


def place_instead(judge: Judge, fit: Fit) -> tuple[set[int], str]:
    """The words of other places than that of a series, and the place that is asked for.

    A series does not account for the first. The second is the place that the question names where
    the zone of the series lies within or around it, and empty where the series is of it.
    """
    series = fit.series
    left = _of_another_whole(judge, series) | _of_another_divisor(judge, fit)
    left |= _of_another_direction(judge, fit)
    of_zone = _of_another_zone(judge, fit)
    place = judge.place.ref if of_zone and judge.place else ""
    if (series.zone, place) not in judge.ancestry:
        left, place = left | of_zone, ""
    of_part = "share" in judge.measures and series.scope_kind not in OF_MANY
    if of_zone and of_part:
        left, place = left | of_zone, ""  # The share of a part is none of the place.
    return left, place or _place_within(judge, fit)


def _of_another_whole(judge: Judge, series: Series) -> set[int]:
    """The words that ask for a share of the country, or a rank in it, where a series has none."""
    whole = "country" if judge.names_subject else series.zone_kind
    if {"share", "rank"} & judge.measures:
        whole = series.scope_kind or ("country" if series.measure == "rank" else "")
    place = judge.place.ref if judge.place else ""
    # All pilot zones together are called the zones of China.
    is_cohort = whole == "cohort" and (judge.asked.place_kinds or place == series.zone)
    fits = whole == "country" or (is_cohort and series.measure != "share")
    return set() if fits else judge.question.positions("whole")


def _of_another_divisor(judge: Judge, fit: Fit) -> set[int]:
    """The words of the whole that a share or rank is asked of, where a series is of another one."""
    divisor, zone = judge.found.divisor, fit.zone
    if fit.series.measure not in ("share", "rank"):
        own = fit.zone_words - fit.container_words
        return divisor - own if fit.series.kind in RATES else set()
    scope_words = set[int]().union(*(one.named for one in fit.scopes))
    named = zone.named & judge.needed - fit.container_words if zone and judge.measures else None
    if named:
        divisor = divisor | _behind(judge.question, min(named), fit.container_words)
    zone_words = zone.named & judge.needed - judge.asked.place_kinds if zone else set[int]()
    # Another whole, e.g. 厦门占福建省 for a share in the country.
    return divisor - scope_words if zone_words - divisor else set()


def _of_another_direction(judge: Judge, fit: Fit) -> set[int]:
    """The place from which something comes, where an initiative or a zone goes there.

    E.g. Europe, of trains from Europe; and Chengdu, of trains from Chengdu to Chongqing, where the
    series is of trains that both send out.
    """
    left, words = set[int](), judge.question.words
    roles = [word.roles.keys() for word in words]
    for at, word in enumerate(words):
        comes = at > 0 and "origin" in roles[at - 1]
        goes = at + 2 < len(words) and "towards" in roles[at + 1] and "place" in roles[at + 2]
        if "place" not in word.roles or not (comes or goes):
            continue
        behind = {end for one in words[at + 1 :] if "place" in one.roles for end in one.span}
        both = fit.zone is not None and fit.zone.named & behind
        if both or (comes and fit.zone_words.isdisjoint(word.span)):
            left.update(word.span)
    return left


def _behind(question: Question, zone: int, container_words: set[int]) -> set[int]:
    """The words of places around a zone that do not stand right before its name, at `zone`.

    They name a whole, e.g. 广西 in 崇左片区边贸广西排名; in 广西崇左片区 it is only an address.
    """
    at = zone - 1
    while at in container_words or (at >= 0 and question.units[at] == GAP):
        at -= 1
    return container_words - {*range(at + 1, zone)}


def _of_another_zone(judge: Judge, fit: Fit) -> set[int]:
    """The words that name another zone better than that of a series, and are not all in its name.

    E.g. 上海 where the series is of 上海综合保税区: a place is more than an area within it.
    """
    series, place, zone = fit.series, judge.place, fit.zone
    if not place or place.ref == series.zone:
        return set()
    if series.is_cohort and judge.asked.zones:
        return set()  # free trade zones, all of them
    # A city and the kind of its bonded zone name that: 武汉 综合保税区.
    is_bonded = series.zone_kind == BONDED and BONDED in judge.question.targets("place_kind")
    if is_bonded and zone and zone.named > place.named:
        return set()
    kinds_of_place, scopes = judge.asked.place_kinds, fit.scopes
    other_names = fit.metric_words.union(fit.initiative_words, *(one.named for one in scopes))
    # The country is more than its pilot zones, unless a word of their kind is there.
    whole = place.whole or place.share >= WHOLE or series.zone_kind in OF_MANY
    words = place.named if whole else judge.needed - kinds_of_place
    asked = (place.named & words) - other_names - judge.asked.counted_things
    for word in judge.question.words:  # "Shanghai area" asks for the area of Shanghai
        if word.roles.get("kind", frozenset()) & {series.kind, series.unit_kind} & EXACT:
            asked.difference_update(word.span)
    bare = zone.named & judge.needed - kinds_of_place - fit.metric_words if zone else set[int]()
    own = zone.named - fit.metric_words if zone and bare else set[int]()
    # Only what lies around the zone is named: Lin-gang of Shanghai is none of Sichuan.
    if bare and bare <= fit.container_words:
        return own
    worse = zone is not None and (zone.share < place.share or place.whole > zone.whole)
    # The same words name both: then a whole name with its kind is meant, e.g. Nansha Port where
    # the series is of Nansha Area.
    better = whole and zone is not None and worse and (
        not zone.whole or (place.share >= ALL_OF_IT and bool(place.named & kinds_of_place))
    )  # fmt: skip
    fewer = (own if whole else own & words) < asked
    # Only the kind of place differs: Xinjiang FTZ where the series is of the ports of Xinjiang.
    fewer |= whole and zone is not None and set() < asked - zone.named <= kinds_of_place
    # Of two that have only a part of their names, and its kind, the one that has more: 机场片区.
    part = zone is not None and zone.share < HALF <= place.share and own & words == asked
    part &= bool(place.named & kinds_of_place)
    return asked if fewer or part or (better and own == asked) else set()


def _place_within(judge: Judge, fit: Fit) -> str:
    """The place that is asked for where the zone of a series has it in its name, as typed.

    E.g. Chengdu where the series is of Chengdu and Chongqing together.
    """
    zone, question = fit.zone, judge.question
    # With its kind, what is typed may be a whole name, of another place: Beibu Gulf Port.
    of_kinds = (word for word in question.phrases if "place_kind" in word.roles)
    has_kind = zone and any(zone.named.issuperset(word.span) for word in of_kinds)
    part = zone.named & judge.needed if zone else set[int]()
    of_place = any("place" in word.roles and part == {*word.span} for word in question.words)
    most = MOST_OF_IT if has_kind or of_place else HALF
    # What is typed names the whole of several parts: 西安出口加工区 that of its A区.
    kinds = question.positions("place_kind", "group") & part
    is_part = zone and zone.begins and not zone.whole and fit.series.zone_kind == BONDED
    if is_part and kinds and part - kinds and is_chinese(question.units[min(part)]):
        return _text_of(judge, part)
    if zone and not zone.whole and zone.share <= (WHOLE if fit.series.is_cohort else most):
        # Also within a longer word: 重庆中欧班列.
        places = {at for word in question.phrases if "place" in word.roles for at in word.span}
        is_place = places & part and part <= question.place_words | places
        return _text_of(judge, part) if is_place else ""
    known = fit.metric_words.union(*(one.named for one in fit.scopes))
    if zone is None or fit.initiative_own_words & judge.needed - fit.zone_words - known:
        return ""
    for word in question.words:
        # The last character says what kind of place it is, and the zone is of another: 钦州市.
        *name, last = word.span
        typed_kinds = judge.asked.kind_characters.get(last, frozenset())
        if (
            "place" in word.roles
            and typed_kinds
            and fit.series.zone_kind not in typed_kinds
            and zone.named.issuperset(name)
            and last not in zone.named | known
        ):
            return "".join(question.units[at] for at in word.span)
    return ""


def _text_of(judge: Judge, positions: set[int]) -> str:
    words = judge.question.text_of(positions)
    return ("" if words and is_chinese(words[0]) else " ").join(words).title()
