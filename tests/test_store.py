"""Every kind of file in the database's place is told apart, and none is ever changed."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ftz_cli import load, store
from ftz_cli.catalogue import Message
from ftz_cli.errors import DatabaseUnusable, ExitCode

VERSION_AT = 60


def with_version(raw: bytes, version: int) -> bytes:
    return raw[:VERSION_AT] + version.to_bytes(4, "big") + raw[VERSION_AT + 4 :]


def foreign(_: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table notes (text)")
    return connection.serialize()


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda raw: b"", "'{}' is empty; it was left as it is."),
    "text": (lambda raw: b"id,zone\n" * 100, "'{}' is no SQLite database; it was left as it is."),
    "foreign": (foreign, "'{}' is a database of another program; it was left as it is."),
    "cut after the header": (lambda raw: raw[:5000], "'{}' is cut short; it was left as it is."),
    "cut in the header": (lambda raw: raw[:50], "'{}' is cut short; it was left as it is."),
    "cut by a byte": (lambda raw: raw[:-1], "'{}' is cut short; it was left as it is."),
    "older": (
        lambda raw: with_version(raw, store.SCHEMA_VERSION - 1),
        f"'{{}}' was made by an older ftz (format {store.SCHEMA_VERSION - 1}, this one reads "
        f"{store.SCHEMA_VERSION}).",
    ),
    "newer": (
        lambda raw: with_version(raw, store.SCHEMA_VERSION + 1),
        f"'{{}}' was made by a newer ftz (format {store.SCHEMA_VERSION + 1}, this one reads "
        f"{store.SCHEMA_VERSION}).",
    ),
}


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "cache" / "ftz" / "ftz.db"
    path.parent.mkdir(parents=True)
    return path


def tell(told: list[str]) -> Callable[[Message], None]:
    return lambda remark: told.append(str(remark))


def figures_in(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("select count(*) from figures").fetchone()[0]
    connection.close()
    return count


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_named_file_that_is_not_whole_is_told_and_left(
    kind: str, tmp_path: Path, loaded: bytes
) -> None:
    damage, told = DAMAGED[kind]
    path = tmp_path / "ftz.db"
    path.write_bytes(damage(loaded))
    with pytest.raises(DatabaseUnusable) as error:
        store.open_named(str(path))
    assert str(error.value).startswith(told.format(path))
    assert "ftz load --db" in str(error.value) or kind == "newer"
    assert "\n" not in str(error.value)
    assert error.value.exit_code == ExitCode.UNUSABLE
    assert path.read_bytes() == damage(loaded)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("kind", DAMAGED)
def test_the_cached_file_is_rebuilt_whatever_became_of_it(
    kind: str, cached: Path, loaded: bytes, bundled_count: int
) -> None:
    cached.write_bytes(DAMAGED[kind][0](loaded))
    with pytest.raises(store.NotCurrent) as why:
        store.open_cached()
    told: list[str] = []
    assert figures_in(load.open_current(tell(told), why.value.message)) == bundled_count
    assert told == [f"building the database in {cached} ({why.value})"]
    assert figures_in(store.open_cached()) == bundled_count


def test_a_cached_file_damaged_in_the_middle_is_rebuilt(
    cached: Path, loaded: bytes, bundled_count: int
) -> None:
    page = 4096
    cached.write_bytes(loaded[:page] + b"\xff" * (len(loaded) - page))
    told: list[str] = []
    with pytest.raises(store.NotCurrent, match=r"^it is damaged$"):
        store.open_cached()
    connection = load.open_current(tell(told), Message("current.damaged"), damaged=True)
    assert figures_in(connection) == bundled_count
    assert told == [f"building the database in {cached} (it is damaged)"]


def test_a_named_file_damaged_in_the_middle_is_left(tmp_path: Path, loaded: bytes) -> None:
    path = tmp_path / "ftz.db"
    spoilt = loaded[:4096] + b"\xff" * (len(loaded) - 4096)
    path.write_bytes(spoilt)
    connection = store.open_named(str(path))
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("select count(*) from figures join zones").fetchone()
    connection.close()
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.db", "no database at '{}'. To make one: ftz load --db {}"),
        (".", "'{}' is a folder. To make a database in it: ftz load --db {}/ftz.db"),
        ("a\0b", "can't read '{}': no such path."),
        ("x" * 5000, "can't read '"),
        ("file/below.db", "can't read '{}': Not a directory."),
    ],
)
def test_a_path_that_is_no_file_is_told_in_one_line(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = f"{tmp_path}/{name}"
    with pytest.raises(DatabaseUnusable) as error:
        store.open_named(path)
    assert str(error.value).startswith(told.replace("{}", path.replace("\0", "\\u0000")))
    assert "\n" not in str(error.value)
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DatabaseUnusable, match="' is no file; it was left as it is"):
        store.open_named(str(tmp_path / "pipe"))
    with pytest.raises(DatabaseUnusable, match="is no whole database of ftz"):
        load.load(tmp_path / "pipe", [])


def test_a_name_that_is_no_text_is_opened_all_the_same(tmp_path: Path, loaded: bytes) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff?#%.db")
    Path(path).write_bytes(loaded)
    assert figures_in(store.open_named(path)) > 0


def test_reading_never_writes(tmp_path: Path, loaded: bytes) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(loaded)
    connection = store.open_named(str(path))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("delete from figures")
    connection.close()
    assert path.read_bytes() == loaded
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("home", ["", "relative/cache", "a\0b"])
def test_a_cache_without_a_home_is_in_memory(
    home: str, monkeypatch: pytest.MonkeyPatch, bundled_count: int
) -> None:
    monkeypatch.setattr(store.os, "environ", {"XDG_CACHE_HOME": home} if home else {})
    monkeypatch.setattr(store.os.path, "expanduser", lambda _: "~")
    assert store.cache_path() is None
    told: list[str] = []
    connection = load.open_current(tell(told), Message("current.no_folder"))
    assert told == [
        "nowhere to keep the database (there is no cache folder), so it is built in memory"
    ]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("delete from figures")
    assert figures_in(connection) == bundled_count


def test_a_cache_that_can_not_be_written_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundled_count: int
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(store.NotCurrent) as why:
        store.open_cached()
    told: list[str] = []
    assert figures_in(load.open_current(tell(told), why.value.message)) == bundled_count
    assert len(told) == 1
    assert told[0].endswith("so it is built in memory")
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
