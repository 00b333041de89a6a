"""Fits a table into a width: all columns, the main columns with the rest below, or cards."""

from collections.abc import Sequence

from ..language import language
from .line_breaks import cell_len, longest_piece
from .view import Column, Row

# Blanks between two columns, and before a line under a row.
GAP = 2
# Cells that a column of names needs to be readable: two words, or six characters.
COMFORT = {"en": 14, "zh": 12}
NO_LIMIT = 100_000
# The widths of the columns that are drawn, by their places, and the places of those below.
Layout = tuple[dict[int, int], list[int]]


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Layout | None:
    """The first layout that fits into `width` cells; None if only cards fit."""
    every = list(range(len(columns)))
    firm = [at for at in every if not columns[at].spare]
    brief = [at for at in firm if not columns[at].prose]
    main = [at for at in every if columns[at].main]
    sizes = [
        _sizes(column, [text for row in rows for text, _ in row[at]])
        for at, column in enumerate(columns)
    ]
    # A cell may take two lines if that lets the columns fit, else four.
    for shown, lines in ((every, 1), (firm, 1), (brief, 2), (main, 4)):
        natural = [sizes[at][0] for at in shown]
        least = [max(sizes[at][1], -(-sizes[at][0] // lines)) for at in shown]
        room = width - GAP * (len(shown) - 1)
        if sum(least) <= room:
            widths = dict(zip(shown, _spread(least, natural, room), strict=True))
            return widths, [at for at in firm if at not in shown]
    return None


def _sizes(column: Column, texts: Sequence[str]) -> tuple[int, int]:
    """The natural width of a column, and the least width at which it is readable."""
    longest = max(map(cell_len, texts), default=0)
    whole = longest if column.firm else longest_piece(texts)
    natural = max(longest, cell_len(column.heading))
    return natural, max(whole, longest_piece([column.heading]), min(natural, COMFORT[language()]))


def _spread(least: list[int], natural: list[int], room: int) -> list[int]:
    """Widths that fill the room; each cell goes to the column that lacks most."""
    widths = list(least)
    for _ in range(min(room, sum(natural)) - sum(least)):
        lacking = [wanted - width for wanted, width in zip(natural, widths, strict=True)]
        widths[lacking.index(max(lacking))] += 1
    return widths
