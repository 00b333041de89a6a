"""The bundled data is sound, and every fault that a dataset can have is told with its address."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Folder

from ftz_cli.bundled import bundled_folder
from ftz_cli.dataset import Dataset, folders_named
from ftz_cli.errors import DatabaseUnusable, DataUnusable
from ftz_cli.faults import FAULTS
from ftz_cli.load import Refused, load

DIGITS = "0123456789"
CHINESE_DIGITS = "零一二三四五六七八九"


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a bundled table, read without the code under test."""
    with (bundled_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- the bundled data -------------------------------------------------------------------------


def test_the_bundled_data_is_clean() -> None:
    dataset = Dataset([bundled_folder()])
    count = dataset.check()
    assert [*map(str, dataset.problems)] == []
    assert count == len(rows_of("figures")) >= 109


def test_no_line_belongs_to_two_articles() -> None:
    taken = Counter(
        line
        for source in rows_of("sources")
        if source["kind"] == "article"
        for span in source["lines"].split(",")
        for line in range(int(span.split("-")[0]), int(span.split("-")[-1]) + 1)
    )
    assert [line for line, articles in taken.items() if articles > 1] == []


def test_every_metric_has_figures_or_narrower_metrics() -> None:
    used = {row["metric"] for row in rows_of("figures")}
    broader = {row["broader"] for row in rows_of("metrics")}
    assert [row["id"] for row in rows_of("metrics") if row["id"] not in used | broader] == []


def test_ids_of_figures_are_stable_and_in_order() -> None:
    ids = [row["id"] for row in rows_of("figures")]
    assert ids == sorted(ids)
    assert all(re.fullmatch(r"F\d{3}", figure) for figure in ids)


def test_the_zones_are_the_tree_that_the_page_tells_of() -> None:
    parents = {row["id"]: row["parent"] for row in rows_of("zones")}
    assert parents == {
        "hubei-ftz": "",
        "wuhan": "hubei-ftz",
        "xiangyang": "hubei-ftz",
        "yichang": "hubei-ftz",
        "guangxi-ftz": "",
        "chongzuo": "guangxi-ftz",
        "youyiguan": "chongzuo",
        "pingxiang-ftz": "chongzuo",
        "qinzhou": "guangxi-ftz",
        "qinzhou-port": "qinzhou",
        "shandong-ftz": "",
        "yantai": "shandong-ftz",
        "liaoning-ftz": "",
        "dalian": "liaoning-ftz",
        "third-batch": "",
        "hubei": "",
        "wuhan-city": "hubei",
        "yichang-city": "hubei",
        "dalian-city": "",
    }


# As issue 2 names them: a part of the Chinese name is enough.
NAMED_INITIATIVES = """
24小时自助服务 云上办 跨省通办 省内异地通办 AI语音机器人 智慧停车平台 光谷翻译官 人才注册制 人才动态评价积分制
公共资源全程电子化交易平台 一标一评价 年度税务账单 法治营商环境数据公开 创新及招商要素地图 年报大数据监管 光谷企事通
财智服务平台 首贷服务中心 RCEP优惠协定税率智能查询系统 船舶交易中心 宜旅乐 良品铺子中心仓 华星光电 富士康 长飞光纤
网络货运信息平台 吊柜甩挂“非接触”交接 提前审结、卡口验放 口岸分区分级管理 汇率保 备贷贷 订单贷 库存贷 30万吨级油码头
保税混矿 集装箱码头股权整合新路径 东北亚商品车陆海联运新通道 进口货物目的地检查“云眼查”
""".split()


@pytest.mark.parametrize("name", NAMED_INITIATIVES)
def test_every_system_named_on_the_page_is_an_initiative(name: str) -> None:
    assert [row["id"] for row in rows_of("initiatives") if name in row["name_zh"]]


def test_first_claims_are_recognitions() -> None:
    first = {row["initiative"] for row in rows_of("recognitions") if row["kind"] == "first"}
    assert first >= {
        "guanggu-translator", "talent-registration", "talent-points", "e-tendering",
        "rule-of-law-data", "guanggu-enterprise-link", "ship-trading-centre",
        "contactless-handover", "exchange-rate-shield",
    }  # fmt: skip
    assert {"only", "largest", "replicated", "best_practice", "commended", "reported"} <= {
        row["kind"] for row in rows_of("recognitions")
    }


def test_three_forms_of_lending_share_one_broader_metric() -> None:
    broader = {row["id"]: row["broader"] for row in rows_of("metrics")}
    three = ("credit-granted", "loans-obtained", "cash-released")
    assert {broader[metric] for metric in three} == {"finance-amount"}


@pytest.mark.parametrize("kind", ["zone", "initiative", "metric"])
def test_everything_has_three_other_names_in_each_language(kind: str) -> None:
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of("aliases"):
        if row["kind"] == kind:
            names[row["ref"], row["lang"]].add(row["alias"])
    wanting = [
        (thing["id"], lang, sorted(names[thing["id"], lang]))
        for thing in rows_of(f"{kind}s")
        for lang in ("zh", "en")
        if len(names[thing["id"], lang]) < 3
    ]
    assert wanting == []


# ---- every fault, with its address -------------------------------------------------------------

F007 = "A daily average; over which days is not said."
CODE = re.compile(r": (F\d{3}) ")
Spoil = Callable[[Folder], str]


def damage(name: str, old: str, new: str) -> Spoil:
    """Write `new` for `old`; returns where it now begins, as line:column."""

    def spoil(folder: Folder) -> str:
        folder.edit(name, old, new)
        before = (folder / name).read_text(encoding="utf-8").partition(new)[0].split("\n")
        return f"{len(before)}:{len(before[-1]) + 1}"

    return spoil


def end_of(name: str, old: str, new: str) -> Spoil:
    """Write `new` for `old`; returns where that line now ends, as line:column."""

    def spoil(folder: Folder) -> str:
        folder.edit(name, old, new)
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        number = next(number for number, line in enumerate(lines) if new in line)
        return f"{number + 1}:{len(lines[number]) + 1}"

    return spoil


def rewritten(name: str, change: Callable[[bytes], bytes]) -> Spoil:
    def rewrite(folder: Folder) -> str:
        (folder / name).write_bytes(change((folder / name).read_bytes()))
        return ""

    return rewrite


def beside(name: str) -> Spoil:
    def add(folder: Folder) -> str:
        (folder / name).write_bytes(b"")
        return ""

    return add


def as_folder(folder: Folder) -> str:
    (folder / "excused.csv").unlink()
    (folder / "excused.csv").mkdir()
    return ""


def as_loose_link(folder: Folder) -> str:
    (folder / "excused.csv").unlink()
    (folder / "excused.csv").symlink_to("gone")
    return ""


# Each spoils the folder and returns an address, which {} stands for in what is told.
FAULTY: dict[str, tuple[Spoil, list[str]]] = {
    "GBK bytes": (
        rewritten("zones.csv", lambda raw: raw.decode().encode("gbk")),
        ["zones.csv:2:11: F101 the file is not UTF-8: these bytes look like GBK"],
    ),
    "UTF-16": (
        rewritten("zones.csv", lambda raw: raw.decode().encode("utf-16")),
        ["zones.csv:1:1: F101 the file is not UTF-8: it looks like UTF-16"],
    ),
    "a broken byte": (
        rewritten("zones.csv", lambda raw: raw.replace("武".encode(), b"\xe6\xad", 1)),
        ["zones.csv:3:7: F101 the file is not UTF-8: these bytes are broken"],
    ),
    "a folder in a file's place": (as_folder, ["excused.csv:1:1: F101 this is no file"]),
    "a link that leads nowhere": (
        as_loose_link,
        ["excused.csv:1:1: F101 the file can't be read: No such file or directory"],
    ),
    "a missing column": (
        end_of("excused.csv", "id,article,line,printed,", "id,article,printed,"),
        ["excused.csv:{}: F102 column 'line' is missing"],
    ),
    "an unknown column": (
        damage("excused.csv", "reason,reason_zh", "remark,reason,reason_zh"),
        ["excused.csv:{}: F103 unknown column 'remark'"],
    ),
    "a column twice": (
        damage("excused.csv", "reason,reason_zh", "line,reason,reason_zh"),
        ["excused.csv:{}: F104 column 'line' stands twice"],
    ),
    "a surplus cell": (
        damage("lookalikes.csv", "上半年", "上半年,下半年"),
        ["lookalikes.csv:2:5: F105 2 cells where the header has 1: '下半年' is one too many"],
    ),
    "a missing cell": (
        end_of("excused.csv", "X05,hubei,31,", "X05,31,"),
        ["excused.csv:{}: F106 5 cells where the header has 6"],
    ),
    "text after a quote": (
        damage("zones.csv", "wuhan,武汉片区", 'wuhan,"武汉"片区'),
        ["zones.csv:{}: F107 the row that begins here can't be read: ',' expected after '\"'"],
    ),
    "a quote never closed": (
        damage("excused.csv", "X29,dalian,103,新一批", 'X29,dalian,103,"新一批'),
        ["excused.csv:{}: F107 the row that begins here can't be read: unexpected end of data"],
    ),
    "a long line": (
        damage("zones.csv", "wuhan,武汉片区", "wuhan," + "x" * 100_001),
        ["zones.csv:{}: F108 the row that begins here is longer than 100,000 characters"],
    ),
    "an endless quoted cell": (
        damage("excused.csv", "X05,hubei,31,", 'X05,"hubei' + "\n" * 100_000),
        ["excused.csv:{}: F108 the row that begins here is longer than 100,000 characters"],
    ),
    "an empty file": (
        rewritten("excused.csv", lambda raw: b""),
        ["excused.csv:1:1: F109 the file is empty"],
    ),
    "a line of another article": (
        damage("figures.csv", "53,585.37亿元", "93,585.37亿元"),
        ["figures.csv:{}: F310 line 93 is not in chongzuo, which has the lines 43-59"],
    ),
    "an excuse on a line of another article": (
        damage("excused.csv", "X05,hubei,31,", "X05,hubei,43,"),
        ["excused.csv:6:11: F310 line 43 is not in hubei, which has the lines 5-41"],
    ),
    "lines that run backwards": (
        damage("sources.csv", "1-105", "105-1"),
        ["sources.csv:{}: F310 lines '105-1' run backwards"],
    ),
    "lines that the source has not": (
        damage("sources.csv", "95-105", "95-205"),
        ["sources.csv:7:119: F310 line 205 is not in press-2022, which has the lines 1-105"],
    ),
    "a period that is not that of the date": (
        damage("figures.csv", "2021-05-21,during", "2019-05-21,during"),
        ["figures.csv:{}: F206 period '2019-05-21' is not that of the date 2021-05-21"],
    ),
    "a period that is undated": (
        damage("figures.csv", "2021-05-21,during", "2021-05-21,undated"),
        ["figures.csv:{}: F206 period '2021-05-21' stands beside period_kind undated"],
    ),
    "a misspelt file": (
        beside("figuers.csv"),
        ["figuers.csv:1:1: F110 this file is not read; is it figures.csv?"],
    ),
    "a capital in a file's name": (
        beside("Excused.CSV"),
        ["Excused.CSV:1:1: F110 this file is not read; is it excused.csv?"],
    ),
    "a vague amount as a figure": (
        damage("figures.csv", "200余家", "上百家"),
        ["figures.csv:{}: F201 '上百家' names no number"],
    ),
    "words as a figure": (
        damage("figures.csv", "200余家", "许多企业"),
        ["figures.csv:{}: F201 '许多企业' is no quantity that the grammar knows"],
    ),
    "another unit than printed": (
        damage("figures.csv", "万元,exact,,undated,measured,hubei,31,7235万元",
               "万元,exact,,undated,measured,hubei,31,7235万吨"),
        ["figures.csv:{}: F202 unit '万元' is not the unit of '7235万吨'"],
    ),
    "another value than printed": (
        damage("figures.csv", "1.5,,亿元,nearly", "1.6,,亿元,nearly"),
        ["figures.csv:{}: F203 value '1.6' is not what '近1.5亿元' says"],
    ),
    "another end than printed": (
        damage("figures.csv", "20,万单,range", "30,万单,range"),
        ["figures.csv:{}: F203 value_to '30' is not what '15万至20万' says"],
    ),
    "another bound than printed": (
        damage("figures.csv", "nearly,,undated,capacity,yantai", "exact,,undated,capacity,yantai"),
        ["figures.csv:{}: F204 bound 'exact' is not what '近1.5亿元' says"],
    ),
    "a ratio that lacks a part": (
        damage("figures.csv", "4:3:3,First part", "4:3,First part"),
        ["figures.csv:15:52: F203 value '3' is not what '4:3:3' says",
         "figures.csv:{}: F205 '4:3' has 2 parts and 1 row",
         "figures.csv:16:86: F205 '4:3:3' has 3 parts and 2 rows"],
    ),
    "an empty cell": (
        damage("zones.csv", "武汉片区,Wuhan Area", ",Wuhan Area"),
        ["zones.csv:3:7: F301 name_zh is empty"],
    ),
    "a word for a number": (
        damage("excused.csv", "31,两稳一保", "thirty-one,两稳一保"),
        ["excused.csv:{}: F302 line 'thirty-one' is not a whole number"],
    ),
    "a decimal comma": (
        damage("figures.csv", "1.5,,亿元,nearly", '"1,5",,亿元,nearly'),
        ["figures.csv:{}: F303 value '1,5' has not the form that is asked for"],
    ),
    "an unknown word": (
        damage("figures.csv", "nearly,,undated,capacity,yantai", "circa,,undated,capacity,yantai"),
        ["figures.csv:{}: F304 bound 'circa' is not one of about, at_least, at_most, exact, "
         "nearly, over, range, under"],
    ),
    "line nought": (
        damage("excused.csv", "31,两稳一保", "0,两稳一保"),
        ["excused.csv:{}: F305 line 0 is below 1"],
    ),
    "a unit of nothing": (
        damage("units.csv", "10000,area,0\n亩", "0,area,0\n亩"),
        ["units.csv:{}: F305 factor 0 is not above 0"],
    ),
    "a long cell": (
        damage("zones.csv", "Wuhan Area", "x" * 201),
        ["zones.csv:{}: F306 name_en has 201 characters; at most 200 may"],
    ),
    "an escape sequence": (
        damage("zones.csv", "Wuhan Area", "Wuhan \x1b[31mArea"),
        ["zones.csv:{}: F307 the character U+001B may not stand in a cell"],
    ),
    "a fault behind a quotation mark within a cell": (
        damage("zones.csv", "Wuhan Area,area,", 'Wuhan" Area,place,'),
        ["zones.csv:3:24: F304 kind 'place' is not one of area, bonded_zone, city, cohort, "
         "pilot_zone, port, province"],
    ),
    "a NUL": (
        damage("zones.csv", "Wuhan Area", "Wuhan\0Area"),
        ["zones.csv:{}: F307 the character U+0000 may not stand in a cell"],
    ),
    "a turn of the text's direction": (
        damage("zones.csv", "Wuhan Area", "Wuhan \u202eArea"),
        ["zones.csv:{}: F307 the character U+202E may not stand in a cell"],
    ),
    "a quoted cell over several lines": (
        damage("figures.csv", F007, '"A daily\naverage"'),
        ["figures.csv:{}: F307 the character U+000A may not stand in a cell"],
    ),
    "a fault behind a cell over several lines": (
        damage("zones.csv", "Wuhan Area,area", '"Wuhan\nArea",place'),
        ["zones.csv:{}: F307 the character U+000A may not stand in a cell",
         "zones.csv:4:7: F304 kind 'place' is not one of area, bonded_zone, city, cohort, "
         "pilot_zone, port, province"],
    ),
    "a formula": (
        damage("zones.csv", "Wuhan Area", "=1+1"),
        ["zones.csv:{}: F308 '=1+1' would run as a formula in a spreadsheet"],
    ),
    "a formula with a tab before it": (
        damage("figures.csv", F007, '"\t@SUM(A1)"'),
        ["figures.csv:{}: F307 the character U+0009 may not stand in a cell"],
    ),
    "a full-width formula": (
        damage("zones.csv", "Wuhan Area", "＝1+1"),
        ["zones.csv:{}: F308 '＝1+1' would run as a formula in a spreadsheet"],
    ),
    "a day that is not": (
        damage("figures.csv", "2022-07-20,cumulative,measured,qinzhou,83,23艘次",
               "2022-06-31,cumulative,measured,qinzhou,83,23艘次"),
        ["figures.csv:{}: F309 period '2022-06-31' is no date or period"],
    ),
    "a figure on a day that is not": (
        damage("figures.csv",
               "2021-05-21,,date,exact,2021-05-21,during,measured,qinzhou,83,2021年5月21日",
               "2021-02-30,,date,exact,2021-05-21,during,measured,qinzhou,83,2021年2月30日"),
        ["figures.csv:{}: F309 no such date: 2021-02-30"],
    ),
    "a key twice": (
        damage("excused.csv", "X05,hubei,31,", "X04,hubei,31,"),
        ["excused.csv:{}: F401 excused has 'X04' already"],
    ),
    "a figure twice": (
        damage("figures.csv", "F042,youyiguan,contactless", "F041,youyiguan,contactless"),
        ["figures.csv:{}: F401 figures has 'F041' already"],
    ),
    "a key that dangles": (
        damage("figures.csv", "hubei-ftz,cross-province-services,cross-province-items",
               "hubie-ftz,cross-province-services,cross-province-items"),
        ["figures.csv:{}: F402 zone 'hubie-ftz' is not in zones.csv"],
    ),
    "a parent that dangles": (
        damage("zones.csv", "chongzuo,Also", "chongzou,Also"),
        ["zones.csv:{}: F402 parent 'chongzou' is not in zones.csv"],
    ),
    "a claim about nothing": (
        damage("claims.csv", "F012,part_of", "F999,part_of"),
        ["claims.csv:{}: F402 figure 'F999' is not in figures.csv"],
    ),
    "a circle": (
        damage("zones.csv", "Shandong Pilot Free-Trade Zone,pilot_zone,",
               "Shandong Pilot Free-Trade Zone,pilot_zone,yantai"),
        ["zones.csv:12:64: F403 parent 'yantai' leads back to 'shandong-ftz'",
         "zones.csv:13:30: F403 parent 'shandong-ftz' leads back to 'yantai'"],
    ),
    "its own parent": (
        damage("zones.csv", "hubei-ftz,,\nxiangyang", "wuhan,,\nxiangyang"),
        ["zones.csv:{}: F403 parent 'wuhan' leads back to 'wuhan'"],
    ),
    "a unit that is not": (
        damage("figures.csv", "万元,exact,,undated,measured,hubei,31,7235万元",
               "万元元,exact,,undated,measured,hubei,31,7235万元"),
        ["figures.csv:{}: F404 unit '万元元' is not known"],
    ),
    "a ratio in a unit that is not": (
        damage("ratios.csv", "万元\nfees-saved-per-ship", "万贯\nfees-saved-per-ship"),
        ["ratios.csv:{}: F404 unit '万贯' is not known"],
    ),
    "a unit that the metric is not counted in": (
        damage("figures.csv", "万吨,exact,,undated,design,qinzhou",
               "艘,exact,,undated,design,qinzhou"),
        ["figures.csv:{}: F405 unit '艘' counts count, and the metric 'design-capacity' t"],
    ),
    "a growth with one figure only": (
        damage("claims.csv", "F047 F048,,,,\nC02", "F047,,,,\nC02"),
        ["claims.csv:{}: F406 growth has 1 operand and takes 2"],
    ),
    "a growth from money to hours": (
        damage("claims.csv", "growth,F047 F048", "growth,F048 F090"),
        ["claims.csv:2:17: F405 growth can't hold a figure in % against operands in CNY, h"],
    ),
    "a growth of a date": (
        damage("claims.csv", "C01,F049,growth,F047 F048", "C01,F049,growth,F077 F078"),
        ["claims.csv:2:17: F405 growth can't hold a figure in % against operands in date, date"],
    ),
    "a growth that is a date": (
        damage("claims.csv", "C01,F049,growth", "C01,F077,growth"),
        ["claims.csv:2:5: F405 growth can't hold a figure in date against operands in CNY, CNY"],
    ),
    "a sum of money that is a share": (
        damage("claims.csv", "C01,F049,growth", "C01,F049,sum"),
        ["claims.csv:2:5: F405 sum can't hold a figure in % against operands in CNY, CNY"],
    ),
    "a mean of hours": (
        damage("claims.csv", "mean_at_most,F082 F081", "mean_at_most,F090 F081"),
        ["claims.csv:17:23: F405 mean_at_most can't hold a figure in t against operands in "
         "h, count"],
    ),
    "items of money": (
        damage("claims.csv", "C11,F010,names_some", "C11,F020,names_some"),
        ["claims.csv:12:5: F405 names_some can't use a figure in CNY"],
    ),
    "money by the firm in tonnes": (
        damage("ratios.csv", "万元\nvalue-per-ship", "吨\nvalue-per-ship"),
        ["ratios.csv:{}: F405 unit '吨' can't show CNY divided by count"],
    ),
    "money by the firm in per cent": (
        damage("ratios.csv", "万元\nvalue-per-ship", "%\nvalue-per-ship"),
        ["ratios.csv:{}: F405 unit '%' can't show CNY divided by count"],
    ),
    "money by the firm as a date": (
        damage("ratios.csv", "万元\nvalue-per-ship", "date\nvalue-per-ship"),
        ["ratios.csv:{}: F405 unit 'date' can't show CNY divided by count"],
    ),
    "one operand five times": (
        damage("claims.csv", "F058 F059 F060 F061 F062", "F058 F058 F058 F058 F058"),
        ["claims.csv:{}: F406 operands has 'F058' twice"],
    ),
    "one item twice": (
        damage("claims.csv", "英语; 日语; 韩语", "英语; 日语; 英语"),
        ["claims.csv:{}: F406 items has '英语' twice"],
    ),
    "a share with one figure only": (
        damage("claims.csv", "F041,share,,", "F041,share,F043,"),
        ["claims.csv:7:16: F406 share has 1 operand and takes none or 2"],
    ),
    "so many times without a number": (
        damage("claims.csv", "times,F075,2,", "times,F075,,"),
        ["claims.csv:24:21: F406 times needs value"],
    ),
    "names of which none is given": (
        damage("claims.csv", "names_some,,,保税混矿,", "names_some,,,,"),
        ["claims.csv:36:23: F406 names_some needs items"],
    ),
    "a count of nothing": (
        damage("claims.csv", "count,F058 F059 F060 F061 F062,,,", "count,,,;,"),
        ["claims.csv:9:18: F406 count needs items"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTY)
def test_a_fault_is_told_and_leaves_the_old_database_as_it_was(
    case: str, folder: Folder, tmp_path: Path, loaded: bytes
) -> None:
    spoil, told = FAULTY[case]
    address = spoil(folder)
    database = tmp_path / "ftz.db"
    database.write_bytes(loaded)
    with pytest.raises(Refused) as refused:
        load(database, [str(folder.path)])
    problems = [str(one).removeprefix(f"{folder.path}/") for one in refused.value.problems]
    assert problems == [one.format(address) for one in told]
    assert refused.value.count == len(told)
    assert int(refused.value.exit_code) == 1
    assert database.read_bytes() == loaded
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "ftz.db"]


def test_every_code_is_provoked_above() -> None:
    provoked = {code for _, told in FAULTY.values() for one in told for code in CODE.findall(one)}
    assert provoked == set(FAULTS)


FINE: dict[str, Spoil] = {
    "a byte-order mark": rewritten("figures.csv", lambda raw: b"\xef\xbb\xbf" + raw),
    "full-width digits": damage("figures.csv", "7235,,万元", "７２３５,,万元"),
    "a full-width line": damage("excused.csv", "X05,hubei,31,", "X05,hubei,３１,"),
    "CRLF": rewritten("figures.csv", lambda raw: raw.replace(b"\n", b"\r\n")),
    "CR": rewritten("figures.csv", lambda raw: raw.replace(b"\n", b"\r")),
    "empty lines": rewritten("figures.csv", lambda raw: raw.replace(b"\n", b"\n\n")),
    "no line end at the end": rewritten("figures.csv", lambda raw: raw.rstrip(b"\n")),
    "spaces in the header": damage("zones.csv", "kind,parent,note", "kind, parent ,note"),
}


@pytest.mark.parametrize("case", FINE)
def test_harmless_forms_are_simply_read(case: str, folder: Folder) -> None:
    FINE[case](folder)
    assert folder.problems() == []
    assert Dataset([folder.path]).check() == len(rows_of("figures"))


def test_columns_may_stand_in_another_order(folder: Folder, bundled: Dataset) -> None:
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row[::-1] for row in csv.reader(file)]
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    assert list(Dataset([folder.path]).figures()) == list(bundled.figures())
    address = damage("figures.csv", "7235,credit-granted", "7236,credit-granted")(folder)
    told = f"figures.csv:{address}: F203 value '7236' is not what '7235万元' says"
    assert folder.problems() == [told]


def test_all_problems_are_told_at_once(folder: Folder) -> None:
    folder.edit("zones.csv", "Wuhan Area", "")
    folder.edit("units.csv", "角,角,jiao", "角,角,")
    folder.edit("figures.csv", "F005,hubei-ftz", "F005,hubie-ftz")
    folder.edit("figures.csv", "1.5,,亿元,nearly", "1.6,,亿元,nearly")
    folder.edit("claims.csv", "C43,F012", "C43,F999")
    assert folder.problems() == [
        "units.csv:21:5: F301 name_en is empty",
        "zones.csv:3:12: F301 name_en is empty",
        "figures.csv:6:6: F402 zone 'hubie-ftz' is not in zones.csv",
        "figures.csv:68:48: F203 value '1.6' is not what '近1.5亿元' says",
        "claims.csv:44:5: F402 figure 'F999' is not in figures.csv",
    ]


def test_a_problem_shows_its_line_and_the_way_out(folder: Folder) -> None:
    folder.edit("figures.csv", "1.5,,亿元,nearly", "1.6,,亿元,nearly")
    dataset = Dataset([folder.path])
    dataset.check()
    [problem] = dataset.problems
    assert problem.excerpt.startswith(
        "F067,yantai,exchange-rate-shield,cash-released,1.6,,亿元,nearly"
    )
    assert str(problem.help) == "'近1.5亿元' means value 1.5, unit 亿元, bound nearly"


def test_a_folder_without_units_is_told_where_units_are(folder: Folder) -> None:
    (folder / "units.csv").unlink()
    dataset = Dataset([folder.path])
    dataset.check()
    said = {str(one.help) for one in dataset.problems if one.code == "F404"}
    assert said == {
        "no units are there at all: name 'bundled' beside your folder, or write a units.csv"
    }


def test_a_nearby_key_is_offered(folder: Folder) -> None:
    folder.edit("figures.csv", "F005,hubei-ftz", "F005,hubie-ftz")
    dataset = Dataset([folder.path])
    dataset.check()
    assert [str(problem.help) for problem in dataset.problems] == ["did you mean 'hubei-ftz'?"]


def test_a_thousand_problems_are_listed_and_all_are_counted(folder: Folder) -> None:
    row = "F900,nowhere,,gdp,1,,元,exact,,undated,measured,hubei,13,1元,"
    width = len(rows_of("figures")[0])
    row += "," * (width - 1 - row.count(","))
    folder.append("figures.csv", f"{row}\n" * 3000)
    dataset = Dataset([folder.path])
    dataset.check()
    # Each of them is nowhere, and all but the first have a key that was there before.
    assert (len(dataset.problems), dataset.problem_count) == (1000, 3000 + 2999)


def test_figures_of_two_folders_are_read_as_one(folder: Folder) -> None:
    for name in ("figures.csv", "claims.csv", "excused.csv", "aliases.csv", "intents.csv"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for name in ("units.csv", "zones.csv", "initiatives.csv", "metrics.csv", "sources.csv",
                 "ratios.csv", "recognitions.csv", "lookalikes.csv"):  # fmt: skip
        (folder / name).unlink()
    header = rows_of("figures")[0].keys()
    one = dict.fromkeys(header, "") | {
        "id": "A001", "zone": "wuhan", "metric": "gdp", "value": "3", "unit": "亿元",
        "bound": "exact", "period_kind": "undated", "status": "measured", "article": "hubei",
        "line": "13", "printed": "3亿元",
    }  # fmt: skip
    folder.append("figures.csv", ",".join(one.values()) + "\n")
    dataset = Dataset([bundled_folder(), folder.path])
    assert dataset.check() == len(rows_of("figures")) + 1
    assert dataset.problems == []
    folder.append("figures.csv", ",".join((one | {"id": "F001"}).values()) + "\n")
    dataset = Dataset([bundled_folder(), folder.path])
    dataset.check()
    assert [*map(str, dataset.problems)] == [
        f"{folder.path}/figures.csv:3:1: F401 figures has 'F001' already"
    ]


def test_ids_in_falling_order_are_told_apart_all_the_same(folder: Folder) -> None:
    lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines()
    # The rows of one place keep their order: a ratio's parts and 同年 lean on it.
    blocks: dict[tuple[str, str], list[str]] = {}
    for line, row in zip(lines[1:], rows_of("figures"), strict=True):
        blocks.setdefault((row["article"], row["line"]), []).append(line)
    turned = [line for block in reversed(blocks.values()) for line in block]
    (folder / "figures.csv").write_text("\n".join([lines[0], *turned, turned[0], ""]), "utf-8")
    assert folder.problems() == [
        f"figures.csv:{len(lines) + 1}:1: F401 figures has '{turned[0][:4]}' already"
    ]


def test_a_folder_without_a_table_file_is_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(DataUnusable, match=r"no dataset in .*: expected CSV files"):
        Dataset([tmp_path])


@pytest.mark.parametrize("name", ["nowhere", "missing/", "a\0b", "\udcff", "x" * 5000])
def test_a_folder_that_is_not_there_is_told_in_one_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataUnusable) as error:
        folders_named([name])
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("no folder '")
    with pytest.raises((DataUnusable, DatabaseUnusable)):
        load(tmp_path / "x.db", [name])
    assert [*tmp_path.iterdir()] == []


# ---- the double entry sees every digit ---------------------------------------------------------


def changes(cell: str, every: bool) -> list[str]:
    """`cell` with each of its digits changed: to the next one, or to every other."""
    found = []
    for at, char in enumerate(cell):
        digits = next((row for row in (DIGITS, CHINESE_DIGITS) if char in row), "")
        others = [digit for digit in digits if digit != char]
        if digits and not every:
            others = [digits[(digits.index(char) + 1) % 10]]
        found += [cell[:at] + other + cell[at + 1 :] for other in others]
    return found


def unseen_changes(folder: Folder, column: str, every: bool) -> tuple[list[str], int]:
    """Changes of one digit in `column` that no problem at that line tells, and how many there are.

    The other tables are read once; figures.csv is written and checked anew for each change.
    """
    path = folder / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(table), "no cell spans lines"
    at = table[0].index(column)
    dataset = Dataset([folder.path])
    unseen, count = [], 0
    for number, cells in enumerate(table[1:], 2):
        for changed in changes(cells[at], every):
            count += 1
            row = ",".join(
                f'"{cell}"' if "," in cell else cell
                for cell in (*cells[:at], changed, *cells[at + 1 :])
            )
            text = "\n".join([*lines[: number - 1], row, *lines[number:], ""])
            path.write_text(text, encoding="utf-8")
            dataset.log.problems.clear()
            dataset.check()
            if number not in {problem.line for problem in dataset.problems}:
                unseen.append(f"{path.name}:{number}: {cells[at]} → {changed}")
    return unseen, count


@pytest.mark.parametrize(
    ("column", "every", "at_least"),
    [
        ("value", False, 250),
        ("printed", False, 230),
        pytest.param("value", True, 2200, marks=pytest.mark.slow),
        pytest.param("printed", True, 2070, marks=pytest.mark.slow),
    ],
)
def test_no_digit_can_be_changed_unseen(
    column: str, every: bool, at_least: int, folder: Folder
) -> None:
    unseen, count = unseen_changes(folder, column, every)
    assert unseen == []
    assert count >= at_least
