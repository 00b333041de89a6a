"""A sound dataset passes, and each fault that one can have is told once, at its place."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_dataset import FILES, SHA256, TEXT, SmallDataset

from ftz_cli.curation.checks import Dataset, folders_named
from ftz_cli.curation.faults import FAULTS, columns
from ftz_cli.curation.loader import check
from ftz_cli.language.safe_text import UNSAFE
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.dataset_schema import tables
from ftz_cli.model.errors import DataUnusable, UsageError


def problems(*folders: Path, text: Path | None = None) -> list[str]:
    """What is told of folders: place without the folder, code and message."""
    dataset, _ = check([*map(str, folders)], text)
    assert dataset.problem_count == len(dataset.problems)
    return [str(one).replace(f"{folders[0]}/", "") for one in dataset.problems]


def test_a_sound_dataset_has_no_fault(small: SmallDataset) -> None:
    assert problems(small.path, text=small.text) == []
    assert Dataset([small.path]).check() == 15


def test_the_bundled_data_has_no_fault() -> None:
    assert problems(bundled_folder()) == []


# The table, what it says, what it is to say, and the fault; {} is where the new words begin.
with (Path(__file__).parent / "data" / "faults.jsonl").open(encoding="utf-8") as file:
    CELLS: list[tuple[str, str, str, str]] = [*map(json.loads, file)]


@pytest.mark.parametrize(("file", "old", "new", "told"), CELLS)
def test_a_fault_is_told_at_its_place(
    file: str, old: str, new: str, told: str, small: SmallDataset
) -> None:
    place = small.edit(file, old, new)
    (found,) = problems(small.path)
    assert found.startswith(told.format(place))


EXCUSED = FILES["excused"]
UNREADABLE = "excused.csv:1:1: F101 the file can't be read: "
# The file, what it holds instead, and the fault.
SPOILT: dict[str, tuple[str, bytes, str]] = {
    "GBK": ("excused", EXCUSED.encode("gbk"), f"{UNREADABLE}it looks like GBK"),
    "UTF-16": ("excused", EXCUSED.encode("utf-16"), f"{UNREADABLE}it looks like UTF-16"),
    "no mark": ("excused", EXCUSED.encode("utf-16-le"), f"{UNREADABLE}it looks like UTF-16"),
    "a broken byte": ("excused", EXCUSED.encode().replace(b"\xe4\xb8\x80", b"\xe4\xb8"),
                      f"{UNREADABLE}it is not UTF-8 text"),
    "no text": ("excused", bytes(range(255, 100, -3)), f"{UNREADABLE}it is not UTF-8 text"),
    "semicolons": ("excused", EXCUSED.replace(",", ";").encode(), "excused.csv:1:1: F109 the first line names no column"),
    "tabs": ("excused", EXCUSED.replace(",", "\t").encode("utf-8-sig"), "excused.csv:1:1: F109 the first line names no column"),
    "another name": ("Figures", b"id,zone", "Figures.csv:1:1: F113 no table of a dataset has this name"),
    "nothing": ("excused", b"", "excused.csv:1:1: F109 the first line names no column"),
    "an endless cell": ("excused", EXCUSED.encode() + b'X2,"' + b"x\n" * 99_999,
                        "excused.csv:3:1: F107 the row that begins here can't be read: field larger than"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_file_is_told_once(kind: str, small: SmallDataset) -> None:
    name, content, told = SPOILT[kind]
    (small / f"{name}.csv").write_bytes(content)
    (found,) = problems(small.path)
    assert found.startswith(told)


def test_what_is_no_file_is_told(small: SmallDataset) -> None:
    (small / "excused.csv").unlink()
    (small / "excused.csv").symlink_to("gone")
    assert problems(small.path) == [f"{UNREADABLE}No such file or directory"]
    (small / "excused.csv").unlink()
    (small / "excused.csv").mkdir()
    assert problems(small.path) == [f"{UNREADABLE}Is a directory"]
    (small / "excused.csv").rmdir()
    os.mkfifo(small / "excused.csv")
    assert problems(small.path) == [f"{UNREADABLE}it is not a regular file"]


def test_every_code_has_a_case() -> None:
    cases = [told for *_, told in CELLS] + [told for *_, told in SPOILT.values()]
    covered = {found[0] for told in cases if (found := re.search(r"F\d{3}", told))}
    assert covered | {"F208", "F209", "F210", "F211", "F403"} == set(FAULTS)


def test_what_is_printed_stands_on_its_line_of_the_text(small: SmallDataset) -> None:
    small.edit("figures", "3,缩短31%", "2,缩短31%")
    small.edit("recognitions", "居全省第一位", "居全国第一位")
    dataset, _ = check([str(small.path)], small.text)
    assert [(p.place.rpartition("/")[2], p.message) for p in dataset.problems] == [
        ("recognitions.csv:2:50", "'居全国第一位' is not on its line of the text, but on: none"),
        ("figures.csv:4:76", "'缩短31%' is not on its line of the text, but on: 3"),
    ]
    small.edit("excused", "speed,1,一站", "speed,,一站")  # a line is asked for here
    (found,) = problems(small.path, text=small.text)  # the text is not asked
    assert found.startswith("excused.csv:2:10: F301")


@pytest.mark.parametrize("digest", ["0" * 64, ""])
def test_the_text_is_the_one_that_the_source_names(digest: str, small: SmallDataset) -> None:
    small.edit("sources", SHA256, digest)
    (found,) = problems(small.path, text=small.text)
    assert found.endswith("F311 the text has another SHA-256")


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n", "\r\n"])
def test_line_ends_and_marks_make_no_other_text(change: str, small: SmallDataset) -> None:
    text = TEXT.replace("\n", change) if change == "\r\n" else change.format(TEXT.rstrip("\n"))
    small.text.write_text(text, encoding="utf-8", newline="")
    small.edit("figures", "3,缩短31%", "2,缩短31%")
    assert [one[:22] for one in problems(small.path, text=small.text)] == ["figures.csv:4:76: F208"]


def test_a_scope_stands_in_the_text(small: SmallDataset) -> None:
    small.edit("figures", "rank,全省,the province", "rank,全国,the nation")
    (found,) = problems(small.path, text=small.text)
    assert found.endswith("F208 '全国' is not on its line of the text, but on: none")


def test_the_text_says_that_it_fell(small: SmallDataset) -> None:
    small.edit(
        "figures",
        "-31,,%,exact,,,undated,measured,speed,3,缩短",
        "31,,%,exact,,,undated,measured,speed,3,",
    )
    (found,) = check([str(small.path)], small.text)[0].problems
    assert found.message == "the text disagrees: curated as a rise"


def test_a_number_that_is_neither_a_figure_nor_excused(small: SmallDataset) -> None:
    row = "F03,linhe,,clearance-time,growth,,,-31,,%,exact,,,undated,measured,speed,3,缩短31%,,\n"
    small.edit("figures", row, "")
    (found,) = check([str(small.path)], small.text)[0].problems
    assert str(found).startswith(f"{small.text}:3:")
    assert found.message == "'31%' is neither a figure nor excused"


def test_the_zones_of_an_initiative_are_of_one_pilot_zone(small: SmallDataset) -> None:
    small.edit("zones", "东方自贸区,,", "东方自贸区,,\nwest-ftz,西方自贸试验区,West Zone,pilot_zone,,,,\n"
               "west,西方省,W,province,,,,\nbj,北京市,B,city,,,,\ncy,朝阳区,C,district,bj,,,")  # fmt: skip
    assert problems(small.path) == []
    small.edit("initiatives", "One Stop,linhe", "One Stop,west")
    found = problems(small.path)
    assert len(found) > 3
    assert {one.partition(" ")[2] for one in found} == {"F311 initiative one-stop is of zone west"}


def test_a_text_is_known_by_the_name_of_its_source(small: SmallDataset, tmp_path: Path) -> None:
    shutil.copytree(bundled_folder(), tmp_path / "data")
    other = tmp_path / "yantai.txt"
    other.write_text("nothing of it\n", encoding="utf-8")
    found = problems(tmp_path / "data", text=other)
    assert len(found) > 5
    assert {re.findall("F...", one.partition(":")[2])[0] for one in found} == {"F208"}
    other.rename(tmp_path / "nowhere.txt")
    with pytest.raises(UsageError, match="has the SHA-256 of no source"):
        problems(tmp_path / "data", text=tmp_path / "nowhere.txt")


def test_zones_that_lie_in_each_other_are_a_circle(small: SmallDataset) -> None:
    small.edit("zones", "pilot_zone,,东", "pilot_zone,linhe,东")
    assert problems(small.path) == [
        "zones.csv:3:28: F403 parent 'east-ftz' leads back to 'linhe'",
        "zones.csv:4:56: F403 parent 'linhe' leads back to 'east-ftz'",
    ]


def test_an_unfilled_row_is_one_fault(small: SmallDataset) -> None:
    small.edit("figures", "F15,linhe,,foreign-trade,multiple", "F15,,,,")
    small.edit("figures", "F14,linhe,,extent,level", "F14,linhe？,,,level?")
    assert problems(small.path) == [
        "figures.csv:15:5: F407 proposed, not confirmed: zone, measure; empty: metric",
        "figures.csv:16:5: F301 empty: zone, metric, measure",
    ]


def test_what_is_harmless_is_passed_over(small: SmallDataset) -> None:
    small.edit("excused", "名称的一部分\n", "名称的一部分\n,,,,,\n\n  ,,,,,\n")
    (small / "excused.csv").write_bytes(b"\xef\xbb\xbf" + (small / "excused.csv").read_bytes())
    small.edit("figures", "F02,linhe,,foreign-trade", "F02,linhe,,foreign-trade")
    small.edit("zones", "linhe-port,临河港,", "linhe-port, 临河港 ,")
    small.edit("sources", SHA256, SHA256.upper())
    columns = [row.split(",") for row in (small / "ratios.csv").read_text("utf-8").splitlines()]
    turned = "\r\n".join(",".join(reversed(row)) for row in columns)
    (small / "ratios.csv").write_text(turned, encoding="utf-8", newline="")
    assert problems(small.path, text=small.text) == []
    assert "临河港" in [row["name_zh"] for row in Dataset([small.path]).rows["zones"]]


@pytest.mark.parametrize("cell", ["-3.2%", "+5万元/吨", "-18°C", "－3.2%", "-3至-5℃"])
def test_a_number_with_a_sign_is_no_formula(cell: str, small: SmallDataset) -> None:
    small.edit("excused", "一站", cell)
    assert problems(small.path) == []


def test_folders_are_one_dataset(small: SmallDataset, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (small / "figures.csv").rename(mine / "figures.csv")
    (small / "claims.csv").rename(mine / "claims.csv")
    assert Dataset([mine, small.path]).check() == 15
    assert problems(mine, small.path) == []
    # Units come with the tool, zones don't.
    assert "zone 'linhe' is not in zones.csv" in problems(mine)[0]
    assert "ftz check bundled" in FAULTS["F402"].help.en


def test_units_of_a_folder_come_beside_those_of_the_tool(small: SmallDataset) -> None:
    header, *rows = (bundled_folder() / "units.csv").read_text("utf-8").splitlines(keepends=True)
    own = "竹篓,竹篓,baskets,count,1,count,0,\n"
    same = next(row for row in rows if row.startswith("美元,"))
    (small / "units.csv").write_text(header + own + same, encoding="utf-8")
    small.edit("figures", "200,,家,over", "200,,竹篓,over")
    small.edit("figures", "200余家", "200余竹篓")
    assert problems(small.path) == []
    assert "F401 units" not in str(problems(bundled_folder(), small.path))
    (small / "units.csv").write_text(header + own + own, encoding="utf-8")
    assert "F401 units already has '竹篓'" in problems(small.path)[0]
    for other, said in (("CNY", "base USD"), ("1000", "factor 1"), ("count", "kind money")):
        (column, right), cells = said.split(), same.split(",")
        cells[header.split(",").index(column)] = other
        (small / "units.csv").write_text(header + own + ",".join(cells))
        assert problems(small.path)[0].endswith(f"F311 the bundled unit has {right}")


@pytest.mark.parametrize("names", [["gone"], [""], ["a\0b"], ["bundled", "gone"]])
def test_a_folder_that_can_not_be_taken_is_told(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(DataUnusable):
        folders_named(names)
    with pytest.raises(UsageError, match="bundled is named twice"):
        folders_named(["bundled", "bundled"])
    with pytest.raises(DataUnusable, match="holds no table of a dataset"):
        Dataset([tmp_path])


def test_a_thousand_problems_are_kept_and_all_are_counted(small: SmallDataset) -> None:
    rows = "".join(f"X{number},nowhere,1,x,y,\n" for number in range(2, 1502))
    (small / "excused.csv").write_text(EXCUSED + rows, encoding="utf-8")
    dataset = Dataset([small.path])
    dataset.check()
    assert (len(dataset.problems), dataset.problem_count) == (1000, 1500)


@pytest.mark.parametrize("code", FAULTS)
def test_a_kind_of_fault_is_told_in_both_languages(code: str) -> None:
    assert FAULTS[code].message.en
    for text in FAULTS[code]:
        fields = [sorted(re.findall(r"\{\w+\}", one)) for one in (text.en, text.zh)]
        assert fields[0] == fields[1]
        assert bool(text.en) == bool(text.zh)


def test_every_column_says_what_it_takes() -> None:
    found = {(one.table, one.column): str(one.takes) for one in columns()}
    assert found.pop(("figures_flat", "base_value")) == ""  # of the view for SQL
    assert len(found) == sum(len(table.columns) for table in tables().values())
    assert found["figures", "status"] == "one of measured, capacity, design, target, rule"
    assert found["figures", "zone"] == "an id of zones.csv"
    assert "2021-01/2021-09" in found["figures", "base_period"]


PIECES = st.sampled_from(
    [b"", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"=1+1", b"-1", b"0", b"1e9",
     b"NaN", b"9" * 30, b"2021-02-30", b"2021/", b"4:3:3", "上百家".encode(), "一".encode() * 50,
     "１".encode(), b"\xe2\x80\xae", b"scale", b"date", b"range", b"F01", b"?", b"{}", b"linhe"]
) | st.binary(max_size=6)  # fmt: skip
# A table, where in it (as a share of its length), how much goes, and what comes instead.
WOUNDS = st.lists(
    st.tuples(st.sampled_from([*FILES]), st.floats(0, 1), st.integers(0, 12), PIECES),
    min_size=1, max_size=4,
)  # fmt: skip


def check_wounded(wounds: list[tuple[str, float, int, bytes]], parent: Path) -> None:
    small = SmallDataset(parent)
    for name, share, length, piece in wounds:
        raw = (small / f"{name}.csv").read_bytes()
        at = int(share * len(raw))
        (small / f"{name}.csv").write_bytes(raw[:at] + piece + raw[at + length :])
    dataset = Dataset([small.path])
    dataset.check()
    for problem in dataset.problems:
        assert problem.code in FAULTS
        lines = 1 + Path(problem.path).read_bytes().replace(b"\r", b"\n").count(b"\n")
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert not re.search(UNSAFE, f"{problem}{problem.excerpt}{problem.help}")


@given(wounds=WOUNDS)
@settings(max_examples=50)
def test_broken_datasets_are_told_and_never_raise(
    wounds: list[tuple[str, float, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_wounded(wounds, tmp_path_factory.mktemp("wounded"))


@pytest.mark.slow
@given(wounds=WOUNDS)
@settings(max_examples=3000)
def test_thousands_of_broken_datasets_are_told_and_never_raise(
    wounds: list[tuple[str, float, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_wounded(wounds, tmp_path_factory.mktemp("wounded"))
