"""Writes quantities in English and Chinese, with exact digits, in the scale that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language import language, translate
from ..language.periods import span_text
from ..quantities.decimals import EXACT

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.figure import Figure

# Powers of ten at the beginning of a unit's name: ten thousand yuan, 万元.
POWERS_EN = {"ten": 1, "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
POWERS_ZH = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# Powers of ten that numbers are written in, each with the most decimals allowed: 4.535亿 is
# shorter than 45350万, but 16.5432万 is harder to read than 165432.
WRITTEN = {
    "en": ((12, " trillion", 99), (9, " billion", 99), (6, " million", 99)),
    "zh": ((12, "万亿", 5), (8, "亿", 5), (4, "万", 3)),
}
# Durations that Chinese counts with 个: 3月 is March, 3个月 is three months.
WITH_CLASSIFIER = frozenset(
    ["月", "季度", "星期", "礼拜", "世纪", "学期", "工作日", "交易日", "自然日"]
)
# Kinds of unit whose name English leaves out, and the word written instead.
BARE_EN = {"count": "", "ordinal": "", "rank": "rank"}
# A quotient with more than EXACT_DIGITS digits is rounded to DIGITS.
EXACT_DIGITS, DIGITS = 8, 5


class Notation(NamedTuple):
    """How numbers of a unit are written in the language in use.

    A number is converted to the plain unit, which holds `plain` base units, and then to the `power`
    of ten that `scale` names: `1.5 billion`, 1.5亿. If `power` is None, each number gets its own.
    """

    before: str
    behind: str
    plain: Decimal
    power: int | None = None
    scale: str = ""

    @classmethod
    def of(cls, one: Figure) -> Notation:
        """The notation of a figure's unit."""
        return cls.of_unit(one.unit_zh, one.unit_en, one.unit_kind, one.base_unit, one.factor)

    @classmethod
    def of_unit(cls, zh: str, en: str, kind: str, base: str, factor: Decimal) -> Notation:
        """The notation of a unit, without the power of ten that it may begin with."""
        words = en.split(" ")
        (power, signs), (same, count) = _leading(zh, POWERS_ZH), _leading(words, POWERS_EN)
        if power != same:  # 千米 is the unit kilometre; 千 is no power here
            power = signs = count = 0
        plain = EXACT.scaleb(factor, -power)
        if language() == "zh":
            unit = f"个{zh[signs:]}" if zh[signs:] in WITH_CLASSIFIER else zh[signs:]
            return cls("第" if kind == "rank" else "", unit, plain)
        if kind in BARE_EN or kind == "money":
            return cls(f"{BARE_EN.get(kind, base)} ".lstrip(), "", plain)
        if kind == "share" and factor > 1:
            return cls("", "%", Decimal(1))  # English has no unit for tenths, e.g. 两成
        above, per, below = " ".join(words[count:]).partition(" per ")
        unit = f" {above}{per}{_one(below)}"
        return cls("", "%" if unit == " per cent" else unit, plain)

    def scaled(self, numbers: Iterable[Decimal]) -> Notation:
        """This notation with the largest power of ten that suits all these numbers."""
        if self.power is not None:
            return self
        found = [abs(number) for number in numbers if number] or [Decimal(0)]
        for power, name, decimals in WRITTEN[language()]:
            one = Decimal(1).scaleb(power)
            places = max(power - int(number.as_tuple().exponent) for number in found)
            if max(found) >= one and min(found) >= one / 10 and places <= decimals:
                return self._replace(power=power, scale=name)
        return self._replace(power=0)

    def in_plain(self, number: Decimal | Fraction) -> Decimal:
        """A number of base units in plain units."""
        above, below = number.as_integer_ratio()
        divisor = EXACT.multiply(Decimal(below), self.plain)
        return EXACT.divide(Decimal(above), divisor).normalize(EXACT)

    def digits(self, number: Decimal) -> str:
        """A number of plain units in the scale, with all its digits."""
        scaled = EXACT.scaleb(number, -(self.power or 0)) if number else number
        return f"{scaled:,f}" if language() == "en" else f"{scaled:f}"

    def written(self, body: str, one: bool = False) -> str:
        """Digits, or "", with their scale and unit: CNY 1.5 billion, 1.5亿元, CNY billion."""
        return f"{self.before}{body}{self.scale}{_one(self.behind) if one else self.behind}"

    def first_of_two(self, number: Decimal) -> str:
        """The first of two numbers: Chinese repeats 万, 亿 and %, English does not."""
        repeated = self.scale + ("%" if self.behind == "%" else "")
        return self.digits(number) + (repeated if language() == "zh" else "")


