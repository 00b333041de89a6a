"""What figures are checked against: claims of a source, and ratios of two metrics."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .figure import Figure


# Not a tuple, as a finding of the audit is a claim with more.
@dataclass(frozen=True)
class Claim:
    """A relation that holds if the source is right: `figure` against `operands`.

    `kind` is `claim` where a source states or implies it, `derived` where the data's own columns
    do. `value` is the constant of `times`, `items` the names that a count counts.
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

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure and its operands."""
        return (self.figure, *self.operands)


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


# Base units of a pure number, which a quotient of two like units has.
PURE_BASES = frozenset({"%", "part", "times"})


def ratio_fits(unit: str, numerator: str, denominator: str) -> bool:
    """Whether base unit `unit` can show `numerator` divided by `denominator`, both base units."""
    if "date" in (unit, numerator, denominator):
        return False
    if unit in PURE_BASES:
        return numerator == denominator
    return unit in (numerator, f"{numerator}/{denominator}")
