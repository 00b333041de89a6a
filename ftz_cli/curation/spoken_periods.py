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

    `period` holds to the end of its sentence, `carried` in sentences without a date; `last` is one
    that held for its clause only, and `dates` are all of the sentence. `fresh` is True where a
    clause names its period and year, and nothing else.
    """

    def __init__(self, published: str) -> None:
        self.published, self.carried = published, ""
        self.begin_sentence()

    def begin_sentence(self) -> None:
        """Forget the period of the sentence."""
        self.period, self.kind, self.fresh = "", "undated", False
        self.last, self.dates = ("", "undated"), list[str]()

    def assume(self) -> tuple[str, str]:
        """Take the period of the sentence before for that of this one; returns it and its kind."""
        if not self.period:
            self.period, self.kind = self.carried, "during"
        return self.period, self.kind

    def of_part(self, part: Part) -> tuple[str, str, str]:
        """The period of a part, its period kind, and the period compared with."""
        found, base, of_number = self._dates_of_number(part)
        period = found[-1].value if found else ""
        if part.mention and len(self.dates) == len(part.numbers) and say("dealt", part.clause):
            period = self.dates[part.numbers.index(part.mention)]
        if not period and say("whole_year", part.clause):
            period = self.carried[:4] or self._ended(self.published[:4])
        if not period:
            of_last = self.last[0] and say("of_them", part.clause)
            return *(self.last if of_last else (self.period, self.kind)), base
        roles = (role for role in ("since", "cumulative", "as_of") if say(role, part.clause))
        kind = next(roles, "during")
        # Not in "since 2019, by the end of 2023", nor where another number stands beside.
        is_day = kind == "during" and _is_day(period)
        is_alone = [one.certain for one in found] == [True] and self.kind in ("undated", kind)
        # An area is not of "since 2019", wherever the clause before says so.
        is_since = kind == "cumulative" or (kind == "since" and not part.numbers)
        is_alone &= not (is_day or is_since)
        self.fresh = is_alone and (of_number or len(part.numbers) < 2)
        is_aside = say("clause_only", part.clause)
        self.last = (period, kind) if is_aside else ("", "undated")
        # The number reached is the subject: from 5 million in 2019 to 6 million in 2023.
        of_number = is_aside or (of_number and not say("reached", part.before))
        # A year before that of the sentence is only compared with: 2023年这一增速为18.9%.
        later = period[:4] >= self.period[:4] or _is_day(self.period)  # a dateline
        if not of_number and (kind != "during" or later):
            self.period, self.kind = period, kind
            year, last, now = period[:4], period.split("/")[-1][:4], self.published[:4]
            # A text goes on about a past year, and not about a part of it, a span, a coming year,
            # or an earlier one that it compares with.
            is_part = is_day or last != year or (self.carried == year and year != now)
            is_base = now > self.carried[:4] > year
            if year <= (now or year) and not (is_part or is_base):
                self.carried = period if kind == "during" else ""
        return period, kind, base

    def _dates_of_number(self, part: Part) -> tuple[list[_Date], str, bool]:
        """The dates of a number, the period compared with, and whether one is the number's alone.

        The last of the dates is its period.
        """
        base, found, days = "", list[_Date](), list[_Date]()
        is_since = say("since", part.clause)
        open_ended = is_since or say("as_of", part.clause)
        dates = self._dates(part)
        if part.mention in part.numbers[:1] or not part.numbers:
            self.dates += [date.value for date in dates]
        spans = [edtf.newest(one.value) for one in dates if not _is_day(one.value)]
        for date in dates:
            is_older = edtf.newest(date.value) != max(spans, default=None)
            owner = _number_of(part, date, is_older or say("whole_year", part.clause))
            if owner and owner is part.mention:
                return [date], base, True
            # In 比2019年的585亿元增长73% the first number is of 2019; in 2019年的2倍 none is.
            if say("multiple_of", date.after) or _is_compared(part, date):
                base = date.value
            elif owner and not say("reached", part.clause[: owner.start - part.start]):
                pass  # The date belongs to another number.
            elif say("event", f"{date.before} @{date.after}") and not is_since:
                self.period = self.carried = ""  # What follows an event has no known period.
            else:
                (days if _is_day(date.value) and not open_ended else found).append(date)
        # A day that is neither that of an event nor of a report may be the period.
        has_period = found or self.period or say("announced", part.clause)
        return found if has_period else days, base, False

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
            "that_year": now[:4],
            "end_before": now and f"{edtf.shifted(now[:4], -1)}-12",
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
            if now and len(value) == len("2021") and say("same_of", f"{before}@{after}"):
                value, certain = edtf.shifted(now, int(value) - int(now[:4])), False
            elif len(value) == len("2021") and say("ends_year", f"{before}@{after}"):
                value += "-12"
            dates.append(_Date(start, end, before, value, after, certain))
        return dates

    def _with_year(self, date: Mention) -> str:
        """The EDTF of a date; one without a year is of the sentence's year, or of publication."""
        value = (date.quantity and date.quantity.edtf) or ""
        year = (self.period or self.published or self.carried).split("/")[-1][:4]
        if say("year", date.printed) or not (edtf.exists(value) and year):
            return value
        return self._ended(edtf.shifted(value, int(year) - int(value[:4])))

    def _ended(self, value: str) -> str:
        """A period that had ended at publication: this one, or that of the year before."""
        if not (self.published and edtf.exists(value)):
            return value
        running = edtf.newest(value)[0] > edtf.newest(self.published)[0]
        return edtf.shifted(value, -1) if running else value


def _is_day(period: str) -> bool:
    return len(period) == len("2022-07-20") and "/" not in period


def _is_compared(part: Part, date: _Date) -> bool:
    """Whether the words before a date compare with it: 比, 恢复到."""
    if say("part_of", date.before) and not say("share", part.clause):
        return True
    is_range = date.before.endswith("from") and "/" in date.value
    return say("compared", date.before) and not is_range


def _number_of(part: Part, date: _Date, is_older: bool) -> Mention | None:
    """The number that a date stands before or behind, e.g. in 2017年的78.6小时.

    `is_older` says that the clause has a newer date: 5 million in 2022 and 6 million in 2023.
    """
    place = bisect_left(part.numbers, date.start + part.start, key=attrgetter("start"))
    for one in part.numbers[place : place + 1]:
        between = part.clause[date.end : one.start - part.start]
        is_part = re.search("[%倍成番]", one.printed) and date.before[-1:] not in ("由", "从")
        if not is_part and words()["date_before"].fullmatch(between):
            return one
    for one in part.numbers[max(place - 1, 0) : place]:
        before = part.clause[: one.start - part.start][-NEAR:]
        between = part.clause[one.end - part.start : date.start]
        if say("date_behind", f"{before}@{between}") or (is_older and say("in_date", between)):
            return one
    return None


@cache
def _spoken() -> re.Pattern[str]:
    """The words that name a period, each in a group of its role."""
    roles = ("year_end", "end_before", "that_year", "last_year", "year_earlier", "this_year", "now")
    return re.compile("|".join(f"(?P<{one}>{words()[one].pattern})" for one in roles), re.I)
