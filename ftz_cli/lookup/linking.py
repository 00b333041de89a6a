"""Linking: which zones, initiatives, metrics and scopes a question names, and how well."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..database import Database
from .question import GAP, Question
from .spelling import ABOVE, ALSO, GENERIC, LABEL, TEXT, THEME, is_chinese, is_word, terms_of

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
# The credit of a synonym, of a name of a thing above, and of a definition; the word itself has 1.
SYNONYM = 0.9
CREDIT = {ABOVE: 0.5, TEXT: 0.4}

# For each term: its first unit in the question, how many units, its credit.
_Terms = defaultdict[str, list[tuple[int, int, float]]]
_Credits = dict[int, float]  # by position
# An article asks for the same names again and again.
_read = lru_cache(maxsize=4096)(json.loads)


class Link:
    """How a question names one thing.

    `covered` are the positions in the question that any of its names, a name of a thing above it
    or its definition accounts for, each with a credit of at most 1; `named` those that its own
    names or its theme account for; `themed` those that its theme alone does.
    `share` is the part of its best name that the question has, by weight, and `weight` that
    weight; `whole` says whether the question has all of a name but generic parts, `contiguous`
    whether it has all of it in one piece, `begins` whether it has the beginning of one alone.
    """

    __slots__ = (
        "begins", "contiguous", "covered", "kind", "named", "ref", "share", "themed", "weight",
        "whole",
    )  # fmt: skip

    def __init__(self, kind: str, ref: str) -> None:
        self.kind, self.ref = kind, ref
        self.covered: _Credits = {}
        self.named: set[int] = set()
        self.themed: set[int] = set()
        self.weight = self.share = 0.0
        self.whole = self.contiguous = self.begins = False

    def add(self, rank: int, covered: _Credits, matched: _Credits, weights: list[float]) -> None:
        """Add a name: the positions that it covers, those of its own that match, its weights."""
        for at, credit in covered.items():
            self.covered[at] = max(self.covered.get(at, 0.0), credit * CREDIT.get(rank, 1.0))
        if rank in CREDIT:
            return
        if rank == THEME:
            self.themed.update(covered.keys() - self.named)
        else:
            self.themed.difference_update(covered)
        self.named.update(covered)
        if rank in (LABEL, ALSO):
            self.begins |= max(matched, default=-1) + 1 == len(matched) < len(weights) - 1
            specific = {at for at, weight in enumerate(weights) if weight > GENERIC}
            if specific and all(matched.get(at) == 1.0 for at in specific):
                self.whole = True
                self.contiguous |= any(b - a >= len(weights) for a, b in _stretches({*covered}))
        weight = sum(weights[at] * credit for at, credit in matched.items())
        share = weight / sum(weights)
        if rank != THEME and (round(share, 2), weight) > (round(self.share, 2), self.weight):
            self.weight, self.share = weight, share


class _Name(NamedTuple):
    """A name and its matches: position and size in the question, the same in it, credit."""

    kind: str
    ref: str
    rank: int
    matches: list[tuple[int, int, int, int, float]]


def link(
    db: Database, question: Question, kinds: Iterable[str] = KINDS
) -> dict[tuple[str, str], Link]:
    """Everything of `kinds` that a word of the question names, by kind and id."""
    terms = _terms(db, question)
    names: dict[int, _Name] = {}
    params = {"terms": json.dumps(list(terms)), "kinds": json.dumps(list(kinds))}
    for term, start, size, id, kind, ref, rank in db.query(POSTINGS, params):
        matches = names.setdefault(id, _Name(kind, ref, rank, [])).matches
        matches += [(at, length, start, size, credit) for at, length, credit in terms[term]]
    links: dict[tuple[str, str], Link] = {}
    of_kinds = {at for word in question.phrases if "place_kind" in word.roles for at in word.span}
    # 'Area' of 'total area' must not link a zone whose name ends in Area.
    synonyms = {at for word in question.words if word.size > 1 and "group" in word.roles
                and "place_kind" not in word.roles for at in word.span}  # fmt: skip
    fillers = {at for at in question.stop_words if is_word(question.units[at])}
    areas = {word.start for word in question.phrases if "area" in word.roles.get("kind", ())}
    within = _within_words(question)
    for id, parts in db.query(NAMES, (json.dumps(list(names)),)):
        cuts, weights = _read(parts)
        name = names[id]
        # A synonym alone must not link a place, e.g. 'firms' a business district; but 'FTZ' may.
        if name.kind in ("zone", "scope"):
            name.matches[:] = [
                match for match in name.matches if (match[-1] == 1.0 or match[0] in of_kinds)
                and (match[1] > 1 or match[0] not in synonyms & areas)
            ]  # fmt: skip
        if name.kind == "zone" and name.rank <= ALSO:
            # 中心 of 续贷中心 names no 中心片区.
            named = {at + n for at, length, *_ in name.matches for n in range(length)}
            if any(named <= words for words in within):
                name.matches.clear()
        if fillers and name.kind == "zone":
            # The 'of' of 'exports of Shanghai' is not that of 'Port of Shanghai'.
            pairs = {(at, start) for at, _, start, *_ in name.matches}
            name.matches[:] = [
                match for match in name.matches if match[0] not in fillers or not match[2]
                or (match[0] - 1, match[2] - 1) in pairs
            ]  # fmt: skip
        covered, matched = _aligned(question, name, cuts)
        if name.kind in ("zone", "initiative") and name.rank <= ALSO and (
            stray := _out_of_order(question, name, {*covered}, of_kinds)
        ):  # fmt: skip
            name.matches[:] = [match for match in name.matches if match[0] not in stray]
            covered, matched = _aligned(question, name, cuts)
        if covered:
            thing = links.setdefault((name.kind, name.ref), Link(name.kind, name.ref))
            thing.add(name.rank, covered, matched, weights)
    return links


def _within_words(question: Question) -> list[set[int]]:
    """The Chinese words that hardly name a place, as others stand before them in the same word."""
    units, places = question.units, question.place_words
    return [
        {*word.span} for word in question.words
        if word.size > 1 and "group" in word.roles and is_chinese(units[word.start])
        and not places & {word.start, word.start - 1}
        and word.start and is_chinese(units[word.start - 1]) and units[word.start - 1] != GAP
    ] + [
        {*word.span[1:]} for word in question.words
        if word.size > 2 and "place_kind" in word.roles and is_chinese(units[word.start])
    ]  # fmt: skip


def _terms(db: Database, question: Question) -> _Terms:
    """The terms of a question, those of its synonyms among them."""
    terms: _Terms = defaultdict(list)
    # 'Of' in 'Ministry of Commerce' must not match 'of' in another name.
    in_phrases = {at for word in question.words if word.size > 1 for at in word.span}
    skipped = in_phrases & question.stop_words
    for term, at, size in terms_of(question.units):
        if size > 1 or at not in skipped:
            terms[term].append((at, size, 1.0))
    for word in question.phrases:
        for group in word.roles.get("group", ()):
            if word.size > 1 or word in question.words:
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    # The name of a province also means the whole of it: 辽宁省复制推广 has to find 全省, 省内.
    for word in question.words:
        if "place" in word.roles and word.size > 1 and is_chinese(question.units[word.start]):
            whole = f"全{question.units[word.span[-1]]}"
            for (group,) in db.query(GROUPS, (whole,)):
                terms[f"={group}"].append((word.start, word.size, SYNONYM))
    return terms


def _aligned(question: Question, name: _Name, cuts: list[int]) -> tuple[_Credits, _Credits]:
    """The positions of the question that a name has, and its own that the question has.

    Pairs of Chinese characters count together: from the first to the last position of their run
    at which both the question and the name may be cut.
    """
    covered: _Credits = {}
    matched: _Credits = {}
    runs: defaultdict[int, set[int]] = defaultdict(set)
    for at, length, start, size, credit in name.matches:
        if credit == 1.0 and length == 2:
            runs[at - start].update((at, at + 1))
            continue
        for own in range(start, start + size):
            matched[own] = max(matched.get(own, 0.0), credit)
        for position in range(at, at + length):
            covered[position] = max(covered.get(position, 0.0), credit)
    for shift, positions in runs.items():
        for begin, end in _stretches(positions):
            while begin < end and not (question.cuts[begin] and cuts[begin - shift]):
                begin += 1
            while end > begin and not (question.cuts[end] and cuts[end - shift]):
                end -= 1
            if end - begin > 1:
                matched.update(dict.fromkeys(range(begin - shift, end - shift), 1.0))
                covered.update(dict.fromkeys(range(begin, end), 1.0))
    return covered, matched


def _out_of_order(question: Question, name: _Name, covered: set[int], kinds: set[int]) -> set[int]:
    """The covered positions that lie apart from the longest run, in another order than the name's.

    They may belong to other words: 'international' in 'international tourists of Hainan'. The words
    of an initiative may stand in any order, but each once: number of loans of the loan centre.
    """
    order = {at + n: start + n for at, length, start, *_ in name.matches for n in range(length)}
    between = question.stop_words if name.kind == "zone" else set()
    runs = [{*range(*run)} & covered for run in _stretches(covered | between)]
    longest = max(runs, key=len, default=set())
    starts = [order[at] for at in longest]
    apart = covered - longest - question.positions("place") - kinds
    if name.kind != "zone":
        return {at for at in apart if order[at] in starts}
    return {
        at for at in apart
        if not (at < min(longest) and order[at] < min(starts))
        and not (at > max(longest) and order[at] > max(starts))
    }  # fmt: skip


def _stretches(positions: set[int]) -> list[tuple[int, int]]:
    """The runs of consecutive positions: the first, and the one behind the last."""
    starts = sorted(at for at in positions if at - 1 not in positions)
    ends = sorted(at + 1 for at in positions if at + 1 not in positions)
    return list(zip(starts, ends, strict=True))
