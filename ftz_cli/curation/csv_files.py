"""Reads one CSV file and checks its cells against the schema of its table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
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

# The mark of a cell that `ftz stubs` proposed and no curator confirmed.
PROPOSED = "?"
# Columns that stubs proposes, besides those with an enum, a pattern or a foreign key.
PROPOSED_COLUMNS = (*PERIODS, "name_zh", "name_en", "unit", "scope", "operands", "authors",
                    "reason_en", "reason_zh")  # fmt: skip

# A spreadsheet runs a cell with such a beginning as a formula; some accept full-width signs.
_FORMULA_START = tuple("=+-@＝＋－＠")
# A number with its sign and unit is no formula: -3.2%, +5万元/吨.
_SIGNED = re.compile("[-+－＋] ?[0-9][^=+*^|!&()@]*")
_CELL = re.compile(r'"(?:[^"]|"")*"?[^,\r\n]*|[^,\r\n]*')
CellFault = tuple[str, dict[str, object]]  # Code and fields


class Row(dict[str, str]):
    """The cells of a row by column, in the table's order.

    `lines` are its lines in the file, from 0. `sound` is False once it has a problem.
    """

    __slots__ = ("file", "lines", "sound", "table")

    def __init__(self, file: TableFile, lines: slice, cells: list[str]) -> None:
        super().__init__(zip(file.table.column_names, cells, strict=True))
        self.file, self.lines, self.sound, self.table = file, lines, True, file.table.name

    def problem(self, column: str, code: str, **fields: object) -> None:
        """Report a problem with one cell. Its message may name any cell of the row."""
        self.sound = False
        known = {"column": column, "cell": self[column]}
        self.file.report(self.lines, self.file.header.index(column), code, **self | known | fields)

    def differs(self, column: str, english: str, /, code: str = "F311", **fields: object) -> None:
        """Report that a cell does not fit other cells, and why."""
        self.problem(column, code, why=Message(english, **self | fields))


class TableFile:
    """One CSV file of a dataset; `header` has its columns in the order of the file."""

    def __init__(self, table: Table, path: Path, data: Dataset) -> None:
        self.table, self.path, self.data = table, path, data
        self.header: list[str] = []
        names = table.column_names
        self.checks = {column.name: lru_cache(4096)(partial(self._fault, column))
                       for column in table.columns}  # fmt: skip
        # A text in one language needs its translation; only a title stays as printed.
        pairs = [(name, f"{name[:-3]}_zh") for name in names if name.endswith("_en")]
        self.pairs = [pair for pair in pairs if pair[1] in names and pair[0] != "title_en"]

    def _open(self, errors: str = "strict") -> TextIO:
        # csv asks for newline="", and utf-8-sig skips a byte-order mark.
        return self.path.open(encoding="utf-8-sig", errors=errors, newline="")

    @cached_property
    def _lines(self) -> list[str]:
        with self._open("replace") as file:
            return [*file]

    def report(self, lines: slice, cell: int, code: str, /, **fields: object) -> None:
        """Report a problem at the beginning of a cell, or at the end of a row with fewer cells."""
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
        self.data.add(Problem(str(self.path), line, 1, code, fields))
        self.data.readable = False

    def rows(self) -> Iterator[Row]:
        """The rows that pass; problems of the others are reported."""
        end = 0
        try:
            # Opening a named pipe would block.
            if self.path.exists() and not (self.path.is_file() or self.path.is_dir()):
                self._refuse(1, "F101", why=Message("it is not a regular file"))
                return
            with self._open() as file:
                reader = csv.reader(file, strict=True)
                self.header = [cell.strip() for cell in next(filter(None, reader), [])]
                end = reader.line_num
                order = self._order(slice(end - 1, end))
                for cells in reader if order else ():
                    lines, end = slice(end, reader.line_num), reader.line_num
                    if any(map(str.strip, cells)) and (row := self._row(lines, cells, order)):
                        yield row
        except csv.Error as error:
            self._refuse(end + 1, "F107", why=error)
        except OSError as error:
            self._refuse(1, "F101", why=error.strerror)
        except UnicodeDecodeError:
            self._refuse(1, "F101", why=likely_encoding(self.path.read_bytes()))

    def _order(self, lines: slice) -> list[int]:
        """The place of each column of the table in the header; empty if the header has a fault."""
        names, cells = self.table.column_names, self.header
        if not set(cells) & set(names):
            self._refuse(1, "F109")
            return []
        faults = [(at, "F104" if cell in names else "F103", cell) for at, cell in enumerate(cells)
                  if cell not in names or cell in cells[:at]]  # fmt: skip
        faults += [(len(cells), "F102", name) for name in names if name not in cells]
        for at, code, name in faults:
            self.report(lines, at, code, column=name)
            self.data.readable = False
        return [] if faults else [cells.index(name) for name in names]

    def _row(self, lines: slice, cells: list[str], order: list[int]) -> Row | None:
        ids, width = self.data.ids[self.table.name], len(self.header)
        if len(cells) != width:
            code = "F105" if len(cells) > width else "F106"
            self.report(lines, width, code, cells=len(cells), width=width)
            ids.update(cells[order[0] : order[0] + 1])  # Other rows may refer to it.
            return None
        row = Row(self, lines, [cells[at].strip() for at in order])
        faults = {name: check(row[name]) for name, check in self.checks.items()}
        for pair in self.pairs:
            empty = [name for name in pair if not row[name]]
            if len(empty) == 1:
                faults[empty[0]] = "F301", {}
        if row["id"] in ids:
            faults["id"] = "F401", {"table": self.table.name, "id": row["id"]}
        ids.add(row["id"])
        if any(faults.values()):
            _report(row, {name: fault for name, fault in faults.items() if fault})
        return row if row.sound else None

    def _fault(self, column: Column, cell: str) -> CellFault | None:
        """The fault of a cell by the schema, if any."""
        target = self.table.foreign_keys.get(column.name, "")
        proposable = column.enum or column.pattern or target or column.name in PROPOSED_COLUMNS
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
        # Rows of one table may refer to rows behind them; row_rules.py checks those.
        known = target in ("", self.table.name) or cell in self.data.ids.get(target, (cell,))
        return None if known else ("F402", {"table": target})


def _report(row: Row, faults: dict[str, CellFault]) -> None:
    """Report the faults of a row; its empty and unconfirmed cells are one problem."""
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
