"""Why a question has no answer: what is missing, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database
from ..language import Message, join, language, shown
from ..model.errors import NotFound
from ..model.measures import label_en, label_zh
from .candidates import Search, Series
from .linking import Link
from .question import Question

NAMES = {
    "zone": "select name_zh, name_en from zones where id = ?",
    "initiative": "select name_zh, name_en from initiatives where id = ?",
    "metric": "select name_zh, name_en from metrics where id = ?",
}
ZONES_OF_METRIC = """
select zone, sum(figures) from lookup_series where metric = :ref and (:measure is null
    or measure = :measure) group by zone order by sum(figures) desc, min(rowid) limit :most
"""
METRICS_OF = {
    "zone": "select metric, sum(figures) from lookup_series where zone in (select zone from"
    " zones_within where ancestor = :ref) group by metric order by sum(figures) desc, min(rowid)"
    " limit :most",
    "initiative": "select metric, sum(figures) from lookup_series where initiative = :ref"
    " group by metric order by sum(figures) desc, min(rowid) limit :most",
}
PERIODS = """
select distinct substr(period, 1, 4) from figures
where metric = ? and zone = ? and measure = ? and initiative is ? and period is not null
order by 1 limit 20
"""
MOST = 6


class NoAnswer(NotFound):
    """Nothing in the data answers a question.

    `missing` is what it lacks, as typed or by name: words, places, a metric, a period; `instead`
    is what there is in its place, by name.
    """

    def __init__(
        self,
        english: str,
        /,
        missing: Iterable[str] = (),
        instead: Iterable[str] = (),
        **named: object,
    ) -> None:
        super().__init__(english, **named)
        self.missing, self.instead = tuple(missing), tuple(instead)


def name_of(db: Database, kind: str, ref: str) -> str:
    """The name of a zone, initiative or metric in the language in use."""
    row = db.one(NAMES[kind], (ref,))
    return str(row[language() == "en"]) if row else ref


def lacking_value(question: Question) -> NoAnswer:
    """No figure is printed so."""
    text = shown(question.text)
    return NoAnswer("no figure is printed {text}", missing=[text], text=text)


def lacking_period(db: Database, found: Search, whole: list[Series]) -> NoAnswer:
    """The series that are asked for have no figure of the period."""
    years: set[str] = set()
    for one in whole[:MOST]:
        of_series = (one.metric, one.zone, one.measure, one.initiative)
        years.update(year for (year,) in db.query(PERIODS, of_series))
    asked = join(period.text for period in found.question.periods)
    best = whole[0]
    fields = {"what": _label(db, best), "where": name_of(db, "zone", best.zone), "asked": asked}
    if not years:
        return NoAnswer(
            "{where}: {what} has no figure for {asked}; what there is has no date",
            missing=[asked],
            **fields,
        )
    there = sorted(years)
    return NoAnswer(
        "{where}: {what} has no figure for {asked}; there are {years}",
        missing=[asked],
        instead=there,
        years=join(there),
        **fields,
    )


def why_none(db: Database, found: Search) -> NoAnswer:
    """What of a question has nothing, and what there is instead."""
    question = found.question
    measured = {
        at for word in question.words for at in word.span
        if word.roles.keys() & {"measure", "change", "status", "initiative_kind"}
    }  # fmt: skip
    left = question.needed - found.coverable("zone", "initiative", "metric") - measured
    places = {
        at for word in question.words
        if word.roles.keys() & {"place", "place_kind"} for at in word.span
    }  # fmt: skip
    if not question.needed:
        return NoAnswer(
            "'{text}' names no zone, initiative, metric or period", text=shown(question.text)
        )
    zone, metric = _best(found, "zone"), _best(found, "metric")
    initiative = _best(found, "initiative")
    if left & places and left <= places:
        names = [shown(text) for text in question.text_of(left)]
        lines = _elsewhere(db, metric, None)
        return _told(Message("no data on {places}", places=join(names)), names, lines)
    if left:
        names = [shown(text) for text in question.text_of(left - places or left)]
        lines = _of_subject(db, zone or initiative)
        return _told(Message("nothing here is called {words}", words=join(names)), names, lines)
    subject = zone or initiative
    if subject is None or metric is None:
        names = [shown(text) for text in question.text_of(question.needed)]
        return _told(
            Message("no figure is of {words} together", words=join(names)), names,
            _of_subject(db, subject) if subject else _elsewhere(db, metric, None),
        )  # fmt: skip
    measure = next(iter(question.targets("measure")), "level")
    metric_name = _labelled(db, metric.ref, measure)
    missing = Message(
        "{subject} has no figure of {metric}",
        subject=name_of(db, subject.kind, subject.ref), metric=metric_name,
    )  # fmt: skip
    return _told(missing, [metric_name], _elsewhere(db, metric, None) + _of_subject(db, subject))


def _told(missing: Message, names: list[str], lines: list[Message]) -> NoAnswer:
    if not lines:
        return NoAnswer("{what}", missing=names, what=missing)
    return NoAnswer(
        "{what}. {lines}",
        missing=names,
        instead=map(str, lines),
        what=missing,
        lines=". ".join(map(str, lines)),
    )


def _best(found: Search, kind: str) -> Link | None:
    """The thing of a kind that the question names best."""
    asked = found.question.needed
    named = [one for one in found.of_kind(kind) if one.named & asked]
    return max(named, key=lambda one: (len(one.named & asked), one.share), default=None)


def _elsewhere(db: Database, metric: Link | None, measure: str | None) -> list[Message]:
    """Where there are figures of a metric."""
    if metric is None:
        return []
    rows = db.query(ZONES_OF_METRIC, {"ref": metric.ref, "measure": measure, "most": MOST})
    zones = join(f"{name_of(db, 'zone', zone)} ({count})" for zone, count in rows)
    if not zones:
        return []
    return [Message("{metric}: {zones}", metric=name_of(db, "metric", metric.ref), zones=zones)]


def _of_subject(db: Database, subject: Link | None) -> list[Message]:
    """Which metrics there are of a zone or initiative."""
    if subject is None:
        return []
    rows = db.query(METRICS_OF[subject.kind], {"ref": subject.ref, "most": MOST})
    metrics = join(name_of(db, "metric", metric) for metric, _ in rows)
    if not metrics:
        return []
    name = name_of(db, subject.kind, subject.ref)
    return [Message("{subject}: {metrics}", subject=name, metrics=metrics)]


def _label(db: Database, series: Series) -> str:
    return _labelled(db, series.metric, series.measure)


def _labelled(db: Database, metric: str, measure: str) -> str:
    name = name_of(db, "metric", metric)
    return label_en(name, measure) if language() == "en" else label_zh(name, measure)
