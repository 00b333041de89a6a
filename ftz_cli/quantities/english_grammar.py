"""The grammar of quantities in English text: productions by level, in `english_productions.csv`.

A production makes one token of several. A level is tried from left to right over the tokens that
the level before it left; the first production that builds something is taken. In a pattern a word
is a kind of token or a family of kinds, `a/b` is either of two, `label=kind` names the token, and
all else is a regular expression; ` | ` parts whole patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from ..language import Message, shown
from . import english_amounts
from .dates import UNKNOWN, Date, Years
from .english_amounts import Found, direction_before
from .english_lexer import MOVING, Amount, Lexer, Token
from .mention import Direction, Mention
from .patterns import completed
from .quantity import Bound, CannotRead, Quantity
from .units import NO_UNIT, Units

Production = tuple[re.Pattern[str], str, Callable[[Found], object]]
PRODUCTIONS = completed("english_productions", {})
FAMILIES = {
    "number": "scaled spelled day year whole decimal",
    "any": "one scaled spelled day year whole decimal",
    "bare": "scaled spelled day whole decimal",
    "plain": "day year whole decimal",
    "ones": "one digit",
    "anymonth": "month verb_month",
    "dayth": "day padded ordinal",
    "measure": "unit money count quarter letter",
    "side": "before either",
    "behind": "after either",
    "noun": "word name",
    "moving": " ".join(MOVING),
}


# Kinds that are numbers and no quantity, and why.
_UNREAD = {
    "vague": "'{printed}' names no number",
    "unread": "'{printed}' is not a known form of a quantity",
}
# Kinds that no pattern begins with.
_PASSIVE = frozenset({"word", "name", "function", "stop", "close", "idiom", "code", *MOVING})
# Capitalised, these kinds make a name with a number behind them: Boeing 737, City 2.
_NAMING = frozenset({"name", "count", "unit", "multiple_verb", "label", *MOVING})
# What is left beside a quantity and says more than it.
_TELLING = frozenset(
    {"before", "either", "after", "ordinal", "one", "unread", "vague", "named", "code"}
)


class EnglishGrammar:
    """Reads quantities in English text with a given set of units."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._lexer = Lexer(units)
        self._signs: dict[str, str] = {}
        self._levels = self._productions()

    def _sign(self, kind: str) -> str:
        """The character that stands for a kind of token."""
        return self._signs.setdefault(kind, chr(0xE000 + len(self._signs)))

    def _productions(self) -> list[list[Production]]:
        levels: dict[str, list[Production]] = {}
        for row in PRODUCTIONS:
            builder: Callable[[Found], object] = getattr(english_amounts, row["build"])
            levels.setdefault(row["level"], []).extend(
                (self._compiled(one), row["makes"], builder) for one in row["pattern"].split(" | ")
            )
        return list(levels.values())

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        def atom(match: re.Match[str]) -> str:
            kinds = " ".join(FAMILIES.get(name, name) for name in match[2].split("/")).split()
            signs = "[" + "".join(map(self._sign, kinds)) + "]"
            return f"(?P<{match[1]}>{signs})" if match[1] else signs

        atoms = re.sub(r"(?:(\w+)=)?([a-z_]+(?:/[a-z_]+)*)", atom, pattern)
        return re.compile(atoms.replace(" ", ""))

    def _parsed(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of text[start:end] once every level is done."""
        tokens = self._lexer.tokens(text, start, end)
        for level in self._levels:
            signs = "".join(self._sign(token.kind) for token in tokens)
            made: list[Token] = []
            at = 0
            while at < len(tokens):
                patterns = [] if tokens[at].kind in _PASSIVE else level
                for pattern, makes, build in patterns:
                    if (match := pattern.match(signs, at)) is None:
                        continue
                    found = Found(match, tokens, made, self.units)
                    value = build(found)
                    if value is not None:
                        one = found.token(makes, value)
                        made.extend(value if isinstance(value, list) else [one])
                        at = match.end()
                        break
                else:
                    made.append(tokens[at])
                    at += 1
            tokens = made
        return tokens

    def _quantity(self, amount: Amount) -> Quantity:
        unit = amount.unit or NO_UNIT
        unit = self.units.scaled(amount.scale, unit) if amount.scale else unit
        unit = self.units.rate(unit, amount.below) if amount.below else unit
        return Quantity(
            amount.value, unit, amount.bound, amount.value_to, amount.capped, amount.parts,
            fraction=amount.fraction,
        )  # fmt: skip

    def find(self, text: str, start: int, end: int, years: Years) -> Iterator[Mention]:
        """The mentions within text[start:end], from left to right, none within another."""
        tokens = self._parsed(text, start, end)
        for at, token in enumerate(tokens):
            span = (token.start, token.end, text[token.start : token.end])
            if isinstance(token.value, Date):
                date = token.value.quantity(years)
                years = years.after(date)
                if date is None and token.value.part:
                    continue  # the second half of what is not said
                why = None if date else Message("a date whose year is not printed")
                yield Mention(*span, date, "date", None, why)
            elif token.kind in _UNREAD:
                why = Message(_UNREAD[token.kind], printed=shown(span[2], 40))
                yield Mention(*span, None, "unread", None, why)
            elif token.kind == "mention" and isinstance(token.value, Amount):
                if _is_name(text, tokens, at):
                    continue
                direction = token.value.direction
                direction = direction or direction_before(tokens[max(0, at - 10) : at])
                direction = direction or _direction_behind(tokens, at)
                yield Mention(*span, self._quantity(token.value), direction=direction)

    def read(self, text: str, years: Years = UNKNOWN) -> Quantity:
        """The one quantity in `text`, which may stand among words that say no other.

        Raises CannotRead where there is none, where there are several, and where a number or a
        qualifier is left that belongs to none.
        """
        tokens = self._parsed(text, 0, len(text))
        values = [t.value for t in tokens if isinstance(t.value, (Amount, Date))]
        left = [token for token in tokens if token.kind in _TELLING]
        if len(values) == 1 and not left:
            value = values[0]
            if isinstance(value, Amount):
                return self._quantity(value)
            if quantity := value.quantity(years):
                return quantity
            raise CannotRead("a date whose year is not printed")
        nth = left[0] if len(left) == 1 and not values else None
        # The 27th is a day of some month, if anything.
        number = nth.value if nth and nth.kind in ("ordinal", "one") else None
        if nth and isinstance(number, int) and (number > 31 or nth.words.isalpha()):
            unit = self.units.find("位") if nth.kind == "ordinal" else None
            return self._quantity(Amount(Decimal(number), unit=unit))
        kind = "vague" if "vague" in (token.kind for token in tokens) else "unread"
        raise CannotRead(_UNREAD[kind], printed=shown(text, 100))


def _direction_behind(tokens: list[Token], at: int) -> Direction | None:
    """The direction that a word behind says: 5 % lower, a 12 % rise."""
    amount = tokens[at].value
    unit = amount.unit if isinstance(amount, Amount) else None
    for token in tokens[at + 1 : at + 4]:
        counted = unit is None or unit.kind == "count"
        if token.kind in MOVING and not (counted and token.kind == "beside"):
            return "up" if token.value == "up" else "down"
        if token.kind not in ("word", "dash", "unit"):
            return None
    return None


def _is_name(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a bare number is part of a name or a list: Beidou 3, 5-star, the 1.1 of a heading."""
    token, amount = tokens[at], tokens[at].value
    if not isinstance(amount, Amount) or amount.unit or amount.scale or amount.parts:
        return False
    if amount.bound is not Bound.EXACT or amount.value_to is not None:
        return False
    last = tokens[at - 1] if at else None
    named = last is not None and last.kind in _NAMING and text[last.start].isupper()
    printed = text[token.start : token.end]
    if last and named and "," not in printed and last.end + 1 == token.start:
        return text[last.end - 2 : last.end] != "'s"
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if amount.spelled and last and last.kind != "stop" and text[token.start].isupper():
        return True
    if amount.spelled and amount.value < 13:
        return following is None or following.kind not in ("word", "name", "count", "of")
    if following and following.kind == "dash" and following.end < len(text):
        return not text[following.end].isspace()
    if last and last.kind == "dash" and last.end == token.start:
        return True
    _, line, head = text[max(0, token.start - 8) : token.start].rpartition("\n")
    heads = (line or token.start < 8) and not head.strip(" (")
    if following and len(printed) < 4 and (heads or (last and last.kind == "stop")):
        section = "." in printed and text[following.start].isupper()
        return section or (heads and following.words in (".", ")"))
    return printed.isdecimal() and len(printed) > 6
