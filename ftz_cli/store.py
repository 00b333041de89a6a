"""Opening the SQLite file: where it lies, whether it is ours and current, and only for reading."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

from .bundled import bundled_folder
from .errors import DatabaseUnusable
from .text import shown

# "ftz1" in ASCII: tells our files from every other SQLite file.
APPLICATION_ID = 0x66747A31
# Counts up with every change to tables, views or index.
SCHEMA_VERSION = 2

_MAGIC = b"SQLite format 3\x00"
READ_META = "select value from meta where key = :key"


class NotCurrent(Exception):
    """The cached database has to be built again; `str()` is the reason."""


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
    way_out = f"To make one: ftz load --db {safe}"
    try:
        version = _version(Path(name))
    except FileNotFoundError:
        raise DatabaseUnusable(f"no database at '{safe}'. {way_out}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such path"
        raise DatabaseUnusable(f"can't read '{safe}': {reason}. {way_out}") from None
    except _NotOursError as fault:
        raise DatabaseUnusable(f"'{safe}' {fault}; it was left as it is. {way_out}.new") from None
    if version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise DatabaseUnusable(
            f"'{safe}' was made by {age} ftz (format {version}, this one reads {SCHEMA_VERSION}). "
            + (f"To make it anew: ftz load --db {safe}" if version < SCHEMA_VERSION else
               "Upgrade ftz-cli, or load into another file with --db")
        )  # fmt: skip
    return connect(Path(name))


def open_cached(stale: bool = False) -> sqlite3.Connection:
    """Open the database of the cache; raises NotCurrent where it has to be built first.

    With `stale` one that no longer is what its folders hold will do.
    """
    path = cache_path()
    if path is None:
        raise NotCurrent("there is no cache folder")
    try:
        version = _version(path)
    except FileNotFoundError:
        raise NotCurrent("first use") from None
    except OSError as error:
        raise NotCurrent(f"it can't be read: {error.strerror}") from None
    except _NotOursError as fault:
        raise NotCurrent(f"it {fault}") from None
    if version != SCHEMA_VERSION:
        raise NotCurrent("it was made by another version of ftz")
    connection = connect(path)
    try:
        loaded = json.loads(connection.execute(READ_META, {"key": "folders"}).fetchone()[0])
        changed = any(signature(folder) not in (None, files) for folder, files in loaded.items())
    except (sqlite3.DatabaseError, AttributeError, TypeError, ValueError):
        connection.close()
        raise NotCurrent("it is damaged") from None
    if changed and not stale:
        connection.close()
        raise NotCurrent("the data has changed")
    return connection


def signature(folder: str) -> list[list[str | int]] | None:
    """Names, sizes and times of a dataset folder's files, from a stat; None if it is gone."""
    if folder == "bundled":
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


class _NotOursError(Exception):
    """The file is not one of ours, or is not whole."""


def _version(path: Path) -> int:
    """The format version that the header of our file tells; raises _NotOursError and OSError."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _NotOursError("is no file")  # a pipe would be waited for
    with path.open("rb") as file:
        header = file.read(100)
        size = file.seek(0, os.SEEK_END)
    if not header:
        raise _NotOursError("is empty")
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise _NotOursError("is no SQLite database" if header[:16] != _MAGIC else "is cut short")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _NotOursError("is a database of another program")
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if size < page * int.from_bytes(header[28:32], "big"):
        raise _NotOursError("is cut short")
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
        raise DatabaseUnusable(f"can't open '{shown(str(path), 300)}': {error}") from None
