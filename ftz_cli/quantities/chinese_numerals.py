"""Chinese numerals: 一千零八十, 三点五亿, 两万五, 七八百."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
PLACES = {"十": 1, "百": 2, "千": 3}
GROUPS = {"万": 4, "亿": 8}
SCALES = "十百千万亿"
NUMERAL = "".join(DIGITS) + SCALES + "点"


def chinese_number(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The number that `text` spells, and the upper end where it spells two (七八百).

    The exponent of the result is the last place named: 三点五亿 is known to 0.1亿. None for a
    string of numerals that is no number (万一, 五四三).
    """
    if not all(char in NUMERAL for char in text):
        return None
    whole, point, fraction = text.partition("点")
    if point:
        decimals = fraction.rstrip(SCALES)
        if not decimals or not all(c in DIGITS for c in decimals):
            return None
        number = _whole(whole)
        scale = _scale(fraction[len(decimals) :])
        if number is None:
            return None
        places = "".join(str(DIGITS[c]) for c in decimals)
        return Decimal(f"{int(number)}.{places}").scaleb(scale), None
    for at in range(len(text) - 1):
        first, second = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
        if first and second:
            if len(text) > 2 and all(c in DIGITS for c in text):
                break  # 二〇二一, 一九七八: digits in a row
            if second - first != 1 and (first, second) != (3, 5):
                return None
            low = _whole(text[: at + 1] + text[at + 2 :])
            high = _whole(text[:at] + text[at + 1 :])
            return (low, high) if low is not None and high is not None else None
    number = _whole(text)
    return None if number is None else (number, None)


def _scale(text: str) -> int:
    """The power of ten of a stack of multipliers: 千万 → 7, 万亿 → 12."""
    return sum(PLACES.get(char) or GROUPS[char] for char in text)


def _whole(text: str) -> Decimal | None:
    """A whole number; None where the places are not in falling order."""
    if not text:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        # 二〇二一, 一九七八: digits are read one by one only where a year or a zero shows it.
        spelt = len(text) == 4 or "〇" in text or "○" in text
        return Decimal("".join(str(DIGITS[c]) for c in text)) if spelt else None
    if all(c in SCALES for c in text):
        # A bare multiplier: 百, 千万, 万亿.
        stacked = all(c in GROUPS for c in text[1:])
        return Decimal((0, (1,), _scale(text))) if stacked else None
    if text[0] in "百千万亿":
        return None
    value, below_ten_thousand, digit = 0, 0, None
    last_power, place, zero, finest = 99, 99, False, 99
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            zero = zero or DIGITS[char] == 0
            digit = DIGITS[char] or None
        elif char in PLACES:
            power = PLACES[char]
            if power >= place or (digit is None and char != "十"):
                return None
            below_ten_thousand += (digit or 1) * 10**power
            digit, place, zero, finest = None, power, False, power
        else:
            power = GROUPS[char]
            group = below_ten_thousand + (digit or 0)
            if power == 8 and value and not group:
                value, finest = value * 10**8, finest + 8  # 万亿
            elif power == 8:
                value = (value + group) * 10**8
                finest = 8 + (0 if digit else min(finest, 3) if group else 0)
            else:
                if not group or power >= last_power:
                    return None
                value += group * 10**4
                finest = 4 + (0 if digit else min(place, 3))
            below_ten_thousand, digit, place, zero, last_power = 0, None, 99, False, power
    if digit is None:
        total = value + below_ten_thousand
        return _to_place(total, finest)
    before = text[-2] if len(text) > 1 else ""
    if before and before in SCALES and before != "十" and not zero:
        # 两万五, 三百五: the digit stands one place under the last one named.
        shift = (PLACES.get(before) or GROUPS[before]) - 1
        return _to_place(value + below_ten_thousand + digit * 10**shift, shift)
    return Decimal(value + below_ten_thousand + digit)


def _to_place(total: int, power: int) -> Decimal:
    """`total`, known to the place of 10 to `power`."""
    if not total:
        return Decimal(0)
    while total % 10**power:
        power -= 1
    return Decimal(total // 10**power).scaleb(power)
