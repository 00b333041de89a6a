"""Reading printed Chinese quantities: 近1.5亿元, 两三个, 百分之五点二, 前五, 同年11月5日.

The grammar is a list of productions, tried in order. Each is a pattern put together from the
named pieces below and a function that turns its match into a Quantity. A new qualifier goes into
BEFORE, BETWEEN or AFTER; a new unit goes into the data (`db/units.csv`), a word that only looks
like a number into `db/lookalikes.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .errors import CannotRead
from .numerals import DIGITS, NUMERAL, SCALES, chinese_number
from .quantity import DATE, NO_UNIT, Bound, Quantity, Unit, Units

# Longer numbers would lose digits in arithmetic; no published figure has so many.
MAX_DIGITS = 24

# Qualifiers that stand before the number. 高达, 达 and 仅 colour it and bound nothing.
BEFORE = {
    Bound.ABOUT: "约 大约 大概 约为 约合 约占 约有 大致 差不多",
    Bound.NEARLY: "近 接近 将近 临近 逼近 直逼",
    Bound.OVER: "超 超过 逾 超出 突破 多于 高于 大于 高出 不止 冲破",
    Bound.UNDER: "不到 不满 不足 低于 少于 未满 未到 小于 不够 未达 跌破 未及 不及",
    Bound.AT_LEAST: "至少 不少于 不低于 不下 不下于 起码 最少 最低 不小于 少说",
    Bound.AT_MOST: "最多 不超过 至多 不高于 不大于 不多于 上限 上限为 不超 不逾 顶多",
    Bound.EXACT: "高达 达 达到 多达 仅 只有 仅为 仅有 长达",
}
# 过 counts only before a round mark (过万, 过三成): elsewhere it is the end of a verb (通过3千米).
PAST = "(?<![通经超不度越穿])过(?=[百千万亿]|.成|半)"
# Between number and unit: more than the number, but by less than a step of it.
BETWEEN = {Bound.OVER: "余 多", Bound.ABOUT: "来"}
# After the unit.
AFTER = {
    Bound.AT_LEAST: "以上 及以上 或以上 之上 起步 起",
    Bound.AT_MOST: "以内 之内 以下 及以下 之下 封顶",
    Bound.ABOUT: "左右 上下 许 前后",
    Bound.OVER: "多 余 有余 开外",
    Bound.UNDER: "不到",
}
# What a stated zero is printed as; read only where a curator says that it is a figure.
ZERO_WORDS = "无任何 无 零 没有 未发生 免收 免于 免费 免 全免"
# A rate is the quantity of its unit of time or head; the metric says of which.
RATES = (
    "日均 月均 年均 季均 周均 人均 户均 平均 每日 每天 每年 每月 每人 每小时 每户 单日 累计 总计"
)
# Amounts that name no number: 上百, 数十亿, 十几, 千亿级.
VAGUE = (
    r"成百上千|成千上万|(?:上|数|几|好几|成)[十百千万亿]{1,3}|[{n}]*十几[万亿]*|[十百千万]+亿?元?级(?!别)"
    r"|若干|数以[十百千万亿]+计|百十来"
).replace("{n}", NUMERAL)

# Full-width, traditional and look-alike signs, one for one, so that places in the text stay what
# they are.
_FOLD = {
    **{ord("０") + n: str(n) for n in range(10)},
    **dict.fromkeys(map(ord, "－−–—―"), "-"),
    **dict.fromkeys(map(ord, "～〜∼"), "~"),
    ord("．"): ".",
    ord("％"): "%",
    ord("﹪"): "%",
    ord("："): ":",
    ord("∶"): ":",
    ord("／"): "/",
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    **dict(
        zip(
            map(ord, "萬億兩餘個點幾噸戶張項間條輛臺筆歲鐘週雙對組種類頭隻過達僅約滿將內時標準"),
            "万亿两余个点几吨户张项间条辆台笔岁钟周双对组种类头只过达仅约满将内时标准",
            strict=True,
        )
    ),
}
# The numerals of cheques, which stand for numbers only among their own: 伍拾万, but not 陆地.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_RUN = re.compile("[壹贰叁肆伍陆柒捌玖][壹贰叁肆伍陆柒捌玖拾佰仟万亿零]+")
_ARABIC = re.compile("[0-9]")
# A longer row of numerals and what joins them is no number, and trying it would take for ever.
LONGEST_RUN = 40
_LONG_RUN = re.compile(f"[0-9{NUMERAL}.,:~至到比-]{{{LONGEST_RUN + 1},}}")
# 1，200 with a full-width comma; elsewhere that comma ends a clause.
_WIDE_COMMA = re.compile("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


def fold(text: str) -> str:
    """`text` with the signs that numbers are written in made plain; each keeps its place."""
    folded = _WIDE_COMMA.sub(",", text.translate(_FOLD))
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), folded)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number mention in a text: where it stands, and what it says.

    `quantity` is None for an amount that names no number (上百家); `why` then says so.
    """

    start: int
    end: int
    printed: str
    quantity: Quantity | None
    why: str = ""


