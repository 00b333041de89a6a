"""What is asked of the database, as named SQL, and the models that its rows become."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..model.figure import Figure
from ..model.measures import label_en, label_zh
from ..quantities.decimals import EXACT
from .opening import Database

if TYPE_CHECKING:
    from ..model.claims import Claim, Ratio
    from ..model.named import Initiative, Metric, Recognition, Source, Zone
    from ..quantities import Units

# A look-up needs figures only: the other models are imported where they are made.

FIGURES = """
select f.id, f.zone, z.name_zh, z.name_en, f.initiative, i.name_zh, i.name_en,
       f.metric, m.name_zh, m.name_en, f.measure, f.scope, f.scope_en, f.value, f.value_to,
       f.unit, u.base, f.low, f.high, f.low_open, f.high_open, f.bound, f.period, f.base_period,
       f.period_kind, f.status, coalesce(d.id, s.id), coalesce(d.kind, s.kind), f.article, f.line,
       coalesce(s.url, d.url), f.printed, f.note_en, f.note_zh, m.kind, m.broader,
       u.name_zh, u.name_en, u.kind, u.factor
from {figures}
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join units u on u.id = f.unit
join sources s on s.id = f.article
left join sources d on d.id = s.parent
"""
IN_ORDER = FIGURES.format(figures="figures f")
BY_ID = FIGURES.format(figures="json_each(:ids) wanted cross join figures f on f.id = wanted.value")
# What figures are filtered by; each has an index, and together they choose what to read.
FILTERS = {
    "zone": "f.zone in (select zone from zones_within where ancestor = :zone)",
    "exact_zone": "f.zone = :exact_zone",
    "initiative": "f.initiative = :initiative",
    "metric": "f.metric = :metric",
    "measure": "f.measure = :measure",
    "article": "f.article in (select id from sources where id = :article or parent = :article)",
    # Periods that begin or end in the one asked for: 2021 finds 2021-05-21 and 2019/2021.
    "period": "(f.period >= :period and f.period < :period || '~' or instr(f.period, '/') > 0 "
    "and substr(f.period, instr(f.period, '/') + 1) >= :period "
    "and substr(f.period, instr(f.period, '/') + 1) < :period || '~')",
    "status": "f.status = :status",
}
# Indexes have no rows of the ordinary words, which choose next to nothing.
ORDINARY = {"measure": "level", "status": "measured"}

ZONES = """
select z.id, z.name_zh, z.name_en, z.kind, z.parent, z.also, z.note_en, z.note_zh,
       (select count(*) from initiatives where zone = z.id),
       coalesce((select figures from counts where kind = 'zone' and ref = z.id), 0),
       (select coalesce(sum(figures), 0) from zones_within w
        join counts c on c.kind = 'zone' and c.ref = w.zone where w.ancestor = z.id),
       (select min(value) from figures f
        where f.zone = z.id and f.metric = 'launch' and f.unit = 'date'),
       (select cast(f.value as double) * cast(u.factor as double) / 1e6 from figures f
        join units u on u.id = f.unit and u.base = 'm2'
        join sources s on s.id = f.article left join sources d on d.id = s.parent
        where f.zone = z.id and f.metric = 'extent' and f.measure = 'level'
        order by f.period desc, {rank}, f.rowid limit 1)
from zones z
"""
INITIATIVES = """
select i.id, i.name_zh, i.name_en, i.zone, z.name_zh, z.name_en, i.kind, i.theme_zh, i.theme_en,
       i.start, i.summary_zh, i.summary_en, i.also, i.note_en, i.note_zh,
       coalesce((select figures from counts where kind = 'initiative' and ref = i.id), 0)
from initiatives i join zones z on z.id = i.zone
"""
METRICS = """
select m.id, m.name_zh, m.name_en, m.definition_zh, m.definition_en, m.base_unit, m.kind,
       m.direction, m.broader, m.also,
       coalesce((select figures from counts where kind = 'metric' and ref = m.id), 0)
from metrics m
"""
RECOGNITIONS = """
select r.id, r.zone, z.name_zh, z.name_en, r.initiative, i.name_zh, i.name_en, r.kind, r.scope,
       r.scope_en, r.by, r.by_en, r.article, r.line, r.printed, r.note_en, r.note_zh
from recognitions r join zones z on z.id = r.zone left join initiatives i on i.id = r.initiative
"""
SOURCES = """
select s.id, s.parent, s.kind, s.title_zh, s.title_en, s.publisher, s.published, s.authors,
       s.lang, s.url, s.lines, s.sha256,
       (select coalesce(sum(figures), 0) from counts where kind = 'article' and ref in (
           select s.id union all select id from sources where parent = s.id))
