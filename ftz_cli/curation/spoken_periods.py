"""The periods that an article speaks of, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from ..quantities import edtf
from ..quantities.quantity import Mention
from .clauses import NEAR, Part, say, words


class _Date(NamedTuple):
    """A date of a clause as EDTF, and the text on both sides; `certain` if its year is named."""

    start: int
    end: int
    before: str
    value: str
    after: str
    certain: bool


class Periods:
    """The period of each clause of an article; `published` is its date as EDTF.

    `period` holds to the end of its sentence, `carried` in sentences without a date. `fresh` is
    True where a clause names its period and year, and nothing else.
    """

    def __init__(self, published: str) -> None:
        self.published, self.carried = published, ""
        self.begin_sentence()

    def begin_sentence(self) -> None:
        """Forget the period of the sentence."""
        self.period, self.kind, self.fresh = "", "undated", False

    def assume(self) -> tuple[str, str]:
        """Take the period of the sentence before for that of this one; returns it and its kind."""
        if not self.period:
            self.period, self.kind = self.carried, "during"
        return self.period, self.kind

    def of_part(self, part: Part) -> tuple[str, str, str]:
        """The period of a part, its period kind, and the period compared with."""
        base, of_number, found = "", False, list[_Date]()
        open_ended = say("since", part.clause) or say("as_of", part.clause)
        for date in self._dates(part):
            owner = _number_of(part, date)
            part_of = say("multiple_of", date.after) or say("part_of", date.before)
            is_range = date.before.endswith("from") and "/" in date.value
            compared = part_of or (say("compared", date.before) and not is_range)
            # In 比2019年的585亿元增长73% the first number is of 2019; in 2019年的2倍 none is.
            if owner and owner is part.mention:
                of_number, found = True, [date]
                break
            if compared:
                base = date.value
            elif owner:
                pass  # The date belongs to another number.
            elif say("event", f"{date.before} @{date.after}"):
                self.period = self.carried = ""  # What follows an event has no known period.
            elif len(date.value) < len("2022-07-20") or "/" in date.value or open_ended:
                found.append(date)  # A single day is that of an event.
        period = found[-1].value if found else ""
        if not period and say("whole_year", part.clause):
            period = self.carried[:4] or self._ended(self.published[:4])
        if not period:
            return self.period, self.kind, base
        roles = (role for role in ("since", "as_of") if say(role, part.clause))
        kind = next(roles, "during")
        # Not in "since 2019, by the end of 2023", nor where another number stands beside.
        is_alone = [one.certain for one in found] == [True] and self.kind in ("undated", kind)
        self.fresh = is_alone and (of_number or len(part.numbers) < 2)
        of_number |= say("clause_only", part.clause)
        # A year before that of the sentence is only compared with: 2023年这一增速为18.9%.
        if not of_number and (kind != "during" or period[:4] >= self.period[:4]):
            self.period, self.kind = period, kind
            year = self.published[:4] or period[:4]
            # A text goes on about a past year, but not about a part of it, or a coming year.
            if period[:4] <= year and not self.carried == period[:4] < year:
                self.carried = period if kind == "during" else ""
        return period, kind, base

    def _dates(self, part: Part) -> list[_Date]:
        """The dates of a clause in order, those that its words name included."""
        clause, year = part.clause, self.published[:4]
        now = self.period or self.carried or year
        spoken = {
            "last_year": year and edtf.shifted(year, -1),
            "this_year": year,
            "year_earlier": now and edtf.shifted(now, -1),
            "now": self.published,
            "year_end": now and f"{now[:4]}-12",
        }
        found = [(one.start - part.start, one.end - part.start, self._with_year(one),
                  say("year", one.printed)) for one in part.dates]  # fmt: skip
        for one in _spoken().finditer(clause):
            role = one.lastgroup or ""
            if not any(start <= one.start() < end for start, end, *_ in found):
                found.append((*one.span(), spoken[role], role in ("last_year", "this_year")))
        dates = []
        for start, end, value, certain in sorted(found):
            before, after = clause[:start][-NEAR:].strip(), clause[end:][:NEAR]
            if not edtf.exists(value) or say("document", before):
                continue
            if len(value) == len("2021") and say("same_of", f"{before}@{after}"):
                value, certain = edtf.shifted(now, int(value) - int(now[:4])), False
            elif len(value) == len("2021") and say("ends_year", f"{before}@{after}"):
                value += "-12"
            dates.append(_Date(start, end, before, value, after, certain))
        return dates

    def _with_year(self, date: Mention) -> str:
        """The EDTF of a date; one without a year is of the sentence's year, or of publication."""
        value = (date.quantity and date.quantity.edtf) or ""
        year = (self.period.split("/")[-1] or self.published)[:4]
        if say("year", date.printed) or not (edtf.exists(value) and year):
            return value
        return self._ended(edtf.shifted(value, int(year) - int(value[:4])))

    def _ended(self, value: str) -> str:
        """A period that had ended at publication: this one, or that of the year before."""
        if not (self.published and edtf.exists(value)):
            return value
        running = edtf.newest(value)[0] > edtf.newest(self.published)[0]
        return edtf.shifted(value, -1) if running else value


def _number_of(part: Part, date: _Date) -> Mention | None:
    """The number that a date stands before or behind, e.g. in 2017年的78.6小时."""
    place = bisect_left(part.numbers, date.start + part.start, key=attrgetter("start"))
    for one in part.numbers[place : place + 1]:
        if one.printed[-1] not in "%倍成番" and words()["date_before"].fullmatch(
            part.clause[date.end : one.start - part.start]
        ):
            return one
    for one in part.numbers[max(place - 1, 0) : place]:
        before = part.clause[: one.start - part.start][-NEAR:]
        if say("date_behind", f"{before}@{part.clause[one.end - part.start : date.start]}"):
            return one
    return None


@cache
def _spoken() -> re.Pattern[str]:
    """The words that name a period, each in a group of its role."""
    roles = ("year_end", "last_year", "year_earlier", "this_year", "now")
    return re.compile("|".join(f"(?P<{one}>{words()[one].pattern})" for one in roles), re.I)
