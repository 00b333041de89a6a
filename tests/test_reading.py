"""Printed quantities are read for what they say, and words are left alone."""

import csv
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftz_cli.dataset import Dataset
from ftz_cli.errors import CannotRead
from ftz_cli.exact import plain
from ftz_cli.quantity import Bound, Quantity, Units
from ftz_cli.reading import Reader

DATA = Path(__file__).parent / "data"
# A share of a share, or a third: hand-written values carry five digits.
CLOSE = Decimal("0.00002")


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reader(bundled: Dataset) -> Reader:
    return bundled.reader


# ---- whole cells ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", table("printed.csv"), ids=lambda case: case["printed"])
def test_a_printed_form_says(case: dict[str, str], reader: Reader) -> None:
    said = reader.read(case["printed"], year=2022, same_year=2021)
    assert {
        "printed": case["printed"],
        "base_value": plain(said.base_value),
        "base_value_to": plain(said.base_value_to),
        "unit": said.unit.id,
        "bound": said.bound,
        "low": plain(said.ends.low),
        "high": plain(said.ends.high),
    } == case


def test_a_ratio_has_parts(reader: Reader) -> None:
    assert reader.read("4:3:3").parts == (Decimal(4), Decimal(3), Decimal(3))
    assert reader.read("四比三比三").parts == (Decimal(4), Decimal(3), Decimal(3))


@pytest.mark.parametrize("printed", ["上百家", "数十", "千亿级", "十几个", "若干"])
def test_a_vague_amount_names_no_number(printed: str, reader: Reader) -> None:
    with pytest.raises(CannotRead, match=f"^'{printed}' names no number$"):
        reader.read(printed)


@pytest.mark.parametrize(
    "printed",
    ["", "第三方", "许多", ".", "五四三", "1.2.3元", "1" * 25 + "元", "百分之五至百分之三",
     "2021年至2019年", "20万至15万", "13月5日", "今年3月", "同年11月5日", "3元5吨", "=1+1"],
)  # fmt: skip
def test_what_it_cannot_read_it_says_so_about(printed: str, reader: Reader) -> None:
    with pytest.raises(CannotRead):
        reader.read(printed)


def said_of(said: Quantity) -> str:
    """Value, other end, unit and bound, as the tables of forms below have them."""
    ends = [plain(said.value), *([plain(said.value_to)] if said.value_to is not None else [])]
    return f"{'..'.join(ends)} {said.unit.id} {said.bound}".replace("  ", " ")


def forms(table: str) -> list[list[str]]:
    return [line.split(" = ") for line in table.strip().splitlines()]


BEHIND = """
三个多月 = 3 月 over
两个多小时 = 2 小时 over
三个来月 = 3 月 about
5家企业以上 = 5 家 at_least
50个项目左右 = 50 个 about
不超过5家企业 = 5 家 at_most
四成弱 = 40 % nearly
三成强 = 30 % over
五免 = 5 exact
五位专家 = 5 exact
"""


@pytest.mark.parametrize(("printed", "wanted"), forms(BEHIND))
def test_what_stands_behind_the_number_counts(printed: str, wanted: str, reader: Reader) -> None:
    assert said_of(reader.read(printed)) == wanted


@pytest.mark.parametrize(
    "printed",
    ["百分之几", "百分之十几", "30几家", "2021年底", "7公里路", "5公斤重", "3.5bn", "100m", "52K", "52元钱",
     "1,2,3", "12,34家", "95后", "5家左右的", "3名以内吧", "无锡5家", "没有7家"],
)  # fmt: skip
def test_words_behind_a_number_that_may_say_more_are_refused(printed: str, reader: Reader) -> None:
    with pytest.raises(CannotRead):
        reader.read(printed)


