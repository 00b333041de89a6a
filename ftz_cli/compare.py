"""Like laid beside like: metrics shared by several initiatives or zones, and ratios of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .interval import Interval
from .models import Figure, Name


@dataclass(frozen=True, slots=True)
class Cell:
    """One initiative's (or zone's) entry in a row; derived cells come from several figures.

    `value` is the printed value in the base unit, None for a derived cell; `meaning` is the
    interval in the base unit, None for dates.
    """

    figures: tuple[Figure, ...]
    value: Decimal | str | None
    meaning: Interval | None


@dataclass(frozen=True, slots=True)
class Warning:
    """Why a row's cells are not quite alike: a catalogue key (warning.…) and its words."""

    key: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One metric (or derived ratio) across all columns; a column without a figure has None."""

    metric: Name
    unit: str
    base_unit: str
    factor: Decimal
    derived: bool
    comparable: bool
    warnings: tuple[Warning, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Initiatives or zones side by side: one column each, one row a metric."""

    kind: str
    columns: tuple[Name, ...]
    rows: tuple[ComparedRow, ...]
