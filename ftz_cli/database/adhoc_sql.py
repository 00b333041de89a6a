"""Free questions in SQL: nothing but reading gets through, and only for so long."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..language import Message, join, shown
from ..model.dataset_schema import SchemaText, Table, tables
from ..model.errors import UsageError
from .flat_view import FLAT_COLUMNS
from .opening import Database, error_code, unusable

# The longest cell that a query may make, and what SQLite may take in all.
LONGEST_VALUE = 1_000_000
MOST_MEMORY = 512 * 1024 * 1024
# Steps of SQLite's machine between two looks at the clock: well under a millisecond.
STEPS = 1000

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    # Each wildcard of a pattern is a call within a call.
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
}
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_ACTIONS = {
    code: name.removeprefix("SQLITE_").replace("_", " ")
    for name, code in vars(sqlite3).items()
    if name.startswith(("SQLITE_CREATE_", "SQLITE_DROP_", "SQLITE_ALTER_"))
    or name in ("SQLITE_INSERT", "SQLITE_UPDATE", "SQLITE_DELETE", "SQLITE_PRAGMA", "SQLITE_ATTACH")
}
# They reach outside the database: a shared library, an address in memory, the error log.
_OUTSIDE = frozenset({"load_extension", "fts3_tokenizer", "sqlite_log"})
# These are no tables of the file, but functions of its content.
_TABLE_FUNCTIONS = ("json_each", "json_tree")
_UNKNOWN = re.compile(r"no such (table|column): (.+)", re.DOTALL)

FLAT = "figures_flat"
SCHEMA_NAMES = ["table", "column", "type", "refers_to", "description"]
# What the view has beside the columns of figures and names.
_FLAT_ONLY = {
    "value": ("real", Message("The value as a number")),
    "value_to": ("real", Message("The other end of a range as a number")),
    "date": ("text", Message("The date of a figure that is one")),
    "base_value": ("real", Message("The value in the base unit")),
    "base_value_to": ("real", Message("The other end of a range in the base unit")),
    "base_unit": ("text", Message("The base unit")),
    "low": ("real", Message("The least that it can mean, in the base unit")),
    "high": ("real", Message("The most that it can mean, in the base unit")),
    "source": ("text", Message("The document that holds the article")),
    "url": ("text", Message("Where it can be read")),
    "note": ("text", Message("The note, in English where there is one")),
}


class Answer(NamedTuple):
    """Rows with their column names, and a notice where some were left out."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    cut: Message | None = None


def run(db: Database, query: str, limit: int = 10_000, timeout: float = 10.0) -> Answer:
    """The first `limit` rows of one reading statement, found in at most `timeout` seconds.

    Raises UsageError, in one line, for anything but reading, for what SQLite can't understand,
    and for what takes too long or too much; DatabaseUnusable where the file is at fault.
    """
    if "\x00" in query or not query.strip("; \t\r\n"):
        raise UsageError("the query is empty or has a NUL character")
    connection, ends = db.connection, time.monotonic() + timeout
    refused: list[str] = []
    try:
        with _guarded(connection, refused, ends):
            cursor = connection.execute(query)
            rows = cursor.fetchmany(limit + 1)
            names = _distinct(column[0] for column in cursor.description or ())
    except MemoryError:
        raise UsageError("the query takes more than {most} MB of memory",
                         most=MOST_MEMORY // 2**20) from None  # fmt: skip
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError) as error:
        raise _explained(error, db, refused, timeout, time.monotonic() > ends) from None
    if not names:
        raise UsageError("the query gives no rows; begin it with SELECT")
    cut = Message("the first {count} rows; --limit shows more", count=limit)
    return Answer(names, rows[:limit], cut if len(rows) > limit else None)


