"""What the operands of a claim allow its figure to be."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..language import Message
from ..model.claims import Claim
from ..model.edtf import span
from ..model.figure import Figure
from ..quantities import Interval, plain

ANY = Interval(None, None)
ONE = Interval.point(1)
RECOMPUTED = Message("recomputed")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One reading of a claim, computed from its operands.

    `allowed` follows from all that the operands can mean, `at_printed` from their printed values;
    `allowed` is None where the source does not print what is needed. `stated` is what is held
    against it, where that is not the claim's own figure. With `whole`, all of the figure has to be
    allowed, not only a part; with `limit`, the operands give a bound and not a value. Intervals
    are in base units, of dates in day ordinals. `name` tells several readings apart.
    """

    formula: str
    allowed: Interval | None
    at_printed: Interval | None = None
    stated: Interval | None = None
    whole: bool = False
    limit: bool = False
    name: Message = RECOMPUTED


def meaning(figure: Figure) -> Interval:
    """All that a figure can mean, in its base unit; the days of a date."""
    return figure.interval or days(figure)


def printed(figure: Figure) -> Interval:
    """The printed value as a point; of a range its upper end, which is what limits bind."""
    value = figure.base_value if figure.base_value_to is None else figure.base_value_to
    return days(figure) if value is None else Interval.point(Fraction(value))


def days(figure: Figure) -> Interval:
    """The days of a date, or of the period of another figure.

    ANY where there is neither; open above for a period that goes on.
    """
    text = figure.date or figure.period
    if text is None:
        return ANY
    first, last = span(text)
    return Interval(Fraction(first.toordinal()), Fraction(last.toordinal()) if last else None)


def recompute(claim: Claim) -> list[Recomputed]:
    """Every reading that a claim can have; it has all that its relation needs.

    Raises ZeroDivisionError where a divisor is printed as zero.
    """
    own, operands, texts = claim.figure, claim.operands, [one.printed for one in claim.operands]
    match claim.relation:
        case "growth":
            before, after = operands
            formula = f"({after.printed} ÷ {before.printed} − 1) × 100"
            return [_both(formula, lambda of: (of(after) / of(before) - ONE).scaled(100))]
        case "multiple":
            # 增长N倍 is used for N times as much and for N times more.
            before, after = operands
            formula = f"{after.printed} ÷ {before.printed}"
            to = _both(formula, lambda of: of(after) / of(before))
            by = _both(f"{formula} − 1", lambda of: of(after) / of(before) - ONE)
            return [
                replace(to, name=Message("grown to so many times")),
                replace(by, name=Message("grown by so many times")),
            ]
        case "difference":
            # A signed change is the later figure, the second, less the earlier.
            first, second = operands[::-1] if own.measure == "change" else operands
            formula = f"{first.printed} − {second.printed}"
            return [_both(formula, lambda of: of(first) - of(second))]
        case "implied_earlier":
            return [_implied_earlier(own, operands[0])]
        case "share" if not operands:
            return [Recomputed("", None)]
        case "share":
            part, whole = operands
            formula = f"{part.printed} ÷ {whole.printed} × 100"
            return [_both(formula, lambda of: (of(part) / of(whole)).scaled(100))]
        case "times":
            factor = Fraction(claim.value or 0)
            return [_both(f"{claim.value} × {texts[0]}", lambda of: of(operands[0]).scaled(factor))]
        case "equal":
            return [_both(texts[0], lambda of: of(operands[0]))]
        case "sum":
            found = _both(_addition(operands), lambda of: _total(operands, of))
            stated = None if claim.value is None else Interval.point(Fraction(claim.value))
            return [replace(found, stated=stated)]
        case "holds_sum":
            formula = f"≥ {_addition(operands)}"
            return [_both(formula, lambda of: _no_less(_total(operands, of)), limit=True)]
        case "mean_at_most":
            total, count = operands
            formula = f"≥ {total.printed} ÷ {count.printed}"
            return [_both(formula, lambda of: _no_less(of(total) / of(count)), limit=True)]
        case "at_most" | "part_of":
            found = _both(f"≤ {texts[0]}", lambda of: _no_more(of(operands[0])), limit=True)
            # Of a range only its upper end is bound.
            return [replace(found, stated=None if own.base_value_to is None else printed(own))]
        case "within":
            return [_within(own, operands[0])]
        case "order":
            return [_order((own, *operands))]
        case "count":
            # What is named twice is counted once.
            distinct = {one.id: one.printed for one in operands}
            named = tuple(dict.fromkeys(claim.items)) or tuple(distinct.values())
            counted = Interval.point(len(named))
            return [Recomputed(" + ".join(named), counted, counted)]
        case "names_some":
            least = Interval(Fraction(len(set(claim.items))), None)
            return [Recomputed(", ".join(claim.items), least, least, limit=True)]
        case "parts":
            counted, parties = Interval.point(len(operands)), Interval.point(len(claim.items))
            return [Recomputed(", ".join(claim.items), counted, counted, stated=parties)]
    raise NotImplementedError(claim.relation)


