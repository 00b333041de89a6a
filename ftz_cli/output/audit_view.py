"""What the audit finds: published against recomputed, the verdict, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import translate
from .cells import recomputed
from .records import fields, record
from .tables import both_names, card, table
from .view import Part, View, note
from .words import counted

if TYPE_CHECKING:
    from ..analysis.findings import Finding


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many there are of each verdict; people see the agreements in one line."""

    def draw() -> list[Part]:
        listed = [one for one in findings if not _agrees(one)]
        agreed = len(findings) - len(listed)
        text = translate("{count} facts are printed alike by several sources.", count=agreed)
        return [
            table("audit", listed),
            counted("verdict", [one.verdict for one in listed]),
            note(text if agreed else ""),
        ]

    return View(fields("audit"), lambda: (record("audit", one) for one in findings), draw)


def _agrees(one: Finding) -> bool:
    return one.kind == "agreement" and one.verdict.startswith("consistent")


def finding_card(one: Finding) -> View:
    """One claim: its figures, each way to read it with its calculation, and the verdict."""

    def draw() -> list[Part]:
        figures = list({figure.id: figure for figure in one.figures}.values())
        return [
            card("finding", one, f"{one.id}  {both_names(one.figure, 'metric')}"),
            table("operands", figures, translate("What goes in")),
            table(
                "readings",
                one.readings,
                translate("How it is read"),
                recomputed=lambda reading: recomputed(one, reading.recomputed),
            ),
        ]

    return View(fields("audit"), lambda: [record("audit", one)], draw, single=True)
