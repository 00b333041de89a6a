"""Relations between figures: what each needs, and what its operands allow its figure to be."""

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import NamedTuple

from ..model.claims import Finding, Reading, Verdict
from ..model.figure import Figure
from ..quantities.decimals import plain
from ..quantities.edtf import span
from ..quantities.interval import Interval

ANY = Interval(None, None)
ONE = Interval.point(1)
HUNDRED = Interval.point(100)
# What may be added to a limit.
MORE, LESS = Interval(Fraction(0), None), Interval(None, Fraction(0))


class Relation(NamedTuple):
    """A calculation over the intervals of operands.

    `operands` is their number, None any from one on. `formula` shows it in printed figures, of
    which {all} is the sum. `base` is the base unit of the figure, where it isn't that of the
    operands. A `limit` allows more than one value, so that a printed range has to lie inside.
    """

    operands: int | None
    formula: str
    calculate: Callable[..., Interval]
    base: str = ""
    limit: bool = False


def _total(*parts: Interval) -> Interval:
    return sum(parts, start=Interval.point(0))


CALCULATED = {
    "growth": Relation(
        2, "({1} ÷ {0} − 1) × 100", lambda before, after: (after / before - ONE) * HUNDRED, "%"
    ),
    "multiple": Relation(2, "{1} ÷ {0}", lambda before, after: after / before, "times"),
    "share": Relation(2, "{0} ÷ {1} × 100", lambda part, whole: part / whole * HUNDRED, "%"),
    "difference": Relation(2, "{0} − {1}", operator.sub),
    "implied_earlier": Relation(1, "{0} − {own}", operator.sub),
    "times": Relation(1, "{constant} × {0}", operator.mul),
    "equal": Relation(1, "{0}", lambda other: other),
    "sum": Relation(None, "{all}", _total),
    "holds_sum": Relation(None, "≥ {all}", lambda *parts: _total(*parts) + MORE, limit=True),
    "mean_at_most": Relation(2, "≥ {0} ÷ {1}", lambda all, n: all / n + MORE, limit=True),
    "at_most": Relation(1, "≤ {0}", LESS.__add__, limit=True),
    "part_of": Relation(1, "≤ {0}", LESS.__add__, limit=True),
    "within": Relation(1, "{0}", lambda whole: whole, limit=True),
}
# These count the names in `items`; `count` may count its operands instead.
COUNTING = ("count", "names_some", "parts")
# Base unit of the operands → base units of their difference.
DIFFERENCE_BASES = {"date": {"day"}, "%": {"%", "pp"}}


# ---- what a relation needs -----------------------------------------------------------------------


def wrong_column(relation: str, operands: Sequence[object], value: bool, items: bool) -> str | None:
    """The column that a claim of `relation` wants filled otherwise; None if all fit.

    `value` and `items` say whether those columns are filled. No operand stands twice; what a count
    counts is named, or is the operands.
    """
    if value != (relation == "times"):
        return "value"
    counted = relation == "count"
    if items != (relation in ("names_some", "parts") or (counted and not operands)):
        return "items"
    wanted = CALCULATED[relation].operands if relation in CALCULATED else None
    # A source may state a share without printing part and whole.
    if not operands and (relation in ("names_some", "share") or counted):
        return None
    fit = 0 < len(operands) == len({*operands}) == (wanted or len(operands))
    return None if fit and relation != "names_some" else "operands"


def units_fit(relation: str, own: str, *operands: str) -> bool:
    """Whether a relation can work with the base units of its figure and operands."""
    if relation == "order" or relation in COUNTING:
        return True
    if relation == "mean_at_most":
        operands = operands[:1]  # the second is the number of things
    wanted = {CALCULATED[relation].base or operands[0]}
    if relation == "difference":
        wanted = DIFFERENCE_BASES.get(operands[0], wanted)
    return len({*operands}) < 2 and own in wanted


# ---- what a figure can be ------------------------------------------------------------------------


def meaning(figure: Figure) -> Interval:
    """All that a figure can mean, in its base unit; the days of a date."""
    return figure.interval or days(figure)


def printed(figure: Figure) -> Interval:
    """The printed value as a point, or all from one end of a printed range to the other."""
    if figure.base_value is None:
        return days(figure)
    end = figure.base_value if figure.base_value_to is None else figure.base_value_to
    return Interval(Fraction(figure.base_value), Fraction(end))


