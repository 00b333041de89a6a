"""What is said beside an answer: how its figures are not quite what was asked for."""

from collections.abc import Iterable, Iterator, Sequence

from ..database import Database
from ..language import Message, join, shown
from ..language.periods import span_text
from ..model.figure import Figure
from .asked_periods import falls_in
from .asked_words import AskedWords
from .candidates import ALL_OF_IT, WHOLE, Candidate, Search
from .explaining import label_of, listed, name_of
from .question import Question, parse
from .series_figures import TOTALS, spans_years

TERMINAL = """
select 1 from initiatives i join zones z on z.id = i.zone
where i.id = ?1 and i.kind = 'facility' and z.kind = 'seaport'
    and (?2 in (select id from metrics where kind in ('count', 'capacity'))
        or exists (select 1 from lookup_series s where s.metric = ?2 and s.initiative is not ?1))
"""
# A reform is of the whole place, and a product is taken by some.
OFFERED = "select 1 from initiatives where id = ? and kind <> 'reform'"
AREAS = "select count(*) from zones where parent = ? and kind = 'area'"
# Measures that set a value in relation to another.
RELATIVE = frozenset({"growth", "multiple"})
# Bounds that leave one end open.
OPEN = frozenset({"over", "under", "at_least", "at_most"})


def of_words(asked: Question) -> Iterator[Message]:
    """Which words were read as others, in doubt."""
    for typed, other in asked.read_as.items():
        if typed in asked.doubtful:
            yield Message("{typed} read as {other}", typed=shown(typed), other=other)


def of_idle(asked: Question, idle: set[int]) -> Iterator[Message]:
    """Which word is left out."""
    yield Message(
        "'{words}' is not understood, and left out", words=shown(join(asked.text_of(idle)))
    )


def of_series(
    db: Database, found: Search, whole: Sequence[Candidate], figures: Sequence[Figure]
) -> Iterator[Message]:
    """Whether the series are less, more or other than what the question names."""
    asked, first = found.question, figures[0]
    if whole and (narrower := _narrower(db, found, whole[0])):
        yield narrower
    places = {one.series.zone: one.instead_of for one in whole if one.instead_of}
    if first.zone in places:
        place = places[first.zone]
        zones = dict.fromkeys(one.zone for one in figures if one.zone in places)
        (areas,) = db.one(AREAS, (place,)) or (0,)
        if len(zones) < areas or not asked.positions("parts"):  # each of its areas is asked for
            yield _of_place(db, zones, place)
    elif bare := _bare_name(found, whole, first):
        yield Message("of {zone}, and not of {place} itself", place=bare,
                      zone=name_of(db, "zone", first.zone))  # fmt: skip
    elif _is_of_part(db, found, first):
        yield Message("of {zone}, and not of {place} itself", place=name_of(db, "zone", first.zone),
                      zone=name_of(db, "initiative", first.initiative or ""))  # fmt: skip
    if first.status == "target" and (asked.positions("done") or not asked.targets("status")):
        yield Message("a target, and not a measured figure")
    if first.measure in RELATIVE and AskedWords(asked).is_of_amount and not (
        any(one.measure == "change" for one in figures)
    ):  # fmt: skip
        yield Message("no amount of the change is known, but {metric}",
                      metric=label_of(db, first.metric, first.measure))  # fmt: skip
    named = found.links.get(("metric", first.metric))
    # The throughput of a terminal of which only the capacity is known
    of_capacity = whole and whole[0].series.kind == "capacity" and (
        "capacity" not in asked.targets("kind") and not (named and named.whole)
        and any(one.whole for one in found.of_kind("metric"))
    )  # fmt: skip
    if first.status in ("capacity", "design") and (asked.positions("done") or of_capacity):
        yield Message("what can be done, and not a measured figure")
    amount = first.measure == "level" or asked.measures or asked.targets("kind") == {"share"}
    if whole and whole[0].named:
        known = label_of(db, first.metric, first.measure)
        # Savings, new firms and the largest load are told apart from all that is asked for.
        printed = parse(db, known, dated=False, typed=False)
        is_part = any(
            role in word.roles and "label" in word.roles.get("new", ("label",))
            for word in printed.phrases for role in ("change", "new")
            if not any(role in one.roles for one in asked.phrases)
        )  # fmt: skip
        is_part |= whole[0].series.is_extreme and not asked.positions("most")
        own = found.links.get(("metric", first.metric))
        is_part &= not (own and own.whole)
        if not amount or (is_part and not asked.measures):
            yield Message("no total of it is known, but {metric}", metric=known)


