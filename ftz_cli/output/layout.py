"""How a table fits a width: all columns, the main ones with the rest below, or cards."""

from collections.abc import Sequence

from ..language import language
from .line_breaks import cell_len, longest_piece
from .view import Column, Row

# Blanks between two columns, and before what stands under a row.
GAP = 2
# Below this a column of names is a column of fragments: two words, or six characters.
COMFORT = {"en": 14, "zh": 12}
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
        natural = [sizes[at][0] for at in shown]
        least = [max(sizes[at][1], -(-sizes[at][0] // lines)) for at in shown]
        room = width - GAP * (len(shown) - 1)
        if sum(least) <= room:
            widths = dict(zip(shown, _spread(least, natural, room), strict=True))
            return widths, [at for at in firm if at not in shown]
    return None


def _sizes(column: Column, texts: Sequence[str]) -> tuple[int, int]:
    """The cells that a column takes where there is room, and those under which it reads badly."""
    longest = max(map(cell_len, texts), default=0)
    whole = longest if column.firm else longest_piece(texts)
    natural = max(longest, cell_len(column.heading))
    return natural, max(whole, longest_piece([column.heading]), min(natural, COMFORT[language()]))


def _spread(least: list[int], natural: list[int], room: int) -> list[int]:
    """Widths that fill the room, cell by cell to the column that is furthest from its natural."""
    widths = list(least)
    for _ in range(min(room, sum(natural)) - sum(least)):
        wants = [wish - have for wish, have in zip(natural, widths, strict=True)]
        widths[wants.index(max(wants))] += 1
    return widths
