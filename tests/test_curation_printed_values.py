"""A row passes where its cells say what is printed, and its ends come from what is printed."""

from __future__ import annotations

import pytest
from small_dataset import FILES, SmallDataset

from ftz_cli.curation.checks import Dataset

HEADER = FILES["figures"].splitlines()[0]


def checked(small: SmallDataset, *rows: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """Ends of the figures and codes of faults; a row is metric, measure, value … bound; printed."""
    lines = [HEADER]
    for number, row in enumerate(rows):
        cells, printed = row.split("; ")
        metric, measure, value, value_to, unit, bound = cells.split(" ")
        lines.append(
            f"F{number},linhe,,{metric},{measure},,,{value},{value_to},{unit},{bound},,,undated,"
            f"measured,speed,5,{printed},,"
        )
    (small / "claims.csv").unlink(missing_ok=True)
    (small / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = Dataset([small.path])
    ends = [ends for _, ends in dataset.figures()]
    return ends, [problem.code for problem in dataset.problems]


AGREE = [
    # The digits printed carry the precision, whatever unit the row has.
    ("foreign-trade level 1.5  亿元 about; 约1.5亿元", ("140000000", "160000000", 0, 0)),
    ("foreign-trade level 15000  万元 about; 约1.5亿元", ("140000000", "160000000", 0, 0)),
    ("foreign-trade level 2 3 亿元 range; 2至3亿元", ("200000000", "300000000", 0, 0)),
    ("foreign-trade level 1.7  十亿元 exact; 1.7 billion yuan", ("1650000000", "1750000000", 0, 0)),
    # A rate may be printed by what it counts, and what is counted by a word behind the number.
    ("calls level 300  通/日 over; 300余通", ("300", "400", 0, 1)),
    ("firms level 200  家 over; 200余家", ("200", "300", 0, 1)),
    ("collateral level 5  项 exact; 五免", ("5", "5", 0, 0)),
    ("collateral level 0  项 exact; 免抵押", ("0", "0", 0, 0)),
    ("foreign-trade level 0  元 exact; 零收费", ("0", "0", 0, 0)),
    # A fall is negative, and its bound mirrors.
    ("clearance-time growth -31  % exact; 缩短31%", ("-31.5", "-30.5", 0, 0)),
    ("clearance-time growth -3  % over; 下降超过3%", (None, "-3", 0, 1)),
    ("clearance-time change -0.94  小时 exact; 减少了5.92小时和0.94个小时", ("-0.945", "-0.935", 0, 0)),
    ("clearance-time change -5.92  小时 exact; 减少了5.92小时和0.94个小时", ("-5.925", "-5.915", 0, 0)),
    ("foreign-trade growth -3.2  % exact; -3.2%", ("-3.25", "-3.15", 0, 0)),
    ("foreign-trade level -3  亿元 exact; 亏损3亿元", ("-350000000", "-250000000", 0, 0)),
    # A metric takes any currency, and any unit of time.
    ("foreign-trade level 2  亿美元 exact; 2亿美元", ("150000000", "250000000", 0, 0)),
    ("clearance-time level 30  分钟 exact; 30分钟", ("29.5", "30.5", 0, 0)),
    # A growth may pass 100 %.
    ("foreign-trade growth 50  % over; 增长超过50%", ("50", None, 1, 0)),
    # A share may not.
    ("throughput share 85  % over; 超过85%", ("85", "100", 1, 0)),
    ("throughput share 99.9  % exact; 99.9%", ("99.85", "99.95", 0, 0)),
    ("throughput share 100  % exact; 100%", ("99.5", "100", 0, 0)),
    ("foreign-trade multiple 2.5  倍 exact; 2.5倍", ("2.45", "2.55", 0, 0)),
    ("foreign-trade rank 1  位 exact; 第一位", ("1", "1", 0, 0)),
    ("launch level 2021-05  date exact; 2021年5月", (None, None, 0, 0)),
    ("launch level 2021-03  date exact; 今年3月", (None, None, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("row", "ends"), AGREE)
def test_cells_that_say_what_is_printed_pass(
    row: str, ends: tuple[object, ...], small: SmallDataset
) -> None:
    assert checked(small, row) == ([ends], [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("foreign-trade level 1.5  亿元 exact; 1.5 billion yuan", "F203"),
        ("foreign-trade level 1.5  亿元 about; 近1.5亿元", "F204"),
        ("foreign-trade level 1.5  亿元 exact; 1.5亿美元", "F202"),
        ("calls level 300  通/日 over; 300余小时", "F202"),
        ("throughput level 12  吨 exact; 12小时", "F202"),
        ("launch level 2021-05  date exact; 2021年6月", "F203"),
        ("launch level 2021-05  date exact; 5亿元", "F202"),
        ("launch level 2021-02-30  date exact; 2021年2月30日", "F309"),
        ("foreign-trade growth 3.2  % exact; -3.2%", "F203"),
        ("foreign-trade growth -12.5  % exact; 增长12.5%", "F207"),
        ("clearance-time change 0.94  小时 exact; 减少了5.92小时和0.94个小时", "F207"),
        ("clearance-time change -0.95  小时 exact; 减少了5.92小时和0.94个小时", "F203"),
        ("foreign-trade level -1.5  亿元 exact; 1.5亿元", "F207"),
        # Each measure has its own unit.
        ("foreign-trade growth 5  亿元 exact; 增长5亿元", "F405"),
        ("foreign-trade rank 1  个 exact; 1个", "F405"),
        ("foreign-trade share 40  家 exact; 40家", "F405"),
        ("foreign-trade multiple 40  % exact; 40%", "F405"),
        ("foreign-trade level 40  % exact; 40%", "F405"),
        ("foreign-trade level 40  亿元 exact; 数十亿元", "F201"),
        ("foreign-trade level 40  亿元 exact; 外贸总额40亿元，增长迅速", "F201"),
        ("collateral level 1  项 exact; 免抵押", "F203"),
    ],
)
def test_cells_that_say_something_else_are_refused(
    row: str, code: str, small: SmallDataset
) -> None:
    assert checked(small, row) == ([], [code])


def test_parts_of_a_ratio_come_in_the_order_printed(small: SmallDataset) -> None:
    part = "weight level {}  份 exact; 4:3:3"
    rows = [part.format(number) for number in (4, 3, 3)]
    assert checked(small, *rows)[1] == []
    assert checked(small, *rows, *rows)[1] == []
    assert checked(small, *rows[1:])[1] == ["F203", "F205"]
    assert checked(small, *rows[:2])[1] == ["F205"]


def test_the_same_year_is_that_of_the_date_before(small: SmallDataset) -> None:
    first = "launch level 2019-05-21  date exact; 2019年5月21日"
    again = "launch level 2019-11-05  date exact; 同年11月5日"
    assert checked(small, first, again)[1] == []
    assert checked(small, again)[1] == ["F201"]


def test_a_disagreement_says_what_is_printed(small: SmallDataset) -> None:
    small.edit("figures", "1.5,,亿元", "1.6,,亿元")
    dataset = Dataset([small.path])
    dataset.check()
    assert dataset.problems[0].message == (
        "value '1.6' is not what '约1.5亿元' says: 1.5, 亿元, about"
    )
