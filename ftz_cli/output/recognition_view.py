"""Recognitions: first claims, replications and commendations, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import translate
from .figure_view import subject_of
from .records import RECOGNITION, recognition_record
from .tables import printed_words, table
from .view import Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Recognition


def recognitions_view(recognitions: Sequence[Recognition]) -> View:
    """Recognitions in the order given."""
    return View(
        RECOGNITION,
        lambda: map(recognition_record, recognitions),
        lambda: [_table(recognitions)],
    )


def recognition_parts(recognitions: Sequence[Recognition], *, subject: bool = True) -> list[Table]:
    """The recognitions of a card, where there are any; without `subject` they are of the card's."""
    title = translate("Recognitions")
    return [_table(recognitions, title, subject)] if recognitions else []


def _table(recognitions: Sequence[Recognition], title: str = "", subject: bool = True) -> Table:
    return table(
        "recognitions",
        recognitions,
        title,
        subject=subject_of if subject else lambda one: "",
        kind=lambda one: word("recognition", one.kind),
        scope=lambda one: printed_words(one, "scope"),
        by=lambda one: printed_words(one, "by"),
        place=lambda one: one.article if one.line is None else f"{one.article}:{one.line}",
    )
