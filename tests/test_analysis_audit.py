"""The arithmetic of the sources, recomputed from what was printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from figure_builder import figure
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.analysis.audit import audit
from ftz_cli.analysis.findings import Finding
from ftz_cli.model.claims import RELATIONS, Claim, missing_column
from ftz_cli.model.dataset_schema import tables
from ftz_cli.model.figure import Figure


def claimed(relation: str, own: Figure, *operands: Figure, **more: object) -> Finding:
    (finding,) = audit([Claim("X", own, relation, operands, **more)])  # type: ignore[arg-type]
    return finding


def of(printed: str, *, bound: str = "exact", **fields: object) -> Figure:
    """A figure by its printed text, its bound before it: over 208倍."""
    word, _, rest = printed.rpartition(" ")
    return figure("F", rest, word or bound, **fields)


@pytest.mark.parametrize(
    ("relation", "own", "operands", "verdict"),
    [
        ("growth", "73.46%", "585.37亿元 1015.4亿元", "consistent"),
        ("growth", "78.46%", "585.37亿元 1015.4亿元", "inconsistent"),
        ("growth", "-20%", "10万吨 8万吨", "consistent"),
        ("growth", "20%", "10万吨 8万吨", "inconsistent"),
        ("growth", "23%", "2.5万吨 3.0万吨", "consistent-by-rounding"),
        ("multiple", "215倍", "0.11亿元 23.78亿元", "consistent"),
        ("multiple", "over 220倍", "0.11亿元 23.78亿元", "consistent-by-rounding"),
        ("multiple", "208倍", "0.11亿元 23.78亿元", "consistent-by-rounding"),
        ("multiple", "300倍", "0.11亿元 23.78亿元", "inconsistent"),
        ("difference", "5.92小时", "9.07小时 3.15小时", "consistent"),
        ("difference", "5.92小时", "3.15小时 9.07小时", "inconsistent"),
        ("difference", "3个百分点", "78% 75%", "consistent"),
        ("difference", "8天", "2021-05-29 2021-05-21", "consistent"),
        ("share", "25%", "5家 20家", "consistent"),
        ("share", "400%", "5家 20家", "inconsistent"),
        ("part_of", "20家", "23家", "consistent"),
        ("part_of", "26家", "23家", "inconsistent"),
        ("at_most", "10~30家", "30家", "consistent"),
        ("at_most", "10~31家", "30家", "inconsistent"),
        ("at_most", "capped 450家", "450家", "consistent"),
        ("at_most", "over 450家", "450家", "inconsistent"),
        ("at_most", "2021-05-20", "2021-05-21", "consistent"),
        ("at_most", "2021-06", "2021-05-21", "inconsistent"),
        ("within", "15家", "10~30家", "consistent"),
        ("within", "31家", "10~30家", "inconsistent"),
        ("within", "10~31家", "10~30家", "inconsistent"),
        ("mean_at_most", "23.02万吨", "411.53万吨 23家", "consistent"),
        ("mean_at_most", "13.02万吨", "411.53万吨 23家", "inconsistent"),
        ("equal", "2021-05", "2021-05-21", "consistent"),
        ("equal", "2021-06", "2021-05-21", "inconsistent"),
        ("equal", "about 120家", "119家", "consistent"),
        ("sum", "61万吨", "20.1万吨 25.4万吨 15.4万吨", "consistent"),
        ("sum", "61.0万吨", "20万吨 25万吨 15万吨", "consistent-by-rounding"),
        ("sum", "63万吨", "20万吨 25万吨 15万吨", "inconsistent"),
        ("holds_sum", "60家", "20家 25家", "consistent"),
        ("holds_sum", "44家", "20家 25家", "inconsistent"),
        ("holds_sum", "450家", "over 450家", "inconsistent"),
        ("count", "2家", "7亿元 8亿元", "consistent"),
        ("count", "3家", "7亿元 8亿元", "inconsistent"),
    ],
)  # fmt: skip
def test_a_relation_holds_or_not(relation: str, own: str, operands: str, verdict: str) -> None:
    # A bound belongs to the figure behind it.
    parts = operands.replace("over ", "over_").split()
    others = [
        figure(f"F{at}", part.replace("over_", ""), "over" if "over_" in part else "exact")
        for at, part in enumerate(parts)
    ]
    assert claimed(relation, of(own), *others).verdict == verdict


def test_a_signed_change_is_later_minus_earlier() -> None:
    before, after = figure("F1", "9.07小时"), figure("F2", "3.15小时")
    cut = figure("F3", "-5.92小时", measure="change")
    assert claimed("difference", cut, before, after).verdict == "consistent"
    assert claimed("difference", cut, after, before).verdict == "inconsistent"


def test_an_earlier_value_is_implied_and_never_judged() -> None:
    later = figure("F1", "3.15小时")
    for cut in (figure("F2", "-5.92小时", measure="change"), figure("F2", "5.92小时")):
        found = claimed("implied_earlier", cut, later)
        assert (found.verdict, found.readings[0].formula) == ("undetermined", "3.15小时 + 5.92小时")
        assert (found.recomputed.low, found.recomputed.high) == (Fraction("9.06"), Fraction("9.08"))


@pytest.mark.parametrize(
    ("chain", "verdict"),
    [
        ("2010-09 2021-05-21 2021-06 2022", "consistent"),
        ("2021-06 2021-05-21", "inconsistent"),
        ("2021-06 unknown 2021-05-21", "inconsistent"),  # first and last decide
        ("2021-05 unknown 2021-06", "undetermined"),
        ("2021-05 2021-04 unknown", "inconsistent"),
        # Periods with an end: all that 2019/2021 covers can come after 2020, but not after 2022.
        ("2020 2019/2021", "consistent"),
        ("2022 2019/2021", "inconsistent"),
        ("2019/2021 2020", "consistent"),
        ("2021-03/.. 2020", "inconsistent"),
        ("2030 2021-03/..", "consistent"),  # goes on
        ("2022-41 2022-06", "inconsistent"),  # the second half-year, after June
        ("2022-40 2022-06", "consistent"),
    ],
)
def test_dates_and_periods_in_order(chain: str, verdict: str) -> None:
    periods = [None if text == "unknown" else text for text in chain.split()]
    first, *others = (figure(f"F{n}", "1家", period=each) for n, each in enumerate(periods))
    assert claimed("order", first, *others).verdict == verdict


def test_days_of_an_order_are_ordinals() -> None:
    found = claimed("order", figure("F1", "2010-09"), figure("F2", "2021-05-21"))
    assert (found.unit, found.recomputed.low, found.recomputed.high) == ("date", None, 737931)


@pytest.mark.parametrize(
    ("relation", "own", "operands", "items", "verdict"),
    [
        ("count", "3家", 0, "a b c", "consistent"),
        ("count", "3家", 0, "a b b", "inconsistent"),
        ("names_some", "3家", 0, "a b", "consistent"),
        ("names_some", "3家", 0, "a b c d", "inconsistent"),
        ("names_some", "3家", 0, "a b c c", "consistent"),
        ("parts", "4家", 3, "a b c", "consistent"),
        ("parts", "4家", 3, "a b", "inconsistent"),
    ],
)
def test_names_are_counted_once_each(
    relation: str, own: str, operands: int, items: str, verdict: str
) -> None:
    others = [figure(f"F{at}", "1家") for at in range(operands)]
    found = claimed(relation, of(own), *others, items=tuple(items.split()))
    assert found.verdict == verdict


def test_an_operand_named_twice_counts_once() -> None:
    one = figure("F1", "1家")
    assert claimed("count", of("2家"), one, one).verdict == "inconsistent"


def test_a_constant_multiplies_or_is_the_sum() -> None:
    once, twice = figure("F1", "2000万吨"), figure("F2", "4000万吨")
    assert claimed("times", twice, once, value=Decimal(2)).verdict == "consistent"
    assert claimed("times", twice, once, value=Decimal(3)).verdict == "inconsistent"
    assert claimed("times", twice, once, value=Decimal(0)).verdict == "inconsistent"
    parts = [figure(f"F{n}", f"{n}家") for n in (4, 3, 3)]
    assert claimed("sum", parts[0], *parts, value=Decimal(10)).verdict == "consistent"
    assert claimed("sum", parts[0], *parts, value=Decimal(9)).verdict == "inconsistent"


def test_both_readings_of_a_multiple_are_computed_and_the_kinder_decides() -> None:
    found = claimed("multiple", of("215倍"), figure("F1", "0.11亿元"), figure("F2", "23.78亿元"))
    assert [str(reading.name) for reading in found.readings] == [
        "grown to so many times",
        "grown by so many times",
    ]
    assert [reading.verdict.value for reading in found.readings] == [
        "consistent-by-rounding",
        "consistent",
    ]
    assert found.recomputed == found.readings[1].recomputed


def test_a_divisor_of_zero_leaves_it_undetermined() -> None:
    found = claimed("growth", of("20%"), figure("F1", "0家"), figure("F2", "5家"))
    assert (found.verdict, str(found.why)) == ("undetermined", "The divisor is printed as zero")


@pytest.mark.parametrize(
    ("relation", "own", "operands"),
    [
        ("growth", "20%", "5亿元 6家"), ("growth", "20%", "2019 2021"), ("growth", "20家", "5家 6家"),
        ("implied_earlier", "5小时", "2021-05"), ("implied_earlier", "2021-05", "2021-06"),
        ("sum", "20%", "5亿元 6亿元"), ("multiple", "20%", "5家 6家"), ("share", "20%", "5家 6亿元"),
        ("difference", "2021-05", "2021-06 2021-07"), ("count", "5亿元", "5家 6家"),
        ("equal", "5亿元", "2021-05"), ("at_most", "2021-05", "5家"), ("within", "5家", "6亿元"),
        ("mean_at_most", "5万吨", "9万吨 3万吨"), ("part_of", "2021-05", "2021-06"),
        ("times", "5位", "5位"),
    ],
)  # fmt: skip
def test_units_that_do_not_fit_are_never_held_together(
    relation: str, own: str, operands: str
) -> None:
    others = [figure(f"F{at}", part) for at, part in enumerate(operands.split())]
    found = claimed(relation, of(own), *others, value=Decimal(2))
    assert (found.verdict, str(found.why)) == ("undetermined", "The units do not fit the relation")


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_a_claim_without_what_it_needs_is_undetermined(relation: str) -> None:
    for count in range(4):
        if missing_column(relation, count, value=False, items=False) is None:
            continue
        found = claimed(relation, of("20%"), *[figure("F1", "5家")] * count)
        assert (found.verdict, str(found.why)) == ("undetermined", "What it needs is not printed")


def test_every_relation_of_the_schema_is_known() -> None:
    column = tables()["claims"].columns[tables()["claims"].at["relation"]]
    assert set(column.enum) == set(RELATIONS)


amounts = st.decimals(min_value=Decimal("0.5"), max_value=Decimal(10**6), places=4)


@given(amounts, amounts, st.integers(0, 3), st.integers(0, 2))
def test_honest_rounding_is_never_inconsistent(
    before: Decimal, after: Decimal, places: int, shown: int
) -> None:
    """Whatever is rounded for print, levels and growth of true values stay consistent."""

    def rounded(value: Decimal, digits: int) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)

    printed = [rounded(value, places) for value in (before, after)]
    growth = rounded((after / before - 1) * 100, shown)
    if 0 in printed or not growth:
        return  # a printed zero is a stated zero
    found = claimed("growth", of(f"{growth}%"), *(figure("F", f"{value}亿元") for value in printed))
    assert found.verdict in ("consistent", "consistent-by-rounding")
