"""Why a question has no answer: what is missing, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database
from ..language import Message, join, language, shown
from ..model.errors import NotFound
from ..model.measures import label
from .candidates import Search, Series
from .linking import Link
from .question import MEASURE

NAME = "select name_zh, name_en from {}s where id = ?"
FIGURES = "select coalesce(sum(figures), 0) from lookup_series where {} = ?"
ZONES_OF_METRIC = """
select zone, sum(figures) from lookup_series where metric = ?
group by zone order by sum(figures) desc, min(rowid) limit 6
"""
METRICS_OF = """
select metric from lookup_series where {}
group by metric order by sum(figures) desc, min(rowid) limit 6
"""
OF_SUBJECT = {
    "zone": "zone in (select zone from zones_within where ancestor = ?)",
    "initiative": "initiative = ?",
}
PERIODS = """
select distinct period from figures
where metric = ? and zone = ? and measure = ? and initiative is ? and period is not null
order by period limit 20
"""


class NoAnswer(NotFound):
    """Nothing in the data answers a question.

    `missing` is what it lacks, as typed or by name: words, places, a metric, a period; `instead`
    is what there is in its place.
    """

    def __init__(
        self, english: str, /, missing: Iterable[str], instead: Iterable[object] = (),
        **named: object,
    ) -> None:  # fmt: skip
        super().__init__(english, **named)
        self.missing, self.instead = tuple(missing), tuple(map(str, instead))


def name_of(db: Database, kind: str, ref: str) -> str:
    """The name of a zone, initiative or metric in the language in use."""
    row = db.one(NAME.format(kind), (ref,))
    return str(row[language() == "en"]) if row else ref


def lacking(english: str, text: str) -> NoAnswer:
    """Nothing is there for `text`, for a reason that names it."""
    return NoAnswer(english, [shown(text)], text=shown(text))


def lacking_period(db: Database, found: Search, series: list[Series]) -> NoAnswer:
    """The series that are asked for have no figure of the period."""
    first = series[0]
    periods: dict[str, None] = {}
    for one in series[:6]:
        of_series = (one.metric, one.zone, one.measure, one.initiative)
        periods |= dict.fromkeys(period for (period,) in db.query(PERIODS, of_series))
    asked = found.question.periods
    there = "there are {periods}" if periods else "what there is has no date"
    zone = _best(db, found, "zone", found.question.needed - found.coverable("metric"))
    english = "{zone} has no figure of {metric} for {asked}; {there}"
    # Of several zones that are not named none is told.
    if zone is None and len({one.zone for one in series}) > 1:
        english = "no figure of {metric} for {asked}; {there}"
    return NoAnswer(
        english, asked, sorted(periods), zone=name_of(db, "zone", first.zone),
        metric=_label(db, first.metric, first.measure), asked=join(asked),
        there=Message(there, periods=join(sorted(periods))),
    )  # fmt: skip


def why_none(db: Database, found: Search) -> NoAnswer:
    """What of a question has nothing, and what there is instead."""
    question = found.question
    if not question.needed:
        return lacking("'{text}' names no zone, initiative, metric or period", question.text)
    needed, measures = question.needed, question.places(*MEASURE)
    unknown = needed - found.coverable("zone", "initiative", "metric", "scope") - measures
    unknown -= question.places("status", "initiative_kind")
    zone = _best(db, found, "zone", needed - found.coverable("metric") or needed)
    metric = _best(db, found, "metric", needed - (zone.named if zone else set()))
    subject = zone or _best(db, found, "initiative", needed)
    if unknown:
        places = unknown & question.place_words == unknown
        unknown -= set() if places else question.place_words
        words = list(map(shown, question.text_of(unknown)))
        english = "no data on {words}" if places else "nothing here is called {words}"
        what = Message(english, words=join(words))
        return _told(db, what, words, metric if places else None, None if places else subject)
    if subject is None or metric is None:
        words = list(map(shown, question.text_of(needed)))
        what = Message("no figure is of {words}", words=join(words))
        return _told(db, what, words, metric, subject)
    name = name_of(db, subject.kind, subject.ref)
    left = next((one.left for one in found.candidates if one.series.metric == metric.ref
                 and not one.left & subject.named), measures)  # fmt: skip
    if left <= measures:
        label = _label(db, metric.ref, next(iter(question.targets("measure")), "level"))
        what = Message("{subject} has no figure of {metric}", subject=name, metric=label)
        return _told(db, what, [label], metric, subject)
    words = list(map(shown, question.text_of(left)))
    what = Message(
        "{subject} has no figure of {metric} that is of {words}",
        subject=name, metric=name_of(db, "metric", metric.ref), words=join(words),
    )  # fmt: skip
    return _told(db, what, words, None, subject)


def _told(
    db: Database, what: Message, missing: list[str], metric: Link | None, subject: Link | None
) -> NoAnswer:
    """What is missing, where there is the metric, and what there is of the subject."""
    lines: list[Message] = []
    if metric:
        counts = db.query(ZONES_OF_METRIC, (metric.ref,))
        zones = join(f"{name_of(db, 'zone', zone)} ({count})" for zone, count in counts)
        name = name_of(db, "metric", metric.ref)
        lines += [Message("{name}: {there}", name=name, there=zones)] if zones else []
    if subject:
        sql = METRICS_OF.format(OF_SUBJECT[subject.kind])
        names = join(name_of(db, "metric", ref) for (ref,) in db.query(sql, (subject.ref,)))
        name = name_of(db, subject.kind, subject.ref)
        lines += [Message("{name}: {there}", name=name, there=names)] if names else []
    for line in lines:
        what = Message("{what}. {lines}", what=what, lines=line)
    return NoAnswer("{what}", missing, lines, what=what)


def _best(db: Database, found: Search, kind: str, words: set[int]) -> Link | None:
    """The thing of a kind that most of the words name; of equal ones that with more figures."""
    named = [one for one in found.of_kind(kind) if one.named & words][:20]
    counts = {one.ref: (db.one(FIGURES.format(kind), (one.ref,)) or (0,))[0] for one in named}
    return max(named, default=None, key=lambda one: (
        len(one.named & words), round(one.share, 1), counts[one.ref]
    ))  # fmt: skip


def _label(db: Database, metric: str, measure: str) -> str:
    return label(name_of(db, "metric", metric), measure, language())
