"""The periods that an article speaks of, clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..quantities import edtf
from ..quantities.quantity import Mention
from .clauses import NEAR, Part, say, words

# The first month, quarter and half of a year, and the last ones, as EDTF has them.
_FIRST = {"01": "12", "33": "36", "40": "41"}


class _Date(NamedTuple):
    """A date of a clause as EDTF, the text on both sides, and the role of its words."""

    start: int
    before: str
    value: str
    after: str
    role: str


@dataclass(slots=True)
class _Reading:
    """What the dates of a clause say of its number; `of_number` means: of nothing else."""

    period: str = ""
    base: str = ""
    kind: str = ""
    certain: bool = True
    is_span: bool = False
    of_number: bool = False


class Periods:
    """The period of a sentence, clause by clause.

    `mentioned` was named last, `fresh` since the last number and with its year. `carried` is that
    of sentences without a date, `assumed` the same where this sentence has made use of it.
    """

    def __init__(self, published: str) -> None:
        self.published, self.mentioned, self.carried = published, "", ""
        self.begin_sentence()

    def begin_sentence(self) -> None:
        """Forget the period of the sentence."""
        self.period, self.kind, self.fresh, self.assumed = "", "undated", False, ""

    def assume(self) -> str:
        """The period of a number whose sentence has no date before it."""
        self.assumed = self.carried
        return self.carried

    def of_part(self, part: Part) -> tuple[str, str, str]:
        """The period of a part, its period kind, and the period compared with."""
        # "against 3 in 2022": the date belongs to the number that another is compared with.
        found = _Reading(of_number=say("compared", part.before.strip()))
        for date in self._dates(part):
            if not self._read_date(part, date, found):
                self.period = self.carried = ""
                return "", "undated", found.base
        if not found.period and say("whole_year", part.clause):
            year, now = self.mentioned.split("/")[-1][:4], self.published[:4]
            found.period = year if "" < year <= (now or year) else self._ended(now)
            found.certain = False
        if not found.period:
            return self.period, self.kind, found.base
        roles = (role for role in ("since", "as_of") if say(role, part.clause))
        kind = found.kind or next(roles, "during")
        if {kind, self.kind} == {"since", "as_of"}:
            # "Since 2019, by the end of 2023", in either order
            ends = sorted((self.period[:7], found.period[:7]))
            found.period, found.is_span, found.certain = "/".join(ends), True, False
        kind = "cumulative" if found.is_span else kind
        self.fresh = found.certain
        # A year before that of the sentence is only compared with: 2023年这一增速为18.9%.
        earlier = kind == "during" and found.period[:4] < (self.period or self.assumed)[:4]
        if kind == "during" and not earlier:
            self.mentioned = found.period
        if not (found.of_number or earlier):
            self.period, self.kind, self.mentioned = found.period, kind, found.period
            self._carry(found.period, kind)
        return found.period, kind, found.base

    def _carry(self, period: str, kind: str) -> None:
        """Let sentences without a date be of this period, or of the whole year that it is in."""
        year = self.published[:4] or period[:4]
        # A text goes on about a past year, but not about a part of it, today or a coming year.
        if period[:4] <= year and not (
            period == self.published or self.carried == period[:4] < year
        ):
            self.carried = period if kind == "during" else ""

    def _read_date(self, part: Part, date: _Date, found: _Reading) -> bool:
        """Add a date to what is known of a clause; False where the period is open from here on."""
        value, before = date.value, date.before.strip()
        around = f"{before}@{date.after}"
        is_year = len(value) == len("2021")
        open_ended = say("since", part.clause) or say("as_of", part.clause)
        part_of = say("multiple_of", date.after) or say("part_of", before)
        is_range = before.endswith("from") and "/" in value
        compared = part_of or (say("compared", before) and not is_range)
        certain = date.role not in ("", "now", "year_earlier", "year_end")
        number = _number_of(date)
        printed = part.mention.printed if part.mention else "倍"
        of_number = bool(re.match(rf"\D{{0,4}}{re.escape(printed)}", number))
        year_back = date.role == "year_earlier" or (is_year and say("same_of", around))
        if year_back and not compared:
            if not number:
                return False  # It is not clear which numbers are of the earlier year.
            if now := self.period or self.mentioned:
                value, certain = edtf.shifted(now, int(value[:4]) - int(now[:4])), False
                found.kind = self.kind if self.period else "during"
        # "Until the end of 2023" is until its December.
        value += "-12" if is_year and say("ends_year", around) else ""
        ends_span = say("ends_span", before)
        of_one = number and (part.number_count > 1 or value < self.period)
        # In 比2019年的585亿元增长73% the first number is of 2019; in 2019年的2倍 none is.
        if of_number and (of_one or compared) and not (part_of and printed[-1] in "%倍成"):
            found.period, found.of_number, found.certain = value, True, certain
        elif compared:
            found.base = value[:4] if date.role == "year_earlier" else value
        elif of_one:
            pass  # The date belongs to another number.
        elif not open_ended and say("event", f"{before} @{date.after}"):
            self.period = self.carried = ""  # What follows an event has no known period.
        elif ends_span and not number and edtf.exists(f"{found.period}/{value}"):
            found.period, found.is_span = f"{found.period[:7]}/{value[:7]}", True
        elif len(value) < len("2022-07-20") or "/" in value or open_ended:
            # A single day is that of an event. The clause gives no start of a span that it ends.
            found.period = value
            found.certain = certain and (not part.mention or date.start < part.end) and not (
                ends_span and re.search("[从自]|from", before)
            )  # fmt: skip
        return True

    def _dates(self, part: Part) -> list[_Date]:
        """The dates of a clause in order, those that its words name included."""
        found = [(len(before), len(before) + len(date.printed), self._with_year(date),
                  "year" * say("year", date.printed)) for before, date in part.dates
                 if not say("document", before)]  # fmt: skip
        year = self.published[:4]
        now = self.period or self.mentioned or year
        spoken = {
            "last_year": year and edtf.shifted(year, -1),
            "this_year": year,
            "year_end": now and edtf.shifted(now[:4], -1),
            "year_earlier": now and edtf.shifted(now, -1),
            "now": self.published,
            "same_span": self.mentioned,
        }
        clause = part.clause
        found += [
            (*match.span(), spoken[match.lastgroup or ""], match.lastgroup or "")
            for match in _spoken().finditer(clause)
            if not any(start <= match.start() < end for start, end, *_ in found)
        ]
        return [_Date(start, clause[:start][-NEAR:], value, clause[end:][:NEAR], role)
                for start, end, value, role in sorted(found) if edtf.exists(value)]  # fmt: skip

    def _with_year(self, date: Mention) -> str:
        """The EDTF of a date; one without a year is of the sentence's year, or of publication."""
        value = (date.quantity and date.quantity.edtf) or ""
        # Not in: since 2015, by the end of June.
        spoken_of = "" if self.kind == "since" else self.period.split("/")[-1]
        year = (spoken_of or self.published)[:4]
        if say("year", date.printed) or not (edtf.exists(value) and year):
            return value
        return self._ended(edtf.shifted(value, int(year) - int(value[:4])))

    def _ended(self, value: str) -> str:
        """A period that had ended at publication: this one, or that of the year before."""
        if not (self.published and edtf.exists(value)):
            return value
        running = edtf.newest(value)[0] > edtf.newest(self.published)[0]
        return edtf.shifted(value, -1) if running else value


@cache
def _number_of(date: _Date) -> str:
    """The text of the one number that a date belongs to, if any."""
    if behind := words()["number_behind"].search(date.after):
        return behind[1]
    in_then = r" (?:(?:in|of)(?: the same \w+(?: of| in)?)? )"
    head = re.sub(in_then + ("?$" if date.role == "year_earlier" else "$"), "", date.before)
    before = words()["number_before"].search(head)
    return before[1] if before and head != date.before else ""


@cache
def _spoken() -> re.Pattern[str]:
    """The words that name a period, each in a group of its role."""
    roles = ("last_year", "year_end", "year_earlier", "this_year", "now", "same_span")
    return re.compile("|".join(f"(?P<{one}>{words()[one].pattern})" for one in roles), re.I)


def month_before(period: str) -> str:
    """The month before a month, the quarter before a quarter; nothing before other periods."""
    year, _, part = period.partition("-")
    if len(part) != 2:
        return ""
    return f"{int(year) - 1}-{_FIRST[part]}" if part in _FIRST else f"{year}-{int(part) - 1:02}"
