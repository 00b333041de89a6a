"""Text as the look-up compares it: folded, cut into units, English words by their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache

# Ranks of names, by how directly they name a thing: its id, label, another name, theme, the name
# of what lies above, its definition.
ID, LABEL, ALSO, THEME, ABOVE, TEXT = range(6)
# What a generic part of a name weighs at most; other parts weigh more, the fewer things have them.
GENERIC = 0.15
# Numbers of so few digits count things; longer ones are names themselves: 12345.
SHORT_NUMBER = 3
# So many characters or English words has a word or phrase at most.
LONGEST, LONGEST_PHRASE = 8, 5

# A word, a number, or letters that are not Latin. A range of all Chinese takes milliseconds to
# compile.
_UNIT = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?|[^\W_a-z0-9]+")
# Xi'an is xian, Wuhan's is wuhan, e-commerce is ecommerce, 300,000 is 300000, 第3 is 3, 万吨级 is
# 万吨: signs to look for, and what goes. Patterns are compiled where their signs are found.
_JOINED = (
    ("'’`", r"(?<=[a-z])['’`](?:s\b)?"),
    ("-", r"(?<=\b[a-z])-(?=[a-z])"),
    (",", r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"),
    ("第", "第(?=[0-9])"),
    ("级級", "(?<=[吨噸])[级級]"),
)
_HAN = "一二三四五六七八九"
# 十八个 is 18个, 三十万吨 is 30万吨.
_TENS = "([二三四五六七八九]?)十([一二三四五六七八九]?)(?=[个万亿]|小时)"
# What British words have, and what American ones have in its place.
_AMERICAN = (
    ("is", "(?<=[a-z]{4})is(?=e|ing|ation)", "iz"),
    ("our", "(?<=[a-z]{3})our(?=s?$)", "or"),
    ("tre", "(?<=[a-z]{2})tre(?=s?$)", "ter"),
    ("ogramme", "ogramme", "ogram"),
    ("draught", "^draught", "draft"),
)
# Endings that leave the meaning, longest first, and the shortest stem that each may leave.
_ENDINGS = (("ation", 5), ("ance", 5), ("ment", 5), ("ing", 3), ("ion", 5), ("ed", 3))
# What is no form of a shorter word: of plan, bond, berth. Nor is -er an ending: a customer is no
# custom.
_WHOLE = frozenset(("plane", "bonded", "berthed", "berthing"))
_HISSING = ("ches", "shes", "xes", "sses", "zes")
_SHORT = re.compile("[^aeiou][aeiou][^aeiouwxy]")


def fold(text: str) -> str:
    """`text` in one spelling: full width made plain, accents, case and apostrophes dropped."""
    if not unicodedata.is_normalized("NFKD", text):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
        text = "".join(char for char in text if not unicodedata.combining(char))
    plain = text.casefold()
    if "十" in plain:
        plain = re.sub(
            _TENS, lambda tens: str(10 * _digit(tens[1] or "一") + _digit(tens[2])), plain
        )
    if "个" in plain:  # 6个 is 六个
        plain = re.sub(r"(?<![0-9.])[2-9](?=个)", lambda one: _HAN[int(one[0]) - 1], plain)
    for signs, pattern in _JOINED:
        if any(sign in plain for sign in signs):
            plain = re.sub(pattern, "", plain)
    return plain


def _digit(numeral: str) -> int:
    return _HAN.find(numeral) + 1 if numeral else 0


def units_of(folded: str) -> list[str]:
    """Words of letters, numbers, and single Chinese characters; punctuation only parts them.

    What is of another script is a unit that nothing is called.
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
    """What text is found by: term, start, size. Words by their stems, Chinese by pairs.

    A short number is only found with what it counts, or else with what it stands behind: the 3
    of 3号 is not that of 3批, nor that of Zone 3 that of Phase 3.
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
    """An English word without its ending, in American spelling; any other unit as it is."""
    if not is_word(word) or len(word) < 4:
        return word
    for sign, british, american in _AMERICAN:
        if sign in word:
            word = re.sub(british, american, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    if word in _WHOLE:
        return word
    for ending, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
                word = word[:-1]  # shipp(ing) and ship
            elif len(word) == 3 and _SHORT.fullmatch(word):
                word += "e"  # sav(ed) and save
            break
    return word[:-1] if word[-1] == "e" and len(word) > 4 else word


def word_key(units: Sequence[str]) -> str:
    """What a word or phrase is listed under: its stems, Chinese run together."""
    return "".join(units) if all(map(is_chinese, units)) else " ".join(map(stem, units))


def phrases(units: Sequence[str], cuts: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """What begins and ends at cuts, within one script: start, size, what it is listed under."""
    for start, unit in enumerate(units):
        chinese = is_chinese(unit)
        longest = (LONGEST if chinese else LONGEST_PHRASE) if cuts[start] else 0
        for end in range(start + 1, min(start + longest, len(units)) + 1):
            if is_chinese(units[end - 1]) != chinese:
                break
            if cuts[end]:
                yield start, end - start, word_key(units[start:end])


def is_tile(roles: Iterable[str]) -> bool:
    """Whether a word of these roles has no words within; a whole label may be made of some."""
    return any(role != "label" for role in roles)


def boundaries(
    units: Sequence[str], known: Callable[[str], bool], free: Collection[str],
    idle: Collection[str] = (),
) -> list[bool]:  # fmt: skip
    """At which places text may be cut without breaking a word; one more than there are units.

    Text is tiled with known Chinese words so that as few single characters as possible are left;
    those in `free` count nothing, those that are `idle` half. A cut is sound if some best tiling
    has it: 进出口总额 may be cut before 总额, and 出口 is no word of it, as 进 is idle.
    """
    size = len(units)
    tiles: list[tuple[int, int, int]] = []
    for start, unit in enumerate(units):
        cost = 0 if unit in free or not is_chinese(unit) else 1 if unit in idle else 2
        tiles.append((start, start + 1, cost))
        for end in range(start + 2, min(size, start + LONGEST) + 1):
            if not is_chinese(units[end - 1]) or not is_chinese(unit):
                break
            if known("".join(units[start:end])):
                tiles.append((start, end, 0))
    before = [0] + [2 * size + 1] * size
    after = [2 * size + 1] * size + [0]
    for start, end, cost in tiles:
        before[end] = min(before[end], before[start] + cost)
    for start, end, cost in reversed(tiles):
        after[start] = min(after[start], after[end] + cost)
    return [before[at] + after[at] == before[size] for at in range(size + 1)]


def one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped make `a` of `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    a, b = sorted((a, b), key=len)
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]
