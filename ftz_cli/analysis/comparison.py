"""Compares initiatives or zones by the metrics that they share, and by ratios of metrics."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import filterfalse
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

    `figures` is the figure shown, or numerator and denominator of a ratio. `interval` is the
    meaning in the row's base unit, None for a date. `differing` has figures of other sources that
    do not agree with the figure shown.
    """

    figures: tuple[Figure, ...]
    interval: Interval | None
    differing: tuple[Figure, ...] = ()


class ComparedRow(NamedTuple):
    """One measure of a metric, or one derived ratio; a cell is None if its column has no figure.

    The name of `metric` includes its measure. Cells are in `unit`, which holds `factor` base units,
    or in the unit of each figure if they are `mixed`.
    `warnings` are the ways in which the figures differ, with one figure for each value: statuses,
    units, metrics, scopes, subjects and periods, or no_period if no period is printed.
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
    """Initiatives or zones side by side: one column each, one row for each measure of a metric.

    `left_out` has the rows that are not shown because only one column has a figure.
    """

    columns: tuple[Initiative | Zone, ...]
    rows: tuple[ComparedRow, ...]
    left_out: tuple[ComparedRow, ...] = ()


MOST_SIMILAR = 4
Metrics = Mapping[str, Metric]
# The figures of a column by row: by the broadest metric of the figure's family, and the measure.
Rows = Mapping[tuple[str, str], list[Figure]]


def compare(
    columns: Iterable[Initiative | Zone],
    figures: Iterable[Iterable[Figure]],
    metrics: Metrics,
    ratios: Iterable[Ratio] = (),
    all: bool = False,
    like: bool = False,
) -> Comparison:
    """Compare the `figures` of each column; rows of most columns come first, ratios last.

    `metrics` has every metric by its id. `all` keeps the rows that only one column has. `like`
    keeps the first column, the columns that share most rows with it, and the rows that it has.
    """
    columns, by_row = [*columns], [_by_row(column, metrics) for column in figures]
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

    def is_shown(row: ComparedRow) -> bool:
        return all or (row.shared > 1 and (row.cells[0] is not None or not like))

    shown, left_out = filter(is_shown, rows), filterfalse(is_shown, rows)
    return Comparison(tuple(columns), tuple(shown), tuple(left_out))


def lineage(metric: str, metrics: Metrics) -> list[str]:
    """A metric and its broader metrics, the broadest last."""
    steps = [metric]
    while broader := metrics[steps[-1]].broader:
        steps.append(broader)
    return steps


def _by_row(figures: Iterable[Figure], metrics: Metrics) -> Rows:
    found = defaultdict[tuple[str, str], list[Figure]](list)
    for figure in figures:
        found[lineage(figure.metric, metrics)[-1], figure.measure].append(figure)
    return found


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
    """The period and base period of a figure; the greatest value is the newest period."""
    return newest(figure.period), newest(figure.base_period), is_running(figure)


def _months(figure: Figure) -> int:
    """The length of a figure's period; 0 for every running total."""
    last, first = newest(figure.period)
    return 0 if is_running(figure) else 1 + round((last - first).days / 30.4)


def _status(figure: Figure) -> tuple[bool, str]:
    return figure.status == "measured", figure.status


# Attributes that the cells of a row should share, each with the warning if they do not. Of two
# values that equally many columns have, the greater one is chosen.
_ATTRIBUTES: tuple[tuple[str, Callable[[Figure], Any]], ...] = (
    ("statuses", _status),
    ("units", lambda figure: figure.base_unit),
    ("metrics", lambda figure: figure.metric),
    ("scopes", lambda figure: (figure.scope is None, figure.scope or "")),
    ("subjects", lambda figure: figure.initiative is None),
    ("periods", _period),
)


# Attributes by which `_most_alike` chooses figures, in this order.
_LIKENESS: tuple[Callable[[Figure], Any], ...] = (
    # The whole of a share; a municipality is compared with provinces.
    lambda figure: "province" if figure.scope_kind == "city" else figure.scope_kind or "",
    *(attribute for kind, attribute in _ATTRIBUTES if kind != "periods"),
    lambda figure: figure.period is not None,
    _period,
    _months,
    lambda figure: not is_running(figure),
)


def _most_alike(columns: Sequence[list[Cell]]) -> tuple[Cell | None, ...]:
    """One cell for each column, so that the cells are as alike as possible.

    For each attribute in turn, every column keeps the cells with the value that most columns share,
    at least two, or all its cells if it has none of them. At last the newest cell is taken.
    """
    left = columns
    for attribute in _LIKENESS:
        values = [[tuple(map(attribute, cell.figures)) for cell in cells] for cells in left]
        shared: Counter[Any] = Counter(value for found in values for value in {*found})
        common: Any = max(shared, key=lambda value: (shared[value], value), default=None)
        # A single measured figure is preferred to a target.
        if shared[common] < 2 and attribute is not _status:
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
        for kind, attribute in _ATTRIBUTES:
            different = {attribute(figure): figure for figure in reversed(figures)}
            dates = kind == "periods" and all(figure.date for figure in figures)
            if len(different) > 1 and not dates:
                found.setdefault(kind, [*reversed(different.values())])
    dated = "periods" in found or any(figure.period or figure.date for figure in first)
    if len(first) > 1 and not dated:
        found["no_period"] = []
    return found


# ---- ratios --------------------------------------------------------------------------------------


def _quotients(ratio: Ratio, rows: Rows, metrics: Metrics) -> list[Cell]:
    """Each numerator of a column divided by every denominator that fits it.

    A numerator may be of a narrower metric.
    """
    above, below = (
        [group[0] for group in by_fact(rows.get((lineage(metric, metrics)[-1], "level"), []))]
        for metric in (ratio.numerator, ratio.denominator)
    )
    scale = Interval.point(100 if ratio.base_unit == "%" else 1)
    return [
        Cell((one, other), meaning(one) / meaning(other) * scale)
        for one in above
        for other in below
        if ratio.numerator in lineage(one.metric, metrics)
        and ratio.denominator == other.metric
        and _divides(ratio, one, other)
    ]


def _divides(ratio: Ratio, one: Figure, other: Figure) -> bool:
    """Whether two figures can be divided: same subject and period, fitting units, no zero."""
    first, second = ((figure.initiative, figure.scope, _period(figure)) for figure in (one, other))
    # A share is of equal units; 万元 shows CNY per ship, and t/h can show tonnes per hour.
    units = {one.base_unit, f"{one.base_unit}/{other.base_unit}"}
    is_share = ratio.base_unit in ("%", "part", "times")
    fits = one.base_unit == other.base_unit if is_share else ratio.base_unit in units
    low = meaning(other).low
    return fits and first == second and low is not None and low > 0
