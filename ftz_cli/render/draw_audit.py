"""Claims judged, as people see them: published against recomputed, verdict, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue import knows, say, word
from .draw_figures import meanings
from .numbers import Measure, recomputed
from .periods import date_text, period_text
from .view import ANCHOR, Column, Drawing, Head, Line, Lines, Table
from .words import named

if TYPE_CHECKING:
    from ..audit import Finding
    from ..interval import Interval
    from ..models import Figure

# The sign carries the verdict where colour does not.
_SIGNS = {
    "consistent": ("✓", "green"),
    "consistent-by-rounding": ("≈", "green"),
    "inconsistent": ("✗", "bold red"),
    "undetermined": ("?", "yellow"),
}


# A date or month as the dataset has it; nothing printed looks so.
_DATE = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


def audit(findings: Sequence[Finding], lang: str) -> Drawing:
    """The findings, and how many there are of each verdict."""
    metrics = [named(f.claim.figure.metric_zh, f.claim.figure.metric_en, lang) for f in findings]
    relations = [word("relation", f.claim.relation, lang) for f in findings]
    verdicts = [[verdict(f, lang)] for f in findings]
    columns = [
        Column(say("heading.claim", lang), [f.claim.id for f in findings], ("id",), "bold",
               worth=ANCHOR),
        Column(say("heading.figure", lang), metrics, wraps=True, worth=ANCHOR),
        Column(say("heading.relation", lang), relations, style="dim", worth=40),
        Column(say("heading.published", lang), [f.published for f in findings], ("published",),
               "cyan", right=True, worth=90),
        Column(say("heading.recomputed", lang),
               [interval_text(f, f.recomputed, lang) for f in findings], worth=80),
        Column(say("heading.verdict", lang), verdicts, wraps=True, worth=85),
        Column(say("heading.why", lang), [why(f, lang) for f in findings], wraps=True, worth=50),
    ]  # fmt: skip
    drawing = Drawing(say("title.audit", lang))
    drawing.parts.append(Table(columns, "", say("empty.audit", lang)))
    if findings:
        drawing.parts.append(Lines([_counts(findings, lang)], wraps=True, indent=2, apart="   "))
    return drawing


def finding(one: Finding, lang: str) -> Drawing:
    """One claim: its figures, each reading with its sum, and the verdict."""
    claim = one.claim
    figure = claim.figure
    title = f"{claim.id}  {named(figure.metric_zh, figure.metric_en, lang)}"
    sign, style = verdict(one, lang)
    pairs = [
        (say("heading.relation", lang), word("relation", claim.relation, lang)),
        (say("heading.published", lang), one.published),
        (say("heading.items", lang), ("、" if lang == "zh" else "; ").join(claim.items)),
        (say("heading.constant", lang), "" if claim.value is None else f"{claim.value:f}"),
        (say("heading.why", lang), why(one, lang)),
    ]
    drawing = Drawing(title)
    head = Head(title, named(figure.metric_zh, figure.metric_en, "en" if lang == "zh" else "zh"),
                [(label, value) for label, value in pairs if value])  # fmt: skip
    drawing.parts = [head, _operands((figure, *claim.operands), lang)]
    if one.readings:
        drawing.parts.append(_readings(one, lang))
    drawing.parts.append(Lines([[(f"{say('heading.verdict', lang)}  ", "dim"), (sign, style)]]))
    return drawing


def verdict(one: Finding, lang: str) -> Line:
    """The verdict with its sign."""
    sign, style = _SIGNS[one.verdict]
    return f"{sign} {word('verdict', one.verdict, lang)}", style


def why(one: Finding, lang: str) -> str:
    """Why the verdict is what it is, with the curator's note on the claim."""
    reason = say(one.why, lang) if knows(one.why) else one.why
    note = one.claim.note_zh if lang == "zh" else one.claim.note
    return (reason + ("。" if lang == "zh" else ". ") + note).strip(" ") if note else reason


def interval_text(one: Finding, interval: Interval, lang: str) -> str:
    """A recomputed interval in the claim's unit."""
    if interval.low is None and interval.high is None:
        return "–"
    figure = one.claim.figure
    if one.unit == "date":
        from datetime import date  # only where dates were compared

        low, high = (
            "" if end is None else date_text(date.fromordinal(int(end)).isoformat(), lang)
            for end in (interval.low, interval.high)
        )
        if not low or not high:
            return say("period.from" if low else "period.by", lang, date=low or high)
        return low if low == high else say("period.span", lang, first=low, last=high)
    return recomputed(interval, measure_of(figure, one.unit, lang))


def measure_of(figure: Figure, unit: str, lang: str) -> Measure:
    """How a claim's recomputed numbers are written."""
    if unit in (figure.base_unit, figure.unit):
        return Measure.of(figure, lang)
    return Measure.in_base(unit, unit, figure.factor / figure.factor, lang)


def _counts(findings: Sequence[Finding], lang: str) -> list[Line]:
    pieces: list[Line] = []
    for name, (sign, style) in _SIGNS.items():
        count = sum(str(one.verdict) == name for one in findings)
        if count:
            told = word("verdict", name, lang)
            pieces.append((f"{'   ' if pieces else ''}{sign} ", style))
            pieces.append((say("counted.judged", lang, count=count, verdict=told), ""))
    return pieces


def _operands(figures: Sequence[Figure], lang: str) -> Table:
    columns = [
        Column(say("heading.figure", lang), [f.id for f in figures], ("id",), "dim", worth=ANCHOR),
        Column(say("heading.metric", lang),
               [named(f.metric_zh, f.metric_en, lang) for f in figures], style="bold", wraps=True,
               worth=ANCHOR),
        Column(say("heading.printed", lang), [f.printed for f in figures], ("printed",), "cyan",
               right=True, worth=90),
        meanings(figures, lang),
        Column(say("heading.period", lang),
               [period_text(f.period, f.period_kind, lang) for f in figures], worth=60),
        Column(say("heading.place", lang), [f"{f.article}:{f.line}" for f in figures],
               style="dim", worth=50),
    ]  # fmt: skip
    return Table(columns, say("title.operands", lang))


def _formula(formula: str, lang: str) -> str:
    """A sum in printed figures, its dates as people write them."""
    return _DATE.sub(lambda found: date_text(found[0], lang), formula)


def _readings(one: Finding, lang: str) -> Table:
    names = [say(r.name, lang) if knows(r.name) else r.name for r in one.readings]
    signs = [[(f"{_SIGNS[r.verdict][0]} {word('verdict', r.verdict, lang)}", _SIGNS[r.verdict][1])]
             for r in one.readings]  # fmt: skip
    columns = [
        Column(say("heading.reading", lang), names, style="bold", wraps=True, worth=ANCHOR),
        Column(say("heading.formula", lang), [_formula(r.formula, lang) for r in one.readings],
               wraps=True, worth=50),
        Column(say("heading.recomputed", lang),
               [interval_text(one, r.recomputed, lang) for r in one.readings], worth=90),
        Column(say("heading.verdict", lang), signs, wraps=True, worth=80),
    ]  # fmt: skip
    return Table(columns, say("title.readings", lang))
