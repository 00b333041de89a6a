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
from benchmarks.measure import interleaved
from command_line import Home, steers
from large_dataset import write_dataset
from small_dataset import SmallDataset

from ftz_cli.curation.checks import Dataset
from ftz_cli.curation.loader import Refused, fill, load
from ftz_cli.database import open_named
from ftz_cli.database.building import WritableDatabase, build
from ftz_cli.database.queries import figure_count
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


def process(program: str, *arguments: object, limit: int = 0) -> subprocess.Popen[str]:
    """A process that runs `program`; `limit` is the longest file that it may write."""
    if limit:
        program = ("import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
                   f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit},) * 2)\n{program}")  # fmt: skip
    return subprocess.Popen(
        # -B: a compiled module that is cut short would fail every later test.
        [sys.executable, "-Bc", program, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def figures_in(path: Path) -> int:
    with open_named(path) as db:
        assert db.one("pragma quick_check") == ("ok",)
        assert db.one("pragma foreign_key_check") is None
        return figure_count(db)


def test_every_cell_is_in_the_database_as_it_is_in_the_file(
    small: SmallDataset, small_database: Path
) -> None:
    dataset = Dataset([small.path])
    figures = [[*row.values(), *map(str, ends)] for row, ends in dataset.figures()]
    read = {name: [[*row.values()] for row in rows] for name, rows in dataset.rows.items()}
    with open_named(small_database) as db:
        for name, rows in {**read, "figures": figures}.items():
            stored = [*db.query(f"select * from {name} order by rowid")]
            own = [row[: len(rows[0])] for row in stored]  # what is derived comes last
            cells = [["" if cell is None else str(cell) for cell in row] for row in own]
            assert cells == [["" if cell == "None" else cell for cell in row] for row in rows]
        assert db.one("select base, factor from all_units where id = '通/日'") == ("count/day", "1")


def test_types_and_keys_are_held_by_the_database(small_database: Path) -> None:
    with closing(sqlite3.connect(small_database)) as connection:
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
    small: SmallDataset, small_database: Path, small_file: bytes, tmp_path: Path
) -> None:
    small.edit("figures", "1.5,,亿元", "1.6,,亿元")
    with pytest.raises(Refused) as refused:
        load([str(small.path)], small_database)
    assert str(refused.value).startswith("nothing was loaded: faults in the data: 1;")
    assert [problem.code for problem in refused.value.problems] == ["F203"]
    assert small_database.read_bytes() == small_file
    assert sorted(one.name for one in tmp_path.iterdir()) == ["article.txt", "ftz.db", "small"]


def test_a_load_says_what_it_takes_out(
    small: SmallDataset, small_database: Path, tmp_path: Path
) -> None:
    small.edit("sources", "paper,,", "other,,")
    small.edit("sources", "speed,paper", "speed,other")
    ran = Home(tmp_path / "home").run("load", str(small.path), "--db", str(small_database))
    assert ran.err.startswith("ftz: 15 figures are no longer there, of the sources paper\n")


@pytest.mark.parametrize("target", ["nowhere", "claims.csv", "esc\x1b[31m"])
def test_a_link_that_leads_nowhere_is_told_by_its_own_name(
    target: str, small: SmallDataset, tmp_path: Path
) -> None:
    folder = small.path.rename(tmp_path / "e\x1b[31mdir")
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").symlink_to(target)
    home = Home(tmp_path / "home")
    for args in (["load"], ["check"]):
        ran = home.run(*args, str(folder))
        assert (ran.code, steers(ran.out + ran.err)) == (1, False)
        assert "dir/claims.csv:1:1: F101" in ran.out + ran.err


def test_a_folder_that_can_not_be_read_is_told(
    small: SmallDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "listdir", refuse)  # root reads all
    for args in (["load"], ["check"]):
        ran = Home(tmp_path / "home").run(*args, str(small.path))
        assert (ran.code, ran.err) == (3, f"ftz: {small.path} can't be read: Permission denied\n")


def test_a_faulty_file_never_replaces_a_good_one(
    small: SmallDataset, small_database: Path, small_file: bytes
) -> None:
    def fill_and_spoil(db: WritableDatabase) -> int:
        db.connection.executescript(
            "create table t (x); insert into t values (null); pragma writable_schema = on;"
            "update sqlite_master set sql = 'create table t (x not null)' where name = 't';"
            "pragma writable_schema = reset;"
        )
        return fill(db, [str(small.path)])

    with pytest.raises(DatabaseUnusable, match="the database that was built is faulty: NULL"):
        build(small_database, fill_and_spoil)
    assert small_database.read_bytes() == small_file


@pytest.mark.parametrize("kind", ["text", "foreign", "folder", "cut", "pipe"])
def test_what_is_not_ours_is_never_overwritten(
    kind: str, small: SmallDataset, tmp_path: Path, small_file: bytes
) -> None:
    path = tmp_path / "precious"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "foreign":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("create table notes (text)")
    else:
        path.write_bytes(small_file[:9000] if kind == "cut" else b"my thesis")
    before = path.read_bytes() if path.is_file() else b""
    said = r"precious (is no database of ftz|is no regular file|can't be read: .*(malformed|not a))"
    with pytest.raises(DatabaseUnusable, match=said):
        load([str(small.path)], path)
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("mode", [0o600, 0o444])
def test_an_older_database_is_replaced_and_keeps_its_mode(
    mode: int, small: SmallDataset, small_database: Path, small_file: bytes
) -> None:
    small_database.write_bytes(small_file[:60] + (1).to_bytes(4, "big") + small_file[64:])
    small_database.chmod(mode)
    assert load([str(small.path)], small_database) == figures_in(small_database) == 15
    assert small_database.stat().st_mode & 0o777 == mode


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(
    small: SmallDataset, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to("real/ftz.db")
    load([str(small.path)], tmp_path / "link.db")
    assert (tmp_path / "link.db").is_symlink()
    assert figures_in(tmp_path / "real" / "ftz.db") == 15


@pytest.mark.parametrize("name", ["file/ftz.db", "new/ftz.db", "x" * 300, "a\0b"])
def test_where_nothing_can_be_written_it_says_so(
    name: str, small: SmallDataset, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable) as error:
        load([str(small.path)], tmp_path / name)
    assert "\n" not in str(error.value)
    assert len([*tmp_path.iterdir()]) == 3


def test_a_file_too_long_for_the_disk_leaves_the_old_one(
    small: SmallDataset, small_database: Path, small_file: bytes, tmp_path: Path
) -> None:
    for limit in (100_000, len(small_file) - 4096):
        running = process(LOAD, small_database, small.path, limit=limit)
        told = running.communicate()[1].strip().splitlines()[-1]
        assert running.returncode == 1
        assert "DatabaseUnusable: " in told
        assert "can't be written: " in told
        assert small_database.read_bytes() == small_file
        assert sorted(one.name for one in tmp_path.iterdir()) == ["article.txt", "ftz.db", "small"]


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
def test_eight_readers_and_three_loaders_for_twenty_seconds(tmp_path: Path) -> None:
    side_by_side(tmp_path, readers=8, loaders=3, seconds=20)


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
    kill_loads(tmp_path, kills=2, figures=300)


@pytest.mark.slow
def test_sixty_kills_leave_the_old_data_or_the_new(tmp_path: Path) -> None:
    kill_loads(tmp_path, kills=60, figures=4000)


@pytest.mark.slow
def test_a_hundred_thousand_figures_cost_about_what_sqlite_utils_takes(tmp_path: Path) -> None:
    folder, made = write_dataset(tmp_path / "many", 100_000), tmp_path / "made.db"
    insert = f"{Path(sys.executable).with_name('sqlite-utils')} insert {made} figures"
    commands = {
        "plain": ["sh", "-c", f"rm -f {made}; {insert} {folder}/figures.csv --csv"],
        "ours": [sys.executable, "-c", LOAD, tmp_path / "ftz.db", folder],
    }
    costs = interleaved(commands, 2, os.environ)
    # 0.76 when measured; a busy machine is given room. The aim is 0.75.
    assert costs["ours"].cpu <= 1.2 * costs["plain"].cpu


@pytest.mark.slow
def test_a_million_figures_load_in_a_gigabyte_and_a_half(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "many", 1_000_000)
    program = f"{LOAD}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    running = process(program, tmp_path / "ftz.db", folder)
    told, errors = running.communicate()
    assert errors == ""
    assert int(told) < 1_500_000  # kB