def _words(table: dict[Bound, str]) -> dict[str, Bound]:
    return {word: bound for bound, words in table.items() for word in words.split()}


_BEFORE, _BETWEEN, _AFTER = _words(BEFORE), _words(BETWEEN), _words(AFTER)
_BEFORE_ALL = _BEFORE | {"过": Bound.OVER}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


class Reader:
    """Reads printed quantities with a given set of units.

    `lookalikes` are words that hold a numeral and are no number (一起, 千方百计); they count in
    running text only, where `find` looks for mentions.
    """

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units = units
        words = _any(lookalikes)
        self._lookalike = re.compile(words) if words else None
        self._productions = [
            (re.compile(pattern), build) for pattern, build in self._grammar(_pieces(units))
        ]
        # A whole cell is nearly always a date or a plain quantity, and those two never clash.
        self._whole = sorted(
            self._productions, key=lambda p: (p[1] is not _date, p[1] is not _plain)
        )
        self._anchor = re.compile(
            f"[0-9{NUMERAL}半首前第同今去明当本翻]|-(?=[0-9])|{PAST}|{_any(_BEFORE)}|(?:{VAGUE})"
        )
        self._vague = re.compile(f"(?:{_any(_BEFORE)})?(?:{VAGUE})(?:多|余)?(?:{_any(units)})?")
        self._zero = re.compile(f"(?:{_any(ZERO_WORDS.split())})(?=[^0-9{NUMERAL}]|$)")
        self._rate = re.compile(f"(?:{_any(RATES.split())})")
        self._worded = re.compile(
            f"(?P<before>{_any(_BEFORE)})?(?P<number>[0-9.,]+|[{NUMERAL}]+)[^0-9{NUMERAL}]*"
        )

    def read(self, printed: str, year: int | None = None, same_year: int | None = None) -> Quantity:
        """The quantity that all of `printed` says.

        `year` is the one that 今年 means, `same_year` the one that 同年 means. Raises CannotRead,
        with the reason, for anything else; nothing is guessed.
        """
        text = fold(printed).strip()
        context = Years(year, same_year)
        if _LONG_RUN.search(text):
            raise CannotRead(f"'{printed[:LONGEST_RUN]}…' is longer than any number")
        if not _ARABIC.search(text) and self._vague.fullmatch(text):
            raise CannotRead(f"'{printed}' names no number")
        quantity = self._spelt(text, 0, context)
        if quantity is None and (start := self._after_rate(text)):
            quantity = self._spelt(text, start, context)
        if quantity is not None:
            return quantity
        if self._zero.match(text):
            return Quantity(Decimal(0), NO_UNIT)
        match = self._worded.fullmatch(text)
        if match:  # 五免, 13县市区: a number counts what the words after it name
            number = _number(match["number"], "")
            if number and number[1] is None:
                bound = _BEFORE_ALL.get(match["before"] or "", Bound.EXACT)
                return Quantity(number[0], NO_UNIT, bound)
        raise CannotRead(f"'{printed}' is no quantity that the grammar knows")

    def _spelt(self, text: str, start: int, context: Years) -> Quantity | None:
        """What a production makes of all of `text` from `start` on."""
        for pattern, build in self._whole:
            match = pattern.fullmatch(text, start)
            if match and (quantity := build(self, match, context)) and _rises(quantity):
                return quantity
        return None

    def _after_rate(self, text: str) -> int:
        """Where the number of a rate begins: 日均接听300余通 is read from 300."""
        if not self._rate.match(text):
            return 0
        found = re.search(f"(?:{_any(_BEFORE)})?[0-9{NUMERAL}]", text)
        return found.start() if found else 0

    def find(self, text: str, year: int | None = None) -> Iterator[Mention]:
        """Every number mention in `text`, from left to right, none within another."""
        folded = fold(text)
        context = Years(year, None)
        skip = self._lookalike.finditer(folded) if self._lookalike else iter(())
        word = next(skip, None)
        at = 0
        while anchor := self._anchor.search(folded, at):
            start = anchor.start()
            if run := _LONG_RUN.match(folded, start):
                at = run.end()
                continue
            while word and word.end() <= start:
                word = next(skip, None)
            mention = self._mention(text, folded, start, context)
            if word and word.start() <= start:
                # 十分 is a word, 十分之一 a number: the longer one counts.
                if word.start() < start or mention is None or mention.end <= word.end():
                    at = word.end()
                    continue
            if mention is None:
                at = self._past(folded, start)
                continue
            if word and mention.start < word.start() < mention.end < word.end():
                at = start + 1
                continue
            if mention.quantity and isinstance(mention.quantity.value, str):
                context = context.after(mention.quantity.value)
            yield mention
            at = mention.end

    def _past(self, folded: str, start: int) -> int:
        """Past an anchor that began no mention; digits are passed as one, never from within."""
        end = start + 1
        if folded[start].isdecimal():
            while end < len(folded) and (folded[end].isdecimal() or folded[end] in ",."):
                end += 1
        return end

    def _mention(self, text: str, folded: str, start: int, context: Years) -> Mention | None:
        before = folded[start - 1] if start else ""
        if before == "第":
            return None  # 第三批 names a batch; where it ranks, the production begins at 第
        if folded[start].isdecimal() or folded[start] == "-":
            # Letters or a decimal point before a digit make it part of a name: A380, COVID-19.
            if before and before.isascii() and (before.isalnum() or before in "-._/"):
                return None
        vague = self._vague.match(folded, start)
        for pattern, build in self._productions:
            match = pattern.match(folded, start)
            if match is None or (vague and vague.end() >= match.end()):
                continue
            if not _stands_alone(match, folded):
                continue
            quantity = build(self, match, context)
            if quantity is not None and _rises(quantity):
                return Mention(start, match.end(), text[start : match.end()], quantity)
            if build is _date:
                why = "a date whose year is not said"
                return Mention(start, match.end(), text[start : match.end()], None, why)
        if vague:
            end = vague.end()
            return Mention(start, end, text[start:end], None, "names no number")
        return None

    def _grammar(self, piece: dict[str, str]) -> list[tuple[str, Build]]:
        """The productions, in the order in which they are tried."""
        before, number, unit = piece["before"], piece["number"], piece["unit"]
        after, to, scale = piece["after"], piece["to"], piece["scale"]
        return [
            (rf"(?P<from>{piece['month']})(?:至|到|-+|~+)(?P<until>{piece['month']})", _months),
            (piece["date"], _date),
            (r"(?P<ratio>[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?)+)(?!:)", _ratio),
            (rf"{before}(?:(?P<whole>[{NUMERAL}]+|[0-9]+)分之)"
             rf"(?P<a>{number})(?:{to}(?:(?P=whole)分之)?(?P<b>{number}))?(?P<more>多|余)?{after}",
             _fraction),
            (rf"{before}(?:(?P<from>[0-9.]+|[{NUMERAL}]+)成?{to})?"
             rf"(?P<a>[0-9.]+|[{NUMERAL}]+)成(?P<half>[半{NUMERAL}])?(?P<more>多|余)?{after}"
             r"(?![员立为果功本人长都熟就绩分交效品型年])", _tenths),
            (rf"{before}(?P<most>一半|半数|对半|半(?=数|$|\W)){after}", _half_share),
            (rf"{before}(?P<a>{number})个半(?P<unit>{unit}){after}", _and_a_half),
            (rf"{before}(?P<a>{number})(?P<unit>{unit})半(?![0-9{NUMERAL}]){after}", _and_a_half),
            (rf"{before}半(?P<u1>个?(?:{piece['halved']}))?{to}(?P<b>{number})"
             rf"(?P<unit>{unit}){after}", _from_half),
            (rf"{before}半(?P<more1>个[余多])?(?P<unit>个?(?:{piece['halved']})){after}", _half_unit),
            (rf"{before}(?P<a>{number})(?P<unit>{piece['split']})(?P<b>[零一二三四五六七八九0-9]{{1,2}})"
             rf"(?![0-9{NUMERAL}]|{unit}){after}", _split),
            (rf"翻了?(?:(?P<a>[0-9{NUMERAL}])[番倍]|番)(?P<more>多|余)?", _doubled),
            (rf"{before}第(?P<a>[0-9]+|[{NUMERAL}]+)(?:(?P<unit>[位名])|大|(?=$|\W|的))", _rank),
            (rf"(?P<ratio>[{NUMERAL}](?:比[{NUMERAL}])+)(?!\w*[高低多少大小])", _ratio),
            (r"(?P<a>首)位|榜(?P<b>首)", _rank),
            (rf"前(?P<a>[0-9]+|[{NUMERAL}]+)(?:(?P<unit>[位名])|[强甲]|(?=$|\W))", _top),
            (rf"{before}(?P<n1>-|负|零下)?(?P<a>{number})(?P<s1>{scale})?(?P<u1>{unit})?{to}"
             rf"(?P<n2>-|负|零下)?(?P<b>{number})(?P<more>多|余)?(?P<s2>{scale})?(?P<u2>{unit})?{after}", _range),
            (rf"{before}(?P<a>[0-9.,]+[{SCALES}]+(?:零?[0-9.]+[{SCALES}]*[余多]?[{SCALES}]*)+)"
             rf"(?P<more>[余多])?(?P<unit>{unit})?{after}", _mixed),
            (rf"{before}(?P<sign>-|负|零下)?(?P<a>{number}) ?(?:(?P<u1>{unit})|"
             rf"(?P<m1>[余多来])?(?P<s1>{scale})?(?P<m2>[余多来])?(?P<u2>{unit})?){after}",
             _plain),
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Years:
    """The years that words like 今年 and 同年 point to."""

    now: int | None
    same: int | None

    def after(self, value: str) -> Years:
        """The years once a date has been read."""
        return Years(self.now, int(value[:4]))

    def of(self, word: str) -> int | None:
        """The year that `word` means, or None where it is not known."""
        if word in ("同年", "当年"):
            return self.same
        shift = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}.get(word)
        return None if shift is None or self.now is None else self.now + shift


