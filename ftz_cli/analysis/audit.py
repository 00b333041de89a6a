"""Recomputes the arithmetic of the sources from their printed figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from ..language import Message
from ..model.claims import Finding, Verdict
from ..model.figure import Figure
from ..model.measures import COMPARING
from ..model.named import Zone
from ..quantities.edtf import span
from .agreement import agreement_finding, agreements, by_fact, fact
from .relations import meaning, readings, units_fit

# Kinds of metric whose values for the areas of a zone add up.
ADDITIVE = frozenset({"amount", "count", "area"})
# The metric that counts the areas of a zone.
AREA_COUNT = "pilot-areas"
# Metrics that add up to another.
ECOMMERCE = "cross-border-ecommerce"
METRIC_PARTS = {
    "foreign-trade": ("exports", "imports"),
    f"{ECOMMERCE}-trade": (f"{ECOMMERCE}-exports", f"{ECOMMERCE}-imports"),
    f"{ECOMMERCE}-retail": (f"{ECOMMERCE}-retail-exports", f"{ECOMMERCE}-retail-imports"),
}
WHY = {
    Verdict.INCONSISTENT: Message("No values that the printed digits allow give it"),
    Verdict.BY_ROUNDING: Message("Holds only because the operands were rounded when printed"),
    Verdict.UNDETERMINED: Message("What it needs is not printed"),
    Verdict.CONSISTENT: Message("The printed values give it"),
}
# The figures of each fact, by the key of `fact` or `_series`, the best first.
Facts = dict[tuple[object, ...], list[Figure]]


def findings(
    claims: Sequence[Finding], figures: Collection[Figure], zones: Iterable[Zone]
) -> list[Finding]:
    """The findings on stated claims, derived claims and agreements, faults first."""
    found = [judged(claim) for claim in (*claims, *derived_claims(figures, zones))]
    found += map(agreement_finding, agreements(figures))
    return sorted(found, key=lambda finding: not finding.at_fault())


def judged(claim: Finding) -> Finding:
    """A claim with its verdict: the most favourable one of its readings."""
    order = list(Verdict)
    try:
        found = min(readings(claim), key=lambda one: order.index(one.verdict))
    except ZeroDivisionError:
        return claim._replace(why=Message("The divisor is printed as zero"))
    why = WHY[found.verdict]
    if claim.relation == "implied_earlier":
        why = Message("A value that the source does not print")
    elif found.verdict is Verdict.UNDETERMINED and claim.operands and claim.relation != "order":
        why = Message("What it needs is printed only as a bound")
    elif found.at_fault() and len({one.source for one in claim.figures}) > 1:
        why = Message("No values that the printed digits allow give it; the sources differ")
    return found._replace(why=why)


def derived_claims(figures: Collection[Figure], zones: Iterable[Zone] = ()) -> list[Finding]:
    """The claims that follow from the columns of `figures`.

    A growth, change or multiple must fit the levels of both its periods. The areas in `zones` must
    add up to their pilot zone, exports and imports to trade. A part must not exceed its whole, nor
    a running total a later one.
    """
    zones, facts = list(zones), Facts()
    in_series = defaultdict[tuple[object, ...], list[Figure]](list)
    for group in by_fact(figures):
        best = group[0]
        if best.measure == "level" and best.date is None:
            in_series[_series(best, best.period)] += group
            if best.metric_kind in ADDITIVE:
                facts[fact(best)] = group
    found = [claim for figure in figures if (claim := _comparing(figure, in_series))]
    return [*found, *_sums(facts, zones), *_above(facts, zones)]


def _derived(figure: Figure, relation: str, *operands: Figure) -> Finding:
    return Finding(f"{figure.id}-{relation}", figure, relation, operands, kind="derived")


def _series(figure: Figure, period: str | None) -> tuple[object, ...]:
    """A key that a figure shares with its levels, with the period of the level."""
    return figure.zone, figure.initiative, figure.metric, figure.scope, figure.status, period


def _comparing(figure: Figure, levels: Facts) -> Finding | None:
    """The claim of a figure that compares two periods, or of a change that implies the earlier."""
    if figure.measure not in COMPARING or not figure.base_period:
        return None
    earlier = levels.get(_series(figure, figure.base_period), [])
    later = levels.get(_series(figure, figure.period), [])
    claims = [
        _derived(figure, COMPARING[figure.measure], before, after)
        for before in earlier
        for after in later
        if before.period_kind == after.period_kind
    ]
    if figure.measure == "change" and later and not earlier:
        claims = [_derived(figure, "implied_earlier", one) for one in later]
    fitting = (
        claim for claim in claims
        if units_fit(claim.relation, *(one.base_unit for one in claim.figures))
    )  # fmt: skip
    # Prefer levels of the figure's own source, else of one source, else of the best sources.
    return min(fitting, key=lambda claim: len({one.source for one in claim.figures}), default=None)


def _sums(facts: Facts, zones: Iterable[Zone]) -> Iterator[Finding]:
    """The claims that all areas of a zone, if there are as many as printed, or metrics add up."""
    areas = defaultdict[str, list[str]](list)
    for zone in zones:
        if zone.kind == "area" and zone.parent:
            areas[zone.parent].append(zone.id)
    counted = {one.zone: one.value for (one, *_) in facts.values() if one.metric == AREA_COUNT}
    for totals in facts.values():
        best = totals[0]
        of_zone = [best._replace(zone=area) for area in areas[best.zone]]
        of_metric = [best._replace(metric=part) for part in METRIC_PARTS.get(best.metric, ())]
        if len(of_zone) != counted.get(best.zone, len(of_zone)):
            of_zone = []
        for parts in (of_zone, of_metric):
            found = [facts[key] for key in map(fact, parts) if key in facts]
            if len(found) == len(parts) > 1:
                # Take the total from the article that prints most of the parts.
                articles = [{one.article for one in part} for part in found]
                total = max(totals, key=lambda one: sum(one.article in each for each in articles))
                operands = [
                    next((one for one in part if one.article == total.article), part[0])
                    for part in found
                ]
                yield _derived(total, "sum", *operands)


def _above(facts: Facts, zones: Iterable[Zone]) -> Iterator[Finding]:
    """The parts that exceed their whole: the zone around them, their year, a later total."""
    parents = {zone.id: zone.parent for zone in zones if zone.parent}
    dated = defaultdict[tuple[object, ...], list[Figure]](list)
    for best, *_ in facts.values():
        if best.period:
            dated[fact(best._replace(period=None))].append(best)
    for best, *_ in facts.values():
        others = [best._replace(zone=parents[best.zone])] if best.zone in parents else []
        if best.period_kind == "during" and (best.period or "")[4:5] == "-":
            others.append(best._replace(period=(best.period or "")[:4]))
        wholes = [facts[key][0] for key in map(fact, others) if key in facts]
        if best.period and best.period_kind == "cumulative":
            later = dated[fact(best._replace(period=None))]
            wholes += [one for one in later if _ends_earlier(best.period, one.period or "")]
        for whole in wholes:
            if whole.period_kind == best.period_kind and meaning(whole).below(meaning(best)):
                yield _derived(best, "part_of", whole)


def _ends_earlier(period: str, other: str) -> bool:
    """Whether a running total ends before another; two printed beginnings must be the same."""
    (first, last), (start, end) = span(period), span(other)
    begin_together = "/" not in period + other or first == start
    return last is not None and end is not None and last < end and begin_together
