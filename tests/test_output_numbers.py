"""How quantities, intervals and periods read: exact, in both languages, no digit lost or invented."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import FIGURES, READER
from test_output_goldens import GOLDEN

from ftz_cli.language import use_language
from ftz_cli.language.periods import date_text, period_text
from ftz_cli.model.figure import Figure
from ftz_cli.output.bars import bars, cells_of
from ftz_cli.output.numbers import Notation, interval_text, meaning
from ftz_cli.quantities.interval import Interval
from ftz_cli.quantities.quantity import SHARE_ENDS, Bound, Quantity


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def both(text: object) -> tuple[str, str]:
    """What a function gives in English and in Chinese."""
    assert callable(text)
    said = []
    for lang in ("en", "zh"):
        use_language(lang)
        said.append(text())
    return said[0], said[1]


def cases(name: str) -> list[list[str]]:
    """The rows of a table of cases."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def figure(said: Quantity) -> Figure:
    """A figure that prints this quantity."""
    number, ends, unit = None if said.edtf else said, said.ends, said.unit
    if unit.kind == "share" and not said.mirrored:
        ends = ends.within(*SHARE_ENDS)
    return FIGURES[0]._replace(
        value=number and number.value, base_value=number and number.base_value,
        value_to=said.value_to, date=said.edtf, low=ends.low, high=ends.high, low_open=ends.low_open,
        high_open=ends.high_open, bound=str(said.bound), unit_zh=unit.id, unit_en=unit.name_en,
        unit_kind=unit.kind, base_unit=unit.base, factor=unit.factor,
    )  # fmt: skip


def read(printed: str) -> Figure:
    said = READER.read(printed.removeprefix("缩短"), 2022)
    return figure(said if said.edtf or printed[0] != "缩" else -said)


@pytest.mark.parametrize(("printed", "en", "zh"), cases("meanings"))
def test_meaning(printed: str, en: str, zh: str) -> None:
    assert both(lambda: meaning(read(printed))) == (en, zh)


POWERS = {"": 0, "万": 4, "亿": 8, "万亿": 12, "million": 6, "billion": 9, "trillion": 12}


def numbers(text: str) -> list[Decimal]:
    """The numbers of a text in base units, by rules of this test's own."""
    found = re.findall(r"(-?[\d,.]+)(万亿|万|亿| million| billion| trillion)?", text)
    last = next((scale for _, scale in reversed(found) if scale), "")
    return [
        Decimal(digits.replace(",", "")).scaleb(POWERS[(scale or last).strip()])
        for digits, scale in found
    ]


values = st.decimals(min_value="0.001", max_value="99999999", places=3).map(
    lambda value: value.normalize() if value == value.to_integral() else value
)


@given(values, st.sampled_from(["元", "万元"]), st.sampled_from(Bound), *[st.booleans()] * 2)
def test_meaning_is_exactly_the_interval(
    value: Decimal, unit: str, bound: Bound, capped: bool, fall: bool
) -> None:
    money = READER.read(f"1{unit}").unit
    to = Decimal(f"{value * 2:f}") if bound is Bound.RANGE else None
    said = Quantity(Decimal(f"{value:f}"), money, bound, to, capped)
    said = -said if fall else said
    one, ends = figure(said), said.ends
    for text in both(lambda: meaning(one)):
        shown = numbers(text)
        if "±" in text:
            middle, half = shown
            assert (middle - half, middle + half) == (ends.low, ends.high)
        else:
            expected = [end for end in dict.fromkeys((ends.low, ends.high)) if end is not None]
            # A lower end of zero goes without saying.
            assert shown in (expected, [end for end in expected if end])


YUAN = read("1万元")


@pytest.mark.parametrize(
    ("low", "high", "opens", "en", "zh"),
    [
        (Fraction(1160500000, 496), Fraction(1161500000, 496), (False, False),
         "CNY 2.3397 to 2.3418 million", "233.97万至234.18万元"),
        (Fraction(1400000, 3), Fraction(750000), (True, True),
         "CNY 466,660 to < 750,000", "46.666万至不足75万元"),
        (Fraction(5), None, (True, False), "> CNY 5", "超过5元"),
        (Fraction(5), Fraction(5), (False, False), "CNY 5", "5元"),
        (None, None, (False, False), "anything", "无从限定"),
    ],
)  # fmt: skip
def test_quotients_are_rounded_outwards(
    low: Fraction | None, high: Fraction | None, opens: tuple[bool, bool], en: str, zh: str
) -> None:
    said = both(lambda: interval_text(Interval(low, high, *opens), Notation.of(YUAN)))
    assert said[0] == en
    assert said[1].replace("万至", "至") == zh.replace("万至", "至")


ends_of = st.fractions(min_value=Fraction(1, 900), max_value=10**9, max_denominator=997)


@given(ends_of, ends_of)
def test_a_rounded_interval_holds_the_true_one(one: Fraction, two: Fraction) -> None:
    low, high = min(one, two), max(one, two)
    for text in both(lambda: interval_text(Interval(low, high), Notation.of(YUAN))):
        shown = [Fraction(number) for number in numbers(text)]
        assert low * Fraction(999, 1000) <= shown[0] <= low
        assert high <= shown[-1] <= high * Fraction(1001, 1000)


@pytest.mark.parametrize(("period", "kind", "base", "en", "zh"), cases("periods"))
def test_period(period: str, kind: str, base: str, en: str, zh: str) -> None:
    assert both(lambda: period_text(period, kind, base)) == (en, zh)


def test_what_is_no_date_stays_as_it_is() -> None:
    undated = ["soon", "2021-13", "2022-21"]
    assert [date_text(text) for text in undated] == undated


@given(st.lists(st.fractions(0, 100), min_size=1), st.integers(1, 40))
def test_a_bar_is_exact_to_an_eighth(values: list[Fraction], width: int) -> None:
    for value, bar in zip(values, bars(values, width), strict=True):
        exact = value * width / max(values) if max(values) else 0
        assert exact - Fraction(1, 8) < Fraction(cells_of(bar)) <= max(exact, Fraction(1, 8))
        assert bool(bar) == bool(value)


def test_there_are_no_bars_below_zero() -> None:
    assert bars([Fraction(-1), Fraction(4)], 8) == ["", ""]
