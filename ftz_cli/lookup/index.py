"""The look-up's tables, built once when data is loaded: names, words, sounds, series, numbers.

Everything slow is done here, so that plain SELECTs answer a question: the pinyin of words, where
words end, and the weight of each part of a name.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, NamedTuple

from ..language import word_lists
from ..language.word_lists import Place
from .spelling import (
    ABOVE,
    ALSO,
    GENERIC,
    ID,
    LABEL,
    LONGEST,
    SUFFIX_ROLES,
    TEXT,
    THEME,
    boundaries,
    fold,
    is_chinese,
    is_indivisible,
    is_word,
    phrases,
    stem,
    terms_of,
    units_of,
    word_key,
)

if TYPE_CHECKING:
    from ..database.building import WritableDatabase

TABLES = """
-- What a word means: role (filler, verb, content, group, place, unit, counter, name, label or a
-- facet of question_words.csv) and target. English fillers and places are listed as =word, all
-- other words by their stems.
create table lookup_words (word text not null, role text not null, target text not null,
    primary key (word, role, target)) strict, without rowid;
-- Names of things by rank; key is the text, parts the cuts and weights of its units as JSON.
create table lookup_names (id integer primary key, kind text not null, ref text not null,
    rank integer not null, key text not null, parts text not null) strict;
-- Where a name has a term: a stem, a pair of units, or a word of a group of synonyms (=number).
create table lookup_postings (term text not null, name integer not null, start integer not null,
    size integer not null, primary key (term, name, start)) strict, without rowid;
create table lookup_sounds (sound text not null, word text not null, rank integer not null,
    primary key (sound, word)) strict, without rowid;
create table lookup_spellings (word text not null, letters integer not null) strict;
create table lookup_characters (character text primary key, plain text not null,
    sound text not null) strict, without rowid;
-- Which figures there are, whatever their period.
create table lookup_series (zone text not null, initiative text, metric text not null,
    measure text not null, unit text not null, scope text not null, status text not null,
    figures integer not null) strict
"""
AFTERWARDS = """
create index lookup_names_of_key on lookup_names (key, kind);
create index lookup_spellings_of_letters on lookup_spellings (letters);
insert into lookup_series
    select zone, initiative, metric, measure, unit, coalesce(scope, ''), status, count(*)
    from figures group by zone, initiative, metric, measure, unit, scope, status
    order by min(rowid);
