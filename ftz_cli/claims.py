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
    "share": 2,
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
# Shares whose parts are not printed are claims too, though there is nothing to work out.
MAY_LACK_OPERANDS = {"share"}
NEED_VALUE = {"times"}
NEED_ITEMS = {"parts", "names_some"}
# What is counted: items by their names, or else operands.
NEED_ITEMS_OR_OPERANDS = {"count"}


def lacks(relation: str, operands: int, value: bool, items: bool) -> str | None:
    """The column in which a claim has not what its relation needs; None where nothing is amiss."""
    wanted = OPERANDS.get(relation, operands)
    fits = operands > 0 if wanted is None else operands == wanted
    if not fits and (operands or relation not in MAY_LACK_OPERANDS):
        return "operands"
    if relation in NEED_VALUE and not value:
        return "value"
    if relation in NEED_ITEMS and not items:
        return "items"
    if relation in NEED_ITEMS_OR_OPERANDS and not (items or operands):
        return "items"
    return None


def named_items(cell: str) -> tuple[str, ...]:
    """The names that a cell of items lists, set apart by semicolons."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


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
