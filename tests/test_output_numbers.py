"""How quantities, intervals and periods read: exact, in both languages, no digit lost or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import FIGURES, READER, figure

from ftz_cli.language import use_language
from ftz_cli.model.figure import Figure
from ftz_cli.output.bars import bars, cells_of
from ftz_cli.output.numbers import Notation, interval_text, meaning
from ftz_cli.output.periods import date_text, period_text
from ftz_cli.quantities import Bound, Interval, Quantity, Unit


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


def read(printed: str, measure: str = "level", fall: bool = False) -> Figure:
    return figure("X", "yantai", "trade", printed, measure=measure, fall=fall)


@pytest.mark.parametrize(
    ("printed", "en", "zh"),
    [
        ("700余个", "700 to < 800", "700至不足800个"),
        ("超过85%", "> 85%", "超过85%"),
        ("四方", "4", "4方"),
        ("不足1年", "< 1 year", "不足1年"),
        ("7235万元", "CNY 72.35 ± 0.005 million", "7235万 ± 0.5万元"),
        ("11.61亿元", "CNY 1.161 ± 0.0005 billion", "11.61亿 ± 0.005亿元"),
        ("超过100万元", "> CNY 1 million", "超过100万元"),
        ("15万至20万单", "150,000 to 200,000", "15万至20万单"),
        ("3.15小时", "3.15 ± 0.005 hours", "3.15 ± 0.005小时"),
        ("10天内", "≤ 10 days", "不超过10天"),
        ("1015.4亿元", "CNY 101.54 ± 0.005 billion", "1015.4亿 ± 0.05亿元"),
        ("0.11亿元", "CNY 11 ± 0.5 million", "1100万 ± 50万元"),
        ("208多倍", "208 to < 209 times", "208至不足209倍"),
        ("近1.5亿元", "CNY 140 to < 150 million", "1.4亿至不足1.5亿元"),
        ("30万吨级", "300,000 tonne class", "30万吨级"),
        ("约3千米", "3 ± 1 kilometres", "3 ± 1千米"),
        ("10万至30万吨级", "100,000 to 300,000 tonne class", "10万至30万吨级"),
        ("2000万吨", "20.00 ± 0.005 million tonnes", "2000万 ± 0.5万吨"),
        ("16.70亿元", "CNY 1.670 ± 0.0005 billion", "16.70亿 ± 0.005亿元"),
        ("1.7万亿元", "CNY 1.7 ± 0.05 trillion", "1.7万亿 ± 0.05万亿元"),
        ("73.46%", "73.46 ± 0.005%", "73.46% ± 0.005%"),
        ("2021年5月21日", "21 May 2021", "2021年5月21日"),
        ("2022年3月", "Mar 2022", "2022年3月"),
    ],
)
def test_meaning(printed: str, en: str, zh: str) -> None:
    assert both(lambda: meaning(read(printed))) == (en, zh)


@pytest.mark.parametrize(
    ("printed", "measure", "fall", "en", "zh"),
    [
        ("31%", "growth", True, "-31 ± 0.5%", "-31% ± 0.5%"),
        ("超过3%", "growth", True, "< -3%", "不足-3%"),
        ("5.92小时", "change", True, "-5.92 ± 0.005 hours", "-5.92 ± 0.005小时"),
        ("第一位", "rank", False, "rank 1", "第1位"),
        ("前五位", "rank", False, "rank 1 to 5", "第1至5位"),
    ],
)
def test_meaning_of_other_measures(
    printed: str, measure: str, fall: bool, en: str, zh: str
) -> None:
    assert both(lambda: meaning(read(printed, measure, fall))) == (en, zh)


@pytest.mark.parametrize(
    ("unit", "unit_en", "power", "value", "zh"),
    [
        ("十亿元", "billion yuan", 9, "1.7", "17亿 ± 0.5亿元"),
        ("万亿元", "trillion yuan", 12, "4.7", "4.7万亿 ± 0.05万亿元"),
        ("百万吨", "million tonnes", 6, "12.5", "1250万 ± 5万吨"),
    ],
)
def test_chinese_reads_english_scales_its_own_way(
    unit: str, unit_en: str, power: int, value: str, zh: str
) -> None:
    kind = "money" if unit.endswith("元") else "mass"
    said = Quantity(Decimal(value), Unit(unit, "CNY", Decimal(10) ** power, kind))
    ends = said.ends
    base = {"unit": unit, "unit_zh": unit, "unit_en": unit_en, "unit_kind": kind, "bound": "exact"}
    one = replace(
        FIGURES[0], value=said.value, base_value=said.base_value, factor=said.unit.factor,
        low=ends.low, high=ends.high, **base,
    )  # fmt: skip
    assert both(lambda: meaning(one))[1] == zh


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


@given(
    values,
    st.sampled_from(["元", "万元", "亿元"]),
    st.sampled_from(Bound),
    st.booleans(),
    st.booleans(),
)
def test_meaning_is_exactly_the_interval(
    value: Decimal, unit: str, bound: Bound, capped: bool, fall: bool
) -> None:
    money = READER.read(f"1{unit}").unit
    to = Decimal(f"{value * 2:f}") if bound is Bound.RANGE else None
    said = Quantity(Decimal(f"{value:f}"), money, bound, to, capped)
    said = -said if fall else said
    ends = said.ends
    one = replace(
        FIGURES[0], value=said.value, value_to=said.value_to, unit_zh=unit, unit_en=money.name_en,
        base_value=said.base_value, factor=money.factor, low=ends.low, high=ends.high,
        low_open=ends.low_open, high_open=ends.high_open, bound=str(bound),
    )  # fmt: skip
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


@pytest.mark.parametrize(
    ("period", "kind", "base", "en", "zh"),
    [
        ("2021", "during", None, "2021", "2021年"),
        ("2021", "since", None, "since 2021", "2021年以来"),
        ("2022-07-20", "cumulative", None, "total to 20 July 2022", "截至2022年7月20日累计"),
        ("2022-07-20", "as_of", None, "as of 20 July 2022", "截至2022年7月20日"),
        ("2022-40", "during", None, "H1 2022", "2022年上半年"),
        ("2022-33", "during", None, "Q1 2022", "2022年一季度"),
        ("2021/..", "since", None, "since 2021", "2021年以来"),
        ("2019/2021", "during", None, "2019 – 2021", "2019年至2021年"),
        ("2021-01/2021-09", "during", None, "Jan – Sept 2021", "2021年1月至9月"),
        ("2020-11/2021-03", "during", None, "Nov 2020 – Mar 2021", "2020年11月至2021年3月"),
        ("2021", "during", "2019", "2019 → 2021", "2019年 → 2021年"),
        ("2023-33", "during", "2022-33", "Q1 2022 → 2023", "2022年 → 2023年一季度"),
        ("2021-01/2021-09", "during", "2020-01/2020-09", "Jan – Sept 2020 → 2021",
         "2020年 → 2021年1月至9月"),
        ("2021-05", "during", "2020", "2020 → May 2021", "2020年 → 2021年5月"),
        (None, "cumulative", None, "total, undated", "累计，时期未注明"),
        (None, "undated", None, "undated", "时期未注明"),
    ],
)  # fmt: skip
def test_period(period: str | None, kind: str, base: str | None, en: str, zh: str) -> None:
    assert both(lambda: period_text(period, kind, base)) == (en, zh)


def test_what_is_no_date_stays_as_it_is() -> None:
    assert [date_text(text) for text in ("soon", "2021-13", "2022-21")] == [
        "soon",
        "2021-13",
        "2022-21",
    ]


@given(st.lists(st.fractions(0, 100), min_size=1), st.integers(1, 40))
def test_a_bar_is_exact_to_an_eighth(values: list[Fraction], width: int) -> None:
    for value, bar in zip(values, bars(values, width), strict=True):
        exact = value * width / max(values) if max(values) else 0
        assert exact - Fraction(1, 8) < Fraction(cells_of(bar)) <= max(exact, Fraction(1, 8))
        assert bool(bar) == bool(value)


def test_there_are_no_bars_below_zero() -> None:
    assert bars([Fraction(-1), Fraction(4)], 8) == ["", ""]
