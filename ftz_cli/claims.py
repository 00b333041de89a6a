"""What figures are held against: claims of the source, and ratios of metrics."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .models import Figure, Name


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
