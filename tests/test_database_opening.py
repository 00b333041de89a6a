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
from small_dataset import SmallDataset

from ftz_cli.curation import open_current
from ftz_cli.curation.loader import load
from ftz_cli.database import NotCurrent, cache_path, open_cached, open_named
from ftz_cli.database.opening import SCHEMA_VERSION, content_key
from ftz_cli.database.queries import counts, zones
from ftz_cli.language import Message
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.errors import DatabaseUnusable, ExitCode

BUNDLED_FIGURES = (bundled_folder() / "figures.csv").read_text(encoding="utf-8").count("\n") - 1
# Opens the cached database, and says what is told and how many figures there are.
OPEN = """
import sys
from ftz_cli.curation import open_current
from ftz_cli.database.queries import counts
with open_current(lambda notice: print(notice, file=sys.stderr)) as db:
    print(db.path, counts(db)["figures"])
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of the small dataset."""
    folder = tmp_path_factory.mktemp("raw")
    load([str(SmallDataset(folder).path)], folder / "ftz.db")
    return (folder / "ftz.db").read_bytes()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ftz"


def opened() -> tuple[list[str], int]:
    """What is told when the cached database is opened, and its figures."""
    told: list[Message] = []
    with open_current(told.append) as db:
        return [*map(str, told)], counts(db)["figures"]


def with_version(raw: bytes, version: int) -> bytes:
    return raw[:60] + version.to_bytes(4, "big") + raw[64:]


def foreign(_: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table notes (text)")
        return connection.serialize()


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda raw: b"", "is no database of ftz"),
    "text": (lambda raw: b"id,zone\n" * 100, "is no database of ftz"),
    "foreign": (foreign, "is no database of ftz"),
    "cut in the header": (lambda raw: raw[:50], "is no database of ftz"),
    "cut by a page": (lambda raw: raw[:-4097], "remove it and load the data again"),
    "older": (lambda raw: with_version(raw, SCHEMA_VERSION - 1), "build it anew with 'ftz load'"),
    "newer": (lambda raw: with_version(raw, SCHEMA_VERSION + 1), "build it anew with 'ftz load'"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_named_file_that_is_not_whole_is_told_and_left(
    kind: str, tmp_path: Path, raw: bytes
) -> None:
    damage, told = DAMAGED[kind]
    path = tmp_path / "ftz.db"
    path.write_bytes(damage(raw))
    with pytest.raises(DatabaseUnusable) as error:
        open_named(path)
    assert str(error.value).startswith(str(path))
    assert str(error.value).endswith(told)
    assert error.value.exit_code == ExitCode.UNUSABLE
    assert path.read_bytes() == damage(raw)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("kind", ["text", "cut by a page", "newer"])
def test_the_cached_file_is_rebuilt_whatever_became_of_it(
    kind: str, cache: Path, raw: bytes
) -> None:
    path = cache_path()
    assert path is not None
    path.parent.mkdir(parents=True)
    path.write_bytes(DAMAGED[kind][0](raw))
    told, figures = opened()
    assert len(told) == 1
    assert told[0].startswith(f"building {path}: ")
    assert figures == BUNDLED_FIGURES
    assert opened() == ([], BUNDLED_FIGURES)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.db", "no database at {}; build one with 'ftz load'"),
        (".", "no database at {}; build"),
        ("a\0b", "no database at {}; build"),
        ("x" * 5000, "no database at "),
        ("file/below.db", "no database at {}; build"),
    ],
)
def test_a_path_that_is_no_file_is_told_in_one_line(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = f"{tmp_path}/{name}"
    with pytest.raises(DatabaseUnusable) as error:
        open_named(path)
    assert told.replace("{}", path.replace("\0", "\\u0000")) in str(error.value)
    assert "\n" not in str(error.value)
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DatabaseUnusable, match="no database at "):
        open_named(tmp_path / "pipe")


def test_a_name_that_is_no_text_is_opened_all_the_same(tmp_path: Path, raw: bytes) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff?#%.db")
    Path(path).write_bytes(raw)
    with open_named(path) as db:
        assert counts(db)["figures"] == 15


def test_two_slashes_at_the_start_are_no_host(tmp_path: Path) -> None:
    load([str(SmallDataset(tmp_path).path)], Path(f"/{tmp_path}/ftz.db"))
    with open_named(f"/{tmp_path}/ftz.db") as db:
        assert counts(db)["figures"] == 15


def test_reading_never_writes(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw)
    with open_named(path) as db, pytest.raises(DatabaseUnusable, match="readonly"):
        db.one("delete from figures")
    assert path.read_bytes() == raw
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_damaged_in_the_middle_is_said_to_be_damaged(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
    with open_named(path) as db, pytest.raises(DatabaseUnusable, match="is damaged: database"):
        zones(db)


def test_a_locked_file_is_said_to_be_locked(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw)
    with closing(sqlite3.connect(path)) as other, open_named(path) as db:
        other.execute("begin exclusive")
        db.connection.execute("pragma busy_timeout = 100")
        with pytest.raises(DatabaseUnusable, match=r"ftz.db is locked by another program"):
            zones(db)


def test_a_write_ahead_log_in_a_folder_that_can_not_be_written_is_told(
    tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = wal")
    program = """
import os, sys
from ftz_cli.database import open_named, queries
from ftz_cli.model import named
if not os.getuid():
    os.setuid(65534)
queries.zones(open_named(sys.argv[1]))
"""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o555)
    try:
        run = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True)
    finally:
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
    assert "is in WAL mode and its folder can't be written" in run.stderr.splitlines()[-1]