from sources s
"""
CLAIMS = """
select id, figure, relation, operands, value, items, note_en, note_zh from claims
"""
CLAIMS_OF_FIGURE = """
where figure = :figure or ' ' || operands || ' ' like '% ' || :figure || ' %'
"""
RATIOS = "select id, name_zh, name_en, numerator, denominator, unit from ratios order by rowid"
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


def figures(
    db: Database,
    *,
    zone: str | None = None,
    exact_zone: str | None = None,
    initiative: str | None = None,
    metric: str | None = None,
    measure: str | None = None,
    article: str | None = None,
    period: str | None = None,
    status: str | None = None,
    ids: Collection[str] | None = None,
    limit: int | None = None,
) -> Iterator[Figure]:
    """The figures that pass every filter, in the order of the data; those of `ids` in theirs.

    `zone` takes in what lies within it, `exact_zone` does not; `article` may be a whole document.
    `period` is EDTF: 2021 finds 2021-05-21 and 2019/2021. All but `ids` and `limit` are ids or
    words of the data; what names nothing finds nothing.
    """
    asked = {
        "zone": zone, "exact_zone": exact_zone, "initiative": initiative, "metric": metric,
        "measure": measure, "article": article, "period": period, "status": status,
    }  # fmt: skip
    params: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    where = [FILTERS[name] for name in params]
    where += [f"f.{name} <> '{word}'" for name, word in ORDINARY.items()
              if params.get(name, word) != word]  # fmt: skip
    sql, order = IN_ORDER, "f.rowid"
    if ids is not None:
        sql, order = BY_ID, "wanted.key"
        params["ids"] = json.dumps(list(ids))
    if where:
        # With the plus, SQLite can't save the sorting by reading every figure in order.
        sql, order = f"{sql}where {' and '.join(where)} ", f"+{order}"
    sql += f"order by {order}"
    if limit is not None:
        sql += " limit :limit"
        params["limit"] = limit
    return map(_figure, db.query(sql, params))


def zones(db: Database, ids: Collection[str] | None = None) -> list[Zone]:
    """Every zone, or those of `ids`, in the order of the data."""
    from ..model.named import Zone

    return [Zone(*_with_names(row, 5)) for row in _chosen(db, _zones_sql(), "z", ids)]


def zones_within(db: Database, id: str) -> list[Zone]:
    """The zones that lie within a zone, at any depth, without itself, each after its parent."""
    within = "select zone from zones_within where ancestor = :id and zone <> :id"
    from ..model.named import Zone

    rows = db.query(f"{_zones_sql()} where z.id in ({within}) order by z.rowid", {"id": id})
    return [Zone(*_with_names(row, 5)) for row in rows]


def initiatives(
    db: Database, ids: Collection[str] | None = None, zone: str | None = None
) -> list[Initiative]:
    """Every initiative, those of `ids`, or those of a zone and of what lies within it."""
    from ..model.named import Initiative

    honours: dict[str | None, list[Recognition]] = {}
    for one in recognitions(db):
        honours.setdefault(one.initiative, []).append(one)
    return [
        Initiative(*[*_with_names(row, 12), tuple(honours.get(row[0], ()))])
        for row in _chosen(db, INITIATIVES, "i", ids, {"zone": zone})
    ]


def metrics(db: Database, ids: Collection[str] | None = None) -> list[Metric]:
    """Every metric, or those of `ids`, in the order of the data."""
    from ..model.named import Metric

    return [Metric(*_with_names(row, 9)) for row in _chosen(db, METRICS, "m", ids)]


def recognitions(
    db: Database,
    ids: Collection[str] | None = None,
    zone: str | None = None,
    initiative: str | None = None,
) -> list[Recognition]:
    """Every recognition, those of `ids`, of an initiative, or of a zone and what lies within."""
    from ..model.named import Recognition

    asked = {"zone": zone, "initiative": initiative}
    return [Recognition(*row) for row in _chosen(db, RECOGNITIONS, "r", ids, asked)]


def sources(db: Database, id: str | None = None) -> list[Source]:
    """Every document and article, or one with its articles."""
    from ..model.named import Source

    where = "" if id is None else "where s.id = :id or s.parent = :id "
    rows = db.query(f"{SOURCES} {where} order by s.rowid", {"id": id} if id else ())
    return [Source(*row[:2], *("" if cell is None else cell for cell in row[2:])) for row in rows]


def claims(db: Database, figure: str | None = None) -> list[Claim]:
    """Every claim with its figures, or those that a figure takes part in."""
    from ..model.claims import Claim, named_items  # only where claims are asked for

    where = "" if figure is None else CLAIMS_OF_FIGURE
    found = list(db.query(f"{CLAIMS} {where} order by rowid", {"figure": figure} if figure else ()))
    wanted = {id for row in found for id in (row[1], *(row[3] or "").split())}
    by_id = {one.id: one for one in figures(db, ids=wanted)}
    return [
        Claim(
            row[0],
            by_id[row[1]],
            row[2],
            tuple(by_id[id] for id in (row[3] or "").split()),
            None if row[4] is None else Decimal(row[4]),
            named_items(row[5] or ""),
            row[6],
            row[7],
        )
        for row in found
    ]


def units(db: Database) -> Units:
    """The units that figures are counted in."""
    from ..quantities import Unit, Units  # only where quantities are read

    return Units(Unit.of_row(*row) for row in db.query(UNITS))


def ratios(db: Database) -> list[Ratio]:
    """Every ratio that a comparison may derive."""
    from ..model.claims import Ratio  # only where a comparison is asked for

    known = units(db)
    return [Ratio(*[*row, known[row[5]].factor, known[row[5]].base]) for row in db.query(RATIOS)]


def excused(db: Database, article: str) -> list[tuple[Any, ...]]:
    """What is no figure in a document or article: id, article, line, printed, reason (en, zh)."""
    return list(db.query(EXCUSED, {"article": article}))


def counts(db: Database) -> dict[str, int]:
    """How many rows the tables have that people ask for."""
    row = db.one("select " + ", ".join(f"(select count(*) from {name})" for name in COUNTED))
    return dict(zip(COUNTED, row or (), strict=True))


def _chosen(
    db: Database,
    sql: str,
    table: str,
    ids: Collection[str] | None,
    asked: dict[str, str | None] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The rows of `sql` with these ids, of this zone and what lies within, of this initiative."""
    params: dict[str, Any] = {name: id for name, id in (asked or {}).items() if id is not None}
    where = [FILTERS[name].replace("f.", f"{table}.") for name in params]
    if ids is not None:
        where.append(f"{table}.id in (select value from json_each(:ids))")
        params["ids"] = json.dumps(list(ids))
    sql += f"where {' and '.join(where)} " if where else ""
    return db.query(f"{sql} order by {table}.rowid", params)


