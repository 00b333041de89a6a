"""What is asked of the database, as named SQL, and the models that its rows become."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..model.figure import Figure
from ..quantities.decimals import EXACT
from ..quantities.edtf import exists, span
from .opening import Database

if TYPE_CHECKING:
    from ..model.claims import Claim, Ratio
    from ..model.named import Initiative, Metric, Recognition, Source, Zone
    from ..quantities.units import Units

# What figures are filtered by; each has an index, and together they choose what to read.
FILTERS = {
    "zone": "t.zone in (select zone from zones_within where ancestor = :zone)",
    "exact_zone": "t.zone = :exact_zone",
    "initiative": "t.initiative = :initiative",
    "metric": "t.metric = :metric",
    "measure": "t.measure = :measure",
    "article": "t.article in (select id from sources where id = :article or parent = :article)",
    "period": "t.period in (select value from json_each(:period))",
    "status": "t.status = :status",
}
# What the others are chosen by.
CONDITIONS = FILTERS | {
    "ids": "t.id in (select value from json_each(:ids))",
    "source": "(t.id = :source or t.parent = :source)",
}
# Indexes have no rows of the ordinary words, which choose next to nothing.
ORDINARY = {"measure": "level", "status": "measured"}

CLAIMS = """
select id, figure, relation, operands, value, items, note_en, note_zh from claims
where :figure is null or figure = :figure
    or ' ' || operands || ' ' like '% ' || :figure || ' %' order by rowid
