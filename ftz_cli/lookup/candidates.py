"""Series of figures that a question may mean: what each leaves of it, and how well it fits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..database import Database
from .linking import Link, link
from .question import MEASURE, Question, Word

SERIES = """
select rowid, zone, initiative, metric, measure, unit, scope, status, figures from lookup_series
"""
FILTERS = {
    "status": "status = :only_status",
    "zone": "zone in (select zone from zones_within where ancestor = :only_zone)",
    "initiative": "initiative = :only_initiative",
    "metric": "metric = :only_metric",
    "measure": "measure = :only_measure",
}
OF_SUBJECT = frozenset({"zone", "initiative", "metric"})
ZONES = "select id, kind from zones where id in (select value from json_each(?))"
METRICS = """
select id, kind, broader from metrics where id in (select value from json_each(?))
"""
# So many things of a kind are looked at, the best named first.
MOST = {"metric": 60, "initiative": 40}
# What makes a series fit: how much of the names of its metric and zone the question has; being of
# the kind asked for; having the measure asked for, or none but the level where none is.
METRIC, ZONE, KIND, MEASURED, LEVEL = 2.0, 0.5, 1.0, 0.5, 0.6
# Each word that names have though it is not needed: Second Area is not the First Area.
FREE = 0.3
# What is left of a metric's share where the words that it has name the initiative, too.
TWICE_TOLD = 0.5
# An initiative is spoken of if the question has so much of its name.
SPOKEN_OF = 0.2
SUBJECT = 0.4
# A series this much weaker than the best is no answer beside it.
MARGIN, ALL = 0.25, 99.0
# A metric is narrower than asked if another is named whole, and it only by so much of its name.
WHOLE, NARROWER = 0.9, 0.6
# How much of a metric's name one word alone has to be, and a verb or a synonym.
MOST_OF_IT, ALL_OF_IT = 0.7, 0.99
# What serves for the measure, kind of metric, and kind of zone that is asked for; and measures
# that a metric may be in itself: the share of questions that were answered.
SERVING = {
    "growth": ("growth", "multiple", "change"),
    "change": ("change", "growth"),
    "multiple": ("multiple", "growth"),
    "pilot_zone": ("pilot_zone", "area", "cohort"),
    "seaport": ("seaport", "border_port"),
    "area": ("area", "bonded_zone"),
}
SERVING_KIND = {
    "value": ("amount",),
    "length": ("size",),
    "size": ("length", "area"),
    "share": ("weight",),
}
# Kinds that other figures don't serve for.
SPECIFIC = frozenset({"date", "duration", "length", "area", "weight"})
IN_ITSELF = frozenset({"share", "rank", "growth"})


class Series(NamedTuple):
    """The figures of one metric and measure of one subject, whatever their period."""

    row: int
    zone: str
    initiative: str | None
    metric: str
    measure: str
    unit: str
    scope: str
    status: str
    figures: int


class Candidate(NamedTuple):
    """A series with the places of the question that it leaves unaccounted for, and its score.

    `named` says whether words name its metric, and not only its zone or initiative.
    """

    series: Series
    left: set[int]
    score: float
    named: bool
    narrower: bool


class Search:
    """A question, what it names, and the series that may answer it, the best first."""

    def __init__(self, question: Question, links: dict[tuple[str, str], Link], given: bool) -> None:
        self.question, self.links = question, links
        self.given = given  # whether filters name the subject
        self.candidates: list[Candidate] = []

    def of_kind(self, kind: str) -> list[Link]:
        """The things of a kind that the question names, the best named first."""
        found = [one for (of, _), one in self.links.items() if of == kind and one.named]
        return sorted(found, key=lambda one: -one.worth * one.share)

    def coverable(self, *kinds: str) -> set[int]:
        """The places of the question that some thing of these kinds accounts for."""
        return {at for (kind, _), one in self.links.items() if kind in kinds for at in one.covered}


def search(db: Database, question: Question, filters: Mapping[str, str]) -> Search:
    """Find what a question names, and every series that it may mean, the best first.

    `filters` are ids that a series has to be of: zone, initiative, metric, measure.
    """
    found = Search(question, link(db, question), bool(filters.keys() & OF_SUBJECT))
    _yield_to_metrics(found)
    rows = list(_rows(db, found, filters))
    judge = _Judge(db, found, rows, "initiative" in filters)
    found.candidates = sorted(
        map(judge.judged, rows), key=lambda one: (len(one.left), one.narrower, -one.score)
    )
    return found


def _yield_to_metrics(found: Search) -> None:
    """Take from zones the words that name a metric whole, and only a part of the zone's name.

    Foreign trade asks of no International Trade Park how big it is.
    """
    metrics = {at for one in found.of_kind("metric") if one.share >= WHOLE for at in one.named}
    metrics -= found.question.place_words
    for (kind, _), one in found.links.items():
        if kind == "zone":
            lost = metrics - (one.named if one.share >= WHOLE else set())
            one.named -= lost
            one.covered = {at: worth for at, worth in one.covered.items() if at not in lost}


def complete(found: Search) -> list[Candidate]:
    """The candidates that account for the whole question, without those that others outdo.

    A question of a zone or an initiative alone is one of all its figures.
    """
    whole = [
        one for one in found.candidates
        if not one.left and not one.narrower and _is_told(found, one.series)
    ]  # fmt: skip
    return best_of(whole, MARGIN if any(one.named for one in whole) else ALL)


def _is_told(found: Search, series: Series) -> bool:
    """Whether a question says enough for a series: any words do that have a subject beside them.

    One word alone has to be most of a metric's name, and a verb or a synonym all of it.
    """
    question = found.question
    things = [found.links.get((kind, getattr(series, kind) or ""))
              for kind in ("zone", "initiative", "metric")]  # fmt: skip
    named = {at for one in things if one for at in one.named & question.needed}
    words = [word for word in question.words if not named.isdisjoint(word.span)]
    if (
        len({question.units[word.start] for word in words}) > 1
        or question.targets("kind")
        or found.given
    ):
        return True
    zone = things[0]
    loose = {"verb"} & {role for word in words for role in word.roles} or not any(
        one and any(one.covered[at] == 1.0 for at in one.named & named) for one in things
    )
    if zone and zone.named & named and not loose:
        return True
    share = max((one.share for one in things if one and one.named & named), default=1.0)
    return share >= (ALL_OF_IT if loose else MOST_OF_IT)


def like(found: Search, best: Candidate) -> list[Candidate]:
    """All candidates for the whole question whose metric it names, with the measure of `best`."""
    named = {one.ref for one in found.of_kind("metric") if one.named & found.question.needed}
    return best_of((
        one for one in found.candidates
        if not one.left and not one.narrower and one.series.metric in named
        and one.series.measure == best.series.measure
    ), ALL)  # fmt: skip


def forgiving(found: Search) -> list[Candidate]:
    """Candidates that leave only verbs that name nothing anywhere, where one metric stands out.

    The zone or initiative has to be named, and the metric by other words or by the kind asked for,
    or be its only one.
    """
    question = found.question
    strange = question.places("verb") & question.needed - question.places("place", *MEASURE)
    strange -= found.coverable("zone", "initiative", "metric", "scope")
    subjects = {one.ref for kind in ("zone", "initiative") for one in found.of_kind(kind)
                if one.share >= SUBJECT and one.named & question.needed - strange}  # fmt: skip
    kept = [
        one for one in found.candidates if one.left <= strange and not one.narrower
        and subjects & {one.series.zone, one.series.initiative}
    ]  # fmt: skip
    best = best_of(one for one in kept if one.named) or kept
    return best if len({one.series.metric for one in best}) == 1 else []


def best_of(candidates: Iterable[Candidate], margin: float = MARGIN) -> list[Candidate]:
    """Those with nearly the best score, the best first."""
    kept = sorted(candidates, key=lambda one: -one.score)
    return [one for one in kept if one.score >= kept[0].score - margin]


def _rows(db: Database, found: Search, filters: Mapping[str, str]) -> Iterator[Series]:
    """The series of the metrics and initiatives that are named, or else of the zones.

    Where only zones account for a word, they have to be of a zone that does.
    """
    needed = found.question.needed
    only_zone = needed & (found.coverable("zone") - found.coverable("metric", "initiative"))
    ids: dict[str, list[str]] = {
        kind: [one.ref for one in found.of_kind(kind) if one.covered.keys() & needed][:most]
        for kind, most in MOST.items()
    }
    zones = [one for (kind, _), one in found.links.items()
             if kind == "zone" and one.covered.keys() >= only_zone
             and one.covered.keys() & needed]  # fmt: skip
    ids["zone"] = [one.ref for one in zones]
    known = needed & found.coverable("zone", "initiative", "metric", "scope")
    known -= found.question.places("place_kind")
    ids["whole"] = [one.ref for one in zones if one.covered.keys() >= known]
    among = {kind: f"{kind} in (select value from json_each(:{kind}))" for kind in ids}
    among["whole"] = "zone in (select value from json_each(:whole))"
    chosen = [among[kind] for kind in (*MOST, "whole") if ids[kind]]
    where = [f"({' or '.join(chosen)})"] if chosen else []
    if only_zone or (ids["zone"] and not chosen):
        where.append(among["zone"])
    where += [FILTERS[name] for name in filters]
    if where:
        sql = f"{SERIES} where {' and '.join(where)}"
        params: dict[str, Any] = {kind: json.dumps(refs) for kind, refs in ids.items()}
        params |= {f"only_{name}": value for name, value in filters.items()}
        yield from (Series(*row) for row in db.query(sql, params))


class _Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits."""

    def __init__(self, db: Database, found: Search, rows: list[Series], given: bool) -> None:
        question = self.question = found.question
        self.given = given  # whether the initiative is given beside the question
        self.links = found.links
        self.kinds = question.targets("kind")
        self.asked = question.places("kind", "generic")
        zones = _ids(id for row in rows for id in (row.zone, row.scope))
        self.zones = dict(db.query(ZONES, (zones,)))
        whole = [one for one in found.of_kind("metric") if one.share >= WHOLE]
        metrics = _ids([*(row.metric for row in rows), *(one.ref for one in whole)])
        self.metrics = {id: rest for id, *rest in db.query(METRICS, (metrics,))}
        specific = self.kinds & SPECIFIC
        self.whole = [one for one in whole if not specific or self.metrics[one.ref][0] in specific]
        # What is no thing may stay unmatched where a metric is named by other words.
        self.verbs = question.places("verb") - question.places("place", *MEASURE)
        # What the metrics of an initiative account for together: words that tell of it.
        self.siblings: defaultdict[str, set[int]] = defaultdict(set)
        for row in rows:
            if row.initiative and (one := self.links.get(("metric", row.metric))):
                self.siblings[row.initiative] |= one.named

    def judged(self, series: Series) -> Candidate:
        """A series with what it leaves of the question, and its score."""
        needed = self.question.needed
        metric = self.links.get(("metric", series.metric))
        initiative = self.links.get(("initiative", series.initiative or ""))
        zone = self.links.get(("zone", series.zone))
        scope = self.links.get(("scope", series.scope))
        of_zone = zone.covered.keys() if zone else set()
        of_initiative = bool(
            initiative and initiative.share >= SPOKEN_OF and initiative.named & needed - of_zone
        )
        if metric and not metric.named & needed and not of_initiative:
            metric = None  # a definition alone names nothing
        credit: dict[int, float] = {}
        for one in (metric, initiative, zone, scope):
            for at, worth in one.covered.items() if one else ():
                credit[at] = max(credit.get(at, 0.0), worth)
        score = self._facets(series, of_initiative, credit)
        left = needed - credit.keys()
        if of_initiative:
            left -= self.siblings[series.initiative or ""]
        kind = self.metrics[series.metric][0]
        if "date" in self.kinds and kind != "date":
            left |= self.question.places("kind")
        other = self.verbs | of_zone | (initiative.named if initiative else set())
        if left and left <= self.verbs and metric and metric.named & (needed - other):
            left = set()
        told = [credit[at] for at in needed if at in credit]
        score += sum(told) / len(needed) if needed else 0.0
        shares, named = self._shares(metric, initiative, zone)
        narrower = self._is_narrower(series, metric, initiative, zone)
        return Candidate(series, left, score + shares, named or kind in self.kinds, narrower)

    def _shares(
        self, metric: Link | None, initiative: Link | None, zone: Link | None
    ) -> tuple[float, bool]:
        """How much of the names of a metric and a zone the question has, and whether of a metric.

        A metric that has only words of the initiative is hardly named where there are others,
        and where there are none it has to have them all.
        """
        score = ZONE * zone.share if zone else 0.0
        had = {*(zone.covered if zone else ()), *(metric.named if metric else ())}
        score += FREE * len(had - self.question.needed)
        if metric is None:
            return score, False
        words = self.question.needed - self.verbs - (zone.covered.keys() if zone else set())
        rest = words - (initiative.named if initiative else set())
        named = bool((rest or self.asked) & metric.named) or (not rest and words <= metric.named)
        own = 1.0 if named else TWICE_TOLD if rest else 0.0
        if zone and self.kinds and metric.named & self.question.needed <= zone.named:
            own = 0.0  # how big a pilot free trade zone is asks for no number of zones
        return score + METRIC * own * metric.share, named and bool(words)

    def _facets(self, series: Series, of_initiative: bool, credit: dict[int, float]) -> float:
        """Account for what is asked for beside names; the worth of having it."""
        kind = self.metrics[series.metric][0]
        level = series.measure == "level"
        asked = [word for word in self.question.words if word.roles.keys() & MEASURE]
        score = LEVEL * level if not asked else 0.0
        for word in asked:
            score += self._measure(word, series, kind, credit)
        for word in self.question.words:
            roles = word.roles
            if (
                series.status in roles.get("status", ())
                or (of_initiative and "initiative_kind" in roles)
                or any(
                    self.zones.get(zone) in SERVING.get(target, (target,))
                    for target in roles.get("place_kind", ())
                    for zone in (series.zone, series.scope)
                )
            ):
                credit.update((at, max(credit.get(at, 0.0), 0.8)) for at in word.span)
        serving = any(kind in SERVING_KIND.get(one, ()) for one in self.kinds)
        if series.measure in ("level", "change"):  # the others have units of their own
            score += KIND if kind in self.kinds else 0.5 * KIND * serving
        if self.kinds and self.kinds <= SPECIFIC and kind not in self.kinds and not serving:
            score -= KIND
        return score

    def _measure(self, word: Word, series: Series, kind: str, credit: dict[int, float]) -> float:
        """Account for a word that asks for a measure: by having it, or by a name that has it.

        A verb of change may stay unmatched; any other word has to be accounted for.
        """
        targets = word.roles.get("measure") or word.roles["change"]
        named = all(at in credit for at in word.span)
        serving = {one for target in targets for one in SERVING.get(target, (target,))}
        if series.measure in serving or (
            series.measure == "level" and kind in IN_ITSELF & targets
        ):  # fmt: skip
            credit.update((at, 1.0) for at in word.span)
            return MEASURED * (1.0 if series.measure in targets else 0.5)
        if named and series.measure == "level":
            return MEASURED
        if word.roles.keys() & {"filler", "change"}:
            credit.update((at, 0.2) for at in word.span)
        elif not named:
            for at in word.span:
                credit.pop(at, None)
        return 0.0

    def _is_narrower(
        self, series: Series, metric: Link | None, initiative: Link | None, zone: Link | None
    ) -> bool:
        """Whether another metric is what the question names, and this one only a part of it."""
        if metric is None or self.given:
            return False
        other = set(zone.covered) if zone else set()
        if initiative and (initiative.named & self.question.needed) - other - metric.named:
            return False
        asked = (self.question.needed & metric.named) - other
        return bool(asked) and any(
            asked <= one.named and metric.share < NARROWER * one.share
            and one.ref not in (series.metric, self.metrics[series.metric][1])
            for one in self.whole
        )  # fmt: skip


def _ids(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))
