"""Bars of block characters, exact to an eighth of a cell."""

from collections.abc import Sequence
from fractions import Fraction

EIGHTHS = "▏▎▍▌▋▊▉"
BAR_SIGNS = EIGHTHS + "█"
# The longest bar has so many cells.
BAR = 14


def bars(values: Sequence[Fraction], width: int = BAR) -> list[str]:
    """A bar for each value; the largest has `width` cells. With a negative value, all are empty."""
    largest = max(values)
    if largest <= 0 or min(values) < 0:
        return [""] * len(values)
    lengths = [max(int(value * width * 8 / largest), value > 0) for value in values]
    return ["█" * (length // 8) + EIGHTHS[length % 8 - 1 : length % 8] for length in lengths]


def cells_of(bar: str) -> float:
    """The length of a bar, in cells."""
    return sum((BAR_SIGNS.index(sign) + 1) / 8 for sign in bar)
