"""The view of each answer: lists, one zone, initiative or figure in full, rows of free SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..language import Message, join, language, translate
from ..language.periods import date_text
from ..model.named import named_items
from ..quantities.decimals import plain
from .numbers import Notation, interval_text
from .records import FIELDS, local, record, records
from .tables import card, columns, counted, other, subject_of, table, used
from .view import Card, Line, Part, Record, Table, View, note, plain_view

if TYPE_CHECKING:
    from ..curation.faults import Problem
    from ..curation.scan import Scan, Scanned
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Source, Zone

# What belongs to a zone or an initiative, in the order in which it is drawn.
TITLES = {
    "zones": Message("Within it"),
    "initiatives": Message("Initiatives"),
    "figures": Message("Figures"),
    "recognitions": Message("Recognitions"),
}
Lists = Mapping[str, Sequence[Any]]
# What is said of a revised text where nothing was found.
AS_CURATED = (
    "values, units, bounds and directions are as curated; the rest of the words was not compared"
)


def list_view(
    kind: str, items: Sequence[Any], draw: Callable[[], Iterable[Part]] | None = None
) -> View:
    """Items in the order given, or of their tree; `kind` is the command that lists them."""
    return View([*FIELDS[kind]], items, record, draw or (lambda: [table(kind, items)]))


def pilot_zones_view(zones: Sequence[Zone]) -> View:
    """All zones; people see the pilot zones with their areas, and how many others there are."""

    def draw() -> list[Part]:
        pilot = [one for one in zones if one.kind == "pilot_zone"]
        pilot.sort(key=lambda zone: zone.since or "~")

        def areas(zone: Zone) -> str:
            return join(local(one, "name") for one in zones if one.parent == zone.id)

        others = len(zones) - len(pilot)
        text = translate("By words, --kind, JSON and CSV also: {count} others", count=others)
        return [table("pilot zones", pilot, areas=areas), note(text)]

    return list_view("zones", zones, draw)


def problems_view(problems: Sequence[Problem]) -> View:
    """Problems as compilers show them: a line with the address, and what helps."""
    texts = [text for one in problems for text in (str(one), one.help and f"  {one.help}")]
    return list_view("check", problems, lambda: [Card("", [("", text) for text in texts])])


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
        counts = counted("verdict", [one.verdict for one in listed])
        return [table("audit", listed), counts, note(text if agreed else "")]

    return list_view("audit", findings, draw)


def scan_view(scan: Scan, *, dates: bool = False, faults: bool = False) -> View:
    """The numbers of a text with their figures; tables have dates, or `faults` alone, if asked."""

    def listed(one: Scanned) -> bool:
        return one.at_fault or not (faults or (one.mention.kind == "date" and not dates))

    def draw() -> list[Part]:
        shown = [one for one in scan.mentions if listed(one)]
        agreed = AS_CURATED if scan.revised else "the text has what is curated of it"
        empty = translate(agreed if faults else "no numbers in the text")
        found = table("scan", shown, meaning=_read_as)._replace(empty=empty)
        return [found, counted("state", [one.state for one in shown])]

    return list_view("scan", scan.mentions, draw)


def _read_as(one: Scanned) -> str:
    """What the grammar reads, as the same figure would be shown, and in which direction."""
    said = one.mention.quantity
    if said is None or isinstance(said.base_value, str):
        return said.edtf or "" if said else ""
    if said.parts:
        return ":".join(map(plain, said.parts))
    unit = said.unit
    # What a number counts no label says here.
    kind = "" if unit.kind == "count" and unit.base else unit.kind
    notation = Notation.of_unit(unit.id, unit.name_en, kind, unit.base, unit.factor)
    arrow = {"up": "↑ ", "down": "↓ "}.get(one.mention.direction or "", "")
    return arrow + interval_text(said.ends, notation, said.base_value, said.bound)


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> View:
    """Rows under their names; a name that comes twice gets an end of its own."""
    own: list[str] = []
    for name in names:
        while name in own:
            name += "_2"
        own.append(name)
    return plain_view(own, [dict(zip(own, row, strict=True)) for row in rows])


def figures_view(figures: Sequence[Figure]) -> View:
    """Figures in the order given; people see a fact that several sources print once."""
    return list_view("figures", figures, lambda: [figure_table(figures)])


def figure_table(figures: Sequence[Figure], title: str = "") -> Table:
    """The table of figures; what all have in common is said once, above."""
    from ..analysis.agreement import agreements  # only a drawing needs it

    groups = {figure.id: one for one in agreements(figures) for figure in one}
    shown = [one for one in figures if groups.get(one.id, [one])[0] is one]
    metric, metric_too, whose, *rest = columns(
        "figures", agreement=lambda one: _agreement(groups.get(one.id, []))
    )
    subjects, labels = {subject_of(one) for one in shown}, {local(one, "metric") for one in shown}
    listed = [metric, metric_too, whose, *rest]
    if len(labels) == 1 < len(subjects):
        title, listed = title or labels.pop(), [whose._replace(style="bold", main=True), *rest]
    elif len(subjects) == 1:
        title, listed = title or "".join(subjects), [metric, metric_too, *rest]
    return Table(used(listed, shown), shown, title, translate("none"))


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


# ---- one thing in full ---------------------------------------------------------------------------


def _object(made: Record, draw: Callable[[], Iterable[Part]]) -> View:
    return View([*made], [made], lambda made: made, draw, single=True)


def thing_card(kind: str, one: Any, lists: Lists, parent: Zone | None = None) -> View:
    """A zone or an initiative, with what belongs to it under the names of its tables."""
    note = {"note": local(one, "note") or None} if kind == "zone" else {}
    belonging = {name: records(items) for name, items in lists.items()}
    part_of = f"{local(parent, 'name')} · {parent.id}" if parent else ""

    def draw() -> Iterator[Part]:
        names = f"{local(one, 'name')}  {other(one, 'name')}"
        yield card(kind, one, names, parent=lambda _: part_of)
        # Every recognition of an initiative has it for its subject.
        known = {"subject": lambda _: ""} if kind == "initiative" else {}
        for name, title in TITLES.items():
            if name == "figures":
                yield figure_table(lists[name], str(title))
            elif name in lists:
                yield table(name, lists[name], str(title), **known)

    return _object(record(one) | note | belonging, draw)


def figure_card(figure: Figure, findings: Sequence[Finding], source: Source) -> View:
    """One figure in full: its notes, claims and other sources, and how to cite it."""
    agreements = [one.figures for one in findings if one.kind == "agreement"]
    others = [one for group in agreements for one in group if one.id != figure.id]
    citations = {f"citation_{lang}": _citation(figure, source, lang) for lang in ("zh", "en")}
    lists = {"others": records(others), "findings": records(findings)}

    def draw() -> list[Part]:
        title = local(source, "title") or other(source, "title")
        return [
            card(
                "figure",
                figure,
                "  ".join((figure.id, local(figure, "metric"), other(figure, "metric"))),
                source=lambda one: f"{title} · {one.place}",
                published=lambda _: date_text(source.published),
                url=lambda one: one.url or source.url,
            ),
            table("other figures", others, translate("Other sources")),
            table("audit", findings, translate("Audit")),
            Card(translate("To cite"), [("", citations[f"citation_{language()}"])]),
        ]

    return _object(record(figure) | citations | lists, draw)


def _citation(figure: Figure, source: Source, lang: str) -> str:
    """By GB/T 7714, which follows ISO 690: 许鹏博. 口岸通关便利化[N]. 某报, 2022-07-22, 第53行."""
    titles = (source.title_zh, source.title_en)
    own, other = titles if lang == "zh" else reversed(titles)
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    number = "" if figure.line is None else str(figure.line)
    line = number and (f"第{number}行" if lang == "zh" else f"line {number}")
    authors = ", ".join(named_items(source.authors))
    origin = ", ".join(filter(None, (source.publisher, source.published, line)))
    parts = filter(None, (authors, f"{own or other}[{mark}]", origin))
    return " ".join([*(f"{part.rstrip('.')}." for part in parts), url]).strip()
