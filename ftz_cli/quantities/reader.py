"""Reading printed quantities: the script of a text, clause by clause, decides which grammar reads.

A new qualifier goes into `chinese_words` or `english_words`, a new form into the productions of
`chinese_grammar` or `english_grammar`, a new unit into the data (`db/units.csv`), a word that only
looks like a number into `language/lookalikes.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..language import shown
from .chinese_reader import ChineseGrammar
from .dates import Years
from .english_grammar import EnglishGrammar
from .mention import Mention
from .quantity import CannotRead, Quantity
from .signs import fold
from .units import Units

# More of a cell than this is no printed quantity.
LONGEST_CELL = 400
_LONGEST_SHOWN = 100
_HANZI = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile("[A-Za-z]")
# English words are told from codes and unit signs by their small letters.
_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]?[a-z]{2,}(?![a-z0-9])")
_CLAUSE = re.compile(
    r"(?:[^。，、；：！？\n.!?;]|[.!?;](?![ \n]))*(?:[。，、；：！？\n]+|[.!?;]|$)"
)


class Reader:
    """Reads printed quantities in Chinese and English with a given set of units.

    `lookalikes` are words that hold a numeral and are no number (一起, 千方百计); they count in
    running text only, where `find` looks for mentions.
    """

    def __init__(self, units: Units, lookalikes: Iterable[str] = ()) -> None:
        self.units = units
        self._chinese = ChineseGrammar(units, frozenset(lookalikes))
        self._english = EnglishGrammar(units)

    def read(self, printed: str, year: int | None = None, same_year: int | None = None) -> Quantity:
        """The quantity that all of `printed` says, its value as printed: 缩短31% is 31 %.

        `year` is the one that 今年 means, `same_year` the one that 同年 means. Raises CannotRead,
        with the reason, for anything else; nothing is guessed.
        """
        text = fold(printed).strip()
        if len(text) > LONGEST_CELL:
            raise CannotRead("'{printed}' is longer than any number", printed=shown(printed, 40))
        if _HANZI.search(text) or not _LETTER.search(text):
            return self._chinese.read(text, Years(year, same_year))
        try:
            return self._english.read(text, same_year or year)
        except CannotRead as error:
            try:
                return self._chinese.read(text, Years(year, same_year))
            except CannotRead:
                raise error from None

    def read_all(
        self, printed: str, year: int | None = None, same_year: int | None = None
    ) -> list[Quantity]:
        """Every quantity that `printed` lists: 减少了5.92小时和0.94个小时.

        Raises CannotRead where it holds none, one that can't be read, or another word than those
        that join quantities or say in which direction they went.
        """
        try:
            return [self.read(printed, year, same_year)]
        except CannotRead as error:
            found = list(self.find(printed, same_year or year))
            said = [mention.quantity for mention in found if mention.quantity is not None]
            rest = _without(fold(printed), found)
            if not said or len(said) < len(found) or not self._chinese.joins(rest):
                raise error from None
            return said

    def find(self, text: str, year: int | None = None) -> Iterator[Mention]:
        """Every number mention in `text`, from left to right, none within another."""
        folded, years = fold(text), Years(year)
        for start, end, script in stretches(folded):
            if script == "en":
                found = self._english.find(folded, start, end, years.same or years.now)
            else:
                found = self._chinese.find(folded, start, end, years)
            for mention in found:
                if mention.quantity and isinstance(mention.quantity.value, str):
                    years = Years(year, int(mention.quantity.value[:4]))
                yield replace(mention, printed=text[mention.start : mention.end])


def _without(text: str, found: list[Mention]) -> str:
    """What of `text` is no mention."""
    at, rest = 0, []
    for mention in found:
        rest.append(text[at : mention.start])
        at = mention.end
    return "".join((*rest, text[at:]))


def stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Neighbouring clauses of one script: start, end, and zh or en.

    A clause with more English words than Chinese characters count for two is English. One with
    neither (450, US$3m) is read as the clause before it, the first ones as the one behind.
    """
    start, script, at = 0, "", 0
    while at < len(text):
        clause = _CLAUSE.match(text, at)
        end = max(clause.end() if clause else 0, at + 1)
        found = _script(text[at:end])
        if found and script and found != script:
            yield start, at, script
            start = at
        script, at = found or script, end
    if text:
        yield start, len(text), script or ("en" if _LETTER.search(text) else "zh")


def _script(clause: str) -> str:
    words = len(_WORD.findall(clause))
    characters = len(_HANZI.findall(clause))
    return "en" if 2 * words > characters else "zh" if characters else ""
