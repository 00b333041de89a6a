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
from ..model.measures import MEASURES
from ..model.named import SOURCE_KINDS
from .opening import APPLICATION_ID, SCHEMA_VERSION, Database, Params, cache_folder, open_any

DERIVED = Path(__file__).with_name("derived.sql").read_text(encoding="utf-8")
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
        derived = DERIVED.replace("{source_kinds}", json.dumps(SOURCE_KINDS))
        for which, lang in enumerate(("zh", "en")):
            cases = " ".join(
                f"when '{measure}' then replace('{labels[which]}', '{{}}', m.name_{lang})"
                for measure, labels in MEASURES.items()
            )
            derived = derived.replace(f"{{metric_{lang}}}", f"case f.measure {cases} end")
        self.connection.executescript(derived)
        self.connection.execute("analyze")
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
            try:
                # Made here and not by SQLite, which would follow a link that lies in wait.
                building.touch(exist_ok=False)
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
