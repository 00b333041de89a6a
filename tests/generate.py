"""A dataset of any size for `ftz load`: `python tests/generate.py DIR --figures N --names M`.

The seed is fixed, so the same numbers give the same files, and name number 7 is the same in every
size. Every kind of row is there: each bound, ranges, dates, ratios, shares, Chinese numerals,
scaled units, and every kind of period. Units, look-alikes and intents are the bundled ones. Rows
are written as they are made; nothing grows with their number.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

BUNDLED = Path(__file__).parent.parent / "db"
COPIED = ("units.csv", "lookalikes.csv", "intents.csv")
SEED = 2022
PUBLISHED = 2022
FIGURES, NAMES = 1_000_000, 10_000
# Groups of figures that share a line, and lines in an article.
LINES = 120

Row = tuple[object, ...]
# value, value_to, unit, bound, printed
Printed = tuple[str, str, str, str, str]

PLACES = (
    "汉han 海hai 江jiang 山shan 安an 宁ning 阳yang 州zhou 昌chang 城cheng 平ping 南nan 北bei 东dong "
    "西xi 河he 湖hu 林lin 川chuan 泉quan 龙long 云yun 新xin 金jin 石shi 桥qiao 港gang 沙sha 临lin "
    "永yong 清qing 福fu 嘉jia 丰feng 德de 兴xing 华hua 口kou 岭ling 洲zhou"
)
SUBJECTS = (
    "跨境电商,Cross-Border E-Commerce;保税物流,Bonded Logistics;水果,Fruit;集装箱,Container;"
    "原油,Crude Oil;煤炭,Coal;粮食,Grain;汽车,Vehicle;冷链,Cold-Chain;服务贸易,Services Trade;"
    "边民互市,Border Trade;加工贸易,Processing Trade;外商投资,Foreign Investment;专利,Patent;"
    "船舶,Ship;航线,Shipping Route;中欧班列,Rail Freight;"
    "仓储,Storage;融资租赁,Leasing;保险,Insurance;"
    "贷款,Loan;担保,Guarantee;税收,Tax;发票,Invoice;"
    "招标,Tender;审批,Approval;企业注册,Registration;"
    "人才,Talent;旅游,Tourism;会展,Exhibition;医疗器械,Medical Device;半导体,Semiconductor;"
    "新能源,New Energy;数据,Data;航空货运,Air Cargo;"
    "邮轮,Cruise;渔业,Fishery;钢铁,Steel;化工,Chemicals;"
    "生物医药,Biopharma;影视,Film;教育,Education;法律服务,Legal Services;仲裁,Arbitration;"
    "检验检疫,Inspection;口岸通关,Clearance;多式联运,Intermodal;供应链,Supply Chain"
)
QUALIFIERS = (
    "新增,New;累计,Cumulative;进口,Import;出口,Export;境外,Overseas;境内,Domestic;民营,Private;"
    "国有,State-Owned;小微,Small-Firm;重点,Key;试点,Pilot;"
    "区内,In-Zone;省内,In-Province;全市,City-Wide;"
    "线上,Online;线下,Offline;绿色,Green;数字,Digital;应急,Emergency;高端,High-End;规模以上,Large;"
    "首次,First-Time;平均,Average;日常,Routine;联合,Joint;综合,Comprehensive;专项,Special;跨省,"
    "Cross-Province;直达,Direct;中转,Transit;自营,Self-Run;委托,Commissioned;签约,Contracted;"
    "在建,Under-Construction;投产,In-Production;备案,Filed;"
    "认证,Certified;免税,Duty-Free;退税,Refunded;"
    "结算,Settled;托管,Entrusted;共享,Shared"
)
FORMS = (
    "服务中心,Service Centre,service;平台,Platform,platform;"
    "改革,Reform,reform;码头,Terminal,facility;"
    "保,Shield,product;专项行动,Campaign,campaign;一件事,In One Go,service;通,Pass,product;"
    "驿站,Station,facility;试点,Trial,reform"
)
THEMES = ("trade", "finance", "logistics", "clearance", "tax", "talent", "port", "shipping")
ZONE_KINDS = (
    ("pilot_zone", "自贸试验区", "Pilot Free-Trade Zone"),
    ("area", "片区", "Area"),
    ("area", "片区", "Area"),
    ("port", "口岸", "Port"),
    ("bonded_zone", "综合保税区", "Bonded Zone"),
    ("city", "市", "City"),
    ("area", "片区", "Area"),
    ("port", "港", "Harbour"),
    ("province", "省", "Province"),
    ("cohort", "同批试验区", "Cohort"),
)
PARENT_OF = {"area": "pilot_zone", "port": "area", "bonded_zone": "area", "city": "province"}


class Zone(NamedTuple):
    """A zone's row, and the place that it is named after."""

    id: str
    zh: str
    en: str
    kind: str
    parent: str
    place_zh: str
    place_en: str


