"""Names that commands are given: the one thing that a name means, or all that words mean."""

from __future__ import annotations

from ..database import Database
from ..language import Message, shown
from ..language.messages import chinese
from ..model.errors import NotFound, require_text
from .spelling import ALSO, LABEL, fold, is_chinese, units_of

EXACT = "select distinct ref from lookup_names where key = ? and kind = ? and rank = ?"
ENDING = f"""
select distinct ref from lookup_names
where kind = ? and rank = {LABEL} and ref <> ? and key like '%' || ?
"""
SOUND = "select sound from lookup_sounds where word = ?"
WITH = "select distinct kind, ref from lookup_names where rank in (?, ?) and instr(key, ?)"
SOURCES = """
select id, title_zh, title_en, publisher, kind, lang, coalesce(substr(published, 1, 4), '')
from sources order by rowid
"""
LANGUAGES = {"zh": "Chinese", "en": "English"}
# What is listed, with the zone and initiative that it goes by too, its kind, the year in which it
# began, and the kind of zone that its scope is.
LISTED = {
    "zone": "select id, id, '', kind, substr(since, 1, 4), '' from zone_models order by place",
    "initiative": "select id, zone, id, '', '', '' from initiatives order by rowid",
    "metric": "select id, '', '', '', '', '' from metrics order by rowid",
    "recognition": """
select r.id, r.zone, r.initiative, r.kind, '', z.kind
from recognitions r left join zones z on z.name_zh = r.scope order by r.rowid
""",
}
# The role of the words that say of what kind a thing is.
KIND_ROLES = {"zone": "place_kind", "recognition": "recognition"}
WITHIN = "select zone from zones_within where ancestor = ?"
# A name with less than this part of what the best has of its name is no candidate beside it.
ALIKE = 0.5
SEVERAL = "'{text}' can mean several {kind}s: {listed}"


def find_one(db: Database, kind: str, text: str) -> str:
    """The id of the one zone, initiative, metric or source that `text` names.

    An id, a label and another name in full name their thing. Raises NotFound with the candidates
    or the nearest names where any other text names several or none.
    """
    require_text(text)
    if kind == "source":
        return _only(db, kind, text, _sources(db, text))
    id = fold(text).strip()
    if db.one(f"select 1 from {kind}s where id = ?", (id,)):
        return id
    from .linking import link  # start-up: only where words are asked, here and below
    from .question import parse

    question = parse(db, text, dated=False)
    key = "".join(units_of("".join(question.units)))
    for rank in (LABEL, ALSO):
        exact = [str(ref) for (ref,) in db.query(EXACT, (key, kind, rank))]
        if len(exact) == 1 and not question.read_as:
            # 首贷中心 of 武汉 is no more called so than 北京市首贷中心.
            if rank == ALSO and kind == "initiative" and is_chinese(key):
                exact += [str(ref) for (ref,) in db.query(ENDING, (kind, *exact, key))]
            return _only(db, kind, text, exact)
    needed = question.needed
    links = [one for one in link(db, question, (kind,)).values() if one.named]
    nearest = sorted(links, key=lambda one: (
        -len(one.covered.keys() & needed), -len(one.named & needed), -one.share
    ))  # fmt: skip
    # A summary names no initiative, and a definition no metric.
    best = [one for one in links if needed and one.named >= nearest[0].named
            and needed <= (one.covered.keys() if kind == "zone" else one.named)]  # fmt: skip
    if not best or question.read_as:
        near = [one.ref for one in nearest[:3]]
        raise _unclear(db, kind, text, near, "no {kind} '{text}'; did you mean {listed}?")
    # A province and a pilot zone of one name bear it alike, however long the words of their kinds.
    called = [one.ref for one in best if one.whole] or [
        one.ref for one in best if one.share >= ALIKE * nearest[0].share
    ]
    # wuhan for 武汉, as for wuhan itself: the thing whose id is how the name is said.
    said = {sound for (sound,) in db.query(SOUND, (key,))}
    return _only(db, kind, text, [ref for ref in called if ref in said] or called)


def _only(db: Database, kind: str, text: str, called: list[str]) -> str:
    if len(called) != 1:
        raise _unclear(db, kind, text, called, SEVERAL)
    return called[0]


