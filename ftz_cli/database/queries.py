"""What is asked of the database, as named SQL, and the models that its rows become."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..model.figure import Figure
from ..quantities.decimals import EXACT
from ..quantities.edtf import exists, span
from .figure_columns import FIGURE_COLUMNS, select
from .opening import Database

if TYPE_CHECKING:
    from ..model.claims import Claim, Ratio
    from ..model.named import Initiative, Metric, Recognition, Source, Zone
    from ..quantities.units import Units

IN_ORDER = select(FIGURE_COLUMNS)
BY_ID = IN_ORDER.replace("figures f", "json_each(:ids) j cross join figures f on f.id = j.value", 1)
# What figures are filtered by; each has an index, and together they choose what to read.
FILTERS = {
    "zone": "f.zone in (select zone from zones_within where ancestor = :zone)",
    "exact_zone": "f.zone = :exact_zone",
    "initiative": "f.initiative = :initiative",
    "metric": "f.metric = :metric",
    "measure": "f.measure = :measure",
    "article": "f.article in (select id from sources where id = :article or parent = :article)",
    "period": "f.period in (select value from json_each(:period))",
    "status": "f.status = :status",
}
# Indexes have no rows of the ordinary words, which choose next to nothing.
ORDINARY = {"measure": "level", "status": "measured"}

ZONES = """
select t.id, t.name_zh, t.name_en, t.kind, t.parent, t.also, t.note_en, t.note_zh,
       (select count(*) from initiatives where zone = t.id),
       f.figures, f.within, f.since,
       cast(e.value as double) * cast(u.factor as double) / 1e6, coalesce(e.bound, '')
from zones t join zone_facts f on f.zone = t.id
left join figures e on e.id = f.extent left join units u on u.id = e.unit
"""
INITIATIVES = """
select t.id, t.name_zh, t.name_en, t.zone, z.name_zh, z.name_en, t.kind, t.theme_zh, t.theme_en,
       t.start, t.summary_zh, t.summary_en, t.also, t.note_en, t.note_zh,
       coalesce((select figures from counts where kind = 'initiative' and ref = t.id), 0)
from initiatives t join zones z on z.id = t.zone
"""
METRICS = """
select t.id, t.name_zh, t.name_en, t.definition_zh, t.definition_en, t.base_unit, t.kind,
       t.direction, t.broader, t.also,
       coalesce((select figures from counts where kind = 'metric' and ref = t.id), 0)
from metrics t
"""
RECOGNITIONS = """
select t.id, t.zone, z.name_zh, z.name_en, t.initiative, i.name_zh, i.name_en, t.kind, t.scope,
       t.scope_en, t.by, t.by_en, t.article, t.line, t.printed, t.note_en, t.note_zh
from recognitions t join zones z on z.id = t.zone left join initiatives i on i.id = t.initiative
"""
SOURCES = """
select s.id, s.parent, s.kind, s.title_zh, s.title_en, s.publisher, s.published, s.authors,
       s.lang, s.url, s.lines, s.sha256,
       (select coalesce(sum(figures), 0) from counts where kind = 'article' and ref in (
           select s.id union all select id from sources where parent = s.id))
from sources s where :id is null or s.id = :id or s.parent = :id order by s.rowid
"""
CLAIMS = """
select id, figure, relation, operands, value, items, note_en, note_zh from claims
where :figure is null or figure = :figure
    or ' ' || operands || ' ' like '% ' || :figure || ' %' order by rowid
