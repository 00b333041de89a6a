"""Loading is all or nothing, whatever happens meanwhile."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from large_dataset import write_dataset
from small_dataset import SmallDataset

from ftz_cli.curation.checks import Dataset
from ftz_cli.curation.loader import Refused, load
from ftz_cli.database import open_named
from ftz_cli.database.queries import counts
from ftz_cli.model.errors import DatabaseUnusable

LOAD = """
import sys
from pathlib import Path
from ftz_cli.curation.loader import load
load(sys.argv[2:], Path(sys.argv[1]))
"""
# Reads, or loads one folder after the other, until the time is up.
READ_ON = """
import sys, time
from ftz_cli.database import open_named
until, seen = time.time() + float(sys.argv[2]), set()
while time.time() < until or not seen:
    with open_named(sys.argv[1]) as db:
        seen.add(db.one("select count(*), count(distinct id) from figures"))
        assert db.one("pragma quick_check") == ("ok",)
print(sorted(seen))
"""
LOAD_ON = (
    LOAD.rpartition("load(")[0]
    + """
import time
until, rounds = time.time() + float(sys.argv[2]), 0
while time.time() < until or not rounds:
    load([sys.argv[3 + rounds % 2]], Path(sys.argv[1]))
    rounds += 1
"""
)


@pytest.fixture
def small(tmp_path: Path) -> SmallDataset:
    return SmallDataset(tmp_path)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of the small dataset."""
    folder = tmp_path_factory.mktemp("raw")
    load([str(SmallDataset(folder).path)], folder / "ftz.db")
    return (folder / "ftz.db").read_bytes()


def process(program: str, *arguments: object, limit: int = 0) -> subprocess.Popen[str]:
    """A process that runs `program`; `limit` is the longest file that it may write."""
    if limit:
        program = ("import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
                   f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit},) * 2)\n{program}")  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def figures_in(path: Path) -> int:
    with open_named(path) as db:
        assert db.one("pragma quick_check") == ("ok",)
        assert db.one("pragma foreign_key_check") is None
        return counts(db)["figures"]


def test_every_cell_is_in_the_database_as_it_is_in_the_file(
    small: SmallDataset, tmp_path: Path
) -> None:
    assert load([str(small.path)], tmp_path / "ftz.db") == 15
    dataset = Dataset([small.path])
    figures = [[*row.cells.values(), *ends] for row, ends in dataset.figures()]
    with open_named(tmp_path / "ftz.db") as db:
        assert db.one("pragma foreign_key_check") is None
        for name, rows in dataset.rows.items():
            stored = list(db.query(f"select * from {name} order by rowid"))[: len(rows)]
            assert [[str(cell or "") for cell in row] for row in stored] == [
                list(row.cells.values()) for row in rows
            ]
        stored = list(db.query("select * from figures order by rowid"))
        assert [["" if c is None else c for c in row[:20]] for row in stored] == [
            [int(c) if at == 16 else c for at, c in enumerate(row[:20])] for row in figures
        ]
        assert [row[20:] for row in stored] == [tuple(row[20:]) for row in figures]
        assert [row[0] for row in db.query("select distinct unit from figures where unit not in "
                                           "(select id from units)")] == []  # fmt: skip
        assert db.one("select base, factor from units where id = '亿元'") == ("CNY", "100000000")


