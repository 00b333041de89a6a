"""Text as the look-up reads it: stems, where words end, slips, periods."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.lookup.asked_periods import falls_in, take_periods
from ftz_cli.lookup.spelling import boundaries, fold, one_slip, stem, units_of

WORDS = frozenset("外贸 进出口 出口 总额 跨境 电商 跨境电商 自贸 自贸区 通关 时间".split())


@pytest.mark.parametrize(
    "same",
    [
        "export exports exporting", "invest invested investing investment investments", "ship ships shipping shipped",
        "save saved saving savings", "clear cleared clearance", "utilise utilize utilisation utilization",
        "harbour harbor harbours", "centre center centres", "company companies", "box boxes", "exempt exempted exemption",
        "trade traded trading trades", "draught draft draughts", "line lines", "plan planned planning",
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(same):
    assert len({stem(word) for word in same.split()}) == 1


def test_other_words_have_other_stems():
    apart = "port portion line lin rate rat general generation business busy status state import export".split()
    apart += "customs customer foreign foreigner train trainer plan plane bond bonded".split()
    assert len({stem(word) for word in apart}) == len(apart)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Xi'an’s E-Commerce", ["xian", "ecommerce"]), ("300,000吨", ["300000", "吨"]), ("ＲＣＥＰ", ["rcep"]),
        ("Lin-gang", ["lin", "gang"]), ("1.5亿", ["1.5", "亿"]), ("Huilübao", ["huilubao"]),
    ],
)  # fmt: skip
def test_units(text, units):
    assert units_of(fold(text)) == units


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("外贸进出口总额", "外贸|进出口|总额"), ("跨境电商", "跨境|电商"), ("自贸区", "自贸|区"), ("出口通关时间", "出口|通关|时间"),
        ("友谊", "友|谊"),
    ],
)  # fmt: skip
def test_a_known_word_is_not_cut_into_others(text, parts):
    cuts = boundaries(text, WORDS.__contains__, {"区"})
    cut = "".join(("|" if at and cuts[at] else "") + char for at, char in enumerate(text))
    assert cut == parts


LETTERS = st.text("abcd", min_size=1, max_size=7)


@given(LETTERS, st.data())
def test_one_slip_is_symmetric(word, data):
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("abcd"))
    for other in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :],
                  word[:at] + word[at : at + 2][::-1] + word[at + 2 :]):  # fmt: skip
        assert one_slip(word, other) == one_slip(other, word) == (word != other)


@given(LETTERS, LETTERS)
def test_two_slips_are_not_one(word, other):
    if one_slip(word, other):
        assert abs(len(word) - len(other)) <= 1
        assert sum(x != y for x, y in zip(word, other, strict=False)) <= len(word)
    assert not one_slip(word, word)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2021年外贸", ["2021"]), ("foreign trade 2021", ["2021"]), ("21年5月", ["2021-05"]), ("'21", ["2021"]),
        ("2022年上半年", ["2022-40"]), ("H2 2022", ["2022-41"]), ("2019H1", ["2019-40"]), ("1H2019", ["2019-40"]), ("2q 2019", ["2019-34"]),
        ("from 1 January to 7 June 2020", ["2020-01-01/2020-06-07"]), ("2020年3月至2021年2月", ["2020-03/2021-02"]), ("first half of 2022", ["2022-40"]),
        ("Q1 2023", ["2023-33"]), ("H1-2021", ["2021-40"]), ("2021-Q1", ["2021-33"]), ("Q1-Q3 2021", ["2021-33/2021-35"]),
        ("2023年第三季度", ["2023-35"]), ("前三季度 2021", ["2021-01/2021-09"]),
        ("first 11 months of 2024", ["2024-01/2024-11"]), ("first ten months 2020", ["2020-01/2020-10"]),
        ("2023年前9个月", ["2023-01/2023-09"]), ("first nine months of 2022", ["2022-01/2022-09"]),
        ("2021年1-9月", ["2021-01/2021-09"]), ("Jan-Sep 2021", ["2021-01/2021-09"]), ("2019-2021", ["2019/2021"]),
        ("from 2019 to 2021", ["2019/2021"]), ("2019 and 2021", ["2019", "2021"]), ("21 May 2021", ["2021-05-21"]),
        ("May 21, 2021", ["2021-05-21"]), ("2021-05-21", ["2021-05-21"]), ("5/2021", ["2021-05"]), ("7月20日", ["XXXX-07-20"]),
        ("20th of July", ["XXXX-07-20"]), ("二〇二一年五月", ["2021-05"]), ("GDP 二零二二", ["2022"]), ("between 2019 and 2021", ["2019/2021"]), ("十二月", ["XXXX-12"]), ("in May", []),
        ("between January and October 2018", ["2018-01/2018-10"]), ("2021 nian 1-7 yue", ["2021-01/2021-07"]),
        ("近20年", []), ("3年", []), ("2077.68", []), ("三个月", []), ("1.5亿", []),
    ],
)  # fmt: skip
def test_periods_in_a_question(text, periods):
    assert take_periods(fold(text))[0] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [("去年外贸", ["2021"]), ("last year", ["2021"]), ("this year", ["2022"]), ("今年上半年", ["2022-40"]), ("前年", ["2020"])],
)  # fmt: skip
def test_a_year_that_words_point_to_is_of_the_clock(text, periods):
    assert take_periods(text, 2022)[0] == periods
    assert take_periods(text)[0] in ([], ["XXXX-40"])


@pytest.mark.parametrize(
    ("period", "asked", "is_in"),
    [
        ("2021-05-21", "2021", True), ("2021-05-21", "2021-05", True), ("2021", "2021-05", False), ("2022-40", "2022", True),
        ("2022-01/2022-06", "2022-40", True), ("2019/2021", "2021", False), ("2021-07-20", "XXXX-07-20", True),
        ("2021", "XXXX-07", False), (None, "2021", False), ("2021-03/..", "2021", False),
    ],
)  # fmt: skip
def test_a_period_lies_in_another(period, asked, is_in):
    assert falls_in(period, asked) is is_in
