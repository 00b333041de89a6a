"""What a quantity means: its value lies within, more printed digits say more, falls mirror."""

from __future__ import annotations

from decimal import Decimal

import pytest
from cases import cases
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import READER, UNITS

from ftz_cli.quantities.edtf import span
from ftz_cli.quantities.quantity import SHARE_ENDS, Bound, CannotRead, Ends, Quantity
from ftz_cli.quantities.units import DATE

NAMES = ["元", "亿元", "家", "万家", "%", "位", "吨级", "℃", "小时", "倍"]
VALUES = st.builds(
    lambda whole, places: Decimal(whole).scaleb(-places), st.integers(-(10**6), 10**9),
    st.integers(0, 4),
)  # fmt: skip
BOUNDS = st.sampled_from([bound for bound in Bound if bound is not Bound.RANGE])
QUANTITIES = st.builds(
    Quantity, VALUES, st.sampled_from(NAMES).map(UNITS.__getitem__), BOUNDS, capped=st.booleans()
)


@given(QUANTITIES)
def test_a_value_lies_in_its_interval(said: Quantity) -> None:
    ends = said.ends
    assert ends.low is None or ends.low <= said.base_value  # type: ignore[operator]
    assert ends.high is None or said.base_value <= ends.high  # type: ignore[operator]
    # A mark that was passed, or not reached, is itself left out.
    assert (ends.low_open, ends.high_open) == {
        Bound.OVER: (not said.capped, said.capped), Bound.NEARLY: (False, True),
        Bound.UNDER: (False, True),
    }.get(said.bound, (False, False))  # fmt: skip


@given(QUANTITIES, st.integers(1, 4))
def test_more_printed_digits_never_widen_the_interval(said: Quantity, more: int) -> None:
    assert isinstance(said.value, Decimal)
    exponent = said.value.as_tuple().exponent
    assert isinstance(exponent, int)
    finer = said.value.quantize(Decimal(1).scaleb(exponent - more))
    wide, narrow = said.ends, Quantity(finer, said.unit, said.bound, capped=said.capped).ends
    assert wide.low is None or (narrow.low is not None and wide.low <= narrow.low)
    assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
    if said.bound is Bound.EXACT and said.unit.kind == "share" and said.value:
        assert narrow.high - narrow.low < wide.high - wide.low  # type: ignore[operator]


@given(QUANTITIES)
def test_a_fall_is_the_mirror_image_and_back_again_the_same(said: Quantity) -> None:
    fall, ends = -said, said.ends
    mirrored = fall.ends
    assert fall.value == -said.value  # type: ignore[operator]
    assert fall.bound is said.bound
    assert (mirrored.low, mirrored.high) == (
        None if ends.high is None else -ends.high,  # type: ignore[operator]
        None if ends.low is None else -ends.low,  # type: ignore[operator]
    )
    assert (mirrored.low_open, mirrored.high_open) == (ends.high_open, ends.low_open)
    assert -fall == said


@given(st.integers(-(10**23), 10**23), st.sampled_from(NAMES), st.integers(0, 24))
def test_no_digit_is_lost_on_the_way_to_the_base_unit(whole: int, name: str, places: int) -> None:
    unit = UNITS[name]
    value = Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))
    base = Quantity(value, unit).base_value
    assert isinstance(base, Decimal)
    ratio, factor = base.as_integer_ratio(), unit.factor.as_integer_ratio()
    assert ratio[0] * factor[1] * 10**places == whole * factor[0] * ratio[1]


@pytest.mark.parametrize(("printed", "low", "high"), cases("test_the_rules_of_the_interval"))
def test_the_rules_of_the_interval(printed: str, low: str, high: str) -> None:
    ends = READER.read(printed).ends

    assert (ends.low, ends.high) == tuple(Decimal(end) if end else None for end in (low, high))


def test_a_fall_by_more_than_three_per_cent_is_less_than_minus_three() -> None:
    assert (-READER.read("超过3%")).ends == Ends(None, Decimal(-3), high_open=True)
    assert (-READER.read("3至5%")).value == -5


def test_a_share_stays_within_its_ends() -> None:
    assert READER.read("99%以上").ends.within(*SHARE_ENDS) == Ends(Decimal(99), Decimal(100))
    over = READER.read("超过85%").ends.within(*SHARE_ENDS)
    assert over == Ends(Decimal(85), Decimal(100), low_open=True)
    assert READER.read("近1%").ends.within(*SHARE_ENDS).low == 0


@pytest.mark.parametrize(
    "text", ["2021-00", "2021-05-00", "2021-02-30", "soon", "", "1-2-3-4", "2021-42"]
)
def test_a_day_that_is_not_is_refused(text: str) -> None:
    with pytest.raises(CannotRead, match=f"^no such date: {text}$"):
        _ = Quantity(text, DATE).ends


@pytest.mark.parametrize(
    ("printed", "edtf", "first", "last"), cases("test_a_date_is_edtf_and_spans_days")
)
def test_a_date_is_edtf_and_spans_days(printed: str, edtf: str, first: str, last: str) -> None:
    said = READER.read(printed)
    assert said.edtf == edtf
    assert [str(day) for day in span(edtf)] == [first, last]
    assert READER.read("5家").edtf is None


def test_a_scale_may_stand_before_any_unit_and_units_make_rates() -> None:
    assert UNITS["万亿元"].factor == 10**12
    assert UNITS["兆元"].factor == 10**12
    assert UNITS["个小时"] == UNITS["小时"]
    assert UNITS["billion yuan"].id == "十亿元"
    # A kilogram holds a thousandth of a tonne: 1 元/公斤 is 1000 元/吨.
    assert (UNITS["元/公斤"].base, UNITS["元/公斤"].factor) == ("CNY/t", 1000)
    assert UNITS["件/万人"].factor * 10**4 == 1
    assert UNITS.find("万元元") is None
    assert UNITS.find("") is None
    with pytest.raises(KeyError):
        UNITS["没有"]


@pytest.mark.parametrize(
    ("printed", "low", "high"), cases("test_a_fraction_is_near_to_a_tenth_of_it")
)
def test_a_fraction_is_near_to_a_tenth_of_it(printed: str, low: str, high: str) -> None:
    ends = READER.read(printed).ends
    assert (ends.low, ends.high) == (Decimal(low), Decimal(high) if high else None)
