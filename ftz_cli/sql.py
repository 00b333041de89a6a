"""Free questions in SQL: an authorizer that lets nothing but reading through, with limits."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .catalogue import Bilingual, Message, Told
from .errors import DatabaseUnusable, FtzError, UsageError
from .reasons import of_sqlite
from .schema import tables
from .text import shown

# 64 KB hold any question that a person writes; the longest cell that a query may make, and the
# longest answer, hold every figure of a large dataset as one JSON text.
LONGEST_QUERY = 65_536
LONGEST_VALUE = 10_000_000
LONGEST_ANSWER = 64_000_000
# What SQLite may take in all: sorting happens in memory, so that no temporary file is written.
MOST_MEMORY = 512 * 1024 * 1024
LONGEST_TIMEOUT = 3600.0
# Steps of SQLite's machine between two looks at the clock: well under a millisecond.
STEPS = 1000
# A single step (a search in a long text) can outlast the clock; after so long it is abandoned.
GRACE = 0.5

TABLE_FUNCTIONS = ("json_each", "json_tree")
READING_PRAGMAS = (
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
    "foreign_key_list", "function_list", "collation_list", "compile_options",
)  # fmt: skip
# They reach outside the database: a shared library, an address in memory, the error log.
OUTSIDE = frozenset({"load_extension", "fts3_tokenizer", "sqlite_log"})
BUILT_IN = "select distinct lower(name) from pragma_function_list where builtin"
FILE = "select file from pragma_database_list where name = 'main'"

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 4 * LONGEST_QUERY),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    # Each wildcard of a pattern is a call within a call.
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
)
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_ACTIONS = {
    code: name.removeprefix("SQLITE_").replace("_", " ")
    for name, code in vars(sqlite3).items()
    if re.match(r"SQLITE_(CREATE_|DROP_|ALTER_|INSERT|UPDATE|DELETE|ATTACH|DETACH|REINDEX|ANALYZE"
                r"|TRANSACTION|SAVEPOINT)", name)
}  # fmt: skip
_READERS = ("select", "with", "values", "explain")
# What another statement would do, by its first word.
_REFUSED = {
    word: reason
    for words, reason in (
        ("insert update delete replace create drop alter analyze reindex", "sql.changes"),
        ("attach detach", "sql.attaches"),
        ("vacuum", "sql.vacuums"),
        ("begin commit end rollback savepoint release", "sql.transacts"),
        ("pragma", "sql.configures"),
    )
    for word in words.split()
}
_BLANK = re.compile(r"\s+|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*")
_UNKNOWN = re.compile(r"no such (table|column|function): (.+)", re.DOTALL)

FLAT = "figures_flat"
FLAT_COLUMNS = (
    "id", "zone", "zone_zh", "zone_en", "initiative", "initiative_zh", "initiative_en",
    "metric", "metric_zh", "metric_en", "value", "value_to", "unit", "base_value",
    "base_value_to", "base_unit", "low", "high", "bound", "period", "period_kind", "status",
    "source", "article", "line", "printed", "note",
)  # fmt: skip
REAL = frozenset({"base_value", "base_value_to", "low", "high"})
SCHEMA_FIELDS = ["table", "column", "type", "refers_to", "description"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with their column names, and a remark where some were left out."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    cut: Message | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """A column in words: of which table, its SQLite type, what it refers to, what it holds."""

    table: str
    column: str
    type: str
    refers_to: str | None
    description: Told


def described() -> list[Described]:
    """Every column of the tables and views that people ask of; the look-up index is none."""
    found = []
    for table in tables().values():
        keys = table.references
        for column in table.columns:
            found.append(
                Described(
                    table.name,
                    column.name,
                    "integer" if column.type == "integer" else "text",
                    f"{keys[column.name]}.id" if column.name in keys else None,
                    Bilingual(column.description_en, column.description_zh),
                )
            )
        if table.name == "figures":
            # The loader adds them.
            found += [Described("figures", name, "text", None, Message(f"column.{name}"))
                      for name in ("low", "high")]  # fmt: skip
    figures = {one.column: one for one in found if one.table == "figures"}
    for name in FLAT_COLUMNS:
        if name in REAL or name not in figures:
            kind = "real" if name in REAL else "text"
            refers = "sources.id" if name == "source" else None
            found.append(Described(FLAT, name, kind, refers, Message(f"column.{name}")))
        else:
            own = figures[name]
            found.append(Described(FLAT, name, own.type, own.refers_to, own.description))
    return found


def schema_rows(lang: str) -> list[tuple[str, str, str, str | None, str]]:
    """The rows of `ftz sql --schema`, the view that needs no join first."""
    ordered = sorted(described(), key=lambda one: one.table != FLAT)
    return [
        (one.table, one.column, one.type, one.refers_to, one.description.told(lang))
        for one in ordered
    ]


def checked_text(raw: bytes) -> str:
    """A query that came as bytes; raises UsageError where it is too long or no UTF-8."""
    if len(raw) > LONGEST_QUERY:
        raise UsageError("sql.too_long", most=LONGEST_QUERY)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("sql.not_utf8_at", at=error.start + 1) from None


def ask(
    connection: sqlite3.Connection, query: str, most_rows: int = 10_000, timeout: float = 10.0
) -> Answer:
    """Answer `query` from the database that `connection` reads, in at most `timeout` seconds.

    The query runs on a connection of its own. Raises UsageError, in one line, for anything but
    reading, for what SQLite can't understand, and for what takes too long or too much.
    """
    if not 0 < timeout <= LONGEST_TIMEOUT:
        raise UsageError("sql.timeout", most=f"{LONGEST_TIMEOUT:.0f}")
    if most_rows < 1:
        raise UsageError("sql.limit")
    query = _statement(query)
    # In a thread, for one step of SQLite can't be interrupted: Ctrl-C and the time limit hold
    # all the same, since the program ends without waiting for it.
    run = _Run(connection, query, most_rows, time.monotonic() + timeout)
    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(timeout + GRACE)
    if worker.is_alive() or run.late:
        raise UsageError("sql.stopped", seconds=f"{timeout:g}")
    if run.error is not None:
        raise run.error
    assert run.answer is not None, "a run ends with an answer or an error"
    return run.answer


def _statement(query: str) -> str:
    """The one reading statement that `query` seems to hold; raises UsageError for another."""
    try:
        size = len(query.encode())
    except UnicodeEncodeError:
        raise UsageError("sql.not_utf8") from None
    if size > LONGEST_QUERY:
        raise UsageError("sql.too_long", most=LONGEST_QUERY)
    if "\x00" in query:
        raise UsageError("sql.nul")
    query = query.removeprefix("\ufeff").rstrip("; \t\r\n")
    start = _after_blanks(query, 0)
    found = _WORD.match(query, start)
    first = found[0].lower() if found else ""
    if first == "explain":
        start = _after_blanks(query, start + len(first))
        if plan := re.compile(r"query\b", re.IGNORECASE).match(query, start):
            start = _after_blanks(query, plan.end())
            if plan := re.compile(r"plan\b", re.IGNORECASE).match(query, start):
                start = _after_blanks(query, plan.end())
        found = _WORD.match(query, start)
        first = found[0].lower() if found else ""
    if first in _REFUSED:
        raise UsageError("sql.refused", word=first.upper(), reason=Message(_REFUSED[first]))
    if not first and start >= len(query):
        raise UsageError("sql.empty")
    if first not in _READERS and query[start] != "(":
        near = get_close_matches(first, _READERS, n=1)
        begins = shown(first or query[start], 20)
        if near:
            raise UsageError("sql.begins_near", begins=begins, near=near[0])
        raise UsageError("sql.begins", begins=begins)
    return query


def _after_blanks(query: str, start: int) -> int:
    while found := _BLANK.match(query, start):
        start = found.end()
    return start


class _Run:
    """One query on a connection of its own: called in a thread, it leaves an answer or an error."""

    def __init__(
        self, reader: sqlite3.Connection, query: str, most_rows: int, deadline: float
    ) -> None:
        self.query, self.most_rows, self.deadline = query, most_rows, deadline
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.late = False
        self.refused: list[Message] = []
        self._open = _opener(reader)

    def __call__(self) -> None:
        """Run it."""
        try:
            with contextlib.closing(self._open()) as connection:
                self._guard(connection)
                try:
                    self.answer = self._fetch(connection)
                except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError) as error:
                    self.error = self._told(error)
        except MemoryError:
            self.error = UsageError("sql.memory", most=MOST_MEMORY // 2**20)
        except (FtzError, sqlite3.Error) as error:
            self.error = error

    def _guard(self, connection: sqlite3.Connection) -> None:
        """Shut everything but reading, and set the limits."""
        connection.execute("pragma query_only = on")
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma cell_size_check = on")
        connection.execute(f"pragma hard_heap_limit = {MOST_MEMORY}")
        functions = {name for (name,) in connection.execute(BUILT_IN)} - OUTSIDE
        # A table-valued function registers itself when it is first met, which looks like a change.
        opened = (*TABLE_FUNCTIONS, *(f"pragma_{pragma}" for pragma in READING_PRAGMAS))
        # Newer ones do so unseen, and some are there from the start: dbstat, sqlite_dbpage.
        tables = {name.lower() for (name,) in connection.execute("select name from sqlite_master")}
        tables |= {*opened, "sqlite_master", "sqlite_schema", "sqlite_temp_master"}
        for name in opened:
            with contextlib.suppress(sqlite3.OperationalError):  # unknown to an older SQLite
                connection.execute(f"select 1 from {name} limit 0")

        def authorize(action: int, one: str | None, two: str | None, *_: str | None) -> int:
            if action == sqlite3.SQLITE_READ and two and (one or "").lower() not in tables:
                self.refused.append(Message("sql.table_function"))
                return sqlite3.SQLITE_DENY
            if action in _READING:
                return sqlite3.SQLITE_OK
            if action == sqlite3.SQLITE_FUNCTION and (two or "").lower() in functions:
                return sqlite3.SQLITE_OK
            if action == sqlite3.SQLITE_PRAGMA and (one or "").lower() in READING_PRAGMAS:
                return sqlite3.SQLITE_OK
            if action == sqlite3.SQLITE_FUNCTION:
                self.refused.append(Message("sql.function", name=shown(two or "")))
            elif action == sqlite3.SQLITE_PRAGMA:
                self.refused.append(Message("sql.pragma", name=shown(one or "")))
            elif one in ("sqlite_master", "sqlite_temp_master") and action in (
                sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_INSERT
            ):  # fmt: skip
                self.refused.append(Message("sql.table_function"))
            else:
                words = f"{_ACTIONS.get(action, '')} {shown(one or '')}".strip()
                self.refused.append(Message("sql.action", words=words))
            return sqlite3.SQLITE_DENY

        for limit, most in _LIMITS:
            connection.setlimit(limit, most)
        connection.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
        connection.set_authorizer(authorize)
        connection.set_progress_handler(self._overdue, STEPS)

    def _overdue(self) -> bool:
        self.late = time.monotonic() > self.deadline
        return self.late

    def _fetch(self, connection: sqlite3.Connection) -> Answer:
        cursor = connection.execute(self.query)
        if cursor.description is None:
            raise UsageError("sql.no_rows")
        names = _distinct(column[0] for column in cursor.description)
        rows: list[tuple[Any, ...]] = []
        size = 0
        for row in cursor:
            size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
            if len(rows) == self.most_rows:
                return Answer(names, rows, Message("sql.cut_rows", rows=len(rows)))
            if size > LONGEST_ANSWER and rows:
                most = LONGEST_ANSWER // 10**6
                return Answer(names, rows, Message("sql.cut_size", rows=len(rows), most=most))
            rows.append(row)
        return Answer(names, rows)

    def _told(self, error: Exception) -> Exception:
        """What to tell of an error of SQLite; the error itself where the file is at fault."""
        if self.refused:
            return UsageError("sql.denied", what=self.refused[0])
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
            return error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN):
            return DatabaseUnusable("sql.busy", why=of_sqlite(error))
        if code == sqlite3.SQLITE_NOMEM:
            raise MemoryError
        if code == sqlite3.SQLITE_TOOBIG:
            return UsageError("sql.too_big", most=LONGEST_VALUE // 10**6)
        text = str(error)
        if "one statement at a time" in text:
            return UsageError("sql.several")
        if isinstance(error, sqlite3.ProgrammingError) and "binding" in text.lower():
            return UsageError("sql.parameter")
        if found := _UNKNOWN.match(text):
            return _unknown(found[1], found[2])
        return UsageError("sql.cannot", why=of_sqlite(error))


def _opener(reader: sqlite3.Connection) -> Callable[[], sqlite3.Connection]:
    """How to open, in another thread, the database that `reader` has open."""
    file = reader.execute(FILE).fetchone()[0]
    if file:
        from .store import open_named

        return lambda: open_named(file)
    image = reader.serialize()

    def copy() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(image)
        return connection

    return copy


def _distinct(names: Iterator[str]) -> list[str]:
    """Column names, no two alike: a record holds a name once."""
    found: list[str] = []
    for name in names:
        unlike, count = name, 1
        while unlike in found:
            count += 1
            unlike = f"{name}_{count}"
        found.append(unlike)
    return found


def _unknown(kind: str, name: str) -> UsageError:
    """A table, column or function that is not there, with the nearest that are."""
    every = described()
    if kind == "table":
        known = {one.table for one in every}
    elif kind == "column":
        known = {one.column for one in every}
    else:
        version = sqlite3.sqlite_version
        return UsageError("sql.no_function", name=shown(name), version=version)
    near = get_close_matches(name.rpartition(".")[2].lower(), sorted(known), n=3)
    key = "sql.unknown_near" if near else "sql.unknown"
    return UsageError(key, kind=Message(f"sql.{kind}"), name=shown(name), near=near)
