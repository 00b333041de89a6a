"""Figures: a list with the notes to them and bars, and one figure in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..language import Message, language, translate
from ..model.figure import Figure
from .citations import citation_en, citation_zh
from .columns import Footnotes, id_column, links_to, local, other_language, place_column
from .numbers import meaning
from .periods import date_text, period_text
from .records import FIGURE, figure_record, finding_record
from .view import Cell, Column, Drawing, Head, Line, Lines, Link, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.agreement import Agreement
    from ..analysis.findings import Finding
    from ..model.named import Source

# More bars than this are no picture.
MOST_BARS = 20
BAR = 20


def figures_view(figures: Sequence[Figure], title: str = "") -> View:
    """Figures in the order given; people see a fact that several sources print once."""
    return View(
        FIGURE,
        lambda: map(figure_record, figures),
        lambda: Drawing(title or translate("Figures"), figure_parts(figures)),
    )


def figure_parts(
    figures: Sequence[Figure], title: str = "", *, by_subject: bool = False, subject: bool = True
) -> list[Part]:
    """The table of figures, its bars and its notes.

    `by_subject` puts the figures of each subject under its name; without `subject` it is that of
    the card.
    """
    from ..analysis.agreement import agreements  # only a drawing needs it

    notes = Footnotes()
    groups = {figure.id: one for one in agreements(figures) for figure in one.figures}
    best = [groups[one.id].best if one.id in groups else one for one in figures]
    shown = list({one.id: one for one in best}.values())
    subjects = list(dict.fromkeys(map(subject_of, shown)))
    labels = {one.named(language()) for one in shown}
    if by_subject:
        shown.sort(key=lambda one: subjects.index(subject_of(one)))
    by_metric = subject and not by_subject and len(labels) == 1 < len(subjects)
    # What all have in common is said once, above.
    if by_metric:
        title = title or labels.pop()
    elif subject and not by_subject and len(subjects) == 1:
        title, subject = title or subjects[0], False

    def marked(name: Callable[[Figure], str]) -> Callable[[Figure], str]:
        return lambda one: name(one) + notes.mark(one.note(language()))

    to_figure = links_to("figure")
    label = marked(lambda one: one.named(language()))
    metric = [
        Column(Message("Metric"), label, "bold", wraps=True, main=True, link=to_figure),
        Column("", lambda one: one.named(other_language()), "dim", wraps=True, spare=True),
    ]
    heading = Message("Subject") if any(one.initiative for one in shown) else Message("Zone")
    whose = [
        Column(heading, _subject, wraps=True, link=_subject_link),
        Column(Message("Zone"), _zone_of_initiative, wraps=True, link=lambda o: ("zone", o.zone)),
    ]
    if by_metric:
        metric = []
        whose[0] = whose[0]._replace(cell=marked(_subject), style="bold", main=True)
    columns = [
        *metric,
        *([] if by_subject or not subject else whose),
        *value_columns(),
        Column(Message("Agreement"), lambda one: _sources(groups.get(one.id)), wraps=True),
        place_column(),
        id_column("figure", main=False),
    ]
    group = subject_of if by_subject else None
    table = Table(columns, shown, title, translate("no figures"), group=group)
    return [table, *_bars(shown), notes.part()]


def value_columns() -> list[Column]:
    """What is printed, what it means, of what, and when."""
    return [
        Column(Message("Printed"), lambda o: o.printed, "cyan", right=True, wraps=True, main=True),
        Column(Message("Meaning"), meaning, main=True),
        Column(Message("Scope"), lambda one: scope_text(one), wraps=True),
        Column(Message("Status"), status_text, "yellow"),
        Column(Message("Period"), period_cell),
    ]


def subject_of(figure: Figure) -> str:
    """Initiative and zone of a figure in one line."""
    return " · ".join(filter(None, (local(figure, "initiative"), local(figure, "zone"))))


def status_text(figure: Figure) -> str:
    """What a figure is where it was not measured: a capacity, a target."""
    return "" if figure.status == "measured" else word("status", figure.status)


def scope_text(figure: Figure) -> str:
    """Of what a share is, among whom a rank."""
    return (figure.scope if language() == "zh" else figure.scope_en or figure.scope) or ""


def period_cell(figure: Figure) -> Cell:
    """The period; a date is its own, and a missing one is dim."""
    if figure.date is not None:
        return ""
    text = period_text(figure.period, figure.period_kind, figure.base_period)
    return text if figure.period else [(text, "dim")]


def differing_line(figure: Figure) -> Line:
    """That another source prints something else."""
    place, printed = figure.article, figure.printed
    return translate("{article} differs: {printed}", article=place, printed=printed), "yellow"


def _subject(one: Figure) -> str:
    return local(one, "initiative") or local(one, "zone")


def _subject_link(one: Figure) -> Link:
    return ("initiative", one.initiative) if one.initiative else ("zone", one.zone)


def _zone_of_initiative(one: Figure) -> str:
    return local(one, "zone") if one.initiative else ""


def _sources(group: Agreement | None) -> Cell:
    """Which other sources agree with a figure, and which do not."""
    if group is None:
        return ""
    count = len({one.article for one in (group.best, *group.agreeing)})
    agree = [(translate("{count} sources agree", count=count), "dim")] if count > 1 else []
    return agree + [differing_line(one) for one in group.differing]


def _bars(figures: Sequence[Figure]) -> list[Table]:
    """A picture of each metric that several zones or periods have, on one scale."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for one in figures:
        if one.measure in ("level", "share") and one.base_value is not None and one.base_value >= 0:
            key = (one.metric, one.measure, one.base_unit, one.scope or "", one.status)
            groups.setdefault(key, []).append(one)
    return [_bar_table(group) for group in groups.values() if 1 < len(group) <= MOST_BARS]


