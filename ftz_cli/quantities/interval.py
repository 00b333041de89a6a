"""Intervals of exact numbers: what a printed figure can mean, and arithmetic with that."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Interval(NamedTuple):
    """All numbers from `low` to `high`; None is infinity, and an open end is itself excluded."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The interval that holds one number."""
        return cls(Fraction(value), Fraction(value))

    def meets(self, other: Interval) -> bool:
        """Whether the intervals have a number in common."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Interval) -> bool:
        """Whether every number of this interval is less than every number of `other`."""
        return _high(self) < _low(other)

    def inside(self, other: Interval) -> bool:
        """Whether every number of this interval lies in `other`."""
        return _low(other) <= _low(self) and _high(self) <= _high(other)

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        pairs = (_low(self), _low(other)), (_high(self), _high(other))
        return _between(*((a[0] + b[0], a[1] or b[1]) for a, b in pairs))

    def __sub__(self, other: Interval) -> Interval:
        return self + other * Interval.point(-1)

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        corners = [
            _product(a, b) for a in (_low(self), _high(self)) for b in (_low(other), _high(other))
        ]
        return _between(min(corners), max(corners, key=lambda end: (end[0], not end[1])))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; any number if zero lies inside `other`."""
        if other.low == 0 and other.high == 0:
            raise ZeroDivisionError("the divisor is zero")
        if (other.low is None or other.low < 0) and (other.high is None or other.high > 0):
            return Interval(None, None)
        low, high = other.low, other.high
        return self * Interval(
            None if high == 0 else 1 / high if high else Fraction(0),
            None if low == 0 else 1 / low if low else Fraction(0),
            other.high_open or high is None,
            other.low_open or low is None,
        )


# An end as a sort key: an open end sorts 1 above or below its number.
_End = tuple[Fraction | float, int]


def _low(interval: Interval) -> _End:
    return (float("-inf"), 0) if interval.low is None else (interval.low, int(interval.low_open))


def _high(interval: Interval) -> _End:
    return (float("inf"), 0) if interval.high is None else (interval.high, -interval.high_open)


def _between(low: _End, high: _End) -> Interval:
    least, most = (None if isinstance(end, float) else end for end, _ in (low, high))
    return Interval(least, most, bool(low[1]), bool(high[1]))


def _product(a: _End, b: _End) -> _End:
    if a[0] == 0 or b[0] == 0:  # also zero times infinity; a closed zero makes it closed
        return Fraction(0), (0, 0) not in (a, b)
    if isinstance(a[0], float) or isinstance(b[0], float):
        return float("inf") if (a[0] > 0) == (b[0] > 0) else float("-inf"), True
    return a[0] * b[0], bool(a[1] or b[1])
