"""What commands ask of the database, as named SQL, and the models that its rows become."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .models import Figure

if TYPE_CHECKING:
    from .claims import Claim, Ratio
    from .quantity import Units
    from .things import Initiative, Metric, Recognition, Source, Zone

# The contract's fields in one view, for `ftz sql` and other programs. Numbers are numbers here;
# the exact decimals are the text in `figures`. Double, not real: DuckDB reads the view in its own
# dialect, where a real has seven digits, and where text is not multiplied.
FIGURES_FLAT_VIEW = """
create view figures_flat as
select f.id,
       f.zone, z.name_zh as zone_zh, z.name_en as zone_en,
       f.initiative, i.name_zh as initiative_zh, i.name_en as initiative_en,
       f.metric, m.name_zh as metric_zh, m.name_en as metric_en,
       f.value, f.value_to, f.unit,
       -- To fifteen digits, which a float keeps: 2077.68 times 10^8 is not quite whole in binary.
       case when u.base = 'date' then null
           else cast(printf('%.15g', cast(f.value as double) * cast(u.factor as double)) as double)
           end as base_value,
       case when u.base = 'date' or f.value_to is null then null
           else cast(printf('%.15g', cast(f.value_to as double) * cast(u.factor as double))
               as double) end as base_value_to,
       u.base as base_unit,
       case when u.base = 'date' then null else cast(f.low as double) end as low,
       case when u.base = 'date' then null else cast(f.high as double) end as high,
       f.bound, f.period, f.period_kind, f.status,
       coalesce(s.parent, s.id) as source, f.article, f.line, f.printed, f.note
from figures f
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join units u on u.id = f.unit
join sources s on s.id = f.article;
"""

# A look-up needs figures only: the other models are imported where they are made.

_FIGURE = """
select f.id, f.zone, z.name_zh, z.name_en, f.initiative, i.name_zh, i.name_en,
       f.metric, m.name_zh, m.name_en, m.kind, m.broader,
       f.value, f.value_to, f.unit, u.name_zh, u.name_en, u.kind, u.factor, u.base,
       f.low, f.high, f.bound, f.period, f.period_kind, f.status,
       coalesce(s.parent, s.id), f.article, f.line, f.printed, f.note, u.minimum,
       f.note_zh
from figures f
join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative
join metrics m on m.id = f.metric
join units u on u.id = f.unit
join sources s on s.id = f.article
"""

# All figures, in the order of the source. The one question whose answer is the whole table.
ALL_FIGURES = _FIGURE + "order by f.rowid"
FIGURES_OF_ZONE = _FIGURE + "where f.zone = :id order by f.rowid"
FIGURES_OF_INITIATIVE = _FIGURE + "where f.initiative = :id order by f.rowid"
_AMONG = "and f.metric in (select value from json_each(:metrics)) order by f.rowid"
FIGURES_OF_ZONE_AMONG = _FIGURE + "where f.zone = :id " + _AMONG
FIGURES_OF_INITIATIVE_AMONG = _FIGURE + "where f.initiative = :id " + _AMONG
FIGURES_OF_ARTICLE = _FIGURE + "where f.article = :id order by f.rowid"
# What `ftz figures` filters by; each has an index, and together they choose what to read.
FILTERS = {
    "zone": "f.zone = :zone",
    "initiative": "f.initiative = :initiative",
    "metric": "f.metric = :metric",
    "article": "f.article = :article",
    # Periods that begin or end in the one asked for: 2021 finds 2021-05-21 and 2019/2021.
    "period": "(f.period >= :period and f.period < :period || '~' or instr(f.period, '/') > 0 "
    "and substr(f.period, instr(f.period, '/') + 1) >= :period "
    "and substr(f.period, instr(f.period, '/') + 1) < :period || '~')",
    # The ordinary status is in no index: it chooses next to nothing.
    "measured": "f.status = :measured",
    "status": "f.status = :status and f.status <> 'measured'",
}
FIGURE = _FIGURE + "where f.id = :id"

ZONES = """
select z.id, z.name_zh, z.name_en, z.kind, z.parent, z.note, z.note_zh,
       (select count(*) from initiatives where zone = z.id),
       coalesce((select figures from counts where kind = 'zone' and ref = z.id), 0)
