"""A dataset of any size: `python tests/large_dataset.py DIR FIGURES`; the same numbers, same files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

from ftz_cli.model.dataset_schema import tables

ZONES, METRICS = 100, 60
# Areas in each pilot zone, and lines of each article.
AREAS, LINES = 9, 120
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


def write_dataset(folder: Path, figures: int) -> Path:
    """Write a dataset of so many figures on a hundred zones into a new folder."""
    folder.mkdir(parents=True)
    articles = max(1, figures // (LINES * 4))
    _write(folder, "zones", (
        {"id": f"z{n}", "name_zh": f"片区{n}", "name_en": f"Area {n}", "kind": "area",
         "parent": f"z{n - n % (AREAS + 1)}"} if n % (AREAS + 1) else
        {"id": f"z{n}", "name_zh": f"自贸试验区{n}", "name_en": f"Zone {n}", "kind": "pilot_zone"}
        for n in range(ZONES)
    ))  # fmt: skip
    _write(folder, "metrics", (
        {"id": f"m{n}", "name_zh": f"指标{n}", "name_en": f"Metric {n}", "definition_zh": "金额。",
         "definition_en": "An amount.", "base_unit": "CNY", "kind": "amount", "direction": "up"}
        for n in range(METRICS)
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
        "id": f"F{number:07d}", "zone": f"z{number // METRICS % ZONES}",
        "metric": f"m{number % METRICS}", "measure": measure,
        "value": f"-{value}" if printed.startswith("下降") else value, "unit": unit,
        "bound": bound, "period": year, "base_period": year - 1 if measure == "growth" else "",
        "period_kind": "during", "status": "measured", "article": f"s{number % articles}",
        "scope": "全国" if measure in ("share", "rank") else "",
        "scope_en": "the country" if measure in ("share", "rank") else "",
        "line": number % LINES + 1, "printed": printed.format(value),
    }  # fmt: skip


def _write(folder: Path, table: str, rows: Iterable[dict[str, object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tables()[table].column_names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write_dataset(Path(sys.argv[1]), int(sys.argv[2]))
