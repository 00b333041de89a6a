"""Plainer look-ups over the same names: one document a figure, of all that it is called."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from ftz_cli.database import Database
from ftz_cli.lookup.spelling import fold, is_chinese, is_word, stem, units_of
from ftz_cli.model.measures import label

from . import Found, LookUp

Documents = list[tuple[str, str]]
FIGURES = """
select f.id, f.measure, m.name_zh, m.name_en, coalesce(m.also, ''), z.name_zh, z.name_en,
       coalesce(z.also, ''), coalesce(i.name_zh, ''), coalesce(i.name_en, ''),
       coalesce(i.also, ''), coalesce(f.period, '')
from figures f join metrics m on m.id = f.metric join zones z on z.id = f.zone
left join initiatives i on i.id = f.initiative order by f.rowid
"""


def rivals(db: Database) -> dict[str, LookUp]:
    """The rivals; they need the extra `bench`."""
    every: Documents = [
        (id, " ".join((label(zh, measure, "zh"), label(en, measure, "en"), *texts)))
        for id, measure, zh, en, *texts in db.query(FIGURES)
    ]
    return {
        "BM25 on pairs, pinyin, stems": bm25(every),
        "FTS5 unicode61": full_text(every, "unicode61", lambda text: re.findall(r"\w+", text)),
        "FTS5 trigram": full_text(every, "trigram", _trigrams),
        "rapidfuzz": fuzzy(every),
    }


def full_text(every: Documents, tokenizer: str, terms: Callable[[str], list[str]]) -> LookUp:
    """SQLite's FTS5: any of the terms, by its bm25."""
    data = sqlite3.connect(":memory:")
    data.execute(f"create virtual table d using fts5(id unindexed, text, tokenize='{tokenizer}')")
    data.executemany("insert into d values (?, ?)", every)

    def look_up(question: str) -> Found:
        wanted = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms(question))
        sql = "select id from d where d match ? order by bm25(d), rowid"
        return Found([id for (id,) in data.execute(sql, (wanted,))] if wanted else [])

    return look_up


def _trigrams(question: str) -> list[str]:
    text = question.casefold()
    return sorted({text[at : at + 3] for at in range(len(text) - 2)})


def fuzzy(every: Documents) -> LookUp:
    """rapidfuzz: the better of token_set_ratio and WRatio."""
    from rapidfuzz import fuzz, process, utils

    texts = [text for _, text in every]

    def look_up(question: str) -> Found:
        best = [0.0] * len(every)
        for scorer in (fuzz.token_set_ratio, fuzz.WRatio):
            options = {"scorer": scorer, "processor": utils.default_process, "limit": None}
            for _, score, at in process.extract(question, texts, **options):
                best[at] = max(best[at], score)
        return Found([every[at][0] for at in sorted(range(len(every)), key=lambda at: -best[at])])

    return look_up


def bm25(every: Documents) -> LookUp:
    """Characters, their pairs, pinyin of both, and English stems with BM25 (k1 1.2, b 0.75)."""
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    simplify = OpenCC("t2s").convert

    def terms(text: str) -> list[str]:
        units = units_of(fold(simplify(text)))
        found = [stem(unit) for unit in units]
        sounds = [lazy_pinyin(unit)[0] if is_chinese(unit) else unit for unit in units]
        found += [f"~{sound}" for sound in sounds]
        for (a, b), (x, y) in zip(pairwise(units), pairwise(sounds), strict=True):
            if not is_word(a) and not is_word(b):
                found += [a + b, f"~{x}{y}"]
        return found

    counted = [(id, Counter(terms(text))) for id, text in every]
    mean = sum(sum(count.values()) for _, count in counted) / len(counted)
    known: Counter[str] = Counter()
    for _, count in counted:
        known.update(count.keys())
    total = len(counted)

    def look_up(question: str) -> Found:
        wanted = set(terms(question))
        scored = []
        for id, count in counted:
            length = 0.25 + 0.75 * sum(count.values()) / mean
            score = sum(
                math.log(1 + (total - known[term] + 0.5) / (known[term] + 0.5))
                * count[term] * 2.2 / (count[term] + 1.2 * length)
                for term in wanted if term in count
            )  # fmt: skip
            scored.append((-score, id))
        return Found([id for score, id in sorted(scored) if score < 0])

    return look_up
