"""What a person typed → zones, initiatives, metrics and figures, ranked.

A figure is found by the names of its metric, its initiative and its zone together: every word of
the question counts once, for the field that knows it best, by how rare the word is. To that comes
how well each single name is met, whether the metric is of the kind asked for, and the period.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .numerals import SCALES
from .periods import dates_of, falls_in
from .question import Question, marks, parse
from .wording import is_chinese, pairs

POSTINGS = "select name, thing from postings where term = ? limit ?"
POSTINGS_AMONG = "select name, thing from postings where term = ? and name in ({})"
NAMES = "select id, thing, mass from names where id in ({})"
THINGS = "select id, kind, ref from things where id in ({})"
_CANDIDATE = """
select id, metric, initiative, zone, period, status, value, period_kind, unit, printed from figures
"""
# Of each thing that is named so many figures at most: a metric's newest, and those of the pairs
# that are named together. However many figures there are, only so many are looked at.
NEWEST_OF_METRIC = _CANDIDATE + "where metric = ? order by period desc limit ?"
SOME_OF_INITIATIVE = _CANDIDATE + "where initiative = ? limit ?"
SOME_OF_ZONE = _CANDIDATE + "where zone = ? limit ?"
OF_ZONES_AND_METRICS = _CANDIDATE + "where zone in ({}) and metric in ({}) limit 200"
OF_INITIATIVES_AND_METRICS = _CANDIDATE + "where initiative in ({}) and metric in ({}) limit 200"
FIGURES_PRINTED = _CANDIDATE + "where printed in ({}) limit 40"
METRIC_KINDS = "select id, kind, broader from metrics where id in ({})"
ZONE_PARENTS = "select id, parent from zones where id in ({})"

# What finding a word is worth in a zone, and in one above it: metrics and initiatives tell figures
# apart, zones gather them.
ZONE, ABOVE = 0.85, 0.5
# What is found in the metric above a figure's own counts a little less.
BROADER = 0.9
# How much a name that is met as a whole adds to single words.
WHOLE = {"metric": 0.6, "initiative": 0.3, "zone": 0.15}
# The part of a metric's own worth that goes by what its subject's name leaves of the question.
TWICE_TOLD = 0.8
KIND, UNIT = 6.0, 4.5
# What is left of a figure's score if its unit is not the one asked for (几家, how many years).
OTHER_UNIT = 0.4
SAME_PERIOD, OTHER_PERIOD = 2.5, 1.5
# What a figure loses that is of another place than the zone named in the question.
OTHER_PLACE = 2.5
# A figure quoted as printed (近1.5亿元, 五免) is meant itself.
QUOTED = 5.0
# Kinds that the words of any question ask for (how much, how many).
PLAIN = frozenset({"count", "amount", "size"})
# What such a kind is worth where another is asked for too (how much did it grow).
YIELDING = 0.4
CANDIDATES = {"metric": 10, "initiative": 6, "zone": 5}
# So many entries of the index are read for a question; commoner words than that are only sought
# among the likeliest names that the rarer ones found.
ENTRIES, AMONG = 1200, 32
# So many names are weighed, and of one thing so many.
NAMES_KEPT, NAMES_OF_A_THING = 100, 10
# So many figures of the things of a kind are looked at, the likeliest thing's first.
FIGURES = 36
# Below this part of the question's weight an answer would be a guess.
UNDERSTOOD = 0.2
# Where words are known by their spelling or single syllables alone, nearly all have to be.
GUESSED = 0.8
# Answers this much weaker than the best are left out.
NEARLY_AS_GOOD = 0.66


class Named(NamedTuple):
    """A name as a question meets it: what each word is worth in it, and what all of it is."""

    words: dict[str, float]
    mass: float

    def share(self) -> float:
        """The part of the name that is met, by weight."""
        return min(1.0, sum(self.words.values()) / self.mass) if self.mass else 0.0

    def worth(self, told: frozenset[str] = frozenset()) -> float:
        """How well the name is met by words other than those `told` already."""
        found = sum(worth for word, worth in self.words.items() if word not in told)
        whole = self.mass - sum(worth for word, worth in self.words.items() if word in told)
        share = min(1.0, found / whole) if whole > 0.01 else 0.0
        return found * math.sqrt(share)


@dataclass
class Met:
    """How a question meets a thing: by which of its words, and by which of its names."""

    kind: str
    ref: str
    words: dict[str, float]
    names: list[Named]

    @cached_property
    def best(self) -> float:
        """How well its best name is met."""
        return max(named.worth() for named in self.names)

    @cached_property
    def whole(self) -> float:
        """The part that is met of the name that the most of is met."""
        return max(named.share() for named in self.names)

    @cached_property
    def called(self) -> frozenset[str]:
        """The words of the question that its best name has."""
        return frozenset(max(self.names, key=Named.worth).words)


class Ranked(NamedTuple):
    """A figure's id with its score and what it is made of."""

    id: str
    score: float
    parts: dict[str, float]
    words: dict[str, str]


