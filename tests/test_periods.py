"""Dates that people type, as EDTF."""

import pytest

from ftz_cli.periods import dates_in, falls_in, part_of_year_in
from ftz_cli.wording import fold


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2021", ["2021"]), ("2021年", ["2021"]), ("２０２１年度", ["2021"]), ("二〇二一年", ["2021"]),
        ("2019-2021", ["2019", "2021"]), ("2019年到2021年", ["2019", "2021"]),
        ("2021年5月", ["2021-05"]), ("2021年5月份", ["2021-05"]), ("21年5月", ["2021-05"]),
        ("二零二一年五月", ["2021-05"]), ("二〇一〇年十二月", ["2010-12"]), ("2021-05", ["2021-05"]),
        ("2021/5", ["2021-05"]), ("5/2021", ["2021-05"]), ("May 2021", ["2021-05"]),
        ("Sept. 2010", ["2010-09"]), ("nov 2021", ["2021-11"]),
        ("2021年5月21日", ["2021-05-21"]), ("2021.11.5", ["2021-11-05"]),
        ("21 May 2021", ["2021-05-21"]), ("May 21, 2021", ["2021-05-21"]),
        ("by the 20th of July 2022", ["2022-07-20"]),
        ("截至7月20日", ["XXXX-07-20"]), ("July 20", ["XXXX-07-20"]), ("20 July", ["XXXX-07-20"]),
        ("11月投产", ["XXXX-11"]), ("in November", ["XXXX-11"]),
        ("进出口值……2019年", ["2019"]), ("19年友谊关外贸", ["2019"]), ("innovations '21", ["2021"]),
        ("innovations ’21", ["2021"]),
        # Figures, spans and other words are no dates.
        ("2077.68亿元", []), ("3242亿元", []), ("4个月", []), ("近30年", []), ("20年来", []), ("近20年", []), ("12年", []), ("firms may borrow", []),
        ("12345", []), ("20211105", []),
    ],
)  # fmt: skip
def test_dates_are_told(text: str, dates: list[str]) -> None:
    assert [*dates_in(fold(text))[0]] == dates


@pytest.mark.parametrize(
    ("text", "part", "dates"),
    [
        ("2022年上半年", "40", ["2022"]), ("2022H1", "40", ["2022"]), ("2022年1-6月", "40", ["2022"]),
        ("first half of 2022", "40", ["2022"]), ("下半年", "41", []), ("2021年第三季度", "35", ["2021"]),
        ("q4 2021", "36", ["2021"]), ("the 2nd quarter", "34", []), ("半年", "", []),
        ("half of the firms", "", []), ("7月", "", ["XXXX-07"]),
    ],
)  # fmt: skip
def test_parts_of_a_year_are_told(text: str, part: str, dates: list[str]) -> None:
    told, rest = part_of_year_in(fold(text))
    assert ([*told], [*dates_in(rest)[0]]) == ([part] if part else [], dates)


@pytest.mark.parametrize(
    ("date", "asked", "falls"),
    [
        ("2021-05-21", "2021", True), ("2021-05-21", "2021-05", True), ("2021", "2021-05", False),
        ("2022-07-20", "XXXX-07-20", True), ("2022-07-20", "XXXX-07", True),
        ("2022-07-20", "XXXX-08", False), ("2022", "XXXX-07", False), ("", "2021", False),
    ],
)  # fmt: skip
def test_a_date_falls_in_what_it_is_part_of(date: str, asked: str, falls: bool) -> None:
    assert falls_in(date, asked) is falls
