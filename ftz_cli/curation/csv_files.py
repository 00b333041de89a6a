"""Reading one CSV file against its table's schema: rows that pass come out, faults are told."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path

from ..language import Message, join, shown
from ..language.safe_text import UNSAFE
from ..model import edtf
from ..model.dataset_schema import PERIODS, Column, SchemaText, Table
from .faults import PERIOD_FORMS, Problem, ProblemLog

# So many different cells of a column are remembered as good, and not judged again.
REMEMBERED = 4096
# What marks a cell that a machine proposed and nobody confirmed.
PROPOSED = ("?", "？")

# A spreadsheet runs a cell that begins so; some take the full-width signs for the plain ones.
_FORMULA_START = tuple("=+-@＝＋－＠")
_MAYBE_FORMULA = re.compile(f'(?:^|,)"? *[{"".join(map(re.escape, _FORMULA_START))}]')
# A number with its sign and unit is no formula: -3.2%, +5万元/吨.
_SIGNED = re.compile("[-+－＋] ?[0-9][^=+*^|!&()@]*")
# How bytes that are not UTF-8 come out of surrogateescape.
_UNDECODED = re.compile("[\udc80-\udcff]")

Help = Message | SchemaText | None
# Code, message and help.
CellFault = tuple[str, Message, Help]


@dataclass(slots=True)
class Row:
    """A checked row: its cells in the table's order, and the place that it has in its file."""

    file: TableFile
    line: int
    cells: list[str]
    text: str

    def problem(self, cell: int, code: str, message: Message, help: Help = None) -> None:
        """Tell a problem with one cell, at its column in the file."""
        self.file.cell_problem(self.line, self.text, cell, code, message, help)


