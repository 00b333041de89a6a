"""What stands around a number in running Chinese text: is it a number, and which way did it go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .chinese_numerals import MULTIPLIERS
from .chinese_signs import ARABIC, BARE, CHINESE, QUALIFIER, Shape
from .chinese_slots import Found
from .chinese_words import ONE_COUNTS, WEAK
from .mention import Direction
from .patterns import HANZI
from .quantity import Bound, Quantity

# What goes before a bare number that is an amount: 达5, 增至12.
_LEADS_TO_NUMBER = "达到为至是共计有增升降跌:=逾破"
# What goes before a bare rank: 全国第三, 位居第二.
_LEADS_TO_RANK = "居列位排名国省市区球界业内均获跃至"
_YEAR = re.compile("(?:18|19|20)[0-9]{2}")


def stands_alone(found: Found, quantity: Quantity) -> bool:
    """Whether what a production of one number matched is an amount, and no part of a word or code.

    A number with a unit or a qualifier is one, an Arabic number alone sometimes, a Chinese one
    rarely.
    """
    before = found.shape.text[: found.match.start()][-1:]
    unit = found.word("money") or found.word("unit")
    if found["sign"] == "-" and not _is_minus(quantity, before):
        return False
    bounded = quantity.bound not in (Bound.EXACT, Bound.RANGE)
    said = bounded or bool(found["more"] or found["after"])
    match found["n"]:
        case str(sign) if sign == BARE:
            return _bare_counts(found, unit, said)
        case str(sign) if sign == CHINESE:
            return _chinese_counts(found, unit, said)
        case str(sign) if sign == ARABIC and not unit:
            return _arabic_counts(found, before)
    return True


def is_within_code(found: Found) -> bool:
    """Whether letters, digits or 第 right before a number make it part of something else."""
    before = found.shape.text[: found.match.start("n")][-1:]
    return before == "第" or (
        found.match.start() == found.match.start("n") and bool(re.match("[A-Za-z0-9._/]", before))
    )


def is_rank(found: Found) -> bool:
    """Whether the words before a 第三 without a unit say that it is a place: 居全国第三."""
    before = found.shape.text[: found.match.start("n") - 1][-1:]
    return bool(found["unit"] or "大" in found.match[0]) or before in tuple(_LEADS_TO_RANK)


def _is_minus(quantity: Quantity, before: str) -> bool:
    """Whether a dash is a minus: not where it joins, as in A区-3区, and things are counted."""
    joined = bool(before) and (before.isalnum() or before in "%)》\"'")
    return not joined or (quantity.unit.minimum is None and bool(quantity.unit.id))


def _bare_counts(found: Found, unit: str, said: bool) -> bool:
    """近百家, 千万元, 亿元以上 count; 百家争鸣 and 万家 do not."""
    if said or found["q"]:
        return True
    return bool(unit) and (len(found.word("n")) > 1 or bool(found["after"]))


def _chinese_counts(found: Found, unit: str, said: bool) -> bool:
    run = found.word("n")
    if run in "零〇":
        return False
    if not unit:
        several = len(run) > 2 or (len(run) == 2 and run[-1] in MULTIPLIERS and run[0] != "一")
        return several or (said and len(run) > 1)
    if len(run) > 1 or said or found["q"]:
        return True
    if run == "一" and found.unit() and found.unit().kind == "count":  # type: ignore[union-attr]
        return unit in ONE_COUNTS
    return unit not in WEAK


def _arabic_counts(found: Found, before: str) -> bool:
    """Whether a number without a unit is an amount: 12,300 and 3.5 are, 2022 and 600519 are not."""
    run = found.word("n")
    behind = found.shape.text[found.match.end() :][:1]
    if found["q"] or found["after"] or found["more"]:
        return True
    if re.match("[A-Za-z0-9:/_]", behind) or _YEAR.fullmatch(run):
        return False
    if not run.isdecimal():
        return True
    led_to = bool(before) and before in _LEADS_TO_NUMBER
    if len(run) < 3:
        return led_to and not re.match(f"[{HANZI}]", behind)
    return led_to or len(run) < 6


class Directions:
    """Finds in which direction the clause says that a value went."""

    # Behind these the value may be told with 为: 降幅为3%.
    _NOUNS = ("幅", "速", "额", "亏损")

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._before, self._beside, self._behind, self._level = (
            re.compile(patterns[name])
            for name in ("moved_before", "moved_beside", "moved_behind", "level")
        )

    def of(self, shape: Shape, match: re.Match[str], quantity: Quantity) -> Direction | None:
        """The direction that the last word before the number, or the first behind it, gives."""
        if isinstance(quantity.value, str) or quantity.value < 0 or quantity.parts:
            return None
        groups = match.groupdict()
        at = match.start(next((slot for slot in ("whole", "n") if groups.get(slot)), 0))
        # The words of a qualifier are part of the clause: 约增12%.
        signs = (
            shape.words[n] if shape.text[n] == QUALIFIER else shape.text[n]
            for n in range(max(0, at - 16), at)
        )
        before = re.split(f"[^{HANZI}]", "".join(signs))[-1]
        moves = list(self._before.finditer(before))
        if moves:
            return self._unless_level(moves[-1], before)
        behind = self._behind.match(shape.text, match.end())
        return None if behind is None else "down" if behind["down"] else "up"

    def _unless_level(self, move: re.Match[str], before: str) -> Direction | None:
        word, gap = move[0], before[move.end() :]
        compared = word not in "多少" or re.search("[比较]", before[: move.start()])
        level = self._level.search(gap) or (gap.startswith("为") and not word.endswith(self._NOUNS))
        near = len(gap) <= 8 if len(word) > 1 else self._beside.fullmatch(gap)
        if not compared or level or not near:
            return None
        return "down" if move["down"] else "up"
