"""Answering a question with figures, or saying why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..database import Database, queries
from ..language import Message, join, shown
from ..model.figure import Figure
from .asked_periods import falls_in
from .candidates import Candidate, Search, Series, complete, search
from .explaining import NoAnswer, lacking_period, lacking_value, why_none
from .naming import find_one
from .question import Question, is_plain_number, parse
from .spelling import fold, is_chinese, stem, units_of

OF_SERIES = """
select f.id, f.period, f.base_period, f.value, f.unit = 'date', f.period_kind,
       (select published from sources where id = f.article)
from figures f
where f.metric = :metric and f.zone = :zone and f.measure = :measure
    and f.initiative is :initiative and f.unit = :unit
    and coalesce(f.scope, '') = :scope and f.status = :status
"""
NEWEST, OLDEST = "order by f.period desc", "order by f.period is null, f.period"
OF_PERIOD = """
select id from figures where period >= :year and period < :year || '~'
order by period desc, rowid limit 500
"""
OF_NUMBER = """
select f.id, f.printed, u.name_en, f.zone, f.initiative, f.metric, f.measure
from lookup_numbers n cross join figures f on f.id = n.figure left join units u on u.id = f.unit
where n.number = :number order by f.rowid limit 500
"""
# So many figures of one series are looked at.
MOST_OF_SERIES = 1000


@dataclass(frozen=True, slots=True)
class Filters:
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


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures that answer, the best first, how many there are in all, and notices."""

    figures: list[Figure]
    total: int
    notices: list[Message] = field(default_factory=list)


def resolved(db: Database, filters: Filters) -> Filters:
    """The same filters with ids in place of names; raises NotFound for a name that fits none."""
    kinds = {"zone": "zone", "initiative": "initiative", "metric": "metric", "article": "source"}
    found = {
        name: find_one(db, kind, text)
        for name, kind in kinds.items()
        if (text := getattr(filters, name)) is not None
    }
    return replace(filters, **found)


def answer(
    db: Database, question: str, *, filters: Filters | None = None, limit: int | None = 20
) -> Answer:
    """The figures that account for every word of a question, at most `limit` of them.

    Raises NoAnswer, which says what is missing and what there is instead.
    """
    chosen = resolved(db, filters or Filters())
    asked = parse(db, question)
    ids = _quoted(db, asked)
    if ids is None and asked.periods and not asked.needed:
        ids = [id for (id,) in db.query(OF_PERIOD, {"year": asked.periods[0].period})] or None
    if ids is not None:
        return _answer(db, ids, len(ids), chosen, limit, asked, [])
    series = {
        name: text
        for name in ("zone", "initiative", "metric", "measure")
        if (text := getattr(chosen, name)) is not None
    }
    found = search(db, asked, series)
    whole = complete(found)
    notices: list[Message] = []
    if not whole:
        whole = _with_context(db, found)
    if not whole:
        whole, notices = _without_roles(found)
    if not whole:
        raise why_none(db, found)
    ids, total = _figures_of(db, found, whole)
    return _answer(db, ids, total, chosen, limit, asked, notices)


def _answer(
    db: Database,
    ids: list[str],
    total: int,
    filters: Filters,
    limit: int | None,
    question: Question,
    notices: list[Message],
) -> Answer:
    """The figures of `ids` that pass the filters, with what there is to tell of them."""
    left = {
        name: text
        for name in ("zone", "initiative", "metric", "measure", "article", "period", "status")
        if (text := getattr(filters, name)) is not None
    }
    if left:
        figures = list(queries.figures(db, ids=ids, **left))
        total = len(figures)
        figures = figures[:limit]
    else:
        figures = list(queries.figures(db, ids=ids[:limit]))
    if not figures:
        raise NoAnswer("no figure of '{text}' passes the filters", text=shown(question.text))
    told = [
        Message("{typed} read as {other}", typed=shown(typed), other=other)
        for typed, other in question.read_as.items()
    ]
    if total > len(figures):
        told.append(
            Message(
                "{shown} of {total} figures that answer are shown", shown=len(figures), total=total
            )  # fmt: skip
        )
    return Answer(figures, total, told + notices)


def _quoted(db: Database, question: Question) -> list[str] | None:
    """The figures that a question quotes as printed: 23.78亿, 496, 近1.5亿元; None if it quotes none."""
    key = "".join(units_of(question.folded))
    whole = list(db.query(OF_NUMBER, {"number": key}))
    if whole and not question.periods:
        return [row[0] for row in whole]
    folded = question.folded.replace(" ", "")
    numbers = [unit for unit in units_of(folded) if unit[0].isdecimal()]
    if question.periods or not is_plain_number(question) or not numbers:
        return None
    rest = [unit for unit in units_of(question.folded) if not unit[0].isdecimal()]
    text = "".join(unit for unit in rest if is_chinese(unit)) + "%" * folded.count("%")
    spelt = {stem(unit) for unit in rest if not is_chinese(unit)}
    found = [
        id for id, printed, unit_en, *_ in db.query(OF_NUMBER, {"number": numbers[0]})
        if text in fold(printed).replace(" ", "")
        and spelt <= set(map(stem, units_of(fold(f"{printed} {unit_en or ''}"))))
    ]  # fmt: skip
    if not found:
        raise lacking_value(question)
    return found


