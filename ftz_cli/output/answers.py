"""The view of each answer: a list, one zone, initiative or figure in full, rows of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..language import Message, language, named_items, translate
from ..language.periods import date_text
from ..quantities.decimals import plain
from .numbers import Notation, interval_text
from .records import FIELDS, local, record, records
from .tables import card, columns, counted, other, subject_of, table
from .view import Card, Line, Part, Table, View, note, plain_view

if TYPE_CHECKING:
    from ..curation.faults import Problem
    from ..curation.scan import Scan, Scanned
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Source, Zone

TITLES = {
    "zones": Message("Within it"),
    "initiatives": Message("Initiatives"),
    "figures": Message("Figures"),
    "recognitions": Message("Recognitions"),
}
Lists = Mapping[str, Sequence[Any]]
AS_CURATED = (
    "values, units, bounds and directions are as curated; the rest of the words was not compared"
)


def list_view(
    kind: str, items: Sequence[Any], draw: Callable[[], Iterable[Part]] | None = None
) -> View:
    """A list of items; `kind` is the command that lists them."""
    return View([*FIELDS[kind]], items, record, draw or (lambda: [table(kind, items)]))


def pilot_zones_view(zones: Sequence[Zone]) -> View:
    """All zones; tables show only the pilot zones, the oldest first."""
    pilot = [zone for zone in zones if zone.kind == "pilot_zone"]
    pilot.sort(key=lambda zone: zone.since or "~")
    text = "{count} other zones are listed by words, by --kind, in JSON and in CSV"
    others = note(translate(text, count=len(zones) - len(pilot)))
    return list_view("zones", zones, lambda: [table("zones", pilot), others])


def problems_view(problems: Sequence[Problem]) -> View:
    """Each problem as a compiler shows it: a line with the address, and below it the help."""
    texts = [text for one in problems for text in (str(one), one.help and f"  {one.help}")]
    return list_view("check", problems, lambda: [Card("", [("", text) for text in texts])])


def audit_view(findings: Sequence[Finding]) -> View:
    """Findings, and how many have each verdict; tables only count the sources that agree."""

    def draw() -> list[Part]:
        agree = ("consistent", "consistent-by-rounding")
        listed = [one for one in findings if one.kind != "agreement" or one.verdict not in agree]
        agreed = len(findings) - len(listed)
        text = translate("Facts that several sources print alike: {count}", count=agreed)
        counts = counted("verdict", [one.verdict for one in listed])
        return [table("audit", listed), counts, note(text if agreed else "")]

    return list_view("audit", findings, draw)


def scan_view(scan: Scan, *, dates: bool = False, faults: bool = False) -> View:
    """The numbers of a text with their figures; tables show dates, or only `faults`, if asked."""

    def draw() -> list[Part]:
        told = [one for one in scan.mentions
                if one.at_fault or dates or one.mention.kind != "date"]  # fmt: skip
        shown = [one for one in told if one.at_fault] if faults else told
        empty = translate(AS_CURATED if faults else "no numbers in the text")
        found = table("scan", shown, meaning=_read_as)._replace(empty=empty)
        return [found, counted("state", [one.state for one in told])]

    return list_view("scan", scan.mentions, draw)


def _read_as(one: Scanned) -> str:
    quantity = one.mention.quantity
    if quantity is None or isinstance(quantity.base_value, str):
        return quantity.edtf or "" if quantity else ""
    if quantity.parts:
        return ":".join(map(plain, quantity.parts))
    unit = quantity.unit
    # A count needs its unit here, as no metric beside it names what is counted.
    kind = "" if unit.kind == "count" and unit.base else unit.kind
    notation = Notation.of_unit(unit.id, unit.name_en, kind, unit.base, unit.factor)
    arrow = {"up": "↑ ", "down": "↓ "}.get(one.mention.direction or "", "")
    return arrow + interval_text(quantity.ends, notation, quantity.base_value, quantity.bound)


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> View:
    """Rows under their column names; a repeated name gets a suffix, e.g. n, n_2."""
    unique: list[str] = []
    for name in names:
        while name in unique:
            name += "_2"
        unique.append(name)
    return plain_view(unique, [dict(zip(unique, row, strict=True)) for row in rows])


def figures_view(figures: Sequence[Figure]) -> View:
    """Figures in the order given; tables show a fact once that several sources print."""
    return list_view("figures", figures, lambda: [figure_table(figures)])


def figure_table(figures: Sequence[Figure], title: str = "") -> Table:
    """The table of figures; a metric or subject that all share becomes the title."""
    from ..analysis.agreement import agreements  # start-up: only for tables

    groups = {figure.id: group for group in agreements(figures) for figure in group}
    shown = [one for one in figures if groups.get(one.id, [one])[0] is one]
    metric, other_metric, subject, *rest = columns(
        "figures", agreement=lambda one: _agreement(groups.get(one.id, [])),
        note=lambda one: _note(groups.get(one.id, [one])),
    )  # fmt: skip
    subjects, labels = {subject_of(one) for one in shown}, {local(one, "metric") for one in shown}
    listed = [metric, other_metric, subject, *rest]
    if len(labels) == 1 < len(subjects):
        title, listed = title or labels.pop(), [subject._replace(style="bold", main=True), *rest]
    elif len(subjects) == 1:
        title, listed = title or "".join(subjects), [metric, other_metric, *rest]
    return Table(listed, shown, title, translate("none"))


def differing_line(figure: Figure) -> Line:
    """The line that names another source and what it prints."""
    article, printed = figure.article, figure.printed
    return translate("{article} differs: {printed}", article=article, printed=printed), "yellow"


def _note(group: Sequence[Figure]) -> str:
    """The note of the first figure of a fact; without one, the first of another, and its source."""
    notes = {one.article: text for one in group if (text := local(one, "note"))}
    own = notes.get(group[0].article, "")
    return own or next((f"{article}: {text}" for article, text in notes.items()), "")


def _agreement(group: Sequence[Figure]) -> list[Line]:
    from ..analysis.agreement import differing  # start-up: only for tables

    others = differing(group)
    count = len({one.article for one in group if one not in others})
    agree = [(translate("{count} sources agree", count=count), "dim")] if count > 1 else []
    return agree + [differing_line(one) for one in others]


def thing_card(kind: str, thing: Any, lists: Lists, parent: Zone | None = None) -> View:
    """A zone or an initiative, with the lists of what belongs to it."""
    note = {"note": local(thing, "note") or None} if kind == "zone" else {}
    belonging = {name: records(items) for name, items in lists.items()}
    part_of = f"{local(parent, 'name')} · {parent.id}" if parent else ""

    def draw() -> Iterator[Part]:
        names = f"{local(thing, 'name')}  {other(thing, 'name')}"
        yield card(kind, thing, names, parent=lambda _: part_of)
        # The subject of each recognition is the initiative itself.
        hidden = {"subject": lambda _: ""} if kind == "initiative" else {}
        for name, title in TITLES.items():
            if name == "figures":
                yield figure_table(lists[name], str(title))
            elif name in lists:
                yield table(name, lists[name], str(title), **hidden)

    fields = record(thing) | note | belonging
    return View([*fields], [fields], dict, draw, single=True)


def figure_card(figure: Figure, findings: Sequence[Finding], source: Source) -> View:
    """One figure in full: its notes, findings, other sources, and a citation."""
    agreements = [one.figures for one in findings if one.kind == "agreement"]
    others = [one for group in agreements for one in group if one.id != figure.id]
    citations = {f"citation_{lang}": _citation(figure, source, lang) for lang in ("zh", "en")}
    lists = {"others": records(others), "findings": records(findings)}

    def draw() -> list[Part]:
        title = local(source, "title") or other(source, "title")
        names = f"{figure.id}  {local(figure, 'metric')}  {other(figure, 'metric')}"
        cells: dict[str, Callable[[Figure], str]] = {
            "source": lambda one: f"{title} · {one.place}",
            "published": lambda _: date_text(source.published),
            "url": lambda one: one.url or source.url,
        }
        return [
            card("figure", figure, names, **cells),
            table("other figures", others, translate("Other sources")),
            table("audit", findings, translate("Audit")),
            Card(translate("To cite"), [("", citations[f"citation_{language()}"])]),
        ]

    fields = record(figure) | citations | lists
    return View([*fields], [fields], dict, draw, single=True)


def _citation(figure: Figure, source: Source, lang: str) -> str:
    """The citation by GB/T 7714: 许鹏博. 口岸通关便利化[N]. 某报, 2022-07-22, 第53行."""
    titles = (source.title_zh, source.title_en)
    title, other_title = titles if lang == "zh" else reversed(titles)
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    number = "" if figure.line is None else str(figure.line)
    line = number and (f"第{number}行" if lang == "zh" else f"line {number}")
    authors = ", ".join(named_items(source.authors))
    origin = ", ".join(filter(None, (source.publisher, source.published, line)))
    parts = filter(None, (authors, f"{title or other_title}[{mark}]", origin))
    return " ".join([*(f"{part.rstrip('.')}." for part in parts), url]).strip()
