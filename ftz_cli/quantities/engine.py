"""The engine of both grammars: productions from a CSV file combine tokens into quantities.

A production replaces several tokens by one. The levels of a file run in order, each from left to
right; the first production that builds a value is taken.

A pattern is a regular expression over tokens. A word is a kind of token or a family of kinds;
`a/b` is a token of either kind; `label=kind` names the token for the builder; ` | ` separates
alternatives; `{name}` inserts the pattern of that name. The builder `name` marks a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, count, zip_longest
from typing import NamedTuple, cast

from ..language import Message, shown
from ..language.word_lists import rows
from .dates import Date, Years
from .patterns import Lists, any_of, completed, nameless
from .quantity import Bound, CannotRead, Direction, Mention, Quantity
from .units import HOLDS, NO_UNIT, Unit, Units

FAMILIES = {row["family"]: frozenset(row["kinds"].split()) for row in rows("token_families")}
# Kinds of token that hold a number but no quantity, and why.
UNREAD = {"vague": "names no number", "unread": "not a known form of a number"}


class Token(NamedTuple):
    """A piece of a text: its kind, its place, its words in lower case, and its meaning."""

    kind: str
    start: int
    end: int
    words: str = ""
    value: object = None


class Amount(NamedTuple):
    """A number with what is printed around it; a quantity is made of it at the end.

    `scale` is the million of 3 million, `per` the year of 3 tonnes a year, `numeral` the number as
    Chinese text prints it. A `weak` amount counts only with a qualifier.
    """

    value: Decimal
    scale: Unit | None = None
    unit: Unit | None = None
    per: Unit | None = None
    value_to: Decimal | None = None
    bound: Bound = Bound.EXACT
    capped: bool = False
    parts: tuple[Decimal, ...] = ()
    numeral: str = ""
    weak: bool = False
    fraction: bool = False
    direction: Direction | None = None

    @property
    def factor(self) -> Decimal:
        """How many base units 1 of the printed value is."""
        return (self.unit or NO_UNIT).factor * (self.scale or NO_UNIT).factor

    @property
    def in_base(self) -> Decimal:
        """The value in base units."""
        return self.value * self.factor


@dataclass(slots=True)
class Found:
    """What a pattern matched in `tokens`; `before` are the finished tokens before it.

    `running` is true in a text, where fewer numbers are quantities than in a cell.
    """

    match: re.Match[str]
    tokens: list[Token]
    before: list[Token]
    grammar: Grammar
    units: Units
    running: bool

    @property
    def matched(self) -> list[Token]:
        """The tokens that the pattern matched."""
        return self.tokens[slice(*self.match.span())]

    @property
    def amounts(self) -> list[Amount]:
        """The amounts among the matched tokens."""
        return [token.value for token in self.matched if isinstance(token.value, Amount)]

    def __contains__(self, label: str) -> bool:
        return label in self.match.re.groupindex and bool(self.match[label])

    def __getitem__(self, label: str) -> Token:
        return self.tokens[self.match.start(label)]

    def value(self, label: str) -> object:
        """The value of the first token with that label, or None."""
        return self[label].value if label in self else None

    def word(self, label: str) -> str:
        """The words of the tokens with that label, or an empty text."""
        if label not in self:
            return ""
        return "".join([token.words for token in self.tokens[slice(*self.match.span(label))]])

    def move(self) -> tuple[re.Match[str] | None, bool]:
        """The last word of a move before the number, and whether it moved to this number."""
        grammar = self.grammar
        qualifying = self.tokens[self.match.start() : self.match.start("n")] if "n" in self else []
        clause = grammar.words([*self.before[-16:], *qualifying]).rpartition("\n")[2]
        *_, last = None, *grammar.moved.finditer(clause)
        return last, bool(last and grammar.level.match(clause, last.end()))

    def direction(self, number: Amount) -> Direction | None:
        """The direction of a number, from the words before it or behind: a 12 % rise, 5%的增幅."""
        if number.value < 0 or number.parts:
            return None
        # 降幅收窄3.2个百分点 leaves open whether the value rose or fell. What is 5 days faster
        # takes less time; what grows 5 % faster is not less.
        is_time = number.unit is not None and number.unit.kind == "duration"
        said: dict[str | None, Direction] = {"down": "down", "up": "up"}
        said |= {"sooner": "down"} if is_time else {}
        move, is_level = self.move()
        if move and not is_level and move.lastgroup in said:
            return said[move.lastgroup]
        if not number.unit or number.unit.kind == "count":
            return None  # in "4,000 households lost power" no number of households fell
        end = self.match.end()
        words = self.grammar.words(self.tokens[end : end + 5])
        behind = self.grammar.moved_behind.match(words)
        if behind and not words.isascii():
            # In 比585亿元增长73% the second number grew; 连续3个月回落 shortens no time.
            after = self.tokens[end + behind.end() :][:1]
            if is_time or (after and after[0].kind == "amount"):
                return None
        return said.get(behind.lastgroup) if behind else None

    def number(self, label: str = "n") -> Amount:
        """The number with that label; 1 if there is none."""
        value = self.value(label)
        if isinstance(value, Amount):
            return value
        return Amount(Decimal(1 if value is None else str(value)))

    def bound(self, label: str) -> Bound:
        """The bound with that label; exact if there is none."""
        value = self.value(label)
        known = self.grammar.bounds.get(self.word(label), Bound.EXACT)
        return value if isinstance(value, Bound) else known

    def unit(self, label: str = "unit") -> Unit | None:
        """The unit with that label. A pound is money as `unit` or `money`, else a weight."""
        value, kind = self.value(label), self[label].kind if label in self else ""
        money = kind == "pound" and label in ("unit", "money")
        if isinstance(value, Unit) and kind != "letter" and not money:
            return value
        return self.units.find(self[label].words) if label in self else None

    def scale(self, label: str) -> Unit | None:
        """The scale with that label: million, 亿."""
        value = self.value(label)
        if isinstance(value, Amount) and value.value == 1 and value.scale:
            return value.scale  # a quarter of a million
        return value if isinstance(value, Unit) else self.units.scales.get(self.word(label))


# A builder returns the value of one token, or the tokens that replace the matched ones.
Builder = Callable[[Found], object]
_SIGNS = map(chr, count(0xE000))


@cache
def sign_of(kind: str) -> str:
    """The character that represents a kind of token in patterns; a character is its own."""
    return kind if len(kind) == 1 and kind != "a" else next(_SIGNS)


def _over_signs(pattern: str) -> str:
    def class_of(match: re.Match[str]) -> str:
        label, names, in_class = match[1], match[2], match["in_class"] is not None
        if not names or (in_class and len(names) == 1):
            return match[0]
        kinds = chain(*(FAMILIES.get(name, [name]) for name in names.split("/")))
        signs = "".join(map(sign_of, kinds))
        if in_class:
            return signs
        return f"(?P<{label}>[{signs}])" if label else f"[{signs}]"

    names = r"\(\?P<\w+>|(?:([a-z_]+)=)?([a-z_]+(?:/[a-z_]+)*)(?P<in_class>(?=[^\[]*\]))?"
    return re.sub(names, class_of, pattern).replace(" ", "")


def _signs_of(tokens: list[Token]) -> str:
    return "".join([sign_of(token.kind) for token in tokens])


class Grammar:
    """Reads one `language` with its productions, its words (`lists`) and other patterns (`parts`).

    `kinds` are the kinds of token that have a pattern, in order. A subclass cuts text[start:end]
    into `tokens`, and joins their `words`; a line break there ends a clause.
    """

    tokens: Callable[..., list[Token]]
    words: Callable[[Sequence[Token]], str]

    def __init__(
        self, units: Units, language: str, lists: Lists, parts: dict[str, str], kinds: str,
        builders: Mapping[str, Builder],
    ) -> None:  # fmt: skip
        self.units = units
        words = {name.replace(" ", "_"): any_of(phrases) for name, phrases in lists.items()}
        self.parts = parts = words | parts
        completed(f"{language}_patterns", parts)
        opaque = "|".join(row["pattern"] for row in completed(f"{language}_opaque", parts))
        parts["opaque"] = f"{parts.get('opaque_begins', '')}(?:{opaque})"
        self._token = re.compile("|".join(f"(?P<{kind}>{parts[kind]})" for kind in kinds.split()))
        # The bound of each word that has one. `capped` words also say that the value is near.
        self.bounds = {
            word: value
            for phrases in lists.values()
            for word, value in phrases.items()
            if isinstance(value, Bound)
        }
        self.capped = lists["capped"] | lists.get("capped_share", {})
        levels: dict[str, list[tuple[str, str, Builder]]] = {}
        for row in completed(f"{language}_productions", parts):
            levels.setdefault(row["level"], []).extend(
                (_over_signs(pattern), row["makes"], builders.get(row["build"], bool))
                for pattern in row["pattern"].split(" | ")
            )
        # Speed: one pattern finds where a production matches; each is compiled when it is used.
        self._levels = [
            (re.compile("|".join(f"({nameless(pattern)})" for pattern, _, _ in level)), level)
            for level in levels.values()
        ]
        self._compiled = cache(re.compile)
        self._whole = re.compile(_over_signs(parts["whole"]))
        self._zero = re.compile(parts.get("stated_zero", "(?!)"))
        # Words that say that a value moved, and words between them and a level: fell *to*.
        self.moved, self.level, self.moved_behind = (
            re.compile(parts[name]) for name in ("moved_before", "level", "moved_behind")
        )

    def parsed(self, tokens: list[Token], running: bool) -> list[Token]:
        """The tokens that remain after every level."""
        signs = _signs_of(tokens)
        for any_production, level in self._levels:
            made: list[Token] = []
            at = 0
            while start := any_production.search(signs, at):
                made.extend(tokens[at : start.start()])
                at = start.start()
                for pattern, makes, build in level[(start.lastindex or 1) - 1 :]:
                    match = self._compiled(pattern).match(signs, at)
                    value = match and build(Found(match, tokens, made, self, self.units, running))
                    if match and value is not None:
                        first, last = tokens[at], tokens[match.end() - 1]
                        token = Token(makes, first.start, last.end, first.words, value)
                        made.extend(value if isinstance(value, list) else [token])
                        at = match.end()
                        break
                else:
                    made.append(tokens[at])
                    at += 1
            if made:
                tokens = made + tokens[at:]
                signs = _signs_of(tokens)
        return tokens

    def read(self, text: str, years: Years) -> Quantity:
        """The one quantity that all of folded `text` says; raises CannotRead."""
        if self._zero.fullmatch(text):
            return Quantity(Decimal(0), NO_UNIT)
        tokens = self.parsed(self.tokens(text, 0, len(text), running=False), False)
        whole = self._whole.fullmatch(_signs_of(tokens))
        token = tokens[whole.start("value")] if whole else None
        match token and token.value:
            case Amount() as amount:
                return self.quantity(amount)
            case Date(month=None, day=int(day)):
                # A cell of 5日 is a length of five days: a date would name its month.
                return Quantity(Decimal(day), self.units["日"])
            case Date() as date:
                if quantity := date.quantity(years):
                    return quantity
                raise CannotRead("a date whose year is not printed")
            case int(number):
                ordinal = token and token.kind == "ordinal"
                return Quantity(Decimal(number), self.units["位"] if ordinal else NO_UNIT)
        raise CannotRead("'{printed}' is not a known form of a quantity", printed=shown(text, 100))

    def is_name(self, text: str, tokens: list[Token], at: int) -> bool:
        """Whether the number tokens[at] is part of a name or a list."""
        return False

    def find(
        self, text: str, start: int, end: int, years: Years, heads: Mapping[int, Unit | None] = {}
    ) -> Iterator[Mention]:
        """The mentions in text[start:end], from left to right; mentions don't overlap.

        `heads` maps starts of numbers to their units; `years` takes the year of each date.
        """
        tokens = self.tokens(text, start, end)
        tokens = self.parsed(list(_with_units(tokens, heads)) if heads else tokens, True)
        for at, token in enumerate(tokens):
            if token.kind not in ("mention", "date", *UNREAD):
                continue
            span = (token.start, token.end, text[token.start : token.end])
            if isinstance(token.value, Date):
                date = token.value.quantity(years)
                if date:
                    years["same"] = int(str(date.value)[:4])
                why = None if date else Message("a date whose year is not printed")
                yield Mention(*span, date, "date", None, why)
            elif token.kind in UNREAD:
                yield Mention(*span, None, "unread", None, Message(UNREAD[token.kind]))
            elif not self.is_name(text, tokens, at):
                amount = cast(Amount, token.value)
                yield Mention(*span, self.quantity(amount), direction=amount.direction)

    def quantity(self, amount: Amount) -> Quantity:
        """The quantity that an amount says."""
        unit = amount.unit or NO_UNIT
        unit = self.units.scaled(amount.scale, unit) if amount.scale else unit
        per = amount.per
        if per and amount.value != HOLDS.get((per.base, unit.base)):  # not: 24 hours a day
            unit = self.units.rate(unit, per)
        return Quantity(
            amount.value, unit, amount.bound, amount.value_to, amount.capped, amount.parts,
            fraction=amount.fraction,
        )  # fmt: skip


def _with_units(tokens: list[Token], heads: Mapping[int, Unit | None]) -> Iterator[Token]:
    """The tokens, with the unit of its head behind each bare number."""
    for token, following in zip_longest(tokens, tokens[1:]):
        unit = heads.get(token.start)
        yield token._replace(kind="code") if token.start in heads and unit is None else token
        bare = isinstance(token.value, Amount) and not token.value.scale
        if unit and bare and (following is None or following.kind not in FAMILIES["measure"]):
            yield Token("headed", token.end, token.end, unit.id, unit)
