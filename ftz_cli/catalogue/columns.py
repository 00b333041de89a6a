"""What the columns of the database hold beside those of the dataset, and its pages in a browser."""

from __future__ import annotations

# key → (English, Chinese). What the dataset's own columns hold is told in datapackage.json.
MESSAGES: dict[str, tuple[str, str]] = {
    "column.low": (
        "Least number that the figure can mean, in the base unit; empty where open.",
        "数据可能表示的最小值，以基本单位计；没有下限时为空。",
    ),
    "column.high": (
        "Greatest number that the figure can mean, in the base unit; empty where open.",
        "数据可能表示的最大值，以基本单位计；没有上限时为空。",
    ),
    "column.zone_zh": ("Name in Chinese of the zone.", "区域的中文名称。"),
    "column.zone_en": ("Name in English of the zone.", "区域的英文名称。"),
    "column.initiative_zh": ("Name in Chinese of the initiative.", "举措的中文名称。"),
    "column.initiative_en": ("Name in English of the initiative.", "举措的英文名称。"),
    "column.metric_zh": ("Name in Chinese of the metric.", "指标的中文名称。"),
    "column.metric_en": ("Name in English of the metric.", "指标的英文名称。"),
    "column.base_value": (
        "The value in the base unit, as a number; empty for dates.",
        "以基本单位计的数值；日期为空。",
    ),
    "column.base_value_to": (
        "Other end of a range in the base unit; empty for dates.",
        "区间的另一端，以基本单位计；日期为空。",
    ),
    "column.base_unit": (
        "Unit of base_value, low and high: CNY, t, count, date …",
        "base_value、low 和 high 的单位：CNY、t、count、date 等。",
    ),
    "column.source": ("The document that the article stands in.", "文章所在的文献。"),
    "browser.flat": ("Figures with their names", "数据总表"),
    "browser.flat_holds": (
        "The figures with their names and numbers: one row each, no join needed.",
        "数据连同名称和数值：每条一行，无需连接其他表。",
    ),
    "browser.list_zones": ("Zones", "区域"),
    "browser.list_zones_answers": (
        "Every zone, and how much is known of it.",
        "所有区域，以及各有多少举措和数据。",
    ),
    "browser.look_up": ("Look up figures", "查数据"),
    "browser.look_up_answers": (
        "Figures that all the words name: a metric, a zone, an initiative, a period, in English, "
        "Chinese or pinyin.",
        "按指标、区域、举措、时期查数据；中文、英文、拼音均可。",
    ),
    "browser.compare_initiatives": ("Compare two initiatives", "两项举措对比"),
    "browser.compare_initiatives_answers": (
        "Two initiatives side by side, the metrics that both have first. Name each by its id or "
        "a part of its name.",
        "两项举措并列，共有的指标在前。填编号或名称的一部分即可。",
    ),
    "browser.search": ("Search everything", "全文检索"),
    "browser.search_answers": (
        "Zones, initiatives, metrics and figures whose text holds all the words; finds words "
        "inside Chinese text.",
        "文字中含有全部所填词语的区域、举措、指标和数据。",
    ),
}
