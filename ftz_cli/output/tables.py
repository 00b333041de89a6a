"""Tables and cards: `tables.csv` says what columns each kind of them has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from ..language import language, translate
from .cells import cell, local, other
from .view import Card, Cell, Column, Link, Table, one_line
from .words import csv_rows

# Kinds of table whose items have a parent, which they stand below.
TREES = ("zones", "sources")


@cache
def _rows() -> list[dict[str, str]]:
    return csv_rows("tables.csv")


def columns(kind: str, /, **cells: Callable[[Any], Cell]) -> list[Column]:
    """The columns of a kind of table; `cells` are those that no way of `tables.csv` shows."""
    return [
        Column(
            row[language()],
            cells.get(row["cell"]) or cell(row["cell"], row["way"]),
            row["style"],
            link=_link(row["link"]),
            **dict.fromkeys(row["layout"].split(), True),
        )
        for row in _rows()
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


def both_names(one: Any, name: str = "name") -> str:
    """The name of a thing in the language in use, then in the other."""
    return f"{local(one, name)}  {other(one, name)}"


def _link(kind: str) -> Callable[[Any], Link] | None:
    """What leads from a cell to a page: the kind of page, and the attribute with its id."""
    kind, _, name = kind.partition(":")
    return (lambda one: (kind, attrgetter(name)(one))) if kind else None


def _tree(items: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
    """Items with an id and a parent, children after their parents, and the guides before each.

    One whose parent is not among them is a root.
    """
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
