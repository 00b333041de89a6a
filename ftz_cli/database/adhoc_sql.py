"""Queries in SQL from the user: reading only, with a time limit."""

import sqlite3
import time
from typing import Any, NamedTuple

from ..language import Message, shown
from ..model.errors import UsageError
from .opening import Database

# A single step on a longer value could exceed the time limit.
LONGEST_VALUE = 1_000_000
TIMEOUT = 10  # seconds
# SQLite checks the time after so many instructions, which take less than a millisecond.
STEPS = 1000

READING = (
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION,
)  # fmt: skip
# Pragmas that list tables and columns.
LISTING = ("table_info", "table_xinfo", "table_list")
# The first use of a table function registers it, which the authorizer would refuse as a change.
TABLE_FUNCTIONS = "select 1 from json_each(''), json_tree(''), pragma_table_info('') limit 0"


class Answer(NamedTuple):
    """Rows with their column names, and a notice where some were left out."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    cut: Message | None = None


def _authorize(action: int, of: str | None, name: str | None, *_: str | None) -> int:
    # The function fts3_tokenizer reads addresses in memory.
    allowed = action in READING and (name or "").lower() != "fts3_tokenizer"
    allowed |= action == sqlite3.SQLITE_PRAGMA and (of or "").lower() in LISTING
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def run(db: Database, query: str, limit: int = 10_000) -> Answer:
    """The first `limit` rows of one reading statement; raises UsageError for any other."""
    db.one(TABLE_FUNCTIONS)
    deadline = time.monotonic() + TIMEOUT
    connection = db.connection
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    try:
        cursor = connection.execute(query)
        rows = cursor.fetchmany(limit + 1)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code == sqlite3.SQLITE_AUTH:
            raise UsageError("only reading is allowed") from None
        if code == sqlite3.SQLITE_INTERRUPT:
            if time.monotonic() < deadline:  # Ctrl-C also interrupts SQLite
                raise KeyboardInterrupt from None
            raise UsageError("stopped after {time} s", time=TIMEOUT) from None
        text = "SQLite can't answer this: {why}. See 'ftz check --explain'"
        raise UsageError(text, why=shown(str(error).rstrip("."), 200)) from None
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    names = [column[0] for column in cursor.description or ()]
    if not names:
        raise UsageError("the query gives no rows; begin it with SELECT")
    cut = Message("the first {count} rows; --limit shows more", count=limit)
    return Answer(names, rows[:limit], cut if len(rows) > limit else None)
