"""How a quantity reads in each language: exact digits, in the scale that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from ..catalogue import knows, say
from ..exact import EXACT
from ..quantity import Bound
from .periods import dates_text

if TYPE_CHECKING:
    from fractions import Fraction

    from ..interval import Interval
    from ..models import Figure

# Powers of ten that a unit's English name may begin with, longest first, and what the Chinese
# name of the unit begins with in their place.
_SCALES = sorted(
    (
        ("ten quadrillion ", 16, "亿亿"), ("hundred trillion ", 14, "百万亿"),
        ("ten trillion ", 13, "十万亿"), ("trillion ", 12, "万亿"),
        ("hundred billion ", 11, "千亿"), ("ten billion ", 10, "百亿"), ("billion ", 9, "十亿"),
        ("hundred million ", 8, "亿"), ("ten million ", 7, "千万"), ("million ", 6, "百万"),
        ("hundred thousand ", 5, "十万"), ("ten thousand ", 4, "万"), ("thousand ", 3, "千"),
        ("hundred ", 2, "百"), ("ten ", 1, "十"),
    ),
    key=lambda scale: -len(scale[0]),
)  # fmt: skip
_READ_IN = {
    "en": ((12, "trillion"), (9, "billion"), (6, "million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_ONE = {"centuries": "century", "inches": "inch"}
_BARE = "bare"
_KINDS = {"count": "count", "rank": "rank", "part": "count", "%": "share"}
# A quotient is told with so many digits of its width, and a lone end with so many of its own.
_WIDTH_DIGITS = 2
_END_DIGITS = 4
# A number below this part of a scale is not written in it.
_SMALLEST = Decimal("0.1")
# An interval narrower than this part of its middle is told by its middle first.
_NARROW = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Scale:
    """A power of ten that a number is written in: 1.5 (billion)."""

    power: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """How numbers of a unit are written in a language.

    Numbers are brought from base units to the plain unit (`plain` base units in one), then into
    a scale. `own` is the scale of the unit as printed.
    """

    lang: str
    kind: str
    unit: str
    currency: str = ""
    plain: Decimal = Decimal(1)
    own: Scale = Scale()

    @classmethod
    def of(cls, figure: Figure, lang: str) -> Measure:
        """The measure of a figure's unit."""
        return cls.named(
            lang, figure.unit_kind, figure.unit, figure.unit_en, figure.base_unit, figure.factor
        )

    @classmethod
    def named(
        cls, lang: str, kind: str, unit: str, unit_en: str, base_unit: str, factor: Decimal
    ) -> Measure:
        """The measure of a unit, scaled or plain, from its two names."""
        own, name = Scale(), unit if lang == "zh" else unit_en
        for start, power, zh in _SCALES:
            if unit_en.startswith(start) and unit.startswith(zh):
                own = Scale(power, zh)
                name = unit[len(zh) :] if lang == "zh" else unit_en[len(start) :]
                break
        plain = EXACT.scaleb(factor, -own.power)
        return cls(lang, kind, name, base_unit if kind == "money" else "", plain, own)

    @classmethod
    def in_base(cls, base_unit: str, unit: str, factor: Decimal, lang: str) -> Measure:
        """The measure of numbers that come from no figure, shown in `unit` where that is known."""
        own, name = Scale(), unit
        for _, power, zh in _SCALES:
            # 千米 is a unit; only what the factor bears out is a scale.
            if unit.startswith(zh) and factor.adjusted() >= power and len(unit) > len(zh):
                own, name = Scale(power, zh), unit[len(zh) :]
                break
        kind = _KINDS.get(base_unit, "measure")
        if len(base_unit) == 3 and base_unit.isupper() and base_unit.isalpha():
            kind = "money"
        plain = EXACT.scaleb(factor, -own.power)
        if lang == "en":
            key = f"unit.{base_unit}"
            name = say(key, lang) if knows(key) else base_unit
            plain = Decimal(1)
        return cls(lang, kind, name, base_unit if kind == "money" else "", plain, own)

    def scale(self, *numbers: Decimal) -> Scale:
        """The scale to write these numbers of plain units in: the largest that suits them all."""
        own = self.own if self.lang == "zh" else Scale()
        told = [abs(number) for number in numbers if number] or [Decimal(0)]
        for power, name in _READ_IN[self.lang]:
            if power <= own.power:
                break  # 0.5亿 that was printed so stays, though 5000万 would be shorter
            if max(told) < Decimal(1).scaleb(power) or min(told) < _SMALLEST.scaleb(power):
                continue
            # 16.5432万 helps nobody; the digits alone do. 45350万 needs a scale anyway, so 4.535亿
            # is shorter, as long as nothing finer than half a 万 is to be told.
            most = 2 if power == 4 else 5
            if self.lang == "zh" and any(_decimals(number, power) > most for number in told):
                continue
            return Scale(power, name)
        return own

    @property
    def label(self) -> str:
        """The unit alone, for the head of a row; nothing for counts in English."""
        if self.lang == "zh":
            return self.unit
        if self.kind in ("count", "rank"):
            return ""
        return self.currency or ("%" if self.unit == "per cent" else self.unit)

    @property
    def bare(self) -> Measure:
        """The same numbers written without their unit."""
        return Measure(self.lang, _BARE, "", "", self.plain, self.own)

    def digits(self, number: Decimal, scale: Scale) -> str:
        """A number of plain units in `scale`, with the digits it has."""
        scaled = EXACT.scaleb(number, -scale.power)
        return f"{scaled:,f}" if self.lang == "en" else f"{scaled:f}"

    def written(self, body: str, scale: Scale, one: bool = False) -> str:
        """Digits with their scale and unit: CNY 1.5 billion, 1.5亿元, 30%."""
        if self.kind == _BARE:
            return body
        if self.lang == "zh":
            rank = "第" if self.kind == "rank" else ""
            return f"{rank}{body}{scale.name}{self.unit}"
        scaled = f"{body} {scale.name}".rstrip()
        if self.currency:
            return f"{self.currency} {scaled}"
        if self.kind == "rank":
            return f"{'rank' if one else 'ranks'} {body}"
        if self.kind == "count":
            return scaled
        if self.unit in ("per cent", "%"):
            return f"{body}%"
        return f"{scaled} {_singular(self.unit) if one else self.unit}".rstrip()

    def repeated(self, body: str, scale: Scale) -> str:
        """The first of two numbers: Chinese repeats 万, 亿 and % where English does not."""
        if self.lang != "zh" or self.kind == _BARE:
            return body
        return body + scale.name + ("%" if self.unit == "%" else "")

    def in_plain(self, base: Decimal) -> Decimal:
        """A number of base units in plain ones."""
        return EXACT.divide(base, self.plain)


