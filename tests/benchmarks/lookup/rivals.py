"""Plainer look-ups over the same names: one document a figure, of all that it is called."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress

from ftz_cli.wording import features, fold, is_chinese, sounds, words

LookUp = Callable[[str], Sequence[str]]
Named = list[tuple[str, str]]

NAMES = """
select 'zone', id, name_zh || ' ' || name_en from zones
union all select 'initiative', id, name_zh || ' ' || name_en from initiatives
union all select 'metric', id, name_zh || ' ' || name_en from metrics
union all select kind, ref, alias from aliases
"""
FIGURES = "select id, metric, initiative, zone, period from figures order by rowid"


def documents(data: sqlite3.Connection) -> Named:
    """Every figure's id with the names and aliases of its metric, initiative and zone."""
    called: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, ref, text in data.execute(NAMES):
        called[kind, ref].append(text)
    return [
        (id, " ".join([*called["metric", metric], *called["initiative", initiative or ""],
                       *called["zone", zone], period or ""]))
        for id, metric, initiative, zone, period in data.execute(FIGURES)
    ]  # fmt: skip


def rivals(data: sqlite3.Connection) -> dict[str, LookUp]:
    """Every rival that is installed."""
    every = documents(data)
    found: dict[str, LookUp] = {
        "FTS5 unicode61": full_text(every, "unicode61", _whole_words),
        "FTS5 trigram": full_text(every, "trigram", _trigrams),
    }
    with suppress(ImportError):
        found["rapidfuzz"] = fuzzy(every)
    with suppress(ImportError):
        found["pairs + pinyin + stems"] = pairs(every)
    return found


def full_text(every: Named, tokenizer: str, terms: Callable[[str], list[str]]) -> LookUp:
    """SQLite's FTS5: any of the terms, by its bm25."""
    data = sqlite3.connect(":memory:")
    data.execute(f"create virtual table d using fts5(id unindexed, text, tokenize='{tokenizer}')")
    data.executemany("insert into d values (?, ?)", every)

    def look_up(question: str) -> list[str]:
        wanted = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms(question))
        sql = "select id from d where d match ? order by bm25(d), rowid"
        return [id for (id,) in data.execute(sql, (wanted,))] if wanted else []

    return look_up


def _whole_words(question: str) -> list[str]:
    return re.findall(r"\w+", question)


def _trigrams(question: str) -> list[str]:
    text = question.casefold()
    return sorted({text[at : at + 3] for at in range(len(text) - 2)})


def fuzzy(every: Named) -> LookUp:
    """rapidfuzz: the better of token_set_ratio and WRatio."""
    from rapidfuzz import fuzz, process, utils

    ids = [id for id, _ in every]
    texts = [text for _, text in every]

    def look_up(question: str) -> list[str]:
        best = [0.0] * len(ids)
        for scorer in (fuzz.token_set_ratio, fuzz.WRatio):
            found = process.extract(question, texts, scorer=scorer,
                                    processor=utils.default_process, limit=None)  # fmt: skip
            for _, score, at in found:
                best[at] = max(best[at], score)
        return [ids[at] for at in sorted(range(len(ids)), key=lambda at: -best[at])]

    return look_up


def cut(word: str, syllables: set[str]) -> list[str]:
    """A word in the longest syllables that it can be cut into from the left; or the word."""
    for end in range(min(6, len(word)), 0, -1):
        if word[:end] in syllables:
            rest = cut(word[end:], syllables) if word[end:] else []
            if not word[end:] or rest != [word[end:]] or rest[0] in syllables:
                return [word[:end], *rest]
    return [word]


def pairs(every: Named) -> LookUp:
    """Characters and their pairs, pinyin and English stems with plain BM25 (k1 1.2, b 0.75)."""
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    simplify = OpenCC("t2s").convert

    def terms(text: str) -> list[str]:
        plain = fold(simplify(text))
        found = features(plain)
        for word in words(plain):
            if is_chinese(word):
                found += sounds(lazy_pinyin(word))
        return found

    counted = [(id, Counter(terms(text))) for id, text in every]
    syllables = {term[1:] for _, count in counted for term in count if term[0] == "~"}

    def asked(question: str) -> list[str]:
        # Words that are no English of these names are cut into syllables and sought by sound.
        heard: list[str] = []
        for word in words(fold(question)):
            if word.isascii() and not any(stem in known for stem in features(word)):
                heard += cut(word, syllables)
        return [*terms(question), *sounds(heard)]

    mean = sum(sum(count.values()) for _, count in counted) / len(counted)
    known: Counter[str] = Counter()
    for _, count in counted:
        known.update(count.keys())
    total = len(counted)

    def look_up(question: str) -> list[str]:
        wanted = set(asked(question))
        scored = []
        for id, count in counted:
            length = 0.25 + 0.75 * sum(count.values()) / mean
            score = sum(
                math.log(1 + (total - known[term] + 0.5) / (known[term] + 0.5))
                * count[term] * 2.2 / (count[term] + 1.2 * length)
                for term in wanted if term in count
            )  # fmt: skip
            scored.append((-score, id))
        return [id for score, id in sorted(scored) if score < 0]

    return look_up