def days(figure: Figure) -> Interval:
    """The days of a date, or of the period of another figure.

    ANY where there is neither; open above for a period that goes on.
    """
    text = figure.date or figure.period
    if text is None:
        return ANY
    first, last = span(text)
    return Interval(Fraction(first.toordinal()), Fraction(last.toordinal()) if last else None)


def readings(claim: Finding) -> list[Reading]:
    """Every way to read a claim that has what its relation needs.

    Raises ZeroDivisionError where a divisor is printed as zero.
    """
    if claim.relation == "order":
        return [_order(claim.figures)]
    if claim.relation in COUNTING:
        return [_counted(claim)]
    relation, own, operands = CALCULATED[claim.relation], claim.figure, claim.operands
    if not operands:
        return [reading("", meaning(own), None)]
    # From "more than 100" almost anything follows, whatever was rounded.
    bounded = all(None not in (meaning(one).low, meaning(one).high) for one in operands)
    judge = partial(reading, loose=Verdict.BY_ROUNDING if bounded else Verdict.UNDETERMINED)
    if claim.relation == "difference" and own.measure == "change":
        # A signed change is the later figure, the second, less the earlier.
        operands = operands[::-1]
    if claim.relation == "implied_earlier":
        (later,), change = operands, own.value or Decimal(0)
        formula = f"{later.printed} {'+' if change < 0 else '−'} {plain(abs(change))}{own.unit}"
        return [Reading(formula, meaning(later) - meaning(own), Verdict.UNDETERMINED)]
    more = [] if claim.value is None else [Interval.point(Fraction(claim.value))]
    allowed, at_printed = (
        relation.calculate(*map(of, operands), *more) for of in (meaning, printed)
    )
    texts = [one.printed for one in operands]
    formula = relation.formula.format(*texts, all=" + ".join(texts), constant=claim.value)
    if claim.relation == "multiple":
        # 增长N倍 is used for N times as much and for N times more.
        return [
            judge(formula, meaning(own), allowed, at_printed),
            judge(f"{formula} − 1", meaning(own), allowed - ONE, at_printed - ONE),
        ]
    ranged = relation.limit and (own.base_value_to is not None or "/" in (own.date or ""))
    published = printed(own) if ranged else meaning(own)
    return [judge(formula, published, allowed, at_printed, whole=ranged)]


def reading(
    formula: str,
    published: Interval,
    allowed: Interval | None,
    at_printed: Interval | None = None,
    *,
    whole: bool = False,
    loose: Verdict = Verdict.BY_ROUNDING,
) -> Reading:
    """Judge what is published by what the operands allow.

    `allowed` follows from all that they can mean, `at_printed` from their printed values; both are
    None where the source does not print what is needed. With `whole`, all that is published has
    to be allowed, not only a part; `loose` is what only the meanings allow.
    """
    fits = Interval.inside if whole else Interval.meets
    if allowed is None:
        verdict = Verdict.UNDETERMINED
    elif not fits(published, allowed):
        verdict = Verdict.INCONSISTENT
    else:
        exact = at_printed is None or fits(published, at_printed)
        verdict = Verdict.CONSISTENT if exact else loose
    return Reading(formula, allowed or ANY, verdict)


def _counted(claim: Finding) -> Reading:
    """What is named, each once, or without names the operands are counted."""
    named = list(dict.fromkeys(claim.items))
    published, separator = meaning(claim.figure), ", "
    if claim.relation == "count":
        named = named or [one.printed for one in claim.operands]
        counted, separator = Interval.point(len(named)), " + "
    elif claim.relation == "names_some":
        counted = Interval(Fraction(len(named)), None)
    else:
        published, counted = Interval.point(len(named)), Interval.point(len(claim.operands))
    return reading(separator.join(named), published, counted)


def _order(chain: Sequence[Figure]) -> Reading:
    """Each date is no later than those after it; the first pair that contradicts this decides.

    An unknown date leaves the order open, but hides no contradiction between the others.
    """
    formula = " ≤ ".join(one.printed if one.date else one.period or "?" for one in chain)
    known = [days(one) for one in chain]
    wrong = [pair for pair in combinations(known, 2) if pair[1].below(pair[0])]
    before, after = wrong[0] if wrong else known[:2]
    unknown = ANY in known and not wrong
    return reading(formula, before, None if unknown else Interval(None, after.high))
