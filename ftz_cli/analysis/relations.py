"""Relations between figures: what each needs, and which values its operands allow."""

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ..model.claims import Finding, Verdict
from ..model.figure import Figure
from ..quantities.edtf import span
from ..quantities.interval import Interval

ANY = Interval(None, None)
ONE = Interval.point(1)
HUNDRED = Interval.point(100)
# Added to a limit, these allow all greater or all smaller values.
MORE, LESS = Interval(Fraction(0), None), Interval(None, Fraction(0))


class Relation(NamedTuple):
    """A calculation with the intervals of operands.

    `operands` is their number, None for one or more. `formula` shows the calculation in printed
    figures; {all} is their sum. `base` is the base unit of the figure, if it is not the unit of
    the operands. A `limit` allows many values; a printed range must lie inside them.
    """

    operands: int | None
    formula: str
    calculate: Callable[..., Interval]
    base: str = ""
    limit: bool = False


CALCULATED = {
    "growth": Relation(
        2, "({1} ÷ {0} − 1) × 100", lambda before, after: (after / before - ONE) * HUNDRED, "%"
    ),
    "multiple": Relation(2, "{1} ÷ {0}", lambda before, after: after / before, "times"),
    "share": Relation(2, "{0} ÷ {1} × 100", lambda part, whole: part / whole * HUNDRED, "%"),
    "difference": Relation(2, "{0} − {1}", operator.sub),
    "implied_earlier": Relation(1, "{0} − ({own})", operator.sub),
    "times": Relation(1, "{constant} × {0}", operator.mul),
    "equal": Relation(1, "{0}", lambda other: other),
    "sum": Relation(None, "{all}", lambda *parts: sum(parts, start=Interval.point(0))),
    "holds_sum": Relation(None, "≥ {all}", lambda *parts: sum(parts, start=MORE), limit=True),
    "mean_at_most": Relation(2, "≥ {0} ÷ {1}", lambda all, n: all / n + MORE, limit=True),
    "at_most": Relation(1, "≤ {0}", LESS.__add__, limit=True),
    "part_of": Relation(1, "≤ {0}", LESS.__add__, limit=True),
    "within": Relation(1, "{0}", lambda whole: whole, limit=True),
}
# Relations that count the names in `items`; `count` may count its operands instead.
COUNTING = ("count", "names_some", "parts")
# Base unit of the operands → base units of their difference.
DIFFERENCE_BASES = {"date": {"day"}, "%": {"%", "pp"}}


def wrong_column(relation: str, operands: Sequence[object], value: bool, items: bool) -> str | None:
    """The column that is wrong for a relation, if any; `value` and `items` may be filled or not."""
    if value != (relation == "times"):
        return "value"
    counted = relation == "count"
    if items != (relation in ("names_some", "parts") or (counted and not operands)):
        return "items"
    # A source may state a share without printing part and whole.
    if not operands and (relation in ("names_some", "share") or counted):
        return None
    wanted = CALCULATED[relation].operands if relation in CALCULATED else None
    fit = 0 < len(operands) == len({*operands}) == (wanted or len(operands))
    return None if fit and relation != "names_some" else "operands"


def units_fit(relation: str, own: str, *operands: str) -> bool:
    """Whether the base units of a figure (`own`) and its operands fit a relation."""
    if relation == "order" or relation in COUNTING:
        return True
    if relation == "mean_at_most":
        operands = operands[:1]  # the second operand is a number of things
    wanted = {CALCULATED[relation].base or operands[0]}
    if relation == "difference":
        wanted = DIFFERENCE_BASES.get(operands[0], wanted)
    return len({*operands}) < 2 and own in wanted


def meaning(figure: Figure) -> Interval:
    """The interval of a figure in its base unit, or the days of a date."""
    return figure.interval or days(figure)


