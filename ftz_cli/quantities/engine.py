"""The engine of both grammars: productions over tokens, level by level, from a CSV file.

A production makes one token of several. A level is tried from left to right over the tokens that
the level before it left; the first production that builds something is taken. In a pattern a word
is a kind of token or a family of kinds, `a/b` is either of two, `label=kind` names the token, and
all else is a regular expression over characters, which stand for themselves; ` | ` parts whole
patterns, and `{name}` is the pattern of that name. What `name` builds is a number in a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, count, zip_longest
from operator import itemgetter
from typing import NamedTuple, cast

from ..language import Message, shown
from ..language.word_lists import rows
from .dates import Date, Years
from .patterns import Lists, any_of, completed, nameless
from .quantity import Bound, CannotRead, Direction, Mention, Quantity
from .units import HOLDS, NO_UNIT, Unit, Units

FAMILIES = {row["family"]: frozenset(row["kinds"].split()) for row in rows("token_families")}
# Kinds that are numbers and no quantity, and why.
UNREAD = {"vague": "names no number", "unread": "not a known form of a number"}


class Token(NamedTuple):
    """A piece of a text: its kind, where it stands, its words in lower case, what it says."""

    kind: str
    start: int
    end: int
    words: str = ""
    value: object = None


class Amount(NamedTuple):
    """A number with what was printed around it, before it is a quantity.

    `scale` is the million of 3 million, `below` the year of 3 tonnes a year, `run` a Chinese
    numeral. A `weak` one is an amount only with a qualifier.
    """

    value: Decimal
    scale: Unit | None = None
    unit: Unit | None = None
    below: Unit | None = None
    value_to: Decimal | None = None
    bound: Bound = Bound.EXACT
    capped: bool = False
    parts: tuple[Decimal, ...] = ()
    run: str = ""
    weak: bool = False
    fraction: bool = False
    direction: Direction | None = None

    @property
    def factor(self) -> Decimal:
        """How many base units one of its value is."""
        return (self.unit or NO_UNIT).factor * (self.scale or NO_UNIT).factor

    @property
    def in_base(self) -> Decimal:
        """Its value in base units."""
        return self.value * self.factor


@dataclass(slots=True)
class Found:
    """What a pattern matched: tokens, some with labels; `before` are those made of the text before.

    In a `running` text less is a quantity than in a cell.
    """

    match: re.Match[str]
    tokens: list[Token]
    before: list[Token]
    grammar: Grammar
    running: bool

    @property
    def units(self) -> Units:
        """The units of the grammar."""
        return self.grammar.units

    @property
    def all(self) -> list[Token]:
        """The tokens that the pattern matched."""
        return self.tokens[slice(*self.match.span())]

    @property
    def amounts(self) -> list[Amount]:
        """Every number of what it matched."""
        return [token.value for token in self.all if isinstance(token.value, Amount)]

    def __contains__(self, label: str) -> bool:
        return label in self.match.re.groupindex and bool(self.match[label])

    def __getitem__(self, label: str) -> Token:
        return self.tokens[self.match.start(label)]

    def value(self, label: str) -> object:
        """What the first token of that label says; None where there is none."""
        return self[label].value if label in self else None

    def word(self, label: str) -> str:
        """What that label names, as printed; empty where there is nothing."""
        if label not in self:
            return ""
        return "".join([token.words for token in self.tokens[slice(*self.match.span(label))]])

    def move(self) -> tuple[re.Match[str] | None, bool]:
        """The last word before that moves, and whether the number is a level: grew to 5 million."""
        grammar = self.grammar
        qualifying = self.all[: self.match.start("n") - self.match.start()] if "n" in self else ()
        clause = grammar.words([*self.before[-16:], *qualifying]).rpartition("\n")[2]
        *_, last = None, *grammar.moved.finditer(clause)
        return last, bool(last and grammar.level.match(clause, last.end()))

    def direction(self, number: Amount) -> Direction | None:
        """The direction that words before say, or words behind a measure: a 12 % rise, 5%的增幅."""
        if number.value < 0 or number.parts:
            return None
        move, is_level = self.move()
        # 降幅收窄3.2个百分点 is no fall, 少增3亿元 no rise: which, the words leave open.
        if move and not is_level and not move["open"]:
            return "down" if move["down"] else "up"
        if not number.unit or number.unit.kind == "count":
            return None  # 4,000 households lost power
        end = self.match.end()
        words = self.grammar.words(self.tokens[end : end + 5])
        behind = self.grammar.moved_behind.match(words)
        # In 比585亿元增长73%, it is the later number that grew; Chinese has a token a character.
        after = self.tokens[end + behind.end() :][:1] if behind else []
        if not behind or (not words.isascii() and after and after[0].kind == "amount"):
            return None
        return "down" if behind["down"] else "up"

    def number(self, label: str = "n") -> Amount:
        """The number of that label, one where there is none."""
        value = self.value(label)
        if isinstance(value, Amount):
            return value
        return Amount(Decimal(1 if value is None else str(value)))

    def bound(self, label: str) -> Bound:
        """The bound of that label, exact where there is none."""
        value = self.value(label)
        known = self.grammar.bounds.get(self.word(label), Bound.EXACT)
        return value if isinstance(value, Bound) else known

    def unit(self, label: str = "unit") -> Unit | None:
        """The unit of that label; a pound is money, but a weight as a `mass` or `below` a price."""
        value, kind = self.value(label), self[label].kind if label in self else ""
        money = kind == "pound" and label in ("unit", "money")
        if isinstance(value, Unit) and kind != "letter" and not money:
            return value
        return self.units.find(self[label].words) if label in self else None

    def scale(self, label: str) -> Unit | None:
        """The scale of that label: million, 亿."""
        value = self.value(label)
        if isinstance(value, Amount) and value.value == 1 and value.scale:
            return value.scale  # a quarter of a million
        return value if isinstance(value, Unit) else self.units.scales.get(self.word(label))


# A builder makes the value of one token, or the tokens that come in place of those it found.
Builder = Callable[[Found], object]


_SIGNS = map(chr, count(0xE000))


@cache
def sign_of(kind: str) -> str:
    """The character that stands for a kind of token; a character stands for itself."""
    return kind if len(kind) == 1 and kind != "a" else next(_SIGNS)


class Grammar:
    """Reads the quantities of one `language` by its productions.

    `lists` holds its words, `parts` the other patterns that its tables use; of the `kinds` of token
    that have a pattern, the first that matches at a place is taken. The `tokens` of text[start:end]
    need not be `running`; a line break in their `words` ends a clause, where directions are found.
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
        # Words behind a number, and what they bound; behind odd ones it is near to the number.
        self.bounds = {
            word: said
            for words in lists.values()
            for word, said in words.items()
            if isinstance(said, Bound)
        }
        self.odd = lists["odd"] | lists.get("scant", {})
        levels: dict[str, list[tuple[str, str, Builder]]] = {}
        for row in completed(f"{language}_productions", parts):
            levels.setdefault(row["level"], []).extend(
                (self._over_signs(one), row["makes"], builders.get(row["build"], bool))
                for one in row["pattern"].split(" | ")
            )
        # Each with a pattern that finds the first place and production that match. Most
        # productions are compiled for no text: each alone waits until it is found.
        self._levels = [
            (re.compile("|".join(f"({nameless(one)})" for one, _, _ in level)), level)
            for level in levels.values()
        ]
        self._compiled = cache(re.compile)
        self._whole = re.compile(self._over_signs(parts["whole"]))
        self._zero = re.compile(parts["stated_zero"])
        # Words that move: before a number, what makes it a level behind them, and behind it.
        self.moved, self.level, self.moved_behind = (
            re.compile(parts[name]) for name in ("moved_before", "level", "moved_behind")
        )

    def _over_signs(self, pattern: str) -> str:
        """A pattern of a table, over the signs of tokens."""

        def atom(match: re.Match[str]) -> str:
            label, names, in_class = match[1], match[2], match["in_class"] is not None
            if not names or (in_class and len(names) == 1):
                return match[0]
            kinds = chain(*(FAMILIES.get(name, [name]) for name in names.split("/")))
            signs = "".join(map(sign_of, kinds))
            if in_class:
                return signs
            return f"(?P<{label}>[{signs}])" if label else f"[{signs}]"

        names = r"\(\?P<\w+>|(?:([a-z_]+)=)?([a-z_]+(?:/[a-z_]+)*)(?P<in_class>(?=[^\[]*\]))?"
        return re.sub(names, atom, pattern).replace(" ", "")

    def parsed(self, tokens: list[Token], running: bool) -> list[Token]:
        """What tokens become once every level is done."""
        signs = self._signs_of(tokens)
        for any_production, level in self._levels:
            made: list[Token] = []
            at = 0
            while start := any_production.search(signs, at):
                made.extend(tokens[at : start.start()])
                at = start.start()
                for pattern, makes, build in level[(start.lastindex or 1) - 1 :]:
                    match = self._compiled(pattern).match(signs, at)
                    value = match and build(Found(match, tokens, made, self, running))
                    if match and value is not None:
                        first, last = tokens[at], tokens[match.end() - 1]
                        one = Token(makes, first.start, last.end, first.words, value)
                        made.extend(value if isinstance(value, list) else [one])
                        at = match.end()
                        break
                else:
                    made.append(tokens[at])
                    at += 1
            if made:
                tokens = made + tokens[at:]
                signs = self._signs_of(tokens)
        return tokens

    def _signs_of(self, tokens: list[Token]) -> str:
        return "".join(map(sign_of, map(itemgetter(0), tokens)))

    def read(self, text: str, years: Years) -> Quantity:
        """The one quantity that all of folded `text` says; raises CannotRead."""
        if self._zero.fullmatch(text):
            return Quantity(Decimal(0), NO_UNIT)
        tokens = self.parsed(self.tokens(text, 0, len(text), running=False), False)
        whole = self._whole.fullmatch(self._signs_of(tokens))
        token = tokens[whole.start("value")] if whole else None
        match token and token.value:
            case Amount() as amount:
                return self.quantity(amount)
            case Date(month=None, day=int(day)):
                # A date in a cell names its month: one that says 5日 is five days.
                return Quantity(Decimal(day), self.units["日"])
            case Date() as date:
                if said := date.quantity(years):
                    return said
                raise CannotRead("a date whose year is not printed")
            case int(number):
                ordinal = token and token.kind == "ordinal"
                return Quantity(Decimal(number), self.units["位"] if ordinal else NO_UNIT)
        raise CannotRead("'{printed}' is not a known form of a quantity", printed=shown(text, 100))

    def is_name(self, text: str, tokens: list[Token], at: int) -> bool:
        """Whether a number is part of a name or a list."""
        return False

    def find(
        self, text: str, start: int, end: int, years: Years, heads: Mapping[int, Unit | None] = {}
    ) -> Iterator[Mention]:
        """The mentions within text[start:end], from left to right, none within another.

        `heads` gives the unit of numbers that have theirs in a head, by where they begin. The year
        of each date becomes the `same` of `years`.
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
        below = amount.below
        if below and amount.value != HOLDS.get((below.base, unit.base)):  # not: 24 hours a day
            unit = self.units.rate(unit, below)
        return Quantity(
            amount.value, unit, amount.bound, amount.value_to, amount.capped, amount.parts,
            fraction=amount.fraction,
        )  # fmt: skip


def _with_units(tokens: list[Token], heads: Mapping[int, Unit | None]) -> Iterator[Token]:
    """The tokens, with the unit of a head behind each number that it is for."""
    for token, following in zip_longest(tokens, tokens[1:]):
        unit = heads.get(token.start)
        yield token._replace(kind="code") if token.start in heads and unit is None else token
        bare = isinstance(token.value, Amount) and not token.value.scale
        if unit and bare and (following is None or following.kind not in FAMILIES["measure"]):
            yield Token("headed", token.end, token.end, unit.id, unit)
