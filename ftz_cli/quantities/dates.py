"""Dates as they are printed: 2022年7月, 同年11月5日, 2019至2021年, 2022.7.1, 108年5月, 前三季度."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .chinese_numerals import DIGITS, number_of


@dataclass(frozen=True, slots=True)
class Years:
    """The years that words like 今年 and 同年 point to."""

    now: int | None = None
    same: int | None = None

    def after(self, date: Date) -> Years:
        """The years once `date` has been read."""
        return Years(self.now, int(date.value[:4])) if date.value else self

    def of(self, word: str) -> int | None:
        """The year that `word` means, or None where it is not known."""
        if word in ("同年", "当年"):
            return self.same
        if word in ("次年", "翌年"):
            return None if self.same is None else self.same + 1
        # 上年 and 来年 stand by the year that is spoken of, which a date alone does not show.
        shift = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}.get(word)
        return None if shift is None or self.now is None else self.now + shift


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date as EDTF text, no finer than printed; `value` is None for an unknown year.

    `day` is that of a date that names nothing else: the 7日 of 10月1日至7日.
    """

    value: str | None
    value_to: str | None = None
    day: int | None = None


# The calendar of Taiwan counts from the year after 1911.
ROC_BEGAN = 1911
UNTIL = "(?:-+|~+|—+|至|到)"
_N = "[零〇○一二三四五六七八九]"
YEAR = f"(?:(?:1[89]|20)[0-9]{{2}}|[一二]{_N}{{3}})"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:[12][0-9]|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_WORD = "(?:今年|去年|前年|明年|同年|当年|本年|次年|翌年|上年|上一年|下年|来年)"
_PART = (
    "(?P<part>上半年|下半年|前三季度|前三季|前两季度|全年"
    "|(?:第?[一二三四1-4]|首)季度?(?!度?[节军后]))"
)
_ROC_YEAR = f"(?:1[0-2][0-9]|一[一〇零○二]{_N})"
_ROC = (
    f"(?:(?:中华)?民国(?P<republic>[0-9]{{1,3}}|[一二三四五六七八九十〇零○百]{{1,4}})"
    f"|(?<![近约超过有达时历逾距龄成])(?P<roc>{_ROC_YEAR}))"
)
# What goes on behind a year of Taiwan's calendar, and not behind a duration: 108年开工, 108年度.
_ROC_GOES_ON = (
    f"[度底初末][^假]|(?:[至到~-]+{_ROC_YEAR}年)|[上下]半年|第?[一二三四1-4]季|"
    "(?!来|间|的|历|以|前|后|左|多|余|之|内|期|累|老|大|时|中|史|寿|传|不|如|华|庆|校|店|品|风|里|是|、|，)"
    "[\u4e00-\u9fff]{2}"
)
# A day that names neither month nor year, where it is no duration: 于5日, but not 缩短5日.
_ALONE = (
    "(?<![过少多超约近满期续限需用为减短延隔由长压缩每共第])(?<!不到)(?<!不足)"
    f"(?P<alone>{_DAY})[日号](?![内之间均前后本元圆]|以|文|线|楼|店|院|泊|井|台|机|馆|车|库|码)"
)
# Each alternative is one way to print a date; the named parts say which.
DATE = (
    r"(?P<iso>(?:19|20)[0-9]{2}(?P<dash>[-./])(?:0?[1-9]|1[0-2])(?P=dash)(?:3[01]|[12][0-9]|0?[1-9]))"
    r"(?![0-9./])"
    r"|(?P<compact>(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9.,]|[万亿元])"
    rf"|(?P<short>(?:19|20)[0-9]{{2}}){UNTIL}(?P<short_to>[0-9]{{2}})年(?!代)"
    rf"|(?P<year>{YEAR})(?:年?{UNTIL}(?P<year_to>{YEAR}))?年(?!代|级|龄)(?:度|份)?"
    rf"(?:(?P<month>{_MONTH})(?:月?{UNTIL}(?P<month_to>{_MONTH}))?月份?"
    rf"(?:(?P<day>{_DAY})[日号])?|{_PART})?"
    rf"|(?P<roc_from>{_ROC_YEAR}){UNTIL}(?P<roc_to>{_ROC_YEAR})年度?"
    rf"|{_ROC}年(?:(?P<roc_month>{_MONTH})月(?:(?P<roc_day>{_DAY})日)?|(?(republic)|(?={_ROC_GOES_ON})))"
    rf"|(?P<word>{_WORD})(?:{_PART.replace('part', 'word_part')}"
    rf"|(?P<wm>{_MONTH})(?:月?{UNTIL}(?P<wm_to>{_MONTH}))?月份?(?:(?P<wd>{_DAY})[日号])?)"
    rf"|(?P<m>{_MONTH})(?:月?{UNTIL}(?P<m_to>{_MONTH}))?月(?:份|(?P<d>{_DAY})[日号])?"
    f"|{_ALONE}"
)
_PARTS = {"上半年": "40", "下半年": "41", "全年": ""} | {
    ("首季", "二季", "三季", "四季")[n]: str(33 + n) for n in range(4)
}


