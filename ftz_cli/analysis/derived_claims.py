"""Claims that the data's own columns make: growth against its two levels, a total against areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ..model.claims import Claim, Dimension, unit_mismatch
from ..model.figure import Figure
from ..model.measures import COMPARING
from ..model.named import Zone
from .agreement import best_first, by_fact, fact

RELATION = {"growth": "growth", "change": "difference", "multiple": "multiple"}
# Amounts and counts of these units add up over the areas of a zone.
ADDITIVE_METRICS = frozenset({"amount", "count", "area"})
ADDITIVE_UNITS = frozenset({"count", "money", "mass", "volume", "area"})
# Says how many areas a zone has.
AREA_COUNT = "pilot-areas"


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
    earlier = best_first(levels.get(_series(figure, figure.base_period), []))
    later = best_first(levels.get(_series(figure, figure.period), []))
    pairs = [
        (before, after)
        for before in earlier
        for after in later
        if before.period_kind == after.period_kind
    ]
    # From the figure's own source, else from one source, else from the best.
    pairs.sort(key=lambda pair: len({figure.source, *(level.source for level in pair)}))
    operands: tuple[Figure, ...]
    if pairs:
        relation, operands = RELATION[figure.measure], pairs[0]
    elif figure.measure == "change" and later and not earlier:
        relation, operands = "implied_earlier", (later[0],)
    else:
        return None
    own, *others = (Dimension(one.base_unit, one.unit_kind) for one in (figure, *operands))
    if unit_mismatch(relation, own, others):
        return None
    return Claim(f"{figure.id}-{relation}", figure, relation, operands, kind="derived")


def _area_sums(figures: Iterable[Figure], zones: Iterable[Zone]) -> Iterator[Claim]:
    """For each fact on a pilot zone whose areas all have the same: that they add up."""
    areas: defaultdict[str, list[str]] = defaultdict(list)
    for zone in zones:
        if zone.kind == "area" and zone.parent:
            areas[zone.parent].append(zone.id)
    counted = {one.zone: one.value for one in figures if one.metric == AREA_COUNT}
    facts = {
        fact(group[0]): group
        for group in by_fact(figures)
        if group[0].measure == "level"
        and group[0].metric_kind in ADDITIVE_METRICS
        and group[0].unit_kind in ADDITIVE_UNITS
    }
    for totals in facts.values():
        parts = areas[totals[0].zone]
        keys = [fact(totals[0]._replace(zone=part)) for part in parts]
        found = [facts[key] for key in keys if key in facts]
        if len(parts) < 2 or not len(found) == len(parts) == counted.get(
            totals[0].zone, len(parts)
        ):
            continue
        # The source that prints most of them is held against itself.
        total = max(totals, key=lambda one: sum(bool(_of_article(one, group)) for group in found))
        operands = tuple((_of_article(total, group) or group)[0] for group in found)
        yield Claim(f"{total.id}-sum", total, "sum", operands, kind="derived")


def _of_article(figure: Figure, group: list[Figure]) -> list[Figure]:
    return [one for one in group if one.article == figure.article]
