"""Initiatives or zones side by side: the metrics that they share, and ratios of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..model.claims import Ratio, ratio_fits
from ..model.edtf import span
from ..model.figure import Figure
from ..model.measures import label_en, label_zh
from ..model.named import Metric, Named
from ..quantities import Interval
from .agreement import by_fact, runs
from .relations import meaning


@dataclass(frozen=True, slots=True)
class Cell:
    """The entry of one column in a row.

    `figures` is the figure shown, or numerator and denominator of a ratio. `interval` is the
    meaning in the row's base unit, None for a date. `differing` are figures of other sources that
    do not agree; `further` are the column's other facts of this row. `initiative` is whose figure
    it is in a zone's column.
    """

    figures: tuple[Figure, ...]
    interval: Interval | None
    differing: tuple[Figure, ...] = ()
    further: tuple[Figure, ...] = ()
    initiative: Named | None = None


@dataclass(frozen=True, slots=True)
class RowWarning:
    """A way in which the figures of a row differ: one figure for each different value.

    `kind` is statuses, units, metrics, scopes, subjects, periods or no_period.
    """

    kind: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One measure of a metric, or one derived ratio, in every column; None where there is none.

    `metric` is named with its measure. Cells are shown in `unit`, which holds `factor` base units.
    """

    metric: Named
    measure: str
    unit: str
    base_unit: str
    factor: Decimal
    derived: bool
    warnings: tuple[RowWarning, ...]
    cells: tuple[Cell | None, ...]

    @property
    def shared(self) -> int:
        """How many columns have a figure."""
        return sum(cell is not None for cell in self.cells)

    @property
    def comparable(self) -> bool:
        """Whether the cells measure the same: no dates, and no warning that says otherwise."""
        dates = any(cell and cell.interval is None for cell in self.cells)
        alike = all(warning.kind == "no_period" for warning in self.warnings)
        return self.shared > 1 and not dates and alike


@dataclass(frozen=True, slots=True)
class Comparison:
    """Initiatives or zones (`kind`) side by side: one column each, one row a metric's measure."""

    kind: str
    columns: tuple[Named, ...]
    rows: tuple[ComparedRow, ...]


Metrics = Mapping[str, Metric]
# What makes a row: the broadest metric above a figure's own, and the measure.
RowKey = tuple[str, str]
# A figure alone, or numerator and denominator of a ratio.
Candidate = tuple[Figure, ...]


def compare(
    kind: str,
    columns: Sequence[Named],
    figures: Sequence[Iterable[Figure]],
    metrics: Metrics,
    ratios: Iterable[Ratio] = (),
    *,
    all: bool = False,
) -> Comparison:
    """Lay the `figures` of each column side by side, shared rows first, ratios last.

    `kind` is zone or initiative, `metrics` every metric by its id; `all` keeps the rows that only
    one column has.
    """
    by_row = [_by_row(own, metrics) for own in figures]
    keys = dict.fromkeys(key for own in by_row for key in own)
    rows = [_row(kind, key, [own.get(key, []) for own in by_row], metrics) for key in keys]
    rows += [row for ratio in ratios if (row := _ratio_row(kind, ratio, by_row, metrics))]
    kept = [row for row in rows if row.shared > 1 or all]
    kept.sort(key=lambda row: (row.shared < 2, row.derived, -row.shared))
    return Comparison(kind, tuple(columns), tuple(kept))


def similar(
    own: Iterable[Figure], others: Mapping[str, Iterable[Figure]], metrics: Metrics
) -> list[str]:
    """The ids of `others` that share a row with `own`, those that share most first."""
    mine = _by_row(own, metrics).keys()
    shared = {id: len(mine & _by_row(figures, metrics).keys()) for id, figures in others.items()}
    return sorted((id for id in shared if shared[id]), key=shared.__getitem__, reverse=True)


def lineage(metric: str, metrics: Metrics) -> list[str]:
    """A metric and those above it, the broadest last."""
    steps = [metric]
    while broader := metrics[steps[-1]].broader:
        steps.append(broader)
    return steps


