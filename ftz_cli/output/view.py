"""What every format renders: records for programs, and tables and cards for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..language import translate, visible
from .words import one_of

Record = dict[str, Any]
# A line of a cell, and its style: the name of a Rich style, or "".
Line = tuple[str, str]
Cell = str | Sequence[Line]
Row = list[list[Line]]
# Named tuples in this package: importing a dataclass costs every start half a millisecond.


class Column(NamedTuple):
    """A column of a table for people: its heading, and what it shows of an item.

    A `firm` cell, e.g. a quantity or a period, is never broken into lines. Where not all columns
    fit, `spare` ones are left out first, then `prose` moves to a line under its row, and at last
    only the `main` ones stay in columns.
    """

    heading: str
    cell: Callable[[Any], Cell]
    style: str = ""
    right: bool = False
    firm: bool = False
    prose: bool = False
    main: bool = False
    spare: bool = False
    link: Callable[[Any], str | None] = lambda item: None

    def lines(self, item: Any) -> list[Line]:
        """The lines of a cell, with unsafe characters written as codes."""
        cell = self.cell(item)
        lines = [(cell, self.style)] if isinstance(cell, str) else cell
        return [(visible(text), style) for text, style in lines if text]


class Card(NamedTuple):
    """A title, and texts with their labels; each may be empty."""

    title: str
    pairs: Sequence[tuple[str, str | None]]

    def texts(self) -> list[tuple[str, str]]:
        """The labels and texts, without empty texts."""
        return [(visible(label), visible(text)) for label, text in self.pairs if text]


class Table(NamedTuple):
    """Items in columns, or the text `empty`; columns without a cell only if `keep_all`."""

    columns: Sequence[Column]
    items: Sequence[Any]
    title: str = ""
    empty: str = ""
    keep_all: bool = False

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """The rows of some items, with unsafe characters written as codes."""
        for item in self.items[start:end]:
            yield [column.lines(item) for column in self.columns]


def one_line(lines: Iterable[Line]) -> str:
    """The lines of a cell as one line, separated by dots."""
    return " · ".join(text for text, _ in lines)


def note(text: str) -> Card:
    """A line by itself."""
    return Card("", [("", text)])


Part = Table | Card


def title_of(parts: Sequence[Part]) -> str:
    """The title of a page or a picture: the first title of its parts."""
    return next((part.title for part in parts if part.title), "ftz")


class View(NamedTuple):
    """An answer, independent of its format.

    `record_of` makes the record of one of the `items`; `draw` makes what people see. Both use the
    language in use, and run only if the format needs them. JSON is an array of the records, or one
    object where the view is `single` or has a `document`. `limited` returns the items to show.
    """

    fields: Sequence[str]
    items: Sequence[Any]
    record_of: Callable[[Any], Record]
    draw: Callable[[], Iterable[Part]]
    single: bool = False
    document: Callable[[], Record] | None = None
    limited: Callable[[Sequence[Any]], Sequence[Any]] = lambda items: items

    def records(self) -> Iterator[Record]:
        """The records of the items to show."""
        return map(self.record_of, self.limited(self.items))

    def parts(self) -> Iterator[Part]:
        """What people see, without empty cards and empty tables that have a title."""
        for part in self.draw():
            if isinstance(part, Table) and (part.items or not part.title):
                items = self.limited(part.items)
                columns = [
                    one._replace(heading=visible(one.heading))
                    for one in part.columns
                    if part.keep_all or any(map(one.cell, items))
                ]
                yield part._replace(title=visible(part.title), items=items, columns=columns)
            elif isinstance(part, Card) and part.texts():
                yield part._replace(title=visible(part.title))

    def only(self, fields: Sequence[str]) -> "View":
        """The same answer with these fields only; raises UsageError for an unknown field."""
        known = {name: (name, name.casefold()) for name in self.fields}
        names = [*dict.fromkeys(one_of("field", name.strip(), known) for name in fields)]
        return plain_view(names, [*map(self.record_of, self.items)], self.single)


def plain_view(names: Sequence[str], records: Sequence[Record], single: bool = False) -> View:
    """Some fields of records, and a plain table of them with columns of numbers to the right."""

    def column(name: str) -> Column:
        numbers = all(isinstance(one.get(name), int | float | Decimal) for one in records)
        return Column(name, lambda one: text_of(one.get(name)), right=numbers, main=True)

    table = Table([*map(column, names)], records, "", translate("no rows"), keep_all=True)
    chosen = [{name: one.get(name) for name in names} for one in records]
    return View(names, chosen, dict, lambda: [table], single)


def text_of(value: Any) -> str:
    """A value as the text of a cell: plain digits, nothing for None, lists joined."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, list | tuple):
        return "; ".join(map(text_of, value))
    if isinstance(value, dict):
        return str(value.get("id") or value["printed"])  # a recognition has no id
    return "" if value is None else str(value)
