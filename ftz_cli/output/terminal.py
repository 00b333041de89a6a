"""Draws tables and cards as lines of Rich segments."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from rich.box import Box
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.segment import Segments as Lined
from rich.style import Style
from rich.table import Table as RichTable

from ..language import visible
from .layout import GAP, NO_LIMIT, layout
from .line_breaks import DOT, cell_len, flowed, guides, wrapped
from .view import Card, Column, Line, Part, Row, Table, one_line

# The only line of a table is the rule below its headings.
RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
MARGIN = 1
# A longer table is drawn in chunks with headings each, so that the first lines come at once.
CHUNK = 500

Segments = list[Segment]
# With a fixed size, Rich does not ask the terminal.
CONSOLE = Console(width=NO_LIMIT, height=CHUNK, markup=False, emoji=False, highlight=False)


def takes_colour() -> bool:
    """Whether standard output takes colours, by the terminal, NO_COLOR and FORCE_COLOR."""
    if os.environ.get("FORCE_COLOR") in ("0", "false"):  # Rich takes any value as a yes
        return False
    console = Console()
    return console.color_system is not None and not console.no_color


def text_of_lines(lines: Iterable[Segments], colour: bool) -> Iterator[str]:
    """Each line as text with its line end, in the sixteen colours of every terminal."""
    system = ColorSystem.STANDARD if colour else None
    for line in lines:
        texts = (s.style.render(s.text, color_system=system) if s.style else s.text for s in line)
        yield f"{' ' * MARGIN}{''.join(texts)}".rstrip(" ") + "\n"


def drawn(parts: Iterable[Part], width: int | None) -> Iterator[Segments]:
    """The lines of a view's parts, at most `width` cells wide; None is no limit."""
    room = NO_LIMIT if width is None else max(width - 2 * MARGIN, 20)
    shown = False
    for part in parts:
        lines = _table(part, room) if isinstance(part, Table) else _card(part, room)
        for at, line in enumerate(lines):
            if shown and not at:
                yield []
            shown = True
            yield line


def _styled(text: str, style: str) -> Segment:
    return Segment(text, Style.parse(style))


def _title(title: str, room: int) -> Iterator[Segments]:
    if title:
        yield from ([_styled(line, "bold")] for line in wrapped(visible(title), room))


def _table(table: Table, room: int) -> Iterator[Segments]:
    yield from _title(table.title, room)
    if table.title:
        yield []
    if not table.items:
        yield [_styled(table.empty, "dim")]
    for start in range(0, len(table.items), CHUNK):
        if start:
            yield []
        rows = list(table.rows(start, start + CHUNK))
        fitting = layout(table.columns, rows, room)
        yield from _rows(table, rows, *fitting, room) if fitting else _cards(table, rows, room)


def _rows(
    table: Table, rows: Sequence[Row], widths: dict[int, int], others: Sequence[int], room: int
) -> Iterator[Segments]:
    """The rows of a layout; cells without room in columns are on lines below their row."""
    # The box makes one blank between columns, wider columns the other: Rich's padding is slow.
    grid = RichTable(box=RULE, show_edge=False, padding=0, header_style="", border_style="dim")
    headings = [[(visible(column.heading), "dim")] for column in table.columns]
    cells, top = _cells(table, headings, widths)
    *wider, last = widths.values()
    for cell, width in zip(cells, (*(width + GAP - 1 for width in wider), last), strict=True):
        grid.add_column(cell, width=width)
    heights = []
    for row in rows:
        cells, height = _cells(table, row, widths)
        grid.add_row(*cells)
        heights.append(height)
    lines = iter(CONSOLE.render_lines(grid, pad=False))
    yield from islice(lines, top + 1)
    # Tall rows need a blank line between them, but no blank line may break the lines of a tree.
    spaced = max(heights) > 1 and not any(guides(one_line(row[0])) for row in rows)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if spaced and number:
            yield []
        yield from islice(lines, height)
        below = [_below(table.columns[at], row[at]) for at in others if row[at]]
        for text in flowed(below, room - GAP):
            yield [_styled(" " * GAP + text, "dim")]


def _cells(table: Table, row: Row, widths: dict[int, int]) -> tuple[list[Lined], int]:
    """The cells of a row as Rich renderables, and the number of their lines."""
    cells = [[*_cell(table.columns[at], row[at], width)] for at, width in widths.items()]
    return [Lined(chain(*cell)) for cell in cells], max(1, *map(len, cells))


def _cell(column: Column, lines: Sequence[Line], width: int) -> Iterator[Segments]:
    """The lines of a cell, so short that Rich does not break them."""
    for line, style in lines:
        for piece in wrapped(line, width):
            lead = guides(piece) or " " * (column.right * (width - cell_len(piece)))
            text = piece.removeprefix(lead)
            yield [_styled(lead, "dim"), _styled(text, style), Segment.line()]


def _below(column: Column, lines: Sequence[Line]) -> str:
    """A cell below its row; a number needs its heading there."""
    return f"{visible(column.heading)} {one_line(lines)}" if column.right else one_line(lines)


def _cards(table: Table, rows: Sequence[Row], room: int) -> Iterator[Segments]:
    """Each row as a card: the first cell is the title, the others have their headings as labels."""
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
    yield from _title(card.title, room)
    texts = card.texts()
    indent = max((cell_len(label) + GAP for label, _ in texts if label), default=0)
    for label, text in texts:
        margin = indent if label else 0
        for line in flowed(text.split(DOT), room - margin):
            yield [_styled(label + " " * (margin - cell_len(label)), "dim"), Segment(line)]
            label = ""
