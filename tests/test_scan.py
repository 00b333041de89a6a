"""Mentions of an article against the curated figures."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ftz_cli import queries
from ftz_cli.bench import article, scanned, source_of, stubs
from ftz_cli.bundled import bundled_folder
from ftz_cli.dataset import Dataset
from ftz_cli.load import fill
from ftz_cli.reading import Reader
from ftz_cli.scan import Curated, scan
from ftz_cli.schema import tables

PAGE = Path(__file__).parent.parent.parent / "shared" / "source" / "press-page-2022.txt"
needs_page = pytest.mark.skipif(
    not PAGE.is_file(), reason="the source page lies outside this repository"
)


def load(folder: str = "bundled") -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    fill(connection, [folder])
    return connection


@pytest.fixture(scope="module")
def data() -> sqlite3.Connection:
    return load()


def states(data: sqlite3.Connection, text: str) -> list[tuple[str, str, str | None]]:
    found = scanned(data, text, source_of(data, text))
    return [(one.printed, one.state, one.figure) for one in found]


@needs_page
def test_nothing_of_the_page_is_uncurated_or_stray(data: sqlite3.Connection) -> None:
    text = PAGE.read_text(encoding="utf-8")
    source = source_of(data, text)
    assert source is not None
    assert source.id == "press-2022"
    found = scanned(data, text, source)
    assert [one for one in found if one.state in ("uncurated", "stray")] == []
    assert len([one for one in found if one.state == "curated"]) == 112
    assert len([one for one in found if one.state == "excused"]) == 10


@needs_page
def test_every_figure_stands_on_the_page(data: sqlite3.Connection) -> None:
    found = scanned(data, text := PAGE.read_text(encoding="utf-8"), source_of(data, text))
    told = {id for one in found if one.figure for id in one.figure.split()}
    ids = {id for (id,) in data.execute("select id from figures")}
    assert ids - told == set()


@needs_page
@pytest.mark.parametrize(
    ("id", "old", "new"),
    [("F048", "1015.4", "1015.9"), ("F014", "4", "7"), ("F021", "4", "6"), ("F031", "22", "23")],
)
def test_a_digit_changed_in_value_and_print_alike_is_stray(
    tmp_path: Path, id: str, old: str, new: str
) -> None:
    shutil.copytree(bundled_folder(), tmp_path / "db")
    path = tmp_path / "db" / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["id"] == id]
    printed = row["printed"]
    for other in rows:
        if other["line"] == row["line"] and other["printed"] == printed:
            other["printed"] = printed.replace(old, new)
            other["value"] = other["value"].replace(old, new)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    data = load(str(tmp_path / "db"))
    found = states(data, PAGE.read_text(encoding="utf-8"))
    assert {figure for _, state, figure in found if state == "stray"} >= {id}
    assert printed in [text for text, state, _ in found if state == "uncurated"]


def test_a_new_text_is_all_uncurated(data: sqlite3.Connection) -> None:
    assert states(data, "该港吞吐量近1.5亿吨,\n同比增长5.2%,上百家企业参与。") == [
        ("近1.5亿吨", "uncurated", None),
        ("5.2%", "uncurated", None),
        ("上百家", "uncurated", None),
    ]


def test_line_endings_do_not_make_another_source(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    for text in ("一\n二家\n", "\ufeff一\r\n二家\r\n", "一\r二家\r"):
        file.write_bytes(text.encode())
        assert article(str(file)) == "一\n二家\n"


def test_stubs_pass_the_check_once_the_subject_is_filled_in(
    data: sqlite3.Connection, tmp_path: Path
) -> None:
    text = "企业近百家,投资超3.5亿元,增长5.2%,惠及1.5万户,按4:3:3分配,2021年5月21日投产。"
    columns, rows = stubs(scanned(data, text, None))
    assert columns == tables()["figures"].column_names
    assert [(row[4], row[6], row[7], row[13]) for row in rows] == [
        ("100", "家", "nearly", "近百家"),
        ("3.5", "亿元", "over", "超3.5亿元"),
        ("5.2", "%", "exact", "5.2%"),
        ("1.5", "万户", "exact", "1.5万户"),
        ("4", "份", "exact", "4:3:3"),
        ("3", "份", "exact", "4:3:3"),
        ("3", "份", "exact", "4:3:3"),
        ("2021-05-21", "date", "exact", "2021年5月21日"),
    ]
    metrics = {"家": "partner-banks", "亿元": "total-investment", "%": "transport-cost-cut",
               "万户": "partner-banks", "份": "rating-weight", "date": "launch-date"}  # fmt: skip
    shutil.copytree(bundled_folder(), tmp_path / "db")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=os.linesep)
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        cells |= {"zone": "wuhan", "metric": metrics[cells["unit"]], "article": "hubei",
                  "line": "5"}  # fmt: skip
        writer.writerow(cells.values())
    with (tmp_path / "db" / "figures.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(out.getvalue())
    count = load(str(tmp_path / "db")).execute("select count(*) from figures").fetchone()[0]
    assert count == 109 + 8


def test_a_megabyte_is_scanned_in_seconds(data: sqlite3.Connection) -> None:
    import time

    text = "武汉片区帮助496家企业获得贷款11.61亿元,增长5.2%,一起推进一体化发展。\n" * 11_000
    assert len(text.encode()) > 1_000_000
    start = time.perf_counter()
    assert len(scanned(data, text, None)) == 33_000
    assert time.perf_counter() - start < 60


@pytest.mark.parametrize(
    ("text", "printed", "states"),
    [
        ("释放现金近1.5亿元。", "近1.5亿元", ["curated"]),
        ("释放现金近1.5亿元。", "1.5亿元", ["uncurated"]),
        ("每天15万至20万单。", "20万单", ["uncurated"]),
        ("货值达8.08亿元。", "8.08亿元", ["curated"]),
        ("帮助200余家企业。", "200", ["uncurated"]),
    ],
)
def test_a_figure_that_says_less_than_the_text_leaves_its_number_uncurated(
    text: str, printed: str, states: list[str], data: sqlite3.Connection
) -> None:
    (figure,) = queries.figures(data, queries.FIGURE, id="F067")
    known = Curated({1: [replace(figure, line=1, printed=printed)]}, {}, 2022)
    reader = Reader(queries.units(data), [])
    found = list(scan(text, reader, known))
    assert [one.state for one in found] == states
    assert [one.figure for one in found] == ["F067"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("补贴5万-10万元。", "5万-10万元"),
        ("资金5000万-1亿元。", "5000万-1亿元"),
        ("规模1亿至2亿元。", "1亿至2亿元"),
        ("每家5万至10万元。", "5万至10万元"),
    ],
)
def test_a_scan_reads_what_the_check_reads(
    text: str, printed: str, data: sqlite3.Connection, bundled: Dataset
) -> None:
    (one,) = scanned(data, text, None)
    assert one.printed == printed
    assert one.quantity == bundled.reader.read(printed)


def test_a_row_of_digits_too_long_for_a_number_is_seen(data: sqlite3.Connection) -> None:
    found = scanned(data, f"编号{'9876543210' * 3}和5家", None)
    assert [(one.printed, one.state) for one in found] == [
        ("9876543210" * 3, "uncurated"), ("5家", "uncurated"),
    ]  # fmt: skip
