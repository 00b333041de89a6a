"""How quantities read in English and Chinese: exact digits, in the scale that people use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..language import Message, language, translate
from ..quantities.decimals import EXACT
from .periods import span_text

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.figure import Figure
    from ..quantities.interval import Interval

# What the two names of a unit may begin with: ten thousand yuan, 万元.
POWERS_EN = {"ten": 1, "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
POWERS_ZH = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# Powers of ten that numbers are written in. Of those that units have, Chinese keeps these.
WRITTEN_EN = ((12, "trillion"), (9, "billion"), (6, "million"))
WRITTEN_ZH = ((12, "万亿"), (8, "亿"), (4, "万"))
KEPT_ZH = frozenset({"万亿", "亿", "万", "千"})
SINGULAR = {"centuries": "century", "inches": "inch", "feet": "foot"}
# Base units of rows that no figure gives a name to.
BASE_UNITS = {
    "t": Message("tonnes"), "m": Message("metres"), "m2": Message("square metres"),
    "h": Message("hours"), "min": Message("minutes"), "day": Message("days"),
    "month": Message("months"), "year": Message("years"), "pp": Message("percentage points"),
    "times": Message("times"), "CNY": Message("yuan"), "USD": Message("US dollars"),
}  # fmt: skip
KINDS = {"count": "count", "part": "count", "rank": "rank", "%": "share"}
# A quotient is written with so many digits of its width, and a lone end with so many of its own.
WIDTH_DIGITS = 2
END_DIGITS = 4
# A number below this part of a scale is not written in it.
SMALLEST = Decimal("0.1")


class Scale(NamedTuple):
    """A power of ten that a number is written in: 1.5 (billion)."""

    power: int = 0
    name: str = ""


class Notation(NamedTuple):
    """How numbers of a unit are written in the language in use.

    Numbers are brought from base units to the plain unit (`plain` base units in one), then into a
    scale. `own` is the scale of the unit as printed. Without a unit (`bare`) only digits are
    written.
    """

    kind: str
    unit: str
    currency: str = ""
    plain: Decimal = Decimal(1)
    own: Scale = Scale()
    bare: bool = False

    @classmethod
    def of(cls, figure: Figure) -> Notation:
        """The notation of a figure's unit."""
        zh, en = figure.unit_zh, figure.unit_en
        own, words = Scale(), en.split(" ")
        (power, signs), (same, count) = _leading(zh, POWERS_ZH), _leading(words, POWERS_EN)
        if power == same:  # 千米 is a unit, and 千 no scale of it
            own, zh, en = Scale(power, zh[:signs]), zh[signs:], " ".join(words[count:])
        return cls._made(figure.unit_kind, zh, en, figure.base_unit, figure.factor, own)

    @classmethod
    def in_base(cls, base_unit: str, unit: str, factor: Decimal) -> Notation:
        """The notation of numbers that come from no figure, in `unit` of `factor` base units."""
        own = Scale()
        power, signs = _leading(unit, POWERS_ZH)
        if power <= factor.adjusted() and signs < len(unit):
            own, unit = Scale(power, unit[:signs]), unit[signs:]
        name = " per ".join(str(BASE_UNITS.get(part, part)) for part in base_unit.split("/"))
        kind = KINDS.get(base_unit, "measure")
        if len(base_unit) == 3 and base_unit.isupper():
            kind = "money"
        elif language() == "en":
            factor, own = Decimal(1), Scale()
        return cls._made(kind, unit, name, base_unit, factor, own)

    @classmethod
    def _made(
        cls, kind: str, zh: str, en: str, base_unit: str, factor: Decimal, own: Scale
    ) -> Notation:
        plain = EXACT.scaleb(factor, -own.power)
        if language() == "zh":
            return cls(kind, zh, "", plain, own if own.name in KEPT_ZH else Scale())
        if kind == "money":
            return cls(kind, en, base_unit)
        above, per, below = en.partition(" per ")
        return cls(kind, above + per + _one(below), "", plain)

    def scale(self, *numbers: Decimal) -> Scale:
        """The scale to write these numbers of plain units in: the largest that suits them all."""
        chinese = language() == "zh"
        sizes = [abs(number) for number in numbers if number] or [Decimal(0)]
        for power, name in WRITTEN_ZH if chinese else WRITTEN_EN:
            if power <= self.own.power:
                break  # 0.5亿 that was printed so stays, though 5000万 would be shorter
            if max(sizes) < Decimal(1).scaleb(power) or min(sizes) < SMALLEST.scaleb(power):
                continue
            # 16.5432万 helps nobody; the digits alone do. 45350万 needs a scale anyway, so 4.535亿
            # is shorter, as long as nothing finer than half a 万 is written.
            most = 2 if power == 4 else 5
            if chinese and any(power - _exponent(_bare(number)) > most for number in sizes):
                continue
            return Scale(power, name)
        return self.own

    def scale_of(self, numbers: Sequence[Fraction]) -> Scale:
        """One scale for several numbers of base units."""
        return self.scale(*(_decimal(number) / self.plain for number in numbers))

    def label(self, scale: Scale) -> str:
        """The unit alone: CNY billion, 亿元; nothing for counts in English."""
        if language() == "zh":
            return scale.name + self.unit
        if self.currency:
            return f"{self.currency} {scale.name}".rstrip()
        unit = "" if self.kind in ("count", "rank", "ordinal") else self.unit
        return f"{scale.name} {'%' if unit == 'per cent' else unit}".strip()

    def digits(self, number: Decimal, scale: Scale) -> str:
        """A number of plain units in `scale`, with the digits that it has."""
        scaled = EXACT.scaleb(number, -scale.power)
        return f"{scaled:,f}" if language() == "en" else f"{scaled:f}"

    def written(self, body: str, scale: Scale, one: bool = False) -> str:
        """Digits with their scale and unit: CNY 1.5 billion, 1.5亿元, 30%."""
        if self.bare:
            return body
        if language() == "zh":
            return f"{'第' if self.kind == 'rank' else ''}{body}{scale.name}{self.unit}"
        scaled = f"{body} {scale.name}".rstrip()
        if self.currency:
            return f"{self.currency} {scaled}"
        if self.kind == "rank":
            return f"rank {body}" if one else f"ranks {body}"
        if self.kind == "count":
            return scaled
        if self.unit in ("per cent", "%"):
            return f"{body}%"
        return f"{scaled} {_one(self.unit) if one else self.unit}".rstrip()

    def first_of_two(self, body: str, scale: Scale) -> str:
        """The first of two numbers: Chinese repeats 万, 亿 and % where English does not."""
        if language() == "en" or self.bare:
            return body
        return body + scale.name + ("%" if self.unit == "%" else "")


