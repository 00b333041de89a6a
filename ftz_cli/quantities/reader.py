"""Reading printed Chinese quantities: 近1.5亿元, 两三个, 百分之五点二, 前五, 同年11月5日.

A new qualifier goes into `qualifiers.py`, a new form into `grammar.py` (`dates.py`, if of a date),
a new unit into the data (`db/units.csv`), a word that only looks like a number into
`db/lookalikes.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .dates import Years, date
from .chinese_grammar import bounded, grammar, number_of, plain_quantity, rises
from .chinese_numerals import NUMERAL, SCALES
from .chinese_words import (
    AFTER_WORDS,
    EDGES,
    FAR_YEARS,
    OPEN,
    PAST,
    PLAIN_BEFORE,
    RATES,
    VAGUE,
    WORD_GOES_ON,
    ZERO_WORDS,
    any_of,
    fold,
)
from .quantity import COUNTED, NO_UNIT, CannotRead, Quantity, Units
from ..language import Message, shown

_ARABIC = re.compile("[0-9]")
# A longer row of numerals and what joins them is no number, and trying it would take for ever.
LONGEST_RUN = 40
# A row of more digits that no production reads must not go unseen.
LONGEST_DIGITS = 20
# What goes before 负 where it is no minus: 胜负, 自负, 正负.
_NOT_SIGNED = "胜正自担背抱欺辜肩承"
# So much of what can't be read is said again.
LONGEST_SHOWN = 100
_LONG_RUN = re.compile(f"[0-9{NUMERAL}.,:~至到比-]{{{LONGEST_RUN + 1},}}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number mention in a text: where it stands, and what it says.

    `quantity` is None for an amount that names no number (上百家); `why` then says so.
    """

    start: int
    end: int
    printed: str
    quantity: Quantity | None
    why: Message | None = None


