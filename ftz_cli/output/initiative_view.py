"""Initiatives: their list, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import Message, join, language, translate
from ..model.figure import Figure
from .columns import count_column, id_column, name_columns, other_language
from .figure_view import figure_parts
from .periods import date_text
from .recognition_view import recognitions_table
from .records import INITIATIVE, figure_record, initiative_record, note
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


def initiatives_table(
    initiatives: Sequence[Initiative], title: str = "", *, zone: bool = True
) -> Table:
    """Initiatives; the card of a zone may leave the zone out."""
    columns = [
        *name_columns(Message("Initiative"), "initiative"),
        Column(Message("Zone"), _zone, wraps=True, link=lambda one: ("zone", one.zone)),
        Column(Message("Kind"), lambda one: word("initiative", one.kind)),
        Column(Message("Theme"), _theme, wraps=True),
        count_column(Message("Figures"), lambda one: one.figures),
        id_column("initiative"),
    ]
    if not zone:
        del columns[2]
    return Table(columns, initiatives, title, translate("no initiatives"))


def initiative_card(initiative: Initiative, figures: Sequence[Figure]) -> View:
    """An initiative with its figures and recognitions."""

    def draw() -> Drawing:
        name = initiative.named(language())
        summary = initiative.summary_zh if language() == "zh" else initiative.summary_en
        pairs = [
            ("", summary),
            (translate("ID"), initiative.id),
            (translate("Zone"), f"{_zone(initiative)} · {initiative.zone}"),
            (translate("Kind"), word("initiative", initiative.kind)),
            (translate("Theme"), _theme(initiative)),
            (translate("In use since"), date_text(initiative.start) if initiative.start else ""),
            (translate("Also called"), join(name for name in initiative.also if _readable(name))),
            (translate("Note"), note(initiative)),
        ]
        parts: list[Part] = [Head(name, initiative.named(other_language()), pairs)]
        parts += figure_parts(figures, translate("Figures"), subject=False)
        if initiative.recognitions:
            title = translate("Recognitions")
            parts += recognitions_table(initiative.recognitions, title, subject=False)
        return Drawing(name, parts)

    return View(
        INITIATIVE,
        lambda: [initiative_record(initiative) | {"figures": list(map(figure_record, figures))}],
        draw,
        single=True,
    )


def _zone(one: Initiative) -> str:
    return one.zone_zh if language() == "zh" else one.zone_en


def _theme(one: Initiative) -> str:
    return one.theme_zh if language() == "zh" else one.theme_en


def _readable(name: str) -> bool:
    """Whether a name is in the script of the language in use."""
    return any("\u3400" <= char <= "\u9fff" for char in name) == (language() == "zh")