EITHER_WAY = """
未超过5家 = 5 家 at_most
没有超过5家 = 5 家 at_most
不得低于30% = 30 % at_least
尚未达到5家 = 5 家 under
最高5万元 = 5 万元 at_most
最高可达5万元 = 5 万元 at_most
最多5家 = 5 家 at_most
至多5家 = 5 家 at_most
超过了5家 = 5 家 over
5亿元（含）以上 = 5 亿元 at_least
5亿元以上（含） = 5 亿元 at_least
5家不足 = 5 家 under
5家不止 = 5 家 over
5年内 = 5 年 at_most
4个月内 = 4 月 at_most
≤5% = 5 % at_most
≥5% = 5 % at_least
<5% = 5 % under
＞5% = 5 % over
接近翻番 = 2 倍 nearly
近五年来 = 5 年 exact
近3年来 = 3 年 exact
最近五年 = 5 年 exact
负5.2% = -5.2 % exact
零下5度至零上5度 = -5..5 度 range
零上5度 = 5 度 exact
5万-10万元 = 5..10 万元 range
5万至10万元 = 5..10 万元 range
5000万-1亿元 = 0.5..1 亿元 range
1亿至2亿元 = 1..2 亿元 range
1万2家 = 12000 家 exact
3万5 = 35000 exact
3千5 = 3500 exact
1亿2 = 120000000 exact
1万2000家 = 12000 家 exact
5个亿 = 5 亿 exact
不到5个亿 = 5 亿 under
1个多亿 = 1 亿 over
两个多亿元 = 200000000 元 over
3个亿美元 = 3 亿美元 exact
3个世纪 = 3 世纪 exact
三个季度 = 3 季度 exact
2021.5.21 = 2021-05-21 date exact
100m³ = 100 m³ exact
5000m² = 5000 m² exact
35kV = 35 kV exact
10MW = 10 MW exact
5GWh = 5 GWh exact
百万分之一 = 0.0001 % exact
百分之百 = 100 % exact
四分之一至三分之一 = 25..33.334 % range
1/3 = 33.333 % exact
约2/3 = 66.667 % about
约三分之一 = 33.333 % about
三分之二以上 = 66.666 % at_least
不到三分之一 = 33.334 % under
三分之一多 = 33.333 % over
5 000元 = 5000 元 exact
12 345元 = 12345 元 exact
"""


@pytest.mark.parametrize(("printed", "wanted"), forms(EITHER_WAY))
def test_a_form_is_read_alike_as_a_cell_and_in_a_text(
    printed: str, wanted: str, reader: Reader
) -> None:
    assert said_of(reader.read(printed)) == wanted
    mentions = list(reader.find(f"这里是{printed}，如此", 2022))
    assert [mention.printed for mention in mentions] == [printed]
    assert mentions[0].quantity is not None
    assert said_of(mentions[0].quantity) == wanted


def said_in(reader: Reader, text: str) -> list[str]:
    return [
        said_of(mention.quantity) if mention.quantity else "?"
        for mention in reader.find(text, 2022)
    ]


IN_TEXT = """
企业—3家 = 3 家 exact
武汉—5小时 = 5 小时 exact
A区-3区 = 3 区 exact
5月1日-6月1日 = 2022-05-01 date exact; 2022-06-01 date exact
增速为-3.2% = -3.2 % exact
增速——5% = 5 % exact
新冠COVID-19疫情 = none
胜负5场 = 5 场 exact
附近5家 = 5 家 exact
有5家不足300平方米 = 5 家 exact; 300 平方米 under
3个亿元项目 = 3 个 exact
进入1/4决赛 = none
迈入21世纪 = none
上世纪90年代 = none
95后创业 = none
一季度开局良好 = none
小学3年级 = none
位于前10% = none
目前10%的企业 = 10 % exact
上年12月 = ?
2021年3月开工,次年3月完工 = 2021-03 date exact; 2022-03 date exact
全天24/7值守 = none
地址192.168.1.1 = none
上午10:30开会 = none
整改5项不足 = 5 项 exact
"""


@pytest.mark.parametrize(("text", "wanted"), forms(IN_TEXT))
def test_a_number_in_a_text_says(text: str, wanted: str, reader: Reader) -> None:
    assert "; ".join(said_in(reader, text)) == wanted.replace("none", "")


@pytest.mark.parametrize(
    "printed", ["三分之一", "约三分之一", "三分之一以上", "接近三分之一", "三分之一多", "至少1/3"]
)
def test_a_third_holds_the_third(printed: str, reader: Reader) -> None:
    ends = reader.read(printed).ends
    third = Fraction(100, 3)
    assert ends.low is None or Fraction(ends.low) <= third
    assert ends.high is None or third <= Fraction(ends.high)