def meet(connection: sqlite3.Connection, question: Question) -> dict[tuple[str, str], Met]:
    """Every thing that a word of the question names."""
    by_name: defaultdict[int, float] = defaultdict(float)
    words_of: defaultdict[int, dict[str, float]] = defaultdict(dict)
    by_thing: defaultdict[int, dict[str, float]] = defaultdict(dict)
    left = ENTRIES
    thing_of: dict[int, int] = {}
    among: list[int] = []
    for sought in sorted(question.sought, key=lambda sought: -sought.weight):
        credited: dict[int, float] = {}
        for way in sought.ways:
            if way.names <= left or not by_name:
                entries = connection.execute(POSTINGS, (way.term, ENTRIES))
                left -= min(way.names, ENTRIES)
            else:
                among = among or _likeliest(by_name, thing_of)[:AMONG]
                entries = connection.execute(
                    POSTINGS_AMONG.format(marks(among)), [way.term, *among]
                )
            for name, thing in entries:
                thing_of[name] = thing
                if way.credit > credited.get(name, 0):
                    credited[name] = way.credit
                told = by_thing[thing]
                if way.credit > told.get(sought.text, 0):
                    told[sought.text] = way.credit
        for name, credit in credited.items():
            by_name[name] += sought.weight * credit
            words_of[name][sought.text] = sought.weight * credit
    names = _likeliest(by_name, thing_of)
    named: defaultdict[int, list[Named]] = defaultdict(list)
    for name, thing, mass in connection.execute(NAMES.format(marks(names)), names):
        named[thing].append(Named(words_of[name], mass))
    return {
        (kind, ref): Met(kind, ref, by_thing[at], named[at])
        for at, kind, ref in connection.execute(THINGS.format(marks(named)), [*named])
    }


def _likeliest(by_name: dict[int, float], thing_of: dict[int, int]) -> list[int]:
    """The names that more of the question's weight is found in than in others, a few of a thing.

    A metric has a score of names; all of them would leave no place for the zone.
    """
    kept: list[int] = []
    taken: defaultdict[int, int] = defaultdict(int)
    for name in sorted(by_name, key=lambda name: -by_name[name]):
        thing = thing_of[name]
        if taken[thing] < NAMES_OF_A_THING:
            taken[thing] += 1
            kept.append(name)
            if len(kept) == NAMES_KEPT:
                break
    return kept


def _strongest(met: dict[tuple[str, str], Met], kind: str) -> list[str]:
    of_kind = sorted((m for m in met.values() if m.kind == kind), key=lambda m: -m.best)
    return [m.ref for m in of_kind[: CANDIDATES[kind]]]


def rank(connection: sqlite3.Connection, text: str) -> tuple[Question, list[Ranked]]:
    """The figures that `text` asks for, the likeliest first."""
    question = parse(connection, text)
    met = meet(connection, question)
    rows = {row[0]: row for row in _candidates(connection, question, met)}
    scorer = _Scorer(connection, question, met, list(rows.values()))
    ordered = _ordered(scorer.ranked(), question)
    return question, ordered if ordered and _answers(ordered[0], question, met) else []


def _candidates(
    connection: sqlite3.Connection, question: Question, met: dict[tuple[str, str], Met]
) -> Iterator[tuple[str, ...]]:
    """The figures worth scoring: of the things that the question names best, alone and in pairs."""
    metrics, initiatives, zones = (_strongest(met, k) for k in ("metric", "initiative", "zone"))
    for refs, sql, most in (
        (metrics, NEWEST_OF_METRIC, 12),
        (initiatives, SOME_OF_INITIATIVE, 24),
        (zones, SOME_OF_ZONE, 24),
    ):
        left = FIGURES
        for ref in refs:
            found = list(connection.execute(sql, (ref, min(most, left))))
            yield from found
            left -= len(found)
            if not left:
                break
    for refs, sql in ((zones, OF_ZONES_AND_METRICS), (initiatives, OF_INITIATIVES_AND_METRICS)):
        pairs = sql.format(marks(refs), marks(metrics))
        yield from connection.execute(pairs, [*refs, *metrics])
    quotes = question.quotes
    yield from connection.execute(FIGURES_PRINTED.format(marks(quotes)), quotes)


