"""The file among the tools that people have: each opens it, and finds no surprise in it."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

FIGURES = "select * from figures_flat order by id"
CHOSEN = (
    "select printed, base_value from figures_flat where metric = 'cross-border-ecommerce-trade'"
)


@pytest.fixture(scope="module")
def database(tmp_path_factory, loaded):
    path = tmp_path_factory.mktemp("neighbours") / "ftz.db"
    path.write_bytes(loaded)
    return path


@pytest.fixture
def connection(database):
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield connection


def test_every_column_holds_one_type(connection):
    mixed = {}
    tables = connection.execute("select name from sqlite_master where type in ('table', 'view')")
    for (table,) in tables.fetchall():
        for column in connection.execute(f"pragma table_info({table})").fetchall():
            types = {
                kind
                for (kind,) in connection.execute(
                    f'select distinct typeof("{column[1]}") from "{table}"'
                )
            } - {"null"}
            if len(types) > 1:
                mixed[table, column[1]] = types
    assert mixed == {}


def test_keys_hold_and_the_file_is_sound(connection):
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_names_need_no_quoting(connection):
    names = connection.execute("select name from sqlite_master where type in ('table', 'view')")
    assert all(name.isidentifier() and name.islower() for (name,) in names)


def test_sqlite_utils_reads_it(database, connection):
    sqlite_utils = pytest.importorskip("sqlite_utils", reason="sqlite-utils is not installed")
    opened = sqlite_utils.Database(connection)
    assert opened["figures"].count == len(connection.execute(FIGURES).fetchall())
    assert opened["figures_flat"].exists()
    keys = {(key.column, key.other_table) for key in opened["figures"].foreign_keys}
    assert {("zone", "zones"), ("metric", "metrics"), ("unit", "units")} <= keys
    run = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", "query", str(database), CHOSEN, "--csv"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "23.78亿元,2378000000.0" in run.stdout


def test_pandas_reads_it(connection):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.read_sql(FIGURES, connection)
    assert len(frame) > 100
    assert {str(frame[name].dtype) for name in ("base_value", "low", "high")} == {"float64"}
    assert str(frame["line"].dtype) == "int64"


def test_polars_reads_it(connection):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.read_database(FIGURES, connection, infer_schema_length=None)
    assert frame["low"].dtype == polars.Float64
    assert frame["line"].dtype == polars.Int64
    assert len(frame) > 100


def _duckdb():
    return pytest.importorskip("duckdb", reason="duckdb is not installed")


def test_duckdb_attaches_it_and_writes_parquet(database, connection, tmp_path):
    duckdb = _duckdb()
    parquet = tmp_path / "figures.parquet"
    with duckdb.connect() as duck:
        try:
            duck.execute("install sqlite; load sqlite")
        except duckdb.Error as error:
            pytest.skip(f"DuckDB can't fetch its sqlite extension here: {str(error)[:80]}")
        duck.execute(f"attach '{database}' as ftz (type sqlite, read_only)")
        duck.execute(f"copy (from ftz.figures_flat) to '{parquet}'")
        _same(duck.sql(f"select * from '{parquet}' order by id").fetchall(), connection)


def test_duckdb_makes_parquet_of_a_csv(database, connection, tmp_path):
    """The way that needs no extension: `ftz figures -o figures.csv`, then one line of DuckDB."""
    duckdb = _duckdb()
    csv, parquet = tmp_path / "figures.csv", tmp_path / "figures.parquet"
    subprocess.run(
        [sys.executable, "-m", "ftz_cli", "sql", FIGURES, "--db", str(database), "-o", str(csv)],
        check=True,
    )
    with duckdb.connect() as duck:
        duck.execute(f"copy (from '{csv}') to '{parquet}'")
        found = duck.sql(f"select id, printed, low, line from '{parquet}' order by id").fetchall()
    own = "select id, printed, low, line from figures_flat order by id"
    assert found == connection.execute(own).fetchall()


def test_duckdb_makes_parquet_of_a_frame(connection, tmp_path):
    duckdb, pandas = _duckdb(), pytest.importorskip("pandas", reason="pandas is not installed")
    parquet = tmp_path / "figures.parquet"
    frame = pandas.read_sql(FIGURES, connection)
    with duckdb.connect() as duck:
        duck.register("frame", frame)
        duck.execute(f"copy frame to '{parquet}'")
        _same(duck.sql(f"select * from '{parquet}' order by id").fetchall(), connection)


def _same(found, connection):
    assert found == connection.execute(FIGURES).fetchall()