def _zones_sql() -> str:
    from ..model.named import SOURCE_KINDS

    ranks = " ".join(f"when '{kind}' then {rank}" for rank, kind in enumerate(SOURCE_KINDS))
    return ZONES.format(rank=f"case coalesce(d.kind, s.kind) {ranks} end")


def _with_names(row: tuple[Any, ...], at: int) -> list[Any]:
    """A row with its cell of other names taken apart."""
    names = tuple(name.strip() for name in (row[at] or "").split(";") if name.strip())
    return [*row[:at], names, *row[at + 1 :]]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _figure(row: tuple[Any, ...]) -> Figure:
    """The figure that a row of FIGURES holds."""
    (
        id, zone, zone_zh, zone_en, initiative, initiative_zh, initiative_en,
        metric, metric_zh, metric_en, measure, scope, scope_en, value, value_to,
        unit, base, low, high, low_open, high_open, bound, period, base_period,
        period_kind, status, source, source_kind, article, line, url, printed, note_en, note_zh,
        metric_kind, broader, unit_zh, unit_en, unit_kind, factor_text,
    ) = row  # fmt: skip
    factor = Decimal(factor_text)
    date = number = number_to = None
    if base == "date":
        date = value if value_to is None else f"{value}/{value_to}"
    else:
        number, number_to = Decimal(value), _number(value_to)
    return Figure(
        id, zone, zone_zh, zone_en, initiative, initiative_zh, initiative_en,
        metric, label_zh(metric_zh, measure), label_en(metric_en, measure), measure,
        scope, scope_en, number, number_to, date, unit,
        None if number is None else EXACT.multiply(number, factor),
        None if number_to is None else EXACT.multiply(number_to, factor),
        base, _number(low), _number(high), bool(low_open), bool(high_open), bound,
        period, base_period, period_kind, status, source, source_kind, article, line, url,
        printed, note_en, note_zh, metric_kind, broader, unit_zh, unit_en, unit_kind, factor,
    )  # fmt: skip
