"""Finding what commands are asked for: one thing by its name, things by words, figures by both."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from . import queries
from .catalogue import Bilingual, Message
from .catalogue import word as term
from .claims import Claim
from .errors import NotFound, UsageError
from .models import Figure
from .periods import dates_of, falls_in
from .question import Question, parse, plainly, spelled_like
from .resolve import Met, Ranked, meet, rank
from .text import shown
from .wording import is_chinese, key_of, words

# How many figures an answer holds at most; the best come first.
MOST_ANSWERS = 20
MOST_CANDIDATES = 6
MOST_UNMET = 6
STATUSES = ("measured", "capacity", "design", "target", "rule")

EXACT = """
select distinct t.ref from names n join things t on t.id = n.thing
where n.key = :key and t.kind = :kind and n.label in ({})
"""
LABELS = {
    "zone": "select name_zh, name_en from zones where id = ?",
    "initiative": "select name_zh, name_en from initiatives where id = ?",
    "metric": "select name_zh, name_en from metrics where id = ?",
}
SOURCES_LIKE = "select id, title_zh, title_en from sources order by rowid"
# The things of a kind, and the zones, that a word names.
NAMED_BY = """
select t.kind, t.ref from postings p join things t on t.id = p.thing
where p.term = ? and t.kind in (?, 'zone') group by p.thing
"""


def one(data: sqlite3.Connection, kind: str, text: str) -> str:
    """The id of the one thing that `text` names.

    Raises NotFound, with the candidates or the nearest names, where it names none or several.
    """
    question = parse(data, text)
    for labels in ("1", "2", "0, 3"):
        # An id beats a label, and a label an alias that something else has too.
        bound = {"key": question.key, "kind": kind}
        found: list[str] = [ref for (ref,) in data.execute(EXACT.format(labels), bound)]
        if len(found) == 1:
            return found[0]
        if found:
            raise _several(data, kind, text, found)
    met = [m for m in meet(data, question).values() if m.kind == kind]
    whole = [m for m in met if _covers(m, question)] if not question.corrected else []
    if len(whole) == 1:
        return whole[0].ref
    if whole:
        best = max(m.whole for m in whole)
        closest = [m.ref for m in whole if m.whole >= best - 1e-9]
        if len(closest) == 1 and best > 0.999:
            return closest[0]
        ordered = sorted(whole, key=lambda m: -m.best)
        raise _several(data, kind, text, [m.ref for m in ordered])
    near = sorted(met, key=lambda m: -m.best)
    near = [m for m in near if m.best >= 0.5 * near[0].best and m.best >= 0.3 * question.weight]
    raise _unknown(data, kind, text, [m.ref for m in near])


def _covers(met: Met, question: Question) -> bool:
    """Whether a thing is met by every word of the question, each as it is spelt."""
    sought = question.sought
    return bool(sought) and all(met.words.get(one.text, 0) >= 1.0 for one in sought)


def label(data: sqlite3.Connection, kind: str, ref: str) -> Message:
    """A thing by its id and its name."""
    zh, en = data.execute(LABELS[kind], (ref,)).fetchone()
    return Message("find.label", id=ref, name=Bilingual(en, zh))


def _tongue(text: str) -> str | None:
    """The language to answer a name in: Chinese where it was typed so, else the user's."""
    return "zh" if any(map(is_chinese, words(text))) else None


def _several(data: sqlite3.Connection, kind: str, text: str, refs: list[str]) -> NotFound:
    listed = [label(data, kind, ref) for ref in refs[:MOST_CANDIDATES]]
    left = len(refs) - MOST_CANDIDATES
    more = Message("find.more", count=left) if left > 0 else ""
    return NotFound("find.several", tongue=_tongue(text), kind=Message(f"thing.{kind}"),
                    text=shown(text), listed=listed, more=more)  # fmt: skip


def _unknown(data: sqlite3.Connection, kind: str, text: str, near: list[str]) -> NotFound:
    words = {"kind": Message(f"thing.{kind}"), "text": shown(text), "command": f"ftz {kind}s"}
    if not near:
        return NotFound("find.unknown", tongue=_tongue(text), **words)
    listed = [label(data, kind, ref) for ref in near[:3]]
    return NotFound("find.unknown_near", tongue=_tongue(text), listed=listed, **words)


