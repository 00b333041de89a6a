"""A Chinese clause as a shape: each numeral run, unit, qualifier, date and opaque word is one sign.

The grammar matches shapes, so that a number is read whole or not at all: nothing begins within it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .chinese_numerals import MULTIPLIERS, NUMERALS, Number, number_of
from .chinese_opaque import HANZI, OPAQUE_FORMS, VAGUE_FORMS
from .chinese_words import (
    APART,
    BEFORE,
    FILLERS,
    GOES_ON,
    MEANS,
    MODIFIERS,
    NOT_ABOUT,
    PAST,
    SUPERLATIVES,
    VERBS,
    WITHIN_A_WORD,
    any_of,
    bounds,
    simplify,
)
from .dates import DATE, Date, Years, date_of
from .units import Units

# The signs of a shape, from Unicode's private area.
ARABIC, CHINESE, SCALED, BARE, VAGUE, UNREAD = map(chr, range(0xE000, 0xE006))
DAY, OPAQUE, QUALIFIER, CURRENCY, COUNTED, MEASURED, COIN = map(chr, range(0xE008, 0xE00F))
NUMBERS = ARABIC + CHINESE + SCALED + BARE
UNITS = COUNTED + MEASURED + COIN


@dataclass(slots=True)
class Shape:
    """A clause as signs, with what each sign stands for and where it stands in the text."""

    text: str = ""
    words: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)
    dates: dict[int, Date] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the signs from `start` to `end` stand in the text."""
        return self._starts[start], self._ends[end - 1]

    def add(self, start: int, end: int) -> None:
        """A sign for what stands in the text from `start` to `end`."""
        self._starts.append(start)
        self._ends.append(end)


