"""Like laid beside like: metrics that initiatives or zones share, and ratios of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .claims import Ratio
from .interval import Interval
from .models import Figure, Name
from .things import Metric

# Each metric → the broader one that it belongs to, None for one that stands alone.
Above = Mapping[str, str | None]


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
    """Why a row's cells are not quite alike: a catalogue key (warning.…) and its words.

    Or what a row has besides what its cells show: `further` figures of the column `whose`.
    """

    key: str
    words: tuple[str, ...] = ()
    whose: Name | None = None
    further: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One metric (or derived ratio) across all columns; a column without a figure has None.

    Cells are shown in `unit`, which holds `factor` base units.
    """

    metric: Name
    unit: str
    base_unit: str
    factor: Decimal
    derived: bool
    comparable: bool
    warnings: tuple[Warning, ...]
    cells: tuple[Cell | None, ...]

    @property
    def shared(self) -> int:
        """How many columns have a figure."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Initiatives or zones side by side: one column each, one row a metric."""

    kind: str
    columns: tuple[Name, ...]
    rows: tuple[ComparedRow, ...]


def compare(
    kind: str,
    columns: list[Name],
    figures: list[list[Figure]],
    metrics: dict[str, Metric],
    ratios: list[Ratio],
    single: bool = False,
) -> Comparison:
    """Lay the figures of each column side by side; shared rows first.

    `figures` holds each column's; `single` keeps rows that only one column has.
    """
    above = {id: metric.broader for id, metric in metrics.items()}
    families = [_by_family(own, above) for own in figures]
    order: dict[str, None] = dict.fromkeys(family for own in families for family in own)
    rows = []
    for family in order:
        found = [own.get(family, []) for own in families]
        rows.append(_row(metrics[family], found, columns))
    derived = [row for ratio in ratios if (row := _derived(ratio, families, above))]
    kept = [row for row in rows if row.shared > 1 or single]
    kept += [row for row in derived if row.shared > 1 or single]
    kept.sort(key=lambda row: (row.shared < 2, row.derived))
    return Comparison(kind, tuple(columns), tuple(kept))


def upwards(metric: str, above: Above) -> list[str]:
    """A metric and those above it, the broadest last: its family goes by that one's name."""
    steps = [metric]
    while broader := above[steps[-1]]:
        steps.append(broader)
    return steps


def _by_family(figures: list[Figure], above: Above) -> dict[str, list[Figure]]:
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[upwards(figure.metric, above)[-1]].append(figure)
    return dict(found)


def _newest(figures: list[Figure]) -> Cell | None:
    """The cell of a column: its newest figure of the family; undated ones as they come."""
    if not figures:
        return None
    newest = max(figures, key=lambda figure: figure.period or "")
    return Cell((newest,), newest.base_value, newest.meaning)


def _row(metric: Metric, found: list[list[Figure]], columns: list[Name]) -> ComparedRow:
    cells = tuple(map(_newest, found))
    figures = [cell.figures[0] for cell in cells if cell]
    smallest = min(figures, key=lambda figure: figure.factor)
    warnings = _warnings(figures)
    same_base = len({figure.base_unit for figure in figures}) == 1
    comparable = (
        same_base
        and len(figures) > 1
        and figures[0].base_unit != "date"
        and not any(warning.key != "warning.no_period" for warning in warnings)
    )
    for column, own, cell in zip(columns, found, cells, strict=True):
        if cell and len(own) > 1:
            rest = tuple(figure for figure in own if figure is not cell.figures[0])
            warnings.append(Warning("warning.further", whose=column, further=rest))
    return ComparedRow(
        metric,
        smallest.unit,
        smallest.base_unit,
        smallest.factor,
        False,
        comparable,
        tuple(warnings),
        cells,
    )


def _warnings(figures: list[Figure]) -> list[Warning]:
    """How the figures of a row differ in what they say."""
    found: list[Warning] = []
    if len(figures) < 2:
        return found
    if len({figure.metric for figure in figures}) > 1:
        names = dict.fromkeys((figure.metric_zh, figure.metric_en) for figure in figures)
        found.append(Warning("warning.narrower", tuple("|".join(name) for name in names)))
    statuses = dict.fromkeys(figure.status for figure in figures)
    if len(statuses) > 1:
        found.append(Warning("warning.status", tuple(statuses)))
    periods = dict.fromkeys(figure.period or "" for figure in figures)
    if len(periods) > 1:
        found.append(Warning("warning.period", tuple(filter(None, periods))))
    elif not next(iter(periods)):
        found.append(Warning("warning.no_period"))
    if len({figure.base_unit for figure in figures}) > 1:
        found.append(Warning("warning.unit", tuple(dict.fromkeys(f.unit for f in figures))))
    return found


def _derived(
    ratio: Ratio, families: list[dict[str, list[Figure]]], above: Above
) -> ComparedRow | None:
    cells = tuple(_quotient(ratio, own, above) for own in families)
    used = [cell.figures for cell in cells if cell]
    if not used:
        return None
    over = _warnings([figures[0] for figures in used])
    under = _warnings([figures[1] for figures in used])
    warnings = tuple(dict.fromkeys((*over, *under)))
    comparable = len(used) > 1 and not any(w.key != "warning.no_period" for w in warnings)
    return ComparedRow(
        ratio, ratio.unit, ratio.base_unit, ratio.factor, True, comparable, warnings, cells
    )


def _quotient(ratio: Ratio, families: dict[str, list[Figure]], above: Above) -> Cell | None:
    """The ratio for one column, from figures of one period; by intervals throughout."""
    over = _narrower(ratio.numerator, families, above)
    under = _narrower(ratio.denominator, families, above)
    pairs = [(a, b) for a in over for b in under if a.period == b.period]
    for a, b in sorted(pairs, key=lambda pair: pair[0].period or "", reverse=True):
        top, bottom = a.meaning, b.meaning
        if top is None or bottom is None or bottom.low is None or bottom.low <= 0:
            continue
        quotient = top / bottom
        if ratio.base_unit == "%":
            quotient = quotient.scaled(Fraction(100))
        return Cell((a, b), None, quotient)
    return None


def _narrower(metric: str, families: dict[str, list[Figure]], above: Above) -> list[Figure]:
    """A column's figures of `metric` and of the metrics under it."""
    found = families.get(upwards(metric, above)[-1], [])
    return [figure for figure in found if metric in upwards(figure.metric, above)]


def alike(own: list[Figure], others: dict[str, list[Figure]], above: Above) -> list[str]:
    """Of `others` by id, those that share metrics with `own`, the most shared first."""
    mine = set(_by_family(own, above))
    shared = {id: len(mine & set(_by_family(figures, above))) for id, figures in others.items()}
    return [id for id in sorted(shared, key=lambda id: -shared[id]) if shared[id]]
