"""The grammar of quantities in English text: productions by level.

A production makes one token of several. A level is tried from left to right over the tokens that
the level before it left; the first production that builds something is taken. In a pattern a word
is a kind of token or a family of kinds, `a/b` is either of two, `label=kind` names the token, and
all else is a regular expression; ` | ` parts whole patterns. Behind a production stand examples,
which a test reads: what is printed, and the value, unit and bound that it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..language import Message, shown
from . import english_amounts as build
from .english_amounts import Found, direction_before
from .english_lexer import Amount, Day, Lexer, Token
from .english_words import ADJACENT
from .mention import Direction, Mention
from .quantity import Bound, CannotRead, Quantity
from .units import NO_UNIT, Units

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
}


@dataclass(frozen=True, slots=True)
class Production:
    """A pattern over kinds of token, the kind that it makes, what builds it, and examples."""

    makes: str
    pattern: str
    build: Callable[[Found], object]
    examples: str = ""


P = Production
_YEAR = "(year=year|same=same_year)"
_OF_YEAR = f"((of|in|comma|slash)? {_YEAR})?"
_TO = "(dash? to dash?|dash)"
_RATE = "((rate=rate|a below=measure) rate?)?"
_BEHIND = "((noun|of|in|function){0,4} dash? behind (?!side|amount|filler))?"
_TEENS = "(tens dash? ones|tens|teen|ones)"
_HUNDREDS = f"(a|{_TEENS}) dash? hundred ((and|dash)? {_TEENS} (?!dash? hundred))?"
_WORDS = f"({_HUNDREDS}|{_TEENS})"
LEVELS = (
    (  # Numbers in words.
        P("ordinal", "tens=tens dash? n=ordinal", build.ordinal, "the twenty-first session: 21 届"),
        P("scaled", f"({_WORDS}|(?<!half|dash) a) dash? scale"
          f"({_WORDS} scale|and {_TEENS} (?!dash? (hundred|scale))|{_HUNDREDS})?",
          build.spelled, "a million yuan: 1 百万元"
          " | two million three hundred thousand: 2.3E+3 千"),
        P("spelled", f"(?!one (?!dash? hundred)) {_WORDS}", build.spelled,
          "twenty-five days: 25 天 | one hundred and twenty: 120"
          " | between two hundred and three hundred tons: 2E+2..3E+2 吨 range"),
    ),
    (  # Numbers with their scale, amounts that name no number, and what a rate is for each of.
        P("vague", "several (hundred|scale|dozen){1,3} of? | scales of scales (of scales)? of?"
          " | scales of", build.name, "tens of thousands of jobs: unread | a few dozen: unread"),
        P("scaled", "(n=number/one/a|half=half a?)? dozen=dozen", build.amount,
          "a dozen ships: 12 艘 | half a dozen: 6 | two dozen: 24"),
        P("scaled", "n=any and a? half=half scale=scale? | n=plain vulgar=vulgar"
          " | n=plain top=day slash whole=day | half=half dash? a? dash? scale=scale"
          " | n=plain dash? scale=scale", build.amount, "two and a half million: 2.5 百万"
          " | half a million people: 0.5 百万人 | 1 1/2 hours: 1.5 小时 | 3bn yuan: 3 十亿元"),
        P("scaled", "n=plain letter=letter", build.thousands, "500k tonnes: 500 千吨"),
        P("rate", "(per|slash) (n=number many=measure|unit=measure/capita|noun)", build.rate,
          "12 patents per 10,000 people: 12 项/万人 | 5 tonnes/day: 5 吨/天"),
    ),
    (  # Dates.
        P("date", f"month=anymonth day=dayth {_TO} last_day=dayth (comma? {_YEAR})?", build.date,
          "April 20-25, 2021: 2021-04-20..2021-04-25 date range"),
        P("date", f"(weekday comma?)? month=anymonth day=dayth (comma? of? {_YEAR})?"
          "(?!dash? measure)", build.date,
          "Tuesday, May 21, 2021: 2021-05-21 date | Mar 31,2017: 2017-03-31 date"),
        P("date", f"day=dayth of? month=anymonth (comma? of? {_YEAR})?", build.date,
          "21 May 2021: 2021-05-21 date | the 3rd of May 2021: 2021-05-03 date"),
        P("date", f"month=anymonth {_TO} last_month=anymonth (comma? of? {_YEAR})?", build.date,
          "January-May 2021: 2021-01..2021-05 date range"),
        P("date", f"month=anymonth comma? of? {_YEAR}", build.date, "mid-May 2021: 2021-05 date"),
        P("date", "month=month | (?<=in|when|of|from|and|to) month=verb_month", build.date),
        P("date", f"n=ordinal dash? quarter=quarter {_OF_YEAR} | n=ordinal dash? half=half"
          f" {_OF_YEAR} | part=part {_OF_YEAR} | year=year part=part", build.date,
          "first half of 2022: 2022-40 date | in the 3rd quarter of 2021: 2021-35 date"
          " | Q1 2023: 2023-33 date | 2021 Q3: 2021-35 date"),
        P("date", f"first=ordinal n=number months=unit/quarter ((of|in) {_YEAR})?", build.date,
          "the first three quarters of 2021: 2021-01..2021-09 date range"),
        P("date", f"(from|between)? year=year ({_TO}|and) last_year=year (?!dash? measure)",
          build.date, "between 2019 and 2021: 2019..2021 date range"),
        P("date", "year=year (dash|slash) last_year=day/whole/padded (?!dash? measure)",
          build.date, "2012-13: 2012..2013 date range"),
        P("date", "(?<=in|of|when) year=year (?!dash? (unit|money|letter)) | same_year year=year",
          build.date, "in 2021: 2021 date"),
    ),
    (  # Ranges of dates, and numbers that are names.
        P("date", f"(from|between)? low=date ({_TO}|and) high=date", build.dates,
          "from July 2020 to March 2021: 2020-07..2021-03 date range"),
        P("named", "(label|hotline) dash? no? (plain|spelled|one)"
          "((dash|slash|comma|and|of) plain){0,9} (?!dash? (unit|money|scale|letter))",
          build.name, "Article 5: none | Phase two: none"),
        P("named", "bracket plain close | open day close | (day|whole|decimal) plain{1,9}"
          " | (plain|spelled) (clock|hotline) | plain name{1,3} street", build.name,
          "[38]: none | 9 a.m.: none | 021 5888 1234: none"),
    ),
    (  # Numbers with their units.
        P("amount", "ratio=number (colon number){1,6}", build.amount, "4:3:3: 4:3:3"),
        P("amount", "n=any dash? whole=denominator/ordinal | n=any dash quarter=quarter"
          " | n=any quarter=quarter (?=of) | a quarter=quarter (?!dash)"
          " | a whole=ordinal (?=of|stop|comma|in|to|from|function|close|$)", build.fraction,
          "two-thirds: 66.667 % | one fifth: 20 % | three-quarters: 75 % | a quarter: 25 %"),
        P("amount", "n=any dash? in=in dash? whole=number | n=any slash=slash whole=number",
          build.fraction, "one in eight: 12.5 % | nine out of ten: 90 % | 1/400: 0.25 %"),
        P("named", "plain slash plain", build.name, "24/7: none"),
        P("amount", "half=half (a|dash)? unit=measure | (n=number/a)? unit=measure and a"
          " half=half", build.amount, "half a day: 0.5 天 | two years and a half: 2.5 年"),
        P("amount", "(?<!and) a half=half (?!dash) | (?<!a) half=half (?!dash)", build.fraction,
          "nearly half: 50 % nearly"),
        P("amount", "n=multiple | (?<=before|either|moving) n=multiple_verb | n=number dash? fold"
          " | halved=halved", build.multiple,
          "doubled: 2 倍 | a 3-fold rise: 3 倍 | tenfold: 10 倍 | cut in half: 50 %"),
        P("amount", "ranked n=ordinal | no n=number | ranked no? n=plain (?!measure|noun)",
          build.rank, "ranked third: 3 位 | No. 1: 1 位 | ranks No. 3: 3 位"),
        P("named", "no plain | per ordinal", build.name, "No. 2 Berth: none"),
        P("amount", "n=ordinal dash? superlative=superlative | first_place", build.rank,
          "the second-largest port: 2 位 | topped the list: 1 位"),
        P("amount", "top=top dash? n=number (?!dash? (unit|money))", build.rank,
          "top five: 5 位 at_most"),
        P("amount", "n=ordinal (noun|dash){0,4} noun=ordinal_noun | n=ordinal", build.ordinal,
          "third batch: 3 批 | the 7th expo: 7 届 | 10,000th train: 10000"),
        P("amount", "minus=minus? money=money n=number letter=letter? (dash? unit=money"
          f"(?!number))? {_RATE}", build.amount,
          "US$340 million: 340 百万美元 | RMB1.2bn: 1.2 十亿元 | HK$85m: 85 百万港元"),
        P("amount", f"minus=minus? n=number letter=letter dash? unit=unit/count {_RATE}",
          build.amount, "3m tonnes: 3 百万吨"),
        P("amount", "minus=minus? (n=any|zero=zero) (dash|of a|count|extra|moving)? unit=measure"
          f" {_RATE} | n=number word unit=unit | n=number dash unit=label"
          f" | twice=twice (?!dash) {_RATE}",
          build.amount, "2,350-meter: 2350 米 | 12 yuan per square meter: 12 元/平方米"
          " | two full days: 2 天 | twice a year: 2 次/年"),
        P("amount", f"n=bare ((noun|dash){{1,4}} count? unit=count)? {_RATE}", build.amount,
          "1,790 international ships: 1790 艘 | 450: 450"),
        P("amount", "minus=minus n=number", build.amount, "-3.2: -3.2"),
    ),
    (  # Several numbers in one.
        P("amount", f"between low=amount (and|{_TO}) high=amount | from=from low=amount/year {_TO}"
          " high=amount", build.span,
          "between 3 and 5 days: 3..5 天 range | from 5 to 8 million: 5..8 百万 range"),
        P("amount", f"low=amount/year ({_TO}|or=or|tolerance=tolerance) high=amount", build.span,
          "10-15%: 10..15 % range | two or three hours: 2..3 小时 range | 4±1 ℃: 3..5 ℃ range"),
        P("amount", "low=amount and? high=amount", build.compound, "3 hours 20 minutes: 200 分钟"),
        P("list", "amount (comma amount){0,9} comma? (and|or) amount", build.listed,
          "2.1 and 3.4 percentage points: 2.1 百分点"),
    ),
    (  # Qualifiers, and the years that are left.
        P("list", "n=amount than=before", build.compared, "5 % higher than 3 %: 5 %"),
        P("mention", f"side (filler|side|comma filler comma){{0,6}} n=amount/year {_BEHIND}"
          f" | n=amount {_BEHIND}", build.bounded,
          "at least some 5 days: 5 天 at_least | within 36 hours: 36 小时 at_most"
          " | 3 days or more: 3 天 at_least | 300-odd: 300 over | about 30: 30 about"),
        P("mention", "side (filler|side){0,6} (a=a unit=unit|one)", build.bounded,
          "more than a year: 1 年 over | at least one: 1 at_least"),
        P("date", "year=year", build.date, "2021: 2021 date"),
    ),
)  # fmt: skip
# Kinds that are numbers and no quantity, and why.
_UNREAD = {
    "vague": "'{printed}' names no number",
    "unread": "'{printed}' is not a known form of a quantity",
}
# Kinds that no pattern begins with.
_PASSIVE = frozenset({"word", "name", "function", "stop", "close", "idiom", "code", "moving"})
# Capitalised, these kinds make a name with a number behind them: Boeing 737, City 2.
_NAMING = frozenset({"name", "count", "unit", "multiple_verb", "label", "moving"})
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
        self._levels = [
            [(self._compiled(one), p) for p in level for one in p.pattern.split(" | ")]
            for level in LEVELS
        ]

    def _sign(self, kind: str) -> str:
        """The character that stands for a kind of token."""
        return self._signs.setdefault(kind, chr(0xE000 + len(self._signs)))

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
                for pattern, production in patterns:
                    if (match := pattern.match(signs, at)) is None:
                        continue
                    found = Found(match, tokens, made, self.units)
                    value = production.build(found)
                    if value is not None:
                        one = found.token(production.makes, value)
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
        value, to = amount.value, amount.value_to
        return Quantity(value, unit, amount.bound, to, amount.capped, amount.parts)

    def find(self, text: str, start: int, end: int, year: int | None = None) -> Iterator[Mention]:
        """The mentions within text[start:end], from left to right, none within another.

        `year` is the one that this year means.
        """
        tokens = self._parsed(text, start, end)
        before: int | None = None
        direction: Direction | None = None
        for at, token in enumerate(tokens):
            span = (token.start, token.end, text[token.start : token.end])
            if isinstance(token.value, Day):
                date = token.value.quantity(year, before)
                before = int(str(date.value)[:4]) if date else before
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
                beside = at > 1 and tokens[at - 1].kind in ("comma", "and", "or", "open")
                if not (beside and tokens[at - 2].kind == "mention"):
                    said = token.value.direction or direction_before(tokens[max(0, at - 10) : at])
                    direction = said or _direction_behind(tokens, at)
                yield Mention(*span, self._quantity(token.value), direction=direction)

    def read(self, text: str, year: int | None = None) -> Quantity:
        """The one quantity in `text`, which may stand among words that say no other.

        Raises CannotRead where there is none, where there are several, and where a number or a
        qualifier is left that belongs to none.
        """
        tokens = self._parsed(text, 0, len(text))
        values = [t.value for t in tokens if isinstance(t.value, (Amount, Day))]
        left = [token for token in tokens if token.kind in _TELLING]
        if len(values) == 1 and not left:
            value = values[0]
            if isinstance(value, Amount):
                return self._quantity(value)
            if quantity := value.quantity(year, year):
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
        if token.kind == "moving" and not (counted and token.words in ADJACENT):
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
