"""Building a database file: beside the old one, checked, and put in place by one rename."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database as TableMaker
from sqlite_utils.db import Table as NewTable

from ..language import shown
from ..model.dataset_schema import Table
from ..model.errors import DatabaseUnusable
from ..model.named import SOURCE_KINDS
from .figure_columns import FLAT, FLAT_COLUMNS, select
from .opening import APPLICATION_ID, SCHEMA_VERSION, Database, Params, cache_folder, open_any

# For each way in which figures are asked for. Period ends get their own, for 2019/2021 is found
# under 2021 too; the ordinary measure and status are left out, for they choose next to nothing.
INDEXES = """
create index figures_of_metric on figures (metric, period);
create index figures_of_zone on figures (zone, metric);
create index figures_of_initiative on figures (initiative, metric) where initiative is not null;
create index figures_of_article on figures (article, line);
create index figures_of_period on figures (period) where period is not null;
create index figures_of_period_end on figures (substr(period, instr(period, '/') + 1))
    where instr(period, '/') > 0;
create index figures_of_measure on figures (measure) where measure <> 'level';
create index figures_of_status on figures (status) where status <> 'measured';
create index zones_of_parent on zones (parent);
create index initiatives_of_zone on initiatives (zone);
create index sources_of_parent on sources (parent);
"""
# Worked out once, so that no question counts figures: how many each thing has, which zones lie
# within which, each within itself too, and what is known of each.
DERIVED = f"""
create table counts (
    kind text not null, ref text not null, figures integer not null, primary key (kind, ref)
) strict, without rowid;
insert into counts
    select 'zone', zone, count(*) from figures group by zone
    union all select 'metric', metric, count(*) from figures group by metric
    union all select 'article', article, count(*) from figures group by article
    union all select 'initiative', initiative, count(*) from figures
        where initiative is not null group by initiative;
create table zones_within (
    ancestor text not null, zone text not null, primary key (ancestor, zone)
) strict, without rowid;
insert into zones_within
    with recursive within (ancestor, zone) as (
        select id, id from zones
        union select within.ancestor, zones.id from within
            join zones on zones.parent = within.zone
    )
    select ancestor, zone from within;
create table zone_facts (
    zone text primary key, figures integer, within integer, since text, area_km2 real
) strict, without rowid;
insert into zone_facts
select z.id,
       coalesce((select figures from counts where kind = 'zone' and ref = z.id), 0),
       (select coalesce(sum(figures), 0) from zones_within w
        join counts c on c.kind = 'zone' and c.ref = w.zone where w.ancestor = z.id),
       -- The first year; of its dates the one printed most fully.
       (select value from figures f
        where f.zone = z.id and f.metric = 'launch' and f.unit = 'date'
        order by substr(value, 1, 4), length(value) desc, value limit 1),
       (select cast(f.value as double) * cast(u.factor as double) / 1e6 from figures f
        join units u on u.id = f.unit and u.base = 'm2'
        join sources s on s.id = f.article left join sources d on d.id = s.parent
        where f.zone = z.id and f.metric = 'extent' and f.measure = 'level'
        -- The newest; of several sources' the one that most others agree with, printed in km²,
        -- the most exact, by the best source.
        order by f.period desc,
            (select count(*) from figures o
             where o.zone = f.zone and o.metric = f.metric and o.measure = f.measure
                 and o.period is f.period and cast(o.low as real) <= cast(f.high as real)
                 and cast(o.high as real) >= cast(f.low as real)) desc,
            u.factor = '1000000' desc, cast(f.high as real) - cast(f.low as real),
            (select key from json_each('{json.dumps(SOURCE_KINDS)}')
             where value = coalesce(d.kind, s.kind)), f.rowid
        limit 1)
