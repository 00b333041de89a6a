"""Reading one CSV file against its table's schema: rows that pass come out, faults are told."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path

from ..language import Message, join, shown
from ..language.safe_text import UNSAFE
from ..model import edtf
from ..model.dataset_schema import PERIODS, Column, Table
from .faults import Problem, ProblemLog

# So many different cells of a column are remembered, and not judged again.
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

# Code and fields of a fault in a cell.
CellFault = tuple[str, dict[str, object]]


class Row(dict[str, str]):
    """A row: its cells by column, in the table's order, and the place that it has in its file."""

    __slots__ = ("file", "line", "text")

    def __init__(self, file: TableFile, line: int, text: str, names: list[str], cells: list[str]):
        super().__init__(zip(names, cells, strict=True))
        self.file, self.line, self.text = file, line, text

    def problem(self, column: str, code: str, **fields: object) -> None:
        """Tell a problem with one cell, at its column in the file."""
        down, at = place_of(self.text, self.file.header.index(column))
        excerpt = shown(self.text.splitlines()[down - 1] if self.text.strip() else "", 200)
        known = {"column": column, "cell": self[column]}
        self.file.tell((self.line - 1 + down, at), code, excerpt, **known | fields)


@dataclass(slots=True)
class TableFile:
    """One CSV file, to be read against its table's schema.

    `known` holds the ids of the tables that this one may point to, `ids` its own so far; `repeats`
    the rows that may come again as they are, by id.
    """

    table: Table
    path: Path
    ids: set[str]
    known: Mapping[str, Collection[str]]
    log: ProblemLog
    repeats: dict[str, list[str]] | None = None
    # The columns of the file, in its own order.
    header: list[str] = field(default_factory=list)
    # Whether the file was read to its end, so that an id not found there is nowhere.
    complete: bool = False
    # The lines of the row at hand, and how many lines lie before it.
    _raw: list[str] = field(default_factory=list)
    _passed: int = 0

    def tell(self, place: tuple[int, int], code: str, excerpt: str = "", **fields: object) -> None:
        """Tell a problem at a line and column."""
        self.log.add(Problem(str(self.path), *place, code, fields, excerpt))

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            if self.path.exists() and not self.path.is_file():  # a pipe would be waited for
                self.tell((1, 1), "F101", why=Message("it is no regular file"))
                return
            # newline="" as csv asks for; utf-8-sig swallows a byte-order mark; bytes that are not
            # UTF-8 pass as lone surrogates, so that the rows before them are checked all the same.
            with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                yield from self._parsed(file)
        except OSError as error:
            self.tell((1, 1), "F101", why=error.strerror)
        except csv.Error as error:
            self.tell((self._passed + 1, 1), "F107", why=error)

    def _lines(self, file: TextIOWrapper) -> Iterator[str]:
        """Pass lines on to the CSV reader, keeping those of the row at hand."""
        for line in file:
            self._raw.append(line)
            yield line

    def _parsed(self, file: TextIOWrapper) -> Iterator[Row]:
        reader = csv.reader(self._lines(file), strict=True)
        self.header = [cell.strip() for cell in next(filter(None, reader), [])]
        text = "".join(self._raw)
        if not self.header:
            self.tell((1, 1), "F109")
        elif self._is_decoded(text) and self._is_header(text):
            yield from self._checked(reader)

    def _is_header(self, text: str) -> bool:
        """Whether the header names each column of the table once; faults are told."""
        names, cells, before = self.table.column_names, self.header, self.log.problem_count
        for sign, called in ((";", Message("semicolons")), ("\t", Message("tabs"))):
            if len(cells) == 1 and set(cells[0].split(sign)) & set(names[1:]):
                self.tell((1, text.index(sign) + 1), "F112", sign=called)
                return False
        for at, cell in enumerate(cells):
            if cell not in names:
                self.tell(place_of(text, at), "F103", column=cell)
            elif cell in cells[:at]:
                self.tell(place_of(text, at), "F104", column=cell)
        for name in names:
            if name not in cells:
                self.tell(place_of(text, len(cells)), "F102", column=name)
        return self.log.problem_count == before

    def _checked(self, reader: Iterator[list[str]]) -> Iterator[Row]:
        columns, raw, ids, width = self.table.columns, self._raw, self.ids, len(self.header)
        names = self.table.column_names
        order = [self.header.index(name) for name in names]
        numeric = [at for at, column in enumerate(columns) if column.numeric]
        sums = [at for at, column in enumerate(columns) if column.name == "sha256"]
        judges = [lru_cache(REMEMBERED)(self._judge(column)) for column in columns]
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
            if not plain and not self._is_decoded(text):
                return
            if len(cells) != width:
                line, column = place_of(text, width)
                self.tell((self._passed + line, column), "F105" if len(cells) > width else "F106",
                          cells=len(cells), width=width)  # fmt: skip
                ids.update(cells[order[0] : order[0] + 1])  # others may point to it all the same
                continue
            cells = [cells[at] for at in order]
            for at in numeric:
                if not cells[at].isascii():
                    cells[at] = unicodedata.normalize("NFKC", cells[at])
            for at in sums:
                cells[at] = cells[at].lower()
            judged = [judge(cell) for judge, cell in zip(judges, cells, strict=True)]
            faults = []
            if any(judged):
                faults = [(name, fault) for name, fault in zip(names, judged, strict=True) if fault]
            if not plain or _MAYBE_FORMULA.search(text):
                faults += self._unsafe(cells)
            id = cells[0]
            if id in ids:
                if self.repeats is not None and self.repeats.get(id) == cells:
                    continue
                faults.append(("id", ("F401", {"table": self.table.name, "id": id})))
            ids.add(id)
            if self.repeats is not None:
                self.repeats[id] = cells
            row = Row(self, self._passed + 1, text, names, cells)
            if faults:
                _tell(row, faults)
            else:
                yield row

    def _judge(self, column: Column) -> Callable[[str], CellFault | None]:
        """The check that the schema asks of one column's cells."""
        target = self.table.foreign_keys.get(column.name, "")
        # Ids of the table itself wait until it has been read.
        keys = self.known.get(target) if target != self.table.name else None
        proposable = bool(column.enum or column.pattern or target or column.name in PERIODS)

        def judge(cell: str) -> CellFault | None:
            if proposable and cell.endswith(PROPOSED):
                return "F407", {}
            fault = _fault(column, cell)
            if fault is None and keys is not None and cell and cell not in keys:
                return "F402", {"table": target}
            return fault

        return judge

    def _is_decoded(self, text: str) -> bool:
        """Whether `text` is UTF-8; else its first byte that is not is told."""
        bad = _UNDECODED.search(text) or (None if self._passed else re.search("\x00", text))
        if bad is not None:
            before = text[: bad.start()].split("\n")
            place = self._passed + len(before), len(before[-1]) + 1
            self.tell(place, "F101", why=likely_encoding(self.path.read_bytes()))
        return bad is None

    def _unsafe(self, cells: list[str]) -> Iterator[tuple[str, CellFault]]:
        """The cells that are not fit to be shown, or to be opened in a spreadsheet."""
        for name, cell in zip(self.table.column_names, cells, strict=True):
            if bad := UNSAFE.search(cell):
                yield name, ("F307", {"character": f"U+{ord(bad[0]):04X}"})
            elif cell.lstrip().startswith(_FORMULA_START) and not _SIGNED.fullmatch(cell):
                yield name, ("F308", {})