def value_text(figure: Figure, lang: str) -> str:
    """The figure's value alone, as people write it: CNY 101.54 billion, 1015.4亿元."""
    if isinstance(figure.value, str):
        to = figure.value_to if isinstance(figure.value_to, str) else None
        return dates_text(figure.value, to, lang)
    measure = Measure.of(figure, lang)
    value = measure.in_plain(EXACT.multiply(figure.value, figure.factor))
    values = [_as_printed(figure.value, value)]
    if isinstance(figure.value_to, Decimal):
        value_to = measure.in_plain(EXACT.multiply(figure.value_to, figure.factor))
        values.append(_as_printed(figure.value_to, value_to))
    scale = measure.scale(*values)
    words = [measure.digits(value, scale) for value in values]
    body = words[0]
    if len(words) > 1:
        body = say("meaning.from_to", lang, low=measure.repeated(body, scale), high=words[1])
    return measure.written(body, scale, one=values == [1])


def meaning(
    figure: Figure, lang: str, scale: Scale | None = None, measure: Measure | None = None
) -> str:
    """What the figure means, exactly: 496, CNY 101.54 ± 0.005 billion, 200 to < 300, > 85%."""
    low, high = figure.low, figure.high
    if isinstance(figure.value, str) or isinstance(low, str) or isinstance(high, str):
        return value_text(figure, lang)
    measure = measure or Measure.of(figure, lang)
    low = None if low is None else measure.in_plain(low)
    high = None if high is None else measure.in_plain(high)
    if low is not None and low == high:
        value = _as_printed(figure.value, low)
        scale = scale or measure.scale(value)
        return measure.written(measure.digits(value, scale), scale, one=value == 1)
    value = measure.in_plain(EXACT.multiply(figure.value, figure.factor))
    bound = figure.bound
    if low is not None and high is not None and bound in (Bound.EXACT, Bound.ABOUT):
        half = EXACT.divide(EXACT.subtract(high, low), Decimal(2))
        if EXACT.add(low, half) == value:
            return _give_or_take(measure, figure.value, value, half, scale)
    least = None if figure.minimum is None else measure.in_plain(figure.minimum)
    if low == least and least == 0 and bound in (Bound.UNDER, Bound.AT_MOST):
        # Nothing is below zero here, so the lower end says nothing.
        low = None
    low_open = bound == Bound.OVER and high is None
    high_open = bound in (Bound.UNDER, Bound.NEARLY) or (bound == Bound.OVER and high is not None)
    return span(measure, low, high, low_open, high_open, scale)


