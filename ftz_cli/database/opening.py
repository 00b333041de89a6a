"""Opening the database for reading: where it lies, whether it is ours and current."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from ..language import Message, shown
from ..model.bundled import BUNDLED, bundled_folder
from ..model.errors import DatabaseUnusable, FtzError

# "ftz1" in ASCII: tells our files from every other SQLite file.
APPLICATION_ID = 0x66747A31
# Counts up with every change to tables, views or index.
SCHEMA_VERSION = 5

_MAGIC = b"SQLite format 3\x00"
# What `ftz load` makes in the cache folder of folders other than the bundled one.
LOADED = "loaded.db"
# The byte of the header that says how the file is written; 2 is a write-ahead log.
_WRITE_VERSION = 18
_META = "select value from meta where key = :key"

Params = dict[str, Any] | tuple[Any, ...]


class NotCurrent(FtzError):
    """The cached database has to be built; its message is the reason."""

    @property
    def reason(self) -> Message:
        """Why it has to be built."""
        return self.message


class Database:
    """A database open for reading, closed by `close()` or at the end of a `with`."""

    def __init__(self, connection: sqlite3.Connection, path: str | None = None) -> None:
        self.connection = connection
        self.path = path

    def query(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of `sql`, as they come.

        Raises DatabaseUnusable where the file is locked, can't be read or is damaged.
        """
        try:
            yield from self.connection.execute(sql, params)
        except sqlite3.DatabaseError as error:
            if error_code(error) == sqlite3.SQLITE_ERROR:
                raise  # the query is at fault
            raise unusable(error, self.path) from error

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of `sql`, or None."""
        return next(self.query(sql, params), None)

    def meta(self, key: str) -> str | None:
        """What the loader noted under `key`."""
        row = self.one(_META, {"key": key})
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def error_code(error: Exception) -> int:
    """SQLite's primary code of an error."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF


