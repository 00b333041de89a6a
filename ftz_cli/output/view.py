"""What every format renders: records for programs, and tables and cards for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..language import translate, visible
from .words import one_of

Record = dict[str, Any]
# A line of a cell with its style: the name of a Rich style, or none.
Line = tuple[str, str]
Cell = str | Sequence[Line]
# The lines of each cell of a row.
Row = list[list[Line]]
# Tuples here and in the whole room: a dataclass costs each start half a millisecond.


class Column(NamedTuple):
    """A column of a table for people: its heading, and what it shows of an item.

    Names may be broken into lines; what is `firm`, such as a quantity or a period, never is. Where
    there is no room for all columns, the `spare` ones yield first, then the `prose` goes to a line
    under the row, and in the end all but the `main` ones.
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


class Card(NamedTuple):
    """A title, and texts with their labels, all of which may be empty: a note has no title."""

    title: str
    pairs: Sequence[tuple[str, str | None]]

    def texts(self) -> list[tuple[str, str]]:
        """The labels and texts that are not empty."""
        return [(visible(label), visible(text)) for label, text in self.pairs if text]


class Table(NamedTuple):
    """Items in columns, and what is said where there are none."""

    columns: Sequence[Column]
    items: Sequence[Any]
    title: str = ""
    empty: str = ""

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """The rows of some items as every format has them, hostile characters written as codes."""
        for item in self.items[start:end]:
            yield [_lines(column.cell(item), column.style) for column in self.columns]


def _lines(cell: Cell, style: str) -> list[Line]:
    lines = [(cell, style)] if isinstance(cell, str) else cell
    return [(visible(text), style) for text, style in lines if text]


def one_line(lines: Iterable[Line]) -> str:
    """The lines of a cell as one, set apart by dots."""
    return " · ".join(text for text, _ in lines)


def note(text: str) -> Card:
    """A line by itself."""
    return Card("", [("", text)])


Part = Table | Card


def title_of(parts: Sequence[Part]) -> str:
    """What a page or a picture of some parts is called."""
    return next((part.title for part in parts if part.title), "ftz")


class View(NamedTuple):
    """An answer, before anyone knows in which format it is wanted.

    `make` gives the contract's record of each of the `items`, `draw` what people see, both in the
    language in use; neither runs unless the format needs it. JSON is an array of the records, an
    object where the one is `single`, or the `document` that an answer has beside its rows. `first`
    chooses what is shown of a list, which stands for so many records.
    """

    fields: Sequence[str]
    items: Sequence[Any]
    make: Callable[[Any], Record]
    draw: Callable[[], Iterable[Part]]
    single: bool = False
    document: Callable[[], Record] | None = None
    first: Callable[[Sequence[Any], int], Sequence[Any]] = lambda items, _: items

    def records(self) -> Iterator[Record]:
        """The records of what is shown."""
        return map(self.make, self.first(self.items, len(self.items)))

    def parts(self) -> Iterator[Part]:
        """What people see; a table under a title is there for its items only."""
        for part in self.draw():
            if isinstance(part, Card):
                yield part
            elif part.items or not part.title:
                yield part._replace(items=self.first(part.items, len(self.items)))

    def only(self, fields: Sequence[str]) -> "View":
        """The same answer with these fields alone; raises UsageError for one that it has not."""
        known = {name: (name, name.casefold()) for name in self.fields}
        names = [*dict.fromkeys(one_of("field", name.strip(), known) for name in fields)]
        return plain_view(names, [*map(self.make, self.items)], self.single)


def plain_view(names: Sequence[str], records: Sequence[Record], single: bool = False) -> View:
    """Some fields of records, and a plain table of them; columns of numbers are set right."""

    def column(name: str) -> Column:
        numbers = all(isinstance(one.get(name), int | float | Decimal) for one in records)
        return Column(name, lambda one: text_of(one.get(name)), right=numbers, main=True)

    table = Table([*map(column, names)], records, empty=translate("no rows"))
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
