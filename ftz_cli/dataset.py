"""Reading and checking dataset folders: rows in, checked rows and Problems out.

What `datapackage.json` can say of a cell is read from there; this module adds what a table
schema can't say: the double entry of figures, dates that exist, units that compose, trees
without circles, and text that is safe to show.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from .errors import CannotRead, DataUnusable
from .faults import Problem
from .quantity import DATE_UNIT, Bound, Quantity, Unit, Units, date_span
from .reading import Reader
from .schema import Column, Table, bundled_folder, tables
from .text import UNSAFE, shown

BUNDLED = "bundled"
LONGEST_LINE = 100_000
# After so many problems the rest is counted, not listed.
MOST_PROBLEMS = 1000

# A spreadsheet runs a cell that begins so.
FORMULA_START = ("=", "+", "@", "-")
_MAYBE_FORMULA = re.compile('(?:^|,)"?[ ]*[=+@-]')
_PERIOD = re.compile(
    r"^(?P<first>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:/(?P<last>\d{4}(?:-\d{2}(?:-\d{2})?)?|\.\.))?$",
    re.ASCII,
)
# EDTF: 21 to 41 in the month's place name seasons, quarters, half-years and the like.
EDTF_SEASONS = range(21, 42)

Progress = Callable[[int], None]


@dataclass(slots=True)
class Row:
    """A checked row with its address."""

    path: str
    line: int
    cells: list[str]


class Dataset:
    """One or more `db/`-shaped folders, read as one.

    `problems` fills while rows are read; once `figures()` is exhausted it is complete.
    """

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.tables = tables()
        self.rows: dict[str, list[Row]] = {}
        self.keys: dict[str, set[str]] = {}
        self._named = {table: _files(folders, table) for table in self.tables}
        if not any(self._named.values()):
            raise DataUnusable(
                f"no dataset in {', '.join(map(str, folders))}: expected CSV files such as "
                "figures.csv. See 'ftz load --help'"
            )
        for table in self.tables.values():
            if table.name != "figures":
                self.rows[table.name] = list(self._read(table))
        self.units = Units(_units(self.rows["units"]))
        self.reader = Reader(self.units, (row.cells[0] for row in self.rows["lookalikes"]))
        self._check_trees()
        self._check_aliases()
        self._years = self._publication_years()

    def problem(
        self, path: str, line: int, column: int, code: str, message: str, **more: str
    ) -> None:
        """Note a problem; beyond a thousand they are only counted."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(path, line, column, code, message, **more))

    def figures(self, progress: Progress | None = None) -> Iterator[tuple[list[str], str, str]]:
        """Every figure's cells with the low and high end of its meaning, checked as they pass.

        A figure with a problem is told in `problems` and left out. After the last figure the
        claims are checked against the figures seen.
        """
        table = self.tables["figures"]
        at = {name: index for index, name in enumerate(table.column_names)}
        wanted = {
            figure
            for row in self.rows["claims"]
            for figure in (row.cells[1], *row.cells[3].split())
        }
        seen: set[str] = set()
        check = _DoubleEntry(self, at)
        done = 0
        for row in self._read(table):
            done += 1
            if progress and done % 5000 == 0:
                progress(done)
            ends = check(row)
            cells = row.cells
            if cells[0] in wanted:
                seen.add(cells[0])
            if ends:
                yield cells, ends[0], ends[1]
        check.finish()
        if progress:
            progress(done)
        self._check_claims(wanted - seen)

    def check(self, progress: Progress | None = None) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures(progress))

    def year_of(self, article: str) -> int | None:
        """The year in which an article was published, where its source tells."""
        return self._years.get(article)

    def _publication_years(self) -> dict[str, int]:
        at = self._places("sources")
        cells = {row.cells[at["id"]]: row.cells for row in self.rows["sources"]}
        years = {}
        for key, own in cells.items():
            parent = cells.get(own[at["parent"]])
            published = own[at["published"]] or (parent[at["published"]] if parent else "")
            if re.match(r"\d{4}", published, re.ASCII):
                years[key] = int(published[:4])
        return years

    def _places(self, table: str) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.tables[table].column_names)}

    def _read(self, table: Table) -> Iterator[Row]:
        """The rows of `table` in every folder that pass the schema's checks."""
        keys: set[str] = set()
        for path in self._named[table.name]:
            yield from _TableFile(self, table, path, keys).rows()
        self.keys[table.name] = keys

    def _check_trees(self) -> None:
        for table, column in (("zones", "parent"), ("metrics", "broader"), ("sources", "parent")):
            at = self._places(table)
            parents = {row.cells[0]: row.cells[at[column]] for row in self.rows[table]}
            for row in self.rows[table]:
                step, passed = parents.get(row.cells[0], ""), {row.cells[0]}
                while step and step not in passed:
                    passed.add(step)
                    step = parents.get(step, "")
                if step == row.cells[0]:
                    self.cell_problem(
                        row, at[column], "F403", f"{column} '{row.cells[at[column]]}' leads back"
                        f" to '{row.cells[0]}'", help="give one of them another parent"
                    )  # fmt: skip
            self._check_self_keys(table, column, at[column])

    def _check_self_keys(self, table: str, column: str, at: int) -> None:
        """Keys into the same table, which could not be checked before it was read."""
        for row in self.rows[table]:
            if row.cells[at] and row.cells[at] not in self.keys[table]:
                self.cell_problem(row, at, "F402", f"{column} '{row.cells[at]}' is not in {table}")

    def _check_aliases(self) -> None:
        for row in self.rows["aliases"]:
            kind, ref = row.cells[0], row.cells[1]
            if ref not in self.keys[f"{kind}s"]:
                self.cell_problem(row, 1, "F402", f"{kind} '{ref}' is not in {kind}s.csv")

    def _check_claims(self, missing: set[str]) -> None:
        for row in self.rows["claims"]:
            for column, at in (("figure", 1), ("operands", 3)):
                for figure in row.cells[at].split():
                    if figure in missing:
                        self.cell_problem(
                            row, at, "F402", f"{column} '{figure}' is not in figures.csv"
                        )

    def cell_problem(self, row: Row, cell: int, code: str, message: str, **more: str) -> None:
        """Note a problem with one cell of a row, at its column in the file."""
        line, column, excerpt = _place(row.path, row.line, cell)
        more.setdefault("excerpt", excerpt)
        self.problem(row.path, line, column, code, message, **more)


