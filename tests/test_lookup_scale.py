"""A dataset that brings labels and nothing else: what is named by its labels is always found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from statistics import median

import pytest

from ftz_cli.database import Database, queries
from ftz_cli.database.building import WritableDatabase, build_in_memory
from ftz_cli.lookup.answering import answer
from ftz_cli.lookup.index import build
from ftz_cli.model.errors import NoAnswer

THINGS = (
    ("茶叶", "Tea"), ("钢材", "Steel"), ("药品", "Medicine"), ("汽车", "Car"), ("家具", "Furniture"),
    ("玩具", "Toy"), ("纺织品", "Textile"), ("电子元件", "Component"), ("化肥", "Fertiliser"), ("冷链食品", "Cold-Chain Food"),
)  # fmt: skip
ACTS = (("出口", "Export"), ("进口", "Import"), ("转口", "Transit"), ("仓储", "Storage"))
COUNTED = (
    ("金额", "Value"), ("重量", "Weight"), ("批次", "Batches"), ("平均价格", "Average Price"), ("客户数", "Customers"),
    ("货损率", "Loss Rate"),
)  # fmt: skip
PLACES = (
    ("青川", "Qingchuan"), ("白石", "Baishi"), ("云岭", "Yunling"), ("长屿", "Changyu"), ("金沟", "Jingou"), ("松原港", "Songyuan Port"),
    ("东陵", "Dongling"), ("西坝", "Xiba"), ("南浔湾", "Nanxun Bay"), ("北塘口", "Beitangkou"),
)  # fmt: skip
PARTS = (("一区", "First Area"), ("二区", "Second Area"), ("三区", "Third Area"))
ZONES = [(zh + part, f"{en} {of}") for (zh, en), (part, of) in product(PLACES, PARTS)]
METRICS = [(a + b + c, f"{x} {y} {z}") for (a, x), (b, y), (c, z) in product(THINGS, ACTS, COUNTED)]
YEARS = range(2010, 2022)


def labels_only(
    years: range, zones: list[tuple[str, str]] = ZONES, metrics: list[tuple[str, str]] = METRICS
) -> Database:
    """A database of zones and metrics with a figure of each for each year."""

    def fill(db: WritableDatabase) -> int:
        db.create()
        rows = {
            "units": [["元", "元", "yuan", "CNY", "1", "money", None, None]],
            "sources": [["s", None, "other", "年鉴", "Yearbook", None, "2022", None, "zh", None, "1-9", None]],
            "zones": [[f"z{n}", *names, "area", None, None, None, None] for n, names in enumerate(zones)],
            "metrics": [[f"m{n}", *names, "指标。", "A metric.", "CNY", "amount", "up", None, None]
                        for n, names in enumerate(metrics)],
        }  # fmt: skip
        for name, each in rows.items():
            db.insert(name, each)
        db.insert("figures", (
            [f"z{z}-m{m}-{year}", f"z{z}", None, f"m{m}", "level", None, None, f"{z}{m}", None, "元", "exact",
             str(year), None, "during", "measured", "s", 1, f"{z}{m}元", None, None, f"{z}{m}", f"{z}{m}", 0, 0]
            for year in years for z in range(len(zones)) for m in range(len(metrics))
        ))  # fmt: skip
        db.execute("insert into all_units select * from units")
        build(db)
        db.finish({})
        return 0

    return build_in_memory(fill)


@pytest.fixture(scope="module")
def db() -> Iterator[Database]:
    with labels_only(YEARS[-2:]) as opened:
        yield opened


def asked(zone: int, metric: int, year: int) -> list[str]:
    """One question by labels, in both languages and orders."""
    (zone_zh, zone_en), (metric_zh, metric_en) = ZONES[zone], METRICS[metric]
    return [
        f"{zone_zh}{year}年{metric_zh}", f"{metric_zh} {zone_zh} {year}", f"{zone_en} {metric_en} {year}",
        f"{metric_en} of {zone_en} in {year}", f"what was the {metric_en.lower()} in {zone_en} in {year}?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(1, 7))]
)
def test_zone_metric_and_year_by_their_labels_are_always_right(db, start):
    for metric in range(start, len(METRICS), 7):
        zone, year = (metric * 11) % len(ZONES), YEARS[-1 - metric % 2]
        for question in asked(zone, metric, year):
            found = answer(db, question)
            assert [one.id for one in found.figures] == [f"z{zone}-m{metric}-{year}"], question
            assert not found.notices


def test_a_metric_without_a_place_lists_every_zone(db):
    found = answer(db, "茶叶出口金额2021", limit=None)
    assert found.total == len(ZONES)
    assert {one.metric for one in found.figures} == {"m0"}


@pytest.mark.parametrize(
    "question", ["青川一区茶叶出口金额2015", "青川四区茶叶出口金额", "青川一区咖啡出口金额",
                 "武汉茶叶出口金额", "Baishi Second Area Coffee Import Value 2021"],
)  # fmt: skip
def test_what_is_not_there_is_refused(db, question):
    with pytest.raises(NoAnswer):
        answer(db, question)


@pytest.mark.slow
def test_a_look_up_costs_no_more_among_many_figures():
    questions = [q for m in range(0, 240, 40) for q in asked(m % 30, m, YEARS[-1])]
    with labels_only(YEARS[-1:]) as few, labels_only(YEARS) as many:
        took = {few: [], many: []}
        # In turn, so that what else the machine does hits both; the first time is not counted.
        for question in questions * 4:
            for db in took:
                began = time.perf_counter()
                answer(db, question)
                took[db].append(time.perf_counter() - began)
        for db, years in ((few, YEARS[-1:]), (many, YEARS)):
            assert len(list(queries.figures(db, metric="m7"))) == 30 * len(years)
        one, other = (median(times[len(questions) :]) for times in took.values())
    assert other <= 1.25 * one


@pytest.mark.parametrize(
    ("zone", "metric", "between"),
    [
        ("第{}号试验区", "第{}项金额", "2021年"),
        ("测试{}片区", "指标{}号", "2021年"),
        ("Zone {}", "Amount {}", " 2021 "),
        ("Area {}", "Indicator {}", " 2021 "),
    ],
)
def test_names_that_differ_by_a_number_are_told_apart(zone: str, metric: str, between: str) -> None:
    zones, metrics = ([(of.format(n),) * 2 for n in range(1, 14)] for of in (zone, metric))
    with labels_only(range(2020, 2022), zones, metrics) as numbered:
        for z, m in product(range(0, 13, 3), range(0, 13, 4)):
            question = f"{zones[z][0]}{between}{metrics[m][0]}"
            assert answer(numbered, question).figures[0].id == f"z{z}-m{m}-2021", question
