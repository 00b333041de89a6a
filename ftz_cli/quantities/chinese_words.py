"""The words around a printed Chinese number, from `language/chinese_amounts.csv`."""

from __future__ import annotations

import re

from .patterns import any_of, rows, word_lists
from .quantity import Bound

LISTS = word_lists("chinese_amounts", "")
# The words of lists whose names begin alike: all that are `before …`.
_KINDS: dict[str, list[str]] = {}
for _name, _words in LISTS.items():
    _KINDS.setdefault(_name.partition(" ")[0], []).extend(_words)


def _bounds(*kinds: str) -> dict[str, Bound]:
    """Each word of the lists `before about`, `before over` …, with its bound."""
    return {
        word: bound
        for kind in kinds
        for bound in Bound
        for word in LISTS.get(f"{kind} {bound}", ())
    }


def _begun(kind: str) -> dict[str, str]:
    """What stands beside a word that is part of another, by word: 签 before 约, 至 behind 升."""
    return {
        name.removeprefix(f"{kind} "): words[0]
        for name, words in LISTS.items()
        if name.startswith(f"{kind} ")
    }


BEFORE = _bounds("before", "apart", "superlative", "past")
AFTER = _bounds("after", "last", "either", "scant")
BETWEEN = _bounds("between")
# A number over one of these may be so by any amount; over others, by less than a step.
UNCAPPED = _bounds("either")
GOES_ON = _begun("goes_on")
# The parts of the patterns that are lists.
PARTS = {kind: any_of(words) for kind, words in _KINDS.items()} | {
    "qualifying": f"[{''.join({word[0] for word in BEFORE})}]",
    "missed": any_of(LISTS["before under"]),
    "ends_word": "|".join(f"(?<=[{beside}]){w}" for w, beside in _begun("ends_word").items()),
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
_CHATTED = re.compile("(?<=[0-9])w(?![A-Za-z0-9])")  # 1.5w单
_BRACKETS = str.maketrans("（）：", "():")


def simplify(text: str) -> str:
    """`text` with the characters of numbers and units simplified; each keeps its place."""
    simple = _CHATTED.sub("万", text.translate(SIMPLIFIED).translate(_BRACKETS))
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), simple)
