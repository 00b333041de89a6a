"""Printed dates of both languages, and the Chinese ways to print them: 2022年7月, 108年5月."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .chinese_numerals import ARABIC_DIGITS, POWERS, number_of
from .patterns import HANZI, completed, nameless, word_lists
from .quantity import Bound, Quantity
from .units import DATE

# The years that words point to: 今年, this year to `now`; 同年, the same year to `same`, which is
# that of the date before.
Years = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Date:
    """A date as printed; each part is None where it is not. `part` is an EDTF part of a year.

    A year that is not printed is the one last named or, where none is, the current one; one in
    words is `relative`: so many years from one of `Years`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    until: Date | None = None
    relative: tuple[str, int] = ("", 0)

    def quantity(self, years: Years) -> Quantity | None:
        """The date in EDTF; None where the year or the month is not known, or it ends too early."""
        name, more = self.relative
        base = years.get(name) if name else years.get("same") or years.get("now")
        year = self.year or (base and base + more)
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
# Any of them, and those of both languages, without the names of their parts.
_NAMELESS = [nameless(row["pattern"]) for row in DATES]
DATE_FORM, LATIN_DATE = "|".join(_NAMELESS), "|".join(filter(str.isascii, _NAMELESS))
LISTS = word_lists("chinese_amounts", "")


def date_of(text: str, at: int) -> Date:
    """The date that stands at a place of `text`, where DATE_FORM matches."""
    found = next(match for form in _FORMS if (match := form.match(text, at))).groupdict()
    said = {name: _number(found, name) for name in ("year", "month", "day", "year_to", "month_to")}
    if 0 < (said["year"] or 0) < 1000:
        # The calendar of Taiwan counts from the year after 1911.
        said |= {name: year + 1911 for name, year in said.items() if year and "year" in name}
    if short_year := _number(found, "short_year"):
        said["year"] = 2000 + short_year % 100
    part = (found.get("part") or "").removeprefix("第")[:2]
    said["months"] = _number(found, "months") or LISTS["months"].get(part)
    said["part"] = LISTS["part"].get(part)
    if half := found.get("half") or found.get("half_first"):
        letter, nth = sorted(half.upper(), reverse=True)
        said["part"] = int(nth) + (39 if letter == "H" else 32)
    # 上年 and 来年 stand by the year that is spoken of, which a date alone does not show.
    word = found.get("word") or ""
    known = [(kind, LISTS[kind][word]) for kind in ("now", "same") if word in LISTS[kind]]
    return dated(said, known[0] if known else ("unknown" if word else "", 0))


def dated(said: Mapping[str, int | None], relative: tuple[str, int]) -> Date:
    """A date of its printed parts; `months` are so many from the beginning of the year."""
    year, month, day = (said.get(name) for name in ("year", "month", "day"))
    year_to, month_to, day_to = (said.get(f"{name}_to") for name in ("year", "month", "day"))
    if year and year_to and year_to < 100:
        year_to += year // 100 * 100  # 2012-13
    if months := said.get("months"):
        month, month_to = 1, months
    until = Date(year_to or year, month_to or month, day_to)
    ranged = year_to or month_to or day_to
    return Date(year, month, day, said.get("part"), until if ranged else None, relative)


def _number(found: dict[str, str | None], name: str) -> int | None:
    """A year, month or day, in either kind of numeral."""
    text = found.get(name) or ""
    if not POWERS.keys() & set(text):  # digit by digit: 二〇二一年, 一一四年 of Taiwan's calendar
        text = text.translate(ARABIC_DIGITS)
    number = number_of(text)
    return int(number[0]) if number else None
