"""`ftz export`: the data comes out as it went in, and nothing half-written stays."""

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from typer.testing import CliRunner

from ftz_cli import export as exporting
from ftz_cli import open_dataset
from ftz_cli.cli import app
from ftz_cli.errors import DataUnusable
from ftz_cli.load import load
from ftz_cli.schema import tables

FTZ = [sys.executable, "-m", "ftz_cli"]


@pytest.fixture
def database(tmp_path, loaded):
    path = tmp_path / "ftz.db"
    path.write_bytes(loaded)
    return path


def ftz(*words, db=None):
    return CliRunner().invoke(app, [*words, *(["--db", str(db)] if db else [])])


def _texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_the_curated_files_come_out_as_they_are(folder, tmp_path):
    database = tmp_path / "own.db"
    load(database, [str(folder.path)])
    answer = ftz("export", str(tmp_path / "out"), db=database)
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr.endswith(f" figures written to {tmp_path / 'out'}\n")
    before, after = _texts(folder.path), _texts(tmp_path / "out")
    for texts in (before, after):
        del texts["datapackage.json"]
    assert after == before


def test_the_export_loads_back_to_the_same_figures(database, tmp_path):
    assert ftz("export", str(tmp_path / "out"), db=database).exit_code == 0
    again = tmp_path / "again.db"
    load(again, [str(tmp_path / "out")])
    with open_dataset(database) as one, open_dataset(again) as other:
        assert one.figures() == other.figures()
        assert one.initiatives() == other.initiatives()
        assert one.audit() == other.audit()
    shown = [ftz("figures", "--json", db=path) for path in (database, again)]
    assert shown[0].stdout == shown[1].stdout
    assert len(json.loads(shown[0].stdout)) > 100


def test_exporting_an_export_changes_nothing(database, tmp_path):
    ftz("export", str(tmp_path / "one"), db=database)
    again = tmp_path / "again.db"
    load(again, [str(tmp_path / "one")])
    ftz("export", str(tmp_path / "two"), db=again)
    one, two = _texts(tmp_path / "one"), _texts(tmp_path / "two")
    del one["datapackage.json"], two["datapackage.json"]
    assert one == two


