"""Bars of block characters, exact to an eighth of a cell."""

from __future__ import annotations

from fractions import Fraction

EIGHTHS = " ▏▎▍▌▋▊▉"
WHOLE = "█"
SHADE = "░"


def bar(value: Fraction, most: Fraction, width: int, reach: Fraction | None = None) -> str:
    """A bar of `value` where `most` fills `width`; up to `reach` it goes on in a lighter shade.

    What is not zero shows at least an eighth.
    """
    if most <= 0 or value < 0:
        return ""
    eighths = int(value * width * 8 / most)
    eighths = min(max(eighths, 1 if value else 0), width * 8)
    solid = WHOLE * (eighths // 8) + EIGHTHS[eighths % 8].strip()
    if reach is None or reach <= value:
        return solid
    return solid + SHADE * (min(int(reach * width / most), width) - len(solid))
