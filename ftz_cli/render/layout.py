"""Fitting a table to a width: which columns stay, how wide, and what goes to a second line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from .view import ANCHOR, Cell, Column, Table

GAP = 2
# Below this a column of names is a column of fragments.
_COMFORT = 14
_DETAIL_INDENT = 2
_SHORT_HEADING = 10
# No line break before these, nor after those.
_CLOSING = frozenset("，。、；：？！）》」』】〉”’%‰,.;:?!)]}·…")
_OPENING = frozenset("（《「『【〈“‘([{")


@dataclass(slots=True)
class Plan:
    """The columns of a table that are drawn, each with its width, and those given up."""

    columns: list[Column]
    widths: list[int]
    details: list[Column] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells that a row takes."""
        return sum(self.widths) + GAP * max(0, len(self.widths) - 1)


def plan(table: Table, width: int | None) -> Plan | None:
    """How `table` fits into `width` cells, None of which is no limit; None where only cards do."""
    columns = list(table.columns)
    details: list[Column] = []
    while True:
        natural = [_natural(column) for column in columns]
        room = None if width is None else width - GAP * (len(columns) - 1)
        at = carrier(columns)
        if room is None or sum(natural) <= room:
            if not details or natural[at] >= _detail_least(details):
                return Plan(columns, natural, details)
        beside = [column for column in columns if column.beside]
        if not beside and room is not None:
            widths = _squeezed(columns, natural, room, details)
            if widths:
                return Plan(columns, widths, details)
        given = min(beside or columns, key=lambda column: column.worth, default=None)
        if given is None or given.worth >= ANCHOR or (not beside and len(columns) <= 2):
            return None
        # By identity: columns that look alike are still two.
        columns = [column for column in columns if column is not given]
        if not given.beside:
            details.insert(0, given)
            details.sort(key=lambda column: _place(table, column))


def carrier(columns: Sequence[Column]) -> int:
    """The column under whose cells a row's second line stands: names have the room for it."""
    kept = [at for at, column in enumerate(columns) if column.worth >= ANCHOR]
    return next((at for at in kept if columns[at].wraps), kept[0] if kept else 0)


def detail_items(details: Sequence[Column], row: int) -> list[str]:
    """What a row's second line holds: the cells given up, labelled where they need it."""
    return [
        f"{column.heading} {text}" if column.labelled and column.heading else text
        for column in details
        for text in [one_line(column.cells[row])]
        if text
    ]


def one_line(cell: Cell) -> str:
    """A cell of several lines as one."""
    return cell if isinstance(cell, str) else " · ".join(text for text, _ in cell if text)


def lines_of(cell: Cell) -> Iterable[str]:
    """The lines of a cell."""
    return (cell,) if isinstance(cell, str) else (text for text, _ in cell)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces or between Chinese characters.

    A piece that has no such place stays whole, however long.
    """
    if cell_len(text) <= width:
        return [text]
    lines, line, taken = [], "", 0
    for piece in pieces(text):
        size = cell_len(piece.rstrip())
        if line and taken + size > width:
            lines.append(line.rstrip())
            line, taken = "", 0
        line += piece
        taken += cell_len(piece)
    if line.strip():
        lines.append(line.rstrip())
    return lines or [""]


def flowed(items: Sequence[str], width: int, between: str = " · ") -> list[str]:
    """Items in lines: broken between them, and inside one only where it alone is too long."""
    lines: list[str] = []
    for item in items:
        if lines and cell_len(lines[-1]) + cell_len(between) + cell_len(item) <= width:
            lines[-1] += between + item
        else:
            lines += wrapped(item, width)
    return lines


def pieces(text: str) -> list[str]:
    """The parts of a text that no line break divides; spaces stay with the part before."""
    found: list[str] = []
    start = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after == " ":
            continue
        # A sign and its number, a number and its unit, stay together.
        if before == " ":
            held = after in "±<>≤≥" or (at > 1 and text[at - 2] in "±<>≤≥~")
            breaks = not held
        else:
            breaks = (
                (_wide(before) or _wide(after))
                and not (before.isdigit() or after.isdigit())
                and after not in _CLOSING
                and before not in _OPENING
            )
        if breaks:
            found.append(text[start:at])
            start = at
    found.append(text[start:])
    return found


def longest_piece(texts: Iterable[str]) -> int:
    """Cells of the longest part that no line break divides."""
    return max((cell_len(p.rstrip()) for text in texts for p in pieces(text)), default=0)


def _wide(char: str) -> bool:
    return char >= "\u2e80"


def _natural(column: Column) -> int:
    most = max((cell_len(line) for cell in column.cells for line in lines_of(cell)), default=0)
    if column.leads:
        most = max(
            (
                cell_len(lead) + cell_len(one_line(cell))
                for lead, cell in zip(column.leads, column.cells, strict=True)
            ),
            default=0,
        )
    return max(most, cell_len(column.heading))


def _heading(column: Column) -> int:
    """Cells that a heading needs once it is broken; a short one is not."""
    whole = cell_len(column.heading)
    return whole if whole <= _SHORT_HEADING else longest_piece([column.heading])


def _least(column: Column) -> int:
    """The width under which a column would break what must stay whole, or read badly."""
    natural = _natural(column)
    if not column.wraps:
        most = max((cell_len(line) for cell in column.cells for line in lines_of(cell)), default=0)
        return max(most, _heading(column))
    cells = [line for cell in column.cells for line in lines_of(cell)]
    leads = max(map(cell_len, column.leads), default=0) if column.leads else 0
    whole = max(longest_piece(cells) + leads, _heading(column))
    return min(natural, max(whole, _COMFORT, (natural + 2) // 3))


def _detail_least(details: Sequence[Column]) -> int:
    """Cells that the first column needs for what stands on a row's second line."""
    rows = range(len(details[0].cells)) if details else range(0)
    firm = [column for column in details if not column.wraps]
    soft = [column for column in details if column.wraps]
    whole = max((cell_len(t) for row in rows for t in detail_items(firm, row)), default=0)
    loose = longest_piece(t for row in rows for t in detail_items(soft, row))
    return max(whole, loose) + _DETAIL_INDENT


def _squeezed(
    columns: Sequence[Column], natural: Sequence[int], room: int, details: Sequence[Column]
) -> list[int] | None:
    """Widths that fit into `room` once names are broken into lines; None where none do."""
    least = [_least(column) for column in columns]
    if details:
        at = carrier(columns)
        least[at] = max(least[at], _detail_least(details))
    spare = room - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    wants = [max(0, wish - have) for wish, have in zip(natural, widths, strict=True)]
    while spare and any(wants):
        # Cell by cell to whichever is furthest from its natural width: no column starves.
        at = max(range(len(wants)), key=wants.__getitem__)
        widths[at] += 1
        wants[at] -= 1
        spare -= 1
    return widths


def _place(table: Table, column: Column) -> int:
    return next(at for at, one in enumerate(table.columns) if one is column)
