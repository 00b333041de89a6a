"""What every format renders: records for programs, and a drawing for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
# A line of a cell: its text and its style, a Rich style's name.
Line = tuple[str, str]
Cell = str | Sequence[Line]

ANCHOR = 100
"""The worth of a column that is never given up."""

EXCERPT = "  | "
"""What stands before the line of a file."""


@dataclass(slots=True)
class Column:
    """A column of a table that people see.

    `fields` are the contract's fields that its cells show as they are. `wraps` allows a line
    break inside a cell, for names; quantities, units, periods and places are never broken.
    Where there is no room, columns go to a second line of the row, the least `worth` first;
    those `beside` another (its name in the other language) go there too where it has room, else
    they just go. `labelled` keeps the heading with a cell on that second line, for all rows or for
    each. `leads` are the guides of a tree, one before each cell.
    `apart` is what parts a cell's items, where only between them it may be broken. `heads` puts
    what neighbouring rows share on a line of its own, once above them.
    """

    heading: str
    cells: Sequence[Cell]
    fields: tuple[str, ...] = ()
    style: str = ""
    right: bool = False
    wraps: bool = False
    worth: int = ANCHOR
    beside: bool = False
    labelled: bool | Sequence[bool] = False
    leads: Sequence[str] | None = None
    apart: str = ""
    heads: bool = False


@dataclass(slots=True)
class Table:
    """Columns of equal length, with a title where a card holds several tables.

    A `bare` one is a small picture in columns and shows no headings.
    """

    columns: list[Column]
    title: str = ""
    empty: str = ""
    bare: bool = False

    @property
    def row_count(self) -> int:
        """How many rows the table has."""
        return len(self.columns[0].cells) if self.columns else 0


@dataclass(slots=True)
class Head:
    """The top of a card: a name, the name in the other language, and labelled values."""

    name: str
    other: str
    pairs: list[tuple[str, str]]


@dataclass(slots=True)
class Lines:
    """Lines of styled pieces; `wraps` lets a long one go on below, `indent` further in.

    Where `apart` is given, a line is broken there alone.
    """

    lines: list[list[Line]]
    wraps: bool = False
    indent: int = 0
    apart: str = ""


@dataclass(slots=True)
class Notice:
    """What is wrong at a place: the words, the line of a file with its column, and the help."""

    words: list[Line]
    excerpt: str = ""
    column: int = 0
    label: str = ""
    help: str = ""


@dataclass(slots=True)
class Notices:
    """Notices, one below the other."""

    notices: list[Notice]

    @property
    def lines(self) -> list[list[Line]]:
        """As lines without limit."""
        lines: list[list[Line]] = []
        for one in self.notices:
            lines.append(one.words)
            if one.excerpt:
                lines.append([(EXCERPT, "dim"), (one.excerpt, "")])
            if one.help:
                lines.append([(f"  {one.label}", "cyan"), (one.help, "")])
        return lines


@dataclass(slots=True)
class Drawing:
    """A view as people see it, in one language."""

    title: str
    parts: list[Table | Head | Lines | Notices] = field(default_factory=list)


class Each:
    """The records of `items`, made as they are asked for, as often as they are."""

    def __init__(self, items: Sequence[Any], made: Callable[[Any], Record]) -> None:
        self._items = items
        self._made = made

    def __iter__(self) -> Iterator[Record]:
        return map(self._made, self._items)

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True, slots=True)
class View:
    """An answer, before anyone knows in which format it is wanted.

    `records` gives the contract's records in a language (warnings, problems and kinds of fault
    depend on it), `draw` the drawing; neither runs unless the format needs it. `single` makes one
    JSON object instead of an array; `document` puts the records into a larger JSON object;
    `spread` turns a nested field into columns of a CSV: their names, and their values in a record.
    """

    name: str
    fields: tuple[str, ...]
    records: Callable[[str], Iterable[Record]]
    draw: Callable[[str], Drawing]
    single: bool = False
    document: Callable[[list[Record]], Record] | None = None
    spread: dict[str, tuple[list[str], Callable[[Record], list[Any]]]] = field(default_factory=dict)
