"""The tokens of English text, and the builders of english_productions.csv."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from . import amounts
from .dates import LATIN_DATE, Date, date_of, dated
from .engine import FAMILIES, Amount, Found, Grammar, Token
from .patterns import HANZI, any_of, word_lists
from .units import Unit, Units

# The phrases of each kind of token, with their values. A phrase of several kinds is of the first.
# A hyphen, a full stop or a slash between words is like a space: `sq km` is also sq-km.
WORDS = word_lists("english_amounts")
WORDS["denominator"] = {f"{word}s": n for word, n in WORDS["ordinal"].items() if n > 2}
# What follows a number directly and makes a name of both: 5G, 1990s, 1.2.3, 12,34, 1/F. The comma
# of Mar 31,2017 separates two numbers.
_SUFFIX = re.compile(r"[^\W\d_]+(?:[²³]|[23](?!\d))?")
_GOES_ON = re.compile(r"[.,]?·|\.\d|,(?!(?:19|20)\d\d\b)\d|/[A-Z]\b")
_CODE = re.compile(r"\w+(?:(?:[-/+:]|[.,·]+)\w+)*")
# What begins a bound of the next number: "and over" is no bound in "and over 300".
_NUMBER_NEXT = re.compile(r" (?:[^\w\s]?\d|than\b)")
_GAP = re.compile(r"[ \n]{1,3}|-|/|\.[ \n]{0,3}")
# The full stop of an abbreviation: Aug. 26, approx. 300, No. 3.
_STOP = re.compile(r"(?:(?<!\w{5})|(?<=approx))\.(?= *[\da-z~$])")
_NONE = Token("stop", -1, -1)


class EnglishGrammar(Grammar):
    """Reads English quantities. Its words include the spellings of `units`."""

    def __init__(self, units: Units) -> None:
        kinds = "date opaque unread minus digits times word sign"
        builders = vars(amounts) | globals()
        lengths = (name for name, unit in units.spellings.items() if unit.kind == "length")
        parts = {"date": LATIN_DATE, "length": any_of(lengths)}
        super().__init__(units, "english", WORDS, parts, kinds, builders)
        # Case matters in a key that begins with =; one with # is a unit right behind a number.
        self._words: dict[str, tuple[str, object]] = {}
        self._longest: dict[str, int] = {}
        for kind in (kind for kind in WORDS if " " not in kind):
            for phrase, value in WORDS[kind].items():
                if kind in FAMILIES["meant"]:
                    value = units.scales.get(value) or units.find(value)
                exact = kind in FAMILIES["exact"] or phrase[0] == "#"
                if kind == "keyword":
                    self._add(value or phrase, phrase, None)
                else:
                    self._add(kind, phrase, value, exact)
        for name, unit in units.scales.items():
            if name.isascii() and " " not in name:
                self._add("scale", name, unit)
        for name, unit in units.spellings.items():
            if name != "date" and not any(character > "⺀" for character in name):
                kind = unit.kind if unit.kind in ("money", "count") else "unit"
                if kind == "money" and (" " in name or not name.islower()):
                    kind = "symbol"  # US$ and RMB may also precede a number, yuan and won not
                self._add(kind, name, unit, exact=len(name) < 4)

    def _add(self, kind: str, phrase: str, value: object, exact: bool = False) -> None:
        key = re.sub(r"(?<=\w)[-./]+ ?(?=\w)|(?<=\w)\.$", " ", phrase).strip()
        self._words.setdefault(f"={key}" if exact else key.lower(), (kind, value))
        first = key.lower().lstrip("#").partition(" ")[0]
        self._longest[first] = max(self._longest.get(first, 0), key.count(" ") + 1)

    def _known(self, phrase: str) -> tuple[str, object] | None:
        return self._words.get(f"={phrase}") or self._words.get(phrase.lower())

    def _kind(self, word: str) -> str:
        return (self._known(word) or ("word",))[0]

    def tokens(self, text: str, start: int, end: int, *, running: bool = True) -> list[Token]:
        """The tokens of text[start:end]; `running` changes nothing."""
        tokens: list[Token] = []
        while found := self._token.search(text, start, end):
            kind, value = str(found.lastgroup), None
            match kind:
                case "word":
                    token = self._phrase(text, found, end)
                case "digits":
                    token = self._number(text, found, end, tokens[-1] if tokens else _NONE)
                case _:
                    if kind == "sign":
                        kind, value = self._known(found[0]) or ("stop", None)
                    elif kind == "date":
                        value = date_of(text, found.start())
                    token = Token(kind, *found.span(), found[0], value)
            tokens.append(token)
            start = token.end
        return tokens

    def _number(self, text: str, found: re.Match[str], end: int, last: Token) -> Token:
        printed, (start, stop) = found[0], found.span()
        suffix = _SUFFIX.match(text, stop, end)
        if suffix and suffix[0] in ("st", "nd", "rd", "th") and "." not in printed:
            return Token("ordinal", start, stop + 2, printed, int(printed.replace(",", "")))
        in_name = self._follows_name(text, start, printed, last)
        if suffix:
            kinds = {self._kind(suffix[0]), self._kind(f"#{suffix[0]}")}
            in_name = in_name or not kinds & FAMILIES["glued_behind"]
        zero = printed[0] == "0" and printed[1:2].isdecimal()
        if in_name or _GOES_ON.match(text, stop, end) or (zero and len(printed) != 2):
            code = _CODE.match(text, start, end)
            stop = code.end() if code else stop
            # With a unit behind it, 1.2.3 or 3,4 is a malformed number.
            bad = not in_name and re.fullmatch("[0-9.,·]+", text[start:stop])
            return Token("bad" if bad else "code", start, stop, printed)
        value = Decimal(re.sub("[, ]", "", printed))
        kind = "padded" if zero else "decimal"
        if printed.isdecimal() and not zero:
            year = len(printed) == 4 and 1800 <= value < 2100
            kind = "year" if year else "day" if 1 <= value <= 31 else "whole"
        return Token(kind, start, stop, printed, Amount(value))

    def _follows_name(self, text: str, start: int, printed: str, last: Token) -> bool:
        """Whether letters before a number make a name of both: A380, COVID-19."""
        word = re.search(r"[^\W\d_]+[-/+]$", text[max(0, start - 30) : start])
        if word and not ("." in printed and word[0].islower()):
            return self._kind(word[0][:-1]) == "word"  # mid-2021 and magnitude-6.2 are no names
        before = text[start - 1 : start]
        latin = before < HANZI[0] and (before.isalnum() or before == "_")
        return latin and last.kind not in FAMILIES["glued_before"]

    def _phrase(self, text: str, found: re.Match[str], end: int) -> Token:
        """The token of the longest known phrase that begins here, or of one word."""
        start, phrase, next_word = found.start(), "", found
        first, lower = _plain(found[0]).lower(), found[0] == found[0].lower()
        token = Token("word" if lower else "name", start, found.end(), first)
        for more in reversed(range(self._longest.get(first.partition(" ")[0], 0))):
            phrase, stop = f"{phrase} {_plain(next_word[0])}".lstrip(), next_word.end()
            glued = text[start - 1 : start].isdecimal() and self._known(f"#{phrase}")
            kind, value = glued or self._known(phrase) or ("", None)
            # "and over" is no bound in "and over 300 entries".
            if kind and not (kind == "after" and _NUMBER_NEXT.match(text, stop)):
                if kind in FAMILIES["stopped"] and _STOP.match(text, stop):
                    stop += 1
                words = phrase if kind == "letter" else phrase.lower()  # 3m is a length, 3M none
                token = Token(kind, start, stop, words, value)
            gap = _GAP.match(text, next_word.end(), end) if more else None
            following = gap and self._token.match(text, gap.end(), end)
            if not following or not following["word"]:
                break
            next_word = following
        return token

    def words(self, tokens: Sequence[Token]) -> str:
        """The words of tokens, separated by tabs."""
        idle, ends = FAMILIES["idle"], FAMILIES["clause_end"]
        kept = (token for token in tokens if token.kind not in idle)
        return "\t".join("\n" if token.kind in ends else token.words for token in kept) + "\t"

    def is_name(self, text: str, tokens: list[Token], at: int) -> bool:
        """Whether a bare number is part of a name or list: Beidou 3, 5-star, heading 1.1."""
        token, amount = tokens[at], tokens[at].value
        if not isinstance(amount, Amount) or amount.unit or amount.scale:
            return False
        last = tokens[at - 1] if at else _NONE
        following = tokens[at + 1] if at + 1 < len(tokens) else _NONE
        printed, behind = text[token.start : token.end], text[token.end : token.end + 2]
        dashed = text[token.start - 1 : token.start] == "-" and "." not in printed
        if dashed or re.match(r"[^\W_]|-\S", behind) or re.fullmatch("[0-9]+-[0-9]+", printed):
            return True  # F-16, 221B, 5-star, won 2-1
        alone = following.kind not in ("word", "name", "count", "of")
        in_words = alone and self._kind(printed) in ("digit", "one", "teen") and amount.value < 13
        named = last.kind in FAMILIES["naming"] and not text[last.start : last.end].islower()
        # 1347 alone is a name: a count of four digits has a comma or a unit.
        long = printed.isdecimal() and len(printed) > (3 if alone else 6)
        return in_words or long or bool(named and re.fullmatch("[0-9.]+", printed))


def _plain(word: str) -> str:
    return word.replace(".", "").replace("-", " ").removesuffix("'s")


def spelled(f: Found) -> Amount | None:
    """A number in words; its precision is the hundreds or the scale that is named last."""
    total = group = 0
    scale: Unit | None = None
    for token in f.matched:
        if isinstance(token.value, Unit):
            scale = token.value
            total, group = total + max(group, 1) * int(scale.factor), 0
        elif token.kind == "hundred":
            group = max(group, 1) * 100
        elif isinstance(token.value, int):
            group += token.value
    last = scale if scale and not group else None
    value = Decimal(total + group) / (last.factor if last else 1)
    return Amount(value if value % 100 else (value / 100).scaleb(2), last)


def date(f: Found) -> Date | None:
    """A date or a range of dates; each labelled token is one of its parts."""
    names = ("year", "month", "day", "part", "year_to", "month_to", "day_to")
    parts = {name: int(f.number(name).value) for name in names if name in f}
    n = int(f.number().value)
    if "quarter" in f or "half" in f:
        parts["part"] = n + (32 if "quarter" in f else 39)
    if "months" in f:  # the first five months, the first three quarters
        unit = f.unit("months")
        months = {"月": 1, "季度": 3}.get(unit.id if unit else "", 0) * n
        if f.number("first").value != 1 or not 1 < months <= 12:
            return None
        parts["months"] = months
    relative = [(name, int(f.number(name).value)) for name in ("now", "same") if name in f]
    return dated(parts, relative[0] if relative else ("", 0))
