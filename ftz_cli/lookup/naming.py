"""Names that commands are given: the one thing that a name means, or all that words mean."""

from __future__ import annotations

from ..database import Database
from ..language import Message, join, shown
from ..model.errors import NotFound
from .explaining import name_of
from .linking import Link, link
from .question import GAP, parse
from .spelling import ALSO, LABEL, fold, units_of

EXACT = "select distinct ref from lookup_names where key = ? and kind = ? and rank = ?"
SOUND = "select sound from lookup_sounds where word = ?"
SOURCES = "select id, title_zh, title_en from sources order by rowid"
# What is listed, with the zone and initiative that it goes by too, and the kind of recognition.
LISTED = {
    "zone": "select id, id, '', '' from zones order by rowid",
    "initiative": "select id, zone, id, '' from initiatives order by rowid",
    "metric": "select id, '', '', '' from metrics order by rowid",
    "recognition": "select id, zone, initiative, kind from recognitions order by rowid",
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
    kinds = ("metric",) if kind == "metric" else ("zone", "initiative", "recognition")
    links = link(db, question, kinds)
    needed = question.needed or {at for at, unit in enumerate(question.units) if unit != GAP}
    recognitions = [word for word in question.phrases if "recognition" in word.roles]
    recognitions = [word for word in recognitions if kind == "recognition" and not any(
        set(word.span) < set(other.span) for other in recognitions)]  # fmt: skip
    recognised = {at for word in recognitions for at in word.span}
    found: list[str] = []
    for id, zone, initiative, how in db.query(LISTED[kind]):
        left = needed - {at for word in recognitions for at in word.span
                         if how in word.roles["recognition"]}  # fmt: skip
        keys: list[tuple[str, str]] = [("zone", zone), ("initiative", initiative), (kind, id)]
        for key in keys:
            one = links.get(key)
            # A summary names no initiative.
            covered = set(one.named if key[0] == "initiative" else one.covered) if one else set()
            left -= covered if covered - recognised or not recognised else set()
        if needed and not left:
            found.append(str(id))
    return found


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
