"""Linking: which zones, initiatives, metrics and scopes a question names, and how well."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..database import Database
from .question import Question
from .spelling import ABOVE, ALSO, GENERIC, LABEL, TEXT, THEME, is_chinese, terms_of

POSTINGS = """
select p.term, p.start, p.size, n.id, n.kind, n.ref, n.rank
from lookup_postings p join lookup_names n on n.id = p.name
where p.term in (select value from json_each(:terms))
    and n.kind in (select value from json_each(:kinds))
"""
NAMES = """
select id, parts from lookup_names
where id in (select value from json_each(?)) order by id
"""
GROUPS = "select target from lookup_words where word = ? and role = 'group'"
KINDS = ("zone", "initiative", "metric", "scope")
# What covers a unit of the question counts so much less than the word itself: a synonym, the name
# of what lies above, a definition.
SYNONYM = 0.9
CREDIT = {ABOVE: 0.5, TEXT: 0.4}


# An article asks for the same names again and again.
_read = lru_cache(maxsize=4096)(json.loads)


class Link:
    """How a question names one thing.

    `covered` are the positions of the question's units that its names, the names of what lies above
    or its definition have, with a credit up to 1; `named` are those that its own names or its
    theme have, `themed` those that its theme alone has.
    `share` is how much of its best name that is, by weight, and `worth` that weight; `whole` says
    whether one of its names is all there, but for words that say of what kind it is; `together`
    whether one is there in one piece.
    """

    __slots__ = (
        "covered", "kind", "named", "ref", "share", "themed", "together", "whole", "worth"
    )  # fmt: skip

    def __init__(self, kind: str, ref: str) -> None:
        self.kind, self.ref = kind, ref
        self.covered: dict[int, float] = {}
        self.named: set[int] = set()
        self.themed: set[int] = set()
        self.worth = self.share = 0.0
        self.whole = self.together = False


class _Hits(NamedTuple):
    """Where a name and the question have the same: (place, size, start, size in it, credit)."""

    kind: str
    ref: str
    rank: int
    positions: list[tuple[int, int, int, int, float]]


def link(
    db: Database, question: Question, kinds: Iterable[str] = KINDS
) -> dict[tuple[str, str], Link]:
    """Everything of `kinds` that a word of the question names, by kind and id."""
    terms: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    # The of in Ministry of Commerce is none of any other name.
    within = {at for word in question.words if word.size > 1 for at in word.span}
    idle = within & question.idle
    for term, at, size in terms_of(question.units):
        if size > 1 or at not in idle:
            terms[term].append((at, size, 1.0))
    for word in question.phrases:
        for group in word.roles.get("group", ()):
            if word.size > 1 or word in question.words:
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    # 辽宁省复制推广 asks what is replicated in the province: 全省, 省内.
    for word in question.words:
        if "place" in word.roles and word.size > 1 and is_chinese(question.units[word.start]):
            whole = f"全{question.units[word.span[-1]]}"
            for (group,) in db.query(GROUPS, (whole,)):
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    hits: dict[int, _Hits] = {}
    params = {"terms": json.dumps(list(terms)), "kinds": json.dumps(list(kinds))}
    for term, start, size, id, kind, ref, rank in db.query(POSTINGS, params):
        positions = hits.setdefault(id, _Hits(kind, ref, rank, [])).positions
        positions += [(at, long, start, size, credit) for at, long, credit in terms[term]]
    links: dict[tuple[str, str], Link] = {}
    of_kinds = {at for word in question.phrases if "place_kind" in word.roles for at in word.span}
    # The area of a total area is no part of a zone's name.
    synonyms = {at for word in question.words if word.size > 1 and "group" in word.roles
                and "place_kind" not in word.roles for at in word.span}  # fmt: skip
    areas = {word.start for word in question.phrases if "area" in word.roles.get("kind", ())}
    for id, parts in db.query(NAMES, (json.dumps(list(hits)),)):
        cuts, weights = _read(parts)
        hit = hits[id]
        # Firms are no business district, and to save is no province; an FTZ is a free trade zone.
        if hit.kind in ("zone", "scope"):
            hit.positions[:] = [
                one for one in hit.positions if (one[-1] == 1.0 or one[0] in of_kinds)
                and (one[1] > 1 or one[0] not in synonyms & areas)
            ]  # fmt: skip
        covered, met = _aligned(question, hit, cuts)
        if hit.kind == "zone" and hit.rank in (LABEL, ALSO) and (
            apart := _apart(question, hit, {*covered}, of_kinds)
        ):  # fmt: skip
            hit.positions[:] = [one for one in hit.positions if one[0] not in apart]
            covered, met = _aligned(question, hit, cuts)
        if not covered:
            continue
        one = links.setdefault((hit.kind, hit.ref), Link(hit.kind, hit.ref))
        for at, credit in covered.items():
            credit *= CREDIT.get(hit.rank, 1.0)
            one.covered[at] = max(one.covered.get(at, 0.0), credit)
        if hit.rank in CREDIT:
            continue
        if hit.rank == THEME:
            one.themed.update(covered.keys() - one.named)
        else:
            one.themed.difference_update(covered)
        one.named.update(covered)
        if hit.rank in (LABEL, ALSO):
            own = {at for at, weight in enumerate(weights) if weight > GENERIC}
            if own and all(met.get(at) == 1.0 for at in own):
                one.whole = True
                one.together |= any(b - a >= len(weights) for a, b in _stretches({*covered}))
        worth = sum(weights[at] * credit for at, credit in met.items())
        share = worth / sum(weights)
        if hit.rank != THEME and (round(share, 2), worth) > (round(one.share, 2), one.worth):
            one.worth, one.share = worth, share
    return links


def _aligned(
    question: Question, hit: _Hits, cuts: list[int]
) -> tuple[dict[int, float], dict[int, float]]:
    """The positions of the question that a name has, and the positions in the name that are met.

    Pairs of characters count where the run that they make begins and ends between words, in the
    question and in the name.
    """
    covered: dict[int, float] = {}
    met: dict[int, float] = {}
    runs: defaultdict[int, set[int]] = defaultdict(set)
    for at, long, start, size, credit in hit.positions:
        if credit == 1.0 and long == 2:
            runs[at - start].update((at, at + 1))
            continue
        met.update((of, max(met.get(of, 0.0), credit)) for of in range(start, start + size))
        for place in range(at, at + long):
            covered[place] = max(covered.get(place, 0.0), credit)
    for shift, run in runs.items():
        for begin, end in _stretches(run):
            while begin < end and not (question.cuts[begin] and cuts[begin - shift]):
                begin += 1
            while end > begin and not (question.cuts[end] and cuts[end - shift]):
                end -= 1
            if end - begin > 1:
                met.update(dict.fromkeys(range(begin - shift, end - shift), 1.0))
                covered.update(dict.fromkeys(range(begin, end), 1.0))
    return covered, met


def _apart(question: Question, hit: _Hits, covered: set[int], of_kinds: set[int]) -> set[int]:
    """The words of a place's name that stand apart, in another order: international tourists."""
    order = {at + n: start + n for at, long, start, *_ in hit.positions for n in range(long)}
    runs = [{*range(*run)} & covered for run in _stretches(covered | question.idle)]
    longest = max(runs, key=len, default=set())
    starts = [order[at] for at in longest]
    return {
        at for at in covered - longest - question.positions("place") - of_kinds
        if not (at < min(longest) and order[at] < min(starts))
        and not (at > max(longest) and order[at] > max(starts))
    }  # fmt: skip


def _stretches(positions: set[int]) -> list[tuple[int, int]]:
    """Places one after another, gathered: the first, and the one behind the last."""
    starts = sorted(at for at in positions if at - 1 not in positions)
    ends = sorted(at + 1 for at in positions if at + 1 not in positions)
    return list(zip(starts, ends, strict=True))
