"""What the slots of a Chinese production say together: qualifiers, numbers, units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from . import chinese_words as words
from .chinese_numerals import Number, power_of
from .chinese_signs import Shape
from .dates import UNKNOWN, Years
from .patterns import any_of
from .quantity import Bound, Quantity
from .units import NO_UNIT, Unit, Units

_QUALIFIERS = re.compile(any_of(words.BEFORE))
# 5位专家 are people, in no order; 第5位 is a rank.
_PEOPLE = Unit("位", "count", Decimal(1), "count", Decimal(0), "位", "people")
# What a rate is not made of: 每年增长5% and 每单节省3天 are no 5%/年 and 3天/单.
_NO_RATE = ("share", "points", "duration", "multiple", "rate", "rank", "ordinal")


@dataclass(frozen=True, slots=True)
class Found:
    """A production that matched at a place of a shape, for its builder to read."""

    units: Units
    shape: Shape
    match: re.Match[str]
    years: Years = UNKNOWN

    def __getitem__(self, slot: str) -> str:
        """The text of a slot; empty where the slot is."""
        return (slot in self.match.re.groupindex and self.match[slot]) or ""

    def number(self, slot: str = "n") -> Number:
        """The number in a slot."""
        return self.shape.numbers[self.match.start(slot)]

    def word(self, slot: str) -> str:
        """What the sign in a slot stands for, as printed; empty where the slot is."""
        return self.shape.words[self.match.start(slot)] if self[slot] else ""

    def unit(self, slot: str = "unit") -> Unit | None:
        """The unit in a slot, NO_UNIT where it is empty, None where it spells none."""
        if not self[slot]:
            return NO_UNIT
        first, *below = self.word(slot).strip().replace("每", "/").split("/")
        unit = _PEOPLE if first == "位" else self.units.find(first)
        for name in below:
            per = self.units.find(name)
            unit = self.units.rate(unit, per) if unit and per else None
        return unit

    def scaled(self, spelt: str, unit: Unit) -> Unit:
        """`unit` counted in what a multiplier spells; as it is where there is none."""
        if not spelt:
            return unit
        scale = self.units.scales.get(spelt)
        if scale is None:  # 万万 has no row of its own
            factor = Decimal(10) ** power_of(spelt)
            scale = Unit(spelt, "", factor, "scale", None, spelt, f"{factor:f}")
        return self.units.scaled(scale, unit)

    def quantity(
        self, value: Decimal, unit: Unit | None, value_to: Decimal | None = None, more: str = ""
    ) -> Quantity | None:
        """A value with the qualifiers, sign and rate that stand around it."""
        if unit is None:
            return None
        unit = self.rated(unit)
        if self["sign"] and self["sign"] != "零上":
            value, value_to = (-value, None) if value_to is None else (-value_to, -value)
        if value_to is not None:
            return Quantity(value, unit, Bound.RANGE, value_to) if value < value_to else None
        bound, capped = self.bounded(more)
        return Quantity(value, unit, bound, None, capped)

    def rated(self, unit: Unit) -> Unit:
        """`unit` for each of what 每 or 均 names, where that makes a rate."""
        per = self.unit("per") if self["per"] else self.units.find(self["mean"] or "?")
        if per is None or unit.kind in _NO_RATE:
            return unit
        # 每名代理人代理3件 counts, 每艘长300米 measures; 每标箱150元 and 每万人60张 are rates.
        each = self["per"] and per.kind == "count" and not self["many"]
        if each and unit.kind not in ("money", "mass", "volume"):
            return unit
        return self.units.rate(unit, self.scaled(self.word("many"), per))

    def bounded(self, more: str) -> tuple[Bound, bool]:
        """The bound that the qualifiers give, and whether 余 or 多 caps it.

        What is tied closest to the number decides; a word that bounds nothing decides last.
        """
        more, after = (self["more"] or more)[-1:], self["after"] or self["scant"]
        if more:
            # 超过300多家: the mark was passed by the count itself; 300余 says all.
            return words.BETWEEN[more], words.BETWEEN[more] is Bound.OVER
        behind = words.AFTER[after] if after else Bound.EXACT
        if behind is Bound.OVER or self["scant"]:
            return behind, behind is Bound.OVER and after not in words.UNCAPPED
        if after == "来" and self.word("q") == "近":
            return Bound.EXACT, False  # 近五年来: the last five years
        for word in reversed(_QUALIFIERS.findall(self.word("q") + self.word("q2"))):
            if words.BEFORE[word] is not Bound.EXACT:
                return words.BEFORE[word], False
        return behind, False
