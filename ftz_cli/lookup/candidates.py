"""Series of figures that a question may mean: what each leaves unaccounted for, how well it fits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..database import Database
from .linking import Link, link
from .question import Question

SERIES = "select rowid, zone, initiative, metric, measure, unit, scope, status, figures from lookup_series"
FILTERS = {
    "zone": "zone in (select zone from zones_within where ancestor = :only_zone)",
    "initiative": "initiative = :only_initiative",
    "metric": "metric = :only_metric",
    "measure": "measure = :only_measure",
}
ZONE_KINDS = "select id, kind from zones where id in (select value from json_each(?))"
METRICS = (
    "select id, kind, broader, base_unit from metrics where id in (select value from json_each(?))"
)
UNIT_BASES = "select id, base from units where id in (select value from json_each(?))"
# So many things of a kind are looked at, the best named first.
MOST_METRICS, MOST_INITIATIVES = 60, 40
# What the parts of a series are worth: how much of the name of its metric, initiative and zone the
# question has; being of the kind, unit and measure asked for; having no initiative unasked.
METRIC, INITIATIVE, ZONE = 2.0, 0.8, 0.5
KIND, UNIT, MEASURE, LEVEL, UNASKED, FREE = 1.0, 1.5, 0.5, 0.6, -0.25, 0.1
# A series this much weaker than the best is no answer beside it.
MARGIN = 0.5
# A metric is narrower than asked if another is named this much more fully.
EXACT, NARROWER = 0.9, 0.75
# Which measures serve for the one asked for.
SERVING = {
    "growth": ("growth", "multiple", "change"),
    "change": ("change", "growth"),
    "multiple": ("multiple", "growth"),
}
# Measures that a metric may be in itself: the share of questions that were answered.
SERVING_MEASURE = frozenset({"share", "rank", "growth"})
# Which kinds of metric serve for the kind asked for.
SERVING_KIND = {"length": ("size",), "size": ("length", "area"), "share": ("weight",)}
SERVING_ZONE = {
    "pilot_zone": ("pilot_zone", "area", "cohort"),
    "seaport": ("seaport", "border_port"),
    "area": ("area", "bonded_zone"),
}


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


@dataclass(slots=True)
class Candidate:
    """A series with the units of the question that it leaves unaccounted for, and its score."""

    series: Series
    left: set[int]
    score: float = 0.0
    narrower: bool = False


@dataclass(slots=True)
class Search:
    """A question, what it names, and the series that may answer it."""

    question: Question
    links: dict[tuple[str, str], Link]
    candidates: list[Candidate] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Link]:
        """The things of a kind that the question names, the best named first."""
        found = [one for (of, _), one in self.links.items() if of == kind and one.named]
        return sorted(found, key=lambda one: -one.worth * one.share)

    def coverable(self, *kinds: str) -> set[int]:
        """The places of the question that some thing of these kinds accounts for."""
        return {at for (kind, _), one in self.links.items() if kind in kinds for at in one.covered}


def search(db: Database, question: Question, filters: Mapping[str, str]) -> Search:
    """Find what a question names, and every series that it may mean, the best first.

    `filters` are the zone, initiative, metric and measure that a series has to be of besides.
    """
    found = Search(question, link(db, question))
    only_zone = question.needed & (
        found.coverable("zone") - found.coverable("metric", "initiative")
    )
    rows = list(_rows(db, found, only_zone, filters))
    judge = _Judge(db, found, rows)
    found.candidates = sorted(
        map(judge.judged, rows), key=lambda one: (len(one.left), one.narrower, -one.score)
    )
    return found


def _rows(
    db: Database, found: Search, only_zone: set[int], filters: Mapping[str, str]
) -> Iterator[Series]:
    needed = found.question.needed
    named = {
        kind: [one.ref for one in found.of_kind(kind) if one.named & needed][:most]
        for kind, most in (("metric", MOST_METRICS), ("initiative", MOST_INITIATIVES))
    }
    zones = [
        ref for (kind, ref), one in found.links.items()
        if kind == "zone" and one.covered.keys() & needed and one.covered.keys() >= only_zone
    ]  # fmt: skip
    params: dict[str, Any] = {kind: json.dumps(refs) for kind, refs in named.items()}
    params["zone"] = json.dumps(zones)
    chosen = [kind for kind, refs in named.items() if refs]
    where = [f"{kind} in (select value from json_each(:{kind}))" for kind in chosen]
    if not where and not zones and not filters:
        return
    sql = f"{SERIES} where ({' or '.join(where) or 'true'})"
    if only_zone or not (where or filters):
        sql += " and zone in (select value from json_each(:zone))"
    sql += "".join(f" and {FILTERS[name]}" for name in filters)
    params |= {f"only_{name}": value for name, value in filters.items()}
    used = {name: value for name, value in params.items() if f":{name}" in sql}
    for row in db.query(sql, used):
        yield Series(*row)


class _Judge:
    """Says what of a question a series leaves unaccounted for, and how well it fits."""

    def __init__(self, db: Database, found: Search, rows: list[Series]) -> None:
        self.question, self.links = found.question, found.links
        words = found.question.words
        self.measures = [word for word in words if word.roles.keys() & {"measure", "change"}]
        self.place_kinds = [word for word in words if "place_kind" in word.roles]
        self.statuses = [word for word in words if "status" in word.roles]
        self.initiative_kinds = {
            at for word in words if "initiative_kind" in word.roles for at in word.span
        }
        self.kinds = found.question.targets("kind")
        self.zone_kinds = dict(db.query(ZONE_KINDS, (_ids(row.zone for row in rows),)))
        self.metrics = {
            id: (kind, broader, base)
            for id, kind, broader, base in db.query(METRICS, (_ids(row.metric for row in rows),))
        }
        self.asked_units = _asked_units(found.question)
        self.asked_bases = _bases(db, self.asked_units)
        # What is no thing may stay unmatched where a metric is named by other words.
        self.verbs = {
            at for word in words for at in word.span
            if "verb" in word.roles and not word.roles.keys() & {"measure", "change", "place"}
        }  # fmt: skip
        # What the metrics of an initiative account for together: words that tell of it.
        self.siblings: defaultdict[str, set[int]] = defaultdict(set)
        for row in rows:
            if row.initiative and (link := self.links.get(("metric", row.metric))):
                self.siblings[row.initiative] |= link.named
        bases = _bases(db, {t for word in words for t in word.roles.get("unit", ())})
        exact = [one for one in found.of_kind("metric") if one.share >= EXACT]
        self.exact = [
            one for one in exact
            if not bases or any(base in bases for _, _, _, base in db.query(METRICS, (_ids([one.ref]),)))
        ]  # fmt: skip

    def judged(self, series: Series) -> Candidate:
        """A series with what it leaves of the question, and its score."""
        question = self.question
        metric = self.links.get(("metric", series.metric))
        initiative = self.links.get(("initiative", series.initiative or ""))
        zone = self.links.get(("zone", series.zone))
        scope = self.links.get(("scope", series.scope))
        links = [one for one in (metric, initiative, zone, scope) if one]
        credit: dict[int, float] = {}
        if metric and not metric.named and not (initiative and initiative.named):
            links.remove(metric)  # a definition alone names nothing
        for one in links:
            for at, worth in one.covered.items():
                credit[at] = max(credit.get(at, 0.0), worth)
        exact = self._measure(series, credit)
        for word in self.statuses:
            if series.status in word.roles["status"]:
                credit.update((at, 1.0) for at in word.span)
        if initiative and initiative.named:
            credit.update((at, 0.5) for at in self.initiative_kinds - credit.keys())
        for word in self.place_kinds:
            if self._is_of_kind(series.zone, word.roles["place_kind"]):
                credit.update((at, max(credit.get(at, 0.0), 0.8)) for at in word.span)
        left = question.needed - credit.keys()
        if left and series.initiative and initiative and initiative.named:
            left -= self.siblings[series.initiative]
        if left and left <= self.verbs and metric and metric.named & (question.needed - self.verbs):
            left = set()
        told = [credit[at] for at in question.needed if at in credit]
        score = sum(told) / len(question.needed) if told else 0.0
        score += METRIC * metric.share if metric else 0.0
        score += INITIATIVE * initiative.share if initiative else 0.0
        score += ZONE * zone.share if zone else 0.0
        score += KIND * self._kind(series) + UNIT * self._unit(series)
        score += exact
        if metric:
            score += FREE * len(metric.named - question.needed)
        if series.initiative and not (initiative and initiative.named):
            score += UNASKED
        return Candidate(series, left, score, self._is_narrower(series, metric, initiative, zone))

    def _measure(self, series: Series, credit: dict[int, float]) -> float:
        """Account for the words that ask for a measure; the worth of having it."""
        if not self.measures:
            return LEVEL * (series.measure == "level")
        worth = 0.0
        for word in self.measures:
            targets = word.roles.get("measure") or word.roles["change"]
            serving = {one for target in targets for one in SERVING.get(target, (target,))}
            kind = self.metrics[series.metric][0]
            if series.measure in serving or (
                series.measure == "level" and kind in SERVING_MEASURE.intersection(targets)
            ):
                credit.update((at, 1.0) for at in word.span)
                worth = max(worth, MEASURE * (1.0 if series.measure in targets else 0.5))
            elif series.measure == "level" and all(at in credit for at in word.span):
                worth = max(worth, MEASURE)
            elif "filler" in word.roles or "change" in word.roles:
                credit.update((at, 0.2) for at in word.span)
            elif not all(at in credit for at in word.span):
                for at in word.span:
                    credit.pop(at, None)
        return worth

    def _is_of_kind(self, zone: str, targets: Iterable[str]) -> bool:
        kind = self.zone_kinds.get(zone, "")
        return any(kind in SERVING_ZONE.get(target, (target,)) for target in targets)

    def _unit(self, series: Series) -> bool:
        base = self.metrics[series.metric][2]
        return series.unit in self.asked_units or (
            series.measure == "level" and base in self.asked_bases
        )

    def _kind(self, series: Series) -> float:
        kind = self.metrics[series.metric][0]
        if series.measure != "level":
            return 0.0
        if kind in self.kinds:
            return 1.0
        return 0.5 * any(kind in SERVING_KIND.get(asked, ()) for asked in self.kinds)

    def _is_narrower(
        self, series: Series, metric: Link | None, initiative: Link | None, zone: Link | None
    ) -> bool:
        """Whether another metric is what the question names, and this one only a part of it."""
        if metric is None or not metric.named:
            return False
        other: set[int] = set(zone.covered) if zone else set()
        if initiative and (initiative.named & self.question.needed) - other - metric.named:
            return False
        asked = (self.question.needed & metric.named) - other
        return bool(asked) and any(
            asked <= one.named and metric.share < NARROWER * one.share
            and one.ref not in (series.metric, self.metrics[series.metric][1])
            for one in self.exact
        )  # fmt: skip


def _ids(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def _bases(db: Database, units: Iterable[str]) -> set[str]:
    """The base units of units that tell one thing from another."""
    rows = db.query(UNIT_BASES, (_ids(units),))
    return {base for _, base in rows if base not in ("count", "year", "rank", "%")}


def _asked_units(question: Question) -> set[str]:
    """Units that the question counts in: 几家, how many hours."""
    found: set[str] = set()
    ends = {word.start + word.size for word in question.words if word.roles.keys() & {"kind"}
            or "".join(question.units[at] for at in word.span) in ("多少", "几")}  # fmt: skip
    for word in question.phrases:
        if word.start in ends or "kind" in word.roles:
            found |= word.roles.get("unit", frozenset()) | word.roles.get("counter", frozenset())
    return found


def complete(found: Search) -> list[Candidate]:
    """The candidates that account for the whole question, without those that others outdo."""
    whole = [one for one in found.candidates if not one.left and not one.narrower]
    if not whole:
        return []
    best = max(one.score for one in whole)
    return [one for one in whole if one.score >= best - MARGIN]
