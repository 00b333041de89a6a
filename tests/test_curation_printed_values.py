"""A row passes where its cells say what is printed, and its ends come from what is printed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from small_dataset import FILES, SmallDataset

from ftz_cli.curation.checks import Dataset
from ftz_cli.model.measures import SCOPED

CELLS = ("metric", "measure", "value", "value_to", "unit", "bound")
HEADER = FILES["figures"].splitlines()[0]


def checked(small: SmallDataset, *rows: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """Ends of the figures and codes of faults; a row is metric, measure, value … bound; printed."""
    lines = [HEADER]
    for number, row in enumerate(rows):
        cells, printed = row.split("; ")
        metric, measure, value, value_to, unit, bound = cells.split(" ")
        scope = "全省,the province" if measure in SCOPED else ","
        lines.append(
            f"F{number},linhe,,{metric},{measure},{scope},{value},{value_to},{unit},{bound},,,undated,"
            f"measured,speed,5,{printed},,"
        )
    (small / "claims.csv").unlink(missing_ok=True)
    (small / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = Dataset([small.path])
    ends = [ends for _, ends in dataset.figures()]
    return ends, [problem.code for problem in dataset.problems]


# Cells of a row, and the ends of its meaning, or the fault that it has.
with (Path(__file__).parent / "data" / "printed_values.csv").open(encoding="utf-8") as file:
    ROWS = [*csv.DictReader(file)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['value']} {row['printed']}")
def test_cells_say_what_is_printed_or_are_refused(row: dict[str, str], small: SmallDataset) -> None:
    cells = " ".join(row[name] for name in CELLS)
    ends, faults = checked(small, f"{cells}; {row['printed']}")
    if row["fault"]:
        assert (ends, faults) == ([], [row["fault"]])
    else:
        wanted = (
            row["low"] or None,
            row["high"] or None,
            int(row["low_open"]),
            int(row["high_open"]),
        )
        assert (ends, faults) == ([wanted], [])


def test_a_row_is_one_of_the_parts_of_a_ratio(small: SmallDataset) -> None:
    part = "weight level {}  份 exact; 4:3:3"
    rows = [part.format(number) for number in (4, 3, 3, 5)]
    assert checked(small, *rows)[1] == ["F203"]
    swapped = [part.format(number) for number in (3, 4, 3)]
    assert checked(small, *swapped)[1] == ["F203"]


def test_the_same_year_is_the_one_that_the_row_has(small: SmallDataset) -> None:
    row = "launch level 2019-11-{}  date exact; 同年11月5日"
    assert checked(small, row.format("05"), row.format("06"))[1] == ["F203"]


@pytest.mark.parametrize(
    ("cells", "wrong", "right"),
    [("1.6,,亿元", "value '1.6'", "1.5亿元"), ("1.5,,万元", "unit '万元'", "亿元")],
)
def test_a_disagreement_names_the_cell_and_what_is_printed(
    cells: str, wrong: str, right: str, small: SmallDataset
) -> None:
    small.edit("figures", "1.5,,亿元", cells)
    dataset = Dataset([small.path])
    dataset.check()
    said = f"{wrong} does not match '约1.5亿元': {right}"
    assert dataset.problems[0].message == said
