"""The look-up's tables, built once when data is loaded: names, words, sounds, series, numbers.

Everything slow is done here, so that a question is answered with plain SELECTs: pinyin, where
words end, and how much each part of a name tells.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
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
    TEXT,
    THEME,
    boundaries,
    fold,
    is_chinese,
    is_tile,
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
-- What a word is: role (filler, verb, content, group, place, unit, counter, name, label or a facet
-- of question_words.csv) and target. English fillers and places are listed as =word, all
-- else by its stem.
create table lookup_words (word text not null, role text not null, target text not null,
    primary key (word, role, target)) strict, without rowid;
-- Names of things by rank; parts are the name's units, cuts and weights as JSON.
create table lookup_names (id integer primary key, kind text not null, ref text not null,
    rank integer not null, key text not null, parts text not null) strict;
-- Where names have a stem, a pair of Chinese characters, or a word of a group of synonyms.
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
# What shares, ranks and multiples are of; a zone where it is one.
SCOPES = """
select distinct f.scope, coalesce(z.name_zh, f.scope), coalesce(z.name_en, f.scope_en, '')
from figures f left join zones z on z.id = f.scope where f.scope is not null
"""
PARENTS = """
select 'zone', id, parent from zones union all select 'metric', id, broader from metrics
"""
UNITS = "select id, name_zh, name_en, also, kind, base from all_units"

# So many ways to say a word are listed.
MOST_SOUNDS = 8
# What a Chinese character of a name weighs against an English word.
CHINESE = 0.5
_WEAK = frozenset({"generic", "filler", "role"})
# Kinds of units that are no things themselves.
_PHYSICAL = frozenset((
    "scale", "money", "mass", "length", "area", "volume", "duration", "share", "points",
    "multiple", "measure", "rank",
))  # fmt: skip
# Kinds of units that ask for a value of their kind.
_ASKED = frozenset(("length", "area", "volume", "money", "mass", "share"))
# Roles of words that are heard only where names have them.
_COMMON = frozenset({"verb", "content", "name", "label"})
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff〇]+")

Roles = dict[str, dict[str, set[str]]]
_Terms = list[tuple[str, int, int, float]]


class _Text:
    """A text of names: its units, where it may be cut, and what may be a word or phrase of it."""

    def __init__(self, units: list[str]) -> None:
        self.units, self.cuts = units, list[bool]()
        self.words: list[tuple[int, int, str]] = []


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
    plain = {own: other for own, other, _ in characters if own != other}
    sounds = {own: of for own, other, of in characters if own == other}
    simplified = str.maketrans(plain)

    @cache
    def simple(text: str) -> list[str]:
        return units_of(fold(text).translate(simplified))

    @cache
    def parsed(text: str) -> _Text:
        return _Text(simple(text))

    places = word_lists.places()
    names = [
        _Name(kind, ref, rank, parsed(text))
        for kind, ref, rank, text in _named(db, places) if text
    ]  # fmt: skip
    roles: Roles = defaultdict(lambda: defaultdict(set))
    for word, role, target in _listed(db, simple, places):
        if word not in ("", "="):
            roles[word][role].add(target)
    labels = [name for name in names if name.rank in (LABEL, ALSO) and name.kind != "scope"]
    for word, role in {own for name in labels for own in _own_words(name.text.units)}:
        roles[word][role].add("")
    tiles = {word for word, own in roles.items() if is_tile(own)}
    singles = [word for word in roles if len(word) == 1]
    free = {word for word in singles if roles[word].keys() & {"generic", "place_kind"}}
    for text in {id(name.text): name.text for name in names}.values():
        text.cuts = boundaries(text.units, tiles.__contains__, free)
        every = phrases(text.units, text.cuts)
        text.words = [one for one in every if one[2] in roles or f"={one[2]}" in roles]
    db.executemany("insert into lookup_words values (?, ?, ?)", sorted(
        (word, role, target)
        for word, own in roles.items() for role, targets in own.items() for target in targets
    ))  # fmt: skip
    _write_names(db, names, roles)
    spelt = _write_sounds(db, labels, roles, sounds)
    spelt |= {unit for name in labels for unit in name.text.units}
    spelt |= {unit for place in places for form in place.en for unit in simple(form)}
    spelt |= {unit for word in (
        *(word for group in word_lists.synonyms() for word in group),
        *(word for *_, word in word_lists.question_words()),
    ) for unit in simple(word)}  # fmt: skip
    db.executemany("insert into lookup_spellings values (?, ?)", (
        (word, len(word)) for word in sorted(spelt) if is_word(word)
    ))  # fmt: skip
    db.executemany("insert into lookup_characters values (?, ?, ?)", (
        (own, other, (*of, "")[0]) for own, other, of in characters
    ))  # fmt: skip
    for statement in AFTERWARDS.split(";\n"):
        db.execute(statement)


def _named(db: WritableDatabase, places: list[Place]) -> Iterator[tuple[str, str, int, str]]:
    """Every name of every thing: kind, ref, rank, text; and the names of what is above it."""
    own: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    contrast = re.compile("|".join(
        rf"\b{word}\b" if word.isascii() else word
        for _, target, word in word_lists.question_words() if target == "not"
    ))  # fmt: skip
    for kind, table, columns in NAMED:
        for rank, column in columns:
            for ref, text in db.query(f'select id, "{column}" from {table} order by rowid'):
                # What a definition sets its thing against (…; not its value) are none of its words.
                text = contrast.split(text or "")[0] if rank == TEXT else text or ""
                for name in text.split(";") if rank == ALSO else (text,):
                    yield kind, ref, rank, name
                    if rank in (LABEL, ALSO):
                        own[kind, ref].append(name)
    for scope, *texts in db.query(SCOPES):
        yield from (("scope", scope, ALSO, text) for text in texts)
    # Of several places of a name the first one is listed: 海南 is a province, and lies in no 青海.
    of_form = {form: place for place in reversed(places) for form in place.zh if len(form) > 1}
    pilots = [
        word for _, target, word in word_lists.question_words()
        if target == "pilot_zone" and is_chinese(word)
    ]  # fmt: skip
    parents = {(kind, ref): (kind, parent) for kind, ref, parent in db.query(PARENTS)}
    for (kind, ref), parent in parents.items():
        above: dict[str, None] = {}
        while parent in own:
            above |= dict.fromkeys(own[parent])
            parent = parents[parent]
        # A label that begins with a place lies there: 广西钦州港.
        for name in own[kind, ref] if kind == "zone" else ():
            at = next((of_form[name[:end]] for end in (4, 3, 2) if name[:end] in of_form), None)
            # 湖南自贸试验区 is 湘自贸区, too.
            if at and name.removeprefix(at.zh[0]) in pilots:
                short = (form for form in at.zh if len(form) == 1)
                yield from ((kind, ref, ALSO, form + word) for form in short for word in pilots)
            while at and at.zh[0] != "中国":
                above |= dict.fromkeys((*at.zh, *at.en))
                at = of_form.get(at.parent)
        yield from ((kind, ref, ABOVE, text) for text in above)


def _listed(
    db: WritableDatabase, simple: Callable[[str], list[str]], places: list[Place]
) -> Iterator[tuple[str, str, str]]:
    """The words of the lists and of units: what each is listed under, role, target."""
    for word, role in word_lists.common_words():
        yield (f"={word}" if role == "filler" and word.isascii() else stem(word)), role, ""
    for facet, target, word in word_lists.question_words():
        units = simple(word)
        if word[0] == "=" or (facet == "filler" and word.isascii()):
            yield f"={' '.join(units)}", facet, target
        elif facet == "ranked":
            yield from ((word_key(units), *role) for role in (("measure", "rank"), (facet, target)))
        else:
            yield word_key(units), facet, target
    for number, group in enumerate(word_lists.synonyms()):
        yield from ((word_key(simple(word)), "group", str(number)) for word in group)
    for place in places:  # Jining is no form of jine
        for units in map(simple, (*place.zh, *place.en)):
            exact = f"={' '.join(units)}" if is_word(units[0]) else word_key(units)
            yield exact, "place", place.zh[0]
    for id, zh, en, also, kind, base in db.query(UNITS):
        # Without its sign, A$ is a mere letter.
        forms = [form for form in (id, zh, en, *(also or "").split(";")) if "$" not in form]
        own = forms if kind in _PHYSICAL else (id, zh, en)  # banks are firms of a kind
        for word in {word_key(simple(form)) for form in own}:
            yield word, "unit" if kind in _PHYSICAL else "counter", id
            # Hours ask for a time, metres for a length; years stand in much else, as does 里.
            if len(word) > 1 and (kind in _ASKED or base in ("day", "h", "min", "s")):
                yield word, "kind", kind


def _own_words(units: list[str]) -> Iterator[tuple[str, str]]:
    """Words that the data brings: those of English, and short Chinese names as wholes."""
    yield from ((stem(unit), "name") for unit in units if is_word(unit))
    if 0 < len(units) <= LONGEST and all(map(is_chinese, units)):
        yield "".join(units), "label"


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
    """A name's units, cuts and weights as JSON; and what it is found by, and its weight."""
    weights = [CHINESE if is_chinese(unit) else 1.0 for unit in text.units]
    # The trade of a free trade zone is no word by itself.
    zones = {
        at for start, size, word in text.words
        if "pilot_zone" in roles.get(word, {}).get("place_kind", ())
        for at in range(start, start + size)
    }  # fmt: skip
    # Imports and exports are no exports.
    pairs = [
        range(start, start + size) for start, size, word in text.words
        if "pair" in roles.get(word, ())
    ]  # fmt: skip

    def is_part(span: range) -> bool:
        return any({*span} & {*pair} and not {*span} >= {*pair} for pair in pairs)

    terms = []
    for term, start, size in terms_of(text.units):
        here = {*roles.get(term, ())}
        if is_part(range(start, start + size)):
            continue
        alone = "group" in here or not is_chinese(term)
        if "place_kind" in here or not (alone and zones.issuperset(range(start, start + size))):
            terms.append((term, start, size))
    for start, size, word in text.words:
        span = range(start, start + size)
        here = {*roles.get(word, ()), *roles.get(f"={word}", ())}
        kinds = roles[word]["place_kind"] if "place_kind" in here else set()
        weak = here & _WEAK and "group" not in here
        if weak or (of_zone and kinds) or "pilot_zone" in kinds:
            for at in span:
                weights[at] = min(weights[at], GENERIC)
        loose = "pilot_zone" in kinds or not zones.issuperset(span)
        if "group" in here and loose and not is_part(span):
            terms += [(f"={group}", start, size) for group in roles[word]["group"]]
    written = json.dumps((list(map(int, text.cuts)), weights), separators=(",", ":"))
    return written, [(*term, max(weights[term[1] : term[1] + term[2]])) for term in terms]