from zones z
"""
ALL_ZONES = ZONES + "order by z.rowid"
ZONE = ZONES + "where z.id = :id"
ZONES_WITHIN = ZONES + "where z.parent = :id order by z.rowid"

INITIATIVES = """
select i.id, i.name_zh, i.name_en, i.zone, z.name_zh, z.name_en, i.kind, i.theme, i.start,
       i.summary_zh, i.summary_en, i.note, i.note_zh,
       coalesce((select figures from counts where kind = 'initiative' and ref = i.id), 0)
from initiatives i join zones z on z.id = i.zone
"""
ALL_INITIATIVES = INITIATIVES + "order by i.rowid"
INITIATIVE = INITIATIVES + "where i.id = :id"
INITIATIVES_OF_ZONE = INITIATIVES + "where i.zone = :id order by i.rowid"
ALIASES = "select alias from aliases where kind = :kind and ref = :id order by rowid"

METRICS = """
select m.id, m.name_zh, m.name_en, m.definition_zh, m.definition_en, m.base_unit, m.kind,
       m.direction, m.broader,
       coalesce((select figures from counts where kind = 'metric' and ref = m.id), 0)
from metrics m
"""
ALL_METRICS = METRICS + "order by m.rowid"

RECOGNITIONS = """
select kind, scope, by, article, line, scope_en, by_en, note, zone, initiative from recognitions
"""
RECOGNITIONS_OF_ZONE = RECOGNITIONS + "where zone = :id order by rowid"
RECOGNITIONS_OF_INITIATIVE = RECOGNITIONS + "where initiative = :id order by rowid"

SOURCES = """
select s.id, s.parent, s.kind, s.title_zh, s.title_en, s.publisher, s.published, s.authors,
       s.lines, s.sha256,
       coalesce((select sum(figures) from counts where kind = 'article' and ref in (
           select s.id union all select id from sources where parent = s.id)), 0)
from sources s
"""
ALL_SOURCES = SOURCES + "order by s.rowid"
SOURCE_OF_SHA256 = SOURCES + "where s.sha256 = :sha256"
ARTICLES_OF = SOURCES + "where s.parent = :id or s.id = :id order by s.rowid"

ALL_CLAIMS = """
select id, figure, relation, operands, value, items, note, note_zh from claims order by rowid
"""
ALL_RATIOS = """
select r.id, r.name_zh, r.name_en, r.numerator, r.denominator, r.unit
from ratios r order by r.rowid
"""
# Those of units.csv. Behind them stand the ones that figures compose of them (万元), for the keys;
# the grammar composes its own, and would read 5万-10万元 as two numbers if it knew 万元.
UNITS = """
select id, name_zh, name_en, base, factor, kind, minimum from units
where rowid <= (select cast(value as integer) from meta where key = 'units') order by rowid
"""
LOOKALIKES = "select word from lookalikes"
EXCUSED_OF_ARTICLE = """
select line, printed, reason, reason_zh from excused where article = :id order by rowid
"""
# What lists are chosen by: each thing of a kind with the zone it lies in.
PLACES = {
    "zone": "select id, parent from zones order by rowid",
    "initiative": "select id, zone from initiatives order by rowid",
    "metric": "select id, null from metrics order by rowid",
}
CHOSEN_ZONES = ZONES + "where z.id in (select value from json_each(:ids)) order by z.rowid"
CHOSEN_INITIATIVES = (
    INITIATIVES + "where i.id in (select value from json_each(:ids)) order by i.rowid"
)
CHOSEN_METRICS = METRICS + "where m.id in (select value from json_each(:ids)) order by m.rowid"
COUNTS = """
select (select value from meta where key = 'figures'), (select count(*) from zones),
       (select count(*) from initiatives), (select count(*) from metrics),
       (select count(*) from claims)
