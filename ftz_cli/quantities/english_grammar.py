"""The grammar of quantities in English text; its productions are in `english_productions.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from . import amounts
from .amounts import amount
from .dates import Date
from .engine import Amount, Found, Grammar, Token
from .english_lexer import MOVING, PARTS, WORDS, Lexer
from .mention import Direction
from .patterns import rows
from .quantity import Bound
from .units import NO_UNIT, Unit, Units

PRODUCTIONS = rows("english_productions")
# Capitalised, these kinds make a name with a number behind them: Boeing 737, City 2.
_NAMING = frozenset({"name", "count", "unit", "multiple_verb", "label", *MOVING})
# What is left beside a quantity and says more than it.
_TELLING = frozenset(
    {"before", "than", "either", "after", "ordinal", "one", "unread", "vague", "named", "code"}
)
_NONE = Token("stop", -1, -1)
_IDLE = ("filler", "a", "before", "either")
_ENDS = ("stop", "comma", "mention", "date", "open", "and", "or")


class EnglishGrammar(Grammar):
    """Reads quantities in English text with a given set of units."""

    def __init__(self, units: Units) -> None:
        builders = vars(amounts) | globals()
        super().__init__(units, Lexer(units).tokens, "english_productions", dict(PARTS), builders)

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

    def said(self, text: str, tokens: list[Token]) -> Amount | Date | None:
        """The one number or date in `text`, which may stand among words that say no other.

        None where there are several, or where a number or a qualifier belongs to none.
        """
        said = [one.value for one in tokens if isinstance(one.value, (Amount, Date))]
        left = [token for token in tokens if token.kind in _TELLING]
        if said or len(left) != 1 or left[0].kind not in ("ordinal", "one"):
            return said[0] if len(said) == 1 and not left else None
        nth, number = left[0], Decimal(str(left[0].value))
        if number <= 31 and not nth.words.isalpha():
            return None  # the 27th is a day of some month, if anything
        return Amount(number, unit=self.units.find("位") if nth.kind == "ordinal" else None)


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


def rate(f: Found) -> Unit | None:
    """Per tonne, per 10,000 people; per employee says nothing."""
    unit, number = f.unit("many"), f.number("n").value
    if unit is None:
        return f.unit("unit") or NO_UNIT
    scales = f.units.scales.values()
    return next((f.units.scaled(s, unit) for s in scales if s.factor == number), None)


def multiple(f: Found) -> Amount:
    """Doubled, tenfold, 3-fold; halved is half of it."""
    if "halved" in f:
        return Amount(Decimal(50), unit=f.units.find("%"), direction="down")
    direction: Direction | None = "up" if f["n"].kind == "multiple" else None
    return Amount(f.number("n").value, unit=f.units.find("倍"), direction=direction)


def rank(f: Found) -> Amount | None:
    """Ranked third, No. 1, the second-largest, top five."""
    last = f.before[-1].kind if f.before else ""
    named = last in ("name", "named", "close", "month", "label", "date", "year")
    named = named or f.following in ("name", "open", "label", "unit") or f.number().value > 100
    if f.all[0].kind == "no" and named:
        return None  # Guofa No. 15, Terminal No. 2
    return amounts.rank(f)


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
    year, month, day, part = (f.whole(label) for label in ("year", "month", "day", "part"))
    last_year, last_month, last_day = (f.whole(f"last_{n}") for n in ("year", "month", "day"))
    if last_year and year and last_year < 100:
        last_year += year // 100 * 100  # 2012-13; 2006/07 only where one follows the other
        if last_year != year + 1 and f.all[1].kind == "slash":
            return None
    if "quarter" in f or "half" in f:
        part = (f.whole("n") or 0) + (32 if "quarter" in f else 39)
    if "months" in f:  # the first five months, the first three quarters
        unit = f.unit("months")
        each = {"月": 1, "季度": 3}.get(unit.id if unit else "", 0)
        month, last_month = 1, each * (f.whole("n") or 0)
        if f.whole("first") != 1 or not 1 < last_month <= 12:
            return None
    until = Date(last_year or year, last_month or month, last_day)
    ranged = last_year or last_month or last_day
    from_now, from_same = f.whole("now"), f.whole("same")
    return Date(year, month, day, part, until if ranged else None, from_now, from_same)


def bounded(f: Found) -> Amount | list[Token] | None:
    """A number with its qualifiers; what bounds it on one side goes before a mere about."""
    number = f.number("n") if "n" in f else amount(f)
    starts = f.all[0].words.startswith("start")  # starting from 2025
    if number is None or (starts and "n" in f and f["n"].kind == "year"):
        return None
    number = number._replace(direction=number.direction or f.direction(number))
    sides = [token for token in f.all if isinstance(token.value, Bound)]
    if not sides:
        return number
    measured = number.unit and number.unit.kind not in ("count", "ordinal", "rank")
    # The nearest decides: over within six hours.
    bounds = [t.value for t in sides[::-1] if t.words not in ("within", "inside") or measured]
    bounds.sort(key=lambda bound: bound in (Bound.ABOUT, Bound.EXACT))
    capped = any(token.words == "odd" for token in sides)
    if capped and number.value_to is not None:
        return [f.token("unread", None)]  # 10 to 20-odd ends somewhere between
    if number.bound is Bound.EXACT and bounds:
        number = number._replace(bound=bounds[0], capped=capped)  # type: ignore[arg-type]
    return number._replace(spelled=False)
