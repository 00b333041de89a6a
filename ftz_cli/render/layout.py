"""Fitting a table to a width: which columns stay, how wide, and what goes to a second line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from .lines import DOT, flowed, longest_piece, wrapped
from .view import ANCHOR, Cell, Column, Table

GAP = 2
# Below this a column of names is a column of fragments.
_COMFORT = 14
_DETAIL_INDENT = 2
_SHORT_HEADING = 10
# Rows that are tried before a layout is chosen, and how near to the lowest it has to come.
_SAMPLE = 100
_NEARLY_LOWEST = 1.25
# By how much second lines may make a table higher in order to hold names in the other language.
_WORTH_NAMES = 1.1
# How often a name may be folded: once, and where nothing fits then, twice.
_FOLDS = (2, 3)


@dataclass(slots=True)
class Plan:
    """The columns of a table that are drawn, each with its width, and those given up.

    What was given up stands under its row, on lines of its own that have all the room there is.
    """

    columns: list[Column]
    widths: list[int]
    details: list[Column] = field(default_factory=list)
    room: int | None = None

    @property
    def width(self) -> int:
        """Cells that a row takes."""
        return sum(self.widths) + GAP * max(0, len(self.widths) - 1)

    def below(self, row: int) -> list[str]:
        """The lines under a row, without their indent."""
        items = detail_items(self.details, row)
        if not items or self.room is None:
            return [DOT.join(items)] if items else []
        return flowed(items, self.room - cell_len(self.lead_below(row)))

    def lead_below(self, row: int) -> str:
        """What stands before each line under a row: a tree's guides go on there."""
        return lead_below(self.columns[0], row) + " " * _DETAIL_INDENT


def plan(table: Table, width: int | None) -> Plan | None:
    """How `table` fits into `width` cells, None of which is no limit; None where only cards do.

    Columns are given up until what is left fits. Of all the ways that fit, one of the lowest is
    taken, and of those the one that keeps most columns.
    """
    for folds in _FOLDS:
        found = _best(table, width, folds)
        if found:
            return _with_names(found, table, width)
    return None


def _with_names(fitted: Plan, table: Table, width: int | None) -> Plan:
    """The plan with names in the other language on the second lines, as far as those have room."""
    if not fitted.details or width is None:
        return fitted
    rows = min(table.row_count, _SAMPLE)
    most = _height(fitted, rows) * _WORTH_NAMES
    # By place: columns that look alike are still two.
    kept = {id(column) for column in fitted.columns}
    given = {id(column) for column in fitted.details}
    for name in table.columns:
        if not name.beside or id(name) in kept:
            continue
        below = [column for column in table.columns if id(column) in given or column is name]
        named = Plan(fitted.columns, fitted.widths, below, fitted.room)
        if _detail_least(fitted.columns[0], below) <= width and _height(named, rows) <= most:
            fitted = named
            given.add(id(name))
    return fitted


def _best(table: Table, width: int | None, folds: int) -> Plan | None:
    fitting: list[tuple[int, Plan]] = []
    rows = min(table.row_count, _SAMPLE)
    for columns, details in _given_up(table):
        found = _fit(columns, details, width, folds)
        if found is None:
            continue
        height = _height(found, rows)
        if height <= rows:
            return found
        fitting.append((height, found))
    if not fitting:
        return None
    lowest = min(height for height, _ in fitting)
    return next(found for height, found in fitting if height <= lowest * _NEARLY_LOWEST)


def _given_up(table: Table) -> Iterator[tuple[list[Column], list[Column]]]:
    """The columns kept and those given up, fewer and fewer kept, those worth least going first."""
    columns, details = list(table.columns), [False] * len(table.columns)
    kept = [True] * len(columns)
    while True:
        # By place: columns that look alike are still two.
        yield (
            [column for column, keep in zip(columns, kept, strict=True) if keep],
            [column for column, gone in zip(columns, details, strict=True) if gone],
        )
        left = [at for at, keep in enumerate(kept) if keep]
        going = [at for at in left if columns[at].beside] or [
            at for at in left if columns[at].worth < ANCHOR
        ]
        if not going or (len(left) <= 2 and not columns[going[0]].beside):
            return
        at = min(going, key=lambda at: columns[at].worth)
        kept[at] = False
        details[at] = not columns[at].beside