class TableFile:
    """One CSV file, to be read against its table's schema.

    `known` holds the ids of the tables that this one may point to, `ids` its own so far; `repeats`
    the rows that may come again as they are, by id.
    """

    def __init__(
        self,
        table: Table,
        path: Path,
        ids: set[str],
        known: Mapping[str, Collection[str]],
        log: ProblemLog,
        repeats: dict[str, list[str]] | None = None,
    ) -> None:
        self.table, self.path, self.ids, self.known, self.log = table, path, ids, known, log
        self.repeats = repeats
        # Where each column of the table stands in this file.
        self.order: list[int] = []
        # Whether the file was read to its end, so that an id not found there is nowhere.
        self.complete = False
        # The lines of the row at hand, and how many lines lie before it.
        self._raw: list[str] = []
        self._passed = 0

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            if self.path.exists() and not self.path.is_file():
                self._tell(1, 1, "F101", Message("this is no file"))  # a pipe would be waited for
                return
            with self._open() as file:
                yield from self._parsed(file)
        except OSError as error:
            self._tell(1, 1, "F101", Message("the file can't be read: {why}", why=error.strerror))

    def header(self) -> list[str]:
        """The names in the header; nothing where there is none that can be read."""
        try:
            with self._open() as file:
                return [name.strip() for name in next(csv.reader(file), [])]
        except (OSError, csv.Error):
            return []

    def _open(self) -> TextIOWrapper:
        # newline="" as csv asks for; utf-8-sig swallows a byte-order mark; bytes that are not
        # UTF-8 pass as lone surrogates, so that the rows before them are checked all the same.
        return self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _lines(self, file: TextIOWrapper) -> Iterator[str]:
        """Pass lines on to the CSV reader, keeping those of the row at hand."""
        keep = self._raw.append
        for line in file:
            keep(line)
            yield line

    def _parsed(self, file: TextIOWrapper) -> Iterator[Row]:
        reader = csv.reader(self._lines(file), strict=True)
        try:
            header = next(filter(None, reader), None)
            text = "".join(self._raw)
            if self._undecoded(text):
                return
            if header is None:
                self._tell(1, 1, "F109", Message("the file is empty"), help=self._header_help())
            elif self._order(header, text):
                yield from self._checked(reader, len(header))
        except csv.Error as error:
            self._tell(
                self._passed + 1, 1, "F107",
                Message("the row that begins here can't be read: {why}", why=error),
                help=Message('close the quotation mark; write a quote in a cell as ""'),
            )  # fmt: skip

    def _order(self, header: list[str], text: str) -> bool:
        """Find where each column stands in this file; False where the header has a fault."""
        names = self.table.column_names
        cells = [cell.strip() for cell in header]
        for sign, called in ((";", Message("semicolons")), ("\t", Message("tabs"))):
            if len(cells) == 1 and set(cells[0].split(sign)) & set(names[1:]):
                self._tell(
                    1, text.index(sign) + 1, "F112",
                    Message("the cells are set apart by {sign}", sign=called),
                    help=Message("save the file with commas between the cells"),
                )  # fmt: skip
                return False
        before = self.log.count
        for index, cell in enumerate(cells):
            line, column = place_of(text, index)
            if cell not in names:
                unknown = Message("unknown column '{column}'", column=shown(cell))
                self._tell(line, column, "F103", unknown, help=self._header_help())
            elif cell in cells[:index]:
                twice = Message("column '{column}' stands twice", column=cell)
                self._tell(line, column, "F104", twice)
        for name in names:
            if name not in cells:
                missing = Message("column '{column}' is missing", column=name)
                self._tell(*_end_of(text), "F102", missing, help=self._header_help())
        if self.log.count > before:
            return False
        self.order = [cells.index(name) for name in names]
        return True

    def _header_help(self) -> Message:
        # Joined as they stand in a header, so that they can be copied.
        columns = ",".join(self.table.column_names)
        return Message("the columns of {table} are {columns}", table=self.table.name,
                       columns=columns)  # fmt: skip

    def _checked(self, reader: Iterator[list[str]], width: int) -> Iterator[Row]:
        columns, order, raw, ids = self.table.columns, self.order, self._raw, self.ids
        straight = order == list(range(width))
        numeric = [index for index, column in enumerate(columns) if column.numeric]
        sums = [index for index, column in enumerate(columns) if column.name == "sha256"]
        good: list[set[str]] = [set() for _ in columns]
        judges = [(index, good[index], self._judge(index, good[index])) for index in range(width)]
        while True:
            self._passed += len(raw)
            raw.clear()
            cells = next(reader, None)
            if cells is None:
                self.complete = True
                return
            if not any(map(str.strip, cells)):
                continue  # an empty line, or one of nothing but commas
            text = raw[0] if len(raw) == 1 else "".join(raw)
            plain = len(raw) == 1 and text.rstrip("\r\n").isprintable()
            if not plain and self._undecoded(text):
                return
            if len(cells) != width:
                self._wrong_width(cells, width, text)
                ids.add(cells[order[0]] if order[0] < len(cells) else "")
                continue  # its id is kept, for others may point to it all the same
            if not straight:
                cells = [cells[index] for index in order]
            if not text.isascii():
                for index in numeric:
                    if not cells[index].isascii():
                        cells[index] = unicodedata.normalize("NFKC", cells[index])
            for index in sums:
                cells[index] = cells[index].lower()
            faults = []
            for index, known_good, judge in judges:
                cell = cells[index]
                if cell not in known_good and (fault := judge(cell)) is not None:
                    faults.append((index, fault))
            if not plain or _MAYBE_FORMULA.search(text):
                faults += self._unsafe(cells)
            if cells[0] in ids:
                if self.repeats is not None and self.repeats.get(cells[0]) == cells:
                    continue
                twice = Message("{table} has '{key}' already", table=self.table.name,
                                key=shown(cells[0]))  # fmt: skip
                faults.append((0, ("F401", twice, Message("every row needs an id of its own"))))
            ids.add(cells[0])
            if self.repeats is not None:
                self.repeats[cells[0]] = cells
            if faults:
                self._tell_row(faults)
            else:
                yield Row(self, self._passed + 1, cells, text)

    def _judge(self, index: int, good: set[str]) -> Callable[[str], CellFault | None]:
        """The check that the schema asks of one column's cells; it remembers good ones."""
        column = self.table.columns[index]
        target = self.table.foreign_keys.get(column.name)
        # Ids of the table itself wait until it has been read.
        keys = self.known.get(target) if target and target != self.table.name else None
        proposable = bool(column.enum or column.pattern or target or column.name in PERIODS)

        def judge(cell: str) -> CellFault | None:
            fault: CellFault | None
            if proposable and cell.endswith(PROPOSED):
                fault = ("F407", Message(""), None)
            else:
                fault = _fault(column, cell)
            if fault is None and keys is not None and cell and cell not in keys:
                fault = "F402", dangling(column.name, cell, target or ""), nearest(cell, keys)
            if fault is None and len(good) < REMEMBERED:
                good.add(cell)
            return fault

        return judge

    def _tell_row(self, faults: list[tuple[int, CellFault]]) -> None:
        """Tell what is wrong with the row at hand; a row that is still to be filled only so."""
        empty = [index for index, fault in faults if fault[0] == "F301"]
        proposed = [index for index, fault in faults if fault[0] == "F407"]
        names = self.table.column_names
        unfilled = join(names[index] for index in empty)
        if proposed:
            asks = Message("proposed, not confirmed: {columns}",
                           columns=join(names[index] for index in proposed))  # fmt: skip
            if empty:
                asks = Message("{asks}; empty: {columns}", asks=asks, columns=unfilled)
            self._cell(
                proposed[0], "F407", asks, Message("check each and delete its question mark")
            )
        elif empty:
            self._cell(empty[0], "F301", Message("empty: {columns}", columns=unfilled))
        else:
            for index, fault in faults:
                self._cell(index, *fault)

    def _undecoded(self, text: str) -> bool:
        """Whether `text` holds bytes that are not UTF-8; the first of them is told."""
        bad = _UNDECODED.search(text)
        if bad is None and (self._passed or "\x00" not in text):
            return False
        before = text[: bad.start() if bad else text.index("\x00")].split("\n")
        self._tell(
            self._passed + len(before), len(before[-1]) + 1, "F101",
            Message("the file is not UTF-8: {guess}", guess=_likely_encoding(self.path)),
            help=Message("save the file as UTF-8"),
        )  # fmt: skip
        return True

    def _wrong_width(self, cells: list[str], width: int, text: str) -> None:
        if len(cells) > width:
            line, column = place_of(text, width)
            self._tell(
                self._passed + line, column, "F105",
                Message("{cells} cells where the header has {width}: '{first}' is one too many",
                        cells=len(cells), width=width, first=shown(cells[width])),
                help=Message("put a cell that holds a comma between quotation marks"),
            )  # fmt: skip
        else:
            line, column = _end_of(text)
            short = Message("{cells} cells where the header has {width}", cells=len(cells),
                            width=width)  # fmt: skip
            self._tell(self._passed + line, column, "F106", short)

    def _unsafe(self, cells: list[str]) -> Iterator[tuple[int, CellFault]]:
        """The cells that are not fit to be shown, or to be opened in a spreadsheet."""
        for index, cell in enumerate(cells):
            bad = UNSAFE.search(cell)
            if bad:
                code = f"U+{ord(bad[0]):04X}"
                message = Message("the character {code} may not stand in a cell", code=code)
                yield index, ("F307", message, Message("delete it, or write a space"))
            elif cell.lstrip().startswith(_FORMULA_START) and not _SIGNED.fullmatch(cell):
                message = Message("'{cell}' would run as a formula in a spreadsheet",
                                  cell=shown(cell))  # fmt: skip
                yield index, ("F308", message, Message("begin the cell with another character"))

    def _cell(self, index: int, code: str, message: Message, help: Help = None) -> None:
        self.cell_problem(self._passed + 1, "".join(self._raw), index, code, message, help)

    def cell_problem(
        self, line: int, text: str, index: int, code: str, message: Message, help: Help
    ) -> None:
        """Tell a problem with one cell of the row `text`, which begins on `line`."""
        down, column = place_of(text, self.order[index])
        excerpt = shown(text.splitlines()[down - 1] if text.strip() else "", 200)
        self._tell(line - 1 + down, column, code, message, excerpt, help)

    def _tell(
        self, line: int, column: int, code: str, message: Message, excerpt: str = "",
        help: Help = None,
    ) -> None:  # fmt: skip
        self.log.add(Problem(str(self.path), line, column, code, message, excerpt, help))


