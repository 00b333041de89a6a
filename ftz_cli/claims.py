"""What figures are held against: claims of the source, and ratios of metrics."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .models import Figure, Name

# How many operands a relation takes: just so many, or (None) so many as there are.
OPERANDS: dict[str, int | None] = {
    "growth": 2,
    "multiple": 2,
    "difference": 2,
    "implied_earlier": 1,
    "part_of": 1,
    "at_most": 1,
    "within": 1,
    "mean_at_most": 2,
    "times": 1,
    "equal": 1,
    "order": None,
    "sum": None,
    "holds_sum": None,
    "parts": None,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that the source states or implies: `figure` against `operands`."""

    id: str
    figure: Figure
    relation: str
    operands: tuple[Figure, ...]
    value: Decimal | None
    items: tuple[str, ...]
    note: str
    note_zh: str


@dataclass(frozen=True, slots=True)
class Ratio(Name):
    """A ratio of two metrics that a comparison may derive; `unit` is what it is shown in."""

    numerator: str
    denominator: str
    unit: str
    factor: Decimal
    base_unit: str
