"""No named query reads all figures, nor the whole look-up index, to answer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from generate import generate

from ftz_cli import beside, find, queries, question, resolve, store
from ftz_cli.load import load

MODULES = (queries, question, resolve, find, beside, store)
# Tables that grow with the data, which no look-up may read from end to end.
LARGE = ("figures", "postings", "names", "terms", "spellings", "aliases")
# Queries whose answer is the table itself.
WHOLE_TABLE = {
    "queries.ALL_FIGURES": "`ftz figures` without a filter lists every figure",
}
_ALIAS = re.compile(rf"\b(?:from|join) ({'|'.join(LARGE)})(?:\s+(\w))?\b")
# A step that reads a table, or an index, from end to end.
_SCAN = re.compile(r"SCAN (\w+)")


def named(modules: tuple[object, ...] = MODULES) -> Iterator[tuple[str, str]]:
    """Every query of these modules by its name; those in a dict by their key too."""
    for module in modules:
        short = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
        for name, value in vars(module).items():
            if not name.isupper() or name.startswith("_"):
                continue  # with an underscore it is a part of queries, never asked alone
            many = value if isinstance(value, dict) else {"": value}
            for key, sql in many.items():
                if isinstance(sql, str) and re.match(r"\s*(select|with)\b", sql, re.I):
                    yield f"{short}.{name}" + (f"[{key}]" if key else ""), sql


QUERIES = dict(named())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("plans")
    generate(folder / "data", 3000, 300)
    load(folder / "ftz.db", [str(folder / "data")])
    connection = sqlite3.connect(folder / "ftz.db")
    yield connection
    connection.close()


def scans(data: sqlite3.Connection, sql: str) -> list[str]:
    """The steps of a query's plan that read a large table from end to end."""
    sql = sql.replace("{}", "'x','y'")
    names = {alias or table for table, alias in _ALIAS.findall(sql)} | set(LARGE)
    bindings: dict[str, str] | list[str] = {name: "x" for name in re.findall(r":(\w+)", sql)}
    plan = data.execute(f"explain query plan {sql}", bindings or ["x"] * sql.count("?"))
    return [step for *_, step in plan if (at := _SCAN.match(step)) and at[1] in names]


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in WHOLE_TABLE])
def test_reads_by_index(name: str, data: sqlite3.Connection) -> None:
    assert scans(data, QUERIES[name]) == []


# `--status measured` alone: nine figures of ten are its answer.
FILTERS = [
    chosen
    for count in (1, 2, 3)
    for chosen in combinations(queries.FILTERS, count)
    if chosen != ("measured",) and not {"measured", "status"} <= set(chosen)
]


@pytest.mark.parametrize("chosen", FILTERS, ids=" ".join)
def test_filters_read_by_index(chosen: tuple[str, ...], data: sqlite3.Connection) -> None:
    sent: list[str] = []
    data.set_trace_callback(sent.append)
    queries.figures_filtered(data, dict.fromkeys(chosen, "x"))
    data.set_trace_callback(None)
    assert [scans(data, sql) for sql in sent] == [[]]


def test_queries_are_found() -> None:
    assert len(QUERIES) >= 40
    assert set(WHOLE_TABLE) <= set(QUERIES)


def test_a_scan_is_seen(data: sqlite3.Connection) -> None:
    assert scans(data, "select id from figures f where f.note = :note")
    assert scans(data, "select count(*) from figures")
    assert scans(data, "select g.id from metrics m join figures g on g.value = m.id")
    assert scans(data, "select name from postings where thing in ({})")


def test_no_look_up_reads_all_figures(data: sqlite3.Connection, tmp_path: Path) -> None:
    """The queries as they are really sent, with their real bindings."""
    sent: list[str] = []
    data.set_trace_callback(sent.append)
    find.figures(data, "新增跨境电商金额 2018")
    find.figures(data, "growth of cross-border e-comerce")
    find.one(data, "zone", "hanhan-pilot-0")
    beside.compared(data, ["hanhan-pilot-0", "haihai-area-1"], None, False)
    data.set_trace_callback(None)
    assert len(sent) > 20
    # What is in an empty list is known without reading a row.
    asked = {sql for sql in sent if re.match(r"\s*select", sql, re.I) and " in ()" not in sql}
    assert {sql: found for sql in asked if (found := scans(data, sql))} == {}
