"""Figures of different sources on the same fact: which agree, which differ, and by how much."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import inf

from ..language import Message, language
from ..model.claims import Claim
from ..model.figure import Figure
from ..model.named import SOURCE_KINDS
from ..quantities import Interval, plain
from .findings import Finding, Reading, Verdict
from .relations import meaning, printed


@dataclass(frozen=True, slots=True)
class Agreement:
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

    @property
    def sources(self) -> int:
        """How many articles print it."""
        return len({figure.article for figure in self.figures})


def agreements(figures: Iterable[Figure]) -> list[Agreement]:
    """The facts that more than one article prints, in the order of their first figures."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[fact(figure)].append(figure)
    return [
        _agreement(group)
        for group in groups.values()
        if len({figure.article for figure in group}) > 1
    ]


def fact(figure: Figure) -> tuple[object, ...]:
    """What two figures have in common that state the same fact."""
    return (
        figure.zone,
        figure.initiative,
        figure.metric,
        figure.measure,
        figure.scope,
        None if figure.date else figure.period,
        figure.base_period,
        runs(figure),
        figure.status,
        figure.base_unit,
    )


def runs(figure: Figure) -> bool:
    """Whether it counts up to its period or from it on, which is another fact than the period's."""
    return figure.period is not None and figure.period_kind in ("cumulative", "since")


def best_first(figures: Iterable[Figure]) -> list[Figure]:
    """Figures of one fact: by kind of source, then those that most agree with, then the exact."""
    figures = list(figures)
    if len(figures) == 1:
        return figures
    meanings = [meaning(figure) for figure in figures]

    def key(figure: Figure) -> tuple[int, int, Fraction | float]:
        own = meaning(figure)
        return _rank(figure.source_kind), -sum(map(own.meets, meanings)), _width(figure, own)

    return sorted(figures, key=key)


def _rank(kind: str) -> int:
    return SOURCE_KINDS.index(kind) if kind in SOURCE_KINDS else len(SOURCE_KINDS)


def _width(figure: Figure, own: Interval) -> Fraction | float:
    """How wide the meaning is against the printed value; of a date in days."""
    if own.low is None or own.high is None:
        return inf
    return (own.high - own.low) / abs(Fraction(figure.base_value or 1))


def _agreement(group: list[Figure]) -> Agreement:
    ordered = best_first(group)
    best, others = meaning(ordered[0]), ordered[1:]
    agreeing = tuple(figure for figure in others if meaning(figure).meets(best))
    differing = tuple(figure for figure in others if not meaning(figure).meets(best))
    return Agreement(tuple(ordered), agreeing, differing)


def agreement_finding(group: Agreement) -> Finding:
    """Whether the sources of a group agree, judged by the worst pair; none is declared right."""
    best = group.best
    pairs = [(best, other) for other in group.figures[1:]]
    # Two that agree with a vague best figure can still differ from each other.
    pairs += [
        (one, other)
        for one, other in itertools.combinations(group.agreeing, 2)
        if not meaning(one).meets(meaning(other))
    ]
    readings = tuple(_reading(one, other) for one, other in pairs)
    verdicts = {reading.verdict for reading in readings}
    if Verdict.INCONSISTENT in verdicts:
        verdict = Verdict.INCONSISTENT
        differences = [
            str(difference(*pair))
            for pair, reading in zip(pairs, readings, strict=True)
            if reading.verdict is Verdict.INCONSISTENT
        ]
        why = Message(
            "{article} prints {printed}; {differences}",
            article=best.article,
            printed=best.printed,
            differences=("；" if language() == "zh" else "; ").join(differences),
        )
    elif Verdict.BY_ROUNDING in verdicts:
        verdict = Verdict.BY_ROUNDING
        why = Message("{count} sources agree within rounding", count=group.sources)
    else:
        verdict = Verdict.CONSISTENT
        why = Message("{count} sources agree", count=group.sources)
    claim = Claim(f"{best.id}-agreement", best, "agreement", group.figures[1:], kind="agreement")
    return Finding(claim, readings, verdict, why, best.base_unit)


def _reading(one: Figure, other: Figure) -> Reading:
    interval = meaning(other)
    if not interval.meets(meaning(one)):
        verdict = Verdict.INCONSISTENT
    elif printed(one).meets(printed(other)):
        verdict = Verdict.CONSISTENT
    else:
        verdict = Verdict.BY_ROUNDING
    name = Message("as {article} prints it", article=other.article)
    return Reading(name, other.printed, interval, verdict)


def difference(one: Figure, other: Figure) -> Message:
    """How the printed value of `other` differs from that of `one`, and who prints it.

    Their intervals do not meet.
    """
    who = {"article": other.article, "printed": other.printed}
    if one.base_value is None or other.base_value is None:
        days = _days_between(meaning(one), meaning(other))
        if days > 0:
            return Message("{article} {printed}, {days} days later", days=days, **who)
        return Message("{article} {printed}, {days} days earlier", days=-days, **who)
    factor = _unit_factor(one, other)
    if factor:
        times = plain(_decimal(max(factor, 1 / factor), 6))
        return Message(
            "{article} {printed}, a factor of {times}: the unit may be a misprint",
            times=times,
            **who,
        )
    gap = Fraction(other.base_value - one.base_value) / Fraction(one.factor)
    size = {
        "gap": plain(_decimal(abs(gap))),
        "unit": one.unit_zh if language() == "zh" else one.unit_en,
        "percent": _percent(gap, one),
    }
    if gap > 0:
        return Message("{article} {printed}, {gap} {unit} more ({percent} %)", **size, **who)
    return Message("{article} {printed}, {gap} {unit} less ({percent} %)", **size, **who)


def _percent(gap: Fraction, one: Figure) -> str:
    value = Fraction(one.value or 0)
    return plain(_decimal(abs(gap / value) * 100, 2)) if value else "∞"


def _days_between(one: Interval, other: Interval) -> int:
    """Days from the end of the earlier to the begin of the later, negative where `other` is it."""
    if other.low is not None and one.high is not None and one.below(other):
        return int(other.low - one.high)
    assert other.high is not None
    assert one.low is not None
    return int(other.high - one.low)


def _unit_factor(one: Figure, other: Figure) -> Fraction | None:
    """What `other` has to be multiplied by to agree with `one`, where a wrong unit explains it.

    That is a power of ten, or the factor between the two printed units.
    """
    first, second = meaning(one), meaning(other)
    if None in (first.low, first.high, second.low, second.high):
        return None
    if not one.base_value or not other.base_value or one.base_value * other.base_value < 0:
        return None
    power = round((one.base_value / other.base_value).log10())
    for factor in (Fraction(one.factor) / Fraction(other.factor), Fraction(10) ** power):
        if factor != 1 and second.scaled(factor).meets(first):
            return factor
    return None


def _decimal(number: Fraction, digits: int = 12) -> Decimal:
    """`number` with so many significant digits."""
    return Context(prec=digits).divide(Decimal(number.numerator), Decimal(number.denominator))
