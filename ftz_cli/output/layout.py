"""How a table fits a width: all columns, the main ones with the rest below, or cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..language import visible
from .formats import cell_lines
from .line_breaks import cell_len, longest_piece
from .view import Column, Line, Table

# Blanks between two columns, and before what stands under a row.
GAP = 2
# Below this a column of names is a column of fragments.
COMFORT = 14
# A short heading is not broken.
SHORT_HEADING = 10


class Row(NamedTuple):
    """A row as it is drawn: the lines of each cell, its lead and its group."""

    cells: list[list[Line]]
    lead: str = ""
    group: str = ""


class Layout(NamedTuple):
    """The columns that are drawn, by their places, each with its width, and those below."""

    shown: Sequence[int]
    widths: Sequence[int]
    below: Sequence[int]


def rows_of(table: Table, items: Sequence[object]) -> list[Row]:
    """The rows of some items, hostile characters written as codes."""
    return [
        Row(
            [cell_lines(column.cell(item), column.style) for column in table.columns],
            table.lead(item) if table.lead else " " * GAP if table.group else "",
            visible(table.group(item)) if table.group else "",
        )
        for item in items
    ]


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Layout | None:
    """How rows fit into `width` cells; None where only cards do."""
    every = range(len(columns))
    spare = [at for at in every if columns[at].spare]
    main = [at for at in every if columns[at].main]
    natural = [_natural(columns[at], rows, at) for at in every]
    yielding = [[at for at in every if at not in spare[:n]] for n in range(len(spare) + 1)]
    # A name may be folded once, and where that does not help, more often.
    for shown, folds in (*((some, 1) for some in yielding), (yielding[-1], 2), (main, 4)):
        least = [
            natural[at] if folds == 1 else _least(columns[at], rows, at, natural[at], folds)
            for at in shown
        ]
        room = width - GAP * (len(shown) - 1)
        if sum(least) <= room:
            below = [at for at in every if at not in shown] if folds == 4 else []
            return Layout(shown, _spread(least, [natural[at] for at in shown], room), below)
    return None


def fits(found: Layout, columns: Sequence[Column], rows: Sequence[Row]) -> bool:
    """Whether more rows fit the widths of a layout."""
    return all(
        _least(columns[at], rows, at, width, 1) <= width
        for at, width in zip(found.shown, found.widths, strict=True)
    )


def _natural(column: Column, rows: Sequence[Row], at: int) -> int:
    """The cells that a column needs where nothing is broken."""
    most = max((cell_len(text) for row in rows for text, _ in row.cells[at]), default=0)
    return max(most + _lead(rows, at), cell_len(str(column.heading)))


def _least(column: Column, rows: Sequence[Row], at: int, natural: int, folds: int) -> int:
    """The width under which a column would break what must stay whole, or read badly."""
    heading = cell_len(str(column.heading))
    if heading > SHORT_HEADING:
        heading = longest_piece([str(column.heading)])
    texts = [text for row in rows for text, _ in row.cells[at]]
    whole = longest_piece(texts) if column.wraps else max(map(cell_len, texts), default=0)
    least = max(whole + _lead(rows, at), heading)
    return max(least, min(natural, COMFORT), -(-natural // folds)) if column.wraps else least


def _lead(rows: Sequence[Row], at: int) -> int:
    """The cells that leads take in the first column."""
    return 0 if at else max((cell_len(row.lead) for row in rows), default=0)


def _spread(least: list[int], natural: list[int], room: int) -> list[int]:
    """Widths that fill the room, cell by cell to the column that is furthest from its natural."""
    widths = list(least)
    for _ in range(min(room, sum(natural)) - sum(least)):
        wants = [wish - have for wish, have in zip(natural, widths, strict=True)]
        widths[wants.index(max(wants))] += 1
    return widths
