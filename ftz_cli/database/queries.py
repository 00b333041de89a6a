"""Named SQL queries, and the models made of their rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from ..language import named_items
from ..model.figure import Figure
from ..model.named import Initiative, Recognition
from ..quantities.decimals import EXACT
from ..quantities.edtf import exists, span
from .opening import Database

if TYPE_CHECKING:
    from ..model.claims import Finding
    from ..quantities.units import Units

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
    db: Database, model: type[Model], ids: Collection[str] | None = None, **filters: str | None
) -> list[Model]:
    """The models of a kind that pass every filter of FILTERS, in the order of the data.

    None is no filter. `article` may be a document. `period` is EDTF and finds the periods and dates
    within it; whole years also find periods that begin or end in them: 2021 finds 2019/2021.
    """
    params = {name: value for name, value in filters.items() if value is not None}
    if "period" in params:
        params["period"] = json.dumps(_periods_in(db, params["period"]))
    if ids is not None:
        params["ids"] = json.dumps([*ids])
    where = [FILTERS[name] for name in params]
    # `initiatives` adds the recognitions.
    names = [name for name in model.__annotations__ if name != "recognitions"]
    sql = f"select t.{', t.'.join(names)} from {model.__name__.lower()}_models t"
    # The plus makes SQLite use an index of the filter instead of reading all rows in order.
    sql += f" where {' and '.join(where)} order by +t.place" if where else " order by t.place"
    found = []
    for row in db.query(sql, params):
        fields: dict[str, Any] = dict(zip(names, row, strict=True))
        if "also" in fields:
            fields["also"] = named_items(fields["also"] or "")
        for name in ("factor", "value", "value_to", "low", "high"):
            if fields.get(name) is not None:
                fields[name] = Decimal(fields[name])
                if name.startswith("value"):
                    fields[f"base_{name}"] = EXACT.multiply(fields[name], fields["factor"])
        found.append(model(**fields))
    return found


def figures(
    db: Database, ids: Collection[str] | None = None, **filters: str | None
) -> list[Figure]:
    """The figures that pass every filter of `models`; with `ids`, in the order of the ids."""
    places = {id: place for place, id in enumerate(ids or ())}
    return sorted(models(db, Figure, ids, **filters), key=lambda one: places.get(one.id, 0))


def _periods_in(db: Database, asked: str) -> list[str]:
    if not exists(asked):
        return []
    begin, end = span(asked)
    years = (begin.month, begin.day) == (1, 1) and (end is None or (end.month, end.day) == (12, 31))

    def lies_within(period: str) -> bool:
        if not exists(period):  # e.g. XXXX-05-21, a day of any year
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
    """The initiatives with their recognitions; `ids` and `zone` filter as in `models`."""
    recognitions: dict[str | None, list[Recognition]] = {}
    for one in models(db, Recognition):
        recognitions.setdefault(one.initiative, []).append(one)
    return [
        one._replace(recognitions=tuple(recognitions.get(one.id, ())))
        for one in models(db, Initiative, ids, zone=zone)
    ]


def claims(db: Database, figure: str | None = None) -> list[Finding]:
    """The claims with their figures, all or those on `figure`, also as an operand."""
    from ..model.claims import Finding  # start-up: only for an audit

    rows = db.query(CLAIMS, {"figure": figure})
    wanted = {id for row in rows for id in (row[1], *(row[3] or "").split())}
    by_id = {one.id: one for one in figures(db, ids=wanted)}
    found = []
    for id, figure_id, relation, operand_ids, number, items, *notes in rows:
        operands = tuple(by_id[operand] for operand in (operand_ids or "").split())
        value, names = number and Decimal(number), named_items(items or "")
        found.append(Finding(id, by_id[figure_id], relation, operands, value, names, *notes))
    return found


def units(db: Database) -> Units:
    """The units of the data, from which others are composed, e.g. 万元."""
    from ..quantities.units import Unit, Units  # start-up: only to read quantities

    return Units(Unit.of_row(*row) for row in db.query(UNITS))


def units_of_metrics(db: Database) -> dict[str, list[str]]:
    """The units of the levels of each metric."""
    units = defaultdict[str, list[str]](list)
    sql = "select distinct metric, unit from lookup_series where measure = 'level'"
    for metric, unit in db.query(sql):
        units[metric].append(unit)
    return units


def excused(db: Database, article: str) -> list[tuple[Any, ...]]:
    """The excused numbers of an article: id, article, line, printed, reason (en, zh)."""
    return db.query(EXCUSED, {"article": article})


def figure_count(db: Database) -> int:
    """The number of figures."""
    (count,) = db.one("select count(*) from figures") or (0,)
    return int(count)
