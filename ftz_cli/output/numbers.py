"""How quantities read in English and Chinese: exact digits, in the scale that people use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..language import language, translate
from ..quantities.decimals import EXACT
from .periods import span_text

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.figure import Figure
    from ..quantities.interval import Interval

# What the two names of a unit may begin with: ten thousand yuan, 万元.
POWERS_EN = {"ten": 1, "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
POWERS_ZH = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# Powers of ten that numbers are written in, with the most decimals that they then have: 4.535亿 is
# shorter than 45350万, but 16.5432万 helps nobody.
WRITTEN = {
    "en": ((12, " trillion", 99), (9, " billion", 99), (6, " million", 99)),
    "zh": ((12, "万亿", 5), (8, "亿", 5), (4, "万", 3)),
}
# Kinds of unit that English leaves out, and what it says instead.
BARE_EN = {"count": "", "ordinal": "", "rank": "rank"}
# A quotient is written with so many digits, and an end that has more than EXACT_DIGITS too.
DIGITS = 5
EXACT_DIGITS = 8


class Scale(NamedTuple):
    """A power of ten that a number is written in, and what says so: `1.5 billion`, 1.5亿."""

    power: int = 0
    name: str = ""


class Notation(NamedTuple):
    """How numbers of a unit are written in the language in use.

    Numbers are brought from base units to the plain unit (`plain` base units in one), then into a
    scale. Currencies and 第 go before them, other units behind them.
    """

    before: str
    behind: str
    plain: Decimal = Decimal(1)

    @classmethod
    def of(cls, figure: Figure) -> Notation:
        """The notation of a figure's unit, without the power of ten that it may begin with."""
        zh, words, kind = figure.unit_zh, figure.unit_en.split(" "), figure.unit_kind
        (power, signs), (same, count) = _leading(zh, POWERS_ZH), _leading(words, POWERS_EN)
        if power != same:  # 千米 is a unit, and 千 no power of it
            power = signs = count = 0
        plain = EXACT.scaleb(figure.factor, -power)
        if language() == "zh":
            return cls("第" if kind == "rank" else "", zh[signs:], plain)
        if kind in BARE_EN or kind == "money":
            return cls(f"{BARE_EN.get(kind, figure.base_unit)} ".lstrip(), "", plain)
        above, per, below = " ".join(words[count:]).partition(" per ")
        unit = f" {above}{per}{_one(below)}"
        return cls("", "%" if unit == " per cent" else unit, plain)

    def bare(self) -> Notation:
        """The notation of digits alone, for where the unit is said elsewhere."""
        return self._replace(before="", behind="")

    def scale(self, numbers: Sequence[Decimal]) -> Scale:
        """The scale to write these numbers of plain units in: the largest that suits them all."""
        found = [_bare(abs(number)) for number in numbers if number] or [Decimal(0)]
        for power, name, decimals in WRITTEN[language()]:
            one = Decimal(1).scaleb(power)
            fits = max(found) >= one and min(found) >= one / 10
            if fits and all(power - _exponent(number) <= decimals for number in found):
                return Scale(power, name)
        return Scale()

    def scale_of(self, numbers: Sequence[Fraction]) -> Scale:
        """One scale for several numbers of base units, which may be quotients."""
        few = Context(prec=DIGITS)
        return self.scale([few.divide(_decimal(number), self.plain) for number in numbers])

    def label(self, scale: Scale) -> str:
        """The unit alone: CNY billion, 亿元."""
        return f"{self.before}{scale.name.strip()}{self.behind}".strip()

    def digits(self, number: Decimal, scale: Scale) -> str:
        """A number of plain units in `scale`, with the digits that it has."""
        scaled = EXACT.scaleb(number, -scale.power)
        return f"{scaled:,f}" if language() == "en" else f"{scaled:f}"

    def written(self, body: str, scale: Scale, one: bool = False) -> str:
        """Digits with their scale and unit: CNY 1.5 billion, 1.5亿元, 30%."""
        return f"{self.before}{body}{scale.name}{_one(self.behind) if one else self.behind}"

    def first_of_two(self, body: str, scale: Scale) -> str:
        """The first of two numbers: Chinese repeats 万, 亿 and % where English does not."""
        if language() == "en":
            return body
        return body + scale.name + ("%" if self.behind == "%" else "")


