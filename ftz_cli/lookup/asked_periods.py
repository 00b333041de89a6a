"""Periods that a question names, as EDTF: May 2021, 21年5月, H1 2022, 前三季度, 2019-2021."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import edtf

_YEAR = "(?:19[5-9][0-9]|20[0-4][0-9])"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_UNTIL = "(?:-|–|—|~|至|到| to | until | through )"
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN = "一二三四"
# What dates are made of, the fuller ones first; no number is begun or left in its middle.
_TOKENS = rf"""(?<![0-9])(?<![0-9]\.)(?:
    (?P<from>{_YEAR})年?\s*{_UNTIL}\s*(?P<to>{_YEAR})(?![0-9])年?
    |(?P<y>{_YEAR})\s*[-/.年]\s*(?P<m>{_MONTH})(?![0-9])(?!月?\s*{_UNTIL}\s*{_MONTH}月)
        (?:\s*[-/.月]\s*(?P<d>{_DAY})(?![0-9])[日号]?)?月?份?
    |(?P<month_of>{_MONTH})/(?P<year_of>{_YEAR})(?![0-9])
    |(?P<year>{_YEAR})(?!\.?[0-9])\s*年?度?
    |(?P<spelt>[一二][〇零○一二三四五六七八九]{{3}})年
    |(?<![近约超满过])(?P<short>1[3-9]|2[0-9])年(?![来间内以之前后期多余])
    |(?P<first>{_MONTH})\s*月?份?{_UNTIL}(?P<last>{_MONTH})\s*月份?
    |(?P<month>{_MONTH}|十[一二]?|[一二三四五六七八九])\s*月份?
    |(?P<day>{_DAY})(?:[日号]|(?:st|nd|rd|th)\b)
    )
    |['’](?P<quoted>1[3-9]|2[0-9])(?![0-9])
    |(?<![a-z0-9.])(?:(?P<before>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<name>{_MONTH_NAME})
        (?:\s*{_UNTIL}\s*(?P<until>{_MONTH_NAME})|\s+(?P<after>{_DAY})(?:st|nd|rd|th)?(?![0-9a-z.]))?
    |(?P<half>[上下]半年|(?<![a-z])(?:(?:first|second|1st|2nd)\ half|h[12])(?![a-z0-9]))
    |(?P<quarters>前[二三两]季度|first\ (?:two|three)\ quarters)
    |(?P<quarter>第?[一二三四1-4]季度|
        (?<![a-z])(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)\ quarter|q[1-4])(?![a-z0-9]))
"""
_SIGNS = (*"0123456789年月季", "half", "quarter", *_MONTHS)
_ORDINALS = ("first", "second", "third", "fourth")
# What may stand between the parts of one date.
_BETWEEN = re.compile(r"\s*(?:,|of|the|of the|in|年|-)?\s*")


class Asked(NamedTuple):
    """A period that a question names: EDTF, XXXX for a year that is not named; and its text."""

    period: str
    text: str


def take_periods(folded: str) -> tuple[list[Asked], str]:
    """The periods that folded text names, and the text without them."""
    groups: list[tuple[int, int, dict[str, str]]] = []
    for start, end, parts in _tokens(folded):
        if groups and not parts.keys() & groups[-1][2].keys() and not (
            {"whole", "span"} & (parts.keys() | groups[-1][2].keys())
        ):  # fmt: skip
            began, ended, before = groups[-1]
            if _BETWEEN.fullmatch(folded[ended:start]):
                groups[-1] = (began, end, before | parts)
                continue
        groups.append((start, end, parts))
    asked, rest, at = [], "", 0
    for start, end, parts in groups:
        period = _period(parts)
        if period is None:
            continue
        asked.append(Asked(period, folded[start:end].strip()))
        rest += folded[at:start] + " "
        at = end
    return asked, rest + folded[at:]


def _tokens(folded: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    """The parts of dates: start, end, and year, month, day, part, span or whole."""
    if not any(sign in folded for sign in _SIGNS):
        return  # the pattern takes as long to compile as a look-up takes
    for match in re.finditer(_TOKENS, folded, re.VERBOSE):
        said = {name: text for name, text in match.groupdict().items() if text}
        parts: dict[str, str] = {}
        if "from" in said:
            parts["whole"] = f"{said['from']}/{said['to']}"
        elif "y" in said:
            days = [said["y"], *(f"{int(said[key]):02d}" for key in ("m", "d") if key in said)]
            parts["year"] = days[0]
            parts.update(zip(("month", "day"), days[1:], strict=False))
        elif "month_of" in said:
            parts = {"year": said["year_of"], "month": f"{int(said['month_of']):02d}"}
        elif "year" in said or "spelt" in said:
            parts["year"] = said.get("year") or said["spelt"].translate(_DIGITS)
        elif "short" in said or "quoted" in said:
            parts["year"] = f"20{said.get('short') or said['quoted']}"
        elif "first" in said:
            parts["months"] = f"{int(said['first']):02d}/{int(said['last']):02d}"
        elif "month" in said:
            parts["month"] = f"{_month(said['month']):02d}"
        elif "day" in said:
            parts["day"] = f"{int(said['day']):02d}"
        elif "name" in said:
            months = [
                f"{_MONTHS.index(said[key][:3]) + 1:02d}"
                for key in ("name", "until")
                if key in said
            ]
            parts = {"months": "/".join(months)} if len(months) > 1 else {"name": months[0]}
            if day := said.get("before") or said.get("after"):
                parts = {"month": months[0], "day": f"{int(day):02d}"}
        elif "half" in said:
            parts["part"] = "40" if re.search("上|first|1", said["half"]) else "41"
        elif "quarters" in said:
            parts["months"] = "01/09" if re.search("三|three", said["quarters"]) else "01/06"
        else:
            parts["part"] = str(32 + _ordinal(said["quarter"]))
        yield match.start(), match.end(), parts


def _month(text: str) -> int:
    """The number of a month in either kind of numeral."""
    if text.isdecimal():
        return int(text)
    return 10 * ("十" in text) + int(text.strip("十").translate(_DIGITS) or 0)


def _ordinal(text: str) -> int:
    for number, word in enumerate(_ORDINALS, 1):
        if word in text or str(number) in text or _HAN[number - 1] in text:
            return number
    return 1


def _period(parts: dict[str, str]) -> str | None:
    """The EDTF of a date's parts; None where they make none."""
    if "whole" in parts:
        return parts["whole"]
    year = parts.get("year", "XXXX")
    if "months" in parts:
        first, _, last = parts["months"].partition("/")
        return f"{year}-{first}/{year}-{last}"
    month = parts.get("month") or parts.get("name") or parts.get("part")
    if month and "day" in parts:
        return f"{year}-{month}-{parts['day']}"
    if month:
        # May and March alone are other words too.
        lone = parts.keys() == {"name"} and parts["name"] in ("03", "05")
        return None if lone else f"{year}-{month}"
    return year if "year" in parts else None


def falls_in(period: str | None, asked: str) -> bool:
    """Whether a period is what was asked for, or lies in it: 2021-05-21 in 2021 or XXXX-05."""
    if not period:
        return False
    try:
        if asked.startswith("XXXX"):
            year = period[:4]
            return falls_in(period, asked.replace("XXXX", year))
        (first, last), (begin, end) = edtf.span(period), edtf.span(asked)
    except ValueError:
        return False
    return begin <= first and last is not None and end is not None and last <= end
