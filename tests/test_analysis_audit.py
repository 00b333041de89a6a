"""The arithmetic of the sources, recomputed from what was printed."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from cases import cases
from figure_builder import figure
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.analysis.audit import judged
from ftz_cli.analysis.relations import CALCULATED, COUNTING, readings, units_fit, wrong_column
from ftz_cli.model.claims import Finding
from ftz_cli.model.dataset_schema import tables
from ftz_cli.model.figure import Figure


def claimed(relation: str, own: Figure, *operands: Figure, **more: object) -> Finding:
    finding = judged(Finding("X", own, relation, operands, **more))  # type: ignore[arg-type]
    return finding


def bounded(id: str, printed: str, **fields: object) -> Figure:
    """A figure whose bound stands before its number: over 208倍."""
    bound, _, number = printed.rpartition(" ")
    return figure(id, number, bound or "exact", **fields)


def listed(cell: str) -> list[str]:
    return [part for part in cell.split("; ") if part]


# Relation, figure, operands, names and verdict; of an order, the periods instead of the figures.
with (Path(__file__).parent / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
    CLAIMS = [*csv.DictReader(file)]


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: "-".join(row.values()))
def test_a_relation_holds_or_not(row: dict[str, str]) -> None:
    parts = [row["figure"], *listed(row["operands"])]
    if row["relation"] == "order":
        periods = [None if part == "unknown" else part for part in parts]
        own, *others = (figure(f"F{n}", "1家", period=each) for n, each in enumerate(periods))
    else:
        own, *others = (bounded(f"F{n}", part) for n, part in enumerate(parts))
    value = Decimal(2) if row["relation"] == "times" else None
    if row["verdict"] == "units do not fit":
        assert not units_fit(row["relation"], *(one.base_unit for one in (own, *others)))
        return
    found = claimed(row["relation"], own, *others, items=tuple(listed(row["items"])), value=value)
    assert found.verdict == row["verdict"]


def test_a_signed_change_is_later_minus_earlier() -> None:
    before, after = figure("F1", "9.07小时"), figure("F2", "3.15小时")
    cut = figure("F3", "-5.92小时", measure="change")
    assert claimed("difference", cut, before, after).verdict == "consistent"
    assert claimed("difference", cut, after, before).verdict == "inconsistent"


def test_an_earlier_value_is_implied_and_never_judged() -> None:
    later = figure("F1", "3.15小时")
    found = claimed("implied_earlier", figure("F2", "-5.92小时", measure="change"), later)
    assert (found.verdict, found.formula) == ("undetermined", "3.15小时 − (-5.92小时)")
    assert (found.recomputed.low, found.recomputed.high) == (Fraction("9.06"), Fraction("9.08"))


def test_days_of_an_order_are_ordinals() -> None:
    found = claimed("order", figure("F1", "2010-09"), figure("F2", "2021-05-21"))
    assert (found.unit, found.recomputed.low, found.recomputed.high) == ("date", None, 737931)


def test_a_constant_multiplies() -> None:
    once, twice = figure("F1", "2000万吨"), figure("F2", "4000万吨")
    assert claimed("times", twice, once, value=Decimal(2)).verdict == "consistent"
    assert claimed("times", twice, once, value=Decimal(3)).verdict == "inconsistent"
    assert claimed("times", twice, once, value=Decimal(0)).verdict == "inconsistent"


def test_both_readings_of_a_multiple_are_computed_and_the_kinder_decides() -> None:
    found = claimed(
        "multiple", bounded("F", "215倍"), figure("F1", "0.11亿元"), figure("F2", "23.78亿元")
    )
    times, more = readings(found)
    assert (times.formula, times.verdict) == ("23.78亿元 ÷ 0.11亿元", "consistent-by-rounding")
    assert (more.formula, more.verdict) == ("23.78亿元 ÷ 0.11亿元 − 1", "consistent")
    assert found == more._replace(why=found.why)


def test_a_divisor_of_zero_leaves_it_undetermined() -> None:
    found = claimed("growth", bounded("F", "20%"), figure("F1", "0家"), figure("F2", "5家"))
    assert (found.verdict, str(found.why)) == ("undetermined", "The divisor is printed as zero")


@pytest.mark.parametrize(
    ("relation", "operands", "value", "items", "wrong"),
    cases("test_a_claim_fills_what_its_relation_takes_and_nothing_else"),
)
def test_a_claim_fills_what_its_relation_takes_and_nothing_else(
    relation: str, operands: str, value: str, items: str, wrong: str
) -> None:
    assert (wrong_column(relation, operands, bool(value), bool(items)) or "") == wrong


def test_every_relation_of_the_schema_is_known() -> None:
    assert {*tables()["claims"].words("relation")} == {*CALCULATED, *COUNTING, "order"}


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
    found = claimed(
        "growth",
        bounded("F", f"{growth}%"),
        *(figure(f"F{at}", f"{value}亿元") for at, value in enumerate(printed)),
    )
    assert found.verdict in ("consistent", "consistent-by-rounding")
