"""Claims about figures, the findings of an audit, and ratios of metrics."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from ..language import Message
from ..quantities.interval import Interval
from .figure import Figure


class Verdict(StrEnum):
    """Whether printed figures agree. No verdict says which of them is wrong."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


class Reading(NamedTuple):
    """One way to read a claim: its formula, the result in the finding's unit, and the verdict."""

    formula: str
    recomputed: Interval
    verdict: Verdict


class Finding(NamedTuple):
    """A claim that `figure` and `operands` have a relation, and the result of its audit.

    `kind` is `claim` if a source states it, `derived` if the columns of the data imply it, and
    `agreement` if several sources print one fact; `figure` is then that of the best source.
    `value` is the constant of `times`, `items` are the names that a count counts.

    The audit adds the other fields. Intervals are in `unit`, the base unit of the figure; those of
    dates are day ordinals. `why` has no full stop. An agreement has a reading for each operand.
    """

    id: str
    figure: Figure
    relation: str
    operands: tuple[Figure, ...]
    value: Decimal | None = None
    items: tuple[str, ...] = ()
    note_en: str | None = None
    note_zh: str | None = None
    kind: str = "claim"
    readings: tuple[Reading, ...] = ()
    verdict: Verdict = Verdict.UNDETERMINED
    why: Message = Message("")
    unit: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure and its operands."""
        return (self.figure, *self.operands)

    def at_fault(self) -> bool:
        """Whether the printed figures contradict each other."""
        return self.verdict is Verdict.INCONSISTENT

    @property
    def decisive(self) -> Reading:
        """The reading that decided the verdict."""
        return next(one for one in self.readings if one.verdict is self.verdict)

    @property
    def recomputed(self) -> Interval:
        """The interval of that reading."""
        return self.decisive.recomputed


class Ratio(NamedTuple):
    """A ratio of two metrics that a comparison derives; `unit` holds `factor` base units."""

    id: str
    name_zh: str
    name_en: str
    numerator: str
    denominator: str
    unit: str
    factor: Decimal
    base_unit: str
