"""Answering a question with figures, or saying why there are none."""

import json
import re
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from ..database import Database, queries
from ..language import Message, join, shown
from ..language.periods import span_text
from ..model.figure import Figure
from ..model.measures import SIGNED
from ..quantities.edtf import newest, span
from .asked_periods import falls_in
from .candidates import ALL_OF_IT, Candidate, Search
from .explaining import NoAnswer, label_of, lacking, lacking_period, name_of, why_none
from .naming import find_one
from .question import MEASURE, Question, parse
from .quoted_values import figures_of_value
from .search import complete, search

OF_SERIES = """
select f.id, f.period, f.base_period, case when f.unit = 'date' then f.value end, f.period_kind,
       cast(f.value as real) * cast(u.factor as real)
           * case u.base when 'min' then 60 when 'h' then 3600 when 'day' then 86400 else 1 end,
       f.bound, ifnull(s.published, '')
from figures f join all_units u on u.id = f.unit join sources s on s.id = f.article
where f.metric = :metric and f.zone = :zone and f.measure = :measure
    and f.initiative is :initiative and f.unit = :unit and f.status = :status
    and coalesce(f.scope, '') = :scope
order by f.period desc
"""
OF_PERIOD = """
select id from figures where period >= ?1 and period < ?2 || '~'
    or unit = 'date' and value >= ?1 and value < ?2 || '~'
order by period desc, rowid limit 500
"""
OF_IDS = """
select f.id from json_each(?) asked join figures f on f.id in (asked.value, upper(asked.value))
"""
PERIODS_DIFFER = """
select count(distinct ifnull(period, '')) > 1 from figures
where id in (select value from json_each(?)) and unit <> 'date'
"""
UNITS_DIFFER = """
select count(distinct base) > 1 from figures f join all_units u on u.id = f.unit
where f.id in (select value from json_each(?)) and kind = 'money'
"""
# Kinds of period that sum up to their end.
TOTALS = frozenset({"cumulative", "as_of"})
# No fact is printed by more.
MOST_SOURCES = 20
_YEARS = re.compile("[0-9]{4}/[0-9]{4}")
OF_SERIES_TOO = ("zone", "initiative", "metric", "measure", "status")


class Filters(NamedTuple):
    """What the figures have to be of besides: names or ids, as the options of `figures`.

    `zone` means the zone and what lies within it; `period` is EDTF.
    """

    zone: str | None = None
    initiative: str | None = None
    metric: str | None = None
    measure: str | None = None
    article: str | None = None
    period: str | None = None
    status: str | None = None

    def chosen(self) -> dict[str, str]:
        """Those that are set."""
        return {name: text for name, text in self._asdict().items() if text is not None}


class Answer(NamedTuple):
    """The figures that answer, the best first, how many there are in all, and notices."""

    figures: list[Figure]
    total: int
    notices: list[Message]


class _Row(NamedTuple):
    """What tells one figure from another: when, and `amount` in base units, of time in seconds.

    What has no date is of the time when its source was `published`, where the latest is asked for.
    """

    id: str
    period: str | None
    base_period: str | None
    date: str | None
    period_kind: str
    amount: float | None
    bound: str
    published: str

    def size(self) -> float:
        """What it is sorted by, the largest first: its amount; of dates, the earliest is first."""
        return (
            -float((self.date or "").replace("-", "").ljust(8, "0"))
            if self.date
            else self.amount or 0.0
        )

    def spans(self, asked: list[str]) -> bool:
        """Whether its period is one of those asked for, or runs through the years of one."""
        years, *others = (
            "/".join(end[:4] for end in one.split("/")) for one in (self.period or "", *asked)
        )
        return self.period in asked or ("/" in years and years in others)

    def is_yearly(self) -> bool:
        """Whether it is of a year at most, and compared with the year before if with any."""
        begin, end = span(self.period or "2000")
        base = span(self.base_period)[0] if self.base_period else begin
        return end is not None and (end - begin).days < 366 and (begin - base).days < 367

    def is_annual(self) -> bool:
        """Whether a growth over several years is compared with none, and so the mean of them."""
        first, _, last = (self.period or "").partition("/")
        return self.base_period is None and first[:4] != last[:4] and self.period_kind == "during"

    def is_of(self, asked: list[str], compared: bool, totals: Collection[str]) -> bool:
        """Whether it is of one of the periods asked for; a comparison of two of both.

        `compared` says that a period may be the one compared with. What has one of these kinds of
        `totals` is of the period that it ends in, too.
        """
        periods = [self.period, self.date, self.base_period if compared else None]
        if self.period and self.period_kind in totals:
            periods.append(self.period.split("/")[-1])
        both = self.base_period is not None and len(asked) > 1
        periods += [self.base_period] if both else []
        if self.base_period and any(_YEARS.fullmatch(one) for one in asked):
            # From 2019 to 2021 it grew by what is compared with 2019.
            ends = f"{self.base_period[:4]}/{(self.period or '')[:4]}"
            return ends in asked or self.period in asked
        return (all if both else any)(any(falls_in(one, each) for one in periods) for each in asked)


