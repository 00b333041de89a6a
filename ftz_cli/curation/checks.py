"""Dataset folders, read and checked as one: rows in, checked rows and Problems out.

What `datapackage.json` can say of a cell is read from there (`csv_files.py`); what a table
schema can't say is added here: trees without circles, ids across tables, names, claims.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from ..language import Message, shown
from ..model import edtf
from ..model.bundled import BUNDLED, bundled_folder
from ..model.claims import (
    RELATIONS,
    Dimension,
    missing_column,
    named_items,
    ratio_fits,
    unit_mismatch,
    units_wanted,
)
from ..model.dataset_schema import Table, tables
from ..model.errors import DataUnusable
from ..model.measures import COMPARING
from ..quantities import DATE_UNIT, Reader, Unit, Units
from .csv_files import Row, TableFile, dangling, nearest
from .faults import Problem, ProblemLog
from .printed_values import Ends, PrintedValues
from .source_lines import SourceLines

# Tables whose things have names, and how many other names each may have.
NAMED = ("zones", "initiatives", "metrics")
MOST_NAMES = 12
# What looks like the id of a zone; other scopes are words as printed.
_ZONE_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


class Dataset:
    """One or more `db/`-shaped folders, read as one; units come with the bundled ones.

    `problems` fills while rows are read; once `figures()` is exhausted it is complete. `text` is
    a source's text, which every `printed` of that source is held against. Raises DataUnusable for
    a folder that holds no table.
    """

    def __init__(self, folders: list[Path], text: Path | None = None) -> None:
        self.log = ProblemLog()
        self.tables = tables()
        self.rows: dict[str, list[Row]] = {}
        # The ids of the tables that were read to their end: only there can one be missing.
        self._sure: dict[str, set[str]] = {}
        self.folders = [folder for folder in folders if self._is_readable(folder)]
        for name, table in self.tables.items():
            if name != "figures":
                ids = set[str]()
                self.rows[name] = list(self._read(table, ids))
        self.units = Units(self._units())
        self.reader = Reader(self.units)
        for name, table in self.tables.items():
            for column, target in table.foreign_keys.items():
                if target == name:
                    self._check_tree(table, table.at[column])
        self._lines = SourceLines(self.rows["sources"], self.tables["sources"].at, text)
        for name in ("excused", "recognitions"):
            for row in self.rows[name]:
                self._lines.check(row, self.tables[name].at)
        for name in NAMED:
            self._check_names(self.tables[name])
        self._check_scopes("recognitions", self.rows["recognitions"])
        at = self.tables["metrics"].at["base_unit"]
        self._base_of = {row.cells[0]: row.cells[at] for row in self.rows["metrics"]}
        self._check_ratios()
        self._check_claims()
        self._years = self._publication_years()

    @property
    def problems(self) -> list[Problem]:
        """The problems found so far, the first thousand of them."""
        return self.log.problems

    @property
    def problem_count(self) -> int:
        """How many problems were found so far."""
        return self.log.count

    def check(self) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures())

    def figures(self) -> Iterator[tuple[list[str], Ends]]:
        """Every figure's cells with the ends of its meaning, checked as they pass.

        A figure with a problem is told in `problems` and left out. After the last figure the
        claims are checked against the figures seen.
        """
        table = self.tables["figures"]
        at, unit = table.at, table.at["unit"]
        values = PrintedValues(self.units, self.reader, at, self._base_of, self._years.get)
        # Without units or the year of publication nothing that is printed can be judged.
        judged = self._sure.keys() >= {"units", "sources"}
        claimed = {figure for _, _, figure in self._claimed()}
        dimensions: dict[str, Dimension] = {}
        ids = set[str]()
        for row in self._read(table, ids):
            ends = values.ends(row) if judged else None
            fits = self._check_period(row, at) and self._lines.check(row, at)
            if ends is not None and fits and self._check_scope(row, at["scope"]):
                if row.cells[0] in claimed:
                    found = self.units[row.cells[unit]]
                    dimensions[row.cells[0]] = Dimension(found.base, found.kind)
                yield row.cells, ends
        values.finish()
        if "figures" in self._sure:
            for row, cell, figure in self._claimed():
                if figure not in ids:
                    column = self.tables["claims"].column_names[cell]
                    row.problem(cell, "F402", dangling(column, figure, "figures"))
        self._check_dimensions(dimensions)

    def _is_readable(self, folder: Path) -> bool:
        """Whether a folder is a dataset of this version; one that is not is told once."""
        names = {path.name for path in folder.iterdir()}
        if not any(f"{table}.csv" in names for table in self.tables):
            raise DataUnusable("{folder} holds no table of a dataset, such as figures.csv",
                               folder=shown(str(folder), 200))  # fmt: skip
        for name in sorted(names):
            stem, _, suffix = name.rpartition(".")
            near = get_close_matches(stem.lower(), self.tables, n=1, cutoff=0.8)
            if suffix.lower() == "csv" and near and name != f"{near[0]}.csv":
                asks = Message("this file is not read; is it {table}.csv?", table=near[0])
                self.log.add(Problem(str(folder / name), 1, 1, "F110", asks))
        old = self._version_1_file(folder, names)
        if old is not None:
            self.log.add(
                Problem(
                    str(old), 1, 1, "F111",
                    Message("this folder is of version 1: figures now need measure, scope and "
                            "base_period, note is note_en, and the names of aliases.csv stand in "
                            "the column also of zones, initiatives and metrics"),
                    help=Message("see 'ftz check --explain columns'"),
                )
            )  # fmt: skip
        return old is None

    def _version_1_file(self, folder: Path, names: set[str]) -> Path | None:
        if "aliases.csv" in names:
            return folder / "aliases.csv"
        for table in self.tables.values():
            path = folder / f"{table.name}.csv"
            header = TableFile(table, path, set(), {}, self.log).header()
            if "note" in header or ("metric" in header and "printed" in header
                                    and "measure" not in header):  # fmt: skip
                return path
        return None

    def _read(self, table: Table, ids: set[str]) -> Iterator[Row]:
        """The rows of `table` in every folder that pass."""
        folders = self.folders
        if table.name == "units" and not any(map(bundled_folder().samefile, folders)):
            folders = [bundled_folder(), *folders]
        # A copy of the bundled units beside them says nothing new.
        repeats: dict[str, list[str]] | None = {} if table.name == "units" else None
        complete = True
        for folder in folders:
            # A folder or a pipe of that name is told when it is read, not passed over.
            if os.path.lexists(path := folder / f"{table.name}.csv"):
                file = TableFile(table, path, ids, self._sure, self.log, repeats)
                yield from file.rows()
                complete = complete and file.complete
        if complete:
            self._sure[table.name] = ids

    def _units(self) -> Iterator[Unit]:
        for row in self.rows["units"]:
            unit = Unit.of_row(*row.cells)
            if unit.factor:
                yield unit
            else:
                row.problem(4, "F305", Message("factor {factor} is not above 0",
                                               factor=row.cells[4]))  # fmt: skip

    def _publication_years(self) -> dict[str, int]:
        """The year in which each article was published, where its source says so."""
        at = self.tables["sources"].at
        cells = {row.cells[0]: row.cells for row in self.rows["sources"]}
        years = {}
        for key, own in cells.items():
            above = cells.get(own[at["parent"]])
            published = own[at["published"]] or (above[at["published"]] if above else "")
            if published:
                years[key] = int(published[:4])
        return years

    def _check_tree(self, table: Table, at: int) -> None:
        """Every parent is there, and none of them is its own ancestor."""
        parents = {row.cells[0]: row.cells[at] for row in self.rows[table.name]}
        column = table.column_names[at]
        for row in self.rows[table.name]:
            key, parent = row.cells[0], row.cells[at]
            sure = self._sure.get(table.name)
            if parent and sure is not None and parent not in sure:
                row.problem(at, "F402", dangling(column, parent, table.name), nearest(parent, sure))
            passed = set[str]()
            while parent and parent not in passed:
                passed.add(parent)
                parent = parents.get(parent, "")
            if key in passed:
                circle = Message("{column} '{parent}' leads back to '{key}'", column=column,
                                 parent=row.cells[at], key=key)  # fmt: skip
                row.problem(at, "F403", circle, Message("give one of them another parent"))

    def _check_names(self, table: Table) -> None:
        """No two things of a kind bear one name, and none has too many."""
        bearer: dict[str, str] = {}
        for row in self.rows[table.name]:
            also = named_items(row.cells[table.at["also"]])
            if len(also) > MOST_NAMES:
                many = Message("also lists {count} names; at most {most} may", count=len(also),
                               most=MOST_NAMES)  # fmt: skip
                row.problem(table.at["also"], "F311", many)
            names = [(column, row.cells[table.at[column]]) for column in ("name_zh", "name_en")]
            for column, name in [*names, *(("also", name) for name in also)]:
                other = bearer.setdefault(" ".join(name.casefold().split()), row.cells[0])
                if other != row.cells[0]:
                    taken = Message("'{name}' is a name of '{other}' already", name=shown(name),
                                    other=other)  # fmt: skip
                    one = Message("one thing has one id; two things have names of their own")
                    row.problem(table.at[column], "F408", taken, one)
                    break

    def _check_scopes(self, name: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self._check_scope(row, self.tables[name].at["scope"])

    def _check_scope(self, row: Row, at: int) -> bool:
        """Whether a scope that looks like the id of a zone is one."""
        scope, zones = row.cells[at], self._sure.get("zones")
        if zones is None or scope in zones or not _ZONE_ID.fullmatch(scope):
            return True
        row.problem(at, "F402", dangling("scope", scope, "zones"), nearest(scope, zones))
        return False

    def _check_period(self, row: Row, at: Mapping[str, int]) -> bool:
        """Whether a figure's periods fit its measure, their kind and its date."""
        cells, fault = row.cells, None
        period, base = cells[at["period"]], cells[at["base_period"]]
        if base:
            if cells[at["measure"]] not in COMPARING:
                fault = Message("base_period '{period}' stands beside measure {measure}",
                                period=base, measure=cells[at["measure"]])  # fmt: skip
            elif period and edtf.span(base)[0] > edtf.span(period)[0]:
                fault = Message("base_period '{base}' is after period '{period}'", base=base,
                                period=period)  # fmt: skip
            if fault is not None:
                row.problem(at["base_period"], "F206", fault)
                return False
        if not period:
            return True
        date = cells[at["value"]] if cells[at["unit"]] == DATE_UNIT else period
        if cells[at["period_kind"]] == "undated":
            fault = Message("period '{period}' stands beside period_kind undated", period=period)
        elif not (date.startswith(period) or period.startswith(date)):
            fault = Message("period '{period}' is not that of the date {date}", period=period,
                            date=date)  # fmt: skip
        if fault is not None:
            row.problem(at["period"], "F206", fault)
        return fault is None

    def _check_ratios(self) -> None:
        """Every ratio is shown in a unit that its quotient can have."""
        at = self.tables["ratios"].at
        for row in self.rows["ratios"] if "units" in self._sure else ():
            unit = self.units.find(row.cells[at["unit"]])
            if unit is None:
                unknown = Message("unit '{unit}' is not known", unit=shown(row.cells[at["unit"]]))
                row.problem(at["unit"], "F404", unknown, Message("add it to units.csv"))
                continue
            above, below = (
                self._base_of.get(row.cells[at[name]]) for name in ("numerator", "denominator")
            )
            if above and below and not ratio_fits(unit.base, above, below):
                wrong = Message("unit '{unit}' can't show {above} divided by {below}",
                                unit=shown(unit.id), above=above, below=below)  # fmt: skip
                row.problem(at["unit"], "F405", wrong)

    def _check_claims(self) -> None:
        """Every claim has the operands, the value and the items that its relation works with."""
        at = self.tables["claims"].at
        for row in self.rows["claims"]:
            relation, cells = row.cells[at["relation"]], row.cells
            operands, items = cells[at["operands"]].split(), named_items(cells[at["items"]])
            column = missing_column(relation, len(operands), bool(cells[at["value"]]), bool(items))
            if column == "operands":
                wrong = Message("{relation} has {count} operands and takes {wanted}",
                                relation=relation, count=len(operands),
                                wanted=RELATIONS[relation] or "1+")  # fmt: skip
                row.problem(at[column], "F406", wrong)
            elif column is not None:
                needs = Message("{relation} needs {column}", relation=relation, column=column)
                row.problem(at[column], "F406", needs)
            for column, named in (("operands", operands), ("items", list(items))):
                again = next((one for i, one in enumerate(named) if one in named[:i]), None)
                if again is not None:
                    twice = Message("{column} has '{name}' twice", column=column, name=shown(again))
                    row.problem(at[column], "F406", twice)

    def _check_dimensions(self, dimensions: Mapping[str, Dimension]) -> None:
        """Every claim holds figures together that its relation can work with.

        `dimensions` has the figures that claims name; one that is faulty or not there is told
        elsewhere.
        """
        at = self.tables["claims"].at
        for row in self.rows["claims"]:
            cells, relation = row.cells, row.cells[at["relation"]]
            figures = [cells[at["figure"]], *cells[at["operands"]].split()]
            value, items = bool(cells[at["value"]]), bool(named_items(cells[at["items"]]))
            if missing_column(relation, len(figures) - 1, value, items):
                continue
            if not dimensions.keys() >= set(figures):
                continue
            own, *operands = (dimensions[figure] for figure in figures)
            column = unit_mismatch(relation, own, operands)
            if column is not None:
                bases = ", ".join(shown(one.base) for one in operands)
                units = Message("{relation} can't hold a figure in {base} against '{bases}'",
                                relation=relation, base=shown(own.base), bases=bases)  # fmt: skip
                row.problem(at[column], "F405", units, units_wanted(relation))

    def _claimed(self) -> Iterator[tuple[Row, int, str]]:
        """The figures that claims name: row, cell, figure."""
        at = self.tables["claims"].at
        for row in self.rows["claims"]:
            yield row, at["figure"], row.cells[at["figure"]]
            for operand in row.cells[at["operands"]].split():
                yield row, at["operands"], operand


def folders_named(names: list[str]) -> list[Path]:
    """The folders that a command line names; `bundled`, also where there is none, is our own.

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
            raise DataUnusable("no folder '{name}'", name=shown(name, 200))
        if any(folder.samefile(other) for other in found):
            raise DataUnusable("the folder '{name}' is named twice", name=shown(name, 200))
        found.append(folder)
    return found
