"""Judging: what of a question a series of figures leaves unaccounted for, and how well it fits."""

from __future__ import annotations

import json

from ..database import Database
from .candidates import (
    ALL_OF_IT,
    HALF,
    WHOLE,
    Candidate,
    Fit,
    Search,
    Series,
)
from .linking import CREDIT, SYNONYM, Link
from .offers import EXACT, GROWTH, OF_MANY, OF_TIME, OF_UNIT, SCALES, UNLIKE, offered_by, serve
from .other_metrics import is_beside
from .other_places import place_instead
from .question import GAP, MEASURE, Word
from .spelling import ABOVE, TEXT, is_chinese

ZONES_ABOVE = """
select w.zone, w.ancestor from zones_within w
where w.zone in (select value from json_each(?)) and w.zone <> w.ancestor
"""
UNITS = "select id, base, kind from all_units where id in (select value from json_each(?))"
KINDS_OF_METRICS = """
select id, kind, (select u.kind from all_units u where u.base = m.base_unit) from metrics m
where id in (select value from json_each(?))
"""
# What makes a series fit: how much of the names of its metric and zone the question has; being of
# the kind asked for; being a level where no measure is asked for; and being a target where none is.
METRIC, ZONE, KIND, LEVEL, TARGET = 2.0, 0.5, 1.0, 1.0, 0.02
# Of metrics whose names are there in one piece, the one with the longer name is meant.
LONGER = 0.005
# So much of its name a thing has to have that is named by words of it, or by synonyms alone.
LITTLE, MUCH = 0.4, 0.6
# Roles of words that name nothing by themselves: Shanghai points, Guangdong cities.
HOLLOW = frozenset(
    ("generic", "kind", "measure", "change", "unit", "counter", "place_kind", "initiative_kind")
)
# Kinds of units that may count things.
COUNTED = frozenset({"count", "rate", "rank", "part", "ordinal"})
# What words that end so ask for: 泊位数, 出口额.
ENDINGS = {"数": "count", "额": "value"}
# Of these a place has but one or two.
OF_PLACE = frozenset({"date", "area"})


class Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits."""

    def __init__(self, db: Database, found: Search, rows: list[Series]) -> None:
        self.found, self.question, self.links = found, found.question, found.links
        question, self.needed = found.question, found.question.needed
        self.measures = question.measures
        self.grew = bool({"growth", "change"} & self.measures)
        self.place_kinds = question.positions("place_kind")
        self.kinds_of = {word.start: word.roles["place_kind"] for word in question.phrases
                         if word.size == 1 and "place_kind" in word.roles}  # fmt: skip
        # What is asked how many there are is no kind of place: how many cities, 城市数量.
        counts = [word.span for word in question.words if "count" in word.roles.get("kind", ())]
        ends = {span.stop for span in counts}
        # How many dollars asks for no count.
        units = {word.start for word in question.words if "unit" in word.roles}
        self.of_units = {span.start for span in counts if span.stop in units}
        starts = {span.start - (question.units[span.start - 1] == GAP) for span in counts
                  if is_chinese(question.units[span.start])}  # fmt: skip
        self.things = {at for word in question.words for at in word.span
                       if word.start in ends or word.span.stop in starts}  # fmt: skip
        # A verb may stay unmatched where a metric is named by other words.
        self.verbs = question.positions("verb") - question.positions(
            "place", "most", "turn", *MEASURE
        )
        # 中心 of 物流中心 is no place, nor 全国 of 全国首创.
        longer = [{*word.span} for word in question.words
                  if word.roles.keys() & {"label", "place_kind"}]  # fmt: skip
        zones = [one for one in found.of_kind("zone") if not any(map(one.named.__lt__, longer))]
        self.zones = zones
        places = [one for one in zones if one.whole or one.share >= WHOLE]
        of_places = [one.named for one in zones if one.share >= WHOLE]
        # The area of Wuhan Area is a part of its name.
        self.kinds = {
            kind for word in question.words for kind in word.roles.get("kind", ())
            if word.start not in self.of_units
            and not any(named.issuperset(word.span) for named in of_places)
        }  # fmt: skip
        # What the whole name of a place has among other words names no metric, but to ask how many.
        self.of_places = [] if "count" in self.kinds else of_places
        country = question.positions("whole")  # no place beside another: Fujian nationwide
        self.place = max(zones, default=None, key=lambda one: (
            one in places, not one.named <= country, len(one.named & self.needed), one.whole,
            one.share,
        ))  # fmt: skip
        own = self.needed - question.positions("place_kind", "whole")
        named = [*zones, *found.of_kind("initiative")]
        self.somewhere = any(one.whole and one.named & own for one in named)
        whole = {one.ref: one.named for one in places}
        self.above = {*db.query(ZONES_ABOVE, (json.dumps([row.zone for row in rows]),))}
        self.part_of = {zone: whole[one] for zone, one in self.above if one in whole}
        # Metrics that the question names whole, and of such values as it asks for.
        metrics = found.of_kind("metric")
        ids = json.dumps([one.ref for one in metrics])
        kinds = {id: {*kinds} for id, *kinds in db.query(KINDS_OF_METRICS, (ids,))}
        self.amounts = [one for one in metrics if "capacity" not in kinds[one.ref]]
        metrics = [
            one for one in metrics if one.share >= WHOLE and self._of_metric(one) & self.needed
        ]
        exact = self.kinds & EXACT
        self.whole = [one for one in metrics if not exact or self.kinds & kinds[one.ref]]
        # Words for what is counted alone ask how many there are: enterprises.
        self.counted = question.positions("counter")
        # At the end, they do so beside others: 获得授信 企业, and not credit for enterprises.
        last = max((word for word in question.words if self.needed.issuperset(word.span)),
                   key=lambda word: word.start, default=None)  # fmt: skip
        led = last and max(
            {*range(last.start)} - question.positions("place"), default=-1
        ) in question.positions("filler")
        asks = self.kinds - {"count"} or self.measures
        self.head = set(last.span) & self.counted if last and not led and not asks else set[int]()

        ids = json.dumps([*question.targets("unit")])
        self.units = {id: (base, kind) for id, base, kind in db.query(UNITS, (ids,))}
        self.counts = [one for one in found.of_kind("metric")
                       if one.share >= MUCH and one.named <= self.counted]  # fmt: skip
        # 友谊关 比 凭祥: two places are to be compared, and no two years.
        named_places = question.positions("place")
        self.against = {
            word.start for word in question.words if {"base", "change"} <= word.roles.keys()
            and word.span.stop + (question.units[word.span.stop :][:1] == [GAP]) in named_places
        }  # fmt: skip
        # Words of the data and of synonyms, and the units of theirs that ask for nothing.
        idle = question.idle
        self.labels = [({*word.span} - idle, {*word.span} & idle) for word in question.words
                       if word.roles.keys() <= {"label", "group", "place"}]  # fmt: skip
        self.hollow = {
            at for word in question.words for at in word.span if word.roles.keys() & HOLLOW
            and not (word.size == 1 and is_chinese(question.units[at]))
        }  # fmt: skip

    def _of_metric(self, metric: Link) -> set[int]:
        """The positions of the words that name a metric."""
        within = any(metric.named < one for one in self.of_places)
        whole = metric.share >= ALL_OF_IT and len(metric.named) > 1
        return set() if within and not whole else metric.named

    def _is_named(self, one: Link, of_zone: set[int], unasked: bool = False) -> bool:
        """Whether enough of a name is there: more where synonyms alone have it.

        A measure or capacity that is `unasked` for has to be named whole.
        """
        own = one.named & self.needed - of_zone
        exact = any(one.covered[at] == 1.0 for at in one.named & self.needed)
        return one.share >= (WHOLE if unasked or not own else LITTLE if exact else MUCH)

    def _is_amount(self, capacity: Link) -> bool:
        """Whether the words that name a capacity name how much there was as well."""
        own = capacity.named & self.needed
        return "capacity" not in self.kinds and any(own <= one.named for one in self.amounts)

    def judged(self, series: Series) -> Candidate:
        """A series with what it leaves of the question, and its score."""
        fit = self._fit(series)
        left = self._unaccounted(fit)
        of_initiative, zone = fit.of_initiative, fit.zone
        named = self._names_metric(fit)
        left -= self.question.positions("order")
        apart = of_initiative & self.needed - fit.of_zone
        named = named or bool(fit.of_kind if apart else fit.of_kind & OF_PLACE)
        if not named and self.measures <= {"level", "change"}:
            # How much of what? And of which of the place's own parts?
            left |= self.hollow - fit.of_names - fit.above
            if zone and zone.share < HALF and self.place:
                left |= fit.of_zone - self.place.named
        elsewhere, own, place = place_instead(self, fit)
        left = (left | elsewhere) - own
        beside = "initiative" not in self.found.given and is_beside(self, fit)
        return Candidate(series, left, self._score(fit), named, beside, place)

    def _fit(self, series: Series) -> Fit:
        """What of a series the question names well enough."""
        needed = self.needed
        zone, initiative, metric = [
            self.links.get((kind, getattr(series, kind) or ""))
            for kind in ("zone", "initiative", "metric")
        ]
        of_zone = set(zone.covered) if zone else set()
        of_kind = self.kinds & {series.kind, series.unit_kind}
        unasked = (series.measure != "level" and not self.measures) or (
            series.kind == "capacity" and metric is not None and self._is_amount(metric)
        )
        if metric and not self._is_named(metric, of_zone, unasked) and not (
            of_kind & EXACT and self._of_metric(metric) & needed
        ):  # fmt: skip
            metric = None
        if initiative and not self._is_named(initiative, of_zone):
            initiative = None
        of_metric = self._of_metric(metric) if metric else set[int]()
        # The trade of a province is no share in it.
        of_scope = ("scope", "zone") if self.measures else ()
        wholes = [one for kind in of_scope if (one := self.links.get((kind, series.scope)))]
        above = self.part_of.get(series.zone, set())
        credit: dict[int, float] = dict.fromkeys(above, CREDIT[ABOVE])
        places = self.question.place_words | self.question.numbers
        for one in filter(None, (zone, initiative, metric, *wholes)):
            # A definition adds to names: it names nothing itself, and no place.
            if one.kind == "zone" or one.named & needed:
                for at, worth in one.covered.items():
                    if one.kind == "zone" and at in self.things & self.place_kinds:
                        continue
                    if worth > CREDIT[TEXT] or at not in places:
                        # A port with the word in its name is no more of a port.
                        kind = one.kind == "zone" and one.share < WHOLE and at in self.place_kinds
                        credit[at] = max(credit.get(at, 0.0), min(worth, SYNONYM if kind else 1.0))
        fit = Fit(series, zone, initiative, metric, wholes, of_metric, of_kind, above, credit)
        apart = bool(fit.of_initiative & needed - of_zone)
        offered = offered_by(series, measured=bool(self.measures), of_initiative=apart)
        for word in self.question.words:
            if any(
                serve(GROWTH if self.grew and "share" in asked else asked, offered[role])
                for role, asked in word.roles.items() if role in offered
                and not (role == "place_kind" and word.start in self.things)
            ):  # fmt: skip
                # A name has the word itself.
                credit.update((at, max(credit.get(at, 0.0), SYNONYM)) for at in word.span)
        return fit

    def _unaccounted(self, fit: Fit) -> set[int]:
        """The positions of words that a series lacks, or that ask for another kind of value."""
        series, credit = fit.series, fit.credit
        left = self.needed - credit.keys()
        # 年 of 年吞吐能力, a label, need not be accounted for where the rest of it is.
        left -= {at for span, idle in self.labels if span & credit.keys() for at in idle}
        # Nor a word for what is counted, as 人数 of visits.
        counted = {at for word in self.question.words if _counts(series, word) for at in word.span}
        own = fit.of_metric & self.needed - self.verbs or fit.of_kind & EXACT
        if own and left <= self.verbs | counted:
            left = set()
        # What is replicated in the province of Liaoning is so in no other one.
        left |= {at for at in self.question.positions("place") - fit.of_zone - fit.above
                 if credit.get(at) == SYNONYM and at not in fit.of_initiative}  # fmt: skip
        for word in self.question.words:
            if not self._suits(fit, word):
                left.update(word.span)
        metric = fit.metric.share if fit.metric else 0.0
        if metric < WHOLE and series.unit_kind not in COUNTED and series.measure in OF_UNIT:
            names = [one.covered for one in (fit.zone, fit.initiative) if one]
            left |= {at for at in self.head if all(own.get(at) != 1.0 for own in names)}
        return left | self.against

    def _names_metric(self, fit: Fit) -> bool:
        """Whether words name the metric, and not its initiative alone.

        A metric that has only words of the initiative is hardly named where there are others, and
        where there are none it has to have them all.
        """
        asks = self.question.positions(*MEASURE, "status")
        words = self.needed - self.verbs - fit.of_zone - asks
        rest = words - fit.of_initiative_itself
        asked = rest | self.verbs | self.question.positions("kind", "generic")
        if asked & fit.of_metric:
            return True
        return not rest and bool(fit.of_metric) and words <= fit.of_metric

    def _score(self, fit: Fit) -> float:
        """How well a series fits, beside others that account for as much."""
        series, metric, zone, needed = fit.series, fit.metric, fit.zone, self.needed
        score = LEVEL * (series.measure == "level" and not self.measures)
        score += KIND * (series.kind in self.kinds and series.measure in OF_UNIT)
        score -= TARGET * (series.status == "target" and not self.question.targets("status"))
        score += sum(fit.credit.get(at, 0.0) for at in needed) / max(len(needed), 1)
        if metric and fit.of_metric:
            score += METRIC * metric.share + LONGER * metric.worth * metric.together
        # Trade in foreign trade names no Pilot Free Trade Zone, and area alone no area.
        bare = set[int]() if series.zone_kind in OF_MANY else self.place_kinds
        if zone and zone.named & needed - fit.of_metric - bare:
            score += ZONE * zone.share
        score += ZONE * max((one.share for one in fit.wholes), default=0.0)
        return score

    def _suits(self, fit: Fit, word: Word) -> bool:
        """Whether a word asks for no other currency or kind of value than a series has."""
        series, roles, of_names = fit.series, word.roles, fit.of_names
        units = [self.units[id] for id in roles.get("unit", ())]
        per = series.unit_base.split("/")
        if len(per) > 1 and any(base in per for base, _ in units):  # yuan, and square metres
            return True
        currencies = {base for base, kind in units if kind == "money"}
        if currencies and series.unit_base not in currencies and (
            series.unit_kind == "money" or series.measure not in OF_UNIT
        ):  # fmt: skip
            return False
        asked = roles.get("kind", frozenset())
        # A score is no rank, nor the fee how long paying takes.
        rank = "level" in roles.get("measure", ()) and series.measure != "level"
        if rank or ("price" in asked and OF_TIME & {series.kind, series.unit_kind}):
            return False
        offered = {series.kind, series.unit_kind}
        itself = all(fit.credit.get(at) == 1.0 for at in word.span)
        if roles.keys() <= {"label", "group"} and series.measure in OF_UNIT and not itself:
            named = ENDINGS.get(self.question.units[word.span[-1]], "")
            if offered.intersection(UNLIKE.get(named, ())):
                return False
        if self.measures and series.measure not in OF_UNIT:
            # How fast it grew asks for no time, but how many hours.
            asked &= {"date", "money"} | ({"duration"} if "unit" in roles else set())
        if (
            not asked or _counts(series, word) or of_names.issuperset(word.span)
            or word.start in self.of_units
        ):  # fmt: skip
            return True
        unlike = OF_TIME.union(*(UNLIKE.get(one, ()) for one in asked))
        return serve(asked, offered) or not (asked & EXACT or offered & unlike)


def _counts(series: Series, word: Word) -> bool:
    """Whether a word is for what a series counts: times are 次 of 万人次."""
    return any(series.unit.endswith(unit.lstrip(SCALES)) for unit in word.roles.get("counter", ()))
