"""Chinese quantities: every production, every kind of fault, and clauses nobody tuned on."""

from __future__ import annotations

import re

import pytest
from cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from quantity_cases import READER, UNITS, Case, clauses, examples, judged, reading, readings, table

from ftz_cli.quantities.chinese_numerals import number_of
from ftz_cli.quantities.dates import DATES
from ftz_cli.quantities.decimals import plain
from ftz_cli.quantities.quantity import Bound, CannotRead
from ftz_cli.quantities.reader import Reader
from ftz_cli.quantities.units import Units

# ---- the tables of the grammar -----------------------------------------------------------------

PRODUCTIONS = table("../ftz_cli/language/chinese_productions.csv")


def test_every_production_has_an_example_but_those_for_texts_alone() -> None:
    bare = [row["build"] for row in PRODUCTIONS if row["build"] and not row["examples"]]
    assert bare == ["per", "per", "name", "listed", "name", "name"]


@pytest.mark.parametrize(("printed", "wanted"), examples(DATES))
def test_a_way_to_print_a_date_reads_its_examples(printed: str, wanted: str) -> None:
    (date,) = READER.find(f"数据截至{printed}", 2022)
    assert (date.quantity.edtf if date.quantity else "?") == wanted


@pytest.mark.parametrize(("printed", "wanted"), examples(PRODUCTIONS))
def test_a_production_reads_its_examples(printed: str, wanted: str) -> None:
    assert reading(READER.read(printed)) == wanted


OPAQUE = [row for row in table("../ftz_cli/language/chinese_opaque.csv") if row["examples"]]


@pytest.mark.parametrize("row", OPAQUE, ids=lambda row: row["examples"])
def test_what_is_no_quantity_is_not_read(row: Case) -> None:
    for text in row["examples"].split():
        found = [one for one in READER.find(text) if one.kind != "date"]
        assert readings(found) == ("?" if row["name"] == "vague" else "-"), text


# ---- tables of cases ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", table("data/chinese_texts.csv"), ids=lambda case: case["text"])
def test_a_text_is_read(case: Case) -> None:
    assert readings(READER.find(case["text"], 2022)) == case["readings"]


@pytest.mark.parametrize(
    "case", table("data/chinese_printed.csv"), ids=lambda case: case["printed"]
)
def test_a_cell_says_and_means(case: Case) -> None:
    said = READER.read(case["printed"], year=2022, same_year=2021)
    assert {
        "printed": case["printed"],
        "base_value": plain(said.base_value),
        "base_value_to": plain(said.base_value_to),
        "unit": said.unit.id,
        "bound": said.bound,
        "low": plain(said.ends.low),
        "high": plain(said.ends.high),
    } == case


FORMS = table("data/chinese_forms.csv")


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["printed"])
def test_a_form_is_read_as_a_cell(case: Case) -> None:
    assert reading(READER.read(case["printed"])) == case["reading"]


IN_TEXT = [case for case in FORMS if case["where"] == "both"]


@pytest.mark.parametrize("case", IN_TEXT, ids=lambda case: case["printed"])
def test_a_form_is_read_alike_in_a_text(case: Case) -> None:
    (mention,) = READER.find(f"这里是{case['printed']}，如此", 2022)
    assert (mention.printed, readings([mention])) == (case["printed"], case["reading"])


LISTS = ("data/chinese_review.csv", "data/chinese_news.csv", "benchmarks/quantities/chinese.csv")
CLAUSES = [clause for path in LISTS for clause in clauses(path)]


@pytest.mark.parametrize("case", CLAUSES, ids=lambda case: case["clause"])
def test_a_clause_of_the_lists_is_read(case: Case) -> None:
    assert judged(case) == (True, True), readings(READER.find(case["clause"]))


# ---- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["几百家", "数十", "千亿级", "几十个", "若干家", "百分之几"])
def test_a_vague_amount_names_no_number(printed: str) -> None:
    with pytest.raises(CannotRead, match=f"'{printed}'"):
        READER.read(printed)


@pytest.mark.parametrize(
    "printed",
    ["", "第三方", "许多", ".", "五四三", "1.2.3元", "1" * 25 + "元", "百分之五至百分之三",
     "2021年至2019年", "20万至15万", "13月5日", "今年3月", "同年11月5日", "3元5吨", "=1+1",
     "30几家", "2021年底", "7公里路", "5公斤重", "52元钱", "1,2,3", "12,34家", "95后", "5家左右的",
     "3名以内吧", "无锡5家", "没有7家", "21世纪", "90年代", "一季度", "前10%", "上年12月", "1亿2000", "9/11",
     "3个亿元项目", "5 300", "5项不足", "2021年内", "企业—3家", "10:30", "第三章", "5G", "百八十家"],
)  # fmt: skip
def test_what_it_cannot_read_it_says_so_about(printed: str) -> None:
    with pytest.raises(CannotRead):
        READER.read(printed)


# ---- numerals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "value", "value_to"), cases("test_a_run_has_a_value_known_to_its_last_place")
)
def test_a_run_has_a_value_known_to_its_last_place(run: str, value: str, value_to: str) -> None:
    number = number_of(run)
    assert number is not None
    assert [end and str(end) for end in number] == [value, value_to or None]