def meaning(figure: Figure, notation: Notation | None = None, scale: Scale | None = None) -> str:
    """What a figure means, exactly: 496, CNY 101.54 ± 0.005 billion, 200 to < 300, > 85%."""
    if figure.value is None or figure.base_value is None:
        return span_text(figure.date or "")
    notation = notation or Notation.of(figure)

    def in_plain(number: Decimal | None) -> Decimal | None:
        return None if number is None else EXACT.divide(number, notation.plain)

    low, high, value = in_plain(figure.low), in_plain(figure.high), in_plain(figure.base_value)
    assert value is not None, "a figure that is no date has a value"
    if low is not None and low == high:
        exact = _as_printed(figure.value, low)
        scale = scale or notation.scale(exact)
        return notation.written(notation.digits(exact, scale), scale, one=abs(exact) == 1)
    closed = not (figure.low_open or figure.high_open) and figure.value_to is None
    if closed and low is not None and high is not None:
        half = EXACT.subtract(high, value)
        if half == EXACT.subtract(value, low):
            return _give_or_take(notation, _as_printed(figure.value, value), half, scale)
    # A limit that lies in the nature of the thing says nothing of it.
    if low == 0 and figure.bound in ("under", "at_most"):
        low = None
    if high == 100 and figure.unit_kind == "share" and figure.bound in ("over", "at_least"):
        high = None
    return _span(notation, low, high, figure.low_open, figure.high_open, scale)