from zones z;
"""
FLAT_VIEW = f"create view {FLAT} as {select(FLAT_COLUMNS)};"
# The ends of a figure's meaning in base units, and whether each is itself left out.
ENDS: dict[str, type] = {"low": str, "high": str, "low_open": int, "high_open": int}


class WritableDatabase(Database):
    """A database that is being built."""

    def execute(self, sql: str, params: Params = ()) -> None:
        """Run one statement."""
        self.connection.execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[tuple[Any, ...] | list[Any]]) -> None:
        """Run one statement for each row."""
        self.connection.executemany(sql, rows)

    def create(self, tables: Iterable[Table]) -> None:
        """Make the strict tables of the schema, with their keys."""
        maker = TableMaker(self.connection)
        for table in tables:
            columns: dict[str, type] = {
                column.name: int if column.type == "integer" else str for column in table.columns
            }
            NewTable(maker, table.name).create(
                columns | (ENDS if table.name == "figures" else {}),
                pk="id",
                foreign_keys=[(name, target, "id") for name, target in table.references.items()],
                not_null={column.name for column in table.columns if column.required},
                strict=True,
            )
        NewTable(maker, "meta").create({"key": str, "value": str}, pk="key", strict=True)

    def insert(self, table: Table, rows: Iterable[list[Any]]) -> None:
        """Insert rows of cells in the table's order; figures have their ends behind them."""
        # sqlite-utils' own insert takes ten times as long per figure.
        count = len(table.columns) + (len(ENDS) if table.name == "figures" else 0)
        self.executemany(f"insert into {table.name} values ({','.join('?' * count)})", rows)

    def finish(self, meta: dict[str, str]) -> None:
        """Add what is derived once all rows are there, and check the whole file."""
        self.executemany("insert into meta values (?, ?)", meta.items())
        self.connection.executescript(INDEXES + DERIVED + FLAT_VIEW + "analyze;")
        (fault,) = self.one("pragma quick_check") or ("",)
        if fault != "ok":
            raise DatabaseUnusable("the database that was built is faulty: {fault}", fault=fault)


Fill = Callable[[WritableDatabase], int]


def build(path: Path, fill: Fill) -> int:
    """Build the database at `path` with `fill`, and return what that returns.

    The file is built beside `path`, synced, and put in place by one rename, under a lock that
    ends with its process; it keeps the mode of the file that it replaces. What `fill` raises
    leaves the old file as it was. Raises DatabaseUnusable where the file can't be written, and
    where it is none of ours to replace.
    """
    name = shown(str(path), 300)
    try:
        path = Path(os.path.realpath(path))
        folder = cache_folder()
        cached = folder is not None and path.parent == Path(os.path.realpath(folder))
        if path.exists() and not path.is_file():
            raise DatabaseUnusable("{path} is no regular file", path=name)
        # What lies in the cache is ours, whatever became of it; an empty file has nothing to lose.
        if path.exists() and not cached and path.stat().st_size:
            open_any(str(path))[0].close()
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            building = path.parent / f".{path.name}.building"
            building.unlink(missing_ok=True)  # of a process that was killed
            # Made here and not by SQLite, which would follow a link that lies in wait.
            building.touch(exist_ok=False)
            try:
                if path.exists():
                    building.chmod(path.stat().st_mode & 0o777)
                with closing(sqlite3.connect(building)) as connection:
                    filled = _filled(connection, fill)
                with building.open("rb") as file:
                    os.fsync(file.fileno())
                os.replace(building, path)
            finally:
                building.unlink(missing_ok=True)
    except (OSError, sqlite3.Error, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or error
        raise DatabaseUnusable("{path} can't be written: {why}", path=name, why=why) from error
    return filled


def build_in_memory(fill: Fill) -> Database:
    """The same in memory, for where nothing can be written."""
    connection = sqlite3.connect(":memory:")
    _filled(connection, fill)
    connection.execute("pragma query_only = on")
    return Database(connection)


def _filled(connection: sqlite3.Connection, fill: Fill) -> int:
    connection.executescript(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000; "
        f"pragma application_id = {APPLICATION_ID}; pragma user_version = {SCHEMA_VERSION};"
    )
    filled = fill(WritableDatabase(connection))
    connection.commit()
    return filled


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, which ends with its process and leaves no file behind."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
