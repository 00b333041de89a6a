"""Dataset folders, read and checked as one: rows in, checked rows and Problems out.

What `datapackage.json` can say of a cell is read from there (`tablefile.py`); what a table
schema can't say is added here: trees without circles, keys across tables, units that compose.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from .bundled import BUNDLED, bundled_folder
from .catalogue import Message
from .claims import (
    MAY_LACK_OPERANDS,
    OPERANDS,
    Measure,
    lacks,
    misfit,
    named_items,
    ratio_fits,
    takes,
)
from .doubleentry import DoubleEntry, add_unit
from .errors import DataUnusable
from .faults import Problem, ProblemLog
from .keys import Keys, KeySet, RisingKeys
from .places import Places, period_fits
from .quantity import Unit, Units
from .reading import Reader
from .schema import Table, tables
from .tablefile import Row, TableFile
from .text import shown

Progress = Callable[[int], None]


class Dataset:
    """One or more `db/`-shaped folders, read as one.

    `problems` fills while rows are read; once `figures()` is exhausted it is complete.
    """

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        self.log = ProblemLog()
        self.tables = tables()
        self.rows: dict[str, list[Row]] = {}
        self.keys: dict[str, set[str]] = {}
        # The keys of the tables that were read to their end: only there can a key be missing.
        self._sure: dict[str, set[str]] = {}
        self._files = {table: _files(folders, table) for table in self.tables}
        for folder in folders:
            # One that holds none beside one that does is a slip too.
            if not any(path.parent == folder for files in self._files.values() for path in files):
                raise DataUnusable("dataset.none", folders=[shown(str(folder), 200)])
        self._tell_misnamed()
        for table in self.tables.values():
            if table.name != "figures":
                keys = KeySet()
                files: list[TableFile] = []
                self.rows[table.name] = list(self._read(table, keys, files))
                self.keys[table.name] = keys.seen
                if all(file.complete for file in files):
                    self._sure[table.name] = keys.seen
        self.units = Units(_units(self.rows["units"]))
        self.reader = Reader(self.units, (row.cells[0] for row in self.rows["lookalikes"]))
        for name, table in self.tables.items():
            for column, target in table.foreign_keys.items():
                if target == name:
                    self._check_tree(name, table.at[column])
        self._places = Places(self.rows["sources"], self.tables["sources"].at)
        for name in ("excused", "recognitions"):
            at = self.tables[name].at
            for row in self.rows[name]:
                self._places.check(row, at["article"], at["line"])
        base_unit = self.tables["metrics"].at["base_unit"]
        self._base_of = {row.cells[0]: row.cells[base_unit] for row in self.rows["metrics"]}
        self._check_aliases()
        self._check_ratios()
        self._check_relations()
        self._years = self._publication_years()

    @property
    def problems(self) -> list[Problem]:
        """The problems found so far, the first thousand of them."""
        return self.log.problems

    @property
    def problem_count(self) -> int:
        """How many problems were found so far."""
        return self.log.count

    def figures(self, progress: Progress | None = None) -> Iterator[tuple[list[str], str, str]]:
        """Every figure's cells with the low and high end of its meaning, checked as they pass.

        A figure with a problem is told in `problems` and left out. After the last figure the
        claims are checked against the figures seen.
        """
        at = self.tables["figures"].at
        double_entry = DoubleEntry(self.units, self.reader, at, self._base_of, self._years.get)
        # Without units or the year of publication nothing that is printed can be judged.
        judged = self._sure.keys() >= {"units", "sources"}
        stands = at["article"], at["line"]
        done = 0
        files: list[TableFile] = []
        keys = RisingKeys(
            lambda: (key for file in files for key in file.earlier_keys()),
            missing={figure for _, _, figure in self._claimed()},
        )
        claimed, unit = frozenset(keys.missing), at["unit"]
        measures: dict[str, Measure] = {}
        for row in self._read(self.tables["figures"], keys, files):
            done += 1
            if progress and done % 5000 == 0:
                progress(done)
            ends = double_entry.ends(row) if judged else None
            if ends is not None and period_fits(row, at) and self._places.check(row, *stands):
                if row.cells[0] in claimed:
                    found = self.units[row.cells[unit]]
                    measures[row.cells[0]] = Measure(found.base, found.kind)
                yield row.cells, *ends
        double_entry.finish()
        if progress:
            progress(done)
        if all(file.complete for file in files):
            for row, cell, figure in self._claimed():
                if figure in keys.missing:
                    self._dangles(row, cell, "claims", figure, "figures")
        self._check_measures(measures)

    def check(self, progress: Progress | None = None) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures(progress))

    def _tell_misnamed(self) -> None:
        """Tell the files that nobody would miss: figuers.csv beside a good dataset."""
        for folder in self.folders:
            for path in sorted(folder.glob("*.[cC][sS][vV]")):
                near = get_close_matches(path.stem.lower(), self.tables, n=1, cutoff=0.8)
                if near and path.name != f"{near[0]}.csv":
                    message = Message("problem.misnamed", table=near[0])
                    self.log.tell(Problem(str(path), 1, 1, "F110", message))

    def _publication_years(self) -> dict[str, int]:
        """The year in which each article was published, where its source tells."""
        at = self.tables["sources"].at
        cells = {row.cells[0]: row.cells for row in self.rows["sources"]}
        years = {}
        for key, own in cells.items():
            above = cells.get(own[at["parent"]])
            told_by = own[at["published"]] or (above[at["published"]] if above else "")
            if told_by:
                years[key] = int(told_by[:4])
        return years

    def _read(self, table: Table, keys: Keys, files: list[TableFile]) -> Iterator[Row]:
        """The rows of `table` in every folder that pass; `files` gets the files read so far."""
        for path in self._files[table.name]:
            file = TableFile(table, path, keys, self._sure, self.log)
            files.append(file)
            yield from file.rows()

    def _check_tree(self, table: str, at: int) -> None:
        """Every parent is there, and none of them is its own ancestor."""
        parents = {row.cells[0]: row.cells[at] for row in self.rows[table]}
        sound: set[str] = {""}
        for row in self.rows[table]:
            key, parent = row.cells[0], row.cells[at]
            if parent and parent not in self._sure.get(table, parent):
                self._dangles(row, at, table, parent, table)
            step, passed = key, set[str]()
            while step not in sound and step not in passed:
                passed.add(step)
                step = parents.get(step, "")
            if step == key:
                column = self.tables[table].column_names[at]
                circle = Message("problem.circle", column=column, parent=parent, key=key)
                row.problem(at, "F403", circle, Message("problem.other_parent"))
            elif step in sound:
                sound |= passed

    def _check_aliases(self) -> None:
        for row in self.rows["aliases"]:
            table = f"{row.cells[0]}s"
            if row.cells[1] not in self._sure.get(table, row.cells[1]):
                self._dangles(row, 1, "aliases", row.cells[1], table)

    def _check_ratios(self) -> None:
        """Every ratio is shown in a unit that its quotient can have."""
        if "units" not in self._sure:
            return
        at = self.tables["ratios"].at
        for row in self.rows["ratios"]:
            name = row.cells[at["unit"]]
            unit = self.units.find(name)
            if unit is None:
                unknown = Message("problem.unknown_unit", unit=shown(name))
                row.problem(at["unit"], "F404", unknown, add_unit(self.units))
                continue
            above, below = (
                self._base_of.get(row.cells[at[n]]) for n in ("numerator", "denominator")
            )
            if above and below and not ratio_fits(unit.base, above, below):
                wrong = Message(
                    "problem.ratio_unit", unit=shown(unit.id), above=shown(above),
                    below=shown(below),
                )  # fmt: skip
                row.problem(at["unit"], "F405", wrong, Message("problem.takes_ratio"))

    def _check_relations(self) -> None:
        """Every claim has the operands, the value and the items that its relation works with."""
        at = self.tables["claims"].at
        for row in self.rows["claims"]:
            name, cells = row.cells[at["relation"]], row.cells
            operands, items = cells[at["operands"]].split(), named_items(cells[at["items"]])
            column = lacks(name, len(operands), bool(cells[at["value"]]), bool(items))
            if column == "operands":
                takes: object = OPERANDS[name] or Message("problem.one_at_least")
                if name in MAY_LACK_OPERANDS:
                    takes = Message("problem.none_or", count=OPERANDS[name])
                wrong = Message(
                    "problem.operands", relation=name, count=len(operands), wanted=takes
                )
                row.problem(at[column], "F406", wrong)
            elif column is not None:
                needs = Message("problem.relation_needs", relation=name, column=column)
                row.problem(at[column], "F406", needs)
            for column, named in (("operands", operands), ("items", items)):
                again = next((one for i, one in enumerate(named) if one in named[:i]), None)
                if again is not None:
                    twice = Message("problem.named_twice", column=column, name=shown(again))
                    row.problem(at[column], "F406", twice)

    def _check_measures(self, measures: Mapping[str, Measure]) -> None:
        """Every claim holds figures together that its relation can work with.

        `measures` has the figures that claims name; one that is faulty or not there is told
        elsewhere.
        """
        at = self.tables["claims"].at
        for row in self.rows["claims"]:
            cells, name = row.cells, row.cells[at["relation"]]
            figures = [cells[at["figure"]], *cells[at["operands"]].split()]
            items = named_items(cells[at["items"]])
            lacking = lacks(name, len(figures) - 1, bool(cells[at["value"]]), bool(items))
            if lacking or not measures.keys() >= set(figures):
                continue
            own, *operands = (measures[figure] for figure in figures)
            column = misfit(name, own, operands)
            if column is not None:
                bases = [shown(one.base) for one in operands]
                units = Message("problem.misfit_counted", relation=name, base=shown(own.base))
                if bases:
                    units = Message(
                        "problem.misfit", relation=name, base=shown(own.base), bases=bases
                    )
                row.problem(at[column], "F405", units, Message(takes(name)))

    def _claimed(self) -> Iterator[tuple[Row, int, str]]:
        """The figures that claims name: row, cell, figure."""
        at = self.tables["claims"].at
        figure, operands = at["figure"], at["operands"]
        for row in self.rows["claims"]:
            yield row, figure, row.cells[figure]
            for operand in row.cells[operands].split():
                yield row, operands, operand

    def _dangles(self, row: Row, at: int, table: str, key: str, target: str) -> None:
        column = self.tables[table].column_names[at]
        row.problem(
            at, "F402", Message("problem.dangles", column=column, key=shown(key), table=target)
        )


def _files(folders: list[Path], table: str) -> list[Path]:
    # A folder or a pipe of that name is told when it is read, not passed over.
    return [path for folder in folders if os.path.lexists(path := folder / f"{table}.csv")]


def folders_named(names: list[str]) -> list[Path]:
    """The folders that a command line names; `bundled` is the bundled one.

    Raises DataUnusable for one that is not there.
    """
    found: list[Path] = []
    for name in names or [BUNDLED]:
        folder = bundled_folder() if name == BUNDLED else Path(name)
        try:
            there = folder.is_dir()
        except (OSError, ValueError):
            there = False
        if not there:
            raise DataUnusable("dataset.no_folder", name=shown(name, 200))
        if any(folder.samefile(other) for other in found):
            raise DataUnusable("dataset.twice", name=shown(name, 200))
        found.append(folder)
    return found


def lines_to_come(folders: list[Path]) -> int:
    """How many lines of figures there are to read: what a progress bar counts towards."""
    count = 0
    for path in _files(folders, "figures"):
        if path.is_file():
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    count += part.count(b"\n")
    return count


def _units(rows: Iterable[Row]) -> Iterator[Unit]:
    for row in rows:
        unit = Unit.of_row(*row.cells)
        if unit.factor:
            yield unit
        else:
            row.problem(4, "F305", Message("problem.no_factor", factor=row.cells[4]))