def _bar_table(group: list[Figure]) -> Table:
    from fractions import Fraction  # only a drawing needs them

    from .bars import bar

    first = group[0]
    several = len(set(map(subject_of, group))) > 1
    dated = not several or any(one.period != first.period for one in group)
    if not several:
        group = sorted(group, key=lambda one: one.period or "")
    values = {one.id: Fraction(one.base_value or 0) for one in group}
    most = max(values.values())
    columns = [
        Column("", lambda one: _subject(one) if several else "", wraps=True, main=True),
        Column("", lambda one: period_cell(one) if dated else "", "dim", main=True),
        Column("", lambda one: one.printed, "cyan", right=True, main=True),
        Column("", lambda one: bar(values[one.id], most, BAR), "blue", main=True),
    ]
    title = first.named(language()) + ("" if several else f" · {subject_of(first)}")
    return Table(columns, group, title, bare=True, lead=lambda _: "  ")


# ---- one figure ----------------------------------------------------------------------------------


def figure_card(
    figure: Figure, findings: Sequence[Finding], agreement: Agreement | None, source: Source
) -> View:
    """One figure in full: its notes, claims and other sources, and how to cite it."""
    others = [one for one in agreement.figures if one.id != figure.id] if agreement else []
    citations = [citation_zh(figure, source), citation_en(figure, source)]

    def record() -> Record:
        return figure_record(figure) | {
            "citation_zh": citations[0],
            "citation_en": citations[1],
            "others": list(map(figure_record, others)),
            "findings": list(map(finding_record, findings)),
        }

    def draw() -> Drawing:
        from .audit_view import findings_table  # only a drawing needs it

        parts: list[Part] = [_figure_head(figure, source)]
        if others:
            parts.append(_others_table(figure, others))
        arithmetic = [one for one in findings if one.kind != "agreement"]
        if arithmetic:
            parts.append(findings_table(arithmetic, translate("Arithmetic")))
        cite = [(translate("To cite"), "bold")]
        parts.append(Lines([cite, *([(text, "")] for text in citations)]))
        return Drawing(f"{figure.id} {figure.named(language())}", parts)

    fields = (*FIGURE, "citation_zh", "citation_en", "others", "findings")
    return View(fields, lambda: [record()], draw, single=True)


def _figure_head(figure: Figure, source: Source) -> Head:
    title = local(source, "title") or source.title_zh or source.title_en
    period = period_text(figure.period, figure.period_kind, figure.base_period)
    pairs = [
        (translate("Printed"), figure.printed),
        (translate("Meaning"), meaning(figure)),
        (translate("Metric"), figure.metric),
        (translate("Scope"), scope_text(figure)),
        (translate("Initiative"), _with_id(local(figure, "initiative"), figure.initiative)),
        (translate("Zone"), _with_id(local(figure, "zone"), figure.zone)),
        (translate("Period"), "" if figure.date else period),
        (translate("Status"), word("status", figure.status)),
        (translate("Source"), f"{title} · {figure.place}"),
        (translate("Dated"), date_text(source.published) if source.published else ""),
        ("URL", figure.url or source.url),
        (translate("Note"), figure.note(language())),
    ]
    return Head(f"{figure.id}  {figure.named(language())}", figure.named(other_language()), pairs)


def _with_id(name: str, id: str | None) -> str:
    return f"{name} · {id}" if id else ""


def _others_table(figure: Figure, others: Sequence[Figure]) -> Table:
    from ..analysis.relations import meaning as interval_of  # only a drawing needs it

    def verdict(other: Figure) -> Cell:
        if interval_of(other).meets(interval_of(figure)):
            return [(translate("agrees"), "green")]
        return [(translate("differs"), "yellow")]

    columns = [
        place_column()._replace(main=True),
        *value_columns(),
        Column(Message("Verdict"), verdict, main=True),
        id_column("figure"),
    ]
    return Table(columns, others, translate("Other sources"))
