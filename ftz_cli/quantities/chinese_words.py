"""The words around a printed Chinese number, from `language/chinese_amounts.csv`.

A new qualifier is one word there. Here stand the few signs that the grammar itself names.
"""

from __future__ import annotations

import re

from .patterns import rows, word_lists
from .quantity import Bound

_LISTS = word_lists("chinese_amounts")


def _bounds(name: str) -> dict[str, Bound]:
    """Each word of the lists `name about`, `name over` …, with its bound."""
    return {word: bound for bound in Bound for word in _LISTS.get(f"{name} {bound}", ())}


def _by_word(name: str) -> dict[str, str]:
    return {
        key.removeprefix(name + " "): words[0]
        for key, words in _LISTS.items()
        if key.startswith(name + " ")
    }


def _denied(*names: str) -> list[str]:
    words = [word for name in names for word in _LISTS[name]]
    return [denial + word for denial in _LISTS["denial"] for word in words]


# A mark passed is over it and a mark missed under it; denied, they are a most and a least, and a
# mark not reached is missed: 不超过, 不低于, 不到.
BEFORE = {
    **dict.fromkeys(_LISTS["passed"], Bound.OVER),
    **dict.fromkeys(_LISTS["missed"], Bound.UNDER),
    **dict.fromkeys(_denied("reached"), Bound.UNDER),
    **dict.fromkeys(_denied("passed"), Bound.AT_MOST),
    **dict.fromkeys(_denied("missed", "missed_denied"), Bound.AT_LEAST),
    **_bounds("before"),
}
APART, SUPERLATIVES, BETWEEN = _bounds("apart"), _bounds("superlative"), _bounds("between")
# 以上, and with the remark that the mark itself counts: 含以上, 以上(含).
AFTER = _bounds("after") | {
    form: bound
    for word, bound in _bounds("including").items()
    for mark in ("", "含", "(含)", "(含本数)")
    for form in (mark + word, word + mark)
}
ENDS_WORD, GOES_ON = _by_word("ends_word"), _by_word("goes_on")
FILLERS, VERBS, MODIFIERS = _LISTS["filler"], _LISTS["verb"], _LISTS["modifier"]
DOWN, UP, MOVED_BY = _LISTS["down"], _LISTS["up"], _LISTS["moved_by"]
ZERO_WORDS, ONE_COUNTS, WEAK = _LISTS["zero"], _LISTS["one_counts"], _LISTS["weak"]
# 约谈, 约定 and the like are verbs.
NOT_ABOUT = "谈定束会见请法翰旦克访拍车课"
# Words that bound a number on either side: one that another number follows belongs to that.
EITHER_SIDE = ("不到", "不足", "不止")
# What leaves open by how much the number is passed.
UNCAPPED = ("不止",)
# A price from which others go up: 9.9元起. After other units 起 begins a time or counts cases.
FROM = "起"
# 5年内, 2小时内批复: a most behind what is measured, where 内 does not go on to another word.
WITHIN = "内"
WITHIN_WORDS = "部容地陆外蒙河销需贸资环侧衣科涵在存政行阁饰向核径控"
# 近五年来 is the last five years, 近五年 may be nearly five.
SINCE = "来"
# What goes before 负 where it is no minus: 胜负, 自负, 正负.
NOT_SIGNED = "胜正自担背抱欺辜肩承"
# 过 counts only before a round mark (过万, 过三成): elsewhere it ends a verb (通过3千米).
PAST = "过"
# A share a little over or under the mark: 三成强, 四成弱.
SCANT = {"强": Bound.OVER, "弱": Bound.NEARLY}
# A rate names its unit of time or head: 日均, 人均.
MEANS = "日月年周人户亩车单班件家次"

SIMPLIFIED = str.maketrans(
    {char: row["simplified"] for row in rows("traditional") for char in row["traditional"]}
)
# The numerals of cheques, which stand for numbers only among their own: 伍拾万, but not 陆地.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_FORMAL_RUN = re.compile("[壹贰叁肆伍陆柒捌玖貳參陸][壹贰叁肆伍陆柒捌玖貳參陸拾佰仟万亿零]+")
_BRACKETS = str.maketrans("（）：", "():")


def simplify(text: str) -> str:
    """`text` with the characters of numbers and units simplified; each keeps its place."""
    simple = text.translate(SIMPLIFIED).translate(_BRACKETS)
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), simple)