create index lookup_series_of_metric on lookup_series (metric, zone);
create index lookup_series_of_initiative on lookup_series (initiative);
create index lookup_series_of_zone on lookup_series (zone)
"""
NAMED = (
    ("zone", "zones", ((ID, "id"), (LABEL, "name_zh"), (LABEL, "name_en"), (ALSO, "also"))),
    ("initiative", "initiatives", (
        (ID, "id"), (LABEL, "name_zh"), (LABEL, "name_en"), (ALSO, "also"), (THEME, "theme_zh"),
        (THEME, "theme_en"))),
    ("metric", "metrics", (
        (ID, "id"), (LABEL, "name_zh"), (LABEL, "name_en"), (ALSO, "also"),
        (TEXT, "definition_zh"), (TEXT, "definition_en"))),
    ("recognition", "recognitions", (
        (TEXT, "scope"), (TEXT, "scope_en"), (TEXT, "by"), (TEXT, "by_en"), (TEXT, "printed"))),
)  # fmt: skip
# Scopes of shares, ranks and multiples: the names of a zone, or the words as printed.
SCOPES = """
select distinct f.scope, coalesce(z.name_zh, f.scope), coalesce(z.name_en, f.scope_en, '')
from figures f left join zones z on z.id = f.scope where f.scope is not null
"""
PARENTS = """
select 'zone', id, parent from zones union all select 'metric', id, broader from metrics
"""
UNITS = "select id, name_zh, name_en, also, kind, base from all_units"

# The most pronunciations of a word that are listed.
MOST_SOUNDS = 8
# The weight of a Chinese character in a name, where an English word has 1.
CHINESE = 0.5
_WEAK = frozenset({"generic", "filler", "role"})
# Kinds of units that measure; the other units count things.
_PHYSICAL = frozenset((
    "scale", "money", "mass", "length", "area", "volume", "duration", "share", "points",
    "multiple", "measure", "rank",
))  # fmt: skip
# The ten of "ten days" is no unit, nor the second of "second batch", nor the night of its trains.
_NO_UNITS = frozenset(("ten", "hundred", "second", "seconds", "night", "nights"))
# Kinds of units that ask for a value of their kind.
_ASKING = frozenset(("length", "area", "volume", "money", "mass", "share"))
# Base units of times that ask for one.
_TIMES = frozenset(("working day", "day", "h", "min", "s"))
# A word with these roles alone is read from pinyin only if a name has it.
_COMMON = frozenset({"verb", "content", "name", "label"})
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff〇]+")

Roles = dict[str, dict[str, set[str]]]
_Terms = list[tuple[str, int, int, float]]


class _Text:
    """A text: its units, where it may be cut, and the known words and phrases between cuts."""

    def __init__(self, units: list[str]) -> None:
        self.units, self.cuts = units, list[bool]()
        self.words: list[tuple[range, str]] = []


class _Name(NamedTuple):
    kind: str
    ref: str
    rank: int
    text: _Text


def build(db: WritableDatabase) -> None:
    """Build the look-up's tables over zones, initiatives, metrics, units, sources and figures."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    characters = list(word_lists.characters())
    simplified = word_lists.simplified()

    @cache
    def parse(text: str) -> _Text:
        return _Text(units_of(fold(text).translate(simplified)))

    places = word_lists.places()
    names = [
        _Name(kind, ref, rank, parse(text)) for kind, ref, rank, text in _named(db, places) if text
    ]
    labels = [name.text for name in names if name.rank in (LABEL, ALSO) and name.kind != "scope"]
    roles: Roles = defaultdict(lambda: defaultdict(set))
    for word, role, target in (*_listed(db, parse, places), *_words_of_labels(labels)):
        if word not in ("", "="):
            roles[word][role].add(target)
    _divide({name.text for name in names}, roles)
    db.executemany("insert into lookup_words values (?, ?, ?)", sorted(
        (word, role, target) for word, of_word in roles.items()
        for role, targets in of_word.items() for target in targets
    ))  # fmt: skip
    _write_names(db, names, roles)
    sounds = {char: of_char for char, plain, of_char in characters if char == plain}
    spelt = _write_sounds(db, labels, roles, sounds)
    known = [form for place in places for form in place.en]
    known += [word for group in word_lists.synonyms() for word in group]
    known += [word for *_, word in word_lists.question_words()]
    spelt |= {unit for text in (*labels, *map(parse, known)) for unit in text.units}
    db.executemany("insert into lookup_spellings values (?, ?)", (
        (word, len(word)) for word in sorted(spelt) if is_word(word)
    ))  # fmt: skip
    db.executemany("insert into lookup_characters values (?, ?, ?)", (
        (char, plain, (*of_char, "")[0]) for char, plain, of_char in characters
    ))  # fmt: skip
    for statement in AFTERWARDS.split(";\n"):
        db.execute(statement)


def _divide(texts: Iterable[_Text], roles: Roles) -> None:
    """Find where texts may be cut, and the known words and phrases in them."""
    words = {word for word, of_word in roles.items() if is_indivisible(of_word)}
    free = {word for word in roles if len(word) == 1 and roles[word].keys() & SUFFIX_ROLES}
    for text in texts:
        text.cuts = boundaries(text.units, words.__contains__, free)
        text.words = [
            (range(start, start + size), word)
            for start, size, word in phrases(text.units, text.cuts)
            if word in roles or f"={word}" in roles
        ]


