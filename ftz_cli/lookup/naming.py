"""Names that commands are given: the one thing that a name means, or all that words match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..database import Database
from ..language import Message, shown
from ..language.messages import chinese
from ..model.errors import NotFound, require_text
from .spelling import ALSO, LABEL, fold, is_chinese, units_of

if TYPE_CHECKING:
    from .linking import Link
    from .question import Question, Word

EXACT = "select distinct ref from lookup_names where key = ? and kind = ? and rank = ?"
ENDING = f"""
select distinct ref from lookup_names
where kind = ? and rank = {LABEL} and ref <> ? and key like '%' || ?
"""
WITH_FIGURES = "select 1 from lookup_series where ? in (zone, initiative, metric) limit 1"
SOUND = "select sound from lookup_sounds where word = ?"
WITH = "select distinct kind, ref from lookup_names where rank in (?, ?) and instr(key, ?)"
SOURCES = """
select id, title_zh, title_en, publisher, kind, lang, coalesce(substr(published, 1, 4), '')
from sources order by rowid
"""
LANGUAGES = {"zh": "Chinese", "en": "English"}
# Each thing with its zone and initiative, whose names count as its own, its kind, the year in which
# it began, and the kind of zone that its scope is.
LISTED = {
    "zone": "select id, id, '', kind, substr(since, 1, 4), '' from zone_models order by place",
    "initiative": "select id, zone, id, '', '', '' from initiatives order by rowid",
    "metric": "select id, '', '', '', '', '' from metrics order by rowid",
    "recognition": """