def of_periods(asked: Question, figures: Sequence[Figure], complete: bool) -> Iterator[Message]:
    """Whether figures are of parts of the year, of totals up to it, or of some periods only.

    `complete` says that these are all that there are.
    """
    first, periods = figures[0], asked.periods
    yield from _partly(figures, periods)
    yield from _inexact(asked, first)
    # A total without a known start is not only of the year or month in which it ends.
    ends_in = len(periods) == 1 and "/" not in periods[0] and len(periods[0]) < 10
    alone = any(
        _is_of(one, periods) and not (one.period_kind == "cumulative" and ends_in)
        for one in figures if (one.metric, one.status) == (first.metric, first.status)
    )  # fmt: skip
    if periods and not alone and first.period_kind in TOTALS and not asked.is_until:
        yield Message("no figure of that period alone; this total ends in it")
    elif len(periods) == 1 and not alone and first.measure == "rank" and first.period:
        yield Message("of {period}, and not of {asked} alone", period=span_text(first.period),
                      asked=span_text(periods[0]))  # fmt: skip
    base = first.base_period
    if base and len(periods) == 1 and periods[0].isdecimal() and not asked.targets("base") and (
        int(base[:4]) < int(periods[0]) - 1
    ):  # fmt: skip
        yield Message("compared with {period}, and not with the year before",
                      period=span_text(base))  # fmt: skip
    # Other words of a total, e.g. by and 到, have other meanings as well.
    until = "total" in asked.targets("until")
    sums = any("sum" in one.roles.get("order", ()) for one in asked.phrases)
    of_span = sums and any("/" in one for one in periods)
    period = first.period or ""
    orders = asked.targets("order")  # what has added up in a year may be all of that year
    summed = "cumulative" in orders and ("since" in orders or period not in periods)
    total_asked = summed or (until and periods) or of_span
    of_a_year = period and period[:4] == period.split("/")[-1][:4]
    if total_asked and first.period_kind == "during" and of_a_year:
        yield Message("of {period} alone, and no total", period=span_text(period))
    counted = first.measure == "level" and first.base_unit == "count" and first.status == "measured"
    if "cumulative" in orders and first.period_kind == "undated" and counted:
        yield Message("of which time is not said; it may be no total")
    missing = [one for one in periods if not any(_is_of(figure, [one]) for figure in figures)]
    if missing and len(periods) > 1 and complete:
        yield Message("no figure of {periods}", periods=join(map(span_text, missing)))


def _is_of(figure: Figure, periods: Sequence[str]) -> bool:
    """Whether a figure is of one of the periods, or compares with it."""
    times = (figure.period, figure.date, figure.base_period)
    return any(falls_in(time, period) for time in times for period in periods)


def _of_place(db: Database, zones: Iterable[str], place: str) -> Message:
    names = listed(name_of(db, "zone", zone) for zone in zones)
    return Message(
        "of {zone}, and not of {place} itself", zone=names, place=name_of(db, "zone", place)
    )


def _bare_name(found: Search, whole: Sequence[Candidate], first: Figure) -> str:
    """The bare name of a province, as typed, where figures are of its pilot zone."""
    question = found.question
    zone = found.links.get(("zone", first.zone))
    of_zones = any(one.series.zone_kind == "pilot_zone" for one in whole
                   if one.series.zone == first.zone)  # fmt: skip
    if not zone or not of_zones or first.initiative or zone.share >= WHOLE:
        return ""
    bare = zone.named <= question.positions("place")
    return join(question.text_of(zone.named)).title() if bare else ""


