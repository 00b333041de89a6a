"""The grammar of quantities in English text; its productions are in `english_productions.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from . import amounts
from .dates import Date, dated
from .engine import Amount, Found, Grammar, Token
from .english_lexer import MOVING, WORDS, Lexer
from .mention import Direction
from .units import Unit, Units

# Capitalised, these kinds make a name with a number behind them: Boeing 737, City 2.
_NAMING = frozenset({"name", "count", "unit", "multiple_verb", "label", *MOVING})
_NONE = Token("stop", -1, -1)
_IDLE = ("filler", "a", "before", "either", "starts")
_ENDS = ("stop", "comma", "mention", "date", "open", "and", "or")


class EnglishGrammar(Grammar):
    """Reads quantities in English text with a given set of units."""

    def __init__(self, units: Units) -> None:
        builders = vars(amounts) | globals()
        lexer = Lexer(units)
        super().__init__(units, lexer.tokens, "english", WORDS, lexer.parts, builders)

    def words(self, tokens: Sequence[Token]) -> str:
        """The words of tokens, with tabs between them."""
        kept = (token for token in tokens if token.kind not in _IDLE)
        return "\t".join("\n" if token.kind in _ENDS else token.words for token in kept) + "\t"

    def is_name(self, text: str, tokens: list[Token], at: int) -> bool:
        """Whether a bare number is part of a name or list: Beidou 3, 5-star, 1.1 of a heading."""
        token, amount = tokens[at], tokens[at].value
        if not isinstance(amount, Amount) or amount.unit or amount.scale or amount.parts:
            return False
        last = tokens[at - 1] if at else _NONE
        following = tokens[at + 1] if at + 1 < len(tokens) else _NONE
        printed = text[token.start : token.end]
        if text[token.end : token.end + 1].isalpha() or printed in WORDS["lookalike"]:
            return True  # 221B
        if re.fullmatch("[0-9]+-[0-9]+", printed):
            return True  # won 2-1
        small = amount.spelled and amount.value < 13 and last.words not in ("whom", "which")
        if small and following.kind not in ("word", "name", "count", "of"):
            return True  # cloud nine, but of whom four are new
        several = following.kind == "name" and following.words.endswith("s")
        if amount.spelled and text[token.start].isupper() and (several or last.kind != "stop"):
            return True  # Six Flags, Ocean's Eleven
        named = last.kind in _NAMING and not text[last.start : last.end].islower()
        if named and last.end + 1 == token.start and not amount.spelled:
            return text[last.end - 2 : last.end] != "'s"
        if following.kind == "dash" and following.end < len(text):
            return not text[following.end].isspace()
        if last.kind == "dash" and last.end == token.start and "." not in printed:
            return True
        return printed.isdecimal() and len(printed) > 6


def spelled(f: Found) -> Amount | None:
    """A number in words, known to the hundreds or the scale that is said last."""
    total = group = 0
    scale: Unit | None = None
    for token in f.all:
        if isinstance(token.value, Unit):
            scale = token.value
            total, group = total + max(group, 1) * int(scale.factor), 0
        elif token.kind == "hundred":
            group = max(group, 1) * 100
        elif isinstance(token.value, int):
            group += token.value
    last = scale if scale and not group else None
    value = Decimal(total + group) / (last.factor if last else 1)
    hundreds = "hundred" in (token.kind for token in f.all) and not value % 100
    return Amount((value / 100).scaleb(2) if hundreds else value, last, spelled=True)


def multiple(f: Found) -> Amount:
    """Doubled, tenfold, 3-fold; halved is half of it."""
    if "halved" in f:
        return Amount(Decimal(50), unit=f.units.find("%"), direction="down")
    direction: Direction | None = "up" if f["n"].kind == "multiple" else None
    return Amount(f.number("n").value, unit=f.units.find("倍"), direction=direction)


def ordinal(f: Found) -> Amount | int | None:
    """The third batch; before another noun only in digits: the 7th port."""
    n = f.whole("n") or 0
    if "tens" in f:
        return n + (f.whole("tens") or 0)
    unit = f.units.find(str(f["noun"].value)) if "noun" in f else None
    if unit is None or (f.running and unit.kind != "rank"):
        return None  # the third batch is a name in a text
    return Amount(Decimal(n), unit=unit if unit.kind == "rank" else unit.ordinal())


def date(f: Found) -> Date | None:
    """A date, or a range of dates, of tokens labelled by what they are."""
    names = ("year", "month", "day", "part", "year_to", "month_to", "day_to", "now", "same")
    said, n = {name: f.whole(name) for name in names}, f.whole("n") or 0
    following = f.number("year").value % 100 + 1
    if "year_to" in f and f.all[1].kind == "slash" and f.whole("year_to") != following:
        return None  # 2006/07 only where one follows the other
    if "quarter" in f or "half" in f:
        said["part"] = n + (32 if "quarter" in f else 39)
    if "months" in f:  # the first five months, the first three quarters
        unit = f.unit("months")
        months = {"月": 1, "季度": 3}.get(unit.id if unit else "", 0) * n
        if f.whole("first") != 1 or not 1 < months <= 12:
            return None
        said["months"] = months
    return dated(**said)