class Lexer:
    """Makes shapes. `lookalikes` are words that hold a numeral and are no number (一起, 万科)."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        self._kinds = {name: units.spellings[name].kind for name in _spellings(units)}
        spelt = _unit(self._kinds)
        words = _lookalike(lookalikes, spelt)
        coins = [name for name, kind in self._kinds.items() if kind == "money"]
        coin = any_of(name for name in coins if len(name) > 1 or not re.match(f"[{HANZI}]", name))
        run = _run(self._kinds, spelt)
        opaque = [
            form.replace("{latin}", _latin(self._kinds)).replace("{money}", coin).replace("{unit}", spelt)
            for form, _ in OPAQUE_FORMS
        ]
        forms = {
            "opaque": "|".join([words, *opaque]),
            "date": DATE,
            "vague": VAGUE_FORMS,
            "qualifier": _qualifier(words, coin),
            "currency": f"{coin} ?(?=-?[0-9{NUMERALS}{MULTIPLIERS}])",
            "run": run,
            "unit": _after_number(spelt, self._kinds),
        }
        self._token = re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))
        self._names = tuple(forms)
        self._coin = re.compile(any_of(coins))

    def shape(self, text: str, start: int, end: int, years: Years) -> tuple[Shape, Years]:
        """The shape of text[start:end], a stretch of folded text, and the years after it."""
        clause, offsets = _condensed(text, start, end)
        shape, signs, at = Shape(), [], 1
        for token in self._token.finditer(clause, 1):
            for plain in range(at, token.start()):
                shape.add(offsets[plain], offsets[plain] + 1)
            signs.append(clause[at : token.start()])
            where, at = len(shape._starts), token.end()
            shape.words[where] = token[0]
            signs.append(self._sign(token, shape, where, years))
            if where in shape.dates:
                years = years.after(shape.dates[where])
            shape.add(offsets[token.start()], offsets[at - 1] + 1)
        for plain in range(at, len(clause)):
            shape.add(offsets[plain], offsets[plain] + 1)
        shape.text = "".join((*signs, clause[at:]))
        return shape, years

    def _sign(self, token: re.Match[str], shape: Shape, where: int, years: Years) -> str:
        match next(name for name in self._names if token[name] is not None):
            case "opaque":
                return OPAQUE
            case "date":
                shape.dates[where] = date_of(token, years)
                return DAY
            case "vague":
                return VAGUE
            case "qualifier":
                return QUALIFIER
            case "currency":
                return CURRENCY
            case "unit":
                # The unit behind a modifier is the one that counts: 境外人次.
                shape.words[where] = (
                    token["modified"] or token[0].strip().removeprefix("个") or "个"
                )
                kind = self._kinds.get(shape.words[where], "measure")
                return COIN if kind == "money" else COUNTED if kind in _COUNTS else MEASURED
        run = token["run"]
        if "几" in run:
            return VAGUE
        number = number_of(run.replace(" ", ""))
        if run.endswith("兆") and not self._coin.match(token.string, token.end()):
            number = None  # 5兆元 is money; 100兆 may be bits
        if number is None:
            return UNREAD if len(run) > 1 else OPAQUE
        shape.numbers[where] = number
        if number.bare:
            return BARE
        if run[0].isascii():
            return SCALED if run[-1] in MULTIPLIERS else ARABIC
        return CHINESE


_COUNTS = ("count", "rank", "ordinal", "part", "class")


def _spellings(units: Units) -> list[str]:
    """How Chinese texts spell units: tonnes and a lone m are for English ones."""
    ids = set(units)
    return [
        name
        for name in units.spellings
        if name != "date"
        and (
            name in ids
            or not name.isascii()
            or name in "mgth" or (len(name) > 1 and not re.search("[a-z]{4}| ", name))
        )
    ]


def _latin(names: Iterable[str]) -> str:
    return any_of(filter(_is_latin, names))


def _is_latin(name: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in name)


def _unit(kinds: dict[str, str]) -> str:
    """A pattern for any unit. A Latin one ends where its letters do; 升 is none in 升至."""
    words = any_of(n for n in kinds if n not in GOES_ON and not _is_latin(n))
    open_ended = "|".join(f"{name}(?![{GOES_ON[name]}])" for name in GOES_ON if name in kinds)
    return f"(?:{_latin(kinds)}(?![A-Za-z])|{words}|{open_ended or '(?!)'})"


def _after_number(spelt: str, kinds: dict[str, str]) -> str:
    """A unit, a rate or a modified unit where one can stand: behind a number, 每, 半 or a bracket."""
    measured = any_of(name for name, kind in kinds.items() if kind in ("duration", "points"))
    count = any_of(name for name, kind in kinds.items() if kind == "count" and len(name) > 1)
    scale = f"[{MULTIPLIERS}]{{0,2}}"
    return (
        f"(?<=[0-9{NUMERALS}{MULTIPLIERS}¼-¾⅓-⅞余多来半个每(:])(?: ?(?:个(?={measured}))?{spelt}(?:(?:/|每){scale}{spelt})*"
        f"|{any_of(MODIFIERS.split())}(?P<modified>{count}))"
    )


def _run(names: Iterable[str], spelt: str) -> str:
    """A pattern for a numeral run, taken whole."""
    # A multiplier that begins a unit is none: 千米, 百分点.
    begins = any_of(name for name in names if name[0] in MULTIPLIERS)
    scale = rf"(?!{begins})[{MULTIPLIERS}]"
    power = r"(?:[Ee][+-]?[0-9]{1,2}(?![0-9A-Za-z])|[×x*]10\^?[0-9]{1,2}|\^[0-9]{1,2})?"
    # 5 000元: a space sets apart threes too, but only a unit behind them shows that it does.
    spaced = rf"[0-9]{{1,3}}(?: [0-9]{{3}}){{1,5}}(?:\.[0-9]+)?(?= ?{scale}*{spelt})"
    digits = rf"(?:{spaced}|[0-9]+(?:[.,][0-9]+)*{power})"
    # 两 ends a number only before a multiplier: 三十两 is a weight, 两万两 too.
    numeral = rf"(?:(?!零[上下])[{NUMERALS.replace('两', '')}]|两(?=[百千万亿])|(?<=一)两(?=[个家天年名次]))"
    within = (
        rf"(?:{digits}|{numeral}|{scale}|点(?=[0-9](?![0-9])|[{NUMERALS}])"
        rf"|[余多来几](?={scale})|几|个(?=[余多来]万?亿|[余多来]?万?亿(?!元|级|人|家)))"
    )
    return rf"(?:{digits}|(?!○){numeral}|(?<![{NUMERALS}{MULTIPLIERS}0-9])两|{scale}){within}*+"


def _lookalike(words: Collection[str], unit: str) -> str:
    """A pattern for the words that only look like numbers, where they do not begin one.

    十分之一, 一点五, 第一批, 十元三角 and 12345家 hold numbers.
    """
    numerals = f"0-9.,/{NUMERALS}{MULTIPLIERS}"
    pure = [word for word in words if re.fullmatch(f"[{numerals}·]+", word)]
    return (
        rf"(?<![第{numerals}]){any_of(pure)}(?![{numerals}]|{unit})"
        rf"|(?<!第)(?!(?<=[元块])[{NUMERALS}]角){any_of(set(words) - set(pure))}"
        rf"(?!(?<=分)之|(?<=点)[{NUMERALS}])"
    )


def _qualifier(words: str, coin: str) -> str:
    """The qualifiers before a number as one, with what stands between: 约占全市, 最高可达, 超过了."""
    within = "|".join(f"(?<=[{chars}]){word}" for word, chars in WITHIN_A_WORD.items())
    superlative = f"{any_of(bounds(SUPERLATIVES))}{any_of(VERBS.split())}{{1,3}}[{HANZI}]{{0,4}}?"
    apart = f"(?:(?!{within}|约[{NOT_ABOUT}]){any_of(bounds(APART))}(?!的)[{HANZI}]{{0,10}}?|{superlative})"
    past = f"(?<![通经超不度越穿渡跳]){PAST}(?=[百千万亿]|[{NUMERALS}]成|半)"
    adjacent = f"(?:(?!{within}){any_of(bounds(BEFORE))}{any_of([*FILLERS.split(), ''])}|{past})"
    number = (
        f"[0-9{NUMERALS}{MULTIPLIERS}半首第翻(±½¼-¾⅓-⅞]|-[0-9]|负[0-9{NUMERALS}]|零[上下]|倍增|每"
        f"|[{MEANS.replace(' ', '')}]均|{coin} ?[0-9{NUMERALS}]"
    )
    return f"(?:{apart}{adjacent}?|{adjacent}){adjacent}?(?=(?!{words})(?:{VAGUE_FORMS}|{number}))"


# A space says something only between two letters or digits, and behind the label of a line.
_SPACES = re.compile(
    r"(?P<label>(?<![^\n]) *[0-9]{1,2}\. +(?=[0-9]))|(?<![A-Za-z0-9,]) +| +(?![A-Za-z0-9 ])"
)
_PRIVATE = re.compile("[\ue000-\ue00f]")


def _condensed(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The sign before the stretch, and the stretch simplified without spaces that say nothing.

    With them comes where each sign stands in the text.
    """
    stretch = _PRIVATE.sub("\ufffd", simplify(text[start:end]))
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
