"""What a quantity means: its value lies within, and more printed digits say more."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.dataset import Dataset
from ftz_cli.edtf import period_exists
from ftz_cli.errors import CannotRead
from ftz_cli.quantity import Bound, Quantity, Unit, date_span

UNITS = [
    Unit("元", "CNY", Decimal(1), "money", Decimal(0)),
    Unit("亿元", "CNY", Decimal(10**8), "money", Decimal(0)),
    Unit("家", "count", Decimal(1), "count", Decimal(0)),
    Unit("万家", "count", Decimal(10**4), "count", Decimal(0)),
    Unit("%", "%", Decimal(1), "share"),
    Unit("公斤", "t", Decimal("0.001"), "mass", Decimal(0)),
    Unit("位", "rank", Decimal(1), "rank", Decimal(1)),
]
VALUES = st.builds(
    lambda whole, places: Decimal(whole).scaleb(-places),
    st.integers(-(10**12), 10**12), st.integers(-6, 8),
)  # fmt: skip
BOUNDS = st.sampled_from([bound for bound in Bound if bound is not Bound.RANGE])


@given(VALUES, st.sampled_from(UNITS), BOUNDS, st.booleans())
def test_a_value_lies_in_its_interval(
    value: Decimal, unit: Unit, bound: Bound, capped: bool
) -> None:
    said = Quantity(value, unit, bound, capped=capped)
    ends = said.ends
    assert ends.low is None or ends.low <= said.base_value  # type: ignore[operator]
    assert ends.high is None or said.base_value <= ends.high  # type: ignore[operator]
    # A mark that was passed, or not reached, is itself left out.
    assert (ends.low_open, ends.high_open) == {
        Bound.OVER: (not capped, capped), Bound.NEARLY: (False, True), Bound.UNDER: (False, True),
    }.get(bound, (False, False))  # fmt: skip


@given(VALUES, st.integers(1, 4), st.sampled_from(UNITS), BOUNDS)
def test_more_printed_digits_never_widen_the_interval(
    value: Decimal, more: int, unit: Unit, bound: Bound
) -> None:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    finer = value.quantize(Decimal(1).scaleb(exponent - more))
    wide, narrow = Quantity(value, unit, bound).ends, Quantity(finer, unit, bound).ends
    assert wide.low is None or (narrow.low is not None and wide.low <= narrow.low)
    assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
    if bound is Bound.EXACT and unit.kind == "share" and value:
        assert narrow.high - narrow.low < wide.high - wide.low  # type: ignore[operator]


@given(
    st.integers(-(10**23), 10**23), st.sampled_from(UNITS), st.integers(0, 24)
)  # fmt: skip
def test_no_digit_is_lost_on_the_way_to_the_base_unit(whole: int, unit: Unit, places: int) -> None:
    value = Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))
    base = Quantity(value, unit).base_value
    assert isinstance(base, Decimal)
    ratio = base.as_integer_ratio()
    factor = unit.factor.as_integer_ratio()
    assert ratio[0] * factor[1] * 10**places == whole * factor[0] * ratio[1]


@pytest.mark.parametrize("text", ["2021", "2021-05", "2021-05-21", "2022-40", "2022-33",
                                  "2019/2021", "2021-03/..", "2020-02-29", "2021-05/2021"])  # fmt: skip
def test_periods_that_exist(text: str) -> None:
    assert period_exists(text)


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-00", "2021-05-00", "2021-13", "2021-02-29", "2021-42", "2021/2019",
     "2021-06/2021-05", "2021-05-21/2021-05-20", "0000", "２０２１", "2021\n", "../2021",
     "2021/", "2021/2022/2023", "2021-5-1"],
)  # fmt: skip
def test_periods_that_do_not(text: str) -> None:
    assert not period_exists(text)


@pytest.mark.parametrize("text", ["2021-00", "2021-05-00", "2021-02-30", "soon", "", "1-2-3-4"])
def test_a_day_that_is_not_is_refused(text: str) -> None:
    with pytest.raises(CannotRead, match=f"^no such date: {text}$"):
        date_span(text)


def test_a_scale_may_stand_before_any_unit(bundled: Dataset) -> None:
    units = bundled.units
    assert units["万亿元"].factor == 10**12
    assert units["千万家"].factor == 10**7
    assert units["元/吨"].base == "CNY/t"
    assert units.find("万元元") is None
    assert units.find("") is None
    assert units.scaled("万", units["家"]) == units["万家"]
