"""Dates and periods as people write them, from EDTF (2021-05-21, 2022-40, 2019/2021)."""

from __future__ import annotations

from ..catalogue import say

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
# EDTF: 21 to 41 in the month's place. The catalogue has a word for each.
_SEASONS = range(21, 42)


def date_text(text: str, lang: str) -> str:
    """A date, month, year, or part of a year: 21 May 2021, 2021年5月21日, first half of 2022."""
    year, *rest = text.split("-")
    if not (year.isdigit() and all(part.isdigit() for part in rest)) or len(rest) > 2:
        return text
    numbers = [int(part) for part in rest]
    if numbers and numbers[0] in _SEASONS:
        return say(f"season.{numbers[0]}", lang, year=year)
    if numbers and not 1 <= numbers[0] <= 12:
        return text
    if lang == "zh":
        return year + "年" + "".join(f"{n}{mark}" for n, mark in zip(numbers, "月日", strict=False))
    month = [_MONTHS[numbers[0] - 1]] if numbers else []
    return " ".join([*map(str, numbers[1:]), *month, year])


def dates_text(text: str, to: str | None, lang: str) -> str:
    """A date, or two with what lies between."""
    first = date_text(text, lang)
    if not to:
        return first
    return say("period.span", lang, first=first, last=date_text(to, lang))


def period_text(period: str | None, kind: str, lang: str) -> str:
    """A figure's period with its kind: since 2021, 截至2022年7月20日, 2019 → 2021."""
    if not period:
        return say(f"no_period.{kind}", lang)
    first, slash, last = period.partition("/")
    if kind == "change" and slash and last != "..":
        return f"{date_text(first, lang)} → {date_text(last, lang)}"
    if slash and last == "..":
        return say("period.since", lang, period=date_text(first, lang))
    text = dates_text(first, last or None, lang)
    if kind in ("since", "cumulative", "as_of"):
        return say(f"period.{kind}", lang, period=text)
    return text