class Reader:
    """Reads printed quantities with a given set of units.

    `lookalikes` are words that hold a numeral and are no number (一起, 千方百计); they count in
    running text only, where `find` looks for mentions.
    """

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units = units
        words = any_of(lookalikes)
        self._lookalike = re.compile(words) if words else None
        self._productions = grammar(units)
        # A whole cell is nearly always a date or a plain quantity, and those two never clash.
        self._whole = sorted(
            self._productions, key=lambda p: (p[1] is not date, p[1] is not plain_quantity)
        )
        before = any_of(PLAIN_BEFORE)
        self._anchor = re.compile(
            f"[0-9{NUMERAL}半首前第同今去明当本翻]|{any_of(FAR_YEARS)}|-(?=[0-9])|(?<![{_NOT_SIGNED}])负(?=[0-9{NUMERAL}])|{PAST}|{before}|(?:{VAGUE})"
        )
        self._vague = re.compile(f"(?:{before})?(?:{VAGUE})(?:多|余)?(?:{any_of(units)})?")
        self._zero = re.compile(f"(?:{any_of(ZERO_WORDS.split())})[^0-9{NUMERAL}]*")
        self._rate = re.compile(f"(?:{any_of(RATES.split())})")
        self._worded = re.compile(
            f"(?P<before>{before})?(?P<number>[0-9.,]+|[{NUMERAL}]+)"
            f"(?P<unit>个(?:{_of_kinds(units, 'duration', 'points')})|{any_of(units)})?"
            f"(?P<noun>[^0-9{NUMERAL}]*?)(?P<after>{any_of(AFTER_WORDS)})?"
        )
        words = any_of(word for word in (*AFTER_WORDS, *PLAIN_BEFORE) if len(word) > 1)
        self._unsure = re.compile(f"[{OPEN}]|{words}|^(?:[{EDGES}]|[!-~])|[{EDGES}]$")

    def read(self, printed: str, year: int | None = None, same_year: int | None = None) -> Quantity:
        """The quantity that all of `printed` says.

        `year` is the one that 今年 means, `same_year` the one that 同年 means. Raises CannotRead,
        with the reason, for anything else; nothing is guessed.
        """
        text = fold(printed).strip()
        context = Years(year, same_year)
        if _LONG_RUN.search(text):
            raise CannotRead(
                "'{printed}' is longer than any number", printed=shown(printed, LONGEST_RUN)
            )
        if not _ARABIC.search(text) and self._vague.fullmatch(text):
            raise CannotRead("'{printed}' names no number", printed=shown(printed, LONGEST_SHOWN))
        quantity = self._spelt(text, 0, context)
        if quantity is None and (start := self._after_rate(text)):
            quantity = self._spelt(text, start, context)
        if quantity is not None:
            return quantity
        if self._zero.fullmatch(text):
            return Quantity(Decimal(0), NO_UNIT)
        if quantity := self._counting(text):
            return quantity
        raise CannotRead(
            "'{printed}' is not a known form of a quantity", printed=shown(printed, LONGEST_SHOWN)
        )

    def _spelt(self, text: str, start: int, context: Years) -> Quantity | None:
        """What a production makes of all of `text` from `start` on."""
        for pattern, build in self._whole:
            match = pattern.fullmatch(text, start)
            if match and (quantity := build(self.units, match, context)) and rises(quantity):
                return quantity
        return None

    def _counting(self, text: str) -> Quantity | None:
        """五免, 50个项目左右: a number counts what the words after it name.

        None where these words may say more: another unit (7公里路), that more were counted
        (30几家), or a bound that stands there unread (5家左右的).
        """
        match = self._worded.fullmatch(text)
        if match is None or not match["noun"] or self._unsure.search(match["noun"]):
            return None
        number = number_of(match["number"], "")
        unit = self.units.find(match["unit"]) if match["unit"] else COUNTED
        if number is None or number[1] is not None or unit is None:
            return None
        if unit.kind not in ("count", "part", "rank"):
            return None
        bound, capped = bounded(match["before"], match["after"], None)
        kept = COUNTED if unit.kind == "rank" else unit  # 5位专家 are people, in no order
        return Quantity(number[0], kept, bound, None, capped)

    def _after_rate(self, text: str) -> int:
        """Where the number of a rate begins: 日均接听300余通 is read from 300."""
        if not self._rate.match(text):
            return 0
        found = re.search(f"(?:{any_of(PLAIN_BEFORE)})?[0-9{NUMERAL}]", text)
        return found.start() if found else 0

    def find(self, text: str, year: int | None = None) -> Iterator[Mention]:
        """Every number mention in `text`, from left to right, none within another."""
        folded = fold(text)
        context = Years(year, None)
        skip = self._lookalike.finditer(folded) if self._lookalike else iter(())
        word = next(skip, None)
        at = 0
        while anchor := self._anchor.search(folded, at):
            start = anchor.start()
            if run := _LONG_RUN.match(folded, start):
                at = run.end()
                if folded[start].isdecimal():
                    yield self._too_long(text, start, at)
                continue
            while word and word.end() <= start:
                word = next(skip, None)
            mention = self._mention(text, folded, start, context)
            # 十分 is a word, 十分之一 a number: the longer one counts.
            shorter = mention is None or (word is not None and mention.end <= word.end())
            if word and (word.start() < start or (word.start() == start and shorter)):
                at = word.end()
                continue
            if mention is None:
                at = self._past(folded, start)
                if at - start > LONGEST_DIGITS:
                    yield self._too_long(text, start, at)
                continue
            if word and mention.start < word.start() < mention.end < word.end():
                at = start + 1
                continue
            if mention.quantity and isinstance(mention.quantity.value, str):
                context = context.after(mention.quantity.value)
            yield mention
            at = mention.end

    def _past(self, folded: str, start: int) -> int:
        """Past an anchor that began no mention; digits are passed as one, never from within."""
        end = start + 1
        if folded[start].isdecimal():
            while end < len(folded) and (folded[end].isdecimal() or folded[end] in ",."):
                end += 1
        return end

    @staticmethod
    def _too_long(text: str, start: int, end: int) -> Mention:
        """A row of digits that is no number that anybody means, but must not go unseen."""
        why = Message(
            "'{printed}' is longer than any number", printed=shown(text[start:end], LONGEST_RUN)
        )
        return Mention(start, end, text[start:end], None, why)

    def _mention(self, text: str, folded: str, start: int, context: Years) -> Mention | None:
        before = folded[start - 1] if start else ""
        if before == "第":
            return None  # 第三批 names a batch; where it ranks, the production begins at 第
        numeral = folded[start].isdecimal() or folded[start] == "-"
        # Letters or a decimal point before a digit make it part of a name: A380, COVID-19.
        if numeral and before.isascii() and (before.isalnum() or before in ("-", ".", "_", "/")):
            # A dash that joins the number to a Chinese word is none: A区-3区, 企业—3家.
            dashed = before == "-" and start > 1
            if not dashed or (folded[start - 2].isascii() and text[start - 1] not in "—―"):
                return None
        if numeral and before == ":" and start > 1 and folded[start - 2].isdecimal():
            return None  # the minutes of a time of day
        vague = self._vague.match(folded, start)
        for pattern, build in self._productions:
            match = pattern.match(folded, start)
            if match is None or (vague and vague.end() >= match.end()):
                continue
            if not _stands_alone(match, folded):
                continue
            quantity = build(self.units, match, context)
            if folded[start] == "-" and quantity and _joins(text, start, quantity):
                return None
            if quantity and quantity.unit.kind == "share" and _leads(folded, start):
                return None
            if quantity is not None and rises(quantity):
                return Mention(start, match.end(), text[start : match.end()], quantity)
            if build is date:
                why = Message("a date whose year is not printed")
                return Mention(start, match.end(), text[start : match.end()], None, why)
        if vague:
            end = vague.end()
            return Mention(start, end, text[start:end], None, Message("names no number"))
        return None


