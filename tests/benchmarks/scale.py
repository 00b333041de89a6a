"""Look-ups and lists as the data grow: whole processes, and time inside the database."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .load import database
from .measure import ROOT, Process, Sheet, interleaved, milliseconds, ratio
from .start import ftz

# Figures and names. The second and the third have the same names: what differs there is figures.
SIZES = ((100, 30), (10_000, 10_000), (1_000_000, 10_000))
# Names that every size has, in the words of a question.
QUESTIONS = (
    "新增跨境电商金额",
    "新增跨境电商企业数 2018",
    "汉汉自贸试验区 新增跨境电商占比",
    "汉汉跨境电商服务中心",
    "海海片区 跨境电商增速",
    "new cross-border e-commerce value",
    "growth of cross-border e-commerce",
    "Hanhan pilot zone e-commerce rank",
    "江江片区 办理时间",
    "新增跨境电商 启用日期 2020",
    "how many enterprises in cross-border e-commerce",
    "kua jing dian shang jin e",
    "新增跨境电商吞吐量 2019年",
    "cross border e-comerce shaer",
    "跨境電商金額",
)
METRIC, ZONE = "new-cross-border-e-commerce-value-0", "hanhan-pilot-0"
COMMANDS = (
    ("metric", QUESTIONS[0]),
    ("metric", QUESTIONS[5]),
    ("metric", QUESTIONS[0], "--json"),
    ("zone", ZONE, "--json", "--fields", "id"),
    ("zones", "--json"),
    ("metrics", "--json"),
    ("zones", "汉汉自贸试验区", "--json"),
    ("metrics", "新增跨境电商金额", "--json"),
    ("initiatives", "汉汉跨境电商服务中心", "--json"),
    ("compare", "hanhan-pilot-0", "haihai-area-1", "--json"),
    ("figures", "--metric", METRIC, "--json"),
    ("figures", "--metric", METRIC, "--status", "target", "--json"),
    ("figures", "--zone", ZONE, "--period", "2018", "--json"),
    ("audit", "C0", "--json"),
    ("sources", "a0", "--json"),
)


class Timed(sqlite3.Connection):
    """A connection that adds up the time until all rows of its queries are there."""

    taken = 0.0

    def execute(self, *asked: object) -> list[tuple[object, ...]]:  # type: ignore[override]
        """The rows of a query, all of them."""
        began = time.perf_counter()
        rows = super().execute(*asked).fetchall()  # type: ignore[arg-type]
        self.taken += time.perf_counter() - began
        return rows


def inside(path: str, turns: int) -> tuple[float, float]:
    """Seconds a question, median over turns: inside the database, and in all."""
    from ftz_cli import find, resolve
    from ftz_cli.errors import NotFound

    data = sqlite3.connect(f"file:{path}?mode=ro", uri=True, factory=Timed)
    plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    in_database, whole = [], []
    for _ in range(turns):
        data.taken = 0.0  # type: ignore[attr-defined]
        for question in QUESTIONS:
            resolve.rank(_Fetching(data), question)  # type: ignore[arg-type]
        in_database.append(data.taken / len(QUESTIONS))  # type: ignore[attr-defined]
        began = time.perf_counter()
        for question in QUESTIONS:
            try:
                find.figures(plain, question)
            except NotFound:
                continue
        whole.append((time.perf_counter() - began) / len(QUESTIONS))
    return sorted(in_database)[turns // 2], sorted(whole)[turns // 2]


class _Fetching:
    """What `resolve` takes for a connection: `execute` gives rows that have `fetchall`."""

    def __init__(self, timed: sqlite3.Connection) -> None:
        self._timed = timed

    def execute(self, *asked: object) -> _Cursor:
        """All rows of a query."""
        return _Cursor(self._timed.execute(*asked))  # type: ignore[arg-type]


class _Cursor(list[tuple[object, ...]]):
    def fetchall(self) -> _Cursor:
        return self

    def fetchone(self) -> tuple[object, ...] | None:
        return self[0] if self else None


def measured(work: Path, runs: int, sizes: Sequence[tuple[int, int]] = SIZES) -> list[Sheet]:
    """Process time and memory of each command at each size, and database time of look-ups."""
    databases = {size: database(work, *size) for size in sizes}
    processes = [
        Process(f"{' '.join(command)}@{size}", [ftz(), *command, "--db", str(databases[size])],
                exit_codes=(0, 1))
        for command in COMMANDS for size in sizes
    ]  # fmt: skip
    found = interleaved(processes, runs)
    heads = [f"{figures:,} of {names:,}" for figures, names in sizes]
    sheet = Sheet(
        "The same command as data grow: ms (peak MB)",
        ["figures of names", *heads, "× smallest", f"× {heads[-2]}"],
        remark=f"Medians of {runs} runs, interleaved.",
    )
    for command in COMMANDS:
        row = [found[f"{' '.join(command)}@{size}"] for size in sizes]
        cells = [f"{milliseconds(one.seconds)} ({one.memory:.0f})" for one in row]
        sheet.rows.append((
            "ftz " + " ".join(command), *cells, ratio(row[-1].seconds, row[0].seconds),
            ratio(row[-1].seconds, row[-2].seconds),
        ))  # fmt: skip
    within = Sheet(
        f"A look-up without its process: ms, mean of {len(QUESTIONS)} questions",
        ["", *heads, "× smallest", f"× {heads[-2]}"],
    )
    times = [_inside_of(databases[size]) for size in sizes]
    for at, name in enumerate(("inside the database", "with ranking")):
        row_ = [one[at] for one in times]
        within.rows.append((name, *map(milliseconds, row_), ratio(row_[-1], row_[0]),
                            ratio(row_[-1], row_[-2])))  # fmt: skip
    return [sheet, within]


def _inside_of(path: Path) -> tuple[float, float]:
    """`inside`, in a process of its own: this one stays small."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", str(path)]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    first, second = json.loads(ran.stdout)
    return first, second


if __name__ == "__main__":
    print(json.dumps(inside(sys.argv[1], 9)))
