"""Chinese texts read for their quantities: a whole cell, or every mention of a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..language import Message, shown
from .chinese_grammar import PRODUCTIONS, date, listed, ordinal, plain
from .chinese_lexer import (
    BARE,
    CHINESE,
    CURRENCY,
    DAY,
    HANZI,
    NUMBERS,
    QUALIFIER,
    UNITS,
    UNREAD,
    VAGUE,
    Lexer,
    Shape,
)  # fmt: skip
from .chinese_numerals import MULTIPLIERS
from .chinese_slots import Found, slots
from .chinese_words import (
    DOWN,
    MEANS,
    MOVED_BY,
    ONE_COUNTS,
    UP,
    WEAK,
    ZERO_WORDS,
    any_of,
)  # fmt: skip
from .dates import Years
from .mention import Direction, Mention
from .quantity import Bound, CannotRead, Quantity
from .units import COUNTED, NO_UNIT, Units

# So much of what can't be read is said again.
LONGEST_SHOWN = 100
# What leaves open how many, in the words behind a number: 5家左右的, 三十几家.
_OPEN = re.compile("[多余几数半强弱内底末初前后间外上下来许起]|以上|以下|左右|不到|不足|^[!-~]")


class ChineseGrammar:
    """Reads Chinese quantities. `lookalikes` are words that hold a numeral and are no number."""

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units = units
        self._lexer, self._cell_lexer = Lexer(units, lookalikes), Lexer(units)
        self._slots = slots()
        self._productions = [
            (re.compile(self._filled(form)), build) for form, build, _ in PRODUCTIONS
        ]
        slot = self._slots
        self._unread = re.compile(
            self._filled(f"{{q}}(?:[{VAGUE}]|(?P<bad>[{UNREAD}])){{more}}?{{unit}}?")
        )
        self._anchor = re.compile(
            f"[{QUALIFIER}{CURRENCY}{NUMBERS}{DAY}{VAGUE}{UNREAD}半首榜第前翻每±¼-¾⅓-⅞(-]"
            f"|[{MEANS.replace(' ', '')}]均|负|倍增|零[上下]"
        )
        self._zero = re.compile(f"(?:{any_of(ZERO_WORDS.split())})[^{NUMBERS}]*")
        self._moved = re.compile(
            f"(?:同比|环比|比?较?上年同?期?)?(?:{any_of(DOWN.split())}|{any_of(UP.split())})(?:{any_of(MOVED_BY.split())})?"
        )
        self._joining = re.compile(
            f"(?:{self._moved.pattern}|{any_of(MOVED_BY.split())}|[和及与或、，,; 分别为到至]|以及|and)*"
        )
        self._worded = re.compile(
            self._filled(f"{{q}}{{n}}{{more}}?{{unit}}?(?P<noun>[{HANZI}{UNITS}]+?){{after}}?")
        )
        self._directions = _Directions()

    def _filled(self, template: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda slot: self._slots.get(slot[1], slot[0]), template)

    def read(self, text: str, years: Years) -> Quantity:
        """The quantity that all of folded `text` says; raises CannotRead."""
        shape, _ = self._cell_lexer.shape(text, 0, len(text), years)
        starts = [0]
        if moved := self._moved.match(shape.text):
            starts.append(moved.end())
        for start in starts:
            if quantity := self._whole(shape, start):
                return quantity
        if re.fullmatch(self._unread, shape.text):
            raise CannotRead("'{printed}' names no number", printed=shown(text, LONGEST_SHOWN))
        if self._zero.fullmatch(shape.text):
            return Quantity(Decimal(0), NO_UNIT)
        if quantity := self._counting(shape):
            return quantity
        raise CannotRead(
            "'{printed}' is not a known form of a quantity", printed=shown(text, LONGEST_SHOWN)
        )

    def _whole(self, shape: Shape, start: int) -> Quantity | None:
        for pattern, build in self._productions:
            match = pattern.fullmatch(shape.text, start)
            if (
                match
                and build is not listed
                and (quantity := build(Found(self.units, shape, match)))
            ):
                return quantity
        return None

    def _counting(self, shape: Shape) -> Quantity | None:
        """五免, 50个项目左右: a number counts what the words behind it name.

        None where these words may say more: another unit, or a bound that stands there unread.
        """
        match = self._worded.fullmatch(shape.text)
        if match is None or _OPEN.search(match["noun"]):
            return None
        found = Found(self.units, shape, match)
        number, unit = found.number(), found.unit() if match["unit"] else COUNTED
        if unit is None or unit.kind != "count" or number.value_to is not None:
            return None
        return found.quantity(
            number.value, found.scaled(number.scale, COUNTED if unit.id == "位" else unit)
        )

    def joins(self, rest: str) -> bool:
        """Whether `rest` is nothing but words that join quantities or say how they went."""
        return self._joining.fullmatch(rest) is not None

    def find(self, text: str, start: int, end: int, years: Years) -> Iterator[Mention]:
        """The mentions in a stretch of folded text, from left to right, none within another."""
        shape, _ = self._lexer.shape(text, start, end, years)
        at, last = 0, None
        while anchor := self._anchor.search(shape.text, at):
            at = anchor.start()
            mention = self._mention(text, shape, at)
            if mention is None:
                at += 1
                continue
            found, first, behind = mention
            if (
                found.direction is None
                and last
                and last[1]
                and re.fullmatch("[、和及与]|以及", shape.text[last[0] : first])
            ):
                found = _with(found, last[1])
            last = behind, found.direction
            yield found
            at = behind

    def _mention(self, text: str, shape: Shape, at: int) -> tuple[Mention, int, int] | None:
        for pattern, build in self._productions:
            match = pattern.match(shape.text, at)
            if match is None or match.end() == at:
                continue
            found = Found(self.units, shape, match)
            first, last = shape.span(match.start(), match.end())
            if build is date:
                quantity = build(found)
                why = None if quantity else Message("a date whose year is not printed")
                return (
                    Mention(first, last, text[first:last], quantity, "date", None, why),
                    at,
                    match.end(),
                )
            quantity = build(found)
            if quantity is None or not _stands_alone(found, build, quantity):
                continue
            direction = self._directions.of(shape, match, quantity)
            return (
                Mention(first, last, text[first:last], quantity, "quantity", direction),
                at,
                match.end(),
            )
        if (match := self._unread.match(shape.text, at)) and self._is_amount(shape, match):
            first, last = shape.span(match.start(), match.end())
            why = (
                Message("names no number")
                if not match["bad"]
                else Message("not a known form of a number")
            )
            return (
                Mention(first, last, text[first:last], None, "unread", None, why),
                at,
                match.end(),
            )
        return None

    @staticmethod
    def _is_amount(shape: Shape, match: re.Match[str]) -> bool:
        """Whether numerals that spell no number are an amount all the same, and no word."""
        if not match["bad"]:
            return True
        return bool(match["unit"]) or shape.words[match.start("bad")][0].isascii()


def _with(mention: Mention, direction: Direction) -> Mention:
    return Mention(
        mention.start,
        mention.end,
        mention.printed,
        mention.quantity,
        mention.kind,
        direction,
        mention.why,
    )


_CUES = "达到为至是共计有增升降跌:=逾破,"
_ONE = frozenset(ONE_COUNTS.split())


def _stands_alone(found: Found, build: object, quantity: Quantity) -> bool:
    """Whether a match in running text is a number, and not part of a word or a code."""
    text, match = found.shape.text, found.match
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if "n" not in match.groupdict() or match["n"] is None:
        return True
    number_at = match.start("n")
    if build is ordinal and not found["unit"] and "大" not in match[0]:
        return text[number_at - 2 : number_at - 1] in _RANKED if number_at > 1 else False
    if text[number_at - 1 : number_at] == "第" and build is not ordinal:
        return False
    if re.match("[A-Za-z0-9._/]", before) and match.start() == number_at:
        return False
    if build is not plain:
        return True
    run, unit = found.word("n"), found.word("money") or found.word("unit")
    said = bool(
        found["more"] or found["after"] or (found["q"] and quantity.bound is not Bound.EXACT)
    )
    if found["sign"] == "-" and not _minus(found, before, unit):
        return False
    match found["n"]:
        case str(sign) if sign == BARE:
            if said or found["q"] or found.number().more:
                return True
            return bool(unit) and (len(run) > 1 or bool(found["after"]))
        case str(sign) if sign == CHINESE:
            if not unit:
                return (
                    (said
                    and len(run) > 1)
                    or len(run) > 2
                    or (len(run) == 2 and run[-1] in MULTIPLIERS and run[0] != "一")
                )
            if run in "零〇":
                return False
            if len(run) == 1 and not said and not found["q"]:
                if run == "一" and quantity.unit.kind == "count":
                    return unit in _ONE
                return unit not in WEAK.split() or unit in _ONE
            return True
    if unit or found.number().scale:
        return True
    if re.match("[A-Za-z0-9:/_]", behind) or found["q"]:
        return bool(found["q"])
    plain_digits = run.isdecimal()
    if plain_digits and (len(run) > 5 or (len(run) == 4 and run[:2] in ("18", "19", "20"))):
        return bool(before) and before in _CUES and len(run) > 5
    if plain_digits and len(run) < 3:
        return bool(before) and before in _CUES and not re.match(f"[{HANZI}]", behind)
    return True


_RANKED = frozenset("居列位排名国省市区球界业内均获跃至")


def _minus(found: Found, before: str, unit: str) -> bool:
    """Whether a dash before a number is a minus, and does not join it to what stands before."""
    joined = bool(before) and (before.isalnum() or before in "%)》\"'")
    made = found.unit()
    return not joined or (made is not None and made.minimum is None and bool(unit))


class _Directions:
    """In which direction the clause says that a value went."""

    _NOUNS = ("幅", "速", "亏损", "额")
    _LEVEL = re.compile("[至到的后前由从]|低于|高于")

    def __init__(self) -> None:
        down, up = (sorted(words.split(), key=len, reverse=True) for words in (DOWN, UP))
        self._words = re.compile(
            f"(?P<down>{any_of(down)})|(?P<up>(?!增加值|增长[点极]|增值|提升工程|(?<=新)增){any_of(up)})"
        )
        self._short = re.compile(
            f"(?:{any_of(MOVED_BY.split())}|{any_of(['至少', '最多', '逾', '将近', '不到', '不足'])}){{0,3}}"
        )

    def of(self, shape: Shape, match: re.Match[str], quantity: Quantity) -> Direction | None:
        """The direction of a match: that of the last word of the clause before its number."""
        if (isinstance(quantity.value, Decimal) and quantity.value < 0) or quantity.parts:
            return None
        groups = match.groupdict()
        slot = next((slot for slot in ("whole", "n") if groups.get(slot)), 0)
        at = match.start(slot)
        # The words of a qualifier are part of the clause: 约增12%.
        signs = (
            shape.words[n] if shape.text[n] == QUALIFIER else shape.text[n]
            for n in range(max(0, at - 16), at)
        )
        before = re.split(f"[^{HANZI}]", "".join(signs))[-1]
        found = None
        for found in self._words.finditer(before):
            pass
        if found:
            gap = before[found.end() :]
            word = found[0]
            if word in "多少" and not re.search("[比较]", before[: found.start()]):
                return None
            level = self._LEVEL.search(gap) or (
                gap.startswith("为") and not word.endswith(self._NOUNS)
            )
            if not level and len(gap) <= 8 and (len(word) > 1 or self._short.fullmatch(gap)):
                return "down" if found["down"] else "up"
            return None
        behind = re.match(
            f"的?(?:(?P<down>{any_of(['降幅', '跌幅', '减幅', '亏损', '回落', '下降', '跌势'])})|(?P<up>{any_of(['增幅', '涨幅', '升幅', '增长', '增速', '涨势'])}))(?![至到了])",
            shape.text[match.end() : match.end() + 6],
        )
        return None if behind is None else "down" if behind["down"] else "up"
