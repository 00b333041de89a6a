"""What `ftz stubs` fills in: read, proposed with a question mark, or left to the curator."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Home

from ftz_cli.api import Dataset, open_dataset
from ftz_cli.curation.checks import Dataset as CheckedFolders
from ftz_cli.curation.checks import folders_named
from ftz_cli.curation.loader import load
from ftz_cli.model.bundled import bundled_folder
from ftz_cli.model.errors import DataUnusable

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
    dataset = CheckedFolders(folders_named(["bundled", str(folder)]), text)
    dataset.check()
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
                   and key in (row.get("name_zh"), row.get("printed"))}  # fmt: skip
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
            ("import-clearance-time", "growth", "缩短61.3%", None),
            ("bonded-shops", "level", "37家", "2023-06"),
            ("cross-border-ecommerce-trade", "level", "超过120亿元", "2025"),
        ]
        scanned = both.scan(article.read_text(encoding="utf-8"))
        assert (scanned.source, scanned.at_fault) == ("xiamen-2023", False)
        assert both.stubs(article.read_text(encoding="utf-8"), "x", str(tmp_path / "x"))[1] == {}


AREA = "zone metric measure value unit bound period base_period period_kind status printed"
# A text, and what its figures are of; a cell with a question mark is a proposal.
READ: list[tuple[str, list[str]]] = [
    (
        "2021年前三季度，厦门片区外贸进出口总额达2413.6亿元，同比增长12.4%，占全市的26.1%。"
        "其中，出口1380.5亿元，下降3.8%。",
        [
            "xiamen foreign-trade? level 2413.6 亿元 exact 2021-01/2021-09 - during measured 达2413.6亿元",
            "xiamen foreign-trade? growth 12.4 % exact 2021-01/2021-09? 2020-01/2020-09? during? measured 12.4%",
            "xiamen foreign-trade? share? 26.1 % exact 2021-01/2021-09? - during? measured 26.1%",
            "xiamen? exports? level 1380.5 亿元 exact 2021-01/2021-09? - during? measured? 1380.5亿元",
            "xiamen? exports? growth -3.8 % exact 2021-01/2021-09? 2020-01/2020-09? during? measured 下降3.8%",
        ],
    ),
    (
        "2023年1月18日\n截至2022年7月底，青岛片区累计注册企业突破8.5万家。"
        "进口通关时间由2017年的78.6小时压缩到29.4小时，缩短超过60%。",
        [
            "qingdao enterprises-registered? level 8.5 万家 over 2022-07 - cumulative measured 突破8.5万家",
            "qingdao? import-clearance-time? level 78.6 小时 exact 2017 - during measured 78.6小时",
            "qingdao? import-clearance-time? level 29.4 小时 exact - - undated? measured? 29.4小时",
            "qingdao? import-clearance-time? growth -60 % over - 2017? undated? measured 缩短超过60%",
        ],
    ),
    (
        "2023-01-18\n去年，福州片区外贸进出口总额约689亿元，比上年减少近30亿元。"
        "到2025年，外贸进出口总额力争达到1000亿元以上。",
        [
            "fuzhou foreign-trade? level 689 亿元 about 2022 - during measured 约689亿元",
            "fuzhou foreign-trade? change -30 亿元 nearly 2022? 2021? during? measured 减少近30亿元",
            "fuzhou? foreign-trade? level 1000 亿元 at_least 2025 - during target? 达到1000亿元以上",
        ],
    ),
    (
        "福建自贸试验区挂牌以来成效明显。厦门片区于2015年4月21日挂牌，面积43.78平方公里。",
        [
            "xiamen launch? level 2015-04-21 date exact - - undated measured 2015年4月21日",
            "xiamen extent? level 43.78 平方公里 exact - - undated measured? 43.78平方公里",
        ],
    ),
    (
        "Aug. 16, 2022 -- The Liangjiang Area of the China (Chongqing) Pilot Free Trade Zone "
        "recorded 148.6 billion yuan in foreign trade in the first half of 2022, down 7.3 percent "
        "from a year earlier. Exports rose 9.8 percent to 92.4 billion yuan. "
        "By 2025, the zone plans to raise foreign trade to at least 400 billion yuan.",
        [
            "liangjiang foreign-trade? level 148.6 十亿元 exact 2022-40 - during measured 148.6_billion_yuan",
            "liangjiang foreign-trade? growth -7.3 % exact 2022-40? 2021-40? during? measured down_7.3_percent",
            "liangjiang? exports? growth 9.8 % exact 2022-40? 2021-40? during? measured 9.8_percent",
            "liangjiang? exports? level 92.4 十亿元 exact 2022-40? - during? measured? 92.4_billion_yuan",
            "chongqing-ftz? foreign-trade? level 400 十亿元 at_least 2025 - during target? at_least_400_billion_yuan",
        ],
    ),
    (
        "2023-10-26\n青岛片区是山东自贸试验区的主力。前三季度，青岛片区跨境电商进出口货值96.3亿元，其中出口88.7亿元，"
        "占比提高0.9个百分点。今年前9个月，全区新增企业1.12万户，比去年同期减少4.6%。",
        [
            "qingdao cross-border-ecommerce-trade? level 96.3 亿元 exact 2023-01/2023-09 - during measured 96.3亿元",
            "qingdao cross-border-ecommerce-exports? level 88.7 亿元 exact 2023-01/2023-09? - during? measured? 88.7亿元",
            "qingdao cross-border-ecommerce-exports? change? 0.9 百分点 exact 2023-01/2023-09? - during? measured 0.9个百分点",
            "shandong-ftz? enterprises-registered? level 1.12 万户 exact 2023-01/2023-09 - during measured 1.12万户",
            "shandong-ftz? enterprises-registered? growth -4.6 % exact 2023-01/2023-09? 2022-01/2022-09? during? measured 减少4.6%",
        ],
    ),
    (
        # The words before a number, but for verbs, are the name of a new metric.
        "2023-10-26\n厦门片区采信台湾职业资格240项，三年增长两成，引进专才420人，去年8家，贷款4个月内到账。",
        [
            "xiamen tai-wan-zhi-ye-zi-ge? level 240 项 exact - - undated? measured? 240项",
            "xiamen - level 3 年 exact - - undated measured? 三年",
            "xiamen - growth 20 % exact - - undated? measured 两成",
            "xiamen zhuan-cai? level 420 人 exact - - undated? measured? 420人",
            "xiamen zhuan-cai? level 8 家 exact 2022 - during measured 8家",
            "xiamen dai-kuan? level 4 月 at_most 2022? - during? measured? 4个月内",
        ],
    ),
    (
        "2022-10-20\n今年前三季度，厦门片区进出口总额830亿元，是2018年的2.6倍，"
        "增长7%。",
        [
            "xiamen foreign-trade? level 830 亿元 exact 2022-01/2022-09 - during measured 830亿元",
            "xiamen foreign-trade? multiple 2.6 倍 exact 2022-01/2022-09? 2018 during? measured 2.6倍",
            "xiamen foreign-trade? growth 7 % exact 2022-01/2022-09? 2021-01/2021-09? during? measured 7%",
        ],
    ),
    (
        "2022-10-20\n上半年，厦门片区进出口总额96亿元。“远航通”平台于2020年3月上"
        "线，已服务企业52家。",
        [
            "xiamen foreign-trade? level 96 亿元 exact 2022-40 - during measured 96亿元",
            "xiamen? start-date? level 2020-03 date exact 2020-03? - during? measured 2020年3月",
            "xiamen? enterprises-served? level 52 家 exact - - undated? measured? 52家",
        ],
    ),
    (
        "2023-01-20\n去年，成都片区国际班列开行620列。从2018年5月首次开行到去年底"
        "，累计超过2100列。",
        [
            "chengdu train-trips? level 620 列 exact 2022 - during measured 620列",
            "chengdu? train-trips? level 2100 列 over 2018-05/2022-12 - cumulative measured 累计超过2100列",
        ],
    ),
    (
        "2023-01-20\n按照计划，2023年厦门片区进出口总额将突破900亿元，新设企业不少"
        "于8000家。去年，进出口总额预计达850亿元。",
        [
            "xiamen foreign-trade? level 900 亿元 over 2023 - during target? 突破900亿元",
            "xiamen enterprises-registered? level 8000 家 at_least 2023? - during? target? 不少于8000家",
            "xiamen? foreign-trade? level 850 亿元 exact 2022 - during measured? 达850亿元",
        ],
    ),
    (
        "2023-01-20\n去年，青岛片区实现智能仓储产值2.3亿元"
        "。",
        [
            "qingdao zhi-neng-cang-chu-chan-zhi? level 2.3 亿元 exact 2022 - during measured 2.3亿元",
        ],
    ),
    (
        "Oct. 20, 2022\n\nLaunched on May 8, 2018, the zone takes up 0.2 percent of the "
        "city's land. The Liangjiang Area, 93 square kilometers in size, saw its trade rise "
        "6 percent to 88 billion yuan in the first half of this year, twice as much as in "
        "the same period of 2019.",
        [
            "- launch? level 2018-05-08 date exact - - undated measured May_8,_2018",
            "- extent? share? 0.2 % exact - - undated? measured 0.2_percent",
            "liangjiang extent? level 93 平方公里 exact - - undated measured? 93_square_kilometers",
            "liangjiang foreign-trade? growth 6 % exact 2022-40? 2021-40? during? measured 6_percent",
            "liangjiang foreign-trade? level 88 十亿元 exact 2022-40 - during measured 88_billion_yuan",
            "liangjiang foreign-trade? multiple 2 倍 exact 2022-40? 2019-40? during? measured twice_as",
        ],
    ),
    (
        "Nov. 3, 2022\n\nForeign trade in the Qingdao Area came to 150 billion yuan from "
        "January to September, up 4 percent year on year. Over the nine months, 310 "
        "companies registered there, 25 of them foreign-invested. Twelve banks now take part.",
        [
            "qingdao foreign-trade? level 150 十亿元 exact 2022-01/2022-09 - during measured 150_billion_yuan",
            "qingdao foreign-trade? growth 4 % exact 2022-01/2022-09? 2021-01/2021-09? during? measured 4_percent",
            "qingdao? enterprises-registered? level 310 家 exact 2022-01/2022-09 - during measured 310_companies",
            "qingdao? foreign-enterprises-registered? level 25 家? exact 2022-01/2022-09? - during? measured? 25",
            "qingdao? partner-banks? level 12 家 exact - - undated? measured? Twelve_banks",
        ],
    ),
    (
        "2022年7月20日\n今年上半年，厦门片区进出口总额96亿元，规模是2020年的两倍，2021年排名第"
        "三位。1至6月，新设企业620家。",
        [
            "xiamen foreign-trade? level 96 亿元 exact 2022-40 - during measured 96亿元",
            "xiamen foreign-trade? multiple 2 倍 exact 2022-40? 2020 during? measured 两倍",
            "xiamen foreign-trade? rank 3 位 exact 2021 - during measured 第三位",
            "xiamen? enterprises-registered? level 620 家 exact 2022-01/2022-06 - during measured 620家",
        ],
    ),
    # What has no year had ended when it was told of.
    (
        "2025年1月22日\n厦门片区下半年进出口总额96亿元，全年180亿元。",
        [
            "xiamen foreign-trade? level 96 亿元 exact 2024-41 - during measured 96亿元",
            "xiamen foreign-trade? level 180 亿元 exact 2024? - during? measured? 180亿元",
        ],
    ),
    (
        "July 28, 2025\nThe Yantai Area used 386 million U.S. dollars of foreign capital between "
        "January and May, triple the amount of the same period last year.",
        [
            "yantai foreign-capital-used? level 386 百万美元 exact 2025-01/2025-05 - during measured "
            "386_million_U.S._dollars",
            "yantai foreign-capital-used? multiple 3 倍 exact 2025-01/2025-05? 2024-01/2024-05? during? measured "
            "triple_the",
        ],
    ),
    # From its launch on, rates that end with their clause, changes, and a thing within an area.
    (
        "2025年1月22日\n厦门片区2023年11月1日揭牌。从揭牌到去年10月底，新设企业9862家，日均27家；签约项目325个。",
        [
            "xiamen launch? level 2023-11-01 date exact - - undated measured 2023年11月1日",
            "xiamen? enterprises-registered? level 9862 家 exact 2023-11/2024-10 - cumulative? measured 9862家",
            "xiamen? orders-per-day? level 27 家/日 exact - - undated measured? 日均27家",
            "xiamen? qian-yue-xiang-mu? level 325 个 exact 2023-11/2024-10? - cumulative? measured? 325个",
        ],
    ),
    (
        "2025年1月22日\n截至去年底，厦门片区累计推出制度创新成果365项，比2023年底多5项。第四季度进出口21.9亿元，环比增长27.3%，"
        "到2022年增长1.6倍。岳阳片区的城陵矶港去年完成集装箱吞吐量143.2万标箱。",
        [
            "xiamen innovations? level 365 项 exact 2024-12 - cumulative measured 365项",
            "xiamen innovations? change? 5? 项 exact 2024-12? 2023-12 cumulative? measured 5项",
            "xiamen? foreign-trade? level 21.9 亿元 exact 2024-36 - during measured 21.9亿元",
            "xiamen? foreign-trade? growth 27.3 % exact 2024-36? 2024-35? during? measured 27.3%",
            "xiamen? foreign-trade? multiple? 1.6 倍 exact 2022 2021 during measured 1.6倍",
            "yueyang? container-throughput? level 143.2 万标箱 exact 2024 - during measured 143.2万标箱",
        ],
    ),
    (
        "July 28, 2025\nThe Xiamen Area's cross-border e-commerce trade came to 9.84 billion yuan in the first "
        "quarter, and 13.06 billion yuan in the second quarter. The area ran 38 train routes. By 2027, Xiamen "
        "wants its area to trade more than 1.2 trillion yuan a year.",
        [
            "xiamen cross-border-ecommerce-trade? level 9.84 十亿元 exact 2025-33 - during measured 9.84_billion_yuan",
            "xiamen cross-border-ecommerce-trade? level 13.06 十亿元 exact 2025-34 - during measured 13.06_billion_yuan",
            "xiamen? train-routes? level 38 条? exact - - undated? measured? 38_train_routes",
            "xiamen? foreign-trade? level 1.2 万亿元? over 2027 - during target? more_than_1.2_trillion_yuan_a_year",
        ],
    ),
    # Of a wider place, of the year before, of two areas at once, and of a year to come.
    (
        "2025年7月23日\n云南自贸试验区运行平稳。上半年，昆明片区进出口151亿元，上年同期为162亿元，同期全省进出口1287亿元，"
        "试验区占18.5%。6月，昆明片区、红河片区分别推出创新成果19项、28项。全年试验区进出口力争500亿元。",
        [
            "kunming foreign-trade? level 151 亿元 exact 2025-40 - during measured 151亿元",
            "kunming foreign-trade? level? 162 亿元 exact 2024-40? - during? measured? 162亿元",
            "- foreign-trade? level? 1287 亿元 exact 2025-40? - during? measured? 1287亿元",
            "yunnan-ftz? foreign-trade? share? 18.5 % exact 2025-40? - during? measured 18.5%",
            "honghe? innovations? level 19 项 exact 2025-06 - during measured 19项",
            "honghe? innovations? level 28 项 exact 2025-06? - during? measured? 28项",
            "yunnan-ftz? foreign-trade? level 500 亿元 exact 2025? - during? target? 500亿元",
        ],
    ),
    (
        "March 6, 2025\n\nThe Heihe Area's exports, at 4.7 billion yuan, were down 12 percent in 2024. This January "
        "it moved 12,600 TEUs, 900 more than in January 2024. Some 68 percent named faster clearance. A terminal "
        "for 3,000-tonne ships will open in October 2025.",
        [
            "heihe exports? level 4.7 十亿元 exact - - undated? measured? 4.7_billion_yuan",
            "heihe exports? growth -12 % exact 2024 2023 during measured down_12_percent",
            "heihe? container-throughput? level 12600 标箱? exact 2025-01 - during measured 12,600_TEUs",
            "heihe? container-throughput? change? 900? 标箱? exact 2025-01? 2024-01 during? measured 900",
            "heihe? container-throughput? growth? 68 % about - - undated? measured Some_68_percent",
            "heihe? start-date? level 2025-10 date exact 2025-10? - during? target? October_2025",
            "heihe? - level 3000 吨? exact - - undated target? 3,000-tonne",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), READ, ids=lambda value: str(value)[:12])
def test_a_clause_proposes_what_its_numbers_are_of(
    text: str, rows: list[str], stubs: Callable[[str], dict[str, Rows]]
) -> None:
    found = [cells(row, AREA) for row in stubs(text)["figures"]]
    assert [" ".join(cell.replace(" ", "_") or "-" for cell in row) for row in found] == rows


def test_no_row_is_loaded_unseen(stubs: Callable[[str], dict[str, Rows]], tmp_path: Path) -> None:
    stubs("2021年，厦门片区外贸进出口总额2413.6亿元，同比增长12.4%，新设创客空间52个。")
    (tmp_path / "my" / "sources.csv").write_text(
        (tmp_path / "my" / "sources.csv").read_text(encoding="utf-8").replace("?", "")
    )
    assert problems(tmp_path / "my") == [
        "metrics.csv:2 F407 proposed, not confirmed: direction; empty: name_en, definition_zh, "
        "definition_en",
        "figures.csv:2 F407 proposed, not confirmed: metric; empty: none",
        "figures.csv:3 F407 proposed, not confirmed: metric, period, base_period, period_kind; empty: none",
        "figures.csv:4 F407 proposed, not confirmed: metric, period, period_kind, status; "
        "empty: none",
    ]


def test_traditional_characters_name_the_same(stubs: Callable[[str], dict[str, Rows]]) -> None:
    text = "友誼關口岸進出口總值45.8億元。欽州港片區外貿12億元，同比下降3%。"
    rows = stubs(text)["figures"]
    assert [row["zone"] for row in rows] == ["youyiguan", "qinzhou", "qinzhou"]
    assert [row["measure"] for row in rows] == ["level", "level", "growth"]


def test_a_unit_of_few_metrics_tells_what_the_zone_has_in_it(
    stubs: Callable[[str], dict[str, Rows]],
) -> None:
    text = "Qinzhou Port lifted 6.21m TEU in 2023. It hired 52 drivers."
    assert [row["metric"] for row in stubs(text)["figures"]] == ["container-throughput?", ""]


def test_what_is_new_gets_a_row(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("2021年，星河综合保税区进出口总额6亿元，引进创客空间12个，还有创客空间5个在建。")
    (zone,), (metric,) = added["zones"], added["metrics"]
    assert cells(zone, "id name_zh name_en kind") == [
        "xing-he-zong-he-bao-shui-qu", "星河综合保税区", "", "",
    ]  # fmt: skip
    assert cells(metric, "id name_zh base_unit kind direction") == [
        "chuang-ke-kong-jian", "创客空间", "count", "count", "up?",
    ]  # fmt: skip
    assert [confirmed(row, "zone metric") for row in added["figures"]] == [
        [zone["id"], "foreign-trade"], [zone["id"], metric["id"]], [zone["id"], metric["id"]],
    ]  # fmt: skip


def test_what_is_surely_no_figure_is_excused(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("钦州30万吨级油码头年通过能力986万吨，服务企业数百家。")
    assert [cells(row, "line printed reason_en") for row in added["excused"]] == [
        ["1", "钦州30万吨级油码头", "part of a name"], ["1", "数百家", "names no number"],
    ]  # fmt: skip
    (row,) = added["figures"]
    assert confirmed(row, "zone initiative unit status printed") == [
        "qinzhou-port", "oil-terminal", "万吨/年", "capacity", "986万吨",
    ]  # fmt: skip


def test_what_is_said_by_the_way_is_excused(stubs: Callable[[str], dict[str, Rows]]) -> None:
    added = stubs("Trade came to 51 billion yuan (about 7.1 billion U.S. dollars), and we work 24 "
                  "hours a day, said Li Wei, 41, of the Xiamen Area.")  # fmt: skip
    assert [row["printed"] for row in added["excused"]] == [
        "about 7.1 billion U.S. dollars", "24 hours a day", "41",
    ]  # fmt: skip
    assert [row["printed"] for row in added["figures"]] == ["51 billion yuan"]


def test_levels_and_the_growth_between_them_are_claimed(
    stubs: Callable[[str], dict[str, Rows]],
) -> None:
    added = stubs("厦门片区进口通关时间由2017年的78.6小时压缩到29.4小时，缩短62.6%。")
    before, after, growth = (row["id"] for row in added["figures"])
    (claim,) = added["claims"]
    assert cells(claim, "figure relation operands") == [growth, "growth?", f"{before} {after}"]


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
    assert data.stubs("2022年，厦门片区新设企业8000家。", "one", str(my))[1]["figures"] == 1
    assert file.read_text(encoding="utf-8").startswith(before + "\n")
    assert [row["id"] for row in table(my, "figures")] == ["one-F01", "one-2-F01"]
    assert [row["id"] for row in table(my, "sources")] == ["one", "one-2"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(lambda text: text.replace(",", ";").encode(), "semicolons"),
     (lambda text: text.encode("gbk"), "GBK")],
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
    assert f"ftz check bundled {tmp_path}/my" in ran.err
    ran = home.run("check", "bundled", str(tmp_path / "my"), "--format", "csv", "--fields", "code")
    assert (ran.code, ran.out) == (1, "code\nF407\nF407\n")
