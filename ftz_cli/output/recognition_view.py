"""Recognitions: first claims, replications and commendations, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import Message, language, translate
from .columns import Footnotes, local, place_column
from .records import RECOGNITION, recognition_record
from .view import Column, Drawing, Link, Part, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Recognition


def recognitions_view(recognitions: Sequence[Recognition]) -> View:
    """Recognitions in the order given."""
    return View(
        RECOGNITION,
        lambda: map(recognition_record, recognitions),
        lambda: Drawing(translate("Recognitions"), recognition_parts(recognitions)),
    )


def recognition_parts(
    recognitions: Sequence[Recognition], title: str = "", *, subject: bool = True
) -> list[Part]:
    """Recognitions and the notes to them; without `subject` they are of the card's."""
    notes = Footnotes()

    def whose(one: Recognition) -> str:
        return local(one, "initiative") or local(one, "zone")

    def whose_page(one: Recognition) -> Link:
        return ("initiative", one.initiative) if one.initiative else ("zone", one.zone)

    def kind(one: Recognition) -> str:
        return word("recognition", one.kind) + notes.mark(local(one, "note"))

    def scope(one: Recognition) -> str:
        return (one.scope if language() == "zh" else one.scope_en or one.scope) or ""

    def giver(one: Recognition) -> str:
        return (one.by if language() == "zh" else one.by_en or one.by) or ""

    columns = [
        Column(Message("Subject"), whose, "bold", wraps=True, main=True, link=whose_page),
        Column(Message("Recognition"), kind, wraps=True, main=True),
        Column(Message("Printed"), lambda one: one.printed, "cyan", wraps=True, main=True),
        Column(Message("Scope"), scope, wraps=True, labelled=True),
        Column(Message("Given by"), giver, wraps=True, labelled=True),
        place_column(),
    ]
    table = Table(columns[not subject :], recognitions, title, translate("no recognitions"))
    return [table, notes.part()]
