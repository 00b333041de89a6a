"""What figures are checked against: claims of a source, and ratios of two metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ..language import Message
from .figure import Figure
from .named import Named

# How many operands a relation takes; None is any number from one on.
RELATIONS: dict[str, int | None] = {
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
    "count": None,
    "names_some": None,
}
# A source may state a share without printing part and whole.
OPERANDS_OPTIONAL = frozenset({"share"})
# These count the names in `items`; `count` may count its operands instead.
COUNTING = frozenset({"count", "names_some"})


def missing_column(relation: str, operands: int, value: bool, items: bool) -> str | None:
    """The column that a claim of `relation` leaves empty or fills wrongly; None if it is complete.

    `operands` is their number; `value` and `items` say whether those columns are filled.
    """
    wanted = RELATIONS[relation]
    if relation not in COUNTING:
        fits = operands > 0 if wanted is None else operands == wanted
        if not fits and (operands or relation not in OPERANDS_OPTIONAL):
            return "operands"
    if relation == "times" and not value:
        return "value"
    if relation in ("parts", "names_some") and not items:
        return "items"
    if relation == "count" and not (items or operands):
        return "items"
    return None


class Dimension(NamedTuple):
    """What a figure is counted in: its base unit and the kind of its unit."""

    base: str
    kind: str


# Kinds of unit that can be counted one by one; the others measure, or name a place or a day.
COUNTABLE_KINDS = frozenset({"count", "part", "duration"})
# Dates and ranks have an order, but no sums and no quotients.
ORDINAL_KINDS = frozenset({"date", "rank"})
ORDINAL_RELATIONS = frozenset({"at_most", "within", "equal", "difference"})
# The base unit of the figure itself, where it is not that of the operands.
OWN_BASE = {"growth": "%", "share": "%", "multiple": "times"}
# Base unit of the operands → base units of their difference.
DIFFERENCE_BASES = {"date": {"day"}, "%": {"%", "pp"}}


def unit_mismatch(relation: str, own: Dimension, operands: Sequence[Dimension]) -> str | None:
    """The column, figure or operands, whose units `relation` can't use; None if all fit."""
    if relation == "order":
        return None
    if relation in COUNTING:
        return None if own.kind in COUNTABLE_KINDS else "figure"
    if relation not in ORDINAL_RELATIONS:
        if any(operand.kind in ORDINAL_KINDS for operand in operands):
            return "operands"
        if own.kind in ORDINAL_KINDS:
            return "figure"
    if relation == "mean_at_most":
        total, count = operands
        return None if total.base == own.base and count.kind in COUNTABLE_KINDS else "operands"
    bases = {operand.base for operand in operands}
    if len(bases) > 1:
        return "operands"
    wanted = {OWN_BASE[relation]} if relation in OWN_BASE else bases
    if relation == "difference":
        (base,) = bases
        wanted = DIFFERENCE_BASES.get(base, bases)
    return None if own.base in wanted else "figure"


def units_wanted(relation: str) -> Message:
    """What units `relation` takes, as help for a curator."""
    if relation in COUNTING:
        return Message("it takes a figure that counts: pieces, parts or spans of time")
    if relation == "mean_at_most":
        return Message("it takes a total in the figure's own base unit, then a count")
    if relation == "difference":
        return Message(
            "figure and operands have one base unit; % also differ by points, dates by days"
        )
    if relation in OWN_BASE:
        return Message(
            "it takes a figure in {unit}, and operands in one base unit, no dates or ranks",
            unit=OWN_BASE[relation],
        )
    if relation in ORDINAL_RELATIONS:
        return Message("figure and operands have one base unit")
    return Message("figure and operands have one base unit, and none is a date or a rank")


# Base units of a pure number, which a quotient of two like units has.
PURE_BASES = frozenset({"%", "part", "times"})


def ratio_fits(unit: str, numerator: str, denominator: str) -> bool:
    """Whether base unit `unit` can show `numerator` divided by `denominator`, both base units."""
    if "date" in (unit, numerator, denominator):
        return False
    if unit in PURE_BASES:
        return numerator == denominator
    return unit in (numerator, f"{numerator}/{denominator}")


def named_items(cell: str) -> tuple[str, ...]:
    """The names in an `items` cell, which semicolons separate."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that holds if the source is right: `figure` against `operands`.

    `kind` is `claim` where a source states or implies it, `derived` where the data's own columns
    do. `value` is the constant of `times` and `sum`, `items` the names that a count counts.
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

    def note(self, lang: str) -> str | None:
        """The curator's note in `lang`."""
        return self.note_zh if lang == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class Ratio(Named):
    """A ratio of two metrics that a comparison derives; `unit` holds `factor` base units."""

    numerator: str
    denominator: str
    unit: str
    factor: Decimal
    base_unit: str
