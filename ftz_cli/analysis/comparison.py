"""Initiatives or zones side by side: the metrics that they share, and ratios of them."""

import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any, NamedTuple

from ..model.claims import Ratio, ratio_fits
from ..model.figure import Figure
from ..model.measures import label
from ..model.named import Initiative, Metric, Zone
from ..quantities.edtf import newest
from ..quantities.interval import Interval
from .agreement import by_fact, differing, runs
from .relations import meaning


class Cell(NamedTuple):
    """The entry of one column in a row.

    `figures` is the figure shown, or numerator and denominator of a ratio. `interval` is the
    meaning in the row's base unit, None for a date. `differing` are figures of other sources that
    do not agree.
    """

    figures: tuple[Figure, ...]
    interval: Interval | None
    differing: tuple[Figure, ...] = ()


class ComparedRow(NamedTuple):
    """One measure of a metric, or one derived ratio, in every column; None where there is none.

    `metric` is named with its measure. Cells are in `unit`, which holds `factor` base units, or
    each in its figure's own where they are `mixed`.
    `warnings` are the ways in which the figures differ, with one figure for each value: statuses,
    units, metrics, scopes, subjects and periods, or no_period where there is none.
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
        """Whether the cells are in units of several bases, each its own figure's."""
        return "units" in self.warnings and not self.derived

    @property
    def shared(self) -> int:
        """How many columns have a figure."""
        return sum(cell is not None for cell in self.cells)

    @property
    def comparable(self) -> bool:
        """Whether the cells measure the same: no warning says otherwise."""
        return self.shared > 1 and self.warnings.keys() <= {"no_period"}


class Comparison(NamedTuple):
    """Initiatives or zones side by side: one column each, one row a metric's measure.

    `left_out` has the rows that are not shown because only one column has a figure.
    """

    columns: tuple[Initiative | Zone, ...]
    rows: tuple[ComparedRow, ...]
    left_out: tuple[ComparedRow, ...] = ()


MOST_SIMILAR = 4
Metrics = Mapping[str, Metric]
# The figures of a column in its rows. What makes a row is the broadest metric above a figure's
# own, and the measure.
Rows = Mapping[tuple[str, str], list[Figure]]


def compare(
    columns: Iterable[Initiative | Zone],
    figures: Iterable[Iterable[Figure]],
    metrics: Metrics,
    ratios: Iterable[Ratio] = (),
    all: bool = False,
    like: bool = False,
) -> Comparison:
    """Lay the `figures` of each column side by side, what most columns share first, ratios last.

    `metrics` has every metric by its id; `all` keeps the rows that only one column has. With `like`
    the first stands beside those of its kind and theme, then others, that share most rows with it;
    what it lacks is left out.
    """
    columns, by_row = [*columns], [_by_row(own, metrics) for own in figures]
    if like:
        shared = [len(by_row[0].keys() & own.keys()) for own in by_row]
        nature = [(one.kind, getattr(one, "theme_en", None)) for one in columns]
        others = [at for at in range(1, len(columns)) if shared[at]]
        others.sort(key=lambda at: (nature[at] == nature[0], shared[at]), reverse=True)
        kept = [0, *others[:MOST_SIMILAR]]
        columns, by_row = [columns[at] for at in kept], [by_row[at] for at in kept]
    rows = [
        _row(metrics, *key, [own.get(key, []) for own in by_row])
        for key in dict.fromkeys(key for own in by_row for key in own)
    ]
    for ratio in ratios:
        cells = _most_alike([_quotients(ratio, own, metrics) for own in by_row])
        if any(cells):
            unit = ratio.unit, ratio.base_unit, ratio.factor
            rows.append(ComparedRow(ratio, "level", *unit, _warnings(cells), cells))
    rows.sort(key=lambda row: (row.shared < 2, row.derived, -row.shared, not row.comparable))
    shown = [all or (row.shared > 1 and (row.cells[0] or not like)) for row in rows]
    left_out = compress(rows, map(operator.not_, shown))
    return Comparison(tuple(columns), tuple(compress(rows, shown)), tuple(left_out))