Build = Callable[[Reader, "re.Match[str]", Years], Quantity | None]


def _pieces(units: Units) -> dict[str, str]:
    """The named pieces that the productions are put together from."""
    spelt = _any(units)
    halved = ("duration", "points", "length", "mass", "money")
    # 个 goes before what is measured in whole units: 个小时, 个百分点; elsewhere it is the unit.
    counted = _any(name for name in units if units[name].kind in ("duration", "points"))
    year = "(?:(?:1[89]|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})"
    month = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    day = "(?:[12][0-9]|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
    until = "(?:-+|~+|至|到)"
    split = _any(name for name in ("米", "元", "块", "公里", "里", "秒") if name in units)
    return {
        "before": f"(?P<before>{PAST}|{_any(_BEFORE)})?",
        "after": f"(?P<after>{_any(_AFTER)})?",
        "number": rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[{NUMERAL}]+)",
        "unit": rf"(?:(?:个(?:{counted})|{spelt})(?:/(?:{spelt}))?)",
        "halved": _any(name for name in units if units[name].kind in halved),
        "scale": f"(?:(?!{_any(name for name in units if name[0] in SCALES)})[{SCALES}])+",
        "to": " ?(?:至|到|~+|-+) ?",
        "split": split,
        "month": f"{year}年{month}月(?:{day}[日号])?",
        "date": (
            rf"(?:(?P<iso>(?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
            rf"|(?P<year>{year})(?:年?{until}(?P<year_to>{year}))?年(?:度|份)?(?:(?P<month>{month})"
            rf"(?:月?{until}(?P<month_to>{month}))?月份?(?:(?P<day>{day})[日号])?)?"
            rf"|(?P<word>今年|去年|前年|明年|同年|当年|本年)?(?P<m>{month})"
            rf"(?:月?{until}(?P<m_to>{month}))?月(?:份|(?P<d>{day})[日号])?"
            rf"|(?P<alone>{day})[日号](?![内之间均前后]))"
        ),
    }


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a match in running text is a number, and not part of a longer word or code."""
    end = match.end()
    following = text[end : end + 1]
    last = text[end - 1]
    if last.isascii() and last.isalnum() and following.isascii() and following.isalnum():
        return False  # 5G, 3D, 12306a
    groups = match.groupdict()
    if "ratio" in groups:
        hours, _, minutes = groups["ratio"].partition(":")
        if not hours.isdecimal():
            return True
        clock = ":" not in minutes and len(minutes) == 2 and int(hours) < 24 and minutes < "60"
        return not clock
    digits = groups.get("a") or ""
    if not digits or "s1" not in groups:
        return True
    unit = groups.get("u1") or groups.get("u2")
    if digits[0].isdecimal():
        if following in ("时", "点", "号", "届", "路", "楼") and not unit:
            return False
        return not (following == "-" and text[end + 1 : end + 2].isdecimal() and not unit)
    # Chinese numerals are words too: they count as a number only with a unit behind them, with a
    # qualifier before a multiplier, or where they spell several places.
    if "b" in groups:
        return bool(unit)
    if all(c in SCALES for c in digits):
        qualified = groups.get("before") or groups.get("m1") or groups.get("m2")
        if qualified:
            return True
        return (len(digits) > 1 and bool(unit or digits.endswith("亿"))) or bool(
            unit and groups.get("after")
        )
    several = len(digits) > 2 or (len(digits) == 2 and digits[1] in SCALES)
    return bool(unit) or several


def _rises(quantity: Quantity) -> bool:
    """Whether the ends of a range, if it is one, stand in rising order."""
    low, high = quantity.value, quantity.value_to
    return high is None or (low < high if type(low) is type(high) else False)  # type: ignore[operator]


def _number(text: str, scale: str) -> tuple[Decimal, Decimal | None] | None:
    """An Arabic or Chinese number, the latter with the scale that the pattern split off."""
    if not text[0].isdecimal() or not text[0].isascii():
        return chinese_number(text + scale)
    digits = text.replace(",", "")
    if len(digits) > MAX_DIGITS or digits.count(".") > 1 or digits.endswith("."):
        return None
    return Decimal(digits), None


def _bounded(before: str | None, after: str | None, more: str | None) -> tuple[Bound, bool]:
    """The bound that the qualifiers around a number give, and whether 余 or 多 caps it.

    What is tied closest to the number decides; a word that bounds nothing decides last.
    """
    if more:
        # 超过300多家: the mark was passed by the count itself; 300余 says all.
        return _BETWEEN[more], _BETWEEN[more] is Bound.OVER
    if after and _AFTER[after] is Bound.OVER:
        return Bound.OVER, True
    if before and _BEFORE_ALL[before] is not Bound.EXACT:
        return _BEFORE_ALL[before], False
    return (_AFTER[after], False) if after else (Bound.EXACT, False)


def _quantity(
    match: re.Match[str],
    number: tuple[Decimal, Decimal | None],
    unit: Unit,
    more: str | None = None,
) -> Quantity:
    value, value_to = number
    if value_to is not None:
        return Quantity(value, unit, Bound.RANGE, value_to)
    bound, capped = _bounded(match["before"], match["after"], more)
    return Quantity(value, unit, bound, None, capped)


def _plain(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    scale = match["s1"] or ""
    number = _number(match["a"], scale)
    if number is None:
        return None
    spelt = match["u1"] or match["u2"]
    unit = reader.units.find(spelt) if spelt else NO_UNIT
    if unit is None:
        return None
    if match["a"][0].isascii() and scale:
        unit = _scaled(reader, scale, unit)
        if unit is None:
            return None
    if match["sign"]:
        number = (-number[0], None) if number[1] is None else (-number[1], -number[0])
    return _quantity(match, number, unit, match["m1"] or match["m2"])


def _scaled(reader: Reader, scale: str, unit: Unit) -> Unit | None:
    return reader.units.scaled(scale, unit) if scale in reader.units.scales else None


def _range(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    first_scale, scale = match["s1"] or "", match["s2"] or ""
    first, second = _number(match["a"], first_scale), _number(match["b"], scale)
    if not first or not second or first[1] is not None or second[1] is not None:
        return None
    spelt = match["u2"] or match["u1"]
    unit = reader.units.find(spelt) if spelt else NO_UNIT
    first_unit = reader.units.find(match["u1"]) if match["u1"] else unit
    if unit is None or first_unit is None or unit.base != first_unit.base:
        return None
    arabic = match["a"][0].isascii(), match["b"][0].isascii()
    if arabic[1] and scale and (scaled := _scaled(reader, scale, unit)):
        unit = scaled
        # 10-20万: the scale is printed once and meant twice.
        first_unit = scaled if not first_scale and not match["u1"] else first_unit
    if arabic[0] and first_scale and (scaled := _scaled(reader, first_scale, first_unit)):
        first_unit = scaled
    low = first[0] * first_unit.factor / unit.factor * (-1 if match["n1"] else 1)
    high = second[0] * (-1 if match["n2"] else 1)
    return Quantity(low, unit, Bound.RANGE, high) if low < high else None


def _mixed(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """2亿3千万元, 1万2千名: each part with its own multiplier."""
    spelt, more = re.subn("[余多]", "", match["a"])
    total: Decimal | None = None
    finest = Decimal("Infinity")
    for digits, scale in re.findall(rf"([0-9.,]+)([{SCALES}]*)", spelt):
        number = _number(digits, "")
        power = chinese_number(scale) if scale else (Decimal(1), None)
        if number is None or power is None or power[0] >= finest:
            return None
        finest = power[0]
        part = number[0] * finest
        total = part if total is None else total + part
    unit = reader.units.find(match["unit"]) if match["unit"] else NO_UNIT
    if unit is None or total is None:
        return None
    return _quantity(match, (total, None), unit, "多" if more else match["more"])


PERCENT_OF = {"百": 1, "千": 10, "万": 100}


def _fraction(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """百分之五点二, 千分之二, 三分之一: shares are percent."""
    whole, percent = match["whole"], reader.units.find("%")
    first = _number(match["a"], "")
    if percent is None or first is None:
        return None
    second = _number(match["b"], "")[0] if match["b"] and _number(match["b"], "") else first[1]  # type: ignore[index]
    if whole in PERCENT_OF:
        shift = Decimal(PERCENT_OF[whole])
        ends = [None if end is None else end / shift for end in (first[0], second)]
    else:
        parts = _number(whole, "")
        if parts is None or not parts[0]:
            return None
        # To three decimals: thirds have no last digit.
        ends = [
            None if end is None else _plainest((end * 100 / parts[0]).quantize(Decimal("0.001")))
            for end in (first[0], second)
        ]
    assert ends[0] is not None
    return _quantity(match, (ends[0], ends[1]), percent, match["more"])


def _plainest(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == int(value) else value.normalize()


def _tenths(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """两成 → 20 %, 三成五 → 35 %, 七八成 → 70 to 80 %."""
    number, percent = _number(match["a"], ""), reader.units.find("%")
    if number is None or percent is None or number[0] > 10:
        return None
    if match["from"]:
        first = _number(match["from"], "")
        return first and Quantity(first[0].scaleb(1), percent, Bound.RANGE, number[0].scaleb(1))
    extra = Decimal(0)
    if match["half"]:
        digit = 5 if match["half"] == "半" else _number(match["half"], "")
        extra = Decimal(5) if digit == 5 else digit[0] if isinstance(digit, tuple) else Decimal(0)
    value = number[0].scaleb(1) + extra if match["half"] else number[0].scaleb(1)
    upper = None if number[1] is None else number[1].scaleb(1)
    return _quantity(match, (value, upper), percent, match["more"])


def _half_share(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    percent = reader.units.find("%")
    if percent is None:
        return None
    return _quantity(match, (Decimal(50), None), percent)


def _and_a_half(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    number, unit = _number(match["a"], ""), reader.units.find(match["unit"])
    if number is None or number[1] is not None or unit is None or number[0] != int(number[0]):
        return None
    return _quantity(match, (number[0] + Decimal("0.5"), None), unit)


def _half_unit(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    unit = reader.units.find(match["unit"])
    more = match["more1"][-1] if match["more1"] else None
    return None if unit is None else _quantity(match, (Decimal("0.5"), None), unit, more)


def _from_half(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """半年到一年."""
    number, unit = _number(match["b"], ""), reader.units.find(match["unit"])
    if number is None or unit is None:
        return None
    return Quantity(Decimal("0.5"), unit, Bound.RANGE, number[0])


def _split(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """一米八, 9秒83: the digits after the unit are its decimals."""
    number, unit = _number(match["a"], ""), reader.units.find(match["unit"])
    if number is None or unit is None or number[0] != int(number[0]):
        return None
    places = "".join(str(DIGITS.get(digit, digit)) for digit in match["b"])
    return _quantity(match, (Decimal(f"{int(number[0])}.{places}"), None), unit)


def _doubled(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times as much."""
    number = _number(match["a"], "") if match["a"] else (Decimal(1), None)
    times = reader.units.find("倍")
    if number is None or times is None or number[0] != int(number[0]):
        return None
    bound, capped = _bounded(None, None, match["more"])
    return Quantity(Decimal(2 ** int(number[0])), times, bound, capped=capped)


