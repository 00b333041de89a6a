"""The signs of a clause's shape: one for each number, unit, qualifier, date and opaque word."""

from __future__ import annotations

from dataclasses import dataclass, field

from .chinese_numerals import Number
from .dates import Date
from .patterns import HANZI

# From Unicode's private area.
ARABIC, CHINESE, SCALED, BARE, VAGUE, UNREAD = map(chr, range(0xE000, 0xE006))
DAY, OPAQUE, QUALIFIER, CURRENCY, COUNTED, MEASURED, COIN = map(chr, range(0xE008, 0xE00F))
NUMBERS = ARABIC + CHINESE + SCALED + BARE
UNITS = COUNTED + MEASURED + COIN


@dataclass(slots=True)
class Shape:
    """A clause as signs, with what each sign stands for and where it stands in the text."""

    text: str = ""
    words: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)
    dates: dict[int, Date] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the signs from `start` to `end` stand in the text."""
        return self.starts[start], self.ends[end - 1]


# The signs by their names in the patterns.
PARTS = {
    "ARABIC": ARABIC, "BARE": BARE, "VAGUE": VAGUE, "UNREAD": UNREAD, "DAY": DAY, "OPAQUE": OPAQUE,
    "QUALIFIER": QUALIFIER, "CURRENCY": CURRENCY, "MEASURED": MEASURED, "COIN": COIN,
    "NUMBERS": NUMBERS, "UNITS": UNITS, "hanzi": HANZI, "gap": HANZI + OPAQUE,
}  # fmt: skip