@pytest.mark.parametrize(
    "printed",
    [
        "21世纪",
        "90年代",
        "一季度",
        "前10%",
        "上年12月",
        "1亿2000",
        "9/11",
        "3个亿元项目",
        "5 300",
        "5项不足",
        "2021年内",
        "企业—3家",
    ],
)
def test_a_cell_that_says_something_else_is_refused(printed: str, reader: Reader) -> None:
    with pytest.raises(CannotRead):
        reader.read(printed)


def test_a_reader_without_units_reads_bare_numbers() -> None:
    assert said_of(Reader(Units([])).read("约5")) == "5 about"


# ---- running text ------------------------------------------------------------------------------


def found(reader: Reader, text: str) -> tuple[str, str, str]:
    """Value, upper value and bound of the one mention in a text, in base units."""
    mentions = list(reader.find(text))
    if not mentions:
        return "none", "", ""
    if len(mentions) > 1:
        return f"several: {[mention.printed for mention in mentions]}", "", ""
    said = mentions[0].quantity
    if said is None:
        return "vague", "", ""
    if said.parts:
        return ":".join(map(str, said.parts)), "", said.bound
    return plain(said.base_value), plain(said.base_value_to), said.bound


def close(got: str, wanted: str) -> bool:
    if got == wanted:
        return True
    try:
        return abs(Decimal(got) - Decimal(wanted)) <= abs(Decimal(got)) * CLOSE
    except ArithmeticError:
        return False


def right(case: dict[str, str], got: tuple[str, str, str]) -> tuple[bool, bool]:
    """Whether the value is right, and whether value with bound is."""
    if not case["printed"]:
        return (got[0] == "none",) * 2
    if not case["value"]:
        return (got[0] == "vague",) * 2
    value = close(got[0], case["base_value"] or case["value"]) or got[0] == case["value"]
    if case["value_to"]:
        value = value and close(got[1], case["base_value_to"] or case["value_to"])
    return value, value and got[2] == (case["bound"] or "exact")


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_ordinary_news_usage_is_read(name: str, reader: Reader) -> None:
    cases = [case for case in table("quantities.csv") if case["list"] == name]
    assert len(cases) >= 150
    scores = [right(case, found(reader, case["text"])) for case in cases]
    # A handful of entries ask for what is another's to judge (a fall as a negative number).
    assert sum(value for value, _ in scores) / len(cases) >= 0.98
    assert sum(bound for _, bound in scores) / len(cases) >= 0.96


def test_no_word_of_the_news_lists_is_taken_for_a_number(reader: Reader) -> None:
    words = [case["text"] for case in table("quantities.csv") if not case["printed"]]
    assert len(words) >= 40
    assert [(text, found(reader, text)) for text in words if found(reader, text)[0] != "none"] == []


LOOKALIKES = """
一体化 统一 万一 十分 四川 三墩 第三方 一起 一直 一定 一样 一般 一方面 一旦 一致 一系列 一流 一律 唯一 同一
三亚 三峡 九江 百度 千方百计 千载难逢 万科 万家灯火 亿达 五粮液 六盘水 七匹狼 八达岭 九寨沟 十堰 百货 百姓
千岛湖 万象 万物 万里长城 不一 之一 进一步 一带一路 一心一意 三心二意 四面八方 五湖四海 七上八下 九牛一毛
十全十美 百年大计 千家万户 万众一心 一丝不苟 一帆风顺 三番五次 说一不二 接二连三 丢三落四 颠三倒四 半导体 半岛
""".split()


def test_words_that_look_like_numbers_are_none(reader: Reader) -> None:
    assert len(LOOKALIKES) >= 60
    taken = {word: found(reader, f"这里说的是{word},如此而已") for word in LOOKALIKES}
    assert {word: what for word, what in taken.items() if what[0] != "none"} == {}


def test_mentions_come_from_left_to_right_and_stand_in_the_text(reader: Reader) -> None:
    text = "2021年，企业接听300余通，成功率超过85%，第一位；总额11.61亿元。"
    mentions = list(reader.find(text))
    assert [mention.printed for mention in mentions] == [
        "2021年", "300余通", "超过85%", "第一位", "11.61亿元",
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.printed for one in mentions)


# ---- what is written reads back ----------------------------------------------------------------

