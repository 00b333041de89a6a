"""All benchmarks: `python -m tests.benchmarks [--only SECTION]`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
from pathlib import Path

from . import lookup, processes, quantities

PROCESSES = ("start_up", "first_use", "loading", "look_up", "long_table")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    sections = (*PROCESSES, "quantities", "lookup")
    parser.add_argument("--only", choices=sections, action="append", help="this one; may repeat")
    parser.add_argument("--runs", type=int, default=21, help="runs of each short command")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="where the other readers are")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}; medians of runs in turn\n")  # fmt: skip
    for section in options.only or sections:
        with tempfile.TemporaryDirectory() as folder:
            if section in PROCESSES:
                sheets = [*getattr(processes, section)(Path(folder), options.runs)]
            elif section == "quantities":
                sheets = quantities.measured(options.peers)
            else:
                sheets = lookup.measured(Path(folder), None, [])
            for sheet in sheets:
                print(sheet.text(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
