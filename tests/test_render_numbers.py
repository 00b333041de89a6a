"""How quantities and periods read: exact, in both languages, no digit lost or invented."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import samples

from ftz_cli.interval import Interval
from ftz_cli.quantity import Bound, Unit, meaning
from ftz_cli.render import numbers
from ftz_cli.render.bars import bar
from ftz_cli.render.numbers import Measure, headline, recomputed, value_text
from ftz_cli.render.periods import date_text, period_text

CNY = Measure.in_base("CNY", "万元", Decimal(10000), "en")
YUAN = Measure.in_base("CNY", "万元", Decimal(10000), "zh")


@pytest.mark.parametrize(
    ("id", "en", "zh"),
    [
        ("F001", "9", "9省"),
        ("F006", "700 to < 800", "700至不足800个"),
        ("F008", "> 85%", "超过85%"),
        ("F012", "0", "0起"),
        ("F013", "4 parts", "4份"),
        ("F018", "< 1 year", "不足1年"),
        ("F020", "CNY 72.35 ± 0.005 million", "7235万 ± 0.5万元"),
        ("F023", "CNY 1.161 ± 0.0005 billion", "11.61亿 ± 0.005亿元"),
        ("F028", "> CNY 1 million", "超过100万元"),
        ("F030", "150,000 to 200,000", "15万至20万单"),
        ("F035", "rank 1", "第1位"),
        ("F042", "Mar 2022", "2022年3月"),
        ("F043", "3.15 ± 0.005 hours", "3.15 ± 0.005小时"),
        ("F048", "CNY 101.54 ± 0.005 billion", "1015.4亿 ± 0.05亿元"),
        ("F050", "CNY 11 ± 0.5 million", "0.11亿 ± 0.005亿元"),
        ("F052", "208 to < 209 times", "208至不足209倍"),
        ("F067", "CNY 140 to < 150 million", "1.4亿至不足1.5亿元"),
        ("F068", "300,000 tonne class", "30万吨级"),
        ("F069", "3 ± 1 kilometres", "3 ± 1千米"),
        ("F073", "100,000 to 300,000 tonne class", "10万至30万吨级"),
        ("F075", "20.00 ± 0.005 million tonnes", "2000万 ± 0.5万吨"),
        ("F078", "21 May 2021", "2021年5月21日"),
        ("F080", "CNY 1.670 ± 0.01 billion", "16.70亿 ± 0.1亿元"),
        ("F092", "ranks 1 to 5", "第1至5位"),
        ("F109", "CNY 1 ± 0.5 trillion", "1万亿 ± 0.5万亿元"),
    ],
)
def test_meaning(id: str, en: str, zh: str) -> None:
    figure = samples().figure(id)
    assert (numbers.meaning(figure, "en"), numbers.meaning(figure, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("id", "en", "zh"),
    [
        ("F048", "CNY 101.54 billion", "1015.4亿元"),
        ("F080", "CNY 1.670 billion", "16.70亿元"),
        ("F020", "CNY 72.35 million", "7235万元"),
        ("F030", "150,000 to 200,000", "15万至20万单"),
        ("F043", "3.15 hours", "3.15小时"),
        ("F049", "73.46%", "73.46%"),
        ("F018", "1 year", "1年"),
    ],
)
def test_value(id: str, en: str, zh: str) -> None:
    figure = samples().figure(id)
    assert (value_text(figure, "en"), value_text(figure, "zh")) == (en, zh)


POWERS = {"": 0, "万": 4, "亿": 8, "万亿": 12, "million": 6, "billion": 9, "trillion": 12}


def read(text: str) -> list[Decimal]:
    """The numbers of a text in base units, by rules of this test's own."""
    found = re.findall(r"([\d,.]+)(万亿|万|亿| million| billion| trillion)?", text)
    last = next((scale for _, scale in reversed(found) if scale), "")
    return [
        Decimal(digits.replace(",", "")).scaleb(POWERS[(scale or last).strip()])
        for digits, scale in found
    ]


values = st.decimals(min_value="0.001", max_value="99999999", places=3).map(
    lambda value: value.normalize() if value == value.to_integral() else value
)
SCALED = {"元": (0, "yuan"), "万元": (4, "ten thousand yuan"), "亿元": (8, "hundred million yuan")}


