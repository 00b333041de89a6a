"""Columns and notes that several kinds of table have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from ..language import Message, language
from .view import Column, Line, Lines

Item = TypeVar("Item")


def other_language() -> str:
    """The language that is not in use."""
    return "en" if language() == "zh" else "zh"


def name_columns(heading: Message, kind: str) -> list[Column]:
    """The name in the language in use, and where there is room that in the other."""
    return [
        Column(
            heading,
            lambda one: one.named(language()),
            "bold",
            wraps=True,
            main=True,
            link=lambda one: (kind, one.id),
        ),
        Column("", lambda one: one.named(other_language()), "dim", wraps=True, spare=True),
    ]


def count_column(heading: Message, count: Callable[[Any], int], main: bool = True) -> Column:
    """A column of counts."""
    return Column(heading, lambda one: f"{count(one):,}", right=True, main=main, labelled=True)


def id_column(kind: str, main: bool = True) -> Column:
    """The ids that commands take."""
    return Column(
        Message("ID"), lambda one: one.id, "dim", main=main, link=lambda one: (kind, one.id)
    )


def place_column() -> Column:
    """Article and line, which lead to the source's page where that is known."""
    return Column(
        Message("Source"),
        lambda one: one.article if one.line is None else f"{one.article}:{one.line}",
        "dim",
        link=lambda one: ("url", getattr(one, "url", None)),
    )


def tree(items: Sequence[Item]) -> tuple[list[Item], Callable[[Any], str]]:
    """Items with an id and a parent, children after their parents, and the guides before each.

    One whose parent is not among them is a root.
    """
    ids = {one.id for one in items}  # type: ignore[attr-defined]
    below: dict[str | None, list[Any]] = {}
    for one in items:
        parent = one.parent  # type: ignore[attr-defined]
        below.setdefault(parent if parent in ids else None, []).append(one)
    ordered: list[Any] = []
    leads: dict[str, str] = {}

    def add(parent: str | None, guides: str) -> None:
        children = below.get(parent, [])
        for one in children:
            last = one is children[-1]
            leads[one.id] = "" if parent is None else guides + ("└─ " if last else "├─ ")
            ordered.append(one)
            add(one.id, "" if parent is None else guides + ("   " if last else "│  "))

    add(None, "")
    return ordered, lambda one: leads[one.id]


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
