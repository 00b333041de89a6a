"""Periods of figures as people write them: since 2021, H1 2020 → H1 2021."""

from __future__ import annotations

from ..language import translate
from ..language.periods import date_text, span_text

__all__ = ["date_text", "period_text", "span_text"]


def period_text(period: str | None, kind: str = "during", base: str | None = None) -> str:
    """A figure's period: since 2021, total to 20 July 2022, H1 2020 → H1 2021.

    `kind` is the figure's period kind, `base` the period that it is compared with.
    """
    if not period:
        return translate("total, undated") if kind == "cumulative" else translate("undated")
    text = span_text(period)
    if base:
        return f"{span_text(base)} → {text}"
    match kind:
        case "since" if not period.endswith("/.."):
            return translate("since {period}", period=text)
        case "as_of":
            return translate("as of {period}", period=text)
        case "cumulative":
            span = "total, {period}" if "/" in period else "total to {period}"
            return translate(span, period=text)
    return text
