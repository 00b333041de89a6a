"""Names that commands are given: the one thing that a name means, or all that words mean."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database
from ..language import Message, join, shown
from ..model.errors import NotFound
from .explaining import name_of
from .linking import Link, link
from .question import parse
from .spelling import fold, is_chinese, key_of, units_of

EXACT = "select distinct ref from lookup_names where key = :key and kind = :kind and rank = :rank"
SOUND = "select sound from lookup_sounds where word = ?"
ZONE_OF = {
    "initiative": "select id, zone from initiatives order by rowid",
    "recognition": "select id, zone, initiative, kind, scope, scope_en, by, by_en from recognitions"
    " order by rowid",
}
IN_ORDER = {
    "zone": "select id from zones order by rowid",
    "initiative": "select id from initiatives order by rowid",
    "metric": "select id from metrics order by rowid",
}
SOURCES = "select id, title_zh, title_en from sources order by rowid"
# A name that is met nearly whole means its thing.
WHOLE = 0.75
MOST = 6


def find_one(db: Database, kind: str, text: str) -> str:
    """The id of the one zone, initiative, metric or source that `text` names.

    Raises NotFound with the candidates or the nearest names where it names none or several.
    """
    if kind == "source":
        return _source(db, text)
    folded = fold(text).strip()
    if db.one(f"select 1 from {kind}s where id = ?", (folded,)):
        return folded
    question = parse(db, text, dated=False)
    key = "".join(units_of("".join(question.units)))
    for rank in (1, 2):
        found = [ref for (ref,) in db.query(EXACT, {"key": key, "kind": kind, "rank": rank})]
        if len(found) == 1 and not question.read_as:
            return str(found[0])
    links = [one for one in link(db, question, (kind,)).values() if one.named]
    whole = [one for one in links if question.needed and question.needed <= one.covered.keys()]
    whole.sort(key=lambda one: (-len(one.named & question.needed), -one.share))
    best = [one for one in whole if one.share >= WHOLE * whole[0].share
            and one.named >= whole[0].named]  # fmt: skip
    if whole and not question.read_as:
        if len(best) == 1:
            return best[0].ref
        by_sound = _of_sound(db, kind, key)
        if by_sound in {one.ref for one in best}:
            return str(by_sound)
        raise _several(db, kind, text, [one.ref for one in best])
    raise _unknown(db, kind, text, [one.ref for one in whole or _nearest(links, question.needed)])


def _of_sound(db: Database, kind: str, key: str) -> str | None:
    """The thing whose id is how a Chinese name is said: wuhan for 武汉, as for wuhan itself."""
    for (sound,) in db.query(SOUND, (key,)):
        if db.one(f"select 1 from {kind}s where id = ?", (sound,)):
            return str(sound)
    return None


def _nearest(links: list[Link], needed: set[int]) -> list[Link]:
    near = sorted(links, key=lambda one: (-len(one.covered.keys() & needed), -one.share))
    return near[:3]


def _several(db: Database, kind: str, text: str, refs: list[str]) -> NotFound:
    listed = join(f"{name_of(db, kind, ref)} ({ref})" for ref in refs[:MOST])
    more = len(refs) - MOST
    if more > 0:
        return NotFound(
            "several {kind}s are called '{text}': {listed} and {more} more",
            kind=_kind(kind), text=shown(text), listed=listed, more=more,
        )  # fmt: skip
    return NotFound(
        "several {kind}s are called '{text}': {listed}",
        kind=_kind(kind), text=shown(text), listed=listed,
    )  # fmt: skip


def _unknown(db: Database, kind: str, text: str, near: list[str]) -> NotFound:
    command = f"ftz {kind}s"
    if not near:
        return NotFound(
            "no {kind} '{text}'; see '{command}'", kind=_kind(kind), text=shown(text),
            command=command,
        )  # fmt: skip
    listed = join(f"{name_of(db, kind, ref)} ({ref})" for ref in near[:3])
    return NotFound(
        "no {kind} '{text}'; did you mean {listed}? See '{command}'",
        kind=_kind(kind), text=shown(text), listed=listed, command=command,
    )  # fmt: skip


def _kind(kind: str) -> Message:
    return Message(kind)


def find_listed(db: Database, kind: str, words: str) -> list[str]:
    """The ids of zones, initiatives, metrics or recognitions that account for all the words.

    They are in the order of the data; an initiative or recognition also goes by its zone.
    """
    question = parse(db, words, dated=False)
    of = {"recognition": ("zone", "initiative"), "initiative": ("zone", "initiative")}
    links = link(db, question, of.get(kind, (kind,)))
    needed = question.needed or {at for word in question.words for at in word.span}

    def covered(*things: tuple[str, str | None]) -> set[int]:
        return {at for kind_, ref in things if (one := links.get((kind_, ref or "")))
                for at in one.covered}  # fmt: skip

    if kind == "recognition":
        return [
            str(id) for id, zone, initiative, *texts in db.query(ZONE_OF[kind])
            if needed <= covered(("zone", zone), ("initiative", initiative))
            | {at for at in needed if _said(question.units[at], texts)}
        ]  # fmt: skip
    if kind == "initiative":
        return [
            str(id) for id, zone in db.query(ZONE_OF[kind])
            if needed and needed <= covered((kind, id), ("zone", zone))
        ]  # fmt: skip
    return [
        str(id) for (id,) in db.query(IN_ORDER[kind]) if needed and needed <= covered((kind, id))
    ]


def _said(unit: str, texts: Iterable[str | None]) -> bool:
    folded = fold(" ".join(text for text in texts if text)).replace("_", " ")
    return unit in folded if is_chinese(unit) else unit in units_of(folded)


def _source(db: Database, text: str) -> str:
    """The id of the document or article that `text` names by its id or a part of its title."""
    wanted = key_of(text)
    every = {str(id): [key_of(title or "") for title in titles]
             for id, *titles in db.query(SOURCES)}  # fmt: skip
    for id in every:
        if id.casefold() == text.strip().casefold():
            return id
    found = [id for id, titles in every.items() if wanted and any(wanted in t for t in titles)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound("several sources are called '{text}': {listed}", text=shown(text),
                       listed=join(found[:MOST]))  # fmt: skip
    raise NotFound("no source '{text}'; see 'ftz sources'", text=shown(text))
