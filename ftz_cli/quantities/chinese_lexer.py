"""A Chinese clause as a shape, which the productions match.

A number is one sign of it, so that it is read whole or not at all: nothing begins within it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from . import chinese_signs as sign
from . import chinese_words as words
from .chinese_numerals import MULTIPLIERS, NUMERALS, number_of
from .chinese_signs import Shape
from .dates import DATE_FORM, date_of
from .patterns import HANZI, any_of, completed
from .units import Units

# The kinds of token by the names of their patterns; the first that matches at a place is taken.
_KINDS = ("opaque", "date", "vague", "qualifier", "coin", "run", "measured")
_NUMERALS_ONLY = re.compile(f"[0-9{NUMERALS}{MULTIPLIERS}.,/·]+")
_COUNTS = ("count", "rank", "ordinal", "part", "class")


class Lexer:
    """Makes shapes. `lookalikes` are words that hold a numeral and are no number (一起, 万科)."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        self._kinds = {name: units.spellings[name].kind for name in _spellings(units)}
        coins = [name for name, kind in self._kinds.items() if kind == "money"]
        kinds = self._kinds.items()
        numeral_words = {word for word in lookalikes if _NUMERALS_ONLY.fullmatch(word)}
        self.parts = words.PARTS | sign.PARTS | {
            "numerals": NUMERALS, "numerals_but_two": NUMERALS.replace("两", ""),
            "multipliers": MULTIPLIERS, "unit_word": _unit(self._kinds),
            "latin_word": any_of(filter(_is_latin, self._kinds)),
            "coin_word": any_of(n for n in coins if len(n) > 1 or not re.match(f"[{HANZI}]", n)),
            "unit_with_multiplier": any_of(name for name in self._kinds if name[0] in MULTIPLIERS),
            "span_unit": any_of(name for name, kind in kinds if kind in ("duration", "points")),
            "count_unit": any_of(name for name, kind in kinds if kind == "count" and len(name) > 1),
            "numeral_words": any_of(numeral_words),
            "other_words": any_of(set(lookalikes) - numeral_words),
        }  # fmt: skip
        # Times, labels, codes, sayings. Where two can stand at one place, the first is taken.
        opaque = [row["pattern"] for row in completed("chinese_opaque", self.parts)]
        completed("chinese_patterns", self.parts)
        self.parts |= {"opaque": "|".join(opaque), "date": DATE_FORM}
        self._token = re.compile("|".join(f"(?P<{kind}>{self.parts[kind]})" for kind in _KINDS))
        self._coin = re.compile(any_of(coins))
        self._lookalike = re.compile(self.parts["lookalike"])

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
        match next(name for name in _KINDS if token[name] is not None):
            case "opaque":
                return sign.OPAQUE
            case "date":
                shape.dates[where] = date_of(token.string, token.start())
                return sign.DAY
            case "vague":
                return sign.VAGUE
            case "qualifier":
                return sign.QUALIFIER
            case "coin":
                return sign.CURRENCY
            case "measured":
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
