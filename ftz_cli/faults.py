"""The faults that a dataset can have: their codes, what they mean, and an example of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault, as `ftz check --explain CODE` tells it."""

    code: str
    name: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the data, with its address; line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    excerpt: str = ""
    help: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


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

    def tell(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if not self.full:
            self.problems.append(problem)


FAULTS = {
    fault.code: fault
    for fault in (
        Fault("F101", "unreadable file", "The file is not UTF-8, or can't be read at all.",
              "a zones.csv that a spreadsheet saved as GBK"),
        Fault("F102", "missing column", "A column of the table is not in the header.",
              "id,zone,metric,… without initiative"),
        Fault("F103", "unknown column", "The header has a column that the table does not know.",
              "id,zone,remark,…"),
        Fault("F104", "repeated column", "The header names a column twice.", "id,zone,zone,…"),
        Fault("F105", "surplus cell", "A row has more cells than the header.",
              "a comma in a cell without quotes around it"),
        Fault("F106", "missing cell", "A row has fewer cells than the header.", "R01,wuhan"),
        Fault("F107", "broken quotes", "A quoted cell is not closed, or text follows its end.",
              '"Wuhan Area,area,hubei-ftz'),
        Fault("F108", "row too long", "A row is longer than 100,000 characters.",
              "a quotation mark that is closed a thousand lines on"),
        Fault("F109", "empty file", "The file has not even a header.", "a figures.csv of 0 bytes"),
        Fault("F201", "unreadable quantity", "The grammar of quantities does not know `printed`.",
              "printed 上百家, which names no number"),
        Fault("F202", "unit disagrees", "`unit` is not the unit that `printed` has.",
              "unit 万元 beside printed 近1.5亿元 and value 1.5"),
        Fault("F203", "value disagrees", "`value` or `value_to` is not what `printed` says.",
              "value 1.6 beside printed 近1.5亿元"),
        Fault("F204", "bound disagrees", "`bound` is not what the qualifier of `printed` means.",
              "bound exact beside printed 近1.5亿元"),
        Fault("F205", "ratio incomplete", "A printed ratio needs one row for each of its parts.",
              "two rows for 4:3:3"),
        Fault("F301", "empty cell", "A cell that must be filled is empty.",
              "a figure without a metric"),
        Fault("F302", "wrong type", "A cell is not a whole number, where one is asked for.",
              "line 'thirteen'"),
        Fault("F303", "wrong form", "A cell has not the form that the table asks for.",
              "value 1,5 or an id with a space"),
        Fault("F304", "unknown word", "A cell is not one of the words that the column allows.",
              "bound circa"),
        Fault("F305", "too small", "A number is below the least that the column allows.", "line 0"),
        Fault("F306", "too long", "A cell is longer than the column allows.",
              "a printed of 100 characters"),
        Fault("F307", "control character", "A cell holds a control or text-direction character.",
              "an escape sequence in a note"),
        Fault("F308", "formula", "A cell begins as a spreadsheet formula does.", "=1+1"),
        Fault("F309", "no such date", "A date or period does not exist.", "2021-02-30"),
        Fault("F401", "duplicate key", "Two rows have the same key.", "two figures F014"),
        Fault("F402", "dangling key", "A cell points to a row that does not exist.",
              "zone wuhna where zones.csv has wuhan"),
        Fault("F403", "circle", "A row is its own parent, by way of others or directly.",
              "zone a under b, b under a"),
        Fault("F404", "unknown unit", "A unit is neither in units.csv nor made of those there.",
              "unit 万元元"),
        Fault("F405", "wrong base unit", "A figure's unit does not lead to the metric's base unit.",
              "a length in 元"),
        Fault("F406", "wrong operands", "A claim has not as many operands as its relation takes.",
              "a growth with one figure only"),
    )
}  # fmt: skip
