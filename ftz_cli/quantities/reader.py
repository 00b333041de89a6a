"""Reading printed quantities: the script of each clause of a text decides which grammar reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, cached_property

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

# More of a cell than this is no printed quantity.
LONGEST_CELL = 400
_HANZI = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile("[A-Za-z]")
# English words are told from codes and unit signs by their small letters.
_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]?[a-z]{2,}(?![a-z0-9])")
_CLAUSE = re.compile(
    r"(?:[^。，、；：！？\n.!?;]+|[.!?;](?![ \n]))*(?:[。，、；：！？\n]+|[.!?;]|$)"
)
# What is Chinese in a clause of English words: with the number before it, 45.8亿元 and 增长3%.
_PIECE = re.compile(
    r"(?:(?:(?<![A-Z])[A-Z]{0,3}[$¥€£])?(?<![0-9.,])[0-9.,]+ ?(?:[mbtr]{1,2}illion ?)?)?"
    rf"{_HANZI.pattern}"
    rf"(?:[^A-Za-z]*{_HANZI.pattern})?"
    r"(?: ?[0-9][0-9.,]*%?(?![0-9.,%]| ?[A-Za-z]))?"
)
# What joins the quantities of a list, and what else may stand in a printed one.
_JOINED = re.compile(" *(?:[、和及与]|以及|,? +and|,|(?P<or>, +or)|(?P<times>[x×*]|by)) *")
_MOVED = [*LISTS["down"], *LISTS["up"], *LISTS["moved_by"], *WORDS["moves"], *WORDS["beside"]]
_LISTING = re.compile(f"(?:{any_of([*_MOVED, '分别', 'by', 'of', 'and'])}|[和及与、，,; ])*")
# A cell with one number whose digits say nothing of the words around it.
_ONE_NUMBER = re.compile(r"([^0-9]*)((?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?)([^0-9]*)")


class Reader:
    """Reads printed quantities in Chinese and English with a given set of units.

    `lookalikes` hold a numeral and are no number in running text (一起, 千方百计).
    """

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units, self._lookalikes = units, frozenset(lookalikes)
        self._read_before: dict[tuple[str, str], Quantity] = {}
        self._moved = cache(self._first_direction)

    # Made for the first text of the language: each takes a tenth of a look-up.
    @cached_property
    def _chinese(self) -> ChineseGrammar:
        return ChineseGrammar(self.units, self._lookalikes)

    @cached_property
    def _english(self) -> EnglishGrammar:
        return EnglishGrammar(self.units)

    def read(self, printed: str, year: int | None = None, same_year: int | None = None) -> Quantity:
        """The quantity that all of `printed` says, its value as printed: 缩短31% is 31 %.

        `year` is the one that 今年 means, `same_year` the one that 同年 means. Raises CannotRead,
        with the reason, for anything else; nothing is guessed.
        """
        one = _ONE_NUMBER.fullmatch(printed)
        form = (one[1], one[3]) if one else ("", "")
        if one and (known := self._read_before.get(form)):
            # dataclasses.replace takes twice as long, which every figure of a load would pay.
            return Quantity(Decimal(one[2]), known.unit, known.bound, capped=known.capped)
        text, years = fold(printed).strip(), {"now": year, "same": same_year}
        if len(text) > LONGEST_CELL:
            raise CannotRead("'{printed}' is longer than any number", printed=shown(printed, 40))
        chinese = _HANZI.search(text) or not _LETTER.search(text)
        said = (self._chinese if chinese else self._english).read(text, years)
        plain = one and said.value == Decimal(one[2]) and said.value_to is None and not said.parts
        # Nought tells nothing: 0成 is 0 %, 1成 is 10 %.
        if plain and said.value and said.unit.kind not in ("date", "duration", "ordinal", "rank"):
            self._read_before[form] = said
        return said

    def read_all(
        self, printed: str, year: int | None = None, same_year: int | None = None
    ) -> list[Quantity]:
        """Every quantity that `printed` lists: 减少了5.92小时和0.94个小时.

        Raises CannotRead where it holds none, one that can't be read, or another word than those
        that join quantities or say in which direction they went.
        """
        try:
            return [self.read(printed, year, same_year)]
        except CannotRead:
            mentions, rest = list(self.find(printed, same_year or year)), printed
            said = [mention.quantity for mention in mentions if mention.quantity]
            for mention in reversed(mentions):
                rest = rest[: mention.start] + rest[mention.end :]
            if not said or len(said) < len(mentions) or not _LISTING.fullmatch(rest.lower()):
                raise
            return said

    def direction(self, printed: str) -> Direction | None:
        """In which direction `printed` says that it went: 缩短31% and fell 3.2% are down."""
        return self._moved(re.sub("[0-9.,]+", "7", printed))  # no digit says where it went

    def _first_direction(self, words: str) -> Direction | None:
        return next(filter(None, (mention.direction for mention in self.find(words))), None)

    def find(
        self, text: str, year: int | None = None, heads: Heads | None = None
    ) -> Iterator[Mention]:
        """Every number mention in `text`, from left to right, none within another.

        `heads` are those of a line, from `headed_lines`; without them a text has its own.
        """
        folded, years = fold(text), Years(now=year)
        heads = headed(folded, self.units) if heads is None else heads
        last: Mention | None = None
        for start, end, script in stretches(folded):
            grammar = self._english if script == "en" else self._chinese
            for mention in grammar.find(folded, start, end, years, heads):
                mention = self._beside(mention, folded, script)
                mention = mention._replace(start=max(mention.start, last.end if last else 0))
                # 增长5%和3%, fell 268 points, or 1.3 %: what the first did, the next did too.
                said, direction = mention.quantity, mention.direction
                joint = last and _JOINED.fullmatch(folded, last.end, mention.start)
                if joint and last and last.quantity and said:
                    alike = joint["or"] or last.quantity.unit.base == said.unit.base
                    direction = direction or (last.direction if alike else None)
                    if joint["times"] and alike:  # up to 56 x 36 cm
                        said = replace(said, bound=last.quantity.bound)
                printed = text[mention.start : mention.end]
                last = mention._replace(printed=printed, quantity=said, direction=direction)
                if said and said.edtf and not edtf.exists(said.edtf):
                    why = Message("no such date: {date}", date=said.edtf)
                    last = last._replace(quantity=None, kind="unread", why=why)
                yield last

    def _beside(self, mention: Mention, text: str, script: str) -> Mention:
        """A mention with what words of the other language beside it say: nearly 3亿元."""
        (start, end), said = mention[:2], mention.quantity
        before, behind = text[max(start - 40, 0) : start], text[end : end + 40]
        letter = _HANZI.pattern if script == "en" else "[a-z]"
        beside = re.search(f"{letter} ?$", before) or re.match(f" ?{letter}", behind)
        if not beside or said is None or said.edtf:
            return mention
        other = self._chinese if script == "en" else self._english
        for one in other.find(f"{before}7%{behind}", 0, len(before) + 2 + len(behind), Years()):
            if one.start <= len(before) < one.end and one.quantity:
                bound, direction = one.quantity.bound, mention.direction or one.direction
                if bound is Bound.RANGE:  # 3 to 5亿元
                    why = Message(UNREAD["unread"])
                    return mention._replace(quantity=None, kind="unread", why=why)
                if said.bound is Bound.EXACT and bound is not Bound.EXACT:
                    said = replace(said, bound=bound, capped=one.quantity.capped)
                    start, end = start - len(before) + one.start, end + one.end - len(before) - 2
                return mention._replace(start=start, end=end, quantity=said, direction=direction)
        return mention


def stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Neighbouring clauses of one script of `text`: start, end, and zh or en.

    A clause with more English words than Chinese characters count for two is English, but for the
    pieces that are Chinese. One with neither (450, US$3m) is read as the clause before it, the
    first ones as the one behind.
    """
    start, script, at = 0, "", 0
    for end, found in _scripts(text):
        if end == at:
            continue
        if found and script and found != script:
            yield start, at, script
            start = at
        script, at = found or script, end
    if text:
        yield start, len(text), script or ("en" if _LETTER.search(text) else "zh")


def _scripts(text: str) -> Iterator[tuple[int, str]]:
    """Where each clause or piece of one ends, and its script; empty where it has neither."""
    at = 0
    while at < len(text):
        clause = _CLAUSE.match(text, at)
        end = max(clause.end() if clause else 0, at + 1)
        words, characters = (len(one.findall(text, at, end)) for one in (_WORD, _HANZI))
        english = 2 * words > characters
        for piece in _PIECE.finditer(text, at, end) if english and characters else ():
            yield piece.start(), "en"
            yield piece.end(), "zh"
        yield end, "en" if english else "zh" if characters else ""
        at = end
