"""Figures: a list, with a picture of those that compare."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..language import translate
from .cells import local, period_of, subject_of
from .records import fields, record
from .tables import columns
from .view import Card, Cell, Line, Part, Table, View

if TYPE_CHECKING:
    from ..analysis.agreement import Agreement
    from ..model.figure import Figure

# More bars than this are no picture.
MOST_BARS = 20


def figures_view(figures: Sequence[Figure], title: str = "") -> View:
    """Figures in the order given; people see a fact that several sources print once."""
    return View(
        fields("figures"),
        lambda: (record("figures", one) for one in figures),
        lambda: figure_parts(figures, title),
    )


def figure_parts(figures: Sequence[Figure], title: str = "", *, subject: bool = True) -> list[Part]:
    """The table of figures and its bars; without `subject` it is that of the card."""
    from ..analysis.agreement import agreements  # only a drawing needs it

    groups = {figure.id: one for one in agreements(figures) for figure in one.figures}
    best = [groups[one.id].best if one.id in groups else one for one in figures]
    shown = list({one.id: one for one in best}.values())

    def agreement(one: Figure) -> Cell:
        return _agreement(groups[one.id]) if one.id in groups else ""

    metric, other, whose, *rest = columns("figures", agreement=agreement)
    subjects, labels = {subject_of(one) for one in shown}, {local(one, "metric") for one in shown}
    used = [metric, other, whose, *rest]
    # What all have in common is said once, above.
    if subject and len(labels) == 1 < len(subjects):
        title, used = title or labels.pop(), [whose._replace(style="bold", main=True), *rest]
    elif not subject or len(subjects) == 1:
        title, used = title or "".join(subjects), [metric, other, *rest]
    return [Table(used, shown, title, translate("none")), *_pictures(shown)]


def differing_line(figure: Figure) -> Line:
    """That another source prints something else."""
    place, printed = figure.article, figure.printed
    return translate("{article} differs: {printed}", article=place, printed=printed), "yellow"


def _agreement(group: Agreement) -> list[Line]:
    """How many sources agree with a figure, and which do not."""
    count = len({one.article for one in (group.best, *group.agreeing)})
    agree = [(translate("{count} sources agree", count=count), "dim")] if count > 1 else []
    return agree + [differing_line(one) for one in group.differing]


def _pictures(figures: Sequence[Figure]) -> list[Card]:
    """A picture of each metric that several subjects or periods have, on one scale."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in figures:
        if one.measure in ("level", "share") and one.metric_kind not in ("ordinal", "date"):
            key = (one.metric, one.measure, one.base_unit, one.scope, one.status)
            groups.setdefault(key, []).append(one)
    return [_picture(group) for group in groups.values() if 1 < len(group) <= MOST_BARS]


def _picture(group: list[Figure]) -> Card:
    """Bars with what they are of before them, and what is printed behind them."""
    title, subjects = local(group[0], "metric"), {subject_of(one) for one in group}
    if len(subjects) == 1:
        title += f" · {subjects.pop()}"
        group = sorted(group, key=lambda one: one.period or "")
    labels = [(subject_of(one) if subjects else "", period_of(one)) for one in group]
    pairs = [
        (" · ".join(filter(None, label)), one.printed)
        for label, one in zip(labels, group, strict=True)
    ]
    return Card(title, pairs, "blue", [one.base_value or Decimal(0) for one in group])
