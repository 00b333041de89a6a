"""Names, and the warnings of a comparison, for people in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue import knows, say, word
from .periods import period_text

if TYPE_CHECKING:
    from ..compare import Warning


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
    return say(warning.key, lang, words=("、" if lang == "zh" else ", ").join(told))


def _warned(given: str, key: str, lang: str) -> str:
    if key == "warning.narrower":
        # Both names of a metric: zh|en.
        zh, _, en = given.partition("|")
        return named(zh, en or zh, lang)
    if key == "warning.period":
        return period_text(given, "change" if "/" in given else "during", lang)
    return word("status", given, lang)