select r.id, r.zone, r.initiative, r.kind, '', z.kind
from recognitions r left join zones z on z.name_zh = r.scope order by r.rowid
""",
}
# The role of the words for kinds of a thing.
KIND_ROLES = {"zone": "place_kind", "recognition": "recognition"}
WITHIN = "select zone from zones_within where ancestor = ?"
# A candidate has at least this part of the share of the best one.
SIMILAR = 0.5
SEVERAL = "'{text}' can mean several {kind}s: {listed}"
_Key = tuple[str, str]  # kind, id


def find_one(db: Database, kind: str, text: str, *, guess: bool = True) -> str:
    """The id of the one zone, initiative, metric or source that `text` names.

    An id, a label or another name in full decides; else, unless no `guess` is wanted, the sound of
    an id: 武汉 is the area wuhan, and not the city. Raises NotFound with the candidates or the
    nearest names if text names several things or none.
    """
    require_text(text)
    if kind == "source":
        return _only(db, kind, text, _sources(db, text))
    # Zhoushan is an area and a city, and zhoushan the id of the area.
    id = fold(text).strip() if guess else text.strip()
    if db.one(f"select 1 from {kind}s where id = ?", (id,)):
        return id
    from .linking import link  # start-up: only where words are asked, here and below
    from .question import parse

    question = parse(db, text, dated=False)
    key = "".join(units_of("".join(question.units)))
    for rank in (LABEL, ALSO):
        exact = [str(ref) for (ref,) in db.query(EXACT, (key, kind, rank))]
        if len(exact) == 1 and not question.read_as:
            # 首贷中心 is another name of one in 武汉, but may also mean 北京市首贷中心.
            if rank == ALSO and kind == "initiative" and is_chinese(key):
                exact += [str(ref) for (ref,) in db.query(ENDING, (kind, *exact, key))]
            return _only(db, kind, text, exact)
    # A kind of value is part of no name, unless the name has it: Wuhan Area, but not 武汉 面积.
    needed = question.needed | question.positions("kind")
    links = [thing for thing in link(db, question, (kind,)).values() if thing.named]
    nearest = sorted(links, key=lambda thing: (
        -len(thing.covered.keys() & needed), -len(thing.named & needed), -thing.share
    ))  # fmt: skip
    # A summary names no initiative, and a definition no metric.
    best = [thing for thing in links if needed and thing.named >= nearest[0].named
            and needed <= (thing.covered.keys() if kind == "zone" else thing.named)]  # fmt: skip
    # A little of one name may be meant for several zones: Shandong areas.
    enough = best if kind != "zone" else [
        one for one in best if one.whole or one.share >= SIMILAR
    ]  # fmt: skip
    if not enough or question.read_as:
        near = [thing.ref for thing in nearest[:3]]
        raise _unclear(db, kind, text, near, "no {kind} '{text}'; did you mean {listed}?")
    # Generic words do not count: a province and its pilot zone are named equally well.
    refs = [thing.ref for thing in best if thing.whole] or [
        thing.ref for thing in best if thing.share >= SIMILAR * nearest[0].share
    ]
    sounds = {sound for (sound,) in db.query(SOUND, (key,))}
    # A zone without figures needs no choice.
    likely = [ref for ref in refs if (ref in sounds if guess else db.one(WITH_FIGURES, (ref,)))]
    return _only(db, kind, text, likely or refs)


def _only(db: Database, kind: str, text: str, refs: list[str]) -> str:
    if len(refs) != 1:
        raise _unclear(db, kind, text, refs, SEVERAL)
    return refs[0]


def _unclear(db: Database, kind: str, text: str, refs: list[str], english: str) -> NotFound:
    from .explaining import listed, name_of

    names = refs if kind == "source" else [f"{name_of(db, kind, ref)} ({ref})" for ref in refs]
    return NotFound(
        english if refs else "no {kind} '{text}'; see '{command}'", text=shown(text),
        kind=Message(kind), listed=listed(names), command=f"ftz {kind}s",
    )  # fmt: skip


def find_listed(db: Database, kind: str, words: str) -> list[str]:
    """The ids of zones, initiatives, metrics, recognitions or sources that match all the words.

    Those with a whole name in the words come first, the rest in the order of the data. The zone
    of an initiative or recognition counts as a name of it.
    """
    require_text(words)
    if kind == "source":
        return _sources(db, words)
    from .linking import link
    from .question import GAP, parse

    question = parse(db, words, dated=False)
    kinds = ("metric",) if kind == "metric" else ("zone", "initiative", "recognition")
    links = link(db, question, kinds)
    needed = question.needed or {at for at, unit in enumerate(question.units) if unit != GAP}
    characters = _lone_characters(db, question.units, needed)
    role = KIND_ROLES.get(kind, "")
    kind_words = [word for word in question.phrases if role in word.roles]
    spans = [{*word.span} for word in kind_words]
    kind_words = [word for word in kind_words if not any({*word.span} < span for span in spans)]
    of_kinds = set[int]().union(*spans)
    scopes = _scopes(question, kind_words) if kind == "recognition" else []
    # A zone named in full brings what is of the zones that lie in it.
    around: dict[str, list[Link]] = {}
    for (of, ref), one in links.items():
        if of == "zone" != kind and one.whole:
            for (zone,) in db.query(WITHIN, (ref,)):
                around.setdefault(zone, []).append(one)
    found: list[str] = []
    in_scope: list[str] = []
    for id, zone, initiative, its_kind, year, scope in db.query(LISTED[kind]):
        left = {at for at in needed if question.units[at] != year}
        left -= {at for word in kind_words if its_kind in word.roles[role] for at in word.span}
        left -= {at for word in scopes if scope in _wholes(word) for at in word.span}
        covered = set[int]()
        for one in around.get(zone, ()):
            left -= one.covered.keys()
        for key in (("zone", zone), ("initiative", initiative), (kind, id)):
            thing = links.get(key)
            # A summary names no initiative, and a definition no metric.
            by_name = key[0] in ("initiative", "metric")
            covered = set(thing.named if by_name else thing.covered) if thing else set()
            # A part of a name is no word of a kind: 'first' lists firsts, not a first-loan centre.
            left -= covered if thing and thing.whole else covered - of_kinds
            left -= {at for at, things in characters.items() if key in things}
        if needed and not left:
            found.append(str(id))
            if any(scope in _wholes(word) or covered >= {*word.span} for word in scopes):
                in_scope.append(str(id))
    found = in_scope or found
    if kind == "zone":  # a zone named in full brings all zones that lie in it
        within = [row[0] for id in found if links.get(("zone", id)) and links["zone", id].whole
                  for row in db.query(WITHIN, (id,))]  # fmt: skip
        found = [*dict.fromkeys([*found, *within])]
    return sorted(found, key=lambda id: (kind, id) not in links or not links[kind, id].whole)


def _lone_characters(db: Database, units: list[str], needed: set[int]) -> dict[int, set[_Key]]:
    """The things that single Chinese characters name, by position. Links need pairs of them."""
    return {
        at: {*db.query(WITH, (LABEL, ALSO, units[at]))} for at in needed
        if is_chinese(units[at])
        and not any(map(is_chinese, [*units[max(at - 1, 0) : at], *units[at + 1 : at + 2]]))
    }  # fmt: skip


def _scopes(question: Question, kind_words: list[Word]) -> list[Word]:
    """The words for the scope of a recognition: 湖北省 of 湖北省首创, but not 湖北 of 湖北 首创."""
    starts = {word.start for word in kind_words}
    return [word for word in question.phrases if "whole" in word.roles or (
        word.roles.keys() & {"place", "place_kind"} and is_chinese(question.units[word.start])
        and word.span.stop in starts)]  # fmt: skip


def _wholes(word: Word) -> frozenset[str]:
    """The kinds of place whose whole a word names: 全国, 全省."""
    return word.roles.get("whole", frozenset()) | word.roles.get("place_kind", frozenset())


def _sources(db: Database, text: str) -> list[str]:
    """The document or article with that id, or else all that match each word of `text`.

    A word may be a kind or language of source, in English or Chinese, or a year of publication.
    The other words have to stand in one title, publisher or id, at least with their beginnings.
    A place may stand there in the other language.
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
    asked = {word for word in words if any(word in facet for facet in facets.values())}
    rest = [_keys(word) for word in words if word not in asked]

    def fits(id: str) -> bool:
        return asked <= facets[id] and any(
            all(any(key in name for key in keys) for keys in rest) for name in names[id]
        )

    return exact or [id for id in names if words and fits(id)]


def _keys(word: str) -> set[str]:
    """The key of a word; for a place, except a country, also of its names in both languages."""
    from ..language.word_lists import places  # start-up: only for words

    # China is part of many names, e.g. China Daily.
    within = (one for one in places() if one.kind != "country")
    same = (one for one in within if word in map(str.casefold, one.zh + one.en))
    return {_key(word), *(_key(name) for one in same for name in (one.zh[0], one.en[0]))}


def _key(text: str) -> str:
    return "".join(f" {unit}" for unit in units_of(fold(text)))
