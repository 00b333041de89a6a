"""Reading one CSV file against its table's schema: rows that pass come out, faults are told."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..language import Message, join, shown
from ..language.safe_text import UNSAFE
from ..model.dataset_schema import PERIODS, Column, Table
from ..quantities import edtf
from .article_text import likely_encoding
from .faults import Problem

if TYPE_CHECKING:
    from .checks import Dataset

# So many different cells of a column are remembered, and not judged again.
REMEMBERED = 4096
# What marks a cell that a machine proposed and nobody confirmed.
PROPOSED = "?"
# Columns that a machine proposes, besides those of words, forms and ids.
GUESSED = (*PERIODS, "unit", "scope", "operands", "authors", "reason_en", "reason_zh")

# A spreadsheet runs a cell that begins so; some take the full-width signs for the plain ones.
_FORMULA_START = tuple("=+-@＝＋－＠")
# A number with its sign and unit is no formula: -3.2%, +5万元/吨.
_SIGNED = re.compile("[-+－＋] ?[0-9][^=+*^|!&()@]*")
_CELL = re.compile(r'"(?:[^"]|"")*"?[^,\r\n]*|[^,\r\n]*')

# Code and fields of a fault in a cell.
CellFault = tuple[str, dict[str, object]]


class Row(dict[str, str]):
    """A row: its cells by column, in the table's order, and its lines in the file, from 0."""

    # `sound` until a problem is told of it.
    __slots__ = ("file", "lines", "sound", "table")

    def __init__(self, file: TableFile, lines: slice, cells: list[str]) -> None:
        super().__init__(zip(file.table.column_names, cells, strict=True))
        self.file, self.lines, self.sound, self.table = file, lines, True, file.table.name

    def problem(self, column: str, code: str, **fields: object) -> None:
        """Tell a problem with one cell, at its column in the file; a message may name any cell."""
        self.sound = False
        known = {"column": column, "cell": self[column]}
        self.file.tell(self.lines, self.file.header.index(column), code, **self | known | fields)

    def differs(self, at: str, english: str, code: str = "F311", **fields: object) -> None:
        """Tell that a cell does not go with others, and why."""
        self.problem(at, code, why=Message(english, **self | fields))


