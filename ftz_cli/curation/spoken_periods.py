"""The periods that an article speaks of, clause by clause."""

from __future__ import annotations

import re

from ..quantities import edtf
from ..quantities.mention import Mention
from .clauses import Part, Words

# The first month, quarter and half of a year, and the last ones, as EDTF has them.
DECEMBER = 12
_FIRST = {"01": "12", "33": "36", "40": "41"}


class Periods:
    """The period spoken of; what was named before holds on.

    `said` is the span named last, `fresh` says that it was named since the last number, and `held`
    that an earlier sentence named it. `in_time` says that the year of publication was spoken of.
    `launched` are the dates on which zones began, as the article has them, and `spoken` all ends
    of its periods.
    """

    def __init__(self, words: Words, published: str) -> None:
        self.words, self.published = words, published
        self.period, self.kind, self.said = "", "undated", ""
        self.held = self.fresh = self.in_time = False
        self.launched: dict[str, str] = {}
        self.spoken = set[str]()

    def of_part(self, part: Part, zone: str, aims: bool) -> tuple[str, str, str]:
        """The period of a part of a zone, how it relates to it, and the period compared with.

        `aims` says that its sentence tells what is still to come.
        """
        own, base, bound, span, told = "", "", False, False, True
        since, as_of = self.words.say("since", part.clause), self.words.say("as_of", part.clause)
        for before, value, after in self._dates(part):
            self.spoken |= {one for one in (value, *value.split("/")) if edtf.exists(one)}
            here, number = before.strip(), self._own_number(before, after)
            months = here.endswith("from") and "/" in value
            same = len(value) == len("2021") and self.words.say("same_of", f"{here}@{after}")
            if same and edtf.exists(self.said):  # the same period of 2022
                value = edtf.shifted(self.said, int(value) - int(self.said[:4]))
            begun = own
            if self.words.say("from_launch", here):
                begun = own or self.launched.get(zone) or next(reversed(self.launched.values()), "")
            until = edtf.exists(f"{begun}/{value}") and self.words.say("ends_span", here)
            # Until the end of a year is until its December.
            if len(value) == len("2021") and self.words.say("ends_year", f"{here}@{after}"):
                value += "-12"
            # Compared with three hours in 2021: the hours are of that year.
            said = part.mention and part.mention.quantity
            against = here
            if part.mention and said and said.unit.kind == "duration":
                against = here.rpartition(part.mention.printed)[2]
            if self.words.say("multiple_of", after) or (
                self.words.say("compared", against) and not months
            ):
                base = value
            elif self.words.say("opens_span", here) and not number:
                own = value
            elif until and not number:
                own, span = _months(begun, value), True
            elif not (since or as_of) and self.event(part, before, after):
                if not (part.mention and part.mention.printed in before):
                    self.period, self.kind = "", "undated"  # what follows is of no period
            elif len(value) == len("2022-07-20") and not (since or as_of):
                continue  # the day of an event
            elif number and part.mention and (part.numbers > 1 or f"with {number}" in before):
                if number.startswith(part.mention.printed):
                    own, bound = value, True
            else:
                own, told = value, not part.mention or len(before) < part.until
                told &= not self.words.say("from_launch", here)
        if as_of and self.begins and edtf.exists(f"{self.period}/{own}"):
            own, span = _months(self.period, own), True  # since 2019, by the end of 2023
        kind = "since" if since else "as_of" if as_of and "/" not in own else "during"
        kind = "cumulative" if span else kind
        told &= bool(own)
        if not own and self.words.say("whole_year", part.clause):
            own = self.said.split("/")[-1][:4] or self._ended(self.published[:4])
            own = max(own, self.published[:4]) if aims else own
        elif (
            "/" not in own
            and (own or zone in self.launched)
            and self.words.say("since_launch", part.clause)
        ):
            began, kind = own, "cumulative"
            own = self.accrued(zone, own or self.published[:7])
            told &= "/" in own
            if began and not as_of:
                self.launched.setdefault(zone, began)
        if own:
            self.spoken.add(own)
            self.fresh = told
            if not bound:
                self.period, self.kind, self.said = own, kind, own
                self.held = False
                self.in_time |= bool(self.published) and self.published[:4] in own
            return own, kind, base
        if self.words.say("now", part.clause) or (
            self.held and self.kind == "during" and self.words.say("so_far", part.clause)
        ):
            return "", "undated", base
        return self.period, self.kind, base

    @property
    def begins(self) -> bool:
        """Whether the period named last in this sentence is the day that something runs since."""
        return self.kind in ("since", "cumulative") and "/" not in self.period and not self.held

    def accrued(self, zone: str, until: str) -> str:
        """The time from the launch of a zone to the end of a period, in years or months."""
        span = _months(self.launched.get(zone, ""), until.split("/")[-1])
        return span if edtf.exists(span) else until

    def speaks_of(self, period: str) -> bool:
        """Whether both ends of a period were spoken of so far: themselves, a part, or the year.

        2021 is spoken of where 2021-05 is, and 2021-12 as the end of 2021.
        """
        spans = [edtf.span(one) for one in self.spoken]
        for first, last in (edtf.span(end) for end in period.split("/") if end != ".."):
            held = any(first <= begin and end and last and end <= last for begin, end in spans)
            if not held and (first.month != DECEMBER or all(end != last for _, end in spans)):
                return False
        return True

    def _dates(self, part: Part) -> list[tuple[str, str, str]]:
        """What of the clause stands before each of its dates, the EDTF, and what stands after."""
        found = [(len(before), len(before) + len(date.printed), self._with_year(date, part.clause))
                 for before, date in part.dates]  # fmt: skip
        year = self.published[:4]
        month = self.published[:7] if len(self.published) > len("2021") else ""
        for role, value in (
            ("last_year", year and edtf.shifted(year, -1)),
            ("this_year", year),
            ("last_month", month and month_before(month)),
            ("same_span", self.said),
        ):
            found += [
                (*one.span(), value) for one in self.words[role].finditer(part.clause)
                if not any(start <= one.start() < end for start, end, _ in found)
            ]  # fmt: skip
        return [(part.clause[:start], value, part.clause[end:])
                for start, end, value in sorted(found) if edtf.exists(value)]  # fmt: skip

    def _with_year(self, date: Mention, clause: str) -> str:
        """A date that has no year is of the year that its sentence speaks of, or of publication.

        It had ended then, where it is no aim. Once the year of publication was spoken of, another
        year is an aside.
        """
        value = (date.quantity and date.quantity.edtf) or ""
        if not self.words.say("month", date.printed):
            value = edtf.canonical(value)
        if self.words.say("year", date.printed):
            return value
        aside = self.in_time or self.held or self.begins  # since 2015, by the end of June
        said = "" if aside else self.said.split("/")[-1]
        year = (said or self.published)[:4]
        if not (edtf.exists(value) and year):
            return value
        dated = edtf.shifted(value, int(year) - int(value[:4]))
        return dated if self.words.say("target", clause) else self._ended(dated)

    def _ended(self, value: str) -> str:
        """A period, or where that had not ended at publication, the same one of the year before."""
        if not (self.published and edtf.exists(value)):
            return value
        # A month may still run.
        end = edtf.span(value)[0] if edtf.months(value) == 1 else edtf.newest(value)[0]
        late = end > edtf.newest(self.published)[0]
        return edtf.shifted(value, -1) if late else value

    def event(self, part: Part, before: str, after: str) -> str:
        """The metric of a date that says when something began; none of what was counted then."""
        counted = part.mention and part.mention.printed in before and part.mention.quantity
        if counted and counted.unit.base == "count":
            return ""
        return next((metric for metric in ("launch", "start-date")
                     if self.words.say(metric, f"{before.strip()} @{after}")), "")  # fmt: skip

    def _own_number(self, before: str, after: str) -> str:
        """The text of the one number that a date belongs to: 2017年的78.6小时, from 38 in 2019."""
        of = re.search(
            r".*\b(?:from|to|with) ((?!.* (?:to|the) ).*[0-9].*) (?:in|of) $"
            r"|.*\b(?:from|with) ((?!.* to ).*[0-9].*) in the (?:same \w+ of )?$",
            before,
        )
        return after[1:] if after.startswith("的") else of[1] or of[2] if of else ""


def _months(begin: str, end: str) -> str:
    """A span of months, or of years where its end is one: a day tells no more."""
    return f"{begin[:7]}/{end[:7]}"


def month_before(period: str) -> str:
    """The month before a month, the quarter before a quarter; nothing before other periods."""
    year, _, part = period.partition("-")
    if len(part) != 2:
        return ""
    if part in _FIRST:
        return f"{int(year) - 1}-{_FIRST[part]}"
    return f"{year}-{int(part) - 1:02}"
