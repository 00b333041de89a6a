"""What a claim's operands allow its figure to be: one function for each reading of a relation."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from .claims import Claim, Measure, lacks, misfit
from .errors import CannotRead
from .interval import Interval
from .models import Figure
from .quantity import date_span


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the operands allow the published number to be, and what their printed values give.

    `name` is a catalogue key (reading.growth, reading.multiple …), `formula` the sum in printed
    figures. `allowed` is None where the page does not print what the sum needs. `stated` is what
    is held against it, where that is not the claim's own figure; `entire` says that all of it has
    to be allowed, not just some. Intervals are in base units, of dates in day ordinals.
    """

    name: str
    formula: str
    allowed: Interval | None
    at_printed: Interval | None = None
    stated: Interval | None = None
    entire: bool = False


ANY = Interval(None, None)
ONE = Interval.point(1)
HUNDRED = Fraction(100)


def recompute(claim: Claim) -> list[Recomputed]:
    """What the operands give, under every reading that the claim's words can have."""
    if amiss(claim):
        return [Recomputed(f"reading.{claim.relation}", "", None)]
    try:
        return [reading(claim) for reading in READINGS[claim.relation]]
    except ZeroDivisionError:
        return [Recomputed(f"reading.{claim.relation}", "÷ 0", None)]


def amiss(claim: Claim) -> str | None:
    """Why a claim can't be worked out, as a catalogue key (why.…); None where it can."""
    operands, items = len(claim.operands), bool(claim.items)
    if lacks(claim.relation, operands, claim.value is not None, items):
        return "why.missing"
    own, *others = (
        Measure(figure.base_unit, figure.unit_kind) for figure in (claim.figure, *claim.operands)
    )
    return "why.units" if misfit(claim.relation, own, others) else None


def meaning(figure: Figure) -> Interval:
    """All that a figure can mean, in its base unit; the days of a date."""
    return figure.meaning or days(figure)


def printed(figure: Figure) -> Interval:
    """The printed value as a point; the upper end of a range, which is what limits bind."""
    value = figure.base_value_to if figure.base_value_to is not None else figure.base_value
    return days(figure) if isinstance(value, str) else Interval.point(Fraction(value))


def days(figure: Figure) -> Interval:
    """The days of a date figure, or of the period that another figure stands for.

    ANY where they are not known; open above for a period that goes on.
    """
    if figure.base_unit == "date":
        first, last = figure.value, figure.value_to
    else:
        first, _, last = (figure.period or "").partition("/")
    if not isinstance(first, str):
        return ANY
    goes_on = last == ".."
    try:
        span = date_span(first, last if isinstance(last, str) and not goes_on else None)
    except CannotRead:  # a season or half-year: days that are not worked out here
        return ANY
    low, high = (Fraction(day.toordinal()) for day in span)
    return Interval(low, None if goes_on else high)


Of = Callable[[Figure], Interval]


def _both(name: str, formula: str, of_figures: Callable[[Of], Interval]) -> Recomputed:
    """A sum over all that the figures mean, and the same sum over their printed values."""
    return Recomputed(name, formula, of_figures(meaning), of_figures(printed))


def _growth(claim: Claim) -> Recomputed:
    before, after = claim.operands
    formula = f"({after.printed} ÷ {before.printed} − 1) × 100"
    return _both(
        "reading.growth", formula, lambda of: (of(after) / of(before) - ONE).scaled(HUNDRED)
    )


def _multiple(claim: Claim) -> Recomputed:
    before, after = claim.operands
    formula = f"{after.printed} ÷ {before.printed}"
    return _both("reading.multiple", formula, lambda of: of(after) / of(before))


def _increase(claim: Claim) -> Recomputed:
    before, after = claim.operands
    formula = f"{after.printed} ÷ {before.printed} − 1"
    return _both("reading.increase", formula, lambda of: of(after) / of(before) - ONE)


def _implied_earlier(claim: Claim) -> Recomputed:
    (later,) = claim.operands
    own = claim.figure
    formula = f"{later.printed} + {own.printed}"
    return Recomputed("reading.implied", formula, meaning(later) + meaning(own))


def _difference(claim: Claim) -> Recomputed:
    before, after = claim.operands
    formula = f"{before.printed} − {after.printed}"
    return _both("reading.difference", formula, lambda of: of(before) - of(after))


def _share(claim: Claim) -> Recomputed:
    if not claim.operands:
        return Recomputed("reading.share", "", None)
    part, whole = claim.operands
    formula = f"{part.printed} ÷ {whole.printed} × 100"
    return _both("reading.share", formula, lambda of: (of(part) / of(whole)).scaled(HUNDRED))


