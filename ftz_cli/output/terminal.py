"""What people see as lines of a terminal: Rich tables of fixed widths, with what stands below them.

A line is a list of Rich segments; it goes to a stream as text, with or without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from rich.box import Box
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.segment import Segments as Lined
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from ..language import visible
from .layout import GAP, NO_LIMIT, Layout, layout
from .line_breaks import DOT, cell_len, flowed, guides, wrapped
from .view import Card, Column, Line, Part, Row, Table, one_line

# One rule under the headings, and nothing else.
RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
MARGIN = 1
# A longer table is drawn piece by piece, each under its own headings: its first line comes at once.
CHUNK = 500

Segments = list[Segment]
CONSOLE = Console(width=NO_LIMIT, markup=False, emoji=False, highlight=False, _environ={})


def text_of_lines(lines: Iterable[Segments], colour: bool) -> Iterator[str]:
    """Each line as text, its end included; colours are those of every terminal."""
    system = ColorSystem.STANDARD if colour else None
    for line in lines:
        yield "".join(style.render(text, color_system=system) if style else text
                      for text, style, _ in line) + "\n"  # fmt: skip


def drawn(parts: Iterable[Part], width: int | None) -> Iterator[Segments]:
    """The lines of a view's parts, which fit into `width` cells; None is no limit."""
    room = NO_LIMIT if width is None else max(width - 2 * MARGIN, 20)
    shown = False
    for part in parts:
        lines = _table(part, room) if isinstance(part, Table) else _card(part, room)
        for at, line in enumerate(lines):
            if shown and not at:
                yield []
            shown = True
            yield _trimmed(line)


def _trimmed(line: Segments) -> Segments:
    """A line behind the margin, without the blanks that fill it up."""
    while line and not line[-1].text.strip(" "):
        line = line[:-1]
    if not line:
        return []
    *most, last = line
    return [Segment(" " * MARGIN), *most, Segment(last.text.rstrip(" "), last.style)]


def _styled(text: str, style: str = "") -> Segment:
    return Segment(text, Style.parse(style))


def _table(table: Table, room: int) -> Iterator[Segments]:
    if table.title:
        yield from ([_styled(line, "bold")] for line in wrapped(visible(table.title), room))
        yield []
    if not table.items:
        yield [_styled(table.empty, "dim")]
    for start in range(0, len(table.items), CHUNK):
        if start:
            yield []
        rows = list(table.rows(start, start + CHUNK))
        found = layout(table.columns, rows, room)
        yield from _rows(table, rows, found, room) if found else _cards(table, rows, room)


def _rows(table: Table, rows: Sequence[Row], found: Layout, room: int) -> Iterator[Segments]:
    """The rows of a layout, each with the columns without room below."""
    columns = [table.columns[at] for at in found.shown]
    # The box puts a blank between columns itself.
    grid = RichTable(box=RULE, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0),
                     header_style="dim", border_style="dim")  # fmt: skip
    height = 1
    for column, width in zip(columns, found.widths, strict=True):
        lines = wrapped(visible(column.heading), width)
        height = max(height, len(lines))
        heading = Text("\n".join(lines), justify="right" if column.right else "left")
        # What is shown fits; where Rich thinks otherwise, it must not cut.
        grid.add_column(heading, width=width, overflow="fold")
    heights = []
    for row in rows:
        cells = [
            [*_cell(column, row[at], width)]
            for column, at, width in zip(columns, found.shown, found.widths, strict=True)
        ]
        heights.append(max(1, *map(len, cells)))
        grid.add_row(*(Lined(chain(*cell)) for cell in cells))
    drawn_lines = iter(CONSOLE.render_lines(grid, pad=False))
    yield from islice(drawn_lines, height + 1)
    # Tall rows are set apart; the guides of a tree do that, and are not to be broken.
    apart = max(heights) > 1 and not any(guides(one_line(row[0])) for row in rows)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if apart and number:
            yield []
        yield from islice(drawn_lines, height)
        below = [_below(table.columns[at], row[at]) for at in found.below if row[at]]
        for text in flowed(below, room - GAP):
            yield [_styled(" " * GAP + text, "dim")]


def _cell(column: Column, lines: Sequence[Line], width: int) -> Iterator[Segments]:
    """The lines of a cell, broken so that Rich breaks nothing."""
    for line, style in lines:
        for piece in (line,) if column.firm else wrapped(line, width):
            lead = guides(piece) or " " * (column.right * (width - cell_len(piece)))
            text = piece.removeprefix(lead)
            yield [_styled(lead, "dim"), _styled(text, style), Segment.line()]


def _below(column: Column, lines: Sequence[Line]) -> str:
    """A cell under its row; what is set right is a number and says nothing without its heading."""
    return f"{visible(column.heading)} {one_line(lines)}" if column.right else one_line(lines)


def _cards(table: Table, rows: Sequence[Row], room: int) -> Iterator[Segments]:
    """Each row as a card: its first cell above, the others below, each with its heading."""
    for number, (first, *others) in enumerate(rows):
        if number:
            yield []
        pairs = [
            (" " * GAP + column.heading, one_line(lines))
            for column, lines in zip(table.columns[1:], others, strict=True)
            if not column.spare
        ]
        yield from _card(Card(one_line(first), pairs), room)


def _card(card: Card, room: int) -> Iterator[Segments]:
    if card.name:
        yield from ([_styled(name, "bold")] for name in wrapped(visible(card.name), room))
    pairs = [(visible(label), visible(value)) for label, value in card.pairs if value]
    indent = max((cell_len(label) + GAP for label, _ in pairs if label), default=0)
    if indent > room * 2 // 3:  # labels above their values
        indent = 2 * GAP
    for label, value in pairs:
        own = indent if label else 0
        if cell_len(label) > own:
            yield [_styled(label, "dim")]
            label = ""
        for text in flowed(value.split(DOT), room - own):
            yield [_styled(label + " " * (own - cell_len(label)), "dim"), _styled(text, card.style)]
            label = ""
