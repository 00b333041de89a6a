"""Initiatives or zones side by side: the metrics that they share, and ratios of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..model.figure import Figure
from ..model.named import Named
from ..quantities.interval import Interval


@dataclass(frozen=True, slots=True)
class Cell:
    """The entry of one column in a row.

    `figures` is the figure shown, or numerator and denominator of a ratio. `value` is the printed
    value in the row's base unit, None in a derived row and for a date. `interval` is the meaning
    in the row's base unit, None for a date. `differing` are figures of other sources on the same
    fact that do not agree; `further` are the other figures that the column has for this row.
    """

    figures: tuple[Figure, ...]
    value: Decimal | None
    interval: Interval | None
    differing: tuple[Figure, ...] = ()
    further: tuple[Figure, ...] = ()
    # The column is a zone, and the figure belongs to this initiative of it.
    initiative: Named | None = None


@dataclass(frozen=True, slots=True)
class RowWarning:
    """A way in which the figures of a row differ, so that they compare less well.

    `kind` is metrics, statuses, scopes, periods, no_period or units; `figures` has one figure for
    each different value, in the order of the columns.
    """

    kind: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One measure of a metric (or one derived ratio) in every column; None where there is none.

    Cells are shown in `unit`, which holds `factor` base units. `comparable` is false where the
    cells do not measure the same: they need a warning, and get no bars on one scale.
    """

    metric: Named
    measure: str
    unit: str
    base_unit: str
    factor: Decimal
    derived: bool
    comparable: bool
    warnings: tuple[RowWarning, ...]
    cells: tuple[Cell | None, ...]

    @property
    def shared(self) -> int:
        """How many columns have a figure."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Initiatives or zones (`kind`) side by side: one column each, one row a metric's measure."""

    kind: str
    columns: tuple[Named, ...]
    rows: tuple[ComparedRow, ...]
