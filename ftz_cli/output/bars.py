"""Bars of block characters, exact to an eighth of a cell."""

from collections.abc import Sequence
from fractions import Fraction

EIGHTHS = "▏▎▍▌▋▊▉"
BAR_SIGNS = EIGHTHS + "█"
# Cells of the longest bar.
BAR = 14


def bars(values: Sequence[Fraction], width: int = BAR) -> list[str]:
    """A bar for each value, the largest of `width` cells; none at all where one is negative."""
    most = max(values)
    if most <= 0 or min(values) < 0:
        return [""] * len(values)
    lengths = [max(int(value * width * 8 / most), value > 0) for value in values]
    return ["█" * (one // 8) + EIGHTHS[one % 8 - 1 : one % 8] for one in lengths]


def cells_of(bar: str) -> float:
    """The length of a bar, in cells."""
    return sum((BAR_SIGNS.index(sign) + 1) / 8 for sign in bar)