def unusable(error: sqlite3.Error, path: str | None) -> DatabaseUnusable:
    """What to tell of an error of SQLite on a database that was opened."""
    code = error_code(error)
    name = shown(path or ":memory:", 300)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseUnusable("{path} is locked by another program; try again later", path=name)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and path and _has_log(path):
        return DatabaseUnusable(
            "{path} is in WAL mode and its folder can't be written; copy it to one that can, or "
            "set 'pragma journal_mode = delete'",
            path=name,
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DatabaseUnusable(
            "{path} is damaged: {why}; build it anew with 'ftz load'", path=name, why=error
        )
    return DatabaseUnusable("{path} can't be read: {why}", path=name, why=error)


def _has_log(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(_WRITE_VERSION + 1)[_WRITE_VERSION:] == b"\x02"


def cache_folder() -> Path | None:
    """Where databases built on first use are kept; None where there is no home for them."""
    # Five lines rather than platformdirs, whose import takes a third of a look-up's time.
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not home:
        user = os.path.expanduser("~")
        if not os.path.isabs(user):
            return None
        home = os.path.join(user, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(home, "ftz") if os.path.isabs(home) and "\x00" not in home else None


def cache_path() -> Path | None:
    """The database that is asked where none is named; None where there is no cache folder.

    It is what `ftz load` was last given, else that of the bundled data: `ftz-<key>.db`, whose key
    is that of the content, so that installs of the same data share one file.
    """
    folder = cache_folder()
    if folder is None:
        return None
    loaded = folder / LOADED
    return loaded if loaded.exists() else bundled_path(folder)


def bundled_path(folder: Path) -> Path:
    """The file in the cache folder that holds what the bundled data is now."""
    return folder / f"ftz-{content_key([BUNDLED])}.db"


def content_key(names: Iterable[str]) -> str:
    """A key of what dataset folders hold: equal for equal bytes in the files of equal names.

    Raises OSError where one can't be read.
    """
    # Checksums, for hashlib takes a twentieth of a look-up's time to import, and nobody attacks
    # their own cache.
    crc = adler = SCHEMA_VERSION
    for name in names:
        for entry in _files(name):
            with open(entry.path, "rb") as file:
                content = file.read()
            head = f"{entry.name} {len(content)} ".encode("utf-8", "surrogateescape")
            crc = zlib.crc32(content, zlib.crc32(head, crc))
            adler = zlib.adler32(content, zlib.adler32(head, adler))
    return f"{SCHEMA_VERSION}-{crc:08x}{adler:08x}"


def signature(names: Iterable[str]) -> list[list[str | int]]:
    """Names, sizes and times of the files of dataset folders; raises OSError where one is gone."""
    return [
        [entry.name, entry.stat().st_size, entry.stat().st_mtime_ns]
        for name in names
        for entry in _files(name)
    ]


def _files(name: str) -> list[os.DirEntry[str]]:
    """The files that a dataset folder is made of, by name."""
    folder = bundled_folder() if name == BUNDLED else name
    with os.scandir(folder) as entries:
        found = [one for one in entries if one.name.endswith((".csv", ".json")) and one.is_file()]
    return sorted(found, key=lambda one: one.name)


def open_named(path: str | os.PathLike[str]) -> Database:
    """Open the database that the user named; it is never changed.

    Raises DatabaseUnusable, with the way out, for anything but a current file of ours.
    """
    name = os.fspath(path)
    safe = shown(name, 300)
    try:
        version = _version(Path(name))
    except FileNotFoundError:
        raise DatabaseUnusable(
            "no database at {path}; build one with 'ftz load'", path=safe
        ) from None
    except IsADirectoryError:
        raise DatabaseUnusable("{path} is a folder, not a database", path=safe) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DatabaseUnusable("{path} can't be read: {why}", path=safe, why=why) from None
    except _NotOursError as fault:
        raise DatabaseUnusable("{path}: {fault}", path=safe, fault=fault.message) from None
    if version != SCHEMA_VERSION:
        raise DatabaseUnusable(
            "{path} has format {version}, and this ftz reads {reads}; build it anew with 'ftz load'"
            if version < SCHEMA_VERSION
            else "{path} has format {version}, and this ftz reads {reads}; use a newer ftz",
            path=safe, version=version, reads=SCHEMA_VERSION,
        )  # fmt: skip
    return connect(name)


def open_cached() -> Database:
    """Open the database of the cache; raises NotCurrent where it has to be built first."""
    path = cache_path()
    if path is None:
        raise NotCurrent("there is no folder for it")
    try:
        version = _version(path)
    except FileNotFoundError:
        raise NotCurrent("first use") from None
    except OSError as error:
        raise NotCurrent("it can't be read: {why}", why=error.strerror) from None
    except _NotOursError as fault:
        raise NotCurrent("{fault}", fault=fault.message) from None
    if version != SCHEMA_VERSION:
        raise NotCurrent("it was built by another version of ftz")
    database = connect(str(path))
    try:
        # The name of the bundled data's file tells its content.
        current = path.name != LOADED or _is_current(database)
    except (DatabaseUnusable, TypeError, ValueError):
        database.close()
        raise NotCurrent("it is damaged") from None
    if not current:
        database.close()
        raise NotCurrent("the data has changed")
    return database


def _is_current(database: Database) -> bool:
    """Whether the folders that a database was loaded from still hold the same."""
    folders = json.loads(database.meta("folders") or "[]")
    try:
        if signature(folders) == json.loads(database.meta("signature") or "[]"):
            return True
        # Other times, the same bytes: touched, or bundled with another install.
        return content_key(folders) == database.meta("content")
    except OSError:
        return True  # a folder that is gone has not changed


class _NotOursError(FtzError):
    """The file is not one of ours, or is not whole; its message says what it is."""


def _version(path: Path) -> int:
    """The format version that the header of our file tells; raises _NotOursError and OSError."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _NotOursError("it is no regular file")  # a pipe would be waited for
    with path.open("rb") as file:
        header = file.read(100)
        size = file.seek(0, os.SEEK_END)
    if not header:
        raise _NotOursError("the file is empty")
    if not header.startswith(_MAGIC):
        raise _NotOursError("it is no SQLite database")
    if len(header) < 100:
        raise _NotOursError("the file is cut off")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _NotOursError("it is a database of another program")
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if size < page * int.from_bytes(header[28:32], "big"):
        raise _NotOursError("the file is cut off")
    return int.from_bytes(header[60:64], "big")


def is_ours(path: Path) -> bool:
    """Whether `path` holds one of our databases, of whatever version."""
    try:
        _version(path)
    except (_NotOursError, OSError):
        return False
    return True


def connect(path: str) -> Database:
    """Open a database file for reading only; raises DatabaseUnusable where that fails."""
    place = quote(os.fsencode(Path(path).absolute().as_posix()))
    # An empty authority before it, so that //x.db names no host.
    slash = "" if place.startswith("/") else "/"
    try:
        return Database(sqlite3.connect(f"file://{slash}{place}?mode=ro", uri=True), path)
    except sqlite3.Error as error:
        raise unusable(error, path) from error
