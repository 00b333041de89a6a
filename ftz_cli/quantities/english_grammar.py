"""The grammar of quantities in English text: productions by level, and what each one builds.

A production makes one token of several. A level is tried from left to right over the tokens that
the level before it left; the first production that builds something is taken. In a pattern a word
is a kind of token or a family of kinds, `label=kind` names the token, and all else is a regular
expression. Behind a production stand examples, which a test reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from ..language import Message, shown
from . import english_words as words
from .english_lexer import Amount, Lexer, Token
from .mention import Direction, Mention
from .quantity import Bound, CannotRead, Quantity
from .units import DATE, NO_UNIT, Unit, Units

# So much of what can't be read is said again.
LONGEST_SHOWN = 100
FAMILIES = {
    "number": "scaled|day|year|whole|decimal",
    "bare": "scaled|day|whole|decimal",
    "plain": "day|year|whole|decimal",
    "small": "one|low|tens",
    "dayth": "day|padded|ordinal",
    "measure": "unit|money|count|quarter|letter",
    "until": "dash|to",
    "side": "before|either",
    "behind": "after|either",
    "noun": "word|name",
}
# How many of a unit make one of another, for 3 hours 20 minutes.
COMPOUNDS = {
    ("小时", "分钟"): 60, ("分钟", "秒"): 60, ("年", "月"): 12, ("天", "小时"): 24, ("周", "天"): 7,
    ("英尺", "英寸"): 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed; each part is None where it is not. `part` is an EDTF part of a year.

    `years` tells a year that is not printed: so many from now, or None for that named before.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    until: Day | None = None
    years: int | None = 0

    def edtf(self, now: int | None, same: int | None) -> str | None:
        """EDTF text; None where the year or the month is not known."""
        year = self.year
        if year is None:
            year = same if self.years is None else now and now + self.years
        if year is None or (self.day and not self.month):
            return None
        finer = [f"{part:02d}" for part in (self.part or self.month, self.day) if part]
        return "-".join([f"{year:04d}", *finer])


class Found:
    """The tokens that a pattern matched, by label, and those that stand before and behind."""

    def __init__(
        self, units: Units, match: re.Match[str], tokens: Sequence[Token], before: list[Token]
    ) -> None:
        self.units, self.before = units, before
        self.all = tokens[match.start() : match.end()]
        self.next = tokens[match.end()] if match.end() < len(tokens) else None
        self.last = before[-1] if before else None
        self.labels = {
            label: tokens[match.start(label)]
            for label in match.re.groupindex
            if match.start(label) >= 0
        }

    def number(self, label: str) -> Amount:
        """The number of that label, one where there is none."""
        value = self.labels[label].value if label in self.labels else 1
        return (
            value if isinstance(value, Amount) else Amount(Decimal(str(value or 1)), spelled=True)
        )

    def whole(self, label: str) -> int | None:
        """The number of that label as a whole one, None where there is none."""
        return int(self.number(label).value) if label in self.labels else None

    def unit(self, label: str) -> Unit | None:
        """The unit of that label."""
        token = self.labels.get(label)
        if token is None or (isinstance(token.value, Unit) and token.kind != "letter"):
            return token.value if token else None  # type: ignore[return-value]
        return self.units.find("人" if token.kind == "capita" else token.words)


def _spelled(f: Found) -> Amount | None:
    """A number in words; None for words that make none (two three)."""
    total, group, place, last = 0, 0, 0, ""
    if f.last and f.last.kind == "half":
        return None
    scale: Unit | None = None
    for token in f.all:
        kind, n = token.kind, token.value
        if kind == "and" and last not in ("hundred", "scale"):
            return None
        if kind == "hundred":
            if group >= 100 or not (group or last == "a"):
                return None
            group, place = (group or 1) * 100, 2
        elif kind == "scale" and isinstance(n, Unit):
            if (scale and n.factor >= scale.factor) or not (group or last == "a"):
                return None
            total, group, scale = total + (group or 1) * int(n.factor), 0, n
        elif isinstance(n, int):
            if group % (10 if n < 10 else 100) or last in ("one", "low"):
                return None
            group, place = group + n, 0
        last = last if kind == "dash" else kind
    if last in ("and", "a") or (len(f.all) == 1 and last == "one"):
        return None
    value = Decimal(total + group)
    if last != "scale" or scale is None:
        return Amount(_to_place(value, place), spelled=True)
    return Amount(_to_place(value / scale.factor, place), scale, spelled=True)


def _to_place(value: Decimal, place: int) -> Decimal:
    """`value` known to the hundreds where those were said last: two hundred is 2E+2."""
    return (value / 10**place).to_integral_value().scaleb(place) if place else value


def _scaled(f: Found) -> Amount | None:
    """1.2 million, two and a half million, half a dozen, 3½, 500k."""
    number, letter, scale = f.number("n"), f.labels.get("letter"), f.unit("scale")
    # 500k is a number; 85m is one only where money or a unit shows that m is no metre.
    if letter and (letter.words != "k" or letter.start != f.all[0].end):
        return None
    value = number.value
    if "half" in f.labels:
        value = value + Decimal("0.5") if "n" in f.labels else Decimal("0.5")
    if "vulgar" in f.labels:
        value += Decimal(str(f.labels["vulgar"].value))
    if "dozen" in f.labels:
        value = (value * 12).to_integral_value()
    scale = letter.value if letter else scale  # type: ignore[assignment]
    if scale and number.scale:
        return None
    return Amount(value, scale or number.scale)


def _vague(_f: Found) -> Message:
    return Message("names no number")


def _date(f: Found) -> Day | None:
    """A date, or a range of dates, of tokens labelled by what they are."""
    year, month, day = f.whole("year"), f.whole("month"), f.whole("day")
    last_year, last_month, last_day = (f.whole(f"last_{n}") for n in ("year", "month", "day"))
    if last_year and year and last_year < 100:
        last_year += year // 100 * 100  # 2012-13
        if last_year != year + 1 and f.all[1].kind == "slash":
            return None
    if max(day or 1, last_day or 1) > 31 or (year and last_year and year >= last_year):
        return None
    same, part = f.labels.get("same"), f.whole("part")
    if "quarter" in f.labels or "half" in f.labels:
        part = (f.whole("n") or 0) + (32 if "quarter" in f.labels else 39)
        if not part <= (36 if "quarter" in f.labels else 41):
            return None
    years = same.value if same else 0
    until = None
    if last_year or last_month or last_day:
        until = Day(last_year or year, last_month or month, last_day, None, None, years)  # type: ignore[arg-type]
    return Day(year, month, day, part, until, years)  # type: ignore[arg-type]


def _month_alone(f: Found) -> Day | None:
    """In May; not the verbs may and march."""
    token = f.all[0]
    sure = f.last is not None and (f.last.kind in ("in", "when", "of", "from", "and", "until"))
    return _date(f) if sure or token.words not in ("may", "march", "mar", "sep") else None


def _first_months(f: Found) -> Day | None:
    """The first five months of 2021, the first three quarters."""
    unit, start = f.unit("unit"), _date(f)
    months = (f.whole("n") or 0) * {"月": 1, "季度": 3}.get(unit.id if unit else "", 0)
    if f.whole("first") != 1 or not 1 < months <= 12 or start is None:
        return None
    return replace(start, month=1, until=replace(start, month=months))


def _iso(f: Found) -> Day | None:
    year, month, day = map(int, re.split("[-/.]", f.all[0].words))
    return Day(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _dates(f: Found) -> Day | None:
    """From one date to another; the first may leave its year to the second."""
    first, last = f.labels["low"].value, f.labels["high"].value
    if not isinstance(first, Day) or not isinstance(last, Day) or first.until or last.until:
        return None
    return replace(first, year=first.year or last.year, until=last)


def _name(f: Found) -> bool | None:
    """A number that is a name: Article 5, Phase two, [3], 9 a.m., 021 5888 1234."""
    first = f.all[0]
    if first.kind == "open" and f.all[1].kind != "day" and first.words != "[":
        return None
    return None if first.kind == "year" or f.number("n").scale else True


def _rate(f: Found) -> Unit | None:
    """Per tonne, per 10,000 people."""
    unit, number = f.unit("per"), f.number("n").value
    if unit is None:
        return f.unit("unit") or (NO_UNIT if "noun" in f.labels else None)
    scales = f.units.scales.values()
    return next((f.units.scaled(s, unit) for s in scales if s.factor == number), None)


def _fraction(f: Found) -> Amount | None:
    """A part as per cent, to three places where it never ends."""
    top = f.number("n").value
    whole = Decimal(2) if "half" in f.labels else f.number("whole").value
    whole = Decimal(4) if "quarter" in f.labels else whole
    later = f.labels.get("whole")
    of_all = whole <= 10 or whole == 100 or (top == 1 and later and later.kind != "year")
    if "in" in f.labels and not of_all:
        return None  # 3 in 2021, 10 out of 23
    if "slash" in f.labels and not (top == 1 or whole <= 10):
        return None  # 24/7, 9/11
    if whole < 2 or not 0 < top <= whole or top % 1 or whole % 1 or f.number("whole").scale:
        return None
    share = (top * 100 / whole).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    plain = share.normalize() if share % 1 else share.quantize(Decimal(1))
    return Amount(plain, unit=f.units.find("%"))


def _multiple(f: Found) -> Amount | None:
    """Doubled, tenfold, 3-fold; halved is half of it."""
    if "halved" in f.labels:
        return Amount(Decimal(50), unit=f.units.find("%"), direction="down")
    direction: Direction | None = "up" if f.all[0].kind == "multiple" else None
    return Amount(f.number("n").value, unit=f.units.find("倍"), direction=direction)


def _ratio(f: Found) -> Amount:
    numbers = tuple(t.value.value for t in f.all if isinstance(t.value, Amount))
    return Amount(numbers[0], parts=numbers)


def _rank(f: Found) -> Amount | None:
    """Ranked third, No. 1, the second-largest, top five."""
    number = f.number("n")
    if number.scale or number.value % 1 or ("superlative" in f.labels and number.value < 2):
        return None
    if f.all[0].kind == "no":
        # Guofa No. 15, Terminal No. 2, No. 88 Century Avenue: names.
        beside = [token.kind for token in (f.last, f.next) if token]
        if (
            f.last and f.last.kind in ("close", "month", "label", "date", "year")
        ) or "name" in beside:
            return None
        if f.next and f.next.kind in ("open", "label"):
            return None
    bound = Bound.AT_MOST if "top" in f.labels else Bound.EXACT
    return Amount(number.value, unit=f.units.find("位"), bound=bound)


def _ordinal(f: Found) -> Amount | int | None:
    """The third batch, the 7th session; before an unknown noun in digits or from the fourth on."""
    nth, noun, n = f.labels["n"], f.unit("noun"), f.whole("n") or 0
    if "tens" in f.labels:
        return n + (f.whole("tens") or 0)
    if noun and not (noun.id == "次" and n < 3):
        return Amount(Decimal(n), unit=noun if noun.kind == "rank" else noun.ordinal())
    if noun or f.next is None or not nth.words[0].isdecimal():
        return None
    named = f.next.kind in ("word", "name", "count", "moving")
    return Amount(Decimal(n), unit=NO_UNIT.ordinal()) if named else None


def _amount(f: Found) -> Amount | None:
    """A number with its unit before or behind, and what it is for each of."""
    number = Amount(Decimal(0)) if "zero" in f.labels else f.number("n")
    if "half" in f.labels:
        number = replace(number, value=Decimal("0.5"))
    if "and_half" in f.labels:
        number = replace(number, value=number.value + Decimal("0.5"))
    unit, money, per = f.unit("unit"), f.unit("money"), f.unit("rate") or f.unit("below")
    if (letter := f.labels.get("letter")) and not number.scale:
        number = replace(number, scale=letter.value)
    elif letter:
        return None
    if "unit" in f.labels and (unit is None or (money and unit.kind != "money")):
        return None
    if unit and "a" in f.labels and unit.kind in ("count", "money", "share", "points", "rank"):
        return None  # about a company
    unit = f.units.find("次") if unit and per and unit.id == "倍" else money or unit
    value = -number.value if "minus" in f.labels else number.value
    below = per if unit and per and per is not NO_UNIT else None
    return replace(
        number, value=value, unit=unit, below=below, spelled=number.spelled and unit is None
    )


def _shared(low: Amount, high: Amount) -> Amount:
    """`low` with the scale and unit that only `high` prints: 3 to 5 million."""
    share = low.scale is None and (low.unit is None or high.unit in (None, low.unit))
    return replace(
        low,
        scale=high.scale if share else low.scale,
        unit=low.unit or high.unit,
        below=low.below or high.below,
    )


def _range(f: Found) -> Amount | list[Token] | None:
    """Between 3 and 5, 10-15 %, from 5 to 8 million, two or three hours."""
    low, high = f.number("low"), f.number("high")
    if low.parts or high.parts or low.bound != high.bound or low.bound != Bound.EXACT:
        return None
    if "tolerance" in f.labels:
        middle, by = _shared(low, high), high.value
        return replace(
            middle, value=low.value - by, value_to=low.value + by, bound=Bound.RANGE, spelled=False
        )
    high = replace(high, unit=high.unit or low.unit, below=high.below or low.below)
    both = _shared(low, high)
    moved = "from" in f.labels and _direction(f.before, changes=True)
    if not moved and "or" in f.labels and (low.unit or high.value > 2 * low.value + 1):
        return None
    for first in (both, replace(both, scale=low.scale)):
        factor = first.scale.factor if first.scale else 1
        value_to = high.value * (high.scale.factor if high.scale else 1) / factor
        if (
            not moved
            and first.value < value_to
            and (first.unit, first.below)
            == (
                high.unit,
                high.below,
            )
        ):
            return replace(first, value_to=value_to, bound=Bound.RANGE, spelled=False)
    if "from" not in f.labels or low.unit not in (None, high.unit):
        return None
    # From 70 to 35 minutes, grew from 3 to 5 million: two values of one unit.
    return [replace(t, value=both) if t is f.labels["low"] else t for t in f.all]


def _compound(f: Found) -> Amount | None:
    """3 hours and 20 minutes."""
    high, low = f.number("low"), f.number("high")
    times = COMPOUNDS.get((high.unit.id, low.unit.id)) if high.unit and low.unit else None
    return replace(low, value=high.value * times + low.value) if times else None


def _list(f: Found) -> list[Token] | None:
    """2.1, 3.4 and 5 million tonnes: the scale and unit of the last are those of all."""
    last = f.all[-1].value
    if not isinstance(last, Amount) or not (last.unit or last.scale) or last.value_to:
        return None
    amounts = [t.value for t in f.all[:-1] if isinstance(t.value, Amount)]
    if any(a.unit or a.scale or a.parts or a.value_to for a in amounts):
        return None
    return [
        replace(t, value=_shared(t.value, last)) if isinstance(t.value, Amount) else t
        for t in f.all
    ]


def _bounded(f: Found) -> Amount | None:
    """A number with its qualifiers; what bounds it on one side goes before a mere about."""
    number = f.number("n") if "n" in f.labels else _amount(f)
    if number is None:
        return None
    unit, sides = number.unit, [t for t in f.all if isinstance(t.value, Bound)]
    measured = unit is not None and unit.kind not in ("count", "ordinal", "rank")
    bounds = [t.value for t in sides if t.words != words.WITHIN or measured]
    bounds.sort(key=[Bound.ABOUT, Bound.EXACT].count)  # type: ignore[arg-type]
    capped = any(t.words == words.CAPPED for t in sides)
    if number.bound is Bound.EXACT and bounds:
        number = replace(number, bound=bounds[0], capped=capped)  # type: ignore[arg-type]
    return replace(number, spelled=number.spelled and not sides)


def _compared(f: Found) -> list[Token] | None:
    """20 % more than last year: a comparison, and no bound on what follows."""
    number, than = f.number("n"), f.labels["than"]
    if number.unit is None or number.unit.kind == "count" or not than.words.endswith(" than"):
        return None
    down = than.words.split()[0] in words.DOWN.split(";")
    moving = replace(than, kind="moving", words="more", value="down" if down else "up")
    return [replace(f.labels["n"], kind="mention"), moving]


def _direction(before: Sequence[Token], changes: bool = False) -> Direction | None:
    """The direction that a word before says: grew by 5 %; none in grew to 5 million.

    `changes` asks whether anything before grew or fell at all.
    """
    before = [token for token in before[-10:] if token.kind != "filler"]
    for at, token in enumerate(reversed(before)):
        ends = token.kind in ("stop", "comma", "mention", "date", "open", "and", "or")
        if ends or token.words in words.TURNS:
            return None
        if at == 0 and token.words in ("to", "at", "from") and not changes:
            return None
        near = at == 0 or (at == 1 and before[-1].words in ("by", "from"))
        if token.kind == "moving" and (near or token.words not in words.ADJACENT):
            return "up" if token.value == "up" else "down"
    return None


@dataclass(frozen=True, slots=True)
class Production:
    """A pattern, the kind of token that it makes, what builds it, and examples.

    Examples are `printed: value unit bound`, set apart by ` | `, with .. between two ends.
    """

    makes: str
    pattern: str
    build: Callable[[Found], object]
    examples: str = ""


P = Production
_YEAR = "(year=year|same=same_year)"
_RATE = "((rate=rate|a below=measure) rate?)?"
_UNTIL = "(dash? to dash?|dash)"
_BEHIND = "((noun|of|in|function){0,4} dash? behind (?!side|amount|filler))?"
LEVELS = (
    (  # Numbers in words.
        P("ordinal", "tens=tens dash? n=ordinal", _ordinal, "the twenty-first session: 21 届"),
        P("scaled", "(a|small) (dash? (small|hundred|scale)|and small){0,12}", _spelled,
          "twenty-five days: 25 天 | one hundred and twenty: 120 | a million yuan: 1 百万元"),
        P("scaled", "(a|small) (dash? (small|hundred|scale)){0,12}", _spelled,
          "between two hundred and three hundred tons: 2E+2..3E+2 吨 range"),
    ),
    (  # Numbers with their scale, and amounts that name no number.
        P("vague", "several (hundred|scale|dozen){1,3} of? | vague of vague (of vague)? of? | vague of",
          _vague, "tens of thousands of jobs: unread | several hundred firms: unread"),
        P("scaled", "(n=number/one/a|half=half a?)? dozen=dozen", _scaled,
          "a dozen ships: 12 艘 | half a dozen: 6 | two dozen: 24"),
        P("scaled", "n=number/one and a? half=half scale=scale?", _scaled,
          "two and a half million: 2.5 百万 | one and a half hours: 1.5 小时"),
        P("scaled", "half=half a? scale=scale | n=plain dash? scale=scale", _scaled,
          "half a million people: 0.5 百万人 | 1.2 million: 1.2 百万 | 3bn yuan: 3 十亿元"),
        P("scaled", "n=plain letter=letter | n=plain vulgar=vulgar", _scaled,
          "500k tonnes: 500 千吨 | 3½ years: 3.5 年"),
        P("rate", "(per|slash) (unit=measure/capita|n=number per=measure|noun=noun)", _rate,
          "12 patents per 10,000 people: 12 项/万人"),
    ),
    (  # Dates.
        P("date", f"month=month day=dayth until last_day=dayth (comma? {_YEAR})?", _date,
          "April 20-25, 2021: 2021-04-20..2021-04-25 date range"),
        P("date", f"(weekday comma?)? month=month day=dayth (comma? of? {_YEAR})? (?!dash? measure)",
          _date, "Tuesday, May 21, 2021: 2021-05-21 date | Mar 31,2017: 2017-03-31 date"),
        P("date", f"day=dayth of? month=month (comma? of? {_YEAR})?", _date,
          "21 May 2021: 2021-05-21 date | the 3rd of May 2021: 2021-05-03 date"),
        P("date", f"month=month {_UNTIL} last_month=month (comma? of? {_YEAR})?", _date,
          "January-May 2021: 2021-01..2021-05 date range"),
        P("date", f"month=month comma? of? {_YEAR}", _date, "mid-May 2021: 2021-05 date"),
        P("date", "month=month", _month_alone),
        P("date", f"n=ordinal dash? quarter=quarter ((of|in|comma)? {_YEAR})? | "
          f"n=ordinal dash? half=half ((of|in|comma)? {_YEAR})?", _date,
          "first half of 2022: 2022-40 date | in the 3rd quarter of 2021: 2021-35 date"),
        P("date", f"part=part_of_year ((of|in|comma|slash)? {_YEAR})? | year=year part=part_of_year",
          _date, "Q1 2023: 2023-33 date | 2021 Q3: 2021-35 date"),
        P("date", f"first=ordinal n=number unit=unit/quarter ((of|in) {_YEAR})?", _first_months,
          "the first three quarters of 2021: 2021-01..2021-09 date range"),
        P("date", "iso", _iso, "2021-05-21: 2021-05-21 date | 2022/1/31: 2022-01-31 date"),
        P("date", "(from|between)? year=year (until|and) last_year=year (?!dash? measure)", _date,
          "between 2019 and 2021: 2019..2021 date range | 2019-2021: 2019..2021 date range"),
        P("date", "year=year (dash|slash) last_year=day/whole/padded (?!dash? measure)", _date,
          "2012-13: 2012..2013 date range"),
        P("date", "(?<=in|of|when) year=year (?!dash? (unit|money|letter)) | same_year year=year",
          _date, "in 2021: 2021 date"),
    ),
    (  # Ranges of dates, and numbers that are names.
        P("date", "(from|between)? low=date (until|and) high=date", _dates,
          "from July 2020 to March 2021: 2020-07..2021-03 date range"),
        P("named", "label no? n=plain/scaled ((dash|slash|comma|and|of) plain){0,9}"
          "(?!dash? (unit|money|scale|letter))", _name),
        P("named", "open n=plain close | n=plain plain{1,9} | n=plain/scaled clock", _name),
        P("named", "n=plain name{1,3} street", _name),
    ),
    (  # Numbers with their units.
        P("amount", "n=number (colon number){1,6}", _ratio, "4:3:3: 4:3:3"),
        P("amount", "n=one/number dash? whole=parts/ordinal | n=one/number quarter=quarter (?=of)"
          " | n=one/number dash quarter=quarter", _fraction,
          "two-thirds: 66.667 % | one fifth: 20 % | three-quarters: 75 %"),
        P("amount", "a whole=ordinal (?=of) | a quarter=quarter", _fraction,
          "a quarter of exports: 25 % | a third of them: 33.333 %"),
        P("amount", "n=one/number in=in/out_of whole=number", _fraction,
          "one in eight: 12.5 % | nine out of ten: 90 %"),
        P("amount", "n=number slash=slash whole=number", _fraction, "1/4: 25 % | 1/400: 0.25 %"),
        P("named", "n=plain slash plain", _name),
        P("amount", "half=half (a|dash)? unit=measure | (n=number/a)? unit=measure and_half=and a half",
          _amount, "half a day: 0.5 天 | two years and a half: 2.5 年"),
        P("amount", "(?<!and) a half=half (?!dash) | (?<!a) half=half (?!dash)", _fraction, "nearly half: 50 % nearly"),
        P("amount", "n=multiple | (?<=before|either|moving) n=multiple_verb | n=number dash? fold"
          " | halved=halved", _multiple,
          "doubled: 2 倍 | a 3-fold rise: 3 倍 | tenfold: 10 倍 | cut in half: 50 %"),
        P("amount", "ranked n=ordinal | no n=number | ranked no? n=plain (?!measure|noun)", _rank,
          "ranked third: 3 位 | No. 1: 1 位 | ranks No. 3: 3 位"),
        P("named", "no n=plain | per ordinal", _name),
        P("amount", "n=ordinal dash? superlative=superlative | first_place", _rank,
          "the second-largest port: 2 位 | topped the list: 1 位"),
        P("amount", "top=top dash? n=number (?!dash? (unit|money))", _rank, "top five: 5 位 at_most"),
        P("amount", "n=ordinal (noun|dash){0,4} noun=ordinal_noun | n=ordinal", _ordinal,
          "third batch: 3 批 | the 7th expo: 7 届 | 10,000th train: 10000"),
        P("amount", f"minus=minus? money=money n=number letter=letter? (dash? unit=money)? {_RATE}",
          _amount, "US$340 million: 340 百万美元 | RMB1.2bn: 1.2 十亿元 | HK$85m: 85 百万港元"),
        P("amount", f"minus=minus? n=number letter=letter dash? unit=unit/count {_RATE}", _amount,
          "3m tonnes: 3 百万吨"),
        P("amount", f"minus=minus? (n=number/one|zero=zero) (dash|of a|count|extra|moving)? unit=measure"
          f" {_RATE}"
          " | n=number dash unit=label", _amount,
          "2,350-meter: 2350 米 | 12 yuan per square meter: 12 元/平方米 | one hour: 1 小时"),
        P("amount", f"n=bare ((noun|dash){{1,4}} count? unit=count)? {_RATE}", _amount,
          "1,790 international ships: 1790 艘 | 450: 450"),
        P("amount", "minus=minus n=number", _amount, "-3.2: -3.2"),
    ),
    (  # Several numbers in one.
        P("amount", "between low=amount (and|until) high=amount | "
          "from=from low=amount/year until high=amount", _range,
          "between 3 and 5 days: 3..5 天 range | from 5 to 8 million: 5..8 百万 range"),
        P("amount", f"low=amount/year ({_UNTIL}|or=or|tolerance=tolerance) high=amount", _range,
          "10-15%: 10..15 % range | two or three hours: 2..3 小时 range | 4±1 ℃: 3..5 ℃ range"),
        P("amount", "low=amount and? high=amount", _compound, "3 hours 20 minutes: 200 分钟"),
        P("list", "amount (comma amount){0,9} comma? (and|or) amount", _list,
          "2.1 and 3.4 percentage points: 2.1 百分点"),
    ),
    (  # Qualifiers, and the years that are left.
        P("list", "n=amount than=before", _compared, "5 % higher than 3 %: 5 %"),
        P("mention", f"side (filler|side|comma filler comma){{0,6}} n=amount/year {_BEHIND}", _bounded,
          "about 30: 30 about | at least some 5 days: 5 天 at_least | within 36 hours: 36 小时 at_most"),
        P("mention", f"n=amount {_BEHIND}", _bounded,
          "3 days or more: 3 天 at_least | 300-odd: 300 over | 300+ firms: 300 over"),
        P("mention", "side (filler|side){0,6} (a=a unit=unit|one)", _bounded,
          "more than a year: 1 年 over | at least one: 1 at_least"),
        P("date", "year=year", _date, "2021: 2021 date"),
    ),
)  # fmt: skip
# Tokens that no pattern begins with.
_PASSIVE = frozenset(
    ["word", "name", "function", "stop", "close", "idiom", "code", "moving", "street", "clock"]
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
        return self._signs.setdefault(kind, chr(0xE000 + len(self._signs)))

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern over kinds as one over signs, a sign a kind."""

        def atom(match: re.Match[str]) -> str:
            kinds = [k for name in match[2].split("/") for k in FAMILIES.get(name, name).split("|")]
            kinds = [k for name in kinds for k in FAMILIES.get(name, name).split("|")]
            signs = "[" + "".join(map(self._sign, kinds)) + "]"
            return f"(?P<{match[1]}>{signs})" if match[1] else signs

        signs = re.sub(r"(?:(\w+)=)?([a-z_]+(?:/[a-z_]+)*)", atom, pattern)
        return re.compile(signs.replace(" ", ""))

    def _parsed(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of text[start:end] once every level is done."""
        tokens = self._lexer.tokens(text, start, end)
        for level in self._levels:
            signs = "".join(self._sign(token.kind) for token in tokens)
            made: list[Token] = []
            at = 0
            while at < len(tokens):
                step = (
                    0 if tokens[at].kind in _PASSIVE else self._step(level, signs, tokens, at, made)
                )
                if not step:
                    made.append(tokens[at])
                at += step or 1
            tokens = made
        return tokens

    def _step(
        self,
        level: list[tuple[re.Pattern[str], Production]],
        signs: str,
        tokens: list[Token],
        at: int,
        made: list[Token],
    ) -> int:
        """How many tokens the first production that builds something from `at` on takes."""
        for pattern, production in level:
            if match := pattern.match(signs, at):
                found = Found(self.units, match, tokens, made)
                value = production.build(found)
                if isinstance(value, list):
                    made.extend(value)
                elif value is not None:
                    first, last = found.all[0], found.all[-1]
                    made.append(Token(production.makes, first.start, last.end, first.words, value))
                if value is not None:
                    return len(found.all)
        return 0

    def quantity(self, amount: Amount) -> Quantity:
        """The quantity that an amount is."""
        unit = amount.unit or NO_UNIT
        unit = self.units.scaled(amount.scale, unit) if amount.scale else unit
        unit = self.units.rate(unit, amount.below) if amount.below else unit
        return Quantity(
            amount.value, unit, amount.bound, amount.value_to, amount.capped, amount.parts
        )

    def find(self, text: str, start: int, end: int, year: int | None = None) -> Iterator[Mention]:
        """The mentions within text[start:end], from left to right, none within another.

        `year` is the one that this year means.
        """
        tokens = self._parsed(text, start, end)
        same: int | None = None
        direction: Direction | None = None
        for at, token in enumerate(tokens):
            first, last = token.start, token.end
            printed = text[first:last]
            if isinstance(token.value, Day):
                quantity = self._date(token.value, year, same)
                why = None if quantity else Message("a date whose year is not printed")
                same = int(str(quantity.value)[:4]) if quantity else same
                yield Mention(first, last, printed, quantity, "date", None, why)
            elif isinstance(token.value, Message):
                yield Mention(first, last, printed, None, "unread", None, token.value)
            elif token.kind == "unread":
                why = Message("'{printed}' is longer than any number", printed=shown(printed, 40))
                yield Mention(first, last, printed, None, "unread", None, why)
            elif token.kind == "mention" and isinstance(token.value, Amount):
                if self._is_name(text, tokens, at):
                    continue
                joined = at > 1 and tokens[at - 1].kind in ("comma", "and", "or", "open")
                if not (joined and tokens[at - 2].kind == "mention"):
                    said = token.value.direction or _direction(tokens[max(0, at - 10) : at])
                    direction = said or self._behind(tokens, at)
                yield Mention(first, last, printed, self.quantity(token.value), direction=direction)

    @staticmethod
    def _behind(tokens: list[Token], at: int) -> Direction | None:
        """The direction that a word behind says: 5 % lower, a 12 % rise."""
        amount = tokens[at].value
        for token in tokens[at + 1 : at + 4]:
            counted = isinstance(amount, Amount) and (
                not amount.unit or amount.unit.kind == "count"
            )
            if token.kind == "moving" and not (counted and token.words in words.ADJACENT):
                return "up" if token.value == "up" else "down"
            if token.kind not in ("word", "dash", "unit"):
                return None
        return None

    @staticmethod
    def _is_name(text: str, tokens: list[Token], at: int) -> bool:
        """Whether a bare number is no quantity but part of a name: Beidou 3, 5-star, 3. at a head."""
        token = tokens[at]
        amount, last = token.value, tokens[at - 1] if at else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if not isinstance(amount, Amount) or amount.unit or amount.scale or amount.parts:
            return False
        if amount.bound is not Bound.EXACT or amount.value_to is not None:
            return False
        printed = text[token.start : token.end]
        named = last is not None and last.kind in _NAMING and text[last.start].isupper()
        if last and named and amount.value < 1000 and at > 1 and last.end + 1 == token.start:
            return text[last.end - 2 : last.end] != "'s"
        if amount.spelled and amount.value < 13:
            return following is None or following.kind not in ("word", "name", "count")
        if following and following.kind == "dash" and following.end < len(text):
            return not text[following.end].isspace()
        before = text[max(0, token.start - 8) : token.start].rpartition("\n")
        head = not before[2].strip(" (") and (bool(before[1]) or token.start < 8)
        listed = following is not None and following.words in (".", ")")
        listed = listed or (
            following is not None and text[following.start].isupper() and "." in printed
        )
        return (head and listed and len(printed) < 4) or (printed.isdecimal() and len(printed) > 6)

    def _date(self, day: Day, now: int | None, same: int | None) -> Quantity | None:
        value = day.edtf(now, same)
        until = day.until.edtf(now, same) if day.until else None
        if value is None or (day.until and until is None):
            return None
        return Quantity(value, DATE, Bound.RANGE if until else Bound.EXACT, until)

    def read(self, text: str, year: int | None = None) -> Quantity:
        """The one quantity in `text`, which may stand among words that say no other.

        Raises CannotRead where there is none, where there are several, and where a number or a
        qualifier is left that belongs to none.
        """
        tokens = self._parsed(text, 0, len(text))
        values = [
            token.value for token in tokens if isinstance(token.value, (Amount, Day, Message))
        ]
        left = [token for token in tokens if token.kind in _TELLING]
        if len(values) == 1 and not left:
            value = values[0]
            if isinstance(value, Amount):
                return self.quantity(value)
            if isinstance(value, Day) and (quantity := self._date(value, year, year)):
                return quantity
            if isinstance(value, Message):
                raise CannotRead("'{printed}' names no number", printed=shown(text, LONGEST_SHOWN))
            raise CannotRead("a date whose year is not printed")
        nth = left[0] if not values and len(left) == 1 else None
        # The 27th is a day of some month, if anything.
        if nth and isinstance(nth.value, int) and (nth.value > 31 or nth.words.isalpha()):
            unit = self.units.find("位") if nth.kind == "ordinal" else NO_UNIT
            return Quantity(Decimal(nth.value), unit or NO_UNIT)
        raise CannotRead(
            "'{printed}' is not a known form of a quantity", printed=shown(text, LONGEST_SHOWN)
        )


# Kinds of word that make a name with a number behind, where they are capitalised.
_NAMING = frozenset({"name", "count", "unit", "multiple_verb", "label"})
# Tokens that say more than the quantity beside them.
_TELLING = frozenset(
    [
        "before",
        "either",
        "after",
        "ordinal",
        "one",
        "unread",
        "named",
        "code",
        "tens",
        "low",
        "hundred",
    ]
)
