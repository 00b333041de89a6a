"""Judging: what of a question a series of figures leaves unaccounted for, and how well it fits."""

from __future__ import annotations

import json

from ..database import Database
from .candidates import ALL_OF_IT, OUTERMOST, Candidate, Search, Series
from .linking import CREDIT, SYNONYM, Link
from .question import GAP, MEASURE, Word
from .spelling import ABOVE, is_chinese

ZONES_ABOVE = """
select w.zone, w.ancestor from zones_within w
where w.zone in (select value from json_each(?)) and w.zone <> w.ancestor
"""
CURRENCIES = "select id, base from all_units where kind = 'money'"
KINDS_OF_METRICS = """
select id, kind, (select u.kind from all_units u where u.base = m.base_unit) from metrics m
where id in (select value from json_each(?))
"""
# What makes a series fit: how much of the names of its metric and zone the question has; being of
# the kind asked for; being a level where no measure is asked for; and being a target where none is.
METRIC, ZONE, KIND, LEVEL, TARGET, UNIT = 2.0, 0.5, 1.0, 1.0, 0.02, 0.1
# Of metrics whose names are there in one piece, the one with the longer name is meant.
LONGER = 0.005
# So much of its name a thing has to have that is named by words of it, or by synonyms alone.
LITTLE, MUCH = 0.4, 0.6

# A zone that has less of its name than this is hardly named.
HALF = 0.5
# A metric is not asked for if another is named whole, and it only by so much of its name; where a
# rank or growth is asked for, by so much.
WHOLE, NARROWER, MEASURED = 0.9, 0.8, 0.65
# Zones that are many places, or the country.
OF_MANY = frozenset({"cohort", "country"})
# What serves for the measure, kind of value and kind of zone that a word asks for, besides itself.
SERVING = {
    "growth": ("multiple", "change"),
    "change": ("growth",),
    "multiple": ("growth",),
    "pilot_zone": ("area", "cohort"),
    "development_zone": ("district", "area"),
    "border_port": ("cohort",),
    "seaport": ("cohort",),
    "age": ("duration",),
    "share": ("weight",),
    "size": ("area", "capacity"),
    "target": ("design",),
}
# By what percentage it grew asks for no share.
GROWTH = frozenset({"growth"})
# Measures in the units of the metric; shares, ranks and multiples have units of their own.
OF_UNIT = frozenset({"level", "change"})
# Kinds of metric or unit that answer where one is asked for. What asks for none of them, as how
# many does, is answered by any but these.
EXACT = frozenset(
    ("date", "duration", "length", "area", "money", "mass", "share", "weight", "price")
)
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
OF_CASES = frozenset({"day", "h", "min", "s"})
# How many asks for no money, and a value for no count.
UNLIKE = {
    "count": ("share", "money", "area", "length", "size"),
    "value": ("count", "share", "area"),
    "revenue": ("count", "share", "area"),
}


def _serve(targets: frozenset[str], offered: set[str]) -> bool:
    """Whether what is offered serves for what a word asks for."""
    return any(offered.intersection((one, *SERVING.get(one, ()))) for one in targets)


class Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits."""

    def __init__(self, db: Database, found: Search, rows: list[Series]) -> None:
        self.found, self.question, self.links = found, found.question, found.links
        question, self.needed = found.question, found.question.needed
        self.measures = question.targets(*MEASURE)
        self.grew = bool({"growth", "change"} & self.measures)
        self.place_kinds = question.places("place_kind")
        # What is asked how many there are is no kind of place: how many cities, 城市数量.
        counts = [word.span for word in question.words if "count" in word.roles.get("kind", ())]
        ends = {span.stop for span in counts}
        starts = {span.start - (question.units[span.start - 1] == GAP) for span in counts}
        self.things = {word.start for word in question.words
                       if word.start in ends or word.span.stop in starts}  # fmt: skip
        # A verb may stay unmatched where a metric is named by other words; 申请量 is a thing.
        generic = {one.start for one in question.words if one.size == 1 and "generic" in one.roles}
        self.verbs = {at for word in question.words if "verb" in word.roles
                      and word.span.stop not in generic for at in word.span}  # fmt: skip
        self.verbs -= question.places("place", *MEASURE)
        zones = found.of_kind("zone")
        places = [one for one in zones if one.whole or one.share >= WHOLE]
        of_places = [one.named for one in zones if one.share >= WHOLE]
        # The area of Wuhan Area is a part of its name.
        self.kinds = {
            kind for word in question.words for kind in word.roles.get("kind", ())
            if not any(named.issuperset(word.span) for named in of_places)
        }  # fmt: skip
        # What the whole name of a place has among other words names no metric, but to ask how many.
        self.of_places = [] if "count" in self.kinds else of_places
        # The place that is named best, where not all are compared.
        self.place = max(() if found.most else zones, default=None, key=lambda one: (
            one in places, len(one.named & self.needed), one.share
        ))  # fmt: skip
        own = self.needed - question.places("place_kind", "whole")
        named = [*zones, *found.of_kind("initiative")]
        self.somewhere = bool(found.most) or any(one.whole and one.named & own for one in named)
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
        self.counted = question.places("counter")

        self.currencies = dict(db.query(CURRENCIES))
        self.counts = [one for one in found.of_kind("metric")
                       if one.share >= MUCH and one.named <= self.counted]  # fmt: skip
        # Words of the data and of synonyms, and the characters of theirs that ask for nothing.
        idle = {word.start for word in question.phrases
                if word.size == 1 and word.roles.keys() & {"filler", "generic"}
                and is_chinese(question.units[word.start])}  # fmt: skip
        self.labels = [({*word.span} - idle, {*word.span} & idle) for word in question.words
                       if word.roles.keys() <= {"label", "group"}]  # fmt: skip
        self.hollow = {
            at for word in question.words for at in word.span if word.roles.keys() & HOLLOW
            and not (word.size == 1 and is_chinese(question.units[at]))
        }  # fmt: skip

    def _of_metric(self, metric: Link) -> set[int]:
        """The places of the words that name a metric."""
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
        question, needed = self.question, self.needed
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
        of_initiative = initiative.named if initiative else set[int]()
        # The trade of a province is no share in it.
        of_scope = ("scope", "zone") if self.measures else ()
        wholes = [one for kind in of_scope if (one := self.links.get((kind, series.scope)))]
        above = self.part_of.get(series.zone, set())
        credit: dict[int, float] = dict.fromkeys(above, CREDIT[ABOVE])
        for one in filter(None, (zone, initiative, metric, *wholes)):
            # A definition or summary adds to names, and names nothing by itself.
            if one.kind == "zone" or one.named & needed:
                for at, worth in one.covered.items():
                    credit[at] = max(credit.get(at, 0.0), worth)
        offers = self._offers(series, bool(of_initiative & needed - of_zone))
        for word in question.words:
            if any(
                _serve(GROWTH if self.grew and "share" in asked else asked, offers[role])
                for role, asked in word.roles.items() if role in offers
                and not (role == "place_kind" and word.start in self.things)
            ):  # fmt: skip
                # A name has the word itself.
                credit.update((at, max(credit.get(at, 0.0), SYNONYM)) for at in word.span)
        left = needed - credit.keys()
        # 年 of 年吞吐能力, a label, need not be accounted for where the rest of it is.
        left -= {at for span, idle in self.labels if span & credit.keys() for at in idle}
        # Nor a word for what is counted, as 人数 of visits.
        counted = {at for word in question.words for at in word.span
                   if series.unit.lstrip(SCALES) in word.roles.get("counter", ())}  # fmt: skip
        if left <= self.verbs | counted and (of_metric & needed - self.verbs or of_kind & EXACT):
            left = set()
        of_names = of_metric | of_initiative | of_zone
        for word in question.words:
            if not self._suits(series, word, of_names):
                left.update(word.span)
        if self.found.most:  # which place has the most asks for places of its kind alone
            left -= self.found.most | self.place_kinds
            left |= self._of_another_place(series)
        left |= self._of_another_whole(series)
        # 占福建省 asks for no share of Xiamen.
        divisor = self.found.divisor
        if zone and series.measure == "share" and zone.named & needed - divisor - self.place_kinds:
            left |= divisor.difference(*(one.named for one in wholes))
        # And the share of the pilot zones is none of Shanghai in them.
        one_of = series.measure == "share" and series.zone_kind not in OF_MANY
        if one_of and not (zone and zone.named & needed - self.place_kinds):
            left |= set().union(*(one.named for one in wholes)) & needed - divisor - of_metric
        # A metric that has only words of the initiative is hardly named where there are others,
        # and where there are none it has to have them all.
        words = needed - self.verbs - of_zone - question.places(*MEASURE, "status")
        rest = words - (of_initiative - initiative.themed if initiative else set())
        asked = rest | self.verbs | question.places("kind", "generic")
        named = bool(asked & of_metric) or bool(not rest and of_metric and words <= of_metric)
        if named or (of_metric and of_initiative >= of_metric):  # the oldest of what?
            left -= question.places("order")
        # Trade is the theme of many initiatives, and names none.
        beside = "initiative" not in self.found.given and self._is_beside(
            series, of_zone, of_initiative - initiative.themed if initiative else set()
        )
        named = named or bool(of_kind if of_initiative & needed - of_zone else of_kind & OF_PLACE)
        if not named and not self.found.most and self.measures <= {"level", "change"}:
            # How much of what? And of which of the place's own parts?
            left |= self.hollow - of_names - above - (initiative.named if initiative else set())
            if zone and zone.share < HALF and self.place:
                left |= of_zone - self.place.named

        others = set[int]().union(*(one.named for one in (initiative, *wholes) if one))
        of_place = self._of_another_zone(series, zone, of_metric, others)
        place = self.place.ref if of_place and self.place else ""
        if (series.zone, place) not in self.above:
            left, place = left | of_place, ""
        score = LEVEL * (series.measure == "level" and not self.measures)
        score += KIND * (series.kind in self.kinds and series.measure in OF_UNIT)
        score -= TARGET * (series.status == "target" and not question.targets("status"))
        score += sum(credit.get(at, 0.0) for at in needed) / max(len(needed), 1)
        if metric and of_metric:
            score += METRIC * metric.share + LONGER * metric.worth * metric.together
        # Trade in foreign trade names no Pilot Free Trade Zone, and area alone no area.
        if zone and zone.named & needed - of_metric and not self.found.most:
            score += ZONE * zone.share
        score += ZONE * max((one.share for one in wholes), default=0.0)
        unit = series.unit.lstrip(SCALES)
        score += UNIT * (f"几{unit}" in question.folded or f"多少{unit}" in question.folded)
        return Candidate(series, left, score, named, beside, place)

    def _offers(self, series: Series, of_initiative: bool) -> dict[str, set[str]]:
        """What a series has of that which words ask for, by their roles."""
        measures = {series.measure} | ({series.kind} if series.measure == "level" else set())
        means = {turn for turn, is_so in (
            ("each", "/" in series.unit and not series.is_extreme),
            ("mean", series.is_mean or (series.unit_base in OF_CASES and not series.is_extreme)),
            ("annual", series.measure == "growth"),
            ("sum", series.zone_kind in OF_MANY),
        ) if is_so}  # fmt: skip
        means.update(series.unit.split("/")[1:])
        return {
            "measure": measures,
            "change": measures,
            "status": {series.status},
            "turn": means,
            "each_year": {""},
            "place_kind": {series.zone_kind} | ({series.scope_kind} if self.measures else set()),
            "initiative_kind": {""} if of_initiative else set(),
        }

    def _suits(self, series: Series, word: Word, of_names: set[int]) -> bool:
        """Whether a word asks for no other currency or kind of value than a series has."""
        roles = word.roles
        currencies = {self.currencies[id] for id in roles.get("unit", ()) if id in self.currencies}
        if currencies and series.unit_base not in currencies and (
            series.unit_kind == "money" or series.measure not in OF_UNIT
        ):  # fmt: skip
            return False
        asked = roles.get("kind", frozenset())
        # A score is no rank, nor the fee how long paying takes.
        rank = "level" in roles.get("measure", ()) and series.measure != "level"
        if rank or ("price" in asked and OF_TIME & {series.kind, series.unit_kind}):
            return False
        if roles.keys() <= {"label", "group"} and self.question.units[word.span[-1]] == "数":
            asked = frozenset({"count"})  # 泊位数
        if self.measures and series.measure not in OF_UNIT:
            asked &= {"date", "money"}  # how fast it grew asks for no time, but how many yuan
        if not asked or of_names.issuperset(word.span):
            return True
        offered = {series.kind, series.unit_kind}
        unlike = OF_TIME.union(*(UNLIKE.get(one, ()) for one in asked))
        return _serve(asked, offered) or not (asked & EXACT or offered & unlike)

    def _of_another_place(self, series: Series) -> set[int]:
        """The places of words that ask for the first or the most among other places or values."""
        asked = {kind for word in self.found.asked_kinds for kind in word.roles["place_kind"]}
        fits = series.zone_kind in asked or not (asked or series.zone_kind in OF_MANY)
        fits = fits and (series.measure == "level" or bool(self.measures))
        ends = {end for word in self.question.words if word.start in self.found.most
                for end in word.roles.get("most", ())}  # fmt: skip
        of_date = not {"first", "last"} & ends or series.kind == "date"
        return set() if fits and of_date else set(self.found.most)

    def _of_another_whole(self, series: Series) -> set[int]:
        """The places of words that ask for a share of the country, or a rank in it."""
        whole = "country" if self.somewhere else series.zone_kind
        if {"share", "rank"} & self.measures:
            whole = series.scope_kind or ("country" if series.measure == "rank" else "")
        return self.question.places("whole") if whole not in OF_MANY else set()

    def _of_another_zone(
        self, series: Series, zone: Link | None, of_metric: set[int], of_others: set[int]
    ) -> set[int]:
        """The places of the words that name a zone, where a series is of one with a part of them.

        Lin-gang of Shanghai is none of Sichuan, three platforms are not Hengqin, and 上海 is more
        than its bonded area.
        """
        place, above = self.place, self.part_of.get(series.zone, set())
        if not place or place.ref == series.zone:
            return set()
        whole = place.whole or place.share >= WHOLE or series.zone_kind in OF_MANY
        words = place.named if whole else self.needed - self.place_kinds
        asked = (place.named & words) - of_metric - of_others
        for word in self.question.words:  # Shanghai area asks how large Shanghai is
            if word.roles.get("kind", frozenset()) & {series.kind, series.unit_kind} & EXACT:
                asked.difference_update(word.span)
        bare = zone.named & self.needed - self.place_kinds if zone else set[int]()
        own = zone.named - of_metric if zone and bare else set[int]()
        if bare and bare <= above and series.zone_kind not in OUTERMOST:
            return own
        if bare > place.named - self.place_kinds:
            return set()
        alike = whole and zone is not None and not zone.whole and zone.share < place.share
        less = (own if whole else own & words) < asked
        return asked if less or (alike and own == asked) else set()

    def _is_beside(self, series: Series, of_zone: set[int], of_initiative: set[int]) -> bool:
        """Whether another metric is what the question names, and this one only a part of it."""
        needed, metric = self.needed, self.links.get(("metric", series.metric))
        own = metric.named & needed if metric else set()
        if of_initiative & needed - of_zone - own:
            return False
        # Enterprises of a place are no clients of an initiative there.
        bare = own and own <= self.counted and metric and metric.share < WHOLE
        if series.initiative and bare and any(own == one.named for one in self.counts):
            return True
        share = metric.share if metric else 0.0
        narrower = MEASURED if self.measures else NARROWER

        def more(one: Link) -> set[int]:
            """What names that metric besides, and not the zone where other words name it too."""
            words = one.named & needed
            return words - own - (of_zone if of_zone & needed - words else set())

        def is_less(one: Link) -> bool:
            """Whether the same words are less of this one's name, or another's label in full."""
            words = one.named & needed
            if words == own and one.share >= ALL_OF_IT and not self.measures:
                return share < one.share
            return words <= own and share <= narrower * one.share

        return any(
            own - of_zone <= one.named
            and (more(one) or is_less(one))
            and one.ref not in (series.metric, series.broader)
            for one in self.whole
        )  # fmt: skip
