"""Free questions in SQL: nothing but reading gets through, and only for so long."""

from __future__ import annotations

import sqlite3
import time
from typing import Any, NamedTuple

from ..language import Message, shown
from ..model.dataset_schema import tables
from ..model.errors import UsageError
from .opening import Database, error_code, unusable

# The view that needs no join: figures with the fields of their JSON.
FLAT = "figures_flat"
# The longest cell that a query may make: a single step on a longer one could outlast the clock.
LONGEST_VALUE = 1_000_000
# The seconds that a query may take.
TIMEOUT = 10
# Steps of SQLite's machine between two looks at the clock: well under a millisecond.
STEPS = 1000

READING = (
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION,
)  # fmt: skip
# They reach outside the database: a shared library, an address in memory, the error log.
OUTSIDE = ("load_extension", "fts3_tokenizer", "sqlite_log")
# They are no tables of the file, but functions of its content; each registers itself when it is
# first met, which looks like a change.
TABLE_FUNCTIONS = "select 1 from json_each(''), json_tree('') limit 0"


class Answer(NamedTuple):
    """Rows with their column names, and a notice where some were left out."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    cut: Message | None = None


def run(db: Database, query: str, limit: int = 10_000) -> Answer:
    """The first `limit` rows of one reading statement, found in at most TIMEOUT seconds.

    Raises UsageError, in one line, for anything but reading, for what SQLite can't understand,
    and for what takes too long; DatabaseUnusable where the file is at fault.
    """
    if limit < 0:
        raise UsageError("a limit is no less than 0")
    ends = time.monotonic() + TIMEOUT
    refused: list[str] = []

    def authorize(action: int, one: str | None, two: str | None, *_: str | None) -> int:
        if action in READING and (two or "").lower() not in OUTSIDE:
            return sqlite3.SQLITE_OK
        refused.append(shown(one or two or ""))
        return sqlite3.SQLITE_DENY

    connection = db.connection
    db.one(TABLE_FUNCTIONS)
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    try:
        cursor = connection.execute(query)
        rows = cursor.fetchmany(limit + 1)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if refused:
            reason = UsageError("only reading is allowed: {what} is refused", what=refused[0])
        elif error_code(error) == sqlite3.SQLITE_INTERRUPT:
            if time.monotonic() < ends:  # Ctrl-C, which SQLite answers by stopping
                raise KeyboardInterrupt from None
            reason = UsageError("stopped after {time} s", time=TIMEOUT)
        elif error_code(error) in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG):
            read_all(db)  # raises where it is the file that is at fault, and not the question
            why = shown(str(error).rstrip("."), 200)
            reason = UsageError(
                "SQLite can't answer this: {why}. See 'ftz check --explain'", why=why
            )
        else:
            raise unusable(error, db.path) from None
        raise reason from None
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    names = [column[0] for column in cursor.description or ()]
    if not names:
        raise UsageError("the query gives no rows; begin it with SELECT")
    cut = Message("the first {count} rows; --limit shows more", count=limit)
    return Answer(names, rows[:limit], cut if len(rows) > limit else None)


def read_all(db: Database) -> None:
    """Read every row that people ask of; raises DatabaseUnusable for one that can't be read."""
    for name in (FLAT, *tables()):
        for _ in db.query(f"select * from {name}"):
            pass
