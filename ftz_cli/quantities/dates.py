"""Printed dates of both languages, and their Chinese forms: 2022年7月, 108年5月."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .chinese_numerals import ARABIC_DIGITS, POWERS, number_of
from .patterns import HANZI, completed, nameless, word_lists
from .quantity import Bound, Quantity
from .units import DATE

# The years that words refer to: 今年 and "this year" to `now`; 同年 and "the same year" to `same`,
# the year of the date before.
Years = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Date:
    """A date as printed; a part that is not printed is None. `part` is an EDTF part of a year.

    `relative` is a year in words: one of `Years`, and how many years later.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    until: Date | None = None
    relative: tuple[str, int] = ("", 0)

    def quantity(self, years: Years) -> Quantity | None:
        """The date in EDTF; None if its year or month is unknown, or it ends too early."""
        name, later = self.relative
        base = years.get(name) if name else years.get("same") or years.get("now")
        year = self.year or (base and base + later)
        if year is None or (self.day and not self.month):
            return None
        finer = [f"{part:02d}" for part in (self.part or self.month, self.day) if part]
        first = Quantity("-".join([f"{year:04d}", *finer]), DATE)
        if self.until is None:
            return first
        last = self.until.quantity({**years, "same": year})
        if last is None or str(first.value) >= str(last.value):
            return None
        return replace(first, bound=Bound.RANGE, value_to=last.value)


DATES = completed("chinese_dates", {"hanzi": HANZI})
_FORMS = [re.compile(row["pattern"]) for row in DATES]
# All forms, and those of both languages, as patterns without groups.
_NAMELESS = [nameless(row["pattern"]) for row in DATES]
DATE_FORM, LATIN_DATE = "|".join(_NAMELESS), "|".join(filter(str.isascii, _NAMELESS))
LISTS = word_lists("chinese_amounts", "")


def date_of(text: str, at: int) -> Date:
    """The date at a place of `text` where DATE_FORM matches."""
    found = next(match for form in _FORMS if (match := form.match(text, at))).groupdict()
    parts = {name: _number(found, name) for name in ("year", "month", "day", "year_to", "month_to")}
    if 0 < (parts["year"] or 0) < 1000:
        # Year 1 of the calendar of Taiwan is 1912.
        parts |= {name: year + 1911 for name, year in parts.items() if year and "year" in name}
    if short_year := _number(found, "short_year"):
        parts["year"] = 2000 + short_year % 100
    part = (found.get("part") or "").removeprefix("第")[:2]
    parts["months"] = _number(found, "months") or LISTS["months"].get(part)
    parts["part"] = LISTS["part"].get(part)
    if last_quarter := _number(found, "quarter_to"):
        parts["month"] = 3 * (_number(found, "quarter") or 1) - 2
        parts["month_to"] = 3 * last_quarter
    # 上年 and 来年 depend on the year that the text is about, which is unknown here.
    word = found.get("word") or ""
    known = [(kind, LISTS[kind][word]) for kind in ("now", "same") if word in LISTS[kind]]
    return dated(parts, known[0] if known else ("unknown" if word else "", 0))


def dated(parts: Mapping[str, int | None], relative: tuple[str, int]) -> Date:
    """A date of its printed parts; `months` is how many months from the beginning of the year."""
    year, month, day = (parts.get(name) for name in ("year", "month", "day"))
    year_to, month_to, day_to = (parts.get(f"{name}_to") for name in ("year", "month", "day"))
    if year and year_to and year_to < 100:
        year_to += year // 100 * 100  # 2012-13
    if months := parts.get("months"):
        month, month_to = 1, months
    until = Date(year_to or year, month_to or month, day_to)
    ranged = year_to or month_to or day_to
    return Date(year, month, day, parts.get("part"), until if ranged else None, relative)


def _number(found: dict[str, str | None], name: str) -> int | None:
    text = found.get(name) or ""
    if not POWERS.keys() & set(text):  # digit by digit: 二〇二一年, 一一四年 of Taiwan's calendar
        text = text.translate(ARABIC_DIGITS)
    number = number_of(text)
    return int(number[0]) if number else None
