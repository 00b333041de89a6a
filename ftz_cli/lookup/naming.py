"""Names that commands are given: the one thing that a name means, or all that words mean."""

from __future__ import annotations

import json
from collections import defaultdict

from ..database import Database
from ..language import Message, join, shown
from ..model.errors import NotFound
from .explaining import name_of
from .linking import Link, link
from .question import GAP, Question, Word, parse
from .spelling import ALSO, LABEL, fold, is_chinese, stem, units_of, word_key

EXACT = "select distinct ref from lookup_names where key = ? and kind = ? and rank = ?"
SOUND = "select sound from lookup_sounds where word = ?"
OF_GROUPS = """
select word from lookup_words
where role = 'group' and target in (select value from json_each(?))
"""
SOURCES = "select id, title_zh, title_en from sources order by rowid"
# What is listed, with the zone and initiative that it goes by too, the kind of recognition, and
# texts that words may be in.
LISTED = {
    "zone": "select id, id, '', '', '' from zones order by rowid",
    "initiative": "select id, zone, id, '', '' from initiatives order by rowid",
    "metric": "select id, '', '', '', '' from metrics order by rowid",
    "recognition": "select id, zone, initiative, kind, coalesce(scope, '') || ' ' ||"
    " coalesce(scope_en, '') || ' ' || coalesce(by, '') || ' ' || coalesce(by_en, '') || ' ' ||"
    " printed from recognitions order by rowid",
}
# Names that are met nearly as well as the best are candidates beside it.
ALIKE = 0.75
MOST = 6
SEVERAL = "several of kind {kind} are called '{text}': {listed}"


def find_one(db: Database, kind: str, text: str) -> str:
    """The id of the one zone, initiative, metric or source that `text` names.

    Raises NotFound with the candidates or the nearest names where it names none or several.
    """
    if kind == "source":
        return _source(db, text)
    id = fold(text).strip()
    if db.one(f"select 1 from {kind}s where id = ?", (id,)):
        return id
    question = parse(db, text, dated=False)
    key = "".join(units_of("".join(question.units)))
    for rank in (LABEL, ALSO):
        exact = [str(ref) for (ref,) in db.query(EXACT, (key, kind, rank))]
        if len(exact) == 1 and not question.read_as:
            return exact[0]
    needed = question.needed
    links = sorted(
        (one for one in link(db, question, (kind,)).values() if one.named),
        key=lambda one: (-len(one.covered.keys() & needed), -len(one.named & needed), -one.share),
    )
    whole = [one for one in links if needed and needed <= one.covered.keys()]
    if not whole or question.read_as:
        raise _not_found(db, kind, text, links[:3], "no {kind} '{text}'; did you mean {listed}?")
    best = [one for one in whole if one.share >= ALIKE * whole[0].share
            and one.named >= whole[0].named]  # fmt: skip
    # wuhan for 武汉, as for wuhan itself: the thing whose id is how the name is said.
    said = {sound for (sound,) in db.query(SOUND, (key,))}
    of_sound = [one.ref for one in best if one.ref in said]
    if len(best) > 1 and not of_sound:
        raise _not_found(db, kind, text, best, SEVERAL)
    return of_sound[0] if of_sound else best[0].ref


def _not_found(db: Database, kind: str, text: str, links: list[Link], english: str) -> NotFound:
    listed = [f"{name_of(db, kind, one.ref)} ({one.ref})" for one in links[:MOST]]
    if not listed:
        english = "no {kind} '{text}'; see '{command}'"
    return NotFound(english, kind=Message(kind), text=shown(text), listed=join(listed),
                    command=f"ftz {kind}s")  # fmt: skip


def find_listed(db: Database, kind: str, words: str) -> list[str]:
    """The ids of zones, initiatives, metrics or recognitions that account for all the words.

    They are in the order of the data; an initiative or recognition also goes by its zone.
    """
    question = parse(db, words, dated=False)
    links = link(db, question, ("metric",) if kind == "metric" else ("zone", "initiative"))
    needed = question.needed or {at for at, unit in enumerate(question.units) if unit != GAP}
    kinds = [word for word in question.phrases if "recognition" in word.roles]
    kinds = [word for word in kinds if kind == "recognition" and not any(
        set(word.span) < set(other.span) for other in kinds)]  # fmt: skip
    recognised = {at for word in kinds for at in word.span}
    same: defaultdict[int, list[str]] = defaultdict(list)
    for word in question.phrases:
        for at in word.span:
            same[at] += _same(db, question, word)
    found: list[str] = []
    for id, zone, initiative, how, text in db.query(LISTED[kind]):
        of = [("zone", zone), ("initiative", initiative), (kind, id)]
        covered = {
            at for key in of if (one := links.get(key))
            if one.named - recognised or not recognised
            for at in (one.covered if one.kind == "zone" else one.named)
        }  # fmt: skip
        covered |= {at for word in kinds for at in word.span if how in word.roles["recognition"]}
        left = needed - covered
        plain = f" {' '.join(map(stem, units_of(fold(text))))} "
        has = (any(word in plain for word in same[at]) for at in left)
        if needed and not left & recognised and all(has):
            found.append(str(id))
    return found


def _same(db: Database, question: Question, word: Word) -> list[str]:
    """A word and those that mean the same, as they stand among stems set apart by blanks."""
    units = [question.units[at] for at in word.span]
    words = [word_key(units)]
    if groups := word.roles.get("group"):
        words += [own for (own,) in db.query(OF_GROUPS, (json.dumps(sorted(groups)),))]
    return [f" {' '.join(own if is_chinese(own) else own.split())} " for own in words]


def _source(db: Database, text: str) -> str:
    """The id of the document or article that `text` names by its id or a part of its title."""
    wanted = _key(text)
    titles = {str(id): list(map(_key, names)) for id, *names in db.query(SOURCES)}
    found = [id for id in titles if id.casefold() == text.strip().casefold()] or [
        id for id in titles if wanted and any(wanted in title for title in titles[id])
    ]
    if len(found) == 1:
        return found[0]
    english = SEVERAL if found else "no {kind} '{text}'; see '{command}'"
    raise NotFound(english, kind=Message("source"), text=shown(text), listed=join(found[:MOST]),
                   command="ftz sources")  # fmt: skip


def _key(text: str | None) -> str:
    return "".join(units_of(fold(text or "")))
