"""The value of a numeral run, Arabic, Chinese or mixed: 1.5万亿, 三点五亿, 1亿2千万, 七八百."""

from __future__ import annotations

import re
from decimal import Decimal

from .decimals import EXACT

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
NUMERALS = "".join(DIGITS) + "廿卅卌"
MULTIPLIERS = "".join(POWERS)
# A longer run is not read: nobody prints such a number.
LONGEST = 24
_TENS = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})
ARABIC_DIGITS = str.maketrans({char: str(digit) for char, digit in DIGITS.items()})
_PAIR = re.compile("[一二两三四五六七八九]{2}")
_NO_NUMBER = re.compile(
    "[0-9][一二两三四五六七八九]|[一二两三四五六七八九](?:[0-9]|[一二两三四五六七八九]{2})"
)
# Commas separate three digits: 1,2,3 and 12,34 are no numbers.
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def number_of(run: str) -> tuple[Decimal, Decimal | None] | None:
    """The number that all of `run` spells; of a range of two neighbouring digits both ends: 七八百.

    The exponent is the last place named: 三点五亿 is known to 0.1亿. Returns None if `run` is not a
    number (万一, 五四三, 12,34).
    """
    if len(run) > LONGEST:
        return None
    if is_bare(run):
        # The step is a tenth: 近百 means 90 to 100.
        bare = Decimal((0, (1, 0), power_of(run) - 1))
        return None if set(run[1:]) - set("万亿兆") else (bare, None)
    run = re.sub("^零(?=[^点])", "", run.translate(_TENS))
    # A year is written digit by digit: 二〇二一, 一九七八.
    one_by_one = len(run) in (1, 4) or "〇" in run or "○" in run
    single = "点" in run or (one_by_one and set(run) <= DIGITS.keys())
    if not single and _NO_NUMBER.search(run):
        return None
    pair = None if single else _PAIR.search(run)
    if pair is None:
        value = _value(run.translate(ARABIC_DIGITS))
        return None if value is None else (value, None)
    at, run = pair.start(), run.translate(ARABIC_DIGITS)
    low, high = _value(run[: at + 1] + run[at + 2 :]), _value(run[:at] + run[at + 1 :])
    neighbours = int(run[at + 1]) - int(run[at]) == 1 or pair[0] == "三五"
    return None if low is None or high is None or not neighbours else (low, high)


def is_bare(run: str) -> bool:
    """Whether a run has multipliers but no digit: 近百家. 十 is a digit."""
    return set(run) <= POWERS.keys() and run not in ("", "十")


def power_of(scale: str) -> int:
    """The power of ten of a stack of multipliers: 千万 → 7, 万亿 → 12."""
    return sum(POWERS[char] for char in scale)


def _value(run: str) -> Decimal | None:
    if _ARABIC.fullmatch(run):
        return Decimal(run.replace(",", ""))
    whole, point, places = run.partition("点")
    if not POWERS.keys() & set(places if point else run):
        # 三点五, 3点5.
        before = _value(whole) if re.fullmatch("[0-9]+", places) else None
        return Decimal(f"{before:.0f}.{places}") if before is not None and not before % 1 else None
    # 万万 is 万 times 万: the last of equal multipliers multiplies all before it.
    highest = max(run, key=lambda char: POWERS.get(char, 0))
    left, _, right = run.rpartition(highest)
    count = Decimal(1) if highest == "十" and not left else _value(left)
    if count is None or (highest in "十百千" and not 0 < count < 10):
        return None
    power = POWERS[highest]
    head = count.scaleb(power)
    if not right:
        # 三十亿元 is as precise as 30亿元.
        return head.quantize(Decimal(1)) if power == 1 else head
    rest = _value(right.lstrip("0"))
    if not rest:
        return None
    shorthand = not right.startswith("0") and "点" not in left and "." not in left
    if shorthand and power > 1 and rest < 10 and len(right) == 1:
        # 两万五 is 25,000: the digit is of the place below the multiplier.
        return EXACT.add(head, rest.scaleb(power - 1))
    if power >= 8 and shorthand and "万" not in right and "亿" not in right:
        # 两亿五千 is 两亿五千万; 1亿2000 and 两亿五百 are ambiguous.
        return EXACT.add(head, rest.scaleb(4)) if re.fullmatch(".千", right) else None
    return EXACT.add(head, rest) if rest < Decimal(1).scaleb(power) else None
