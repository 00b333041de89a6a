"""What figures are held against: claims of the source, and ratios of metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

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


class Measure(NamedTuple):
    """What a figure is counted in: the base unit, and the kind of the unit printed."""

    base: str
    kind: str


# Kinds of which there are so many; the others measure, or name a place or a day.
COUNTED = {"count", "part", "duration"}
# Places and days come one after the other; they have no sums and no quotients.
ORDINAL = {"date", "rank"}
TAKES_ORDINALS = {"at_most", "within", "equal", "difference"}
TAKES_ANY = {"order"}
COUNTS = {"count", "names_some"}
# The base unit of a claim's own figure, where it is not that of its operands.
OWN_BASE = {"growth": "%", "share": "%", "multiple": "times"}
DIFFERENCES = {"date": {"day"}, "%": {"%", "pp"}}


def misfit(relation: str, own: Measure, operands: Sequence[Measure]) -> str | None:
    """The column of a claim whose figures' units its relation has no use for; None if all fit."""
    if relation in TAKES_ANY:
        return None
    if relation in COUNTS:
        return None if own.kind in COUNTED else "figure"
    if relation not in TAKES_ORDINALS:
        if any(one.kind in ORDINAL for one in operands):
            return "operands"
        if own.kind in ORDINAL:
            return "figure"
    if relation == "mean_at_most":
        total, count = operands
        return None if total.base == own.base and count.kind in COUNTED else "operands"
    bases = {one.base for one in operands}
    if len(bases) > 1:
        return "operands"
    wanted = {OWN_BASE[relation]} if relation in OWN_BASE else bases
    if relation == "difference":
        (base,) = bases
        wanted = DIFFERENCES.get(base, bases)
    return None if own.base in wanted else "figure"


# Units of a pure number: what is left where numerator and denominator are counted alike.
PURE = {"%", "part", "times"}


def ratio_fits(unit: str, above: str, below: str) -> bool:
    """Whether a ratio can be shown in base unit `unit`, from those of its two metrics."""
    if "date" in (unit, above, below):
        return False
    if unit in PURE:
        return above == below
    return unit in (above, f"{above}/{below}")


def takes(relation: str) -> str:
    """The key of the words that say what units a relation takes."""
    if relation in COUNTS:
        return "problem.takes_counted"
    if relation == "mean_at_most":
        return "problem.takes_mean"
    if relation == "difference":
        return "problem.takes_difference"
    if relation in OWN_BASE:
        return "problem.takes_times" if relation == "multiple" else "problem.takes_percent"
    return "problem.takes_same" if relation in TAKES_ORDINALS else "problem.takes_amounts"


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
