"""The curator's bench: numbers of a text, problems of a dataset, and what the data may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..language import Message, translate
from ..quantities.decimals import plain
from .records import trimmed
from .view import Cell, Column, Drawing, Line, Lines, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..curation.faults import ColumnHelp, Fault, Problem
    from ..curation.scan import Scanned
    from ..quantities import Quantity

SCANNED = (
    *("line", "column", "printed", "value", "value_to", "date", "unit", "base_value"),
    *("base_value_to", "base_unit", "bound", "low", "high", "state", "figure", "why"),
)
PROBLEM = ("path", "line", "column", "code", "message", "excerpt", "help")
# The sign carries the state where colour does not.
STATES = {
    "curated": ("✓", "green"),
    "excused": ("○", "dim"),
    "uncurated": ("✗", "bold red"),
    "stray": ("✗", "bold red"),
}
# Cells that an excerpt of a file's line takes.
EXCERPT = 54


def scan_view(mentions: Sequence[Scanned]) -> View:
    """The numbers of a text, each with the figure or the reason that answers for it."""

    def state(one: Scanned) -> list[Line]:
        sign, style = STATES.get(one.state, ("?", "yellow"))
        return [(f"{sign} {word('state', one.state)}", style)]

    def draw() -> Drawing:
        columns = [
            Column(Message("Place"), lambda one: f"{one.line}:{one.column}", "dim", main=True),
            Column(Message("Printed"), lambda one: one.printed, "cyan", right=True, main=True),
            Column(Message("Read as"), lambda one: _read(one.quantity)),
            Column(Message("State"), state, main=True),
            Column(Message("Figure"), lambda one: one.figure or "", main=True),
            Column(Message("Why"), lambda one: str(one.why or ""), wraps=True),
        ]
        counts = Counter(one.state for one in mentions)
        pieces = [
            piece
            for name, (sign, style) in STATES.items()
            if counts[name]
            for piece in ((f"{sign} ", style), (f"{counts[name]:,} {word('state', name)}   ", ""))
        ]
        table = Table(columns, mentions, empty=translate("no numbers in the text"))
        return Drawing(translate("Numbers in the text"), [table, Lines([pieces] if pieces else [])])

    return View(SCANNED, lambda: map(_scanned_record, mentions), draw)


def _scanned_record(one: Scanned) -> Record:
    said = one.quantity
    date = said.edtf if said else None
    number: Any = None if date else said
    ends = number.ends if number else None
    return {
        "line": one.line,
        "column": one.column,
        "printed": one.printed,
        "value": number and number.value,
        "value_to": number and number.value_to,
        "date": date,
        "unit": said and (said.unit.id or None),
        "base_value": number and trimmed(number.base_value),
        "base_value_to": number and trimmed(number.base_value_to),
        "base_unit": said and (said.unit.base or None),
        "bound": said and str(said.bound),
        "low": ends and trimmed(ends.low),
        "high": ends and trimmed(ends.high),
        "state": one.state,
        "figure": one.figure,
        "why": str(one.why) if one.why else None,
    }


def _read(said: Quantity | None) -> str:
    """What the grammar reads in a mention: bound, value, unit; nothing where it reads no number."""
    if said is None or said.edtf:
        return said.edtf or "" if said else ""
    value = ":".join(map(plain, said.parts)) if said.parts else plain(said.value)
    to = "" if said.value_to is None else f"–{plain(said.value_to)}"
    bound = "" if said.bound in ("exact", "range") else word("bound", said.bound)
    between = " " if bound.isascii() and bound else ""
    return f"{bound}{between}{value}{to}{said.unit.id}"


def problems_view(problems: Sequence[Problem]) -> View:
    """Problems as compilers show them: the address, the code, the line, and help."""

    def record(one: Problem) -> Record:
        made = {"message": str(one.message), "help": str(one.help) if one.help else None}
        return {name: made[name] if name in made else getattr(one, name) for name in PROBLEM}

    def lines() -> Iterator[Sequence[Line]]:
        for one in problems:
            yield [(f"{one.place}: ", "bold"), (f"{one.code} ", "bold red"), (f"{one.message}", "")]
            if one.excerpt:
                text, at = _excerpt(one.excerpt, one.column)
                yield [("  | ", "dim"), (text, "")]
                yield [("  | ", "dim"), (" " * at, ""), ("^", "bold red")]
            if one.help:
                yield [(f"  {translate('help:')} ", "cyan"), (str(one.help), "")]
        if not problems:
            yield [(translate("no problems"), "green")]

    return View(
        PROBLEM,
        lambda: map(record, problems),
        lambda: Drawing(translate("Problems"), [Lines(lines(), indent=4)]),
    )


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """The cells of a CSV line around a column, and where in them the column stands."""
    from .line_breaks import cell_len  # it needs Rich, and only a drawing does

    start = line.rfind(",", 0, column - 1) + 1
    while start and cell_len(line[start - 1 : column]) < EXCERPT // 2:
        start = line.rfind(",", 0, start - 1) + 1
    end = len(line)
    while cell_len(line[start:end]) > EXCERPT and end > column:
        end = max(line.rfind(",", column, end), column)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return before + line[start:end] + after, cell_len(before + line[start : column - 1])


def fault_kinds_view(faults: Sequence[Fault]) -> View:
    """The kinds of fault that a dataset can have."""
    fields = ("code", "name", "description")
    return _explained(
        fields, faults, Message("Faults that the checker knows"), (Message("Code"),
        Message("Fault"), Message("What it means")),
    )  # fmt: skip


def columns_view(columns: Sequence[ColumnHelp]) -> View:
    """What the columns of a dataset's tables take."""
    fields = ("table", "column", "required", "takes", "description")
    return _explained(
        fields, columns, Message("Columns"), (Message("Table"), Message("Column"),
        Message("Required"), Message("Takes"), Message("What it means")),
    )  # fmt: skip


def _explained(
    fields: tuple[str, ...], items: Sequence[Any], title: Message, headings: Sequence[Message]
) -> View:
    """Items with attributes that are sentences, the first two of them names."""

    def value(one: Any, name: str) -> Any:
        found = getattr(one, name)
        return found if isinstance(found, bool | str) else str(found)

    def cell(one: Any, name: str) -> Cell:
        found = value(one, name)
        return found if isinstance(found, str) else translate("yes") if found else ""

    def draw() -> Drawing:
        columns = [
            Column(
                heading,
                lambda one, name=name: cell(one, name),  # type: ignore[misc]
                "bold" if at < 2 else "",
                wraps=at > 1,
                main=at < 2,
            )
            for at, (name, heading) in enumerate(zip(fields, headings, strict=True))
        ]
        return Drawing(str(title), [Table(columns, items)])

    return View(
        fields, lambda: ({name: value(one, name) for name in fields} for one in items), draw
    )