def resolved(db: Database, filters: Filters) -> Filters:
    """The same filters with ids in place of names; raises NotFound for a name that fits none."""
    kinds = {"zone": "zone", "initiative": "initiative", "metric": "metric", "article": "source"}
    chosen = filters.chosen()
    found = {name: find_one(db, kinds[name], chosen[name]) for name in kinds if name in chosen}
    return filters._replace(**found)


def answer(
    db: Database, question: str, *, filters: Filters | None = None, limit: int | None = 20
) -> Answer:
    """The figures that account for every word of a question, at most `limit` of them.

    Raises NoAnswer, which says what is missing and what there is instead.
    """
    chosen = resolved(db, filters or Filters()).chosen()
    asked = parse(db, question)
    notices = [
        Message("{typed} read as {other}", typed=shown(typed), other=other)
        for typed, other in asked.read_as.items()
        if typed in asked.doubtful
    ]
    if asked.periods and asked.targets("span"):
        raise lacking("'{text}' asks for an open span of time: name the years", question)
    instead_of: dict[str, str] = {}
    whole: list[Candidate] = []
    words = asked.text.split()
    ids = [id for (id,) in db.query(OF_IDS, (json.dumps(words),))]
    ids = ids if len(ids) == len(words) else []
    if not ids and not asked.needed:
        if not asked.periods:
            raise lacking("'{text}' names no zone, initiative, metric or period", question)
        first, _, last = asked.periods[0].partition("/")
        ends = first.strip("."), (last or first).strip(".") or "9999"
        ids = [id for (id,) in db.query(OF_PERIOD, ends)]
        if not ids:
            there = join(map(span_text, asked.periods))
            raise NoAnswer("no figure of {periods}", asked.periods, periods=there)
    if not ids:
        of_series = {n: id for n, id in chosen.items() if n in OF_SERIES_TOO}
        asked.periods += [chosen["period"]] if "period" in chosen else []
        found = search(db, asked, of_series)
        whole = complete(found)
        ids = _figures_of(db, asked, whole, bool(found.most))
        if whole and not ids:
            ids = _figures_of(db, asked, whole, bool(found.most), True)
            until = asked.places("until") or "cumulative" in asked.targets("order")
            if ids and not until:
                notices.append(Message("no figure of that period alone; this total ends in it"))
        if whole and (narrower := _narrower(db, found, whole[0])):
            notices.append(narrower)
        instead_of = {one.series.zone: one.instead_of for one in reversed(whole)}
        if found.most and len(ids) == 1:
            raise lacking("'{text}' compares places, and only one has a figure", question)
        if found.most:
            if db.one(PERIODS_DIFFER, (json.dumps(ids),)) == (1,):
                notices.append(Message(
                    "the newest figure of each of {places} places; their periods differ",
                    places=len(ids),
                ))  # fmt: skip
            if db.one(UNITS_DIFFER, (json.dumps(ids),)) == (1,):
                notices.append(Message("in several currencies, in the order of the numbers alone"))
            ids = ids[: asked.top]
        if not whole:
            quotes = asked.needed - asked.places(*MEASURE) and not asked.targets("turn")
            ids = figures_of_value(db, asked, of_series) if quotes else []
        if not ids and chosen:
            answer(db, question, limit=1)  # what has no answer anyway is told as that
            raise lacking("no figure of '{text}' passes the filters", question)
        if not ids and not whole:
            raise why_none(db, found)
        if not ids:
            raise lacking_period(db, found, whole)
    listed = ids if chosen or limit is None else ids[: limit + MOST_SOURCES]
    figures = _best_first(queries.figures(db, ids=listed, **chosen))  # type: ignore[arg-type]
    total = len(figures) if chosen else len(ids)
    if figures and (place := instead_of.get(figures[0].zone)):
        notices.append(Message(
            "of {zone}, and not of {place} itself", place=name_of(db, "zone", place),
            zone=name_of(db, "zone", figures[0].zone),
        ))  # fmt: skip
    if figures and (partly := _partly(figures[0], asked.periods)):
        notices.append(partly)
    if figures and figures[0].status == "target" and not asked.targets("status"):
        notices.append(Message("a target, and not a measured figure"))
    amount = not asked.targets(*MEASURE) and asked.targets("kind") != {"share"}
    if figures and figures[0].measure != "level" and amount and whole and whole[0].named:
        known = label_of(db, figures[0].metric, figures[0].measure)
        notices.append(Message("no amount of it is known, but {metric}", metric=known))
    missing = [
        period for period in asked.periods if not any(
            falls_in(each, period) for one in figures
            for each in (one.period, one.date, one.base_period)
        )
    ]  # fmt: skip
    if missing and len(asked.periods) > 1 and total == len(figures):
        notices.append(Message("no figure of {periods}", periods=join(map(span_text, missing))))
    if not figures:
        raise lacking("no figure of '{text}' passes the filters", question)
    return Answer(figures[:limit], total, notices)


