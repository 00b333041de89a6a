"""Interval arithmetic against brute force over points."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ftz_cli.quantities.interval import Interval

ENDS = st.one_of(st.none(), st.integers(-6, 6).map(lambda n: Fraction(n, 2)))
BIG = 10**6
TINY = Fraction(1, 10**6)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    low_open, high_open = draw(st.booleans()), draw(st.booleans())
    if low is not None and low == high:
        low_open = high_open = False  # an interval is never empty
    return Interval(low, high, low_open, high_open)


def holds(interval: Interval, value: Fraction | int) -> bool:
    return Interval.point(value).inside(interval)


def points(interval: Interval) -> list[Fraction]:
    """Numbers of an interval: at its ends or just inside, in between, and far out."""
    low = interval.low if interval.low is not None else Fraction(-BIG)
    high = interval.high if interval.high is not None else Fraction(BIG)
    inside = [low, low + TINY, Fraction(0), Fraction(1), Fraction(-1), (low + high) / 2,
              high - TINY, high]  # fmt: skip
    return [point for point in inside if holds(interval, point)]


OPERATIONS = {
    "+": (lambda a, b: a + b),
    "-": (lambda a, b: a - b),
    "*": (lambda a, b: a * b),
    "/": (lambda a, b: a / b),
}


@pytest.mark.parametrize("sign", OPERATIONS)
@given(a=intervals(), b=intervals())
def test_what_two_points_make_lies_in_what_their_intervals_make(
    sign: str, a: Interval, b: Interval
) -> None:
    operate = OPERATIONS[sign]
    assume(sign != "/" or (b.low, b.high) != (0, 0))
    made = operate(a, b)
    for x in points(a):
        for y in points(b):
            if sign != "/" or y:
                assert holds(made, operate(x, y)), (x, y)


@pytest.mark.parametrize("sign", OPERATIONS)
@given(a=intervals(), b=intervals())
def test_no_end_lies_further_out_than_points_come(sign: str, a: Interval, b: Interval) -> None:
    operate = OPERATIONS[sign]
    assume(sign != "/" or not holds(b, 0))
    made = operate(a, b)
    reached = [operate(x, y) for x in points(a) for y in points(b) if sign != "/" or y]
    near = Fraction(1, 100)
    if made.low is not None:
        assert min(reached) - made.low < near
        assert made.low_open or made.low in reached, "a held end is reached by some two points"
    else:
        assert min(reached) < -BIG / 10
    if made.high is not None:
        assert made.high - max(reached) < near
        assert made.high_open or made.high in reached
    else:
        assert max(reached) > BIG / 10


@given(a=intervals(), b=intervals())
def test_below_and_meets_agree_with_points(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)
    if a.below(b):
        assert all(x < y for x in points(a) for y in points(b))
    elif not b.below(a):
        shared = [*points(a), *points(b), *_between(a, b)]
        assert any(holds(a, point) and holds(b, point) for point in shared)
    near = (*points(a), *_between(a, a), *_between(a, b))
    assert a.inside(b) == all(holds(b, point) for point in near if holds(a, point))


def _between(a: Interval, b: Interval) -> list[Fraction]:
    ends = sorted(end for end in (a.low, a.high, b.low, b.high) if end is not None)
    return [(x + y) / 2 for x in ends for y in ends] + [e + d for e in ends for d in (-TINY, TINY)]


def test_dividing_by_nothing_but_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError, match="the divisor is zero"):
        Interval.point(1) / Interval.point(0)


def test_dividing_by_what_zero_lies_within_says_nothing() -> None:
    assert Interval.point(1) / Interval(Fraction(-1), Fraction(1)) == Interval(None, None)


def test_growth_of_two_rounded_amounts() -> None:
    # 585.37亿 to 1015.4亿, each known to half of its last digit.
    before = Interval(Fraction("585.365"), Fraction("585.375"))
    after = Interval(Fraction("1015.35"), Fraction("1015.45"))
    growth = (after / before - Interval.point(1)) * Interval.point(100)
    assert growth.low is not None
    assert growth.high is not None
    assert (round(float(growth.low), 3), round(float(growth.high), 3)) == (73.453, 73.473)
    assert holds(growth, Fraction("73.46"))
