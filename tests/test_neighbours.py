"""The file among the tools that people have: each opens it, and finds no surprise in it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

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


@pytest.fixture
def home(tmp_path):
    """A home whose DuckDB has the sqlite extension, which it would fetch from its own site."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    package = pytest.importorskip("duckdb_extension_sqlite_scanner", reason="no such wheel here")
    with duckdb.connect() as duck:
        ((platform,),) = duck.sql("pragma platform").fetchall()
    of_version = f"v{duckdb.__version__}"
    folder = tmp_path / ".duckdb" / "extensions" / of_version / platform
    folder.mkdir(parents=True)
    name = "sqlite_scanner.duckdb_extension"
    shutil.copy(Path(package.__file__).parent / "extensions" / of_version / name, folder / name)
    return tmp_path


def _block(language):
    """The lines of the README's block of a language."""
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    return readme.split(f"```{language}\n")[1].split("```")[0].splitlines()


def _environment(home):
    """The tools of this Python first, and nothing of the user's own home."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOME": str(home)}


@pytest.mark.parametrize("line", _block("sh-neighbours"))
def test_each_line_of_the_readme_runs(line, home, database):
    pytest.importorskip("pandas", reason="pandas is not installed")
    shutil.copy(database, home / "ftz.db")
    run = subprocess.run(
        ["bash", "-euc", line], cwd=home, env=_environment(home), capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "F001" in run.stdout or (home / "figures.parquet").stat().st_size > 1000


def test_duckdb_attaches_it_with_its_types_and_writes_the_same_parquet(home, database, connection):
    script = """
import duckdb, json, sys
duckdb.sql(f"attach '{sys.argv[1]}' as ftz (type sqlite, read_only)")
duckdb.sql("copy ftz.figures_flat to 'figures.parquet'")
of_type = duckdb.sql("describe ftz.figures_flat").fetchall()
rows = duckdb.sql("select * from 'figures.parquet' order by id").fetchall()
print(json.dumps([{name: kind for name, kind, *_ in of_type}, rows]))
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(database)], cwd=home, env=_environment(home),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    types, found = json.loads(run.stdout)
    numbers = {"base_value", "base_value_to", "low", "high"}
    assert {name for name, kind in types.items() if kind == "DOUBLE"} == numbers
    assert {name for name, kind in types.items() if kind == "BIGINT"} == {"line"}
    assert set(types.values()) == {"VARCHAR", "DOUBLE", "BIGINT"}
    assert [tuple(row) for row in found] == connection.execute(FIGURES).fetchall()
