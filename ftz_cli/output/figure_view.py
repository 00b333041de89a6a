"""Figures: a list with the notes to them and bars, and one figure in full."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from ..analysis.agreement import Agreement, agreements
from ..analysis.relations import meaning as interval_of
from ..language import Message, language, translate
from ..model.figure import Figure
from .audit_view import findings_table
from .bars import bar
from .citations import citation_en, citation_zh
from .columns import Footnotes, id_column, other_language, place_column
from .numbers import meaning
from .periods import date_text, period_text
from .records import FIGURE, figure_record, finding_record
from .view import Cell, Column, Drawing, Head, Line, Lines, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.findings import Finding
    from ..model.named import Source

# More bars than this are no picture.
MOST_BARS = 20
BAR = 24


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
    notes = Footnotes()
    groups = {figure.id: one for one in agreements(figures) for figure in one.figures}
    best = [groups[one.id].best if one.id in groups else one for one in figures]
    shown = list({one.id: one for one in best}.values())
    if by_subject:
        order = dict.fromkeys(map(subject_of, shown))
        places = {name: at for at, name in enumerate(order)}
        shown.sort(key=lambda one: places[subject_of(one)])
    subjects = {subject_of(one) for one in shown}
    if len(subjects) == 1 and subject and not by_subject:
        # Whose figures they are is said once.
        title, subject = title or subjects.pop(), False
    columns = [
        Column(
            Message("Metric"),
            lambda one: one.named(language()) + notes.mark(one.note(language())),
            "bold",
            wraps=True,
            main=True,
            link=lambda one: ("figure", one.id),
        ),
        Column("", lambda one: one.named(other_language()), "dim", wraps=True, spare=True),
        *(subject_columns(shown) if subject and not by_subject else []),
        *value_columns(),
        Column(Message("Period"), period_cell),
        Column(Message("Sources"), partial(_sources, groups), wraps=True),
        place_column(),
        id_column("figure", main=False),
    ]
    table = Table(columns, shown, title, translate("no figures"))
    if by_subject:
        table.group = subject_of
    return [table, *_bars(shown), notes.part()]


def value_columns() -> list[Column]:
    """What is printed, what it means, and what kind of statement it is."""
    return [
        Column(
            Message("Printed"), lambda one: one.printed, "cyan", right=True, wraps=True, main=True
        ),
        Column(Message("Meaning"), meaning, main=True),
        Column(Message("Scope"), scope_text, wraps=True),
        Column(Message("Status"), status_text, "yellow"),
    ]


def subject_columns(figures: Sequence[Figure]) -> list[Column]:
    """Whose figure it is: the initiative and its zone, or the zone."""

    def link(one: Figure) -> tuple[str, str | None]:
        return ("initiative", one.initiative) if one.initiative else ("zone", one.zone)

    return [
        Column(
            Message("Subject"),
            lambda one: initiative_name(one) or zone_name(one),
            wraps=True,
            link=link,
        ),
        Column(
            Message("Zone"),
            lambda one: zone_name(one) if one.initiative else "",
            wraps=True,
            link=lambda one: ("zone", one.zone),
        ),
    ]


def zone_name(figure: Figure) -> str:
    """The name of a figure's zone."""
    return figure.zone_zh if language() == "zh" else figure.zone_en


def initiative_name(figure: Figure) -> str:
    """The name of a figure's initiative, if it is of one."""
    return (figure.initiative_zh if language() == "zh" else figure.initiative_en) or ""


def subject_of(figure: Figure) -> str:
    """Initiative and zone of a figure in one line."""
    return " · ".join(filter(None, (initiative_name(figure), zone_name(figure))))


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


def _sources(groups: dict[str, Agreement], figure: Figure) -> Cell:
    """Which other sources agree with a figure, and which do not."""
    group = groups.get(figure.id)
    if group is None:
        return ""
    lines: list[Line] = []
    agreeing = len({one.article for one in (group.best, *group.agreeing)})
    if agreeing > 1:
        lines.append((translate("{count} sources agree", count=agreeing), "dim"))
    return lines + [differing_line(one) for one in group.differing]


