"""Chinese texts read for their quantities: a whole cell, or every mention of a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from ..language import Message, shown
from . import chinese_grammar
from .chinese_context import Directions, is_rank, is_within_code, stands_alone
from .chinese_grammar import Build, date, listed, ordinal, plain
from .chinese_lexer import Lexer
from .chinese_signs import Shape
from .chinese_slots import Found
from .dates import Years
from .mention import Mention
from .patterns import filled, rows
from .quantity import CannotRead, Quantity
from .units import COUNTED, NO_UNIT, Units

PRODUCTIONS = rows("chinese_productions")
# So much of what can't be read is said again.
LONGEST_SHOWN = 100
# What leaves open how many, in the words behind a number: 5家左右的, 三十几家.
_OPEN = re.compile("[多余几数半强弱内底末初前后间外上下来许起]|以上|以下|左右|不到|不足|^[!-~]")


class ChineseGrammar:
    """Reads Chinese quantities. `lookalikes` are words that hold a numeral and are no number."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        self.units = units
        self._lexer = Lexer(units, lookalikes)
        parts = self._lexer.parts
        self._directions = Directions(parts)
        # The first production that matches at a place and builds a quantity counts.
        self._productions: list[tuple[re.Pattern[str], Build]] = [
            (re.compile(filled(row["pattern"], parts)), getattr(chinese_grammar, row["build"]))
            for row in PRODUCTIONS
        ]
        # A whole cell is nearly always a plain quantity, which no other production matches whole.
        self._whole_first = sorted(self._productions, key=lambda one: one[1] is not plain)
        self._unread, self._worded, self._anchor, self._zero, self._moved = (
            re.compile(parts[name])
            for name in ("unread", "worded", "anchor", "stated_zero", "moved")
        )

    def read(self, text: str, years: Years) -> Quantity:
        """The quantity that all of folded `text` says; raises CannotRead."""
        shape = self._lexer.shape(text, 0, len(text), running=False)
        moved = self._moved.match(shape.text)
        quantity = self._whole(shape, 0, years) or (
            moved and self._whole(shape, moved.end(), years)
        )
        if quantity:
            return quantity
        if self._unread.fullmatch(shape.text):
            raise CannotRead("'{printed}' names no number", printed=shown(text, LONGEST_SHOWN))
        if self._zero.fullmatch(text):
            return Quantity(Decimal(0), NO_UNIT)
        if quantity := self._counting(shape):
            return quantity
        raise CannotRead(
            "'{printed}' is not a known form of a quantity", printed=shown(text, LONGEST_SHOWN)
        )

    def _whole(self, shape: Shape, start: int, years: Years) -> Quantity | None:
        for pattern, build in self._whole_first:
            match = pattern.fullmatch(shape.text, start)
            if match and build is not listed:
                quantity = build(Found(self.units, shape, match, years))
                if quantity:
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
        number, unit = found.number(), found.unit() if found["unit"] else COUNTED
        if unit is None or unit.kind != "count" or number.value_to is not None:
            return None
        kept = COUNTED if unit.id == "位" else unit
        return found.quantity(number.value, found.scaled(number.scale, kept))

    def find(self, text: str, start: int, end: int, years: Years) -> Iterator[Mention]:
        """The mentions in a stretch of folded text, from left to right, none within another."""
        shape = self._lexer.shape(text, start, end)
        at = 0
        while anchor := self._anchor.search(shape.text, at):
            found = self._mention(text, shape, anchor.start(), years)
            at = anchor.start() + 1
            if found:
                mention, at = found
                if mention.kind == "date":
                    years = years.after(mention.quantity)
                yield mention

    def _mention(
        self, text: str, shape: Shape, at: int, years: Years
    ) -> tuple[Mention, int] | None:
        """The mention that begins at a sign of a shape, and the sign behind it."""

        def mention_span(match: re.Match[str]) -> tuple[int, int, str]:
            first, last = shape.span(at, match.end())
            return first, last, text[first:last]

        for pattern, build in self._productions:
            match = pattern.match(shape.text, at)
            if match is None or match.end() == at:
                continue
            found = Found(self.units, shape, match, years)
            quantity = build(found)
            span = mention_span(match)
            if build is date:
                why = None if quantity else Message("a date whose year is not printed")
                return Mention(*span, quantity, "date", None, why), match.end()
            if quantity and self._is_amount(found, quantity, build):
                direction = self._directions.of(shape, match, quantity)
                return Mention(*span, quantity, "quantity", direction), match.end()
        match = self._unread.match(shape.text, at)
        if match is None:
            return None
        if match["bad"] and not (match["unit"] or shape.words[match.start("bad")][0].isdecimal()):
            return None  # 三三两两 and other words of numerals
        why = Message("not a known form of a number" if match["bad"] else "names no number")
        return Mention(*mention_span(match), None, "unread", None, why), match.end()

    @staticmethod
    def _is_amount(found: Found, quantity: Quantity, build: object) -> bool:
        if not found["n"]:
            return True
        if build is ordinal:
            return is_rank(found)
        if is_within_code(found):
            return False
        return build is not plain or stands_alone(found, quantity)
