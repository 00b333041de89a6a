"""Initiatives: their list, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import Message, join, language, translate
from ..model.figure import Figure
from .columns import count_column, id_column, local, name_columns, other_language
from .figure_view import figure_parts
from .periods import date_text
from .recognition_view import recognition_parts
from .records import INITIATIVE, figure_record, initiative_record
from .view import Column, Drawing, Head, Part, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Initiative


def initiatives_view(initiatives: Sequence[Initiative]) -> View:
    """Initiatives in the order given."""
    return View(
        INITIATIVE,
        lambda: map(initiative_record, initiatives),
        lambda: Drawing(translate("Initiatives"), [initiatives_table(initiatives)]),
    )


def initiatives_table(initiatives: Sequence[Initiative], title: str = "") -> Table:
    """Initiatives as a table."""
    columns = [
        *name_columns(Message("Initiative"), "initiative"),
        Column(Message("Zone"), _zone, wraps=True, link=lambda one: ("zone", one.zone)),
        Column(Message("Kind"), lambda one: word("initiative", one.kind)),
        Column(Message("Theme"), lambda one: local(one, "theme"), wraps=True),
        count_column(Message("Figures"), lambda one: one.figures),
        id_column("initiative"),
    ]
    return Table(columns, initiatives, title, translate("no initiatives"))


def initiative_card(initiative: Initiative, figures: Sequence[Figure]) -> View:
    """An initiative with its figures and recognitions."""

    def draw() -> Drawing:
        # Other names in the language that is read; records have them all.
        also = [name for name in initiative.also if _is_chinese(name) == (language() == "zh")]
        pairs = [
            ("", local(initiative, "summary")),
            (translate("ID"), initiative.id),
            (translate("Zone"), f"{_zone(initiative)} · {initiative.zone}"),
            (translate("Kind"), word("initiative", initiative.kind)),
            (translate("Theme"), local(initiative, "theme")),
            (translate("In use since"), date_text(initiative.start) if initiative.start else ""),
            (translate("Also called"), join(also)),
            (translate("Note"), local(initiative, "note")),
        ]
        name = local(initiative, "name")
        parts: list[Part] = [Head(name, initiative.named(other_language()), pairs)]
        parts += figure_parts(figures, translate("Figures"), subject=False)
        if initiative.recognitions:
            title = translate("Recognitions")
            parts += recognition_parts(initiative.recognitions, title, subject=False)
        return Drawing(name, parts)

    record = initiative_record(initiative) | {"figures": list(map(figure_record, figures))}
    return View(INITIATIVE, lambda: [record], draw, single=True)


def _zone(one: Initiative) -> str:
    return local(one, "zone")


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)
