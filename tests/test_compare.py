"""Like laid beside like, by intervals."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest

from ftz_cli.beside import compared
from ftz_cli.compare import Comparison, Warning
from ftz_cli.compare import compare as side_by_side
from ftz_cli.errors import NotFound, UsageError
from ftz_cli.models import Name
from ftz_cli.queries import FIGURES_OF_ZONE, figures, metrics
from ftz_cli.render.words import warning_text


@pytest.fixture(scope="module")
def data(loaded: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(loaded)
    return connection


def compare(data: sqlite3.Connection, *names: str, metric: str | None = None) -> Comparison:
    return compared(data, list(names), metric, False)


THIS, THAT = Name("this", "此", "This"), Name("that", "彼", "That")
THREE = ("首贷服务中心", "财智服务平台", "汇率保")


def test_three_ways_of_financing(data: sqlite3.Connection) -> None:
    found = compare(data, *THREE)
    assert [column.id for column in found.columns] == [
        "first-loan-centre",
        "caizhi-platform",
        "exchange-rate-shield",
    ]
    assert [(row.metric.id, row.derived, row.comparable) for row in found.rows] == [
        ("enterprises-served", False, False),
        ("finance-amount", False, False),
        ("finance-per-enterprise", True, False),
    ]
    assert [warning.key for warning in found.rows[1].warnings] == [
        "warning.narrower",
        "warning.status",
        "warning.no_period",
    ]


def test_nearly_over_more_than_is_under(data: sqlite3.Connection) -> None:
    derived = compare(data, *THREE).rows[-1]
    meanings = [cell.meaning for cell in derived.cells if cell]
    first, second, third = meanings
    assert (first.low, first.high) == (Fraction(1160500000, 496), Fraction(1161500000, 496))
    assert (second.low, second.high) == (Fraction(72345000, 52), Fraction(72355000, 52))
    assert (third.low, third.high, third.high_open) == (Fraction(140000000, 300), 750000, True)
    assert not third.holds(750000)


def test_one_metric(data: sqlite3.Connection) -> None:
    (row,) = compare(data, *THREE, metric="enterprises served").rows
    assert row.metric.id == "enterprises-served"
    assert [cell.figures[0].printed for cell in row.cells if cell] == ["496家", "52家", "200余家"]


def test_zones_against_zones(data: sqlite3.Connection) -> None:
    found = compare(data, "chongzuo", "youyiguan", "dalian")
    assert found.kind == "zone"
    (row,) = found.rows
    assert row.metric.id == "foreign-trade-rank"
    assert [cell and cell.figures[0].printed for cell in row.cells] == ["第一位", "第一位", None]


def further(data: sqlite3.Connection, lang: str, *names: str) -> list[str]:
    """What the rows say of figures that their cells do not show."""
    return [
        warning_text(warning, lang)
        for row in compared(data, list(names), None, True).rows
        for warning in row.warnings
        if warning.key == "warning.further"
    ]


def test_what_a_cell_leaves_out_is_told(data: sqlite3.Connection) -> None:
    assert further(data, "en", "chongzuo", "qinzhou-port") == [
        "Also printed for Chongzuo Area: Cross-Border E-Commerce Trade 0.11亿元 (2019).",
        "Also printed for Qinzhou Port: Actual Annual Capacity 2000万吨, "
        "Annual Capacity with Berthing on Both Sides 4000万吨.",
        "Also printed for Qinzhou Port: Vessel Class Berthed 30万吨级.",
        "Also printed for Qinzhou Port: Berthing Draught After 18米.",
    ]
    assert further(data, "zh", "chongzuo", "wuhan") == [
        "崇左片区另有：跨境电商进出口货值0.11亿元（2019年）。",
        "武汉片区另有：评标专家评分权重4:3:3、交易中心评分权重4:3:3。",
    ]


def test_figures_without_end_are_told_by_their_number(data: sqlite3.Connection) -> None:
    (one,) = figures(data, FIGURES_OF_ZONE + " limit 1", id="chongzuo")
    warning = Warning("warning.further", whose=THIS, further=(one,) * 1234)
    assert warning_text(warning, "en") == (
        "Also printed for This: Rank by Foreign Trade 第一位, Rank by Foreign Trade 第一位, "
        "Rank by Foreign Trade 第一位, Rank by Foreign Trade 第一位, and 1,230 more."
    )
    assert warning_text(warning, "zh").endswith("外贸进出口总额排名第一位，此外还有 1,230 条。")


def test_what_is_left_out_makes_no_row_less_comparable(data: sqlite3.Connection) -> None:
    own = figures(data, FIGURES_OF_ZONE, id="pingxiang-ftz")
    newest = [one for one in own if one.period == "2021"]
    assert [one.printed for one in newest] == ["1015.4亿元"]
    known = {one.id: one for one in metrics(data)}
    both = side_by_side("zone", [THIS, THAT], [newest, own], known, [])
    assert [(w.key, len(w.further)) for w in both.rows[0].warnings] == [("warning.further", 1)]
    assert both.rows[0].comparable


def test_one_name_is_told_what_compares_well(data: sqlite3.Connection) -> None:
    with pytest.raises(NotFound) as told:
        compare(data, "汇率保")
    assert str(told.value) == (
        "a comparison needs two names; 'Exchange-Rate Shield' compares well with "
        "caizhi-platform (Caizhi Finance Service Platform), first-loan-centre (First-Loan Service Centre)"
    )


def test_a_name_given_twice(data: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="name the same initiative: exchange-rate-shield"):
        compare(data, "汇率保", "exchange-rate shield")


def test_an_unknown_name(data: sqlite3.Connection) -> None:
    with pytest.raises(NotFound, match=r"^no initiative or zone 'xyzzy plugh'"):
        compare(data, "汇率保", "xyzzy plugh")
