"""How long a command takes from nothing, beside its floors and beside other tools."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import sys
from pathlib import Path

from .measure import Process, Sheet, interleaved, milliseconds, ratio

WORDS = "跨境电商"
QUERY = f"select * from figures_flat where metric_zh like '%{WORDS}%' order by period desc"
JSON_FLOOR, TABLE_FLOOR = "python: typer, sqlite3, json", "… and rich.table, rich.console"
LOOK_UP, TABLE = "ftz metric … --json", "ftz metric …"


def tool(name: str, peers: Path | None) -> str | None:
    """Where another tool lies: in the environment given, beside our Python, or on the path."""
    for folder in (peers and peers / "bin", Path(sys.executable).parent):
        if folder and (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


def ftz() -> str:
    """The command under test: the one installed beside this Python."""
    return str(Path(sys.executable).parent / "ftz")


def flat_csv(database: Path, path: Path) -> None:
    """The rows of figures_flat as CSV, for the tools that read CSV."""
    connection = sqlite3.connect(database)
    rows = connection.execute("select * from figures_flat")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)
    connection.close()


def peers_of(database: Path, flat: Path, peers: Path | None) -> list[Process]:
    """The tools that are there, each answering the same question from the same rows."""
    found = []
    if shell := tool("sqlite3", peers):
        found.append(Process("sqlite3 -json", [shell, "-readonly", "-json", str(database), QUERY]))
    if cli := tool("sqlite-utils", peers):
        found.append(Process("sqlite-utils query", [cli, "query", str(database), QUERY]))
    if grep := tool("csvgrep", peers):
        found.append(Process("csvgrep", [grep, "-c", "metric_zh", "-m", WORDS, str(flat)]))
    if web := tool("datasette", peers):
        from urllib.parse import quote

        where = f"/{database.stem}.json?_shape=array&sql={quote(QUERY)}"
        found.append(Process("datasette --get", [web, str(database), "--get", where]))
    python = tool("python", peers)
    if python and peers and next(peers.glob("lib/python*/site-packages/duckdb"), None):
        asked = f"select * from '{flat}' where metric_zh like '%{WORDS}%' order by period desc"
        code = f'import duckdb; print(duckdb.sql("""{asked}""").fetchall())'
        found.append(Process("duckdb, in Python", [python, "-c", code]))
    return found


def measured(work: Path, peers: Path | None, runs: int) -> list[Sheet]:
    """One table of every command, floor and peer, in one run."""
    database, flat = work / "bundled.db", work / "flat.csv"
    command = ftz()
    build = Process("", [command, "load", "--db", str(database), "-q"])
    interleaved([build], 0)
    flat_csv(database, flat)
    # The database of the cache, as a user has it: freshness is looked at, too.
    cache = {"XDG_CACHE_HOME": str(work / "cache"), "FTZ_LANG": "en"}
    completing = {
        "_FTZ_COMPLETE": "complete_bash", "COMP_WORDS": "ftz zone wu", "COMP_CWORD": "2", **cache,
    }  # fmt: skip
    own = [
        Process("ftz zones", [command, "zones"], cache),
        Process("ftz zones --json", [command, "zones", "--json"], cache),
        Process(LOOK_UP, [command, "metric", WORDS, "--json"], cache),
        Process(TABLE, [command, "metric", WORDS], cache),
        Process(
            "ftz compare … --json", [command, "compare", "首贷服务中心", "汇率保", "--json"], cache
        ),
        Process("ftz compare …", [command, "compare", "首贷服务中心", "汇率保"], cache),
        Process("ftz --help", [command, "--help"], cache),
        Process("completion of a zone", [command], completing),
    ]
    python = sys.executable
    floors = [
        Process("python: pass", [python, "-c", "pass"]),
        Process(JSON_FLOOR, [python, "-c", "import typer, sqlite3, json"]),
        Process(TABLE_FLOOR,
                [python, "-c", "import typer, sqlite3, json, rich.table, rich.console"]),
    ]  # fmt: skip
    others = peers_of(database, flat, peers)
    found = interleaved([*own, *floors, *others], runs)
    base = found[JSON_FLOOR]
    sheet = Sheet(
        "Whole process, from nothing",
        ["", "ms", "× json floor", "CPU ms", "peak MB"],
        remark=f"Medians of {runs} runs, interleaved. The look-up is '{WORDS}'; the floors import "
        "the same libraries and do nothing.",
    )
    for process in (*own, *floors, *others):
        one = found[process.name]
        sheet.rows.append((process.name, milliseconds(one.seconds), ratio(one.seconds, base.seconds),
                           milliseconds(one.processor), f"{one.memory:.0f}"))  # fmt: skip
    goals = Sheet("Goals of the start", ["", "reached", "goal"])
    look_up, table = found[LOOK_UP], found[TABLE]
    goals.rows += [
        (f"{LOOK_UP} ÷ its floor", ratio(look_up.seconds, base.seconds), "≤ 1.25"),
        (f"{TABLE} ÷ its floor", ratio(table.seconds, found[TABLE_FLOOR].seconds), "≤ 1.25"),
    ]
    for name, goal in (("csvgrep", "< 1"), ("sqlite-utils query", "≤ 0.3")):
        if name in found:
            goals.rows += [
                (f"{one} ÷ {name}", ratio(found[one].seconds, found[name].seconds), goal)
                for one in (LOOK_UP, TABLE)
            ]
    return [sheet, goals]
