"""What every format renders: records for programs, and a drawing for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..language import Message, join, shown, translate
from ..model.errors import UsageError

Record = dict[str, Any]
# A line of a cell, with its style: the name of a Rich style, or none.
Line = tuple[str, str]
Cell = str | Sequence[Line]
# Tuples here and in the whole room: a dataclass costs each start half a millisecond.

# What a cell leads to: a kind (figure, zone, initiative) and an id, or `url` and an address.
Link = tuple[str, str | None]


class Column(NamedTuple):
    """A column of a table for people: its heading, and what it shows of an item.

    `wraps` allows line breaks inside a cell, for names and sentences; quantities, periods and
    places are never broken. Where there is no room for all columns, the `main` ones stay and the
    others go to a line under the row, with their heading where they are `labelled`. `spare`
    columns yield before that, from left to right.
    """

    heading: Message | str
    cell: Callable[[Any], Cell]
    style: str = ""
    right: bool = False
    wraps: bool = False
    main: bool = False
    labelled: bool = False
    spare: bool = False
    link: Callable[[Any], Link] | None = None


@dataclass(eq=False, repr=False)
class Table:
    """Items in columns. A `bare` one is a small picture, without headings.

    `lead` gives what stands before an item's first cell: the guides of a tree. `group` gives the
    line that stands once above neighbouring items that share it.
    """

    columns: Sequence[Column]
    items: Sequence[Any]
    title: str = ""
    empty: str = ""
    bare: bool = False
    lead: Callable[[Any], str] | None = None
    group: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        some = self.items[:EMPTY_AFTER]
        used = [column for column in self.columns if any(map(column.cell, some))]
        self.columns = used or self.columns


# A column that is empty in so many items is left out.
EMPTY_AFTER = 500
# What stands in a cell where a source says nothing; cards leave it out.
ABSENT = "–"


class Head(NamedTuple):
    """The top of a card: a name, the name in the other language, and labelled values."""

    name: str
    other: str
    pairs: Sequence[tuple[str, str | None]]


class Lines(NamedTuple):
    """Lines of styled pieces; what does not fit goes on below, `indent` further in."""

    lines: Iterable[Sequence[Line]]
    indent: int = 0


Part = Table | Head | Lines


class Drawing(NamedTuple):
    """An answer as people see it, part by part."""

    title: str
    parts: Sequence[Part]


class View(NamedTuple):
    """An answer, before anyone knows in which format it is wanted.

    `records` gives the contract's records, `draw` the drawing, both in the language in use;
    neither runs unless the format needs it. `single` makes one JSON object instead of an array;
    `document` puts the records into a larger object. `flat` turns a record with nested fields into
    a row of a CSV, whose columns are `flat_fields`.
    """

    fields: tuple[str, ...]
    records: Callable[[], Iterable[Record]]
    draw: Callable[[], Drawing]
    single: bool = False
    document: Callable[[list[Record]], Record] | None = None
    flat_fields: tuple[str, ...] = ()
    flat: Callable[[Record], Record] | None = None

    def only(self, fields: Sequence[str]) -> View:
        """The same answer with these fields alone; raises UsageError for one that it has not."""
        names = tuple(dict.fromkeys(name.strip() for name in fields))
        for name in names:
            if name not in self.fields:
                raise UsageError(
                    "no field '{name}'; there are {fields}",
                    name=shown(name),
                    fields=join(self.fields),
                )

        def records() -> Iterable[Record]:
            return ({name: one.get(name) for name in names} for one in self.records())

        def draw() -> Drawing:
            return Drawing("", [table_of_records(names, list(records()))])

        return self._replace(fields=names, records=records, draw=draw, flat=None)


def table_of_records(names: Sequence[str], records: Sequence[Record]) -> Table:
    """A plain table of records; columns of numbers are set right."""
    columns = [
        Column(
            name,
            lambda record, name=name: text_of(record[name]),  # type: ignore[misc]
            right=bool(records) and all(is_number(record[name]) for record in records),
            wraps=True,
            main=not at,
            labelled=True,
        )
        for at, name in enumerate(names)
    ]
    return Table(columns, records, empty=translate("no rows"))


def is_number(value: object) -> bool:
    """Whether a value is a number; True and False are none."""
    from decimal import Decimal  # loaded with the data, if at all

    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def text_of(value: Any) -> str:
    """A value as the text of a cell: plain digits, nothing for None, lists joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, list | tuple):
        return "; ".join(map(text_of, value))
    if isinstance(value, dict):
        parts = [value["id"]] if "id" in value else value.values()
        return " ".join(filter(None, map(text_of, parts)))
    return f"{value:f}" if is_number(value) and not isinstance(value, int | float) else str(value)
