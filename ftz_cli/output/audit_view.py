"""What the audit finds: published against recomputed, the verdict, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..language import Message, join, language, translate
from .columns import other_language, place_column
from .numbers import Notation, interval_text, meaning
from .periods import date_text, period_text, span_text
from .records import FINDING, ends, finding_record
from .view import Column, Drawing, Head, Line, Lines, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.findings import Finding, Reading, Verdict
    from ..quantities.interval import Interval

# The sign carries the verdict where colour does not.
SIGNS = {
    "consistent": ("✓", "green"),
    "consistent-by-rounding": ("≈", "green"),
    "inconsistent": ("✗", "bold red"),
    "undetermined": ("?", "yellow"),
}


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many there are of each verdict."""

    def draw() -> Drawing:
        title = translate("The sources' own arithmetic, recomputed")
        return Drawing(title, [findings_table(findings), Lines([_counts(findings)])])

    return View(FINDING, lambda: map(finding_record, findings), draw)


def findings_table(findings: Sequence[Finding], title: str = "") -> Table:
    """Findings as a table."""
    columns = [
        Column(Message("Claim"), lambda one: one.id, "bold", main=True),
        Column(
            Message("Figure"),
            lambda one: one.figure.named(language()),
            wraps=True,
            main=True,
            link=lambda one: ("figure", one.figure.id),
        ),
        Column(Message("Kind"), lambda one: word("finding", one.kind), "dim"),
        Column(Message("Relation"), lambda one: word("relation", one.relation), "dim", wraps=True),
        Column(
            Message("Published"),
            lambda one: one.published,
            "cyan",
            right=True,
            wraps=True,
            main=True,
        ),
        Column(
            Message("Recomputed"), lambda one: recomputed_text(one, one.recomputed), labelled=True
        ),
        Column(Message("Verdict"), lambda one: [verdict_line(one.verdict)], wraps=True, main=True),
        Column(Message("Why"), why_text, wraps=True),
    ]
    return Table(columns, findings, title, translate("no claims"))


def finding_card(one: Finding) -> View:
    """One claim: its figures, each way to read it with its calculation, and the verdict."""

    def record() -> dict[str, object]:
        readings = []
        for reading in one.readings:
            low, high = ends(reading.recomputed, one.unit)
            readings.append(
                {
                    "name": str(reading.name),
                    "formula": reading.formula,
                    "low": low,
                    "high": high,
                    "meaning": recomputed_text(one, reading.recomputed),
                    "verdict": str(reading.verdict),
                }
            )
        return finding_record(one) | {"readings": readings}

    def draw() -> Drawing:
        title = f"{one.id}  {one.figure.named(language())}"
        pairs = [
            (translate("Kind"), word("finding", one.kind)),
            (translate("Relation"), word("relation", one.relation)),
            (translate("Published"), one.published),
            (translate("Listed"), join(one.claim.items)),
            (translate("Constant"), "" if one.claim.value is None else f"{one.claim.value:f}"),
            (translate("Verdict"), verdict_line(one.verdict)[0]),
            (translate("Why"), why_text(one)),
        ]
        head = Head(title, one.figure.named(other_language()), pairs)
        return Drawing(title, [head, _operands(one), _readings(one)])

    return View((*FINDING, "readings"), lambda: [record()], draw, single=True)


def verdict_line(verdict: Verdict) -> Line:
    """A verdict with its sign."""
    sign, style = SIGNS[verdict]
    return f"{sign} {word('verdict', verdict)}", style


def why_text(one: Finding) -> str:
    """Why the verdict is what it is, with the curator's note on the claim."""
    note = one.claim.note(language())
    stop = "。" if language() == "zh" else ". "
    return f"{one.why}{stop}{note}" if note else str(one.why)


def recomputed_text(one: Finding, interval: Interval) -> str:
    """An interval in the unit of a claim."""
    if interval.low is None and interval.high is None:
        return ""
    figure = one.figure
    if one.unit != "date":
        if one.unit == figure.base_unit:
            return interval_text(interval, Notation.of(figure))
        return interval_text(interval, Notation.in_base(one.unit, one.unit, Decimal(1)))
    low, high = (
        None if end is None else date.fromordinal(int(end)).isoformat()
        for end in (interval.low, interval.high)
    )
    if low and high:
        return date_text(low) if low == high else span_text(f"{low}/{high}")
    if low:
        return translate("from {date}", date=date_text(low))
    return translate("by {date}", date=date_text(high or ""))


def _counts(findings: Sequence[Finding]) -> list[Line]:
    counts = Counter(str(one.verdict) for one in findings)
    pieces: list[Line] = []
    for verdict, (sign, style) in SIGNS.items():
        if counts[verdict]:
            pieces.append((f"{sign} ", style))
            pieces.append((f"{counts[verdict]:,} {word('verdict', verdict)}   ", ""))
    return pieces


def _operands(one: Finding) -> Table:
    columns = [
        Column(Message("ID"), lambda f: f.id, "dim", main=True, link=lambda f: ("figure", f.id)),
        Column(Message("Metric"), lambda f: f.named(language()), "bold", wraps=True, main=True),
        Column(Message("Printed"), lambda f: f.printed, "cyan", right=True, main=True),
        Column(Message("Meaning"), meaning),
        Column(
            Message("Period"),
            lambda f: "" if f.date else period_text(f.period, f.period_kind, f.base_period),
        ),
        place_column(),
    ]
    return Table(columns, one.figures, translate("What goes in"))


def _readings(one: Finding) -> Table:
    def recomputed(reading: Reading) -> str:
        return recomputed_text(one, reading.recomputed)

    columns = [
        Column(Message("Reading"), lambda one: str(one.name), "bold", wraps=True, main=True),
        Column(Message("Calculation"), lambda reading: reading.formula, wraps=True),
        Column(Message("Recomputed"), recomputed, main=True),
        Column(
            Message("Verdict"), lambda reading: [verdict_line(reading.verdict)], wraps=True,
            main=True,
        ),
    ]  # fmt: skip
    return Table(columns, one.readings, translate("How it is read"))