BEGINNING = """
select distinct t.ref from names n join things t on t.id = n.thing
where n.key >= :key and n.key < :key || char(1114111) and t.kind = :kind order by t.ref limit 40
"""


def beginning(data: sqlite3.Connection, kind: str, begun: str) -> list[str]:
    """Ids of things with a name that begins so; Chinese names for what was begun in Chinese."""
    plain, _ = plainly(data, begun)
    found = [ref for (ref,) in data.execute(BEGINNING, {"key": key_of(plain), "kind": kind})]
    if not any(map(is_chinese, words(plain))):
        return [ref for ref in found if ref.startswith(begun)] or found
    return [data.execute(LABELS[kind], (ref,)).fetchone()[0] for ref in found]


def listed(data: sqlite3.Connection, kind: str, asked: str | None) -> list[Any]:
    """All things of a kind, or those that the words name, in the order of the data.

    The words may name the zone that a thing lies in, too.
    """
    import json

    query, chosen = queries.LISTED[kind]
    if asked is None:
        return query(data)
    question = parse(data, asked)
    weight = {sought.text: sought.weight for sought in question.sought}
    met: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for sought in question.sought:
        for way in sought.ways:
            for named in data.execute(NAMED_BY, (way.term, kind)):
                met[named][sought.text] = max(way.credit, met[named].get(sought.text, 0.0))
    told = {}
    for id, above in data.execute(queries.PLACES[kind]):
        credit = dict(met.get((kind, id), {}))
        for word, found in met.get(("zone", above), {}).items():
            credit[word] = max(found, credit.get(word, 0.0))
        if credit:
            told[id] = sum(weight[word] * found for word, found in credit.items())
    enough = max(0.6 * max(told.values(), default=0.0), 0.5 * question.weight)
    ids = [id for id, worth in told.items() if worth >= enough]
    return query(data, chosen, ids=json.dumps(ids))


def _answers(data: sqlite3.Connection, text: str) -> tuple[Question, list[Ranked]]:
    """A question and what answers it, the best first; raises NotFound for nonsense."""
    question, ranked = rank(data, text)
    if not ranked:
        spelt = [word for word in words(text) if word.isascii() and len(word) > 3]
        near = [other for word in spelt for other in spelled_like(data, word) if other != word]
        key, named = ("find.no_figure_near", near[:3]) if near else ("find.no_figure", [])
        if question.elsewhere:
            key, named = "find.elsewhere", question.elsewhere
        raise NotFound(key, tongue=_tongue(text), text=shown(text), listed=named)
    return question, ranked[:MOST_ANSWERS]


def figures(
    data: sqlite3.Connection, text: str, tell: Callable[[Message], None] | None = None
) -> list[Figure]:
    """The figures that a question asks for, the best first; raises NotFound for nonsense.

    `tell` gets a remark on words that were read as others, and on words and periods that the
    answer has nothing for.
    """
    question, answers = _answers(data, text)
    found = [one for best in answers for one in queries.figures(data, queries.FIGURE, id=best.id)]
    if tell:
        for remark in _remarks(question, answers[0], found):
            tell(remark)
    return found


def _remarks(question: Question, best: Ranked, found: list[Figure]) -> list[Message]:
    told = [
        Message("asked.read_as", word=shown(word), other=other)
        for word, other in question.corrected.items()
    ]
    periods = [figure.period or "" for figure in found]
    dates = {date for figure in found for date in dates_of(figure.period or "", str(figure.value))}
    unmet = question.unmet(best.words)
    unmet += [
        said for asked, said in question.periods.items()
        if not any(falls_in(date, asked) for date in dates)
    ]  # fmt: skip
    unmet += [
        said for number, said in question.part.items()
        if not any(period.endswith(f"-{number}") for period in periods)
    ]  # fmt: skip
    if unmet:
        told.append(Message("asked.unmet", listed=[shown(word, 30) for word in unmet[:MOST_UNMET]]))
    return told