class Family(NamedTuple):
    """Metrics of one kind of quantity, and how their figures are printed."""

    zh: str
    en: str
    base: str
    kind: str
    direction: str
    printed: Callable[[Random], Printed]


def _pairs(text: str) -> list[tuple[str, str]]:
    found = []
    for part in text.split(";"):
        zh, en = part.split(",", 1)
        found.append((zh, en))
    return found


_PLACES = [(part[0], part[1:]) for part in PLACES.split()]
_SUBJECTS, _QUALIFIERS = _pairs(SUBJECTS), _pairs(QUALIFIERS)
_FORMS = [tuple(form.split(",")) for form in FORMS.split(";")]
_NUMERALS = "零一二三四五六七八九"


def spelt(number: int) -> str:
    """A whole number below a hundred million in Chinese numerals: 1200000 → 一百二十万."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return spelt(number // 10_000) + "万" + (gap + spelt(rest) if rest else "")
    text, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _NUMERALS[digit] + sign
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def _decimal(random: Random, most: int) -> str:
    places = random.randrange(4)
    whole = random.randrange(1, most)
    return f"{whole}.{random.randrange(1, 10**places):0{places}d}" if places else str(whole)


def _round(random: Random) -> str:
    return f"{random.randrange(1, 10)}{'0' * random.randrange(1, 4)}"


# Qualifiers before and after; {n} is the number, {u} its unit.
_BOUNDS = (
    ("exact", "{n}{u}"), ("exact", "{n}{u}"), ("exact", "{n}{u}"), ("exact", "{n}{u}"),
    ("exact", "高达{n}{u}"), ("exact", "仅{n}{u}"), ("about", "约{n}{u}"), ("about", "{n}{u}左右"),
    ("over", "超{n}{u}"), ("over", "超过{n}{u}"), ("over", "逾{n}{u}"), ("nearly", "近{n}{u}"),
    ("nearly", "接近{n}{u}"), ("under", "不到{n}{u}"), ("under", "不足{n}{u}"),
    ("at_least", "{n}{u}以上"), ("at_least", "至少{n}{u}"), ("at_most", "不超过{n}{u}"),
    ("at_most", "{n}{u}以内"),
)  # fmt: skip


def _measured(units: list[tuple[str, int]], words: str) -> Callable[[Random], Printed]:
    """Quantities in any of `units`: (unit, greatest value); `words` is one for Chinese numerals."""

    def printed(random: Random) -> Printed:
        unit, most = units[random.randrange(len(units))]
        form = random.randrange(20)
        if form == 0:
            low = random.randrange(1, most)
            high = low + random.randrange(1, most)
            sign = random.choice(("至", "~", "-"))
            return str(low), str(high), unit, "range", f"{low}{sign}{high}{unit}"
        if form == 1:
            number = random.randrange(1, 9999) * random.choice((1, 10, 100))
            return str(number), "", words, "exact", f"{spelt(number)}{words}"
        if form == 2:
            number = _round(random)
            return number, "", unit, "over", f"{number}余{unit}"
        bound, pattern = _BOUNDS[random.randrange(len(_BOUNDS))]
        number = _decimal(random, most)
        return number, "", unit, bound, pattern.replace("{n}", number).replace("{u}", unit)

    return printed


def _counted(units: list[str]) -> Callable[[Random], Printed]:
    def printed(random: Random) -> Printed:
        unit = units[random.randrange(len(units))]
        form = random.randrange(12)
        if form == 0:
            number = random.randrange(1, 99)
            return str(number), "", unit, "exact", f"{spelt(number)}{unit}"
        if form == 1:
            number = _round(random)
            return number, "", unit, "over", f"{number}余{unit}"
        if form == 2:
            number = _decimal(random, 900)
            return number, "", f"万{unit}", "exact", f"{number}万{unit}"
        bound, pattern = _BOUNDS[random.randrange(len(_BOUNDS))]
        number = str(random.randrange(1, 100_000))
        return number, "", unit, bound, pattern.replace("{n}", number).replace("{u}", unit)

    return printed


def _share(random: Random) -> Printed:
    form = random.randrange(8)
    if form == 0:
        tenths = random.randrange(1, 10)
        return str(tenths * 10), "", "%", "exact", f"{_NUMERALS[tenths]}成"
    if form == 1:
        number, decimal = random.randrange(1, 100), random.randrange(1, 10)
        return (f"{number}.{decimal}", "", "%", "exact",
                f"百分之{spelt(number)}点{_NUMERALS[decimal]}")  # fmt: skip
    bound, pattern = _BOUNDS[random.randrange(len(_BOUNDS))]
    number_ = _decimal(random, 100)
    return number_, "", "%", bound, pattern.replace("{n}", number_).replace("{u}", "%")


def _rank(random: Random) -> Printed:
    number = random.randrange(1, 40)
    form = random.randrange(4)
    if form == 0:
        return "1", "", "位", "exact", "首位"
    if form == 1:
        return str(number), "", "位", "at_most", f"前{spelt(number)}"
    if form == 2:
        return str(number), "", "位", "exact", f"第{spelt(number)}位"
    return str(number), "", "位", "exact", f"第{number}位"


def _date(random: Random) -> Printed:
    year, month, day = (
        2010 + random.randrange(12),
        1 + random.randrange(12),
        1 + random.randrange(28),
    )
    form = random.randrange(4)
    if form == 0:
        return f"{year}-{month:02d}", "", "date", "exact", f"{year}年{month}月"
    if form == 1:
        return f"{PUBLISHED}-{month:02d}", "", "date", "exact", f"今年{month}月"
    return f"{year}-{month:02d}-{day:02d}", "", "date", "exact", f"{year}年{month}月{day}日"


FAMILIES = (
    Family("金额", "Value", "CNY", "amount", "up",
           _measured([("亿元", 5000), ("万元", 90000), ("元", 10**6), ("万亿元", 20)], "元")),
    Family("吞吐量", "Throughput", "t", "amount", "up",
           _measured([("万吨", 9000), ("亿吨", 30), ("吨", 10**6)], "吨")),
    Family("企业数", "Enterprises", "count", "count", "up", _counted(["家", "户", "个"])),
    Family("占比", "Share", "%", "share", "none", _share),
    Family("增速", "Growth", "%", "growth", "up", _share),
    Family("排名", "Rank", "rank", "rank", "down", _rank),
    Family("办理时间", "Handling Time", "h", "duration", "down",
           _measured([("小时", 400)], "小时")),
    Family("启用日期", "Launch Date", "date", "date", "none", _date),
    Family("长度", "Length", "m", "length", "none", _measured([("米", 9000), ("千米", 300)], "米")),
    Family("评分权重", "Rating Weight", "part", "weight", "none", lambda random: _NO_PRINT),
)  # fmt: skip
_NO_PRINT: Printed = ("", "", "", "", "")
DATES, WEIGHTS, GROWTH = 7, 9, 4

PERIODS = (
    ("{y}", "during"), ("{y}", "during"), ("{y}-{m:02d}", "during"), ("{y}-40", "during"),
    ("{y}-33", "during"), ("{y}-{m:02d}-{d:02d}", "as_of"), ("{y}-{m:02d}-{d:02d}", "cumulative"),
    ("{y}/{z}", "change"), ("{y}-{m:02d}/..", "since"), ("{y}", "since"), ("", "undated"),
    ("", "cumulative"),
)  # fmt: skip
STATUSES = ("measured",) * 14 + ("capacity", "design", "target", "rule")
NOTES = ("",) * 12 + (
    "The page does not say for which year.",
    "Province-wide, so the province's figure; the area's own is not given.",
)


def place(number: int) -> tuple[str, str]:
    """The place of that number: two characters, three from 1,600 on."""
    count = len(_PLACES)
    taken = [_PLACES[number % count], _PLACES[(number // count + number) % count]]
    if number >= count * count:
        taken.append(_PLACES[number // (count * count) % count])
    zh = "".join(char for char, _ in taken)
    return zh, "".join(sound for _, sound in taken).capitalize()


def zones(count: int) -> list[Zone]:
    """The first `count` zones."""
    made: list[Zone] = []
    last: dict[str, str] = {}
    for number in range(count):
        kind, zh, en = ZONE_KINDS[number % len(ZONE_KINDS)]
        place_zh, place_en = place(number)
        id = f"{place_en.lower()}-{en.split()[0].lower()}-{number}"
        parent = last.get(PARENT_OF.get(kind, ""), "")
        made.append(Zone(id, place_zh + zh, f"{place_en} {en}", kind, parent, place_zh, place_en))
        last[kind] = id
    return made


def initiatives(count: int, every: list[Zone]) -> Iterator[tuple[str, str, str, Zone, str]]:
    """Id, both names, zone and kind of the first `count` initiatives."""
    for number in range(count):
        # The smaller sizes have fewer zones, but the same initiatives in the first ten.
        zone = every[number % len(every)] if number >= 10 else every[0]
        subject_zh, subject_en = _SUBJECTS[(number * 7 + number // 48) % len(_SUBJECTS)]
        form_zh, form_en, kind = _FORMS[number % len(_FORMS)]
        zh = f"{zone.place_zh}{subject_zh}{form_zh}"
        en = f"{zone.place_en} {subject_en} {form_en}"
        slug = f"{subject_en}-{form_en}".lower().replace(" ", "-")
        yield f"{slug}-{number}", zh, en, zone, kind


def metrics(count: int) -> Iterator[tuple[str, str, str, int]]:
    """Id, both names and the family's number of the first `count` metrics."""
    for number in range(count):
        family = number % len(FAMILIES)
        series = number // len(FAMILIES)
        subject_zh, subject_en = _SUBJECTS[series % len(_SUBJECTS)]
        turn = series // len(_SUBJECTS)
        qualifier_zh, qualifier_en = _QUALIFIERS[turn % len(_QUALIFIERS)]
        more = turn // len(_QUALIFIERS)
        zh = f"{qualifier_zh}{subject_zh}{FAMILIES[family].zh}" + (f"{more + 1}期" if more else "")
        en = f"{qualifier_en} {subject_en} {FAMILIES[family].en}" + (f" {more + 1}" if more else "")
        yield f"{en.lower().replace(' ', '-')}-{number}", zh, en, family