@contextmanager
def _guarded(connection: sqlite3.Connection, refused: list[str], ends: float) -> Iterator[None]:
    """Let nothing but reading through until the end of the block, nor after the time `ends`."""
    own = {name.lower() for (name,) in connection.execute("select name from sqlite_master")}
    own |= {*_TABLE_FUNCTIONS, "sqlite_master", "sqlite_schema"}
    # A table-valued function registers itself when it is first met, which looks like a change.
    for name in _TABLE_FUNCTIONS:
        connection.execute(f"select 1 from {name} limit 0")
    connection.execute(f"pragma hard_heap_limit = {MOST_MEMORY}")
    connection.execute("pragma temp_store = memory")

    def authorize(action: int, one: str | None, two: str | None, *_: str | None) -> int:
        name = (one or "").lower()
        if action == sqlite3.SQLITE_READ and two and name not in own:
            refused.append(one or "")
        elif action == sqlite3.SQLITE_FUNCTION:
            if (two or "").lower() not in _OUTSIDE:
                return sqlite3.SQLITE_OK
            refused.append(two or "")
        elif action in _READING:
            return sqlite3.SQLITE_OK
        else:
            refused.append(f"{_ACTIONS.get(action, '')} {one or two or ''}".strip())
        return sqlite3.SQLITE_DENY

    before = {limit: connection.setlimit(limit, most) for limit, most in _LIMITS.items()}
    factory = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.text_factory = factory
        for limit, most in before.items():
            connection.setlimit(limit, most)
        connection.execute("pragma hard_heap_limit = 0")


def _explained(
    error: Exception, db: Database, refused: list[str], timeout: float, late: bool
) -> Exception:
    """What to tell of an error of SQLite."""
    if refused:
        return UsageError("only reading is allowed: {what} is refused", what=shown(refused[0]))
    code = error_code(error)
    if code == sqlite3.SQLITE_INTERRUPT:
        if not late:  # Ctrl-C, which SQLite answers by stopping
            raise KeyboardInterrupt
        return UsageError("stopped after {seconds} s; --timeout allows more",
                          seconds=f"{timeout:g}")  # fmt: skip
    if code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_AUTH) and (
        isinstance(error, sqlite3.DatabaseError)
    ):
        return unusable(error, db.path)
    found = _UNKNOWN.match(str(error))
    if found is None:
        return UsageError("the query can't be answered: {why}", why=error)
    at = 0 if found[1] == "table" else 1
    known = {str(row[at]) for row in schema_rows()}
    near = get_close_matches(found[2].rpartition(".")[2].lower(), sorted(known), n=3)
    if not near:
        return UsageError("the query can't be answered: {why}. See 'ftz sql --schema'", why=error)
    return UsageError("the query can't be answered: {why}. Did you mean {near}? "
                      "See 'ftz sql --schema'", why=error, near=join(near))  # fmt: skip


def _distinct(names: Iterable[str]) -> list[str]:
    """Column names, no two alike: a record holds a name once."""
    found: list[str] = []
    for name in names:
        unlike, count = name, 1
        while unlike in found:
            count += 1
            unlike = f"{name}_{count}"
        found.append(unlike)
    return found


Described = tuple[str, str, str, str | None, Message | SchemaText]


def schema_rows() -> list[Described]:
    """Every column that people ask of, the view that needs no join first: see SCHEMA_NAMES."""
    of_tables = [
        _described(table, column.name, table.name, column.name)
        for table in tables().values()
        for column in table.columns
    ]
    return [*map(_flat_column, FLAT_COLUMNS), *of_tables]


def _flat_column(name: str) -> Described:
    if name in _FLAT_ONLY:
        kind, description = _FLAT_ONLY[name]
        return FLAT, name, kind, "sources.id" if name == "source" else None, description
    thing, _, lang = name.rpartition("_")
    named = tables().get(f"{thing}s")  # zone_en is the name of a zone
    if named is not None:
        return _described(named, f"name_{lang}", FLAT, name)
    return _described(tables()["figures"], name, FLAT, name)


def _described(table: Table, column: str, shown_table: str, shown_name: str) -> Described:
    found = table.columns[table.at[column]]
    refers = table.references.get(column)
    kind = "integer" if found.type == "integer" else "text"
    return shown_table, shown_name, kind, refers and f"{refers}.id", found.description
