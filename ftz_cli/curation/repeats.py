"""Finds which numbers of an unknown text the figures of any source have already."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ..database import Database, queries
from ..language import Message, language, word_lists
from ..language.periods import span_text
from ..lookup.offers import SCALES
from ..lookup.suiting import COUNTERS
from ..model.figure import Figure
from ..model.measures import COMPARING, SIGNED
from ..model.named import Zone
from ..quantities import edtf
from ..quantities.quantity import CannotRead, Mention
from ..quantities.reader import Reader
from ..quantities.units import Units
from .clauses import name_finder, plain, words
from .scan import Scanned, is_telling

# The figures of any source with one of these amounts in base units, and each of these.
WITH_AMOUNT = """
select f.id, printf('%.10g', abs(cast(f.value as real)) * cast(u.factor as real)) as amount
from figures f join all_units u on u.id = f.unit
where amount in (select value from json_each(?)) order by f.rowid
"""
# The zones that lie in a zone, or in which it lies.
RELATED = """
select zone from zones_within where ancestor = :zone
union select ancestor from zones_within where zone = :zone
"""
SENTENCE_END = re.compile(r"[。！？；]|[.!?;](?=\s|$)")


class _Sentence(NamedTuple):
    """The zones and periods that a sentence names; each is empty where it names none."""

    zones: set[str]
    periods: set[str]


def with_repeats(
    db: Database, reader: Reader, scanned: Sequence[Scanned], text: str
) -> list[Scanned]:
    """The numbers of a text, with the figures of any source that they repeat.

    A repeat has the value, unit, bound and direction of a figure, and no other place or period in
    its sentence. A number of few digits is one only where its sentence names both.
    """
    amounts = {
        at: f"{abs(float(one.mention.quantity.base_value)):.10g}" for at, one in enumerate(scanned)
        if one.mention.quantity and one.mention.kind == "quantity"
    }  # fmt: skip
    rows = db.query(WITH_AMOUNT, (json.dumps([*amounts.values()]),))
    figures = {one.id: one for one in queries.figures(db, ids=[id for id, _ in rows])}
    of_amount = defaultdict[str, list[Figure]](list)
    for id, amount in rows:
        of_amount[amount].append(figures[id])
    sentences, found = _Sentences(db, scanned, text), list(scanned)
    for at, amount in amounts.items():
        one = scanned[at]
        same = [figure for figure in of_amount[amount] if _says(reader, one.mention, figure)]
        # A number without a direction is hardly a growth.
        same.sort(key=lambda figure: (figure.measure in SIGNED) != bool(one.mention.direction))
        found[at] = sentences.judged(one, same)
    return found


class _Sentences:
    def __init__(self, db: Database, scanned: Sequence[Scanned], text: str) -> None:
        self.db, self.lines, self._ids = db, text.split("\n"), _zones_by_name(db)
        self._find = name_finder((name, name) for name in self._ids)
        self._related = cache(lambda zone: {id for (id,) in db.query(RELATED, {"zone": zone})})
        self._starts, self._sentence = cache(self._sentence_starts), cache(self._read)
        self._periods = defaultdict[tuple[int, int | None], set[str]](set)
        for one in scanned:
            if one.mention.quantity and (period := one.mention.quantity.edtf):
                for begin in (self._begin(one), None):  # None for all of its line
                    self._periods[one.line, begin].add(period)

    def _sentence_starts(self, line: int) -> list[int]:
        return [0, *(end.end() for end in SENTENCE_END.finditer(self.lines[line - 1]))]

    def _begin(self, one: Scanned) -> int:
        starts = self._starts(one.line)
        return starts[bisect_right(starts, one.mention.start) - 1]

    def judged(self, one: Scanned, same: list[Figure]) -> Scanned:
        """A number with the figures that it repeats, or with why it is none of `same`."""
        why: Message | None = None
        if not (is_long := is_telling(one.mention.quantity)):
            why = Message("too few digits to tell what it repeats")
        if not same:
            return replace(one, why=why)
        sentence = self._sentence(one.line, self._begin(one))
        here = [figure for figure in same if _is_of_zone(figure, sentence)]
        now = [figure for figure in here if _is_of_period(figure, sentence)]
        if now and (is_long or (sentence.zones and sentence.periods)):
            ids = " ".join(figure.id for figure in now)
            return replace(one, state="repeat", figure=ids, why=_subject(now[0]))
        if is_long:
            other = (here or same)[0]
            is_of = {"figure": other.id, "subject": _subject(other)}
            why = Message("{figure} has this value: {subject}", **is_of)
        return replace(one, why=why)

    def _read(self, line: int, begin: int) -> _Sentence:
        starts = self._starts(line)
        end = next(iter(starts[bisect_right(starts, begin) :]), None)
        names = [name for *_, name in self._find(self.lines[line - 1][begin:end])]
        zones = set[str]().union(*(self._ids[name] for name in names))
        periods = self._periods[line, begin] or self._periods[line, None]
        return _Sentence(set[str]().union(*map(self._related, zones)), periods)


def _zones_by_name(db: Database) -> dict[str, set[str]]:
    """The ids of zones by their names, and by the places that those begin with: 武汉, Wuhan."""
    # Articles name the country often and hardly ever mean it.
    places = [name for one in word_lists.places() if one.kind != "country"
              for name in (*one.zh, *one.en)]  # fmt: skip
    find_places = name_finder(zip(places, places, strict=True))
    names = [(name, zone.id) for zone in queries.models(db, Zone) if zone.kind != "country"
             for name in (zone.name_zh, zone.name_en, *zone.also)]  # fmt: skip
    ids = defaultdict[str, set[str]](set)
    for name, id in names:
        begins = [place for start, _, place in find_places(name) if start == 0]
        for form in (name, *begins):
            ids[plain(form)].add(id)
    for name, _ in names:  # 湖北省 is also the place of 湖北自贸试验区.
        ids[plain(name)] |= ids.get(plain(words()["name_end"].sub("", name)), set())
    return ids


def _is_of_zone(figure: Figure, sentence: _Sentence) -> bool:
    return not sentence.zones or figure.zone in sentence.zones


def _is_of_period(figure: Figure, sentence: _Sentence) -> bool:
    own = [one for one in (figure.period, figure.base_period) if one]
    pairs = ((named, one) for named in sentence.periods for one in own)
    return not (sentence.periods and own) or any(_is_same(*pair, figure) for pair in pairs)


def _is_same(named: str, own: str, figure: Figure) -> bool:
    """Whether a period is that of a figure, or may be: its first or last day, or, of one that is
    not counted within its period alone, its last month or one of its years.
    """
    (first, last), (begins, ends) = edtf.span(named), edtf.span(own)
    if (first, last) == (begins, ends) or (first == last and first in (begins, ends)):
        return True
    if figure.period_kind == "during" or not (last and ends):
        return False
    years = {begins.year, ends.year}
    if len(named) == len("2021"):
        return first.year in years and (figure.period_kind == "as_of" or len(years) > 1)
    return (last.year, last.month) == (ends.year, ends.month)


def _subject(figure: Figure) -> str:
    """What a figure is of: its metric, zone and period."""
    in_chinese = language() == "zh"
    names = (figure.metric_zh, figure.zone_zh) if in_chinese else (figure.metric_en, figure.zone_en)
    return " · ".join([*names, *([span_text(figure.period)] if figure.period else [])])


def _says(reader: Reader, mention: Mention, figure: Figure) -> bool:
    """Whether a number has the unit, bound and direction of a figure with its value."""
    quantity = mention.quantity
    if quantity is None or quantity.bound != figure.bound:
        return False
    of_unit = quantity.unit.base.partition("/")[0] == figure.base_unit.partition("/")[0]
    falls = (figure.base_value or 0) < 0
    is_opposite = figure.measure in SIGNED and mention.direction == ("up" if falls else "down")
    # What moved by so much is no level or share.
    moved = mention.direction is not None and figure.measure not in COMPARING
    if not of_unit or is_opposite or moved:
        return False
    if quantity.unit.base != "count":
        return True
    own = _names_of(reader.units, figure.unit)
    with suppress(CannotRead):  # 2,059 trips are curated as 2059列
        own |= _names_of(reader.units, reader.read(figure.printed).unit.id)
    return not own.isdisjoint(_names_of(reader.units, quantity.unit.id))


def _names_of(units: Units, id: str) -> set[str]:
    """The names of what is counted: 标箱 and TEU of 百万标箱, 趟 of 列."""
    counted = id.partition("/")[0].lstrip(SCALES)
    unit = units.find(counted)
    return {counted, *COUNTERS.get(counted, ""), *([unit.name_en] if unit else [])}