def interval_text(interval: Interval, notation: Notation, scale: Scale | None = None) -> str:
    """An interval of base units whose ends may be quotients: rounded outwards, so it holds all."""
    from fractions import Fraction  # intervals bring it along

    plain = Fraction(notation.plain)
    low = None if interval.low is None else interval.low / plain
    high = None if interval.high is None else interval.high / plain
    width = None if low is None or high is None else high - low
    low_end = None if low is None else _outward(low, width, ROUND_FLOOR)
    high_end = None if high is None else _outward(high, width, ROUND_CEILING)
    # An end that had to be rounded lies outside already; only an exact one can be left out.
    low_open = interval.low_open and low_end == low
    high_open = interval.high_open and high_end == high
    return _span(notation, low_end, high_end, low_open, high_open, scale)


def _span(
    notation: Notation,
    low: Decimal | None,
    high: Decimal | None,
    low_open: bool,
    high_open: bool,
    scale: Scale | None,
) -> str:
    """An interval of plain units in words and signs; None is no end."""
    ends = [_bare(end) for end in (low, high) if end is not None]
    if not ends:
        return translate("anything")
    scale = scale or notation.scale(*ends)
    first, *second = (notation.digits(end, scale) for end in ends)
    if not second or low == high:
        number = notation.written(first, scale, one=abs(ends[0]) == 1)
        if low == high:
            return number
        if high is None:
            sign = Message("> {number}") if low_open else Message("≥ {number}")
        else:
            sign = Message("< {number}") if high_open else Message("≤ {number}")
        return translate(sign.english, number=number)
    if low_open:
        between = Message("> {low} to < {high}") if high_open else Message("> {low} to {high}")
    else:
        between = Message("{low} to < {high}") if high_open else Message("{low} to {high}")
    both = {"low": notation.first_of_two(first, scale), "high": second[0]}
    return notation.written(translate(between.english, **both), scale)


def _give_or_take(notation: Notation, value: Decimal, half: Decimal, scale: Scale | None) -> str:
    """A value with what rounding hides on either side; both to fitting places."""
    half = _bare(half)
    scale = scale or notation.scale(value)
    # 20.00 ± 0.005 million: the zeros are printed digits, as the ± says.
    exponent = min(_exponent(value), _exponent(_bare(EXACT.add(half, half))), scale.power)
    body = notation.digits(value.quantize(Decimal(1).scaleb(exponent), None, EXACT), scale)
    both = f"{notation.first_of_two(body, scale)} ± {notation.digits(half, scale)}"
    return notation.written(both, scale)


def _outward(end: Fraction, width: Fraction | None, rounding: str) -> Decimal:
    decimal = _decimal(end)
    exact = decimal.as_integer_ratio() == end.as_integer_ratio()
    few = len(_bare(decimal).as_tuple().digits) <= END_DIGITS + WIDTH_DIGITS
    if exact and (few or not width):
        return _bare(decimal)
    place = decimal.adjusted() - END_DIGITS + 1
    if width:
        place = _decimal(width).adjusted() - WIDTH_DIGITS + 1
        # A wide interval needs no more digits than a lone end has.
        place = min(place, decimal.adjusted() - 2) if decimal else place
    return _bare(decimal.quantize(Decimal(1).scaleb(place), rounding, EXACT))


def _as_printed(printed: Decimal, value: Decimal) -> Decimal:
    """`value` with the decimals that `printed` has: 16.70亿 is 1.670 billion, not 1.67."""
    bare = _bare(value)
    wanted = len(printed.as_tuple().digits) - len(bare.as_tuple().digits)
    if _exponent(printed) >= 0 or not bare or wanted <= 0:
        return bare
    return bare.quantize(Decimal(1).scaleb(_exponent(bare) - wanted), None, EXACT)


def _bare(value: Decimal) -> Decimal:
    """`value` without the zeros that only hold its place."""
    return value.normalize(EXACT)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "quantities are finite"
    return exponent


def _decimal(number: Fraction) -> Decimal:
    return EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))


def _leading(parts: Sequence[str], powers: dict[str, int]) -> tuple[int, int]:
    """The power of ten that a unit's name begins with, and how many words or signs say it."""
    count = next((at for at, part in enumerate(parts) if part not in powers), len(parts))
    return sum(powers[part] for part in parts[:count]), count


def _one(unit: str) -> str:
    """The singular of a unit's name: tonnes per day gives tonne per day."""
    first, per, rest = unit.partition(" per ")
    return SINGULAR.get(first, first.removesuffix("s")) + per + rest
