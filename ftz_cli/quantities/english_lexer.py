"""English text cut into tokens: numbers, units, and the words that bear on a quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from . import english_words as words
from .quantity import Bound
from .units import Unit, Units

# Longer numbers would lose digits in arithmetic; no published figure has so many.
LONGEST_NUMBER = 24
_LONGEST_PHRASE = 6
_RAW = re.compile(
    r"(?P<iso>(?:1[89]|20)\d\d(?P<by>[-/.])\d\d?(?P=by)\d\d?(?![\d./-]))"
    # Names and addresses that hold digits: links, phone numbers, times of day, 5+3+2.
    r"|(?P<code>(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|\+\d{1,3}[ -]\d[\d -]{5,20}\d"
    r"|\(?\b0\d{2,3}\)?[- ]\d{3,8}(?:[- ]\d{3,4})?\b|\d+(?:[+*]\d+)+|\d+(?:-\d+){2,}"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:]))"
    r"|(?P<unread>\d[\d.,]*(?:[eE][+-]?\d+|\^\d+)(?!\w))"
    r"|(?P<spaced>\d{1,3}(?: \d{3})+(?= ?[^\W\d_]))"
    r"|(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?!\d)(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<word>[A-Z]{0,3}[$¥£€₩₹]|°[CF]?|[HQ][1-4]\b|[A-Za-z](?:\.[A-Za-z])+\b\.?|k?m[23]\b"
    r"|[^\W\d_]+(?:'[^\W\d_]+)?[²³]?)"
    r"|(?P<sign>\S)"
)
# What a number is glued to that makes a name of both: A380, 5G, 1990s, 1.2.3.
_GLUED = re.compile(r"\w+(?:[-/+:.,]\w+)*")
_LETTERS = re.compile(r"[^\W\d_]+[²³23]?")
# 1.2.3 and 12,34 are no numbers; in May 21,2021 the comma parts two.
_GOES_ON = re.compile(r"\.\d|,\d(?!\d{3}\b)|/[A-Z]\b")
# What a number may be glued to and stay one: RMB1.2, No.3, Oct.5.
_GLUES = frozenset({"money", "no", "month", "when"})
_SHORTENED = frozenset({"month", "unit", "no", "label", "before", "when"})
_GAP = re.compile(r"[ \n]{1,3}|-|/|\. ?")
_NAMED_SIGNS = {"(": "open", "[": "open", ")": "close", "]": "close", "-": "dash"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what was printed around it, before it is a quantity.

    `scale` is the million of 3 million, `below` the year of 3 tonnes a year; `spelled` marks a
    number in words.
    """

    value: Decimal
    scale: Unit | None = None
    unit: Unit | None = None
    below: Unit | None = None
    value_to: Decimal | None = None
    bound: Bound = Bound.EXACT
    capped: bool = False
    parts: tuple[Decimal, ...] = ()
    spelled: bool = False
    direction: Literal["up", "down"] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: its kind, where it stands, its words in lower case, what it says."""

    kind: str
    start: int
    end: int
    words: str = ""
    value: object = None


class Lexer:
    """Cuts texts into tokens, with the spellings of `units` among the known words."""

    def __init__(self, units: Units) -> None:
        # Abbreviations and months count only as they are written, other words in any case.
        self._exact: dict[str, tuple[str, object]] = {}
        self._folded: dict[str, tuple[str, object]] = {}
        self._longest: dict[str, int] = {}
        for kind, phrases in words.KINDS.items():
            self._add(kind, phrases)
        for kind, table in (
            ("multiple", words.MULTIPLES), ("same_year", words.SAME_YEAR),
            ("part_of_year", words.PARTS_OF_YEAR), ("multiple_verb", words.MULTIPLE_VERBS),
        ):  # fmt: skip
            for number, phrases in table.items():
                self._add(kind, phrases, number)
        for kind, numbers in (
            ("low", words.ONES), ("tens", words.TENS),
            ("ordinal", words.ORDINALS), ("vulgar", words.VULGAR),
            ("parts", {f"{word}s": n for word, n in words.ORDINALS.items() if n > 2}),
        ):  # fmt: skip
            for word, number in numbers.items():
                self._add(kind, word, number)
        for number, names in enumerate(words.MONTHS.split(), 1):
            self._add("month", names, number, exact=True)
        for bound, phrases in words.AFTER.items():
            also_before = words.BEFORE[bound].split(";")
            for phrase in phrases.split(";"):
                self._add("either" if phrase in also_before else "after", phrase, bound)
        for bound, phrases in words.BEFORE.items():
            self._add("before", phrases, bound)
        for id, phrases in words.ORDINAL_NOUNS.items():
            self._add("ordinal_noun", phrases, units.find(id))
        self._add("moving", words.UP, "up")
        self._add("moving", words.DOWN, "down")
        for name, unit in units.scales.items():
            if name.isascii() and " " not in name and unit.factor > 100:
                self._add("scale", name, unit)
        for letter, name in words.SCALE_LETTERS.items():
            if name in units.scales:
                self._add("letter", letter, units.scales[name], exact=True)
        for name, unit in units.spellings.items():
            if not any(sign > "⺀" for sign in name):
                kind = unit.kind if unit.kind in ("money", "count") else "unit"
                self._add(kind, name, unit, exact=len(name) < 4)
        for id, phrases in words.COMPOSED_UNITS.items():
            self._add("unit", phrases, units.find(id))
        self._add("function", words.FUNCTION)

    def _add(self, kind: str, phrases: str, value: object = None, exact: bool = False) -> None:
        for phrase in phrases.split(";"):
            key = _key(phrase)
            if exact:
                self._exact.setdefault(key, (kind, value))
            else:
                self._folded.setdefault(key.lower(), (kind, value))
            first, _, _rest = key.lower().partition(" ")
            longest = max(self._longest.get(first, 0), key.count(" ") + 1)
            self._longest[first] = min(longest, _LONGEST_PHRASE)

    def known(self, phrase: str) -> tuple[str, object] | None:
        """The kind and value of a phrase whose words are set apart by one space."""
        return self._exact.get(phrase) or self._folded.get(phrase.lower())

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of text[start:end]."""
        made: list[Token] = []
        at = start
        while raw := _RAW.search(text, at, end):
            token = self._token(text, raw, end, made[-1] if made else None)
            made.append(token)
            at = token.end
        return made

    def _token(self, text: str, raw: re.Match[str], end: int, last: Token | None) -> Token:
        kind, (start, stop) = str(raw.lastgroup), raw.span()
        kind = "iso" if raw["iso"] else kind
        if kind == "digits" or kind == "spaced":
            return self._number(text, raw, end, last)
        if kind == "word":
            return self._phrase(text, start, stop, end)
        if kind == "sign":
            sign = raw[0]
            tight = text[start + 1 : start + 2].isdecimal()
            after_word = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "%)")
            if sign in "-~" and tight and not after_word:
                bound = Bound.ABOUT if sign == "~" else None
                return Token("before" if bound else "minus", start, stop, sign, bound)
            known = self.known(sign)
            kind, value = known or (_NAMED_SIGNS.get(sign, "stop"), None)
            return Token(kind, start, stop, sign, value)
        return Token(kind, start, stop, raw[0])

    def _number(self, text: str, raw: re.Match[str], end: int, last: Token | None) -> Token:
        printed, (start, stop) = raw[0], raw.span()
        if raw["spaced"] and last is not None and last.kind in ("month", "in", "when"):
            printed = printed.partition(" ")[0]  # in May 21 300 ships called
            stop = start + len(printed)
        before = text[start - 1 : start]
        joined = before.isalnum() and (last is None or last.kind not in _GLUES)
        if before == "-" and text[start - 2 : start - 1].isalpha():
            joined = self._is_word(text, start - 1)
        letters = _LETTERS.match(text, stop, end)
        suffix = letters[0] if letters else ""
        if suffix in ("st", "nd", "rd", "th") and printed.replace(",", "").isdecimal():
            value = int(printed.replace(",", ""))
            return Token("ordinal", start, stop + 2, printed, value)
        strange = suffix and (self.known(suffix) or ("word",))[0] not in (
            "unit", "money", "count", "scale", "letter", "clock", "month", "vulgar",
        )  # fmt: skip
        cut = _GOES_ON.match(text, stop, end)
        zeros = len(printed) > 1 and printed[0] == "0" and printed[1].isdecimal()
        if zeros and len(printed) == 2 and not (joined or strange or cut):
            return Token("padded", start, stop, printed, Amount(Decimal(printed)))
        if joined or strange or cut or zeros:
            glued = _GLUED.match(text, start, end)
            return Token("code", start, glued.end() if glued else stop, printed)
        if len(printed) > LONGEST_NUMBER:
            return Token("unread", start, stop, printed)
        value = Decimal(re.sub("[, ]", "", printed))
        kind = "decimal"
        if printed.isdecimal():
            four = len(printed) == 4 and 1800 <= value < 2100
            kind = "year" if four else "day" if 1 <= value <= 31 else "whole"
        return Token(kind, start, stop, printed, Amount(value))

    def _is_word(self, text: str, dash: int) -> bool:
        """Whether what a dash joins to a number is a word of no other meaning: COVID-19."""
        word = re.search(r"[^\W\d_]+$", text[max(0, dash - 30) : dash])
        return word is not None and (self.known(word[0]) or ("word",))[0] in ("word", "function")

    def _phrase(self, text: str, start: int, stop: int, end: int) -> Token:
        """The longest known phrase that begins here, or one word."""
        parts, ends = [_plain(text[start:stop])], [stop]
        longest = self._longest.get(parts[0].lower(), 1)
        while len(parts) < longest and (gap := _GAP.match(text, ends[-1], end)):
            raw = _RAW.match(text, gap.end(), end)
            if raw is None or raw.lastgroup != "word":
                break
            parts.append(_plain(raw[0]))
            ends.append(raw.end())
        for count in range(len(parts), 0, -1):
            phrase = " ".join(parts[:count])
            if known := self.known(phrase):
                kind, value = known
                stop = ends[count - 1]
                if kind == "no" and not (text[start].isupper() or text[stop : stop + 1] == "."):
                    kind = "function"
                # The full stop of an abbreviation: Aug. 26, approx. 300, No. 3.
                if (
                    kind in _SHORTENED
                    and text[stop : stop + 1] == "."
                    and re.match(r"\. ?[\da-z~$]", text[stop : stop + 3])
                ):
                    stop += 1
                return Token(kind, start, stop, phrase.lower(), value)
        name = text[start].isupper()
        return Token("name" if name else "word", start, ends[0], parts[0].lower())


def _plain(word: str) -> str:
    return word.replace(".", "").removesuffix("'s")


def _key(phrase: str) -> str:
    """A phrase as the lexer joins its words: sq. km, sq-km and sq/km are sq km."""
    return " ".join(re.sub(r"(?<=\w)[-./]+ ?(?=\w)|\.$", " ", phrase).split())