def _named(db: WritableDatabase, places: list[Place]) -> Iterator[tuple[str, str, int, str]]:
    """Every name of every thing, and the names of what is above it: kind, ref, rank, text."""
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    contrast = re.compile("|".join(
        rf"\b{word}\b" if word.isascii() else word
        for _, target, word in word_lists.question_words() if target == "not"
    ))  # fmt: skip
    for kind, table, columns in NAMED:
        for rank, column in columns:
            for ref, text in db.query(f'select id, "{column}" from {table} order by rowid'):
                # A definition must not be found by what it excludes: (…; not its value).
                text = contrast.split(text or "")[0] if rank == TEXT else text or ""
                for name in text.split(";") if rank == ALSO else (text,):
                    yield kind, ref, rank, name
                    if rank in (LABEL, ALSO):
                        names[kind, ref].append(name)
    for scope, *texts in db.query(SCOPES):
        yield from (("scope", scope, ALSO, text) for text in texts)
    # Of places with one name the first counts: 海南 is the province, not the prefecture in 青海.
    of_form = {form: place for place in reversed(places) for form in place.zh if len(form) > 1}
    pilots = [
        word for _, target, word in word_lists.question_words()
        if target == "pilot_zone" and is_chinese(word)
    ]  # fmt: skip
    parents = {(kind, ref): (kind, parent) for kind, ref, parent in db.query(PARENTS)}
    for (kind, ref), parent in parents.items():
        above: dict[str, None] = {}
        while parent in names:
            above |= dict.fromkeys(names[parent])
            parent = parents[parent]
        # A zone lies in the place that its name begins with: 广西钦州港.
        for name in names[kind, ref] if kind == "zone" else ():
            place = next((of_form[name[:end]] for end in (4, 3, 2) if name[:end] in of_form), None)
            # The short name of a province stands for it: 湘自贸区 is 湖南自贸试验区.
            if place and name.removeprefix(place.zh[0]) in pilots:
                short = (form for form in place.zh if len(form) == 1)
                yield from ((kind, ref, ALSO, form + word) for form in short for word in pilots)
            while place and place.zh[0] != "中国":
                above |= dict.fromkeys((*place.zh, *place.en))
                place = of_form.get(place.parent)
        yield from ((kind, ref, ABOVE, text) for text in above)


def _listed(
    db: WritableDatabase, parse: Callable[[str], _Text], places: list[Place]
) -> Iterator[tuple[str, str, str]]:
    """The words of the word lists, and of units: the key of each, a role, a target."""
    for word, role in word_lists.common_words():
        yield (f"={word}" if role == "filler" and word.isascii() else stem(word)), role, ""
    synonyms = word_lists.synonyms()
    groups = {word: str(number) for number, group in enumerate(synonyms) for word in group}
    for facet, target, word in word_lists.question_words():
        units = parse(word).units
        if facet in ("implied", "actor"):
            yield from ((word_key(units), facet, groups[by]) for by in target.split())
        elif word[0] == "=" or (facet == "filler" and word.isascii()):
            yield f"={' '.join(units)}", facet, target
        elif facet == "ranked":
            yield from ((word_key(units), *role) for role in (("measure", "rank"), (facet, target)))
        else:
            yield word_key(units), facet, target
    for number, group in enumerate(synonyms):
        yield from ((word_key(parse(word).units), "group", str(number)) for word in group)
    for place in places:
        for units in (parse(form).units for form in (*place.zh, *place.en)):
            # English places have no stems: the stem of Jining is jine.
            exact = f"={' '.join(units)}" if is_word(units[0]) else word_key(units)
            yield exact, "place", place.zh[0]
    of_units = db.query(UNITS)
    physical = {id for id, *_, kind, _ in of_units if kind in _PHYSICAL}
    for id, zh, en, also, kind, base in of_units:
        # Folding drops a sign, and the letter of A$ alone is no unit.
        forms = [form for form in (id, zh, en, *(also or "").split(";")) if "$" not in form]
        # Other spellings of a counter are things of a kind: banks are counted as firms.
        forms = forms if kind in _PHYSICAL else [id, zh, en]
        forms = [form for form in forms if form not in _NO_UNITS]
        for word in {word_key(parse(form).units) for form in forms}:
            yield word, "unit" if kind in _PHYSICAL else "counter", id
            # 列数 asks how many, as 列 does not; 吨数 asks for a mass.
            if kind not in _PHYSICAL and len(word) == 1 and word not in physical:
                yield from ((f"{word}数", "kind", "count"), (f"{word}数", "counter", id))
            # Hours ask for a duration, metres for a length. Other phrases have years and 里, too.
            if len(word) > 1 and (kind in _ASKING or base in _TIMES):
                yield word, "kind", kind


def _words_of_labels(labels: list[_Text]) -> Iterator[tuple[str, str, str]]:
    """The English words of labels, and short Chinese labels as wholes: key, role, no target."""
    for units in (text.units for text in labels):
        yield from ((stem(unit), "name", "") for unit in units if is_word(unit))
        if 0 < len(units) <= LONGEST and all(map(is_chinese, units)):
            yield "".join(units), "label", ""


