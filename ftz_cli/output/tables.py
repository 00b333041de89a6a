"""Tables and cards, made from the columns in `tables.csv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..language import join, language, translate
from ..language.periods import date_text, period_text
from ..language.word_lists import rows
from .numbers import Notation, interval_text, meaning
from .records import attribute, local
from .view import Card, Cell, Column, Line, Table, note, one_line, text_of
from .words import FOLDER, known_words, word

if TYPE_CHECKING:
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Recognition, Zone

# The sign shows a verdict or a state without colour too.
STYLES = {"✓": "green", "≈": "green", "✗": "bold red", "?": "yellow", "○": "dim"}


def columns(kind: str, /, **cells: Callable[[Any], Cell]) -> list[Column]:
    """The columns of a kind of table; `cells` make the cells of some columns by their names."""
    return [
        Column(
            row[language()],
            cells.get(row["cell"]) or _cell(row["cell"], row["renderer"]),
            row["style"],
            link=partial(_page_of, row["link"]),
            **dict.fromkeys(row["layout"].split(), True),
        )
        for row in rows("tables", FOLDER)
        if row["table"] == kind
    ]


def table(
    kind: str, items: Sequence[Any], title: str = "", /, **cells: Callable[[Any], Cell]
) -> Table:
    """Items as a table; zones and sources as a tree."""
    first, *others = columns(kind, **cells)
    if kind in ("zones", "sources"):
        items, guides = _tree(items)
        name = first.cell
        first = first._replace(cell=lambda one: f"{guides[one.id]}{name(one)}")
    return Table([first, *others], items, title, translate("none"))


def card(kind: str, item: Any, title: str, /, **cells: Callable[[Any], Cell]) -> Card:
    """One item as a card; the headings of the columns are its labels."""
    return Card(title, [(one.heading, one_line(one.lines(item))) for one in columns(kind, **cells)])


def _page_of(link: str, one: Any) -> str | None:
    # `link` is the beginning of an address, and the attribute that ends it: `/zone/|figure.zone`.
    start, _, name = link.partition("|")
    end = attribute(one, name) if name else None
    return end and f"{start}{end}"


def _tree(items: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
    """Items with children after their parents, and the tree lines before each."""
    ids = {one.id for one in items}
    below: dict[str | None, list[Any]] = {}
    for one in items:
        below.setdefault(one.parent if one.parent in ids else None, []).append(one)
    guides = dict.fromkeys(ids, "")

    def add(parent: str | None, before: str) -> Iterator[Any]:
        for one in below.get(parent, []):
            last = one is below[parent][-1]
            if parent is not None:
                guides[one.id] = before + ("└─ " if last else "├─ ")
            yield one
            yield from add(one.id, before + ("   " if last else "│  ") if parent else "")

    return list(add(None, "")), guides


def _cell(name: str, renderer: str) -> Callable[[Any], Cell]:
    """The function that renders an attribute: one of RENDERERS, or for `word:zone` a word."""
    renderer, _, kind = renderer.partition(":")
    if kind:
        words = _signed if renderer == "signed" else word
        return lambda one: words(kind, getattr(one, name))
    return lambda one: RENDERERS[renderer](one, name)


def _signed(kind: str, value: str) -> list[Line]:
    sign = known_words()[kind, value]["sign"]
    return [(f"{sign} {word(kind, value)}", STYLES[sign])]


def counted(kind: str, values: Iterable[str]) -> Card:
    """The number of each verdict or state: ✓ 3 consistent · ✗ 1 inconsistent."""
    counts = Counter(values)
    texts = [
        f"{row['sign']} {counts[value]:,} {row[language()]}"
        for (word_kind, value), row in known_words().items()
        if word_kind == kind and counts[value]
    ]
    return note(" · ".join(texts))


def other(one: Any, name: str) -> str:
    """A text in the language that is not in use."""
    return attribute(one, f"{name}_{'en' if language() == 'zh' else 'zh'}") or ""


def printed_words(one: Any, name: str) -> str:
    """Words of a source: in the language in use if the data has them, else as printed."""
    return getattr(one, f"{name}_{language()}", None) or getattr(one, name, None) or ""


def subject_of(one: Figure | Recognition) -> str:
    """The subject of a figure or a recognition: initiative and zone."""
    return " · ".join(filter(None, (local(one, "initiative"), local(one, "zone"))))


def status_text(figure: Figure) -> str:
    """The status of a figure that was not measured, e.g. a capacity or a target."""
    return "" if figure.status == "measured" else word("status", figure.status)


def period_of(figure: Figure) -> str:
    """The period of a figure; none for a figure that is a date itself."""
    period = figure.period, figure.period_kind, figure.base_period
    return "" if figure.date else period_text(*period)


def _recomputed(one: Finding) -> str:
    unbounded = one.recomputed.low is None and one.recomputed.high is None
    if unbounded or one.kind == "agreement" or one.unit == "date":
        return ""
    return interval_text(one.recomputed, Notation.of(one.figure))


def _extent(zone: Zone) -> str:
    if zone.area_km2 is None:
        return ""
    bound = "" if zone.area_bound == "exact" else word("bound", zone.area_bound)
    return f"{bound} {zone.area_km2:g}".strip()


def _plain(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else text_of(value)


RENDERERS: dict[str, Callable[[Any, str], Cell]] = {
    "": lambda one, name: _plain(attribute(one, name)),
    "yes": lambda one, name: translate("yes") if getattr(one, name) else "",
    "local": local,
    "other": other,
    "either": lambda one, name: local(one, name) or other(one, name),
    "named": lambda one, name: (id := getattr(one, name) or "") and f"{local(one, name)} · {id}",
    "printed": printed_words,
    "date": lambda one, name: date_text(getattr(one, name) or ""),
    "year": lambda one, name: (getattr(one, name) or "")[:4],
    "meaning": lambda one, _: meaning(one),
    "period": lambda one, _: period_of(one),
    "status": lambda one, _: status_text(one),
    "subject": lambda one, _: subject_of(one),
    "subject of": lambda one, name: subject_of(getattr(one, name)),
    "place": lambda one, _: one.article if one.line is None else f"{one.article}:{one.line}",
    "source kind": lambda one, _: "" if one.parent else word("source", one.kind),
    "extent": lambda one, _: _extent(one),
    "listed": lambda one, name: join(getattr(one, name)),
    "ids": lambda one, name: join(operand.id for operand in getattr(one, name)),
    "recomputed": lambda one, _: _recomputed(one),
}
