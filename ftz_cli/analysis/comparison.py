"""Compares initiatives or zones by the metrics that they share, and by ratios of metrics."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from ..model.claims import Ratio
from ..model.figure import Figure
from ..model.measures import label
from ..model.named import Initiative, Metric, Zone
from ..quantities.edtf import newest
from ..quantities.interval import Interval
from .agreement import by_fact, differing, is_running
from .relations import meaning


class Cell(NamedTuple):
    """The entry of one column in a row.

    `figures` is the figure shown, or numerator and denominator; `differing` are other sources'
    figures that do not agree. `interval` is in the row's base unit, None for a date.
    """

    figures: tuple[Figure, ...]
    interval: Interval | None
    differing: tuple[Figure, ...] = ()


class ComparedRow(NamedTuple):
    """One measure of a metric, or one derived ratio; a cell is None if its column has no figure.

    The name of `metric` includes its measure. Cells are in `unit`, which holds `factor` base units,
    or in the unit of each figure if they are `mixed`. `warnings` are the ways in which the figures
    differ, with one figure for each value, or no_period if no period is printed.
    """

    metric: Metric | Ratio
    measure: str
    unit: str
    base_unit: str
    factor: Decimal
    warnings: dict[str, list[Figure]]
    cells: tuple[Cell | None, ...]

    @property
    def derived(self) -> bool:
        """Whether it is a ratio."""
        return isinstance(self.metric, Ratio)

    @property
    def mixed(self) -> bool:
        """Whether the figures have different base units."""
        return "units" in self.warnings and not self.derived

    @property
    def shared(self) -> int:
        """How many columns have a figure."""
        return sum(cell is not None for cell in self.cells)

    @property
    def comparable(self) -> bool:
        """Whether several cells have figures without a difference in kind."""
        return self.shared > 1 and self.warnings.keys() <= {"no_period"}


class Comparison(NamedTuple):
    """Initiatives or zones side by side; `left_out` has the rows that nothing compares with."""

    columns: tuple[Initiative | Zone, ...]
    rows: tuple[ComparedRow, ...]
    left_out: tuple[ComparedRow, ...] = ()


MOST_SIMILAR = 4
Metrics = Mapping[str, Metric]
# The figures of a column by row: by the broadest metric of the figure's family, and the measure.
Rows = dict[tuple[str, str], list[Figure]]


def compare(
    columns: Iterable[Initiative | Zone], figures: Iterable[Iterable[Figure]], metrics: Metrics,
    ratios: Iterable[Ratio] = (), all: bool = False, like: bool = False,
) -> Comparison:  # fmt: skip
    """Compare the `figures` of each column as `Dataset.compare` says; `metrics` has all by id."""
    columns, by_row = [*columns], list[Rows]()
    for column in figures:
        by_row.append(defaultdict(list))
        for figure in column:
            by_row[-1][lineage(figure.metric, metrics)[-1], figure.measure].append(figure)
    if like:
        shared = [len(by_row[0].keys() & column.keys()) for column in by_row]
        nature = [(one.kind, getattr(one, "theme_en", None)) for one in columns]
        others = [at for at in range(1, len(columns)) if shared[at]]
        others.sort(key=lambda at: (nature[at] == nature[0], shared[at]), reverse=True)
        kept = [0, *others[:MOST_SIMILAR]]
        columns, by_row = [columns[at] for at in kept], [by_row[at] for at in kept]
    rows = [
        _row(metrics, *key, [column.get(key, []) for column in by_row])
        for key in dict.fromkeys(key for column in by_row for key in column)
    ]
    for ratio in ratios:
        cells = _most_alike([_quotients(ratio, column, metrics) for column in by_row])
        if any(cells):
            unit = ratio.unit, ratio.base_unit, ratio.factor
            rows.append(ComparedRow(ratio, "level", *unit, _warnings(cells), cells))
    rows.sort(key=lambda row: (row.shared < 2, row.derived, -row.shared, not row.comparable))
    shown = [row for row in rows if all or (row.shared > 1 and (row.cells[0] or not like))]
    left_out = [row for row in rows if row not in shown]
    return Comparison(tuple(columns), tuple(shown), tuple(left_out))


def lineage(metric: str, metrics: Metrics) -> list[str]:
    """A metric and its broader metrics, the broadest last."""
    steps = [metric]
    while broader := metrics[steps[-1]].broader:
        steps.append(broader)
    return steps


def _row(
    metrics: Metrics, metric: str, measure: str, columns: Iterable[list[Figure]]
) -> ComparedRow:
    # For each fact the figure of the best source, with the figures that differ from it.
    cells = _most_alike([
        [Cell((fact[0],), fact[0].interval, tuple(differing(fact))) for fact in by_fact(figures)]
        for figures in columns
    ])  # fmt: skip
    shown = [cell.figures[0] for cell in cells if cell]
    # The row has the name of the broadest metric, unless all cells have the same narrower one.
    narrower = {figure.metric for figure in shown}
    named = metrics[narrower.pop() if len(narrower) == 1 else metric]
    named = named._replace(
        name_zh=label(named.name_zh, measure, "zh"), name_en=label(named.name_en, measure, "en")
    )
    smallest = min(shown, key=lambda figure: figure.factor)
    unit = smallest.unit, smallest.base_unit, smallest.factor
    return ComparedRow(named, measure, *unit, _warnings(cells), cells)


def _period(figure: Figure) -> tuple[tuple[date, date], tuple[date, date], bool]:
    # The greatest value is the newest period.
    return newest(figure.period), newest(figure.base_period), is_running(figure)


def _months(figure: Figure) -> int:
    # The length of a period; 0 for every running total.
    last, first = newest(figure.period)
    return 0 if is_running(figure) else 1 + round((last - first).days / 30.4)


# Attributes by which the cells of a row are chosen, in this order, each with the warning if they
# differ in it. Of two values that equally many columns have, the greater one is chosen.
_LIKENESS: tuple[tuple[str, Callable[[Figure], Any]], ...] = (
    # The whole of a share; a municipality is compared with provinces.
    ("", lambda one: "province" if one.scope_kind == "city" else one.scope_kind or ""),
    ("statuses", lambda one: (one.status == "measured", one.status)),
    ("units", lambda one: one.base_unit),
    ("metrics", lambda one: one.metric),
    ("scopes", lambda one: (one.scope is None, one.scope or "")),
    ("subjects", lambda one: one.initiative is None),
    ("", lambda one: one.period is not None),
    ("periods", _period),
    ("", _months),
    ("", lambda one: not is_running(one)),
)


def _most_alike(columns: Sequence[list[Cell]]) -> tuple[Cell | None, ...]:
    """One cell for each column, so that the cells are as alike as possible.

    For each attribute, every column keeps the cells with the value that most columns share, at
    least two, or all its cells if it has none of them. At last the newest cell is taken.
    """
    left = columns
    for kind, attribute in _LIKENESS:
        values = [[tuple(map(attribute, cell.figures)) for cell in cells] for cells in left]
        shared: Counter[Any] = Counter(value for found in values for value in {*found})
        common: Any = max(shared, key=lambda value: (shared[value], value), default=None)
        # A single measured figure is preferred to a target.
        if shared[common] < 2 and kind != "statuses":
            continue
        left = [
            [cell for cell, value in zip(cells, found, strict=True) if value == common] or cells
            for cells, found in zip(left, values, strict=True)
        ]
    return tuple(
        max(cells, key=lambda cell: _period(cell.figures[0]), default=None) for cells in left
    )


def _warnings(cells: Iterable[Cell | None]) -> dict[str, list[Figure]]:
    """The ways in which the figures of a row differ; figures that are dates need no period."""
    found: dict[str, list[Figure]] = {}
    first, *below = zip(*(cell.figures for cell in cells if cell), strict=True)
    for figures in (first, *below):
        for kind, attribute in _LIKENESS:
            different = {attribute(figure): figure for figure in reversed(figures)}
            dates = kind == "periods" and all(figure.date for figure in figures)
            if kind and len(different) > 1 and not dates:
                found.setdefault(kind, [*reversed(different.values())])
    dated = "periods" in found or any(figure.period or figure.date for figure in first)
    if len(first) > 1 and not dated:
        found["no_period"] = []
    return found


def _quotients(ratio: Ratio, rows: Rows, metrics: Metrics) -> list[Cell]:
    # Each numerator, also of a narrower metric, over the denominators of its subject and period.
    above, below = (
        [group[0] for group in by_fact(rows.get((lineage(metric, metrics)[-1], "level"), []))]
        for metric in (ratio.numerator, ratio.denominator)
    )
    scale = Interval.point(100 if ratio.base_unit == "%" else 1)
    cells = []
    for one, other in product(above, below):
        if ratio.base_unit in ("%", "part", "times"):
            fits = one.base_unit == other.base_unit
        else:
            fits = ratio.base_unit in (one.base_unit, f"{one.base_unit}/{other.base_unit}")
        fits &= (
            ratio.numerator in lineage(one.metric, metrics) and ratio.denominator == other.metric
        )
        first, second = ((each.initiative, each.scope, _period(each)) for each in (one, other))
        low = meaning(other).low
        if fits and first == second and low is not None and low > 0:
            cells.append(Cell((one, other), meaning(one) / meaning(other) * scale))
    return cells