def date_of(match: re.Match[str], years: Years) -> Date:
    """The date of a match of DATE."""
    found = match.groupdict()
    if found["iso"]:
        year, month, day = (int(part) for part in re.split("[-./]", found["iso"]))
        return Date(f"{year:04d}-{month:02d}-{day:02d}")
    if found["compact"]:
        text = found["compact"]
        return Date(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if found["short"]:
        return _range(found["short"], found["short"][:2] + found["short_to"])
    if found["year"]:
        spelt = _small(found["year"])
        if found["year_to"]:
            return _range(f"{spelt:04d}", f"{_small(found['year_to']):04d}")
        return _within(spelt, found["month"], found["month_to"], found["day"], found["part"])
    if found["roc_from"]:
        ends = (_small(found[name]) + ROC_BEGAN for name in ("roc_from", "roc_to"))
        return _range(*(f"{year:04d}" for year in ends))
    if roc := found["republic"] or found["roc"]:
        return _within(_small(roc) + ROC_BEGAN, found["roc_month"], None, found["roc_day"], None)
    if found["alone"]:
        return Date(None, day=_small(found["alone"]))
    if word := found["word"]:
        known = years.of(word)
        return _within(known, found["wm"], found["wm_to"], found["wd"], found["word_part"])
    return _within(years.same or years.now, found["m"], found["m_to"], found["d"], None)


def until(first: Date, last: Date) -> Date:
    """The range of two dates; the second may leave out what both share: 10月1日至7日."""
    if first.value is None or first.value_to or last.value_to:
        return Date(None)
    end = last.value
    if last.day is not None and len(first.value) == len("2022-10-01"):
        end = f"{first.value[:7]}-{last.day:02d}"
    return Date(None) if end is None else _range(first.value, end)


def _within(
    year: int | None, month: str | None, month_to: str | None, day: str | None, part: str | None
) -> Date:
    if year is None:
        return Date(None)
    if part:
        part = (
            part.removeprefix("第")
            .removesuffix("度")
            .translate(str.maketrans("1234一", "首二三四首"))
        )
        if part in ("前三季", "前两季"):
            return _range(f"{year:04d}-01", f"{year:04d}-{'09' if part == '前三季' else '06'}")
        code = _PARTS[part]
        return Date(f"{year:04d}-{code}" if code else f"{year:04d}")
    if month_to:
        return _range(*(f"{year:04d}-{_small(text):02d}" for text in (month or "", month_to)))
    parts = [f"{year:04d}"] + [f"{_small(text):02d}" for text in (month, day) if text]
    return Date("-".join(parts))


def _range(first: str, last: str) -> Date:
    return Date(first, last) if first < last else Date(None)


def _small(text: str) -> int:
    """A year, month or day, in either kind of numeral."""
    if (
        len(text) == 3 and text[0] == "一" and text[1] in "一〇零○二"
    ):  # 一一四年, of Taiwan's calendar
        text = "".join(str(DIGITS[char]) for char in text)
    number = number_of(text)
    return int(number.value) if number else 0
