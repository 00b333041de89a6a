"""What `ftz stubs` fills in: read, proposed with a question mark, or left to the curator."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Home

from ftz_cli import curation
from ftz_cli.api import Dataset, open_dataset
from ftz_cli.curation.loader import check, load
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.errors import DataUnusable, UsageError

Rows = list[dict[str, str]]
PAGE = Path(__file__).parent.parent.parent / "shared" / "source" / "press-page-2022.txt"


def table(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, rows: Rows) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def stubs(data: Dataset, tmp_path: Path) -> Callable[[str], dict[str, Rows]]:
    def run(text: str) -> dict[str, Rows]:
        _, added = data.stubs(text, "article", str(tmp_path / "my"))
        return {name: table(tmp_path / "my", name) for name in added}

    return run


def cells(row: dict[str, str], columns: str) -> list[str]:
    return [row[column] for column in columns.split()]


def confirmed(row: dict[str, str], columns: str) -> list[str]:
    return [row[column].removesuffix("?") for column in columns.split()]


def problems(folder: Path, text: Path | None = None) -> list[str]:
    dataset, _ = check(["bundled", str(folder)], text)
    return [
        f"{Path(one.path).name}:{one.line} {one.code} {one.message}" for one in dataset.problems
    ]


WALK = (bundled_folder() / "README.md").read_text(encoding="utf-8").partition("step by step")[2]


def test_the_walk_through_of_the_readme(data: Dataset, tmp_path: Path) -> None:
    """Its five steps lead from the article to loaded figures, with as many cells as it says."""
    article, my = tmp_path / "xiamen-2023.txt", tmp_path / "my"
    article.write_text(re.search(r"```text\n(.*?)```", WALK, re.DOTALL)[1], encoding="utf-8")  # type: ignore[index]
    assert {one.state for one in data.scan(article.read_text(encoding="utf-8")).mentions} == {
        "uncurated"
    }
    data.stubs(article.read_text(encoding="utf-8"), article.stem, str(my))
    asked = problems(my, article)
    assert len(asked) == 8
    assert "sources.csv:2 F407 proposed, not confirmed: kind, published; empty: none" in asked
    assert all(" F407 " in one for one in asked)
    typed, changed = re.findall(r"^ +\| `(\w+)\.csv` \| (\S+) \| `(\w+)` \| `?(.*?)`? \|$", WALK,
                                re.MULTILINE), set()  # fmt: skip
    for name in ("sources", "metrics", "figures"):
        rows = table(my, name)
        for number, row in enumerate(rows):
            own = {cell: value for file, key, cell, value in typed if file == name
                   and key in (row.get("name_zh", "").rstrip("?"), row.get("printed"))}  # fmt: skip
            for cell, value in row.items():
                made = own.get(cell, value.removesuffix("?"))
                if made != value:
                    changed.add((name, number, cell))
                    row[cell] = made
        write(my, name, rows)
    assert len(typed) == 6
    assert f"That is {len(changed)} cells" in WALK
    assert problems(my, article) == []
    load(["bundled", str(my)], tmp_path / "both.db")
    with open_dataset(tmp_path / "both.db") as both:
        found = both.figures(article="xiamen-2023")
        assert [(one.metric, one.measure, one.printed, one.period) for one in found] == [
            ("cross-border-ecommerce-trade", "level", "45.8亿元", "2023-40"),
            ("cross-border-ecommerce-trade", "growth", "近两成", "2023-40"),
            ("import-clearance-time", "level", "24.5小时", None),
            ("import-clearance-time", "growth", "缩短61.3%", "2023-40"),
            ("bonded-shops", "level", "37家", "2023-06"),
            ("cross-border-ecommerce-trade", "level", "超过120亿元", "2025"),
        ]
        scanned = both.scan(article.read_text(encoding="utf-8"))
        assert (scanned.source, scanned.at_fault) == ("xiamen-2023", False)
        assert both.stubs(article.read_text(encoding="utf-8"), "x", str(tmp_path / "x"))[1] == {}


AREA = "zone metric measure value unit bound period base_period period_kind status printed"
# A text, and what its figures are of; a cell with a question mark is a proposal.
with (Path(__file__).parent / "data" / "stubs.jsonl").open(encoding="utf-8") as file:
    READ: list[tuple[str, list[str]]] = [*map(json.loads, file)]


@pytest.mark.parametrize(("text", "rows"), READ, ids=lambda value: str(value)[:12])
def test_a_clause_proposes_what_its_numbers_are_of(
    text: str, rows: list[str], stubs: Callable[[str], dict[str, Rows]]
) -> None:
    found = [cells(row, AREA) for row in stubs(text)["figures"]]
    assert [" ".join(cell.replace(" ", "_") or "-" for cell in row) for row in found] == rows


def test_the_table_of_words_has_three_columns() -> None:
    with (Path(curation.__file__).parent / "clause_words.csv").open(encoding="utf-8") as file:
        assert [row for row in csv.reader(file) if len(row) != 3] == []


def test_no_row_is_loaded_unseen(stubs: Callable[[str], dict[str, Rows]], tmp_path: Path) -> None:
    stubs("2021年，厦门片区外贸进出口总额2413.6亿元，同比增长12.4%，新设创客空间52个。")
    (tmp_path / "my" / "sources.csv").write_text(
        (tmp_path / "my" / "sources.csv").read_text(encoding="utf-8").replace("?", "")
    )
    assert problems(tmp_path / "my") == [
        "metrics.csv:2 F407 proposed, not confirmed: name_zh, direction; empty: name_en, "
        "definition_zh, definition_en",
        "figures.csv:2 F407 proposed, not confirmed: metric, status; empty: none",
        "figures.csv:3 F407 proposed, not confirmed: zone, metric, period, base_period, period_kind; empty: none",
        "figures.csv:4 F407 proposed, not confirmed: zone, metric, period, period_kind, status; "
        "empty: none",
    ]


def test_what_is_new_gets_a_row(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("2021年，星河综合保税区出口6亿元，创客空间增长5%，引进创客空间12个，5个在建。")
    (zone,), (metric,) = added["zones"], added["metrics"]
    assert cells(zone, "id name_zh kind") == ["xing-he-zong-he-bao-shui-qu", "星河综合保税区", ""]
    new = ["chuang-ke-kong-jian", "创客空间?", "count", "up?"]
    assert cells(metric, "id name_zh base_unit direction") == new
    assert [confirmed(row, "zone metric") for row in added["figures"]] == [
        [zone["id"], "exports"], *[[zone["id"], metric["id"]]] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "byline", ["本报记者 李伟 王芳 2024年2月6日", "2024年2月6日\n文/李伟 王芳"]
)
def test_the_head_of_an_article(byline: str, stubs: Callable[[str], dict[str, Rows]]) -> None:
    (row,) = stubs(f"{byline}\n\n# 新枢纽\n武汉片区企业12家。")["sources"]
    assert cells(row, "title_zh published") == ["新枢纽", "2024-02-06?"]


def test_what_is_surely_no_figure_is_excused(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("三大平台企业数百家，厦门片区码头年通过能力986万吨。")
    assert [cells(row, "line printed reason_en") for row in added["excused"]] == [
        ["1", "三大平台", "part of a name"], ["1", "数百家", "names no number"],
    ]  # fmt: skip
    (row,) = added["figures"]
    assert confirmed(row, "zone unit status") == ["xiamen", "万吨", "capacity"]


def test_what_is_said_by_the_way_is_excused(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("Trade came to 51 billion yuan (about 7.1 billion U.S. dollars), and we work 24 "
                  "hours a day, said Li Wei, 41, of the Xiamen Area.")  # fmt: skip
    printed = {name: [row["printed"] for row in added[name]] for name in ("excused", "figures")}
    assert printed["excused"] == ["24 hours a day", "41"]
    assert printed["figures"] == ["51 billion yuan", "about 7.1 billion U.S. dollars"]


def test_levels_and_the_change_between_them_are_claimed(
    stubs: Callable[[str], dict[str, Rows]],
) -> None:
    added = stubs("厦门片区进口通关时间由2017年的78.6小时压缩到29.4小时，缩短49.2小时。"
                  "出口从2021年的2亿元增加到2023年的8亿元，年均增长100%。")  # fmt: skip
    before, after, change, *_ = (row["id"] for row in added["figures"])
    (claim,) = added["claims"]
    assert cells(claim, "figure relation operands") == [change, "difference?", f"{after} {before}?"]


def test_a_folder_is_added_to(data: Dataset, tmp_path: Path) -> None:
    """Ids are the article's own, rows stay as they are, and what is there is not added again."""
    my = tmp_path / "my"
    first = "2021年，厦门片区新设企业9826家。\n"
    assert data.stubs(first, "one", str(my)) == ("one", {"sources": 1, "figures": 1})
    file = my / "figures.csv"
    file.write_text(file.read_text(encoding="utf-8").rstrip().replace("9826,,", "9826 ,,"))
    before = file.read_text(encoding="utf-8")
    assert data.stubs(first.strip(), "one", str(my)) == ("one", {})
    assert file.read_text(encoding="utf-8") == before
    assert data.stubs("2022年，厦门片区新设企业8000家。", "two", str(my))[1]["figures"] == 1
    assert file.read_text(encoding="utf-8").startswith(before + "\n")
    rows = table(my, "figures")
    assert [row["id"] for row in rows] == ["one-F01", "two-F01"]
    write(my, "figures", [rows[0] | {"printed": "5"}, rows[1]])
    data.stubs(first, "one", str(my))  # a row that a curator deleted is offered as no figure
    assert cells(table(my, "excused")[0], "printed reason_en") == ["9826家", "no figure?"]
    with pytest.raises(UsageError, match="scan TEXT --as one"):
        data.stubs(first.replace("9826", "9827"), "one", str(my))
    assert [row["id"] for row in table(my, "sources")] == ["one", "two"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(lambda text: text.replace(",", ";").encode(), "ftz check"),
     (lambda text: text.encode("gbk"), "UTF-8")],
)  # fmt: skip
def test_a_folder_that_can_not_be_read_is_left_alone(
    spoil: Callable[[str], bytes], why: str, data: Dataset, tmp_path: Path
) -> None:
    data.stubs("2021年，厦门片区新设企业9826家。", "one", str(tmp_path))
    file = tmp_path / "figures.csv"
    file.write_bytes(spoil(file.read_text(encoding="utf-8")))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(DataUnusable, match=why):
        data.stubs("2022年，厦门片区新设企业8000家。", "two", str(tmp_path))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_line_without_an_end_costs_in_proportion_to_its_length(
    data: Dataset, tmp_path: Path
) -> None:
    """Four times the numbers in one clause take about four times as long, and not sixteen."""
    spent = []
    for count in (500, 2000):
        start = time.process_time()
        data.stubs("5 million in 2022 and " * count, "a", str(tmp_path / str(count)))
        spent.append(time.process_time() - start)
    assert spent[1] < 9 * spent[0]


def test_the_text_of_a_known_source_adds_nothing(data: Dataset, tmp_path: Path) -> None:
    if not PAGE.is_file():
        pytest.skip("the source page lies outside this repository")
    assert data.stubs(PAGE.read_text(encoding="utf-8"), "page", str(tmp_path / "my"))[1] == {}
    assert not list((tmp_path / "my").iterdir())


def test_the_command_says_what_to_do_next(home: Home, tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    article.write_text("2021年，厦门片区新设企业9826家。", encoding="utf-8")
    ran = home.run("stubs", str(article), str(tmp_path / "my"))
    assert (ran.code, ran.out) == (0, "")
    assert [home.run("stubs", str(article), name).code for name in ("", "bundled")] == [2, 2]
    assert f"ftz check bundled {tmp_path}/my" in ran.err
    ran = home.run("check", "bundled", str(tmp_path / "my"), "--format", "csv", "--fields", "code")
    assert (ran.code, ran.out) == (1, "code\nF407\nF407\n")
