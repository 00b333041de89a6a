"""Figures of different sources on the same fact: which agree, which differ, and by how much."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Context
from math import inf
from operator import attrgetter

from ..language import Message, language, translate
from ..model.claims import Finding, Reading, Verdict
from ..model.figure import Figure
from ..quantities.edtf import newest
from ..quantities.interval import Interval
from .relations import meaning, printed

_SUBJECT = attrgetter(*["zone", "initiative", "metric", "measure", "scope", "status", "base_unit"])


def by_fact(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures in groups that state one fact, in the order of the first of each, best first."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[fact(figure)].append(figure)
    return [best_first(group) for group in groups.values()]


def fact(figure: Figure) -> tuple[object, ...]:
    """What two figures have in common that state the same fact."""
    period = newest(None if figure.date else figure.period)
    running = figure.period is not None and runs(figure)
    return (*_SUBJECT(figure), newest(figure.base_period), period, running)


def runs(figure: Figure) -> bool:
    """Whether it counts up to its period or from it on, which is another fact than the period's."""
    return figure.period_kind in ("cumulative", "since")


def best_first(figures: list[Figure]) -> list[Figure]:
    """Figures of one fact: first what most that are no more exact can mean, then the best source.

    So a vague figure comes behind the exact ones that it can mean, and a misprint last; of one
    number in two units the smaller unit, for what a misprint loses is 千, 万 or "kilo".
    """
    if len(figures) == 1:
        return figures
    from ..model.dataset_schema import tables  # start-up: only where a fact is printed twice

    kinds = tables()["sources"].words("kind")
    meanings = [(meaning(figure), _width(figure)) for figure in figures]

    def key(own: Figure) -> tuple[object, ...]:
        interval, width = meaning(own), _width(own)
        count = sum(width <= other and _overlap(interval, one) for one, other in meanings)
        misprint = any(one.value == own.value and one.factor > own.factor for one in figures)
        # Where all differ, the first by its id, so that every command shows the same one.
        return -count, misprint, kinds.index(own.source_kind), width, own.id

    return sorted(figures, key=key)


def _width(figure: Figure) -> float:
    """How inexact a figure is, for its size: one in too small a unit is not the more exact."""
    own = meaning(figure)
    if own.low is None or own.high is None:
        return inf
    return float((own.high - own.low) / (abs(own.high) or 1))


def agreements(figures: Iterable[Figure]) -> list[list[Figure]]:
    """The facts that more than one article prints, the best figure of each first.

    So are those that one prints with two values, where it says of which time they are.
    """
    return [group for group in by_fact(figures)
            if len({one.article for one in group}) > 1
            or (group[0].period and group[0].base_unit != "part" and differing(group))]  # fmt: skip


def differing(group: Sequence[Figure]) -> list[Figure]:
    """The figures of a fact that do not agree with the first, which is the best."""
    return [one for one in group if not _overlap(meaning(group[0]), meaning(one))]


def agreement_finding(group: Sequence[Figure]) -> Finding:
    """Whether the sources of a fact agree with the best; none is declared right."""
    best, *others = group
    wrong = differing(group)

    def judged(one: Figure) -> Verdict:
        if one in wrong:
            return Verdict.INCONSISTENT
        same = printed(best).meets(printed(one))
        return Verdict.CONSISTENT if same else Verdict.BY_ROUNDING

    readings = tuple(Reading("", meaning(one), judged(one)) for one in others)
    verdict = max((reading.verdict for reading in readings), key=list(Verdict).index)
    count = len({figure.article for figure in group})
    agree = Message("{count} sources agree", count=count)
    rounded = Message("{count} sources agree within rounding", count=count)
    why = rounded if verdict is Verdict.BY_ROUNDING else agree
    if wrong:
        separator = "；" if language() == "zh" else "; "
        told = [f"{best.article} {best.printed}", *(_difference(best, one) for one in wrong)]
        differ = "The sources differ: {listed}" if count > 1 else "The source differs: {listed}"
        why = Message(differ, listed=separator.join(told))
    claim = Finding(f"{best.id}-agreement", best, "agreement", (*others,), kind="agreement")
    return claim._replace(readings=readings, verdict=verdict, why=why, unit=best.base_unit)


def _difference(best: Figure, other: Figure) -> str:
    """Who prints `other`, and by how much it differs."""
    said = f"{other.article} {other.printed}"
    if not best.base_value or other.base_value is None:
        return said
    percent = Context(prec=2).divide(100 * (other.base_value - best.base_value), best.base_value)
    return translate("{said} ({percent} %)", said=said, percent=f"{percent:+f}")


def _overlap(one: Interval, other: Interval) -> bool:
    """Whether two meanings have more than an end in common.

    120.71 and 120.72 have 120.715 in common, but nothing that is likely.
    """
    if one.low != one.high and other.low != other.high:
        one, other = (of._replace(low_open=True, high_open=True) for of in (one, other))
    return one.meets(other)