# `meaning` or `printed`: what of a figure is calculated with.
Of = Callable[[Figure], Interval]


def _both(formula: str, calculate: Callable[[Of], Interval], limit: bool = False) -> Recomputed:
    """A calculation over all that the operands mean, and over their printed values."""
    return Recomputed(formula, calculate(meaning), calculate(printed), limit=limit)


def _no_less(interval: Interval) -> Interval:
    return Interval(interval.low, None, low_open=interval.low_open)


def _no_more(interval: Interval) -> Interval:
    return Interval(None, interval.high, high_open=interval.high_open)


def _total(figures: tuple[Figure, ...], of: Of) -> Interval:
    return sum(map(of, figures), start=Interval.point(0))


def _addition(figures: tuple[Figure, ...]) -> str:
    """The printed figures as a sum; their values where all share one text, as parts of 4:3:3."""
    texts = [figure.printed for figure in figures]
    return " + ".join(texts if len(set(texts)) > 1 else [f"{figure.value}" for figure in figures])


def _implied_earlier(own: Figure, later: Figure) -> Recomputed:
    """The later figure less its signed change; a cut printed as an amount is added."""
    change = meaning(own) if own.measure == "change" else -meaning(own)
    sign = "−" if change.high is not None and change.high > 0 else "+"
    formula = f"{later.printed} {sign} {plain(abs(own.value or Decimal(0)))}{own.unit}"
    return Recomputed(formula, meaning(later) - change)


def _within(own: Figure, whole: Figure) -> Recomputed:
    """A range lies inside with both its ends, another figure with some value of its own."""
    allowed, covered = meaning(whole), _range(own)
    if covered is None:
        return Recomputed(whole.printed, allowed, allowed, limit=True)
    at = _range(whole) or (printed(whole) if whole.bound == "exact" else allowed)
    return Recomputed(whole.printed, allowed, at, stated=covered, whole=True)


def _range(figure: Figure) -> Interval | None:
    """All that a printed range covers; None for other figures."""
    if figure.date is not None:
        return days(figure) if "/" in figure.date else None
    if figure.base_value is None or figure.base_value_to is None:
        return None
    return Interval(Fraction(figure.base_value), Fraction(figure.base_value_to))


def _order(chain: tuple[Figure, ...]) -> Recomputed:
    """Each date is no later than those after it; the first pair that contradicts this decides.

    An unknown date leaves the order open, but hides no contradiction between the others.
    """
    formula = " ≤ ".join(
        figure.printed if figure.date else figure.period or "?" for figure in chain
    )
    known = [days(figure) for figure in chain]
    for before, after in itertools.combinations(known, 2):
        if after.below(before):
            # No day that the first can mean lies in this interval.
            return Recomputed(formula, Interval(None, after.high), stated=before)
    if ANY in known:
        return Recomputed(formula, None)
    latest = Interval(None, known[1].high)
    return Recomputed(formula, latest, latest, stated=known[0], limit=True)
