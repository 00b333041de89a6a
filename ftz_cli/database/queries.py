"""What is asked of the database, as named SQL, and the models that its rows become."""

from __future__ import annotations

import json
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from ..model.figure import Figure
from ..model.named import Initiative, Recognition, named_items
from ..quantities.decimals import EXACT
from ..quantities.edtf import exists, span
from .opening import Database

if TYPE_CHECKING:
    from ..model.claims import Finding
    from ..quantities.units import Units

# What figures and other things are filtered by.
FILTERS = {
    "zone": "t.zone in (select zone from zones_within where ancestor = :zone)",
    "exact_zone": "t.zone = :exact_zone",
    "initiative": "t.initiative = :initiative",
    "metric": "t.metric = :metric",
    "measure": "t.measure = :measure",
    "article": "t.article in (select id from sources where id = :article or parent = :article)",
    "period": "t.dated in (select value from json_each(:period))",
    "status": "t.status = :status",
    "ids": "t.id in (select value from json_each(:ids))",
    "below": "t.id in (select zone from zones_within where ancestor = :below and zone <> :below)",
}

CLAIMS = """
select id, figure, relation, operands, value, items, note_en, note_zh from claims
where :figure is null or figure = :figure
    or ' ' || operands || ' ' like '% ' || :figure || ' %' order by rowid
"""
UNITS = "select id, name_zh, name_en, base, factor, kind, minimum, also from units order by rowid"
EXCUSED = """
select id, article, line, printed, reason_en, reason_zh from excused
where article in (select id from sources where id = :article or parent = :article) order by rowid
"""

Model = TypeVar("Model")


def models(
    db: Database,
    model: type[Model],
    ids: Collection[str] | None = None,
    **filters: str | None,
) -> list[Model]:
    """Every model of a kind, or those that pass every filter, in the order of the data.

    The filters are those of FILTERS, by ids and words of the data; None is no filter, and what
    names nothing finds nothing. `zone` takes in what lies within it, `exact_zone` does not;
    `article` may be a whole document; `period` is EDTF, and finds what lies within it, a date by
    itself; whole years also what begins or ends in them: 2021 finds 2021-05-21 and 2019/2021.
    """
    params: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    if "period" in params:
        params["period"] = json.dumps(_periods_in(db, params["period"]))
    if ids is not None:
        params["ids"] = json.dumps([*ids])
    where = [FILTERS[name] for name in params]
    # An initiative's recognitions are models of their own.
    names = [name for name in model.__annotations__ if name != "recognitions"]
    sql = f"select t.{', t.'.join(names)} from {model.__name__.lower()}_models t"
    # With the plus, SQLite can't save the sorting by reading every row in order.
    sql += f" where {' and '.join(where)} order by +t.place" if where else " order by t.place"
    return [_made(model, dict(zip(names, row, strict=True))) for row in db.query(sql, params)]


def figures(
    db: Database, ids: Collection[str] | None = None, **filters: str | None
) -> list[Figure]:
    """The figures that pass every filter of `models`; those of `ids` in their order."""
    found = models(db, Figure, ids, **filters)
    if ids is not None:
        places = {id: place for place, id in enumerate(ids)}
        found.sort(key=lambda one: places[one.id])
    return found


def _periods_in(db: Database, asked: str) -> list[str]:
    """The dates of figures that lie within the period asked for, or begin or end in its years."""
    if not exists(asked):
        return []
    begin, end = span(asked)
    years = (begin.month, begin.day) == (1, 1) and (end is None or (end.month, end.day) == (12, 31))

    def lies_within(period: str) -> bool:
        if not exists(period):  # a day of any year
            return False
        first, last = span(period)
        return begin <= first and (end is None or (last is not None and last <= end))

    return [
        period
        for (period,) in db.query("select ref from counts where kind = 'period'")
        if lies_within(period)
        or (years and any(map(lies_within, period.removesuffix("/..").split("/"))))
    ]


def initiatives(
    db: Database, ids: Collection[str] | None = None, zone: str | None = None
) -> list[Initiative]:
    """Every initiative with its recognitions, those of `ids`, or those of a zone and within it."""
    recognised: dict[str | None, list[Recognition]] = {}
    for one in models(db, Recognition):
        recognised.setdefault(one.initiative, []).append(one)
    return [
        one._replace(recognitions=tuple(recognised.get(one.id, ())))
        for one in models(db, Initiative, ids, zone=zone)
    ]


def claims(db: Database, figure: str | None = None) -> list[Finding]:
    """Every claim with its figures, or those that a figure takes part in."""
    from ..model.claims import Finding  # start-up: only where claims are asked for

    rows = list(db.query(CLAIMS, {"figure": figure}))
    wanted = {id for row in rows for id in (row[1], *(row[3] or "").split())}
    by_id = {one.id: one for one in figures(db, ids=wanted)}
    found = []
    for id, own, relation, named, number, items, *notes in rows:
        operands = tuple(by_id[operand] for operand in (named or "").split())
        value, names = number and Decimal(number), named_items(items or "")
        found.append(Finding(id, by_id[own], relation, operands, value, names, *notes))
    return found


def units(db: Database) -> Units:
    """The units that the data knows; of them figures compose others (万元)."""
    from ..quantities.units import Unit, Units  # start-up: only where quantities are read

    return Units(Unit.of_row(*row) for row in db.query(UNITS))


def excused(db: Database, article: str) -> list[tuple[Any, ...]]:
    """What is no figure in a document or article: id, article, line, printed, reason (en, zh)."""
    return list(db.query(EXCUSED, {"article": article}))


def figure_count(db: Database) -> int:
    """How many figures there are."""
    (count,) = db.one("select count(*) from figures") or (0,)
    return int(count)


def _made(model: type[Model], fields: dict[str, Any]) -> Model:
    """The model that a row holds; other names are taken apart, exact decimals read."""
    if "also" in fields:
        fields["also"] = named_items(fields["also"] or "")
    if "factor" in fields:
        fields["factor"] = Decimal(fields["factor"])
    if model is Figure:
        for name in ("value", "value_to", "low", "high"):
            text = fields[name]
            fields[name] = None if fields["date"] or text is None else Decimal(text)
        for name in ("value", "value_to"):
            if fields[name] is not None:
                fields[f"base_{name}"] = EXACT.multiply(fields[name], fields["factor"])
    return model(**fields)
