"""Columns and notes that several kinds of table have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..language import Message, language
from .view import Column, Line, Lines, Link


def local(one: Any, name: str) -> str:
    """An attribute that both languages have, in the language in use: name → name_zh, name_en."""
    return getattr(one, f"{name}_{language()}") or ""


def other_language() -> str:
    """The language that is not in use."""
    return "en" if language() == "zh" else "zh"


def name_columns(heading: Message, kind: str) -> list[Column]:
    """The name in the language in use, and where there is room that in the other."""
    link = links_to(kind)
    return [
        Column(heading, lambda one: local(one, "name"), "bold", wraps=True, main=True, link=link),
        Column("", lambda one: one.named(other_language()), "dim", wraps=True, spare=True),
    ]


def count_column(heading: Message, count: Callable[[Any], int]) -> Column:
    """A column of counts."""
    return Column(heading, lambda one: f"{count(one):,}", right=True, main=True, labelled=True)


def id_column(kind: str, main: bool = True) -> Column:
    """The ids that commands take."""
    return Column(Message("ID"), lambda one: one.id, "dim", main=main, link=links_to(kind))


def links_to(kind: str) -> Callable[[Any], Link]:
    """What leads from a cell to the page of its item."""
    return lambda one: (kind, one.id)


def place_column() -> Column:
    """Article and line, which lead to the source's page where that is known."""
    return Column(Message("Source"), _place, "dim", link=lambda o: ("url", getattr(o, "url", None)))


def _place(one: Any) -> str:
    return str(one.article) if one.line is None else f"{one.article}:{one.line}"


def tree(items: Sequence[Any]) -> tuple[list[Any], Callable[[Any], str]]:
    """Items with an id and a parent, children after their parents, and the guides before each.

    One whose parent is not among them is a root.
    """
    ids = {one.id for one in items}
    below: dict[str | None, list[Any]] = {}
    for one in items:
        below.setdefault(one.parent if one.parent in ids else None, []).append(one)
    leads: dict[str, str] = {}

    def add(parent: str | None, guides: str) -> Iterator[Any]:
        for one in below.get(parent, []):
            last = one is below[parent][-1]
            root = parent is None
            leads[one.id] = "" if root else guides + ("└─ " if last else "├─ ")
            yield one
            yield from add(one.id, "" if root else guides + ("   " if last else "│  "))

    return list(add(None, "")), lambda one: leads[one.id]


class Footnotes:
    """Notes beneath a table, each once; they are numbered as the table refers to them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, *notes: str | None) -> str:
        """What refers to some notes, behind a text: ` (1,2)`."""
        numbers = {self._numbers.setdefault(n, len(self._numbers) + 1) for n in notes if n}
        return f" ({','.join(map(str, sorted(numbers)))})" if numbers else ""

    def part(self) -> Lines:
        """The notes that were referred to by the time it is drawn."""
        return Lines(self._lines(), indent=4)

    def _lines(self) -> Iterator[Sequence[Line]]:
        for note, number in self._numbers.items():
            yield [(f"({number}) ", "yellow"), (note, "dim")]