def span(
    measure: Measure,
    low: Decimal | None,
    high: Decimal | None,
    low_open: bool,
    high_open: bool,
    scale: Scale | None = None,
) -> str:
    """An interval of plain units in words and signs; None is no end."""
    ends = [_bare(end) for end in (low, high) if end is not None]
    lang = measure.lang
    if not ends:
        return say("meaning.anything", lang)
    scale = scale or measure.scale(*ends)
    words = [measure.digits(end, scale) for end in ends]
    if low is not None and high is not None:
        if low == high:
            return measure.written(words[0], scale, one=low == 1)
        key = f"meaning.{'over' if low_open else 'from'}_{'under' if high_open else 'to'}"
        return measure.written(say(key, lang, low=measure.repeated(words[0], scale),
                                   high=words[1]), scale)  # fmt: skip
    if low is not None:
        sign = say("meaning.over" if low_open else "meaning.at_least", lang)
    else:
        sign = say("meaning.under" if high_open else "meaning.at_most", lang)
    return sign + measure.written(words[0], scale, one=ends == [1])


def recomputed(interval: Interval, measure: Measure, scale: Scale | None = None) -> str:
    """An interval of base units whose ends may be quotients: rounded outwards, so it holds all."""
    low, high, low_open, high_open = _rounded_ends(interval, measure)
    return span(measure, low, high, low_open, high_open, scale)


def headline(interval: Interval, measure: Measure, scale: Scale | None = None) -> str:
    """The one number to remember of an interval: about its middle, or under or over an end."""
    low, high, low_open, high_open = _rounded_ends(interval, measure)
    if low is None or high is None:
        return span(measure, low, high, low_open, high_open, scale)
    width = high - low
    if not width or interval.low is None or interval.high is None:
        return span(measure, low, high, False, False, scale)
    # The middle of the true ends: those shown are rounded outwards, one perhaps more.
    centre = _in_plain((interval.low + interval.high) / 2, measure) or Fraction(0)
    middle = EXACT.divide(Decimal(centre.numerator), Decimal(centre.denominator))
    if abs(middle) * _NARROW >= width:
        place = Decimal(1).scaleb(width.adjusted())
        middle = _bare(middle.quantize(place, ROUND_HALF_EVEN, EXACT))
        scale = scale or measure.scale(middle)
        about = measure.written(measure.digits(middle, scale), scale)
        return say("meaning.about", measure.lang) + about
    return span(measure, None, high, False, high_open, scale)