def lineage(metric: str, metrics: Metrics) -> list[str]:
    """A metric and those above it, the broadest last."""
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
    # The best source's figure of each fact, with those that differ from it.
    cells = _most_alike([
        [Cell((one[0],), one[0].interval, tuple(differing(one))) for one in by_fact(own)]
        for own in columns
    ])  # fmt: skip
    shown = [cell.figures[0] for cell in cells if cell]
    # A family goes by its broadest metric, unless all cells are of one.
    names = {figure.metric for figure in shown}
    own = metrics[names.pop() if len(names) == 1 else metric]
    named = own._replace(
        name_zh=label(own.name_zh, measure, "zh"), name_en=label(own.name_en, measure, "en")
    )
    scale = min(shown, key=lambda figure: figure.factor)
    unit = scale.unit, scale.base_unit, scale.factor
    return ComparedRow(named, measure, *unit, _warnings(cells), cells)


def _period(figure: Figure) -> tuple[tuple[date, date], tuple[date, date], bool]:
    """The period of a figure, and the one compared with; the greatest ends last."""
    return newest(figure.period), newest(figure.base_period), runs(figure)


def _months(figure: Figure) -> int:
    """How long the time of a figure is; totals are alike, however long they run."""
    last, first = newest(figure.period)
    return 0 if runs(figure) else 1 + round((last - first).days / 30.4)


def _status(figure: Figure) -> tuple[bool, str]:
    return figure.status == "measured", figure.status


# What the cells of a row should have in common: the kind of warning where they do not, and the
# attribute. Where as many columns have one value as another, the greater is taken.
_ATTRIBUTES: tuple[tuple[str, Callable[[Figure], Any]], ...] = (
    ("statuses", _status),
    ("units", lambda figure: figure.base_unit),
    ("metrics", lambda figure: figure.metric),
    ("scopes", lambda figure: (figure.scope is None, figure.scope or "")),
    ("subjects", lambda figure: figure.initiative is None),
    ("periods", _period),
)


# What makes figures alike, the weightiest first.
_LIKENESS: tuple[Callable[[Figure], Any], ...] = (
    # A share's whole: a municipality stands where a province does.
    lambda figure: "province" if figure.scope_kind == "city" else figure.scope_kind or "",
    *(attribute for kind, attribute in _ATTRIBUTES if kind != "periods"),
    lambda figure: figure.period is not None,
    _period,
    _months,
    lambda figure: not runs(figure),
)


def _most_alike(columns: Sequence[list[Cell]]) -> tuple[Cell | None, ...]:
    """One cell a column: of each attribute in turn the value that most columns share, if two do.

    A column that lacks it keeps all its cells; the newest is taken in the end. Where no two columns
    share a period, a year stands beside other years, and a total beside totals.
    """
    left = columns
    for attribute in _LIKENESS:
        values = [[tuple(map(attribute, cell.figures)) for cell in own] for own in left]
        shared: Counter[Any] = Counter(value for own in values for value in {*own})
        common: Any = max(shared, key=lambda value: (shared[value], value), default=None)
        # What was measured comes first even so.
        if shared[common] < 2 and attribute is not _status:
            continue
        left = [
            [one for one, value in zip(own, found, strict=True) if value == common] or own
            for own, found in zip(left, values, strict=True)
        ]
    return tuple(max(own, key=lambda cell: _period(cell.figures[0]), default=None) for own in left)


def _warnings(cells: Iterable[Cell | None]) -> dict[str, list[Figure]]:
    """How the figures of a row differ; figures that are dates need no period."""
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
    """Each numerator of a column, narrower metrics too, over every denominator that fits it."""
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
    """Whether `one` can be divided by `other`: of one subject and period, in units that fit."""
    first, second = ((of.initiative, of.scope, _period(of)) for of in (one, other))
    fits = ratio_fits(ratio.base_unit, one.base_unit, other.base_unit)
    low = meaning(other).low
    return fits and first == second and low is not None and low > 0
