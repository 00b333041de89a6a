"""Opening the SQLite file: where it lies, whether it is ours and current, and only for reading."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

from .bundled import BUNDLED, bundled_folder
from .errors import DatabaseUnusable, FtzError
from .reasons import of_os, of_sqlite
from .text import shown

# "ftz1" in ASCII: tells our files from every other SQLite file.
APPLICATION_ID = 0x66747A31
# Counts up with every change to tables, views or index.
SCHEMA_VERSION = 4

_MAGIC = b"SQLite format 3\x00"
READ_META = "select value from meta where key = :key"


class NotCurrent(FtzError):
    """The cached database has to be built again; its message is the reason."""


def cache_path() -> Path | None:
    """Where the database built on first use is kept; None where there is no home for it."""
    # Five lines rather than platformdirs, whose import takes a third of a look-up's time.
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not home:
        user = os.path.expanduser("~")
        if not os.path.isabs(user):
            return None
        home = os.path.join(user, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(home, "ftz", "ftz.db") if os.path.isabs(home) and "\x00" not in home else None


def open_named(name: str) -> sqlite3.Connection:
    """Open the database that the user named; it is never changed.

    Raises DatabaseUnusable, with the way out, for anything but a current file of ours.
    """
    safe = shown(name, 300)
    try:
        version = _version(Path(name))
    except FileNotFoundError:
        raise DatabaseUnusable("store.missing", path=safe) from None
    except IsADirectoryError:
        raise DatabaseUnusable("store.folder", path=safe) from None
    except (OSError, ValueError) as error:
        raise DatabaseUnusable("store.unreadable", path=safe, why=of_os(error)) from None
    except _NotOursError as fault:
        raise DatabaseUnusable("store.not_ours", path=safe, fault=fault.message) from None
    if version != SCHEMA_VERSION:
        key = "store.older" if version < SCHEMA_VERSION else "store.newer"
        raise DatabaseUnusable(key, path=safe, version=version, reads=SCHEMA_VERSION)
    return connect(Path(name))


def open_cached(stale: bool = False) -> sqlite3.Connection:
    """Open the database of the cache; raises NotCurrent where it has to be built first.

    With `stale` one that no longer is what its folders hold will do.
    """
    path = cache_path()
    if path is None:
        raise NotCurrent("current.no_folder")
    try:
        version = _version(path)
    except FileNotFoundError:
        raise NotCurrent("current.first_use") from None
    except OSError as error:
        raise NotCurrent("current.unreadable", why=of_os(error)) from None
    except _NotOursError as fault:
        raise NotCurrent("current.fault", fault=fault.message) from None
    if version != SCHEMA_VERSION:
        raise NotCurrent("current.other_version")
    connection = connect(path)
    try:
        loaded = json.loads(connection.execute(READ_META, {"key": "folders"}).fetchone()[0])
        changed = any(signature(folder) not in (None, files) for folder, files in loaded.items())
    except (sqlite3.DatabaseError, AttributeError, TypeError, ValueError):
        connection.close()
        raise NotCurrent("current.damaged") from None
    if changed and not stale:
        connection.close()
        raise NotCurrent("current.changed")
    return connection


def signature(folder: str) -> list[list[str | int]] | None:
    """Names, sizes and times of a dataset folder's files, from a stat; None if it is gone."""
    if folder == BUNDLED:
        folder = str(bundled_folder())
    try:
        entries: list[list[str | int]] = [
            [entry.name, entry.stat().st_size, entry.stat().st_mtime_ns]
            for entry in os.scandir(folder)
            if entry.name.endswith((".csv", ".json"))
        ]
    except OSError:
        return None
    return sorted(entries)


class _NotOursError(FtzError):
    """The file is not one of ours, or is not whole; its message says what it is."""


def _version(path: Path) -> int:
    """The format version that the header of our file tells; raises _NotOursError and OSError."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _NotOursError("store.no_file")  # a pipe would be waited for
    with path.open("rb") as file:
        header = file.read(100)
        size = file.seek(0, os.SEEK_END)
    if not header:
        raise _NotOursError("store.empty")
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise _NotOursError("store.no_sqlite" if header[:16] != _MAGIC else "store.cut")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _NotOursError("store.foreign")
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if size < page * int.from_bytes(header[28:32], "big"):
        raise _NotOursError("store.cut")
    return int.from_bytes(header[60:64], "big")


def is_ours(path: Path) -> bool:
    """Whether `path` holds one of our databases, of whatever version."""
    try:
        _version(path)
    except (_NotOursError, OSError):
        return False
    return True


def connect(path: Path) -> sqlite3.Connection:
    """Open a database file for reading only; raises DatabaseUnusable where that fails."""
    try:
        return sqlite3.connect(f"file:{quote(os.fsencode(path.absolute()))}?mode=ro", uri=True)
    except sqlite3.Error as error:
        name = shown(str(path), 300)
        raise DatabaseUnusable("store.cannot_open", path=name, why=of_sqlite(error)) from None
