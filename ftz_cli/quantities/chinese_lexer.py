"""Chinese text cut into tokens: numbers, units, qualifiers, dates, and single characters.

A number is one token, so that it is read whole or not at all: nothing begins within it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from .chinese_numerals import MULTIPLIERS, NUMERALS, is_bare, number_of, power_of
from .dates import DATE_FORM, date_of
from .engine import Amount, Token
from .patterns import HANZI, any_of, named_patterns, rows, token_pattern, word_lists
from .quantity import Bound
from .units import Unit, Units

LISTS = word_lists("chinese_amounts", "")
BEFORE = {
    word: b
    for kind in ("before", "apart", "superlative", "past")
    for word, b in LISTS[kind].items()
}
# The parts of the patterns that are lists.
PARTS = named_patterns(LISTS) | {
    "qualifying": f"[{''.join({word[0] for word in BEFORE})}]",
    "ends_word": "|".join(f"(?<=[{beside}]){w}" for w, beside in LISTS["ends_word"].items()),
}
_QUALIFIERS = re.compile(f"(?!约[定谈]){any_of(BEFORE)}")
SIMPLIFIED = str.maketrans(
    {char: row["simplified"] for row in rows("traditional") for char in row["traditional"]}
)
# The numerals of cheques, which stand for numbers only among their own: 伍拾万, but not 陆地.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_FORMAL_RUN = re.compile("[壹贰叁肆伍陆柒捌玖貳參陸][壹贰叁肆伍陆柒捌玖貳參陸拾佰仟万亿零]+")
_CHATTED = re.compile("(?<=[0-9])w(?![A-Za-z0-9])")  # 1.5w单
_BRACKETS = str.maketrans("（）：", "():")
# Stands for each character of a word that only looks like a number.
OPAQUE = "\ufffc"
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffc]")
_NUMERALS_ONLY = re.compile(f"[0-9{NUMERALS}{MULTIPLIERS}.,/·]+")
_SCALED = re.compile(f"([0-9.,]+)([{MULTIPLIERS}]+)")
_MORE = re.compile(f"个?([余多来])(?=[{MULTIPLIERS}]|$)|个(?=[万亿])")
# 5位专家 are people, in no order; 第5位 is a rank.
_PEOPLE = Unit("位", "count", Decimal(1), "count", Decimal(0), "位", "people")
# A space says something only between two letters or digits, and behind the label of a line.
_SPACES = re.compile(
    r"(?P<label>(?<![^\n]) *[0-9]{1,2}\. +(?=[0-9]))|(?<![A-Za-z0-9,万亿]) +| +(?![A-Za-z0-9 ])"
)


def simplify(text: str) -> str:
    """`text` with the characters of numbers and units simplified; each keeps its place."""
    simple = _CHATTED.sub("万", text.translate(SIMPLIFIED).translate(_BRACKETS))
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), simple)


class Lexer:
    """Cuts texts into tokens. `lookalikes` hold a numeral and are no number (一起, 万科)."""

    def __init__(self, units: Units, lookalikes: Collection[str] = ()) -> None:
        self._units = units
        # English words (nautical miles) stand in English text; abbreviations in either.
        kinds = {
            name: unit.kind
            for name, unit in units.spellings.items()
            if not re.search("[a-z]{4}| ", name)
        }
        latin = any_of(name for name in kinds if re.search("[A-Za-z]", name))
        goes_on = LISTS["goes_on"]
        plain = any_of(n for n in kinds if not re.search("[A-Za-z]", n) and n not in goes_on)
        checked = [f"{name}(?![{more}])" for name, more in goes_on.items() if name in kinds]
        coins = [name for name, kind in kinds.items() if kind == "money"]
        numeral_words = {word for word in lookalikes if _NUMERALS_ONLY.fullmatch(word)}
        self.parts = PARTS | {
            "date": DATE_FORM, "hanzi": HANZI, "gap": HANZI + OPAQUE,
            "numerals": NUMERALS, "numerals_but_two": NUMERALS.replace("两", ""),
            "multipliers": MULTIPLIERS, "latin_word": latin,
            # A Latin unit ends where its letters do; 升 is none in 升至.
            "unit_word": f"(?:{latin}(?![A-Za-z])|{'|'.join([plain, *checked])})",
            "coin_word": any_of(n for n in coins if len(n) > 1 or not re.match(f"[{HANZI}]", n)),
            "unit_with_multiplier": any_of(name for name in kinds if name[0] in MULTIPLIERS),
            "span_unit": any_of(n for n, kind in kinds.items() if kind in ("duration", "points")),
            "count_unit": any_of(n for n, kind in kinds.items() if kind == "count" and len(n) > 1),
            "numeral_words": any_of(numeral_words),
            "other_words": any_of(set(lookalikes) - numeral_words),
        }  # fmt: skip
        # Opaque are times, labels, codes, sayings.
        self._token = token_pattern(
            "chinese", self.parts, "opaque date vague qualifier coin run measured"
        )
        self._coin = re.compile(any_of(coins))
        self._lookalike = re.compile(self.parts["lookalike"])

    def tokens(self, text: str, start: int, end: int, *, running: bool = True) -> list[Token]:
        """The tokens of text[start:end], a stretch of folded text.

        Lookalikes are none in what is not `running` text, but a cell.
        """
        clause, offsets = _condensed(text, start, end)
        if running:
            clause = self._lookalike.sub(lambda word: OPAQUE * len(word[0]), clause)
        ends = [offset + 1 for offset in offsets]
        made: list[Token] = []
        at = 1

        def plain(until: int) -> None:
            signs = clause[at:until]
            made.extend(map(Token, signs, offsets[at:until], ends[at:until], signs))

        for found in self._token.finditer(clause, 1):
            plain(found.start())
            at = found.end()
            kind, word, value = self._token_of(found)
            made.append(Token(kind, offsets[found.start()], ends[at - 1], word, value))
        plain(len(clause))
        return made

    def _token_of(self, found: re.Match[str]) -> tuple[str, str, object]:
        """The kind of a token, its words, and what they say."""
        word, kind = found[0], str(found.lastgroup)
        match kind:
            case "date":
                return kind, word, date_of(found.string, found.start())
            case "qualifier":
                # The last that bounds anything decides: 至少高达.
                bounds = [BEFORE[one] for one in _QUALIFIERS.findall(word)]
                bounding = [bound for bound in bounds if bound is not Bound.EXACT]
                return "before", word, [Bound.EXACT, *bounding][-1]
            case "coin":
                return "currency", word, self._unit(word)
            case "measured":
                # The unit behind a modifier is the one that counts: 境外人次.
                name = word.strip().removeprefix("个") or "个"
                return "unit", name, self._unit(found["modified"] or name)
            case "run":
                return self._number(found)
        return kind, word, None

    def _unit(self, name: str) -> Unit | None:
        """The unit that is spelt, also a rate: 元每吨."""
        name = name.strip().replace("每", "/")
        return _PEOPLE if name == "位" else self._units.find(name)

    def _number(self, found: re.Match[str]) -> tuple[str, str, object]:
        run = found[0].replace("十几", "十余")
        if "几" in run:
            return "vague", run, None
        more = "".join(one[1] or "" for one in _MORE.finditer(run))
        plain = _MORE.sub("", run.replace(" ", ""))
        scale = None
        # The multiplier behind Arabic digits counts as part of the unit: 1.5 and 万亿.
        if scaled := _SCALED.fullmatch(plain):
            plain, name = scaled.groups()
            factor = Decimal(10) ** power_of(name)  # 万万 has no row of its own
            unknown = Unit(name, "", factor, "scale", None, name, f"{factor:f}")
            scale = self._units.scales.get(name, unknown)
        number = number_of(plain) if len(more) < 2 else None
        if run.endswith("兆") and not self._coin.match(found.string, found.end()):
            number = None  # 5兆元 is money; 100兆 may be bits
        if number is None:
            return ("bad" if len(run) > 1 else OPAQUE), run, None
        value, value_to = number
        bound = LISTS["between"].get(more, Bound.EXACT)
        amount = Amount(
            value, scale, value_to=value_to, run=run, spelled=not run[0].isascii(),
            bound=bound if value_to is None else Bound.RANGE, capped=bound is Bound.OVER,
        )  # fmt: skip
        if is_bare(plain):
            return "multiplier", run, amount
        return ("spelled" if amount.spelled else "scaled" if scale else "whole"), run, amount


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
