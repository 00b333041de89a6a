"""Claims about figures, the findings of an audit, and ratios of metrics."""

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


class Finding(NamedTuple):
    """A claim that `figure` and `operands` have a relation, and the result of its audit.

    `kind` is `claim` if a source states it, `derived` if the columns of the data imply it, and
    `agreement` if several sources print one fact; `figure` is then that of the best source.
    `value` is the constant of `times`, `items` are the names that a count counts.

    The audit adds the other fields. `recomputed` is what `formula` gives, in `unit`; for dates it
    holds day ordinals. `why` has no full stop.
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
    formula: str = ""
    recomputed: Interval = Interval(None, None)
    verdict: Verdict = Verdict.UNDETERMINED
    why: Message = Message("")

    @property
    def unit(self) -> str:
        """The base unit of the figure; `date` for an order of dates."""
        return "date" if self.relation == "order" else self.figure.base_unit

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure and its operands."""
        return (self.figure, *self.operands)

    def at_fault(self) -> bool:
        """Whether the printed figures contradict each other."""
        return self.verdict is Verdict.INCONSISTENT


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
