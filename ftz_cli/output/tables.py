"""Tables and cards: `tables.csv` says what columns each kind has, and in which way each shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ..language import join, language, translate
from ..language.periods import date_text, period_text, span_text
from .numbers import Notation, interval_text, meaning
from .records import attribute, local
from .view import Card, Cell, Column, Line, Table, note, one_line, text_of
from .words import csv_rows, known_words, word

if TYPE_CHECKING:
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Recognition, Zone

# The sign carries a verdict or a state where colour does not.
STYLES = {"✓": "green", "≈": "green", "✗": "bold red", "?": "yellow", "○": "dim"}
# Kinds of table whose items have a parent, which they stand below.
TREES = ("zones", "sources")


def columns(kind: str, /, **cells: Callable[[Any], Cell]) -> list[Column]:
    """The columns of a kind of table; `cells` are those that no way of `tables.csv` shows."""
    return [
        Column(
            row[language()],
            cells.get(row["cell"]) or cell(row["cell"], row["way"]),
            row["style"],
            link=partial(_page_of, row["link"]),
            **dict.fromkeys(row["layout"].split(), True),
        )
        for row in csv_rows("tables.csv")
        if row["table"] == kind
    ]


def table(
    kind: str, items: Sequence[Any], title: str = "", /, **cells: Callable[[Any], Cell]
) -> Table:
    """Items as a table, those of a tree with its guides."""
    first, *others = columns(kind, **cells)
    if kind in TREES:
        items, guides = _tree(items)
        named = first
        first = named._replace(cell=lambda one: f"{guides[one.id]}{named.cell(one)}")
    return Table(used([first, *others], items), items, title, translate("none"))


def card(kind: str, item: Any, title: str, /, **cells: Callable[[Any], Cell]) -> Card:
    """One item with the columns of a table as labels."""
    labels = columns(kind, **cells)
    (row,) = Table(labels, [item]).rows()
    pairs = zip(labels, row, strict=True)
    return Card(title, [(column.heading, one_line(lines)) for column, lines in pairs])


def used(columns: Sequence[Column], items: Sequence[Any]) -> Sequence[Column]:
    """The columns of a table without those that have no cell."""
    return [column for column in columns if any(map(column.cell, items))] or columns


def _page_of(link: str, one: Any) -> str | None:
    """The address of a thing's page in `ftz serve`, as `zone:figure.zone`; a URL is its own."""
    kind, _, name = link.partition(":")
    id = attribute(one, name) if kind else None
    if not id or kind == "url":
        return id
    return f"/metric?q={id}" if kind == "metric" else f"/{kind}/{id}"


def _tree(items: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
    """Items with id and parent, children after their parents, and the guides before each."""
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


# ---- cells ---------------------------------------------------------------------------------------


def cell(name: str, way: str) -> Callable[[Any], Cell]:
    """What shows an attribute: as one of WAYS, or, as in `word:zone`, as a word of a kind."""
    way, _, kind = way.partition(":")
    if kind:
        words = signed if way == "signed" else word
        return lambda one: words(kind, getattr(one, name))
    return lambda one: WAYS[way](one, name)


def signed(kind: str, value: str) -> list[Line]:
    """A verdict or a state with its sign and colour."""
    sign = known_words()[kind, value]["sign"]
    return [(f"{sign} {word(kind, value)}", STYLES[sign])]


def counted(kind: str, values: Iterable[str]) -> Card:
    """How many there are of each verdict or state: ✓ 3 consistent · ✗ 1 inconsistent."""
    counts = Counter(values)
    said = [
        f"{row['sign']} {counts[value]:,} {row[language()]}"
        for (of, value), row in known_words().items()
        if of == kind and counts[value]
    ]
    return note(" · ".join(said))


def other(one: Any, name: str) -> str:
    """A text that both languages have, in the one that is not in use."""
    return attribute(one, f"{name}_{'en' if language() == 'zh' else 'zh'}") or ""


def printed_words(one: Any, name: str) -> str:
    """Words of a source as printed, or where there are any, in the language in use."""
    return getattr(one, f"{name}_{language()}", None) or getattr(one, name, None) or ""


def subject_of(one: Figure | Recognition) -> str:
    """What a figure or a recognition is of: initiative and zone."""
    return " · ".join(filter(None, (local(one, "initiative"), local(one, "zone"))))


def status_text(figure: Figure) -> str:
    """What a figure is where it was not measured: a capacity, a target."""
    return "" if figure.status == "measured" else word("status", figure.status)


def period_of(figure: Figure) -> str:
    """The period; a date is its own."""
    if figure.date is not None:
        return ""
    return period_text(figure.period, figure.period_kind, figure.base_period)


def _recomputed(one: Finding) -> str:
    """What was recomputed, in the unit of the finding; sources side by side compute nothing."""
    low, high = one.recomputed.low, one.recomputed.high
    if (low is None and high is None) or one.kind == "agreement":
        return ""
    if one.unit != "date":
        return interval_text(one.recomputed, Notation.of(one.figure))
    first, last = (".." if d is None else str(date.fromordinal(int(d))) for d in (low, high))
    return span_text(first if first == last else f"{first}/{last}")


def _why(one: Finding) -> str:
    """Why the verdict is what it is, with the curator's note on the claim."""
    note = local(one, "note")
    stop = "。" if language() == "zh" else ". "
    return f"{one.why}{stop}{note}" if note else str(one.why)


def _extent(zone: Zone) -> str:
    """About 120; bare digits where they are exact."""
    if zone.area_km2 is None:
        return ""
    bound = "" if zone.area_bound == "exact" else word("bound", zone.area_bound)
    return f"{bound}{' ' if bound.isascii() and bound else ''}{zone.area_km2:g}"


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return join(value)
    return f"{value:,}" if isinstance(value, int) else text_of(value)


WAYS: dict[str, Callable[[Any, str], Cell]] = {
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
    "whose": lambda one, name: subject_of(getattr(one, name)),
    "place": lambda one, _: one.article if one.line is None else f"{one.article}:{one.line}",
    "source kind": lambda one, _: "" if one.parent else word("source", one.kind),
    "extent": lambda one, _: _extent(one),
    "ids": lambda one, name: join(each.id for each in getattr(one, name)),
    "recomputed": lambda one, _: _recomputed(one),
    "why": lambda one, _: _why(one),
}