# ---- the cache --------------------------------------------------------------------------------


def test_the_first_use_builds_and_the_next_one_reads(cache: Path) -> None:
    with pytest.raises(NotCurrent, match="first use"):
        open_cached()
    told, figures = opened()
    assert told == [f"building {cache}/ftz-{content_key()}.db: first use"]
    assert figures == BUNDLED_FIGURES
    assert opened() == ([], BUNDLED_FIGURES)


def install(path: Path) -> Path:
    """A copy of the package with its data, as another install would have it."""
    package = bundled_folder().parent / "ftz_cli"
    shutil.copytree(package, path / "ftz_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(bundled_folder(), path / "db")
    return path


def run(at: Path, cache: Path) -> tuple[str, str]:
    """What opening the cached database prints, and what it tells, in the install `at`."""
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache.parent),
                   "PYTHONPATH": str(at)}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", OPEN], env=environment, cwd=at, text=True,
                          capture_output=True, check=True)  # fmt: skip
    return done.stdout, done.stderr


def test_installs_of_the_same_data_share_one_database(cache: Path, tmp_path: Path) -> None:
    one, two = install(tmp_path / "one"), install(tmp_path / "two")
    for path in two.joinpath("db").iterdir():
        os.utime(path, (1, 1))
    first = run(one, cache)
    assert "building" in first[1]
    assert run(two, cache) == run(one, cache) == (first[0], "")
    # Other data has a database of its own, and neither drives out the other.
    figures = two / "db" / "figures.csv"
    figures.write_text(figures.read_text("utf-8").rpartition("F109")[0], encoding="utf-8")
    (two / "db" / "claims.csv").unlink()
    other = run(two, cache)
    assert "building" in other[1]
    assert other[0] != first[0]
    assert run(one, cache) == (first[0], "")
    assert run(two, cache) == (other[0], "")


def test_few_databases_of_other_data_are_kept(cache: Path) -> None:
    cache.mkdir(parents=True)
    for age, name in enumerate(("a", "b", "c", "d", "e")):
        (cache / f"ftz-{name}.db").touch()
        os.utime(cache / f"ftz-{name}.db", (1000 - age, 1000 - age))
    (cache / "mine.db").touch()
    opened()
    own = cache_path()
    assert own is not None
    names = {path.name for path in cache.iterdir()}
    assert names == {"ftz-a.db", "ftz-b.db", "ftz-c.db", "mine.db", own.name}


def test_loaded_folders_answer_until_the_bundled_data_is_loaded_again(
    cache: Path, tmp_path: Path
) -> None:
    small = SmallDataset(tmp_path)
    assert load([str(small.path)]) == 15
    assert opened() == ([], 15)
    small.edit("excused", "part of a name", "part of another name")
    assert opened() == ([f"building {cache}/loaded.db: the data has changed"], 15)
    assert opened() == ([], 15)
    small.edit("figures", "1.5,,亿元", "1.6,,亿元")
    faulty = "faults in the folders loaded: 1; answering from the last good load"
    assert opened()[0][1:] == [faulty]
    assert opened()[1] == 15
    shutil.rmtree(small.path)
    assert opened() == ([], 15)
    assert load([]) == BUNDLED_FIGURES
    assert opened() == ([], BUNDLED_FIGURES)
    assert not (cache / "loaded.db").exists()


@pytest.mark.parametrize("home", ["", "relative/cache"])
def test_without_a_cache_folder_it_is_in_memory(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"XDG_CACHE_HOME": home} if home else {})
    monkeypatch.setattr(os.path, "expanduser", lambda _: "~")
    assert cache_path() is None
    assert opened() == (["working in memory: there is no cache folder"], BUNDLED_FIGURES)


def test_a_cache_that_can_not_be_written_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    told: list[Message] = []
    with open_current(told.append) as db:
        assert db.path is None
        assert counts(db)["figures"] == BUNDLED_FIGURES
        with pytest.raises(DatabaseUnusable, match="readonly"):
            db.one("delete from figures")
    assert [str(one).partition(":")[0] for one in told] == ["working in memory"]
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_six_first_uses_at_once_build_one_database(cache: Path) -> None:
    root = bundled_folder().parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN], env=environment, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]  # fmt: skip
    ended = [one.communicate() for one in running]
    assert len({out for out, _ in ended}) == 1
    assert sum("building" in told for _, told in ended) == 1
    assert len([*cache.iterdir()]) == 1
