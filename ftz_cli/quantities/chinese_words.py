"""The words around a printed number: qualifiers, stated zeros, vague amounts, and its signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .chinese_numerals import NUMERAL
from .quantity import Bound

# Said no to, a mark passed is a most, a mark missed a least, and a mark reached is missed.
_NO = "未 没有 没 不会 不得 不能 不可 未能 并未 从未 均未 尚未"
_DENIED = {
    Bound.AT_MOST: "超 超过 逾 超出 突破 多于 高于 大于 高出 超越",
    Bound.AT_LEAST: "低于 少于 小于 跌破",
    Bound.UNDER: "到 满 足 达 达到 及",
}


def _denied(bound: Bound) -> str:
    return " ".join(no + word for no in _NO.split() for word in _DENIED[bound].split())


def _filled(words: str, fillers: str) -> str:
    """Each of `words`, alone and with each of `fillers` behind it: 最高, 最高可达."""
    return " ".join(word + filler for word in words.split() for filler in ("", *fillers.split()))


_REACHES = "可达 可达到 达 达到 能达 为 可 有"
# Qualifiers that stand before the number. 高达, 达 and 仅 colour it and bound nothing.
BEFORE = {
    Bound.ABOUT: "约 大约 大概 约为 约合 约占 约有 大致 差不多",
    Bound.NEARLY: "近 接近 将近 临近 逼近 直逼",
    Bound.OVER: _filled("超 超过 逾 超出 突破 多于 高于 大于 高出 冲破", "了") + " 不止 >",
    Bound.UNDER: "不到 不满 不足 低于 少于 小于 不够 跌破 不及 < " + _denied(Bound.UNDER),
    Bound.AT_LEAST: "不少于 不低于 不下 不下于 不小于 少说 ≥ ≧ ⩾ "
    + _filled("至少 起码 最少 最低", _REACHES)
    + " "
    + _denied(Bound.AT_LEAST),
    Bound.AT_MOST: "不超过 不高于 不大于 不多于 上限 上限为 不超 不超出 不逾 ≤ ≦ ⩽ "
    + _filled("最多 至多 顶多 最高", _REACHES)
    + " "
    + _denied(Bound.AT_MOST),
    Bound.EXACT: "高达 达 达到 多达 仅 只有 仅为 仅有 长达 最近 过去 未来 今后",
}
# 过 counts only before a round mark (过万, 过三成): elsewhere it is the end of a verb (通过3千米).
PAST = "(?<![通经超不度越穿])过(?=[百千万亿]|.成|半)"
# Between number and unit: more than the number, but by less than a step of it.
BETWEEN = {Bound.OVER: "余 多", Bound.ABOUT: "来"}


def _including(words: str) -> str:
    """Each of `words` with the remark that the mark itself counts: （含）以上, 以上（含）."""
    marks = ("含", "(含)", "（含）", "(含本数)", "（含本数）")
    said = [(mark + word, word + mark) for word in words.split() for mark in marks]
    return " ".join((words, *(form for pair in said for form in pair)))


# After the unit.
AFTER = {
    Bound.AT_LEAST: _including("以上") + " 及以上 或以上 之上 起步 起",
    Bound.AT_MOST: _including("以内 以下") + " 之内 及以下 之下 封顶",
    Bound.ABOUT: "左右 上下 许 前后",
    Bound.OVER: "多 余 有余 开外 不止",
    Bound.UNDER: "不到 不足",
}
# Words that bound a number on either side: one that another number follows belongs to that.
EITHER_SIDE = "不到 不足 不止"
# What is lacking after these is a fault, not a bound: 5项不足.
LACKED = "个项处条点种类"
# 5年内, 100米内: a most after what is measured, where no word goes on from it (5年内部).
WITHIN = "内"
# A share a little over or under the mark: 三成强, 四成弱.
SCANT = {Bound.OVER: "强", Bound.NEARLY: "弱"}
# What leaves open how many, wherever it stands in the words behind a number.
OPEN = "多余几数半"
# What bounds or places a number, where the words behind it begin or end with it: 95后, 年底.
EDGES = "强弱内底末初前后间外上下来许起"
# Years named by another year, besides those of the article.
FAR_YEARS = ("次年", "翌年", "上年", "上一年", "下年", "来年")
# Units that a number before them names one of, unless 个 stands between: 21世纪, 一季度.
ORDINAL = ("世纪", "季度")
# A unit and what goes on from it to another word: 90年代, 3年级.
WORD_GOES_ON = {"年": "代级"}
# What a stated zero is printed as; read only where a curator says that it is a figure.
ZERO_WORDS = "无任何 无 零 没有 未发生 免收 免于 免费 免 全免"
# A rate is the quantity of its unit of time or head; the metric says of which.
RATES = (
    "日均 月均 年均 季均 周均 人均 户均 平均 每日 每天 每年 每月 每人 每小时 每户 单日 累计 总计"
)
# Amounts that name no number: 上百, 数十亿, 十几, 千亿级.
VAGUE = (
    r"成百上千|成千上万|(?:上|数|几|好几|成)[十百千万亿]{1,3}|[百千万]+分之(?:[{n}]*十)?几十?"
    r"|[{n}]*十几[万亿]*|[0-9]+几[万亿]*|[十百千万]+亿?元?级(?!别)"
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
    ord("＜"): "<",
    ord("＞"): ">",
    ord("\u3000"): " ",
    ord("\u2009"): " ",
    ord("\u202f"): " ",
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
# 1，200 with a full-width comma; elsewhere that comma ends a clause.
_WIDE_COMMA = re.compile("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


def fold(text: str) -> str:
    """`text` with the signs that numbers are written in made plain; each keeps its place."""
    folded = _WIDE_COMMA.sub(",", text.translate(_FOLD))
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), folded)


def _words(table: dict[Bound, str]) -> dict[str, Bound]:
    return {word: bound for bound, words in table.items() for word in words.split()}


PLAIN_BEFORE, BETWEEN_WORDS, AFTER_WORDS = _words(BEFORE), _words(BETWEEN), _words(AFTER)
AFTER_WORDS[WITHIN] = Bound.AT_MOST
SCANT_WORDS = _words(SCANT)
BEFORE_WORDS = PLAIN_BEFORE | {"过": Bound.OVER}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
