"""Measure the lists: `python -m tests.benchmarks.quantities [--rivals [VENV]] [--failures]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import LISTS, failures, measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.quantities", description=__doc__)
    parser.add_argument("--rivals", nargs="?", type=Path, const=Path(sys.prefix), metavar="VENV",
                        help="beside other readers, those of VENV too")  # fmt: skip
    parser.add_argument("--failures", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    for sheet in measured(options.rivals, options.rivals is not None):
        print(sheet.text(), end="\n\n")
    if options.failures:
        for language in LISTS:
            print(*failures(language), sep="\n")


if __name__ == "__main__":
    main()
