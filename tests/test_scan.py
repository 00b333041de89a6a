"""Mentions of an article against the curated figures, and a revised text against its source."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from cases import cases
from command_line import Home
from small_dataset import TEXT, SmallDataset

from ftz_cli.api import Dataset, open_dataset
from ftz_cli.curation.article_text import digests, read_text
from ftz_cli.curation.loader import load
from ftz_cli.curation.scan import Entry, Scanned, scan
from ftz_cli.database import queries
from ftz_cli.model.errors import DataUnusable
from ftz_cli.quantities.reader import Reader

PAGE = Path(__file__).parent.parent.parent / "shared" / "source" / "press-page-2022.txt"
needs_page = pytest.mark.skipif(
    not PAGE.is_file(), reason="the source page lies outside this repository"
)


@pytest.fixture(scope="module")
def reader(data: Dataset) -> Reader:
    return Reader(queries.units(data.db))


@pytest.fixture(scope="module")
def page() -> str:
    return read_text(str(PAGE))


def told(found: list[Scanned]) -> list[tuple[int, str, str, str | None]]:
    return [(one.line, one.mention.printed, one.state, one.figure) for one in found]


def faults(found: list[Scanned]) -> list[tuple[int, str, str, str | None]]:
    return told([one for one in found if one.at_fault])


@needs_page
def test_nothing_of_the_page_is_uncurated_or_stray(data: Dataset, page: str) -> None:
    found = data.scan(page)
    assert (found.source, found.at_fault) == ("press-2022", False)
    assert Counter(one.state for one in found.mentions) == {
        "curated": 101,
        "excused": 9,
        "uncurated": 12,
    }
    ids = {id for one in found.mentions if one.figure for id in one.figure.split()}
    assert {one.id for one in data.figures(article="press-2022")} == ids


@needs_page
@pytest.mark.parametrize("form", ["{}", "{}\n", "\ufeff{}\n", "\r\n"])
def test_line_ends_and_marks_make_no_other_text(
    form: str, data: Dataset, page: str, tmp_path: Path
) -> None:
    text = page.replace("\n", form) if form == "\r\n" else form.format(page.removesuffix("\n"))
    file = tmp_path / "page.txt"
    file.write_text(text, encoding="utf-8", newline="")
    assert data.scan(read_text(str(file))).source == "press-2022"
    assert digests(read_text(str(file)))[0] in digests(page)


@needs_page
@pytest.mark.parametrize(("id", "old", "new"), cases("test_a_digit_changed_names_its_figure_alone"))
def test_a_digit_changed_names_its_figure_alone(
    id: str, old: str, new: str, data: Dataset, page: str
) -> None:
    assert page.count(old) == 1
    found = data.scan(page.replace(old, new), "press-2022")
    assert [(one[2], one[3]) for one in faults(found.mentions)] == [("changed", id)]
    assert found.at_fault


@needs_page
def test_lines_that_moved_and_figures_that_are_gone(data: Dataset, page: str) -> None:
    moved = data.scan(page.replace("## 广西自贸", "新的一行\n\n## 广西自贸"), "press-2022").mentions
    assert {state for *_, state, _ in faults(moved)} == {"moved"}
    assert (55, "1015.4亿元", "moved", "F048") in told(moved)
    assert (13, "9省", "curated", "F001") in told(moved)
    gone = data.scan(page.replace("增长73.46%;", ""), "press-2022").mentions
    assert faults(gone) == [(53, "73.46%", "vanished", "F049")]
    more = data.scan(page.replace("增长73.46%;", "增长73.46%,另有5座码头;"), "press-2022").mentions
    assert faults(more) == [(53, "5座", "uncurated", None)]


def test_a_figure_that_is_not_where_it_says_has_moved(small: SmallDataset) -> None:
    small.edit("figures", "speed,3,缩短31%", "speed,5,缩短31%")
    load([str(small.path)], small.path / "x.db")
    with open_dataset(small.path / "x.db") as data:
        assert (3, "31%", "moved", "F03") in faults(data.scan(TEXT).mentions)


def test_a_new_text_is_all_uncurated_and_no_fault(data: Dataset) -> None:
    found = data.scan("该港吞吐量近1.5亿吨,\n2021年同比下降5.2%,近百家企业参与。")
    assert (found.source, found.at_fault) == (None, False)
    assert [
        (one.line, one.mention.printed, one.mention.kind, one.mention.direction, one.state)
        for one in found.mentions
    ] == [
        (1, "近1.5亿吨", "quantity", None, "uncurated"),
        (2, "2021年", "date", None, "uncurated"),
        (2, "5.2%", "quantity", "down", "uncurated"),
        (2, "近百家", "quantity", None, "uncurated"),
    ]
    assert found.mentions[2].context == "2021年同比下降5.2%,近百家企业参与。"


def test_a_new_text_repeats_what_any_source_has_but_not_in_the_other_direction(
    data: Dataset,
) -> None:
    text = "跨境电商23.78亿元。进口通关缩短67.5%,出口增长19.6%,占56%。Trade was 58.5 billion yuan."
    assert [(one.state, one.figure) for one in data.scan(text).mentions] == [
        ("repeat", "F051"), ("repeat", "I108"), ("uncurated", None), ("uncurated", None),
        ("repeat", "Z240"),
    ]  # fmt: skip


def test_a_number_is_of_the_place_in_its_line_and_of_any_name_of_its_unit(data: Dataset) -> None:
    text = "广西119.99平方公里\n47.3 million TEU, 3,849 trips, 2,059 firms; 56%. Trade fell 14.5 percent"
    found = data.scan(text).mentions
    assert [one.figure and one.figure.split()[0] for one in found] == [
        "N273", "I219", "I255", None, None, None,
    ]  # fmt: skip
    assert str(found[-2].why) == "too few digits to tell what it repeats"


def test_a_number_of_another_place_or_period_is_no_repeat(data: Dataset) -> None:
    text = (
        "Chengdu sent 2,285 trains in 2024. Chengdu sent 2,285 trains in 2023. "
        "Wuhan ran 764 trains in 2024. Zhoushan sold 9.1 percent more in 2022. "
        "They used 69.47 billion yuan in 2019. They used 69.47 billion yuan in the first half of 2019."
    )
    found = [one for one in data.scan(text).mentions if one.mention.kind == "quantity"]
    assert [(one.state, one.figure) for one in found] == [
        ("repeat", "I257"), ("uncurated", None), ("uncurated", None), ("repeat", "I233"),
        ("uncurated", None), ("repeat", "Z174"),
    ]  # fmt: skip
    assert [str(one.why)[:4] for one in found] == ["Trai", "I257", "I269", "Grow", "Z174", "Fore"]


@pytest.mark.parametrize(("text", "printed", "states"), cases("test_what_a_figure_answers_for"))
def test_what_a_figure_answers_for(text: str, printed: str, states: str, reader: Reader) -> None:
    found = scan(text.replace("\\n", "\n"), reader, [Entry("F1", 1, printed)], 2022)
    assert [one.state for one in found] == states.split()


def test_a_changed_number_is_of_the_figure_that_looks_most_like_it(reader: Reader) -> None:
    entries = [Entry("F1", 1, "585.37亿元"), Entry("F2", 1, "3242亿元")]
    assert faults(scan("外贸3424亿元。", reader, entries)) == [
        (1, "3424亿元", "changed", "F2"), (1, "585.37亿元", "vanished", "F1"),
    ]  # fmt: skip


def test_repeats_and_excused_words_are_told(reader: Reader) -> None:
    text = "外贸23.78亿元\n一站式办理。2021年外贸达23.78亿元，两项3家，2019年。"
    entries = [
        Entry("F1", 2, "23.78亿元", measure="growth"),
        Entry("F2", 2, "3家"),
        Entry("X1", 2, "一站式", reason="part of a name"),
    ]  # fmt: skip
    assert told(scan(text, reader, entries)) == [
        (1, "23.78亿元", "repeat", "F1"),
        (2, "2021年", "uncurated", None),
        (2, "达23.78亿元", "curated", "F1"),
        (2, "两项", "uncurated", None),
        (2, "3家", "curated", "F2"),
        (2, "2019年", "uncurated", None),
    ]


@pytest.mark.parametrize(("text", "printed", "measure", "state"), [
    ("外贸同比下降12.4%。", "12.4%", "share", "changed"),
    ("外贸增长了12.4%。", "12.4%", "level", "changed"),
    ("外贸同比下降12.4%。", "12.4%", "growth", "changed"),  # curated as a rise
    ("外贸同比增长12.4%。", "12.4%", "growth", "curated"),
    ("占比上升到12.4%。", "12.4%", "share", "curated"),
    ("Trade fell by 12.4 percent.", "12.4 percent", "share", "changed"),
    ("Trade fell to 12.4 percent of all.", "12.4 percent", "share", "curated"),
    ("Costs fell by 300 yuan.", "300 yuan", "level", "curated"),
])  # fmt: skip
def test_a_movement_in_the_text_is_no_share_and_no_level(
    text: str, printed: str, measure: str, state: str, reader: Reader
) -> None:
    (one,) = scan(text, reader, [Entry("F1", 1, printed, measure=measure)])
    assert one.state == state


def test_a_scan_reads_what_the_check_reads(reader: Reader) -> None:
    for text in ("补贴5万-10万元。", "规模1亿至2亿元。", "每家5万至10万元。", "缩短超过60%。"):
        (one,) = scan(text, reader)
        assert one.mention.quantity == reader.read(one.mention.printed)


@needs_page
def test_the_table_leaves_dates_out_and_the_json_has_all(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    page = home.run("scan", str(PAGE), "--json")
    rows = json.loads(page.out)
    assert (page.code, page.err.count("\n")) == (0, 1)  # that the database is built
    assert Counter(row["kind"] for row in rows) == {"quantity": 106, "date": 16}
    table, every = (home.run("scan", str(PAGE), *more).out for more in ([], ["--all"]))
    assert ("✓ 97 curated" in table, "✓ 101 curated" in every) == (True, True)
    revised = tmp_path / "revised.txt"
    revised.write_text(PAGE.read_text(encoding="utf-8").replace("1015.4", "1015.9"))
    ran = home.run("scan", str(revised), "--as", "press-2022")
    assert ran.code == 1
    assert ("F048" in ran.out, ran.out.count("F0")) == (True, 1)
    assert home.run("scan", str(revised)).code == 0
    assert home.run("scan", str(tmp_path / "none.txt")).code == 3


def test_a_text_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    for encoding in ("utf-16", "utf-16-le", "gbk"):
        file.write_bytes("厦门片区新设企业9826家".encode(encoding))
        with pytest.raises(DataUnusable, match=r"it looks like (UTF-16|GBK), not UTF-8"):
            read_text(str(file))


@needs_page
@pytest.mark.slow
def test_a_megabyte_is_read_in_seconds(data: Dataset, page: str, tmp_path: Path) -> None:
    text = f"{page}\n" * 68
    assert len(text.encode()) > 1_000_000
    times = [time.process_time()]
    assert len(data.scan(text).mentions) > 7_000
    times.append(time.process_time())
    data.stubs(text, "big", str(tmp_path))
    times.append(time.process_time())
    data.scan(text)
    times.append(time.process_time())
    # An idle machine takes 3 seconds for a scan and 5 for stubs, one with busy neighbours thrice that.
    before, stubs, after = (later - earlier for earlier, later in pairwise(times))
    a_scan = (before + after) / 2  # neighbours may come in between
    assert a_scan < 12
    assert stubs < 2.5 * a_scan
