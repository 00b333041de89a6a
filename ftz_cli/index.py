"""The look-up index: which words name which zone, initiative or metric. Built at load.

Everything slow is done here, once, so that a question is answered with plain SELECTs: pinyin
(pypinyin), traditional characters (opencc), stems, and the weight of every word.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

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
create table terms (
    term text primary key, weight real not null, names integer not null
) strict, without rowid;
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


# What is left once every word of every name is found.
FILLED = """
insert into postings select term, name, thing from found order by term, name;
insert into terms
    select term, weight_of(term, count(distinct thing), (select count(*) from things)), count(*)
    from found group by term order by term;
update names set mass = total from (
    select name, sum(weight) as total from found join terms using (term) where weighs group by name
) where names.id = name;
drop table found;
"""


def build_index(connection: sqlite3.Connection) -> None:
    """Index every label and alias in the database.

    Words go straight into a table of SQLite's, which counts and sorts them in bounded memory.
    """
    connection.executescript(TABLES)
    plain_of, sound_of = _characters()
    connection.execute(
        "insert into things (kind, ref) "
        f"select distinct kind, ref from (select '' kind, '' ref, '' text, 0 label where 0 "
        f"union all {NAMES}) order by kind, ref"
    )
    connection.execute(
        "create temp table found (term text, name integer, thing integer, weighs integer)"
    )
    things = {
        (kind, ref): at for at, kind, ref in connection.execute("select id, kind, ref from things")
    }
    spelt: set[str] = set()
    for start in _batches(connection.execute(NAMES)):
        names, found = [], []
        for at, (kind, ref, text, label) in start:
            folded = fold("".join(plain_of.get(char, char) for char in text))
            thing = things[kind, ref]
            heard = sounds(folded.split()) if label == 3 else _heard(folded)
            told = [] if label == 3 else features(folded)
            names.append((at, thing, key_of(folded), label, 0.0))
            weighs = set(told or heard)
            found += [(term, at, thing, term in weighs) for term in {*told, *heard}]
            spelt.update(word for word in words(fold(text)) if word.isalpha() and word.isascii())
        connection.executemany("insert into names values (?, ?, ?, ?, ?)", names)
        connection.executemany("insert into found values (?, ?, ?, ?)", found)
    connection.create_function("weight_of", 3, weight_of, deterministic=True)
    connection.executescript(FILLED)
    connection.executemany(
        "insert into spellings values (?, ?)",
        sorted((gram, word) for word in spelt for gram in grams(word)),
    )
    connection.executemany(
        "insert into characters values (?, ?, ?)",
        sorted(
            (char, plain_of.get(char, char), sound_of.get(plain_of.get(char, char), ""))
            for char in sound_of.keys() | plain_of.keys()
        ),
    )
    connection.executescript(INDEXES)


def _batches(
    rows: Iterable[tuple[str, str, str, int]],
) -> Iterator[list[tuple[int, tuple[str, str, str, int]]]]:
    numbered = enumerate(rows, 1)
    while batch := list(islice(numbered, 1000)):
        yield batch


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
