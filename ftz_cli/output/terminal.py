"""A drawing as lines of a terminal: Rich tables of fixed widths, in chunks, with what stands below.

A line is a list of Rich segments; it goes to a stream as text, with or without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from rich.box import Box
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.segment import Segments as Lined
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from ..language import visible
from .layout import GAP, Layout, Row, fits, layout, rows_of
from .line_breaks import cell_len, flowed, wrapped
from .view import ABSENT, Column, Drawing, Head, Lines, Table

# One rule under the headings, and nothing else.
RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
MARGIN = 1
# Rows that are laid out together: few at first, so that the first line comes at once.
CHUNKS = (200, 1000)
NO_LIMIT = 100_000

Segments = list[Segment]
CONSOLE = Console(width=NO_LIMIT, markup=False, emoji=False, highlight=False, _environ={})


def text_of_lines(lines: Iterable[Segments], colour: bool) -> Iterator[str]:
    """Each line as text, its end included; colours are those of every terminal."""
    system = ColorSystem.STANDARD if colour else None
    for line in lines:
        yield "".join(style.render(text, color_system=system) if style else text
                      for text, style, _ in line) + "\n"  # fmt: skip


def drawn(drawing: Drawing, width: int | None) -> Iterator[Segments]:
    """The lines of a drawing that fits into `width` cells; None is no limit."""
    room = NO_LIMIT if width is None else max(width - 2 * MARGIN, 20)
    shown = False
    for part in drawing.parts:
        if isinstance(part, Table):
            lines = _table(part, room)
        else:
            lines = _head(part, room) if isinstance(part, Head) else _lines(part, room)
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


# ---- tables --------------------------------------------------------------------------------------


def _table(table: Table, room: int) -> Iterator[Segments]:
    if table.title:
        yield from _titled(visible(table.title), room)
        if not table.bare:
            yield []
    if not table.items:
        yield [_styled(table.empty, "dim")]
        return
    found: Layout | None = None
    group = ""
    for start, end in pairwise(
        (0, *range(CHUNKS[0], len(table.items), CHUNKS[1]), len(table.items))
    ):
        rows = rows_of(table, table.items[start:end])
        for at, row in enumerate(rows):  # a group that goes on is named once
            rows[at] = row._replace(group="" if row.group == group else row.group)
            group = row.group
        if start and not (found and fits(found, table.columns, rows)):
            yield []
        if not start or (found and not fits(found, table.columns, rows)):
            found = layout(table.columns, rows, room)
            if found and not table.bare:
                yield from CONSOLE.render_lines(_grid(table, found, heading=True), pad=False)
        if found is None:
            yield from _cards(table, rows, room)
        else:
            yield from _rows(table, rows, found, room, first=not start)


def _titled(text: str, room: int) -> Iterator[Segments]:
    for number, line in enumerate(flowed(text.split(" · "), room - GAP)):
        yield [_styled(" " * GAP * bool(number) + line, "bold")]


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
        yield from _titled(row.group, room) if row.group else ()
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
    aligned = label <= room // 2
    indent = GAP + (label if aligned else 0) + GAP
    for number, row in enumerate(rows):
        if number:
            yield []
        yield from _titled(row.group, room) if row.group else ()
        for text, style in row.cells[0]:
            yield from ([_styled(line, style)] for line in wrapped(text, room))
        for at, column in columns:
            lines = [line for line in row.cells[at] if line[0] != ABSENT]
            heading = " " * GAP + visible(str(column.heading))
            if lines and not aligned:
                yield [_styled(heading, "dim")]
            style = lines[0][1] if len(lines) == 1 else ""
            for below, text in enumerate(flowed([text for text, _ in lines], room - indent)):
                before = heading if aligned and not below else ""
                yield [
                    _styled(before + " " * (indent - cell_len(before)), "dim"),
                    _styled(text, style),
                ]


# ---- cards and lines -----------------------------------------------------------------------------


def _head(head: Head, room: int) -> Iterator[Segments]:
    first, *rest = wrapped(visible(head.name), room)
    other = " " * GAP + visible(head.other)
    fits_in = not rest and cell_len(first + other) <= room
    yield [_styled(first, "bold"), _styled(other if fits_in else "", "dim")]
    yield from ([_styled(line, "bold")] for line in rest)
    indent = max((cell_len(label) for label, _ in head.pairs), default=0) + GAP
    for label, value in head.pairs:
        own = indent if label else 0
        for number, text in enumerate(flowed(visible(value or "").split(" · "), room - own)):
            before = "" if number else label
            if value:
                yield [_styled(before + " " * (own - cell_len(before)), "dim"), _styled(text)]


def _lines(part: Lines, room: int) -> Iterator[Segments]:
    for line in part.lines:
        text = Text.assemble(*((visible(piece), style) for piece, style in line))
        start = 0
        for number, broken in enumerate(wrapped(text.plain, room, part.indent)):
            start = text.plain.index(broken, start)
            before = [_styled(" " * part.indent)] if number else []
            yield before + list(text[start : start + len(broken)].render(CONSOLE))
            start += len(broken)