def test_the_export_is_a_data_package(database, tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    ftz("export", str(tmp_path / "out"), db=database)
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.flatten(["code", "message"]) == []
    assert report.valid


# A second source beside the bundled one, in words that a reader of CSV may stumble over.
MINE = {
    "sources": [["port-2023", "", "document", "港口；“年报”", "The Port, a \"report\"", "",
                 "2023", "甲; 乙", "", ""]],
    "zones": [["pier", "码头", 'Pier, "old", "new"', "port", "qinzhou-port", " see above; | ",
               "𠮷\u3000«é» 🚢"]],
    "aliases": [["zone", "pier", "en", "'quay'"], ["zone", "pier", "zh", "老，码头"]],
    "figures": [["P1", "pier", "", "ships-traded", "2.50", "", "万艘次", "about", "2022",
                 "during", "measured", "port-2023", "7", "约2.50万艘次", ' ""', ""]],
}  # fmt: skip


def test_own_data_beside_the_bundled_comes_out_as_it_went_in(tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, rows in MINE.items():
        with (mine / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([tables()[name].column_names, *rows])
    one, other, out = tmp_path / "one.db", tmp_path / "other.db", tmp_path / "out"
    load(one, ["bundled", str(mine)])
    assert ftz("export", str(out), db=one).exit_code == 0
    load(other, [str(out)])
    for name in tables():
        read = []
        for path in (one, other):
            with closing(sqlite3.connect(path)) as connection:
                read.append(connection.execute(f"select * from {name} order by rowid").fetchall())
        assert read[0] == read[1], name
        for row in MINE.get(name, []):
            width = len(row)
            assert tuple(cell or None for cell in row) in [
                tuple(None if cell is None else str(cell) for cell in found[:width])
                for found in read[0]
            ]
    package = frictionless.Package(str(out / "datapackage.json"))
    assert package.validate().flatten(["code", "message"]) == []
    for name, rows in MINE.items():
        last = package.get_resource(name).read_rows()[-1].to_list()
        assert [str(cell or "") for cell in last] == rows[-1], name


def test_how_a_cell_is_quoted_is_said_and_not_guessed(tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    (tmp_path / "mine").mkdir()
    rows = [tables()["zones"].column_names, ["pier", "码头", "Pier", "city", "", " 'old'", ""]]
    with (tmp_path / "mine" / "zones.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    load(tmp_path / "own.db", [str(tmp_path / "mine")])
    assert ftz("export", str(tmp_path / "out"), db=tmp_path / "own.db").exit_code == 0
    package = frictionless.Package(str(tmp_path / "out" / "datapackage.json"))
    assert package.validate().valid
    assert package.get_resource("zones").read_rows()[0]["note"] == " 'old'"


def test_who_compiled_the_bundled_data_is_told_of_no_other(database, folder, tmp_path):
    own = tmp_path / "own.db"
    load(own, [str(folder.path)])
    packages = []
    for path in (database, own):
        ftz("export", str(tmp_path / path.stem), db=path)
        packages.append(json.loads((tmp_path / path.stem / "datapackage.json").read_text("utf-8")))
    assert packages[0]["contributors"]
    assert packages[0]["licenses"]
    assert not {"contributors", "licenses", "version"} & packages[1].keys()
    assert packages[1]["sources"] == [
        {"title": "A 2022 newspaper page on the pilot free-trade zones"}
    ]


def test_an_empty_folder_and_an_earlier_export_are_replaced(database, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    assert ftz("export", str(out), db=database).exit_code == 0
    first = _texts(out)
    (out / "figures.csv").write_text("spoilt")
    assert ftz("export", str(out), db=database).exit_code == 0
    assert _texts(out) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ftz.db", "out"]


def test_folders_above_are_made(database, tmp_path):
    assert ftz("export", str(tmp_path / "a" / "b"), db=database).exit_code == 0
    assert (tmp_path / "a" / "b" / "figures.csv").is_file()


def test_a_folder_with_other_things_is_left_alone(database, folder, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    ftz("export", str(tmp_path / "mixed"), db=database)
    (tmp_path / "mixed" / "mine.txt").write_text("mine")
    file = tmp_path / "file"
    file.write_text("a file")
    monkeypatch.chdir(other)
    for name, reason in (
        (str(other), "is the folder you are in; name one inside it"),
        (str(tmp_path / "mixed"), "holds other files (mine.txt); name a new folder"),
        (str(folder.path), "holds a dataset that is no export, so it was left as it is; "
         "name a new folder"),
        (str(file), "is a file, not a folder; name another"),
        (".", "is the folder you are in; name one inside it"),
    ):  # fmt: skip
        answer = ftz("export", name, db=database)
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert answer.stderr == f"ftz: '{name}' {reason}\n"
    assert ftz("export", "", db=database).stderr == (
        "ftz: name a folder to write to, such as 'figures'\n"
    )
    assert [path.name for path in other.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "mixed" / "mine.txt").read_text() == "mine"
    assert (folder / "figures.csv").is_file()


@pytest.mark.parametrize("name", ["/proc/nosuch/out", "x" * 300, "a\x00b", "\ud800"])
def test_a_place_that_cannot_be_written_is_told(database, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    answer = ftz("export", name, db=database)
    assert answer.exit_code in (2, 3)
    assert answer.stderr.startswith("ftz: ")
    assert answer.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ftz.db"]


def test_a_write_that_fails_leaves_the_earlier_export(database, tmp_path, monkeypatch):
    out = tmp_path / "out"
    ftz("export", str(out), db=database)
    before = _texts(out)

    def full(connection):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "package", full)
    with (
        closing(sqlite3.connect(database)) as connection,
        pytest.raises(DataUnusable, match=r"can't write '.*out': No space left on device"),
    ):
        exporting.export(connection, str(out))
    assert _texts(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ftz.db", "out"]


def test_a_rename_that_fails_puts_the_earlier_export_back(database, tmp_path, monkeypatch):
    out = tmp_path / "out"
    ftz("export", str(out), db=database)
    before = _texts(out)
    rename = exporting.Path.rename

    def failing(self, target):
        if self.name.endswith(".exporting"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(exporting.Path, "rename", failing)
    with (
        closing(sqlite3.connect(database)) as connection,
        pytest.raises(DataUnusable, match="Input/output error"),
    ):
        exporting.export(connection, str(out))
    assert _texts(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ftz.db", "out"]


def test_what_a_killed_export_left_is_cleared_away(database, tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / f".out.{gone.pid}.exporting").mkdir()
    (tmp_path / f".out.{os.getppid()}.exporting").mkdir()  # of an export that still runs
    (tmp_path / f".other.{gone.pid}.exporting").mkdir()
    ftz("export", str(tmp_path / "out"), db=database)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["ftz.db", "out", f".out.{os.getppid()}.exporting", f".other.{gone.pid}.exporting"]
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")
def test_killed_at_any_instant_it_leaves_a_whole_export_or_none(database, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    out = place / "out"
    ftz("export", str(out), db=database)
    whole = _texts(out)
    start = time.monotonic()
    subprocess.run([*FTZ, "export", str(out), "--db", str(database)], check=True)
    takes = time.monotonic() - start
    random.seed(8)
    for _ in range(60):
        run = subprocess.Popen([*FTZ, "export", "-q", str(out), "--db", str(database)])
        time.sleep(random.uniform(0, takes))
        run.send_signal(signal.SIGKILL)
        run.wait()
        # Between the two renames the earlier one lies beside, whole.
        [there] = [path for path in (out, *place.glob(".out.*.replaced")) if path.exists()][:1]
        assert _texts(there) == whole
    subprocess.run([*FTZ, "export", "-q", str(out), "--db", str(database)], check=True)
    assert [path.name for path in place.iterdir()] == ["out"]
    assert _texts(out) == whole
