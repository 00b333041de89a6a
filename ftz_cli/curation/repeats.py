"""Finds which numbers of an unknown text the figures of any source have already."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ..database import Database, queries
from ..language import Message, language
from ..language.periods import span_text
from ..lookup.linking import link
from ..lookup.offers import SCALES
from ..lookup.question import parse
from ..lookup.suiting import COUNTERS
from ..model.figure import Figure
from ..model.measures import COMPARING, SIGNED
from ..quantities import edtf
from ..quantities.quantity import CannotRead, Mention
from ..quantities.reader import Reader
from ..quantities.units import Units
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
    """The zones and years that a sentence names; each is empty where it names none."""

    zones: set[str]
    years: set[int]


def with_repeats(
    db: Database, reader: Reader, scanned: Sequence[Scanned], text: str
) -> list[Scanned]:
    """The numbers of a text, with the figures of any source that they repeat.

    A repeat has the value, unit, bound and direction of a figure, and no other place or year in
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
        self.db, self.lines = db, text.split("\n")
        self.dates = defaultdict[int, list[tuple[int, str]]](list)  # By line
        for one in scanned:
            if one.mention.quantity and one.mention.quantity.edtf:
                self.dates[one.line].append((one.mention.start, one.mention.quantity.edtf))
        self._sentence = cache(self._read)
        self._related = cache(lambda zone: {id for (id,) in db.query(RELATED, {"zone": zone})})

    def judged(self, one: Scanned, same: list[Figure]) -> Scanned:
        """A number with the figures that it repeats, or with why it is none of `same`."""
        why: Message | None = None
        if not (is_long := is_telling(one.mention.quantity)):
            why = Message("too few digits to tell what it repeats")
        if not same:
            return replace(one, why=why)
        line = self.lines[one.line - 1]
        ends = [end.end() for end in SENTENCE_END.finditer(line)]
        begin = max((end for end in ends if end <= one.mention.start), default=0)
        end = min((end for end in ends if end >= one.mention.end), default=len(line))
        sentence = self._sentence(one.line, begin, end)
        here = [figure for figure in same if _is_of_zone(figure, sentence)]
        now = [figure for figure in here if _is_of_year(figure, sentence)]
        if now and (is_long or (sentence.zones and sentence.years)):
            ids = " ".join(figure.id for figure in now)
            return replace(one, state="repeat", figure=ids, why=_subject(now[0]))
        if is_long:
            other = (here or same)[0]
            is_of = {"figure": other.id, "subject": _subject(other)}
            why = Message("{figure} has this value: {subject}", **is_of)
        return replace(one, why=why)

    def _read(self, line: int, begin: int, end: int) -> _Sentence:
        question = parse(self.db, self.lines[line - 1][begin:end], typed=False)
        zones = {
            id for (_, id), zone in link(self.db, question, ("zone",)).items()
            if zone.whole and zone.named - question.positions("place_kind")
        }  # fmt: skip
        inside = [date for start, date in self.dates[line] if begin <= start < end]
        dates = inside or [date for _, date in self.dates[line]]
        return _Sentence(
            set[str]().union(*map(self._related, zones)), set[int]().union(*map(_years, dates))
        )


def _is_of_zone(figure: Figure, sentence: _Sentence) -> bool:
    return not sentence.zones or figure.zone in sentence.zones


def _is_of_year(figure: Figure, sentence: _Sentence) -> bool:
    years = _years(figure.period) | _years(figure.base_period)
    return not (sentence.years and years) or not years.isdisjoint(sentence.years)


def _years(period: str | None) -> set[int]:
    """The years of a period; the first alone of one that is open."""
    with suppress(ValueError):
        first, last = edtf.span(period or "")
        return {*range(first.year, (last or first).year + 1)}
    return set()


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
