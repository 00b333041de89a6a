"""Reading printed quantities: the script of each clause of a text decides which grammar reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import count

from ..language import Message, shown
from ..language.signs import fold
from . import edtf
from .chinese_grammar import ChineseGrammar
from .dates import LISTS, Years
from .engine import UNREAD
from .english_grammar import WORDS, EnglishGrammar
from .heads import Heads, headed
from .patterns import any_of
from .quantity import Bound, CannotRead, Direction, Mention, Quantity
from .units import Units

# A longer cell is not read.
LONGEST_CELL = 400
_HANZI = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile("[A-Za-z]")
# An English word has small letters; codes and signs of units have none or one.
_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]?[a-z]{2,}(?![a-z0-9])")
_CLAUSE = re.compile(
    r"(?:[^。，、；：！？\n.!?;,]+|[.!?;](?![ \n])|,(?! [A-Za-z]))*"
    r"(?:[。，、；：！？\n]+|[.!?;,]|$)"
)
# A number beside a Chinese character makes a clause Chinese: exports of 45.8亿元.
_CHINESE_NUMBER = re.compile(
    rf"[0-9] ?{_HANZI.pattern}|{_HANZI.pattern} ?(?:[A-Z]{{0,3}}[$¥€£])?[0-9]"
)
# An English bound right before and right behind a number.
_LIMITS = any_of([*WORDS["before"], *WORDS["than"]])
_BOUND_BEFORE = re.compile(rf"(?i)(?:(?<![a-z]){_LIMITS}|[0-9] (?:to|and)) ?$")
_BOUND_BEHIND = re.compile(rf"(?i),? ?{any_of([*WORDS['after'], *WORDS['capped']])}(?! ?[0-9])")
# What joins the quantities of a list, and what else may stand in a printed one.
_JOINED = re.compile(
    " *(?:[、和及与]|以及|,? +and|,|(?P<or>, +or)|(?P<times>[x×*]|by)"
    f"|(?P<limited>[及和与或并](?:[处處]?{any_of(LISTS['verb'])}|監禁)+)) *"
)
_MOVED = [*LISTS["down"], *LISTS["up"], *LISTS["moved_by"], *WORDS["moves"], *WORDS["beside"]]
_LISTING = re.compile(
    f"(?:{any_of(_MOVED)}(?:[至到]| to )?|分别|by|of|and|or|from|[和及与由从的、，,; ])*"
)
# What joins the old and the new level of a change; a mere "to" does behind "from" only.
_CHANGED_TO = re.compile(
    "(?P<verb>(?:收窄|缩小|扩大|加大|放缓|回落|回升|加快)[至到]"
    "|,? (?:narrow|slow|widen|eas|deepen|quicken|accelerat)ed to )| to "
)
# A cell with one number whose digits say nothing of the words around it; eight may be a date.
_ONE_NUMBER = re.compile(r"([^0-9]*)((?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?)([^0-9]*)")


class Reader:
    """Reads printed quantities in Chinese and English with a given set of units.

    `lookalikes` are words that contain a numeral, but are not numbers in a text (一起, 千方百计).
    """

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units, words = units, frozenset(lookalikes)
        # A grammar is built for the first text of its language: each takes a tenth of a look-up.
        self._grammar = cache(
            lambda script: EnglishGrammar(units) if script == "en" else ChineseGrammar(units, words)
        )
        self._read_before: dict[tuple[str, str], Quantity] = {}
        self._directions = lru_cache(maxsize=4096)(
            lambda words: [mention.direction for mention in self.find(words)]
        )

    def read(self, printed: str, year: int | None = None, same_year: int | None = None) -> Quantity:
        """The quantity that all of `printed` says, its value as printed: 缩短31% is 31 %.

        `year` is the one that 今年 means, `same_year` the one that 同年 means. Raises CannotRead,
        with the reason, for anything else; nothing is guessed.
        """
        number = _ONE_NUMBER.fullmatch(printed)
        form = (number[1], number[3]) if number else ("", "")
        if number and (known := self._read_before.get(form)):
            return _with_number(known, number[2])
        text, years = fold(printed).strip(), {"now": year, "same": same_year}
        if len(text) > LONGEST_CELL:
            raise CannotRead("'{printed}' is longer than any number", printed=shown(printed, 40))
        chinese = _HANZI.search(text) or not _LETTER.search(text)
        quantity = self._grammar("zh" if chinese else "en").read(text, years)
        simple = number and quantity == _with_number(quantity, number[2])
        # A zero is the same in any unit: 0成 is 0 %, but 1成 is 10 %.
        if simple and quantity.value and quantity.unit.kind not in ("duration", "ordinal", "rank"):
            self._read_before[form] = quantity
        return quantity

    def read_all(
        self, printed: str, year: int | None = None, same_year: int | None = None
    ) -> list[Quantity]:
        """Every quantity that `printed` lists: 减少了5.92小时和0.94个小时.

        Raises CannotRead if one can't be read, or for a word that neither joins nor moves them.
        """
        try:
            return [self.read(printed, year, same_year)]
        except CannotRead:
            mentions, rest = list(self.find(printed, same_year or year)), printed
            quantities = [mention.quantity for mention in mentions if mention.quantity]
            for mention in reversed(mentions):
                rest = rest[: mention.start] + rest[mention.end :]
            readable = quantities and len(quantities) == len(mentions)
            if not readable or not _LISTING.fullmatch(rest.lower()):
                raise
            return quantities

    def direction(self, printed: str) -> Direction | None:
        """The direction in which `printed` says that a value moved: 缩短31% is down."""
        # The digits decide nothing but the order of a range, so that like cells are read once.
        numbers = count(7)
        words = re.sub("[0-9.,]+", lambda _: str(next(numbers)), printed)
        return next(filter(None, self._directions(words)), None)

    def find(
        self, text: str, year: int | None = None, heads: Heads | None = None,
        same_year: int | None = None,
    ) -> Iterator[Mention]:  # fmt: skip
        """Every number mention in `text`, from left to right; mentions don't overlap.

        `year` is the one that 今年 means, `same_year` that of a date without a year.
        `heads` are those of a line, from `headed_lines`; by default they are found in `text`.
        """
        folded, years = fold(text), Years(now=year, same=same_year)
        heads = headed(folded, self.units) if heads is None else heads
        last: Mention | None = None
        for start, end, script in stretches(folded):
            for mention in self._grammar(script).find(folded, start, end, years, heads):
                if last:
                    mention = _continued(mention, last, folded)
                last = mention._replace(printed=text[mention.start : mention.end])
                if why := _unread_reason(mention, folded, script):
                    last = last._replace(quantity=None, kind="unread", why=why)
                yield last


def _with_number(known: Quantity, number: str) -> Quantity:
    # dataclasses.replace takes twice as long, which every figure of a load would pay.
    return Quantity(Decimal(number), known.unit, known.bound, capped=known.capped)


def _unread_reason(mention: Mention, text: str, script: str) -> Message | None:
    """Why a mention has no known value: no such day, or an English bound of a Chinese number."""
    quantity = mention.quantity
    if quantity and quantity.edtf and not edtf.exists(quantity.edtf):
        return Message("no such date: {date}", date=quantity.edtf)
    if script == "en" or quantity is None or quantity.bound is not Bound.EXACT:
        return None
    words_before = text[max(mention.start - 40, 0) : mention.start]
    bounded = _BOUND_BEFORE.search(words_before) or _BOUND_BEHIND.match(text, mention.end)
    return Message(UNREAD["unread"]) if bounded else None


def _continued(mention: Mention, last: Mention, text: str) -> Mention:
    """A mention with what the last one says of both: 增长5%和3%, fell 268 points, or 1.3 %."""
    first, quantity = last.quantity, mention.quantity
    if first is None or quantity is None:
        return mention
    same_base, direction = first.unit.base == quantity.unit.base, mention.direction
    if joint := _JOINED.fullmatch(text, last.end, mention.start):
        negative = str(quantity.value).startswith("-")
        of_whole = text.startswith(" of ", mention.end)  # and 30 percent of exports went there
        if (same_base or joint["or"]) and not (joint["limited"] or negative or of_whole):
            direction = direction or last.direction
        # Up to 56 x 36 cm; 最高可处罚款5万元及监禁6个月.
        limited = joint["limited"] and last.printed[0] == "最" and quantity.bound is Bound.EXACT
        if limited or (joint["times"] and same_base):
            quantity = replace(quantity, bound=first.bound)
    elif same_base and first.unit.kind == "share" and not direction:
        # 降幅由5.2%收窄至3.2%, growth slowed from 5 percent to 3 percent: the same sign.
        changed = _CHANGED_TO.fullmatch(text, last.end, mention.start)
        if changed and (changed["verb"] or text.startswith("from ", max(last.start - 5, 0))):
            direction = last.direction
    return mention._replace(quantity=quantity, direction=direction)


def stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Neighbouring clauses of one script of `text`: start, end, and zh or en.

    A clause is English if it has more than half as many English words as Chinese characters, and
    no number beside one. A clause without either (450, US$3m) has the script of the clause before
    it; at the beginning, of the one behind it.
    """
    start, script, at = 0, "", 0
    while at < len(text):
        clause = _CLAUSE.match(text, at)
        end = max(clause.end() if clause else 0, at + 1)
        words, characters = (len(sign.findall(text, at, end)) for sign in (_WORD, _HANZI))
        english = 2 * words > characters and not _CHINESE_NUMBER.search(text, at, end)
        found = "en" if english else "zh" if characters else script
        if script and found != script:
            yield start, at, script
            start = at
        script, at = found, end
    if text:
        yield start, len(text), script or ("en" if _LETTER.search(text) else "zh")
