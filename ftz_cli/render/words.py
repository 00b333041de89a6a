"""Names, and the warnings of a comparison, for people in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue import knows, say, word
from .periods import period_text

if TYPE_CHECKING:
    from ..compare import Warning
    from ..models import Figure

# More of them than this would make a note longer than what it is a note to.
MOST_FURTHER = 4


def other(lang: str) -> str:
    """The language that is not `lang`."""
    return "en" if lang == "zh" else "zh"


def named(zh: str | None, en: str | None, lang: str) -> str:
    """The name in `lang`."""
    return (zh if lang == "zh" else en) or ""


def warning_text(warning: Warning, lang: str) -> str:
    """A comparison's warning in words: metrics by name, periods and statuses as people say them."""
    if not knows(warning.key):
        return " ".join((warning.key, *warning.words))
    told = [_warned(each, warning.key, lang) for each in warning.words]
    told += [_further(each, lang) for each in warning.further[:MOST_FURTHER]]
    words = ("、" if lang == "zh" else ", ").join(told)
    whose = warning.whose.named(lang) if warning.whose else ""
    more = len(warning.further) - MOST_FURTHER
    key = "warning.further_many" if more > 0 else warning.key
    return say(key, lang, words=words, whose=whose, more=more)


def _further(figure: Figure, lang: str) -> str:
    """A figure that a comparison has no cell for: its metric, as printed, and its period."""
    name = named(figure.metric_zh, figure.metric_en, lang)
    period = period_text(figure.period, figure.period_kind, lang) if figure.period else ""
    key = "warning.dated" if period else "warning.undated"
    return say(key, lang, metric=name, printed=figure.printed, period=period)


def _warned(given: str, key: str, lang: str) -> str:
    if key == "warning.narrower":
        # Both names of a metric: zh|en.
        zh, _, en = given.partition("|")
        return named(zh, en or zh, lang)
    if key == "warning.period":
        return period_text(given, "change" if "/" in given else "during", lang)
    return word("status", given, lang)
