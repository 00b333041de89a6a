"""Words as the look-up sees them: folded text, stems of English, pairs of Chinese characters."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?|[\u3400-\u9fff〇]+")
# Endings taken off English words, longest first, so that lending, lent and lends come closer.
# Not a linguist's stemmer: it needs only to treat labels and questions alike.
_ENDINGS = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ements", "ement", "ments",
    "ment", "ances", "ance", "ings", "ing", "ions", "ion", "iest", "ers", "ies", "ied", "est",
    "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SHORTEST_STEM = 3


def fold(text: str) -> str:
    """`text` in one spelling: full-width made plain, accents and case dropped."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def words(folded: str) -> list[str]:
    """Runs of letters, of digits, and of Chinese characters; punctuation only parts them."""
    return _WORD.findall(folded)


def key_of(folded: str) -> str:
    """A name without spaces and punctuation: what an exact match is sought by."""
    return "".join(words(folded))


def is_chinese(word: str) -> bool:
    """Whether a word of `words` is a run of Chinese characters."""
    return word[0] >= "\u3007"


def stem(word: str) -> str:
    """An English word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]  # shipp(ing) and ship
    return word


def pairs(items: Iterable[str]) -> list[str]:
    """Neighbours two by two."""
    return [a + b for a, b in itertools.pairwise(items)]


def features(text: str) -> list[str]:
    """What a folded name is found by: stems, characters and pairs of characters."""
    found: list[str] = []
    for word in words(text):
        if is_chinese(word):
            found += [*word, *pairs(word)]
        else:
            found.append(stem(word))
    return found


def sounds(syllables: list[str]) -> list[str]:
    """The features of a row of pinyin syllables: each alone and two by two."""
    return [f"~{syllable}" for syllable in syllables] + [
        f"~{a} {b}" for a, b in itertools.pairwise(syllables)
    ]


def grams(word: str) -> set[str]:
    """What misspellings of a word share with it: three letters in a row, its ends marked; and all
    of its letters in the alphabet's order, as swapped ones leave few rows whole."""
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)} | {f"={''.join(sorted(word))}"}


def distance(a: str, b: str, most: int) -> int:
    """Edit distance with neighbours swapped counting one; `most` + 1 where it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, row = row, current
    return row[-1]
