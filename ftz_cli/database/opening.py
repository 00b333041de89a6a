"""Finds the database and opens it for reading, if it is a current database of ftz."""

import os
import sqlite3
import zlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from .. import __version__
from ..language import shown
from ..model.bundled import bundled_folder
from ..model.errors import DatabaseUnusable

# "ftz1" in ASCII marks our SQLite files.
APPLICATION_ID = 0x66747A31
# Increase this with every change of tables, views or indexes.
SCHEMA_VERSION = 16
WORD_LISTS = Path(__file__).parents[1] / "language"
# The file in the cache folder that `ftz load` makes of other data than the bundled.
LOADED = "loaded.db"

Params = dict[str, Any] | tuple[Any, ...]


class Database(AbstractContextManager["Database"]):
    """An open database; `close()` or the end of a `with` closes it."""

    def __init__(self, connection: sqlite3.Connection, path: str | None = None) -> None:
        self.connection, self.path = connection, path
        self.close = connection.close

    def query(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """The rows of `sql`; raises DatabaseUnusable if they can't be read."""
        try:
            return self.connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise unusable(error, self.path) from error

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of `sql`, or None."""
        return next(iter(self.query(sql, params)), None)

    def meta(self) -> dict[str, str]:
        """The `key` of program and bundled data, and the `folders` that were loaded."""
        return dict(self.query("select key, value from meta"))

    def __exit__(self, *_: object) -> None:
        self.close()


def unusable(error: Exception, path: str | None) -> DatabaseUnusable:
    """The error for a failed query, or for cells that `ftz load` never writes."""
    name, why = shown(path or ":memory:", 300), shown(str(error), 200)
    text = "{path} can't be read: {why}; try again, or move it away and build it with 'ftz load'"
    if isinstance(error, sqlite3.ProgrammingError):
        text = "this dataset is closed, or another thread opened it: {why}"
    return DatabaseUnusable(text, path=name, why=why)


def cache_folder() -> Path | None:
    """The folder of databases that first use builds; None if there is no home folder."""
    # Importing platformdirs would take a third of a look-up's time.
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home, "ftz") if os.path.isabs(home) else None


def cache_path() -> Path | None:
    """The file of the last `ftz load`, else of the bundled data; None without a cache folder."""
    folder = cache_folder()
    if folder is None:
        return None
    return folder / LOADED if (folder / LOADED).exists() else bundled_path(folder)


def bundled_path(folder: Path) -> Path:
    """The bundled data's file in the cache folder; installs with the same data share it."""
    return folder / f"ftz-{content_key()}.db"


def content_key() -> str:
    """A key of the program's version, the bundled data and the word lists."""
    # Importing hashlib would take a twentieth of a look-up's time.
    crc = zlib.crc32(__version__.encode())
    # The sizes of the word lists stand for their content: reading them takes milliseconds.
    for folder in (bundled_folder(), WORD_LISTS):
        for file in sorted(os.scandir(folder), key=lambda file: file.name):
            if file.name.endswith((".csv", ".json")):
                size = str(file.stat().st_size).encode()
                content = size if folder is WORD_LISTS else Path(file).read_bytes()
                crc = zlib.crc32(file.name.encode() + content, crc)
    return f"{SCHEMA_VERSION}-{crc:08x}"


def open_named(path: str | os.PathLike[str], *, outdated: bool = False) -> Database:
    """Open a database of ftz, maybe `outdated`; raises DatabaseUnusable for any other file."""
    path = os.fspath(path)
    name = shown(path, 300)
    if not os.path.isfile(path):  # opening a pipe would wait
        raise DatabaseUnusable("no database file at {path}; build one with 'ftz load'", path=name)
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    try:
        db = Database(sqlite3.connect(address, uri=True), path)
    except sqlite3.Error as error:
        raise unusable(error, path) from None
    (application,) = db.one("pragma application_id") or (0,)
    (version,) = db.one("pragma user_version") or (0,)
    if application == APPLICATION_ID and (outdated or version == SCHEMA_VERSION):
        return db
    db.close()
    if application != APPLICATION_ID:
        raise DatabaseUnusable("{path} is no database of ftz", path=name)
    text = "{path} has another format than this ftz reads; build it anew with 'ftz load'"
    raise DatabaseUnusable(text, path=name)


def holds_data(path: Path) -> bool:
    """Whether a file is a database, or a table or the description of a dataset folder."""
    if not path.is_file():
        return False
    from ..model.dataset_schema import tables  # start-up: only to replace a file

    with path.open("rb") as file:
        first = file.readline(1000).strip()
    headers = {",".join(table.column_names).encode() for table in tables().values()}
    described = path.name == "datapackage.json"
    return described or first.startswith(b"SQLite format 3\0") or first in headers


def open_cached() -> Database | None:
    """Open the database in the cache; None if the one of the bundled data has to be built."""
    path = cache_path()
    if path is None or not path.exists():
        return None
    try:
        db = open_named(path)
    except DatabaseUnusable:
        if path.name == LOADED:
            raise
        return None
    # The name of the bundled data's file contains its key.
    if path.name == LOADED and (meta := db.meta()).get("key") != content_key():
        db.close()
        raise DatabaseUnusable(
            "{path} was made by another version of ftz, or beside other bundled data; load it "
            "again with 'ftz load {folders}'",
            path=shown(str(path), 300), folders=meta.get("folders", ""),
        )  # fmt: skip
    return db
