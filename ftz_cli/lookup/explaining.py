"""Why a question has no answer: what is missing, and what there is instead."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..database import Database
from ..language import Message, join, language, shown
from ..model.errors import NoAnswer
from ..model.measures import label
from ..quantities.edtf import exists
from .candidates import ALL_OF_IT, WHOLE, ZONES_ABOVE, Search
from .linking import Link
from .question import MEASURE

RECOGNISED = "'{words}' is told by 'ftz recognitions', beside the place or the initiative"
NAME = "select name_zh, name_en from {}s where id = ?"
COUNT = "select 1 from metrics where id = ? and kind = 'count'"
ZONES_OF_METRIC = """
select zone, sum(figures) from lookup_series
where metric = ? and measure = ?
group by zone order by sum(figures) desc, min(rowid)
"""
METRICS_OF = """
select metric, measure from lookup_series where {}
group by metric, measure order by sum(figures) desc, min(rowid)
"""
OF_SUBJECT = {
    "zone": "zone in (select zone from zones_within where ancestor = ?)",
    "initiative": "initiative = ?",
}
# The share of a metric's name from which on a refusal speaks of it.
MUCH = 0.6
# At most so many names are listed, and zones of one name.
MOST, NAMESAKES = 4, 2


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


class _Reason(NamedTuple):
    """Why there is no answer: the words that are missing, and whose figures there are instead."""

    missing: list[str]
    what: Message
    things: tuple[Link | None, ...] = ()


def why_none(db: Database, found: Search) -> NoAnswer:
    """What of a question has nothing, and what there is instead."""
    subject, metric = _named(found)
    reasons = _of_some_words(db, found, subject, metric)
    reason = next(reasons, None) or _of_all_words(db, found, subject, metric)
    instead = [
        Message("{name}: {there}", name=name, there=listed(there))
        for thing in reason.things if thing for one in _of_same_name(db, found, thing)
        for name, there in _there_is(db, found, subject, one)
    ]  # fmt: skip
    what = reason.what
    for line in instead:
        what = Message("{what}. {lines}", what=what, lines=line)
    return NoAnswer("{what}", reason.missing, instead, what=what)


def _of_same_name(db: Database, found: Search, thing: Link) -> list[Link]:
    """The zones with figures that the words of a zone name alike: 南沙, an area and a port."""
    words = thing.named & found.question.needed
    alike = [one for one in found.of_kind("zone")
             if one.whole and one.named & found.question.needed == words]  # fmt: skip
    if thing not in alike or not words or any(one.share >= ALL_OF_IT for one in alike):
        return [thing]
    known = [one for one in alike if db.one(METRICS_OF.format(OF_SUBJECT["zone"]), (one.ref,))]
    return known[:NAMESAKES] or [thing]


def _subject_name(db: Database, found: Search, subject: Link) -> str:
    """The name of a zone or initiative; of several zones of that name what was typed."""
    first, *others = _of_same_name(db, found, subject)
    if others:
        return join(found.question.text_of(subject.named)).title()
    return name_of(db, first.kind, first.ref)


def _there_is(
    db: Database, found: Search, subject: Link | None, thing: Link
) -> Iterator[tuple[str, list[str]]]:
    """The metrics of a zone or initiative, those in the question first; or a metric's zones.

    A metric has a name and zones for each measure that is asked for and known.
    """
    if thing.kind != "metric":
        rows = db.query(METRICS_OF.format(OF_SUBJECT[thing.kind]), (thing.ref,))
        order = {one.ref: at for at, one in enumerate(found.of_kind("metric"))}
        rows.sort(key=lambda row: order.get(row[0], len(order)))
        if rows:
            labels = [label_of(db, *row) for row in rows[: MOST + 1]]
            yield name_of(db, thing.kind, thing.ref), labels
        return
    # Places of the same name come first, and what lies in them: the pilot zone for Hainan Province.
    kinds = found.question.positions("place_kind")
    named = subject.named & found.question.needed - kinds if subject else set()
    near = {one.ref for one in found.of_kind("zone") if one.named & named}
    for measure in sorted(found.question.measures) or ["level"]:
        zones = db.query(ZONES_OF_METRIC, (thing.ref, measure))
        ids = json.dumps([zone for zone, _ in zones])
        near |= {zone for zone, around in db.query(ZONES_ABOVE, (ids,)) if around in near}
        zones.sort(key=lambda row: row[0] not in near)
        if zones:
            there = [f"{name_of(db, 'zone', zone)} ({count})" for zone, count in zones]
            yield label_of(db, thing.ref, measure), there


def _of_some_words(
    db: Database, found: Search, subject: Link | None, metric: Link | None
) -> Iterator[_Reason]:
    """The reasons that lie in some words alone, the first of which is told."""
    question, needed = found.question, found.question.needed
    best = found.candidates[0].left if found.candidates else set[int]()
    # What the best candidate lacks decides, except where it only lacks other words.
    judged = needed & best or needed

    def reason(words: set[int], english: str, *things: Link | None, **values: str) -> _Reason:
        missing = list(map(shown, question.text_of(words)))
        return _Reason(missing, Message(english, words=join(missing), **values), things)

    if ranking := judged & question.positions("most"):
        english, ranked = _of_ranking(db, found, ranking)
        yield reason(ranking, english, metric=ranked)
    if best & question.positions("joint") and (
        several := _named_side_by_side(db, found, "zone", nested=True)
    ):  # fmt: skip
        yield _side_by_side(db, "zone", several)
    if turning := judged & question.positions("turn"):
        yield reason(turning, "'{words}' asks for more than printed figures", metric, subject)
    if divisor := _alone_left(found, found.divisor):
        yield reason(divisor, "no such share of {words} is known", metric, subject)
    known = found.coverable("zone", "initiative", "metric", "scope")
    asking = question.positions(*MEASURE, "status", "initiative_kind", "most", "joint")
    unknown = needed - known - asking
    told = question.positions("recognition")
    if told := (unknown & told if unknown <= told else set()) or (
        _alone_left(found, told) if subject else set()
    ):
        yield reason(told, RECOGNISED)
    if unknown and unknown <= question.place_words:
        yield reason(unknown, "no data on {words}", metric)
    if unit := _alone_left(found, question.positions("unit")):
        yield reason(unit, "no such figure is in {words}", metric, subject)
    if status := _alone_left(found, question.positions("status")):
        yield reason(status, "no target of it is known ({words})", metric, subject)
    if unknown:
        named = unknown - question.place_words or unknown
        yield reason(named, "nothing here is called {words}", subject)
    # Words that need not be accounted for, but that every series lacks.
    absent = best - (subject.named if subject else set()) if not best & needed else set[int]()
    if subject and absent:  # a kind of value: 面积
        name = _subject_name(db, found, subject)
        yield reason(absent, "no figure answers '{words}' for {subject}", subject, subject=name)
    elif absent:  # the whole country
        yield reason(absent, "no data on {words}", metric)


def _of_ranking(db: Database, found: Search, ranking: set[int]) -> tuple[str, str]:
    """What is said of words that compare values, and the options that set the values in order."""
    question = found.question
    for word in question.phrases:  # 首个 tells a first, and counts none
        if word.size > 1 and "first" in word.roles.get("recognition", ()) and (
            ranking.issuperset(word.span)
        ):  # fmt: skip
            return RECOGNISED, ""
    # The biggest pilot zone asks for no number of pilot zones.
    asked = question.needed - question.positions("place_kind")
    measures = sorted(question.measures - {"rank"})
    metrics = (one.ref for one in found.of_kind("metric")
               if one.share >= MUCH and one.named.isdisjoint(ranking)
               and (one.named & asked or not db.one(COUNT, (one.ref,))))  # fmt: skip
    options = " --measure ".join([next(metrics, "NAME"), *measures])
    if len(question.periods) == 1 and exists(question.periods[0]):
        options += f" --period {question.periods[0]}"
    return "'{words}' compares values: see 'ftz figures --metric {metric} --sort value'", options


def _named(found: Search) -> tuple[Link | None, Link | None]:
    """The zone or initiative, and the metric, that a question is about."""
    question, needed = found.question, found.question.needed
    # A label of a place asks for no metric of its words: 德宏片区 for no number of 片区.
    zones = [one.named for one in found.of_kind("zone") if one.whole]
    labels = [set(word.span) for word in question.words if "label" in word.roles]
    in_places = {at for word in labels if any(word <= named for named in zones) for at in word}
    of_metric = found.coverable("metric") - question.place_words - in_places
    subject = _best(found, ("zone", "initiative"), needed - of_metric)
    # An initiative with the place in its name goes before the place: 武汉首贷中心.
    for one in found.of_kind("initiative"):
        if one.share >= MUCH and subject and subject.named & needed < one.named & needed:
            subject = one
    return subject, _best(found, ("metric",), needed & of_metric)


def _of_all_words(
    db: Database, found: Search, subject: Link | None, metric: Link | None
) -> _Reason:
    """What is said where each word is known, and no figure is of them together."""
    question, needed = found.question, found.question.needed
    missing = list(map(shown, question.text_of(needed)))
    for kind in ("zone", "metric"):
        if several := _named_side_by_side(db, found, kind):
            return _side_by_side(db, kind, several)
    alike = [one for kind in ("metric", "zone") for one in found.of_kind(kind)
             if needed <= one.named and (kind == "metric" or one.whole)]  # fmt: skip
    if subject and _lacks_metric(found, subject, metric, len(alike)):
        rest = needed - question.positions(*MEASURE) - subject.covered.keys()
        rest = rest or question.positions("kind") or needed - subject.named
        missing = list(map(shown, question.text_of(rest)))
        if metric and metric.share < MUCH:
            metric = None
        elif metric and rest <= metric.named and any(metric.covered[at] == 1.0 for at in rest):
            missing = [label_of(db, metric.ref, min(question.measures, default="level"))]
        name, words = _subject_name(db, found, subject), join(missing)
        what = Message("no figure of {words} for {subject}", subject=name, words=words)
        return _Reason(missing, what, (metric, subject))
    words = join(missing)
    if len(alike) > 1:
        names = listed(name_of(db, one.kind, one.ref) for one in alike)
        what = Message("'{words}' may be any of these: {listed}", words=words, listed=names)
        return _Reason(missing, what)
    english = "no figure is of {words}" if len(missing) == 1 else "no figure is of {words} together"
    return _Reason(missing, Message(english, words=words), (metric, subject))


def _lacks_metric(found: Search, subject: Link, metric: Link | None, alike: int) -> bool:
    """Whether the subject is sure, and has no figure of the metric that other words name.

    `alike` is how many things all the words name.
    """
    question = found.question
    measures = question.positions(*MEASURE)
    if question.needed <= measures | subject.named:
        return False
    if metric is None:
        return subject.whole and alike < 2
    of_metric = [one for one in found.candidates if one.series.metric == metric.ref]
    asked = question.measures or {"level"}
    return all(one.left & subject.named or one.left <= measures for one in of_metric) and not any(
        getattr(one.series, subject.kind) == subject.ref and one.series.measure in asked
        for one in of_metric
    )


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
                bool(one.named & found.question.positions("place")), len(one.named & words),
                len(one.named & found.question.needed) * (-1 if kind == "metric" else 1),
                round(one.share, 1),
                -near.index(one.ref) if one.ref in near else -len(near),
            ))  # fmt: skip
    return None


def _side_by_side(db: Database, kind: str, things: list[Link]) -> _Reason:
    names = [name_of(db, kind, one.ref) for one in things]
    english = "one at a time: {listed}; 'ftz compare' sets things side by side"
    return _Reason(names, Message(english, listed=listed(names)))


def _named_side_by_side(db: Database, found: Search, kind: str, nested: bool = False) -> list[Link]:
    """The places or metrics that different words of a question name; none for one alone.

    A place around another one is only beside it where it may be `nested`: Shanghai Yangshan Port.
    """
    question, of_zones = found.question, kind == "zone"
    # A part of a longer name names no place, e.g. 全国 of 全国首创; nor does China beside another.
    longer = [one.named for kind in ("initiative", "metric") if of_zones or kind != "metric"
              for one in found.of_kind(kind) if one.whole]  # fmt: skip
    idle = question.positions("whole") if of_zones else question.place_words.union(
        question.positions("turn", "unit"),
        *(one.named for one in found.of_kind("zone") if one.whole),
    )  # fmt: skip
    several: list[Link] = []
    told = set[int]()
    things = found.of_kind(kind)
    # Beside the place around it, a place has the words of its own: Guangdong versus Hengqin.
    for one in sorted(things, key=lambda one: len(one.named)) if nested else things:
        own = one.named & question.needed - idle - (told if nested else set())
        part = any(one.named < named for named in longer)
        named = one.whole if of_zones else one.share >= WHOLE
        if own and named and not part and own.isdisjoint(told):
            several.append(one)
            told |= own
    if of_zones and not nested:  # a place around another one is its address
        within = [one.covered.keys() for one in several]
        several = [one for one in several if sum(one.named <= words for words in within) == 1]
    return several if len(several) > 1 else []


def label_of(db: Database, metric: str, measure: str) -> str:
    """The label of a measure of a metric in the language in use: Growth of Exports."""
    return label(name_of(db, "metric", metric), measure, language())
