"""Loading figures with every check, beside tools that load the same CSV without any."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.generate import generate

from .measure import Measured, Process, Sheet, interleaved, ratio
from .start import ftz, tool

# A stand-in for `sqlite3 .import`, and what bare Python takes.
EXECUTEMANY = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    names = next(rows)
    connection.execute(f"create table figures ({', '.join(names)})")
    connection.executemany(f"insert into figures values ({','.join('?' * len(names))})", rows)
connection.commit()
"""
# The same indexes as ours, so that files can be compared.
INDEXED = """
create unique index figures_id on figures (id);
create index figures_of_metric on figures (metric, zone);
create index figures_of_zone on figures (zone, metric);
create index figures_of_initiative on figures (initiative, metric) where initiative <> '';
create index figures_of_place on figures (article, line);
create index figures_of_period on figures (period) where period <> '';
create index figures_of_period_end on figures (substr(period, instr(period, '/') + 1))
    where instr(period, '/') > 0;
create index figures_of_status on figures (status) where status <> 'measured';
create index figures_of_printed on figures (printed);
"""


def dataset(work: Path, figures: int, names: int) -> Path:
    """A generated folder of that size, made only once."""
    folder = work / f"generated-{figures}-{names}"
    if not (folder / "claims.csv").exists():
        generate(folder, figures, names)
    return folder


def database(work: Path, figures: int, names: int) -> Path:
    """A database of that size, loaded only once."""
    path = work / f"generated-{figures}-{names}.db"
    if not path.exists():
        folder = dataset(work, figures, names)
        interleaved([Process("", [ftz(), "load", str(folder), "--db", str(path), "-q"])], 0)
    return path


def measured(
    work: Path, peers: Path | None, runs: int, sizes: Sequence[int], names: int
) -> list[Sheet]:
    """A table for each number of figures."""
    return [_of_size(work, peers, runs, size, min(names, max(30, size // 10))) for size in sizes]


def _of_size(work: Path, peers: Path | None, runs: int, size: int, names: int) -> Sheet:
    folder = dataset(work, size, names)
    figures = folder / "figures.csv"
    made = {
        name: work / f"load-{size}-{name}.db" for name in ("utils", "import", "indexed", "many")
    }
    own = work / f"generated-{size}-{names}.db"
    python = sys.executable
    processes = [
        Process("ftz load", [ftz(), "load", str(folder), "--db", str(own), "-q"], remove=[own]),
        Process("ftz check", [ftz(), "check", str(folder), "-q"]),
    ]
    if cli := tool("sqlite-utils", peers):
        command = [cli, "insert", str(made["utils"]), "figures", str(figures), "--csv"]
        processes.append(Process("sqlite-utils insert --csv", command, remove=[made["utils"]]))
    if shell := tool("sqlite3", peers):
        for name, label, more in (("import", "sqlite3 .import", []),
                                  ("indexed", "… and the same indexes", [INDEXED])):  # fmt: skip
            command = [shell, str(made[name]), ".mode csv", f".import {figures} figures", *more]
            processes.append(Process(label, command, remove=[made[name]]))
    command = [python, "-c", EXECUTEMANY, str(figures), str(made["many"])]
    processes.append(Process("csv and executemany", command, remove=[made["many"]]))
    found = interleaved(processes, runs, warm=0)
    files = {"ftz load": own, "sqlite-utils insert --csv": made["utils"], "sqlite3 .import":
             made["import"], "… and the same indexes": made["indexed"],
             "csv and executemany": made["many"]}  # fmt: skip
    base = found.get("sqlite-utils insert --csv", found["csv and executemany"])
    sheet = Sheet(
        f"Loading {size:,} figures over {names:,} names",
        ["", "s", "× sqlite-utils", "rows/s", "peak MB", "file MB"],
        remark=f"{runs} run(s) each, interleaved. ftz loads every table, builds the look-up index "
        "and checks every row, the double entry included; the others load figures.csv unchecked.",
    )
    for process in processes:
        one: Measured = found[process.name]
        file = files.get(process.name)
        held = f"{file.stat().st_size / 1e6:.0f}" if file and file.exists() else "–"
        sheet.rows.append((process.name, f"{one.seconds:.1f}", ratio(one.seconds, base.seconds),
                           f"{size / one.seconds:,.0f}", f"{one.memory:.0f}", held))  # fmt: skip
    for path in made.values():
        path.unlink(missing_ok=True)
    return sheet
