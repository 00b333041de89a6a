"""What the operands of a claim allow its figure to be: one function for each reading."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ..language import Message
from ..model.claims import Claim, Dimension, missing_column, unit_mismatch
from ..model.edtf import span
from ..model.figure import Figure
from ..quantities import Interval, plain

ANY = Interval(None, None)
ONE = Interval.point(1)
MISSING = Message("What it needs is not printed")
MISFIT = Message("The units do not fit the relation")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One reading of a claim, computed from its operands.

    `allowed` follows from all that the operands can mean, `at_printed` from their printed values;
    `allowed` is None where the source does not print what is needed. `stated` is what is held
    against it, where that is not the claim's own figure. With `whole`, all of the figure has to be
    allowed, not only a part; with `limit`, the operands give a bound and not a value. Intervals
    are in base units, of dates in day ordinals.
    """

    name: Message
    formula: str
    allowed: Interval | None
    at_printed: Interval | None = None
    stated: Interval | None = None
    whole: bool = False
    limit: bool = False


def recompute(claim: Claim) -> list[Recomputed]:
    """Every reading that the claim can have.

    Raises ZeroDivisionError where a divisor is printed as zero.
    """
    return [reading(claim) for reading in READINGS[claim.relation]]


def uncomputable_reason(claim: Claim) -> Message | None:
    """Why a claim can't be computed; None where it can."""
    filled = claim.value is not None, bool(claim.items)
    if missing_column(claim.relation, len(claim.operands), *filled):
        return MISSING
    own, *others = (
        Dimension(figure.base_unit, figure.unit_kind) for figure in (claim.figure, *claim.operands)
    )
    return MISFIT if unit_mismatch(claim.relation, own, others) else None


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


# `meaning` or `printed`: what of a figure is calculated with.
Of = Callable[[Figure], Interval]


def _both(name: Message, formula: str, calculate: Callable[[Of], Interval]) -> Recomputed:
    """A calculation over all that the operands mean, and over their printed values."""
    return Recomputed(name, formula, calculate(meaning), calculate(printed))


def _of_two(
    name: Message, formula: str, calculate: Callable[[Interval, Interval], Interval]
) -> Callable[[Claim], Recomputed]:
    """The reading that calculates from a claim's two operands, {0} and {1} in the formula."""

    def reading(claim: Claim) -> Recomputed:
        first, second = claim.operands
        return _both(
            name,
            formula.format(first.printed, second.printed),
            lambda of: calculate(of(first), of(second)),
        )

    return reading


def _difference(claim: Claim) -> Recomputed:
    """First minus second; a signed change is the second, later figure minus the first."""
    if claim.figure.measure == "change":
        claim = replace(claim, operands=claim.operands[::-1])
    return _minus(claim)


def _implied_earlier(claim: Claim) -> Recomputed:
    """The later figure less its signed change; a cut printed as an amount is added."""
    (later,) = claim.operands
    own = claim.figure
    change = meaning(own) if own.measure == "change" else -meaning(own)
    sign = "−" if change.high is not None and change.high > 0 else "+"
    formula = f"{later.printed} {sign} {plain(abs(own.value or Decimal(0)))}{own.unit}"
    return Recomputed(Message("the earlier value implied"), formula, meaning(later) - change)


def _share(claim: Claim) -> Recomputed:
    return _quotient(claim) if claim.operands else Recomputed(SHARE, "", None)


def _count(claim: Claim) -> Recomputed:
    # What is named twice is counted once.
    distinct = {figure.id: figure.printed for figure in claim.operands}
    named = tuple(dict.fromkeys(claim.items)) or tuple(distinct.values())
    counted = Interval.point(len(named))
    return Recomputed(Message("count of what is named"), " + ".join(named), counted, counted)


def _names_some(claim: Claim) -> Recomputed:
    least = Interval(Fraction(len(set(claim.items))), None)
    name = Message("at least those named")
    return Recomputed(name, ", ".join(claim.items), least, least, limit=True)


def _parts(claim: Claim) -> Recomputed:
    counted = Interval.point(len(claim.operands))
    parties = Interval.point(len(claim.items))
    name = Message("as many parts as parties")
    return Recomputed(name, ", ".join(claim.items), counted, counted, stated=parties)


def _total(claim: Claim, of: Of) -> Interval:
    return sum(map(of, claim.operands), start=Interval.point(0))


def _addition(figures: tuple[Figure, ...]) -> str:
    """The printed figures as a sum; their values where all share one text, as parts of 4:3:3."""
    texts = [figure.printed for figure in figures]
    return " + ".join(texts if len(set(texts)) > 1 else [f"{figure.value}" for figure in figures])


def _sum(claim: Claim) -> Recomputed:
    name = Message("sum of the parts")
    found = _both(name, _addition(claim.operands), lambda of: _total(claim, of))
    if claim.value is None:
        return found
    return replace(found, stated=Interval.point(Fraction(claim.value)))


