"""Free SQL reads anything and changes nothing, however it is asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.database import Database, adhoc_sql, open_named
from ftz_cli.database.adhoc_sql import run
from ftz_cli.model.errors import UsageError


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adhoc_sql, "TIMEOUT", 0.3)


@pytest.fixture(scope="module")
def db(small_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("sql") / "ftz.db"
    path.write_bytes(small_file)
    with open_named(path) as db:
        yield db


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("select count(*) from figures", [(15,)]),
        ("  /* why */ SELECT 1, 'a;b' ; ", [(1, "a;b")]),
        ("with t as (select 2 as n) select n * n from t", [(4,)]),
        ("pragma table_info(meta)", [(0, "key", "TEXT", 1, None, 1), (1, "value", "TEXT", 0, None, 0)]),
        ("select name from pragma_table_info('meta')", [("key",), ("value",)]),
        ("select value from json_each('[1, 2]')", [(1,), (2,)]),
        ("select zone, count(*) from figures group by zone order by 2", [("linhe-port", 2), ("linhe", 13)]),
    ],
)  # fmt: skip
def test_reading_statements_are_answered(
    query: str, rows: list[tuple[object, ...]], db: Database
) -> None:
    assert run(db, query).rows == rows


def test_an_answer_that_is_cut_says_so(db: Database) -> None:
    answer = run(db, "select id from figures", limit=4)
    assert str(answer.cut) == "the first 4 rows; --limit shows more"
    assert len(answer.rows) == 4
    assert run(db, "select id from figures", limit=15).cut is None


ENDLESS = "with recursive t(x) as (select 1 union all select x + 1 from t) "


@pytest.mark.parametrize(
    "query",
    [
        ENDLESS + "select sum(x) from t",
        ENDLESS + "select x from t where x < 0",
        "select count(*) from units a, units b, units c, units d where a.id || b.id = c.id || d.id",
    ],
)
def test_a_long_query_is_stopped_in_time(query: str, db: Database) -> None:
    start = time.monotonic()
    with pytest.raises(UsageError, match=r"stopped after 0\.3 s"):
        run(db, query)
    assert time.monotonic() - start < 10  # it would last for ever
    assert run(db, "select 1").rows == [(1,)]


HOSTILE = (Path(__file__).parent / "data" / "hostile.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("statement", HOSTILE.splitlines())
def test_a_hostile_statement_is_refused_and_changes_nothing(
    statement: str,
    db: Database,
    small_file: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as refused:
        run(db, statement.replace("{folder}", str(tmp_path)))
    assert "\n" not in str(refused.value)
    assert ".." not in str(refused.value)
    path = Path(db.path or "")
    assert [*path.parent.iterdir()] == [path]
    assert path.read_bytes() == small_file
    assert [*tmp_path.iterdir()] == []


WORDS = st.sampled_from(
    "select from where figures zones * , ( ) 1 'x' \" ; -- /* with as union attach pragma json_each "
    "order by group limit count(*) delete into x'41' ? :a \0 \ud800 explain".split(" ")
)


@given(query=st.lists(WORDS | st.text(max_size=3), max_size=12).map(" ".join))
def test_any_text_is_answered_or_refused(query: str, db: Database) -> None:
    with suppress(UsageError):
        run(db, query)
    assert run(db, "select count(*) from figures").rows == [(15,)]
