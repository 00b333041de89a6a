"""A quantity: a value with its unit and bound, and the ends of what it can mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ..language import Message
from . import edtf
from .decimals import EXACT
from .units import DISCRETE_KINDS, Unit

HALF = Decimal("0.5")
# The ends of a share, in per cent. A growth in per cent has none: the caller knows which it is.
SHARE_ENDS = (Decimal(0), Decimal(100))


class CannotRead(ValueError):
    """A printed quantity that the grammar does not know; `message` is the reason."""

    def __init__(self, english: str, /, **fields: object) -> None:
        super().__init__(english)
        self.message = Message(english, **fields)

    def __str__(self) -> str:
        return str(self.message)


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


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of what a quantity can mean, and whether each is itself left out.

    In base units; None is no end. A date's ends are ISO days.
    """

    low: Decimal | str | None
    high: Decimal | str | None
    low_open: bool = False
    high_open: bool = False

    def within(self, least: Decimal, most: Decimal) -> Ends:
        """These ends, but never outside `least` to `most`: a share stays within SHARE_ENDS."""
        low, high, low_open, high_open = self.low, self.high, self.low_open, self.high_open
        if low is None or (isinstance(low, Decimal) and low < least):
            low, low_open = least, False
        if high is None or (isinstance(high, Decimal) and high > most):
            high, high_open = most, False
        return Ends(low, high, low_open, high_open)

    def __neg__(self) -> Ends:
        return Ends(_minus(self.high), _minus(self.low), self.high_open, self.low_open)


@dataclass(frozen=True, slots=True)
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
        if isinstance(self.value, str) or isinstance(self.value_to, str):
            raise CannotRead("a date cannot be negative: {date}", date=self.value)
        low, high = -self.value, None if self.value_to is None else -self.value_to
        if high is not None:
            low, high = high, low
        return replace(self, value=low, value_to=high, mirrored=not self.mirrored)

    @property
    def base_value(self) -> Decimal | str:
        """The value in the base unit; a date's EDTF text."""
        return self.value if isinstance(self.value, str) else self._in_base(self.value)

    @property
    def base_value_to(self) -> Decimal | str | None:
        """The range's other end in the base unit."""
        if self.value_to is None or isinstance(self.value_to, str):
            return self.value_to
        return self._in_base(self.value_to)

    @property
    def edtf(self) -> str | None:
        """A date, or the interval of a range of dates, as EDTF text; None for a number."""
        if not isinstance(self.value, str):
            return None
        return self.value if self.value_to is None else f"{self.value}/{self.value_to}"

    @property
    def ends(self) -> Ends:
        """The least and the greatest number that this can mean, in base units.

        Raises CannotRead for a date that does not exist.
        """
        if isinstance(self.value, str) or isinstance(self.value_to, str):
            try:
                first, last = edtf.span(self.edtf or "")
            except ValueError:
                raise CannotRead("no such date: {date}", date=self.edtf) from None
            return Ends(first.isoformat(), last.isoformat() if last else None)
        if self.mirrored:
            return -(-self).ends
        return _meaning(self)

    def _in_base(self, value: Decimal) -> Decimal:
        return EXACT.multiply(value, self.unit.factor)


def _meaning(said: Quantity) -> Ends:
    """The ends, in base units, of what a printed value means under its bound."""
    times, plus, minus = EXACT.multiply, EXACT.add, EXACT.subtract
    value, unit, value_to = said.value, said.unit, said.value_to
    assert isinstance(value, Decimal), "dates have their own ends"
    at = times(value, unit.factor)
    half = times(last_place(value), times(unit.factor, HALF))
    # The digits of a fraction are reckoned: its bound holds 2/3 itself, where they never end.
    reckoned = half if said.fraction and value % 1 else Decimal(0)
    if said.fraction:
        half = times(min(HALF, value / 20), unit.factor)  # whoever prints 2/3 has 66 % or 67 %

    def near(end: Decimal) -> Decimal:
        # Two digits are all that such an end can have: nearly two-thirds is 60 to 66.667 %.
        return end.quantize(Decimal(1).scaleb(at.adjusted() - 1)) if said.fraction else end

    # A value printed below the unit's least shows that here there is no such least.
    least = unit.minimum if unit.minimum is None or at >= unit.minimum else None
    match said.bound:
        case Bound.EXACT:
            # Rounding to the last printed digit hides up to half of it on either side; what was
            # counted one by one, what is a class, and a stated zero were not rounded.
            counted = unit.kind in DISCRETE_KINDS and unit.factor <= 1 and value == int(value)
            if counted or unit.kind == "class" or not value:
                return Ends(at, at)
            return Ends(_raised(minus(at, half), least), plus(at, half))
        case Bound.OVER if said.capped:
            # 700余: someone who had 800 would have printed 800.
            rest = times(last_place(value.normalize()), unit.factor)
            return Ends(at, plus(at, rest), high_open=True)
        case Bound.OVER:
            # 超, 超过, 逾 name a mark that was passed, not by how much.
            return Ends(at, None, low_open=True)
        case Bound.NEARLY:
            # 近: below the mark, and nearer to it than one step.
            return Ends(_raised(near(minus(at, _step(said, at))), least), at, high_open=True)
        case Bound.ABOUT:
            # 约, 左右: either side, within one step of the last digit that carries meaning.
            step = _step(said, at)
            return Ends(_raised(near(minus(at, step)), least), near(plus(at, step)))
        case Bound.UNDER:
            # 不到, 不满: below the mark, however far.
            return Ends(least, at, high_open=True)
        case Bound.AT_LEAST:
            return Ends(minus(at, reckoned), None)
        case Bound.AT_MOST:
            return Ends(least, plus(at, reckoned))
        case Bound.RANGE:
            # Both ends are printed; the writer chose them, so nothing is added to either.
            if not isinstance(value_to, Decimal):
                raise CannotRead("a range with only one end: {value}", value=value)
            return Ends(at, times(value_to, unit.factor))


def last_place(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 585.37 → 0.01."""
    return Decimal((0, (1,), _exponent(value)))


def _step(said: Quantity, at: Decimal) -> Decimal:
    """One unit of the last digit that carries meaning: 700 → 100, 16.7 → 0.1, 16.70 → 0.01.

    Zeros at the end of a whole number may only fill it up; behind a point they were measured. A
    fraction has no digits: two-thirds is near to a tenth of itself. In base units, as `at` is.
    """
    value = said.value
    if said.fraction or isinstance(value, str):
        return at.scaleb(-1)
    last = last_place(value.normalize() if value and not _exponent(value) else value)
    return EXACT.multiply(last, said.unit.factor)


def _raised(low: Decimal, floor: Decimal | None) -> Decimal:
    """`low`, but not under what the unit allows."""
    return low if floor is None or low > floor else floor


def _minus(end: Decimal | str | None) -> Decimal | None:
    return -end if isinstance(end, Decimal) else None


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "quantities are finite"
    return exponent
