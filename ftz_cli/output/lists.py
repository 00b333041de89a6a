"""Lists of figures and of all else, an audit, rows of free SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from ..language import join, translate
from ..quantities.edtf import months
from .bars import bars
from .records import FIELDS, record
from .tables import columns, local, period_of, printed_words, subject_of, table, used
from .view import Card, Line, Part, Table, View, note, plain_view
from .words import counted, word

if TYPE_CHECKING:
    from ..curation.faults import Problem
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Zone


# More bars than this are no picture.
MOST_BARS = 20


def list_view(
    kind: str, items: Sequence[Any], draw: Callable[[], Sequence[Part]] | None = None
) -> View:
    """Items in the order given, or of their tree; `kind` is the command that lists them."""
    return View(FIELDS[kind], items, partial(record, kind), draw or (lambda: [table(kind, items)]))


def pilot_zones_view(zones: Sequence[Zone]) -> View:
    """All zones; people see the pilot zones by their launch with their areas, and what else is."""

    def draw() -> list[Part]:
        pilot = [one for one in zones if one.kind == "pilot_zone"]
        pilot.sort(key=lambda zone: zone.since or "~")

        def areas(zone: Zone) -> str:
            return join(local(one, "name") for one in zones if one.parent == zone.id)

        kinds = Counter(word("zone", one.kind) for one in zones if one.kind != "pilot_zone")
        others = join(f"{kind} {count}" for kind, count in kinds.items())
        also = translate("By words or --kind also: {kinds}", kinds=others)
        return [table("pilot zones", pilot, areas=areas), note(also if kinds else "")]

    return list_view("zones", zones, draw)


def problems_view(problems: Sequence[Problem]) -> View:
    """Problems as compilers show them: a line with the address, and what helps."""

    def draw() -> list[Part]:
        texts = [text for one in problems for text in (str(one), one.help and f"  {one.help}")]
        return [Card("", [("", text) for text in texts])]

    return list_view("check", problems, draw)


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many there are of each verdict; people see the agreements in one line."""

    def draw() -> list[Part]:
        listed = [
            one
            for one in findings
            if one.kind != "agreement" or not one.verdict.startswith("consistent")
        ]
        agreed = len(findings) - len(listed)
        text = translate("Facts that several sources print alike: {count}", count=agreed)
        return [
            table("audit", listed),
            counted("verdict", [one.verdict for one in listed]),
            note(text if agreed else ""),
        ]

    return list_view("audit", findings, draw)


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> View:
    """Rows under their names; a name that comes twice gets an end of its own."""
    free: list[str] = []
    for name in names:
        while name in free:
            name += "_2"
        free.append(name)
    found = [dict(zip(free, row, strict=True)) for row in rows]
    return plain_view(free, found, lambda one: one)


def figures_view(figures: Sequence[Figure]) -> View:
    """Figures in the order given; people see a fact that several sources print once."""
    return list_view("figures", figures, lambda: [figure_table(figures)])


def figure_table(figures: Sequence[Figure], title: str = "") -> Table:
    """The table of figures, with bars of what compares."""
    from ..analysis.agreement import agreements  # only a drawing needs it

    groups = {figure.id: one for one in agreements(figures) for figure in one}
    best = [groups.get(one.id, [one])[0] for one in figures]
    shown = [*{one.id: one for one in best}.values()]
    metric, other, whose, *rest = columns(
        "figures", agreement=lambda one: _agreement(groups.get(one.id, []))
    )
    subjects, labels = {subject_of(one) for one in shown}, {local(one, "metric") for one in shown}
    listed = [metric, other, whose, *rest]
    # What all have in common is said once, above.
    if len(labels) == 1 < len(subjects):
        title, listed = title or labels.pop(), [whose._replace(style="bold", main=True), *rest]
    elif len(subjects) == 1:
        title, listed = title or "".join(subjects), [metric, other, *rest]
    return Table(used(listed, shown), shown, title, translate("none"), _pictures)


def differing_line(figure: Figure) -> Line:
    """That another source prints something else."""
    place, printed = figure.article, figure.printed
    return translate("{article} differs: {printed}", article=place, printed=printed), "yellow"


def _agreement(group: Sequence[Figure]) -> list[Line]:
    """How many sources agree with a figure, and which do not."""
    from ..analysis.agreement import differing  # only a drawing needs it

    others = differing(group)
    count = len({one.article for one in group if one not in others})
    agree = [(translate("{count} sources agree", count=count), "dim")] if count > 1 else []
    return agree + [differing_line(one) for one in others]


def _pictures(figures: Sequence[Figure]) -> list[Card]:
    """A picture of each metric that several subjects or periods have, on one scale.

    One picture has what compares: of one scope and status, and of spans that are equally long.
    """
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in figures:
        if one.measure in ("level", "share") and one.metric_kind not in ("ordinal", "date"):
            key = (one.metric, one.measure, one.base_unit, one.scope, one.status, one.period_kind,
                   months(one.period))  # fmt: skip
            groups.setdefault(key, []).append(one)
    return [
        _picture(group)
        for group in groups.values()
        # Of one subject it is a series, if it has dates.
        if 1 < len(group) <= MOST_BARS
        and (len({subject_of(one) for one in group}) > 1 or len({one.period for one in group}) > 1)
    ]


def _picture(group: list[Figure]) -> Card:
    """Bars with what they are of before them, and what is printed behind them."""
    first, series = group[0], len({subject_of(one) for one in group}) == 1
    if series:
        group = sorted(group, key=lambda one: one.period or "")
    title = local(first, "metric"), printed_words(first, "scope"), subject_of(first) * series
    labels = [(subject_of(one) * (not series), period_of(one)) for one in group]
    drawn = bars([Fraction(one.base_value or 0) for one in group])
    return Card(_dotted(title), [
        (_dotted(label), f"{bar} {one.printed}".lstrip())
        for label, one, bar in zip(labels, group, drawn, strict=True)
    ], "blue")  # fmt: skip


def _dotted(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, texts))
