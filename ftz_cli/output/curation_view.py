"""The curator's bench: numbers of a text, problems of a dataset, and what the data may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..language import Message, translate
from ..quantities.decimals import plain
from .records import trimmed
from .view import Column, Drawing, Line, Lines, Record, Table, View, table_of_records
from .words import counted, signed, word

if TYPE_CHECKING:
    from ..curation.faults import ColumnHelp, Fault, Problem
    from ..curation.scan import Scanned
    from ..quantities import Quantity

SCANNED = (
    *("line", "column", "printed", "value", "value_to", "date", "unit", "base_value"),
    *("base_value_to", "base_unit", "bound", "low", "high", "state", "figure", "why"),
)
PROBLEM = ("path", "line", "column", "code", "message", "excerpt", "help")
# Cells that an excerpt of a file's line takes.
EXCERPT = 54


def scan_view(mentions: Sequence[Scanned]) -> View:
    """The numbers of a text, each with the figure or the reason that answers for it."""

    def draw() -> Drawing:
        columns = [
            Column(Message("Place"), lambda one: f"{one.line}:{one.column}", "dim", main=True),
            Column(Message("Printed"), lambda one: one.printed, "cyan", right=True, main=True),
            Column(Message("Read as"), lambda one: _read(one.quantity)),
            Column(Message("State"), lambda one: [signed("state", one.state)], main=True),
            Column(Message("Figure"), lambda one: one.figure or "", main=True),
            Column(Message("Why"), lambda one: str(one.why or ""), wraps=True),
        ]
        table = Table(columns, mentions, empty=translate("no numbers in the text"))
        counts = counted("state", [one.state for one in mentions])
        return Drawing(translate("Numbers in the text"), [table, counts])

    return View(SCANNED, lambda: map(_scanned_record, mentions), draw)


def _scanned_record(one: Scanned) -> Record:
    said = one.quantity
    made: Record = dict.fromkeys(SCANNED)
    made |= {name: getattr(one, name) for name in ("line", "column", "printed", "state", "figure")}
    made["why"] = str(one.why) if one.why else None
    if said is None:
        return made
    made |= {"unit": said.unit.id or None, "base_unit": said.unit.base or None, "date": said.edtf}
    made["bound"] = str(said.bound)
    if said.edtf is None:
        numbers = {"value": said.value, "value_to": said.value_to}
        for name in ("base_value", "base_value_to"):
            numbers[name] = trimmed(getattr(said, name))
        for name in ("low", "high"):
            numbers[name] = trimmed(getattr(said.ends, name))
        made |= numbers
    return made


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
    return _attributes_view(translate("Faults"), faults, ("code", "name", "description"))


def columns_view(columns: Sequence[ColumnHelp]) -> View:
    """What the columns of a dataset's tables take."""
    fields = ("table", "column", "required", "takes", "description")
    return _attributes_view(translate("Columns"), columns, fields)


def _attributes_view(title: str, items: Sequence[Any], fields: tuple[str, ...]) -> View:
    """Items with attributes that are texts, sentences or truth values."""
    values = [[getattr(one, name) for name in fields] for one in items]
    records = [
        {
            name: of if isinstance(of, bool) else str(of)
            for name, of in zip(fields, row, strict=True)
        }
        for row in values
    ]
    return View(
        fields, lambda: records, lambda: Drawing(title, [table_of_records(fields, records)])
    )
