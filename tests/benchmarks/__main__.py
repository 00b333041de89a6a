"""One command for all benchmarks: `python -m tests.benchmarks`, or `python tests/benchmarks`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):  # run by its path
    sys.path[0] = str(Path(__file__).parent.parent.parent)

from tests.benchmarks.measure import Sheet

SECTIONS = ("start", "load", "scale", "quantities", "lookup")


def asked() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="only this; may repeat")
    parser.add_argument("--runs", type=int, default=15, help="runs of each short command")
    parser.add_argument("--load-runs", type=int, default=1, help="runs of each load")
    parser.add_argument("--figures", type=int, nargs="+", default=[100_000, 1_000_000],
                        help="sizes to load", metavar="N")  # fmt: skip
    parser.add_argument("--names", type=int, default=10_000, help="names of the largest size")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="where the other tools are")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep generated data here")
    parser.add_argument("--db", type=Path, help="database for lookup; default: the bundled data")
    parser.add_argument("--without", action="append", metavar="PART",
                        help="lookup: switch a part of the ranking off; 'each' measures all parts")  # fmt: skip
    parser.add_argument("--markdown", action="store_true", help="print Markdown, not text")
    return parser.parse_args()


def sheets(options: argparse.Namespace, work: Path) -> list[Sheet]:
    """The tables that were asked for. What stays small comes first: peaks are of children."""
    from tests.benchmarks import load, scale, start

    found: list[Sheet] = []
    wanted = options.only or SECTIONS
    if "start" in wanted:
        found += start.measured(work, options.peers, options.runs)
    if "load" in wanted:
        found += load.measured(
            work, options.peers, options.load_runs, options.figures, options.names
        )
    if "scale" in wanted:
        sizes = [*scale.SIZES[:-1], (max(options.figures), options.names)]
        found += scale.measured(work, max(3, options.runs // 2), sizes)
    if "quantities" in wanted:
        from tests.benchmarks import quantities

        found += quantities.measured(options.peers)
    if "lookup" in wanted:
        from tests.benchmarks import lookup

        found += lookup.measured(work, options.db, options.without or [])
    return found


def main() -> None:
    """Measure and print."""
    options = asked()
    # As an installed command has it: compiled modules are kept, output is buffered.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "FTZ_DB"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        found = sheets(options, work)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}\n")  # fmt: skip
    for sheet in found:
        print(sheet.markdown() if options.markdown else sheet.text(), end="\n\n")


if __name__ == "__main__":
    main()
