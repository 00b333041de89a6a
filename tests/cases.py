"""The cases of tests that are tables: `data/cases.csv` has the name of the test, then its cells."""

from __future__ import annotations

import csv
from pathlib import Path


def cases(test: str) -> list[list[str]]:
    """The cells of each case of a test; those of a list are set apart by blanks."""
    path = Path(__file__).parent / "data" / "cases.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [cells for name, *cells in csv.reader(file) if name == test]
