"""Units of measure: the rows of `units`, their scaled forms (亿元) and rates (元/吨)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from ..language import named_items
from .decimals import EXACT

# Kinds of unit whose values are counted or named. Unlike measured values they are not rounded.
DISCRETE_KINDS = frozenset({"count", "rank", "ordinal", "part", "class", "date"})
DATE_UNIT = "date"
# How many of the second base unit make one of the first.
HOLDS = {
    ("year", "month"): 12, ("week", "day"): 7, ("day", "h"): 24, ("h", "min"): 60, ("min", "s"): 60,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed (亿元) with its base unit (CNY) and its factor, in base units (10⁸).

    `minimum` is the least possible value in base units. `also` are other spellings.
    """

    id: str
    base: str
    factor: Decimal
    kind: str
    minimum: Decimal | None = None
    name_zh: str = ""
    name_en: str = ""
    also: tuple[str, ...] = ()

    @classmethod
    def of_row(cls, *row: Any) -> Unit:
        """The unit of a row of units.csv or of the table `units`."""
        id, zh, en, base, factor, kind, minimum, *also = row  # the column `also` is optional
        spellings = named_items("".join(filter(None, also)))
        least = Decimal(minimum) if minimum else None
        return cls(id, base or "", Decimal(factor), kind, least, zh, en, spellings)


# A number with nothing behind it: 4:3:3, 万亿.
NO_UNIT = Unit("", "", Decimal(1), "count")
DATE = Unit(DATE_UNIT, DATE_UNIT, Decimal(1), "date")


class Units(dict[str, Unit]):
    """The known units by id, and the scales (万, million) that may precede any unit.

    `find` returns the unit that a name spells, or None: a known unit, a scaled unit (万家) or a
    rate (元/吨). Case matters in abbreviations (MW, km), but not in English words.
    """

    def __init__(self, rows: Iterable[Unit]) -> None:
        rows = list(rows)
        super().__init__((row.id, row) for row in rows if row.kind != "scale")
        self.scales = _spelt(row for row in rows if row.kind == "scale")
        self.spellings = _spelt(self.values())
        # Case does not matter in a word.
        words = [name for name in self.spellings if len(name) > 3 and name.isascii()]
        self.spellings = {name.lower(): self.spellings[name] for name in words} | self.spellings
        self.find = cache(self._find)

    def __missing__(self, name: str) -> Unit:
        if found := self.find(name):
            return found
        raise KeyError(name)

    def _find(self, name: str) -> Unit | None:
        return self._known(name) or self._scaled(name) or self._rate(name)

    def scaled(self, scale: Unit, unit: Unit) -> Unit:
        """The unit of a scale and a unit: 亿元 of 亿 and 元."""
        return replace(
            unit,
            id=scale.id + unit.id,
            factor=EXACT.multiply(scale.factor, unit.factor),
            name_zh=scale.name_zh + unit.name_zh,
            name_en=f"{scale.name_en} {unit.name_en}".rstrip(),
            also=(),
        )

    def rate(self, above: Unit, below: Unit) -> Unit:
        """The rate of two units: 元/吨 of 元 and 吨."""
        return Unit(
            f"{above.id}/{below.id}",
            f"{above.base}/{below.base}",
            above.factor / below.factor,
            "rate",
            above.minimum,
            f"{above.name_zh}/{below.name_zh}",
            f"{above.name_en} per {below.name_en}",
        )

    def _known(self, name: str) -> Unit | None:
        lower = name.lower() if len(name) > 3 else name
        plain = self.spellings.get(name) or self.spellings.get(lower)
        if plain is None and name.startswith("个") and len(name) > 1:
            return self._known(name[1:])  # 个 of 个小时 is a classifier without meaning
        return plain

    def _scaled(self, name: str) -> Unit | None:
        # Longest first, so that 万亿 is never read as 万 and 亿.
        for scale in sorted(self.scales, key=len, reverse=True):
            if name.startswith(scale) and (unit := self._known(name[len(scale) :].lstrip())):
                return self.scaled(self.scales[scale], unit)
        return None

    def _rate(self, name: str) -> Unit | None:
        above, _, below = name.rpartition("/")
        over = self.find(above) if above else None
        under = self.find(below) if over else None
        return self.rate(over, under) if over and under else None


def _spelt(rows: Iterable[Unit]) -> dict[str, Unit]:
    """Each row by its id and its other spellings; an id wins over a spelling of another row."""
    rows = list(rows)
    others = {spelling: row for row in rows for spelling in row.also}
    return others | {row.id: row for row in rows}