def _fault(column: Column, cell: str) -> CellFault | None:
    """What the schema has against a cell."""
    name = column.name
    if not cell.strip():
        return ("F301", Message(""), None) if column.required else None
    if len(cell) > column.max_length:
        long = Message("{column} has {length:,} characters; at most {most} may", column=name,
                       length=len(cell), most=column.max_length)  # fmt: skip
        return "F306", long, None
    if column.enum and cell not in column.enum:
        unknown = Message("{column} '{cell}' is not one of {words}", column=name, cell=shown(cell),
                          words=", ".join(column.enum))  # fmt: skip
        return "F304", unknown, nearest(cell, column.enum)
    if column.type == "integer":
        if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
            no_number = Message("{column} '{cell}' is not a whole number", column=name,
                                cell=shown(cell))  # fmt: skip
            return "F302", no_number, None
        if column.minimum is not None and int(cell) < column.minimum:
            small = Message("{column} {cell} is below {least}", column=name, cell=cell,
                            least=column.minimum)  # fmt: skip
            return "F305", small, None
    elif column.pattern is not None and not column.pattern.fullmatch(cell):
        form = Message("{column} '{cell}' has not the form that is asked for", column=name,
                       cell=shown(cell))  # fmt: skip
        return "F303", form, column.description
    if name in PERIODS and not edtf.exists(cell):
        no_period = Message("{column} '{cell}' is no date or period", column=name, cell=shown(cell))
        return "F309", no_period, Message("write {forms}", forms=PERIOD_FORMS)
    return None


def dangling(column: str, key: str, table: str) -> Message:
    """That a cell names a row that its table does not have."""
    return Message("{column} '{key}' is not in {table}.csv", column=column, key=shown(key),
                   table=table)  # fmt: skip


def nearest(word: str, known: Collection[str]) -> Message | None:
    """The question whether the most similar word was meant."""
    near = get_close_matches(word[:80], sorted(known)[:500], n=1)
    return Message("did you mean '{near}'?", near=shown(near[0])) if near else None


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
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[:100].count(b"\x00") > 20:
        return Message("it looks like UTF-16")
    text = start.decode("utf-8-sig", "replace")
    beyond_ascii = sum(not char.isascii() for char in text)
    if text.count("\ufffd") * 2 < beyond_ascii:
        return Message("these bytes are broken")
    try:
        start[: start.rfind(b"\n") + 1].decode("gb18030")
    except UnicodeDecodeError:
        return Message("no encoding known here")
    return Message("these bytes look like GBK")
