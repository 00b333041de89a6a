"""Loading is all or nothing, whatever happens meanwhile."""

import contextlib
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from many import write_many

from ftz_cli.bundled import bundled_folder
from ftz_cli.dataset import Dataset
from ftz_cli.errors import DatabaseUnusable
from ftz_cli.load import load
from ftz_cli.store import open_named

LOAD = "import sys; from pathlib import Path; from ftz_cli.load import load; load(Path(sys.argv[1]), sys.argv[2:])"


def loader(database: Path, *folders: object, limit: int = 0) -> "subprocess.Popen[str]":
    """A process that loads; `limit` is the longest file that it may write."""
    program = LOAD
    if limit:
        program = ("import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
                   f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit},) * 2); {LOAD}")  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", program, str(database), *map(str, folders)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def figures_in(database: Path) -> int:
    with contextlib.closing(open_named(str(database))) as connection:
        assert connection.execute("pragma quick_check").fetchone() == ("ok",)
        count: int = connection.execute("select count(*) from figures").fetchone()[0]
        told = connection.execute("select value from meta where key = 'figures'").fetchone()[0]
    assert count == int(told)
    return count


def test_every_figure_is_in_the_database_as_it_is_in_the_file(
    tmp_path: Path, loaded: bytes, bundled: Dataset
) -> None:
    (tmp_path / "ftz.db").write_bytes(loaded)
    with contextlib.closing(open_named(str(tmp_path / "ftz.db"))) as connection:
        columns = bundled.tables["figures"].column_names
        stored = connection.execute(
            f"select {', '.join(columns)}, low, high from figures order by rowid"
        ).fetchall()
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert [tuple("" if cell is None else str(cell) for cell in row) for row in stored] == [
        (*cells, low, high) for cells, low, high in bundled.figures()
    ]


def test_bundled_names_the_bundled_folder_among_others(tmp_path: Path, bundled_count: int) -> None:
    folder = write_many(tmp_path / "many", 5)
    for name in os.listdir(folder):
        if name != "figures.csv":
            (folder / name).unlink()
    assert load(tmp_path / "ftz.db", ["bundled", str(folder)]) == bundled_count + 5
    assert figures_in(tmp_path / "ftz.db") == bundled_count + 5


@pytest.mark.parametrize("kind", ["text", "foreign", "folder", "damaged"])
def test_what_is_not_ours_is_never_overwritten(kind: str, tmp_path: Path, loaded: bytes) -> None:
    path = tmp_path / "precious"
    if kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("create table notes (text)")
    else:
        path.write_bytes(b"my thesis" if kind == "text" else loaded[:9000])
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(DatabaseUnusable) as error:
        load(path, [])
    assert str(error.value) == (
        f"'{path}' is no whole database of ftz, so it was left as it is. "
        "Name another file with --db"
    )
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [*tmp_path.iterdir()] == [path]


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(
    tmp_path: Path, bundled_count: int
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to("real/ftz.db")
    assert load(tmp_path / "link.db", []) == bundled_count
    assert (tmp_path / "link.db").is_symlink()
    assert figures_in(tmp_path / "real" / "ftz.db") == bundled_count


@pytest.mark.parametrize("name", ["file/ftz.db", "x" * 300, "a\0b"])
def test_where_nothing_can_be_written_it_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable) as error:
        load(tmp_path / name, [])
    assert str(error.value).startswith("can't write '")
    assert "\n" not in str(error.value)
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]


def test_a_file_too_long_for_the_disk_leaves_the_old_one(tmp_path: Path, loaded: bytes) -> None:
    database = tmp_path / "ftz.db"
    database.write_bytes(loaded)
    for limit in (1, 4096, 100_000, len(loaded) // 2, len(loaded) - 4096):
        process = loader(database, limit=limit)
        told = process.communicate()[1].strip().splitlines()[-1]
        assert process.returncode == 1
        assert told.startswith(f"ftz_cli.errors.DatabaseUnusable: can't write '{database}': ")
        assert database.read_bytes() == loaded
        assert [*tmp_path.iterdir()] == [database]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB, where one can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here; a limit on file size is tested instead")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_file(small_disk: Path, tmp_path: Path, loaded: bytes) -> None:
    database = small_disk / "ftz.db"
    # The header of a whole one is enough to be ours; there is no room for two.
    database.write_bytes(loaded[:100].ljust(4096, b"\0")[:28] + (1).to_bytes(4, "big")
                         + loaded[32:4096])  # fmt: skip
    before = database.read_bytes()
    with pytest.raises(DatabaseUnusable, match=r"can't write '.*': (database or disk is full|No)"):
        load(database, [])
    assert database.read_bytes() == before
    assert [*small_disk.iterdir()] == [database]


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(DatabaseUnusable, match=r"^can't write '.*': Read-only file system$"):
        load(small_disk / "ftz.db", [])
    assert [*small_disk.iterdir()] == []


def test_what_a_killed_load_leaves_behind_the_next_one_clears(
    tmp_path: Path, bundled_count: int
) -> None:
    database = tmp_path / "f[t]z.db"
    left = tmp_path / ".f[t]z.db.4711.building"
    left.write_bytes(b"half a database")
    (tmp_path / ".other.db.4711.building").write_bytes(b"another's")
    assert load(database, []) == bundled_count
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".other.db.4711.building", "f[t]z.db",
    ]  # fmt: skip


def kill_loads(tmp_path: Path, kills: int, figures: int) -> None:
    """Kill loads at work, at instants spread over their length."""
    database = tmp_path / "ftz.db"
    load(database, [str(bundled_folder())])
    old = figures_in(database)
    folder = write_many(tmp_path / "many", figures)
    began = time.perf_counter()
    assert loader(tmp_path / "timed.db", folder).wait() == 0
    length = time.perf_counter() - began
    killed = 0
    # Steps of the golden ratio fill the length evenly, however many it takes.
    for number in itertools.count(1):
        began = time.perf_counter()
        process = loader(database, folder)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=length * (number * 0.618 % 1))
            # One that ended before its kill tells how long a load takes by now.
            length = time.perf_counter() - began
        process.send_signal(signal.SIGKILL)
        killed += (ended := process.wait()) == -signal.SIGKILL
        assert ended in (0, -signal.SIGKILL)
        process.stderr.close()  # type: ignore[union-attr]
        assert figures_in(database) in (old, figures)
        if killed == kills:
            break
    load(database, [str(bundled_folder())])
    assert figures_in(database) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ftz.db", "many", "timed.db"]


def test_killed_loads_leave_the_old_data_or_the_new(tmp_path: Path) -> None:
    kill_loads(tmp_path, kills=6, figures=500)


@pytest.mark.slow
def test_two_hundred_kills_leave_the_old_data_or_the_new(tmp_path: Path) -> None:
    kill_loads(tmp_path, kills=200, figures=4000)
