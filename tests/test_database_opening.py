"""Every kind of file in the database's place is told apart; the cache is keyed by content."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Home, one_line, steers
from small_dataset import SmallDataset

import ftz_cli
from ftz_cli.api import open_dataset
from ftz_cli.curation.loader import load
from ftz_cli.database import open_named, opening
from ftz_cli.database.opening import SCHEMA_VERSION
from ftz_cli.database.queries import figure_count, models
from ftz_cli.language import Message
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.errors import DatabaseUnusable, ExitCode
from ftz_cli.model.named import Zone


def with_version(file: bytes, version: int) -> bytes:
    return file[:60] + version.to_bytes(4, "big") + file[64:]


def foreign(_: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table notes (text)")
        return connection.serialize()


AGAIN = "try again, or move it away and build it with 'ftz load'"
DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda file: b"", "is no database of ftz"),
    "text": (lambda file: b"id,zone\n" * 100, f"can't be read: file is not a database; {AGAIN}"),
    "foreign": (foreign, "is no database of ftz"),
    "cut in the header": (lambda file: file[:50], "is no database of ftz"),
    "cut by a page": (lambda file: file[:-4097], f"disk image is malformed; {AGAIN}"),
    "older": (lambda file: with_version(file, SCHEMA_VERSION - 1), "anew with 'ftz load'"),
    "newer": (lambda file: with_version(file, SCHEMA_VERSION + 1), "anew with 'ftz load'"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_named_file_that_is_not_whole_is_told_and_left(
    kind: str, tmp_path: Path, small_file: bytes
) -> None:
    damage, told = DAMAGED[kind]
    path = tmp_path / "ftz.db"
    path.write_bytes(damage(small_file))
    with pytest.raises(DatabaseUnusable) as error:
        open_named(path)
    assert str(error.value).startswith(str(path))
    assert str(error.value).endswith(told)
    assert error.value.exit_code == ExitCode.UNUSABLE
    assert path.read_bytes() == damage(small_file)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("name", ["missing.db", ".", "a\0b", "x" * 5000, "file/below.db", "pipe"])
def test_a_path_that_is_no_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")  # which is not waited for
    with pytest.raises(DatabaseUnusable, match="no database file at") as error:
        open_named(f"{tmp_path}/{name}")
    assert "\n" not in str(error.value)
    assert len([*tmp_path.iterdir()]) == 2


@pytest.mark.parametrize("name", [b"{}/\xff?#%.db", b"/{}/ftz.db"])
def test_any_name_is_opened_as_it_is(name: bytes, tmp_path: Path, small_file: bytes) -> None:
    path = os.fsdecode(name.replace(b"{}", os.fsencode(tmp_path)))
    Path(path).write_bytes(small_file)
    with open_named(path) as db:
        assert figure_count(db) == 15


CHANGES = {
    "no number": "update figures set value = 'abc' where id = 'F01'",
    "no finite number": "update figures set low = 'inf', value = 'inf' where id = 'F01'",
    "an end without end": "update figures set low = 'Infinity'",
    "no period": "update figures set period = 'zz', base_period = 'zz'",
    "no such figure": "update claims set figure = 'F999'",
    "no units": "delete from all_units",
    "no parts of names": "update lookup_names set parts = '{}'",
    "no text": "update zones set name_en = cast(x'1b5b33316dff' as text)",
    "no table": "drop table zone_facts",
    "no column": "alter table zones rename column note_en to other",
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_changed_database_is_told_in_one_line(
    kind: str, small_database: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(small_database)) as connection:
        connection.executescript(f"pragma legacy_alter_table = on; {CHANGES[kind]}")
    home, told = Home(tmp_path / "home"), []
    asked = ("zones", "figures", "metric foreign trade", "audit", "compare linhe linhe-port",
             f"export {tmp_path}/out", "sql select*from(figures_flat)")  # fmt: skip
    for args in asked:
        ran = home.run(*args.split(), "--db", str(small_database), columns=100)
        assert ran.code in (0, 1, 2, 3)
        assert not steers(ran.out + ran.err)
        told += [ran.err] * (ran.code == 3)
    assert told
    assert all(one_line(one) for one in told)


def test_a_path_too_long_for_sqlite_is_told(tmp_path: Path, small_file: bytes) -> None:
    path = tmp_path.joinpath(*["x" * 200] * 4, "ftz.db")
    path.parent.mkdir(parents=True)
    path.write_bytes(small_file)
    with pytest.raises(DatabaseUnusable, match="can't be read: unable to open"):
        open_named(path)


def test_reading_never_writes(small_database: Path, small_file: bytes) -> None:
    with open_named(small_database) as db, pytest.raises(DatabaseUnusable, match="readonly"):
        db.one("delete from figures")
    assert small_database.read_bytes() == small_file
    assert [*small_database.parent.iterdir()] == [small_database]


def test_a_file_damaged_in_the_middle_is_said_to_be_damaged(
    small_database: Path, small_file: bytes
) -> None:
    small_database.write_bytes(small_file[:4096] + b"\xff" * (len(small_file) - 4096))
    with (
        open_named(small_database) as db,
        pytest.raises(DatabaseUnusable, match="image is malformed"),
    ):
        models(db, Zone)


def test_a_locked_file_is_said_to_be_locked(small_database: Path) -> None:
    with closing(sqlite3.connect(small_database)) as other, open_named(small_database) as db:
        other.execute("begin exclusive")
        db.connection.execute("pragma busy_timeout = 100")
        with pytest.raises(DatabaseUnusable, match=r"ftz.db can't be read: database is locked"):
            models(db, Zone)


# ---- the cache --------------------------------------------------------------------------------

# Opens the cached database, and says what is told, where it is and how many figures there are.
OPEN = """
import sys
from ftz_cli.api import open_dataset
from ftz_cli.database.queries import figure_count
with open_dataset(notify=lambda notice: print(notice, file=sys.stderr)) as data:
    print(data.path, figure_count(data.db))
