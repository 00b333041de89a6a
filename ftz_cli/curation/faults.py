"""Faults that a dataset can have (`faults.csv`), and problems: faults with their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..language import Message, shown
from ..language.word_lists import lines
from ..model.dataset_schema import NUMBERS, PERIODS, Column, SchemaText, Table, tables


class Fault(NamedTuple):
    """A kind of fault: its message, and how to mend it."""

    message: SchemaText
    help: SchemaText


FAULTS = {
    code: Fault(*map(SchemaText, texts[::2], texts[1::2]))
    for code, *texts in lines("faults", Path(__file__).parent)[1:]
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the data at a line and column of a file, counted from 1."""

    path: str
    line: int
    column: int
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    excerpt: str = ""

    @property
    def place(self) -> str:
        """Where it is: path:line:column."""
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        fields = {k: shown(v) if isinstance(v, str) else v for k, v in self.fields.items()}
        return str(FAULTS[self.code].message).format(**fields)

    @property
    def help(self) -> str:
        """How to mend it, in the language in use."""
        return str(FAULTS[self.code].help)

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


class ColumnHelp(NamedTuple):
    """What a column of a table takes, as `ftz check --explain` shows it."""

    table: str
    column: str
    required: bool
    takes: str
    description: str


def columns() -> list[ColumnHelp]:
    """Every column of every table, and the column that the SQL view adds."""
    flat = Message(
        "only in SQL: the figure in base_unit; compare and add these, within one base_unit"
    )
    return [
        ColumnHelp(name, one.name, one.required, str(_takes(table, one)), str(one.description))
        for name, table in tables().items() for one in table.columns
    ] + [ColumnHelp("figures_flat", "base_value", False, "", str(flat))]  # fmt: skip


_PERIOD = Message("a date or period: 2021, 2021-03, 2021-05-21, 2021-33 to -36 for quarters, "
                  "2022-40 and -41 for half-years, 2021-01/2021-09")  # fmt: skip
_TAKES = {
    **dict.fromkeys(PERIODS, _PERIOD),
    **dict.fromkeys(NUMBERS, Message("a number in plain digits: 1500, 3.2")),
    "line": Message("a whole number"),
    "also": Message("names, set apart by ';', at most twelve"),
}


def _takes(table: Table, column: Column) -> Message:
    if column.enum:
        return Message("one of {words}", words=", ".join(column.enum))
    if column.name in table.foreign_keys:
        return Message("an id of {table}.csv", table=table.foreign_keys[column.name])
    text = Message("text, at most {most} characters", most=column.max_length)
    return _TAKES.get(column.name, text)
