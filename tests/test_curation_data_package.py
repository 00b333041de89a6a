"""An export is a Data Package, whole or not at all, and loads back as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_dataset import FILES

from ftz_cli.curation.data_package import export
from ftz_cli.curation.loader import load
from ftz_cli.database import open_named
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.errors import DataUnusable, UsageError

EXPORT = """
import sys
from ftz_cli.curation.data_package import export
from ftz_cli.database import open_named
with open_named(sys.argv[1]) as db:
    export(db, sys.argv[2])
"""


def exported(database: Path, folder: Path | str) -> dict[str, str]:
    with open_named(database) as db:
        export(db, str(folder))
    return texts(Path(folder))


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database that comes from the data."""
    with open_named(database) as db:
        names = [*FILES, "units", "counts", "zones_within", "figures_flat"]
        return {name: sorted(db.query(f"select * from {name}"), key=str) for name in names}


def test_the_files_come_out_as_they_are_and_load_back(small_database: Path, tmp_path: Path) -> None:
    found = exported(small_database, tmp_path / "out")
    for name, content in FILES.items():
        assert found[f"{name}.csv"] == content
    assert found["units.csv"] == (bundled_folder() / "units.csv").read_text(encoding="utf-8")
    assert load([str(tmp_path / "out")], tmp_path / "again.db") == 15
    assert rows(tmp_path / "again.db") == rows(small_database)
    assert exported(tmp_path / "again.db", tmp_path / "again") == found


def test_the_bundled_data_comes_out_as_it_is(loaded: bytes, tmp_path: Path) -> None:
    (tmp_path / "ftz.db").write_bytes(loaded)
    found = exported(tmp_path / "ftz.db", tmp_path / "out")
    package = json.loads(found.pop("datapackage.json"))
    assert package.pop("exported_by") == "ftz"
    assert package == json.loads((bundled_folder() / "datapackage.json").read_text("utf-8"))
    assert found == {name: (bundled_folder() / name).read_text("utf-8") for name in found}


def test_the_export_is_valid_by_the_letter_of_the_standard(
    small_database: Path, tmp_path: Path
) -> None:
    from frictionless import Package

    exported(small_database, tmp_path / "out")
    path = tmp_path / "out" / "datapackage.json"
    # What is true of the bundled data is said of no other.
    package = json.loads(path.read_text(encoding="utf-8"))
    assert package["name"] == "ftz-export"
    assert not {"licenses", "contributors", "sources"} & package.keys()
    report = Package(str(path)).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == len(FILES) + 1


def test_folders_above_are_made_and_an_empty_one_may_be_there(
    small_database: Path, tmp_path: Path
) -> None:
    out = tmp_path / "above" / "out"
    out.mkdir(parents=True)
    assert exported(small_database, out)
    assert [*out.parent.iterdir()] == [out]


@pytest.mark.parametrize(
    "kind", ["mine", "export", "folder", "curated", "file", "here", "root", "unnamed"]
)
def test_what_is_no_export_is_left_alone(
    kind: str, small_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    if kind == "file":
        out.touch()
    elif kind == "curated":
        shutil.copytree(bundled_folder(), out)
    else:
        exported(small_database, out)
    if kind == "mine":
        (out / "mine.txt").touch()
    elif kind == "folder":
        (out / "claims.csv").unlink()
        (out / "claims.csv").mkdir()
    monkeypatch.chdir(out if kind == "here" else tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(UsageError), open_named(small_database) as db:
        export(db, {"root": "/", "unnamed": ""}.get(kind, str(out)))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["/proc/nosuch/out", "x" * 300, "a\0b"])
def test_a_place_that_can_not_be_written_is_told(
    name: str, small_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataUnusable, match="can't be written: "), open_named(small_database) as db:
        export(db, name)
    assert [*tmp_path.iterdir()] == [small_database]


def test_a_write_that_fails_leaves_the_earlier_export(small_database: Path, tmp_path: Path) -> None:
    found = exported(small_database, tmp_path / "out")
    limited = ("import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
               f"resource.setrlimit(resource.RLIMIT_FSIZE, (5000,) * 2)\n{EXPORT}")  # fmt: skip
    run = subprocess.run([sys.executable, "-Bc", limited, small_database, tmp_path / "out"],
                         capture_output=True, text=True)  # fmt: skip
    assert run.stderr.splitlines()[-1].endswith("out can't be written: File too large")
    assert texts(tmp_path / "out") == found
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ftz.db", "out"]
