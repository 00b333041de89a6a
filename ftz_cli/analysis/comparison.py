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
from .agreement import best_first, fact, runs
from .relations import meaning


@dataclass(frozen=True, slots=True)
class Cell:
    """The entry of one column in a row.

    `figures` is the figure shown, or numerator and denominator of a ratio. `value` is the printed
    value in the row's base unit, None in a derived row and for a date. `interval` is the meaning
    in the row's base unit, None for a date. `differing` are figures of other sources on the same
    fact that do not agree; `further` are the column's other facts of this row, by their best
    sources. `initiative` names whose figure it is, where the column is its zone.
    """

    figures: tuple[Figure, ...]
    value: Decimal | None
    interval: Interval | None
    differing: tuple[Figure, ...] = ()
    further: tuple[Figure, ...] = ()
    initiative: Named | None = None


@dataclass(frozen=True, slots=True)
class RowWarning:
    """A way in which the figures of a row differ, so that they compare less well.

    `kind` is metrics, statuses, scopes, subjects, periods, no_period or units; `figures` has one
    figure for each different value, in the order of the columns.
    """

    kind: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One measure of a metric, or one derived ratio, in every column; None where there is none.

    `metric` is named with its measure. Cells are shown in `unit`, which holds `factor` base units.
    `comparable` is false for dates, and where a warning says that cells measure different things.
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


Metrics = Mapping[str, Metric]
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
    """The ids of `others` that share a row with `own`: most rows first, then most periods."""
    mine = _by_row(own, metrics)
    periods = {(key, figure.period) for key, figures in mine.items() for figure in figures}
    score = {}
    for id, figures in others.items():
        theirs = _by_row(figures, metrics)
        alike = {(key, figure.period) for key, found in theirs.items() for figure in found}
        score[id] = len(mine.keys() & theirs.keys()), len(periods & alike)
    return sorted((id for id in score if score[id][0]), key=lambda id: score[id], reverse=True)


def lineage(metric: str, metrics: Metrics) -> list[str]:
    """A metric and those above it, the broadest last."""
    steps = [metric]
    while broader := metrics[steps[-1]].broader:
        steps.append(broader)
    return steps


def _by_row(figures: Iterable[Figure], metrics: Metrics) -> dict[tuple[str, str], list[Figure]]:
    """Figures by what makes a row: the broadest metric above them, and the measure."""
    found: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[lineage(figure.metric, metrics)[-1], figure.measure].append(figure)
    return dict(found)


def _row(
    kind: str, key: tuple[str, str], found: Sequence[list[Figure]], metrics: Metrics
) -> ComparedRow:
    facts = [_by_fact(own) for own in found]
    best = [{id: figures[0] for id, figures in own.items()} for own in facts]
    chosen = _alike([[(figure,) for figure in own.values()] for own in best])
    cells: list[Cell | None] = []
    for own, known, candidate in zip(facts, best, chosen, strict=True):
        if candidate is None:
            cells.append(None)
            continue
        (figure,) = candidate
        same = own[fact(figure)]
        differing = tuple(one for one in same if not meaning(one).meets(meaning(figure)))
        further = tuple(one for one in known.values() if one is not figure)
        cells.append(
            Cell(
                candidate,
                figure.base_value,
                figure.interval,
                differing,
                further,
                _initiative(kind, figure),
            )
        )
    shown = [candidate[0] for candidate in chosen if candidate]
    names = {figure.metric for figure in shown}
    metric = metrics[names.pop() if len(names) == 1 else key[0]]
    smallest = min(shown, key=lambda figure: figure.factor)
    warnings = _warnings(shown)
    return ComparedRow(
        _labelled(metric, key[1]),
        key[1],
        smallest.unit,
        smallest.base_unit,
        smallest.factor,
        False,
        _comparable(shown, warnings),
        warnings,
        tuple(cells),
    )


def _by_fact(figures: Iterable[Figure]) -> dict[tuple[object, ...], list[Figure]]:
    found: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[fact(figure)].append(figure)
    return {id: best_first(group) for id, group in found.items()}


def _initiative(kind: str, figure: Figure) -> Named | None:
    if kind != "zone" or figure.initiative is None:
        return None
    return Named(figure.initiative, figure.initiative_zh or "", figure.initiative_en or "")


def _labelled(metric: Named, measure: str) -> Named:
    return Named(metric.id, label_zh(metric.name_zh, measure), label_en(metric.name_en, measure))


def _period(figure: Figure) -> tuple[str, str, bool]:
    return figure.period or "", figure.base_period or "", runs(figure)


# What the cells of a row should have in common: the kind of warning where they do not, the
# attribute, and which value is taken where as many columns have one as the other.
_ATTRIBUTES: tuple[tuple[str, Callable[[Figure], object], Callable[[Figure], object]], ...] = (
    ("statuses", lambda figure: figure.status, lambda figure: figure.status == "measured"),
    ("units", lambda figure: figure.base_unit, lambda figure: 0),
    ("metrics", lambda figure: figure.metric, lambda figure: 0),
    ("scopes", lambda figure: figure.scope, lambda figure: figure.scope is None),
    ("subjects", lambda figure: figure.initiative is None, lambda figure: not figure.initiative),
    ("periods", _period, _period),
)


