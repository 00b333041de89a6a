"""Reading one CSV file against its table's schema: rows that pass come out, faults are told."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from .edtf import period_exists
from .faults import Problem, ProblemLog
from .keys import Keys
from .schema import Column, Table
from .text import UNSAFE, shown

# Longer than any row of figures can be; what is longer is never held in memory.
LONGEST_ROW = 100_000
# So many different cells of a column are remembered as good, and not judged again.
REMEMBERED = 4096
PERIODS = ("period", "start", "published")

# A spreadsheet runs a cell that begins so; some take the full-width signs for the plain ones.
FORMULA_START = tuple("=+-@＝＋－＠")
_MAYBE_FORMULA = re.compile(f'(?:^|,)"? *[{"".join(map(re.escape, FORMULA_START))}]')
_NEGATIVE = re.compile("-[0-9.]+", re.ASCII)
# How bytes that are not UTF-8 come out of surrogateescape.
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(slots=True)
class Row:
    """A checked row: its cells in the table's order, and the place that it has in its file."""

    file: TableFile
    line: int
    cells: list[str]
    text: str

    def problem(self, cell: int, code: str, message: str, help: str = "") -> None:
        """Tell a problem with one cell, at its column in the file."""
        self.file.cell_problem(self.line, self.text, cell, code, message, help)


