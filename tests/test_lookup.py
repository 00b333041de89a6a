"""What a question finds: the list of questions, and claims about how a question is read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ftz_cli import resolve
from tests.benchmarks.lookup import PARTS, questions, scores, switched_off


@pytest.fixture(scope="module")
def data(loaded: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(loaded)
        yield connection


def first(data: sqlite3.Connection, question: str) -> str:
    """The printed form of the first answer, or nothing."""
    _, found = resolve.rank(data, question)
    if not found:
        return ""
    row = data.execute("select printed from figures where id = ?", (found[0].id,)).fetchone()
    return str(row[0])


def test_the_right_figure_comes_first_on_questions_not_tuned_on(data: sqlite3.Connection) -> None:
    found = scores(lambda text: [one.id for one in resolve.rank(data, text)[1]], questions())
    report = {kind: score for (half, kind), score in found.items() if half == "report"}
    assert len(report) == 14
    assert report["all"].count >= 600
    assert report["all"].first / report["all"].count >= 0.95
    weak = {kind: score.top_1 for kind, score in report.items() if score.first < 0.9 * score.count}
    assert weak == {}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_ranking_can_be_switched_off(part: str, data: sqlite3.Connection) -> None:
    asked = [one.question for one in questions()[::7]]
    whole = [resolve.rank(data, question)[1] for question in asked]
    with switched_off(part):
        assert [resolve.rank(data, question)[1] for question in asked] != whole
    assert [resolve.rank(data, question)[1] for question in asked] == whole


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("how much did youyiguan trade grow", "56%"),
        ("how much did bonded logistics grow", "73.46%"),
        ("保税物流增长多少", "73.46%"),
        ("how much was traded at youyiguan in 2021", "3242亿元"),
    ],
)
def test_what_is_plainer_yields_to_the_kind_asked_for(
    question: str, printed: str, data: sqlite3.Connection
) -> None:
    assert first(data, question) == printed


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("烟台汇率保能帮多少家企业释放现金流", "200余家"),
        ("烟台汇率保能帮企业释放多少现金流", "近1.5亿元"),
        ("钦州油码头是多少万吨级", "30万吨级"),
        ("how many months did the first loans take", "4个月"),
    ],
)
def test_the_unit_asked_for_is_the_answers(
    question: str, printed: str, data: sqlite3.Connection
) -> None:
    assert first(data, question) == printed


def test_a_figure_of_another_place_yields_to_the_place_named(data: sqlite3.Connection) -> None:
    assert first(data, "youyiguan port trade, what was it before") == "2077.68亿元"


def test_a_number_quoted_beside_a_question_is_not_its_answer(data: sqlite3.Connection) -> None:
    assert first(data, "496家") == "496家"
    assert first(data, "首贷服务中心帮到496家企业花了多长时间") == "4个月"


def test_a_filler_inside_a_name_is_heard(data: sqlite3.Connection) -> None:
    assert first(data, "船舶靠泊吃水提升到多少米") == "18米"
    assert first(data, "船舶靠泊吃水提升前多少米") == "12米"


@pytest.mark.parametrize(
    "nonsense",
    ["武武武", "天空是蓝色的", "今天天气怎么样", "wuwuwu", "xyzzy", "asdf qwer", "？！", "的"],
)
def test_nonsense_finds_nothing(nonsense: str, data: sqlite3.Connection) -> None:
    assert first(data, nonsense) == ""


@pytest.mark.parametrize(
    "question",
    [
        # Of another place nothing is told, however well the rest fits.
        "上海自贸区2023年外资", "上海自贸区跨境电商", "海南自贸港进出口总额", "天津片区 首贷金额",
        "shanghai kuajing dianshang", "GDP of France", "GDP of Guangxi",
        # Words that are known by another spelling alone, and others that are not known.
        "weather in Paris", "how to cook rice",
        # Of a place that is known, something that nothing is known of.
        "武汉人口", "友谊关旅客", "Yantai weather", "大连就业",
    ],
)  # fmt: skip
def test_what_is_asked_of_elsewhere_or_guessed_has_no_answer(
    question: str, data: sqlite3.Connection
) -> None:
    assert resolve.rank(data, question)[1] == []


@pytest.mark.parametrize(
    ("question", "unmet"),
    [
        ("宜昌房价", ["房价"]), ("钦州港 集装箱吞吐量", ["集装箱"]), ("大连足球队排名", ["足球队"]), ("dailan innovations", []),
        ("Qinzhou container throughput", ["container"]), ("友谊关外贸进出口总额是多少", []),
        ("youyiguan waimao zongzhi", []), ("bitcoin price", ["bitcoin"]),
    ],
)  # fmt: skip
def test_words_that_the_first_answer_has_nothing_for_are_known(
    question: str, unmet: list[str], data: sqlite3.Connection
) -> None:
    parsed, ranked = resolve.rank(data, question)
    assert parsed.unmet(ranked[0].words) == unmet