def _rank(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    groups = match.groupdict()
    first = groups["a"] == "首" or groups.get("b") == "首"
    number = (Decimal(1), None) if first else _number(match["a"], "")
    return _placed(reader, number, groups.get("unit") or "位", Bound.EXACT)


def _top(reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    return _placed(reader, _number(match["a"], ""), match["unit"] or "位", Bound.AT_MOST)


def _placed(
    reader: Reader, number: tuple[Decimal, Decimal | None] | None, spelt: str, bound: Bound
) -> Quantity | None:
    rank = reader.units.find("位")
    if number is None or number[1] is not None or rank is None:
        return None
    value = number[0].quantize(Decimal(1))
    return Quantity(value, Unit(spelt, rank.base, rank.factor, rank.kind, rank.minimum), bound)


def _ratio(_reader: Reader, match: re.Match[str], _: Years) -> Quantity | None:
    numbers = [_number(part, "") for part in re.split("[:比]", match["ratio"])]
    parts = tuple(number[0] for number in numbers if number)
    return Quantity(parts[0], NO_UNIT, parts=parts) if len(parts) == len(numbers) else None


def _date(_reader: Reader, match: re.Match[str], years: Years) -> Quantity | None:
    """A date as ISO text, no finer than printed; None where the year is not known."""
    if match["iso"]:
        return Quantity(match["iso"], DATE)
    if match["year"]:
        year: int | None = _small(match["year"])
        if match["year_to"]:
            return Quantity(f"{year:04d}", DATE, Bound.RANGE, f"{_small(match['year_to']):04d}")
        month, month_to, day = match["month"], match["month_to"], match["day"]
    else:
        year = years.of(match["word"]) if match["word"] else years.same or years.now
        month, month_to, day = match["m"], match["m_to"], match["d"]
    if year is None or match["alone"]:
        return None
    if month_to:
        first, last = (f"{year:04d}-{_small(text):02d}" for text in (month, month_to))
        return Quantity(first, DATE, Bound.RANGE, last)
    parts = [f"{year:04d}"] + [f"{_small(text):02d}" for text in (month, day) if text]
    return Quantity("-".join(parts), DATE)


def _months(reader: Reader, match: re.Match[str], years: Years) -> Quantity | None:
    """2022年11月至2023年3月."""
    ends = [reader.read(match[end]).value for end in ("from", "until")]
    return Quantity(str(ends[0]), DATE, Bound.RANGE, str(ends[1]))


def _small(text: str) -> int:
    """A year, month or day, in either kind of numeral."""
    number = _number(text, "")
    return int(number[0]) if number else 0
