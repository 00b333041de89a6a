"""A drawing on a Rich console: tables that fit the width, cards where they can't."""

from __future__ import annotations

from io import StringIO

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from .layout import GAP, Plan, carrier, detail_items, flowed, plan, wrapped
from .text import visible
from .view import Cell, Column, Drawing, Head, Line, Lines, Table

# One rule under the headings, and nothing else.
_RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_MARGIN = 1
_NO_LIMIT = 100_000


def console(width: int | None, colour: str | None, record: bool = False) -> Console:
    """A console that takes text as it is, and writes into memory."""
    return Console(
        file=StringIO(),
        width=width or _NO_LIMIT,
        height=25,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=colour,  # type: ignore[arg-type]
        force_terminal=colour is not None,
        no_color=False,
        legacy_windows=False,
        safe_box=False,
        record=record,
        _environ={},
    )


def drawn(drawing: Drawing, width: int | None, colour: str | None) -> str:
    """The drawing as text; `width` None is no limit, `colour` a Rich colour system or None."""
    page = console(None, colour)
    page.print(renderable(drawing, width), soft_wrap=False)
    file = page.file
    assert isinstance(file, StringIO)
    text = file.getvalue()
    if colour is None:
        text = "".join(line.rstrip() + "\n" for line in text.splitlines())
    return text


def renderable(drawing: Drawing, width: int | None) -> RenderableType:
    """What Rich draws, laid out for `width`."""
    room = None if width is None else max(width - 2 * _MARGIN, 20)
    parts: list[RenderableType] = []
    for part in drawing.parts:
        if parts:
            parts.append(Text(""))
        if isinstance(part, Table):
            parts.append(_table(_shown(part), room))
        elif isinstance(part, Head):
            parts.append(_head(part, room))
        else:
            parts.append(_lines(part, room))
    return Padding(Group(*parts), (0, _MARGIN), expand=False)


def _table(table: Table, room: int | None) -> RenderableType:
    if not table.row_count:
        empty = Text(table.empty, "dim")
        return Group(Text(table.title, "bold"), empty) if table.title else empty
    fitted = plan(table, room)
    body = _grid(fitted, table) if fitted else _cards(table, room or 0)
    if not table.title:
        return body
    between = [] if table.bare else [Text("")]
    title = "\n".join(wrapped(visible(table.title), room) if room else [visible(table.title)])
    return Group(Text(title, "bold"), *between, body)


def _grid(fitted: Plan, table: Table) -> RichTable:
    # The box puts a space between columns itself.
    gap = GAP if table.bare else GAP - 1
    grid = RichTable(
        box=None if table.bare else _RULE, show_header=not table.bare, show_edge=False,
        pad_edge=False, padding=(0, gap, 0, 0), header_style="dim", border_style="dim",
    )  # fmt: skip
    rows = table.row_count
    for column, width in zip(fitted.columns, fitted.widths, strict=True):
        heading = Text("\n".join(wrapped(column.heading, width)))
        grid.add_column(
            heading,
            justify="right" if column.right else "left",
            width=width,
            # Never needed, as the cells fit; if it were, Rich would otherwise cut.
            overflow="fold",
            vertical="top",
        )
    cells = [[_cell_text(c, row, w) for row in range(rows)]
             for c, w in zip(fitted.columns, fitted.widths, strict=True)]  # fmt: skip
    tall = any("\n" in column[row].plain for column in cells for row in range(rows))
    carries = carrier(fitted.columns)
    for row in range(rows):
        items = detail_items(fitted.details, row)
        if items:
            lead = _lead_below(fitted.columns[carries], row) + "  "
            lines = flowed(items, fitted.widths[carries] - cell_len(lead))
            cells[carries][row].append("".join(f"\n{lead}{line}" for line in lines), "dim")
            tall = tall or len(lines) > 1
    # A tree's guides are not to be broken by empty lines, and rows that each have one quiet line
    # below are told apart without.
    grid.leading = 1 if tall and not any(column.leads for column in fitted.columns) else 0
    for row in range(rows):
        grid.add_row(*(column[row] for column in cells))
    return grid


