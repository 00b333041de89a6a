"""What a person typed, taken apart: words to look up, kinds of figure asked for, and periods."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Collection, Sized
from dataclasses import dataclass, field
from typing import NamedTuple

from .numerals import SCALES
from .periods import dates_in, part_of_year_in
from .wording import distance, fold, grams, is_chinese, key_of, sounds, stem, words

INTENTS_OF = "select word, facet, target from intents where word in ({})"
CHARACTERS = "select character, plain, sound from characters where character in ({})"
UNITS_OF = "select id, name_en from units where id in ({}) or name_en in ({})"
TERMS = "select term, weight, names from terms where term in ({})"
SPELLED_LIKE = """
select word, sum(length(gram)) as shared from spellings where gram in ({}) group by word
order by shared desc limit 40
"""

# An unknown word still counts against a match, as a rare one would.
UNKNOWN_WEIGHT = 3.0
# What a match is worth that goes by sound, or by another spelling.
BY_SOUND, BY_SPELLING = 0.8, 0.85
LONGEST_INTENT = 6
# Beyond this a question is no question; the rest is not looked at.
MOST_WORDS = 60

_ORDINALS = tuple(f"第{numeral}" for numeral in "一二三四五六七八九十")
# 几家, 多少个月, 家数; how many months: the unit that the answer has to have.
_ASKED_UNIT = r"(?:几|多少)(?P<after>[\u3400-\u9fff]{1,6})|(?P<before>[\u3400-\u9fff]{1,2})数"
_ASKED_NOUN = r"(?:how many|number of)\s+(?P<noun>[a-z-]+(?: [a-z-]+)?)"


class Way(NamedTuple):
    """A term of the index, the credit for finding a word by it, and how many names have it."""

    term: str
    credit: float
    names: int


class Sought(NamedTuple):
    """One thing to look for: a word or pair of characters, with what may stand for it."""

    text: str
    weight: float
    ways: tuple[Way, ...]

    @property
    def single(self) -> bool:
        """Whether it is a single character, or a single syllable."""
        heard = self.text[0] > "\x7f" or any(way.term[0] == "~" for way in self.ways)
        return heard and len(_parts(self.text)) == 1

    @property
    def sure(self) -> bool:
        """Whether it is more than a guess: no single character or syllable, no other spelling."""
        return not self.single and any(way.credit == 1.0 for way in self.ways)


class _Term(NamedTuple):
    weight: float
    names: int


@dataclass
class Question:
    """A question taken apart."""

    text: str
    plain: str
    key: str
    chinese: bool
    sought: list[Sought] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    # EDTF → as typed: dates, and the part of a year by its number.
    periods: dict[str, str] = field(default_factory=dict)
    part: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    # Its words; which (word, character) of them names nothing or was understood as a kind, an
    # order or a filler; the words that name places; and the syllables of those read as pinyin.
    row: list[str] = field(default_factory=list)
    heard: set[tuple[int, int]] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    syllables: dict[str, list[str]] = field(default_factory=dict)

    @property
    def quotes(self) -> list[str]:
        """What may be a figure quoted as printed: the words between spaces."""
        return [self.plain, *self.plain.split()][:MOST_WORDS]

    @property
    def weight(self) -> float:
        """The weight of all that is sought."""
        return sum(sought.weight for sought in self.sought)

    def unmet(self, met: Collection[str]) -> list[str]:
        """The words that an answer which met the things sought in `met` has nothing for."""
        left: list[str] = []
        for at, word in enumerate(self.row):
            if is_chinese(word):
                told = {
                    start
                    for pair in range(len(word) - 1)
                    for start in (pair, pair + 1)
                    if word[pair : pair + 2] in met
                } | {start for start in range(len(word)) if (at, start) in self.heard}
                text = "".join(" " if start in told else c for start, c in enumerate(word))
                # A single character is as likely a particle that no table has; 第二 is none.
                ordinal = {place for place in _ORDINALS if place in word}
                left += [run for run in text.split() if len(run) > 1]
                left += [place for place in ordinal if place[1] in text.split()]
            elif (at, -1) not in self.heard and word not in met:
                cut = self.syllables.get(word, [])
                if not any(syllable in part.split() for syllable in cut for part in met):
                    left.append(word)
        return left


def marks(items: Sized) -> str:
    """As many places for values in a query as there are `items`."""
    return ",".join("?" * len(items))


def plainly(connection: sqlite3.Connection, text: str) -> tuple[str, dict[str, str]]:
    """`text` folded and simplified, with the pinyin of its characters."""
    folded = fold(text)
    chinese = sorted({char for char in folded if "\u3400" <= char <= "\u9fff"})[:500]
    known = {
        char: (plain, sound)
        for char, plain, sound in connection.execute(CHARACTERS.format(marks(chinese)), chinese)
    }
    plain = "".join(known[char][0] if char in known else char for char in folded)
    return plain, {known[c][0]: known[c][1] for c in known if known[c][1]}


def parse(connection: sqlite3.Connection, text: str) -> Question:
    """Take a question apart."""
    plain, sound_of = plainly(connection, text)
    question = Question(text, plain, key_of(plain), any(map(is_chinese, words(plain))))
    _note_units(connection, plain, question)
    question.part, rest = part_of_year_in(plain)
    question.periods, rest = dates_in(rest)
    row = words(rest)[:MOST_WORDS]
    ignored, heard = _take_intents(connection, row, question)
    question.row = row
    _seek(connection, row, ignored, heard, sound_of, question)
    return question


def _note_units(connection: sqlite3.Connection, plain: str, question: Question) -> None:
    """Note the unit that is asked for: 几家 wants firms, how many months wants months."""
    asked = re.finditer(_ASKED_UNIT, plain) if any(sign in plain for sign in "几多数") else ()
    # The longest word that is a unit counts, without its scale: 多少万吨级 wants 吨级, not 吨.
    spelt = [_beginnings(match["after"].lstrip(SCALES)) if match["after"] else [match["before"][-1]]
             for match in asked]  # fmt: skip
    counted = re.finditer(_ASKED_NOUN, plain) if "many" in plain or "number" in plain else ()
    nouns = [part for match in counted for part in [*match["noun"].split(), match["noun"]]]
    if spelt or nouns:
        every = [word for ways in spelt for word in ways]
        sql = UNITS_OF.format(marks(every), marks(nouns))
        known = {id: name for id, name in connection.execute(sql, [*every, *nouns])}
        question.units = {id for id, name in known.items() if name in nouns}
        for ways in spelt:
            question.units.update([word for word in ways if word in known][:1])


def _beginnings(word: str) -> list[str]:
    """The beginnings of a word, the longest first; of what follows the measure word 个."""
    noun = word.removeprefix("个")
    return [noun[:size] for size in range(len(noun), 0, -1)]


def _take_intents(
    connection: sqlite3.Connection, row: list[str], question: Question
) -> tuple[set[tuple[int, int]], set[str]]:
    """Note what kind of figure is asked for; returns the places of words that name nothing,
    and the words that were understood.

    A place is (word, character); English words that are ignored have the character -1.
    """
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for at, word in enumerate(row):
        if is_chinese(word):
            for start in range(len(word)):
                for size in range(1, LONGEST_INTENT + 1):
                    if start + size <= len(word):
                        spans.setdefault(word[start : start + size], []).append((at, start, size))
        else:
            for size in range(1, LONGEST_INTENT):
                phrase = row[at : at + size]
                if len(phrase) == size and not any(map(is_chinese, phrase)):
                    spans.setdefault(" ".join(phrase), []).append((at, -1, size))
    candidates = list(spans)[:900]
    # The longest word counts: in 最多能 no other is heard; 多少钱 is not 多少. Of two as long, the
    # first: in 广西安 there is no 西安.
    found = sorted(
        connection.execute(INTENTS_OF.format(marks(candidates)), candidates),
        key=lambda entry: (-len(entry[0]), spans[entry[0]][0]),
    )
    ignored: set[tuple[int, int]] = set()
    taken: dict[tuple[int, int], str] = {}
    for word, facet, target in found:
        for at, start, size in spans[word]:
            places = (
                [(at, start + step) for step in range(size)]
                if start >= 0
                else [(at + step, -1) for step in range(size)]
            )
            if any(taken.get(place, word) != word for place in places):
                continue
            taken.update(dict.fromkeys(places, word))
            if facet == "place":
                question.places.append(word)
                continue
            question.heard.update(places)
            if facet == "filler":
                ignored.update(places)
            else:
                (question.kinds if facet == "kind" else question.orders).add(target)
                if (facet == "kind" and any(c in word for c in "多几何哪第啥")) or " " in word:
                    ignored.update(places)
    return ignored, set(taken.values())


def _seek(
    connection: sqlite3.Connection,
    row: list[str],
    ignored: set[tuple[int, int]],
    heard: set[str],
    sound_of: dict[str, str],
    question: Question,
) -> None:
    """Turn the words that are left into things to look for."""
    latin: list[str] = []
    wanted: list[tuple[str, list[tuple[str, float]], str]] = []
    for at, word in enumerate(row):
        if is_chinese(word):
            dropped = {start for start in range(len(word)) if (at, start) in ignored}
            wanted += _chinese(word, dropped, sound_of)
        elif (at, -1) not in ignored:
            latin.append(word)
    terms = {term for _, ways, _ in wanted for term, _ in ways} | {stem(word) for word in latin}
    weights = _weights(connection, terms)
    # An intent that stands in no name is understood already, and no misspelling.
    latin = [word for word in latin if word not in heard or stem(word) in weights]
    wanted += _latin(connection, latin, weights, question)
    weights |= _weights(connection, {t for _, ways, _ in wanted for t, _ in ways} - terms)
    # A pair of characters that no name has is told by the pairs beside it; where those are unknown
    # too, its single characters tell nothing.
    told: set[str] = set()
    for text, ways, group in wanted:
        if group == "part" and len(_parts(text)) > 1 and any(term in weights for term, _ in ways):
            told.update(_parts(text))
    seen: set[str] = set()
    for text, ways, group in wanted:
        known = tuple(Way(t, credit, weights[t].names) for t, credit in ways if t in weights)
        if known and known[0].credit == 1.0:
            known = known[:1]  # what some name has is no slip for another that sounds like it
        parts = _parts(text)
        if text in seen or (
            not known
            and group != "word"
            and (group == "across" or len(parts) == 1 or not told.isdisjoint(parts))
        ):
            continue
        if known:
            seen.add(text)  # what is unknown counts each time
        weight = max((weights[way.term].weight for way in known), default=UNKNOWN_WEIGHT)
        question.sought.append(Sought(text, weight, known))


def _parts(text: str) -> list[str]:
    """The characters of a Chinese pair, or the syllables of one in pinyin."""
    return text.split() if text.isascii() else list(text)


def _weights(connection: sqlite3.Connection, terms: set[str]) -> dict[str, _Term]:
    listed = sorted(terms)[:900]
    found = connection.execute(TERMS.format(marks(listed)), listed) if listed else ()
    return {term: _Term(weight, names) for term, weight, names in found}


def _chinese(
    word: str, dropped: set[int], sound_of: dict[str, str]
) -> list[tuple[str, list[tuple[str, float]], str]]:
    """The characters of a run of Chinese and their pairs; those at `dropped` name nothing alone.

    到 says nothing, but 升到 may be in a name: a pair with one such character counts, if known.
    """
    found = [(c, [(c, 1.0)], "part") for at, c in enumerate(word) if at not in dropped]
    for at, (a, b) in enumerate(itertools.pairwise(word)):
        unheard = len(dropped & {at, at + 1})
        if unheard == 2:
            continue
        ways = [(a + b, 1.0)]
        if not unheard and a in sound_of and b in sound_of:
            ways.append((f"~{sound_of[a]} {sound_of[b]}", BY_SOUND))
        found.append((a + b, ways, "across" if unheard else "part"))
    return found


def _latin(
    connection: sqlite3.Connection, latin: list[str], known: dict[str, _Term], question: Question
) -> list[tuple[str, list[tuple[str, float]], str]]:
    """English words, misspelt ones, and pinyin, told apart by what the index knows."""
    cut = _syllables(connection, latin)
    beside = {word: [sound for sound in sounds(own) if " " in sound] for word, own in cut.items()}
    heard = _weights(connection, {sound for own in beside.values() for sound in own})
    # dailan is no pinyin but a slip, where no name has its syllables side by side.
    question.syllables = syllables = {
        word: own for word, own in cut.items()
        if not beside[word] or not heard.keys().isdisjoint(beside[word])
        or not spelled_like(connection, word)
    }  # fmt: skip
    spelt_out = [word for word in latin if word.isalpha() and word in syllables]
    english = [word for word in latin if stem(word) in known]
    # Short syllables are English words too (long, men, change): where most of the question can be
    # read as pinyin and little of it as English, it is pinyin.
    alpha = [word for word in latin if word.isalpha()]
    sounds_chinese = (
        bool(alpha)
        and len(spelt_out) == len(alpha)
        and (len([word for word in english if len(word) > 3]) * 2 < len(alpha))
    )
    found: list[tuple[str, list[tuple[str, float]], str]] = []
    run: list[str] = []
    for word in [*latin, ""]:
        as_sound = word in syllables and (sounds_chinese or stem(word) not in known)
        if as_sound:
            run += syllables[word]
            continue
        if run:
            found += [(heard[1:], [(heard, 1.0)], "part") for heard in sounds(run)]
            run = []
        if word:
            found.append((word, _english(connection, word, known, question), "word"))
    return found


def _english(
    connection: sqlite3.Connection, word: str, known: dict[str, _Term], question: Question
) -> list[tuple[str, float]]:
    root = stem(word)
    if root in known or not word.isalpha() or len(word) < 4:
        return [(root, 1.0)]
    near = spelled_like(connection, word)
    if near:
        question.corrected[word] = near[0]
    return [(stem(other), BY_SPELLING) for other in near] or [(root, 1.0)]


def spelled_like(connection: sqlite3.Connection, word: str, most: int = 3) -> list[str]:
    """Known words that `word` may be a misspelling of, the nearest first."""
    pieces = sorted(grams(word))
    allowed = 1 if len(word) < 6 else 2
    near = []
    for other, shared in connection.execute(SPELLED_LIKE.format(marks(pieces)), pieces):
        far = distance(word, other, allowed)
        # Two faults, and a letter lost or gained by each: no longer the same word.
        if far <= allowed and (far < 2 or abs(len(word) - len(other)) < 2):
            near.append((far - 0.1 * (word[0] == other[0]), -shared, other))
    nearest = sorted(near)
    return [other for far, _, other in nearest if far <= nearest[0][0] + 0.5][:most]


def _syllables(connection: sqlite3.Connection, latin: list[str]) -> dict[str, list[str]]:
    """The words that can be read as pinyin, cut into syllables that the index knows."""
    pieces = sorted({
        f"~{word[a:b]}"
        for word in latin if word.isalpha() and len(word) <= 60
        for a in range(len(word)) for b in range(a + 1, min(a + 6, len(word)) + 1)
    })  # fmt: skip
    known: set[str] = set()
    for start in range(0, len(pieces), 900):
        part = pieces[start : start + 900]
        known.update(t[1:] for t, *_ in connection.execute(TERMS.format(marks(part)), part))
    cut = {}
    for word in latin:
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for begin in range(max(0, end - 6), end):
                head = best[begin]
                if head is not None and word[begin:end] in known:
                    tail = best[end]
                    if tail is None or len(head) + 1 < len(tail):
                        best[end] = [*head, word[begin:end]]
        whole = best[len(word)]
        if whole:
            cut[word] = whole
    return cut
