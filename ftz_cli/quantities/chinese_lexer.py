"""A Chinese clause as a shape, which the productions match.

A number is one sign of it, so that it is read whole or not at all: nothing begins within it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from . import chinese_signs as sign
from . import chinese_words as words
from .chinese_numerals import MULTIPLIERS, NUMERALS, number_of
from .chinese_signs import Shape
from .dates import DATE_FORM, date_of
from .patterns import HANZI, any_of, completed
from .quantity import Bound
from .units import Units

_NUMERAL = f"0-9{NUMERALS}{MULTIPLIERS}"
_VULGAR = "¼-¾⅓-⅞"
_GAP = HANZI + sign.OPAQUE
_COUNTS = ("count", "rank", "ordinal", "part", "class")


class Lexer:
    """Makes shapes. `lookalikes` are words that hold a numeral and are no number (一起, 万科)."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        self._kinds = {name: units.spellings[name].kind for name in _spellings(units)}
        unit, latin = _unit(self._kinds), any_of(filter(_is_latin, self._kinds))
        coins = [name for name, kind in self._kinds.items() if kind == "money"]
        coin = any_of(name for name in coins if len(name) > 1 or not re.match(f"[{HANZI}]", name))
        parts = {
            "latin": latin, "money": coin, "unit": unit, "hanzi": HANZI, "numerals": NUMERALS,
            "multipliers": MULTIPLIERS,
        }  # fmt: skip
        # Times, labels, codes, sayings. Where two can stand at one place, the first is taken.
        opaque = [row["pattern"] for row in completed("chinese_opaque", parts)]
        forms = {
            "opaque": "|".join(opaque),
            "date": DATE_FORM,
            "vague": parts["vague"],
            "qualifier": _qualifier(coin, parts["vague"]),
            "currency": f"(?<![{_NUMERAL}余多来]){coin} ?(?=-?[{_NUMERAL}])",
            "run": _run(self._kinds, unit),
            "unit": _after_number(unit, self._kinds),
        }
        self._token = re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))
        self._names = tuple(forms)
        self._coin = re.compile(any_of(coins))
        self._lookalike = re.compile(_lookalike(lookalikes, unit))

    def shape(self, text: str, start: int, end: int, *, running: bool = True) -> Shape:
        """The shape of text[start:end], a stretch of folded text.

        Lookalikes are none in what is not `running` text, but a cell.
        """
        clause, offsets = _condensed(text, start, end)
        if running:
            clause = self._lookalike.sub(lambda word: sign.OPAQUE * len(word[0]), clause)
        shape, signs, at = Shape(), [], 1
        for token in self._token.finditer(clause, 1):
            plain = offsets[at : token.start()]
            shape.starts.extend(plain)
            shape.ends.extend(offset + 1 for offset in plain)
            signs.append(clause[at : token.start()])
            where, at = len(shape.starts), token.end()
            shape.words[where] = token[0]
            signs.append(self._sign(token, shape, where))
            shape.starts.append(offsets[token.start()])
            shape.ends.append(offsets[at - 1] + 1)
        shape.starts.extend(offsets[at:])
        shape.ends.extend(offset + 1 for offset in offsets[at:])
        shape.text = "".join((*signs, clause[at:]))
        return shape

    def _sign(self, token: re.Match[str], shape: Shape, where: int) -> str:
        """The sign for a token; what it stands for goes into the shape."""
        match next(name for name in self._names if token[name] is not None):
            case "opaque":
                return sign.OPAQUE
            case "date":
                shape.dates[where] = date_of(token.string, token.start())
                return sign.DAY
            case "vague":
                return sign.VAGUE
            case "qualifier":
                return sign.QUALIFIER
            case "currency":
                return sign.CURRENCY
            case "unit":
                # The unit behind a modifier is the one that counts: 境外人次.
                name = token["modified"] or token[0].strip().removeprefix("个") or "个"
                shape.words[where] = name
                kind = self._kinds.get(name, "rate")
                if kind == "money":
                    return sign.COIN
                return sign.COUNTED if kind in _COUNTS else sign.MEASURED
            case _:
                return self._numeral(token, shape, where)

    def _numeral(self, token: re.Match[str], shape: Shape, where: int) -> str:
        run = token[0]
        if "几" in run:
            return sign.VAGUE
        number = number_of(run.replace(" ", ""))
        if run.endswith("兆") and not self._coin.match(token.string, token.end()):
            number = None  # 5兆元 is money; 100兆 may be bits
        if number is None:
            return sign.UNREAD if len(run) > 1 else sign.OPAQUE
        shape.numbers[where] = number
        if number.bare:
            return sign.BARE
        if not run[0].isascii():
            return sign.CHINESE
        return sign.SCALED if run[-1] in MULTIPLIERS else sign.ARABIC


def _spellings(units: Units) -> list[str]:
    """How Chinese texts spell units: tonnes is for English ones."""
    ids = set(units) - {"date"}
    return [
        name
        for name in units.spellings.keys() - {"date"}
        if name in ids
        or not name.isascii()
        or name in "mgth"
        or (len(name) > 1 and not re.search("[a-z]{4}| ", name))
    ]


def _is_latin(name: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in name)


def _unit(kinds: dict[str, str]) -> str:
    """A pattern for any unit. A Latin one ends where its letters do; 升 is none in 升至."""
    latin = any_of(filter(_is_latin, kinds))
    plain = any_of(n for n in kinds if n not in words.GOES_ON and not _is_latin(n))
    checked = [f"{name}(?![{more}])" for name, more in words.GOES_ON.items() if name in kinds]
    return f"(?:{latin}(?![A-Za-z])|{'|'.join([plain, *checked])})"