def _fit(
    columns: list[Column], details: list[Column], width: int | None, folds: int
) -> Plan | None:
    natural = [_natural(column) for column in columns]
    room = None if width is None else width - GAP * (len(columns) - 1)
    if width is not None and _detail_least(columns[0], details) > width:
        return None
    if room is None or sum(natural) <= room:
        return Plan(columns, natural, details, width)
    if any(column.beside for column in columns):
        # A name in the other language is not worth a line break.
        return None
    widths = _squeezed([_least(column, folds) for column in columns], natural, room)
    return Plan(columns, widths, details, width) if widths else None


def _height(fitted: Plan, rows: int) -> int:
    """Lines that the first rows take."""
    total = 0
    for row in range(rows):
        tallest = 0
        for column, width in zip(fitted.columns, fitted.widths, strict=True):
            lead = cell_len(column.leads[row]) if column.leads else 0
            lines = list(lines_of(column.cells[row]))
            count = len(lines)
            if column.wraps:
                count = sum(len(wrapped(line, width - lead, 0, column.apart)) for line in lines)
            tallest = max(tallest, count)
        total += tallest + len(fitted.below(row))
    return total


def lead_below(column: Column, row: int) -> str:
    """The guides that go on under the first line of a tree's row."""
    lead = column.leads[row] if column.leads else ""
    return lead.replace("├─ ", "│  ").replace("└─ ", "   ")


def detail_items(details: Sequence[Column], row: int) -> list[str]:
    """What a row's second line holds: the cells given up, labelled where they need it.

    A name in the other language stands directly behind the one that it is beside.
    """
    items: list[str] = []
    behind = False
    for column in details:
        text = one_line(column.cells[row])
        if text and column.beside and behind:
            items[-1] += f" {text}"
        elif text:
            given = column.labelled
            labelled = given if isinstance(given, bool) else given[row]
            items.append(f"{column.heading} {text}" if labelled and column.heading else text)
        behind = bool(text) and not column.beside
    return items


def one_line(cell: Cell) -> str:
    """A cell of several lines as one."""
    return cell if isinstance(cell, str) else DOT.join(text for text, _ in cell if text)


def lines_of(cell: Cell) -> Iterable[str]:
    """The lines of a cell."""
    return (cell,) if isinstance(cell, str) else (text for text, _ in cell)


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


def _least(column: Column, folds: int) -> int:
    """The width under which a column would break what must stay whole, or read badly."""
    natural = _natural(column)
    cells = [line for cell in column.cells for line in lines_of(cell)]
    leads = max(map(cell_len, column.leads), default=0) if column.leads else 0
    if not column.wraps:
        return max(max(map(cell_len, cells), default=0) + leads, _heading(column))
    whole = max(longest_piece(cells, column.apart) + leads, _heading(column))
    return min(natural, max(whole, _COMFORT, -(-natural // folds)))


def _detail_least(first: Column, details: Sequence[Column]) -> int:
    """Cells needed for what stands under a row; 0 for nothing."""
    if not details:
        return 0
    rows = range(len(details[0].cells))
    firm = [column for column in details if not column.wraps]
    soft = [column for column in details if column.wraps]
    whole = max((cell_len(t) for row in rows for t in detail_items(firm, row)), default=0)
    loose = longest_piece(t for row in rows for t in detail_items(soft, row))
    leads = max(map(cell_len, first.leads), default=0) if first.leads else 0
    return max(whole, loose) + _DETAIL_INDENT + leads


def _squeezed(least: list[int], natural: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit into `room` once names are broken into lines; None where none do."""
    spare = room - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    wants = [max(0, wish - have) for wish, have in zip(natural, widths, strict=True)]
    while spare > 0 and any(wants):
        # Cell by cell to whichever is furthest from its natural width: no column starves.
        at = max(range(len(wants)), key=wants.__getitem__)
        widths[at] += 1
        wants[at] -= 1
        spare -= 1
    return widths
