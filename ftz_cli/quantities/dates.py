"""Dates as they are printed: 2022年7月, 同年11月5日, 2019至2021年, 2022-07-01."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .chinese_numerals import chinese_number
from .chinese_words import FAR_YEARS, any_of
from .quantity import DATE, Bound, Quantity, Units


@dataclass(frozen=True, slots=True)
class Years:
    """The years that words like 今年 and 同年 point to."""

    now: int | None
    same: int | None

    def after(self, value: str) -> Years:
        """The years once a date has been read."""
        return Years(self.now, int(value[:4]))

    def of(self, word: str) -> int | None:
        """The year that `word` means, or None where it is not known."""
        if word in ("同年", "当年"):
            return self.same
        if word in ("次年", "翌年"):
            return None if self.same is None else self.same + 1
        # 上年 and 来年 stand by the year that is spoken of, which a date alone does not show.
        shift = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}.get(word)
        return None if shift is None or self.now is None else self.now + shift


YEAR = "(?:(?:1[89]|20)[0-9]{2}|[一二][零〇○一二三四五六七八九]{3})"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:[12][0-9]|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_UNTIL = "(?:-+|~+|至|到)"
_MONTH_OF_YEAR = f"{YEAR}年{_MONTH}月(?:{_DAY}[日号])?"
_DATE = (
    r"(?:(?P<iso>(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
    rf"|(?P<year>{YEAR})(?:年?{_UNTIL}(?P<year_to>{YEAR}))?年(?:度|份)?(?:(?P<month>{_MONTH})"
    rf"(?:月?{_UNTIL}(?P<month_to>{_MONTH}))?月份?(?:(?P<day>{_DAY})[日号])?)?"
    r"|(?P<dotted>(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])\.(?:3[01]|[12][0-9]|0?[1-9]))(?![0-9.])"
    rf"|(?P<word>今年|去年|前年|明年|同年|当年|本年|{any_of(FAR_YEARS)})?(?P<m>{_MONTH})"
    rf"(?:月?{_UNTIL}(?P<m_to>{_MONTH}))?月(?:份|(?P<d>{_DAY})[日号])?"
    rf"|(?P<alone>{_DAY})[日号](?![内之间均前后]))"
)

# What makes a quantity of a match, or None where it is none after all.
Build = Callable[[Units, "re.Match[str]", Years], Quantity | None]


def date(_units: Units, match: re.Match[str], years: Years) -> Quantity | None:
    """A date as ISO text, no finer than printed; None where the year is not known."""
    if match["iso"]:
        return Quantity(match["iso"], DATE)
    if match["dotted"]:
        first, *rest = match["dotted"].split(".")
        return Quantity("-".join((first, *(part.zfill(2) for part in rest))), DATE)
    if match["year"]:
        year: int | None = _small(match["year"])
        if match["year_to"]:
            return Quantity(f"{year:04d}", DATE, Bound.RANGE, f"{_small(match['year_to']):04d}")
        month, month_to, day = match["month"], match["month_to"], match["day"]
    else:
        year = years.of(match["word"]) if match["word"] else years.same or years.now
        month, month_to, day = match["m"], match["m_to"], match["d"]
    if year is None or match["alone"]:
        return None
    if month_to:
        first, last = (f"{year:04d}-{_small(text):02d}" for text in (month, month_to))
        return Quantity(first, DATE, Bound.RANGE, last)
    parts = [f"{year:04d}"] + [f"{_small(text):02d}" for text in (month, day) if text]
    return Quantity("-".join(parts), DATE)


def _months(units: Units, match: re.Match[str], years: Years) -> Quantity | None:
    """2022年11月至2023年3月."""
    ends = []
    for end in ("from", "until"):
        spelt = re.fullmatch(_DATE, match[end])
        found = date(units, spelt, years) if spelt else None
        if found is None:
            return None
        ends.append(str(found.value))
    return Quantity(ends[0], DATE, Bound.RANGE, ends[1])


def _small(text: str) -> int:
    """A year, month or day, in either kind of numeral."""
    if text.isdecimal():
        return int(text)
    number = chinese_number(text)
    return int(number[0]) if number else 0


PRODUCTIONS: list[tuple[str, Build]] = [
    (f"(?P<from>{_MONTH_OF_YEAR}){_UNTIL}(?P<until>{_MONTH_OF_YEAR})", _months),
    (_DATE, date),
]
