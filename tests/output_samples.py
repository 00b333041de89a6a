"""A small dataset of our own making that the tests of output draw."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ftz_cli.analysis.agreement import agreements
from ftz_cli.analysis.audit import findings
from ftz_cli.analysis.comparison import compare
from ftz_cli.curation.faults import FAULTS, Problem, columns
from ftz_cli.model.claims import Claim, Ratio
from ftz_cli.model.dataset_schema import bundled_folder
from ftz_cli.model.figure import Figure
from ftz_cli.model.measures import label_en, label_zh
from ftz_cli.model.named import Initiative, Metric, Recognition, Source, Zone
from ftz_cli.output import View
from ftz_cli.output.audit_view import audit_view, finding_card
from ftz_cli.output.comparison_view import comparison_view
from ftz_cli.output.curation_view import columns_view, fault_kinds_view, problems_view
from ftz_cli.output.figure_view import figure_card, figures_view
from ftz_cli.output.initiative_view import initiative_card, initiatives_view
from ftz_cli.output.metric_view import metrics_view
from ftz_cli.output.recognition_view import recognitions_view
from ftz_cli.output.rows_view import rows_view
from ftz_cli.output.source_view import overview_view, sources_view
from ftz_cli.output.zone_view import zone_card, zones_view
from ftz_cli.quantities import EXACT, Quantity, Reader, Unit, Units

with (bundled_folder() / "units.csv").open(encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    UNITS = Units(Unit.of_row(*row) for row in rows)
READER = Reader(UNITS)

ZONES = {
    one.id: one
    for one in (
        Zone("guangxi-ftz", "广西自贸试验区", "Guangxi Pilot Free Trade Zone", "pilot_zone", None, (), None,
             None, 0, 4, 9, "2019-08-30", 119.99),
        Zone("chongzuo", "崇左片区", "Chongzuo Area", "area", "guangxi-ftz", (), None, None, 0, 2, 5),
        Zone("pingxiang-cbz", "凭祥综合保税区", "Pingxiang Comprehensive Bonded Zone", "bonded_zone",
             "chongzuo", (), None, None, 0, 3, 3),
        Zone("yantai", "烟台片区", "Yantai Area", "area", None, (), "On the sea.", "临海。", 1, 3, 3),
    )
}  # fmt: skip
METRICS = {
    one.id: one
    for one in (
        Metric("trade", "保税物流进出口值", "Bonded Logistics Trade", "保税区的进出口值。",
               "Imports and exports of a bonded zone.", "CNY", "amount", "up", None, (), 3),
        Metric("firms", "服务企业数", "Enterprises Served", "得到服务的企业数。",
               "Enterprises that the service covers.", "count", "count", "up", None, (), 2),
        Metric("extent", "实施范围面积", "Extent", "面积。", "The area.", "m2", "area", "none", None, (), 3),
        Metric("launch", "挂牌时间", "Launch Date", "挂牌的日期。", "The day.", "date", "date", "none", None, (), 1),
        Metric("time", "通关时间", "Clearance Time", "时长。", "How long it takes.", "h", "duration", "down",
               None, (), 1),
    )
}  # fmt: skip
INITIATIVES = {
    one.id: one
    for one in (
        Initiative("rate-shield", "汇率保", "Exchange-Rate Guarantee", "yantai", "烟台片区", "Yantai Area",
                   "product", "金融", "finance", "2021-05", "帮助企业避险。", "Helps firms to hedge.",
                   ("汇率避险", "hedging product"), None, None, 2),
        Initiative("first-loans", "首贷服务中心", "First-Time Loan Service Centre", "yantai", "烟台片区",
                   "Yantai Area", "service", "金融", "finance", None, "帮助企业首贷。",
                   "Helps firms to their first loan.", (), None, None, 2),
    )
}  # fmt: skip
SOURCES = {
    one.id: one
    for one in (
        Source("page", None, "newspaper", "某报专版", "A newspaper page", "某报", "2022-07-22", "", "zh", "",
               "1-9", "ab" * 32, 8),
        Source("gate", "page", "newspaper", "口岸通关便利", "Easier clearance at the port", "某报",
               "2022-07-22", "许甲; 李乙", "zh", "", "1-9", "", 8),
        Source("gov", None, "government_site", "", "Guangxi at a glance", "Guangxi government", "2020", "",
               "en", "https://gx.example/zone?a=1&b=2", "", "", 1),
        Source("hk", None, "trade_body", "", "Guangxi (China) Pilot Free Trade Zone", "HK body", "2021-03",
               "", "en", "https://hk.example/guangxi", "", "", 2),
    )
}  # fmt: skip


def figure(id: str, zone: str, metric: str, printed: str, **given: Any) -> Figure:
    """A figure as the grammar reads it; `fall` makes it negative, other fields override.

    `reads` is what the grammar gets where it is not what is printed.
    """
    said: Quantity = READER.read(given.pop("reads", printed).removeprefix("缩短"), 2022)
    said = -said if given.pop("fall", False) else said
    number = None if said.edtf else said
    ends, unit = said.ends, UNITS[said.unit.id]
    of_zone, kind = ZONES[zone], METRICS[metric]
    initiative = INITIATIVES.get(given.get("initiative") or "")
    measure = given.get("measure", "level")
    source = SOURCES[given.get("article", "gate")]
    fields = {
        "initiative": None, "measure": "level", "scope": None, "scope_en": None, "period": None,
        "base_period": None, "period_kind": "during", "status": "measured", "article": "gate",
        "line": None if source.url else 5, "note_en": None, "note_zh": None, "unit": unit.id,
    } | given  # fmt: skip
    return Figure(
        id=id, zone=zone, zone_zh=of_zone.name_zh, zone_en=of_zone.name_en,
        initiative_zh=initiative and initiative.name_zh, initiative_en=initiative and initiative.name_en,
        metric=metric, metric_zh=label_zh(kind.name_zh, measure), metric_en=label_en(kind.name_en, measure),
        value=number and number.value, value_to=number and number.value_to, date=said.edtf,
        base_value=number and EXACT.multiply(number.value, unit.factor),
        base_value_to=number and number.value_to and EXACT.multiply(number.value_to, unit.factor),
        base_unit=unit.base, low=number and ends.low, high=number and ends.high,
        low_open=ends.low_open, high_open=ends.high_open, bound=str(said.bound),
        source=source.parent or source.id, source_kind=source.kind, url=source.url or None,
        printed=printed, metric_kind=kind.kind, broader=None, unit_zh=unit.name_zh,
        unit_en=unit.name_en, unit_kind=unit.kind, factor=unit.factor, **fields,
    )  # fmt: skip


VAGUE = {"note_en": "Whose trade is not said.", "note_zh": "未说明归属。"}
FIGURES = [
    figure("F1", "pingxiang-cbz", "trade", "585.37亿元", period="2019", **VAGUE),
    figure("F2", "pingxiang-cbz", "trade", "1015.4亿元", period="2021", **VAGUE),
    figure("F3", "pingxiang-cbz", "trade", "73.46%", measure="growth", period="2021", base_period="2019"),
    figure("F4", "chongzuo", "time", "缩短31%", fall=True, measure="growth", period="2021-01/2021-09",
           base_period="2020-01/2020-09"),
    figure("F5", "chongzuo", "trade", "第一位", measure="rank", scope="广西口岸", scope_en="ports of Guangxi"),
    figure("F6", "guangxi-ftz", "extent", "119.99 square kilometers", reads="119.99平方公里",
           article="gov"),
    figure("F7", "guangxi-ftz", "extent", "about 120 square kilometers", reads="约120平方公里",
           article="hk"),
    figure("F8", "guangxi-ftz", "extent", "111.98平方公里"),
    figure("F9", "guangxi-ftz", "launch", "2019年8月30日"),
    figure("F10", "yantai", "firms", "200余家", initiative="rate-shield", status="capacity",
           note_en="Able to help, not helped.", note_zh="是能够帮助，不是已经帮助。"),
    figure("F11", "yantai", "trade", "近1.5亿元", initiative="rate-shield", period="2021", status="capacity"),
    figure("F12", "yantai", "firms", "496家", initiative="first-loans", period="2021"),
    figure("F13", "yantai", "trade", "11.61亿元", initiative="first-loans", period="2021"),
]  # fmt: skip
RECOGNITIONS = [
    Recognition("R1", "yantai", "烟台片区", "Yantai Area", "rate-shield", "汇率保", "Exchange-Rate Guarantee",
                "first", "全国", "nationwide", "商务部", "Ministry of Commerce", "gate", 7, "全国首创",
                "Said of the product.", "指产品。"),
    Recognition("R2", "chongzuo", "崇左片区", "Chongzuo Area", None, None, None, "among_first", None, None,
                None, None, "gate", 8, "率先", None, None),
]  # fmt: skip
CLAIMS = [
    Claim(
        "C1",
        FIGURES[0],
        "count",
        (),
        items=("甲", "乙"),
        note_en="Two are named.",
        note_zh="列出两项。",
    )
]
FAULTY = {"column": "value", "cell": "1.6", "printed": "近1.5亿元", "meaning": "1.5亿元"}
PROBLEMS = [
    Problem("db/figures.csv", 14, 25, "F203", FAULTY,
            "F014,hubei-ftz,,credit,,1.6,,亿元,nearly", "1.5")
]  # fmt: skip
RATIO = Ratio(
    "per-firm", "户均金额", "Trade per Enterprise", "trade", "firms", "万元", Decimal(10000), "CNY"
)


def of_zones(*zones: str) -> list[Figure]:
    return [one for one in FIGURES if one.zone in zones]


def card_of_figure(id: str) -> View:
    one = next(figure for figure in FIGURES if figure.id == id)
    every = findings([], of_zones(one.zone), ZONES.values())
    group = next((group for group in agreements(FIGURES) if one in group.figures), None)
    about = [finding for finding in every if one in finding.figures]
    return figure_card(one, about, group, SOURCES[one.article])


def card_of_zone() -> View:
    within = [ZONES["chongzuo"], ZONES["pingxiang-cbz"]]
    shown = of_zones("guangxi-ftz", "chongzuo", "pingxiang-cbz")
    return zone_card(ZONES["guangxi-ftz"], within, [], shown, RECOGNITIONS[1:], None)


def card_of_initiative() -> View:
    one = INITIATIVES["rate-shield"]
    return initiative_card(one, [figure for figure in FIGURES if figure.initiative == one.id])


def compared() -> View:
    things = list(INITIATIVES.values())
    figures = [[figure for figure in FIGURES if figure.initiative == one.id] for one in things]
    return comparison_view(compare("initiative", things, figures, METRICS, [RATIO]))


def compared_zones() -> View:
    things = [ZONES["pingxiang-cbz"], ZONES["yantai"]]
    figures = [of_zones(one.id) for one in things]
    return comparison_view(compare("zone", things, figures, METRICS, [], all=True))


def audited() -> list[Any]:
    return findings(CLAIMS, FIGURES, ZONES.values())


# One of each kind of view, by the name of its golden file.
VIEWS: dict[str, Callable[[], View]] = {
    "figures": lambda: figures_view(FIGURES),
    "figures-one-metric": lambda: figures_view(
        [one for one in FIGURES if one.metric == "trade"][:2]
    ),
    "figure": lambda: card_of_figure("F2"),
    "figure-of-many": lambda: card_of_figure("F8"),
    "zones": lambda: zones_view(list(ZONES.values())),
    "zone": card_of_zone,
    "initiatives": lambda: initiatives_view(list(INITIATIVES.values())),
    "initiative": card_of_initiative,
    "metrics": lambda: metrics_view(list(METRICS.values())),
    "recognitions": lambda: recognitions_view(RECOGNITIONS),
    "sources": lambda: sources_view(list(SOURCES.values())),
    "overview": lambda: overview_view(
        {"figures": 13, "zones": 4}, list(SOURCES.values()), "~/ftz.db"
    ),
    "compare": compared,
    "compare-zones": compared_zones,
    "audit": lambda: audit_view(audited()),
    "finding": lambda: finding_card(next(one for one in audited() if one.relation == "growth")),
    "problems": lambda: problems_view(PROBLEMS),
    "faults": lambda: fault_kinds_view([FAULTS["F203"]]),
    "columns": lambda: columns_view(columns()[:4]),
    "rows": lambda: rows_view(["zone", "n", "n"], [("=1+1", 3, -1.5), ("b\x1b[31m", None, 2)]),
}
