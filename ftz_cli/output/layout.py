"""How a table fits a width: all columns, the main ones with the rest below, or cards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .line_breaks import cell_len, longest_piece
from .view import Column, Row

# Blanks between two columns, and before what stands under a row.
GAP = 2
# Below this a column of names is a column of fragments.
COMFORT = 14
# The width of what has no limit.
NO_LIMIT = 100_000


# The widths of the columns that are drawn, by their places, and the places of those below.
Layout = tuple[dict[int, int], list[int]]


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Layout | None:
    """How rows fit into `width` cells; None where only cards do."""
    every = list(range(len(columns)))
    firm = [at for at in every if not columns[at].spare]
    brief = [at for at in firm if not columns[at].prose]
    main = [at for at in every if columns[at].main]
    sizes = [
        _sizes(column, [text for row in rows for text, _ in row[at]])
        for at, column in enumerate(columns)
    ]
    # A cell may be broken into two lines, and where that does not help, into four.
    for shown, lines in ((every, 1), (firm, 1), (brief, 2), (main, 4)):
        lengths = [sizes[at][0] for at in shown]
        least = [max(sizes[at][1], -(-sizes[at][0][-1] // lines)) for at in shown]
        room = width - GAP * (len(shown) - 1)
        if sum(least) <= room:
            widths = dict(zip(shown, _spread(least, lengths, room), strict=True))
            return widths, [at for at in firm if at not in shown]
    return None


def _sizes(column: Column, texts: Sequence[str]) -> tuple[list[int], int]:
    """The cells of a column's heading and texts in order, and those under which it reads badly."""
    lengths = sorted(map(cell_len, [column.heading, *texts]))
    pieces = longest_piece([column.heading, *texts])
    return lengths, lengths[-1] if column.firm else max(pieces, min(lengths[-1], COMFORT))


def _spread(least: list[int], lengths: list[list[int]], room: int) -> list[int]:
    """Widths within the room: first what makes most texts whole, for each cell that it takes."""
    widths = list(least)
    while left := room - sum(widths):
        gains = []
        for at, (own, width) in enumerate(zip(lengths, widths, strict=True)):
            whole = bisect_right(own, width)
            for count, wider in enumerate(own[whole : bisect_right(own, width + left)], start=1):
                gains.append((count / (wider - width), at, wider))
            if own[-1] > width:  # even where nothing gets whole, what is broken gets shorter
                gains.append((0.0, at, width + 1))
        if not gains:
            break
        _, at, widths[at] = max(gains)
    return widths
