"""Why a question has no answer: what is missing, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database
from ..language import Message, join, language, shown
from ..language.periods import span_text
from ..model.errors import NoAnswer
from ..model.measures import label
from .asked_periods import falls_in
from .candidates import ALL_OF_IT, Candidate, Search, Series
from .linking import Link
from .question import MEASURE

NAME = "select name_zh, name_en from {}s where id = ?"
ZONES_OF_METRIC = """
select zone, sum(figures) from lookup_series where metric = ?
group by zone order by sum(figures) desc, min(rowid)
"""
METRICS_OF = """
select metric from lookup_series where {}
group by metric order by sum(figures) desc, min(rowid) limit 7
"""
OF_SUBJECT = {
    "zone": "zone in (select zone from zones_within where ancestor = ?)",
    "initiative": "initiative = ?",
}
# A metric is told of where the question has so much of its name.
MUCH = 0.6
# So many names are told of what there is more of.
MOST = 4
PERIODS = """
select distinct period from figures
where metric = ? and zone = ? and measure = ? and initiative is ? and period is not null
order by period limit 20
"""


def name_of(db: Database, kind: str, ref: str) -> str:
    """The name of a zone, initiative or metric in the language in use."""
    row = db.one(NAME.format(kind), (ref,))
    return str(row[language() == "en"]) if row else ref


def listed(names: Iterable[object]) -> str:
    """The first few names, and a sign that there are more."""
    every = list(names)
    return join([*every[:MOST], *(["…"] if len(every) > MOST else [])])


def lacking(english: str, text: str) -> NoAnswer:
    """Nothing is there for `text`, for a reason that names it."""
    return NoAnswer(english, [shown(text)], text=shown(text))


def lacking_period(db: Database, found: Search, whole: list[Candidate]) -> NoAnswer:
    """The series that are asked for have no figure of the period."""
    first, asked = whole[0].series, found.question.periods
    named = whole[0].named
    series = [one.series for one in whole if not named or one.series.metric == first.metric]
    there = sorted({period for one in series[:20] for period in _periods(db, one)})
    if {*asked} <= {*there}:
        return lacking("no figure says the rank, rise, fall, mean or span that '{text}' asks for",
                       found.question.text)  # fmt: skip
    instead = Message("known for {periods}" if there else "what there is has no date",
                      periods=join(map(span_text, there)))  # fmt: skip
    others = {
        label_of(db, first.metric, one.measure): None
        for one in (candidate.series for candidate in found.candidates)
        if (one.zone, one.metric) == (first.zone, first.metric) and one.measure != first.measure
        and any(falls_in(period, each) for period in _periods(db, one) for each in asked)
    }  # fmt: skip
    if others:
        instead = Message("{there}; of that time, {metrics}", there=instead, metrics=join(others))
    initiative = found.links.get(("initiative", first.initiative or ""))
    kind = "initiative" if initiative and initiative.whole else "zone"
    zone = name_of(db, kind, getattr(first, kind))
    if whole[0].instead_of:
        zone = f"{zone} ({name_of(db, 'zone', whole[0].instead_of)})"
    one_zone = len({one.zone for one in series}) == 1
    return NoAnswer(
        "no figure of {metric} for {zone}, {asked}; {there}" if one_zone and named else
        "no figure of {metric} for {asked}; {there}",
        asked, there, zone=zone, there=instead, asked=join(map(span_text, asked)),
        metric=label_of(db, first.metric, first.measure) if named else zone,
    )  # fmt: skip


def _periods(db: Database, one: Series) -> list[str]:
    rows = db.query(PERIODS, (one.metric, one.zone, one.measure, one.initiative))
    return [period for (period,) in rows]


def why_none(db: Database, found: Search) -> NoAnswer:
    """What of a question has nothing, and what there is instead."""
    question = found.question
    subject, metric = _named(found)
    best = found.candidates[0].left if found.candidates else set[int]()
    unknown = _unknown(found, best)
    subject_name = name_of(db, subject.kind, subject.ref) if subject else ""
    # A kind of value that other metrics have: 面积. It is in no list of what an answer needs.
    absent = best if subject and not best & question.needed else set[int]()
    ranking, turning = (question.needed & question.positions(role) for role in ("most", "turn"))
    if best & question.needed:  # not where the best of them only lacks other words
        ranking, turning = ranking & best, turning & best
    divisor = _alone_left(found, found.divisor)
    places = unknown if unknown <= question.place_words else set[int]()
    unit = _alone_left(found, question.positions("unit"))
    unknown = places or unknown - question.place_words or unknown

    def words(positions: set[int]) -> str:
        return join(map(shown, question.text_of(positions)))

    compares = "'{words}' compares values: see 'ftz figures --metric {metric} --sort value'"
    firsts = [{*word.span} for word in question.phrases
              if word.size > 1 and "first" in word.roles.get("recognition", ())]  # fmt: skip
    if any(first <= ranking for first in firsts):  # 首个 is told of and not counted
        compares = "'{words}' is told by 'ftz recognitions', beside the place or the initiative"
    ranked = next((one.ref for one in found.of_kind("metric")
                   if one.share >= MUCH and one.named.isdisjoint(ranking)), "NAME")  # fmt: skip
    ranked = " --measure ".join([ranked, *question.measures])
    # What nothing accounts for, what is said of it, and whose figures there are instead.
    rules = (
        (ranking, Message(compares, words=words(ranking), metric=ranked)),
        (turning, Message("'{words}' asks for more than printed figures", words=words(turning))),
        (divisor, Message("no share of {words} is known", words=words(divisor)), metric),
        (places, Message("no data on {words}", words=words(places)), metric),
        (unit, Message("no such figure is in {words}", words=words(unit)), metric, subject),
        (unknown, Message("nothing here is called {words}", words=words(unknown)), subject),
        (
            absent,
            Message(
                "no figure of {metric} for {subject}", metric=words(absent), subject=subject_name
            ),
            subject,
        ),
    )
    rule = next((rule for rule in rules if rule[0]), None)
    if rule:
        left, what, *things = rule
        missing = list(map(shown, question.text_of(left)))
    else:
        what, missing, *things = _apart(db, found, subject, metric)
    # Places of the same name first: Hainan Province for the pilot zone.
    named = subject.named & question.needed - question.positions("place_kind") if subject else set()
    near = {one.ref for one in found.of_kind("zone") if one.named & named}
    instead = []
    for thing in filter(None, things):
        if thing.kind == "metric":
            zones = sorted(
                db.query(ZONES_OF_METRIC, (thing.ref,)), key=lambda row: row[0] not in near
            )
            there = [f"{name_of(db, 'zone', zone)} ({count})" for zone, count in zones]
        else:
            sql = METRICS_OF.format(OF_SUBJECT[thing.kind])
            there = [name_of(db, "metric", one) for (one,) in db.query(sql, (thing.ref,))]
        name = name_of(db, thing.kind, thing.ref)
        instead += [Message("{name}: {there}", name=name, there=listed(there))] if there else []
    for line in instead:
        what = Message("{what}. {lines}", what=what, lines=line)
    return NoAnswer("{what}", missing, instead, what=what)


def _unknown(found: Search, best: set[int]) -> set[int]:
    """The positions of the words that nothing in the data has; `best` is what the best lacks."""
    question = found.question
    known = found.coverable("zone", "initiative", "metric", "scope")
    asking = question.positions(*MEASURE, "status", "initiative_kind", "most")
    unknown = question.needed - known - asking
    if not unknown and not best & question.needed:  # a value of nothing that is named: 产值
        unknown = best - known
    return unknown


def _named(found: Search) -> tuple[Link | None, Link | None]:
    """The zone or initiative, and the metric, that a question is about."""
    question, needed = found.question, found.question.needed
    # 德宏片区 is a place, and asks for no 片区.
    zones = [one.named for one in found.of_kind("zone") if one.whole]
    labels = [set(word.span) for word in question.words if "label" in word.roles]
    in_places = {at for word in labels if any(word <= named for named in zones) for at in word}
    of_metric = found.coverable("metric") - question.place_words - in_places
    subject = _best(found, ("zone", "initiative"), needed - of_metric)
    # 武汉首贷中心 is asked about, and not 武汉.
    for one in found.of_kind("initiative"):
        if one.share >= MUCH and subject and subject.named & needed < one.named & needed:
            subject = one
    return subject, _best(found, ("metric",), needed & of_metric)


def _apart(
    db: Database, found: Search, subject: Link | None, metric: Link | None
) -> tuple[Message, list[str], Link | None, Link | None]:
    """What is said where each word is known, and no figure is of them together."""
    question, needed = found.question, found.question.needed
    measures = question.positions(*MEASURE)
    missing = list(map(shown, question.text_of(needed)))
    for kind in ("zone", "metric"):
        if things := _told_apart(found, kind):
            names = listed(name_of(db, kind, one.ref) for one in things)
            text = "one at a time: {listed}; 'ftz compare' sets things side by side"
            return Message(text, listed=names), missing, None, None
    several = [one for kind in ("metric", "zone") for one in found.of_kind(kind)
               if needed <= one.named and (kind == "metric" or one.whole)]  # fmt: skip
    rest = needed - measures - (subject.named if subject else set())
    apart = subject and rest and (
        subject.whole and len(several) < 2 if metric is None else all(
            one.left & subject.named or one.left <= measures for one in found.candidates
            if one.series.metric == metric.ref
        )
    )  # fmt: skip
    there = subject and metric and any(  # only other words are too many
        (getattr(one.series, subject.kind), one.series.metric) == (subject.ref, metric.ref)
        and one.series.measure in (question.measures or {"level"}) for one in found.candidates
    )  # fmt: skip
    if subject and apart and not there:
        missing = list(map(shown, question.text_of(rest)))
        if metric and metric.share < MUCH:
            metric = None
        elif metric and rest <= metric.named:
            missing = [label_of(db, metric.ref, next(iter(question.targets("measure")), "level"))]
        name = name_of(db, subject.kind, subject.ref)
        what = Message("no figure of {metric} for {subject}", subject=name, metric=join(missing))
        return what, missing, metric, subject
    if len(several) > 1:
        names = listed(name_of(db, one.kind, one.ref) for one in several)
        what = Message("'{words}' may be any of these: {listed}", words=join(missing), listed=names)
        return what, missing, None, None
    what = Message(
        "no figure is of {words}" if len(missing) == 1 else "no figure is of {words} together",
        words=join(missing),
    )
    return what, missing, metric, subject


def _alone_left(found: Search, positions: set[int]) -> set[int]:
    """Those of `positions` that some series lacks, and nothing else."""
    return next((one.left for one in found.candidates if one.left and one.left <= positions), set())


def _best(found: Search, kinds: tuple[str, ...], words: set[int]) -> Link | None:
    """The thing of the first of these kinds that most of the words name."""
    for kind in kinds:
        if named := [one for one in found.of_kind(kind) if one.named & words]:
            near = [getattr(one.series, kind) for one in found.candidates]
            return max(named, key=lambda one: (
                one.whole and one.kind == "zone", one.kind == "metric" and one.share >= ALL_OF_IT,
                len(one.named & words),
                len(one.named & found.question.needed) * (-1 if kind == "metric" else 1),
                round(one.share, 1),
                -near.index(one.ref) if one.ref in near else -len(near),
            ))  # fmt: skip
    return None


def _told_apart(found: Search, kind: str) -> list[Link]:
    """The places or metrics that different words of a question name; none for one alone."""
    question, of_zones = found.question, kind == "zone"
    # 中心 of an initiative's name is no place, nor 全国 of 全国首创; China is none beside another.
    longer = [one.named for kind in ("initiative", "metric") if of_zones or kind != "metric"
              for one in found.of_kind(kind) if one.whole]  # fmt: skip
    idle = question.positions("whole") if of_zones else question.place_words.union(
        *(one.named for one in found.of_kind("zone") if one.whole)
    )  # fmt: skip
    apart: list[Link] = []
    told = set[int]()
    for one in found.of_kind(kind):
        own = one.named & question.needed - idle
        part = any(one.named < named for named in longer)
        named = one.whole if of_zones else one.share >= MUCH
        if own and named and not part and own.isdisjoint(told):
            apart.append(one)
            told |= own
    return apart if len(apart) > 1 else []


def label_of(db: Database, metric: str, measure: str) -> str:
    """The label of a measure of a metric in the language in use: Growth of Exports."""
    return label(name_of(db, "metric", metric), measure, language())