class _Scorer:
    """Scores candidate figures against a question."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        question: Question,
        met: dict[tuple[str, str], Met],
        rows: list[tuple[str, ...]],
    ) -> None:
        self.question, self.met, self.rows = question, met, rows
        self.weights = {sought.text: sought.weight for sought in question.sought}
        self.kinds: dict[str, tuple[str, str | None]] = {
            id: (kind, broader)
            for id, kind, broader in self._many(connection, METRIC_KINDS, {row[1] for row in rows})
        }
        self.parents = self._parents(connection, {row[3] for row in rows})
        self.unit_is_there = any(self._unit(row) in question.units for row in rows)
        # A period that nothing is of tells no figure from another.
        self.places = {
            ref for (kind, ref), at in met.items() if kind == "zone" and at.whole > 0.999
        }
        self.period_is_there = any(self._period(row) > 0 for row in rows)

    @staticmethod
    def _many(connection: sqlite3.Connection, sql: str, ids: set[str]) -> list[tuple[str, ...]]:
        listed = sorted(ids)[:900]
        return list(connection.execute(sql.format(marks(listed)), listed))

    def _parents(self, connection: sqlite3.Connection, zones: set[str]) -> dict[str, str | None]:
        parents: dict[str, str | None] = {}
        while zones - parents.keys():
            found = {
                row[0]: row[1]
                for row in self._many(connection, ZONE_PARENTS, zones - parents.keys())
            }
            parents |= found
            zones = {parent for parent in found.values() if parent}
        return parents

    @staticmethod
    def _unit(row: tuple[str, ...]) -> str:
        """The unit of a figure, without its scale and the measure word before it."""
        return row[8].lstrip(SCALES).removeprefix("个")

    def ranked(self) -> list[tuple[Ranked, tuple[str, ...]]]:
        """Every candidate with its score."""
        return [(self._score(row), row) for row in self.rows]

    def _fields(self, row: tuple[str, ...]) -> list[tuple[str, str, str, float]]:
        _, metric, initiative, zone, *_ = row
        fields = [("metric", "metric", metric, 1.0), ("zone", "zone", zone, ZONE)]
        broader = self.kinds.get(metric, ("", None))[1]
        if broader:
            fields.append(("metric", "broader", broader, BROADER))
        if initiative:
            fields.append(("initiative", "initiative", initiative, 1.0))
        parent = self.parents.get(zone)
        while parent:
            fields.append(("zone", "above", parent, ABOVE))
            parent = self.parents.get(parent)
        return fields

    def _score(self, row: tuple[str, ...]) -> Ranked:
        question, quotes = self.question, self.question.quotes
        credit: dict[str, float] = {}
        told: dict[str, str] = {}
        parts: dict[str, float] = {}
        for kind, name, ref, worth in self._fields(row):
            met = self.met.get((kind, ref))
            if met is None:
                continue
            for word, found in met.words.items():
                if worth * found > credit.get(word, 0):
                    credit[word] = worth * found
                    told[word] = ref
            if name in WHOLE:
                parts[name] = WHOLE[name] * met.best
        if "metric" in parts:
            # 首贷 names the centre and its loans alike: a metric earns its name by its own words.
            subject = [self.met.get(("initiative", row[2])), self.met.get(("zone", row[3]))]
            told_ = frozenset().union(*(met.called for met in subject if met))
            met = self.met["metric", row[1]]
            own = max(named.worth(told_) for named in met.names)
            parts["metric"] = WHOLE["metric"] * ((1 - TWICE_TOLD) * met.best + TWICE_TOLD * own)
        parts["words"] = sum(self.weights[word] * found for word, found in credit.items())
        parts["kind"] = self._kind(row)
        of_places = {ref for kind, _, ref, _ in self._fields(row) if kind == "zone"}
        if self.places and self.places.isdisjoint(of_places):
            parts["place"] = -OTHER_PLACE
        parts["period"] = self._period(row) if self.period_is_there else 0.0
        # In "how long did the 496 firms take" the number tells which firms, and is no answer.
        quotable = parts["kind"] or not question.kinds
        if quotable and (
            row[9] in quotes or (sum(map(str.isdecimal, row[9])) > 1 and row[9] in question.plain)
        ):
            parts["quoted"] = QUOTED
            told[row[9]] = row[0]
        if self.unit_is_there:
            if self._unit(row) in question.units:
                parts["unit"] = UNIT
            else:
                parts["unit"] = (OTHER_UNIT - 1) * sum(parts.values())
        return Ranked(row[0], sum(parts.values()), parts, told)

    def _overlap(self, met: Met, others: set[str]) -> float:
        """The part of a thing's words, by weight, that name its figure's subject too."""
        weight = sum(self.weights[word] for word in met.words)
        both = sum(self.weights[word] for word in met.words if word in others)
        return both / weight if weight else 0.0

    def _kind(self, row: tuple[str, ...]) -> float:
        kind = self.kinds.get(row[1], ("", None))[0]
        asked = self.question.kinds
        if kind not in asked:
            return 0.0
        # "How much did it grow" asks for the growth: what is plainer yields to it.
        return KIND * YIELDING if kind in PLAIN and asked - PLAIN else KIND

    def _period(self, row: tuple[str, ...]) -> float:
        asked, part = self.question.periods, self.question.part
        period, value = row[4] or "", row[6]
        if any(period.endswith(f"-{number}") for number in part):
            return SAME_PERIOD
        if not asked:
            return -OTHER_PERIOD if part and period else 0.0
        dates = dates_of(period, value)
        if any(falls_in(date, one) for one in asked for date in dates):
            whole = "/" not in period or len(asked) > 1
            return SAME_PERIOD if whole else SAME_PERIOD * 0.5
        return -OTHER_PERIOD if period else 0.0


def _time(row: tuple[str, ...]) -> str:
    """What a figure's period sorts by; what is counted to the day of print is the newest."""
    return row[4] or ("9" if row[7] == "cumulative" else "")


