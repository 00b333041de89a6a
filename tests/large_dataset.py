"""A dataset of any size: `python tests/large_dataset.py DIR FIGURES`; the same numbers, same files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from random import Random

from ftz_cli.model.dataset_schema import tables

# Areas in each pilot zone, and lines of each article.
AREAS, LINES = 9, 120
FIRST = "青 Qing,白 Bai,云 Yun,长 Chang,金 Jin,松 Song,东 Dong,西 Xi,南 Nan,北 Bei"
SECOND = "川 chuan,石 shi,岭 ling,屿 yu,沟 gou,原 yuan,峰 feng,坝 ba,湾 wan,塘 tang"
GOODS = "茶叶 Tea,钢材 Steel,药品 Medicine,汽车 Car,家具 Furniture,玩具 Toy,化肥 Fertiliser,水果 Fruit,芯片 Chip,橡胶 Rubber"
ACTS = "出口额 Exports,进口额 Imports,转口额 Transit Trade,仓储额 Storage Value,零售额 Retail Sales,投资额 Investment"
# What is printed, its unit, bound and measure; {} is a number.
FORMS = (
    ("{}亿元", "亿元", "exact", "level"),
    ("约{}亿元", "亿元", "about", "level"),
    ("超过{}亿元", "亿元", "over", "level"),
    ("近{}万元", "万元", "nearly", "level"),
    ("{}亿元以上", "亿元", "at_least", "level"),
    ("增长{}%", "%", "exact", "growth"),
    ("下降{}%", "%", "exact", "growth"),
    ("{}%", "%", "exact", "share"),
)


def pairs(first: str, second: str, blank: str) -> list[tuple[str, str]]:
    """Names in both languages, each made of one of `first` and one of `second`."""
    parts = [[one.split(" ", 1) for one in names.split(",")] for names in (first, second)]
    return [(a + b, f"{x}{blank}{y}") for (a, x), (b, y) in product(*parts)]


ZONES, METRICS = pairs(FIRST, SECOND, ""), pairs(GOODS, ACTS, " ")


def write_dataset(folder: Path, figures: int) -> Path:
    """Write a dataset of so many figures on a hundred zones into a new folder."""
    folder.mkdir(parents=True)
    articles = max(1, figures // (LINES * 4))
    _write(folder, "zones", (
        {"id": f"z{n}", "name_zh": f"{zh}片区", "name_en": f"{en} Area", "kind": "area",
         "parent": f"z{n - n % (AREAS + 1)}"} if n % (AREAS + 1) else
        {"id": f"z{n}", "name_zh": f"{zh}自贸试验区", "name_en": f"{en} Zone", "kind": "pilot_zone"}
        for n, (zh, en) in enumerate(ZONES)
    ))  # fmt: skip
    _write(folder, "metrics", (
        {"id": f"m{n}", "name_zh": zh, "name_en": en, "definition_zh": "金额。",
         "definition_en": "An amount.", "base_unit": "CNY", "kind": "amount", "direction": "up"}
        for n, (zh, en) in enumerate(METRICS)
    ))  # fmt: skip
    _write(folder, "sources", (
        {"id": f"s{number}", "kind": "other", "lang": "zh", "published": "2022",
         "lines": f"1-{LINES}"}
        for number in range(articles)
    ))  # fmt: skip
    random = Random(figures)
    _write(folder, "figures", (_figure(n, articles, random) for n in range(figures)))
    return folder


def _figure(number: int, articles: int, random: Random) -> dict[str, object]:
    printed, unit, bound, measure = FORMS[number % len(FORMS)]
    value = f"{random.randrange(1, 99_999)}.{random.randrange(1, 10)}"
    if unit == "%":
        value = f"{random.randrange(1, 99)}.{random.randrange(1, 10)}"
    year = 2000 + number % 22
    return {
        "id": f"F{number:07d}", "zone": f"z{number // len(METRICS) % len(ZONES)}",
        "metric": f"m{number % len(METRICS)}", "measure": measure,
        "value": f"-{value}" if printed.startswith("下降") else value, "unit": unit,
        "bound": bound, "period": year, "base_period": year - 1 if measure == "growth" else "",
        "period_kind": "during", "status": "measured", "article": f"s{number % articles}",
        "line": number % LINES + 1, "printed": printed.format(value),
    }  # fmt: skip


def _write(folder: Path, table: str, rows: Iterable[dict[str, object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tables()[table].column_names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write_dataset(Path(sys.argv[1]), int(sys.argv[2]))
