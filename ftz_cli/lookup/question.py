"""A question taken apart: its units, what they are known as, its periods and what it asks for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..database import Database
from .asked_periods import Asked, take_periods
from .reading import read_homophones, read_pinyin, read_slip
from .spelling import boundaries, fold, is_chinese, is_word, units_of, word_key

ROLES = "select word, role, target from lookup_words where word in (select value from json_each(?))"
CHARACTERS = (
    "select character, plain, sound from lookup_characters"
    " where character in (select value from json_each(?))"
)
# A question has so many units at most; a word of several units so many.
MOST_UNITS, LONGEST, LONGEST_PHRASE = 60, 8, 5
# Roles of words that an answer need not account for.
FREE = frozenset({"filler", "generic", "kind", "order", "unit", "role"})
# What words of common language only, and units that no list has, cost against other words.
PLAIN, COMMON, UNKNOWN = frozenset({"content", "verb"}), 1.6, 3.0
# A gap between Chinese words.
GAP = "·"


class Word(NamedTuple):
    """A known word or phrase of a question: its first unit, how many, and what it is known as."""

    start: int
    size: int
    roles: dict[str, frozenset[str]]

    @property
    def span(self) -> range:
        """The places of its units."""
        return range(self.start, self.start + self.size)


@dataclass(slots=True)
class Question:
    """A question as the look-up understands it.

    `words` are the known words that it is made of; `needed` are the places of the units that an
    answer has to account for; `read_as` are words that were read as others.
    """

    text: str
    folded: str
    units: list[str]
    cuts: list[bool]
    phrases: list[Word]
    words: list[Word]
    periods: list[Asked]
    read_as: dict[str, str]
    needed: set[int] = field(default_factory=set)

    def targets(self, role: str) -> set[str]:
        """What the words of a facet ask for."""
        return {target for word in self.words for target in word.roles.get(role, ())}

    def text_of(self, places: Sequence[int] | set[int]) -> list[str]:
        """The whole words that have a unit in `places`, as they were typed."""
        found: list[list[int]] = []
        for at in sorted(places):
            spans = [w.span for w in self.words if at in w.span and w.size > 1]
            span = [*spans[0]] if spans else [at]
            if found and (at in found[-1] or (
                not spans and found[-1][-1] == at - 1 and is_chinese(self.units[at])
                and is_chinese(self.units[at - 1]))):  # fmt: skip
                found[-1] = sorted({*found[-1], *span})
            else:
                found.append(span)
        return [
            ("" if is_chinese(self.units[span[0]]) else " ").join(self.units[at] for at in span)
            for span in found
        ]


def parse(db: Database, text: str, dated: bool = True) -> Question:
    """Take a question apart; `dated` says whether it may name periods."""
    folded = _simplified(db, fold(text))
    periods, rest = take_periods(folded) if dated else ([], folded)
    units = _with_gaps(rest)[:MOST_UNITS]
    read_as: dict[str, str] = {}
    phrases, cuts = _known(db, units)
    read = _read(db, units, phrases, read_as)
    if read != units:
        units = read[:MOST_UNITS]
        phrases, cuts = _known(db, units)
    question = Question(text, folded, units, cuts, phrases, [], periods, read_as)
    question.words = _segmented(phrases, len(units))
    _mark_needed(question)
    return question


def _read(
    db: Database, units: list[str], phrases: list[Word], read_as: dict[str, str]
) -> list[str]:
    """The units with unknown words read as what they were meant for; doubtful ones are noted."""
    known = {at for word in phrases for at in word.span}
    unknown = {at for at, unit in enumerate(units) if unit != GAP and at not in known}
    named = {at for word in phrases if word.roles.keys() != {"place"} for at in word.span}
    places = {at for at in known - named if is_word(units[at])}
    if not unknown and not places:
        return units
    whole = {at for word in phrases if word.size > 1 for at in word.span}
    loose = {at for at, unit in enumerate(units) if is_chinese(unit) and at not in whole}
    if loose & unknown:
        sounds = {char: sound for char, _, sound in _characters(db, units)}
        for (start, end), name in read_homophones(db, units, loose, sounds).items():
            units[start:end] = name
    read: list[str] = []
    for word in read_pinyin(db, units, {at for at in unknown if is_word(units[at])}, places):
        slip = read_slip(db, word) if word in units and units.index(word) in unknown else None
        if slip and is_word(word):
            if not slip[1]:
                read_as[word] = slip[0]
            word = slip[0]
        if read and is_chinese(word[0]) and is_chinese(read[-1]) and len(word) > 1:
            read.append(GAP)
        read += word if is_chinese(word) else [word]
    return read


def _simplified(db: Database, folded: str) -> str:
    plain = {ord(char): other for char, other, _ in _characters(db, folded) if char != other}
    return folded.translate(plain)


def _characters(db: Database, text: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    chinese = sorted({char for char in text if len(char) == 1 and is_chinese(char)})
    return db.query(CHARACTERS, (json.dumps(chinese),)) if chinese else iter(())


def _with_gaps(text: str) -> list[str]:
    """The units of a text, with a gap where Chinese is set apart from Chinese."""
    units: list[str] = []
    for part in text.split():
        found = units_of(part)
        if units and found and is_chinese(units[-1]) and is_chinese(found[0]):
            units.append(GAP)
        units += found
    return units


def _known(db: Database, units: list[str]) -> tuple[list[Word], list[bool]]:
    """The known words that `units` have, and where they may be cut."""
    spans: list[tuple[int, int, str]] = []
    for start, unit in enumerate(units):
        chinese = is_chinese(unit)
        for size in range(1, (LONGEST if chinese else LONGEST_PHRASE) + 1):
            part = units[start : start + size]
            if len(part) < size or any(is_chinese(u) != chinese or u == GAP for u in part):
                break
            spans.append((start, size, word_key(part)))
            if not chinese:
                spans.append((start, size, f"={' '.join(part)}"))
    roles: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = json.dumps(sorted({key for _, _, key in spans}))
    for key, role, target in db.query(ROLES, (wanted,)):
        roles[key][role].add(target)
    free = {key for key in roles if len(key) == 1 and roles[key].keys() & {"generic", "place_kind"}}
    cuts = boundaries(units, roles.__contains__, free, LONGEST)
    merged: dict[tuple[int, int], dict[str, frozenset[str]]] = {}
    for start, size, key in spans:
        if key in roles and cuts[start] and cuts[start + size]:
            own = merged.setdefault((start, size), {})
            own.update({role: frozenset(targets) for role, targets in roles[key].items()})
    return [Word(start, size, own) for (start, size), own in merged.items()], cuts


def _segmented(phrases: list[Word], size: int) -> list[Word]:
    """The words that a text is made of: as few as can be, those that the data or a list of
    question words knows before others."""
    best: list[tuple[float, Word | None]] = [(0.0, None)]
    ending: defaultdict[int, list[Word]] = defaultdict(list)
    for word in phrases:
        ending[word.start + word.size].append(word)
    for end in range(1, size + 1):
        best.append((best[end - 1][0] + UNKNOWN, None))
        for word in ending[end]:
            cost = best[word.start][0] + (1.0 if word.roles.keys() - PLAIN else COMMON)
            if cost < best[end][0]:
                best[end] = (cost, word)
    chosen: list[Word] = []
    while size:
        word = best[size][1]
        size -= word.size if word else 1
        if word:
            chosen.insert(0, word)
    return chosen


def _mark_needed(question: Question) -> None:
    """Note which units an answer has to account for."""
    question.needed = {at for at, unit in enumerate(question.units) if unit != GAP}
    for word in question.words:
        counted = "counter" in word.roles and word.size == 1 and is_chinese(
            question.units[word.start]
        )  # fmt: skip
        if (word.roles.keys() & FREE or counted) and not (
            word.roles.keys() & {"measure", "change"}
        ):
            question.needed.difference_update(word.span)


def is_plain_number(question: Question) -> bool:
    """Whether a question is nothing but a number with its unit and qualifier."""
    numbers = [at for at, unit in enumerate(question.units) if unit[0].isdecimal()]
    left = question.needed.difference(numbers)
    units = {at for word in question.phrases for at in word.span
             if word.roles.keys() & {"unit", "counter", "share"}}  # fmt: skip
    return bool(numbers) and left <= units and not any(map(is_word, question.text_of(left)))
