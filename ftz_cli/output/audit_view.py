"""What the audit finds: published against recomputed, the verdict, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..language import join, language, translate
from .figure_view import FIGURE_CELLS
from .numbers import Notation, interval_text
from .periods import span_text
from .records import FINDING, finding_record
from .tables import Cells, both_names, card, local, table
from .view import Card, Line, Part, Table, View
from .words import counted, signed, word

if TYPE_CHECKING:
    from ..analysis.findings import Finding, Reading
    from ..quantities.interval import Interval


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many there are of each verdict; people see the agreements in one line."""

    def draw() -> list[Part]:
        listed = [one for one in findings if not _agrees(one)]
        agreed = len(findings) - len(listed)
        text = translate("{count} facts are printed alike by several sources.", count=agreed)
        counts = counted("verdict", [str(one.verdict) for one in listed])
        return [findings_table(listed), counts, Card("", [("", text if agreed else "")])]

    return View(FINDING, lambda: map(finding_record, findings), draw)


def _agrees(one: Finding) -> bool:
    return one.kind == "agreement" and one.verdict.startswith("consistent")


def findings_table(findings: Sequence[Finding], title: str = "") -> Table:
    """Findings as a table."""
    cells = FINDING_CELLS | {"metric": lambda one: local(one.figure, "metric")}
    return table("findings", findings, title, **cells)


def finding_card(one: Finding) -> View:
    """One claim: its figures, each way to read it with its calculation, and the verdict."""

    def draw() -> list[Part]:
        cells = FINDING_CELLS | {
            "items": lambda one: join(one.items),
            "constant": lambda one: "" if one.value is None else f"{one.value:f}",
        }
        figures = list({figure.id: figure for figure in one.figures}.values())
        return [
            card("finding", one, f"{one.id}  {both_names(one.figure, 'metric')}", **cells),
            table("operands", figures, translate("What goes in"), **FIGURE_CELLS),
            table(
                "readings",
                one.readings,
                translate("How it is read"),
                name=lambda reading: str(reading.name),
                recomputed=lambda reading: _interval_text(one, reading.recomputed),
                verdict=_verdict,
            ),
        ]

    return View(FINDING, lambda: [finding_record(one)], draw, single=True)


def _verdict(one: Finding | Reading) -> list[Line]:
    return [signed("verdict", one.verdict)]


def _why(one: Finding) -> str:
    """Why the verdict is what it is, with the curator's note on the claim."""
    note = local(one, "note")
    stop = "。" if language() == "zh" else ". "
    return f"{one.why}{stop}{note}" if note else str(one.why)


def _interval_text(one: Finding, interval: Interval) -> str:
    """An interval in the unit of a finding; nothing where it has no ends."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return ""
    if one.unit != "date":
        return interval_text(interval, Notation.of(one.figure))
    first, last = (".." if d is None else str(date.fromordinal(int(d))) for d in (low, high))
    return span_text(first if first == last else f"{first}/{last}")


FINDING_CELLS: dict[str, Cells] = {
    "kind": lambda one: word("finding", one.kind),
    "relation": lambda one: word("relation", one.relation),
    "recomputed": lambda one: _interval_text(one, one.recomputed),
    "verdict": _verdict,
    "why": _why,
}