def _count(claim: Claim) -> Recomputed:
    # Each once: what is named twice is no second thing.
    once = {figure.id: figure.printed for figure in claim.operands}
    named = tuple(dict.fromkeys(claim.items)) or tuple(once.values())
    counted = Interval.point(len(named))
    return Recomputed("reading.count", " + ".join(named), counted, counted)


def _names_some(claim: Claim) -> Recomputed:
    at_least = Interval(Fraction(len(set(claim.items))), None)
    return Recomputed("reading.names_some", ", ".join(claim.items), at_least, at_least)


def _total(claim: Claim, of: Of) -> Interval:
    return sum(map(of, claim.operands), start=Interval.point(0))


def _values(figures: tuple[Figure, ...]) -> str:
    """The printed figures as a sum; parts of one ratio by their values."""
    texts = [figure.printed for figure in figures]
    return " + ".join(texts if len(set(texts)) > 1 else [str(figure.value) for figure in figures])


def _sum(claim: Claim) -> Recomputed:
    found = _both("reading.sum", _values(claim.operands), lambda of: _total(claim, of))
    if claim.value is None:
        return found
    return replace(found, stated=Interval.point(Fraction(claim.value)))


def _parts(claim: Claim) -> Recomputed:
    counted = Interval.point(len(claim.operands))
    parties = Interval.point(len(claim.items))
    return Recomputed("reading.parts", ", ".join(claim.items), counted, counted, stated=parties)


def _holds_sum(claim: Claim) -> Recomputed:
    formula = f"≥ {_values(claim.operands)}"

    def at_least(of: Of) -> Interval:
        total = _total(claim, of)
        return Interval(total.low, None, low_open=total.low_open)

    return _both("reading.holds_sum", formula, at_least)


def _at_most(claim: Claim) -> Recomputed:
    (whole,) = claim.operands

    def limit(of: Of) -> Interval:
        # Nothing is known to bind where the whole itself is open above.
        return Interval(None, of(whole).high, high_open=of(whole).high_open)

    found = _both(f"reading.{claim.relation}", f"≤ {whole.printed}", limit)
    own = claim.figure
    # Of a range its upper end is bound; other figures are held whole.
    return found if own.value_to is None else replace(found, stated=printed(own))


def _within(claim: Claim) -> Recomputed:
    """Inside another; a range with both its ends, another figure with some value of its own."""
    (whole,) = claim.operands
    allowed, own = meaning(whole), _range(claim.figure)
    if own is None:
        return Recomputed("reading.within", whole.printed, allowed, allowed)
    at = _range(whole) or (printed(whole) if whole.bound == "exact" else allowed)
    return Recomputed("reading.within", whole.printed, allowed, at, stated=own, entire=True)


def _range(figure: Figure) -> Interval | None:
    """All that a printed range covers; None for other figures."""
    if figure.base_value_to is None:
        return None
    low, high = figure.base_value, figure.base_value_to
    if isinstance(low, str) or isinstance(high, str):
        return days(figure)
    return Interval(Fraction(low), Fraction(high))


def _mean_at_most(claim: Claim) -> Recomputed:
    total, count = claim.operands

    def at_least(of: Of) -> Interval:
        mean = of(total) / of(count)
        return Interval(mean.low, None, low_open=mean.low_open)

    return _both("reading.mean_at_most", f"≥ {total.printed} ÷ {count.printed}", at_least)


def _times(claim: Claim) -> Recomputed:
    (once,) = claim.operands
    assert claim.value is not None, "a claim without it lacks it"
    factor = Fraction(claim.value)
    formula = f"{claim.value} × {once.printed}"
    return _both("reading.times", formula, lambda of: of(once).scaled(factor))


def _order(claim: Claim) -> Recomputed:
    """Each date no later than those after it; the first pair that can't be so decides.

    A date that is not known leaves the order open, yet hides no contradiction of the others.
    """
    chain = (claim.figure, *claim.operands)
    formula = " ≤ ".join(f.printed if f.base_unit == "date" else f.period or "?" for f in chain)
    known = [days(figure) for figure in chain]
    for before, after in itertools.combinations(known, 2):
        if after.below(before):
            # Nothing fits: an interval before every day that the first can mean.
            return Recomputed("reading.order", formula, Interval(None, after.high), None, before)
    if ANY in known:
        return Recomputed("reading.order", formula, None)
    limit = Interval(None, known[1].high)
    return Recomputed("reading.order", formula, limit, limit)


def _equal(claim: Claim) -> Recomputed:
    (other,) = claim.operands
    return _both("reading.equal", other.printed, lambda of: of(other))


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
    "part_of": (_at_most,),
    "at_most": (_at_most,),
    "within": (_within,),
    "mean_at_most": (_mean_at_most,),
    "times": (_times,),
    "order": (_order,),
    "equal": (_equal,),
}