# The cells that rows are made with; columns that a table has besides stay empty.
COLUMNS = {
    "zones": "id name_zh name_en kind parent",
    "initiatives": "id name_zh name_en zone kind theme start summary_zh summary_en",
    "metrics": "id name_zh name_en definition_zh definition_en base_unit kind direction broader",
    "aliases": "kind ref lang alias",
    "recognitions": "id zone kind scope scope_en article line",
    "sources": "id parent kind title_zh title_en published authors lines",
    "figures": "id zone initiative metric value value_to unit bound period period_kind status "
    "article line printed note",
    "claims": "id figure relation operands",
    "excused": "id article line printed reason reason_zh",
    "ratios": "id name_zh name_en numerator denominator unit",
}


def columns() -> dict[str, list[str]]:
    """The columns of every table."""
    package = json.loads((BUNDLED / "datapackage.json").read_text(encoding="utf-8"))
    return {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }


def generate(folder: Path, figures: int = FIGURES, names: int = NAMES) -> None:
    """Write a dataset of so many figures over so many names into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(BUNDLED / name, folder / name)
    every_zone = zones(max(10, names * 3 // 20))
    every_initiative = list(initiatives(max(10, names * 7 // 20), every_zone))
    every_metric = list(
        metrics(max(len(FAMILIES), names - len(every_zone) - len(every_initiative)))
    )
    _write_names(folder, every_zone, every_initiative, every_metric)
    articles = max(1, figures // LINES)
    _write(folder, "sources", itertools.chain(
        [("paper", "", "document", "合成专版", "A generated page", PUBLISHED, "", "")],
        (
            (f"a{at}", "paper", "article", f"合成文章第{at}篇", f"Generated article {at}",
             PUBLISHED, "甲; 乙", f"1-{LINES}")
            for at in range(articles)
        ),
    ))  # fmt: skip
    claims: list[Row] = []
    _write(
        folder,
        "figures",
        _figures(figures, articles, every_zone, every_initiative, every_metric, claims),
    )
    _write(folder, "claims", iter(claims))


def _write_names(
    folder: Path,
    every_zone: list[Zone],
    every_initiative: list[tuple[str, str, str, Zone, str]],
    every_metric: list[tuple[str, str, str, int]],
) -> None:
    _write(folder, "zones", ((z.id, z.zh, z.en, z.kind, z.parent) for z in every_zone))
    _write(folder, "initiatives", (
        (id, zh, en, zone.id, kind, THEMES[at % len(THEMES)], "2021" if at % 3 else "",
         f"{zh},合成。", f"{en}, generated.")
        for at, (id, zh, en, zone, kind) in enumerate(every_initiative)
    ))  # fmt: skip
    ids = [id for id, *_ in every_metric]
    _write(folder, "metrics", (
        (id, zh, en, f"{zh},合成。", f"{en}, generated.", FAMILIES[family].base,
         FAMILIES[family].kind, FAMILIES[family].direction,
         # Metrics of a family hang under one another as 首贷金额 does under 融资金额.
         ids[at - 480] if at % 3 == 0 and at >= 480 else "")
        for at, (id, zh, en, family) in enumerate(every_metric)
    ))  # fmt: skip
    sound = dict(_PLACES)
    _write(folder, "aliases", itertools.chain(
        (("zone", z.id, lang, text) for z in every_zone for lang, text in (
            ("zh", f"{z.place_zh}地区"), ("en", f"{z.place_en} region"),
            ("pinyin", " ".join(sound[char] for char in z.place_zh)))),
        (("initiative", id, lang, text) for id, zh, en, zone, _ in every_initiative
         for lang, text in (("zh", zh.removeprefix(zone.place_zh)),
                            ("en", en.removeprefix(zone.place_en + " ")))),
        (("metric", id, lang, text) for id, zh, en, _ in every_metric
         for lang, text in (("zh", f"{zh}情况"), ("en", f"{en} overall"))),
    ))  # fmt: skip
    _write(folder, "recognitions", (
        (f"R{at}", z.id, ("first", "replicated", "leading")[at % 3], "全国", "nationwide",
         "a0", 1 + at % LINES)
        for at, z in enumerate(every_zone[::5])
    ))  # fmt: skip
    _write(folder, "excused", [("X0", "a0", 1, "一键", "a saying", "固定说法")])
    money, count = every_metric[0][0], every_metric[2][0]
    _write(
        folder,
        "ratios",
        [("per-enterprise", "户均金额", "Value per Enterprise", money, count, "万元")],
    )


def _write(folder: Path, table: str, rows: Iterator[Row] | list[Row]) -> None:
    made = COLUMNS[table].split()
    besides = [name for name in columns()[table] if name not in made]
    blank = ("",) * len(besides)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(made + besides)
        writer.writerows(row + blank for row in rows)


def _figures(
    count: int,
    articles: int,
    every_zone: list[Zone],
    every_initiative: list[tuple[str, str, str, Zone, str]],
    every_metric: list[tuple[str, str, str, int]],
    claims: list[Row],
) -> Iterator[Row]:
    random = Random(SEED)
    draw, group, number = random.random, 0, 0
    metrics_, places_ = len(every_metric), len(every_zone) + len(every_initiative)
    claimed = max(1, len(every_metric) // 25)
    while number < count:
        article, line = f"a{group * articles // count if count else 0}", 1 + group % LINES
        group += 1
        id, _, _, family = every_metric[int(draw() * metrics_)]
        at = int(draw() * places_)
        if at < len(every_zone):
            subject = (every_zone[at].id, "")
        else:
            own = every_initiative[at - len(every_zone)]
            subject = (own[3].id, own[0])
        form, period_kind = PERIODS[int(draw() * len(PERIODS))]
        year, month, day = 2012 + int(draw() * 10), 1 + int(draw() * 12), 1 + int(draw() * 28)
        period = form.format(y=year, z=year + 2, m=month, d=day)
        status = STATUSES[int(draw() * len(STATUSES))]
        note = NOTES[int(draw() * len(NOTES))]
        if family == WEIGHTS:
            # A printed ratio is one row for each part; what is left of `count` may be less.
            parts = [str(1 + int(draw() * 9)) for _ in range(min(3, count - number))]
            said = [(part, "", "份", "exact", ":".join(parts)) for part in parts]
            if len(parts) == 1:
                said = [(parts[0], "", "份", "exact", f"{parts[0]}份")]
        elif family == DATES and draw() < 0.3 and count - number > 1:
            first = f"{year}-{month:02d}-{day:02d}"
            said = [
                (first, "", "date", "exact", f"{year}年{month}月{day}日"),
                (f"{year}-11-{day:02d}", "", "date", "exact", f"同年11月{day}日"),
            ]
        elif family == GROWTH and len(claims) < claimed and count - number > 2:
            low = 100 + int(draw() * 900)
            high = low + int(draw() * 900)
            growth = f"{(high - low) * 100 / low:.2f}"
            said = [(growth, "", "%", "exact", f"{growth}%")]
            money = every_metric[int(draw() * (metrics_ // len(FAMILIES))) * len(FAMILIES)][0]
            for value, when in ((low, year), (high, year + 2)):
                yield (f"F{number}", *subject, money, value, "", "亿元", "exact", when, "during",
                       "measured", article, line, f"{value}亿元", "")  # fmt: skip
                number += 1
            claims.append((f"C{len(claims)}", f"F{number}", "growth",
                           f"F{number - 2} F{number - 1}"))  # fmt: skip
        else:
            said = [FAMILIES[family].printed(random)]
        for value, value_to, unit, bound, printed in said:
            if unit == "date":
                period, period_kind = value, "during"
            yield (f"F{number}", *subject, id, value, value_to, unit, bound, period, period_kind,
                   status, article, line, printed, note)  # fmt: skip
            number += 1


def main() -> None:
    """Write the dataset that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--figures", type=int, default=FIGURES, metavar="N")
    parser.add_argument("--names", type=int, default=NAMES, metavar="M")
    asked = parser.parse_args()
    began = time.perf_counter()
    generate(asked.folder, asked.figures, asked.names)
    print(
        f"{asked.figures:,} figures over {asked.names:,} names in {asked.folder}, "
        f"{time.perf_counter() - began:.1f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
