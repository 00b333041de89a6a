"""The grammar of quantities in Chinese text; its productions are in `chinese_productions.csv`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from . import amounts
from .amounts import amount
from .chinese_lexer import LISTS, Lexer
from .chinese_numerals import DIGITS
from .engine import Amount, Found, Grammar, Token
from .patterns import HANZI
from .quantity import Bound
from .units import COUNTED, Unit, Units

# Units behind which digits are decimals: 一米八.
_SPLIT = ("米", "元", "块", "块钱", "公里", "里", "秒")
# What a rate is not made of: 每年增长5% and 每单节省3天 are no 5%/年 and 3天/单.
_NO_RATE = ("share", "points", "duration", "multiple", "rate", "rank", "ordinal")
# What goes before a bare number that is an amount: 达5, 增至12.
_LEADS_TO_NUMBER = "达到为至是共计有增升降跌:=逾破"
_YEAR = re.compile("(?:18|19|20)[0-9]{2}")
# What leaves open how many, in the words behind a number: 5家左右的, 三十几家.
_OPEN = re.compile(
    "[多余几数半强弱内底末初前后间外上下来许起]|以上|以下|左右|不到|不足|不止|^[!-~]"
)


class ChineseGrammar(Grammar):
    """Reads Chinese quantities. `lookalikes` are words that hold a numeral and are no number."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        lexer = Lexer(units, lookalikes)
        builders = vars(amounts) | globals()
        super().__init__(units, lexer.tokens, "chinese", LISTS, lexer.parts, builders)

    def words(self, tokens: Sequence[Token]) -> str:
        """The Chinese characters of tokens; those of a qualifier are among them: 约增12%."""
        words = (token.words if token.kind == "before" else token.kind for token in tokens)
        return "".join(word if "一" <= word[:1] <= "鿿" else "\n" for word in words)


def bounded(f: Found) -> Amount | list[Token] | None:
    """An amount with its rate and its bound; a weak one or a lone digit in a text is none."""
    printed, number = f.number(), amounts.bounded(f)
    if not isinstance(number, Amount):
        return number
    unit, qualified = number.unit, "q" in f or "q_rate" in f or "after" in f or "recent" in f
    short = printed.spelled and not unit and len(printed.run) == 1
    if f.running and (short or (printed.weak and not qualified)):
        return None
    years = unit and unit.id == "年" and (not f.before or not "㐀" < f.before[-1].kind < "鿿")
    if f.word("q") == "近" and ("recent" in f or years):
        number = number._replace(bound=printed.bound)  # 近五年来, 近三年: the last years
    return number._replace(below=_below(f, unit))


def _below(f: Found, unit: Unit | None) -> Unit | None:
    """What 每 or 均 names, where that makes a rate of the unit."""
    per = f["rate"].value if "rate" in f else None
    if not isinstance(per, Unit) or (unit and unit.kind in _NO_RATE):
        return f.number().below
    # 每名代理人代理3件 counts, 每艘长300米 measures; 每标箱150元 and 每万人60张 are rates.
    each = f["rate"].kind == "each" and per.kind == "count"
    return None if each and (unit is None or unit.kind not in ("money", "mass", "volume")) else per


def plain(f: Found) -> Amount | None:
    """A number with its sign, currency, scale and unit."""
    made = amount(f)
    if made is None:
        return None
    before = f.before[-1].kind if f.before and len(f.before[-1].kind) == 1 else ""
    # A loss is printed as -3亿元; other things that are never fewer than none are labels.
    unsigned = made.unit is None or (made.unit.minimum is not None and made.unit.kind != "money")
    if f.word("minus") == "-" and unsigned and before.isalnum():
        return None  # A区-3区
    return made._replace(weak=not _counts_alone(f, made, before))