def _files(folders: list[Path], table: str) -> list[Path]:
    return [path for folder in folders if (path := folder / f"{table}.csv").is_file()]


def folders_named(names: list[str]) -> list[Path]:
    """The folders that a command line names; `bundled` is the bundled one.

    Raises DataUnusable for one that is not there.
    """
    found = []
    for name in names or [BUNDLED]:
        folder = bundled_folder() if name == BUNDLED else Path(name)
        try:
            there = folder.is_dir()
        except (OSError, ValueError):
            there = False
        if not there:
            raise DataUnusable(f"no folder '{name}'. Name a folder of CSV files, or 'bundled'")
        found.append(folder)
    return found


def _units(rows: list[Row]) -> Iterator[Unit]:
    for row in rows:
        name, name_zh, name_en, base, factor, kind, minimum = row.cells
        least = Decimal(minimum) if minimum else None
        yield Unit(name, base, Decimal(factor), kind, least, name_zh, name_en)


class _TableFile:
    """One CSV file, read against its table's schema."""

    def __init__(self, dataset: Dataset, table: Table, path: Path, keys: set[str]) -> None:
        self.dataset, self.table, self.path, self.keys = dataset, table, path, keys
        self.name = str(path)
        self.raw: list[str] = []
        self.read_lines = 0

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            # newline="" as csv asks for; utf-8-sig swallows a byte-order mark.
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._parsed(file)
        except UnicodeDecodeError:
            line, column = _undecodable(self.path)
            self._tell(line, column, "F101", "the file is not UTF-8; these bytes look like "
                       f"{_likely_encoding(self.path)}", help="save the file as UTF-8")  # fmt: skip
        except OSError as error:
            self._tell(1, 1, "F101", f"the file can't be read: {error.strerror}")

    def _lines(self, file: Iterator[str]) -> Iterator[str]:
        """Pass lines on to the CSV reader, keeping those of the row at hand."""
        for line in file:
            self.raw.append(line)
            if len(line) > LONGEST_LINE:
                raise _TooLong
            yield line

    def _parsed(self, file: Iterator[str]) -> Iterator[Row]:
        reader = csv.reader(self._lines(file), strict=True)
        try:
            header = next(reader, None)
            if header is None:
                self._tell(1, 1, "F109", "the file is empty", help=self._header_help())
                return
            order = self._order(header)
            if order is None:
                return
            yield from self._checked(reader, order, len(header))
        except csv.Error as error:
            start = self.read_lines + 1
            self._tell(start, 1, "F107", f"the row that begins here can't be read: {error}",
                       help='close the quotation mark; write a quote within a cell as ""')  # fmt: skip
        except _TooLong:
            self._tell(self.read_lines + len(self.raw), 1, "F108",
                       f"the line is longer than {LONGEST_LINE:,} characters")  # fmt: skip

    def _order(self, header: list[str]) -> list[int] | None:
        """Where each column of the table stands in this file's header."""
        names = self.table.column_names
        cells = [cell.strip() for cell in header]
        fine = True
        for index, cell in enumerate(cells):
            place = _cell_place("".join(self.raw), index)[1]
            if cell not in names:
                fine = False
                self._tell(1, place, "F103", f"unknown column '{shown(cell)}'",
                           help=self._header_help())  # fmt: skip
            elif cell in cells[:index]:
                fine = False
                self._tell(1, place, "F104", f"column '{cell}' stands twice")
        end = len(self.raw[0].rstrip("\r\n")) + 1 if self.raw else 1
        for name in names:
            if name not in cells:
                fine = False
                self._tell(1, end, "F102", f"column '{name}' is missing", help=self._header_help())
        return [cells.index(name) for name in names] if fine else None

    def _header_help(self) -> str:
        return f"the columns of {self.table.name} are {','.join(self.table.column_names)}"

    def _checked(self, reader, order: list[int], width: int) -> Iterator[Row]:  # type: ignore[no-untyped-def]
        columns = self.table.columns
        straight = order == list(range(width))
        checks = [check for check in map(self._cell_check, range(len(columns)), columns) if check]
        numeric = [index for index, column in enumerate(columns) if column.numeric]
        key_at = [self.table.column_names.index(name) for name in self.table.primary_key]
        single = key_at[0] if len(key_at) == 1 else None
        keys, raw = self.keys, self.raw
        while True:
            self.read_lines += len(raw)
            raw.clear()
            cells = next(reader, None)
            if cells is None:
                return
            if not cells:
                continue  # an empty line
            if len(cells) != width:
                self._wrong_width(cells, width)
                continue
            text = raw[0] if len(raw) == 1 else "".join(raw)
            fine = True
            if len(raw) > 1 or not text.rstrip("\r\n").isprintable() or _MAYBE_FORMULA.search(text):
                fine = self._safe(text, cells, order)
            if not straight:
                cells = [cells[index] for index in order]
            if not text.isascii():
                for index in numeric:
                    if not cells[index].isascii():
                        cells[index] = unicodedata.normalize("NFKC", cells[index])
            for check in checks:
                if not check(cells):
                    fine = False
            key = cells[single] if single is not None else "\x1f".join(cells[i] for i in key_at)
            if key in keys:
                shown_key = shown(key.replace("\x1f", " "))
                self._cell(key_at[0], "F401", f"{self.table.name} has '{shown_key}' already",
                           help="every row needs a key of its own")  # fmt: skip
                fine = False
            else:
                keys.add(key)
            if fine:
                yield Row(self.name, self.read_lines + 1, cells)

    def _wrong_width(self, cells: list[str], width: int) -> None:
        text = "".join(self.raw)
        if len(cells) > width:
            line, column = _cell_place(text, width)
            self._tell(
                self.read_lines + line, column, "F105",
                f"{len(cells)} cells where the header has {width}: '{shown(cells[width])}' is one"
                " too many", help="put a cell that holds a comma between quotation marks"
            )  # fmt: skip
        else:
            self._tell(
                self.read_lines + 1, len(text.rstrip("\r\n")) + 1, "F106",
                f"{len(cells)} cells where the header has {width}",
            )  # fmt: skip

    def _safe(self, text: str, cells: list[str], order: list[int]) -> bool:
        """Whether every cell is fit to be shown and to be opened in a spreadsheet."""
        fine = True
        for index, at in enumerate(order):
            cell = cells[at]
            bad = UNSAFE.search(cell)
            if bad:
                self._cell(index, "F307", f"the character U+{ord(bad[0]):04X} may not stand in a "
                           "cell", help="delete it, or write a space")  # fmt: skip
                fine = False
            elif cell.lstrip().startswith(FORMULA_START) and not (
                self.table.columns[index].numeric and re.fullmatch(r"-[0-9.]+", cell)
            ):
                self._cell(index, "F308", f"'{shown(cell)}' would run as a formula in a "
                           "spreadsheet", help="begin the cell with another character")  # fmt: skip
                fine = False
        return fine

    def _cell_check(self, index: int, column: Column) -> Callable[[list[str]], bool] | None:
        """The check of one column's cells that the schema asks for."""
        target = self.table.foreign_keys.get(column.name)
        keys = self.dataset.keys.get(target) if target and target != self.table.name else None
        enum, pattern = column.enum, column.pattern
        required, longest, least = column.required, column.max_length, column.minimum
        integer = column.type == "integer"

        def check(cells: list[str]) -> bool:
            cell = cells[index]
            if not cell:
                if required:
                    self._cell(index, "F301", f"{column.name} is empty")
                return not required
            if enum is not None:
                if cell not in enum:
                    self._cell(index, "F304", f"{column.name} '{shown(cell)}' is not one of "
                               f"{', '.join(sorted(enum))}")  # fmt: skip
                    return False
                return True
            if keys is not None:
                if cell not in keys:
                    self._cell(index, "F402", f"{column.name} '{shown(cell)}' is not in "
                               f"{target}.csv", help=_nearest(cell, keys))  # fmt: skip
                    return False
                return True
            if len(cell) > longest:
                self._cell(index, "F306", f"{column.name} has {len(cell):,} characters; at most "
                           f"{longest} are kept")  # fmt: skip
                return False
            if integer:
                if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
                    self._cell(index, "F302", f"{column.name} '{shown(cell)}' is not a whole number")
                    return False
                if least is not None and int(cell) < least:
                    self._cell(index, "F305", f"{column.name} {cell} is below {least}")
                    return False
            elif pattern is not None and not pattern.fullmatch(cell):
                self._cell(index, "F303", f"{column.name} '{shown(cell)}' has not the form that is "
                           "asked for", help=column.description_en)  # fmt: skip
                return False
            if column.name in ("period", "start", "published") and not period_exists(cell):
                self._cell(index, "F309", f"{column.name} '{shown(cell)}' is no date or period",
                           help="write EDTF: 2021, 2021-05-21, 2022-40 for the first half-year, "
                           "2019/2021")  # fmt: skip
                return False
            return True

        return check

    def _cell(self, index: int, code: str, message: str, **more: str) -> None:
        row = Row(self.name, self.read_lines + 1, [])
        self.dataset.cell_problem(row, self._in_file(index), code, message, **more)

    def _in_file(self, index: int) -> int:
        """Columns may stand in another order than the schema's; addresses follow the file."""
        return _header_places(self.name, tuple(self.table.column_names))[index]

    def _tell(self, line: int, column: int, code: str, message: str, **more: str) -> None:
        self.dataset.problem(self.name, line, column, code, message, **more)


