"""Claims that the data's own columns make: growth against its two levels, a total against areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..model.claims import Claim, Dimension, unit_mismatch
from ..model.figure import Figure
from ..model.measures import COMPARING
from ..model.named import Zone
from .agreement import best_first, fact

_RELATION = {"growth": "growth", "change": "difference", "multiple": "multiple"}
# Amounts and counts of these units add up over the areas of a zone.
_ADDITIVE_METRICS = frozenset({"amount", "count", "area"})
_ADDITIVE_UNITS = frozenset({"count", "money", "mass", "volume", "area"})


def derived_claims(figures: Collection[Figure], zones: Iterable[Zone] = ()) -> list[Claim]:
    """Every claim that follows from the columns of `figures`.

    A growth, change or multiple is held against the levels of both its periods, from its own
    source where that prints them; a pilot zone's figure against those of all its areas in `zones`.
    """
    levels: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == "level" and figure.date is None:
            levels[_series(figure, figure.period)].append(figure)
    found = [claim for figure in figures if (claim := _comparing(figure, levels))]
    return found + list(_area_sums(figures, zones))


def _series(figure: Figure, period: str | None) -> tuple[object, ...]:
    """What the levels behind a figure have in common with it, and the period of the level."""
    subject = figure.zone, figure.initiative, figure.metric, figure.scope, figure.status
    return (*subject, period)


def _comparing(figure: Figure, levels: dict[tuple[object, ...], list[Figure]]) -> Claim | None:
    """The claim of a figure that compares two periods; None where the data lacks a level.

    A change whose earlier level is not printed still implies it.
    """
    if figure.measure not in COMPARING or not figure.base_period:
        return None
    earlier = levels.get(_series(figure, figure.base_period), [])
    later = levels.get(_series(figure, figure.period), [])
    pairs = [
        (before, after)
        for before in earlier
        for after in later
        if before.period_kind == after.period_kind
    ]
    own = [pair for pair in pairs if all(level.source == figure.source for level in pair)]
    operands: tuple[Figure, ...]
    if pairs:
        relation, operands = _RELATION[figure.measure], _best_pair(own or pairs)
    elif figure.measure == "change" and later and not earlier:
        relation, operands = "implied_earlier", (best_first(later)[0],)
    else:
        return None
    if unit_mismatch(relation, _dimension(figure), [_dimension(one) for one in operands]):
        return None
    return Claim(f"{figure.id}-{relation}", figure, relation, operands, kind="derived")


def _best_pair(pairs: Sequence[tuple[Figure, Figure]]) -> tuple[Figure, Figure]:
    """Two levels of one source where there are such, else of the best sources."""
    alike = [pair for pair in pairs if pair[0].source == pair[1].source] or pairs
    before = best_first(pair[0] for pair in alike)[0]
    after = best_first(pair[1] for pair in alike if pair[0] is before)[0]
    return before, after


def _dimension(figure: Figure) -> Dimension:
    return Dimension(figure.base_unit, figure.unit_kind)


def _area_sums(figures: Iterable[Figure], zones: Iterable[Zone]) -> Iterable[Claim]:
    """For each fact on a pilot zone whose areas all have the same: that they add up."""
    areas: defaultdict[str, list[str]] = defaultdict(list)
    for zone in zones:
        if zone.kind == "area" and zone.parent:
            areas[zone.parent].append(zone.id)
    facts: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _additive(figure):
            facts[fact(figure)].append(figure)
    counted = {
        figure.zone: int(figure.value)
        for figure in best_first(figures)[::-1]
        if figure.metric == "pilot-areas" and figure.measure == "level" and figure.value
    }
    for totals in facts.values():
        total = best_first(totals)[0]
        parts = areas[total.zone]
        if len(parts) < 2 or counted.get(total.zone, len(parts)) != len(parts):
            continue
        found = [_part(total, facts.get(fact(replace(total, zone=part)), ())) for part in parts]
        known = [figure for figure in found if figure]
        if len(known) == len(parts):
            yield Claim(f"{total.id}-sum", total, "sum", tuple(known), kind="derived")


def _additive(figure: Figure) -> bool:
    return (
        figure.measure == "level"
        and figure.metric_kind in _ADDITIVE_METRICS
        and figure.unit_kind in _ADDITIVE_UNITS
    )


def _part(total: Figure, figures: Collection[Figure]) -> Figure | None:
    """An area's figure: from the total's own source if it prints one, else from the best."""
    own = [figure for figure in figures if figure.article == total.article]
    ordered = best_first(own or figures)
    return ordered[0] if ordered else None
