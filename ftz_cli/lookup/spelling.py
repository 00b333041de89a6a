"""The form of text that the look-up compares: folded, cut into units, English words as stems."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache

# Ranks of names, the most direct first: the id of a thing, its label, another name, its theme, the
# name of a thing above it, its definition.
ID, LABEL, ALSO, THEME, ABOVE, TEXT = range(6)
# The greatest weight of a generic part of a name, e.g. 'area'; other parts weigh more.
GENERIC = 0.15
# A number with at most so many digits counts things; a longer one is a name itself: 12345.
SHORT_NUMBER = 3
# A single character with one of these roles may stand beside any word, e.g. 区, 额.
SUFFIX_ROLES = frozenset({"generic", "place_kind"})
# The most characters of a Chinese word, and the most words of an English phrase.
LONGEST, LONGEST_PHRASE = 8, 5

# A word, e.g. B2B, a number, or letters that are not Latin: to compile a range of all Chinese
# characters takes milliseconds.
_UNIT = re.compile(r"[a-z]+(?:[0-9]+[a-z]+)?|[0-9]+(?:\.[0-9]+)?|[^\W_a-z0-9]+")
# Signs, and the pattern to remove where one of them occurs: Xi'an → xian, Wuhan's → wuhan,
# e-commerce → ecommerce, 300,000 → 300000, 第3 → 3, 万吨级 → 万吨.
_REMOVED = (
    ("'’`", r"(?<=[a-z])['’`](?:s\b)?"),
    ("-", r"(?<=\b[a-z])-(?=[a-z])"),
    (",", r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"),
    ("第", "第(?=[0-9])"),
    ("级級", "(?<=[吨噸])[级級]"),
)
_HAN = "〇一二三四五六七八九"
# Chinese tens before a counter or a scale: 十八个 → 18个, 三十万吨 → 30万吨.
_TENS = "([二三四五六七八九]?)十([一二三四五六七八九]?)(?=[个万亿]|小时)"
# British spellings: letters to look for, the pattern, and the American letters in its place.
_AMERICAN = (
    ("is", "(?<=[a-z]{4})is(?=e|ing|ation)", "iz"),
    ("our", "(?<=[a-z]{3})our(?=s?$)", "or"),
    ("tre", "(?<=[a-z]{2})tre(?=s?$)", "ter"),
    ("ogramme", "ogramme", "ogram"),
    ("draught", "^draught", "draft"),
)
# Endings that do not change the meaning, the longest first, and the shortest stem that each may
# leave. Not -er: a customer is not a custom.
_ENDINGS = (("ation", 5), ("ance", 5), ("ment", 5), ("ing", 3), ("ion", 5), ("ed", 3))
# Words that look like forms of plan, bond, berth, value, train, depart and spend, and are not.
_UNSTEMMED = frozenset((
    "plane", "bonded", "berthed", "berthing", "valuation", "valued", "training", "trained",
    "department", "spending",
))  # fmt: skip
_PLURALS_IN_ES = ("ches", "shes", "xes", "sses", "zes")
_ONE_SYLLABLE = re.compile("[^aeiou][aeiou][^aeiouwxy]")


def fold(text: str) -> str:
    """`text` in one spelling: half width, lower case, without accents and apostrophes."""
    if not unicodedata.is_normalized("NFKD", text):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
        text = "".join(char for char in text if not unicodedata.combining(char))
    plain = text.casefold()
    if "十" in plain:
        plain = re.sub(
            _TENS, lambda tens: str(_HAN.index(tens[1] or "一")) + str(_HAN.find(tens[2])), plain
        )
    if "个" in plain:  # 6个 → 六个
        plain = re.sub(r"(?<![0-9.])[2-9](?=个)", lambda digit: _HAN[int(digit[0])], plain)
    for signs, pattern in _REMOVED:
        if any(sign in plain for sign in signs):
            plain = re.sub(pattern, "", plain)
    return plain


def units_of(folded: str) -> list[str]:
    """Words of letters, numbers, and single Chinese characters, without the punctuation between.

    A word of another script is one unit too, which matches no name.
    """
    runs = _UNIT.findall(folded)
    return [unit for run in runs for unit in (run if is_chinese(run) else [run])]


def is_chinese(unit: str) -> bool:
    """Whether a unit is a Chinese character."""
    return unit[0] >= "\u3007"


def is_word(unit: str) -> bool:
    """Whether a unit is a word of Latin letters."""
    return "a" <= unit[0] <= "z"


def terms_of(units: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The terms that find a text: term, start, size. Stems of words, and pairs of units.

    A pair is of Chinese characters, or of a number and the unit before or behind it: a short
    number alone would find 3批 with 3号, and Phase 3 with Zone 3.
    """
    for at, unit in enumerate(units):
        if is_word(unit) or (unit[0].isdecimal() and len(unit) > SHORT_NUMBER):
            yield stem(unit), at, 1
    for at, (a, b, c) in enumerate(zip(units, units[1:], [*units[2:], "-"], strict=False)):
        chinese = is_chinese(a) and (is_chinese(b) or (b.isdecimal() and not is_chinese(c)))
        if chinese or (a.isdecimal() and b != "·") or (is_word(a) and b.isdecimal()):
            yield stem(a) + stem(b), at, 2