def _narrower(db: Database, found: Search, one: Candidate) -> Message | None:
    """That a series is only a part of what the question names in full."""
    metric, broader = one.series.metric, one.series.broader or ""
    asked, own = (found.links.get(("metric", of)) for of in (broader, metric))
    if not asked or not own or asked.share < ALL_OF_IT or own.named - asked.named:
        return None
    if db.one("select 1 from lookup_series where metric = ?", (broader,)) is None:
        return None  # a name for several metrics
    metric, broader = name_of(db, "metric", metric), name_of(db, "metric", broader)
    return Message("{metric}, which is only a part of {broader}", metric=metric, broader=broader)


def _best_first(figures: list[Figure]) -> list[Figure]:
    """The figures, those of one fact together where the first stands, the best source first."""
    facts = {(*one[1:13], one.status, one.period, one.base_period) for one in figures}
    if len(facts) == len(figures):
        return figures
    from ..analysis.agreement import by_fact  # start-up: only where a fact is printed twice

    return [figure for group in by_fact(figures) for figure in group]


def _partly(figure: Figure, asked: list[str]) -> Message | None:
    """That a figure is of a part of the year that is asked for."""
    period = figure.period or ""
    if figure.period_kind != "during" or len(asked) != 1 or not asked[0].isdecimal():
        return None
    if len(period.split("/")[0]) == 10 or not period.startswith(f"{asked[0]}-"):
        return None
    return Message("of {period}, and not of all of {year}", period=span_text(period), year=asked[0])