def _alike(columns: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """One candidate a column: of each attribute in turn the value that most columns share.

    A column that has no such value keeps all its candidates; the newest is taken in the end.
    """
    left = [list(own) for own in columns]
    for _, attribute, preference in _ATTRIBUTES:
        shared: Counter[tuple[object, ...]] = Counter()
        preferred: dict[tuple[object, ...], Any] = {}
        for own in left:
            values = {tuple(map(attribute, each)): each for each in own}
            shared.update(values.keys())
            preferred |= {value: tuple(map(preference, each)) for value, each in values.items()}
        if not shared:
            continue
        most = max(shared.values())
        common = max(
            (value for value in shared if shared[value] == most), key=preferred.__getitem__
        )
        left = [
            [each for each in own if tuple(map(attribute, each)) == common] or own for own in left
        ]
    return [max(own, key=lambda each: _period(each[0]), default=None) for own in left]


def _warnings(figures: Sequence[Figure]) -> tuple[RowWarning, ...]:
    """How the figures of a row differ; figures that are dates need no period."""
    found = []
    for kind, attribute, _ in _ATTRIBUTES:
        if kind == "periods" and all(figure.date for figure in figures):
            continue
        different = {attribute(figure): figure for figure in reversed(figures)}
        if len(different) > 1:
            found.append(RowWarning(kind, tuple(reversed(different.values()))))
    if len(figures) > 1 and not any(figure.period or figure.date for figure in figures):
        found.append(RowWarning("no_period", ()))
    return tuple(found)


def _comparable(figures: Sequence[Figure], warnings: Iterable[RowWarning]) -> bool:
    return (
        len(figures) > 1
        and not any(figure.date for figure in figures)
        and all(warning.kind == "no_period" for warning in warnings)
    )


def _ratio_row(
    kind: str,
    ratio: Ratio,
    columns: Sequence[Mapping[tuple[str, str], list[Figure]]],
    metrics: Metrics,
) -> ComparedRow | None:
    if ratio.numerator not in metrics or ratio.denominator not in metrics:
        return None
    chosen = _alike([_quotients(ratio, own, metrics) for own in columns])
    pairs = [pair for pair in chosen if pair]
    if not pairs:
        return None
    above, below = ([pair[at] for pair in pairs] for at in (0, 1))
    # A denominator that stands, as an area does, may be older than its numerator.
    by_kind = {w.kind: w for w in _warnings(below) if w.kind != "periods"}
    warnings = tuple((by_kind | {w.kind: w for w in _warnings(above)}).values())
    cells = tuple(_ratio_cell(kind, ratio, pair) if pair else None for pair in chosen)
    return ComparedRow(
        Named(ratio.id, ratio.name_zh, ratio.name_en),
        "level",
        ratio.unit,
        ratio.base_unit,
        ratio.factor,
        True,
        _comparable(above, warnings),
        warnings,
        cells,
    )


def _ratio_cell(kind: str, ratio: Ratio, pair: Candidate) -> Cell:
    above, below = (meaning(figure) for figure in pair)
    quotient = (above / below).scaled(100 if ratio.base_unit == "%" else 1)
    return Cell(pair, None, quotient, initiative=_initiative(kind, pair[0]))


def _quotients(
    ratio: Ratio, rows: Mapping[tuple[str, str], list[Figure]], metrics: Metrics
) -> list[Candidate]:
    """Each numerator of a column with the denominator of the same subject and period."""
    found: list[Candidate] = []
    below = _levels(ratio.denominator, rows, metrics)
    for one in _levels(ratio.numerator, rows, metrics):
        fitting = [other for other in below if _fits(ratio, one, other)]
        if fitting:
            found.append((one, max(fitting, key=lambda other: _nearness(ratio, one, other))))
    return found


def _levels(
    metric: str, rows: Mapping[tuple[str, str], list[Figure]], metrics: Metrics
) -> list[Figure]:
    """A column's levels of `metric` and of those under it, each fact by its best source."""
    family = rows.get((lineage(metric, metrics)[-1], "level"), [])
    best = [figures[0] for figures in _by_fact(family).values()]
    return [figure for figure in best if metric in lineage(figure.metric, metrics)]


def _nearness(ratio: Ratio, one: Figure, other: Figure) -> tuple[bool, bool, object]:
    """How well a denominator fits: the metric itself, the same period, else the newest."""
    same = (one.period, one.period_kind) == (other.period, other.period_kind)
    return other.metric == ratio.denominator, same, _period(other)


def _fits(ratio: Ratio, one: Figure, other: Figure) -> bool:
    if one.date or other.date or one.metric == other.metric:
        return False
    if (one.initiative, one.scope) != (other.initiative, other.scope):
        return False
    low = meaning(other).low
    if low is None or low <= 0 or not ratio_fits(ratio.base_unit, one.base_unit, other.base_unit):
        return False
    return one.period == other.period or (other.unit_kind == "area" and _stands(other, one))


def _stands(other: Figure, one: Figure) -> bool:
    """Whether an extent was that of the zone when `one` was measured, as far as is known."""
    if other.period is None or one.period is None:
        return True
    last = span(one.period)[1]
    return last is None or span(other.period)[0] <= last
