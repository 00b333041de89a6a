"""Figures of different sources on the same fact: which agree, which differ, and by how much."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from math import inf, log10
from operator import attrgetter
from typing import NamedTuple

from ..language import Message, language
from ..model.claims import Claim
from ..model.figure import Figure
from ..model.named import SOURCE_KINDS
from ..quantities.decimals import plain
from .findings import Finding, Reading, Verdict
from .relations import ANY, meaning, printed


class Agreement(NamedTuple):
    """The figures that several sources print of one fact, the best source first.

    `agreeing` and `differing` part the figures after the first by whether their intervals meet
    the first one's.
    """

    figures: tuple[Figure, ...]
    agreeing: tuple[Figure, ...]
    differing: tuple[Figure, ...]

    @property
    def best(self) -> Figure:
        """The figure of the best source."""
        return self.figures[0]


_SUBJECT = attrgetter(*["zone", "initiative", "metric", "measure", "scope", "status", "base_unit"])


def by_fact(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures in groups that state one fact, in the order of the first of each, best first."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[fact(figure)].append(figure)
    return [best_first(group) for group in groups.values()]


def fact(figure: Figure) -> tuple[object, ...]:
    """What two figures have in common that state the same fact."""
    period = None if figure.date else figure.period
    return (*_SUBJECT(figure), figure.base_period, period, runs(figure))


def runs(figure: Figure) -> bool:
    """Whether it counts up to its period or from it on, which is another fact than the period's."""
    return figure.period is not None and figure.period_kind in ("cumulative", "since")


def best_first(figures: list[Figure]) -> list[Figure]:
    """Figures of one fact: by kind of source, then those that most agree with, then the exact.

    One whose unit is probably misprinted comes last.
    """
    if len(figures) == 1:
        return figures
    meanings = [meaning(figure) for figure in figures]
    agree = {id(one): sum(map(meaning(one).meets, meanings)) for one in figures}

    def key(figure: Figure) -> tuple[bool, int, int, Fraction | float]:
        own, value = meaning(figure), abs(Fraction(figure.base_value or 1))
        bounded = own.low is not None and own.high is not None
        width = (own.high - own.low) / (value or 1) if bounded else inf  # type: ignore[operator]
        rank = SOURCE_KINDS.index(figure.source_kind)
        misprinted = any(
            agree[id(other)] > agree[id(figure)] and figure.base_value and other.base_value
            and _unit_factor(figure, other) for other in figures
        )  # fmt: skip
        return misprinted, rank, -agree[id(figure)], width

    return sorted(figures, key=key)


def agreements(figures: Iterable[Figure]) -> list[Agreement]:
    """The facts that more than one article prints, in the order of their first figures."""
    found = []
    for group in by_fact(figures):
        if len({figure.article for figure in group}) > 1:
            best, *others = group
            agreeing = tuple(figure for figure in others if _meet(best, figure))
            differing = tuple(figure for figure in others if figure not in agreeing)
            found.append(Agreement(tuple(group), agreeing, differing))
    return found


def agreement_finding(group: Agreement) -> Finding:
    """Whether the sources of a group agree, judged by the worst pair; none is declared right."""
    best, others = group.best, group.figures[1:]
    # Two that agree with a vague best figure can still differ from each other.
    pairs = [(best, other) for other in others] + [
        pair for pair in itertools.combinations(group.agreeing, 2) if not _meet(*pair)
    ]
    readings = tuple(_reading(one, other) for one, other in pairs)
    verdict = max((reading.verdict for reading in readings), key=list(Verdict).index)
    count = len({figure.article for figure in group.figures})
    if verdict is Verdict.INCONSISTENT:
        said = [difference(*pair) for pair in pairs if not _meet(*pair)]
        separator = "；" if language() == "zh" else "; "
        listed = separator.join([f"{best.article} {best.printed}", *map(str, said)])
        why = Message("The sources differ: {listed}", listed=listed)
    elif verdict is Verdict.BY_ROUNDING:
        why = Message("{count} sources agree within rounding", count=count)
    else:
        why = Message("{count} sources agree", count=count)
    claim = Claim(f"{best.id}-agreement", best, "agreement", others, kind="agreement")
    unit = best.base_unit
    return Finding(**vars(claim), readings=readings, verdict=verdict, why=why, unit=unit)


def _meet(one: Figure, other: Figure) -> bool:
    return meaning(one).meets(meaning(other))


def _reading(one: Figure, other: Figure) -> Reading:
    verdict = Verdict.INCONSISTENT
    if _meet(one, other):
        same = printed(one).meets(printed(other))
        verdict = Verdict.CONSISTENT if same else Verdict.BY_ROUNDING
    name = Message("as {article} prints it", article=other.article)
    return Reading(name, other.printed, meaning(other), verdict)


def difference(one: Figure, other: Figure) -> Message:
    """Who prints `other`, and how it differs from `one`; their intervals do not meet."""
    who = {"article": other.article, "printed": other.printed}
    if one.base_value is None or other.base_value is None:
        first, second = meaning(one), meaning(other)
        near, far = (first.high, second.low) if first.below(second) else (first.low, second.high)
        days = int((far or 0) - (near or 0))
        return Message("{article} {printed} ({days} days)", days=f"{days:+d}", **who)
    factor = _unit_factor(one, other)
    if factor:
        return Message(
            "{article} {printed} (by {times} times: perhaps the unit is misprinted)",
            times=plain(_rounded(max(factor, 1 / factor), 6)),
            **who,
        )
    gap = Fraction(other.base_value - one.base_value)
    percent = gap / Fraction(one.base_value) * 100 if one.base_value else None
    return Message(
        "{article} {printed} ({gap} {unit}, {percent} %)",
        gap=f"{_rounded(gap / Fraction(one.factor), 6).normalize():+f}",
        unit=one.unit_zh if language() == "zh" else one.unit_en,
        percent="∞" if percent is None else f"{_rounded(percent, 2):+f}",
        **who,
    )


def _unit_factor(one: Figure, other: Figure) -> Fraction | None:
    """What `other` has to be multiplied by to agree with `one`, where a wrong unit explains it.

    That is a power of ten, or the factor between the two printed units.
    """
    quotient = meaning(one) / meaning(other) if other.base_value else ANY
    if quotient.low is None or quotient.high is None or quotient.low <= 0:
        return None
    power = Fraction(10) ** round(log10(quotient.low))
    factors = Fraction(one.factor) / Fraction(other.factor), power
    return next((one for one in factors if one != 1 and quotient.holds(one)), None)


def _rounded(number: Fraction, digits: int) -> Decimal:
    """`number` with so many significant digits."""
    return Context(prec=digits).divide(Decimal(number.numerator), Decimal(number.denominator))