def _of_kinds(units: Units, *kinds: str) -> str:
    """A pattern for any unit of the kinds named."""
    return any_of(name for name in units if units[name].kind in kinds)


def _joins(text: str, start: int, quantity: Quantity) -> bool:
    """Whether the dash before a number joins it to what stands before, and is no minus.

    A long dash never is one (武汉—5小时). After a word a short one is where less than nothing can
    be (增速为-3.2%), and not where things are counted (A区-3区).
    """
    if text[start] in "—―":
        return True
    joined = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "%)）》”’")
    return joined and (quantity.unit.minimum is not None or not quantity.unit.id)


def _leads(text: str, start: int) -> bool:
    """Whether 前 makes a share of the foremost of a number: 前10%."""
    return text[start - 1 : start] == "前" and text[start - 2 : start - 1] not in ("目", "日", "此")


# Between digits, these make one sign of them, be it an address, a date or a time of day.
_JOINERS = ("/", ".", ":")


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a match in running text is a number, and not part of a longer word or code."""
    end = match.end()
    following = text[end : end + 1]
    last = text[end - 1]
    if last.isascii() and last.isalnum() and following.isascii() and following.isalnum():
        return False  # 5G, 3D, 12306a
    groups = match.groupdict()
    if "ratio" in groups:
        hours, _, minutes = groups["ratio"].partition(":")
        if not hours.isdecimal():
            return True
        clock = ":" not in minutes and len(minutes) == 2 and int(hours) < 24 and minutes < "60"
        return not clock
    digits = groups.get("a") or ""
    if not digits or "s1" not in groups:
        return True
    unit = next((groups[name] for name in ("u1", "u2", "u3", "u4", "u5") if groups.get(name)), None)
    if unit and following and following in WORD_GOES_ON.get(unit, ""):
        return False
    unit = unit or groups.get("s4") or groups.get("s5")
    if digits[0].isdecimal():
        if following in _JOINERS and text[end + 1 : end + 2].isdecimal() and not unit:
            return False  # 24/7, 192.168.1.1, 10:30
        if following == "后" and len(digits) == 2 and not unit:
            return False  # 95后
        if following in ("时", "点", "号", "届", "路", "楼") and not unit:
            return False
        return not (following == "-" and text[end + 1 : end + 2].isdecimal() and not unit)
    # Chinese numerals are words too: they count as a number only with a unit behind them, with a
    # qualifier before a multiplier, or where they spell several places.
    if "b" in groups:
        return bool(unit)
    if all(c in SCALES for c in digits):
        qualified = groups.get("before") or groups.get("m1") or groups.get("m2")
        if qualified:
            return True
        return (len(digits) > 1 and bool(unit or digits.endswith("亿"))) or bool(
            unit and groups.get("after")
        )
    several = len(digits) > 2 or (len(digits) == 2 and digits[1] in SCALES)
    return bool(unit) or several
