"""Reads and checks dataset folders as one dataset."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..language import shown
from ..model.bundled import BUNDLED, bundled_folder
from ..model.dataset_schema import Table, tables
from ..model.errors import DataUnusable, UsageError
from ..quantities import edtf
from ..quantities.reader import Reader
from ..quantities.units import Unit, Units
from .article_text import ranges
from .csv_files import Row, TableFile
from .faults import Problem
from .printed_values import Ends, PrintedValues
from .row_rules import RULES

MOST_KEPT = 1000


class Dataset:
    """Folders of CSV files and the bundled units, read as one dataset.

    `problems` is complete after `figures()`. `readable` is False where a file can't be read to its
    end: the checks stop then. Raises DataUnusable for a folder without a table.
    """

    def __init__(self, folders: list[Path]) -> None:
        self.folders, self.tables = folders, tables()
        self.problems: list[Problem] = []
        self.problem_count, self.readable = 0, True
        self.ids: dict[str, set[str]] = {}  # Of the rows of a table, faulty rows included
        self.bases: dict[str, str] = {}  # Figure of a claim → its base unit
        self._first: dict[int, str] = {}
        self._check_file_names()
        self.rows = {"units": self._units_of_all()} | {
            name: [*self._read(table)] for name, table in self.tables.items()
            if name not in ("units", "figures")
        }  # fmt: skip
        self.units = Units(Unit.of_row(*row.values()) for row in self.rows["units"])
        self.reader = Reader(self.units)
        self.by_id = {name: {row["id"]: row for row in rows} for name, rows in self.rows.items()}
        sources = self.by_id["sources"]
        self.lines = {id: ranges(row["lines"]) for id, row in sources.items()}
        # Article → the last day on which it can have been published.
        self.published = {
            id: edtf.newest(published)[0]
            for id, row in sources.items()
            if (published := row["published"] or sources.get(row["parent"], row)["published"])
        }
        if self.readable:
            for name, rows in self.rows.items():
                if name != "claims":  # Claims need the figures.
                    self._apply_rules(name, rows)

    def _check_file_names(self) -> None:
        for folder in self.folders:
            files = os.listdir(folder)
            if not {f"{table}.csv" for table in self.tables}.intersection(files):
                raise DataUnusable("{folder} holds no table of a dataset, such as figures.csv",
                                   folder=shown(str(folder), 200))  # fmt: skip
            for name in sorted(files):
                if name.lower().endswith(".csv") and name[:-4] not in self.tables:
                    self.add(Problem(str(folder / name), 1, 1, "F113"))

    def first(self, value: str, *key: str) -> str:
        """The value that was first given with this key."""
        # The key is stored as a hash: the cells of a million figures would take half a gigabyte.
        return self._first.setdefault(hash(key), value)

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep the first ones."""
        self.problem_count += 1
        if self.problem_count <= MOST_KEPT:
            self.problems.append(problem)

    def upwards(self, table: str, column: str, id: str) -> list[str]:
        """A row's id and the ids above it; `column` names the row above. Each id comes once."""
        found: list[str] = []
        while id in self.by_id[table] and id not in found:
            found.append(id)
            id = self.by_id[table][id][column]
        return found

    def check(self) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures())

    def figures(self) -> Iterator[tuple[Row, Ends]]:
        """Check the figures one by one, then the claims; yields figures without a problem."""
        if not self.readable:
            return
        values = PrintedValues(self)
        claimed = {figure for row in self.rows["claims"]
                   for figure in (row["figure"], *row["operands"].split())}  # fmt: skip
        for row in self._read(self.tables["figures"]):
            ends = values.ends(row)
            self._apply_rules("figures", [row])
            if ends is not None and row.sound:
                if row["id"] in claimed:
                    self.bases[row["id"]] = self.units[row["unit"]].base
                yield row, ends
        if self.readable:
            self._apply_rules("claims", self.rows["claims"])

    def _apply_rules(self, table: str, rows: list[Row]) -> None:
        for row in rows:
            for rule in RULES.get(table, ()):
                rule(self, row)

    def _read(self, table: Table, folders: list[Path] | None = None) -> Iterator[Row]:
        self.ids[table.name] = set()
        for folder in self.folders if folders is None else folders:
            # lexists: a dangling link is a problem, not a missing table.
            if os.path.lexists(path := folder / f"{table.name}.csv"):
                yield from TableFile(table, path, self).rows()

    def _units_of_all(self) -> list[Row]:
        """The units of the folders, and the bundled units; one with both has to be the same."""
        bundled, table = bundled_folder(), self.tables["units"]
        rows = [*self._read(table, [bundled])]
        others = [folder for folder in self.folders if folder != bundled]
        added = {row["id"]: row for row in self._read(table, others)}
        for row in rows:
            for column in ("name_zh", "name_en", "base", "factor", "kind", "minimum"):
                if (other := added.get(row["id"], row))[column] != row[column]:
                    other.differs(column, "the bundled unit has {value}", value=row[column])
        return [row for row in rows if row["id"] not in added] + [*added.values()]


def folders_named(names: list[str]) -> list[Path]:
    """The folders of a command line, by default the bundled one.

    Raises DataUnusable for a folder that can't be read, UsageError for one named twice.
    """
    found: list[Path] = []
    for name in names or [BUNDLED]:
        folder = bundled_folder() if name == BUNDLED else Path(name)
        if not name or not os.path.isdir(folder):
            raise DataUnusable("no folder '{name}'", name=shown(name, 200))
        try:
            os.listdir(f"{folder}/.")  # The dot also asks for the right to open its files.
        except OSError as error:
            why, path = error.strerror, shown(name, 200)
            raise DataUnusable("{path} can't be read: {why}", path=path, why=why) from None
        if any(map(folder.samefile, found)):
            raise UsageError("{id} is named twice", id=shown(name, 200))
        found.append(folder)
    return found