class TableFile:
    """One CSV file, to be read against its table's schema.

    `known` holds the keys of the tables that this one may point to, `keys` its own.
    """

    def __init__(
        self, table: Table, path: Path, keys: Keys, known: Mapping[str, set[str]], log: ProblemLog
    ) -> None:
        self.table, self.path, self.keys, self.known, self.log = table, path, keys, known, log
        self.name = str(path)
        # Where each column of the table stands in this file.
        self.order: list[int] = []
        # Whether the file was read to its end, so that a key not found there is nowhere.
        self.complete = False
        # The lines of the row at hand, and how many lines lie before it.
        self._raw: list[str] = []
        self._passed = 0

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            if self.path.exists() and not self.path.is_file():
                self._tell(1, 1, "F101", "this is no file")  # a pipe would be waited for
                return
            with self._open() as file:
                yield from self._parsed(file)
        except OSError as error:
            self._tell(1, 1, "F101", f"the file can't be read: {error.strerror}")

    def earlier_keys(self) -> Iterator[str]:
        """The keys of the rows before the one at hand, read from the file once more."""
        with self._open() as file:
            reader = csv.reader(file, strict=True)
            next(filter(None, reader))
            for cells in reader:
                if reader.line_num > self._passed:
                    return
                key = self._key(cells)
                if key is not None:
                    yield key

    def _key(self, cells: list[str]) -> str | None:
        """The key of a row as it stands in the file; None for one that is too short for it."""
        places = [self.order[index] for index in self.table.key_places]
        return "\x1f".join(cells[at] for at in places) if max(places) < len(cells) else None

    def _open(self) -> TextIOWrapper:
        # newline="" as csv asks for; utf-8-sig swallows a byte-order mark; bytes that are not
        # UTF-8 pass as lone surrogates, so that the rows before them are checked all the same.
        return self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _lines(self, file: TextIOWrapper) -> Iterator[str]:
        """Pass lines on to the CSV reader, keeping those of the row at hand."""
        raw, length = self._raw, 0
        for line in iter(partial(file.readline, LONGEST_ROW + 1), ""):
            length = length + len(line) if raw else len(line)
            raw.append(line)
            if length > LONGEST_ROW:
                raise _TooLongError
            yield line

    def _parsed(self, file: TextIOWrapper) -> Iterator[Row]:
        reader = csv.reader(self._lines(file), strict=True)
        try:
            header = next(filter(None, reader), None)
            text = "".join(self._raw)
            if self._undecoded(text):
                return
            if header is None:
                self._tell(1, 1, "F109", "the file is empty", help=self._header_help())
            elif self._order(header, text):
                yield from self._checked(reader, len(header))
        except csv.Error as error:
            self._tell(self._passed + 1, 1, "F107",
                       f"the row that begins here can't be read: {error}",
                       help='close the quotation mark; write a quote in a cell as ""')  # fmt: skip
        except _TooLongError:
            self._tell(self._passed + 1, 1, "F108", "the row that begins here is longer than "
                       f"{LONGEST_ROW:,} characters",
                       help="look for a quotation mark that is not closed")  # fmt: skip

    def _order(self, header: list[str], text: str) -> bool:
        """Find where each column stands in this file; False where the header has a fault."""
        names = self.table.column_names
        cells = [cell.strip() for cell in header]
        fine = True
        for index, cell in enumerate(cells):
            line, column = place_of(text, index)
            if cell not in names:
                fine = False
                self._tell(line, column, "F103", f"unknown column '{shown(cell)}'",
                           help=self._header_help())  # fmt: skip
            elif cell in cells[:index]:
                fine = False
                self._tell(line, column, "F104", f"column '{cell}' stands twice")
        for name in names:
            if name not in cells:
                fine = False
                self._tell(*_end_of(text), "F102", f"column '{name}' is missing",
                           help=self._header_help())  # fmt: skip
        if fine:
            self.order = [cells.index(name) for name in names]
        return fine

    def _header_help(self) -> str:
        return f"the columns of {self.table.name} are {','.join(self.table.column_names)}"

    def _checked(self, reader: Iterator[list[str]], width: int) -> Iterator[Row]:
        columns, order, raw = self.table.columns, self.order, self._raw
        straight = order == list(range(width))
        numeric = [index for index, column in enumerate(columns) if column.numeric]
        good: list[set[str]] = [set() for _ in columns]
        judges = [(index, good[index], self._judge(index, good[index])) for index in range(width)]
        key_places, is_new = self.table.key_places, self.keys.is_new
        single = key_places[0] if len(key_places) == 1 else None
        while True:
            self._passed += len(raw)
            raw.clear()
            cells = next(reader, None)
            if cells is None:
                self.complete = True
                return
            if not cells:
                continue  # an empty line
            text = raw[0] if len(raw) == 1 else "".join(raw)
            plain = len(raw) == 1 and text.rstrip("\r\n").isprintable()
            if not plain and self._undecoded(text):
                return
            if len(cells) != width:
                self._wrong_width(cells, width, text)
                key = self._key(cells)
                if key is not None:
                    is_new(key)  # others may point to it all the same
                continue
            if not straight:
                cells = [cells[index] for index in order]
            if not text.isascii():
                for index in numeric:
                    if not cells[index].isascii():
                        cells[index] = unicodedata.normalize("NFKC", cells[index])
            fine = True
            if not plain or _MAYBE_FORMULA.search(text):
                fine = self._safe(cells, text)
            for index, known_good, judge in judges:
                cell = cells[index]
                if cell not in known_good and not judge(cell):
                    fine = False
            key = cells[single] if single is not None else "\x1f".join(cells[i] for i in key_places)
            if not is_new(key):
                shown_key = shown(key.replace("\x1f", " "))
                self._cell(key_places[0], "F401", f"{self.table.name} has '{shown_key}' already",
                           "every row needs a key of its own")  # fmt: skip
                fine = False
            if fine:
                yield Row(self, self._passed + 1, cells, text)

    def _judge(self, index: int, good: set[str]) -> Callable[[str], bool]:
        """The check that the schema asks of one column's cells; it remembers good ones."""
        column = self.table.columns[index]
        target = self.table.foreign_keys.get(column.name)
        # Keys into the table itself wait until it has been read.
        keys = self.known.get(target) if target and target != self.table.name else None

        def judge(cell: str) -> bool:
            fault = _fault(column, cell)
            if fault is None and keys is not None and cell and cell not in keys:
                near = "" if self.log.full else _nearest(cell, keys)
                fault = ("F402", f"{column.name} '{shown(cell)}' is not in {target}.csv", near)
            if fault is not None:
                self._cell(index, *fault)
            elif len(good) < REMEMBERED:
                good.add(cell)
            return fault is None

        return judge

    def _undecoded(self, text: str) -> bool:
        """Whether `text` holds bytes that are not UTF-8; the first of them is told."""
        bad = _UNDECODED.search(text)
        if bad is None:
            return False
        before = text[: bad.start()].split("\n")
        self._tell(self._passed + len(before), len(before[-1]) + 1, "F101",
                   f"the file is not UTF-8: {_likely_encoding(self.path)}",
                   help="save the file as UTF-8")  # fmt: skip
        return True

    def _wrong_width(self, cells: list[str], width: int, text: str) -> None:
        count = f"{len(cells)} cells where the header has {width}"
        if len(cells) > width:
            line, column = place_of(text, width)
            self._tell(self._passed + line, column, "F105",
                       f"{count}: '{shown(cells[width])}' is one too many",
                       help="put a cell that holds a comma between quotation marks")  # fmt: skip
        else:
            line, column = _end_of(text)
            self._tell(self._passed + line, column, "F106", count)

    def _safe(self, cells: list[str], text: str) -> bool:
        """Whether every cell is fit to be shown and to be opened in a spreadsheet."""
        fine = True
        for index, cell in enumerate(cells):
            bad = UNSAFE.search(cell)
            if bad:
                self._cell(index, "F307", f"the character U+{ord(bad[0]):04X} may not stand in a "
                           "cell", "delete it, or write a space")  # fmt: skip
                fine = False
            elif cell.lstrip().startswith(FORMULA_START) and not (
                self.table.columns[index].numeric and _NEGATIVE.fullmatch(cell)
            ):
                self._cell(index, "F308", f"'{shown(cell)}' would run as a formula in a "
                           "spreadsheet", "begin the cell with another character")  # fmt: skip
                fine = False
        return fine

    def _cell(self, index: int, code: str, message: str, help: str = "") -> None:
        self.cell_problem(self._passed + 1, "".join(self._raw), index, code, message, help)

    def cell_problem(
        self, line: int, text: str, index: int, code: str, message: str, help: str
    ) -> None:
        """Tell a problem with one cell of the row `text`, which begins on `line`."""
        if self.log.full:
            self.log.count += 1
            return
        down, column = place_of(text, self.order[index])
        excerpt = shown(text.splitlines()[down - 1] if text.strip() else "", 200)
        self._tell(line - 1 + down, column, code, message, excerpt, help)

    def _tell(
        self, line: int, column: int, code: str, message: str, excerpt: str = "", help: str = ""
    ) -> None:
        self.log.tell(Problem(self.name, line, column, code, message, excerpt, help))