def _write_sounds(
    db: WritableDatabase, labels: list[_Name], roles: Roles, sounds: dict[str, tuple[str, ...]]
) -> set[str]:
    """List Chinese words by their pinyin, those of names first; returns the sounds.

    Of names, every part that begins and ends between words is listed.
    """
    ranks: dict[str, int] = {}
    for name in labels:
        signs = "".join(unit if is_chinese(unit) else " " for unit in name.text.units)
        cuts = [at for at, cut in enumerate(name.text.cuts) if cut]
        for run in _CHINESE_RUN.finditer(signs):
            ranks[run[0]] = 0
        for start, end in combinations(cuts, 2):
            if end - start <= LONGEST and _CHINESE_RUN.fullmatch(signs, start, end):
                ranks.setdefault(signs[start:end], 1)
    for word, own in roles.items():
        if own.keys() - _COMMON and _CHINESE_RUN.fullmatch(word):
            ranks.setdefault(word, 2 if "group" in own else 3)
    rows = []
    for word, rank in ranks.items():
        each = product(*(sounds.get(char, ("?",)) or ("?",) for char in word))
        rows += [(sound, word, rank) for sound in map("".join, islice(each, MOST_SOUNDS))
                 if len(word) > 1]  # fmt: skip
    rows.sort()
    db.executemany("insert or ignore into lookup_sounds values (?, ?, ?)", rows)
    return {sound for sound, *_ in rows if "?" not in sound}
