"""Tables and cards: `tables.csv` says what columns each kind of them has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..language import join, language, translate
from .view import Card, Cell, Column, Link, Table, one_line

# What shows an item in a column whose cells are more than an attribute.
Cells = Callable[[Any], Cell]


@cache
def _rows() -> list[dict[str, str]]:
    import csv  # only where people read

    with Path(__file__).with_name("tables.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(name: str, /, **cells: Cells) -> list[Column]:
    """The columns of a table; `cells` are those that are more than an attribute of an item."""
    return [
        Column(
            row[language()],
            cells.get(row["cell"], _attribute(row["cell"])),
            row["style"],
            link=_link(row["link"]),
            **dict.fromkeys(row["layout"].split(), True),
        )
        for row in _rows()
        if row["table"] == name
    ]


def table(name: str, items: Sequence[Any], title: str = "", /, **cells: Cells) -> Table:
    """Items as a table."""
    return Table(columns(name, **cells), items, title, translate("none"))


def card(name: str, item: Any, title: str, /, **cells: Cells) -> Card:
    """One item with the columns of a table as labels."""
    (row,) = (drawn := table(name, [item], **cells)).rows()
    pairs = zip(drawn.columns, row, strict=True)
    return Card(title, [(column.heading, one_line(lines)) for column, lines in pairs])


def local(one: Any, name: str) -> str:
    """An attribute that both languages have, in the language in use: name → name_zh, name_en."""
    return getattr(one, f"{name}_{language()}") or ""


def printed_words(one: Any, name: str) -> str:
    """Words of a source as printed, or where there are any, in the language in use."""
    return getattr(one, f"{name}_{language()}", None) or getattr(one, name) or ""


def both_names(one: Any, name: str = "name") -> str:
    """The name of a thing in the language in use, then in the other."""
    return f"{local(one, name)}  {getattr(one, f'{name}_{_other_language()}')}"


def _other_language() -> str:
    return "en" if language() == "zh" else "zh"


def _attribute(name: str) -> Cells:
    """An attribute in the language in use, or with `other:` before it in the other one."""
    other, _, plain = name.rpartition(":")
    localised = f"{plain}_{_other_language() if other else language()}"

    def cell(one: Any) -> str:
        value = getattr(one, localised if hasattr(one, localised) else plain)
        if isinstance(value, tuple):
            return join(value)
        return f"{value:,}" if isinstance(value, int) else value or ""

    return cell


def _link(kind: str) -> Callable[[Any], Link] | None:
    """What leads from a cell to a page: the kind of page, and the attribute with its id."""
    if kind == "subject":
        return lambda one: ("initiative", one.initiative) if one.initiative else ("zone", one.zone)
    kind, _, name = kind.partition(":")
    return (lambda one: (kind, attrgetter(name)(one))) if kind else None


def tree(items: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
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