def printed(figure: Figure) -> Interval:
    """The printed value as a point, or a printed range as an interval."""
    if figure.base_value is None:
        return days(figure)
    end = figure.base_value if figure.base_value_to is None else figure.base_value_to
    return Interval(Fraction(figure.base_value), Fraction(end))


def days(figure: Figure) -> Interval:
    """The ordinals of the days of a figure's date, else of its period, else ANY."""
    text = figure.date or figure.period
    if text is None:
        return ANY
    first, last = span(text)
    return Interval(Fraction(first.toordinal()), Fraction(last.toordinal()) if last else None)


def readings(claim: Finding) -> list[Finding]:
    """The claim with each verdict on it; raises ZeroDivisionError if a divisor is printed as 0."""
    own, operands = claim.figure, claim.operands
    if claim.relation == "order":
        return [_order(claim)]
    if claim.relation in COUNTING:
        return [_counted(claim)]
    if not operands:
        return [claim]
    if claim.relation == "difference" and own.measure == "change":
        # A change is the second, later operand minus the first.
        operands = operands[::-1]
    relation, texts = CALCULATED[claim.relation], [one.printed for one in operands]
    formula = relation.formula.format(
        *texts, own=own.printed, all=" + ".join(texts), constant=claim.value
    )
    if claim.relation == "implied_earlier":
        return [claim._replace(formula=formula, recomputed=meaning(operands[0]) - meaning(own))]
    more = [] if claim.value is None else [Interval.point(Fraction(claim.value))]
    allowed, at_printed = (
        relation.calculate(*map(interval_of, operands), *more) for interval_of in (meaning, printed)
    )
    if relation.limit and (own.base_value_to is not None or "/" in (own.date or "")):
        return [_judged(claim, formula, printed(own), allowed, at_printed, Interval.inside)]
    found = [_judged(claim, formula, meaning(own), allowed, at_printed)]
    if claim.relation == "multiple":
        # 增长N倍 is used for N times as much and for N times more.
        less = allowed - ONE, at_printed - ONE
        found.append(_judged(claim, f"{formula} − 1", meaning(own), *less))
    return found


def _judged(
    claim: Finding, formula: str, published: Interval, allowed: Interval, at_printed: Interval,
    fits: Callable[[Interval, Interval], bool] = Interval.meets,
) -> Finding:  # fmt: skip
    # Judge by what the meanings and the printed values of the operands allow.
    if not fits(published, allowed):
        verdict = Verdict.INCONSISTENT
    elif fits(published, at_printed):
        verdict = Verdict.CONSISTENT
    else:
        # An operand without an end, e.g. "more than 100", allows almost any result.
        bounded = all(None not in (meaning(one).low, meaning(one).high) for one in claim.operands)
        verdict = Verdict.BY_ROUNDING if bounded else Verdict.UNDETERMINED
    return claim._replace(formula=formula, recomputed=allowed, verdict=verdict)


def _counted(claim: Finding) -> Finding:
    # A count may have operands instead of names.
    names, separator = list(dict.fromkeys(claim.items)), ", "
    published, count = meaning(claim.figure), Interval.point(len(names))
    if claim.relation == "names_some":
        count += MORE
    elif claim.relation == "parts":
        published, count = count, Interval.point(len(claim.operands))
    else:
        names, separator = names or [one.printed for one in claim.operands], " + "
        count = Interval.point(len(names))
    return _judged(claim, separator.join(names), published, count, count)


def _order(claim: Finding) -> Finding:
    """Check that no date is later than one after it; the first wrong pair decides."""
    formula = " ≤ ".join(one.printed if one.date else one.period or "?" for one in claim.figures)
    known = [days(one) for one in claim.figures]
    wrong = [pair for pair in combinations(known, 2) if pair[1].below(pair[0])]
    if ANY in known and not wrong:
        return claim._replace(formula=formula)
    before, after = wrong[0] if wrong else known[:2]
    limit = Interval(None, after.high)
    return _judged(claim, formula, before, limit, limit)
