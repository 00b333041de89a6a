"""The look-up's tables, built once when data is loaded: names, words, sounds, series, numbers.

Everything slow is done here, so that a question is answered with plain SELECTs: pinyin (pypinyin),
traditional characters (opencc), where words end, and how much each part of a name tells.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..language import word_lists
from ..language.word_lists import Place
from .spelling import boundaries, fold, is_chinese, is_word, pairs, pieces, stem, units_of, word_key


class WritableDatabase(Protocol):
    """The part of a database under construction that the index needs."""

    def execute(self, sql: str, params: Any = ()) -> None:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for each row."""

    def query(self, sql: str, params: Any = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement."""


TABLES = (
    # What a word is: role (filler, verb, content, group, place, name, unit or a facet of
    # question_words.csv) and target. Fillers are listed as =word, all else by its stem.
    "create table lookup_words (word text not null, role text not null, target text not null,"
    " primary key (word, role, target)) strict, without rowid",
    # Names of things. rank: 0 id, 1 label, 2 other name, 3 theme, 4 name of what lies above,
    # 5 definition or summary.
    # units, cuts and weights are JSON lists; mass is the sum of weights.
    "create table lookup_names (id integer primary key, kind text not null, ref text not null,"
    " rank integer not null, key text not null, units text not null, cuts text not null,"
    " weights text not null, mass real not null) strict",
    # Where names have a stem, a pair of Chinese characters, or a word of a group of synonyms.
    "create table lookup_postings (term text not null, name integer not null, start integer not"
    " null, size integer not null, primary key (term, name, start)) strict, without rowid",
    "create table lookup_sounds (sound text not null, word text not null, rank integer not null,"
    " primary key (sound, word)) strict, without rowid",
    "create table lookup_spellings (piece text not null, word text not null, primary key"
    " (piece, word)) strict, without rowid",
    "create table lookup_characters (character text primary key, plain text not null,"
    " sound text not null) strict, without rowid",
    # Which figures there are, whatever their period.
    "create table lookup_series (zone text not null, initiative text, metric text not null,"
    " measure text not null, unit text not null, scope text not null, status text not null,"
    " figures integer not null)"
    " strict",
    "create table lookup_numbers (number text not null, figure text not null, primary key"
    " (number, figure)) strict, without rowid",
)  # fmt: skip
AFTERWARDS = (
    "create index lookup_names_of_key on lookup_names (key)",
    "create index lookup_names_of_ref on lookup_names (kind, ref)",
    "insert into lookup_series select zone, initiative, metric, measure, unit,"
    " coalesce(scope, ''), status, count(*) from figures"
    " group by zone, initiative, metric, measure, unit, scope, status order by min(rowid)",
    "create index lookup_series_of_metric on lookup_series (metric, zone)",
    "create index lookup_series_of_initiative on lookup_series (initiative)",
    "create index lookup_series_of_zone on lookup_series (zone)",
)
LABELS = (
    "select 'zone', id, id, name_zh, name_en, also from zones order by rowid",
    "select 'initiative', id, id, name_zh, name_en, also from initiatives order by rowid",
    "select 'metric', id, id, name_zh, name_en, also from metrics order by rowid",
)
# What a part of a name weighs: by how few things have it, a generic word next to nothing.
CHINESE, GENERIC = 0.5, 0.15
ID, LABEL, ALSO, THEME, ABOVE, TEXT = range(6)
TEXTS = (
    ("initiative", THEME, "select id, theme_zh, theme_en from initiatives order by rowid"),
    ("initiative", TEXT, "select id, summary_zh, summary_en from initiatives order by rowid"),
    ("metric", TEXT, "select id, definition_zh, definition_en from metrics order by rowid"),
)
# What shares, ranks and multiples are of; a zone where it is one.
SCOPES = """
select distinct f.scope, coalesce(z.name_zh, f.scope), coalesce(z.name_en, f.scope_en)
from figures f left join zones z on z.id = f.scope where f.scope is not null
"""
UNITS = "select id, name_zh, name_en, also, kind from units"
PRINTED = "select id, printed from figures order by id"

# Roles of words that tell little of what a name means.
_WEAK = frozenset({"generic", "filler", "role"})
# Kinds of units that are no things themselves.
_PHYSICAL = frozenset(
    "scale money mass length area volume duration share points multiple measure rank".split()
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff〇]+")


@dataclass(slots=True)
class _Name:
    kind: str
    ref: str
    rank: int
    units: list[str]
    cuts: list[bool] = field(default_factory=list)
    groups: list[tuple[str, int, int]] = field(default_factory=list)


def build(db: WritableDatabase) -> None:
    """Build the look-up's tables over the zones, initiatives, metrics, units and figures."""
    for statement in TABLES:
        db.execute(statement)
    plain, sounds = _characters()
    simplified = str.maketrans(plain)

    def simple(text: str) -> list[str]:
        return units_of(fold(text).translate(simplified))

    places = word_lists.places()
    names = list(_names(db, simple, places))
    words = _words(db, simple, names, places)
    roles: defaultdict[str, set[str]] = defaultdict(set)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word, role, target in words:
        roles[word].add(role)
        if role == "group":
            groups[word].append(target)
    free = {word for word in roles if len(word) == 1 and roles[word] & {"generic", "place_kind"}}
    for name in names:
        name.cuts = boundaries(name.units, roles.__contains__, free)
        name.groups = [
            (f"={group}", start, size)
            for start, size, word in _phrases(name.units, name.cuts)
            for group in groups.get(word, ())
        ]
    db.executemany("insert into lookup_words values (?, ?, ?)", sorted(words))
    _write_names(db, names, roles)
    spelt = _write_sounds(db, simple, names, roles, groups, places)
    db.executemany(
        "insert into lookup_spellings values (?, ?)",
        sorted((piece, word) for word in spelt for piece in pieces(word)),
    )
    db.executemany(
        "insert into lookup_characters values (?, ?, ?)",
        sorted((c, plain.get(c, c), sounds.get(plain.get(c, c), "")) for c in {*plain, *sounds}),
    )
    db.executemany("insert or ignore into lookup_numbers values (?, ?)", _numbers(db, simple))
    for statement in AFTERWARDS:
        db.execute(statement)


def _names(
    db: WritableDatabase, simple: Callable[[str], list[str]], places: list[Place]
) -> Iterator[_Name]:
    """Every name of every thing; zones also by the names of what lies above them."""
    own: dict[str, list[tuple[int, str]]] = {}
    for sql in LABELS:
        for kind, ref, id, zh, en, also in db.query(sql):
            given = [(ID, id), (LABEL, zh), (LABEL, en)]
            given += [(ALSO, name.strip()) for name in (also or "").split(";") if name.strip()]
            if kind == "zone":
                own[ref] = given
            for rank, text in given:
                yield _Name(kind, ref, rank, simple(text))
    for kind, rank, sql in TEXTS:
        for id, *texts in db.query(sql):
            for text in texts:
                yield _Name(kind, id, rank, simple(text or ""))
    for scope, *texts in db.query(SCOPES):
        for text in texts:
            yield _Name("scope", scope, ALSO, simple(text or ""))
    parents = dict(db.query("select id, parent from zones"))
    of_name = {place.zh[0]: place for place in reversed(places)}
    for zone, given in own.items():
        above: dict[str, None] = {}
        parent = parents.get(zone)
        while parent and parent in own:
            above.update((text, None) for rank, text in own[parent] if rank != ID)
            parent = parents.get(parent)
        label = given[1][1]
        for place in places:
            if any(len(form) > 1 and form in label for form in place.zh):
                at: Place | None = place
                while at and at.zh[0] != "中国":
                    above.update(dict.fromkeys((*at.zh, *at.en)))
                    at = of_name.get(at.parent)
        for text in above:
            yield _Name("zone", zone, ABOVE, simple(text))


def _words(
    db: WritableDatabase,
    simple: Callable[[str], list[str]],
    names: list[_Name],
    places: list[Place],
) -> set[tuple[str, str, str]]:
    """What the words of both languages and of the data are: word, role, target."""
    found: set[tuple[str, str, str]] = set()
    for word, kind in word_lists.common_words():
        key = f"={word}" if kind == "filler" and word.isascii() else word_key([*units_of(word)])
        found.add((key, kind, ""))
    for facet, target, word in word_lists.question_words():
        units = simple(word)
        key = word_key(units)
        found.add((f"={' '.join(units)}" if facet == "filler" and word.isascii() else key,
                   facet, target))  # fmt: skip
    for number, group in enumerate(word_lists.synonyms()):
        found.update((word_key(simple(word)), "group", str(number)) for word in group)
    for place in places:
        for form in (*place.zh, *place.en):
            found.add((word_key(simple(form)), "place", place.zh[0]))
    for id, zh, en, also, kind in db.query(UNITS):
        for form in (id, zh, en, *(also or "").split(";")):
            if units := simple(form or ""):
                found.add((word_key(units), "unit" if kind in _PHYSICAL else "counter", id))
    for name in names:
        if name.rank in (LABEL, ALSO):
            found.update((stem(unit), "name", "") for unit in name.units if is_word(unit))
            if len(name.units) <= 8 and all(map(is_chinese, name.units)):
                found.add(("".join(name.units), "name", ""))
    listed = {word for word, _, _ in found}
    for name in names:
        if name.rank in (LABEL, ALSO):
            found.update((word, "name", "") for word in _unlisted("".join(name.units), listed))
    return {entry for entry in found if entry[0] not in ("", "=")}


def _unlisted(text: str, listed: set[str], longest: int = 8) -> Iterator[str]:
    """What no list has of the Chinese in a name: 光谷 of 光谷翻译官."""
    for run in _CHINESE_RUN.findall(text):
        at, left = 0, ""
        while at < len(run):
            sizes = range(min(longest, len(run) - at), 1, -1)
            size = next((n for n in sizes if n < len(run) and run[at : at + n] in listed), 1)
            if size == 1:
                left += run[at]
            if (size > 1 or at + 1 == len(run)) and left:
                if 1 < len(left) < len(run):
                    yield left
                left = ""
            at += size


def _phrases(
    units: Sequence[str], cuts: Sequence[bool], longest: int = 8
) -> Iterator[tuple[int, int, str]]:
    """Words and phrases that begin and end at cuts: start, size, and what they are listed under."""
    for start in range(len(units)):
        for end in range(start + 1, min(start + longest, len(units)) + 1):
            if is_chinese(units[end - 1]) != is_chinese(units[start]):
                break
            if not is_chinese(units[start]) and end - start > 5:
                break
            if cuts[start] and cuts[end]:
                yield start, end - start, word_key(units[start:end])


def _write_names(db: WritableDatabase, names: list[_Name], roles: dict[str, set[str]]) -> None:
    having: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in names:
        if name.rank in (LABEL, ALSO):
            for unit in name.units:
                having[stem(unit)].add((name.kind, name.ref))
    total = len({(name.kind, name.ref) for name in names})
    rows, postings = [], []
    for id, name in enumerate(names, 1):
        weights = [
            (CHINESE if is_chinese(unit) else 1.0)
            * math.log(1 + total / (0.5 + len(having[stem(unit)])))
            for unit in name.units
        ]
        for start, size, word in _phrases(name.units, name.cuts):
            here = roles.get(word, set()) | roles.get(f"={word}", set())
            weak = here & _WEAK and "group" not in here
            if weak or (name.kind == "zone" and "place_kind" in here):
                for at in range(start, start + size):
                    weights[at] = min(weights[at], GENERIC)
        rows.append((
            id, name.kind, name.ref, name.rank, "".join(name.units),
            json.dumps(name.units, ensure_ascii=False), json.dumps(list(map(int, name.cuts))),
            json.dumps([round(weight, 3) for weight in weights]), sum(weights),
        ))  # fmt: skip
        terms = [(pair, at, 2) for at, pair in pairs(name.units)]
        terms += [(stem(u), at, 1) for at, u in enumerate(name.units) if not is_chinese(u)]
        postings += [(term, id, start, size) for term, start, size in (*terms, *name.groups)]
    db.executemany("insert into lookup_names values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.executemany("insert or ignore into lookup_postings values (?, ?, ?, ?)", sorted(postings))


def _write_sounds(
    db: WritableDatabase,
    simple: Callable[[str], list[str]],
    names: list[_Name],
    roles: dict[str, set[str]],
    groups: dict[str, list[str]],
    places: list[Place],
) -> set[str]:
    """List Chinese words by their pinyin; returns the words that slips are looked for in."""
    from pypinyin import lazy_pinyin

    heard: dict[str, int] = {}
    spelt: set[str] = set()
    for name in names:
        spelt.update(unit for unit in name.units if is_word(unit))
        if name.rank in (LABEL, ALSO):
            for run in _CHINESE_RUN.findall("".join(name.units)):
                heard.setdefault(run, 0)
            for start, size, word in _phrases(name.units, name.cuts):
                if is_chinese(name.units[start]) and size > 1 and word in roles:
                    heard.setdefault(word, 1)
            _whole_parts(name, heard)
    for word in roles:
        if _CHINESE_RUN.fullmatch(word) and roles[word] - {"filler", "verb", "content", "name"}:
            heard.setdefault(word, 2 if word in groups else 3)
        elif roles[word] & {"group", "measure", "kind", "place"} and word[0] != "=":
            spelt.update(word.split())
    for place in places:
        for form in place.en:
            spelt.update(simple(form))
    sounds = [("".join(lazy_pinyin(word)), word, rank) for word, rank in heard.items()]
    db.executemany("insert or ignore into lookup_sounds values (?, ?, ?)", sorted(sounds))
    spelt.update(sound for sound, word, _ in sounds if len(word) > 1)
    return {word for word in spelt if len(word) > 3}


def _whole_parts(name: _Name, heard: dict[str, int]) -> None:
    """Add what is left of a zone's name without its kind: 武汉 of 武汉片区."""
    text = "".join(name.units)
    if name.kind == "zone" and _CHINESE_RUN.fullmatch(text):
        for start, size, _ in _phrases(name.units, name.cuts):
            if start == 0 and 1 < size < len(name.units):
                heard.setdefault(text[:size], 1)


def _characters() -> tuple[dict[str, str], dict[str, str]]:
    """Simplified forms of traditional characters, and the pinyin of common ones."""
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    simplify = OpenCC("t2s").convert
    every = "".join(map(chr, range(0x4E00, 0x9FA6)))
    plain = {old: new for old, new in zip(every, simplify(every), strict=True) if old != new}
    common = [char for char in every if _in_gb2312(char)]
    return plain, dict(zip(common, lazy_pinyin(common), strict=True))


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _numbers(db: WritableDatabase, simple: Callable[[str], list[str]]) -> Iterator[tuple[str, str]]:
    """Figures by the numbers that they print, and by the whole of what they print."""
    for figure, printed in db.query(PRINTED):
        folded = fold(printed)
        yield "".join(simple(printed)), figure
        for number in _NUMBER.findall(folded):
            yield number, figure
