"""Loading checked datasets into SQLite: all or nothing, in one atomic step."""

from __future__ import annotations

import contextlib
import glob
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import Table

from .bundled import BUNDLED
from .catalogue import Message
from .dataset import Dataset, Progress, folders_named
from .errors import DatabaseUnusable, ExitCode, FtzError
from .exact import plain
from .faults import Problem
from .index import build_index
from .queries import FIGURES_FLAT_VIEW
from .reasons import of_os, of_sqlite
from .schema import Table as TableSchema
from .store import (
    APPLICATION_ID,
    READ_META,
    SCHEMA_VERSION,
    NotCurrent,
    cache_path,
    connect,
    is_ours,
    open_cached,
    signature,
)
from .text import shown

# For each way in which figures are asked for. Period ends get their own, for 2019/2021 is found
# under 2021 too; the ordinary status is left out, for it chooses next to nothing.
INDEXES = """
create index figures_of_metric on figures (metric, period);
create index figures_of_zone on figures (zone, metric);
create index figures_of_initiative on figures (initiative, metric) where initiative is not null;
create index figures_of_place on figures (article, line);
create index figures_of_period on figures (period) where period is not null;
create index figures_of_period_end on figures (substr(period, instr(period, '/') + 1))
    where instr(period, '/') > 0;
create index figures_of_status on figures (status) where status <> 'measured';
create index figures_of_printed on figures (printed);
create table counts (
    kind text not null, ref text not null, figures integer not null, primary key (kind, ref)
) strict, without rowid;
insert into counts
    select 'zone', zone, count(*) from figures group by zone
    union all select 'metric', metric, count(*) from figures group by metric
    union all select 'article', article, count(*) from figures group by article
    union all select 'initiative', initiative, count(*) from figures
        where initiative is not null group by initiative;
create index zones_of_parent on zones (parent);
create index initiatives_of_zone on initiatives (zone);
create index metrics_of_broader on metrics (broader);
create index claims_of_figure on claims (figure);
create index recognitions_of_zone on recognitions (zone);
create index recognitions_of_initiative on recognitions (initiative);
create index excused_of_place on excused (article, line);
create index sources_of_sha256 on sources (sha256);
"""


