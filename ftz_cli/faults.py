"""The faults that a dataset can have: their codes, and problems, each a fault at its place."""

from __future__ import annotations

from dataclasses import dataclass

from .catalogue import Message, Told


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault, as `ftz check --explain CODE` tells it."""

    code: str

    @property
    def name(self) -> Message:
        """What it is called."""
        return Message(f"fault.{self.code}.name")

    @property
    def description(self) -> Message:
        """What it means, in a sentence."""
        return Message(f"fault.{self.code}.description")

    @property
    def example(self) -> Message:
        """What it looks like."""
        return Message(f"fault.{self.code}.example")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the data, with its address; line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: Told
    excerpt: str = ""
    help: Told | None = None

    def told(self, lang: str) -> str:
        """The problem as one line in `lang` (zh or en)."""
        return f"{self.place}: {self.code} {self.message.told(lang)}"

    @property
    def place(self) -> str:
        """Where it is: path:line:column."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return self.told("en")


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


# 1: the file, 2: what is printed, 3: a cell, 4: how rows belong together.
FAULTS = {
    code: Fault(code)
    for code in (
        "F101", "F102", "F103", "F104", "F105", "F106", "F107", "F108", "F109", "F110",
        "F201", "F202", "F203", "F204", "F205", "F206",
        "F301", "F302", "F303", "F304", "F305", "F306", "F307", "F308", "F309", "F310",
        "F401", "F402", "F403", "F404", "F405", "F406",
    )
}  # fmt: skip
