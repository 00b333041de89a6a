"""Words that nothing knows, read as what was meant: pinyin, one slip of the keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..database import Database
from .spelling import is_chinese, is_word, one_slip, pieces

SOUNDS = (
    "select sound, word, min(rank) from lookup_sounds"
    " where sound in (select value from json_each(?)) group by sound"
)
SPELT = "select distinct word from lookup_spellings where piece in (select value from json_each(?))"
RANK_OF = """
select min(rank) from (
    select rank from lookup_sounds where sound = :word
    union all select case role when 'name' then 0 when 'group' then 1 else 2 end
    from lookup_words where word in (:word, :stem)
)
"""
# What it costs to leave a unit unread, to leave a known word as it is, and to read a word; a word
# of one syllable costs more, so that syllables assemble no name.
UNREAD, KEPT, READ, SYLLABLE = 20.0, 0.5, 1.0, 11.0
LONGEST_SOUND = 30
# A word has at least so many letters to be a slip of another.
SHORTEST = 4


def read_unknown(
    db: Database,
    units: Sequence[str],
    unknown: set[int],
    loose: set[int],
    sounds: dict[str, str],
    read_as: dict[str, str],
) -> list[str]:
    """`units` with those at the places `unknown` read as pinyin or as one slip of another word.

    `loose` are Chinese characters that belong to no known word. Slips are noted in `read_as`; what
    can't be read stays as it is.
    """
    found: list[str] = []
    for run in _runs(units, loose):
        if unknown.isdisjoint(run):
            found += [units[at] for at in run]
        else:
            found += _read_run(db, [units[at] for at in run], {at - run[0] for at in run
                               if at in unknown}, sounds, read_as)  # fmt: skip
    return found


def _runs(units: Sequence[str], loose: set[int]) -> Iterator[range]:
    """Stretches of Latin words and loose Chinese characters, and all that lies between."""

    def readable(at: int) -> bool:
        return is_word(units[at]) or at in loose

    ends = [0, *(at for at in range(1, len(units)) if readable(at) != readable(at - 1)), len(units)]
    return (range(a, b) for a, b in pairwise(ends) if a < b)


def _read_run(
    db: Database,
    units: list[str],
    unknown: set[int],
    sounds: dict[str, str],
    read_as: dict[str, str],
) -> list[str]:
    spoken = [unit if is_word(unit) else sounds.get(unit, "?") for unit in units]
    text = "".join(spoken)
    starts = [sum(map(len, spoken[:at])) for at in range(len(units) + 1)]
    unit_at = {place: at for at, place in enumerate(starts)}
    doubtful = {p for at in unknown for p in range(starts[at], starts[at + 1])}
    wanted = {
        text[a:b] for a in range(len(text))
        for b in range(a + 1, min(a + LONGEST_SOUND, len(text)) + 1)
        if not doubtful.isdisjoint(range(a, b))
    }  # fmt: skip
    known = {s: (w, r) for s, w, r in db.query(SOUNDS, (json.dumps(sorted(wanted)),))}
    best: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(1e9, 0, "")] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_SOUND), end):
            cost, reading = best[start][0], text[start:end]
            if start in unit_at and end in unit_at and unit_at[end] == unit_at[start] + 1:
                own = cost + (UNREAD if unit_at[start] in unknown else KEPT)
                if own < best[end][0]:
                    best[end] = (own, start, "")
            if reading in known and not doubtful.isdisjoint(range(start, end)):
                word, rank = known[reading]
                cost += READ + 0.1 * rank if len(word) > 1 else SYLLABLE
                if len(word) == 1 and end in unit_at and is_chinese(units[unit_at[end] - 1]):
                    continue
                if cost < best[end][0]:
                    best[end] = (cost, start, word)
    steps: list[tuple[int, int, str]] = []
    end = len(text)
    while end:
        _, start, word = best[end]
        steps.insert(0, (start, end, word))
        end = start
    read: list[str] = []
    for start, end, word in steps:
        if word:
            at = [n for n in range(len(units)) if starts[n] < end and starts[n + 1] > start]
            chinese = "".join(units[n] for n in at if is_chinese(units[n]))
            if chinese and chinese != word:
                read_as[chinese] = word
            read += [" ", word] if not chinese else [word]
            continue
        unit = units[unit_at[start]]
        other = _slip(db, unit) if unit_at[start] in unknown and is_word(unit) else None
        if other:
            read_as[unit] = other
        read.append(other or unit)
    return read


def _slip(db: Database, word: str) -> str | None:
    """The known word that `word` is one slip away from, names of things first; or None."""
    if len(word) < SHORTEST:
        return None
    from .spelling import stem

    near = [
        other for (other,) in db.query(SPELT, (json.dumps(sorted(pieces(word))),))
        if one_slip(word, other)
    ]  # fmt: skip
    if not near:
        return None
    ranked = []
    for other in near:
        row = db.one(RANK_OF, {"word": other, "stem": stem(other)})
        rank = row[0] if row and row[0] is not None else 3
        ranked.append((rank, other[0] != word[0], sorted(other) != sorted(word), other))
    best: str = min(ranked)[-1]
    heard = next(db.query(SOUNDS, (json.dumps([best]),)), None)
    return str(heard[1]) if heard and not _is_spelt(db, best) else best


def _is_spelt(db: Database, word: str) -> bool:
    """Whether a word stands in names as it is, and not only as the sound of Chinese."""
    from .spelling import stem

    return db.one("select 1 from lookup_words where word = ?", (stem(word),)) is not None