def _is_of_part(db: Database, found: Search, first: Figure) -> bool:
    """Whether a figure is of an initiative of a place, and nothing but the place is named.

    It is of one terminal of a seaport, where an amount that only this terminal has tells it well
    enough (cargo unloaded); or it counts who takes part, e.g. banks or firms.
    """
    zone, part, metric = (found.links.get((kind, id)) for kind, id in (
        ("zone", first.zone), ("initiative", first.initiative or ""), ("metric", first.metric)
    ))  # fmt: skip
    named = part.named - zone.named if part and zone else set[int]()
    if not zone or not first.initiative or named:
        return False
    question = found.question
    things = metric.named & question.needed - zone.named if metric else set[int]()
    counted = first.base_unit == "count" and any(things == {*word.span} for word in question.words)
    takes_part = counted and metric is not None and metric.share < WHOLE
    if takes_part and db.one(OFFERED, (first.initiative,)):
        return True
    return bool(db.one(TERMINAL, (first.initiative, first.metric)))


def _narrower(db: Database, found: Search, one: Candidate) -> Message | None:
    """That a series is only a part of what the question names in full."""
    metric, broader = one.series.metric, one.series.broader or ""
    asked, own = (found.links.get(("metric", of)) for of in (broader, metric))
    named = asked and (asked.whole or asked.share >= ALL_OF_IT)
    if not asked or not own or not named or own.named - asked.named:
        return None
    if db.one("select 1 from lookup_series where metric = ?", (broader,)) is None:
        return None  # the broader metric only groups others, and has no figures
    metric, broader = name_of(db, "metric", metric), name_of(db, "metric", broader)
    return Message("{metric}, which is only a part of {broader}", metric=metric, broader=broader)


def _partly(figures: Sequence[Figure], asked: Sequence[str]) -> Iterator[Message]:
    """That the first of the figures of a year is of a part of it; and so others."""
    of_metric = [one for one in figures if one.metric == figures[0].metric]
    # From 2022 to 2023 is a growth of all of 2023.
    grew = figures[0].base_period is not None
    grown = [one for one in asked if grew and len(one) == len("2022/2023") and one[4] == "/"]
    for year in filter(str.isdecimal, [*asked, *(one[5:] for one in grown)]):
        own = [one for one in of_metric if one.period and _is_of(one, [year])]
        parts = [
            one.period for one in own if one.period and one.period_kind == "during"
            and one.period.startswith(f"{year}-") and not one.date
        ]  # fmt: skip
        exact = {one.period for one in own if one.status == own[0].status}
        if own and own[0].period in parts and year not in exact:
            spans = join(dict.fromkeys(map(span_text, parts)))
            yield Message("of {period}, and not of all of {year}", period=spans, year=year)
    for wanted in (one for one in asked if "/" in one and _years(one)[1].isdecimal()):
        own = [one for one in of_metric if _is_of(one, [wanted]) and one.period_kind not in TOTALS]
        times = [time for one in own for time in (one.period, one.base_period) if time]
        known = {year for time in times for year in _years(time)}
        if own and own[0] == figures[0] and not known.issuperset(_years(wanted)):
            spans = join(dict.fromkeys(span_text(one.period) for one in own if one.period))
            yield Message("of {period}, and not of all of {span}", period=spans,
                          span=span_text(wanted))  # fmt: skip


def _inexact(asked: Question, first: Figure) -> Iterator[Message]:
    """That the period of a figure is not exactly of so many years, or of the time of a launch."""
    years = asked.span_years
    launch = asked.positions("launch")
    if first.period and (launch or (years and not spans_years(first.period, years, exactly=True))):
        words = join(asked.text_of(launch or asked.positions("span")))
        yield Message("of {period}, which is not exactly '{words}'",
                      period=span_text(first.period), words=words)  # fmt: skip


def _years(period: str) -> tuple[str, str]:
    """The first and the last year of a period."""
    first, _, last = period.partition("/")
    return first[:4], (last or first)[:4]