def _write_names(db: WritableDatabase, names: list[_Name], roles: Roles) -> None:
    rows, postings = [], []
    described: dict[tuple[_Text, bool], tuple[str, _Terms]] = {}
    for id, (kind, ref, rank, text) in enumerate(names, 1):
        key = (text, kind == "zone")
        if key not in described:
            described[key] = _described(*key, roles)
        parts, terms = described[key]
        rows.append((id, kind, ref, rank, "".join(text.units), parts))
        postings += [
            (term, id, start, size) for term, start, size, weight in terms
            if rank != ABOVE or weight > GENERIC
        ]  # fmt: skip
    db.executemany("insert into lookup_names values (?, ?, ?, ?, ?, ?)", rows)
    db.executemany("insert or ignore into lookup_postings values (?, ?, ?, ?)", sorted(postings))


def _described(text: _Text, of_zone: bool, roles: Roles) -> tuple[str, _Terms]:
    """The cuts and weights of a name as JSON; and its terms, with the weight of each."""
    weights = [CHINESE if is_chinese(unit) else 1.0 for unit in text.units]
    # A word of 'free trade zone' does not count by itself, e.g. 'trade'.
    of_pilot_zones = {
        at for span, word in text.words
        if "pilot_zone" in roles.get(word, {}).get("place_kind", ()) for at in span
    }  # fmt: skip
    # 'Exports' alone must not find 'imports and exports'.
    pairs = [{*span} for span, word in text.words if "pair" in roles.get(word, ())]

    def is_part_of_pair(span: range) -> bool:
        return any(pair.intersection(span) and not pair.issubset(span) for pair in pairs)

    terms = []
    for term, start, size in terms_of(text.units):
        span, of_term = range(start, start + size), roles.get(term, {})
        is_named = "group" in of_term or not is_chinese(term)
        within = is_named and "place_kind" not in of_term and of_pilot_zones.issuperset(span)
        if not within and not is_part_of_pair(span):
            terms.append((term, start, size))
    for span, word in text.words:
        of_word = roles.get(word, {})
        groups, kinds = of_word.get("group", set()), of_word.get("place_kind", set())
        # The A of 西安出口加工区A区 and of Area A is no article.
        is_letter = is_word(word) and len(word) == 1
        is_letter &= span.stop == len(text.units) or is_chinese(text.units[span.stop])
        weak = _WEAK & {*of_word, *roles.get(f"={word}", ())} and not groups and not is_letter
        if weak or (of_zone and kinds) or "pilot_zone" in kinds:
            for at in span:
                weights[at] = min(weights[at], GENERIC)
        within = "pilot_zone" not in kinds and of_pilot_zones.issuperset(span)
        if not within and not is_part_of_pair(span):
            terms += [(f"={group}", span.start, len(span)) for group in groups]
    written = json.dumps((list(map(int, text.cuts)), weights), separators=(",", ":"))
    return written, [(*term, max(weights[term[1] : term[1] + term[2]])) for term in terms]


def _write_sounds(
    db: WritableDatabase, labels: list[_Text], roles: Roles, sounds: dict[str, tuple[str, ...]]
) -> set[str]:
    """List Chinese words by their pinyin, and return it.

    The words are names, first of all, then the parts of names between cuts, then words with a role;
    last those of which no slip is assumed, as they change what is asked for: 除了, 开原.
    """
    ranks: dict[str, int] = {}
    for label in labels:
        signs = "".join(unit if is_chinese(unit) else " " for unit in label.units)
        cuts = [at for at, cut in enumerate(label.cuts) if cut]
        for run in _CHINESE_RUN.finditer(signs):
            ranks[run[0]] = 0
        for start, end in combinations(cuts, 2):
            if end - start <= LONGEST and _CHINESE_RUN.fullmatch(signs, start, end):
                ranks.setdefault(signs[start:end], 1)
    for word, of_word in roles.items():
        if of_word.keys() - _COMMON and _CHINESE_RUN.fullmatch(word):
            rank = 4 if of_word.keys() & {"turn", "place"} else 3
            ranks.setdefault(word, 2 if "group" in of_word else rank)
    rows = []
    for word, rank in ranks.items():
        if len(word) > 1:  # single syllables could make up any name
            spoken = product(*(sounds.get(char, ("?",)) or ("?",) for char in word))
            rows += [(sound, word, rank) for sound in map("".join, islice(spoken, MOST_SOUNDS))]
    rows.sort()
    db.executemany("insert or ignore into lookup_sounds values (?, ?, ?)", rows)
    return {sound for sound, *_ in rows if "?" not in sound}