def row_scale(measure: Measure, numbers: Sequence[Decimal | Fraction]) -> Scale:
    """One scale for a row of numbers of base units."""
    exact = [EXACT.divide(*map(Decimal, number.as_integer_ratio())) for number in numbers]
    return measure.scale(*map(measure.in_plain, exact))


def _give_or_take(
    measure: Measure, printed: Decimal, value: Decimal, half: Decimal, scale: Scale | None
) -> str:
    """A value with what rounding hides on either side; both are told to fitting places."""
    half = _bare(half)
    shown = _as_printed(printed, value)
    scale = scale or measure.scale(shown)
    place = EXACT.multiply(half, Decimal(2)).normalize(EXACT)
    # 20.00 ± 0.005 million: the zeros are printed digits, as the ± tells.
    exponent = min(_exponent(shown), _exponent(place), scale.power)
    body = measure.digits(shown.quantize(Decimal(1).scaleb(exponent), None, EXACT), scale)
    shown_body = measure.repeated(body, scale)
    return measure.written(f"{shown_body} ± {measure.digits(half, scale)}", scale)


def _rounded_ends(
    interval: Interval, measure: Measure
) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """The ends in plain units as decimals, rounded outwards where they do not end."""
    low, high = _in_plain(interval.low, measure), _in_plain(interval.high, measure)
    width = high - low if low is not None and high is not None else None
    low_end = None if low is None else _outward(low, width, ROUND_FLOOR)
    high_end = None if high is None else _outward(high, width, ROUND_CEILING)
    # An end that had to be rounded lies outside already; only an exact one can be left out.
    low_open = interval.low_open and low_end == low
    high_open = interval.high_open and high_end == high
    return low_end, high_end, low_open, high_open


def _in_plain(end: Fraction | None, measure: Measure) -> Fraction | None:
    if end is None:
        return None
    from fractions import Fraction  # intervals bring it along

    return end / Fraction(measure.plain)


def _outward(end: Fraction, width: Fraction | None, rounding: str) -> Decimal:
    decimal = EXACT.divide(Decimal(end.numerator), Decimal(end.denominator))
    ends_exactly = decimal.as_integer_ratio() == end.as_integer_ratio()
    digits = len(decimal.normalize(EXACT).as_tuple().digits)
    if ends_exactly and digits <= _END_DIGITS + _WIDTH_DIGITS:
        return _bare(decimal)
    if width:
        span_of = EXACT.divide(Decimal(width.numerator), Decimal(width.denominator))
        place = span_of.adjusted() - _WIDTH_DIGITS + 1
        # A wide interval needs no more digits than a lone end has.
        place = min(place, decimal.adjusted() - 2) if decimal else place
    elif ends_exactly:
        return _bare(decimal)
    else:
        place = decimal.adjusted() - _END_DIGITS + 1
    return _bare(decimal.quantize(Decimal(1).scaleb(place), rounding, EXACT))


def _as_printed(printed: Decimal, value: Decimal) -> Decimal:
    """`value` with the decimals that `printed` has: 16.70亿 is 1.670 billion, not 1.67."""
    digits = printed.as_tuple()
    if not isinstance(digits.exponent, int) or digits.exponent >= 0:
        return _bare(value)
    bare = value.normalize(EXACT)
    wanted = len(digits.digits) - len(bare.as_tuple().digits)
    if not bare or wanted <= 0:
        return bare
    return bare.quantize(Decimal(1).scaleb(_exponent(bare) - wanted), None, EXACT)


def _bare(value: Decimal) -> Decimal:
    """`value` without the zeros that only hold its place."""
    return value.normalize(EXACT)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "quantities are finite"
    return exponent


def _decimals(value: Decimal, power: int) -> int:
    return max(0, power - _exponent(_bare(value)))


def _singular(unit: str) -> str:
    first, space, rest = unit.partition(" per ")
    one = _ONE.get(first, first[:-1] if first.endswith("s") else first)
    return one + space + rest
