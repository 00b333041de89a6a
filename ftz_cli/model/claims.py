"""What figures are checked against: claims of a source, and ratios of two metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .figure import Figure
from .named import Named

# How many operands a relation takes; None is any number from one on.
RELATIONS: dict[str, int | None] = {
    **dict.fromkeys(("growth", "multiple", "difference", "share", "mean_at_most"), 2),
    **dict.fromkeys(("implied_earlier", "part_of", "at_most", "within", "times", "equal"), 1),
    **dict.fromkeys(("order", "sum", "holds_sum", "parts", "count", "names_some")),
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
    if relation not in ORDINAL_RELATIONS and any(one.kind in ORDINAL_KINDS for one in operands):
        return "operands"
    if relation == "mean_at_most":
        total, count = operands
        return None if total.base == own.base and count.kind in COUNTABLE_KINDS else "operands"
    base = operands[0].base if operands else ""
    if any(one.base != base for one in operands):
        return "operands"
    wanted = {OWN_BASE.get(relation, base)}
    if relation == "difference":
        wanted = DIFFERENCE_BASES.get(base, wanted)
    return None if own.base in wanted else "figure"


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
