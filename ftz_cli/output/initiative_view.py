"""Initiatives: their list, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import translate
from .figure_view import figure_parts
from .periods import date_text
from .recognition_view import recognition_parts
from .records import INITIATIVE, figure_record, initiative_record
from .tables import both_names, card, local, table
from .view import Part, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.figure import Figure
    from ..model.named import Initiative


def initiatives_view(initiatives: Sequence[Initiative]) -> View:
    """Initiatives in the order given."""
    return View(
        INITIATIVE,
        lambda: map(initiative_record, initiatives),
        lambda: [initiatives_table(initiatives)],
    )


def initiatives_table(initiatives: Sequence[Initiative], title: str = "") -> Table:
    """Initiatives as a table."""
    return table("initiatives", initiatives, title, kind=_kind)


def initiative_card(initiative: Initiative, figures: Sequence[Figure]) -> View:
    """An initiative with its figures and recognitions."""

    def draw() -> list[Part]:
        head = card(
            "initiative",
            initiative,
            both_names(initiative),
            kind=_kind,
            where=lambda one: f"{local(one, 'zone')} · {one.zone}",
            start=lambda one: date_text(one.start or ""),
        )
        tables = figure_parts(figures, translate("Figures"), subject=False)
        return [head, *tables, *recognition_parts(initiative.recognitions, subject=False)]

    record = initiative_record(initiative) | {"figures": list(map(figure_record, figures))}
    return View(INITIATIVE, lambda: [record], draw, single=True)


def _kind(one: Initiative) -> str:
    return word("initiative", one.kind)