"""


class Install:
    """The package as another install would have it, the small dataset bundled with it."""

    def __init__(self, path: Path, cache: Path) -> None:
        self.path = path
        path.mkdir()
        (path / "ftz_cli").symlink_to(Path(ftz_cli.__file__).parent)
        SmallDataset(path).path.rename(path / "db")
        for name in ("units.csv", "datapackage.json"):
            shutil.copy(bundled_folder() / name, path / "db")
        self.environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(path)}
        self.environment["XDG_CACHE_HOME"] = str(cache)

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", OPEN], env=self.environment, cwd=self.path, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def open(self) -> tuple[str, str]:
        """What opening the cached database prints, and what it tells."""
        return self.start().communicate()


@pytest.fixture
def install(tmp_path: Path) -> Install:
    return Install(tmp_path / "one", tmp_path / "cache")


def test_installs_of_the_same_data_share_one_database(install: Install, tmp_path: Path) -> None:
    printed, told = install.open()
    path = Path(printed.split()[0])
    assert (printed, told) == (f"{path} 15\n", f"building {path}\n")
    assert [*(tmp_path / "cache" / "ftz").iterdir()] == [path]
    other = Install(tmp_path / "two", tmp_path / "cache")
    for file in other.path.joinpath("db").iterdir():
        os.utime(file, (1, 1))
    assert other.open() == install.open() == (printed, "")
    # Other data has a database of its own, and neither drives out the other.
    figures = other.path / "db" / "figures.csv"
    figures.write_text(figures.read_text("utf-8").rpartition("F15")[0], encoding="utf-8")
    assert other.open()[0].endswith(" 14\n")
    assert install.open() == (printed, "")
    assert other.open()[1] == ""


def test_another_release_builds_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    key = opening.content_key()
    monkeypatch.setattr(opening, "__version__", "9.9")
    assert opening.content_key() != key


def test_a_damaged_file_of_the_cache_is_rebuilt(install: Install, small_file: bytes) -> None:
    path = Path(install.open()[0].split()[0])
    for kind in ("text", "cut by a page", "newer"):
        path.write_bytes(DAMAGED[kind][0](small_file))
        assert install.open() == (f"{path} 15\n", f"building {path}\n"), kind
    assert install.open() == (f"{path} 15\n", "")


@pytest.mark.parametrize("cache", ["relative/cache", "{}/file"])
def test_without_a_cache_folder_it_is_in_memory(
    cache: str, install: Install, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    install.environment["XDG_CACHE_HOME"] = cache.format(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    printed, told = install.open()
    assert (printed, told.partition(":")[0]) == ("None 15\n", "working in memory")
    assert sorted(tmp_path.rglob("*")) == before


def test_six_first_uses_at_once_leave_one_database(install: Install, tmp_path: Path) -> None:
    ended = [one.communicate() for one in [install.start() for _ in range(6)]]
    (path,) = (tmp_path / "cache" / "ftz").iterdir()
    assert {out for out, _ in ended} == {f"{path} 15\n"}


def test_loaded_folders_answer_until_the_bundled_data_is_loaded_again(
    small: SmallDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened() -> tuple[list[str], int]:
        told: list[Message] = []
        with open_dataset(notify=told.append) as data:
            return [*map(str, told)], figure_count(data.db)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = tmp_path / "ftz" / "loaded.db"
    assert load([str(small.path)]) == 15
    assert opened() == ([], 15)
    small.edit("excused", "part of a name", "part of another name")
    assert opened() == ([], 15)
    whole = path.read_bytes()
    path.write_bytes(b"spoilt")
    with pytest.raises(DatabaseUnusable, match="file is not a database"):
        opened()
    path.write_bytes(whole)
    with monkeypatch.context() as release:
        release.setattr(opening, "__version__", "9.9")
        with pytest.raises(DatabaseUnusable, match=f"again with 'ftz load {small.path}'"):
            opened()
    bundled = load([])
    assert opened() == ([], bundled)
    assert not path.exists()
