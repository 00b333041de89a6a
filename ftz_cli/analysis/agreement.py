"""Compares figures of different sources on the same fact."""

from collections.abc import Iterable, Sequence
from decimal import Context
from math import inf
from operator import attrgetter

from ..language import Message, language, translate
from ..model.claims import Finding, Verdict
from ..model.figure import Figure
from ..quantities.edtf import newest
from ..quantities.interval import Interval
from .relations import meaning, printed

_SUBJECT = attrgetter("zone", "initiative", "metric", "measure", "scope", "status", "base_unit")


def by_fact(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Groups of figures that state the same fact, each with the best figure first."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        groups.setdefault(fact(figure), []).append(figure)
    return [best_first(group) for group in groups.values()]


def fact(figure: Figure) -> tuple[object, ...]:
    """A key that is equal for two figures that state the same fact."""
    period = newest(None if figure.date else figure.period)
    running = figure.period is not None and is_running(figure)
    return (*_SUBJECT(figure), newest(figure.base_period), period, running)


def is_running(figure: Figure) -> bool:
    """Whether a figure counts up to its period or since then, instead of during it."""
    return figure.period_kind in ("cumulative", "since")


def best_first(figures: list[Figure]) -> list[Figure]:
    """Figures of one fact: first the one that most figures support, then the best source.

    A figure supports another if their meanings overlap and it is not the more exact one: exact
    figures come before vague ones, and misprints last. Of one number in two units, the smaller unit
    is taken for a misprint that lost 千, 万 or "kilo".
    """
    if len(figures) == 1:
        return figures
    from ..model.dataset_schema import tables  # start-up: only for facts printed twice

    kinds = tables()["sources"].words("kind")
    meanings = [(meaning(figure), _relative_width(figure)) for figure in figures]

    def key(figure: Figure) -> tuple[object, ...]:
        interval, width = meaning(figure), _relative_width(figure)
        support = sum(width <= other and _overlap(interval, one) for one, other in meanings)
        misprint = any(one.value == figure.value and one.factor > figure.factor for one in figures)
        # The id decides at last, so that every command shows the same figure.
        return -support, misprint, kinds.index(figure.source_kind), width, figure.id

    return sorted(figures, key=key)


def _relative_width(figure: Figure) -> float:
    # Relative to its size, so that a smaller unit changes nothing.
    interval = meaning(figure)
    if interval.low is None or interval.high is None:
        return inf
    return float((interval.high - interval.low) / (abs(interval.high) or 1))


def agreements(figures: Iterable[Figure]) -> list[list[Figure]]:
    """The facts that several articles print, or one with two values for a period; best first."""
    return [group for group in by_fact(figures)
            if len({one.article for one in group}) > 1
            or (group[0].period and group[0].base_unit != "part" and differing(group))]  # fmt: skip


def differing(group: Sequence[Figure]) -> list[Figure]:
    """The figures of a fact that do not agree with the first one, the best."""
    return [one for one in group if not _overlap(meaning(group[0]), meaning(one))]


def agreement_finding(group: Sequence[Figure]) -> Finding:
    """Whether the sources of a fact agree with the best one; it need not be the right one."""
    best, *others = group
    differ, count = differing(group), len({figure.article for figure in group})
    if differ:
        verdict, found = Verdict.INCONSISTENT, differ[0]
        separator = "；" if language() == "zh" else "; "
        listed = [f"{best.article} {best.printed}", *(_difference(best, one) for one in differ)]
        text = "The sources differ: {listed}" if count > 1 else "The source differs: {listed}"
        why = Message(text, listed=separator.join(listed))
    elif rounded := [one for one in others if not printed(best).meets(printed(one))]:
        verdict, found = Verdict.BY_ROUNDING, rounded[0]
        why = Message("{count} sources agree within rounding", count=count)
    else:
        verdict, found = Verdict.CONSISTENT, others[0]
        why = Message("{count} sources agree", count=count)
    claim = Finding(f"{best.id}-agreement", best, "agreement", (*others,), kind="agreement")
    return claim._replace(recomputed=meaning(found), verdict=verdict, why=why)


def _difference(best: Figure, other: Figure) -> str:
    text = f"{other.article} {other.printed}"
    if not best.base_value or other.base_value is None:
        return text
    percent = Context(prec=2).divide(100 * (other.base_value - best.base_value), best.base_value)
    return translate("{text} ({percent} %)", text=text, percent=f"{percent:+f}")


def _overlap(one: Interval, other: Interval) -> bool:
    # 120.71 and 120.72 do not agree, although 120.715 could be rounded to either.
    if one.low != one.high and other.low != other.high:
        one, other = (each._replace(low_open=True, high_open=True) for each in (one, other))
    return one.meets(other)
