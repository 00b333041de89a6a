"""What the productions of the English grammar build of the tokens that they match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .dates import Date
from .english_lexer import MOVING, WORDS, Amount, Token
from .mention import Direction
from .quantity import Bound
from .reckoned import compound as compound_of
from .reckoned import percent
from .units import NO_UNIT, Unit, Units

HALF = Decimal("0.5")
# Words behind which another clause begins, for the reach of a direction.
_TURNS = frozenset(
    ["while", "but", "whereas", "although", "after", "before", "as", "than", "when", "against"]
)


class Found(dict[str, Token]):
    """The tokens that a pattern labels; all that it matched, and what stands on either side."""

    def __init__(
        self, match: re.Match[str], tokens: list[Token], before: list[Token], units: Units
    ) -> None:
        starts = {label: match.start(label) for label in match.re.groupindex}
        super().__init__({label: tokens[at] for label, at in starts.items() if at >= 0})
        self.all, self.before, self.units = tokens[match.start() : match.end()], before, units
        self.following = tokens[match.end()].kind if match.end() < len(tokens) else ""

    def token(self, kind: str, value: object) -> Token:
        """One token in place of all."""
        return Token(kind, self.all[0].start, self.all[-1].end, self.all[0].words, value)

    def number(self, label: str) -> Amount:
        """The number of that label, one where there is none."""
        value = self[label].value if label in self else None
        if isinstance(value, Amount):
            return value
        return Amount(Decimal(1 if value is None else str(value)), spelled=True)

    def whole(self, label: str) -> int | None:
        """The number of that label as a whole one, None where there is none."""
        return int(self.number(label).value) if label in self else None

    def unit(self, label: str) -> Unit | None:
        """The unit of that label."""
        token = self.get(label)
        if token is None or (isinstance(token.value, Unit) and token.kind != "letter"):
            return token.value if token else None  # type: ignore[return-value]
        return self.units.find("人" if token.kind == "capita" else token.words)


def name(_f: Found) -> bool:
    """Nothing but that it is a number in a name."""
    return True


def spelled(f: Found) -> Amount | None:
    """A number in words, known to the hundreds or the scale that is said last."""
    total = group = 0
    scale: Unit | None = None
    for token in f.all:
        if isinstance(token.value, Unit):
            if scale and scale.factor <= token.value.factor:
                return None
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


def amount(f: Found) -> Amount | None:
    """A number with its scale and unit, and what it is for each of."""
    number = Amount(Decimal(0)) if "zero" in f else f.number("twice" if "twice" in f else "n")
    value, scale = number.value, f.get("scale") or f.get("letter")
    if "half" in f:
        value = value + HALF if "n" in f else HALF
    if "vulgar" in f:
        value += Decimal(str(f["vulgar"].value))
    if "top" in f:
        value += f.number("top").value / f.number("whole").value
    if "dozen" in f:
        value = (value * 12).to_integral_value()
    unit, money, per = f.unit("unit"), f.unit("money"), f.unit("rate") or f.unit("below")
    if ("unit" in f and unit is None) or (unit and money and unit.kind != "money"):
        return None
    if scale and number.scale:
        return None
    if unit and "a" in f and unit.kind in ("count", "money", "share", "points", "rank"):
        return None  # about a company
    # Twice, three times a year: occasions.
    often = "twice" in f or (unit and per and unit.id == "倍")
    unit = f.units.find("次") if often else money or unit
    return Amount(
        -value if "minus" in f else value,
        scale.value if scale else number.scale,  # type: ignore[arg-type]
        unit,
        per if unit and per is not NO_UNIT else None,
        parts=tuple(t.value.value for t in f.all if isinstance(t.value, Amount))
        if "ratio" in f
        else (),
        spelled=number.spelled and not (unit or "dozen" in f or "half" in f),
    )


def thousands(f: Found) -> Amount | None:
    """500k; 85m is a number only where money or a unit shows that m is no metre."""
    glued = f["letter"].words == "k" and f["letter"].start == f.all[0].end
    return amount(f) if glued else None


def rate(f: Found) -> Unit | None:
    """Per tonne, per 10,000 people; per employee says nothing."""
    unit, number = f.unit("many"), f.number("n").value
    if unit is None:
        return f.unit("unit") or NO_UNIT
    scales = f.units.scales.values()
    return next((f.units.scaled(s, unit) for s in scales if s.factor == number), None)


def fraction(f: Found) -> Amount | None:
    """A part as per cent, to three places where it never ends."""
    top, whole = f.number("n").value, f.number("whole").value
    whole = Decimal(2) if "half" in f else Decimal(4) if "quarter" in f else whole
    # 24/7, 9/11, 3 in 2021 and 10 out of 23 are no fractions.
    if ("in" in f or "slash" in f) and not (top == 1 or whole <= 10 or whole == 100):
        return None
    if whole < 2 or not 0 < top <= whole or top % 1 or whole % 1 or f.number("whole").scale:
        return None
    share, is_fraction = percent(top, whole)
    return Amount(share, unit=f.units.find("%"), fraction=is_fraction)


def multiple(f: Found) -> Amount:
    """Doubled, tenfold, 3-fold; halved is half of it."""
    if "halved" in f:
        return Amount(Decimal(50), unit=f.units.find("%"), direction="down")
    direction: Direction | None = "up" if f["n"].kind == "multiple" else None
    return Amount(f.number("n").value, unit=f.units.find("倍"), direction=direction)


def rank(f: Found) -> Amount | None:
    """Ranked third, No. 1, the second-largest, top five."""
    number, last = f.number("n"), f.before[-1].kind if f.before else ""
    if number.scale or number.value % 1 or ("superlative" in f and number.value < 2):
        return None
    named = last in ("name", "close", "month", "label", "date", "year")
    if f.all[0].kind == "no" and (named or f.following in ("name", "open", "label")):
        return None  # Guofa No. 15, Terminal No. 2, No. 88 Century Avenue
    bound = Bound.AT_MOST if "top" in f else Bound.EXACT
    return Amount(number.value, unit=f.units.find("位"), bound=bound)


def ranks(f: Found) -> list[Token]:
    """From second to sixth: two ranks, or batches, of which `span` makes what it makes of two."""
    unit = f.unit("unit") or f.units.find(str(f["noun"].value) if "noun" in f else "位")
    if unit and unit.kind != "rank":
        unit = unit.ordinal()
    first, last = (
        replace(f[n], kind="amount", value=Amount(Decimal(f.whole(n) or 0), unit=unit))
        for n in ("n", "last")
    )
    to = next(token for token in f.all if token.kind in ("to", "dash"))
    return [f["from"], first, to, replace(last, end=f.all[-1].end)]


def ordinal(f: Found) -> Amount | int | None:
    """The third batch; before another noun only in digits: the 7th port."""
    n = f.whole("n") or 0
    if "tens" in f:
        return n + (f.whole("tens") or 0)
    unit = f.units.find(str(f["noun"].value)) if "noun" in f else None
    if unit and not (unit.id == "次" and n < 3):
        return Amount(Decimal(n), unit=unit if unit.kind == "rank" else unit.ordinal())
    noun = f.following in ("word", "name", "count", *MOVING, "label")
    if unit or not noun or not f["n"].words[0].isdecimal():
        return None
    return Amount(Decimal(n), unit=NO_UNIT.ordinal())


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
    if max(day or 1, last_day or 1) > 31 or (part or 33) not in (33, 34, 35, 36, 40, 41):
        return None
    if year and last_year and year >= last_year:
        return None
    until = Date(last_year or year, last_month or month, last_day)
    ranged = last_year or last_month or last_day
    from_now, from_same = f.whole("now"), f.whole("same")
    return Date(year, month, day, part, until if ranged else None, from_now, from_same)


def dates(f: Found) -> Date | None:
    """From one date to another; the first may leave its year to the second."""
    first, last = f["low"].value, f["high"].value
    if not isinstance(first, Date) or not isinstance(last, Date):
        return None
    return replace(first, year=first.year or last.year).to(last)


def _shared(low: Amount, high: Amount) -> Amount:
    """`low` with the scale and unit that only `high` prints: 3 to 5 million."""
    scale = low.scale
    if scale is None and (low.unit is None or high.unit in (None, low.unit)):
        scale = high.scale
    return replace(low, scale=scale, unit=low.unit or high.unit, below=low.below or high.below)


def span(f: Found) -> Amount | list[Token] | None:
    """Between 3 and 5, 10-15 %, from 5 to 8 million, two or three hours, 4±1."""
    low, high = f.number("low"), f.number("high")
    if low.parts or high.parts or low.bound != high.bound or low.bound != Bound.EXACT:
        return None
    high = replace(high, unit=high.unit or low.unit, below=high.below or low.below)
    both = _shared(low, high)
    ranged = replace(both, bound=Bound.RANGE, spelled=False)
    if "tolerance" in f:
        return replace(ranged, value=low.value - high.value, value_to=low.value + high.value)
    if (both.unit, both.below) != (high.unit, high.below):
        return None
    if "or" in f and (low.unit or high.value > 2 * low.value + 1):
        return None
    if not ("from" in f and direction_before(f.before, anything=True)):
        for scale in (both.scale, low.scale):
            factor = (high.scale.factor if high.scale else 1) / (
                scale.factor if scale else Decimal(1)
            )
            if low.value < high.value * factor:
                return replace(ranged, scale=scale, value_to=high.value * factor)
    if "from" not in f:
        return None
    # From 70 to 35 minutes, grew from 3 to 5 million: two values of one unit.
    return [replace(token, value=both) if token is f["low"] else token for token in f.all]


def compound(f: Found) -> Amount | None:
    """3 hours and 20 minutes."""
    high, low = f.number("low"), f.number("high")
    if not (high.unit and low.unit):
        return None
    made = compound_of([(high.value, high.unit), (low.value, low.unit)])
    return replace(low, value=made[0]) if made else None


def listed(f: Found) -> list[Token] | None:
    """2.1, 3.4 and 5 million tonnes: the scale and unit of the last are those of all."""
    *others, last = (token.value for token in f.all if isinstance(token.value, Amount))
    plain = not any(one.unit or one.scale or one.parts or one.value_to for one in others)
    if not plain or last.value_to or not (last.unit or last.scale):
        return None
    amounts = {id(token): token.value for token in f.all if isinstance(token.value, Amount)}
    return [
        replace(token, value=_shared(amounts[id(token)], last)) if id(token) in amounts else token
        for token in f.all
    ]


def compared(f: Found) -> list[Token] | None:
    """20 % more than last year: a comparison, which bounds nothing that follows."""
    number, than = f.number("n"), f["than"]
    if number.unit is None or number.unit.kind == "count" or not than.words.endswith(" than"):
        return None
    down = than.words.split()[0] in WORDS["moves down"] + WORDS["beside down"]
    moving = replace(than, kind="beside", value="down" if down else "up")
    return [replace(f["n"], kind="mention"), moving]


def bounded(f: Found) -> Amount | None:
    """A number with its qualifiers; what bounds it on one side goes before a mere about."""
    number = f.number("n") if "n" in f else amount(f)
    sides = [token for token in f.all if isinstance(token.value, Bound)]
    if number is None or not sides:
        return number
    measured = number.unit and number.unit.kind not in ("count", "ordinal", "rank")
    bounds = [t.value for t in sides if t.words not in ("within", "inside") or measured]
    bounds.sort(key=lambda bound: bound in (Bound.ABOUT, Bound.EXACT))
    if number.bound is Bound.EXACT and bounds:
        capped = any(token.words == "odd" for token in sides)
        number = replace(number, bound=bounds[0], capped=capped)  # type: ignore[arg-type]
    return replace(number, spelled=False)


def direction_before(before: Sequence[Token], anything: bool = False) -> Direction | None:
    """The direction that a word before says: grew by 5 %; none in grew to 5 million.

    `anything` asks whether what is before grew or fell, to whatever.
    """
    nearest = [token for token in before[-10:] if token.kind not in ("filler", "a")][::-1]
    for at, token in enumerate(nearest):
        ends = token.kind in ("stop", "comma", "mention", "date", "open", "and", "or")
        levels = at == 0 and token.words in ("to", "at", "from", "in", "for") and not anything
        if ends or levels or token.words in _TURNS:
            return None
        beside = at == 0 or (at == 1 and nearest[0].words in ("by", "from"))
        part = at + 1 < len(nearest) and nearest[at + 1].kind == "dash"  # high-rise
        if token.kind in MOVING and not part and (beside or token.kind == "moves"):
            return "up" if token.value == "up" else "down"
    return None