def explained(
    data: sqlite3.Connection, text: str, lang: str
) -> tuple[list[str], list[tuple[object, ...]], list[Message]]:
    """For each answer, the words that matched and what its score is made of.

    The last are remarks on the question as a whole: what it asks for beside names, words that
    were read as others, and what the answer has nothing for.
    """
    question, answers = _answers(data, text)
    names = ["figure", "printed", "score", "matched", "made_of"]
    found: list[tuple[object, ...]] = []
    between = "、" if lang == "zh" else ", "
    figures_of = [queries.figures(data, queries.FIGURE, id=answer.id)[0] for answer in answers]
    for answer, figure in zip(answers, figures_of, strict=True):
        whole_words = {w: ref for w, ref in answer.words.items() if len(w) > 1} or answer.words
        matched = between.join(
            f"{word} → {ref}" for word, ref in joined(whole_words, question.plain)
        )
        made = between.join(
            f"{term('part', part, lang)} {score:+.1f}"
            for part, score in answer.parts.items()
            if score
        )
        found.append((answer.id, figure.printed, round(answer.score, 1), matched, made))
    asked: list[object] = [Message(f"kind.{kind}") for kind in sorted(question.kinds)]
    asked += [Message(f"order.{order}") for order in sorted(question.orders)]
    asked += [*question.periods, *question.part.values(), *sorted(question.units)]
    remarks = [Message("asked.for", listed=asked)] if asked else []
    return names, found, remarks + _remarks(question, answers[0], figures_of)


def joined(matched: dict[str, str], text: str) -> list[tuple[str, str]]:
    """What was matched, with adjoining pairs of a Chinese word as one: 跨境, 境电, 电商 → 跨境电商.

    Pairs are one word where they name the same thing and `text` has them so.
    """
    found: list[tuple[str, str]] = []
    for word, ref in matched.items():
        last, of = found[-1] if found else ("", "")
        longer = last + word[1:]
        if of == ref and last[-1:] == word[:1] and is_chinese(word[0]) and longer in text:
            found[-1] = (longer, ref)
        else:
            found.append((word, ref))
    return found


def filtered(
    data: sqlite3.Connection,
    asked: dict[str, str | None],
    period: str | None,
    status: str | None,
) -> list[Figure]:
    """The figures that pass every filter, in the order of the source."""
    if status is not None and status not in STATUSES:
        raise UsageError("find.no_status", text=shown(status), listed=STATUSES)
    chosen: dict[str, str] = {}
    for kind, text in asked.items():
        if text is not None:
            named = source(data, text) if kind == "article" else one(data, kind, text)
            chosen[kind] = named
    if period is not None:
        from .edtf import period_exists  # only where a period is asked for

        if not period_exists(period):
            raise UsageError("find.no_period", text=shown(period))
        chosen["period"] = period
    if status is not None:
        chosen["measured" if status == "measured" else "status"] = status
    if not chosen:
        return queries.figures(data, queries.ALL_FIGURES)
    return queries.figures_filtered(data, chosen)


def claims(data: sqlite3.Connection, every: list[Claim], text: str) -> list[Claim]:
    """The claims on figures that `text` asks for; all of them for no words."""
    if not text:
        return every
    _, ranked = rank(data, text)
    if not ranked:
        raise NotFound("find.no_figure", tongue=_tongue(text), text=shown(text))
    wanted = {found.id for found in ranked[:MOST_ANSWERS]}
    return [
        claim
        for claim in every
        if wanted & {claim.figure.id, *(operand.id for operand in claim.operands)}
    ]


def source(data: sqlite3.Connection, text: str) -> str:
    """The id of the source or article that `text` names by its id or a part of its title."""
    wanted = key_of(text.casefold())
    every: dict[str, list[str]] = {id: titles for id, *titles in data.execute(SOURCES_LIKE)}
    spelled = {id: [key_of(title.casefold()) for title in every[id]] for id in every}
    found = [id for id in every if wanted and any(wanted in title for title in spelled[id])]
    if text in every:
        return text
    if len(found) == 1:
        return found[0]
    key, near = "find.several", found
    if not found:
        from difflib import get_close_matches  # only where a name is unknown

        names = {name: id for id in every for name in (id, *spelled[id])}
        alike = get_close_matches(wanted, names, n=3, cutoff=0.7)
        near = list(dict.fromkeys(names[name] for name in alike))
        key = "find.unknown_near" if near else "find.unknown"
    listed = [Message("find.label", id=id, name=Bilingual(*reversed(every[id]))) for id in near]
    raise NotFound(key, tongue=_tongue(text), kind=Message("thing.source"), text=shown(text),
                   listed=listed, more="", command="ftz sources")  # fmt: skip