@given(values, st.sampled_from(sorted(SCALED)), st.sampled_from(list(Bound)), st.booleans())
def test_meaning_is_exactly_the_interval(
    value: Decimal, unit: str, bound: Bound, capped: bool
) -> None:
    value = Decimal(f"{value:f}")
    power, name = SCALED[unit]
    factor = Decimal(10) ** power
    money = Unit(unit, "CNY", factor, "money", Decimal(0))
    to = value * 2 if bound is Bound.RANGE else None
    ends = meaning(value, money, bound, to, capped)
    figure = replace(
        samples().figure("F048"), value=value, value_to=to, unit=unit, unit_en=name,
        factor=factor, low=ends.low, high=ends.high, bound=str(bound), minimum=Decimal(0),
    )  # fmt: skip
    for lang in ("en", "zh"):
        text = numbers.meaning(figure, lang)
        told = read(text)
        if "±" in text:
            middle, half = told
            assert (middle - half, middle + half) == (ends.low, ends.high)
        else:
            expected = [end for end in (ends.low, ends.high) if end is not None]
            if len(told) < len(expected):
                # A lower end of zero goes without saying, and a point is one number.
                expected = expected[1:]
                assert ends.low in (0, ends.high)
            assert told == expected
        assert read(value_text(figure, lang))[0] == value * factor


@pytest.mark.parametrize(
    ("low", "high", "opens", "first", "exact"),
    [
        (Fraction(1160500000, 496), Fraction(1161500000, 496), (False, False),
         "≈ CNY 2.341 million", "CNY 2.3397 to 2.3418 million"),
        (Fraction(1400000, 3), Fraction(750000), (True, True),
         "< CNY 750,000", "CNY 466,000 to < 750,000"),
        (Fraction(5), None, (True, False), "> CNY 5", "> CNY 5"),
        (Fraction(5), Fraction(5), (False, False), "CNY 5", "CNY 5"),
        (None, None, (False, False), "anything", "anything"),
    ],
)  # fmt: skip
def test_quotients(low, high, opens, first, exact) -> None:  # type: ignore[no-untyped-def]
    interval = Interval(low, high, *opens)
    assert (headline(interval, CNY), recomputed(interval, CNY)) == (first, exact)


ends = st.fractions(min_value=Fraction(1, 900), max_value=10**9, max_denominator=997)


@given(ends, ends)
def test_a_rounded_interval_holds_the_true_one(one: Fraction, two: Fraction) -> None:
    low, high = min(one, two), max(one, two)
    for measure in (CNY, YUAN):
        told = [Fraction(number) for number in read(recomputed(Interval(low, high), measure))]
        assert told[0] <= low
        assert told[-1] >= high
        # Never so wide that it says nothing: a hundredth of the number, or of the width.
        assert low - told[0] <= max(low / 50, (high - low) / 5)


@pytest.mark.parametrize(
    ("period", "kind", "en", "zh"),
    [
        ("2021", "during", "2021", "2021年"),
        ("2021", "since", "since 2021", "2021年以来"),
        ("2019/2021", "change", "2019 → 2021", "2019年 → 2021年"),
        ("2022-07-20", "cumulative", "total to 20 July 2022", "截至2022年7月20日累计"),
        ("2022-40", "during", "H1 2022", "2022年上半年"),
        ("2022-33", "during", "Q1 2022", "2022年一季度"),
        ("2021/..", "during", "since 2021", "2021年以来"),
        ("2019/2021", "during", "2019 – 2021", "2019年至2021年"),
        (None, "cumulative", "total, undated", "累计，时期未注明"),
        (None, "undated", "undated", "时期未注明"),
    ],
)
def test_period(period: str | None, kind: str, en: str, zh: str) -> None:
    assert (period_text(period, kind, "en"), period_text(period, kind, "zh")) == (en, zh)


def test_what_is_no_date_stays_as_it_is() -> None:
    assert date_text("soon", "en") == "soon"
    assert date_text("2021-13", "zh") == "2021-13"


@given(st.decimals(0, 100, places=2), st.decimals(1, 100, places=2), st.integers(1, 40))
def test_bars_never_overstate(value: Decimal, most: Decimal, width: int) -> None:
    drawn = bar(min(value, most), most, width)
    eighths = 8 * drawn.count("█") + sum("▏▎▍▌▋▊▉".index(c) + 1 for c in drawn if c != "█")
    exact = min(value, most) * width * 8 / most
    assert exact - 1 < eighths <= max(exact, 1)
    assert len(drawn) <= width


def test_a_bar_goes_on_lightly_where_it_may_reach() -> None:
    assert bar(Decimal(2), Decimal(4), 8, Decimal(3)) == "████░░"
    assert bar(Decimal(-1), Decimal(4), 8) == ""
