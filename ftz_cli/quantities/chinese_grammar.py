"""The grammar of printed quantities: productions, tried in order, and what each one builds.

Each production is a pattern put together from the named pieces and a function that turns its match
into a Quantity, or into None where the match is no such quantity after all.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from .dates import PRODUCTIONS, YEAR, Build, Years
from .chinese_numerals import DIGITS, NUMERAL, SCALES, chinese_number
from .chinese_words import (
    AFTER_WORDS,
    BEFORE_WORDS,
    BETWEEN_WORDS,
    EITHER_SIDE,
    LACKED,
    ORDINAL,
    PAST,
    PLAIN_BEFORE,
    SCANT_WORDS,
    WITHIN,
    any_of,
)
from .quantity import NO_UNIT, Bound, Quantity, Unit, Units

# Longer numbers would lose digits in arithmetic; no published figure has so many.
MAX_DIGITS = 24
# Commas set apart threes, and nothing else: 1,2,3 and 12,34 are no numbers.
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def grammar(units: Units) -> list[tuple[re.Pattern[str], Build]]:
    """The productions, in the order in which they are tried."""
    return [(re.compile(pattern), build) for pattern, build in _productions(_pieces(units))]


def _productions(piece: dict[str, str]) -> list[tuple[str, Build]]:
    halved, split = piece["halved"], piece["split"]
    signed = "-|负|零下|零上"
    before, number, unit = piece["before"], piece["number"], piece["unit"]
    after, to, scale = piece["after"], piece["to"], piece["scale"]
    counted, currency = piece["counted"], piece["currency"]
    # 5 000元: a space sets apart threes too, but only a unit behind them shows that it does.
    spaced = r"[0-9]{1,3}(?: [0-9]{3}){1,5}(?:\.[0-9]+)?"
    return [
        *PRODUCTIONS,
        (r"(?P<ratio>[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?)+)(?!:)", _ratio),
        (rf"{before}(?:(?P<whole>[{NUMERAL}]+|[0-9]+)分之)"
         rf"(?P<a>{number})(?:{to}(?:(?P<whole2>[{NUMERAL}]+|[0-9]+)分之)?(?P<b>{number}))?"
         rf"(?P<more>多|余)?{after}", _fraction),
        (rf"{before}(?P<a>[0-9])/(?P<whole>[0-9]{{1,2}})(?![0-9./]|月|日|号|决赛){after}",
         _slashed),
        (rf"{before}(?:(?P<from>[0-9.]+|[{NUMERAL}]+)成?{to})?"
         rf"(?P<a>[0-9.]+|[{NUMERAL}]+)成(?P<half>[半{NUMERAL}])?(?P<more>多|余)?"
         rf"(?:(?P<scant>[{''.join(SCANT_WORDS)}])(?=$|\W|的)|{after})"
         r"(?![员立为果功本人长都熟就绩分交效品型年])", _tenths),
        (rf"{before}(?P<most>一半|半数|对半|半(?=数|$|\W)){after}", _half_share),
        (rf"{before}(?P<a>{number})个半(?P<unit>{unit}){after}", _and_a_half),
        (rf"{before}(?P<a>{number})(?P<unit>{unit})半(?![0-9{NUMERAL}]){after}", _and_a_half),
        (rf"{before}半(?P<u1>个?(?:{halved}))?{to}(?P<b>{number})"
         rf"(?P<unit>{unit}){after}", _from_half),
        (rf"{before}半(?P<more1>个[余多])?(?P<unit>个?(?:{halved})){after}", _half_unit),
        (rf"{before}(?P<a>{number})(?P<unit>{split})(?P<b>[零一二三四五六七八九0-9]{{1,2}})"
         rf"(?![0-9{NUMERAL}]|{unit}){after}", _split),
        (rf"近(?P<a>{number})(?P<unit>{counted})来", _last_years),
        (rf"{before}翻了?(?:(?P<a>[0-9{NUMERAL}])[番倍]|番)(?P<more>多|余)?", _doubled),
        (rf"{before}第(?P<a>[0-9]+|[{NUMERAL}]+)(?:(?P<unit>[位名])|大|(?=$|\W|的))", _rank),
        (rf"(?P<ratio>[{NUMERAL}](?:比[{NUMERAL}])+)(?!\w*[高低多少大小])", _ratio),
        (r"(?P<a>首)位|榜(?P<b>首)", _rank),
        (rf"前(?P<a>[0-9]+|[{NUMERAL}]+)(?:(?P<unit>[位名])|[强甲]|(?=$|[^\w%‰.:/]))", _top),
        (rf"{before}(?P<n1>{signed})?(?P<a>{number})(?P<s1>{scale})?(?P<u1>{unit})?{to}"
         rf"(?P<n2>{signed})?(?P<b>{number})(?P<more>多|余)?(?P<s2>{scale})?(?P<u2>{unit})?{after}",
         _range),
        (rf"{before}(?P<a>[0-9.,]+[{SCALES}]+(?:零?[0-9.]+[{SCALES}]*[余多]?[{SCALES}]*)+)"
         rf"(?P<more>[余多])?(?P<unit>{unit})?{after}", _mixed),
        (rf"{before}(?P<sign>{signed})?(?P<a>{spaced}(?= ?(?:{scale})?{unit})|{number})"
         rf" ?(?:个(?P<m3>[余多来])(?P<u3>{counted})|"
         rf"个(?P<m4>[余多来])(?P<s4>万?亿)(?P<u4>{unit})?|"
         rf"个(?P<s5>万?亿)(?:(?P<u5>{currency})|(?!{unit}|级))|"
         rf"(?P<u1>{unit})|"
         rf"(?P<m1>[余多来])?(?P<s1>{scale})?(?P<m2>[余多来])?(?P<u2>{unit})?){after}",
         plain_quantity),
    ]  # fmt: skip


def _pieces(units: Units) -> dict[str, str]:
    """The named pieces that the productions are put together from."""
    spelt = any_of(units)
    halved = ("duration", "points", "length", "mass", "money")
    # 个 goes before what is measured in whole units: 个小时, 个百分点; elsewhere it is the unit.
    counted = any_of(name for name in units if units[name].kind in ("duration", "points"))
    split = any_of(name for name in ("米", "元", "块", "公里", "里", "秒") if name in units)
    return {
        "before": f"(?P<before>{PAST}|{any_of(PLAIN_BEFORE)})?",
        "after": f"(?P<after>{_after(units)})?",
        "number": r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|"
        f"[{NUMERAL}]+)",
        "unit": rf"(?:(?:个(?:{counted})|{spelt})(?:/(?:{spelt}))?)",
        "halved": any_of(name for name in units if units[name].kind in halved),
        "scale": f"(?:(?!{any_of(name for name in units if name[0] in SCALES)})[{SCALES}])+",
        "to": " ?(?:至|到|~+|-+) ?",
        "split": split,
        "counted": counted,
        # 3个亿元项目 are three projects, 3个亿美元 is money.
        "currency": any_of(
            name for name in units if units[name].kind == "money" and name[0] not in "元块角"
        ),
    }


def _after(units: Units) -> str:
    """The words that bound a number from behind."""
    plain = any_of(word for word in AFTER_WORDS if word != WITHIN and word not in EITHER_SIDE)
    measured = ("duration", "length", "money", "area", "share")
    ends = any_of({name[-1] for name in units if units[name].kind in measured}) or "(?!)"
    return (
        rf"{plain}|(?<={ends}){WITHIN}(?!\w)|(?!(?<=[{LACKED}])不足)"
        rf"(?:{any_of(EITHER_SIDE.split())})(?![0-9{NUMERAL}半])"
    )


def rises(quantity: Quantity) -> bool:
    """Whether the ends of a range, if it is one, stand in rising order."""
    low, high = quantity.value, quantity.value_to
    return high is None or (low < high if type(low) is type(high) else False)  # type: ignore[operator]


def number_of(text: str, scale: str) -> tuple[Decimal, Decimal | None] | None:
    """An Arabic or Chinese number, the latter with the scale that the pattern split off."""
    if not text[0].isdecimal() or not text[0].isascii():
        return chinese_number(text + scale)
    if not _ARABIC.fullmatch(text) or len(text) > MAX_DIGITS:
        return None
    return Decimal(text.replace(",", "")), None


def bounded(before: str | None, after: str | None, more: str | None) -> tuple[Bound, bool]:
    """The bound that the qualifiers around a number give, and whether 余 or 多 caps it.

    What is tied closest to the number decides; a word that bounds nothing decides last.
    """
    if more:
        # 超过300多家: the mark was passed by the count itself; 300余 says all.
        return BETWEEN_WORDS[more], BETWEEN_WORDS[more] is Bound.OVER
    if after and AFTER_WORDS[after] is Bound.OVER:
        return Bound.OVER, after not in EITHER_SIDE.split()
    if before and BEFORE_WORDS[before] is not Bound.EXACT:
        return BEFORE_WORDS[before], False
    return (AFTER_WORDS[after], False) if after else (Bound.EXACT, False)


def _quantity(
    match: re.Match[str],
    number: tuple[Decimal, Decimal | None],
    unit: Unit,
    more: str | None = None,
) -> Quantity:
    value, value_to = number
    if value_to is not None:
        return Quantity(value, unit, Bound.RANGE, value_to)
    bound, capped = bounded(match["before"], match["after"], more)
    scant = SCANT_WORDS.get(match.groupdict().get("scant") or "")
    if scant and bound is Bound.EXACT:
        bound, capped = scant, scant is Bound.OVER
    return Quantity(value, unit, bound, None, capped)


def plain_quantity(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """近1.5亿元, 200余家, 3千米: a number with its qualifiers, scale and unit."""
    scale = match["s1"] or match["s4"] or match["s5"] or ""
    number = number_of(match["a"].replace(" ", ""), scale)
    if number is None:
        return None
    spelt = match["u1"] or match["u2"] or match["u3"] or match["u4"] or match["u5"]
    if spelt == "年" and re.fullmatch(YEAR, match["a"]):
        return None  # 2021年内, 2021年前后: when, not how long
    if spelt in ORDINAL and match["u1"] and not match["before"]:
        return None
    unit = units.find(spelt) if spelt else NO_UNIT
    if unit is None:
        return None
    if match["a"][0].isascii() and scale:
        unit = _scaled(units, scale, unit)
        if unit is None:
            return None
    if _negative(match["sign"]):
        number = (-number[0], None) if number[1] is None else (-number[1], -number[0])
    return _quantity(match, number, unit, match["m1"] or match["m2"] or match["m3"] or match["m4"])


def _negative(sign: str | None) -> bool:
    return bool(sign) and sign != "零上"


def _scaled(units: Units, scale: str, unit: Unit) -> Unit | None:
    return units.scaled(units.scales[scale], unit) if scale in units.scales else None


def _range(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    first_scale, scale = match["s1"] or "", match["s2"] or ""
    first, second = number_of(match["a"], first_scale), number_of(match["b"], scale)
    if not first or not second or first[1] is not None or second[1] is not None:
        return None
    spelt = match["u2"] or match["u1"]
    unit = units.find(spelt) if spelt else NO_UNIT
    first_unit = units.find(match["u1"]) if match["u1"] else unit
    if unit is None or first_unit is None or unit.base != first_unit.base:
        return None
    arabic = match["a"][0].isascii(), match["b"][0].isascii()
    if arabic[1] and scale and (scaled := _scaled(units, scale, unit)):
        unit = scaled
        # 10-20万: the scale is printed once and meant twice.
        first_unit = scaled if not first_scale and not match["u1"] else first_unit
    if arabic[0] and first_scale and (scaled := _scaled(units, first_scale, first_unit)):
        first_unit = scaled
    low = first[0] * first_unit.factor / unit.factor * (-1 if _negative(match["n1"]) else 1)
    high = second[0] * (-1 if _negative(match["n2"]) else 1)
    return Quantity(low, unit, Bound.RANGE, high) if low < high else None


# Digits after a scale no greater than this count ones: 1万2000.
_PLAIN_REST = Decimal(10_000)


def _mixed(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """2亿3千万元, 1万2千名: each part with its own multiplier."""
    spelt, more = re.subn("[余多]", "", match["a"])
    total: Decimal | None = None
    finest = Decimal("Infinity")
    for zero, digits, scale in re.findall(rf"(零?)([0-9.,]+)([{SCALES}]*)", spelt):
        number = number_of(digits, "")
        power = chinese_number(scale) if scale else (Decimal(1), None)
        if not scale and total is not None and not zero:
            if len(digits) == 1:  # 1万2: one place under the last one named, as in 一万二
                power = finest.scaleb(-1), None
            elif finest > _PLAIN_REST:
                return None  # 1亿2000 leaves out of what
        if number is None or power is None or power[0] >= finest:
            return None
        finest = power[0]
        part = number[0] * finest
        total = part if total is None else total + part
    unit = units.find(match["unit"]) if match["unit"] else NO_UNIT
    if unit is None or total is None:
        return None
    return _quantity(match, (total, None), unit, "多" if more else match["more"])


_THIRD_PLACE = Decimal("0.001")
# Towards which side a share that has no last digit is cut, so that what it bounds holds it.
_CUT = {
    Bound.OVER: ROUND_FLOOR,
    Bound.AT_LEAST: ROUND_FLOOR,
    Bound.UNDER: ROUND_CEILING,
    Bound.NEARLY: ROUND_CEILING,
    Bound.AT_MOST: ROUND_CEILING,
}


def _fraction(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """百分之五点二, 千分之二, 三分之一: shares are percent."""
    percent, groups = units.find("%"), match.groupdict()
    whole, more = match["whole"], groups.get("more")
    first = number_of(match["a"], "")
    if percent is None or first is None:
        return None
    second, whole_to = first[1], whole
    if groups.get("b"):
        last = number_of(match["b"], "")
        if last is None or last[1] is not None or second is not None:
            return None
        second, whole_to = last[0], groups["whole2"] or whole
    bound, _capped = bounded(match["before"], match["after"], more)
    cut = _CUT.get(bound) if second is None else ROUND_FLOOR
    low = _percent(first[0], whole, cut)
    high = None if second is None else _percent(second, whole_to, ROUND_CEILING)
    if low is None or (second is not None and high is None):
        return None
    return _quantity(match, (low, high), percent, more)


def _percent(part: Decimal, whole: str, cut: str | None) -> Decimal | None:
    """How many hundredths `part` of `whole` is.

    One that never ends is told to three places: its digits are what people look for.
    """
    parts = number_of(whole, "")
    if parts is None or parts[1] is not None or not parts[0]:
        return None
    if parts[0] == part:
        return Decimal(100)
    power = parts[0].normalize().as_tuple()
    if power.digits == (1,):
        assert isinstance(power.exponent, int)
        return part.scaleb(2 - power.exponent)
    share = part * 100 / parts[0]
    return _plainest(share.quantize(_THIRD_PLACE, cut or ROUND_HALF_EVEN))


def _slashed(units: Units, match: re.Match[str], years: Years) -> Quantity | None:
    """1/3: a part of at most ten; 9/11 and 24/7 are no shares."""
    if not 0 < int(match["a"]) < int(match["whole"]) <= 10:
        return None
    return _fraction(units, match, years)


def _plainest(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == int(value) else value.normalize()


def _tenths(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """两成 → 20 %, 三成五 → 35 %, 七八成 → 70 to 80 %."""
    number, percent = number_of(match["a"], ""), units.find("%")
    if number is None or percent is None or number[0] > 10:
        return None
    if match["from"]:
        first = number_of(match["from"], "")
        return first and Quantity(first[0].scaleb(1), percent, Bound.RANGE, number[0].scaleb(1))
    value = number[0].scaleb(1)
    if half := match["half"]:
        ones = number_of("五" if half == "半" else half, "")
        value += ones[0] if ones else 0
    upper = None if number[1] is None else number[1].scaleb(1)
    return _quantity(match, (value, upper), percent, match["more"])


def _half_share(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    percent = units.find("%")
    if percent is None:
        return None
    return _quantity(match, (Decimal(50), None), percent)


def _and_a_half(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    number, unit = number_of(match["a"], ""), units.find(match["unit"])
    if number is None or number[1] is not None or unit is None or number[0] != int(number[0]):
        return None
    return _quantity(match, (number[0] + Decimal("0.5"), None), unit)


def _half_unit(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    unit = units.find(match["unit"])
    more = match["more1"][-1] if match["more1"] else None
    return None if unit is None else _quantity(match, (Decimal("0.5"), None), unit, more)


def _from_half(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """半年到一年."""
    number, unit = number_of(match["b"], ""), units.find(match["unit"])
    if number is None or unit is None:
        return None
    return Quantity(Decimal("0.5"), unit, Bound.RANGE, number[0])


def _split(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """一米八, 9秒83: the digits after the unit are its decimals."""
    number, unit = number_of(match["a"], ""), units.find(match["unit"])
    if number is None or unit is None or number[0] != int(number[0]):
        return None
    places = "".join(str(DIGITS.get(digit, digit)) for digit in match["b"])
    return _quantity(match, (Decimal(f"{int(number[0])}.{places}"), None), unit)


def _doubled(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times as much."""
    number = number_of(match["a"], "") if match["a"] else (Decimal(1), None)
    times = units.find("倍")
    if number is None or times is None or number[0] != int(number[0]):
        return None
    bound, capped = bounded(match["before"], None, match["more"])
    return Quantity(Decimal(2 ** int(number[0])), times, bound, capped=capped)


