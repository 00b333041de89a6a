"""The source's own arithmetic, recomputed from what was printed.

Three steps, each of its own: `recompute` works out what a claim's operands allow, `agrees`
compares that with what is printed, `judge` gives the verdict. It says that numbers disagree,
never which of them is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .claims import Claim, Measure, lacks, misfit
from .errors import CannotRead
from .interval import Interval
from .models import Figure
from .quantity import date_span


class Verdict(StrEnum):
    """Whether a claim and its operands agree."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, recomputed and judged.

    `name` is a catalogue key (reading.growth, reading.multiple …), `formula` the sum in printed
    figures, `recomputed` what the operands' intervals allow, `verdict` what that means.
    """

    name: str
    formula: str
    recomputed: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim judged: what is printed against what its operands give.

    `why` is a catalogue key (why.…). Numbers are in `unit`, the base unit of the claim; where
    that is "date" they are day ordinals.
    """

    claim: Claim
    published: str
    readings: tuple[Reading, ...]
    verdict: Verdict
    why: str
    unit: str

    @property
    def recomputed(self) -> Interval:
        """The interval of the reading that decided the verdict."""
        return next(r.recomputed for r in self.readings if r.verdict is self.verdict)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the operands allow the published number to be, and what their printed values give.

    `allowed` is None where the page does not print what the sum needs. `stated` is what is held
    against it, where that is not the claim's own figure; `entire` says that all of it has to be
    allowed, not just some.
    """

    name: str
    formula: str
    allowed: Interval | None
    at_printed: Interval | None = None
    stated: Interval | None = None
    entire: bool = False


ANY = Interval(None, None)
HUNDRED = Fraction(100)


def audit(claims: list[Claim]) -> list[Finding]:
    """Every claim judged, in order."""
    return [finding(claim) for claim in claims]


def finding(claim: Claim) -> Finding:
    """One claim, recomputed under each reading it can have, and judged by the kindest."""
    own = _days(claim.figure) if claim.relation == "order" else _meaning(claim.figure)
    readings = tuple(
        Reading(one.name, one.formula, one.allowed or ANY, judge(claim, own, one))
        for one in recompute(claim)
    )
    verdicts = {reading.verdict for reading in readings}
    verdict = next(v for v in Verdict if v in verdicts)
    return Finding(
        claim,
        claim.figure.printed,
        readings,
        verdict,
        _why(claim, verdict),
        "date" if claim.relation == "order" else claim.figure.base_unit,
    )


def _why(claim: Claim, verdict: Verdict) -> str:
    match verdict:
        case Verdict.INCONSISTENT:
            return "why.disagree"
        case Verdict.BY_ROUNDING:
            return "why.rounding"
        case Verdict.UNDETERMINED:
            if not _lacks(claim) and _misfit(claim):
                return "why.units"
            return "why.implied" if claim.relation == "implied_earlier" else "why.missing"
    if claim.relation in ("count", "parts"):
        return "why.counted"
    if claim.relation == "names_some":
        return "why.names_some"
    return "why.order" if claim.relation in ORDERED else "why.point"


def judge(claim: Claim, own: Interval, one: Recomputed) -> Verdict:
    """The verdict on one reading."""
    if one.allowed is None or claim.relation == "implied_earlier":
        return Verdict.UNDETERMINED
    published = one.stated or own
    if not (published.inside if one.entire else published.meets)(one.allowed):
        return Verdict.INCONSISTENT
    return Verdict.CONSISTENT if agrees(claim, published, one) else Verdict.BY_ROUNDING


def agrees(claim: Claim, published: Interval, one: Recomputed) -> bool:
    """Whether the printed values themselves agree, no rounding of the operands called on."""
    printed = one.at_printed
    if printed is None:
        return True
    if one.entire:
        return published.inside(printed)
    if claim.relation in ORDERED and one.stated is None:
        return printed.meets(_printed(claim.figure))
    return printed.meets(published)


# Relations that say which is larger; the others say what equals what.
ORDERED = ("part_of", "at_most", "within", "holds_sum", "mean_at_most", "order", "names_some")


def recompute(claim: Claim) -> list[Recomputed]:
    """What the operands give, under every reading that the claim's words can have."""
    if _lacks(claim) or _misfit(claim):
        return [Recomputed(f"reading.{claim.relation}", "", None)]
    try:
        return RELATIONS[claim.relation](claim)
    except ZeroDivisionError:
        return [Recomputed(f"reading.{claim.relation}", "÷ 0", None)]


