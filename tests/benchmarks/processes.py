"""What a run of `ftz` costs, beside what the libraries that it stands on cost by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.large_dataset import write_dataset

from .measure import Commands, Sheet, interleaved

FTZ = Path(sys.executable).with_name("ftz")
JSON_FLOOR = [sys.executable, "-c", "import typer, sqlite3, json"]
TABLE_FLOOR = [sys.executable, "-c", "import typer, sqlite3, json, rich.console, rich.table"]


def environment(work: Path, **more: str) -> dict[str, str]:
    """This one, with a cache of its own and compiled modules kept."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "FTZ_DB", "PAGER", "COLUMNS")
    plain = {name: value for name, value in os.environ.items() if name not in dropped}
    return plain | {"XDG_CACHE_HOME": str(work / "cache"), "LANG": "en_US.UTF-8"} | more


def fresh(path: Path, *command: object) -> list[object]:
    """A command that runs after a path is removed."""
    return ["sh", "-c", 'rm -rf "$0"; exec "$@"', path, *command]


def ms(seconds: float) -> str:
    """A time as it is printed."""
    return f"{seconds * 1000:.0f}"


def beside(title: str, commands: Commands, runs: int, work: Path) -> Sheet:
    """Processor time of commands, and how many times that of the first it is."""
    costs = interleaved(commands, runs, environment(work))
    first = next(iter(costs.values()))
    rows = [(name, ms(one.cpu), f"{one.cpu / first.cpu:.2f}") for name, one in costs.items()]
    return Sheet(title, ["", "CPU ms", "× first"], rows)


def start_up(work: Path, runs: int) -> Iterator[Sheet]:
    """Short commands beside what their imports alone take."""
    asked = {
        "zones": ["zones"],
        "metric": ["metric", "崇左", "跨境电商", "2021"],
        "compare": ["compare", "首贷服务中心", "汇率保"],
    }
    commands = {f"ftz {name} --json": [FTZ, *words, "--json"] for name, words in asked.items()}
    yield beside("JSON", {"import its libraries": JSON_FLOOR, **commands}, runs, work)
    commands = {f"ftz {name}": [FTZ, *words] for name, words in asked.items()}
    yield beside("Tables", {"import their libraries": TABLE_FLOOR, **commands}, runs, work)


def first_use(work: Path, runs: int) -> Iterator[Sheet]:
    """The first command of all, which builds the database."""
    command = fresh(work / "cache", FTZ, "zones", "--json", "-q")
    yield beside("First use", {"ftz zones --json": command}, min(runs, 5), work)


def loading(work: Path, runs: int) -> Iterator[Sheet]:
    """Loading 100,000 figures with every check, beside an insert without any."""
    folder, plain = write_dataset(work / "figures", 100_000), work / "plain.db"
    insert = f"{FTZ.with_name('sqlite-utils')} insert {plain} figures {folder}/figures.csv --csv"
    commands = {
        "sqlite-utils insert --csv": fresh(plain, *insert.split()),
        "ftz load": [FTZ, "load", folder, "--db", work / "ftz.db", "-q"],
    }
    yield beside("Loading 100,000 figures", commands, min(runs, 3), work)


def long_table(work: Path, runs: int) -> Iterator[Sheet]:
    """Seconds until the first row of a long table, and until its last one."""
    folder, database = write_dataset(work / "figures", 2880), work / "ftz.db"
    subprocess.run([FTZ, "load", folder, "--db", database, "-q"], check=True)
    shown = [FTZ, "figures", "-q", "--db", database]
    commands = {"table floor": TABLE_FLOOR, "20 rows": [*shown, "-n", 20], "2,880 rows": shown}
    costs = interleaved(commands, min(runs, 7), environment(work, COLUMNS="120"), b"F0000000")
    floor = costs.pop("table floor").wall
    heads = ["", "first row ms", "× table floor", "whole ms", "× table floor"]
    sheet = Sheet("A long table, on the clock", heads)
    for name, one in costs.items():
        first, whole = (f"{taken / floor:.2f}" for taken in (one.first, one.wall))
        sheet.rows.append((name, ms(one.first), first, ms(one.wall), whole))
    yield sheet
