"""Printed dates of both languages, and the Chinese ways to print them: 2022年7月, 108年5月."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .chinese_numerals import DIGITS, number_of
from .patterns import HANZI, completed
from .quantity import Bound, Quantity
from .units import DATE


@dataclass(frozen=True, slots=True)
class Years:
    """The years that words point to: 今年, this year to `now`; 同年, the same year to `same`."""

    now: int | None = None
    same: int | None = None

    def after(self, date: Quantity | None) -> Years:
        """The years once `date` has been read."""
        return Years(self.now, int(str(date.value)[:4])) if date else self


UNKNOWN = Years()


@dataclass(frozen=True, slots=True)
class Date:
    """A date as printed; each part is None where it is not. `part` is an EDTF part of a year.

    A year that is not printed is the one last named or, where none is, the current one; one in
    words is so many years `from_now`, or `from_same`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    until: Date | None = None
    from_now: int | None = None
    from_same: int | None = None
    unknown: bool = False

    def quantity(self, years: Years) -> Quantity | None:
        """The date in EDTF; None where the year or the month is not known, or it ends too early."""
        year = self.year or self._year(years)
        if year is None or self.unknown or (self.day and not self.month):
            return None
        finer = [f"{part:02d}" for part in (self.part or self.month, self.day) if part]
        first = Quantity("-".join([f"{year:04d}", *finer]), DATE)
        if self.until is None:
            return first
        last = self.until.quantity(years.after(first))
        if last is None or str(first.value) >= str(last.value):
            return None
        return replace(first, bound=Bound.RANGE, value_to=last.value)

    def to(self, last: Date) -> Date | None:
        """The range from this date to `last`, which may leave out what both share: 10月1日至7日."""
        if self.until or last.until:
            return None
        if last.day and not last.month:
            last = replace(last, year=self.year, month=self.month)
        return replace(self, until=last)

    def _year(self, years: Years) -> int | None:
        if self.from_same is not None:
            return years.same and years.same + self.from_same
        if self.from_now is not None:
            return years.now and years.now + self.from_now
        return years.same or years.now


# The calendar of Taiwan counts from the year after 1911.
ROC_BEGAN = 1911
DATES = completed("chinese_dates", {"hanzi": HANZI})
_FORMS = [re.compile(row["pattern"]) for row in DATES]
# Any of them, and those of both languages, without the names of their parts.
_NAMELESS = [re.sub(r"\?P<\w+>", "?:", row["pattern"]) for row in DATES]
DATE_FORM, LATIN_DATE = "|".join(_NAMELESS), "|".join(filter(str.isascii, _NAMELESS))
_FROM_NOW = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_FROM_SAME = {"同年": 0, "当年": 0, "次年": 1, "翌年": 1}
_QUARTERS = {"首": 33, "一": 33, "1": 33, "二": 34, "2": 34, "三": 35, "3": 35, "四": 36, "4": 36}
_PARTS = {"上半年": 40, "下半年": 41, "全年": None}
# So many months from its beginning.
_MONTHS = {"三": 9, "3": 9, "两": 6, "二": 6, "2": 6}


def date_of(text: str, at: int) -> Date:
    """The date that stands at a place of `text`, where DATE_FORM matches."""
    found = next(match for form in _FORMS if (match := form.match(text, at))).groupdict()
    year, month, day, roc = (_number(found, name) for name in ("year", "month", "day", "roc"))
    year_to, month_to, roc_to = (_number(found, f"{name}_to") for name in ("year", "month", "roc"))
    if roc:
        year, year_to = roc + ROC_BEGAN, roc_to and roc_to + ROC_BEGAN
    if year and year_to and year_to < 100:
        year_to += year // 100 * 100
    part = (found.get("part") or "").removeprefix("第")
    if months := _number(found, "months") or (_MONTHS.get(part[1:2]) if part[:1] == "前" else None):
        month, month_to = 1, months
    code = _PARTS[part] if part in _PARTS else _QUARTERS.get(part[:1])
    if half := found.get("half") or found.get("half_first"):
        letter, nth = sorted(half.upper(), reverse=True)
        year = year or 2000 + (_number(found, "half_year") or 0) % 100
        code = int(nth) + (39 if letter == "H" else 32)
    until = Date(year_to or year, month_to) if year_to or month_to else None
    word = found.get("word")
    # 上年 and 来年 stand by the year that is spoken of, which a date alone does not show.
    unknown = bool(word) and word not in _FROM_NOW and word not in _FROM_SAME
    now, same = _FROM_NOW.get(word or ""), _FROM_SAME.get(word or "")
    return Date(year, month, day, code, until, now, same, unknown)


def _number(found: dict[str, str | None], name: str) -> int | None:
    """A year, month or day, in either kind of numeral."""
    text = found.get(name) or ""
    if len(text) == 3 and text[0] == "一" and text[1] in "一〇零○二":
        text = "".join(str(DIGITS[char]) for char in text)  # 一一四年, of Taiwan's calendar
    number = number_of(text)
    return int(number[0]) if number else None