def _lacks(claim: Claim) -> bool:
    operands, items = len(claim.operands), bool(claim.items)
    return lacks(claim.relation, operands, claim.value is not None, items) is not None


def _misfit(claim: Claim) -> bool:
    own, *operands = (
        Measure(figure.base_unit, figure.unit_kind) for figure in (claim.figure, *claim.operands)
    )
    return misfit(claim.relation, own, operands) is not None


def _meaning(figure: Figure) -> Interval:
    return figure.meaning or _days(figure)


def _printed(figure: Figure) -> Interval:
    """The printed value as a point; the upper end of a range, which is what limits bind."""
    value = figure.base_value_to if figure.base_value_to is not None else figure.base_value
    return _days(figure) if isinstance(value, str) else Interval.point(Fraction(value))


def _days(figure: Figure) -> Interval:
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


def _growth(claim: Claim) -> list[Recomputed]:
    before, after = claim.operands

    def of(a: Interval, b: Interval) -> Interval:
        return (b / a - Interval.point(1)).scaled(HUNDRED)

    return [
        Recomputed(
            "reading.growth",
            f"({after.printed} ÷ {before.printed} − 1) × 100",
            of(_meaning(before), _meaning(after)),
            of(_printed(before), _printed(after)),
        )
    ]


def _multiple(claim: Claim) -> list[Recomputed]:
    """增长N倍 is used for N times as much and for N times more: both are worked out."""
    before, after = claim.operands
    allowed = _meaning(after) / _meaning(before)
    printed = _printed(after) / _printed(before)
    one = Interval.point(1)
    sum_ = f"{after.printed} ÷ {before.printed}"
    return [
        Recomputed("reading.multiple", sum_, allowed, printed),
        Recomputed("reading.increase", f"{sum_} − 1", allowed - one, printed - one),
    ]


def _implied_earlier(claim: Claim) -> list[Recomputed]:
    (later,) = claim.operands
    own = claim.figure
    return [
        Recomputed(
            "reading.implied", f"{later.printed} + {own.printed}", _meaning(later) + _meaning(own)
        )
    ]


def _difference(claim: Claim) -> list[Recomputed]:
    before, after = claim.operands
    return [
        Recomputed(
            "reading.difference",
            f"{before.printed} − {after.printed}",
            _meaning(before) - _meaning(after),
            _printed(before) - _printed(after),
        )
    ]


def _share(claim: Claim) -> list[Recomputed]:
    if not claim.operands:
        return [Recomputed("reading.share", "", None)]
    part, whole = claim.operands
    return [
        Recomputed(
            "reading.share",
            f"{part.printed} ÷ {whole.printed} × 100",
            (_meaning(part) / _meaning(whole)).scaled(HUNDRED),
            (_printed(part) / _printed(whole)).scaled(HUNDRED),
        )
    ]


def _count(claim: Claim) -> list[Recomputed]:
    # Each once: what is named twice is no second thing.
    once = {figure.id: figure.printed for figure in claim.operands}
    named = tuple(dict.fromkeys(claim.items)) or tuple(once.values())
    counted = Interval.point(len(named))
    return [Recomputed("reading.count", " + ".join(named), counted, counted)]


def _names_some(claim: Claim) -> list[Recomputed]:
    at_least = Interval(Fraction(len(set(claim.items))), None)
    return [Recomputed("reading.names_some", ", ".join(claim.items), at_least, at_least)]


def _total(figures: tuple[Figure, ...], of: Callable[[Figure], Interval]) -> Interval:
    total = Interval.point(0)
    for figure in figures:
        total = total + of(figure)
    return total


def _values(figures: tuple[Figure, ...]) -> str:
    """The printed figures as a sum; parts of one ratio by their values."""
    printed = [figure.printed for figure in figures]
    shown = printed if len(set(printed)) > 1 else [str(figure.value) for figure in figures]
    return " + ".join(shown)


def _sum(claim: Claim) -> list[Recomputed]:
    return [
        Recomputed(
            "reading.sum",
            _values(claim.operands),
            _total(claim.operands, _meaning),
            _total(claim.operands, _printed),
            stated=_constant(claim.value),
        )
    ]


def _constant(value: Decimal | None) -> Interval | None:
    return None if value is None else Interval.point(Fraction(value))