def _ordered(scored: list[tuple[Ranked, tuple[str, ...]]], question: Question) -> list[Ranked]:
    """Best first; the periods of one series stand together, newest first."""
    if not scored:
        return []
    series: defaultdict[tuple[str, ...], list[tuple[Ranked, tuple[str, ...]]]] = defaultdict(list)
    for one in scored:
        series[one[1][1:4]].append(one)
    best_of = {key: max(one[0].score for one in group) for key, group in series.items()}
    top = max(best_of.values())
    ordered: list[Ranked] = []
    oldest_first = "earliest" in question.orders
    for key in sorted(series, key=lambda key: (-best_of[key], series[key][0][0].id)):
        if best_of[key] < NEARLY_AS_GOOD * top:
            continue
        group = sorted(series[key], key=lambda one: _time(one[1]), reverse=not oldest_first)
        group.sort(key=lambda one: -round(one[0].score, 6))
        ordered += [one[0] for one in group]
    return ordered


def _answers(best: Ranked, question: Question, met: dict[tuple[str, str], Met]) -> bool:
    """Whether the best that was found answers the question, and not another."""
    if "quoted" in best.parts:
        return True
    # Of another place there is no answer, however well the rest fits.
    unmet = question.unmet(best.words)
    question.elsewhere = [
        place for place in question.places
        if (not any(pair in best.words for pair in pairs(place)) if is_chinese(place)
            else all(word in unmet for word in place.split()))
    ]  # fmt: skip
    if question.elsewhere:
        return False
    found = [sought for sought in question.sought if sought.text in best.words]
    # Where a place is all that is known of what was asked, it was asked something else of it; but
    # in a slip like 浙桥 for 栈桥 a character is met.
    places = {word for (kind, _), at in met.items() if kind == "zone" for word in at.words}
    left = {char for word in unmet for char in word}
    told = [one.text for one in found if not one.single or one.text in left]
    if unmet and not question.kinds and places.issuperset(told):
        return False
    understood = sum(sought.weight for sought in found)
    enough = UNDERSTOOD if any(sought.sure for sought in found) else GUESSED
    return understood > 0 and understood >= enough * question.weight
