"""Data of any size: what the generator writes is valid, and time and memory stay flat."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from generate import generate, spelt

from ftz_cli import find
from ftz_cli.dataset import Dataset, folders_named
from ftz_cli.load import load
from ftz_cli.numerals import chinese_number

QUESTIONS = (
    "新增跨境电商金额",
    "new cross-border e-commerce share",
    "汉汉自贸试验区 跨境电商 2018",
)


def database(folder: Path, figures: int, names: int) -> Path:
    generate(folder / f"data-{figures}", figures, names)
    load(folder / f"{figures}.db", [str(folder / f"data-{figures}")])
    return folder / f"{figures}.db"


@pytest.mark.parametrize(("figures", "names"), [(1, 1), (7, 30), (1000, 100), (3000, 3000)])
def test_generated_data_are_valid(figures: int, names: int, tmp_path: Path) -> None:
    generate(tmp_path, figures, names)
    dataset = Dataset(folders_named([str(tmp_path)]))
    assert dataset.check() == figures
    assert dataset.problems == []


def test_every_kind_of_row_is_there(tmp_path: Path) -> None:
    generate(tmp_path, 20_000, 300)
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["bound"] for row in rows} == {
        "exact", "about", "over", "nearly", "under", "at_least", "at_most", "range",
    }  # fmt: skip
    assert {row["period_kind"] for row in rows} == {
        "during", "as_of", "since", "cumulative", "change", "undated",
    }  # fmt: skip
    assert {row["status"] for row in rows} == {"measured", "capacity", "design", "target", "rule"}
    assert {"date", "亿元", "万亿元", "位", "%", "份", "小时"} <= {row["unit"] for row in rows}
    printed = " ".join(row["printed"] for row in rows)
    for form in ("同年", "今年", "百分之", "成", "前", "首位", ":", "~", "至", "余"):
        assert form in printed


def test_the_same_numbers_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, 500, 60)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_the_generator_is_a_command(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).parent / "generate.py"), str(tmp_path / "made")]
    ran = subprocess.run([*command, "--figures", "50", "--names", "30"], capture_output=True,
                         text=True, check=True)  # fmt: skip
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert len((tmp_path / "made" / "figures.csv").read_text(encoding="utf-8").splitlines()) == 51


@pytest.mark.parametrize("number", [1, 10, 15, 20, 101, 110, 1005, 9998, 10_000, 100_100, 999_900])
def test_spelt_numbers_read_back(number: int) -> None:
    read = chinese_number(spelt(number))
    assert read is not None
    assert read == (number, None)


def test_memory_of_checking_does_not_grow_with_rows(tmp_path: Path) -> None:
    peaks = []
    for figures in (3000, 9000):
        folder = tmp_path / str(figures)
        generate(folder, figures, 60)
        dataset = Dataset(folders_named([str(folder)]))
        tracemalloc.start()
        assert dataset.check() == figures
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # The same unit, date and period caches; nothing a row.
    assert peaks[1] < peaks[0] + 1_000_000


def test_a_look_up_does_the_same_work_in_more_figures(tmp_path: Path) -> None:
    """Steps of SQLite's machine, not seconds: with the same names and ten times the figures."""
    steps = [_steps(database(tmp_path, figures, 300)) for figures in (1000, 10_000)]
    assert steps[1] < 3 * steps[0]


def _steps(path: Path) -> int:
    data = sqlite3.connect(path)
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    data.set_progress_handler(count, 100)
    for question in QUESTIONS:
        assert find.figures(data, question)
    data.close()
    return counted
