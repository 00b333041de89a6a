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

from .catalogue import Bilingual, Message, Told
from .edtf import period_exists
from .faults import Problem, ProblemLog
from .keys import Keys
from .reasons import of_csv, of_os
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

    def problem(self, cell: int, code: str, message: Told, help: Told | None = None) -> None:
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
                self._tell(1, 1, "F101", Message("problem.no_file"))  # a pipe would be waited for
                return
            with self._open() as file:
                yield from self._parsed(file)
        except OSError as error:
            self._tell(1, 1, "F101", Message("problem.unreadable", why=of_os(error)))

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
                self._tell(1, 1, "F109", Message("problem.empty_file"), help=self._header_help())
            elif self._order(header, text):
                yield from self._checked(reader, len(header))
        except csv.Error as error:
            broken = Message("problem.broken_row", why=of_csv(error))
            self._tell(self._passed + 1, 1, "F107", broken, help=Message("problem.quotes"))
        except _TooLongError:
            long = Message("problem.long_row", most=LONGEST_ROW)
            self._tell(self._passed + 1, 1, "F108", long, help=Message("problem.open_quote"))

    def _order(self, header: list[str], text: str) -> bool:
        """Find where each column stands in this file; False where the header has a fault."""
        names = self.table.column_names
        cells = [cell.strip() for cell in header]
        fine = True
        for index, cell in enumerate(cells):
            line, column = place_of(text, index)
            if cell not in names:
                fine = False
                unknown = Message("problem.unknown_column", column=shown(cell))
                self._tell(line, column, "F103", unknown, help=self._header_help())
            elif cell in cells[:index]:
                fine = False
                self._tell(line, column, "F104", Message("problem.column_twice", column=cell))
        for name in names:
            if name not in cells:
                fine = False
                missing = Message("problem.no_column", column=name)
                self._tell(*_end_of(text), "F102", missing, help=self._header_help())
        if fine:
            self.order = [cells.index(name) for name in names]
        return fine

    def _header_help(self) -> Message:
        # Joined as they stand in a header, so that they can be copied.
        columns = ",".join(self.table.column_names)
        return Message("problem.columns", table=self.table.name, columns=columns)

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
                fine = self._safe(cells)
            for index, known_good, judge in judges:
                cell = cells[index]
                if cell not in known_good and not judge(cell):
                    fine = False
            key = cells[single] if single is not None else "\x1f".join(cells[i] for i in key_places)
            if not is_new(key):
                shown_key = shown(key.replace("\x1f", " "))
                twice = Message("problem.key_twice", table=self.table.name, key=shown_key)
                self._cell(key_places[0], "F401", twice, Message("problem.own_key"))
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
                near = None if self.log.full else _nearest(cell, keys)
                dangles = Message(
                    "problem.dangles", column=column.name, key=shown(cell), table=target
                )
                fault = ("F402", dangles, near)
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
                   Message("problem.not_utf8", guess=_likely_encoding(self.path)),
                   help=Message("problem.save_as_utf8"))  # fmt: skip
        return True

    def _wrong_width(self, cells: list[str], width: int, text: str) -> None:
        if len(cells) > width:
            line, column = place_of(text, width)
            first = shown(cells[width])
            surplus = Message("problem.surplus", cells=len(cells), width=width, first=first)
            self._tell(self._passed + line, column, "F105", surplus,
                       help=Message("problem.quote_comma"))  # fmt: skip
        else:
            line, column = _end_of(text)
            short = Message("problem.short", cells=len(cells), width=width)
            self._tell(self._passed + line, column, "F106", short)

    def _safe(self, cells: list[str]) -> bool:
        """Whether every cell is fit to be shown and to be opened in a spreadsheet."""
        fine = True
        for index, cell in enumerate(cells):
            bad = UNSAFE.search(cell)
            if bad:
                character = Message("problem.character", code=f"U+{ord(bad[0]):04X}")
                self._cell(index, "F307", character, Message("problem.delete_it"))
                fine = False
            elif cell.lstrip().startswith(FORMULA_START) and not (
                self.table.columns[index].numeric and _NEGATIVE.fullmatch(cell)
            ):
                formula = Message("problem.formula", cell=shown(cell))
                self._cell(index, "F308", formula, Message("problem.begin_otherwise"))
                fine = False
        return fine

    def _cell(self, index: int, code: str, message: Told, help: Told | None = None) -> None:
        self.cell_problem(self._passed + 1, "".join(self._raw), index, code, message, help)

    def cell_problem(
        self, line: int, text: str, index: int, code: str, message: Told, help: Told | None
    ) -> None:
        """Tell a problem with one cell of the row `text`, which begins on `line`."""
        if self.log.full:
            self.log.count += 1
            return
        down, column = place_of(text, self.order[index])
        excerpt = shown(text.splitlines()[down - 1] if text.strip() else "", 200)
        self._tell(line - 1 + down, column, code, message, excerpt, help)

    def _tell(
        self,
        line: int,
        column: int,
        code: str,
        message: Told,
        excerpt: str = "",
        help: Told | None = None,
    ) -> None:
        self.log.tell(Problem(self.name, line, column, code, message, excerpt, help))


class _TooLongError(Exception):
    """A row that no dataset can have."""


def _fault(column: Column, cell: str) -> tuple[str, Message, Told | None] | None:
    """Code, message and help for what the schema has against a cell."""
    name = column.name
    if not cell:
        return ("F301", Message("problem.empty", column=name), None) if column.required else None
    if len(cell) > column.max_length:
        most = column.max_length
        return "F306", Message("problem.too_long", column=name, length=len(cell), most=most), None
    if column.enum is not None and cell not in column.enum:
        words = sorted(column.enum)
        unknown = Message("problem.unknown_word", column=name, cell=shown(cell), words=words)
        return "F304", unknown, None
    if column.type == "integer":
        if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
            return "F302", Message("problem.no_whole_number", column=name, cell=shown(cell)), None
        if column.minimum is not None and int(cell) < column.minimum:
            least = column.minimum
            return "F305", Message("problem.too_small", column=name, cell=cell, least=least), None
    elif column.pattern is not None and not column.pattern.fullmatch(cell):
        form = Message("problem.wrong_form", column=name, cell=shown(cell))
        return "F303", form, Bilingual(column.description_en, column.description_zh)
    if name in PERIODS and not period_exists(cell):
        no_period = Message("problem.no_period", column=name, cell=shown(cell))
        return "F309", no_period, Message("problem.write_edtf")
    return None


def _nearest(word: str, known: set[str]) -> Message | None:
    from difflib import get_close_matches  # only where a key dangles

    near = get_close_matches(word[:80], sorted(known)[:500], n=1)
    return Message("problem.near", near=shown(near[0])) if near else None


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


def _likely_encoding(path: Path) -> Message:
    """What the bytes look like instead, from the first 100,000 of them."""
    with path.open("rb") as file:
        start = file.read(100_000)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Message("guess.utf16")
    text = start.decode("utf-8-sig", "replace")
    beyond_ascii = sum(not char.isascii() for char in text)
    if text.count("\ufffd") * 2 < beyond_ascii:
        return Message("guess.broken")
    try:
        start[: start.rfind(b"\n") + 1].decode("gb18030")
    except UnicodeDecodeError:
        return Message("guess.unknown")
    return Message("guess.gbk")
