"""Judging: what of a question a series of figures leaves unaccounted for, and how well it fits."""

from __future__ import annotations

import json

from ..database import Database
from .candidates import Candidate, Search, Series
from .linking import CREDIT, Link
from .question import MEASURE
from .spelling import ABOVE, is_chinese

UNITS = "select id, kind, base from all_units"
# A cohort that lies in one pilot zone or province is a place as others are.
ZONES = """
select z.id, case when z.kind = 'cohort' and p.kind <> 'city' then 'area' else z.kind end
from zones z left join zones p on p.id = z.parent
where z.id in (select value from json_each(?))
"""
ZONES_ABOVE = """
select w.zone, w.ancestor, z.kind from zones_within w join zones z on z.id = w.ancestor
where w.zone in (select value from json_each(?)) and w.zone <> w.ancestor
"""
METRICS = """
select id, kind, broader, lower(name_en) like '%average%' or name_zh like '%均%', base_unit
from metrics
where id in (select value from json_each(?))
"""
# What makes a series fit: how much of the names of its metric and zone the question has; being of
# the kind asked for; being a level where no measure is asked for; and being a target where none is.
METRIC, ZONE, KIND, LEVEL, TARGET = 2.0, 0.5, 1.0, 1.0, 0.02
# Of metrics whose names are there in one piece, the one with the longer name is meant.
LONGER = 0.005
# So much of its name a thing has to have that is named by words of it, or by synonyms alone.
LITTLE, MUCH = 0.4, 0.6
# And so much where a verb beside it may stay unmatched.
HALF = 0.5
# A metric is not asked for if another is named whole, and it only by so much of its name; where a
# rank or growth is asked for, by so much.
WHOLE, NARROWER, MEASURED = 0.9, 0.8, 0.65
# Zones that are many places, or the country.
OF_MANY = frozenset({"cohort", "country"})
# What serves for the measure, kind of metric, and kind of zone that is asked for; and measures
# that a metric may be in itself: the share of questions that were answered.
SERVING = {
    "growth": ("growth", "multiple", "change"),
    "change": ("change", "growth"),
    "multiple": ("multiple", "growth"),
    "pilot_zone": ("pilot_zone", "area", "cohort"),
    "development_zone": ("development_zone", "district", "area"),
    "age": ("duration",),
    "share": ("share", "weight"),
    "size": ("size", "area", "capacity"),
}
IN_ITSELF = frozenset({"share", "rank", "growth"})
# Measures in the units of the metric; shares, ranks and multiples have units of their own.
OF_UNIT = frozenset({"level", "change"})
# Kinds of metric or unit that answer where one is asked for. What asks for none of them, as how
# many does, is answered by any but these.
EXACT = frozenset({"date", "duration", "length", "area", "money", "mass", "share", "weight"})
OF_TIME = frozenset({"date", "duration"})
# Roles of words that name nothing by themselves: Shanghai points, Guangdong cities.
HOLLOW = frozenset(
    ("generic", "kind", "measure", "change", "unit", "counter", "place_kind", "initiative_kind")
)
# Of these a place has but one or two.
OF_PLACE = frozenset({"date", "area"})
# What may stand before a unit: 万 of 万人次.
SCALES = "十百千万亿"
# What takes hours or less is printed as a mean of many cases.
OF_CASES = frozenset({"h", "min", "s"})
# How many asks for no money, and a value for no count.
UNLIKE = {"count": ("share", "money", "area"), "value": ("count", "share", "area"),
          "revenue": ("count", "share", "area")}  # fmt: skip


class Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits."""

    def __init__(self, db: Database, found: Search, rows: list[Series]) -> None:
        self.found, question = found, found.question
        self.question = question
        self.given, self.links = found.given, found.links
        # The area of Wuhan Area is a part of its name.
        places = [one for one in found.of_kind("zone") if one.whole or one.share >= WHOLE]
        of_places = [one.named for one in places if one.share >= WHOLE]
        self.kinds = {
            kind for word in question.words for kind in word.roles.get("kind", ())
            if not any(named.issuperset(word.span) for named in of_places)
        }  # fmt: skip
        self.place_kinds = question.places("place_kind")
        # What is asked how many there are: how many cities is not asked of a city.
        self.things = {word.span.stop for word in question.words
                       if "count" in word.roles.get("kind", ())}  # fmt: skip
        self.initiative_kinds = question.places("initiative_kind")
        self.most, self.asked_kinds = found.most, found.asked_kinds
        named = [*found.of_kind("zone"), *found.of_kind("initiative")]
        own = question.needed - question.places("place_kind", "whole")
        self.somewhere = bool(self.most) or any(one.whole and one.named & own for one in named)
        self.place = max(() if self.most else found.of_kind("zone"), default=None, key=lambda one: (
            one in places, len(one.named & question.needed), one.share
        ))  # fmt: skip
        self.grew = bool({"growth", "change"} & question.targets(*MEASURE))
        asked_for = self.place.ref if self.place else ""
        zones = json.dumps([asked_for, *(id for row in rows for id in (row.zone, row.scope))])
        self.zone_kinds = dict(db.query(ZONES, (zones,)))
        named_whole = {one.ref for one in places if one.share >= WHOLE}
        above = [*db.query(ZONES_ABOVE, (zones,))]
        self.part_of = {zone: found.links["zone", ancestor].named
                        for zone, ancestor, _ in above if ancestor in named_whole}  # fmt: skip
        self.pilot_zones = {zone: one for zone, one, kind in above if kind == "pilot_zone"}
        units = [*db.query(UNITS)]
        self.unit_kinds = {id: kind for id, kind, _ in units}
        self.unit_bases = {id: base for id, _, base in units}
        self.currencies = {id: base for id, kind, base in units if kind == "money"}
        # What the whole name of a place has among other words names no metric, but to ask how many.
        self.places = [] if "count" in self.kinds else of_places
        # Words for what is counted alone ask how many there are: enterprises.
        free = {*range(len(question.units))} - question.needed
        self.counted = question.places("counter") | free
        self.counts = [one for one in found.of_kind("metric")
                       if one.share >= MUCH and one.named <= self.counted]  # fmt: skip
        whole = [
            one for one in found.of_kind("metric")
            if one.share >= WHOLE and self._of_metric(one) & question.needed
        ]  # fmt: skip
        metrics = json.dumps([*(row.metric for row in rows), *(one.ref for one in whole)])
        self.metrics = {id: rest for id, *rest in db.query(METRICS, (metrics,))}
        # Metrics that the question names whole.
        of_base = {base: kind for _, kind, base in units}
        self.whole = [
            one
            for one in whole
            if not self.kinds & EXACT
            or self.kinds & {self.metrics[one.ref][0], of_base.get(self.metrics[one.ref][3])}
        ]
        # What is no thing may stay unmatched where a metric is named by other words.
        self.verbs = question.places("verb") - question.places("place", *MEASURE)
        self.divided = {word.span.stop for word in question.words
                        if "each" in word.roles.get("turn", ())}  # fmt: skip
        # Words of the data and of synonyms, and the characters of theirs that ask for nothing.
        idle = {word.start for word in question.phrases
                if word.size == 1 and word.roles.keys() & {"filler", "generic"}
                and is_chinese(question.units[word.start])}  # fmt: skip
        self.labels = [({*word.span} - idle, {*word.span} & idle) for word in question.words
                       if word.roles.keys() <= {"label", "group"}]  # fmt: skip
        # Words that name nothing by themselves: quantities, units and kinds.
        self.hollow = {
            at for word in question.words for at in word.span if word.roles.keys() & HOLLOW
            and not (word.size == 1 and is_chinese(question.units[at]))
        }  # fmt: skip

    def _of_metric(self, metric: Link) -> set[int]:
        """The places of the words that name a metric."""
        return set() if any(metric.named < one for one in self.places) else metric.named

    def _is_vague(
        self, one: Link, zone: Link | None, other: Link | None, unasked: bool = False
    ) -> bool:
        """Whether a metric or initiative is named by synonyms of a small part of its name alone.

        The summary or definition of the `other` that more words name may bear it out. A measure
        or capacity that is `unasked` for has to be named whole.
        """
        of_zone = set(zone.covered) if zone else set()
        needed = self.question.needed - of_zone
        own = one.named & needed
        exact = any(one.covered[at] == 1.0 for at in own)
        if one.share >= (WHOLE if unasked or not own else LITTLE if exact else MUCH):
            return False
        return not (other and other.named & needed - own and own <= other.covered.keys())

    def judged(self, series: Series) -> Candidate:
        """A series with what it leaves of the question, and its score."""
        needed = self.question.needed
        things = zone, initiative, metric = [
            self.links.get((kind, getattr(series, kind) or ""))
            for kind in ("zone", "initiative", "metric")
        ]
        # The trade of a province is no share in it.
        of_scope = ("scope", "zone") if self.question.targets(*MEASURE) else ()
        wholes = [one for kind in of_scope if (one := self.links.get((kind, series.scope)))]
        things += wholes
        of_zone = set(zone.covered) if zone else set()
        of_initiative = initiative.named - self.initiative_kinds if initiative else set()
        of_metric = self._of_metric(metric) if metric else set()
        kind, *_ = self.metrics[series.metric]
        of_exact_kind = self.kinds & EXACT & {kind, self.unit_kinds[series.unit]}
        # A word for what is counted need not be in its name: 人数 of visits.
        counted = {at for word in self.question.words for at in word.span
                   if series.unit.lstrip(SCALES) in word.roles.get("counter", ())}  # fmt: skip
        kinds = of_exact_kind | (counted & needed - of_metric)
        unasked = (series.measure != "level" and not self.question.targets(*MEASURE)) or (
            kind == "capacity" and kind not in self.kinds
        )
        if metric and not (kinds and of_metric & needed) and self._is_vague(
            metric, zone, initiative, unasked
        ):  # fmt: skip
            things[2], of_metric = None, set()
        if initiative and self._is_vague(initiative, zone, metric):
            things[1], of_initiative = None, set()
        credit: dict[int, float] = {}
        for one in things:
            # A definition or summary adds to names, and names nothing by itself.
            for at, worth in one.covered.items() if one and (
                one.kind == "zone" or one.named & needed - of_zone) else ():  # fmt: skip
                credit[at] = max(credit.get(at, 0.0), worth)
        above = self.part_of.get(series.zone, set())
        for at in above:
            credit.setdefault(at, CREDIT[ABOVE])
        score = self._facets(series, bool(of_initiative & needed - of_zone), credit)
        left = needed - credit.keys()
        # 年 of 年吞吐能力, a label, need not be accounted for where the rest of it is.
        left -= {at for span, idle in self.labels if span & credit.keys() for at in idle}
        told = of_metric & needed - self.verbs - of_zone
        of_another = self._of_another_kind(series, of_metric | of_initiative | of_zone)
        much = metric is not None and bool(
            metric.share > HALF or (metric.covered.keys() - metric.named) & needed
        )
        if left <= self.verbs | counted and (
            (told - of_initiative and much) or of_exact_kind
        ):  # fmt: skip
            left = set()
        left |= of_another
        if self.most:  # which place has the most asks for places of its kind alone
            left -= self.most | self.place_kinds
            left |= self._of_another_place(series, kind)
        left |= self._of_another_whole(series)
        # 占福建省 asks for no share of Xiamen.
        divisor = self.found.divisor
        if zone and series.measure == "share" and zone.named & needed - divisor - self.place_kinds:
            left |= divisor.difference(*(one.named for one in wholes))
        if needed:
            score += sum(credit.get(at, 0.0) for at in needed) / len(needed)
        # A metric that has only words of the initiative is hardly named where there are others,
        # and where there are none it has to have them all.
        words = needed - self.verbs - of_zone - self.question.places(*MEASURE)
        rest = words - of_initiative
        asked = rest | self.question.places("kind", "generic")
        named = bool(asked & of_metric) or bool(not rest and of_metric and words <= of_metric)
        if named or (of_metric and of_initiative >= of_metric):  # the oldest of what?
            left -= self.question.places("order")
        if metric and of_metric:
            score += METRIC * metric.share + LONGER * metric.worth * metric.together
        # Trade in foreign trade names no Pilot Free Trade Zone, and area alone no area.
        of_place = zone.named & needed - of_metric if zone and not self.most else set()
        if zone and of_place and (zone.share >= WHOLE or of_place - self.place_kinds):
            score += ZONE * zone.share
        score += ZONE * max((one.share for one in wholes), default=0.0)
        # Trade is the theme of many initiatives, and names none.
        beside = "initiative" not in self.given and self._is_beside(
            series, metric, of_zone, of_initiative - initiative.themed if initiative else set()
        )
        # The place that is named best, where this is of another that has only a part of that.
        place, elsewhere = self.place, False
        if place and place.ref != series.zone:
            whole = place.whole or place.share >= WHOLE
            own_words = place.named if whole else needed - self.place_kinds
            asked_for = (place.named & own_words) - of_metric - of_initiative
            own = (zone.named if zone else set()) - of_metric
            alike = zone is not None and not zone.whole and zone.share < place.share
            elsewhere = bool(asked_for) and (
                own <= asked_for and (own < asked_for or alike) if whole
                else alike and own & own_words == asked_for
            )  # fmt: skip
        by_kind = self.kinds & {kind, self.unit_kinds[series.unit]}
        named = named or bool(by_kind if of_initiative & needed - of_zone else by_kind & OF_PLACE)
        if not named and not self.most and self.question.targets(*MEASURE) <= {"level", "change"}:
            # How much of what? And of which of the place's own parts?
            own = initiative.named if initiative and of_initiative else set()
            left |= self.hollow - of_zone - of_metric - above - own
            if zone and zone.share < HALF and self.place and not of_initiative:
                left |= of_zone - self.place.named
        if elsewhere and place and len({
            self.pilot_zones.get(one) for one in (series.zone, place.ref)} - {None}
        ) == 2:  # fmt: skip
            left |= asked_for  # Lin-gang of Shanghai is none of Sichuan
        return Candidate(
            series, left, score, named, beside, place.ref if elsewhere and place else ""
        )

    def _facets(self, series: Series, of_initiative: bool, credit: dict[int, float]) -> float:
        """Account for what is asked for beside names; the worth of having it."""
        kind, *_ = self.metrics[series.metric]
        level = series.measure == "level"
        asked = self.question.targets(*MEASURE)
        zones = (series.zone, series.scope) if asked else (series.zone,)
        for word in self.question.words:
            roles = word.roles
            measures = roles.get("measure") or roles.get("change") or frozenset()
            if "share" in measures and self.grew:  # by what percentage it grew
                measures = frozenset({"growth"})
            if any(
                series.measure in SERVING.get(one, (one,))
                or (level and one in IN_ITSELF and kind in SERVING.get(one, (one,)))
                for one in measures
            ):
                credit.update((at, 1.0) for at in word.span)
            elif (
                series.status in roles.get("status", ())
                or self._means(series) & roles.get("turn", frozenset())
                or (of_initiative and "initiative_kind" in roles)
                or any(
                    self.zone_kinds.get(zone) in SERVING.get(one, (one,))
                    for one in roles.get("place_kind", ())
                    for zone in zones
                    if word.start not in self.things
                )
            ):
                credit.update((at, max(credit.get(at, 0.0), 0.8)) for at in word.span)
        fits = kind in self.kinds and series.measure in OF_UNIT
        target = series.status == "target" and not self.question.targets("status")
        return LEVEL * (level and not asked) + KIND * fits - TARGET * target

    def _means(self, series: Series) -> set[str]:
        """What the figures of a series are in themselves: per something, a mean, an annual one."""
        return {turn for turn, is_so in (
            ("each", "/" in series.unit),
            ("mean", self.unit_bases[series.unit] in OF_CASES or self.metrics[series.metric][2]),
            ("annual", series.measure == "growth"),
        ) if is_so}  # fmt: skip

    def _of_another_kind(self, series: Series, of_names: set[int]) -> set[int]:
        """The places of words that ask for another currency or kind of value than its names do."""
        offered = {self.metrics[series.metric][0], self.unit_kinds[series.unit]}
        left: set[int] = set()
        currency = self.currencies.get(series.unit)
        for word in self.question.words:
            currencies = {self.currencies.get(id) for id in word.roles.get("unit", ())} - {None}
            if currency and currencies and currency not in currencies:
                left.update(word.span)
            asked = word.roles.get("kind", frozenset())
            if word.start in self.divided:
                continue  # the rent per square metre is no area
            if self.question.targets(*MEASURE) and series.measure not in OF_UNIT:
                asked &= {"date"}  # how fast it grew asks for no time
            unlike = OF_TIME.union(*(UNLIKE.get(one, ()) for one in asked))
            suits = any(offered & {*SERVING.get(one, (one,))} for one in asked) or (
                not asked & EXACT and not offered & unlike
            )
            if asked and not suits and not of_names >= set(word.span):
                left.update(word.span)
        return left

    def _of_another_place(self, series: Series, kind: str) -> set[int]:
        """The places of words that ask for the first or the most among other places or values."""
        own = self.zone_kinds[series.zone]
        asked = {kind for word in self.asked_kinds for kind in word.roles["place_kind"]}
        fits = own in asked or (not asked and own not in OF_MANY)
        fits = fits and (series.measure == "level" or bool(self.question.targets(*MEASURE)))
        ends = {end for word in self.question.words if word.start in self.most
                for end in word.roles.get("most", ())}  # fmt: skip
        of_date = not {"first", "last"} & ends or kind == "date"
        return set() if fits and of_date else set(self.most)

    def _of_another_whole(self, series: Series) -> set[int]:
        """The places of words that ask for a share of the country, or a rank in it."""
        asked = {"share", "rank"} & self.question.targets("measure")
        whole = "country" if self.somewhere else self.zone_kinds[series.zone]
        if asked:
            of_text = "country" if series.measure == "rank" else ""
            whole = self.zone_kinds.get(series.scope, of_text)
        return self.question.places("whole") if whole not in OF_MANY else set()

    def _is_beside(
        self, series: Series, metric: Link | None, of_zone: set[int], of_initiative: set[int]
    ) -> bool:
        """Whether another metric is what the question names, and this one only a part of it."""
        needed = self.question.needed
        own = metric.named & needed if metric else set()
        if of_initiative & needed - of_zone - own:
            return False
        share = metric.share if metric else 0.0
        narrower = MEASURED if self.question.targets(*MEASURE) else NARROWER

        # Enterprises of a place are no clients of an initiative there.
        bare = own and own <= self.counted and metric and not metric.whole
        if series.initiative and bare and any(own <= one.named for one in self.counts):
            return True

        def more(one: Link) -> set[int]:
            """What names that metric besides, and not the zone where other words name it too."""
            words = one.named & needed
            return words - own - (of_zone if of_zone & needed - words else set())

        return any(
            own - of_zone <= one.named
            and (share <= narrower * one.share or more(one))
            and one.ref not in (series.metric, self.metrics[series.metric][1])
            for one in self.whole
        )  # fmt: skip
