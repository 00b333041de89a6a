"""Periods in EDTF: which exist, which days they span, and the same ones of another year."""

from __future__ import annotations

from datetime import date

import pytest
from cases import cases

from ftz_cli.quantities.edtf import canonical, exists, newest, shifted, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-05-21", date(2021, 5, 21), date(2021, 5, 21)),
        ("2022-33", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-36", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-40", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-41", date(2022, 7, 1), date(2022, 12, 31)),
        ("2021-01/2021-09", date(2021, 1, 1), date(2021, 9, 30)),
        ("2019/2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("2021-05/2021", date(2021, 5, 1), date(2021, 12, 31)),
        ("2021-03/..", date(2021, 3, 1), None),
    ],
)
def test_a_period_spans_its_days(text: str, first: date, last: date | None) -> None:
    assert span(text) == (first, last)
    assert exists(text)


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-13", "2021-42", "2021-00", "2021-24", "2021-02-29", "2021/2019", "2021-09/2021-01", "2021-5", "0000",
     "../2021", "2021?", "２０２１", "2021-01-01T00", "2021/2022/2023", "-2021"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    assert not exists(text)
    with pytest.raises(ValueError, match=r"."):
        span(text)


@pytest.mark.parametrize(("text", "one"), cases("test_two_spellings_of_one_span_meet"))
def test_two_spellings_of_one_span_meet(text: str, one: str) -> None:
    assert canonical(text) == one


def test_the_newest_period_ends_last_and_then_begins_last() -> None:
    periods = [
        None,
        "2019",
        "2021-40",
        "2021-01/2021-09",
        "2011-03/2021",
        "2021",
        "2021-12",
        "2021-03/..",
    ]
    assert sorted(reversed(periods), key=newest) == periods


@pytest.mark.parametrize(
    ("text", "years", "moved"),
    [
        ("2021", -1, "2020"),
        ("2021-01/2021-09", -1, "2020-01/2020-09"),
        ("2022-40", -2, "2020-40"),
        ("2020-02-29", -1, "2019-02-28"),
        ("2021-03/..", 1, "2022-03/.."),
    ],
)
def test_the_same_period_of_another_year(text: str, years: int, moved: str) -> None:
    assert shifted(text, years) == moved