def _tell(row: Row, faults: list[tuple[str, CellFault]]) -> None:
    """Tell what is wrong with a row; one that is still to be filled is one fault."""
    empty = [name for name, fault in faults if fault[0] == "F301"]
    proposed = [name for name, fault in faults if fault[0] == "F407"]
    if proposed:
        row.problem(proposed[0], "F407", columns=join(proposed), empty=join(empty) or "–")
    elif empty:
        row.problem(empty[0], "F301", columns=join(empty))
    else:
        for name, (code, fields) in faults:
            row.problem(name, code, **fields)


def _fault(column: Column, cell: str) -> CellFault | None:
    """What the schema has against a cell."""
    if not cell.strip():
        return ("F301", {}) if column.required else None
    if len(cell) > column.max_length:
        return "F306", {"length": len(cell), "most": column.max_length}
    if column.enum and cell not in column.enum:
        return "F304", {"words": join(column.enum)}
    if column.type == "integer":
        if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
            return "F302", {}
        if column.minimum is not None and int(cell) < column.minimum:
            return "F305", {}
    elif column.pattern is not None and not column.pattern.fullmatch(cell):
        return "F303", {"form": column.description}
    return ("F309", {}) if column.name in PERIODS and not edtf.exists(cell) else None


def place_of(text: str, cell: int) -> tuple[int, int]:
    """Line and column, both from 1, at which the `cell`th cell of a CSV row begins, or its end."""
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


def likely_encoding(start: bytes) -> Message:
    """What the first bytes of a file that is not UTF-8 look like instead."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:100]:
        return Message("it looks like UTF-16, not UTF-8")
    text = start[:100_000].decode("utf-8-sig", "replace")
    if text.count("\ufffd") * 2 < sum(not char.isascii() for char in text):
        return Message("these bytes are no UTF-8: they are broken")
    return Message("these bytes look like GBK, not UTF-8")