class _TooLong(Exception):
    """A line that no row of figures can have."""


@lru_cache(maxsize=64)
def _header_places(path: str, names: tuple[str, ...]) -> list[int]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        header = [cell.strip() for cell in next(csv.reader(file), [])]
    return [header.index(name) if name in header else 0 for name in names]


class _DoubleEntry:
    """Checks that a figure's cells say what its `printed` says, and works out its ends."""

    def __init__(self, dataset: Dataset, at: dict[str, int]) -> None:
        self.dataset = dataset
        self.at = at
        metric = dataset._places("metrics")
        self.base_of = {
            row.cells[0]: row.cells[metric["base_unit"]] for row in dataset.rows["metrics"]
        }
        self.same_year: tuple[str, str, int] | None = None
        self.ratios: dict[tuple[str, str, str], tuple[Row, int, int]] = {}

    def __call__(self, row: Row) -> tuple[str, str] | None:
        """The low and high end of the row's meaning; None where it has a problem."""
        at, cells = self.at, row.cells
        unit = self.dataset.units.find(cells[at["unit"]])
        if unit is None:
            self._tell(row, "unit", "F404", f"unit '{shown(cells[at['unit']])}' is not known",
                       help="add it to units.csv")  # fmt: skip
            return None
        if self.base_of.get(cells[at["metric"]]) != unit.base:
            self._tell(row, "unit", "F405", f"unit '{unit.id}' counts {unit.base}, and the metric "
                       f"'{cells[at['metric']]}' {self.base_of.get(cells[at['metric']])}")  # fmt: skip
            return None
        printed = cells[at["printed"]]
        try:
            said = self._read(row, printed)
        except CannotRead as error:
            self._tell(row, "printed", "F201", str(error),
                       help="print the figure with its qualifier and unit, and nothing else")  # fmt: skip
            return None
        try:
            return self._compare(row, unit, said, printed)
        except CannotRead as error:
            self._tell(row, "value", "F309", str(error))
            return None

    def _read(self, row: Row, printed: str) -> Quantity:
        article, line = row.cells[self.at["article"]], row.cells[self.at["line"]]
        same = self.same_year
        # 同年 is the year of the date printed before it, in the same place.
        before = same[2] if same and same[:2] == (article, line) else None
        said = self.dataset.reader.read(printed, self.dataset.year_of(article), before)
        if isinstance(said.value, str):
            self.same_year = (article, line, int(said.value[:4]))
        return said

    def _compare(
        self, row: Row, unit: Unit, said: Quantity, printed: str
    ) -> tuple[str, str] | None:
        cells, at = row.cells, self.at
        help_line = f"'{printed}' means {told(said)}"
        value, value_to = cells[at["value"]], cells[at["value_to"]]
        if (said.unit.base or unit.base) != unit.base or (
            (unit.id == DATE_UNIT) != isinstance(said.value, str)
        ):
            self._tell(row, "unit", "F202", f"unit '{unit.id}' is not the unit of '{printed}'",
                       help=help_line)  # fmt: skip
            return None
        if cells[at["bound"]] != said.bound:
            self._tell(row, "bound", "F204", f"bound '{cells[at['bound']]}' is not what '{printed}'"
                       f" says", help=help_line)  # fmt: skip
            return None
        first = self._part(row, said) if said.parts else said.base_value
        if not _agrees(value, unit, first):
            self._tell(row, "value", "F203", f"value {value} is not what '{printed}' says",
                       help=help_line)  # fmt: skip
            return None
        if not _agrees(value_to, unit, said.base_value_to):
            self._tell(row, "value_to", "F203", f"value_to '{value_to}' is not what '{printed}' "
                       "says", help=help_line)  # fmt: skip
            return None
        if isinstance(said.value, str):
            ends = said.ends
        else:
            # The digits printed carry the precision; the kind of quantity is the row's to say
            # (printed 五免, unit 项).
            kept = Unit(unit.id, unit.base, said.unit.factor, unit.kind, unit.minimum)
            part = said.value if not said.parts else Decimal(value)
            ends = Quantity(part, kept, said.bound, said.value_to, said.capped).ends
        return plain(ends.low), plain(ends.high)

    def _part(self, row: Row, said: Quantity) -> Decimal:
        """The part of a ratio that this row stands for: they come in the order printed."""
        cells, at = row.cells, self.at
        place = (cells[at["article"]], cells[at["line"]], cells[at["printed"]])
        _, count, parts = self.ratios.get(place, (row, 0, len(said.parts)))
        self.ratios[place] = (row, count + 1, parts)
        return said.parts[count % parts]

    def finish(self) -> None:
        """Tell ratios that lack a part; called after the last row."""
        for (_, _, printed), (row, count, parts) in self.ratios.items():
            if count % parts:
                self._tell(row, "printed", "F205", f"'{printed}' has {parts} parts, and {count} "
                           "rows stand for them")  # fmt: skip

    def _tell(self, row: Row, column: str, code: str, message: str, **more: str) -> None:
        places = _header_places(row.path, tuple(self.at))
        self.dataset.cell_problem(row, places[self.at[column]], code, message, **more)