"""
RATIOS = """
select r.id, r.name_zh, r.name_en, r.numerator, r.denominator, r.unit, u.factor, u.base
from ratios r join units u on u.id = r.unit order by r.rowid
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
    params: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    where = [FILTERS[name] for name in params]
    where += [f"f.{name} <> '{word}'" for name, word in ORDINARY.items()
              if params.get(name, word) != word]  # fmt: skip
    if "period" in params:
        params["period"] = json.dumps(_periods_in(db, params["period"]))
    sql, order = (IN_ORDER, "f.rowid") if ids is None else (BY_ID, "j.key")
    if where:
        # With the plus, SQLite can't save the sorting by reading every figure in order.
        sql, order = f"{sql}where {' and '.join(where)} ", f"+{order}"
    params |= {"ids": json.dumps(list(ids or ())), "limit": -1 if limit is None else limit}
    return map(_figure, db.query(f"{sql}order by {order} limit :limit", params))


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

    return [Zone(*_with_names(row, 5)) for row in _rows(db, ZONES, ids)]


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
        Initiative(*[*_with_names(row, 12), tuple(recognised.get(row[0], ()))])
        for row in _rows(db, INITIATIVES, ids, zone)
    ]


def metrics(db: Database, ids: Collection[str] | None = None) -> list[Metric]:
    """Every metric, or those of `ids`, in the order of the data."""
    from ..model.named import Metric  # start-up: a look-up needs figures only

    return [Metric(*_with_names(row, 9)) for row in _rows(db, METRICS, ids)]


def recognitions(
    db: Database, ids: Collection[str] | None = None, zone: str | None = None
) -> list[Recognition]:
    """Every recognition, those of `ids`, or those of a zone and of what lies within it."""
    from ..model.named import Recognition  # start-up: a look-up needs figures only

    return [Recognition(*row) for row in _rows(db, RECOGNITIONS, ids, zone)]


def sources(db: Database, id: str | None = None) -> list[Source]:
    """Every document and article, or one with its articles."""
    from ..model.named import Source  # start-up: a look-up needs figures only

    rows = db.query(SOURCES, {"id": id})
    return [Source(*row[:2], *("" if cell is None else cell for cell in row[2:])) for row in rows]


def claims(db: Database, figure: str | None = None) -> list[Claim]:
    """Every claim with its figures, or those that a figure takes part in."""
    from ..model.claims import Claim, named_items  # start-up: only where claims are asked for

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

    return [Ratio(*[*row[:6], Decimal(row[6]), row[7]]) for row in db.query(RATIOS)]


def excused(db: Database, article: str) -> list[tuple[Any, ...]]:
    """What is no figure in a document or article: id, article, line, printed, reason (en, zh)."""
    return list(db.query(EXCUSED, {"article": article}))


def counts(db: Database) -> dict[str, int]:
    """How many rows the tables have that people ask for."""
    return dict(zip(COUNTED, db.one(COUNTS) or (), strict=True))


def _rows(
    db: Database,
    sql: str,
    ids: Collection[str] | None = None,
    zone: str | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query on a table `t`: those of these ids, of this zone and what is in it."""
    where, params = [], {}
    if ids is not None:
        where.append("t.id in (select value from json_each(:ids))")
        params["ids"] = json.dumps(list(ids))
    if zone is not None:
        where.append(FILTERS["zone"].replace("f.", "t."))
        params["zone"] = zone
    sql += f"where {' and '.join(where)} " if where else ""
    return db.query(f"{sql} order by t.rowid", params)


def _with_names(row: tuple[Any, ...], at: int) -> list[Any]:
    """A row with its cell of other names taken apart."""
    names = tuple(name.strip() for name in (row[at] or "").split(";") if name.strip())
    return [*row[:at], names, *row[at + 1 :]]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _figure(row: tuple[Any, ...]) -> Figure:
    """The figure that a row of FIGURE_COLUMNS holds."""
    fields = dict(zip(FIGURE_COLUMNS, row, strict=True))
    dated, factor = fields["date"] is not None, Decimal(fields["factor"])
    for name in ("value", "value_to", "low", "high"):
        fields[name] = None if dated else _decimal(fields[name])
    for name in ("value", "value_to"):
        if fields[name] is not None:
            fields[f"base_{name}"] = EXACT.multiply(fields[name], factor)
    ends = {name: bool(fields[name]) for name in ("low_open", "high_open")}
    return Figure(**fields | ends | {"factor": factor})
