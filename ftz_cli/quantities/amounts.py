"""The builders of both languages: what productions make of the tokens that they match.

`f` is what the pattern found. After None the next production is tried.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import cast
from unicodedata import numeric

from .chinese_numerals import is_bare, power_of
from .dates import Date
from .decimals import plain
from .engine import Amount, Found, Token
from .quantity import HALF, Bound, Direction
from .units import HOLDS, NO_UNIT, Unit

# What a bound becomes behind a negation: never more than, must not weigh less than.
_NEGATED = {Bound.OVER: Bound.AT_MOST, Bound.UNDER: Bound.AT_LEAST}
# Short units of a compound, by the kind of the unit before them: 3小时20分, 十元五分, 3h 20m.
_SHORT = {
    ("", "块"): "元", ("", "分"): "分钟", ("money", "分"): "分钱",
    ("duration", "分"): "分钟", ("duration", "米"): "分钟",
}  # fmt: skip


def rounded(value: Decimal) -> Decimal:
    """A computed value to three places, without trailing zeros."""
    return Decimal(plain(round(value, 3)))


def percent(part: Decimal, whole: Decimal) -> tuple[Decimal, bool]:
    """A fraction in per cent, and whether its digits are computed: two-thirds, but not 3/100."""
    if whole >= 100 and whole.normalize().as_tuple().digits == (1,):
        return part.scaleb(2 - whole.adjusted()), False
    return rounded(part * 100 / whole), True


def amount(f: Found) -> Amount | None:
    """A number with its scale, its unit, and the unit that it is per."""
    number = Amount(Decimal(0)) if "zero" in f else f.number("twice" if "twice" in f else "n")
    value, value_to = number.value, number.value_to
    scale = f.scale("scale") or f.scale("letter")
    if "half" in f or "vulgar" in f or "whole" in f:
        part = HALF if "half" in f else f.number("top").value / f.number("whole").value
        if "vulgar" in f:
            part = Decimal(str(numeric(f.word("vulgar"))))
        value = rounded(part + (value if "n" in f else 0))
    if "dozen" in f:
        value = (value * 12).to_integral_value()
    if "minus" in f:
        value, value_to = (-value, None) if value_to is None else (-value_to, -value)
    unit, money = f.unit("unit") or f.unit("mass"), f.unit("money")
    if unit and unit.kind == "money" and len(f.word("money")) == 1 and unit.id != "元":
        money = None  # $3 billion Hong Kong dollars: several currencies share the sign
    per = f.unit("rate") or f.unit("below") or f.unit("many")
    if unit and money and unit.id.startswith("元/"):  # 港币28元/股
        unit, money = f.units.find(unit.id.replace("元", money.id, 1)), None
    if ("unit" in f and unit is None) or (unit and money and unit.kind != "money"):
        return None
    if "whole" in f and unit and unit.kind == "count":
        return None  # 三分之二国家
    if per and "again" in f:
        per = f.units.rate(per, f.unit("again") or NO_UNIT)  # pence per item per day
    # Twice a year counts occasions; 27 deaths per 1,000 births are per 1,000 items.
    occasions = "twice" in f or (unit and per and unit.id == "倍")
    named = "次" if occasions else "个" if "many" in f else ""
    unit = f.units.find(named) or money or unit
    bound = f.bound("more") if "more" in f else number.bound
    return number._replace(
        value=value,
        value_to=value_to,
        scale=scale or number.scale,
        unit=unit,
        per=per if unit else None,
        bound=bound,
        capped=bound is Bound.OVER and ("more" not in f or f.word("more") in f.grammar.capped),
        fraction=number.fraction or "whole" in f,
    )


def bounded(f: Found) -> Amount | None:
    """A number with the bound nearest to it; any other bound goes before an about."""
    number = f.number() if "n" in f else amount(f)
    if number is None:
        return None
    before = [token.value for token in f.matched if isinstance(token.value, Bound)]
    if "approach" in f and number.unit and number.unit.kind == "count":
        before = []
    bounds = [f.bound("after"), f.bound("tilde"), *reversed(before)]
    bound, capped = number.bound, number.capped
    if bound is Bound.EXACT:
        bound = min(bounds, key=lambda bound: (bound is Bound.EXACT, bound is Bound.ABOUT))
        capped = bounds[0] is Bound.OVER and f.word("after") in f.grammar.capped
    bound = _NEGATED.get(f.bound("negated"), bound)
    direction = None if "negated" in f else number.direction or f.direction(number)
    return number._replace(bound=bound, capped=capped, direction=direction)


def per(f: Found) -> Unit | None:
    """The unit of 每吨, 每万人, 日均, per tonne, per 10,000 people, per 1,000."""
    mean = {"时": "小时"}.get(f.word("mean"), f.word("mean"))
    unnamed = f.units.find("个") if "many" in f else None
    unit = f.units.find(mean) if mean else f.unit() or f.unit("each") or unnamed
    if unit is None or not ("many" in f or "half" in f):
        return unit
    many = HALF if "half" in f else f.number("many").in_base
    scales = f.units.scales.values()  # 20万 of 每20万人 is no scale
    return next((f.units.scaled(scale, unit) for scale in scales if scale.factor == many), None)


def ratio(f: Found) -> Amount:
    """4:3:3, 三比二."""
    parts = [number.value for number in f.amounts]
    return Amount(parts[0], parts=tuple(parts))


def fraction(f: Found) -> Amount | None:
    """A fraction in per cent: 百分之五点二, two-thirds, nine out of ten."""
    part, whole = f.number("n"), Decimal(2) if "half" in f else f.number("whole").value
    top = part.value
    # 24/7, 9/11, 3 in 2021 and 10 out of 23 are no fractions.
    part_of = (top == 1 or whole <= 10 or whole == 100) and 0 < top <= whole and not top % 1
    ordinal = "half" not in f and f["whole"].kind == "ordinal"  # 36 third-tier cities
    if (("in" in f or "slash" in f or ordinal) and not part_of) or (ordinal and whole == 2):
        return None
    if "kind" in f and any(token.words.endswith("s") for token in f.tokens[f.match.end() :][:1]):
        return None  # one man in two vans; but one in ten waited
    if whole < 2 or whole % 1 or f.number("whole").scale:
        return None
    share, is_fraction = percent(top, whole)
    last = f.number("last").value if "last" in f else part.value_to
    if last is not None:
        last = percent(last, whole)[0]
    bound = part.bound if last is None else Bound.RANGE
    return Amount(share, unit=f.units.find("%"), value_to=last, bound=bound, capped=part.capped,
                  fraction=is_fraction)  # fmt: skip


def multiple(f: Found) -> Amount | None:
    """Doubled, tenfold, 3-fold; 翻倍 and 翻一番 are 2, 翻两番 is 4; halved is 50 %."""
    if "halved" in f:
        return Amount(Decimal(50), unit=f.units.find("%"), direction="down")
    turns = f.number("turns").value
    if "unit" in f and (f.word("unit") != "倍" or turns != 1):
        return None
    value = f.number().value if "n" in f else Decimal(2 ** int(turns))
    direction: Direction | None = "up" if "n" in f and f["n"].kind == "multiple" else None
    return Amount(value, unit=f.units.find("倍"), bound=f.bound("q"), direction=direction)


def rank(f: Found) -> Amount | None:
    """Ranked third, 第三大, 首位; 前十名 and top five are at most that place."""
    number, unit = f.number(), f.unit()
    if number.scale or number.value % 1:
        return None
    if unit is None or unit.id in ("位", "名") or f.word("unit").startswith("大"):
        unit = f.units["位"]
    elif f.running or "top" in f:
        return None  # 第七批 is an ordinal in a cell, but part of a name in a text
    else:
        unit = replace(unit, kind="ordinal")
    bound = Bound.AT_MOST if "top" in f else Bound.EXACT
    return Amount(number.value.quantize(Decimal(1)), unit=unit, bound=bound)


def place(f: Found) -> Amount | None:
    """A rank without its 位 in a cell; in a text it may be anything: 第二."""
    return None if f.running else rank(f)


def dates(f: Found) -> Date:
    """From one date to another; each may leave out what both share: 10月1日至7日."""
    first, last = cast(Date, f["low"].value), cast(Date, f["high"].value)
    if last.day and not last.month:
        last = replace(last, year=first.year, month=first.month)
    return replace(first, year=first.year or last.year, until=last)


def shared(low: Amount, high: Amount) -> Amount:
    """`low` with the scale and unit that only `high` prints: 3 to 5 million, 3至5万人."""
    scale, value = low.scale, low.value
    # 三十至五十万 omits 万 and 三到五百 omits 百, but 五到一百 omits nothing.
    spelt = None if low.unit or scale else re.search("[万亿兆]+$|(?<=^.)[百千]$", high.numeral)
    if spelt and value < high.value.scaleb(-power_of(spelt[0])):
        value = value.scaleb(power_of(spelt[0]))
    # $3 to $5 million shares its scale; 3元至5万元 does not.
    same_currency = low.unit == high.unit and not low.numeral
    if scale is None and (not (low.unit and high.unit) or same_currency):
        scale = high.scale
    unit, per = low.unit or high.unit, low.per or high.per
    return low._replace(value=value, scale=scale, unit=unit, per=per, weak=False)


def span(f: Found) -> Amount | list[Token] | None:
    """The range of 3至5万人次, 10-15 %, two or three hours; or the tokens, if it is two values."""
    low, high = f.number("low"), f.number("high")
    if low.value < 0 and sum(token.kind == "-" for token in f.matched) > 1:  # -25℃--18℃
        high = high._replace(value=-high.value)
    move, is_level = f.move()
    if "from" in f:
        tokens = f.matched
        tokens[tokens.index(f["low"])] = f["low"]._replace(value=shared(low, high))
        return tokens if move else ranged(low, high) or tokens  # grew from 3 to 5 million
    # Rose $1.20 to $78.30 is two values; 3 to 5 million and 3% to 20% are ranges.
    exact = low.unit.kind != "share" if low.unit else low.scale or low.value >= 1000
    # Grew by 300 firms to 1,200 firms is two values: a range prints its unit once.
    twice = low.unit and high.unit and f.before and f.before[-1].words == "by"
    two = move and not is_level and exact and (twice or high.in_base > 5 * low.in_base)
    return list(f.matched) if two else ranged(low, high)


def ranged(low: Amount, high: Amount) -> Amount | None:
    """The range from one amount to another, in the scale and unit of the greater one."""
    if high.capped or (low.unit and low.unit.kind != "money" and not high.unit):
        return None  # 10至20余家 has no printed end; fell 4 percent to 31 million
    if low.unit and low.unit.kind == "money" and high.unit and high.unit.id == "元":
        high = high._replace(unit=high.unit if low.unit.base == "CNY" else low.unit)  # 港币2元至5元
    if low.unit and high.unit and high.unit.id.startswith(f"{low.unit.id}/"):
        low = low._replace(unit=high.unit)  # 0.3元至0.5元/千瓦时
    sharing = shared(low, high)
    high = high._replace(unit=high.unit or low.unit, per=high.per or low.per)
    # 900,000 to 1.2 million does not share its scale.
    for start in (sharing, low._replace(unit=low.unit or high.unit, per=high.per)):
        bases = [(end.unit or NO_UNIT).base for end in (start, high)]
        if bases[0] != bases[1] or start.per != high.per:
            return None
        if start.in_base < high.in_base:
            same_factor = start.factor == high.factor
            value = start.value if same_factor else Decimal(plain(start.in_base / high.factor))
            return high._replace(value=value, value_to=high.value, bound=Bound.RANGE)
    return None


def tolerance(f: Found) -> Amount:
    """4±1℃ is 3 to 5."""
    low, high = f.number("low").value if "low" in f else Decimal(0), f.number("high")
    step = abs(high.value)
    return high._replace(value=low - step, value_to=low + step, bound=Bound.RANGE)


def compound(f: Found) -> Amount | None:
    """3 hours and 20 minutes, 十元五角: a sum in the last unit, which each unit before contains."""
    total, above = Decimal(0), None
    for number in f.amounts:
        unit = number.unit
        if unit is None or number.scale or number.value_to is not None:
            return None
        if "comma" in f and unit.kind != "duration":
            return None  # races over 5 km, 300 m
        if short := _SHORT.get((above.kind if above else "", unit.id)):
            unit = f.units[short]
        if above:
            same = above.base == unit.base
            holds = above.factor / unit.factor if same else HOLDS.get((above.base, unit.base), 0)
            if holds <= 1 or holds % 1:
                return None
            total *= holds
        total, above = total + number.value, unit
    return f.amounts[-1]._replace(value=Decimal(plain(total)), unit=above, weak=False)


def listed(f: Found) -> list[Token] | None:
    """2.1, 3.4 and 5 million tonnes: all have the scale and unit of the last number."""
    *others, last = f.amounts
    if "times" in f and (last.unit is None or last.unit.kind != "length"):
        return None
    # Each may print the currency, as in $9.6, $4.1 and $2.3 billion, or 个 of 3.2个和1.5个百分点.
    units: list[Unit | None] = [None]
    kind = last.unit.kind if last.unit else ""
    if kind == "points":
        units.append(f.units.find("个"))
    elif kind == "money" and len(others) > 1 and last.scale and not last.numeral:
        units.append(last.unit)
    if any(number.unit not in units or number.parts for number in others):
        return None
    if any(number.value_to is not None for number in f.amounts) or not (last.unit or last.scale):
        return None
    if any(is_bare(number.numeral) for number in others):
        return None  # 营收超百亿、15家超十亿
    values = iter([*(shared(number._replace(unit=None), last) for number in others), last])
    return [
        token._replace(value=next(values)) if isinstance(token.value, Amount) else token
        for token in f.matched
    ]