class Refused(FtzError):
    """A dataset with problems, of which nothing was loaded."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, problems: list[Problem], count: int) -> None:
        super().__init__("load.refused", count=count)
        self.problems = problems
        self.count = count


def load(path: Path, names: list[str], progress: Progress | None = None) -> int:
    """Load the folders that `names` name into the database at `path`; returns the figure count.

    The file is built beside `path`, checked, synced, and put in place by one rename, under a
    lock that ends with its process. Raises Refused where the data has problems, and
    DatabaseUnusable where the file can't be written; either way the old file stays.
    """
    count = _load(path, names, progress)
    assert count is not None, "nobody said that it was not needed"
    return count


def _load(
    path: Path,
    names: list[str],
    progress: Progress | None = None,
    needed: Callable[[], bool] = lambda: True,
) -> int | None:
    """Load, once the lock is held and `needed` still says so; None where it does not."""
    name = shown(str(path), 300)
    try:
        path = Path(os.path.realpath(path))
        _refuse_foreign(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path.parent) as alone:
            if not needed():
                return None
            if alone:
                for left_behind in path.parent.glob(f".{glob.escape(path.name)}.*.building"):
                    left_behind.unlink()
            building = path.parent / f".{path.name}.{os.getpid()}.building"
            # Made here and not by SQLite, which would follow a link that lies in wait.
            os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
            try:
                with contextlib.closing(sqlite3.connect(building)) as connection:
                    count = fill(connection, names, progress)
                _sync(building)
                os.replace(building, path)
                _sync(path.parent)
            finally:
                building.unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseUnusable("file.unwritable", path=name, why=of_os(error)) from error
    except sqlite3.Error as error:
        raise DatabaseUnusable("file.unwritable", path=name, why=of_sqlite(error)) from error
    except ValueError as error:  # a NUL character
        raise DatabaseUnusable("file.unwritable", path=name, why=of_os(error)) from error
    return count


def _refuse_foreign(path: Path) -> None:
    """Raise DatabaseUnusable where `path` holds what is not ours to replace."""
    if not path.exists():
        return
    # What lies in the cache is ours, whatever became of it; an empty file holds nothing to lose.
    replaceable = path.is_file() and (
        is_ours(path) or path == _cached_path() or not path.stat().st_size
    )
    if not replaceable:
        raise DatabaseUnusable("load.foreign", path=shown(str(path), 300))


def _cached_path() -> Path | None:
    path = cache_path()
    return Path(os.path.realpath(path)) if path else None


def fill(connection: sqlite3.Connection, names: list[str], progress: Progress | None = None) -> int:
    """Fill an empty database from the named folders; raises Refused on any problem."""
    # Taken before reading, so that a change while we read makes the database stale.
    folders = {name: signature(name) for name in map(_absolute, names or [BUNDLED])}
    dataset = Dataset(folders_named(names))
    connection.executescript(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000; "
        f"pragma application_id = {APPLICATION_ID}; pragma user_version = {SCHEMA_VERSION};"
    )
    database = Database(connection)
    for table in dataset.tables.values():
        _create(database, table)
    with connection:
        connection.execute("begin")
        for name, table in dataset.tables.items():
            if name not in ("figures", "units"):
                _insert(connection, table, (_stored(row.cells) for row in dataset.rows[name]))
        names_in_use: set[str] = set()
        _insert(connection, dataset.tables["figures"], _figures(dataset, names_in_use, progress), 2)
        if dataset.problem_count:
            raise Refused(dataset.problems, dataset.problem_count)
        _insert(connection, dataset.tables["units"], _units(dataset, names_in_use))
        count: int = connection.execute("select count(*) from figures").fetchone()[0]
        connection.executescript(INDEXES + FIGURES_FLAT_VIEW)
        build_index(connection)
        Table(database, "meta").create({"key": str, "value": str}, pk="key", strict=True)
        connection.execute(
            "insert into meta values ('folders', :folders), ('figures', :count), ('units', :units)",
            {
                "folders": json.dumps(folders),
                "count": str(count),
                "units": str(len(dataset.rows["units"])),
            },
        )
    connection.execute("analyze")
    fault = connection.execute("pragma quick_check").fetchone()[0]
    if fault != "ok":
        raise DatabaseUnusable("load.faulty", said=fault)
    return count


def _absolute(name: str) -> str:
    return name if name == BUNDLED else os.path.abspath(name)


def _create(database: Database, table: TableSchema) -> None:
    columns: dict[str, type] = {
        column.name: int if column.type == "integer" else str for column in table.columns
    }
    required = {column.name for column in table.columns if column.required}
    extra: dict[str, type] = {"low": str, "high": str} if table.name == "figures" else {}
    Table(database, table.name).create(
        columns | extra,
        pk=table.primary_key[0] if len(table.primary_key) == 1 else table.primary_key,
        foreign_keys=[(column, target, "id") for column, target in table.references.items()],
        not_null=required,
        strict=True,
    )


def _stored(cells: list[str]) -> list[str | None]:
    return [cell or None for cell in cells]


def _figures(
    dataset: Dataset, units: set[str], progress: Progress | None
) -> Iterator[list[str | None]]:
    unit = dataset.tables["figures"].at["unit"]
    for cells, low, high in dataset.figures(progress):
        units.add(cells[unit])
        yield _stored([*cells, low, high])


def _units(dataset: Dataset, in_use: set[str]) -> Iterator[list[str | None]]:
    """The rows of units, and the scaled ones (万单) that figures use, so that keys hold."""
    for row in dataset.rows["units"]:
        yield _stored(row.cells)
    known = dataset.keys["units"]
    for name in sorted(in_use - known):
        unit = dataset.units[name]
        least = plain(unit.minimum) or None
        factor = plain(unit.factor)
        yield [name, unit.name_zh, unit.name_en, unit.base, factor, unit.kind, least]


def _insert(
    connection: sqlite3.Connection,
    table: TableSchema,
    rows: Iterator[list[str | None]],
    extra: int = 0,
) -> None:
    # sqlite-utils' own insert takes ten times as long per figure.
    marks = ",".join("?" * (len(table.columns) + extra))
    connection.executemany(f"insert into {table.name} values ({marks})", rows)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; it ends with its process, and leaves no file behind.

    Yields False where there is no such lock, on Windows or NFS: loaders then work side by side,
    each on a file of its own, and the last rename stays.
    """
    try:
        import fcntl
    except ImportError:
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            locked = True
        except OSError:
            locked = False
        yield locked
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_current(
    tell: Callable[[Message], None], why: Message, damaged: bool = False
) -> sqlite3.Connection:
    """Build the cached database anew and open it; in memory where nothing can be written.

    `why` says what was wrong with it; `tell` gets the one line that says what is done. A
    `damaged` file is built anew even where it looks current from the outside.
    """
    path = cache_path()
    folders = _folders_before(path)
    if path is not None:
        try:
            building = Message("load.building", path=shown(str(path), 300), why=why)

            def needed() -> bool:
                # Asked once the folder is there: where there can be none, nothing is built in it.
                if anew := damaged or _not_current():
                    tell(building)
                return anew

            _load(path, folders, needed=needed)
            return open_cached()
        except Refused as refused:
            # The folder has been edited into something faulty: the last good load still answers.
            with contextlib.suppress(NotCurrent):
                connection = open_cached(stale=True)
                named = shown(" ".join(folders), 300)
                tell(Message("load.last_good", count=refused.count, folders=named))
                return connection
            raise
        except NotCurrent as again:
            why = again.message
        except DatabaseUnusable as error:
            why = error.message
    tell(Message("load.in_memory", why=why))
    connection = sqlite3.connect(":memory:")
    fill(connection, folders)
    connection.execute("pragma query_only = on")
    return connection


def _not_current() -> bool:
    """Whether the cached database still has to be built: another process may have done so."""
    try:
        open_cached().close()
    except NotCurrent:
        return True
    return False


def _folders_before(path: Path | None) -> list[str]:
    """The folders that the cached database was last loaded from, where it can still say."""
    if path is None or not is_ours(path):
        return []
    try:
        with contextlib.closing(connect(path)) as connection:
            row = connection.execute(READ_META, {"key": "folders"}).fetchone()
            folders = list(json.loads(row[0]))
    except (sqlite3.Error, DatabaseUnusable, TypeError, ValueError):
        return []
    return folders if all(name == BUNDLED or os.path.isdir(name) for name in folders) else []
