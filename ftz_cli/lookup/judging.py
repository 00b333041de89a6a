"""Judging: what of a question a series of figures leaves unaccounted for, and how well it fits."""

import json
from itertools import pairwise

from ..database import Database
from .asked_words import AskedWords
from .candidates import (
    ALL_OF_IT,
    HALF,
    WHOLE,
    ZONES_ABOVE,
    Candidate,
    Fit,
    Search,
    Series,
)
from .linking import CREDIT, SYNONYM, Link
from .offers import (
    EXACT,
    GROWTH,
    OF_MANY,
    OF_TIME,
    OF_UNIT,
    UNLIKE,
    offered_by,
    serve,
)
from .other_metrics import is_beside, words_of_others
from .other_places import place_instead
from .question import GAP, MEASURE, VEHICLES, Word
from .spelling import TEXT, is_chinese
from .suiting import counters_of, counts, suits

UNITS = "select id, base, kind from all_units where id in (select value from json_each(?))"
KINDS_OF_METRICS = """
select id, kind, (select u.kind from all_units u where u.base = m.base_unit) from metrics m
where id in (select value from json_each(?))
"""
# Weights of a fit: the share of the names of metric and zone that the question has, the kind of
# value asked for, and a level where no measure is asked for; a target that is unasked for costs.
METRIC, ZONE, KIND, LEVEL, TARGET = 2.0, 0.5, 1.0, 1.0, 0.02
# Weight of a metric's name that stands in one piece: of two, the longer one is meant.
LONGER = 0.005
# Weight of a unit that a word is for.
COUNTS = 0.4
# The share of its name that names a thing: by several of its own words, by one of them, by synonyms
# alone, and where another measure than its own is asked for.
LEAST, LITTLE, MUCH, NEARLY = 0.25, 0.4, 0.6, 0.85
# A place has one or two of these, so that they need no name of a metric.
OF_PLACE = frozenset({"date", "area", "ability"})


class Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits.

    `asked` is what the words ask for; `place` is the zone that is named best, if any is;
    `ancestry` has a pair of each zone of a series and a zone around it; `full_metrics` are those
    that the question names whole and that have values of the kind it asks for; `ranked` are those
    that have a rank.
    """

    def __init__(self, db: Database, found: Search, rows: list[Series]) -> None:
        self.found, self.question, self.links = found, found.question, found.links
        self.asked = AskedWords(found.question)
        self.needed, self.measures = self.asked.needed, self.asked.measures
        self._name_places()
        self._name_metrics(db)
        self.ranked = {row.metric for row in rows if row.measure == "rank"}
        self.ancestry = {*db.query(ZONES_ABOVE, (json.dumps([row.zone for row in rows]),))}
        named = {one.ref: one.named for one in self.places}
        self.container_words = {
            zone: named[around] for zone, around in self.ancestry if around in named
        }
        units = json.dumps([*self.question.targets("unit")])
        self.units = {id: (base, kind) for id, base, kind in db.query(UNITS, (units,))}

    def _name_places(self) -> None:
        """Find the zones that the question names, and the one that it is about."""
        found, question = self.found, self.question
        zones = [
            one for one in found.of_kind("zone")
            if not any(map(one.named.__lt__, self.asked.longer_words))
        ]  # fmt: skip
        self.places = [one for one in zones if one.whole or one.share >= WHOLE]
        names = [one.named for one in zones if one.share >= WHOLE]
        self.kinds = self.asked.kinds(names)
        # The area in a name that stands in one piece names no metric: Zhoushan Area.
        full = [one.named for one in self.places if one.contiguous and one.share >= ALL_OF_IT]
        areas = {at for word in question.words for at in word.span
                 if "area" in word.roles.get("place_kind", ())}  # fmt: skip
        self.areas_in_names = areas.intersection(set[int]().union(*full))
        # The name of a place names no metric by its words, except where a count is asked for.
        self.place_names = [] if "count" in self.kinds else names
        # The country is not meant where another place is named: Fujian nationwide.
        country = question.positions("whole")
        self.place = max(zones, default=None, key=lambda one: (
            one in self.places, one.share >= HALF, not one.named <= country,
            len(one.named & self.needed - found.divisor), one.whole, one.share,
        ))  # fmt: skip
        own = self.needed - question.positions("place_kind", "whole")
        subjects = [*zones, *found.of_kind("initiative")]
        self.names_subject = any(one.whole and one.named & own for one in subjects)
        # Of two places that a word joins, neither is the address of the other: Hubei and Wuhan.
        counted = (word.span for word in question.words if "counter" in word.roles)
        in_place = set[int]().union(*(one.named for one in zones if one.whole), *counted)
        self.joints = {
            at for word in question.phrases if "joint" in word.roles and not in_place & {*word.span}
            for at in word.span if self._joins_places(word, zones, in_place)
        }  # fmt: skip

    def _joins_places(self, word: Word, zones: list[Link], in_place: set[int]) -> bool:
        """Whether a place stands behind a word, and another one anywhere before it."""
        units, idle = self.question.units, self.question.positions("filler")
        behind = word.span.stop
        while behind < len(units) and (units[behind] == GAP or behind in idle):
            behind += 1
        whole = [one.named for one in zones if one.whole]
        known = in_place | self.asked.places & self.found.coverable("zone")
        return behind in known - self.asked.place_kinds and any(
            max(named) < word.start for named in whole
        )

    def _name_metrics(self, db: Database) -> None:
        """Find the metrics that the question names, by what their values are."""
        metrics = self.found.of_kind("metric")
        ids = json.dumps([one.ref for one in metrics])
        kinds = {id: {*kinds} for id, *kinds in db.query(KINDS_OF_METRICS, (ids,))}
        self.extents = {id for id, of_metric in kinds.items() if "area" in of_metric}
        exact = self.kinds & EXACT
        unlike = set[str]().union(*(UNLIKE.get(kind, ()) for kind in self.kinds))
        self.full_metrics = [
            one for one in metrics
            if one.share >= WHOLE and self._metric_words(one) & self.needed
            and (not exact or self.kinds & kinds[one.ref]) and not unlike & kinds[one.ref]
        ]  # fmt: skip
        self.verbs_of = {
            one.ref: one.named & self.asked.verbs for one in metrics if kinds[one.ref] & exact
        }
        self.naming_verbs = {
            at for one in metrics if one.share >= MUCH and one.named <= self.asked.verbs
            and "date" not in kinds[one.ref] for at in one.named
        }  # fmt: skip
        self.counter_metrics = [one for one in metrics if one.share >= MUCH
                                and one.named & self.needed <= self.asked.counters]  # fmt: skip

    def _metric_words(self, metric: Link) -> set[int]:
        """The words that name a metric, without those that are only part of a place's name."""
        whole = metric.share >= ALL_OF_IT and len(metric.named) > 1
        if not whole and any(metric.named < name for name in self.place_names):
            return set()
        own = metric.share >= WHOLE or metric.ref in self.extents
        return metric.named if own else metric.named - self.areas_in_names

    def _is_named(self, thing: Link, zone_words: set[int], unasked: bool = False) -> bool:
        """Whether the question has enough of a name: more where only synonyms have it.

        A measure that is `unasked` for has to be named whole.
        """
        words = thing.named & self.needed
        if unasked or not words - zone_words:
            least = NEARLY if unasked else WHOLE
            return thing.share >= least or (thing.whole and bool(words - zone_words))
        if all(thing.covered[at] < 1.0 for at in words):
            return thing.share >= MUCH
        if words - zone_words <= self.asked.firsts:  # a first is no first loan
            return thing.share >= HALF
        several = sum(not words.isdisjoint(word.span) for word in self.question.words) > 1
        return thing.share >= (LEAST if several else LITTLE)

    def judged(self, series: Series) -> Candidate:
        """A series with what it leaves of the question, and its score."""
        fit = self._fit(series)
        left = self._unaccounted(fit) - self.question.positions("order") | self.joints
        named = self._names_metric(fit)
        of_initiative = fit.initiative_words & self.needed - fit.zone_words
        # A kind of value names a metric: of an initiative any kind, of a place only a few.
        of_place = OF_PLACE - {"date"} if series.initiative else OF_PLACE
        named = named or bool(fit.kinds if of_initiative else fit.kinds & of_place)
        left |= words_of_others(self, fit, named)
        # The opening of a place is no start of its initiative, which has another name.
        is_start = series.kind == "date" and series.initiative and not of_initiative
        if is_start and all(fit.credit[at] < 1.0 for at in fit.metric_words):
            left |= fit.metric_words & self.needed
        elsewhere, place = place_instead(self, fit)
        left |= elsewhere
        beside = "initiative" not in self.found.given and is_beside(self, fit)
        return Candidate(series, left, self._score(fit), named, beside, place)

    def _fit(self, series: Series) -> Fit:
        """What of a series the question names well enough."""
        zone, initiative, metric = [
            self.links.get((kind, getattr(series, kind) or ""))
            for kind in ("zone", "initiative", "metric")
        ]
        zone_words = set(zone.covered) if zone else set()
        # A count by time is a count: 列/天.
        offered = {series.kind, series.unit_kind, series.unit_base.partition("/")[0]}
        kinds = {one for one in self.kinds if serve(frozenset({one}), offered)}
        unasked = series.measure != "level" and not self.measures
        if metric and not self._is_named(metric, zone_words, unasked) and not (
            kinds & EXACT and self._metric_words(metric) & self.needed
        ):  # fmt: skip
            metric = None
        if initiative and not self._is_named(initiative, zone_words):
            initiative = None
        # A scope counts only where a share, rank or other measure is asked for; the place in it
        # names no other place: Hainan, where Dalian has a rank among zones and Hainan.
        of_scope = ("scope", "zone") if self.measures else ()
        scopes = [one for kind in of_scope if (one := self.links.get((kind, series.scope)))]
        container_words = self.container_words.get(series.zone, set())
        elsewhere = self.asked.places - self.found.divisor - container_words
        elsewhere -= zone.named if zone else set()
        fit = Fit(
            series, zone, initiative, metric,
            scopes=[one for one in scopes if (zone and zone.named - one.named)
                    or one.named.isdisjoint(elsewhere)],
            metric_words=self._metric_words(metric) if metric else set(),
            kinds=kinds, container_words=container_words,
        )  # fmt: skip
        self._credit_names(fit)
        self._credit_offers(fit)
        return fit

    def _credit_names(self, fit: Fit) -> None:
        """Account for the words that the names of a series have."""
        place_kinds = self.asked.place_kinds
        counted_kinds = self._counted(fit.series) & (place_kinds | self.asked.plurals)
        not_defined = self.question.place_words | self.question.numbers
        things = self.question.positions("group") - self.asked.verbs
        for thing in filter(None, (fit.zone, fit.initiative, fit.metric, *fit.scopes)):
            of_zone = thing.kind == "zone"
            # A definition alone names nothing: it only adds to a name, and no place to it; and no
            # other thing where words of the initiative alone name the metric.
            named = thing.named & self.needed
            in_initiative = things if named <= fit.initiative_own_words else set()
            for at, credit in thing.covered.items():
                if of_zone and at in counted_kinds:
                    continue
                # What is counted is no word of an initiative: its languages, in a multilingual one.
                by_synonym = thing.kind == "initiative" and credit < 1.0
                if by_synonym and at in self.asked.counters | place_kinds:
                    continue
                if credit <= CREDIT[TEXT] and at in not_defined | in_initiative:
                    continue
                if thing is fit.metric and at in self.areas_in_names - fit.metric_words:
                    continue
                # Of two ports, the one with "port" in its name is not named better by that.
                if of_zone and thing.share < WHOLE and at in place_kinds:
                    credit = min(credit, SYNONYM)
                fit.account_for([at], credit)

    def _counted(self, series: Series) -> set[int]:
        """The words for what is counted, where one place is none of them: cities."""
        if series.is_cohort or series.zone_kind in OF_MANY:
            return self.asked.counted_things
        words = self.asked.counted_things | self.asked.plurals
        if self.asked.places or (self.place and self.place in self.places):
            return words
        words |= self.asked.zones
        return words if series.zone_kind == "pilot_zone" else words | self.asked.each_zone

    def _credit_offers(self, fit: Fit) -> None:
        """Account for the words that ask for what a series is: its measure, status, kind."""
        of_initiative = bool(fit.initiative_words & self.needed - fit.zone_words)
        offered = offered_by(fit.series, measured=bool(self.measures), of_initiative=of_initiative)
        whole = fit.zone_words if fit.zone and fit.zone.whole and fit.series.is_cohort else set()
        for word in self.question.words:
            if "place_kind" in word.roles and not whole.isdisjoint(word.span):
                fit.account_for(word.span, SYNONYM)  # 陆路口岸, where the zone is 新疆口岸
            for role, targets in word.roles.items():
                if role not in offered:
                    continue
                if role == "place_kind" and word.start in self._counted(fit.series):
                    continue
                # By what percentage it grew asks for a growth; how its share grew for neither.
                of_growth = self.asked.is_of_change and "share" in word.roles.get("kind", ())
                if serve(GROWTH if of_growth else targets, offered[role]):
                    fit.account_for(word.span, SYNONYM)

    def _unaccounted(self, fit: Fit) -> set[int]:
        """The positions of words that a series lacks, or that ask for another kind of value."""
        series, credit = fit.series, fit.credit
        left = self.needed - credit.keys() - self.asked.idle
        # A part of a label may stay where the rest of it is accounted for, e.g. 年 of 年吞吐能力,
        # and not by an initiative alone: 费 of 担保费.
        known = credit.keys() - (fit.initiative_words - fit.metric_words - fit.zone_words)
        left -= {at for named, idle in self.asked.names if named & known for at in idle}
        # 里 behind a name is no part of a longer word.
        fillers = {at for at in left & self.question.positions("filler")
                   if is_chinese(self.question.units[at])}  # fmt: skip
        left -= {at for at in fillers if {at - 1, at - 2} <= credit.keys()}
        # A named metric needs no word for what it counts, e.g. 人数 of visits, and no verb;
        # nor does an initiative whose things a counter tells: 长安号跑了多少趟.
        counted = {at for word in self.question.words if counts(series, word) for at in word.span}
        vehicles = VEHICLES.intersection(series.unit)
        is_told = fit.initiative and fit.initiative.whole and any(
            vehicles & counters_of(self.question, word)
            or (word.start in self.asked.asked_counters and counts(series, word))
            for word in self.question.words
        )  # fmt: skip
        own = fit.metric_words & self.needed - self.asked.verbs
        if own or is_told:
            # 放款 of 信用平台放款 names the metric, and 信用 the initiative alone.
            naming = set() if own - fit.initiative_own_words or is_told else self.naming_verbs
            left -= self.asked.verbs - naming | counted
        elif fit.kinds & EXACT:
            # When it opened asks for no date of approval.
            named = (words for metric, words in self.verbs_of.items() if metric != series.metric)
            left -= (self.asked.verbs | counted) - set[int]().union(*named)
        left -= self._implied(fit)
        # A place that only a synonym has is another one, e.g. 全省 for Liaoning.
        others = self.question.positions("place") - fit.zone_words - fit.container_words
        left |= {at for at in others - fit.initiative_words if credit.get(at) == SYNONYM}
        for word in self.question.words:
            # The first figure of all zones is none of the first twelve.
            partly = fit.zone and fit.zone.share < WHOLE and fit.zone_words.issuperset(word.span)
            # The first exports ask for no years at the first rank.
            years = self.kinds & OF_TIME or self.question.positions("unit")
            partly = partly or (series.kind == "duration" and not years)
            if not suits(self, fit, word) or (partly and word.roles.keys() & {"most", "ranked"}):
                left.update(word.span)
        share = fit.metric.share if fit.metric else 0.0
        if share < WHOLE and series.unit_kind == "count":
            left |= self.asked.amounts
        if self.question.positions("turn"):
            left |= self._other_divisors(fit)
        return left | self.asked.compared_places

    def _implied(self, fit: Fit) -> set[int]:
        """Words that another word of a name implies: exports are of goods, calls by citizens."""
        names = self.question.phrases if self.asked.implied else ()
        groups = {group for word in names if fit.name_words.issuperset(word.span)
                  for group in word.roles.get("group", ())}  # fmt: skip
        implied = set[int]()
        for word in self.asked.implied:
            actors = word.roles.get("actor", frozenset()) if self._is_actor(word, fit) else set()
            if groups & {*actors, *word.roles.get("implied", ())}:
                implied.update(word.span)
        return implied

    def _is_actor(self, word: Word, fit: Fit) -> bool:
        """Whether a word tells who does what a metric is of, and not what is asked for.

        企业贷款 and loans to firms, but not 贷款企业, loan firms or firms with loans.
        """
        metric, at = fit.metric_words, word.start
        if is_chinese(self.question.units[at]):
            return at < max(metric, default=-1)
        return at - 1 not in metric and min(metric, default=at) < at

    def _other_divisors(self, fit: Fit) -> set[int]:
        """The words for "each" before a unit or thing by which a series does not count."""
        units, left = fit.series.unit.split("/")[1:], set[int]()
        for word, behind in pairwise(self.question.words):
            roles = behind.roles
            if "each" in word.roles.get("turn", ()) and roles.keys() & {"unit", "counter"} and not (
                {*roles.get("unit", ()), *roles.get("counter", ())}.intersection(units)
                or fit.name_words.issuperset(behind.span)
            ):  # fmt: skip
                left.update(word.span)
        return left

    def _names_metric(self, fit: Fit) -> bool:
        """Whether words name the metric, and not its initiative alone.

        A metric that has only words of the initiative is hardly named where there are others, and
        where there are none it has to have them all.
        """
        measures = self.question.positions(*MEASURE, "status")
        words = self.needed - self.asked.verbs - fit.zone_words - measures
        rest = words - fit.initiative_own_words
        if fit.metric and fit.initiative:  # languages, of a multilingual hotline
            own = words & fit.metric_words
            if all(fit.metric.covered[at] == 1.0 for at in own):
                rest |= {at for at in own if fit.initiative.covered.get(at, 1.0) < 1.0}
        if fit.metric_words & (
            rest | self.asked.verbs | self.question.positions("kind", "generic")
        ):
            return True
        return not rest and bool(fit.metric_words) and words <= fit.metric_words

    def _score(self, fit: Fit) -> float:
        """How well a series fits, beside others that account for as much."""
        series, metric, zone, needed = fit.series, fit.metric, fit.zone, self.needed
        score = LEVEL * (series.measure == "level" and not self.measures)
        score += KIND * (series.kind in self.kinds and series.measure in OF_UNIT)
        # Trains asks for the number of trains, and not for that of their routes.
        if any(counts(series, word) for word in self.asked.things):
            score += COUNTS * (series.measure == "level" and not self.measures)
        score -= TARGET * (series.status == "target" and not self.question.targets("status"))
        score += sum(fit.credit.get(at, 0.0) for at in needed) / max(len(needed), 1)
        if metric and fit.metric_words:
            score += METRIC * metric.share + LONGER * metric.weight * metric.contiguous
        # A kind of place alone names no single place: trade and zone no pilot free trade zone.
        bare = set[int]() if series.zone_kind in OF_MANY else self.asked.place_kinds
        if zone and zone.named & needed - fit.metric_words - bare:
            score += ZONE * zone.share
        return score + ZONE * max((one.share for one in fit.scopes), default=0.0)
