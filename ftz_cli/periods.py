"""Dates and parts of years in what a person typed, as EDTF: May 2021, 21年5月, 2022H1, 7月20日."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
          r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?")  # fmt: skip
_YEAR = r"(?P<year>(?:19[0-9]|20[0-4])[0-9])"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
# No later part of a number: 2077.68; but a year may follow an ellipsis.
_FRESH = r"(?<![0-9])(?<![0-9]\.)"
# What a question has to have for a pattern to be tried, and compiled; the fuller ones come first.
_PARTED, _NAMED, _MONTHLY = ("-", "/", ".", "年"), _MONTHS, ("月",)
_DATES = (
    # 2021年5月21日, 2021-05-21, 2021.5, 2021/5; 21年5月; 5/2021
    (_PARTED, rf"{_FRESH}{_YEAR}\s*[-/年.]\s*(?P<month>[01]?[0-9])(?![0-9])"
              r"(?:\s*[-/月.]\s*(?P<day>[0-3]?[0-9])(?![0-9])[日号]?)?月?(?:份)?"),
    (_MONTHLY, rf"{_FRESH}(?P<short>[0-9]{{2}})年\s*(?P<month>[01]?[0-9])月(?:份)?"
               r"(?:\s*(?P<day>[0-3]?[0-9])(?![0-9])[日号]?)?"),
    (("/",), rf"(?<![0-9/])(?P<month>[01]?[0-9])/{_YEAR}(?![0-9])"),
    # 21 May 2021, May 21, 2021, May 2021
    (_NAMED, rf"(?<![0-9a-z]){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?![0-9])"),
    (_NAMED, rf"(?<![a-z]){_MONTH}\s+(?:{_DAY},?\s+)?(?:of\s+)?{_YEAR}(?![0-9])"),
    # 19年, '21: of the years that there are pilot zones; 近20年 and 20年来 are spans
    (("年",), rf"{_FRESH}(?<![近约超满过])(?P<short>1[3-9]|2[0-9])年(?![来间内以之前后期多余])"),
    (("'", "’"), r"['’](?P<short>1[3-9]|2[0-9])(?![0-9])"),
    # Of whatever year: 7月20日, 20 July, July 20, 11月, November; May and March are other words too
    (_MONTHLY, r"(?<![0-9])(?P<month>[01]?[0-9])月\s*(?:(?P<day>[0-3]?[0-9])[日号]|份)?"),
    (_NAMED, rf"(?<![0-9a-z]){_DAY}\s+(?:of\s+)?{_MONTH}(?![a-z])"),
    (_NAMED, rf"(?<![a-z]){_MONTH}\s+{_DAY}(?![0-9a-z])"),
    (_NAMED, r"(?<![a-z])(?P<name>january|february|april|june|july|august|september|october|"
             r"november|december)(?![a-z])"),
    (("19", "20"), rf"{_FRESH}{_YEAR}(?!\.?[0-9])(?:\s*年)?"),
)  # fmt: skip
# 二〇二一年五月: the digits of a year, and the month after it.
_SPELT = (
    "(?P<digits>[一二][〇零○一二三四五六七八九]{3})年"
    "(?:(?P<tens>十?)(?P<ones>[一二三四五六七八九]?)月)?"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# EDTF's number for a part of the year → how it is said.
_PARTS_OF_YEAR = {
    "40": ("上半年|(?<![0-9])1[-~至到]6月", "(?:first|1st) half", "h1"),
    "41": ("下半年|(?<![0-9])7[-~至到]12月", "(?:second|2nd) half", "h2"),
    "33": ("第?[一1]季度|(?<![0-9])1[-~至到]3月", "(?:first|1st) quarter", "q1"),
    "34": ("第?[二2]季度|(?<![0-9])4[-~至到]6月", "(?:second|2nd) quarter", "q2"),
    "35": ("第?[三3]季度|(?<![0-9])7[-~至到]9月", "(?:third|3rd) quarter", "q3"),
    "36": ("第?[四4]季度|(?<![0-9])10[-~至到]12月", "(?:fourth|4th) quarter", "q4"),
}


def dates_in(text: str) -> tuple[dict[str, str], str]:
    """The dates that folded `text` names, as EDTF with X for an unnamed year → as it has them; and
    its rest."""
    found: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        said = match.groupdict()
        month = said.get("month") or (
            _MONTHS.index(said["name"][:3]) + 1 if said.get("name") else None
        )
        short = said.get("short")
        year = f"20{short}" if short else said.get("year") or "XXXX"
        parts = [f"{int(part):02d}" for part in (month, said.get("day")) if part]
        found["-".join([year, *parts])] = match[0].strip()
        return " "

    if "年" in text:
        text = re.sub(_SPELT, _figures, text)
    for signs, pattern in _DATES:
        if any(sign in text for sign in signs):
            text = re.sub(pattern, take, text)
    return found, text


def _figures(spelt: re.Match[str]) -> str:
    """A year spelt out, and its month, in figures."""
    year = f"{spelt['digits'].translate(_DIGITS)}年"
    tens, ones = spelt["tens"] or "", spelt["ones"] or ""
    month = 10 * len(tens) + int(ones.translate(_DIGITS) or 0)
    return f"{year}{month}月" if month else year


def part_of_year_in(text: str) -> tuple[dict[str, str], str]:
    """EDTF's number for a part of a year that folded `text` names → as it has it; and its rest."""
    # Most questions have none of them: one sign of each is sought before any pattern is.
    if not any(sign in text for sign in ("半年", "季度", "月", "half", "quarter", "h1", "h2", "q")):
        return {}, text
    for number, (chinese, english, code) in _PARTS_OF_YEAR.items():
        spelt = rf"(?:{chinese})(?:份)?|(?<![a-z])(?:{english}(?: of)?|{code})(?![a-z0-9])"
        found = re.search(spelt, text)
        if found:
            return {number: found[0].strip()}, re.sub(spelt, " ", text)
    return {}, text


def dates_of(period: str, value: str) -> list[str]:
    """The dates that a figure is of: the ends of its period, and its value where that is one."""
    ends = period.split("/")
    return [*ends, value] if "-" in value else ends


def falls_in(date: str, asked: str) -> bool:
    """Whether a date is, or lies in, the one asked for: 2021-05-21 in 2021-05, or in XXXX-05-21."""
    return len(date) >= len(asked) and all(
        want in ("X", has) for has, want in zip(date, asked, strict=False)
    )
