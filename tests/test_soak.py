"""Readers and loaders side by side, broken datasets by the thousand, and a million rows' cost."""

import ast
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import Folder
from hypothesis import given, settings
from hypothesis import strategies as st
from many import write_many

from ftz_cli.dataset import Dataset
from ftz_cli.errors import DataUnusable
from ftz_cli.faults import FAULTS
from ftz_cli.load import load
from ftz_cli.text import UNSAFE

# Reads until the time is up; says every count of figures that it saw.
READER = """
import sys, time
from ftz_cli.store import open_named
until, seen, rounds = time.time() + float(sys.argv[2]), set(), 0
while time.time() < until or not rounds:
    connection = open_named(sys.argv[1])
    seen.add(connection.execute("select count(*), count(distinct id) from figures").fetchone())
    assert connection.execute("pragma quick_check").fetchone() == ("ok",)
    connection.close()
    rounds += 1
print(sorted(seen))
"""
LOADER = """
import sys, time
from pathlib import Path
from ftz_cli.load import load
until, rounds = time.time() + float(sys.argv[2]), 0
while time.time() < until or not rounds:
    load(Path(sys.argv[1]), [sys.argv[3 + rounds % 2]])
    rounds += 1
print(rounds)
"""


def side_by_side(tmp_path: Path, readers: int, loaders: int, seconds: float) -> None:
    database = tmp_path / "ftz.db"
    folders = [str(write_many(tmp_path / str(count), count)) for count in (300, 700)]
    load(database, folders[:1])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(database), str(seconds), *folders],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for program, count in ((READER, readers), (LOADER, loaders))
        for _ in range(count)
    ]  # fmt: skip
    ended = [(*process.communicate(), process.returncode) for process in running]
    assert [(told, code) for _, told, code in ended if told or code] == []
    for seen, _, _ in ended[:readers]:
        assert {*ast.literal_eval(seen)} <= {(300, 300), (700, 700)}
    assert all(int(rounds) >= 1 for rounds, _, _ in ended[readers:])
    assert sorted(os.listdir(tmp_path)) == ["300", "700", "ftz.db"]


def test_readers_and_loaders_side_by_side(tmp_path: Path) -> None:
    side_by_side(tmp_path, readers=4, loaders=2, seconds=3)


@pytest.mark.slow
def test_sixteen_readers_and_four_loaders_for_thirty_seconds(tmp_path: Path) -> None:
    side_by_side(tmp_path, readers=16, loaders=4, seconds=30)


# ---- broken datasets ---------------------------------------------------------------------------

TABLES = ("units", "sources", "zones", "initiatives", "metrics", "figures", "claims",
          "recognitions", "aliases", "excused", "ratios", "intents", "lookalikes")  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(
        [b"", b",", b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"=1+1",
         b"-1", b"0", b"1e9", b"NaN", b"Infinity", b"9" * 30, b"0.0", b"2021-02-30", b"2021/",
         b"4:3:3", "上百家".encode(), "一".encode() * 50, "万".encode() * 9, "％".encode(),
         "１".encode(), b"\xe2\x80\xae", b"scale", b"date", b"range", b"F001", b"wuhan", b"%",
         b"/", b"[", b"\\", b"(?P<", b"{}", b"a" * 300, "半".encode(), "倍".encode()]
    ),
    st.binary(max_size=6),
    st.text(max_size=6).map(lambda text: text.encode("utf-8", "surrogatepass")),
)  # fmt: skip
# A table, where in it (as a share of its length), how much goes, and what comes instead.
WOUNDS = st.lists(
    st.tuples(st.sampled_from(TABLES), st.floats(0, 1), st.integers(0, 12), PIECES),
    min_size=1, max_size=4,
)  # fmt: skip


class Tables(dict[str, bytes]):
    """Files by table, not to be printed whole by every example that fails."""

    def __repr__(self) -> str:
        return "the bundled tables, thinned"


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bundled tables, with few enough rows of each to be read twenty thousand times."""
    folder = Folder(tmp_path_factory.mktemp("thin") / "data")
    tables = Tables()
    for name in TABLES:
        lines = (folder / f"{name}.csv").read_bytes().splitlines(keepends=True)
        # All keys that figures lean on stay; of the long word lists a few rows will do.
        keep = {"aliases": 30, "intents": 20, "lookalikes": 20, "claims": 12, "units": 70}
        tables[name] = b"".join(lines[: keep.get(name, len(lines))])
    return tables


def check_wounded(thin: dict[str, bytes], wounds: list[tuple[str, float, int, bytes]]) -> None:
    """A spoilt dataset gives problems with addresses, or is refused as a whole; never else."""
    tables = dict(thin)
    for name, share, length, piece in wounds:
        at = int(share * len(tables[name]))
        tables[name] = tables[name][:at] + piece + tables[name][at + length :]
    with tempfile.TemporaryDirectory() as home:
        for name, raw in tables.items():
            Path(home, f"{name}.csv").write_bytes(raw)
        with contextlib.suppress(DataUnusable):
            dataset = Dataset([Path(home)])
            dataset.check()
            for problem in dataset.problems:
                assert problem.code in FAULTS
                assert problem.path.startswith(home)
                lines = 1 + Path(problem.path).read_bytes().replace(b"\r", b"\n").count(b"\n")
                assert 1 <= problem.line <= lines
                assert problem.column >= 1
                assert not UNSAFE.search(f"{problem}{problem.excerpt}{problem.help}"), problem


@given(wounds=WOUNDS)
@settings(max_examples=300)
def test_broken_datasets_are_told_and_never_crash(
    wounds: list[tuple[str, float, int, bytes]], thin: dict[str, bytes]
) -> None:
    check_wounded(thin, wounds)


@pytest.mark.slow
@given(wounds=WOUNDS)
@settings(max_examples=20_000)
def test_twenty_thousand_broken_datasets_are_told_and_never_crash(
    wounds: list[tuple[str, float, int, bytes]], thin: dict[str, bytes]
) -> None:
    check_wounded(thin, wounds)


# ---- cost --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_checking_takes_no_memory_that_grows_with_the_rows(tmp_path: Path) -> None:
    measure = (
        "import resource, sys; from pathlib import Path; from ftz_cli.dataset import Dataset; "
        "dataset = Dataset([Path(sys.argv[1])]); assert dataset.check() == int(sys.argv[2]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for count in (1_000, 100_000):
        folder = write_many(tmp_path / str(count), count)
        began = time.perf_counter()
        told = subprocess.run(
            [sys.executable, "-c", measure, str(folder), str(count)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        peaks.append(int(told.stdout))
        # 2.0 s on the machine that this was written on; the rest is for a busy one.
        assert time.perf_counter() - began < 60
    assert peaks[1] - peaks[0] < 2_000, "kilobytes, for 99,000 more rows"
