"""What a question finds: the list of questions, and claims about how a question is read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ftz_cli import resolve
from tests.benchmarks.lookup import questions, scores


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
