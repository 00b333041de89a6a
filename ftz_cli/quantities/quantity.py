"""A quantity: a value with its unit and bound, what it can mean, and where a text mentions it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

from ..language import Message
from . import edtf
from .decimals import EXACT
from .units import DISCRETE_KINDS, Unit

Direction = Literal["up", "down"]
HALF = Decimal("0.5")
# The ends of a share, in per cent. A growth in per cent has none: the caller knows which it is.
SHARE_ENDS = (Decimal(0), Decimal(100))


class CannotRead(ValueError):
    """A printed quantity that the grammar does not know; `message` is the reason."""

    def __init__(self, english: str, /, **fields: object) -> None:
        self.message = Message(english, **fields)
        super().__init__(self.message)


class Bound(StrEnum):
    """How the printed value stands to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    NEARLY = "nearly"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


class Ends(NamedTuple):
    """The ends of what a quantity can mean, in base units, and whether each is itself left out.

    None is no end. A date has none.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def within(self, least: Decimal, most: Decimal) -> Ends:
        """These ends, but never outside `least` to `most`: a share stays within SHARE_ENDS."""
        low = least if self.low is None else max(self.low, least)
        high = most if self.high is None else min(self.high, most)
        return Ends(
            low, high, self.low_open and low == self.low, self.high_open and high == self.high
        )


@dataclass(frozen=True)
class Quantity:
    """What a printed figure says.

    `value` keeps the printed digits, trailing zeros too (16.70): its exponent is the precision.
    A date's value is its EDTF text. `capped` marks a number followed by 余 or 多: over it, but by
    less than one step. `mirrored` marks a fall written as a negative value: 下降超过3% is -3, over,
    and means less than -3. `fraction` marks a part that was printed as one (近2/3): its digits
    are reckoned.
    """

    value: Decimal | str
    unit: Unit
    bound: Bound = Bound.EXACT
    value_to: Decimal | str | None = None
    capped: bool = False
    parts: tuple[Decimal, ...] = ()
    mirrored: bool = False
    fraction: bool = False

    def __neg__(self) -> Quantity:
        """The same quantity as a fall: the value negative, its meaning mirrored at zero."""
        low, *high = [-end for end in (self.value_to, self.value) if isinstance(end, Decimal)]
        return replace(self, value=low, value_to=next(iter(high), None), mirrored=not self.mirrored)

    @property
    def base_value(self) -> Decimal | str:
        """The value in the base unit; a date's EDTF text."""
        return self.value if isinstance(self.value, str) else self._in_base(self.value)

    @property
    def base_value_to(self) -> Decimal | str | None:
        """The range's other end in the base unit."""
        to = self.value_to
        return self._in_base(to) if isinstance(to, Decimal) else to

    @property
    def edtf(self) -> str | None:
        """A date, or the interval of a range of dates, as EDTF text; None for a number."""
        if not isinstance(self.value, str):
            return None
        return self.value if self.value_to is None else f"{self.value}/{self.value_to}"

    @cached_property
    def ends(self) -> Ends:
        """The least and the greatest number that this can mean, in base units.

        Raises CannotRead for a date that does not exist.
        """
        if self.mirrored:
            low, high, low_open, high_open = (-self).ends
            return Ends(high and -high, low and -low, high_open, low_open)
        if isinstance(self.value, Decimal):
            return self._meaning(self.value)
        if not edtf.exists(self.edtf or ""):
            raise CannotRead("no such date: {date}", date=self.edtf)
        return Ends()

    def _in_base(self, value: Decimal) -> Decimal:
        return EXACT.multiply(value, self.unit.factor)

    def _meaning(self, value: Decimal) -> Ends:
        """The ends of what a printed number means under its bound."""
        plus, minus, unit, bound = EXACT.add, EXACT.subtract, self.unit, self.bound
        at, place, nought = self._in_base(value), last_place(value), Decimal(0)
        half = self._in_base(EXACT.multiply(place, HALF))
        last_digit = self._in_base(last_place(value.normalize()))
        # The last digit that carries meaning. Zeros at the end of a whole number may only fill it
        # up, 700 → 100; behind a point they were measured, 16.70 → 0.01.
        below = above = last_digit if place == 1 and value else self._in_base(place)
        # What was counted one by one, what is a class, and a stated zero were not rounded.
        counted = unit.kind in DISCRETE_KINDS and unit.factor <= 1 and value == int(value)
        rounding = nought if counted or unit.kind == "class" or not value else half
        reckoned = nought
        if self.fraction:
            # Two-thirds has no digits: who prints it has 66 or 67 %, and is near to it within a
            # tenth of itself, to two digits. Where its digits never end, a bound holds it itself.
            two_digits = Decimal(1).scaleb(at.adjusted() - 1)
            tenth, reckoned = abs(at).scaleb(-1), half if value % 1 else nought
            rounding = self._in_base(min(HALF, abs(value) / 20))
            below = minus(at, minus(at, tenth).quantize(two_digits))
            above = minus(plus(at, tenth).quantize(two_digits), at)
        # How far the ends lie from the printed value, None where there is none.
        capped = self.capped and bound is Bound.OVER
        down, up = {
            Bound.EXACT: (rounding, rounding),
            # 约, 左右: either side, within one step of the last digit that carries meaning.
            Bound.ABOUT: (below, above),
            # 近: below the mark, and nearer to it than one step.
            Bound.NEARLY: (below, nought),
            # 超, 逾 name a mark that was passed, not by how much. Who had 800 prints no 700余.
            Bound.OVER: (nought, last_digit if capped else None),
            Bound.UNDER: (None, nought),
            Bound.AT_LEAST: (reckoned, None),
            Bound.AT_MOST: (None, reckoned),
            # Both ends are printed; the writer chose them, so nothing is added to either.
            Bound.RANGE: (nought, nought),
        }[bound]  # fmt: skip
        # A value printed below the unit's least shows that here there is no such least.
        least = unit.minimum if unit.minimum is not None and at >= unit.minimum else None
        low = None if down is None else minus(at, down)
        low = max((end for end in (low, least) if end is not None), default=None)
        to = self.base_value_to if bound is Bound.RANGE else at
        high = None if up is None or not isinstance(to, Decimal) else plus(to, up)
        open_above = capped or bound in (Bound.NEARLY, Bound.UNDER)
        return Ends(low, high, bound is Bound.OVER and not capped, open_above)


class Mention(NamedTuple):
    """A number mention in a text.

    `text[start:end] == printed`. `kind` is quantity, date, or unread for a number that names no
    value or that the grammar does not know; then `quantity` is None and `why` says why not. A date
    whose year is not known has no quantity either. `direction` is down where a word of the clause
    says that the value falls or is lost (下降, 亏损, fell), up where one says that it grows.
    """

    start: int
    end: int
    printed: str
    quantity: Quantity | None
    kind: Literal["quantity", "date", "unread"] = "quantity"
    direction: Direction | None = None
    why: Message | None = None


def last_place(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 585.37 → 0.01."""
    return Decimal(1).scaleb(value.adjusted() + 1 - len(value.as_tuple().digits))
