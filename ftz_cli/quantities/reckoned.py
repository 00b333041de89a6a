"""Values reckoned from several printed numbers: parts of a whole, and units in a row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from .units import Unit

# How many of one base unit make another; units of one base need no row.
_HOLDS = {
    ("year", "month"): 12, ("week", "day"): 7, ("day", "h"): 24, ("h", "min"): 60, ("min", "s"): 60,
}  # fmt: skip
_MEASURED = ("duration", "money", "length", "mass")


def plainest(value: Decimal) -> Decimal:
    """A reckoned value without zeros that nobody printed."""
    return value.quantize(Decimal(1)) if value == int(value) else value.normalize()


def rounded(value: Decimal) -> Decimal:
    """A reckoned value to three places: more of one that never ends nobody looks for."""
    return plainest(value.quantize(Decimal("0.001"), ROUND_HALF_EVEN))


def percent(part: Decimal, whole: Decimal) -> tuple[Decimal, bool]:
    """How many hundredths `part` of `whole` is, and whether that lost the printed precision.

    千分之五点二 keeps it, two-thirds has none.
    """
    if part == whole:
        return Decimal(100), False
    if whole >= 100 and whole.normalize().as_tuple().digits == (1,):
        share = part.scaleb(2 - whole.adjusted())
        return (share.quantize(Decimal(1)) if share == int(share) else share), False
    return rounded(part * 100 / whole), True


def compound(numbers: Sequence[tuple[Decimal, Unit]]) -> tuple[Decimal, Unit] | None:
    """3 hours 20 minutes in the smallest unit; None where the units do not follow one another."""
    total, unit = numbers[0]
    for value, below in numbers[1:]:
        holds = Decimal(_HOLDS.get((unit.base, below.base), 0))
        if unit.base == below.base:
            holds = unit.factor / below.factor
        if below.kind not in _MEASURED or holds <= 1 or holds % 1:
            return None
        total, unit = total * holds + value, below
    return plainest(total), unit
