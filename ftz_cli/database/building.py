"""Builds a database file beside the old one, checks it, and renames it into place."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from glob import escape
from pathlib import Path

from sqlite_utils import Database as TableMaker
from sqlite_utils.db import Table as NewTable

from ..language import shown
from ..model.dataset_schema import tables
from ..model.errors import DatabaseUnusable
from ..model.measures import MEASURES
from .opening import APPLICATION_ID, SCHEMA_VERSION, Database, cache_folder, open_named

DERIVED = Path(__file__).with_name("derived.sql").read_text(encoding="utf-8")
# The ends of a figure's meaning in base units, and whether each end is excluded.
ENDS: dict[str, type] = {"low": str, "high": str, "low_open": int, "high_open": int}
# The table of the units in the data and the units composed of them, e.g. 万单.
ALL_UNITS = "all_units"


class WritableDatabase(Database):
    """A database while it is built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.execute, self.executemany = connection.execute, connection.executemany

    def create(self) -> None:
        """Create the strict tables of the schema, with their keys."""
        maker = TableMaker(self.connection)
        NewTable(maker, "meta").create({"key": str, "value": str}, pk="key", strict=True)
        for table in (tables()["units"]._replace(name=ALL_UNITS), *tables().values()):
            columns: dict[str, type] = {
                column.name: int if column.type == "integer" else str for column in table.columns
            }
            keys = table.foreign_keys
            if table.name == "figures":
                columns |= ENDS
                keys = keys | {"unit": ALL_UNITS}
            NewTable(maker, table.name).create(
                columns,
                pk="id",
                foreign_keys=[(name, target, "id") for name, target in keys.items()],
                not_null={column.name for column in table.columns if column.required},
                strict=True,
            )

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert rows of cells in the table's order; an empty cell is null."""
        # The insert of sqlite-utils is ten times slower.
        (count,) = self.one("select count(*) from pragma_table_info(?)", (table,)) or (0,)
        cells = ", ".join(["nullif(?, '')"] * count)
        self.executemany(f"insert into {table} values ({cells})", rows)

    def finish(self, meta: dict[str, str]) -> None:
        """Add the derived tables and views once all rows are there, and check the file."""
        self.insert("meta", meta.items())
        kinds = json.dumps(tables()["sources"].words("kind"))
        self.connection.executescript(DERIVED.replace("{source_kinds}", kinds))
        self.insert("measures", ((id, *labels) for id, labels in MEASURES.items()))
        (fault,) = self.one("pragma quick_check") or ("",)
        if fault != "ok":
            raise DatabaseUnusable("the database that was built is faulty: {fault}", fault=fault)


Fill = Callable[[WritableDatabase], int]


def build(path: Path, fill: Fill) -> int:
    """Build the database at `path` with `fill`, and return the result of `fill`.

    It is built beside `path` and renamed into place; an error leaves the old file unchanged. Raises
    DatabaseUnusable if it can't be written, or if the old file is not a database of ftz.
    """
    name = shown(str(path), 300)
    try:
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():
            raise DatabaseUnusable("{path} is no regular file", path=name)
        folder = cache_folder()
        # A damaged file in the cache folder or an empty file may be replaced.
        if folder is not None and path.parent == Path(os.path.realpath(folder)):
            path.parent.mkdir(parents=True, exist_ok=True)
        elif path.exists() and path.stat().st_size:
            open_named(path, outdated=True).close()
        _remove_abandoned(path)
        building = path.with_name(f".{path.name}.{os.getpid()}.building")
        try:
            building.touch()
            if path.exists():
                shutil.copymode(path, building)
            with closing(sqlite3.connect(building)) as connection:
                filled = _filled(connection, fill)
            os.replace(building, path)
        finally:
            building.unlink(missing_ok=True)
    except (OSError, sqlite3.Error, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or error
        raise DatabaseUnusable("{path} can't be written: {why}", path=name, why=why) from error
    return filled


def _remove_abandoned(path: Path) -> None:
    for part in path.parent.glob(f".{escape(path.name)}.*.building"):
        with suppress(OSError, OverflowError, ValueError):
            try:
                os.kill(int(part.name.split(".")[-2]), 0)  # 0 only asks whether the process lives
            except ProcessLookupError:
                part.unlink()


def build_in_memory(fill: Fill) -> Database:
    """Build the database in memory, for where no folder can be written."""
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
