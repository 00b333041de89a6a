"""What a run costs: `python -m tests.benchmarks [--only SECTION]`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
from pathlib import Path

from . import processes

SECTIONS = ("start_up", "first_use", "loading", "long_table")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="this one; may repeat")
    parser.add_argument("--runs", type=int, default=21, help="runs of each short command")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}; medians of runs in turn\n")  # fmt: skip
    for section in options.only or SECTIONS:
        with tempfile.TemporaryDirectory() as folder:
            for sheet in getattr(processes, section)(Path(folder), options.runs):
                print(sheet.text(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