def _parts(claim: Claim) -> list[Recomputed]:
    counted = Interval.point(len(claim.operands))
    parties = Interval.point(len(claim.items))
    return [Recomputed("reading.parts", ", ".join(claim.items), counted, counted, stated=parties)]


def _holds_sum(claim: Claim) -> list[Recomputed]:
    return [
        Recomputed(
            "reading.holds_sum",
            f"≥ {_values(claim.operands)}",
            Interval(_total(claim.operands, _meaning).low, None),
            Interval(_total(claim.operands, _printed).low, None),
        )
    ]


def _at_most(claim: Claim) -> list[Recomputed]:
    (whole,) = claim.operands
    meaning, printed = _meaning(whole), _printed(whole)
    limit = Interval(None, meaning.high, high_open=meaning.high_open)
    # Nothing is known to bind where the whole itself is open above.
    return [
        Recomputed(
            f"reading.{claim.relation}", f"≤ {whole.printed}", limit,
            Interval(None, printed.high), stated=_binding(claim.figure),
        )
    ]  # fmt: skip


def _binding(figure: Figure) -> Interval | None:
    """The end of a range that a limit binds; None for other figures, which are held whole."""
    return _printed(figure) if figure.value_to is not None else None


def _within(claim: Claim) -> list[Recomputed]:
    """Inside another; a range with both its ends, another figure with some value of its own."""
    (whole,) = claim.operands
    meaning, range_ = _meaning(whole), _range(claim.figure)
    if range_ is None:
        return [Recomputed("reading.within", whole.printed, meaning, meaning)]
    printed = _range(whole) or (_printed(whole) if whole.bound == "exact" else meaning)
    return [
        Recomputed("reading.within", whole.printed, meaning, printed, stated=range_, entire=True)
    ]


def _range(figure: Figure) -> Interval | None:
    """All that a printed range covers; None for other figures."""
    if figure.base_value_to is None:
        return None
    low, high = figure.base_value, figure.base_value_to
    if isinstance(low, str) or isinstance(high, str):
        return _days(figure)
    return Interval(Fraction(low), Fraction(high))


def _mean_at_most(claim: Claim) -> list[Recomputed]:
    total, count = claim.operands
    mean, printed = _meaning(total) / _meaning(count), _printed(total) / _printed(count)
    return [
        Recomputed(
            "reading.mean_at_most",
            f"≥ {total.printed} ÷ {count.printed}",
            Interval(mean.low, None, low_open=mean.low_open),
            Interval(printed.low, None),
        )
    ]


def _times(claim: Claim) -> list[Recomputed]:
    (once,) = claim.operands
    if claim.value is None:
        return [Recomputed("reading.times", f"? × {once.printed}", None)]
    factor = Fraction(claim.value)
    return [
        Recomputed(
            "reading.times",
            f"{claim.value} × {once.printed}",
            _meaning(once).scaled(factor),
            _printed(once).scaled(factor),
        )
    ]


def _order(claim: Claim) -> list[Recomputed]:
    """Each date no later than those after it; the first pair that can't be so decides.

    A date that is not known leaves the order open, yet hides no contradiction of the others.
    """
    chain = (claim.figure, *claim.operands)
    formula = " ≤ ".join(f.printed if f.base_unit == "date" else f.period or "?" for f in chain)
    days = [_days(figure) for figure in chain]
    for before, after in itertools.combinations(days, 2):
        if after.below(before):
            # Nothing fits: an interval before every day that the first can mean.
            return [Recomputed("reading.order", formula, Interval(None, after.high), None, before)]
    if ANY in days or len(days) < 2:
        return [Recomputed("reading.order", formula, None)]
    limit = Interval(None, days[1].high)
    return [Recomputed("reading.order", formula, limit, limit)]


def _equal(claim: Claim) -> list[Recomputed]:
    (other,) = claim.operands
    return [Recomputed("reading.equal", other.printed, _meaning(other), _printed(other))]


RELATIONS: dict[str, Callable[[Claim], list[Recomputed]]] = {
    "growth": _growth,
    "multiple": _multiple,
    "implied_earlier": _implied_earlier,
    "difference": _difference,
    "share": _share,
    "count": _count,
    "names_some": _names_some,
    "sum": _sum,
    "parts": _parts,
    "holds_sum": _holds_sum,
    "part_of": _at_most,
    "at_most": _at_most,
    "within": _within,
    "mean_at_most": _mean_at_most,
    "times": _times,
    "order": _order,
    "equal": _equal,
}