def _agrees(cell: str, unit: Unit, said: Decimal | str | None) -> bool:
    if said is None or isinstance(said, str):
        return cell == (said or "")
    try:
        return bool(cell) and Decimal(cell) * unit.factor == said
    except ArithmeticError:
        return False


def told(said: Quantity) -> str:
    """A quantity in words of the dataset's columns."""
    if said.parts:
        return f"the parts {', '.join(map(str, said.parts))}"
    value = plain(said.value) + (f" to {plain(said.value_to)}" if said.value_to is not None else "")
    unit = f", unit {said.unit.id}" if said.unit.id else ""
    return f"value {value}{unit}, bound {said.bound}"


def plain(value: Decimal | str | None) -> str:
    """A number in plain digits, without an exponent or trailing zeros; nothing for None."""
    if value is None or isinstance(value, str):
        return value or ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def period_exists(text: str) -> bool:
    """Whether an EDTF date or period names days that exist, the first not after the last."""
    match = _PERIOD.match(text)
    if not match:
        return False
    first, last = match["first"], match["last"]
    if not _day_exists(first) or (last and last != ".." and not _day_exists(last)):
        return False
    return not last or last == ".." or first[:4] <= last[:4]


def _day_exists(text: str) -> bool:
    parts = text.split("-")
    if len(parts) == 2 and int(parts[1]) in EDTF_SEASONS:
        return True
    try:
        date_span(text)
    except CannotRead:
        return False
    return True


