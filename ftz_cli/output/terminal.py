"""A drawing as lines of a terminal: Rich tables of fixed widths, in chunks, with what stands below.

A line is a list of Rich segments; it goes to a stream as text, with or without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from rich.box import Box
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.segment import Segments as Lined
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from ..language import visible
from .formats import plain_text
from .layout import GAP, Layout, Row, fits, layout, rows_of
from .line_breaks import cell_len, flowed, wrapped
from .view import ABSENT, Column, Drawing, Head, Line, Lines, Table

# One rule under the headings, and nothing else.
RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
MARGIN = 1
# Rows that are laid out together: few at first, so that the first line comes at once.
CHUNKS = (200, 1000)
NO_LIMIT = 100_000

Segments = list[Segment]
CONSOLE = Console(
    width=NO_LIMIT, markup=False, emoji=False, highlight=False, legacy_windows=False, _environ={}
)
STYLES: dict[str, Style] = {"": Style.null()}


def text_of_lines(lines: Iterable[Segments], colour: bool) -> Iterator[str]:
    """Each line as text, its end included; colours are those of every terminal."""
    for line in lines:
        if colour:
            yield (
                "".join(
                    style.render(text, color_system=ColorSystem.STANDARD) if style else text
                    for text, style, _ in line
                )
                + "\n"
            )
        else:
            yield "".join(segment.text for segment in line) + "\n"


def drawn(drawing: Drawing, width: int | None) -> Iterator[Segments]:
    """The lines of a drawing that fits into `width` cells; None is no limit."""
    room = None if width is None else max(width - 2 * MARGIN, 20)
    shown = False
    for part in drawing.parts:
        if isinstance(part, Table):
            lines = _table(part, room)
        elif isinstance(part, Head):
            lines = _head(part, room)
        else:
            lines = _lines(part, room)
        for at, line in enumerate(lines):
            if shown and not at:
                yield []
            shown = True
            yield _trimmed(line)


def _trimmed(line: Segments) -> Segments:
    """A line behind the margin, without the blanks that fill it up."""
    used = len(line)
    while used and not line[used - 1].text.strip(" "):
        used -= 1
    if not used:
        return []
    last = line[used - 1]
    return [Segment(" " * MARGIN), *line[: used - 1], Segment(last.text.rstrip(" "), last.style)]


def _styled(text: str, style: str = "") -> Segment:
    if style not in STYLES:
        STYLES[style] = Style.parse(style)
    return Segment(text, STYLES[style])


# ---- tables --------------------------------------------------------------------------------------


def _table(table: Table, room: int | None) -> Iterator[Segments]:
    if table.title:
        for number, line in enumerate(flowed(visible(table.title).split(" · "), room or NO_LIMIT)):
            yield [_styled(" " * GAP * bool(number) + line, "bold")]
        if not table.bare:
            yield []
    if not table.items:
        yield [_styled(table.empty, "dim")]
        return
    found: Layout | None = None
    group = ""
    start, size = 0, CHUNKS[0]
    while start < len(table.items):
        rows = rows_of(table, table.items[start : start + size])
        for at, row in enumerate(rows):  # a group that goes on is named once
            if row.group == group:
                rows[at] = row._replace(group="")
            group = row.group
        if start and found is None:
            yield []
        elif found is None or not fits(found, table.columns, rows):
            if start:
                yield []
            found = layout(table.columns, rows, room)
            yield from _headings(table, found) if found and not table.bare else ()
        if found is None:
            yield from _cards(table, rows, room or NO_LIMIT)
        else:
            yield from _rows(table, rows, found, room or NO_LIMIT, first=not start)
        start, size = start + size, CHUNKS[1]


def _grid(table: Table, found: Layout, heading: bool) -> RichTable:
    grid = RichTable(
        box=RULE if heading else None, show_header=heading, show_edge=False, pad_edge=False,
        # The box puts a blank between columns itself.
        padding=(0, GAP - heading, 0, 0), header_style="dim", border_style="dim",
    )  # fmt: skip
    for at, width in zip(found.shown, found.widths, strict=True):
        column = table.columns[at]
        broken = "\n".join(wrapped(visible(str(column.heading)), width))
        grid.add_column(
            Text(broken) if heading else "",
            justify="right" if column.right else "left",
            width=width,
            overflow="fold",  # never needed, as the cells fit; else Rich would cut
        )
    return grid


def _headings(table: Table, found: Layout) -> Iterator[Segments]:
    yield from CONSOLE.render_lines(_grid(table, found, heading=True), pad=False)


def _rows(
    table: Table, rows: Sequence[Row], found: Layout, room: int, first: bool
) -> Iterator[Segments]:
    """The rows of a layout, each with its group above and the columns without room below."""
    grid = _grid(table, found, heading=False)
    heights = []
    for row in rows:
        cells = [
            list(_cell(table.columns[at], row, at, width))
            for at, width in zip(found.shown, found.widths, strict=True)
        ]
        heights.append(max(1, *(len(cell) for cell in cells)))
        grid.add_row(*(Lined(chain(*cell)) for cell in cells))
    # Tall rows are set apart; the guides of a tree do that, and are not to be broken.
    apart = table.lead is None and (max(heights) > 1 or bool(found.below))
    lines = iter(CONSOLE.render_lines(grid, pad=False))
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if (apart or row.group) and not (first and not number):
            yield []
        if row.group:
            yield [_styled(row.group, "bold")]
        for _ in range(height):
            yield next(lines)
        lead = _lead_below(row.lead) + " " * GAP
        for line in flowed(_below(table, row, found.below), room - cell_len(lead)):
            yield [_styled(lead + line, "dim")]


def _cell(column: Column, row: Row, at: int, width: int) -> Iterator[Segments]:
    """The lines of a cell, broken so that Rich breaks nothing."""
    lead = row.lead if at == 0 else ""
    for line, style in row.cells[at]:
        for piece in wrapped(line, width - cell_len(lead)) if column.wraps else (line,):
            room = width - cell_len(piece) if column.right else 0
            yield [_styled(lead + " " * room, "dim"), _styled(piece, style), Segment.line()]
            lead = _lead_below(lead)


def _lead_below(lead: str) -> str:
    """The guides that go on under a row of a tree."""
    return lead.replace("├─ ", "│  ").replace("└─ ", "   ")


def _below(table: Table, row: Row, places: Sequence[int]) -> list[str]:
    """What stands under a row: the cells of columns without room, labelled where they need it."""
    items = []
    for at in places:
        text = " · ".join(text.rstrip() for text, _ in row.cells[at])
        column = table.columns[at]
        if text:
            items.append(f"{column.heading} {text}" if column.labelled else text)
    return items


def _cards(table: Table, rows: Sequence[Row], room: int) -> Iterator[Segments]:
    """Each row as a card: its first cell above, the others below, each with its heading."""
    columns = [(at, c) for at, c in enumerate(table.columns) if at and not c.spare]
    label = max((cell_len(str(column.heading)) for _, column in columns), default=0)
    indent = label + 2 * GAP if label <= room // 2 else 2 * GAP
    for number, row in enumerate(rows):
        if number:
            yield []
        if row.group:
            yield [_styled(row.group, "bold")]
        for text, style in row.cells[0]:
            yield from ([_styled(line, style)] for line in wrapped(text, room))
        for at, column in columns:
            lines = _flowed_cell(row.cells[at], room - indent)
            heading = " " * GAP + visible(str(column.heading))
            if not lines or row.cells[at][0][0] == ABSENT:
                continue
            if indent > label:
                lines[0].insert(0, _styled(heading + " " * (indent - cell_len(heading)), "dim"))
            else:
                yield [_styled(heading, "dim")]
                lines[0].insert(0, _styled(" " * indent))
            yield lines[0]
            yield from ([_styled(" " * indent), *line] for line in lines[1:])


def _flowed_cell(lines: Sequence[Line], room: int) -> list[Segments]:
    """The lines of a cell one behind the other, each in its style."""
    found: list[Segments] = []
    for text in flowed([text for text, _ in lines], room):
        found.append([_styled(text)])
    if len(lines) == 1:
        return [[_styled(segment.text, lines[0][1])] for (segment,) in found]
    return found


# ---- cards and lines -----------------------------------------------------------------------------


def _head(head: Head, room: int | None) -> Iterator[Segments]:
    name, other = visible(head.name), visible(head.other)
    room = room or NO_LIMIT
    first, *rest = wrapped(name, room)
    line = [_styled(first, "bold")]
    if not rest and cell_len(name) + GAP + cell_len(other) <= room:
        line.append(_styled(" " * GAP + other, "dim"))
    yield line
    yield from ([_styled(line, "bold")] for line in rest)
    indent = max((cell_len(label) for label, _ in head.pairs), default=0) + GAP
    for label, value in head.pairs:
        if not value:
            continue
        own = indent if label else 0
        for number, text in enumerate(flowed(visible(value).split(" · "), room - own)):
            before = "" if number else label
            yield [_styled(before + " " * (own - cell_len(before)), "dim"), _styled(text)]


def _lines(part: Lines, room: int | None) -> Iterator[Segments]:
    for line in part.lines:
        pieces = [(visible(text), style) for text, style in line]
        text = plain_text(pieces)
        start = 0
        for number, broken in enumerate(wrapped(text, room or NO_LIMIT, part.indent)):
            start = text.index(broken, start)
            before = [_styled(" " * part.indent)] if number else []
            yield before + _between(pieces, start, start + len(broken))
            start += len(broken)


def _between(pieces: Sequence[Line], start: int, end: int) -> Segments:
    """The pieces of a line from one place to another, each in its style."""
    ends = list(accumulate(len(text) for text, _ in pieces))
    begins = [0, *ends]
    return [
        _styled(text[max(start - begin, 0) : end - begin], style)
        for (text, style), begin, stop in zip(pieces, begins, ends, strict=False)
        if begin < end and start < stop
    ]