def _figures_of(
    db: Database, question: Question, whole: list[Candidate], most: bool, totals: bool = False
) -> list[str]:
    """The ids of the figures of series: the best series first, then the newest, then the biggest.

    Figures of a metric stand together. There are none where none is of the period asked for, or,
    with `totals`, ends in it. Where it is asked which place has the most, each has its newest
    figure, and they stand by value.
    """
    asked, orders = question.periods, question.targets("order")
    oldest = "earliest" in orders
    of_place: dict[tuple[str, str, int], list[_Row]] = {}
    by_metric: dict[str, list[tuple[float, str, float, str]]] = {}
    of_series = [
        (one, [_Row(*row) for row in db.query(OF_SERIES, one.series._asdict())]) for one in whole
    ]
    periods: defaultdict[tuple[str | None, ...], list[str]] = defaultdict(list)
    # From its launch to the end of 2018.
    ending = TOTALS | ({"during"} if "cumulative" in orders else set()) if totals else set[str]()
    for one, rows in of_series:
        if asked:
            compared = bool(question.targets("base"))
            rows[:] = [row for row in rows if row.is_of(asked, compared, ending)]
        if one.series.measure == "rank" and (ranks := question.targets("ranked")):
            rows[:] = [row for row in rows if str(row.amount) in ranks]
        if "annual" in question.targets("turn"):
            rows[:] = [row for row in rows if row.is_annual()]
        if one.series.measure in SIGNED:
            rows[:] = [row for row in rows if question.turns_so(row.amount)]
        if question.places("each_year") and one.series.kind != "capacity":
            rows[:] = [
                row for row in rows if (row.period or "2000").isdecimal() or row.period in asked
            ]
        if question.places("yearly"):
            rows[:] = [row for row in rows if row.is_yearly()]
        if "latest" in orders and "cumulative" not in orders and ".." not in "".join(asked):
            # The latest value is no total since some day, unless that is asked for.
            rows[:] = [row for row in rows if row.period_kind != "cumulative"] or rows
        periods[one.series[:4]] += [row.period for row in rows if row.period]
    for one, rows in of_series:
        if orders & {"latest", "earliest"}:
            end = (min if oldest else max)(periods[one.series[:4]], key=newest, default=None)
            dated = any(row.period for row in rows)  # what has no date stands beside them
            rows = [row for row in rows if row.period == end or not dated]
        if most:
            key = one.series.metric, one.series.zone, _direction(question, one)
            planned = one.series.status == "target" and not question.targets("status")
            if one.series.unit_kind == "multiple":  # 7.4 times is more than 28.3 %
                rows = [row._replace(amount=100 * (row.amount or 0)) for row in rows]
            of_place.setdefault(key, []).extend([] if planned else rows)
            continue
        by_metric.setdefault(one.series.metric, []).extend(
            (round(one.score, 3), "~" if row.period_kind in orders or row.spans(asked)
             else row.date or row.period or row.published[:4] * ("latest" in orders),
             row.amount or 0.0, row.id)
            for row in rows
        )  # fmt: skip
    stands = [_stands_for(rows) for rows in of_place.values() if rows]
    # Totals and values of a period do not compare: what most places have comes first.
    mostly = 2 * sum(row.period_kind == "cumulative" for row in stands) > len(stands)
    for (metric, _, sign), rows in of_place.items():
        alike = [row for row in rows if (row.period_kind == "cumulative") == mostly]
        for row in [_stands_for(alike or rows)] if rows else []:
            entry = 0.0 if alike else -1.0, "", row.size() * sign, row.id
            by_metric.setdefault(metric, []).append(entry)
    ids: list[str] = []
    groups = list(by_metric.values())
    if most:  # what has the most comes first, whatever its metric
        groups.sort(key=lambda entries: -max(entry[::2] for entry in entries)[1])
    for entries in groups:
        entries.sort(key=lambda entry: -entry[2])
        entries.sort(key=lambda entry: entry[1], reverse=not oldest)
        entries.sort(key=lambda entry: -entry[0])
        ids += [id for *_, id in entries]
    return ids


def _direction(question: Question, one: Candidate) -> int:
    """1 where what is asked for first has the largest value, else -1.

    The fastest takes the least time and grows the most; the biggest fall is the lowest growth.
    """
    asked = question.targets("most")
    fast, slow = ("least", "most") if one.series.unit_kind == "duration" else ("most", "least")
    asked = asked | ({fast} if "fast" in asked else {slow} if "slow" in asked else set())
    falls = one.series.measure in SIGNED and "fall" in question.targets("direction")
    return -1 if bool({"least", "last"} & asked) != falls else 1


def _stands_for(rows: list[_Row]) -> _Row:
    """The newest figure of a place: of several the one in the middle, of the exact ones if any."""
    last = max(newest(row.period) for row in rows)
    rows = [row for row in rows if newest(row.period) == last]
    exact = sorted((row for row in rows if row.bound == "exact"), key=_Row.size)
    return exact[len(exact) // 2] if exact else rows[0]