def _nearest(word: str, known: set[str]) -> str:
    from difflib import get_close_matches  # only where a key dangles

    near = get_close_matches(word, sorted(known)[:5000], n=1)
    return f"did you mean '{near[0]}'?" if near else ""


def _place(path: str, line: int, cell: int) -> tuple[int, int, str]:
    """Line, column and text of the `cell`th cell of the row that begins on `line`."""
    from itertools import islice  # only where a fault is told

    with open(path, encoding="utf-8-sig", newline="", errors="replace") as file:
        raw = list(islice(file, line - 1, line + 20))
    text = "".join(raw)
    down, column = _cell_place(text, cell)
    excerpt = raw[down - 1].rstrip("\r\n") if len(raw) >= down else ""
    return line - 1 + down, column, shown(excerpt, 200)


def _cell_place(text: str, cell: int) -> tuple[int, int]:
    """Line and column, both from 1, at which the `cell`th cell of a CSV row begins."""
    line, column, quoted, at = 1, 1, False, 0
    for char in text:
        if at == cell:
            break
        column += 1
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            at += 1
        elif char == "\n":
            if not quoted:
                break
            line, column = line + 1, 1
    return line, column


def _undecodable(path: Path) -> tuple[int, int]:
    """Where the first byte stands that is not UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                return number, len(line[: error.start].decode("utf-8-sig", "replace")) + 1
    return 1, 1


def _likely_encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(100_000)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        start[: start.rfind(b"\n") + 1].decode("gb18030")
    except UnicodeDecodeError:
        return "no encoding known here"
    return "GBK"


__all__ = ["BUNDLED", "Bound", "Dataset", "Row", "folders_named", "plain", "shown", "told"]
