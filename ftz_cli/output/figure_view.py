"""Figures: a list with bars, and one figure in full."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..language import translate
from ..model.figure import Figure
from .bars import bars
from .citations import citation
from .numbers import meaning
from .periods import date_text, period_text
from .records import FIGURE, figure_record, finding_record
from .tables import Cells, both_names, card, columns, local, printed_words, table
from .view import Card, Cell, Line, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.agreement import Agreement
    from ..analysis.findings import Finding
    from ..model.named import Recognition, Source

# More bars than this are no picture.
MOST_BARS = 20
BAR = 20


def figures_view(figures: Sequence[Figure], title: str = "") -> View:
    """Figures in the order given; people see a fact that several sources print once."""
    return View(FIGURE, lambda: map(figure_record, figures), lambda: figure_parts(figures, title))


def figure_parts(figures: Sequence[Figure], title: str = "", *, subject: bool = True) -> list[Part]:
    """The table of figures and its bars; without `subject` it is that of the card."""
    from ..analysis.agreement import agreements  # only a drawing needs it

    groups = {figure.id: one for one in agreements(figures) for figure in one.figures}
    best = [groups[one.id].best if one.id in groups else one for one in figures]
    shown = list({one.id: one for one in best}.values())

    def agreement(one: Figure) -> Cell:
        return _agreement(groups[one.id]) if one.id in groups else ""

    metric, other, whose, *rest = columns(
        "figures", **FIGURE_CELLS, subject=subject_of, agreement=agreement
    )
    subjects, labels = {subject_of(one) for one in shown}, {local(one, "metric") for one in shown}
    used = [metric, other, whose, *rest]
    # What all have in common is said once, above.
    if subject and len(labels) == 1 < len(subjects):
        title, used = title or labels.pop(), [whose._replace(style="bold", main=True), *rest]
    elif not subject or len(subjects) == 1:
        title, used = title or "".join(subjects), [metric, other, *rest]
    return [Table(used, shown, title, translate("none")), *_bars(shown)]


def subject_of(one: Figure | Recognition) -> str:
    """What a figure or a recognition is of: initiative and zone."""
    return " · ".join(filter(None, (local(one, "initiative"), local(one, "zone"))))


def status_text(figure: Figure) -> str:
    """What a figure is where it was not measured: a capacity, a target."""
    return "" if figure.status == "measured" else word("status", figure.status)


def scope_text(figure: Figure) -> str:
    """Of what a share is, among whom a rank."""
    return printed_words(figure, "scope")


def period_of(figure: Figure) -> str:
    """The period; a date is its own."""
    if figure.date is not None:
        return ""
    return period_text(figure.period, figure.period_kind, figure.base_period)


FIGURE_CELLS: dict[str, Cells] = {
    "meaning": meaning, "status": status_text, "scope": scope_text, "period": period_of,
}  # fmt: skip


def differing_line(figure: Figure) -> Line:
    """That another source prints something else."""
    place, printed = figure.article, figure.printed
    return translate("{article} differs: {printed}", article=place, printed=printed), "yellow"


def _agreement(group: Agreement) -> list[Line]:
    """How many sources agree with a figure, and which do not."""
    count = len({one.article for one in (group.best, *group.agreeing)})
    agree = [(translate("{count} sources agree", count=count), "dim")] if count > 1 else []
    return agree + [differing_line(one) for one in group.differing]


def _bars(figures: Sequence[Figure]) -> list[Card]:
    """A picture of each metric that several subjects or periods have, on one scale."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in figures:
        if one.measure in ("level", "share") and one.metric_kind not in ("ordinal", "date"):
            key = (one.metric, one.measure, one.base_unit, one.scope, one.status)
            groups.setdefault(key, []).append(one)
    return [_bar_card(group) for group in groups.values() if 1 < len(group) <= MOST_BARS]


def _bar_card(group: list[Figure]) -> Card:
    """Bars with what they are of before them, and what is printed behind them."""
    title, subjects = local(group[0], "metric"), {subject_of(one) for one in group}
    if len(subjects) == 1:
        title += f" · {subjects.pop()}"
        group = sorted(group, key=lambda one: one.period or "")
    pairs = []
    drawn = bars([Fraction(one.base_value or 0) for one in group], BAR)
    for one, bar in zip(group, drawn, strict=True):
        label = filter(None, (subject_of(one) if subjects else "", period_of(one)))
        pairs.append((" · ".join(label), f"{bar} {one.printed}"))
    return Card(title, pairs, "blue")


def figure_card(
    figure: Figure, findings: Sequence[Finding], agreement: Agreement | None, source: Source
) -> View:
    """One figure in full: its notes, claims and other sources, and how to cite it."""
    others = [one for one in agreement.figures if one.id != figure.id] if agreement else []
    citations = {f"citation_{lang}": citation(figure, source, lang) for lang in ("zh", "en")}

    def record() -> Record:
        lists = {
            "others": list(map(figure_record, others)),
            "findings": list(map(finding_record, findings)),
        }
        return figure_record(figure) | citations | lists

    def draw() -> list[Part]:
        from .audit_view import findings_table  # only a drawing needs it

        arithmetic = [one for one in findings if one.kind != "agreement"]
        return [
            _head(figure, source),
            *([_others(figure, others)] if others else []),
            *([findings_table(arithmetic, translate("Arithmetic"))] if arithmetic else []),
            Card(translate("To cite"), [("", text) for text in dict.fromkeys(citations.values())]),
        ]

    return View((*FIGURE, *citations, "others", "findings"), lambda: [record()], draw, single=True)


def _head(figure: Figure, source: Source) -> Card:
    title = local(source, "title") or source.title_zh or source.title_en
    cells = FIGURE_CELLS | {
        "metric_id": lambda one: one.metric,
        "whose": lambda one: _with_id(local(one, "initiative"), one.initiative),
        "where": lambda one: _with_id(local(one, "zone"), one.zone),
        "status": lambda one: word("status", one.status),
        "source": lambda one: f"{title} · {one.place}",
        "published": lambda one: date_text(source.published),
        "url": lambda one: one.url or source.url,
    }
    return card("figure", figure, f"{figure.id}  {both_names(figure, 'metric')}", **cells)


def _with_id(name: str, id: str | None) -> str:
    return f"{name} · {id}" if id else ""


def _others(figure: Figure, others: Sequence[Figure]) -> Table:
    from ..analysis.relations import meaning as interval_of  # only a drawing needs it

    def verdict(other: Figure) -> Cell:
        if interval_of(other).meets(interval_of(figure)):
            return [(translate("agrees"), "green")]
        return [(translate("differs"), "yellow")]

    title = translate("Other sources")
    return table("other figures", others, title, verdict=verdict, **FIGURE_CELLS)