def _with_context(db: Database, found: Search) -> list[Candidate]:
    """Candidates that leave only a number that a figure of the same subject prints.

    Where the figure is of the series itself, it is the one that is meant.
    """
    question = found.question
    numbers = {at for at in question.needed if question.units[at][0].isdecimal()}
    if not numbers:
        return []
    quoted = {at: list(db.query(OF_NUMBER, {"number": question.units[at]})) for at in numbers}
    kept: list[Candidate] = []
    for one in found.candidates:
        left = set(one.left)
        for at in numbers & one.left:
            for _, _, _, zone, initiative, metric, _ in quoted[at]:
                if (initiative, zone) == (one.series.initiative, one.series.zone):
                    link = found.links.get(("metric", metric))
                    left -= {at, *(link.covered if link else ())}
        if not left:
            kept.append(one)
    best = max((one.score for one in kept), default=0.0)
    return [one for one in kept if one.score >= best - 0.1]


def _without_roles(found: Search) -> tuple[list[Candidate], list[Message]]:
    """Candidates that leave only places in another role (sold to Europe), and that they do."""
    question = found.question
    before: dict[int, bool] = {}
    for word in question.words:
        before[word.start + word.size] = "role" in word.roles
    aside = {
        at for word in question.words
        if "place" in word.roles and before.get(word.start, False) for at in word.span
    }  # fmt: skip
    subjects = found.coverable("zone", "initiative") & question.needed
    kept = [one for one in found.candidates
            if aside and subjects - aside and one.left <= aside and not one.narrower]  # fmt: skip
    if not kept:
        return [], []
    best = max(one.score for one in kept)
    names = join(shown(text) for text in question.text_of(kept[0].left))
    notice = Message("nothing is said of {names}", names=names)
    return [one for one in kept if one.score >= best - 0.1], [notice]


def _figures_of(db: Database, found: Search, whole: list[Candidate]) -> tuple[list[str], int]:
    """The ids of the figures of series, the best series and the newest first, and their count.

    Raises NoAnswer where none is of the period asked for.
    """
    question = found.question
    asked = [one.period for one in question.periods]
    orders = question.targets("order")
    by_metric: dict[str, list[tuple[float, str, int, str]]] = {}
    total = 0
    for at, one in enumerate(whole):
        rows = _rows_of(db, one.series, asked, "earliest" in orders)
        if "cumulative" in orders:
            rows.sort(key=lambda row: row[5] != "cumulative")
        elif orders and rows:
            rows = [row for row in rows if row[1] == rows[0][1]]
        total += one.series.figures if not (asked or orders) else len(rows)
        ordered = by_metric.setdefault(one.series.metric, [])
        ordered += [
            (-round(one.score, 3), "~" if "cumulative" in orders and row[5] == "cumulative"
             else row[1] or "", at, row[0]) for row in rows
        ]  # fmt: skip
    ids: list[str] = []
    for entries in by_metric.values():
        entries.sort(key=lambda entry: entry[2])
        entries.sort(key=lambda entry: entry[1], reverse="earliest" not in orders)
        entries.sort(key=lambda entry: entry[0])
        ids += [id for *_, id in entries]
    if not ids:
        raise lacking_period(db, found, [one.series for one in whole])
    return ids, total


def _rows_of(db: Database, series: Series, asked: list[str], oldest: bool) -> list[tuple[Any, ...]]:
    """The figures of a series that are of the periods asked for, newest first."""
    sql, params = OF_SERIES, {name: getattr(series, name) for name in series._fields}
    del params["row"], params["figures"]
    if len(asked) == 1 and asked[0][0] != "X":
        sql += (
            " and (f.period is null or f.period < :end and f.period >= :begin"
            " or f.base_period >= :begin and f.base_period < :end)"
        )
        params |= {
            "begin": asked[0][:4],
            "end": f"{asked[0].split('/')[-1][:4]}~",
        }
    sql += f" {OLDEST if oldest else NEWEST} limit {MOST_OF_SERIES}"
    rows = list(db.query(sql, params))
    if not asked:
        return rows
    dated = [row for row in rows if _is_of(row, asked)]
    if dated:
        exact = [row for row in dated if row[1] in asked]
        return exact + [row for row in dated if row not in exact]
    # An undated figure of a text is of the time when that was published.
    return [
        row for row in rows if row[1] is None and row[6] and row[6][:4] in {p[:4] for p in asked}
    ]


def _is_of(row: tuple[Any, ...], asked: list[str]) -> bool:
    """Whether a figure is of one of the periods asked for; a comparison of all of them."""
    _, period, base, value, is_date, *_ = row
    periods = [period, base, value if is_date else None]
    if base and len(asked) > 1:
        return all(any(falls_in(one, each) for one in periods) for each in asked)
    return any(falls_in(one, each) for one in periods for each in asked)
