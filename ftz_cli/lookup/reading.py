"""Unknown words read as known ones: pinyin, homophones, short names, slips of the keyboard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ..database import Database
from .spelling import is_chinese, is_word, one_slip, stem

if TYPE_CHECKING:
    from .question import Word

SOUNDS = (
    "select sound, word, min(rank) from lookup_sounds"
    " where sound in (select value from json_each(?)) group by sound"
)
PAIRS = (
    "select distinct term from lookup_postings"
    " where size = 2 and term in (select value from json_each(?))"
)
SHORT = (
    "select min(key) from lookup_names where kind = 'zone' and rank in (1, 2) and key glob ?"
    " group by ref"
)
SYLLABLES = "select distinct sound from lookup_characters where sound <> '' and instr(?, sound)"
SPELT = "select word from lookup_spellings where letters between ? and ?"
# The greatest rank of the sounds of names and their parts, and of words that name something.
OF_NAMES, OF_WORDS = 1, 3
# Costs: to leave an unknown word, to leave a known word, and to read letters as a Chinese word.
UNREAD, KEPT, READ = 20.0, 0.6, 1.0
LONGEST_SOUND, SHORTEST_NAME, LONGEST_NAME = 30, 3, 6
# The fewest letters of a word that may be a slip; and of one that certainly is, if only one word is
# nearest.
SHORTEST, CERTAIN = 4, 5
# The most letters of a word that may be a slip, and of words in a row that may be pinyin.
LONGEST_WORD, LONGEST_ROW = 40, 120


def read_pinyin(db: Database, units: Sequence[str], unknown: set[int]) -> list[str]:
    """`units` with each row of Latin words read as pinyin, if one of them is `unknown`."""
    read: list[str] = []
    for _, group in groupby(range(len(units)), key=lambda at: is_word(units[at])):
        positions = list(group)
        row = [units[at] for at in positions]
        doubtful = {at - positions[0] for at in unknown.intersection(positions)}
        may_be_pinyin = doubtful and len("".join(row)) <= LONGEST_ROW
        read += _read_row(db, row, doubtful) if may_be_pinyin else row
    return read


def _read_row(db: Database, units: Sequence[str], unknown: set[int]) -> list[str]:
    """The cheapest reading of words in a row, wherever their spaces stand, letter by letter."""
    text = "".join(units)
    starts = [len("".join(units[:at])) for at in range(len(units) + 1)]
    doubtful = {letter for at in unknown for letter in range(starts[at], starts[at + 1])}
    # Known words are read too, but only as a whole: gang in 'yangpu gang'.
    spans = [
        (a, b) for b in range(len(text) + 1) for a in range(max(0, b - LONGEST_SOUND), b)
        if {a, b} <= {*starts} or not doubtful.isdisjoint(range(a, b))
    ]  # fmt: skip
    known = _sounds(db, {text[a:b] for a, b in spans})
    steps = [
        (starts[at], starts[at + 1], UNREAD if at in unknown else KEPT, unit)
        for at, unit in enumerate(units)
    ] + [
        (a, b, READ, known[text[a:b]]) for a, b in spans if text[a:b] in known
    ]  # fmt: skip
    best: list[tuple[float, list[str]]] = [(0.0, []), *((1e9, []) for _ in text)]
    for a, b, cost, word in sorted(steps):
        if best[a][0] + cost < best[b][0]:
            best[b] = (best[a][0] + cost, [*best[a][1], word])
    return best[-1][1]


def read_homophones(
    db: Database,
    units: list[str],
    doubtful: set[int],
    words: Sequence[Word],
    sounds: Mapping[str, str],
) -> dict[tuple[int, int], str]:
    """Known words with the sound of characters of which one at least is `doubtful`.

    The start and end of the characters → the word, which has one of them in its place. None
    breaks one of the known `words`, e.g. 厂家 for 厂加 of 酒厂加入, or has only fillers: 里用.
    """
    within = {at for word in words for at in [*word.span][1:]}
    fillers = {word.start for word in words if word.size == 1 and "filler" in word.roles}
    spans = {
        (a, b): "".join(sounds.get(unit, "?") for unit in units[a:b])
        for a in range(len(units)) for b in range(a + 2, min(a + LONGEST_NAME, len(units)) + 1)
        if not doubtful.isdisjoint(range(a, b)) and all(map(is_chinese, units[a:b]))
        and within.isdisjoint((a, b)) and not fillers.issuperset(range(a, b))
    }  # fmt: skip
    known = _sounds(db, set(spans.values()), OF_WORDS)
    pairs = json.dumps([a + b for a, b in pairwise(units)])
    # A part of a name is right as it is: 新片 of 新片区 must not become 芯片.
    in_names = {pair for (pair,) in db.query(PAIRS, (pairs,))}
    found: dict[tuple[int, int], str] = {}
    taken: set[int] = set()

    def order(item: tuple[tuple[int, int], str]) -> tuple[int, int]:
        """The longest first; of them, those with the fewest characters that are right already."""
        return item[0][0] - item[0][1], len({*range(*item[0])} - doubtful)

    for (a, b), sound in sorted(spans.items(), key=order):
        word = known.get(sound, "")
        right = sum(x == y != "了" for x, y in zip(word, units[a:b], strict=False))
        right *= not in_names.issuperset(units[at] + units[at + 1] for at in range(a, b - 1))
        if 0 < right < b - a == len(word) and taken.isdisjoint(range(a, b)):
            found[a, b] = word
            taken.update(range(a, b))
    return found


def read_short(db: Database, units: list[str], unknown: set[int]) -> dict[tuple[int, int], str]:
    """Zones that some characters of their name stand for, with its first and last: 西港特区.

    The start and end of the characters → the name. The first one has to be `unknown`, and none
    before it, which would be of its name: 龙城综保区 is no 城陵矶综保区.
    """
    found: dict[tuple[int, int], str] = {}
    for start in sorted(at for at in unknown if at - 1 not in unknown):
        for end in range(min(start + LONGEST_NAME, len(units)), start + SHORTEST_NAME - 1, -1):
            pattern = "*".join(units[start:end])
            names = db.query(SHORT, (pattern,)) if all(map(is_chinese, units[start:end])) else []
            if len(names) == 1:
                found[start, end] = names[0][0]
                break
    return found


def read_slip(db: Database, word: str) -> tuple[str, bool] | None:
    """The known word that is one slip of the keyboard away from `word`, and whether it is certain.

    A slip in pinyin gives the Chinese word. A form of a known word is no slip, e.g. 'officials'.
    """
    if not SHORTEST <= len(word) <= LONGEST_WORD:
        return None
    near = [
        other for (other,) in db.query(SPELT, (len(word) - 1, len(word) + 1))
        if one_slip(word, other)
    ]  # fmt: skip
    of_sound = _sounds(db, {*near}, OF_NAMES)
    # A slip in the pinyin of a word that is in no name says nothing: durian is no 度电.
    near = [other for other in near if other in of_sound or other not in _sounds(db, {other})]
    if not near or any(stem(other) == stem(word) for other in near if other not in of_sound):
        return None
    words = {other for other in near if other not in of_sound or db.one(
        "select 1 from lookup_words where word in (?, ?)", (stem(other), f"={other}")
    )}  # fmt: skip
    # A letter is left out more often than typed too much: yunan is Yunnan, and no yuan.
    ranked = sorted(
        (other[0] != word[0], sorted(other) != sorted(word), len(other) < len(word),
         other not in words, other)
        for other in near
    )  # fmt: skip
    best = ranked[0][-1]
    others = {stem(entry[-1]) for entry in ranked if entry[:-1] == ranked[0][:-1]}
    certain = len(others) == 1 and len(word) >= CERTAIN and best[0] == word[0]
    certain &= best not in of_sound or not _is_pinyin(db, word)
    return (best if best in words else of_sound[best]), certain


def _is_pinyin(db: Database, word: str) -> bool:
    """Whether a word consists of syllables, so that it may be a name as it stands: Changshan."""
    ends = {0}
    syllables = [sound for (sound,) in db.query(SYLLABLES, (word,))]
    for end in range(1, len(word) + 1):
        ends |= {end} if any(
            end - len(one) in ends and word[:end].endswith(one) for one in syllables
        ) else set()  # fmt: skip
    return len(word) in ends


def _sounds(db: Database, wanted: set[str], most: int = 9) -> dict[str, str]:
    """Those of the `wanted` sounds that Chinese words have, each with its word, names first.

    `most` is the greatest rank of the words.
    """
    rows = db.query(SOUNDS, (json.dumps(sorted(wanted)),)) if wanted else ()
    return {sound: word for sound, word, rank in rows if rank <= most}
