"""Text as the look-up compares it: folded, cut into units, English words by their stems."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence

_UNIT = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?|[\u3400-\u9fff〇]")
_POSSESSIVE = re.compile(r"(?<=[a-z])['’`](?:s\b)?")
# e-commerce is ecommerce, 300,000 is 300000.
_JOINED = re.compile(r"\b([a-z])-(?=[a-z])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# British spelling → American.
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        ("(?<=[a-z]{4})is(?=e|ing|ation)", "iz"), ("(?<=[a-z]{3})our(?=s?$)", "or"),
        ("(?<=[a-z]{2})tre(?=s?$)", "ter"), ("ogramme", "ogram"), ("ll(?=ed$|ing$)", "l"),
        ("^draught", "draft"),
    )
)  # fmt: skip
# Endings that leave the meaning, longest first, and the shortest stem that each may leave.
_ENDINGS = (("ation", 5), ("ance", 5), ("ment", 5), ("ing", 3), ("ion", 5), ("ed", 3), ("er", 5))
_SHORT = re.compile("[^aeiou][aeiou][^aeiouwxy]")
_HISSING = ("ches", "shes", "xes", "sses", "zes")


def fold(text: str) -> str:
    """`text` in one spelling: full width made plain, accents, case and apostrophes dropped."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _THOUSANDS.sub("", _JOINED.sub(r"\1", _POSSESSIVE.sub("", plain)))


def units_of(folded: str) -> list[str]:
    """Words of letters, numbers, and single Chinese characters; punctuation only parts them."""
    return _UNIT.findall(folded)


def is_chinese(unit: str) -> bool:
    """Whether a unit is a Chinese character."""
    return unit[0] >= "\u3007"


def is_word(unit: str) -> bool:
    """Whether a unit is a word of Latin letters."""
    return "a" <= unit[0] <= "z"


def stem(word: str) -> str:
    """An English word without its ending, in American spelling; any other unit as it is."""
    if not is_word(word) or len(word) < 4:
        return word
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    for ending, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
                word = word[:-1]  # shipp(ing) and ship
            elif len(word) == 3 and _SHORT.fullmatch(word):
                word += "e"  # sav(ed) and save
            break
    return word[:-1] if word[-1] == "e" and len(word) > 4 else word


def key_of(text: str) -> str:
    """Folded text without spaces and punctuation."""
    return "".join(units_of(fold(text)))


def word_key(units: Sequence[str]) -> str:
    """What a word or phrase is listed under: its stems, Chinese run together."""
    if all(map(is_chinese, units)):
        return "".join(units)
    return " ".join(map(stem, units))


def boundaries(
    units: Sequence[str], known: Callable[[str], bool], free: Collection[str], longest: int = 8
) -> list[bool]:
    """At which places text may be cut without breaking a word; one more than there are units.

    Text is tiled with known Chinese words so that as few single characters as possible are left;
    those in `free` count nothing. A cut is sound if some best tiling has it: 进出口总额 may be cut
    before 总额, and 出口 is no word of it.
    """
    size = len(units)
    tiles: list[tuple[int, int, int]] = []
    for start, unit in enumerate(units):
        tiles.append((start, start + 1, 0 if unit in free or not is_chinese(unit) else 1))
        for end in range(start + 2, min(size, start + longest) + 1):
            if not is_chinese(units[end - 1]) or not is_chinese(unit):
                break
            if known("".join(units[start:end])):
                tiles.append((start, end, 0))
    before = [0] + [size + 1] * size
    after = [size + 1] * size + [0]
    for start, end, cost in tiles:
        before[end] = min(before[end], before[start] + cost)
    for start, end, cost in reversed(tiles):
        after[start] = min(after[start], after[end] + cost)
    return [before[at] + after[at] == before[size] for at in range(size + 1)]


def pieces(word: str) -> set[str]:
    """What two words share if one slip of the keyboard lies between them."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped make `a` of `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (
        a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    )


def pairs(units: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Neighbouring Chinese characters two by two, each with its place."""
    for at, (a, b) in enumerate(itertools.pairwise(units)):
        if is_chinese(a) and is_chinese(b):
            yield at, a + b
