"""Periods that a question names, as EDTF: May 2021, 21年5月, H1 2022, 前三季度, 2019-2021."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from ..quantities import edtf
from .spelling import fold

# The replacement of what a pattern finds; and a pattern with it and the signs that it needs.
_By = str | Callable[[re.Match[str]], str]
_Replacement = tuple[str, _By, Iterable[str]]

_YEAR, _MONTH = "(?:19[5-9][0-9]|20[0-4][0-9])", "(?:1[0-2]|0?[1-9])"
_DAY, _UNTIL = "(?:3[01]|[12][0-9]|0?[1-9])", r"\s*(?:-|–|—|~|至|到|to|until|through)\s*"
_MONTHS = {
    "jan": "uary", "feb": "ruary", "mar": "ch", "apr": "il", "may": "", "jun": "e", "jul": "y",
    "aug": "ust", "sep": "t(?:ember)?", "oct": "ober", "nov": "ember", "dec": "ember",
}  # fmt: skip
_HAN = "一二三四五六七八九"
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_PINYIN = {
    "nian": "年", "yue": "月", "dao": "到", "shangbannian": "上半年", "xiabannian": "下半年",
    "yijidu": "一季度", "erjidu": "二季度", "sanjidu": "三季度", "sijidu": "四季度",
}  # fmt: skip
_DIGITS = str.maketrans(f"〇零○{_HAN}", "000123456789")
_ALONE = r"(?<![0-9])(?<![0-9]\.)"
# A pattern → its mark: Year, Month, Name of a month, Day, Part of a year, Span of months. The most
# complete come first, and none begins or ends within a number. A rule is tried only where one of
# its signs occurs, because patterns take long to compile.
_RULES = (
    *((f"(?<![a-z]){name}(?:{rest})?\\.?(?![a-z])", rf"<N{number:02}>", [name])
      for number, (name, rest) in enumerate(_MONTHS.items(), 1)),
    (rf"{_ALONE}({_MONTH})/({_YEAR})(?![0-9])", r"<Y\2><M\1>", "/"),
    (rf"{_ALONE}({_YEAR})\s*[-/.年]\s*({_MONTH})[-/.月]({_DAY})(?![0-9月])[日号]?",
     r"<Y\1><M\2><D\3>", "-/.年"),
    (rf"{_ALONE}({_MONTH})\s*月?{_UNTIL}({_MONTH})\s*月份?(?!\s*{_DAY}\s*[日号])",
     r"<S\1/\2>", "月"),
    (rf"{_ALONE}({_YEAR})\s*[-/.]\s*({_MONTH})(?![0-9])", r"<Y\1><M\2>", "-/."),
    (rf"{_ALONE}({_YEAR})\s*[-–/]\s*(1[3-9]|2[0-9])(?![0-9])", r"<Y\1>-<Y20\2>", "-–/"),
    # The end of a year is its December; totals up to then are asked for.
    (rf"{_ALONE}({_YEAR})\s*年{{1,2}}[底末]", r"<Y\1><M12> up to ", "年"),
    (rf"{_ALONE}(1[3-9]|2[0-9])年[底末]", r"<Y20\1><M12> up to ", "年"),
    # A number with a unit is no year: 2000万吨, 2021家.
    (rf"{_ALONE}({_YEAR})(?!\.?[0-9]|[余多]?[万亿千百%家项个件吨名列艘台辆元倍公米])\s*(?:年(?!均))?度?",
     r"<Y\1>", ("19", "20")),
    (rf"{_ALONE}(?<![近约超满过前])(1[3-9]|2[0-9])年(?![来间内以之前后期多余])",
     r"<Y20\1>", "年"),
    (r"['’](1[3-9]|2[0-9])(?![0-9])", r"<Y20\1>", "'’"),
    (rf"{_ALONE}(?<![前头])({_MONTH})\s*月(?:[份初底末]|[上中下]旬)?", r"<M\1>", "月"),
    # A day has its month beside it: 6号 alone may number anything.
    (rf"(<[MN][^>]*>)\s*({_DAY})(?:[日号]|(?:st|nd|rd|th)?(?![0-9a-z.]))", r"\1<D\2>",
     ("<M", "<N")),
    (rf"{_ALONE}({_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?=<N)", r"<D\1>", ("<N",)),
    *((f"[{han}]半年|(?<![a-z])(?:{word} half|h{n})(?![a-z0-9])|(?<![0-9.]){n}h(?=\\s*<Y)",
       f"<P{39 + n}>", "半h")
      for n, han, word in ((1, "上前", "(?:first|1st)"), (2, "下后", "(?:second|2nd)"))),
    (rf"[前头]({_MONTH})个?月|(?<![a-z])first ({_MONTH}) months(?![a-z])", r"<S01/\1\2>", "月f"),
    ("[前头][二两]个?季度|first two quarters", "<S01/06>", "季q"),
    ("[前头]三个?季度|first three quarters", "<S01/09>", "季q"),
    *((f"第?[{han}{n}]季度|(?<=>)第?[{han}{n}]季(?!度)"
       rf"|(?<![a-z])(?:{word} quarter|q{n})(?![a-z0-9])"
       rf"|(?<![0-9.]){n}q(?=\s*<Y)", f"<P{32 + n}>", "季q")
      for n, han, word in ((1, "一首", "(?:first|1st)"), (2, "二", "(?:second|2nd)"),
                           (3, "三", "(?:third|3rd)"), (4, "四", "(?:fourth|4th)"))),
)  # fmt: skip
# Periods in EDTF, as in the data: 2013-09/2022, 2023-33.
_EDTF = (
    r"(?<![0-9/-])[0-9]{4}(?:-[0-9]{2}){0,2}/(?:[0-9]{4}(?:-[0-9]{2}){0,2}|\.\.)(?![0-9/-])"
    r"|(?<![0-9/-])[0-9]{4}-(?:3[3-6]|4[01])(?![0-9/-])"
)
# The digits of marks are hidden from later rules.
HIDDEN = str.maketrans("0123456789", "".join(map(chr, range(0xE000, 0xE00A))))
SHOWN = {hidden: chr(digit) for digit, hidden in HIDDEN.items()}
_SIGNS = (*"0123456789年月季〇零○", "half", "quarter", "months", "year", "jidu", *_MONTHS)
# Spellings that are replaced before the rules: pinyin, Chinese numerals, English number words.
_SPELT: tuple[_Replacement, ...] = (
    (r"(?:(?<=[0-9])\s*(?:nian|yue)|\bdao(?=\s*[0-9])|\b(?:shang|xia)bannian"
     r"|\b(?:yi|er|san|si) ?jidu)(?![a-z])",
     lambda match: _PINYIN[match[0].replace(" ", "")], ("nian", "yue", "jidu")),
    (f"[一二][〇零○{_HAN}]{{3}}(?=年)|二[〇零○][〇零○{_HAN}]{{2}}",
     lambda match: match[0].translate(_DIGITS), "年〇零○"),
    ("元(?=月)", "1", "元"),
    (r"(?<=月)\s*([到至])\s*年[底末]", r"\g<1>12月", "年"),
    (f"(?:十[一二]?|[{_HAN}])(?=个?月)", lambda match: str(_numeral(match[0])), "月"),
    ("(?<![0-9.第年/-])[2-9](?=周?年[来间]|年$)", lambda match: _HAN[int(match[0]) - 1], "年"),
    ("(?<![a-z])((?:first|last|past) )([2-9])(?= years)",
     lambda match: match[1] + _NUMBERS[int(match[2]) - 2], ("years",)),
    (f"(?<=first )({'|'.join(_NUMBERS)})(?= months)",
     lambda match: str(_NUMBERS.index(match[0]) + 2), ("first ",)),
)  # fmt: skip
_MARK = "<([YMNDPS])([^>]*)>"
# A date: marks with nothing between them but these joints.
_DATE = (
    r"<[YMNDPS][^>]*>"
    r"(?:\s*(?:,|of|of the|in|年|(?<=<Y....>)-(?=<P)|(?<=<P..>)-(?=<Y))?\s*<[YMNDPS][^>]*>)*"
)
# A date, a span of two dates, or an open span that begins or ends with a date.
_SPAN = (
    r"(?:(?<![a-z])(since|after|before|prior to|earlier than|post|pre|early"
    r"|(?:the\s+)?(?:start|beginning)\s+of)[\s-]+)?"
    rf"({_DATE})(?:{_UNTIL}({_DATE}))?(?:\s*(以来|之后|以后|至今|之前|以前))?"
)
# Words beside marks that are replaced or removed: the end of June, early May.
# Words behind a date from which something is counted until now.
SINCE = ("以来", "至今")
_BETWEEN_MARKS: tuple[_Replacement, ...] = (
    # The end of a quarter or half is its last month.
    ("<P([^>]*)>[底末]", lambda match: f"<M{_last_month(match)}> up to ", "底末"),
    (r"(?<![a-z])(?:the\s+)?end\s+of\s+(?:the\s+)?<P([^>]*)>",
     lambda match: f"up to <M{_last_month(match)}>", ("end",)),
    (r"(?<![a-z])(?:the\s+)?middle\s+of\s+(?=<)", "mid ", ("middle",)),
    (r"(?<![a-z])(?:the\s+|year[\s-])?end(?:\s+of)?[\s-]+(<Y[^>]*>)(?!\s*<)", r"\1<M12> up to ",
     ("end",)),
    (r"(?<![a-z])(?:the\s+)?end(?:\s+of)?[\s-]+(?=<)", "", ("end",)),
    (r"(?<![a-z])(?:early|mid|late)[\s-]+(?=<[MN])", "", ("early", "mid", "late")),
    (r"(?<![a-z])mid[\s-]+(<Y[^>]*>)(?!\s*<)", r"\1<M06>;\1<M07>", ("mid",)),
    ("(<Y[^>]*>)初(?=[至到])", r"\1<M01>", "初"),  # from the beginning of 2020 to June
    (r"(?<![a-z])(?:the\s+)?(?:start|beginning)\s+of\s+(<Y[^>]*>)(?=\s*to\b)", r"\1<M01>",
     ("start", "beginning")),
    (rf"(?<![a-z])between\s+({_DATE})\s*and\s*(?=<)", r"\1 to ", ("between",)),
    (r"(<Y[^>]*>)\s*(?=<Y)", r"\1;", ("<Y",)),  # 2019 2021 are two dates
    (r"(?<![a-z])(?:by|through)\s+(?=<)", "up to ", ("by", "through")),  # and no doer or place
    (r"(?<![a-z])(?:in|during|on)\s+(?=<)", "", ("in", "on")),  # to move in 2022 is not to move in
    ("(?<=>)(?:挂牌|揭牌|成立|设立)(?=[至到])", "", "挂牌立"),  # from its launch in 2013 to 2022
    # A number of years before a date is no value that is asked for: 挂牌四年(到2021年4月).
    (f"(?<![第{_HAN}十0-9.])(?:[一两{_HAN}十]|[0-9]{{1,2}})周?年(?=.*<)(?![期前后以内来间度])",
     "", "年"),
)  # fmt: skip
# Words for a year, as a number of years before the current one. 'Than last year' is none: a value
# is compared with the year before its own.
_RELATIVE_YEARS = (
    (2, "前年|(?<![a-z])the year before last(?![a-z])"),
    (1, "(?<![比较])(?:去年|上年度?)"
        "|(?<!than )(?<!from )(?<!over )(?<!on )(?<![a-z])last year(?![a-z])"),
    (0, "今年|本年度?|(?<![a-z])this year(?![a-z])"),
    (-1, "明年|(?<![a-z])next year(?![a-z])"),
)  # fmt: skip


def take_periods(folded: str, this_year: int | None = None) -> tuple[list[str], str]:
    """The periods that folded text names, and the text without them.

    An unnamed year is XXXX. 'Last year' and the like are read if `this_year` is given.
    """
    if "<" in folded or not any(sign in folded for sign in _SIGNS):
        return [], folded  # to compile the patterns takes as long as a look-up
    asked: list[str] = []

    def take_edtf(match: re.Match[str]) -> str:
        asked.extend([match[0]] if edtf.exists(match[0]) else [])
        return " " if edtf.exists(match[0]) else match[0]

    text = _replaced(folded, _EDTF, take_edtf, "-/")
    for pattern, plain, signs in _SPELT:
        text = _replaced(text, pattern, plain, signs)
    # A year that is named is the one that is meant: last year, 2024.
    relative = this_year and not re.search(f"{_ALONE}{_YEAR}(?![0-9])", text)
    for back, pattern in _RELATIVE_YEARS if relative else ():
        text = _replaced(text, pattern, f" {(this_year or 0) - back}年", ("年", "year"))
    for pattern, mark, signs in _RULES:
        text = _replaced(text, pattern, partial(_hidden, mark), signs)
    for pattern, plain, signs in _BETWEEN_MARKS:
        text = _replaced(text, pattern, plain, signs)
    if "<" not in text:
        return asked, text.translate(SHOWN)

    def take_marks(match: re.Match[str]) -> str:
        period, is_open = _period_of_marks(match)
        asked.extend([period] if period else [])
        return " until " if is_open else "  "

    rest = _replaced(text, _SPAN, take_marks, "<")
    years = [period for period in asked if period.isdecimal()]
    if len(years) == 1 and any("XXXX" in period for period in asked):
        # The year may stand apart: first half trade 2022.
        asked = [one.replace("XXXX", years[0]) for one in asked if one not in years]
    return (list(map(edtf.canonical, asked)), rest.translate(SHOWN)) if asked else ([], folded)


def _period_of_marks(match: re.Match[str]) -> tuple[str | None, bool]:
    """The EDTF of marked dates, and whether words for an open span are beside them."""
    before, *dates, behind = match.groups()
    first, last = (dict(re.findall(_MARK, (part or "").translate(SHOWN))) for part in dates)
    if "Y" in last:
        first.setdefault("Y", last["Y"])
    begin, end = _period(first), _period({"Y": first.get("Y", "XXXX")} | last) if last else None
    if begin and not last and (before == "since" or behind in SINCE):
        return f"{begin}/..", False
    return (f"{begin}/{end}" if begin and end else begin), bool(before or behind) and not last


def _replaced(text: str, pattern: str, by: _By, signs: Iterable[str]) -> str:
    """Text with each match replaced. The pattern is compiled only where one of its signs occurs."""
    return re.sub(pattern, by, text) if any(sign in text for sign in signs) else text


def _hidden(mark: str, match: re.Match[str]) -> str:
    return match.expand(mark).translate(HIDDEN)


def period_named(text: str) -> str | None:
    """The EDTF of a text that is one period, in the words of a question: H1 2021, 2019年一季度."""
    periods, rest = take_periods(fold(text), date.today().year)
    is_period = len(periods) == 1 and rest.strip() in ("", "up to")
    return periods[0] if is_period else None


def _last_month(part: re.Match[str]) -> str:
    return f"{edtf.PARTS[int(part[1].translate(SHOWN))][1]:02}"


def _numeral(text: str) -> int:
    return 10 * ("十" in text) + int(text.strip("十").translate(_DIGITS) or 0)


def _period(date: dict[str, str]) -> str | None:
    """The EDTF of a date's parts; None for a day alone, and for 'may' and 'march' without more."""
    year = date.get("Y", "XXXX")
    if "S" in date:
        first, last = (part.zfill(2) for part in date["S"].split("/"))
        return f"{year}-{first}/{year}-{last}"
    month = date.get("M") or date.get("N") or date.get("P")
    if month and "D" in date:
        return f"{year}-{month.zfill(2)}-{date['D'].zfill(2)}"
    if month and date.keys() == {"N"} and month in ("03", "05"):
        return None
    if month:
        return f"{year}-{month.zfill(2)}"
    return year if "Y" in date else None


def falls_in(period: str | None, asked: str) -> bool:
    """Whether a period is the one asked for, or lies in it: 2021-05-21 in 2021 or XXXX-05.

    A part of a year has only itself and its days: a quarter does not answer for a half.
    """
    try:
        first, last = edtf.span(period or "")
        begin, end = edtf.span(asked.replace("XXXX", (period or "")[:4]))
    except ValueError:
        return False
    if last is None or first < begin or (end is not None and last > end):
        return False
    whole = end is None or (end - begin).days > 363
    return whole or first == last or (first, last) == (begin, end)
