"""Linking: which zones, initiatives, metrics and scopes a question names, and how well."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from ..database import Database
from .question import GAP, Question
from .spelling import ABOVE, GENERIC, TEXT, THEME, is_chinese, is_pair, stem

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
KINDS = ("zone", "initiative", "metric", "scope")
# What covers a unit of the question counts so much less than the word itself: a synonym, the name
# of what lies above, a definition.
SYNONYM = 0.9
CREDIT = {ABOVE: 0.5, TEXT: 0.4}
# Numbers of so few digits count things; longer ones are names themselves: 12345.
SHORT_NUMBER = 3


class Link:
    """How a question names one thing.

    `covered` are the places of the question's units that its names, the names of what lies above
    or its definition have, with a credit up to 1; `named` are those that its own names have.
    `share` is how much of its best name that is, by weight, and `worth` that weight.
    """

    __slots__ = ("covered", "kind", "named", "ref", "share", "worth")

    def __init__(self, kind: str, ref: str) -> None:
        self.kind, self.ref = kind, ref
        self.covered: dict[int, float] = {}
        self.named: set[int] = set()
        self.worth = self.share = 0.0


class _Hits(NamedTuple):
    """Where a name and the question have the same: (place, size, start, size in it, credit)."""

    kind: str
    ref: str
    rank: int
    places: list[tuple[int, int, int, int, float]]


def link(
    db: Database, question: Question, kinds: Iterable[str] = KINDS
) -> dict[tuple[str, str], Link]:
    """Everything of `kinds` that a word of the question names, by kind and id."""
    terms: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for at, (a, b) in enumerate(pairwise(question.units)):
        if is_pair(a, b):
            terms[a + b].append((at, 2, 1.0))
    for at, unit in enumerate(question.units):
        if unit != GAP and not is_chinese(unit):
            terms[stem(unit)].append((at, 1, 1.0))
    for word in question.phrases:
        for group in word.roles.get("group", ()):
            if word.size > 1 or word in question.words:
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    hits: dict[int, _Hits] = {}
    params = {"terms": json.dumps(list(terms)), "kinds": json.dumps(list(kinds))}
    for term, start, size, id, kind, ref, rank in db.query(POSTINGS, params):
        places = hits.setdefault(id, _Hits(kind, ref, rank, [])).places
        places += [(at, long, start, size, credit) for at, long, credit in terms[term]]
    links: dict[tuple[str, str], Link] = {}
    for id, parts in db.query(NAMES, (json.dumps(list(hits)),)):
        units, cuts, weights = json.loads(parts)
        hit = hits[id]
        covered, met = _aligned(question, hit, units, cuts, weights)
        if not covered:
            continue
        one = links.setdefault((hit.kind, hit.ref), Link(hit.kind, hit.ref))
        for at, credit in covered.items():
            credit *= CREDIT.get(hit.rank, 1.0)
            one.covered[at] = max(one.covered.get(at, 0.0), credit)
        if hit.rank in CREDIT:
            continue
        one.named.update(covered)
        worth = sum(weights[at] for at in met)
        share = min(1.0, worth / sum(weights)) if worth else 0.0
        if hit.rank != THEME and (worth * share, share) > (one.worth * one.share, one.share):
            one.worth, one.share = worth, share
    return links


def _aligned(
    question: Question, hit: _Hits, units: list[str], cuts: list[int], weights: list[float]
) -> tuple[dict[int, float], set[int]]:
    """The places of the question that a name has, and the places of the name that are met.

    Pairs of characters count where the run that they make begins and ends between words, in the
    question and in the name. What kind of place a zone is names no zone: it only covers such words.
    """
    weakest = GENERIC if hit.kind == "zone" and max(weights) > GENERIC else 0.0
    told = [weight > weakest for weight in weights]
    covered: dict[int, float] = {}
    weak: dict[int, float] = {}
    met: set[int] = set()
    runs: defaultdict[int, set[int]] = defaultdict(set)
    for at, long, start, size, credit in hit.places:
        number = next((n for n in range(size) if units[start + n].isdecimal()), None)
        if (
            number is not None
            and credit == 1.0
            and _is_of_another(question.units, at + number, units, start + number)
        ):
            continue
        if credit == 1.0 and long == 2:
            runs[at - start].update((at, at + 1))
            continue
        met.update(range(start, start + size))
        for place in range(at, at + long):
            if any(told[start : start + size]):
                covered[place] = max(covered.get(place, 0.0), credit)
            elif place in question.place_words or place not in question.needed:
                weak[place] = credit
    for shift, places in runs.items():
        for begin, end in _stretches(places):
            while begin < end and not (question.cuts[begin] and cuts[begin - shift]):
                begin += 1
            while end > begin and not (question.cuts[end] and cuts[end - shift]):
                end -= 1
            if end - begin > 1:
                met.update(range(begin - shift, end - shift))
                if any(told[begin - shift : end - shift]):
                    covered.update(dict.fromkeys(range(begin, end), 1.0))
    if covered:
        covered = weak | covered
    return covered, met


def _is_of_another(asked: list[str], at: int, units: list[str], start: int) -> bool:
    """Whether a short number counts something else in a name than in the question.

    The 1 of "Zone 1 Amount 3" is none of "Amount 1", that of 第1号 none of 第1项.
    """
    if len(units[start]) > SHORT_NUMBER or len(units) == 1:
        return False
    before, behind = (
        (asked[at + side], units[start + side])
        if 0 <= at + side < len(asked) and 0 <= start + side < len(units)
        else None
        for side in (-1, 1)
    )
    if behind and is_chinese(behind[0]) and is_chinese(behind[1]):
        return behind[0] != behind[1]
    return not any(pair and stem(pair[0]) == stem(pair[1]) for pair in (before, behind))


def _stretches(places: set[int]) -> list[tuple[int, int]]:
    """Places one after another, gathered: the first, and the one behind the last."""
    starts = sorted(at for at in places if at - 1 not in places)
    ends = sorted(at + 1 for at in places if at + 1 not in places)
    return list(zip(starts, ends, strict=True))
