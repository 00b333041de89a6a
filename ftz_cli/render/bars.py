"""Bars of block characters, an eighth of a cell exact, never longer than their share."""

from __future__ import annotations

from decimal import Decimal

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(value: Decimal, most: Decimal, width: int, reach: Decimal | None = None) -> str:
    """A bar of `value` where `most` fills `width`; up to `reach` it goes on in a lighter shade.

    What is not zero shows at least an eighth.
    """
    if most <= 0 or value < 0:
        return ""
    eighths = int(value * width * 8 / most)
    eighths = min(max(eighths, 1 if value else 0), width * 8)
    solid = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    if reach is None or reach <= value:
        return solid
    until = min(int(reach * width / most), width)
    return solid + "░" * max(0, until - len(solid))
