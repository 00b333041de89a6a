"""Reading one CSV file against its table's schema: rows that pass come out, faults are told."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from ..language import Message, join, shown
from ..language.safe_text import UNSAFE
from ..model.dataset_schema import PERIODS, Column, Table
from ..quantities import edtf
from .article_text import likely_encoding
from .faults import Problem, ProblemLog

# So many different cells of a column are remembered, and not judged again.
REMEMBERED = 4096
# What marks a cell that a machine proposed and nobody confirmed.
PROPOSED = ("?", "？")

# Columns that a machine proposes, besides those of words, forms and ids.
GUESSED = (*PERIODS, "unit", "scope")

# A spreadsheet runs a cell that begins so; some take the full-width signs for the plain ones.
_FORMULA_START = tuple("=+-@＝＋－＠")
# A number with its sign and unit is no formula: -3.2%, +5万元/吨.
_SIGNED = re.compile("[-+－＋] ?[0-9][^=+*^|!&()@]*")
_CELL = re.compile(r'"(?:[^"]|"")*"?[^,\r\n]*|[^,\r\n]*')

# Code and fields of a fault in a cell.
CellFault = tuple[str, dict[str, object]]


class Row(dict[str, str]):
    """A row: its cells by column, in the table's order, and the place that it has in its file."""

    # `sound` until a problem is told of it.
    __slots__ = ("file", "line", "sound", "table", "text")

    def __init__(self, file: TableFile, line: int, text: str, names: list[str], cells: list[str]):
        super().__init__(zip(names, cells, strict=True))
        self.file, self.line, self.text, self.sound = file, line, text, True
        self.table = file.table.name

    def problem(self, column: str, code: str, **fields: object) -> None:
        """Tell a problem with one cell, at its column in the file; a message may name any cell."""
        self.sound = False
        down, at = place_of(self.text, self.file.header.index(column))
        excerpt = shown(self.text.splitlines()[down - 1] if self.text.strip() else "", 200)
        known = {"column": column, "cell": self[column]}
        self.file.tell((self.line - 1 + down, at), code, excerpt, **self | known | fields)

    def differs(self, at: str, english: str, code: str = "F311", **fields: object) -> None:
        """Tell that a cell does not go with others, and why."""
        self.problem(at, code, why=Message(english, **self | fields))