def meaning(figure: Figure, notation: Notation | None = None, scale: Scale | None = None) -> str:
    """What a figure means, exactly: 496, CNY 101.54 ± 0.005 billion, 200 to < 300, > 85%."""
    if figure.base_value is None:
        return span_text(figure.date or "")
    notation = notation or Notation.of(figure)
    low, high = _in_plain(figure.low, notation), _in_plain(figure.high, notation)
    if low is not None and high is not None and not (figure.low_open or figure.high_open):
        half = EXACT.divide(EXACT.subtract(high, low), Decimal(2))
        value = EXACT.divide(figure.base_value, notation.plain)
        if half and EXACT.subtract(high, half) == value:
            return _give_or_take(notation, value, half, scale)
    # A limit that lies in the nature of the thing says nothing of it.
    if low == 0 and figure.bound in ("under", "at_most"):
        low = None
    if high == 100 and figure.unit_kind == "share" and figure.bound in ("over", "at_least"):
        high = None
    return _span(notation, low, high, (figure.low_open, figure.high_open), scale)


def interval_text(interval: Interval, notation: Notation, scale: Scale | None = None) -> str:
    """An interval of base units whose ends may be quotients: rounded outwards, so it holds all."""
    low, low_exact = _outward(interval.low, notation, ROUND_FLOOR)
    high, high_exact = _outward(interval.high, notation, ROUND_CEILING)
    # An end that had to be rounded lies outside already; only an exact one can be left out.
    opens = (interval.low_open and low_exact, interval.high_open and high_exact)
    return _span(notation, low, high, opens, scale)


def _span(
    notation: Notation,
    low: Decimal | None,
    high: Decimal | None,
    opens: tuple[bool, bool],
    scale: Scale | None,
) -> str:
    """An interval of plain units in words and signs; None is no end."""
    ends = [_bare(end) for end in (low, high) if end is not None]
    if not ends:
        return translate("anything")
    scale = scale or notation.scale(ends)
    first, last = notation.digits(ends[0], scale), notation.digits(ends[-1], scale)
    number = notation.written(first, scale, one=abs(ends[0]) == 1)
    if low == high:
        return number
    if high is None:
        return translate("> {number}" if opens[0] else "≥ {number}", number=number)
    if low is None:
        return translate("< {number}" if opens[1] else "≤ {number}", number=number)
    first = notation.first_of_two(first, scale)
    first = translate("> {number}", number=first) if opens[0] else first
    last = translate("< {number}", number=last) if opens[1] else last
    return notation.written(translate("{low} to {high}", low=first, high=last), scale)


def _give_or_take(notation: Notation, value: Decimal, half: Decimal, scale: Scale | None) -> str:
    """A value with what rounding hides on either side; both to fitting places."""
    half, value = _bare(half), _bare(value)
    scale = scale or notation.scale([value])
    # 20.00 ± 0.005 million: the zeros are printed digits, as the ± says.
    exponent = min(_exponent(value), _exponent(_bare(EXACT.add(half, half))), scale.power)
    body = notation.digits(value.quantize(Decimal(1).scaleb(exponent), None, EXACT), scale)
    both = f"{notation.first_of_two(body, scale)} ± {notation.digits(half, scale)}"
    return notation.written(both, scale)


def _outward(
    end: Fraction | None, notation: Notation, rounding: str
) -> tuple[Decimal | None, bool]:
    """An end in plain units, and whether it is exact; else it is rounded."""
    if end is None:
        return None, False
    exact = _in_plain(_decimal(end), notation)
    assert exact is not None
    whole = _decimal(end).as_integer_ratio() == end.as_integer_ratio()
    if whole and len(_bare(exact).as_tuple().digits) <= EXACT_DIGITS:
        return exact, True
    return Context(prec=DIGITS, rounding=rounding).plus(exact), False


def _in_plain(number: Decimal | None, notation: Notation) -> Decimal | None:
    return None if number is None else EXACT.divide(number, notation.plain)


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
    return first.removesuffix("s") + per + rest