@cache
def stem(word: str) -> str:
    """An English word without its ending, in American spelling; any other unit unchanged."""
    if not is_word(word) or len(word) < 4:
        return word
    for sign, british, american in _AMERICAN:
        if sign in word:
            word = re.sub(british, american, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_PLURALS_IN_ES):
        word = word[:-2]
    elif word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    if word in _UNSTEMMED:
        return word
    for ending, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
                word = word[:-1]  # shipp(ing) → ship
            elif len(word) == 3 and _ONE_SYLLABLE.fullmatch(word):
                word += "e"  # sav(ed) → save
            break
    return word[:-1] if word[-1] == "e" and len(word) > 4 else word


def word_key(units: Sequence[str]) -> str:
    """The key under which a word or phrase is listed: its stems, or its Chinese characters."""
    return "".join(units) if all(map(is_chinese, units)) else " ".join(map(stem, units))


def phrases(units: Sequence[str], cuts: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Every phrase of one script that begins and ends at a cut: start, size, key."""
    for start, unit in enumerate(units):
        chinese = is_chinese(unit)
        longest = (LONGEST if chinese else LONGEST_PHRASE) if cuts[start] else 0
        for end in range(start + 1, min(start + longest, len(units)) + 1):
            if is_chinese(units[end - 1]) != chinese:
                break
            if cuts[end]:
                yield start, end - start, word_key(units[start:end])


def is_indivisible(roles: Iterable[str]) -> bool:
    """Whether a word with these roles contains no other; a label alone may consist of several."""
    return any(role != "label" for role in roles)


def boundaries(
    units: Sequence[str], is_known: Callable[[str], bool], free: Collection[str],
    half_free: Collection[str] = (),
) -> list[bool]:  # fmt: skip
    """Whether text may be cut before each of its units, and at its end, without breaking a word.

    Text is divided into known Chinese words so that as few single characters as possible remain;
    those in `free` count nothing, those in `half_free` half. A cut is allowed where one of the
    best divisions has it: 进出口总额 may be cut before 总额, and not before 出口.
    """
    size = len(units)
    pieces: list[tuple[int, int, int]] = []
    for start, unit in enumerate(units):
        cost = 0 if unit in free or not is_chinese(unit) else 1 if unit in half_free else 2
        pieces.append((start, start + 1, cost))
        for end in range(start + 2, min(size, start + LONGEST) + 1):
            if not is_chinese(units[end - 1]) or not is_chinese(unit):
                break
            if is_known("".join(units[start:end])):
                pieces.append((start, end, 0))
    before = [0] + [2 * size + 1] * size
    after = [2 * size + 1] * size + [0]
    for start, end, cost in pieces:
        before[end] = min(before[end], before[start] + cost)
    for start, end, cost in reversed(pieces):
        after[start] = min(after[start], after[end] + cost)
    return [before[at] + after[at] == before[size] for at in range(size + 1)]


def one_slip(a: str, b: str) -> bool:
    """Whether two words differ by one letter added, lost or replaced, or two neighbours swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    a, b = sorted((a, b), key=len)
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]