class TableFile:
    """One CSV file of a dataset, to be read against its table's schema.

    `header` has the columns of the file, in its own order.
    """

    def __init__(self, table: Table, path: Path, data: Dataset) -> None:
        self.table, self.path, self.data = table, path, data
        self.header: list[str] = []

    def _open(self, errors: str = "strict") -> TextIO:
        # newline="" as csv asks for; utf-8-sig swallows a byte-order mark.
        return self.path.open(encoding="utf-8-sig", errors=errors, newline="")

    @cached_property
    def _lines(self) -> list[str]:
        """The lines of the file, read again where a fault is told."""
        with self._open("replace") as file:
            return [*file]

    def tell(self, lines: slice, cell: int, code: str, /, **fields: object) -> None:
        """Tell a problem where a cell of the row on these lines begins, or where the row ends."""
        text = "".join(self._lines[lines])
        at, end = 0, len(text.rstrip("\r\n"))
        for _ in range(cell):
            found = _CELL.match(text, at)
            at = min(found.end() + 1 if found else end, end)
        down = text.count("\n", 0, at)
        place = lines.start + down + 1, at - text.rfind("\n", 0, at)
        excerpt = shown(text.splitlines()[down] if text.strip() else "", 200)
        self.data.add(Problem(str(self.path), *place, code, fields, excerpt))

    def _refuse(self, line: int, code: str, /, **fields: object) -> None:
        """Tell why the file can't be read from a line on: then its ids are not known."""
        self.data.add(Problem(str(self.path), line, 1, code, fields))
        self.data.readable = False

    def rows(self) -> Iterator[Row]:
        """Rows that pass; the others are told."""
        try:
            # A named pipe would be waited for.
            if self.path.exists() and not (self.path.is_file() or self.path.is_dir()):
                self._refuse(1, "F101", why=Message("it is no regular file"))
                return
            with self._open() as file:
                yield from self._parsed(file)
        except OSError as error:
            self._refuse(1, "F101", why=error.strerror)
        except UnicodeDecodeError:
            self._refuse(1, "F101", why=likely_encoding(self.path.read_bytes()))

    def _parsed(self, file: TextIO) -> Iterator[Row]:
        reader, end = csv.reader(file, strict=True), 0
        try:
            self.header = [cell.strip() for cell in next(filter(None, reader), [])]
            end = reader.line_num
            if self._is_header(slice(end - 1, end)):
                check = self._checker()
                for cells in reader:
                    lines, end = slice(end, reader.line_num), reader.line_num
                    if row := check(lines, cells):
                        yield row
        except csv.Error as error:
            self._refuse(end + 1, "F107", why=error)

    def _is_header(self, lines: slice) -> bool:
        """Whether the header names each column of the table once; faults are told."""
        names, cells = self.table.column_names, self.header
        if not set(cells) & set(names):
            self._refuse(1, "F109")
            return False
        faults = [(at, "F104" if cell in names else "F103", cell) for at, cell in enumerate(cells)
                  if cell not in names or cell in cells[:at]]  # fmt: skip
        faults += [(len(cells), "F102", name) for name in names if name not in cells]
        for at, code, name in faults:
            self.tell(lines, at, code, column=name)
            self.data.readable = False
        return not faults

    def _checker(self) -> Callable[[slice, list[str]], Row | None]:
        """The check of one row, which gives it back where it passes."""
        names, width, table = self.table.column_names, len(self.header), self.table.name
        ids = self.data.ids[table]
        order = [self.header.index(name) for name in names]
        judges = [
            lru_cache(REMEMBERED)(partial(self._fault, column)) for column in self.table.columns
        ]
        # What is said in one language is said in the other; a title stays as it is printed.
        pairs = [(at, names.index(f"{name[:-3]}_zh")) for at, name in enumerate(names)
                 if f"{name[:-3]}_zh" in names and name not in ("title_en", "title_zh")
                 and name.endswith("_en")]  # fmt: skip

        def check(lines: slice, cells: list[str]) -> Row | None:
            if not any(map(str.strip, cells)):
                return None  # an empty line, or one of nothing but commas
            if len(cells) != width:
                code = "F105" if len(cells) > width else "F106"
                self.tell(lines, width, code, cells=len(cells), width=width)
                ids.update(cells[order[0] : order[0] + 1])  # others may point to it all the same
                return None
            cells = [cells[at].strip() for at in order]  # a space at an end says nothing
            judged = [judge(cell) for judge, cell in zip(judges, cells, strict=True)]
            for pair in pairs:
                empty = [at for at in pair if not cells[at]]
                if len(empty) == 1:
                    judged[empty[0]] = "F301", {}
            if cells[0] in ids:
                judged[0] = "F401", {"table": table, "id": cells[0]}
            ids.add(cells[0])
            row = Row(self, lines, cells)
            if any(judged):
                _tell(row, {name: one for name, one in zip(names, judged, strict=True) if one})
            return row if row.sound else None

        return check

    def _fault(self, column: Column, cell: str) -> CellFault | None:
        """What the schema has against a cell."""
        target = self.table.foreign_keys.get(column.name, "")
        proposable = column.enum or column.pattern or target or column.name in GUESSED
        if proposable and cell.endswith((PROPOSED, "？")):
            return "F407", {}
        if not cell:
            return ("F301", {}) if column.required else None
        if bad := not cell.isprintable() and re.search(UNSAFE, cell):
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
        elif column.pattern and not column.pattern.fullmatch(cell):
            return "F303", {"form": column.description}
        if column.name in PERIODS and not edtf.exists(cell):
            return "F309", {}
        # Rows of one table may point to each other in any order.
        known = target in ("", self.table.name) or cell in self.data.ids.get(target, (cell,))
        return None if known else ("F402", {"table": target})


def _tell(row: Row, faults: dict[str, CellFault]) -> None:
    """Tell what is wrong with a row; one that is still to be filled is one fault."""
    empty = [name for name, (code, _) in faults.items() if code == "F301"]
    proposed = [name for name, (code, _) in faults.items() if code == "F407"]
    if proposed:
        left = join(empty) or Message("none")
        row.problem(proposed[0], "F407", columns=join(proposed), empty=left)
    elif empty:
        row.problem(empty[0], "F301", columns=join(empty))
    else:
        for name, (code, fields) in faults.items():
            row.problem(name, code, **fields)