def test_types_and_keys_are_held_by_the_database(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "ftz.db").write_bytes(raw)
    with closing(sqlite3.connect(tmp_path / "ftz.db")) as connection:
        connection.execute("pragma foreign_keys = on")
        for sql in (
            "update figures set line = 'four'",
            "update figures set zone = 'nowhere'",
            "update figures set printed = null",
            "insert into zones select * from zones",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(sql)


def test_a_dataset_with_a_fault_loads_nothing(
    small: SmallDataset, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw)
    small.edit("figures", "1.5,,亿元", "1.6,,亿元")
    with pytest.raises(Refused) as refused:
        load([str(small.path)], path)
    assert str(refused.value) == "nothing was loaded: faults in the data: 1"
    assert [problem.code for problem in refused.value.problems] == ["F203"]
    assert path.read_bytes() == raw
    assert sorted(one.name for one in tmp_path.iterdir()) == ["article.txt", "ftz.db", "small"]


@pytest.mark.parametrize("kind", ["text", "foreign", "folder", "cut", "pipe"])
def test_what_is_not_ours_is_never_overwritten(
    kind: str, small: SmallDataset, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "precious"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "foreign":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("create table notes (text)")
    elif kind == "cut":
        path.write_bytes(raw[:9000])
    else:
        path.write_bytes(b"my thesis")
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(
        DatabaseUnusable, match=r"precious is (no database of ftz|no regular file|damaged)"
    ):
        load([str(small.path)], path)
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("mode", [0o600, 0o444])
def test_an_older_database_is_replaced_and_keeps_its_mode(
    mode: int, small: SmallDataset, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw[:60] + (1).to_bytes(4, "big") + raw[64:])
    path.chmod(mode)
    assert load([str(small.path)], path) == figures_in(path) == 15
    assert path.stat().st_mode & 0o777 == mode


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(
    small: SmallDataset, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to("real/ftz.db")
    load([str(small.path)], tmp_path / "link.db")
    assert (tmp_path / "link.db").is_symlink()
    assert figures_in(tmp_path / "real" / "ftz.db") == 15


@pytest.mark.parametrize("name", ["file/ftz.db", "x" * 300, "a\0b"])
def test_where_nothing_can_be_written_it_says_so(
    name: str, small: SmallDataset, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable) as error:
        load([str(small.path)], tmp_path / name)
    assert "\n" not in str(error.value)
    assert len([*tmp_path.iterdir()]) == 3


def test_a_file_too_long_for_the_disk_leaves_the_old_one(
    small: SmallDataset, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "ftz.db"
    path.write_bytes(raw)
    for limit in (100_000, len(raw) - 4096):
        running = process(LOAD, path, small.path, limit=limit)
        told = running.communicate()[1].strip().splitlines()[-1]
        assert running.returncode == 1
        assert "DatabaseUnusable: " in told
        assert "can't be written: " in told
        assert path.read_bytes() == raw
        assert sorted(one.name for one in tmp_path.iterdir()) == ["article.txt", "ftz.db", "small"]


def test_what_a_killed_load_leaves_behind_the_next_one_clears(
    small: SmallDataset, tmp_path: Path
) -> None:
    (tmp_path / ".f[t]z.db.building").write_bytes(b"half a database")
    (tmp_path / ".other.db.building").write_bytes(b"another's")
    load([str(small.path)], tmp_path / "f[t]z.db")
    left = sorted(one.name for one in tmp_path.iterdir() if one.is_file())
    assert left == [".other.db.building", "article.txt", "f[t]z.db"]


@pytest.mark.slow
def test_six_loaders_at_once_succeed(small: SmallDataset, tmp_path: Path) -> None:
    running = [process(LOAD, tmp_path / "ftz.db", small.path) for _ in range(6)]
    assert [(one.communicate()[1], one.returncode) for one in running] == [("", 0)] * 6
    assert figures_in(tmp_path / "ftz.db") == 15


def side_by_side(parent: Path, readers: int, loaders: int, seconds: float) -> None:
    path = parent / "ftz.db"
    folders = [str(write_dataset(parent / str(count), count)) for count in (300, 700)]
    load(folders[:1], path)
    running = [
        process(program, path, seconds, *folders)
        for program, count in ((READ_ON, readers), (LOAD_ON, loaders))
        for _ in range(count)
    ]
    ended = [(*one.communicate(), one.returncode) for one in running]
    assert [(told, code) for _, told, code in ended if told or code] == []
    seen = {seen for seen, _, _ in ended[:readers]}
    assert seen <= {"[(300, 300)]\n", "[(700, 700)]\n", "[(300, 300), (700, 700)]\n"}
    assert sorted(os.listdir(parent)) == ["300", "700", "ftz.db"]


def test_readers_and_loaders_side_by_side(tmp_path: Path) -> None:
    side_by_side(tmp_path, readers=2, loaders=2, seconds=1)


@pytest.mark.slow
def test_sixteen_readers_and_four_loaders_for_thirty_seconds(tmp_path: Path) -> None:
    side_by_side(tmp_path, readers=16, loaders=4, seconds=30)


def kill_loads(parent: Path, kills: int, figures: int) -> None:
    """Kill loads at work, at instants spread over their length."""
    path = parent / "ftz.db"
    small = SmallDataset(parent)
    load([str(small.path)], path)
    folder = write_dataset(parent / "many", figures)
    began = time.perf_counter()
    assert process(LOAD, parent / "timed.db", folder).wait() == 0
    length = time.perf_counter() - began
    killed = 0
    # Steps of the golden ratio fill the length evenly, however many it takes.
    for number in itertools.count(1):
        began = time.perf_counter()
        running = process(LOAD, path, folder)
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=length * (number * 0.618 % 1))
            # One that ended before its kill says how long a load takes by now.
            length = time.perf_counter() - began
        running.send_signal(signal.SIGKILL)
        running.communicate()
        killed += running.returncode == -signal.SIGKILL
        assert running.returncode in (0, -signal.SIGKILL)
        assert figures_in(path) in (15, figures)
        if killed == kills:
            break
    load([str(small.path)], path)
    assert figures_in(path) == 15
    names = {one.name for one in parent.iterdir()}
    assert names == {"article.txt", "ftz.db", "many", "small", "timed.db"}


def test_killed_loads_leave_the_old_data_or_the_new(tmp_path: Path) -> None:
    kill_loads(tmp_path, kills=3, figures=300)


@pytest.mark.slow
def test_two_hundred_kills_leave_the_old_data_or_the_new(tmp_path: Path) -> None:
    kill_loads(tmp_path, kills=200, figures=4000)


@pytest.mark.slow
def test_a_hundred_thousand_figures_cost_three_quarters_of_sqlite_utils(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "many", 100_000)
    tool = Path(sys.executable).with_name("sqlite-utils")
    path = tmp_path / "made.db"
    plain = [tool, "insert", path, "figures", folder / "figures.csv", "--csv"]
    ours = [sys.executable, "-c", LOAD, path, folder]
    assert min(cpu(ours, path) for _ in "12") <= 0.75 * min(cpu(plain, path) for _ in "12")


def cpu(command: list[object], made: Path) -> float:
    """Seconds that a process takes to make a file."""
    made.unlink(missing_ok=True)
    before = os.times()
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


@pytest.mark.slow
def test_a_million_figures_load_in_a_gigabyte_and_a_half(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "many", 1_000_000)
    program = f"{LOAD}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    running = process(program, tmp_path / "ftz.db", folder)
    told, errors = running.communicate()
    assert errors == ""
    assert int(told) < 1_500_000  # kB