@pytest.mark.parametrize(
    "run",
    ["万一", "五四三", "百八十", "1亿2000", "12,34", "1.2.3", "三点", "千五百", "1.5E+08", ""],
)
def test_a_run_that_is_no_number_has_no_value(run: str) -> None:
    assert number_of(run) is None


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A whole number below 10¹² in Chinese numerals, as they are taught at school."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if number >= power:
            rest = number % power
            gap = "零" if 0 < rest < power // 10 else ""
            return in_chinese(number // power) + name + gap + (in_chinese(rest) if rest else "")
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text


@given(st.integers(1, 10**12 - 1))
@settings(max_examples=500)
def test_chinese_numerals_read_back(number: int) -> None:
    assert READER.read(f"{in_chinese(number)}家").base_value == number
    (mention,) = READER.find(f"共有{in_chinese(number)}家")
    assert mention.quantity is not None
    assert mention.quantity.base_value == number


# ---- what is written reads back ----------------------------------------------------------------

WRITTEN = {
    Bound.EXACT: "{}", Bound.ABOUT: "约{}", Bound.OVER: "超过{}", Bound.NEARLY: "近{}",
    Bound.UNDER: "不到{}", Bound.AT_LEAST: "{}以上", Bound.AT_MOST: "{}以内",
}  # fmt: skip
NAMES = "元 亿元 万元 家 万家 吨 万吨 米 千米 小时 % 项 个 艘 万人次 倍 百分点 元/吨 亿港元".split()
VALUES = st.builds(
    lambda whole, places: f"{whole * 10**-places:.{places}f}" if places else str(whole),
    st.integers(0, 10**9),
    st.integers(0, 4),
)
SPACES = st.sampled_from(["", " ", "\u3000"])


@given(value=VALUES, unit=st.sampled_from(NAMES), bound=st.sampled_from([*WRITTEN]), space=SPACES)
@settings(max_examples=300)
def test_what_is_written_reads_back_the_same_with_spaces_or_without(
    value: str, unit: str, bound: Bound, space: str
) -> None:
    printed = space.join(WRITTEN[bound].replace("{}", f" {value} {unit} ").split())
    for said in (READER.read(printed), next(READER.find(f"总计{printed}。")).quantity):
        assert said is not None
        assert str(said.value) == value
        assert (said.bound, said.unit.base, said.unit.factor) == (
            bound, UNITS[unit].base, UNITS[unit].factor,
        )  # fmt: skip


@given(
    low=st.integers(0, 10**6), more=st.integers(1, 10**6), unit=st.sampled_from(NAMES),
    sign=st.sampled_from(["至", "~", "-", "到", "—"]),
)  # fmt: skip
def test_a_range_reads_back_with_both_ends(low: int, more: int, unit: str, sign: str) -> None:
    said = READER.read(f"{low}{unit}{sign}{low + more}{unit}")
    assert (said.value, said.value_to, said.bound) == (low, low + more, Bound.RANGE)


# ---- lists, directions, places -----------------------------------------------------------------


def test_a_printed_list_is_read_as_all_that_it_says() -> None:
    said = READER.read_all("减少了5.92小时和0.94个小时")
    assert [reading(one) for one in said] == ["5.92 小时 exact", "0.94 小时 exact"]
    assert [reading(one) for one in READER.read_all("3小时20分")] == ["200 分钟 exact"]
    for printed in ("5家企业和3家银行合作", "数字", "5家和几百家"):
        with pytest.raises(CannotRead):
            READER.read_all(printed)


def test_mentions_come_from_left_to_right_and_stand_in_the_text() -> None:
    text = "2021 年，企业接听 300 余 通，成功率超过85%，第一位；总额<b>11.61</b>亿元。"
    mentions = list(READER.find(text))
    assert [one.printed for one in mentions] == [
        "2021 年", "300 余 通", "超过85%", "第一位", "11.61</b>亿元",
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.printed for one in mentions)


def test_a_mention_says_why_it_is_unread() -> None:
    vague, long, date = READER.find(f"几百家企业，{'1' * 30}元，3月")
    assert [one.kind for one in (vague, long, date)] == ["unread", "unread", "date"]
    assert [str(one.why) for one in (vague, long, date)] == [
        "names no number", "not a known form of a number", "a date whose year is not printed",
    ]  # fmt: skip


def test_a_new_unit_and_a_new_lookalike_are_one_word() -> None:
    reader = Reader(UNITS, ["三家村"])
    assert list(reader.find("三家村的故事")) == []
    (mention,) = reader.find("三家企业")
    assert mention.quantity is not None
    assert reading(Reader(Units([])).read("约5")) == "5 about"


def test_numbers_are_never_entered_from_within() -> None:
    for digits in range(20, 60):
        (mention,) = READER.find(f"余额{'1234567890' * 6}"[: digits + 2] + "元")
        assert len(re.sub("[^0-9]", "", mention.printed)) == digits
        assert mention.kind == ("quantity" if digits <= 24 else "unread")
