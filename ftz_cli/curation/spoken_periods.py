"""The periods that an article speaks of, clause by clause."""

from __future__ import annotations

import re
from functools import cache

from ..quantities import edtf
from ..quantities.quantity import Mention
from .clauses import NEAR, Part, say, words

# The first month, quarter and half of a year, and the last ones, as EDTF has them.
_FIRST = {"01": "12", "33": "36", "40": "41"}


class Periods:
    """The period that a sentence speaks of; what it named before holds on.

    `said` is the span named last, in this sentence or before it, and `fresh` says that it was named
    since the last number, with its year. `carried` is what a sentence without a time of its own may
    be of.
    """

    def __init__(self, published: str) -> None:
        self.published, self.said, self.carried = published, "", ""
        self.begin()

    def begin(self) -> None:
        """Begin a sentence, which has no period yet."""
        self.period, self.kind, self.fresh = "", "undated", False

    def of_part(self, part: Part) -> tuple[str, str, str]:
        """The period of a part, how it relates to it, and the period compared with."""
        own, base, told, joined, kind = "", "", True, False, ""
        # The time of a number that another is compared with is its own: against 3 in 2022.
        bound = part.mention is not None and say("compared", part.before.strip())
        printed = re.escape(part.mention.printed if part.mention else "倍")
        since, as_of = say("since", part.clause), say("as_of", part.clause)
        for start, before, value, after, role in self._dates(part):
            here, year = before.strip(), len(value) == len("2021")
            months = here.endswith("from") and "/" in value
            part_of = say("multiple_of", after) or say("part_of", here)
            compared = part_of or (say("compared", here) and not months)
            exact = role not in ("", "now", "year_earlier", "year_end")
            number = _own_number(before, after, role)
            is_own = bool(re.match(rf"\D{{0,4}}{printed}", number))
            then = role == "year_earlier" or (year and say("same_of", f"{here}@{after}"))
            back = then and not compared
            if back and not number:
                # Which numbers are of then is for the curator to say.
                self.period = self.carried = ""
                return "", "undated", base
            if back and (now := self.period or self.said):
                value, exact = edtf.shifted(now, int(value[:4]) - int(now[:4])), False
                kind = self.kind if self.period else "during"
            # Until the end of a year is until its December.
            value += "-12" if year and say("ends_year", f"{here}@{after}") else ""
            ends = say("ends_span", here)
            bare = number and (part.numbers > 1 or value < self.period)
            # Of 比2019年的585亿元增长73%, the first number is of 2019; of 2019年的2倍, none.
            if is_own and (bare or compared) and not (part_of and printed[-1] in "%倍成"):
                own, bound, told = value, True, exact
            elif compared:
                base = value[:4] if role == "year_earlier" else value
            elif bare:
                continue  # it is of another number
            elif not (since or as_of) and say("event", f"{here} @{after}"):
                self.period = self.carried = ""  # what follows is of no period
            elif ends and not number and edtf.exists(f"{own}/{value}"):
                own, joined = f"{own[:7]}/{value[:7]}", True  # a day tells no more
            elif len(value) < len("2022-07-20") or "/" in value or since or as_of:
                # Else it is the day of an event. From when something ran is not said.
                own, told = value, exact and (not part.mention or start < part.until)
                told &= not (ends and re.search("[从自]|from", here))
        kind = kind or ("since" if since else "as_of" if as_of and "/" not in own else "during")
        if own and self.period and {kind, self.kind} == {"since", "as_of"}:
            # Since 2019, by the end of 2023, in whatever order.
            own, joined, told = "/".join(sorted((self.period[:7], own[:7]))), True, False
        if not own and say("whole_year", part.clause):
            own, told = self.said.split("/")[-1][:4] or self._ended(self.published[:4]), False
        if not own:
            return self.period, self.kind, base
        kind = "cumulative" if joined else kind
        self.fresh = told
        if not bound:
            self.period, self.kind, self.said = own, kind, own
            # Nobody goes on to speak of a year to come.
            if own[:4] <= (self.published or own)[:4]:
                self.carried = own if kind == "during" else ""
        return own, kind, base

    def _dates(self, part: Part) -> list[tuple[int, str, str, str, str]]:
        """Where each date of a clause is, what is before it, its EDTF, what follows, and its role.

        That is the role of its words, or year where its year is printed.
        """
        found = [(len(before), len(before) + len(date.printed), self._with_year(date),
                  "year" * say("year", date.printed)) for before, date in part.dates]  # fmt: skip
        year = self.published[:4]
        now = self.period or self.said or year
        spoken = {
            "last_year": year and edtf.shifted(year, -1),
            "this_year": year,
            "year_end": now and edtf.shifted(now[:4], -1),
            "year_earlier": now and edtf.shifted(now, -1),
            "now": self.published,
            "same_span": self.said,
        }
        found += [
            (*one.span(), spoken[one.lastgroup or ""], one.lastgroup or "")
            for one in _spoken().finditer(part.clause)
            if not any(start <= one.start() < end for start, end, *_ in found)
        ]
        clause = part.clause
        return [(start, clause[:start][-NEAR:], value, clause[end:][:NEAR], role)
                for start, end, value, role in sorted(found) if edtf.exists(value)]  # fmt: skip

    def _with_year(self, date: Mention) -> str:
        """A date that has no year is of the year that its sentence speaks of, or of publication."""
        value = (date.quantity and date.quantity.edtf) or ""
        # Not in: since 2015, by the end of June.
        said = "" if self.kind == "since" else self.period.split("/")[-1]
        year = (said or self.published)[:4]
        if say("year", date.printed) or not (edtf.exists(value) and year):
            return value
        return self._ended(edtf.shifted(value, int(year) - int(value[:4])))

    def _ended(self, value: str) -> str:
        """A period, or where that had not ended at publication, the same one of the year before."""
        if not (self.published and edtf.exists(value)):
            return value
        running = edtf.newest(value)[0] > edtf.newest(self.published)[0]
        return edtf.shifted(value, -1) if running else value


@cache
def _own_number(before: str, after: str, role: str) -> str:
    """The text of the one number that a date belongs to: 2017年的78.6小时, from 38 in 2019."""
    chinese = re.match(
        "(?:年?[底末]|同期)?(?:的|[仅只]?为|只有)?(?=[约近超逾]{0,2}[0-9])|的", after
    )
    if chinese:
        return after[chinese.end() :]
    in_then = r" (?:(?:in|of)(?: the same \w+(?: of| in)?)? )"
    head = re.sub(in_then + ("?$" if role == "year_earlier" else "$"), "", before)
    of = re.search(r".*\b(?:from|to|with|against) ((?!.* (?:to|the) ).*[0-9].*)$", head)
    return of[1] if of and head != before else ""


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
    if part in _FIRST:
        return f"{int(year) - 1}-{_FIRST[part]}"
    return f"{year}-{int(part) - 1:02}"
