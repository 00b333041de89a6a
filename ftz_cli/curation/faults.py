"""The faults that a dataset can have: their codes, and problems, each a fault at its place."""

from __future__ import annotations

from dataclasses import dataclass

from ..language import Message
from ..model.dataset_schema import PERIODS, Column, SchemaText, Table, tables

# What stands in help for a curator who has to write a period.
PERIOD_FORMS = Message(
    "2021, 2021-03, 2021-05-21, 2021-33 to 2021-36 for quarters, 2022-40 and 2022-41 for "
    "half-years, 2021-01/2021-09 for the first nine months"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault, as `ftz check --explain CODE` shows it."""

    code: str
    name: Message
    description: Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the data, with its address; line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: Message
    excerpt: str = ""
    help: Message | SchemaText | None = None

    @property
    def place(self) -> str:
        """Where it is: path:line:column."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


class ProblemLog:
    """Problems in the order in which they were found: a thousand are kept, the rest counted."""

    MOST = 1000

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    @property
    def full(self) -> bool:
        """Whether problems are only counted by now."""
        return len(self.problems) >= self.MOST

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if not self.full:
            self.problems.append(problem)


# 1: the file, 2: what is printed, 3: a cell, 4: how rows belong together.
# fmt: off
FAULTS = {fault.code: fault for fault in (
    Fault("F101", Message("unreadable file"),
          Message("The file is not UTF-8, as when a spreadsheet saved it as GBK or UTF-16, or "
                  "can't be read at all.")),
    Fault("F102", Message("missing column"),
          Message("A column of the table is not in the header.")),
    Fault("F103", Message("unknown column"),
          Message("The header has a column that the table does not know.")),
    Fault("F104", Message("repeated column"), Message("The header names a column twice.")),
    Fault("F105", Message("surplus cell"),
          Message("A row has more cells than the header: often a comma in a cell without quotes.")),
    Fault("F106", Message("missing cell"), Message("A row has fewer cells than the header.")),
    Fault("F107", Message("broken quotes"),
          Message("A quoted cell is not closed, or text follows its end.")),
    Fault("F109", Message("empty file"), Message("The file has not even a header.")),
    Fault("F110", Message("misnamed file"),
          Message("A file is named nearly like a table and would not be read: figuers.csv.")),
    Fault("F111", Message("version 1 dataset"),
          Message("The folder has the columns of an earlier version of this tool.")),
    Fault("F112", Message("wrong delimiter"),
          Message("The cells are set apart by semicolons or tabs instead of commas.")),
    Fault("F201", Message("unreadable figure"),
          Message("`printed` is no quantity or date that can be read as a whole.")),
    Fault("F202", Message("other unit"),
          Message("`unit` does not count what the printed unit counts.")),
    Fault("F203", Message("other value"),
          Message("`value` or `value_to` is not what `printed` says: 1.6 beside 近1.5亿元.")),
    Fault("F204", Message("other bound"),
          Message("`bound` is not what `printed` says: exact beside 近1.5亿元.")),
    Fault("F205", Message("lacking parts"),
          Message("A printed ratio has more parts than rows: 4:3:3 in two rows.")),
    Fault("F206", Message("other period"),
          Message("`period` or `base_period` does not fit the rest of its row.")),
    Fault("F207", Message("other sign"),
          Message("A fall is negative, and `printed` holds the word that says so: 缩短31%.")),
    Fault("F208", Message("not on its line"),
          Message("`printed` does not stand on its line of the text.")),
    Fault("F301", Message("empty cell"), Message("A cell that has to be filled is empty.")),
    Fault("F302", Message("no whole number"), Message("A whole number is asked for: line 15.")),
    Fault("F303", Message("wrong form"),
          Message("A cell is not written as the column asks for: the value 1,000.")),
    Fault("F304", Message("unknown word"),
          Message("A cell has a word that the column does not list: the bound approx.")),
    Fault("F305", Message("number too small"),
          Message("A number is below the least that there can be: line 0.")),
    Fault("F306", Message("cell too long"),
          Message("A cell has more characters than the column takes.")),
    Fault("F307", Message("unsafe character"),
          Message("A cell has a control character, or one that hides or turns text.")),
    Fault("F308", Message("formula"),
          Message("A spreadsheet would run the cell as a formula: =1+1. Numbers may be signed.")),
    Fault("F309", Message("no such date"),
          Message("A date or period does not exist or runs backwards: 2021-02-30, 2021/2019.")),
    Fault("F310", Message("line elsewhere"),
          Message("A line is not one of those that its source has.")),
    Fault("F311", Message("too many names"), Message("`also` lists more than twelve names.")),
    Fault("F401", Message("repeated identifier"),
          Message("Two rows of a table have the same id.")),
    Fault("F402", Message("unknown identifier"),
          Message("A cell names a row of another table that is not there.")),
    Fault("F403", Message("circle"),
          Message("A zone, metric or source is its own ancestor.")),
    Fault("F404", Message("unknown unit"), Message("A unit is not in units.csv.")),
    Fault("F405", Message("wrong kind of unit"),
          Message("A unit does not count what its metric, measure, ratio or claim counts.")),
    Fault("F406", Message("incomplete claim"),
          Message("A claim lacks what its relation works with, or names it twice.")),
    Fault("F407", Message("not confirmed"),
          Message("A cell still ends with the question mark of a proposal: dalian?")),
    Fault("F408", Message("name taken"),
          Message("Two zones, initiatives or metrics bear the same name.")),
)}
# fmt: on


@dataclass(frozen=True, slots=True)
class ColumnHelp:
    """What a column of a table takes, as `ftz check --explain columns` shows it."""

    table: str
    column: str
    required: bool
    takes: Message
    description: SchemaText


def columns() -> list[ColumnHelp]:
    """Every column of every table."""
    return [
        ColumnHelp(
            table.name, column.name, column.required, _takes(table, column), column.description
        )
        for table in tables().values()
        for column in table.columns
    ]


def _takes(table: Table, column: Column) -> Message:
    if column.enum:
        return Message("{words}", words=", ".join(column.enum))
    if column.name in table.foreign_keys:
        return Message("an id of {table}.csv", table=table.foreign_keys[column.name])
    if column.name in PERIODS:
        return PERIOD_FORMS
    if column.type == "integer":
        return Message("a whole number")
    if column.name == "also":
        return Message("names, set apart by ';', at most twelve")
    if column.numeric:
        return Message("a number in plain digits: 1500, 3.2")
    return Message("text, at most {most} characters", most=column.max_length)