def _by_row(figures: Iterable[Figure], metrics: Metrics) -> dict[RowKey, list[Figure]]:
    found: defaultdict[RowKey, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[lineage(figure.metric, metrics)[-1], figure.measure].append(figure)
    return found


def _row(kind: str, key: RowKey, columns: Sequence[list[Figure]], metrics: Metrics) -> ComparedRow:
    facts = [by_fact(own) for own in columns]
    chosen = _most_alike([[(group[0],) for group in own] for own in facts])
    cells: list[Cell | None] = []
    for own, candidate in zip(facts, chosen, strict=True):
        if candidate is None:
            cells.append(None)
            continue
        (figure,) = candidate
        (same,) = (group for group in own if group[0] is figure)
        differing = tuple(one for one in same if not meaning(one).meets(meaning(figure)))
        further = tuple(group[0] for group in own if group is not same)
        subject = _initiative(kind, figure)
        cells.append(Cell(candidate, figure.interval, differing, further, subject))
    shown = [candidate[0] for candidate in chosen if candidate]
    names = {figure.metric for figure in shown}
    metric, measure = metrics[names.pop() if len(names) == 1 else key[0]], key[1]
    unit = min(shown, key=lambda figure: figure.factor)
    return ComparedRow(
        Named(metric.id, label_zh(metric.name_zh, measure), label_en(metric.name_en, measure)),
        measure,
        unit.unit,
        unit.base_unit,
        unit.factor,
        False,
        _warnings(shown),
        tuple(cells),
    )


def _initiative(kind: str, figure: Figure) -> Named | None:
    """The initiative that a figure in a zone's column belongs to."""
    if kind != "zone" or figure.initiative is None:
        return None
    return Named(figure.initiative, figure.initiative_zh or "", figure.initiative_en or "")


def _period(figure: Figure) -> tuple[str, str, bool]:
    return figure.period or "", figure.base_period or "", runs(figure)


# What the cells of a row should have in common: the kind of warning where they do not, and the
# attribute. Where as many columns have one value as another, the greater is taken.
_ATTRIBUTES: tuple[tuple[str, Callable[[Figure], Any]], ...] = (
    ("statuses", lambda figure: (figure.status == "measured", figure.status)),
    ("units", lambda figure: figure.base_unit),
    ("metrics", lambda figure: figure.metric),
    ("scopes", lambda figure: (figure.scope is None, figure.scope or "")),
    ("subjects", lambda figure: figure.initiative is None),
    ("periods", _period),
)


def _most_alike(columns: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """One candidate a column: of each attribute in turn the value that most columns share.

    A column that has no such value keeps all its candidates; the newest is taken in the end.
    """
    left = [list(own) for own in columns]
    for _, attribute in _ATTRIBUTES:
        values = [[tuple(map(attribute, candidate)) for candidate in own] for own in left]
        shared = Counter(value for own in values for value in set(own))
        common = max(shared, key=lambda value: (shared[value], value), default=None)
        left = [
            [one for one, value in zip(own, found, strict=True) if value == common] or own
            for own, found in zip(left, values, strict=True)
        ]
    return [max(own, key=lambda each: _period(each[0]), default=None) for own in left]


def _warnings(figures: Sequence[Figure]) -> tuple[RowWarning, ...]:
    """How the figures of a row differ; figures that are dates need no period."""
    found = []
    for kind, attribute in _ATTRIBUTES:
        different = {attribute(figure): figure for figure in reversed(figures)}
        if len(different) > 1 and not (kind == "periods" and all(one.date for one in figures)):
            found.append(RowWarning(kind, tuple(reversed(different.values()))))
    if len(figures) > 1 and not any(figure.period or figure.date for figure in figures):
        found.append(RowWarning("no_period", ()))
    return tuple(found)


def _ratio_row(
    kind: str, ratio: Ratio, columns: Sequence[dict[RowKey, list[Figure]]], metrics: Metrics
) -> ComparedRow | None:
    if ratio.numerator not in metrics or ratio.denominator not in metrics:
        return None
    chosen = _most_alike([_quotients(ratio, own, metrics) for own in columns])
    pairs = [pair for pair in chosen if pair]
    if not pairs:
        return None
    # The period of a denominator is its numerator's, or does not matter.
    below = {w.kind: w for w in _warnings([pair[1] for pair in pairs]) if w.kind != "periods"}
    warnings = below | {w.kind: w for w in _warnings([pair[0] for pair in pairs])}
    cells = tuple(
        Cell(pair, _quotient(ratio, pair), initiative=_initiative(kind, pair[0])) if pair else None
        for pair in chosen
    )
    return ComparedRow(
        Named(ratio.id, ratio.name_zh, ratio.name_en),
        "level",
        ratio.unit,
        ratio.base_unit,
        ratio.factor,
        True,
        tuple(warnings.values()),
        cells,
    )


def _quotient(ratio: Ratio, pair: Candidate) -> Interval:
    above, below = map(meaning, pair)
    return (above / below).scaled(100 if ratio.base_unit == "%" else 1)


def _quotients(
    ratio: Ratio, rows: Mapping[RowKey, list[Figure]], metrics: Metrics
) -> list[Candidate]:
    """Each numerator of a column, narrower metrics too, with the denominator that fits it best."""
    above, below = (
        [
            group[0]
            for group in by_fact(rows.get((lineage(metric, metrics)[-1], "level"), []))
            if metric in lineage(group[0].metric, metrics)
        ]
        for metric in (ratio.numerator, ratio.denominator)
    )
    found: list[Candidate] = []
    for one in above:
        fitting = [
            other
            for other in below
            if other.metric == ratio.denominator and _divides(ratio, one, other)
        ]
        if fitting:
            best = max(fitting, key=lambda other: (_period(other) == _period(one), _period(other)))
            found.append((one, best))
    return found


def _divides(ratio: Ratio, one: Figure, other: Figure) -> bool:
    """Whether `one` can be divided by `other`: of one subject, scope and period.

    An extent may be older, for it stands until the next one.
    """
    if (one.initiative, one.scope) != (other.initiative, other.scope) or one.date or other.date:
        return False
    low = meaning(other).low
    if low is None or low <= 0 or not ratio_fits(ratio.base_unit, one.base_unit, other.base_unit):
        return False
    if one.period == other.period or other.unit_kind != "area":
        return one.period == other.period
    if other.period is None or one.period is None:
        return True
    last = span(one.period)[1]
    return last is None or span(other.period)[0] <= last
