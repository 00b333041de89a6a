"""A quantity: a value with its unit and bound, its meaning, and its mention in a text."""

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
# The ends of a share in per cent. Growth in per cent has none; only the caller can tell them apart.
SHARE_ENDS = (Decimal(0), Decimal(100))


class CannotRead(ValueError):
    """A text that is not a quantity in a known form; `message` is the reason."""

    def __init__(self, english: str, /, **fields: object) -> None:
        self.message = Message(english, **fields)
        super().__init__(self.message)


class Bound(StrEnum):
    """How the printed value relates to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    NEARLY = "nearly"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


class Ends(NamedTuple):
    """The least and the greatest number that a quantity can mean, in base units.

    None is no end; an open end is itself excluded. A date has no ends.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def within(self, least: Decimal, most: Decimal) -> Ends:
        """These ends, limited to `least` and `most`: those of a share to SHARE_ENDS."""
        low = least if self.low is None else max(self.low, least)
        high = most if self.high is None else min(self.high, most)
        return Ends(
            low, high, self.low_open and low == self.low, self.high_open and high == self.high
        )


@dataclass(frozen=True)
class Quantity:
    """What a printed figure says.

    `value` keeps the printed digits with trailing zeros (16.70): its exponent is the precision.
    The value of a date is its EDTF text. `capped`: the true value is over the printed one, but by
    less than one step (700余). `mirrored`: a fall is written as a negative value; 下降超过3% is -3,
    over, and means less than -3. `fraction`: the digits are computed from a fraction (近2/3).
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
        """The value in the base unit; the EDTF text of a date."""
        return self.value if isinstance(self.value, str) else self._in_base(self.value)

    @property
    def base_value_to(self) -> Decimal | str | None:
        """The upper end of a range in the base unit."""
        to = self.value_to
        return self._in_base(to) if isinstance(to, Decimal) else to

    @property
    def edtf(self) -> str | None:
        """A date or a range of dates as EDTF text; None for a number."""
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
        add, subtract, unit, bound = EXACT.add, EXACT.subtract, self.unit, self.bound
        in_base, place, zero = self._in_base(value), last_place(value), Decimal(0)
        half_place = self._in_base(EXACT.multiply(place, HALF))
        last_digit = self._in_base(last_place(value.normalize()))
        # One step of the last digit that carries meaning: 700 → 100, but 16.70 → 0.01.
        below = above = last_digit if place == 1 and value else self._in_base(place)
        # A count, a class and a stated zero are not rounded.
        counted = unit.kind in DISCRETE_KINDS and unit.factor <= 1 and value == int(value)
        rounding = zero if counted or unit.kind == "class" or not value else half_place
        slack = zero
        if self.fraction:
            # Two-thirds may be 66 or 67 %, and nearly two-thirds is within a tenth of it, to two
            # digits. At least two-thirds needs the rounding of the last computed digit.
            two_digits = Decimal(1).scaleb(in_base.adjusted() - 1)
            tenth, slack = abs(in_base).scaleb(-1), half_place if value % 1 else zero
            rounding = self._in_base(min(HALF, abs(value) / 20))
            below = subtract(in_base, subtract(in_base, tenth).quantize(two_digits))
            above = subtract(add(in_base, tenth).quantize(two_digits), in_base)
        # How far each end is from the printed value; None is no end.
        capped = self.capped and bound is Bound.OVER
        down, up = {
            Bound.EXACT: (rounding, rounding),
            # 约, 左右: one step to either side.
            Bound.ABOUT: (below, above),
            # 近: less than the value, by one step at most.
            Bound.NEARLY: (below, zero),
            # 超, 逾 don't say by how much. 700余 is less than 800: otherwise 800 would be printed.
            Bound.OVER: (zero, last_digit if capped else None),
            Bound.UNDER: (None, zero),
            Bound.AT_LEAST: (slack, None),
            Bound.AT_MOST: (None, slack),
            # The writer chose both ends, so nothing is added to them.
            Bound.RANGE: (zero, zero),
        }[bound]  # fmt: skip
        # If the value itself is below the unit's minimum, the minimum does not hold here.
        minimum = unit.minimum if unit.minimum is not None and in_base >= unit.minimum else None
        low = None if down is None else subtract(in_base, down)
        low = max((end for end in (low, minimum) if end is not None), default=None)
        to = self.base_value_to if bound is Bound.RANGE else in_base
        high = None if up is None or not isinstance(to, Decimal) else add(to, up)
        open_above = capped or bound in (Bound.NEARLY, Bound.UNDER)
        return Ends(low, high, bound is Bound.OVER and not capped, open_above)


class Mention(NamedTuple):
    """A number mention in a text; `text[start:end] == printed`.

    What is unread, or a date without a year, has no `quantity` but a reason (`why`). `direction` is
    down if the clause says that the value fell or was lost (下降, 亏损, fell), up if it rose.
    """

    start: int
    end: int
    printed: str
    quantity: Quantity | None
    kind: Literal["quantity", "date", "unread"] = "quantity"
    direction: Direction | None = None
    why: Message | None = None


def last_place(value: Decimal) -> Decimal:
    """The step of the last printed digit: 585.37 → 0.01."""
    return Decimal(1).scaleb(value.adjusted() + 1 - len(value.as_tuple().digits))