"""


def rows(connection: sqlite3.Connection, sql: str, **bindings: Any) -> Iterator[tuple[Any, ...]]:
    """The rows that `sql` gives for `bindings`."""
    return connection.execute(sql, bindings)


def _number(text: str | None, base: str) -> Decimal | str | None:
    return text if text is None or base == "date" else Decimal(text)


def figure(row: tuple[Any, ...]) -> Figure:
    """The figure that a row of a figures query holds."""
    base = row[19]
    cells = list(row)
    # value, value_to, low, high: exact decimals, but for dates.
    for at in (12, 13, 20, 21):
        cells[at] = _number(row[at], base)
    cells[18] = Decimal(row[18])
    cells[31] = None if row[31] is None else Decimal(row[31])
    return Figure(*cells)


def figures(connection: sqlite3.Connection, sql: str, **bindings: Any) -> list[Figure]:
    """The figures that `sql` finds."""
    return [figure(row) for row in rows(connection, sql, **bindings)]


def figures_filtered(connection: sqlite3.Connection, asked: dict[str, str]) -> list[Figure]:
    """The figures that pass every filter of `asked`, in the order of the source."""
    where = " and ".join(FILTERS[name] for name in asked)
    return figures(connection, f"{_FIGURE}where {where} order by f.rowid", **asked)


def zones(connection: sqlite3.Connection, sql: str = ALL_ZONES, **bindings: Any) -> list[Zone]:
    """The zones that `sql` finds."""
    from .things import Zone

    return [Zone(*row) for row in rows(connection, sql, **bindings)]


def initiatives(
    connection: sqlite3.Connection, sql: str = ALL_INITIATIVES, **bindings: Any
) -> list[Initiative]:
    """The initiatives that `sql` finds, with their aliases and recognitions."""
    from .things import Initiative

    return [
        replace(
            Initiative(*row),
            aliases=tuple(a for (a,) in rows(connection, ALIASES, kind="initiative", id=row[0])),
            recognitions=tuple(recognitions(connection, RECOGNITIONS_OF_INITIATIVE, id=row[0])),
        )
        for row in rows(connection, sql, **bindings)
    ]


def recognitions(connection: sqlite3.Connection, sql: str, **bindings: Any) -> list[Recognition]:
    """The recognitions that `sql` finds."""
    from .things import Recognition

    return [Recognition(*row) for row in rows(connection, sql, **bindings)]


def metrics(
    connection: sqlite3.Connection, sql: str = ALL_METRICS, **bindings: Any
) -> list[Metric]:
    """The metrics that `sql` finds."""
    from .things import Metric

    return [Metric(*row) for row in rows(connection, sql, **bindings)]


# What asks for the things of a kind, and the SQL for those of some ids.
LISTED: dict[str, tuple[Callable[..., list[Any]], str]] = {
    "zone": (zones, CHOSEN_ZONES),
    "initiative": (initiatives, CHOSEN_INITIATIVES),
    "metric": (metrics, CHOSEN_METRICS),
}


def sources(
    connection: sqlite3.Connection, sql: str = ALL_SOURCES, **bindings: Any
) -> list[Source]:
    """The sources that `sql` finds."""
    from .things import Source

    return [Source(*row) for row in rows(connection, sql, **bindings)]


def claims(connection: sqlite3.Connection) -> list[Claim]:
    """Every claim with its figures."""
    from .claims import Claim, named_items

    found = list(rows(connection, ALL_CLAIMS))
    wanted = {id for row in found for id in (row[1], *(row[3] or "").split())}
    by_id = {id: one for id in wanted for one in figures(connection, FIGURE, id=id)}
    return [
        Claim(
            row[0],
            by_id[row[1]],
            row[2],
            tuple(by_id[id] for id in (row[3] or "").split()),
            None if row[4] is None else Decimal(row[4]),
            named_items(row[5] or ""),
            row[6] or "",
            row[7] or "",
        )
        for row in found
    ]


def units(connection: sqlite3.Connection) -> Units:
    """The units that figures are counted in."""
    from .quantity import Unit, Units

    return Units(Unit.of_row(*row) for row in rows(connection, UNITS))


def ratios(connection: sqlite3.Connection) -> list[Ratio]:
    """Every ratio that a comparison may derive."""
    from .claims import Ratio

    known = units(connection)
    return [
        Ratio(*(*row, known[row[5]].factor, known[row[5]].base))
        for row in rows(connection, ALL_RATIOS)
    ]