"""
# Those of units.csv. Behind them stand the ones that figures compose of them (万元), for the keys;
# the grammar composes its own, and would read 5万-10万元 as two numbers if it knew 万元.
UNITS = """
select id, name_zh, name_en, base, factor, kind, minimum, also from units
where rowid <= (select cast(value as integer) from meta where key = 'units') order by rowid
"""
EXCUSED = """
select id, article, line, printed, reason_en, reason_zh from excused
where article in (select id from sources where id = :article or parent = :article) order by rowid
"""
COUNTED = ("figures", "zones", "initiatives", "metrics", "sources", "recognitions", "claims")
COUNTS = "select " + ", ".join(f"(select count(*) from {name})" for name in COUNTED)


def figures(
    db: Database,
    ids: Collection[str] | None = None,
    limit: int | None = None,
    **filters: str | None,
) -> Iterator[Figure]:
    """The figures that pass every filter, in the order of the data; those of `ids` in theirs.

    The filters are those of FILTERS, by ids and words of the data; None is no filter, and what
    names nothing finds nothing. `zone` takes in what lies within it, `exact_zone` does not;
    `article` may be a whole document; `period` is EDTF, and finds what lies within it; a year
    also what begins or ends in it: 2021 finds 2021-05-21 and 2019/2021.
    """
    found = _models(db, Figure, ids, limit, **filters)
    if ids is None:
        return found
    places = {id: place for place, id in enumerate(ids)}
    return iter(sorted(found, key=lambda one: places[one.id]))


def _periods_in(db: Database, asked: str) -> list[str]:
    """The periods of figures that lie within the one asked for, or begin or end in its year."""
    if not exists(asked):
        return []
    begin, end = span(asked)

    def lies_within(period: str) -> bool:
        first, last = span(period)
        return begin <= first and (end is None or (last is not None and last <= end))

    return [
        period
        for (period,) in db.query("select ref from counts where kind = 'period'")
        if lies_within(period)
        or (asked.isdecimal() and any(map(lies_within, period.removesuffix("/..").split("/"))))
    ]


def zones(db: Database, ids: Collection[str] | None = None) -> list[Zone]:
    """Every zone, or those of `ids`, in the order of the data."""
    from ..model.named import Zone  # start-up: a look-up needs figures only

    return [*_models(db, Zone, ids)]


def zones_within(db: Database, id: str) -> list[Zone]:
    """The zones that lie within a zone, at any depth, without itself."""
    within = "select zone from zones_within where ancestor = :id and zone <> :id"
    return zones(db, [zone for (zone,) in db.query(within, {"id": id})])


def initiatives(
    db: Database, ids: Collection[str] | None = None, zone: str | None = None
) -> list[Initiative]:
    """Every initiative, those of `ids`, or those of a zone and of what lies within it."""
    from ..model.named import Initiative  # start-up: a look-up needs figures only

    recognised: dict[str | None, list[Recognition]] = {}
    for one in recognitions(db):
        recognised.setdefault(one.initiative, []).append(one)
    return [
        one._replace(recognitions=tuple(recognised.get(one.id, ())))
        for one in _models(db, Initiative, ids, zone=zone)
    ]


def metrics(db: Database, ids: Collection[str] | None = None) -> list[Metric]:
    """Every metric, or those of `ids`, in the order of the data."""
    from ..model.named import Metric  # start-up: a look-up needs figures only

    return [*_models(db, Metric, ids)]


def recognitions(
    db: Database, ids: Collection[str] | None = None, zone: str | None = None
) -> list[Recognition]:
    """Every recognition, those of `ids`, or those of a zone and of what lies within it."""
    from ..model.named import Recognition  # start-up: a look-up needs figures only

    return [*_models(db, Recognition, ids, zone=zone)]


def sources(db: Database, id: str | None = None) -> list[Source]:
    """Every document and article, or one with its articles."""
    from ..model.named import Source  # start-up: a look-up needs figures only

    return [*_models(db, Source, source=id)]


def claims(db: Database, figure: str | None = None) -> list[Claim]:
    """Every claim with its figures, or those that a figure takes part in."""
    from ..model.claims import Claim  # start-up: only where claims are asked for
    from ..model.named import named_items

    rows = list(db.query(CLAIMS, {"figure": figure}))
    wanted = {id for row in rows for id in (row[1], *(row[3] or "").split())}
    by_id = {one.id: one for one in figures(db, ids=wanted)}
    found = []
    for id, own, relation, named, number, items, note_en, note_zh in rows:
        operands = tuple(by_id[operand] for operand in (named or "").split())
        value, names = _decimal(number), named_items(items or "")
        found.append(Claim(id, by_id[own], relation, operands, value, names, note_en, note_zh))
    return found


def units(db: Database) -> Units:
    """The units that figures are counted in."""
    from ..quantities.units import Unit, Units  # start-up: only where quantities are read

    return Units(Unit.of_row(*row) for row in db.query(UNITS))


def ratios(db: Database) -> list[Ratio]:
    """Every ratio that a comparison may derive."""
    from ..model.claims import Ratio  # start-up: only where a comparison is asked for

    return [*_models(db, Ratio)]


def excused(db: Database, article: str) -> list[tuple[Any, ...]]:
    """What is no figure in a document or article: id, article, line, printed, reason (en, zh)."""
    return list(db.query(EXCUSED, {"article": article}))


def counts(db: Database) -> dict[str, int]:
    """How many rows the tables have that people ask for."""
    return dict(zip(COUNTED, db.one(COUNTS) or (), strict=True))


def _models(
    db: Database,
    model: type[Any],
    ids: Collection[str] | None = None,
    limit: int | None = None,
    **filters: str | None,
) -> Iterator[Any]:
    """The models of those that pass every filter, in the order of the data."""
    params: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    if "period" in params:
        params["period"] = json.dumps(_periods_in(db, params["period"]))
    if ids is not None:
        params["ids"] = json.dumps([*ids])
    where = [CONDITIONS[name] for name in params]
    where += [f"t.{name} <> '{word}'" for name, word in ORDINARY.items()
              if params.get(name, word) != word]  # fmt: skip
    names = [name for name in model._fields if name != "recognitions"]
    sql = f"select t.{', t.'.join(names)} from {model.__name__.lower()}_models t"
    # With the plus, SQLite can't save the sorting by reading every row in order.
    sql += f" where {' and '.join(where)} order by +t.place" if where else " order by t.place"
    for row in db.query(f"{sql} limit :limit", params | {"limit": -1 if limit is None else limit}):
        yield _made(model, dict(zip(names, row, strict=True)))


def _made(model: type[Any], fields: dict[str, Any]) -> Any:
    """The model that a row holds; other names are taken apart, exact decimals read."""
    if "also" in fields:
        from ..model.named import named_items  # start-up: a look-up needs figures only

        fields["also"] = named_items(fields["also"] or "")
    if "factor" in fields:
        fields["factor"] = Decimal(fields["factor"])
    if model is Figure:
        for name in ("value", "value_to", "low", "high"):
            fields[name] = None if fields["date"] else _decimal(fields[name])
        for name in ("value", "value_to"):
            if fields[name] is not None:
                fields[f"base_{name}"] = EXACT.multiply(fields[name], fields["factor"])
        for name in ("low_open", "high_open"):
            fields[name] = bool(fields[name])
    return model(**fields)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