def meaning(figure: Figure, notation: Notation | None = None) -> str:
    """The meaning of a figure: 496, CNY 101.54 ± 0.005 billion, 200 to < 300, > 85%."""
    if figure.base_value is None:
        return span_text(figure.date or "")
    notation = notation or Notation.of(figure)
    return interval_text(figure, notation, figure.base_value, figure.bound)


def interval_text(
    ends: Any, notation: Notation, value: Decimal | None = None, bound: str = ""
) -> str:
    """An interval of base units in words and signs; `value` ± a half where that is the same.

    `ends` has low, high, low_open and high_open. Quotients are rounded outwards, so that the
    written interval contains the exact one.
    """
    low, low_exact = _outward(ends.low, notation, ROUND_FLOOR)
    high, high_exact = _outward(ends.high, notation, ROUND_CEILING)
    # A rounded end lies outside the interval already; only an exact end can be open.
    low_open, high_open = ends.low_open and low_exact, ends.high_open and high_exact
    if not (value is None or low is None or high is None or low_open or high_open):
        half = EXACT.divide(EXACT.subtract(high, low), Decimal(2)).normalize(EXACT)
        middle = notation.in_plain(value)
        if half and EXACT.subtract(high, half) == middle:
            return _give_or_take(notation.scaled([middle]), middle, half)
    # Don't write a limit that every such quantity has: 0, or 100%.
    if low == 0 and bound in ("under", "at_most"):
        low = None
    if ends.high == 100 and not high_open and bound in ("over", "at_least"):
        high = None
    found = [end for end in (low, high) if end is not None]
    if not found:
        return translate("anything")
    notation = notation.scaled(found)
    number = notation.written(notation.digits(found[0]), one=abs(found[0]) == 1)
    if low is None:
        return translate("< {number}" if high_open else "≤ {number}", number=number)
    if high is None:
        return translate("> {number}" if low_open else "≥ {number}", number=number)
    if low == high:
        return number
    first, last = notation.first_of_two(low), notation.digits(high)
    first = translate("> {number}", number=first) if low_open else first
    last = translate("< {number}", number=last) if high_open else last
    return notation.written(translate("{low} to {high}", low=first, high=last))


def _give_or_take(notation: Notation, value: Decimal, half: Decimal) -> str:
    """A value ± a half step, with the value's trailing zeros: 20.00 ± 0.005 million."""
    step = EXACT.add(half, half).normalize(EXACT)
    place = min(value, step, key=lambda number: int(number.as_tuple().exponent))
    first = notation.first_of_two(value.quantize(place, None, EXACT))
    return notation.written(f"{first} ± {notation.digits(half)}")


def _outward(
    end: Decimal | Fraction | None, notation: Notation, rounding: str
) -> tuple[Decimal | None, bool]:
    """An end in plain units, and whether it is exact; a long quotient is rounded."""
    if end is None:
        return None, False
    found = notation.in_plain(end)
    exact = isinstance(end, Decimal) or len(found.as_tuple().digits) <= EXACT_DIGITS
    return (found if exact else Context(prec=DIGITS, rounding=rounding).plus(found)), exact


def _leading(parts: Sequence[str], powers: dict[str, int]) -> tuple[int, int]:
    """The power of ten that a unit's name begins with, and its number of words or signs."""
    count = next((at for at, part in enumerate(parts) if part not in powers), len(parts))
    return sum(powers[part] for part in parts[:count]), count


def _one(unit: str) -> str:
    """The singular of a unit's name: tonnes per day gives tonne per day."""
    first, per, rest = unit.partition(" per ")
    return re.sub("(?<=[xh])es$|s$", "", re.sub("ies$", "y", first)) + per + rest
