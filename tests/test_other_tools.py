"""What `ftz` writes, in the tools that people have: numbers are numbers there, and no row is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from ftz_cli.api import open_dataset

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
BIN = Path(sys.executable).parent
NUMBERS = ["value", "value_to", "base_value", "base_value_to", "low", "high"]
# How each tool reads a file of each format, as records.
READERS: dict[tuple[str, str], Callable[[str], list[dict[str, Any]]]] = {
    ("pandas", "csv"): lambda path: pandas.read_csv(path).to_dict("records"),
    ("pandas", "json"): lambda path: pandas.read_json(path).to_dict("records"),
    ("pandas", "jsonl"): lambda path: pandas.read_json(path, lines=True).to_dict("records"),
    ("polars", "csv"): lambda path: polars.read_csv(path, infer_schema_length=None).to_dicts(),
    ("polars", "json"): lambda path: polars.read_json(path, infer_schema_length=None).to_dicts(),
    ("polars", "jsonl"): lambda path: polars.read_ndjson(path, infer_schema_length=None).to_dicts(),
} | {
    ("duckdb", suffix): lambda path: duckdb.sql(f"from '{path}'").df().to_dict("records")
    for suffix in ("csv", "json", "jsonl")
}  # fmt: skip


@pytest.fixture(scope="module")
def database(loaded: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tools") / "ftz.db"
    path.write_bytes(loaded)
    return path


def run(*command: object) -> str:
    """What a program of this environment prints."""
    program = BIN / str(command[0])
    done = subprocess.run([program, *map(str, command[1:])], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("tool", "suffix"), READERS)
def test_numbers_are_numbers(tool: str, suffix: str, database: Path, tmp_path: Path) -> None:
    path = tmp_path / f"figures.{suffix}"
    run("ftz", "figures", "--db", database, "-q", "-o", path)
    found = READERS[tool, suffix](str(path))
    with open_dataset(database) as data:
        figures = {figure.id: figure for figure in data.figures()}
    assert [row["id"] for row in found] == [*figures]
    for row in found:
        figure = figures[row["id"]]
        assert row["printed"] == figure.printed
        for name in NUMBERS:
            wanted = getattr(figure, name)
            # pandas has NaN where there is no number.
            read = None if row[name] != row[name] else row[name]
            assert read == (wanted if wanted is None else pytest.approx(float(wanted))), name


def test_an_export_is_read_and_joined(database: Path, tmp_path: Path) -> None:
    run("ftz", "export", tmp_path / "out", "--db", database, "-q")
    joined = duckdb.sql(
        f"select count(*) from '{tmp_path}/out/figures.csv' f join '{tmp_path}/out/zones.csv' z"
        f" on f.zone = z.id join '{tmp_path}/out/metrics.csv' m on f.metric = m.id"
    ).fetchone()
    with open_dataset(database) as data:
        assert joined == (len(data.figures()),)


def test_programs_for_sqlite_read_the_file(database: Path) -> None:
    sql = "select low, high, line from figures_flat where printed = '73.46%'"
    row = {"low": 73.455, "high": 73.465, "line": 53}
    assert json.loads(run("sqlite-utils", "query", database, sql)) == [row]
    address = f"/ftz.json?{urlencode({'_shape': 'array', 'sql': sql})}"
    assert json.loads(run("datasette", database, "--get", address)) == [row]


def test_each_column_of_the_view_has_one_type(database: Path) -> None:
    with open_dataset(database) as data:
        answer = data.sql("select * from figures_flat", limit=10**6)
    for name, column in zip(answer.names, zip(*answer.rows, strict=True), strict=True):
        kinds = {type(cell) for cell in column} - {type(None)}
        assert kinds <= ({float} if name in NUMBERS else {int} if name == "line" else {str}), name
