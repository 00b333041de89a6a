"""Like laid beside like, by intervals."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest

from ftz_cli.beside import compared
from ftz_cli.compare import Comparison
from ftz_cli.errors import NotFound, UsageError


@pytest.fixture(scope="module")
def data(loaded: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(loaded)
    return connection


def compare(data: sqlite3.Connection, *names: str, metric: str | None = None) -> Comparison:
    return compared(data, list(names), metric, False)


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
