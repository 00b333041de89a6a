"""A drawing on a Rich console: tables that fit the width, cards where they can't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import islice

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.table import Table as RichTable
from rich.text import Text

from .layout import GAP, Plan, lead_below, one_line, plan
from .lines import flowed, window, wrapped
from .text import visible
from .view import EXCERPT, Cell, Column, Drawing, Head, Line, Lines, Notices, Table

# One rule under the headings, and nothing else.
_RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_MARGIN = 1
_HANGING = 4
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
        elif isinstance(part, Notices):
            parts.append(_notices(part, room))
        else:
            parts.append(_lines(part, room))
    return _Page(Group(*parts))


class _Page:
    """Lines with a margin before them, and no blanks after them."""

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, page: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in page.render_lines(self._body, options, pad=False):
            yield from _line(line, _MARGIN)


class _Rows:
    """A grid with lines over and under its rows, and the rows set apart where that helps."""

    def __init__(
        self, grid: RichTable, above: int, heights: list[int], below: list[Text],
        heads: list[Text], apart: bool,
    ) -> None:  # fmt: skip
        self._grid = grid
        self._above = above
        self._heights = heights
        self._below = below
        self._heads = heads
        self._apart = apart

    def __rich_console__(self, page: Console, options: ConsoleOptions) -> Iterator[Segment]:
        lines = iter(page.render_lines(self._grid, options, pad=False))
        lines_between = (*self._below, *self._heads)
        rule = max((cell_len(line) for text in lines_between for line in text.plain.splitlines()),
                   default=0)  # fmt: skip
        for line in islice(lines, self._above):
            more = rule - Segment.get_line_length(line)
            if more > 0 and line and set(line[0].text) == {"─"}:
                line = [*line, Segment("─" * more, line[0].style)]
            yield from _line(line)
        for row, (height, below) in enumerate(zip(self._heights, self._below, strict=True)):
            head = self._heads[row]
            if row and (self._apart or head.plain):
                yield Segment.line()
            if head.plain:
                yield from page.render(head, options)
            for line in islice(lines, height):
                yield from _line(line)
            if below.plain:
                yield from page.render(below, options)


def _line(line: list[Segment], margin: int = 0) -> Iterator[Segment]:
    """A line with its end, without the blanks that filled it up."""
    used = len(line)
    while used and not line[used - 1].text.strip(" "):
        used -= 1
    if used:
        if margin:
            yield Segment(" " * margin)
        yield from line[: used - 1]
        last = line[used - 1]
        yield Segment(last.text.rstrip(" "), last.style)
    yield Segment.line()


def _table(table: Table, room: int | None) -> RenderableType:
    if not table.row_count:
        empty = Text(table.empty, "dim")
        return Group(Text(table.title, "bold"), empty) if table.title else empty
    headed, heads = _headed(table, room)
    fitted = plan(headed, room)
    body = _grid(fitted, headed, heads) if fitted else _cards(table, room or 0)
    if not table.title:
        return body
    between = [] if table.bare else [Text("")]
    title = visible(table.title)
    if room:
        lines = flowed(title.split(" · "), room, indent=GAP)
        title = ("\n" + " " * GAP).join(lines)
    return Group(Text(title, "bold"), *between, body)


def _headed(table: Table, room: int | None) -> tuple[Table, list[Text]]:
    """The table without what stands once above rows that share it, and those lines."""
    columns = [column for column in table.columns if not column.heads]
    none = [Text()] * table.row_count
    if len(columns) == len(table.columns):
        return table, none
    shared = list(zip(*(c.cells for c in table.columns if c.heads), strict=True))
    heads = []
    for row, (name, *others) in enumerate(shared):
        head = Text()
        if not row or shared[row] != shared[row - 1]:
            head.append("\n".join(wrapped(one_line(name), room or _NO_LIMIT)))
            for other in map(one_line, others):
                if room is None or cell_len(head.plain) + GAP + cell_len(other) <= room:
                    head.append(" " * GAP + other, "dim")
        heads.append(head)
    first = replace(columns[0], leads=[" " * GAP] * table.row_count)
    return Table([first, *columns[1:]], table.title, table.empty, table.bare), heads


def _grid(fitted: Plan, table: Table, heads: list[Text]) -> RenderableType:
    # The box puts a space between columns itself.
    gap = GAP if table.bare else GAP - 1
    grid = RichTable(
        box=None if table.bare else _RULE, show_header=not table.bare, show_edge=False,
        pad_edge=False, padding=(0, gap, 0, 0), header_style="dim", border_style="dim",
    )  # fmt: skip
    rows = table.row_count
    above = 0
    for column, width in zip(fitted.columns, fitted.widths, strict=True):
        heading = wrapped(column.heading, width)
        above = max(above, len(heading))
        grid.add_column(
            Text("\n".join(heading)),
            justify="right" if column.right else "left",
            width=width,
            # Never needed, as the cells fit; if it were, Rich would otherwise cut.
            overflow="fold",
            vertical="top",
        )
    cells = [[_cell_text(c, row, w) for row in range(rows)]
             for c, w in zip(fitted.columns, fitted.widths, strict=True)]  # fmt: skip
    for row in range(rows):
        grid.add_row(*(column[row] for column in cells))
    heights = [max(column[row].plain.count("\n") + 1 for column in cells) for row in range(rows)]
    below = [_below(fitted, row) for row in range(rows)]
    tall = max(heights) > 1 or any(text.plain for text in below)
    if not tall and not any(text.plain for text in heads):
        return grid
    # A tree's guides tell its rows apart, and are not to be broken by empty lines.
    tree = any(lead.strip() for column in fitted.columns for lead in column.leads or ())
    return _Rows(grid, 0 if table.bare else above + 1, heights, below, heads, tall and not tree)


def _below(fitted: Plan, row: int) -> Text:
    lead = fitted.lead_below(row)
    return Text("\n".join(lead + line for line in fitted.below(row)), "dim")


def _cell_text(column: Column, row: int, width: int) -> Text:
    """A cell with its line breaks put in, so that Rich breaks nothing."""
    cell = column.cells[row]
    lead = column.leads[row] if column.leads else ""
    below = lead_below(column, row)
    text = Text()
    lines = [(cell, column.style)] if isinstance(cell, str) else cell
    first = True
    for line, style in lines:
        broken = wrapped(line, width - cell_len(lead), 0, column.apart) if column.wraps else [line]
        for piece in broken:
            if not first:
                text.append("\n")
            text.append(lead if first else below, "dim")
            text.append(piece, style)
            first = False
    return text


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
        for piece in wrapped(text, room - indent, 0, column.apart):
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
        broken = flowed(shown.split(" · "), room - indent) if room else [shown]
        text.append(("\n" + " " * indent).join(broken))
    return text


def _lines(part: Lines, room: int | None) -> RenderableType:
    """Lines piece by piece."""
    width = room if part.wraps else None
    return Text("\n").join(_styled(line, width, part.indent, part.apart) for line in part.lines)


def _styled(line: Sequence[Line], room: int | None, indent: int, apart: str = "") -> Text:
    """A line that goes on `indent` further in; each of its pieces keeps its style."""
    text = Text()
    for piece, style in line:
        text.append(visible(piece), style)
    if room is None:
        return text
    page = Text()
    start = 0
    lines = (
        flowed(text.plain.split(apart), room, apart, indent)
        if apart
        else wrapped(text.plain, room, indent)
    )
    for number, broken in enumerate(lines):
        start = text.plain.index(broken, start)
        page.append(("\n" + " " * indent) if number else "")
        page.append_text(text[start : start + len(broken)])
        start += len(broken)
    return page


def _notices(part: Notices, room: int | None) -> RenderableType:
    """Notices; where the width is limited, the line of the file is shown around its column."""
    if room is None:
        return _lines(Lines(part.lines), None)
    lines: list[Text] = []
    for one in part.notices:
        lines.append(_styled(one.words, room, _HANGING))
        excerpt = visible(one.excerpt)
        if excerpt:
            # What is written out as an escape, or cut, is not where its column says.
            before = excerpt[: one.column - 1]
            placed = one.column <= len(excerpt) and "\\" not in before
            seen, at = window(excerpt, len(before) if placed else 0, room - len(EXCERPT))
            lines.append(_styled([(EXCERPT, "dim"), (seen, "")], None, 0))
            if placed:
                lines.append(Text.assemble((EXCERPT, "dim"), " " * at, ("^", "bold red")))
        if one.help:
            label = f"  {one.label}"
            lines.append(_styled([(label, "cyan"), (one.help, "")], room, cell_len(label)))
    return Text("\n").join(lines)


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
                column.apart, column.heads,
            )
        )  # fmt: skip
    return Table(columns, table.title, table.empty, table.bare)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