def _cell_text(column: Column, row: int, width: int) -> Text:
    """A cell with its line breaks put in, so that Rich breaks nothing."""
    cell = column.cells[row]
    lead = column.leads[row] if column.leads else ""
    below = _lead_below(column, row)
    text = Text()
    lines = [(cell, column.style)] if isinstance(cell, str) else cell
    first = True
    for line, style in lines:
        broken = wrapped(line, width - cell_len(lead)) if column.wraps else [line]
        for piece in broken:
            if not first:
                text.append("\n")
            text.append(lead if first else below, "dim")
            text.append(piece, style)
            first = False
    return text


def _lead_below(column: Column, row: int) -> str:
    """The guides that go on under a row of a tree."""
    lead = column.leads[row] if column.leads else ""
    return lead.replace("├─ ", "│  ").replace("└─ ", "   ")


def _cards(table: Table, room: int) -> RenderableType:
    """Every row as a card: its first cell above, the others below, each with its heading."""
    anchor, *rest = [column for column in table.columns if not column.beside]
    labels = max((cell_len(c.heading) for c in rest), default=0)
    labels = labels if labels <= room // 3 else 0
    cards: list[RenderableType] = []
    for row in range(table.row_count):
        card = Text()
        cell = anchor.cells[row]
        for line, style in [(cell, anchor.style or "bold")] if isinstance(cell, str) else cell:
            for piece in wrapped(line, room):
                card.append(piece, style)
                card.append("\n")
        for column in rest:
            _card_lines(card, column, column.cells[row], labels, room)
        card.right_crop(1)
        cards.append(card)
        if row + 1 < table.row_count:
            cards.append(Text(""))
    return Group(*cards)


def _card_lines(card: Text, column: Column, cell: Cell, labels: int, room: int) -> None:
    lines = [(cell, column.style)] if isinstance(cell, str) else list(cell)
    if not any(text for text, _ in lines):
        return
    if labels:
        card.append(_padded(f"  {column.heading}", labels + 2 + GAP), "dim")
        indent = labels + 2 + GAP
    else:
        card.append("\n".join(f"  {line}" for line in wrapped(column.heading, room - 2)), "dim")
        card.append("\n    ")
        indent = 4
    first = True
    for text, style in lines:
        for piece in wrapped(text, room - indent):
            card.append("" if first else " " * indent)
            card.append(piece, style)
            card.append("\n")
            first = False


def _head(head: Head, room: int | None) -> RenderableType:
    name, other = visible(head.name), visible(head.other)
    # The style is the name's alone: a Text's own style would be that of all lines.
    text = Text()
    text.append(name, "bold")
    if other and (room is None or cell_len(name) + cell_len(other) + GAP <= room):
        text.append("  " + other, "dim")
    labels = max((cell_len(label) for label, _ in head.pairs), default=0)
    for label, value in head.pairs:
        shown = visible(value)
        indent = labels + GAP if label else 0
        text.append("\n")
        text.append(_padded(label, indent), "dim")
        broken = wrapped(shown, room - indent) if room else [shown]
        text.append(("\n" + " " * indent).join(broken))
    return text


def _lines(part: Lines, room: int | None) -> RenderableType:
    """Lines piece by piece; a wrapped one keeps the style of each of its pieces."""
    page = Text()
    for at, line in enumerate(part.lines):
        if at:
            page.append("\n")
        text = Text()
        for piece, style in line:
            text.append(visible(piece), style)
        if part.wraps and room:
            start = 0
            for number, broken in enumerate(wrapped(text.plain, room - part.indent)):
                start = text.plain.index(broken, start)
                page.append(("\n" + " " * part.indent) if number else "")
                page.append_text(text[start : start + len(broken)])
                start += len(broken)
        else:
            page.append_text(text)
    return page


def _shown(table: Table) -> Table:
    """The table with every hostile character made visible, before anything is measured."""
    columns = []
    for column in table.columns:
        cells: list[Cell] = []
        for cell in column.cells:
            if isinstance(cell, str):
                cells.append(visible(cell))
            else:
                lines: list[Line] = [(visible(text), style) for text, style in cell]
                cells.append(lines)
        columns.append(
            Column(
                visible(column.heading), cells, column.fields, column.style, column.right,
                column.wraps, column.worth, column.beside, column.labelled, column.leads,
            )
        )  # fmt: skip
    return Table(columns, table.title, table.empty, table.bare)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