class _TooLongError(Exception):
    """A row that no dataset can have."""


def _fault(column: Column, cell: str) -> tuple[str, str, str] | None:
    """Code, message and help for what the schema has against a cell."""
    name = column.name
    if not cell:
        return ("F301", f"{name} is empty", "") if column.required else None
    if len(cell) > column.max_length:
        return "F306", f"{name} has {len(cell):,} characters; at most {column.max_length} may", ""
    if column.enum is not None and cell not in column.enum:
        return "F304", f"{name} '{shown(cell)}' is not one of {', '.join(sorted(column.enum))}", ""
    if column.type == "integer":
        if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
            return "F302", f"{name} '{shown(cell)}' is not a whole number", ""
        if column.minimum is not None and int(cell) < column.minimum:
            return "F305", f"{name} {cell} is below {column.minimum}", ""
    elif column.pattern is not None and not column.pattern.fullmatch(cell):
        return ("F303", f"{name} '{shown(cell)}' has not the form that is asked for",
                column.description_en)  # fmt: skip
    if name in PERIODS and not period_exists(cell):
        example = "2021, 2021-05-21, 2022-40 for the first half-year, 2019/2021"
        return "F309", f"{name} '{shown(cell)}' is no date or period", f"write EDTF: {example}"
    return None


def _nearest(word: str, known: set[str]) -> str:
    from difflib import get_close_matches  # only where a key dangles

    near = get_close_matches(word[:80], sorted(known)[:500], n=1)
    return f"did you mean '{shown(near[0])}'?" if near else ""


def place_of(text: str, cell: int) -> tuple[int, int]:
    """Line and column, both from 1, at which the `cell`th cell of a CSV row begins."""
    line, column, quoted, at, begins = 1, 1, False, 0, True
    for char in text:
        if at == cell or (char in "\r\n" and not quoted):
            break
        column += 1
        # A quotation mark within a cell that began without one is a character like others.
        if char == '"' and (quoted or begins):
            quoted = not quoted
            begins = not quoted
            continue
        begins = char == "," and not quoted
        if begins:
            at += 1
        elif char == "\n":
            line, column = line + 1, 1
    return line, column


def _end_of(text: str) -> tuple[int, int]:
    """Line and column just behind a row."""
    lines = text.rstrip("\r\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _likely_encoding(path: Path) -> str:
    """What the bytes look like instead, from the first 100,000 of them."""
    with path.open("rb") as file:
        start = file.read(100_000)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it looks like UTF-16"
    text = start.decode("utf-8-sig", "replace")
    beyond_ascii = sum(not char.isascii() for char in text)
    if text.count("\ufffd") * 2 < beyond_ascii:
        return "these bytes are broken"
    try:
        start[: start.rfind(b"\n") + 1].decode("gb18030")
    except UnicodeDecodeError:
        return "no encoding known here"
    return "these bytes look like GBK"
