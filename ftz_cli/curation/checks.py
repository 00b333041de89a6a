"""Dataset folders, read and checked as one: rows in, checked rows and Problems out.

What `datapackage.json` can say of a cell is read from there (`csv_files.py`); what a table
schema can't say is in `row_rules.py` and `printed_values.py`.
"""

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

# So many problems are kept.
MOST_KEPT = 1000


class Dataset:
    """One or more `db/`-shaped folders, read as one; units come with the bundled ones.

    `problems` fills while rows are read: a thousand are kept, the rest counted; once `figures()`
    is exhausted it is complete. `readable` is False once a file was found that can't be read to its
    end: that ends the checks, as nothing is known then of what it holds. Raises DataUnusable for a
    folder that holds no table.
    """

    def __init__(self, folders: list[Path], keep: bool = False) -> None:
        self.folders, self.tables = folders, tables()
        self.problems: list[Problem] = []
        self.problem_count, self.readable = 0, True
        # The ids of the tables that have been read, those of rows with faults among them.
        self.ids: dict[str, set[str]] = {}
        self._first: dict[int, str] = {}
        # The base units of the figures that claims name; all sound figures, if they are to be kept.
        self.bases: dict[str, str] = {}
        self.keep, self.kept = keep, dict[str, Row]()
        for folder in folders:
            files = os.listdir(folder)
            if not {f"{table}.csv" for table in self.tables}.intersection(files):
                raise DataUnusable("{folder} holds no table of a dataset, such as figures.csv",
                                   folder=shown(str(folder), 200))  # fmt: skip
            # Figures.csv or a second download would be left out without a word.
            for name in sorted(files):
                if name.lower().endswith(".csv") and name[:-4] not in self.tables:
                    self.add(Problem(str(folder / name), 1, 1, "F113"))
        self.rows = {"units": self._units_of_all()} | {
            name: [*self._read(table)] for name, table in self.tables.items()
            if name not in ("units", "figures")
        }  # fmt: skip
        self.units = Units(Unit.of_row(*row.values()) for row in self.rows["units"])
        self.reader = Reader(self.units)
        self.by_id = {name: {row["id"]: row for row in rows} for name, rows in self.rows.items()}
        sources = self.by_id["sources"]
        self.lines = {id: ranges(row["lines"]) for id, row in sources.items()}
        # The last day on which each article can have been published, where its source says so.
        self.published = {
            id: edtf.newest(published)[0]
            for id, row in sources.items()
            if (published := row["published"] or sources.get(row["parent"], row)["published"])
        }
        if self.readable:
            for name, rows in self.rows.items():
                if name != "claims":  # figures come before them
                    self._apply_rules(name, rows)

    def first(self, value: str, *key: str) -> str:
        """The value that came first with a key."""
        # A hash in place of the cells: of a million figures these would take half a gigabyte.
        return self._first.setdefault(hash(key), value)

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.problem_count += 1
        if self.problem_count <= MOST_KEPT:
            self.problems.append(problem)

    def upwards(self, table: str, column: str, id: str) -> list[str]:
        """A row's id and those above it by a column, of all that are known, each once."""
        found: list[str] = []
        while id in self.by_id[table] and id not in found:
            found.append(id)
            id = self.by_id[table][id][column]
        return found

    def check(self) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures())

    def figures(self) -> Iterator[tuple[Row, Ends]]:
        """Every figure with the ends of its meaning, checked as they pass.

        A figure with a problem is told in `problems` and left out. After the last figure the
        claims are checked against the figures seen.
        """
        if not self.readable:
            return
        values = PrintedValues(self)
        named = {figure for row in self.rows["claims"]
                 for figure in (row["figure"], *row["operands"].split())}  # fmt: skip
        for row in self._read(self.tables["figures"]):
            ends = values.ends(row)
            self._apply_rules("figures", [row])
            if ends is not None and row.sound:
                if row["id"] in named:
                    self.bases[row["id"]] = self.units[row["unit"]].base
                if self.keep:
                    self.kept[row["id"]] = row
                yield row, ends
        if self.readable:
            self._apply_rules("claims", self.rows["claims"])

    def _apply_rules(self, table: str, rows: list[Row]) -> None:
        for row in rows:
            for rule in RULES.get(table, ()):
                rule(self, row)

    def _read(self, table: Table, folders: list[Path] | None = None) -> Iterator[Row]:
        """The rows of `table` in every folder that pass."""
        self.ids[table.name] = set()
        for folder in self.folders if folders is None else folders:
            # A folder of that name is told when it is read, not passed over.
            if os.path.lexists(path := folder / f"{table.name}.csv"):
                yield from TableFile(table, path, self).rows()

    def _units_of_all(self) -> list[Row]:
        """The bundled units that the folders don't have, and those that they have."""
        tool, table = bundled_folder(), self.tables["units"]
        bundled = [*self._read(table, [tool])]
        own = {row["id"]: row for row in self._read(table, [*filter(tool.__ne__, self.folders)])}
        for row in bundled:
            for column in ("name_zh", "name_en", "base", "factor", "kind", "minimum"):
                if (other := own.get(row["id"], row))[column] != row[column]:
                    other.differs(column, "the bundled unit has {value}", value=row[column])
        return [row for row in bundled if row["id"] not in own] + [*own.values()]


def folders_named(names: list[str]) -> list[Path]:
    """The folders that a command line names; `bundled`, also where there is none, is our own.

    Raises DataUnusable for one that is not there or can't be read, UsageError for one named twice.
    """
    found: list[Path] = []
    for name in names or [BUNDLED]:
        folder = bundled_folder() if name == BUNDLED else Path(name)
        if not name or not os.path.isdir(folder):
            raise DataUnusable("no folder '{name}'", name=shown(name, 200))
        try:
            os.listdir(f"{folder}/.")  # by the dot, its files have to be within reach, too
        except OSError as error:
            raise DataUnusable("{path} can't be read: {why}", path=shown(name, 200),
                               why=error.strerror) from None  # fmt: skip
        if any(map(folder.samefile, found)):
            raise UsageError("{id} is named twice", id=shown(name, 200))
        found.append(folder)
    return found
