"""Opening the database for reading: where it lies, whether it is ours and current."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import __version__
from ..language import shown
from ..model.bundled import BUNDLED, bundled_folder
from ..model.errors import DatabaseUnusable

# "ftz1" in ASCII: tells our files from every other SQLite file.
APPLICATION_ID = 0x66747A31
# Counts up with every change to tables, views or index.
SCHEMA_VERSION = 12
WORD_LISTS = Path(__file__).parents[1] / "language"
# What `ftz load` makes in the cache folder of folders other than the bundled one.
LOADED = "loaded.db"

Params = dict[str, Any] | tuple[Any, ...]


class Database:
    """A database open for reading, closed by `close()` or at the end of a `with`."""

    def __init__(self, connection: sqlite3.Connection, path: str | None = None) -> None:
        self.connection = connection
        self.path = path

    def query(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of `sql`, as they come.

        Raises DatabaseUnusable where the file is locked, closed, can't be read or is damaged.
        """
        try:
            # `yield from` would close the cursor, which fails after its connection was closed.
            for row in self.connection.execute(sql, params):  # noqa: UP028
                yield row
        except sqlite3.Error as error:
            raise unusable(error, self.path) from error

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of `sql`, or None."""
        return next(self.query(sql, params), None)

    def meta(self, key: str) -> str:
        """What the loader noted under `key`."""
        row = self.one("select value from meta where key = :key", {"key": key})
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def error_code(error: Exception) -> int:
    """SQLite's primary code of an error."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF


def unusable(error: sqlite3.Error, path: str | None) -> DatabaseUnusable:
    """What to tell of an error of SQLite on a database."""
    code, name, why = error_code(error), shown(path or ":memory:", 300), shown(str(error), 200)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseUnusable("{path} is locked by another program; try again later", path=name)
    if code == sqlite3.SQLITE_NOTADB:
        return DatabaseUnusable("{path} is no database of ftz", path=name)
    if code == sqlite3.SQLITE_CORRUPT:
        return DatabaseUnusable("{path} is damaged: {why}; remove it and load the data again",
                                path=name, why=why)  # fmt: skip
    if code == sqlite3.SQLITE_READONLY and os.path.exists(f"{path}-journal"):
        return DatabaseUnusable(
            "a change to {path} was cut off; remove {path}-journal and build {path} anew with "
            "'ftz load'", path=name,
        )  # fmt: skip
    # Our own queries fit every sound file.
    if code == sqlite3.SQLITE_ERROR and not isinstance(error, sqlite3.ProgrammingError):
        return changed(path, why)
    return DatabaseUnusable("{path} can't be read: {why}", path=name, why=why)


def changed(path: str | None, why: object) -> DatabaseUnusable:
    """What to tell of a database that does not hold what the loader wrote."""
    return DatabaseUnusable(
        "{path} is damaged or was changed: {why}; build it anew with 'ftz load'",
        path=shown(path or ":memory:", 300), why=shown(str(why), 200),
    )  # fmt: skip


def cache_folder() -> Path | None:
    """Where databases built on first use are kept; None where there is no home for them."""
    # Not platformdirs, whose import takes a third of a look-up's time.
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home, "ftz") if os.path.isabs(home) else None


def cache_path() -> Path | None:
    """The database that is asked where none is named; None where there is no cache folder.

    It is what `ftz load` was last given, else that of the bundled data: `ftz-<key>.db`, whose key
    is that of the content, so that installs of the same data share one file.
    """
    folder = cache_folder()
    if folder is None or (folder / LOADED).exists():
        return folder and folder / LOADED
    return bundled_path(folder)


def bundled_path(folder: Path) -> Path:
    """The file in the cache folder that holds what the bundled data is now."""
    return folder / f"ftz-{content_key()}.db"


def content_key() -> str:
    """A key of what the bundled folder and the word lists hold, and of the program's version."""
    # A checksum, for hashlib takes a twentieth of a look-up's time to import, and nobody attacks
    # their own cache.
    crc = zlib.crc32(__version__.encode())
    for file in _files(bundled_folder()):
        crc = zlib.crc32(file.name.encode() + Path(file).read_bytes(), crc)
    # The word lists are too long to read each time; an edit nearly always changes a size.
    for file in _files(WORD_LISTS):
        crc = zlib.crc32(f"{file.name} {file.stat().st_size}".encode(), crc)
    return f"{SCHEMA_VERSION}-{crc:08x}"


def state(names: list[str]) -> str:
    """What dataset folders are like now: the key of the bundled one, names and times of others.

    Raises OSError where one can't be read.
    """
    found: list[object] = []
    for name in names:
        files = [] if name == BUNDLED else _files(name)
        # A link that leads nowhere is told when it is read.
        files = [file for file in files if os.path.exists(file)]
        found.append([(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files])
    return json.dumps([names, content_key() if BUNDLED in names else "", found])


def _files(folder: str | Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        files = [one for one in entries if one.name.endswith((".csv", ".json"))]
    return sorted(files, key=lambda one: one.name)


def open_named(path: str | os.PathLike[str]) -> Database:
    """Open the database that the user named; it is never changed.

    Raises DatabaseUnusable, with the way out, for anything but a current file of ours.
    """
    db, version = open_any(os.fspath(path))
    if version == SCHEMA_VERSION:
        return db
    db.close()
    raise DatabaseUnusable(
        "{path} has format {version}, and this ftz reads {reads}; build it anew with 'ftz load'",
        path=shown(os.fspath(path), 300),
        version=version,
        reads=SCHEMA_VERSION,
    )


def open_any(path: str) -> tuple[Database, int]:
    """Open a database of ours, whatever the version of its format, which comes with it."""
    name = shown(path, 300)
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe would be waited for
        raise DatabaseUnusable("{path} is no database of ftz", path=name)
    if not os.path.isfile(path):
        raise DatabaseUnusable("no database at {path}; build one with 'ftz load'", path=name)
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    try:
        db = Database(sqlite3.connect(address, uri=True), path)
    except sqlite3.Error as error:
        raise unusable(error, path) from None
    if db.one("pragma application_id") != (APPLICATION_ID,):
        db.close()
        raise DatabaseUnusable("{path} is no database of ftz", path=name)
    (version,) = db.one("pragma user_version") or (0,)
    return db, version


def open_cached() -> Database | None:
    """Open the database of the cache; None where it has to be built first."""
    path = cache_path()
    if path is None or not path.exists():
        return None
    try:
        db = open_named(path)
    except DatabaseUnusable:
        return None
    # The name of the bundled data's file tells its content.
    if path.name == LOADED and _has_changed(db):
        db.close()
        return None
    return db


def _has_changed(db: Database) -> bool:
    """Whether a folder is not as it was when it was loaded; one that is gone has not changed."""
    try:
        return state(json.loads(db.meta("folders"))) != db.meta("state")
    except (OSError, ValueError):  # ValueError: somebody changed what was noted
        return False
