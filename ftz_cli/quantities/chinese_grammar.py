"""The grammar of printed Chinese quantities: one production a line, with what each one builds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from unicodedata import numeric

from .chinese_numerals import DIGITS, Number, power_of
from .chinese_signs import ARABIC
from .chinese_slots import Found
from .dates import Date
from .quantity import Bound, Quantity
from .reckoned import compound as compound_of
from .reckoned import percent, plainest, rounded
from .units import NO_UNIT, Unit

# How a smaller unit may be spelt behind a larger one of a kind.
_SHORT = {("分", "duration"): "分钟", ("分", "money"): "分钱"}
# Units behind which digits are decimals: 一米八. Units of which half is measured: 半年.
_SPLIT = ("米", "元", "块", "块钱", "公里", "里", "秒")
_HALVED = ("duration", "points", "length", "mass", "money")
Build = Callable[[Found], Quantity | None]


def plain(found: Found) -> Quantity | None:
    """A number with its currency, scale and unit."""
    number, unit = found.number(), found.unit("money" if found["money"] else "unit")
    if unit is None:
        return None
    unit = found.scaled(number.scale or found.word("scale"), unit)
    return found.quantity(number.value, unit, number.value_to, number.more)


def listed(found: Found) -> Quantity | None:
    """The first of several numbers that share the unit behind the last: 3、5和7家."""
    number, unit = found.number(), found.unit()
    number = _like(number, found.number("n2"), found.word("n"), found.word("n2"))
    return found.quantity(number.value, unit and found.scaled(number.scale, unit))


def ranging(found: Found) -> Quantity | None:
    """Two numbers with one unit, or each with its own: 3至5万人次, 5000万-1亿元."""
    first, second = found.number(), found.number("n2")
    if first.value_to is not None or second.value_to is not None:
        return None
    unit_to = found.unit("money" if found["money"] else "unit2")
    unit = found.unit() if found["unit"] and not found["money"] else unit_to
    if unit is None or unit_to is None:
        return None
    if not found["unit"]:
        first = _like(first, second, found.word("n"), found.word("n2"))
    unit, unit_to = found.scaled(first.scale, unit), found.scaled(second.scale, unit_to)
    if unit.base != unit_to.base and NO_UNIT not in (unit, unit_to):
        return None
    if found["unit"] and not found["unit2"] and not found["money"]:
        return None  # 下跌3%至1亿吨
    if unit is NO_UNIT and unit_to is NO_UNIT and ARABIC in (found["n"], found["n2"]):
        return None  # 3-5: a score, a label or a range
    low = _signed(found["sign"], first.value)
    # 零下8至3度: what the first number is below, the second is too unless it says otherwise.
    below = found["sign"] if found["sign"] == "零下" else ""
    high = _signed(found["sign2"] or below, second.value)
    if unit.factor != unit_to.factor:
        low = plainest(low * unit.factor / unit_to.factor)
    if below and not found["sign2"]:
        low, high = sorted((low, high))
    return Quantity(low, found.rated(unit_to), Bound.RANGE, high) if low < high else None


def _signed(sign: str, value: Decimal) -> Decimal:
    return -value if sign and sign != "零上" else value


def _like(first: Number, second: Number, word: str, word_to: str) -> Number:
    """The first of two numbers in the scale of the second, where that is left out: 3至5万."""
    if first.scale or first.bare or first.value >= 10_000:
        return first
    if second.scale:
        return replace(first, scale=second.scale) if first.value < second.value else first
    # 三十至五十万 leaves out 万, 三到五百 leaves out 百; 五到一百 leaves out nothing.
    scale = re.search("[万亿兆]*$|[十百千]$" if len(word) == 1 else "[万亿兆]*$", word_to)
    power = power_of(scale[0]) if scale else 0
    shared = power and first.value < second.value.scaleb(-power)
    return replace(first, value=first.value.scaleb(power)) if shared else first


def tolerance(found: Found) -> Quantity | None:
    """4±1℃ is 3 to 5."""
    unit, by = found.unit(), found.number("n2").value
    middle = _signed(found["sign"], found.number().value) if found["n"] else Decimal(0)
    return Quantity(middle - by, unit, Bound.RANGE, middle + by) if unit and by else None


def compound(found: Found) -> Quantity | None:
    """Two or three numbers whose units follow one another are one quantity in the smallest."""
    slots = [nth for nth in ("", "2", "3") if found[f"n{nth}"]]
    numbers = [found.number(f"n{nth}") for nth in slots]
    units = [found.unit(f"unit{nth}") for nth in slots]
    if any(number.scale or number.value_to is not None for number in numbers):
        return None
    if found.word("unit") == "分":
        units[0] = found.units.find("分钟")
    if found.word("unit") == "块":
        units[0] = found.units.find("元")
    for nth, above in enumerate(units[:-1]):
        short = _SHORT.get((found.word(f"unit{slots[nth + 1]}"), above.kind if above else ""))
        units[nth + 1] = found.units.find(short) if short else units[nth + 1]
    made = compound_of([(n.value, unit) for n, unit in zip(numbers, units, strict=True) if unit])
    return found.quantity(*made) if made and None not in units else None


def split(found: Found) -> Quantity | None:
    """The digits behind the unit are its decimals: 一米八, 9秒83."""
    number, unit = found.number(), found.unit()
    places = "".join(str(DIGITS.get(digit, digit)) for digit in found.word("digits"))
    if found.word("unit") not in _SPLIT or number.scale or number.value != int(number.value):
        return None
    if not re.fullmatch("[0-9]{1,2}", places):
        return None
    return found.quantity(Decimal(f"{int(number.value)}.{places}"), unit)


def half(found: Found) -> Quantity | None:
    """半年, 一个半小时, 三年半, 两倍半, 半年到一年."""
    whole = found.number() if found["n"] else Number(Decimal(0))
    if whole.scale or whole.value_to is not None or whole.value != int(whole.value):
        return None
    value_to = found.number("n2").value if found["n2"] else None
    unit = found.unit("unit" if found["unit"] else "unit2")
    if unit is None or (not found["n"] and unit.kind not in _HALVED):
        return None
    return found.quantity(whole.value + Decimal("0.5"), unit, value_to)


def vulgar(found: Found) -> Quantity | None:
    """1½, 365又四分之一."""
    if found["vulgar"]:
        part, whole = Decimal(str(numeric(found["vulgar"]))), Decimal(1)
    else:
        part, whole = found.number("n3").value, found.number("n2").value
    if not whole:
        return None
    value = found.number().value if found["n"] else Decimal(0)
    return found.quantity(rounded(value + part / whole), found.unit())


def half_share(found: Found) -> Quantity | None:
    """一半, 半数, 过半."""
    if (found["n"] and found.word("n") != "一") or not (
        found["n"] or found["q"] or "数" in found.match[0]
    ):
        return None
    return found.quantity(Decimal(50), found.units.find("%"))


def tenths(found: Found) -> Quantity | None:
    """两成 → 20 %, 三成五 → 35 %, 七八成 → 70 to 80 %, 两到三成."""
    number = found.number()
    low, high = number.value, number.value_to
    if found["n2"]:
        low, high = found.number("n2").value, number.value
    if number.scale or low > 10 or (high or 0) > 10:
        return None
    value = low.scaleb(1)
    if found["ones"]:
        value += 5 if found["ones"] == "半" else found.number("ones").value
    return found.quantity(value, found.units.find("%"), high if high is None else high.scaleb(1))


def fraction(found: Found) -> Quantity | None:
    """百分之五点二, 千分之二, 三分之一, 2/3: shares are per cent."""
    whole, part = found.number("whole"), found.number()
    if found["slash"] and not (
        0 < part.value < whole.value and (whole.value <= 10 or part.value == 1)
    ):
        return None  # 9/11 and 24/7 are no shares
    if not whole.value:
        return None
    part_to = found.number("n2").value if found["n2"] else part.value_to
    whole_to = found.number("whole2") if found["whole2"] else whole
    low, is_fraction = percent(part.value, whole.value)
    high = None if part_to is None else percent(part_to, whole_to.value)[0]
    made = found.quantity(low, found.units.find("%"), high, part.more)
    return made and replace(made, fraction=is_fraction)


def doubled(found: Found) -> Quantity | None:
    """翻倍, 倍增 and 翻一番 are twice, 翻两番 four times as much."""
    times = found.number().value if found["n"] else Decimal(1)
    if (
        times != int(times)
        or times > 10
        or (found["unit"] and not (found.word("unit") == "倍" and times == 1))
    ):
        return None
    return found.quantity(Decimal(2 ** int(times)), found.units.find("倍"))


def ordinal(found: Found) -> Quantity | None:
    """第七批, 第十三届: one of a row, and no count; 第三大 and 第3名 are ranks."""
    number, unit = found.number(), found.unit()
    if number.value_to is not None or number.scale or unit is None:
        return None
    value = number.value.quantize(Decimal(1))
    name = found.word("unit")
    if name in ("", "位", "名"):
        return found.quantity(value, _rank(found))
    # 第七批, 第一货柜中心: a noun behind a number of order is named by it, not put in a row.
    row = len(name) == 1 or name in ("批次", "年头", "艘次", "架次", "班次", "航次")
    return found.quantity(value, unit.ordinal()) if row else None


def first(found: Found) -> Quantity | None:
    """首位, 榜首."""
    return found.quantity(Decimal(1), _rank(found))


def top(found: Found) -> Quantity | None:
    """前五, 前三大, 前十名: that place or a better one."""
    number = found.number()
    if number.value_to is not None or number.scale or found.word("unit") not in ("", "位", "名"):
        return None
    return Quantity(number.value.quantize(Decimal(1)), _rank(found), Bound.AT_MOST)


def _rank(found: Found) -> Unit:
    unit = found.units.find("位") or NO_UNIT
    return replace(unit, id="名") if found.word("unit") == "名" else unit


def ratio(found: Found) -> Quantity | None:
    """4:3:3, 三比二."""
    places = range(found.match.start(), found.match.end())
    numbers = [found.shape.numbers[at] for at in places if at in found.shape.numbers]
    if any(number.value_to is not None or number.scale for number in numbers):
        return None
    parts = tuple(number.value for number in numbers)
    made = found.quantity(parts[0], NO_UNIT)
    return made and replace(made, parts=parts)


def bracketed(found: Found) -> Quantity | None:
    """(1,234)千元 in a table is negative."""
    number, unit = found.number(), found.unit()
    if not found["unit"] and not re.search("[.,]", found.word("n")):
        return None
    if unit is None:
        return None
    return found.quantity(-number.value, found.scaled(found.word("scale"), unit))


def date(found: Found) -> Quantity | None:
    """A date, or two as one range; None where a year is not known."""
    start: Date | None = found.shape.dates[found.match.start("day")]
    if start and found["day2"]:
        start = start.to(found.shape.dates[found.match.start("day2")])
    return start.quantity(found.years) if start else None


def days(found: Found) -> Quantity | None:
    """A cell that says 5日 is five days: a date there names its month."""
    date = found.shape.dates[found.match.start("day")]
    alone = date.day and not date.month
    return Quantity(Decimal(date.day or 0), found.units["日"]) if alone else None
