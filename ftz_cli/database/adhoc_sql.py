"""Free questions in SQL: nothing but reading gets through, and only for so long."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from ..language import Message, shown
from ..model.dataset_schema import SchemaText, tables
from ..model.errors import UsageError
from .figure_columns import FLAT, FLAT_COLUMNS
from .opening import Database, error_code, unusable

# The longest cell that a query may make: a single step on a longer one could outlast the clock.
LONGEST_VALUE = 1_000_000
# Steps of SQLite's machine between two looks at the clock: well under a millisecond.
STEPS = 1000

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
# They reach outside the database: a shared library, an address in memory, the error log.
_OUTSIDE = frozenset({"load_extension", "fts3_tokenizer", "sqlite_log"})
# These are no tables of the file, but functions of its content.
_TABLE_FUNCTIONS = ("json_each", "json_tree")

SCHEMA_NAMES = ["table", "column", "refers_to", "description"]


class Answer(NamedTuple):
    """Rows with their column names, and a notice where some were left out."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    cut: Message | None = None


def run(db: Database, query: str, limit: int = 10_000, timeout: float = 10.0) -> Answer:
    """The first `limit` rows of one reading statement, found in at most `timeout` seconds.

    Raises UsageError, in one line, for anything but reading, for what SQLite can't understand,
    and for what takes too long; DatabaseUnusable where the file is at fault.
    """
    ends = time.monotonic() + timeout
    refused: list[str] = []
    try:
        with _guarded(db.connection, refused, ends):
            cursor = db.connection.execute(query)
            rows = cursor.fetchmany(limit + 1)
            names = [column[0] for column in cursor.description or ()]
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if refused:
            reason = UsageError("only reading is allowed: {what} is refused", what=refused[0])
        elif error_code(error) == sqlite3.SQLITE_INTERRUPT:
            if time.monotonic() < ends:  # Ctrl-C, which SQLite answers by stopping
                raise KeyboardInterrupt from None
            reason = UsageError(
                "stopped after {time} s; --timeout allows more", time=f"{timeout:g}"
            )
        elif error_code(error) in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG):
            why = shown(str(error), 200)
            reason = UsageError("SQLite can't answer this: {why}. See 'ftz sql --schema'", why=why)
        else:
            raise unusable(error, db.path) from None  # type: ignore[arg-type]
        raise reason from None
    if not names:
        raise UsageError("the query gives no rows; begin it with SELECT")
    cut = Message("the first {count} rows; --limit shows more", count=limit)
    # No two names alike: a record holds a name once.
    unlike = [f"{n}_{at}" if n in names[:at] else n for at, n in enumerate(names)]
    return Answer(unlike, rows[:limit], cut if len(rows) > limit else None)


@contextmanager
def _guarded(connection: sqlite3.Connection, refused: list[str], ends: float) -> Iterator[None]:
    """Let nothing but reading through until the end of the block, nor after the time `ends`."""
    # A table-valued function registers itself when it is first met, which looks like a change.
    for name in _TABLE_FUNCTIONS:
        connection.execute(f"select 1 from {name} limit 0")

    def authorize(action: int, one: str | None, two: str | None, *_: str | None) -> int:
        allowed = action in _READING
        if action == sqlite3.SQLITE_FUNCTION:
            allowed = (two or "").lower() not in _OUTSIDE
        if not allowed:
            refused.append(shown(one or two or ""))
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def schema_rows() -> list[tuple[str, str, str | None, SchemaText]]:
    """Every column that people ask of, the view that needs no join first: see SCHEMA_NAMES."""
    listed = [(FLAT, tables()["figures"], list(FLAT_COLUMNS))]
    listed += [(name, table, table.column_names) for name, table in tables().items()]
    found = []
    for name, table, columns in listed:
        known = {column.name: column.description for column in table.columns}
        for column in columns:
            description = known.get(column, SchemaText("", ""))
            found.append((name, column, table.references.get(column), description))
    return found
