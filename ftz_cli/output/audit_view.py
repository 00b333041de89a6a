"""What the audit finds: published against recomputed, the verdict, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ..language import Message, join, language, translate
from .columns import id_column, other_language, place_column
from .figure_view import value_columns
from .numbers import Notation, interval_text
from .periods import date_text, span_text
from .records import FINDING, ends, finding_record
from .view import Column, Drawing, Head, Line, Link, Record, Table, View
from .words import counted, signed, word

if TYPE_CHECKING:
    from ..analysis.findings import Finding, Reading
    from ..quantities.interval import Interval


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many there are of each verdict."""

    def draw() -> Drawing:
        title = translate("The sources' own arithmetic, recomputed")
        counts = counted("verdict", [str(one.verdict) for one in findings])
        return Drawing(title, [findings_table(findings), counts])

    return View(FINDING, lambda: map(finding_record, findings), draw)


def findings_table(findings: Sequence[Finding], title: str = "") -> Table:
    """Findings as a table."""

    def name(one: Finding) -> str:
        return one.figure.named(language())

    def page(one: Finding) -> Link:
        return "figure", one.figure.id

    def recomputed(one: Finding) -> str:
        return _interval_text(one, one.recomputed)

    columns = [
        Column(Message("Claim"), lambda one: one.id, "bold", main=True),
        Column(Message("Figure"), name, wraps=True, main=True, link=page),
        Column(Message("Kind"), lambda one: word("finding", one.kind), "dim"),
        Column(Message("Relation"), lambda one: word("relation", one.relation), "dim", wraps=True),
        value_columns()[0]._replace(heading=Message("Published"), cell=lambda one: one.published),
        Column(Message("Recomputed"), recomputed, labelled=True),
        Column(Message("Verdict"), _verdict, wraps=True, main=True),
        Column(Message("Why"), _why, wraps=True),
    ]
    return Table(columns, findings, title, translate("no claims"))


def finding_card(one: Finding) -> View:
    """One claim: its figures, each way to read it with its calculation, and the verdict."""

    def reading_record(reading: Reading) -> Record:
        low, high = ends(reading.recomputed, one.unit)
        name, verdict = str(reading.name), str(reading.verdict)
        made = {"name": name, "formula": reading.formula, "low": low, "high": high}
        return made | {"meaning": _interval_text(one, reading.recomputed), "verdict": verdict}

    def draw() -> Drawing:
        title = f"{one.id}  {one.figure.named(language())}"
        pairs = [
            (translate("Kind"), word("finding", one.kind)),
            (translate("Relation"), word("relation", one.relation)),
            (translate("Published"), one.published),
            (translate("Listed"), join(one.claim.items)),
            (translate("Constant"), "" if one.claim.value is None else f"{one.claim.value:f}"),
            (translate("Verdict"), signed("verdict", one.verdict)[0]),
            (translate("Why"), _why(one)),
        ]
        head = Head(title, one.figure.named(other_language()), pairs)
        return Drawing(title, [head, _operands(one), _readings(one)])

    def record() -> Record:
        return finding_record(one) | {"readings": list(map(reading_record, one.readings))}

    return View((*FINDING, "readings"), lambda: [record()], draw, single=True)


def _operands(one: Finding) -> Table:
    name = Column(Message("Metric"), lambda f: f.named(language()), "bold", wraps=True, main=True)
    columns = [id_column("figure"), name, *value_columns(), place_column()]
    return Table(columns, one.figures, translate("What goes in"))


def _readings(one: Finding) -> Table:
    def recomputed(reading: Reading) -> str:
        return _interval_text(one, reading.recomputed)

    columns = [
        Column(Message("Reading"), lambda one: str(one.name), "bold", wraps=True, main=True),
        Column(Message("Calculation"), lambda reading: reading.formula, wraps=True),
        Column(Message("Recomputed"), recomputed, main=True),
        Column(Message("Verdict"), _verdict, wraps=True, main=True),
    ]
    return Table(columns, one.readings, translate("How it is read"))


def _verdict(one: Finding | Reading) -> list[Line]:
    return [signed("verdict", one.verdict)]


def _why(one: Finding) -> str:
    """Why the verdict is what it is, with the curator's note on the claim."""
    note = one.claim.note(language())
    stop = "。" if language() == "zh" else ". "
    return f"{one.why}{stop}{note}" if note else str(one.why)


def _interval_text(one: Finding, interval: Interval) -> str:
    """An interval in the unit of a finding; nothing where it has no ends."""
    if interval.low is None and interval.high is None:
        return ""
    if one.unit != "date":
        return interval_text(interval, Notation.of(one.figure))

    def day(end: Fraction | None) -> str:
        return ".." if end is None else date.fromordinal(int(end)).isoformat()

    low, high = day(interval.low), day(interval.high)
    return date_text(low) if low == high else span_text(f"{low}/{high}")
