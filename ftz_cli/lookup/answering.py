"""Answering a question with figures, or saying why there are none."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..database import Database, queries
from ..language import Message, shown
from ..model.figure import Figure
from .asked_periods import falls_in
from .candidates import Candidate, Search, Series, complete, search
from .explaining import lacking, lacking_period, why_none
from .naming import find_one
from .question import Question, is_plain_number, parse
from .spelling import fold, is_chinese, stem, units_of

OF_SERIES = """
select f.id, f.period, f.base_period, case when f.unit = 'date' then f.value end, f.period_kind,
       substr(s.published, 1, 4), cast(f.value as real) * cast(u.factor as real)
from figures f join sources s on s.id = f.article join units u on u.id = f.unit
where f.metric = :metric and f.zone = :zone and f.measure = :measure
    and f.initiative is :initiative and f.unit = :unit and f.status = :status
    and coalesce(f.scope, '') = :scope
"""
BETWEEN = """
    and (f.period is null or f.period >= :first and f.period < :last
         or f.base_period >= :first and f.base_period < :last)
"""
OF_PERIOD = """
select id from figures where period >= ? and period < ? || '~' order by period desc, rowid limit 500
"""
OF_ID = "select id from figures where id in (?1, upper(?1))"
OF_NUMBER = """
select f.id, f.printed, coalesce(u.name_en, '')
from lookup_numbers n cross join figures f on f.rowid = n.figure left join units u on u.id = f.unit
where n.number = ? order by f.rowid limit 500
"""
# So many figures of one series are looked at.
MOST_OF_SERIES = 1000
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
    """What tells one figure from another: when, and `amount` in base units.

    `published` is the year of its source.
    """

    id: str
    period: str | None
    base_period: str | None
    date: str | None
    period_kind: str
    published: str | None
    amount: float

    def is_of(self, asked: list[str]) -> bool:
        """Whether it is of one of the periods asked for; a comparison of all of them."""
        periods = (self.period, self.base_period, self.date)
        every = all if self.base_period else any
        return every(any(falls_in(one, each) for one in periods) for each in asked)


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
    ids = _quoted(db, asked)
    if not ids and asked.periods and not asked.needed:
        ids = [id for (id,) in db.query(OF_PERIOD, (asked.periods[0],) * 2)]
    total = len(ids)
    if not ids and not asked.needed:
        raise lacking("'{text}' names no zone, initiative, metric or period", question)
    if not ids:
        found = search(db, asked, {n: id for n, id in chosen.items() if n in OF_SERIES_TOO})
        whole = complete(found)
        if not whole:
            raise why_none(db, found)
        ids, total = _figures_of(db, found, whole)
        if not ids:
            raise lacking_period(db, found, [one.series for one in whole])
    if chosen:
        figures = list(queries.figures(db, ids=ids, **chosen))  # type: ignore[arg-type]
        total = len(figures)
        figures = figures[:limit]
    else:
        figures = list(queries.figures(db, ids=ids[:limit]))
    if not figures:
        raise lacking("no figure of '{text}' passes the filters", question)
    return Answer(figures, total, notices)


def _quoted(db: Database, question: Question) -> list[str]:
    """The figures that a question quotes as printed: 23.78亿, 496, 近1.5亿元, 五免."""
    if question.periods:
        return []
    of_id = [id for (id,) in db.query(OF_ID, (question.text.strip(),))]
    if of_id:
        return of_id
    units = units_of(question.folded)
    numbers = [unit for unit in units if unit[0].isdecimal()]
    if not numbers:
        return [row[0] for row in db.query(OF_NUMBER, ("".join(units),))]
    if not is_plain_number(question):
        return []
    sign = "%" if "%" in question.folded else ""
    words = {stem(unit) for unit in units if unit.isalpha() and not is_chinese(unit)}
    chinese = "".join(filter(is_chinese, units))
    found = []
    for id, printed, unit_en in db.query(OF_NUMBER, (numbers[0],)):
        own = units_of(fold(f"{printed} {unit_en}"))
        if sign in printed and chinese in "".join(filter(is_chinese, own)):
            found += [id] if words <= set(map(stem, own)) else []
    if not found:
        raise lacking("no figure is printed {text}", question.text)
    return found


def _figures_of(db: Database, found: Search, whole: list[Candidate]) -> tuple[list[str], int]:
    """The ids of the figures of series, and their count: the best series first, then the newest,
    then the biggest.

    Figures of a metric stand together. There are none where none is of the period asked for.
    """
    asked = found.question.periods
    orders = found.question.targets("order")
    oldest, total = "earliest" in orders, 0
    by_metric: dict[str, list[tuple[float, str, float, str]]] = {}
    for one in whole:
        rows = _rows_of(db, one.series, asked, oldest)
        if orders & {"latest", "earliest"} and rows:
            rows = [row for row in rows if row.period == rows[0].period]
        complete_count = len(rows) == MOST_OF_SERIES and not asked
        total += one.series.figures if complete_count else len(rows)
        by_metric.setdefault(one.series.metric, []).extend(
            (round(one.score, 3), "~" if row.period_kind in orders or row.period in asked
             else row.period or "", row.amount or 0.0, row.id)
            for row in rows
        )  # fmt: skip
    ids: list[str] = []
    for entries in by_metric.values():
        entries.sort(key=lambda entry: -entry[2])
        entries.sort(key=lambda entry: entry[1], reverse=not oldest)
        entries.sort(key=lambda entry: -entry[0])
        ids += [id for *_, id in entries]
    return ids, total


def _rows_of(db: Database, series: Series, asked: list[str], oldest: bool) -> list[_Row]:
    """The figures of a series that are of the periods asked for, newest first.

    An undated figure is of the time when its source was published, where none has a date asked for.
    """
    params: dict[str, Any] = {name: value for name, value in series._asdict().items()
                              if name != "figures"}  # fmt: skip
    sql = OF_SERIES
    if len(asked) == 1 and asked[0][0] != "X":
        sql += BETWEEN
        params |= {"first": asked[0][:4], "last": f"{asked[0].split('/')[-1][:4]}~"}
    sql += f"order by {'f.period is null, f.period' if oldest else 'f.period desc'} limit :most"
    rows = [_Row(*row) for row in db.query(sql, params | {"most": MOST_OF_SERIES})]
    if not asked:
        return rows
    dated = [row for row in rows if row.is_of(asked)]
    exact = [row for row in dated if row.period in asked]
    undated = [row for row in rows if not row.period
               and row.published in {one[:4] for one in asked}]  # fmt: skip
    return exact or dated or undated