def differing_line(figure: Figure) -> Line:
    """That another source prints something else."""
    return translate(
        "{article} differs: {printed}", article=figure.article, printed=figure.printed
    ), "yellow"


def _bars(figures: Sequence[Figure]) -> list[Table]:
    """A picture of each metric that several zones or periods have, on one scale."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for one in figures:
        if one.measure in ("level", "share") and one.base_value is not None and one.base_value >= 0:
            key = (one.metric, one.measure, one.base_unit, one.scope or "", one.status)
            groups.setdefault(key, []).append(one)
    return [_bar_table(group) for group in groups.values() if 1 < len(group) <= MOST_BARS]


def _bar_table(group: list[Figure]) -> Table:
    first = group[0]
    several = len(set(map(subject_of, group))) > 1
    if not several:
        group = sorted(group, key=lambda one: one.period or "")
    most = max(Fraction(one.base_value or 0) for one in group)

    def drawn(one: Figure) -> str:
        return bar(Fraction(one.base_value or 0), most, BAR)

    dated = any(one.period != first.period for one in group)
    columns = [
        Column("", lambda one: initiative_name(one) or zone_name(one) if several else ""),
        Column("", lambda one: period_cell(one) if dated or not several else "", "dim"),
        Column("", lambda one: one.printed, "cyan", right=True, main=True),
        Column("", drawn, "blue", main=True),
    ]
    title = [first.named(language()), "" if several else subject_of(first)]
    return Table(columns, group, " · ".join(filter(None, title)), bare=True, lead=lambda _: "  ")


def figure_card(
    figure: Figure,
    findings: Sequence[Finding],
    agreement: Agreement | None,
    source: Source,
) -> View:
    """One figure in full: its notes, claims and other sources, and how to cite it."""
    others = [one for one in agreement.figures if one.id != figure.id] if agreement else []
    citations = {
        "citation_zh": citation_zh(figure, source),
        "citation_en": citation_en(figure, source),
    }

    def record() -> Record:
        return (
            figure_record(figure)
            | citations
            | {
                "others": list(map(figure_record, others)),
                "findings": list(map(finding_record, findings)),
            }
        )

    def agrees(other: Figure) -> Cell:
        if interval_of(other).meets(interval_of(figure)):
            return [(translate("agrees"), "green")]
        return [(translate("differs"), "yellow")]

    def draw() -> Drawing:
        parts: list[Part] = [_figure_head(figure, source)]
        if others:
            columns = [
                place_column()._replace(main=True),
                *value_columns(),
                Column(Message("Verdict"), agrees, main=True),
                id_column("figure"),
            ]
            parts.append(Table(columns, others, translate("Other sources")))
        if findings:
            parts.append(findings_table(findings, translate("Arithmetic")))
        lines = [[(text, "")] for text in citations.values()]
        parts.append(Lines([[(translate("To cite"), "bold")], *lines]))
        return Drawing(f"{figure.id} {figure.named(language())}", parts)

    fields = (*FIGURE, *citations, "others", "findings")
    return View(fields, lambda: [record()], draw, single=True)


def _figure_head(figure: Figure, source: Source) -> Head:
    title = source.title_zh if language() == "zh" else source.title_en
    pairs = [
        (translate("Printed"), figure.printed),
        (translate("Meaning"), meaning(figure)),
        (translate("Scope"), scope_text(figure)),
        (translate("Metric"), figure.metric),
        (translate("Initiative"), _with_id(initiative_name(figure), figure.initiative)),
        (translate("Zone"), _with_id(zone_name(figure), figure.zone)),
        (
            translate("Period"),
            ""
            if figure.date
            else period_text(figure.period, figure.period_kind, figure.base_period),
        ),
        (translate("Status"), word("status", figure.status)),
        (translate("Source"), f"{title or source.title_zh or source.title_en} · {figure.place}"),
        (translate("Dated"), date_text(source.published) if source.published else ""),
        ("URL", figure.url or source.url),
        (translate("Note"), figure.note(language())),
    ]
    return Head(f"{figure.id}  {figure.named(language())}", figure.named(other_language()), pairs)


def _with_id(name: str, id: str | None) -> str:
    return f"{name} · {id}" if id else ""
