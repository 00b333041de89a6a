"""A figure, and what every named thing of the domain has."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from .exact import EXACT

if TYPE_CHECKING:
    from .interval import Interval


@dataclass(frozen=True, slots=True)
class Name:
    """A thing's identifier with its two names."""

    id: str
    name_zh: str
    name_en: str

    def named(self, lang: str) -> str:
        """The name in `lang`, zh or en."""
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: what was printed, what it means, where it stands.

    `value` is an exact decimal or an ISO date, in `unit`; `low` and `high` are the ends of its
    meaning in `base_unit`, None where there is no end. `factor` is base units in one unit.
    """

    id: str
    zone: str
    zone_zh: str
    zone_en: str
    initiative: str | None
    initiative_zh: str | None
    initiative_en: str | None
    metric: str
    metric_zh: str
    metric_en: str
    metric_kind: str
    broader: str | None
    value: Decimal | str
    value_to: Decimal | str | None
    unit: str
    unit_zh: str
    unit_en: str
    unit_kind: str
    factor: Decimal
    base_unit: str
    low: Decimal | str | None
    high: Decimal | str | None
    bound: str
    period: str | None
    period_kind: str
    status: str
    source: str
    article: str
    line: int
    printed: str
    note: str | None
    minimum: Decimal | None = field(default=None, repr=False)
    note_zh: str | None = None

    @property
    def base_value(self) -> Decimal | str:
        """The value in the base unit; a date's ISO text."""
        return self._in_base(self.value)

    @property
    def base_value_to(self) -> Decimal | str | None:
        """The range's other end in the base unit."""
        return None if self.value_to is None else self._in_base(self.value_to)

    @property
    def meaning(self) -> Interval | None:
        """The numbers that this can mean, in the base unit; None for a date."""
        from fractions import Fraction  # only where figures are reckoned with

        from .interval import Interval

        if self.base_unit == "date":
            return None
        low = None if self.low is None else Fraction(self.low)
        high = None if self.high is None else Fraction(self.high)
        over = self.bound == "over"
        return Interval(
            low,
            high,
            # 超 passes its mark; 余 stays below the next one; 近 and 不到 stay below theirs.
            over and high is None,
            (over and high is not None) or self.bound in ("nearly", "under"),
        )

    def _in_base(self, value: Decimal | str) -> Decimal | str:
        return value if isinstance(value, str) else EXACT.multiply(value, self.factor)
