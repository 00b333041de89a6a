"""The words around a printed Chinese number, from `language/chinese_amounts.csv`."""

from __future__ import annotations

import re

from .patterns import any_of, rows, word_lists
from .quantity import Bound

_LISTS = word_lists("chinese_amounts")


def _bounds(*names: str) -> dict[str, Bound]:
    """Each word of the lists `name about`, `name over` …, with its bound."""
    return {
        word: bound
        for name in names
        for bound in Bound
        for word in _LISTS.get(f"{name} {bound}", ())
    }


def _denied(*names: str) -> list[str]:
    return [no + word for no in _LISTS["denial"] for name in names for word in _LISTS[name]]


# A mark passed is over it and a mark missed under it; denied, they are a most and a least, and a
# mark not reached is missed: 不超过, 不低于, 不到.
_BESIDE = {
    **dict.fromkeys(_LISTS["passed"], Bound.OVER),
    **dict.fromkeys(_LISTS["missed"], Bound.UNDER),
    **dict.fromkeys(_denied("reached"), Bound.UNDER),
    **dict.fromkeys(_denied("passed"), Bound.AT_MOST),
    **dict.fromkeys(_denied("missed", "missed_denied"), Bound.AT_LEAST),
    **_bounds("before"),
}
# 以上, and with the remark that the mark itself counts: 含以上, 以上(含).
_BEHIND = _bounds("after") | {
    form: bound
    for word, bound in _bounds("including").items()
    for mark in ("", "含", "(含)", "(含本数)")
    for form in (mark + word, word + mark)
}
BEFORE = _bounds("apart", "superlative", "past") | _BESIDE
AFTER = _BEHIND | _bounds("within", "from", "since", "either", "scant")
BETWEEN = _bounds("between")
# A number over one of these may be so by any amount; over others, by less than a step.
UNCAPPED = _bounds("either")
DOWN, UP, MOVED_BY = _LISTS["down"], _LISTS["up"], _LISTS["moved_by"]
ONE_COUNTS, WEAK = _LISTS["one_counts"], _LISTS["weak"]


def _begun(name: str) -> dict[str, str]:
    """What stands beside a word that is part of another, by word: 签 before 约, 至 behind 升."""
    lists = ((key.partition(" "), words) for key, words in _LISTS.items())
    return {word: others[0] for (kind, _, word), others in lists if kind == name}


GOES_ON = _begun("goes_on")
# The parts of `chinese_patterns.csv` that are lists.
PARTS = {name: any_of(words) for name, words in _LISTS.items()} | {
    name: any_of(_bounds(name)) for name in ("apart", "superlative", "either", "between")
}
PARTS |= {
    "before": any_of(_BESIDE),
    "missed": any_of(word for word, bound in _BESIDE.items() if bound is Bound.UNDER),
    "after_word": any_of(_BEHIND),
    "scant_end": any_of(_bounds("scant")),
    "ends_word": "|".join(f"(?<=[{ends}]){word}" for word, ends in _begun("ends_word").items()),
}

_QUALIFIERS = re.compile(any_of(BEFORE))


def bound_before(words: str) -> Bound:
    """The bound that qualifiers before a number give: the last that bounds anything decides."""
    bounds = [BEFORE[word] for word in _QUALIFIERS.findall(words)]
    return next((bound for bound in reversed(bounds) if bound is not Bound.EXACT), Bound.EXACT)


def bound_between(more: str) -> tuple[Bound, bool]:
    """The bound that 余, 多 or 来 gives between number and unit, and whether it caps it."""
    bound = BETWEEN[more[-1]] if more else Bound.EXACT
    return bound, bound is Bound.OVER


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