WRITTEN = {
    Bound.EXACT: "{}", Bound.ABOUT: "约{}", Bound.OVER: "超过{}", Bound.NEARLY: "近{}",
    Bound.UNDER: "不到{}", Bound.AT_LEAST: "{}以上", Bound.AT_MOST: "{}以内",
}  # fmt: skip
UNITS = "元 亿元 万元 家 万家 吨 万吨 米 千米 小时 % 项 个 艘 万人次 倍 百分点".split()
VALUES = st.builds(lambda whole, places: Decimal(whole).scaleb(-places), st.integers(0, 10**9),
                   st.integers(0, 4))  # fmt: skip


@given(value=VALUES, unit=st.sampled_from(UNITS), bound=st.sampled_from([*WRITTEN]))
@settings(max_examples=300)
def test_what_is_written_from_a_quantity_reads_back_the_same(
    value: Decimal, unit: str, bound: Bound, bundled: Dataset
) -> None:
    said = bundled.reader.read(WRITTEN[bound].format(f"{value:f}{unit}"))
    assert said.value.as_tuple() == value.as_tuple()  # type: ignore[union-attr]
    assert (said.bound, said.unit.base) == (bound, bundled.units[unit].base)
    assert said.unit.factor == bundled.units[unit].factor


@given(
    low=st.integers(0, 10**6), more=st.integers(1, 10**6), unit=st.sampled_from(UNITS),
    sign=st.sampled_from(["至", "~", "-", "到"]),
)  # fmt: skip
def test_a_range_reads_back_with_both_ends(
    low: int, more: int, unit: str, sign: str, bundled: Dataset
) -> None:
    said = bundled.reader.read(f"{low}{unit}{sign}{low + more}{unit}")
    assert (said.value, said.value_to, said.bound) == (low, low + more, Bound.RANGE)


CHINESE = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A whole number below 10⁸ in Chinese numerals, as they are taught at school."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return in_chinese(number // 10_000) + "万" + gap + (in_chinese(rest) if rest else "")
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + CHINESE[digit] + name
        gap = not digit
    return text


@given(number=st.integers(1, 10**8 - 1))
@settings(max_examples=500)
def test_chinese_numerals_read_back(number: int, bundled: Dataset) -> None:
    assert bundled.reader.read(f"{in_chinese(number)}家").base_value == number


# ---- anything at all ---------------------------------------------------------------------------

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(
        alphabet="0123456789零一二三四五六七八九十百千万亿点两半成倍第前年月日个元吨%％至~-:比分之余多约近超以上内左右同今翻.,，/ ",
        max_size=30,
    ),
)


def read_all(reader: Reader, text: str) -> None:
    """Read a text as a cell and as an article; only CannotRead may come of it."""
    for mention in reader.find(text, 2022):
        assert text[mention.start : mention.end] == mention.printed
        if mention.quantity is not None:
            _told_and_bounded(mention.quantity)
    try:
        said = reader.read(text, 2022, 2021)
    except CannotRead:
        return
    _told_and_bounded(said)


def _told_and_bounded(said: Quantity) -> None:
    try:
        ends = said.ends
    except CannotRead:
        return  # a day that is not, 2月30日
    if isinstance(said.value, Decimal):
        base = said.base_value
        assert ends.low is None or ends.low <= base  # type: ignore[operator]
        assert ends.high is None or base <= ends.high  # type: ignore[operator]


@given(text=TEXTS)
@settings(max_examples=1000)
def test_random_texts_give_quantities_or_the_readers_own_error(text: str, bundled: Dataset) -> None:
    read_all(bundled.reader, text)


@pytest.mark.slow
@given(text=TEXTS)
@settings(max_examples=10_000)
def test_ten_thousand_random_texts_give_nothing_else(text: str, bundled: Dataset) -> None:
    read_all(bundled.reader, text)


@pytest.mark.parametrize(
    "unit_of_text",
    ["全年货物吞吐量完成5.2亿吨，同比增长三成，第一位是武汉。", "十", "1", "1,", "第", "约近超", "一二三四五六七八九",
     "0.", "4:", "半", "2021年", "百分之"],
)  # fmt: skip
def test_a_megabyte_is_read_in_seconds(unit_of_text: str, reader: Reader) -> None:
    size = 1_000_000 // len(unit_of_text.encode())
    text = unit_of_text * size
    began = time.perf_counter()
    sum(1 for _ in reader.find(text))
    # 8 s at most where this was written; what is not linear would take hours.
    assert time.perf_counter() - began < 60