def _last_years(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    """近五年来 is the last five years, 近五年 may be nearly five."""
    number, unit = number_of(match["a"], ""), units.find(match["unit"])
    if number is None or unit is None or unit.kind != "duration":
        return None
    return Quantity(number[0], unit, Bound.EXACT if number[1] is None else Bound.RANGE, number[1])


def _rank(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    groups = match.groupdict()
    first = groups["a"] == "首" or groups.get("b") == "首"
    number = (Decimal(1), None) if first else number_of(match["a"], "")
    return _placed(units, number, groups.get("unit") or "位", Bound.EXACT)


def _top(units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    return _placed(units, number_of(match["a"], ""), match["unit"] or "位", Bound.AT_MOST)


def _placed(
    units: Units, number: tuple[Decimal, Decimal | None] | None, spelt: str, bound: Bound
) -> Quantity | None:
    rank = units.find("位")
    if number is None or number[1] is not None or rank is None:
        return None
    value = number[0].quantize(Decimal(1))
    return Quantity(value, Unit(spelt, rank.base, rank.factor, rank.kind, rank.minimum), bound)


def _ratio(_units: Units, match: re.Match[str], _: Years) -> Quantity | None:
    numbers = [number_of(part, "") for part in re.split("[:比]", match["ratio"])]
    parts = tuple(number[0] for number in numbers if number)
    return Quantity(parts[0], NO_UNIT, parts=parts) if len(parts) == len(numbers) else None