def _unclear(db: Database, kind: str, text: str, refs: list[str], english: str) -> NotFound:
    from .explaining import listed, name_of

    names = refs if kind == "source" else [f"{name_of(db, kind, ref)} ({ref})" for ref in refs]
    return NotFound(
        english if refs else "no {kind} '{text}'; see '{command}'", text=shown(text),
        kind=Message(kind), listed=listed(names), command=f"ftz {kind}s",
    )  # fmt: skip


def find_listed(db: Database, kind: str, words: str) -> list[str]:
    """The ids of zones, initiatives, metrics, recognitions or sources that all the words fit.

    What is called so in full is first, all else in the order of the data. An initiative or
    recognition also goes by its zone.
    """
    require_text(words)
    if kind == "source":
        return _sources(db, words)
    from .linking import link
    from .question import GAP, parse

    question = parse(db, words, dated=False)
    kinds = ("metric",) if kind == "metric" else ("zone", "initiative", "recognition")
    links = link(db, question, kinds)
    units = question.units
    needed = question.needed or {at for at, unit in enumerate(units) if unit != GAP}
    # Names are linked by pairs of characters; one that stands alone is looked for as it is.
    alone = {
        at: {*db.query(WITH, (LABEL, ALSO, units[at]))} for at in needed
        if is_chinese(units[at])
        and not any(map(is_chinese, [*units[max(at - 1, 0) : at], *units[at + 1 : at + 2]]))
    }  # fmt: skip
    role = KIND_ROLES.get(kind, "")
    said = [word for word in question.phrases if role in word.roles]
    said = [word for word in said if not any({*word.span} < {*other.span} for other in said)]
    of_kind = {at for word in said for at in word.span}
    # 湖北省首创 is a first in the province; what stands apart, 湖北 首创, is a first of it.
    scopes = [word for word in question.phrases if role == "recognition" and (
        "whole" in word.roles or ("place" in word.roles and is_chinese(units[word.start])
        and any(word.span.stop == one.start for one in said)))]  # fmt: skip
    found: list[str] = []
    scoped: list[str] = []
    for id, zone, initiative, how, year, scope in db.query(LISTED[kind]):
        left = needed - {at for word in said if how in word.roles[role] for at in word.span}
        left -= {at for at in needed if units[at] == year}
        keys: list[tuple[str, str]] = [("zone", zone), ("initiative", initiative), (kind, id)]
        for key in keys:
            one = links.get(key)
            # A summary names no initiative, and a definition no metric.
            by_name = key[0] in ("initiative", "metric")
            covered = set(one.named if by_name else one.covered) if one else set()
            # What has no more of the words than those of a kind is not of that kind by its name.
            left -= covered if covered - of_kind or not of_kind else set()
            left -= {at for at, those in alone.items() if key in those}
        if needed and not left:
            found.append(str(id))
            own = set(links[kind, id].covered) if (kind, id) in links else set()
            if any(scope in one.roles.get("whole", ()) or own >= {*one.span} for one in scopes):
                scoped.append(str(id))
    found = scoped or found
    if kind == "zone":  # what is named in full comes with all that lies in it
        within = [row[0] for id in found if links.get(("zone", id)) and links["zone", id].whole
                  for row in db.query(WITHIN, (id,))]  # fmt: skip
        found = [*dict.fromkeys([*found, *within])]
    return sorted(found, key=lambda id: (kind, id) not in links or not links[kind, id].whole)


def _sources(db: Database, text: str) -> list[str]:
    """The document or article of that id, else all that have each word of `text`.

    A word that is of a kind or a language, in either language, or a year of publication means
    that; the others have to be in one title, publisher or id, where the beginning of a word is
    enough.
    """
    names: dict[str, list[str]] = {}
    facets: dict[str, set[str]] = {}
    for id, *cells, kind, lang, year in db.query(SOURCES):
        known = [str(kind).replace("_", " "), LANGUAGES.get(lang, "")]
        known += [chinese().get(word, "") for word in known]
        names[str(id)] = [*map(_key, filter(None, [id, *cells, *known]))]
        facets[str(id)] = {*" ".join([*known, year]).casefold().split()}
    exact = [id for id in names if id.casefold() == text.strip().casefold()]
    words = [word for word in text.casefold().split() if _key(word)]
    meant = {word for word in words if any(word in own for own in facets.values())}
    rest = [_key(word) for word in words if word not in meant]

    def fits(id: str) -> bool:
        return meant <= facets[id] and any(all(w in name for w in rest) for name in names[id])

    return exact or [id for id in names if words and fits(id)]


def _key(text: str) -> str:
    return "".join(f" {unit}" for unit in units_of(fold(text)))
