"""Draws tables and cards as lines of texts in the styles of Rich."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style

from .layout import GAP, NO_LIMIT, layout
from .line_breaks import DOT, cell_len, flowed, guides, wrapped
from .view import Card, Column, Line, Part, Row, Table, one_line

MARGIN = 1
# A longer table is drawn in chunks with headings each, so that the first lines come at once.
CHUNK = 500
# A line on the terminal.
Drawn = Sequence[Line]


def takes_colour() -> bool:
    """Whether standard output takes colours, by the terminal, NO_COLOR and FORCE_COLOR."""
    if os.environ.get("FORCE_COLOR") in ("0", "false"):  # Rich takes any value as a yes
        return False
    console = Console()
    return console.color_system is not None and not console.no_color


def text_of_lines(lines: Iterable[Drawn], colour: bool) -> Iterator[str]:
    """Each line as text with its line end, in the sixteen colours of every terminal."""
    system = ColorSystem.STANDARD if colour else None
    for line in lines:
        texts = (Style.parse(style).render(text, color_system=system) for text, style in line)
        yield f"{' ' * MARGIN}{''.join(texts)}".rstrip(" ") + "\n"


def drawn(parts: Iterable[Part], width: int | None) -> Iterator[Drawn]:
    """The lines of a view's parts, at most `width` cells wide; None is no limit."""
    room = NO_LIMIT if width is None else max(width - 2 * MARGIN, 20)
    for number, part in enumerate(parts):
        if number:
            yield []
        yield from _table(part, room) if isinstance(part, Table) else _card(part, room)


def _title(title: str, room: int) -> Iterator[Drawn]:
    if title:
        yield from ([(line, "bold")] for line in wrapped(title, room))


def _table(table: Table, room: int) -> Iterator[Drawn]:
    yield from _title(table.title, room)
    if table.title:
        yield []
    if not table.items:
        yield [(table.empty, "dim")]
    for start in range(0, len(table.items), CHUNK):
        if start:
            yield []
        rows = list(table.rows(start, start + CHUNK))
        fitting = layout(table.columns, rows, room)
        yield from _rows(table, rows, *fitting, room) if fitting else _cards(table, rows, room)


def _rows(
    table: Table, rows: Sequence[Row], widths: dict[int, int], others: Sequence[int], room: int
) -> Iterator[Drawn]:
    """The rows of a layout; cells without room in columns are on lines below their row."""
    headings = [[(column.heading, "dim")] for column in table.columns]
    yield from _side_by_side(table, headings, widths, bottom=True)
    yield [("─" * (sum(widths.values()) + GAP * (len(widths) - 1)), "dim")]
    blocks = [[*_side_by_side(table, row, widths)] for row in rows]
    # Tall rows need a blank line between them, but no blank line may break the lines of a tree.
    tall, tree = max(map(len, blocks)) > 1, any(guides(one_line(row[0])) for row in rows)
    for number, (row, block) in enumerate(zip(rows, blocks, strict=True)):
        if number and tall and not tree:
            yield []
        yield from block
        below = [_below(table.columns[at], row[at]) for at in others if row[at]]
        for text in flowed(below, room - GAP):
            yield [(" " * GAP + text, "dim")]


def _side_by_side(
    table: Table, row: Row, widths: dict[int, int], bottom: bool = False
) -> Iterator[Drawn]:
    cells = [[*_cell(table.columns[at], row[at], width)] for at, width in widths.items()]
    if bottom:
        height = max(map(len, cells))
        cells = [[()] * (height - len(cell)) + cell for cell in cells]
    for parts in zip_longest(*cells, fillvalue=()):
        line: list[Line] = []
        for part, width in zip(parts, widths.values(), strict=True):
            rest = width - sum(cell_len(text) for text, _ in part)
            line += [*part, (" " * (rest + GAP), "")]
        yield line


def _cell(column: Column, lines: Sequence[Line], width: int) -> Iterator[Drawn]:
    for line, style in lines:
        for piece in wrapped(line, width):
            lead = guides(piece) or " " * (column.right * (width - cell_len(piece)))
            yield [(lead, "dim"), (piece.removeprefix(lead), style)]


def _below(column: Column, lines: Sequence[Line]) -> str:
    # A number needs its heading there.
    return f"{column.heading} {one_line(lines)}" if column.right else one_line(lines)


def _cards(table: Table, rows: Sequence[Row], room: int) -> Iterator[Drawn]:
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


def _card(card: Card, room: int) -> Iterator[Drawn]:
    yield from _title(card.title, room)
    texts = card.texts()
    indent = max((cell_len(label) + GAP for label, _ in texts if label), default=0)
    for label, text in texts:
        margin = indent if label else 0
        for line in flowed(text.split(DOT), room - margin):
            yield [(label + " " * (margin - cell_len(label)), "dim"), (line, "")]
            label = ""
