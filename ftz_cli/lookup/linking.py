"""Linking: which zones, initiatives and metrics the words of a question name, and how well."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..database import Database
from .question import GAP, Question
from .spelling import is_chinese, pairs, stem

POSTINGS = (
    "select p.term, p.name, p.start, p.size, n.kind, n.ref, n.rank from lookup_postings p"
    " join lookup_names n on n.id = p.name"
    " where p.term in (select value from json_each(:terms)) and n.kind in"
    " (select value from json_each(:kinds))"
)
NAMES = (
    "select id, units, cuts, weights, mass from lookup_names"
    " where id in (select value from json_each(?))"
)
# What a synonym counts against the word itself, and a name of what lies above against its own.
SYNONYM, ABOVE, TEXT = 0.9, 0.5, 0.4
# What a generic part of a name weighs at most: the kind in the name of a zone names no zone.
GENERIC = 0.15
# Ranks of names: 0 id, 1 label, 2 other name, 3 theme, 4 of what lies above, 5 a definition.
RANK_THEME, RANK_ABOVE, RANK_TEXT = 3, 4, 5


@dataclass(slots=True)
class Link:
    """How a question names one thing.

    `covered` are the places of the question's units that its names have, with a credit up to 1;
    `worth` is the weight of what is covered, and `share` how much of its best name that is.
    """

    kind: str
    ref: str
    covered: dict[int, float] = field(default_factory=dict)
    worth: float = 0.0
    share: float = 0.0
    named: set[int] = field(default_factory=set)

    def covers(self, places: Iterable[int]) -> set[int]:
        """Those of `places` that its names have."""
        return {at for at in places if at in self.covered}


KINDS = ("zone", "initiative", "metric", "scope")


def link(
    db: Database, question: Question, kinds: Iterable[str] = KINDS
) -> dict[tuple[str, str], Link]:
    """Every thing of `kinds` that a needed or free word of the question names."""
    terms: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for at, pair in pairs(question.units):
        terms[pair].append((at, 2, 1.0))
    for at, unit in enumerate(question.units):
        if unit != GAP and not is_chinese(unit):
            terms[stem(unit)].append((at, 1, 1.0))
    for word in question.phrases:
        for group in word.roles.get("group", ()):
            if (
                word.size > 1
                or not is_chinese(question.units[word.start])
                or word in question.words
            ):
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    of_name: dict[int, tuple[str, str, int]] = {}
    hits: defaultdict[int, list[tuple[int, int, int, int, float]]] = defaultdict(list)
    params = {"terms": json.dumps(list(terms)), "kinds": json.dumps(list(kinds))}
    for term, name, start, size, kind, ref, rank in db.query(POSTINGS, params):
        of_name[name] = (kind, ref, rank)
        hits[name] += [(at, long, start, size, credit) for at, long, credit in terms[term]]
    links: dict[tuple[str, str], Link] = {}
    for id, *lists, mass in db.query(NAMES, (json.dumps(list(hits)),)):
        units, cuts, weights = map(json.loads, lists)
        kind, ref, rank = of_name[id]
        told = [kind != "zone" or weight > GENERIC for weight in weights]
        covered, met = _aligned(question, hits[id], units, cuts, told)
        if not covered:
            continue
        one = links.setdefault((kind, ref), Link(kind, ref))
        share = sum(weights[at] for at in met) / mass if mass else 0.0
        worth = sum(weights[at] for at in met)
        factor = {RANK_ABOVE: ABOVE, RANK_TEXT: TEXT}.get(rank, 1.0)
        for at, credit in covered.items():
            one.covered[at] = max(one.covered.get(at, 0.0), factor * credit)
        if rank in (RANK_ABOVE, RANK_TEXT):
            continue
        one.named.update(covered)
        if rank != RANK_THEME and (worth * share, share) > (one.worth * one.share, one.share):
            one.worth, one.share = worth, min(share, 1.0)
    return links


def _aligned(
    question: Question,
    hits: list[tuple[int, int, int, int, float]],
    units: list[str],
    cuts: list[int],
    told: list[bool],
) -> tuple[dict[int, float], dict[int, float]]:
    """The places of the question that a name has, and the places of the name that are met.

    Pairs of characters count where the run that they make begins and ends between words, in the
    question and in the name.
    """
    covered: dict[int, float] = {}
    met: dict[int, float] = {}
    weak: dict[int, float] = {}
    kinds = {
        at for word in question.words if word.roles.keys() & {"place", "place_kind"}
        for at in word.span
    }  # fmt: skip
    runs: defaultdict[int, set[int]] = defaultdict(set)
    for at, long, start, size, credit in hits:
        if credit == 1.0 and long == size == 2:
            runs[at - start].update((at, at + 1))
            continue
        for place in range(at, at + long):
            if any(told[start : start + size]):
                covered[place] = max(covered.get(place, 0.0), credit)
            elif place in kinds:
                weak[place] = credit
        for place in range(start, start + size):
            met[place] = max(met.get(place, 0.0), credit)
    for shift, places in runs.items():
        for run in _stretches(places):
            begin, end = run[0], run[-1] + 1
            while begin < end and not (question.cuts[begin] and cuts[begin - shift]):
                begin += 1
            while end > begin and not (question.cuts[end] and cuts[end - shift]):
                end -= 1
            if end - begin > 1:
                met.update((place - shift, 1.0) for place in range(begin, end))
                if any(told[begin - shift : end - shift]):
                    covered.update((place, 1.0) for place in range(begin, end))
    if covered:
        covered = weak | covered
        # A single character beside what is met already: 港 of 天津港.
        single = {unit: at for at, unit in enumerate(units) if is_chinese(unit) and at not in met}
        for place, unit in enumerate(question.units):
            if place not in covered and unit in single and (
                question.cuts[place] and question.cuts[place + 1]
                and (place - 1 in covered or place + 1 in covered)
                and cuts[single[unit]] and cuts[single[unit] + 1]
            ):  # fmt: skip
                covered[place] = met[single[unit]] = 0.7
    return covered, met


def _stretches(places: set[int]) -> list[list[int]]:
    """Places one after another, gathered."""
    found: list[list[int]] = []
    for at in sorted(places):
        if found and found[-1][-1] == at - 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found