def _after_number(unit: str, kinds: dict[str, str]) -> str:
    """A unit, rate or modified unit where one can stand: behind a number, 每, 半 or a bracket."""
    measured = any_of(name for name, kind in kinds.items() if kind in ("duration", "points"))
    count = any_of(name for name, kind in kinds.items() if kind == "count" and len(name) > 1)
    rate = f"(?:(?:/|每)[{MULTIPLIERS}]{{0,2}}?{unit})*"
    return (
        f"(?<=[{_NUMERAL}{_VULGAR}余多来半个每(:])(?: ?(?:个(?={measured}))?{unit}{rate}"
        f"|{any_of(words.MODIFIERS)}(?P<modified>{count}))"
    )


def _run(names: Iterable[str], unit: str) -> str:
    """A pattern for a numeral run, taken whole."""
    # A multiplier that begins a unit is none: 千米, 百分点.
    begins = any_of(name for name in names if name[0] in MULTIPLIERS)
    scale = rf"(?!{begins})[{MULTIPLIERS}]"
    power = r"(?:[Ee][+-]?[0-9]{1,2}(?![0-9A-Za-z])|[×x*]10\^?[0-9]{1,2}|\^[0-9]{1,2})?"
    # 5 000元: a space sets apart threes too, but only a unit behind them shows that it does.
    spaced = rf"[0-9]{{1,3}}(?: [0-9]{{3}}){{1,5}}(?:\.[0-9]+)?(?= ?{scale}*{unit})"
    digits = rf"(?:{spaced}|[0-9]+(?:[.,][0-9]+)*{power})"
    # 两 ends a number only before a multiplier: 三十两 is a weight, 两万两 too.
    two = f"两(?=[百千万亿])|(?<=一)两(?=[个家天年名次])|(?<![{_NUMERAL}])两"
    numeral = f"(?:(?!零[上下])[{NUMERALS.replace('两', '')}]|{two})"
    within = (
        f"{digits}|{numeral}|{scale}|点(?=[0-9](?![0-9])|[{NUMERALS}])|[余多来](?={scale})|几"
        "|个(?=[余多来]万?亿|万?亿(?!元|级|人|家))"
    )
    return f"(?:{digits}|(?!○){numeral}|{scale})(?:{within})*+"


def _lookalike(lookalikes: Collection[str], unit: str) -> str:
    """A pattern for the words that only look like numbers, where they do not begin one.

    十分之一, 一点五, 第一批, 十元三角 and 12345家 hold numbers.
    """
    numerals = f"{_NUMERAL}.,/"
    pure = {word for word in lookalikes if re.fullmatch(f"[{numerals}·]+", word)}
    others = any_of(set(lookalikes) - pure)
    return (
        f"(?<![第{numerals}]){any_of(pure)}(?![{numerals}]|{unit})"
        f"|(?!(?<=[第{numerals}])[{numerals}]|(?<=[元块])[{NUMERALS}]角){others}"
        f"(?!(?<=分)之|(?<=点)[{NUMERALS}])"
    )


def _qualifier(coin: str, vague: str) -> str:
    """The qualifiers before a number as one: 约占全市, 最高可达, 超过了."""
    ends_word = "|".join(f"(?<=[{ends}]){word}" for word, ends in words.ENDS_WORD.items())
    apart = (
        f"(?!{ends_word}|约[{words.NOT_ABOUT}]){any_of(words.APART)}(?!的)[{_GAP}]{{0,10}}?"
        f"|{any_of(words.SUPERLATIVES)}{any_of(words.VERBS)}{{1,3}}[{_GAP}]{{0,4}}?"
    )
    # 不超过总数的5%, 不到全省千分之一: over words that say of what, any of them reaches a share.
    share = f"(?=[{_NUMERAL}.]+(?:%|成|分之|/[0-9]|倍|半))"
    missed = any_of(word for word, bound in words.BEFORE.items() if bound is Bound.UNDER)
    apart += (
        f"|{any_of(words.BEFORE)}[{_GAP}]{{1,10}}?的{share}|{missed}[全总][{_GAP}]{{1,6}}?{share}"
    )
    adjacent = (
        f"(?:(?!{ends_word})(?:{any_of(words.BEFORE)}{any_of(words.FILLERS)}?"
        f"|{words.PAST}(?=[百千万亿]|[{NUMERALS}]成|半)))"
    )
    number = (
        f"[{_NUMERAL}{_VULGAR}半首第翻(±每]|-[0-9]|负[0-9{NUMERALS}]|零[上下]|倍增"
        f"|[{words.MEANS}]均|{coin} ?[0-9{NUMERALS}]|{vague}"
    )
    return f"(?:(?:{apart}){adjacent}?|{adjacent}){adjacent}?(?={number})"


# A space says something only between two letters or digits, and behind the label of a line.
_SPACES = re.compile(
    r"(?P<label>(?<![^\n]) *[0-9]{1,2}\. +(?=[0-9]))|(?<![A-Za-z0-9,]) +| +(?![A-Za-z0-9 ])"
)
_PRIVATE = re.compile("[\ue000-\ue00f]")


def _condensed(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The sign before the stretch, and the stretch simplified without spaces that say nothing.

    With them comes where each sign stands in the text.
    """
    stretch = _PRIVATE.sub("\ufffd", words.simplify(text[start:end]))
    # The sign before the stretch says whether it begins a line.
    pieces, offsets, at = [text[start - 1] if start else "\n"], [start - 1], 0
    for spaces in _SPACES.finditer(stretch):
        if spaces["label"]:
            continue
        pieces.append(stretch[at : spaces.start()])
        offsets.extend(range(start + at, start + spaces.start()))
        at = spaces.end()
    pieces.append(stretch[at:])
    offsets.extend(range(start + at, end))
    return "".join(pieces), offsets