def _counts_alone(f: Found, made: Amount, before: str) -> bool:
    """Whether a number is an amount, and no part of a word or code, without any qualifier.

    A number with a unit is one, an Arabic number alone sometimes, a Chinese one rarely.
    """
    if made.bound not in (Bound.EXACT, Bound.RANGE):
        return True
    unit, run = f.word("unit"), made.run
    match f["n"].kind:
        case "multiplier":  # 千万元 counts; 万家 does not
            return bool(unit) and len(run) > 1
        case "spelled" if not unit:
            return len(run) > 2
        case "spelled" if len(run) == 1:
            counted = run == "一" and made.unit and made.unit.kind == "count"
            if counted:
                return unit in LISTS["one_counts"]
            return unit not in LISTS["weak"]
        case "whole" if not unit:
            return _arabic_counts(run, before, f.match.string[f.match.end() :][:1])
    return True


def _arabic_counts(run: str, before: str, behind: str) -> bool:
    """Whether a number without a unit is an amount: 12,300 and 3.5 are, 2022 and 600519 are not."""
    if re.match("[A-Za-z0-9:/_]", behind) or _YEAR.fullmatch(run):
        return False
    if len(run) < 3:
        return before in [*_LEADS_TO_NUMBER] and not re.match(f"[{HANZI}]", behind)
    return len(run) < 6 or not run.isdecimal()


def counting(f: Found) -> Amount | None:
    """五免, 50个项目左右: a number counts what the words behind it name.

    None where these words may say more: another unit, or a bound that stands there unread.
    """
    number = amounts.bounded(f)
    if not isinstance(number, Amount):
        return None
    unit = number.unit or COUNTED
    if f.running or _OPEN.search(f.word("noun")) or unit.kind != "count":
        return None
    return number._replace(unit=COUNTED if unit.id == "位" else unit)


def split(f: Found) -> Amount | None:
    """The digits behind the unit are its decimals: 一米八, 9秒83, 两块五一斤."""
    number, digits = f.number(), f.word("digits")
    if f.word("unit") not in _SPLIT or number.value % 1:
        return None
    places = "".join(str(DIGITS.get(digit, digit)) for digit in digits)
    if not re.fullmatch("[0-9]{1,2}", places):
        return None
    unit = f.units.find("元") if f.word("unit") == "块" else f.unit()
    value = Decimal(f"{int(number.value)}.{places}")
    return number._replace(value=value, unit=unit, weak=False)


def tenths(f: Found) -> Amount | None:
    """两成 → 20 %, 三成五 → 35 %, 七八成 → 70 to 80 %, 两到三成."""
    number = f.number()
    low, high = number.value, number.value_to
    if "low" in f:
        low, high = f.number("low").value, number.value
    if high is not None and not low < high:
        return None
    value = low.scaleb(1)
    if "half" in f or "ones" in f:
        value += 5 if "half" in f else f.number("ones").value
    bound = number.bound if high is None else Bound.RANGE
    high = None if high is None else high.scaleb(1)
    return Amount(value, unit=f.units.find("%"), value_to=high, bound=bound, capped=number.capped)


def doubled(f: Found) -> Amount | None:
    """翻倍, 倍增 and 翻一番 are twice, 翻两番 four times as much."""
    times = f.number().value
    if times % 1 or times > 10 or ("unit" in f and (f.word("unit") != "倍" or times != 1)):
        return None
    return Amount(Decimal(2 ** int(times)), unit=f.units.find("倍"), bound=f.bound("q"))


def ordinal(f: Found) -> Amount | None:
    """第三大, 前十名 are ranks; 第七批 is one of a row in a cell, and a name in a text."""
    place, unit, printed = amounts.rank(f), f.unit(), f.word("unit")
    if place is None or printed in ("", "位", "名") or printed.startswith("大"):
        return place
    return None if f.running or unit is None or "top" in f else place._replace(unit=unit.ordinal())


def unread(f: Found) -> bool | None:
    """A number that can't be read; words of numerals are none: 三三两两."""
    return "unit" in f or f.word("bad")[0].isdecimal() or None