def _holds_sum(claim: Claim) -> Recomputed:
    found = _both(
        Message("no less than the sum"),
        f"≥ {_addition(claim.operands)}",
        lambda of: _no_less(_total(claim, of)),
    )
    return replace(found, limit=True)


def _mean_at_most(claim: Claim) -> Recomputed:
    total, count = claim.operands
    found = _both(
        Message("no less than the mean"),
        f"≥ {total.printed} ÷ {count.printed}",
        lambda of: _no_less(of(total) / of(count)),
    )
    return replace(found, limit=True)


def _no_less(interval: Interval) -> Interval:
    return Interval(interval.low, None, low_open=interval.low_open)


def _part_of(claim: Claim) -> Recomputed:
    return _at_most(claim, Message("a part of the whole"))


def _at_most(claim: Claim, name: Message | None = None) -> Recomputed:
    (whole,) = claim.operands

    def limit(of: Of) -> Interval:
        return Interval(None, of(whole).high, high_open=of(whole).high_open)

    found = _both(name or Message("no more than the other"), f"≤ {whole.printed}", limit)
    # Of a range only its upper end is bound.
    stated = printed(claim.figure) if claim.figure.base_value_to is not None else None
    return replace(found, limit=True, stated=stated)


def _within(claim: Claim) -> Recomputed:
    """A range lies inside with both its ends, another figure with some value of its own."""
    (whole,) = claim.operands
    name, allowed, own = Message("within the range"), meaning(whole), _range(claim.figure)
    if own is None:
        return Recomputed(name, whole.printed, allowed, allowed, limit=True)
    at = _range(whole) or (printed(whole) if whole.bound == "exact" else allowed)
    return Recomputed(name, whole.printed, allowed, at, stated=own, whole=True)


def _range(figure: Figure) -> Interval | None:
    """All that a printed range covers; None for other figures."""
    if figure.date is not None:
        return days(figure) if "/" in figure.date else None
    if figure.base_value is None or figure.base_value_to is None:
        return None
    return Interval(Fraction(figure.base_value), Fraction(figure.base_value_to))


def _times(claim: Claim) -> Recomputed:
    (once,) = claim.operands
    assert claim.value is not None, "missing_column refuses a claim without it"
    factor = Fraction(claim.value)
    return _both(
        Message("so many times the other"),
        f"{claim.value} × {once.printed}",
        lambda of: of(once).scaled(factor),
    )


def _equal(claim: Claim) -> Recomputed:
    (other,) = claim.operands
    return _both(Message("the same as the other"), other.printed, lambda of: of(other))


def _order(claim: Claim) -> Recomputed:
    """Each date is no later than those after it; the first pair that contradicts this decides.

    An unknown date leaves the order open, but hides no contradiction between the others.
    """
    chain = (claim.figure, *claim.operands)
    name = Message("one after the other")
    formula = " ≤ ".join(
        figure.printed if figure.date else figure.period or "?" for figure in chain
    )
    known = [days(figure) for figure in chain]
    for before, after in itertools.combinations(known, 2):
        if after.below(before):
            # No day that the first can mean lies in this interval.
            return Recomputed(name, formula, Interval(None, after.high), stated=before)
    if ANY in known:
        return Recomputed(name, formula, None)
    latest = Interval(None, known[1].high)
    return Recomputed(name, formula, latest, latest, stated=known[0], limit=True)


SHARE = Message("share in per cent")
_quotient = _of_two(SHARE, "{0} ÷ {1} × 100", lambda part, whole: (part / whole).scaled(100))
_minus = _of_two(Message("difference"), "{0} − {1}", Interval.__sub__)
_growth = _of_two(
    Message("growth in per cent"),
    "({1} ÷ {0} − 1) × 100",
    lambda before, after: (after / before - ONE).scaled(100),
)
_multiple = _of_two(
    Message("grown to so many times"), "{1} ÷ {0}", lambda before, after: after / before
)
_increase = _of_two(
    Message("grown by so many times"), "{1} ÷ {0} − 1", lambda before, after: after / before - ONE
)

# The readings of each relation. 增长N倍 is used for N times as much and for N times more.
READINGS: dict[str, tuple[Callable[[Claim], Recomputed], ...]] = {
    "growth": (_growth,),
    "multiple": (_multiple, _increase),
    "implied_earlier": (_implied_earlier,),
    "difference": (_difference,),
    "share": (_share,),
    "count": (_count,),
    "names_some": (_names_some,),
    "sum": (_sum,),
    "parts": (_parts,),
    "holds_sum": (_holds_sum,),
    "part_of": (_part_of,),
    "at_most": (_at_most,),
    "within": (_within,),
    "mean_at_most": (_mean_at_most,),
    "times": (_times,),
    "order": (_order,),
    "equal": (_equal,),
}
