"""What a run of `ftz` costs, beside what the libraries that it stands on cost by themselves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.large_dataset import write_dataset

from .measure import Sheet, interleaved

FTZ = Path(sys.executable).with_name("ftz")
JSON_FLOOR = [sys.executable, "-c", "import typer, sqlite3, json"]
TABLE_FLOOR = [sys.executable, "-c", "import typer, sqlite3, json, rich.console, rich.table"]
LONG = 2880


def environment(work: Path, **more: str) -> dict[str, str]:
    """This one, with a cache of its own and compiled modules kept."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "FTZ_DB", "PAGER", "COLUMNS")
    plain = {name: value for name, value in os.environ.items() if name not in dropped}
    return plain | {"XDG_CACHE_HOME": str(work / "cache"), "LANG": "en_US.UTF-8"} | more


def fresh(path: Path, *command: object) -> list[object]:
    """A command that runs after a path is removed."""
    return ["sh", "-c", 'rm -rf "$0"; exec "$@"', path, *command]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def start_up(work: Path, runs: int) -> Sheet:
    """Processor time of short commands, as parts of what their imports alone take."""
    question = ("metric", "崇左", "跨境电商", "2021")
    commands = {
        "json floor": JSON_FLOOR,
        "ftz zones --json": [FTZ, "zones", "--json"],
        "ftz metric … --json": [FTZ, *question, "--json"],
        "ftz compare … --json": [FTZ, "compare", "首贷服务中心", "汇率保", "--json"],
        "table floor": TABLE_FLOOR,
        "ftz zone wuhan": [FTZ, "zone", "wuhan"],
        "ftz metric …": [FTZ, *question],
        "ftz compare …": [FTZ, "compare", "首贷服务中心", "汇率保"],
        "ftz --help": [FTZ, "--help"],
    }
    costs = interleaved(commands, runs, environment(work))
    sheet = Sheet("Start-up", ["", "CPU ms", "× floor"], remark="The floors import the libraries.")
    floor = 0.0
    for name, cost in costs.items():
        floor = cost.cpu if name.endswith("floor") else floor
        sheet.rows.append((name, _ms(cost.cpu), f"{cost.cpu / floor:.2f}"))
    return sheet


def first_use(work: Path, runs: int) -> Sheet:
    """Processor time of the first command of all, which builds the database."""
    command = fresh(work / "cache", FTZ, "zones", "--json", "-q")
    cost = interleaved({"": command}, min(runs, 5), environment(work))[""]
    return Sheet("First use", ["", "CPU s"], [("ftz zones --json", f"{cost.cpu:.2f}")])


def loading(work: Path, runs: int) -> Sheet:
    """Processor time of loading 100,000 figures with every check, beside a plain insert."""
    folder, plain = write_dataset(work / "figures", 100_000), work / "plain.db"
    insert = [
        FTZ.with_name("sqlite-utils"),
        "insert",
        plain,
        "figures",
        folder / "figures.csv",
        "--csv",
    ]
    commands = {
        "sqlite-utils insert --csv": fresh(plain, *insert),
        "ftz load": [FTZ, "load", folder, "--db", work / "ftz.db", "-q"],
    }
    costs = interleaved(commands, min(runs, 3), environment(work))
    base = costs["sqlite-utils insert --csv"].cpu
    rows = [(name, f"{one.cpu:.1f}", f"{one.cpu / base:.2f}") for name, one in costs.items()]
    return Sheet("Loading 100,000 figures", ["", "CPU s", "× sqlite-utils"], [*rows])


def look_up(work: Path, runs: int) -> Sheet:
    """Processor time of one question as the data grow."""
    commands = {}
    for size in (100, 10_000, 100_000):
        path = work / f"lookup-{size}.db"
        folder = write_dataset(work / f"lookup-{size}", size)
        interleaved({"": [FTZ, "load", folder, "--db", path, "-q"]}, 1, environment(work))
        asked = [FTZ, "metric", "第2号试验区", "第3项金额", "--json", "-n", "1", "-q", "--db", path]
        commands[f"{size:,} figures"] = asked
    costs = interleaved(commands, runs, environment(work))
    base = next(iter(costs.values())).cpu
    rows = [(name, _ms(one.cpu), f"{one.cpu / base:.2f}") for name, one in costs.items()]
    return Sheet("A look-up", ["", "CPU ms", "× smallest"], [*rows])


def long_table(work: Path, runs: int) -> Sheet:
    """Seconds until the first row of a long table, and until its last one."""
    path = work / "long.db"
    folder = write_dataset(work / "long", LONG)
    interleaved({"": [FTZ, "load", folder, "--db", path, "-q"]}, 1, environment(work))
    commands = {
        "table floor": TABLE_FLOOR,
        "20 rows": [FTZ, "figures", "-q", "--db", path, "-n", 20],
        f"{LONG} rows": [FTZ, "figures", "-q", "--db", path],
    }
    costs = interleaved(commands, min(runs, 7), environment(work, COLUMNS="120"), b"F0000000")
    floor = costs.pop("table floor").wall
    rows = [(name, _ms(one.first), f"{one.first / floor:.2f}", _ms(one.wall), f"{one.wall / floor:.2f}")
            for name, one in costs.items()]  # fmt: skip
    heads = ["", "first row ms", "× table floor", "whole ms", "× table floor"]
    return Sheet("A long table, on the clock", heads, [*rows])
