"""The look-up index: which words name which zone, initiative or metric. Built at load.

Everything slow is done here, once, so that a question is answered with plain SELECTs: pinyin
(pypinyin), traditional characters (opencc), stems, and the weight of every word.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from functools import cache

from .wording import features, fold, grams, is_chinese, key_of, sounds, words

TABLES = """
create table things (id integer primary key, kind text not null, ref text not null) strict;
create table names (
    id integer primary key, thing integer not null, key text not null, label integer not null,
    mass real not null
) strict;
create table postings (
    term text not null, name integer not null, thing integer not null, primary key (term, name)
) strict, without rowid;
create table terms (term text primary key, weight real not null) strict, without rowid;
create table spellings (
    gram text not null, word text not null, primary key (gram, word)
) strict, without rowid;
create table characters (
    character text primary key, plain text not null, sound text not null
) strict, without rowid;
"""
INDEXES = """
create index names_of_key on names (key);
create index names_of_thing on names (thing);
create index things_of_ref on things (ref, kind);
"""

# A single character says less than a pair, and a pair less than an English word.
CHARACTER_WEIGHT = 0.35
NAMES = """
select 'zone', id, id, 1 from zones union all select 'zone', id, name_zh, 2 from zones
union all select 'zone', id, name_en, 2 from zones
union all select 'initiative', id, id, 1 from initiatives
union all select 'initiative', id, name_zh, 2 from initiatives
union all select 'initiative', id, name_en, 2 from initiatives
union all select 'metric', id, id, 1 from metrics
union all select 'metric', id, name_zh, 2 from metrics
union all select 'metric', id, name_en, 2 from metrics
union all select 'initiative', id, theme, 0 from initiatives
union all select kind, ref, alias, case lang when 'pinyin' then 3 else 0 end from aliases
"""


def weight_of(term: str, things: int, total: int) -> float:
    """How much a word tells: the rarer among things, the more."""
    single = is_chinese(term) and len(term) == 1
    return (CHARACTER_WEIGHT if single else 1.0) * math.log(1 + total / (0.5 + things))


def build_index(connection: sqlite3.Connection) -> None:
    """Index every label and alias in the database."""
    connection.executescript(TABLES)
    plain_of, sound_of = _characters()
    named = list(connection.execute(NAMES))
    things = {key: at for at, key in enumerate(sorted({(row[0], row[1]) for row in named}), 1)}
    found_in: defaultdict[str, set[int]] = defaultdict(set)
    entries: list[tuple[int, str, int, list[str], list[str]]] = []
    for kind, ref, text, label in named:
        folded = fold("".join(plain_of.get(char, char) for char in text))
        thing = things[kind, ref]
        heard = sounds(folded.split()) if label == 3 else _heard(folded)
        told = [] if label == 3 else features(folded)
        entries.append((thing, key_of(folded), label, told, heard))
        for term in (*told, *heard):
            found_in[term].add(thing)
    total = len(things)
    weights = {term: weight_of(term, len(where), total) for term, where in found_in.items()}
    connection.executemany(
        "insert into things values (?, ?, ?)", ((at, *key) for key, at in things.items())
    )
    connection.executemany(
        "insert into names values (?, ?, ?, ?, ?)",
        (
            (at, thing, key, label, sum(weights[term] for term in set(told or heard)))
            for at, (thing, key, label, told, heard) in enumerate(entries, 1)
        ),
    )
    connection.executemany(
        "insert into postings values (?, ?, ?)",
        sorted(
            (term, at, thing)
            for at, (thing, _, _, told, heard) in enumerate(entries, 1)
            for term in {*told, *heard}
        ),
    )
    connection.executemany("insert into terms values (?, ?)", sorted(weights.items()))
    spelt = {word for _, _, text, _ in named for word in words(fold(text)) if word.isalpha()}
    connection.executemany(
        "insert into spellings values (?, ?)",
        sorted((gram, word) for word in spelt if word.isascii() for gram in grams(word)),
    )
    connection.executemany(
        "insert into characters values (?, ?, ?)",
        sorted(
            (char, plain_of.get(char, char), sound_of.get(plain_of.get(char, char), ""))
            for char in sound_of.keys() | plain_of.keys()
        ),
    )
    connection.executescript(INDEXES)


def _heard(folded: str) -> list[str]:
    """The pinyin features of the Chinese in a name, by pypinyin's dictionary of phrases."""
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for word in words(folded):
        if is_chinese(word):
            found += sounds(lazy_pinyin(word))
    return found


@cache
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
