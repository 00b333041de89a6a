"""Dates and periods in words, from EDTF: 2021-05-21, 2022-40, 2021-01/2021-09."""

from .messages import language, translate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
# The EDTF codes of quarters and halves, which stand in the place of a month.
PARTS_OF_YEAR = {
    "33": "Q1 {year}", "34": "Q2 {year}", "35": "Q3 {year}", "36": "Q4 {year}",
    "40": "H1 {year}", "41": "H2 {year}",
}  # fmt: skip


def date_text(text: str) -> str:
    """A date, month, year or part of a year: 21 May 2021, H1 2022; other text stays as it is."""
    # An unknown year is left out.
    if text.startswith("XXXX-"):
        dated = date_text(text.replace("XXXX", "2000"))
        return dated.replace("2000年", "").replace("2000", "").strip()
    year, *rest = text.split("-")
    if rest and rest[0] in PARTS_OF_YEAR:
        return translate(PARTS_OF_YEAR[rest[0]], year=year)
    if not text.replace("-", "").isdecimal() or (rest and not 1 <= int(rest[0]) <= 12):
        return text
    numbers = [int(part) for part in rest]
    if language() == "zh":
        return f"{year}年" + "".join(f"{n}{mark}" for n, mark in zip(numbers, "月日", strict=False))
    month = [MONTHS[numbers[0] - 1]] if numbers else []
    return " ".join([*map(str, numbers[1:]), *month, year])


def span_text(text: str) -> str:
    """A date or an interval of two: Jan – Sept 2021, 2021年1月至9月, since 2021."""
    first, slash, last = text.partition("/")
    begin, end = date_text(first), date_text(last)
    if not slash:
        return begin
    if last == "..":
        return translate("since {period}", period=begin)
    if first == "..":
        return translate("by {date}", date=end)
    if first[:5] == last[:5] and len(first) == len(last) == 7:  # months of one year
        begin = begin.removesuffix(f" {first[:4]}")
        end = end.removeprefix(f"{first[:4]}年")
    return translate("{first} – {last}", first=begin, last=end)


def period_text(period: str | None, kind: str = "during", base: str | None = None) -> str:
    """A figure's period of a kind, from its base period: total to 20 July 2022, 2020 → 2021."""
    if not period:
        return translate("total, undated") if kind == "cumulative" else translate("undated")
    text = span_text(period)
    if base:
        return f"{span_text(base)} → {text}"
    if kind == "since" and not period.endswith("/.."):
        return translate("since {period}", period=text)
    if kind == "as_of":
        return translate("as of {period}", period=text)
    if kind == "cumulative":
        return translate("total, {period}" if "/" in period else "total to {period}", period=text)
    return text