class TableFile:
    """One CSV file, to be read against its table's schema.

    `ids` are those of the tables that were read before it, and of this one so far; `header` has
    the columns of the file, in its own order.
    """

    def __init__(
        self, table: Table, path: Path, ids: Mapping[str, set[str]], log: ProblemLog
    ) -> None:
        self.table, self.path, self.ids, self.log = table, path, ids, log
        self.header: list[str] = []

    def tell(self, place: tuple[int, int], code: str, excerpt: str = "", **fields: object) -> None:
        """Tell a problem at a line and column."""
        self.log.add(Problem(str(self.path), *place, code, fields, excerpt))

    def _refuse(self, place: tuple[int, int], code: str, **fields: object) -> None:
        """Tell why the file can't be read to its end: then its ids are not known."""
        self.tell(place, code, "", **fields)
        self.log.readable = False

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            if self.path.exists() and not self.path.is_file():  # a pipe would be waited for
                self._refuse((1, 1), "F101", why=Message("it is no regular file"))
                return
            # newline="" as csv asks for; utf-8-sig swallows a byte-order mark.
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._parsed(file)
        except OSError as error:
            self._refuse((1, 1), "F101", why=error.strerror)
        except UnicodeDecodeError:
            self._refuse((1, 1), "F101", why=likely_encoding(self.path.read_bytes()))

    def _parsed(self, file: TextIO) -> Iterator[Row]:
        raw: list[str] = []  # the lines of the row at hand

        def kept(line: str) -> str:
            raw.append(line)
            return line

        def taken() -> tuple[int, str]:
            line, text = reader.line_num - len(raw) + 1, "".join(raw)
            raw.clear()
            return line, text

        reader = csv.reader(map(kept, file), strict=True)
        try:
            self.header = [cell.strip() for cell in next(filter(None, reader), [])]
            if self._is_header(taken()[1]):
                yield from self._checked((cells, *taken()) for cells in reader)
        except csv.Error as error:
            self._refuse((taken()[0], 1), "F107", why=error)

    def _is_header(self, text: str) -> bool:
        """Whether the header names each column of the table once; faults are told."""
        names, cells = self.table.column_names, self.header
        for sign, called in ((";", Message("semicolons")), ("\t", Message("tabs"))):
            if len(cells) == 1 and set(cells[0].split(sign)) & set(names[1:]):
                self._refuse((1, text.index(sign) + 1), "F112", sign=called)
                return False
        if not set(cells) & set(names):
            self._refuse((1, 1), "F109")
            return False
        for at, cell in enumerate(cells):
            if cell not in names:
                self._refuse(place_of(text, at), "F103", column=cell)
            elif cell in cells[:at]:
                self._refuse(place_of(text, at), "F104", column=cell)
        for name in (name for name in names if name not in cells):
            self._refuse(place_of(text, len(cells)), "F102", column=name)
        return set(cells) == set(names) and len(cells) == len(names)

    def _checked(self, rows: Iterator[tuple[list[str], int, str]]) -> Iterator[Row]:
        """The rows that pass, of all with their lines and texts."""
        names, width, table = self.table.column_names, len(self.header), self.table.name
        ids = self.ids[table]
        # Ids that differ only by case would be taken for each other; units do (mW, MW).
        key = str if table == "units" else str.casefold
        taken = {hash(key(id)) for id in ids}  # hashes, as there may be millions
        order = [self.header.index(name) for name in names]
        judges = [lru_cache(REMEMBERED)(self._judge(column)) for column in self.table.columns]
        # What is said in one language is said in the other; a title stays as it is printed.
        pairs = [(at, names.index(f"{name[:-3]}_zh")) for at, name in enumerate(names)
                 if f"{name[:-3]}_zh" in names and name not in ("title_en", "title_zh")
                 and name.endswith("_en")]  # fmt: skip
        for cells, line, text in rows:
            if not any(map(str.strip, cells)):
                continue  # an empty line, or one of nothing but commas
            if len(cells) != width:
                down, column = place_of(text, width)
                self.tell((line - 1 + down, column), "F105" if len(cells) > width else "F106",
                          cells=len(cells), width=width)  # fmt: skip
                ids.update(cells[order[0] : order[0] + 1])  # others may point to it all the same
                continue
            cells = [cells[at].strip() for at in order]  # a space at an end says nothing
            judged = [judge(cell) for judge, cell in zip(judges, cells, strict=True)]
            for pair in pairs:
                empty = [at for at in pair if not cells[at]]
                if len(empty) == 1:
                    judged[empty[0]] = "F301", {}
            folded = hash(key(cells[0]))
            if folded in taken:
                judged[0] = "F401", {"table": table, "id": cells[0]}
            taken.add(folded)
            ids.add(cells[0])
            row = Row(self, line, text, names, cells)
            if any(judged):
                _tell(row, [(name, one) for name, one in zip(names, judged, strict=True) if one])
            else:
                yield row

    def _judge(self, column: Column) -> Callable[[str], CellFault | None]:
        """The check that the schema asks of one column's cells."""
        target = self.table.foreign_keys.get(column.name, "")
        # Rows of one table may point to each other in any order.
        keys = self.ids.get(target) if target != self.table.name else None
        proposable = bool(column.enum or column.pattern or target or column.name in GUESSED)

        def judge(cell: str) -> CellFault | None:
            if proposable and cell.endswith(PROPOSED):
                return "F407", {}
            fault = _fault(column, cell)
            if fault is None and keys is not None and cell and cell not in keys:
                return "F402", {"table": target}
            return fault

        return judge


def _tell(row: Row, faults: list[tuple[str, CellFault]]) -> None:
    """Tell what is wrong with a row; one that is still to be filled is one fault."""
    empty = [name for name, fault in faults if fault[0] == "F301"]
    proposed = [name for name, fault in faults if fault[0] == "F407"]
    if proposed:
        left = join(empty) or Message("none")
        row.problem(proposed[0], "F407", columns=join(proposed), empty=left)
    elif empty:
        row.problem(empty[0], "F301", columns=join(empty))
    else:
        for name, (code, fields) in faults:
            row.problem(name, code, **fields)


def _fault(column: Column, cell: str) -> CellFault | None:
    """What the schema has against a cell."""
    if not cell:
        return ("F301", {}) if column.required else None
    if bad := UNSAFE.search(cell):
        return "F307", {"character": f"U+{ord(bad[0]):04X}"}
    if cell.startswith(_FORMULA_START) and not _SIGNED.fullmatch(cell):
        return "F308", {}
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
    at, end = 0, len(text.rstrip("\r\n"))
    for _ in range(cell):
        found = _CELL.match(text, at)
        at = min(found.end() + 1 if found else end, end)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
