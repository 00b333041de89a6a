"""Where and when a row says that it stands: lines of its article, the period of its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .catalogue import Message
from .tablefile import Row

Ranges = list[tuple[int, int]]


def ranges(lines: str) -> Ranges:
    """The first and last line of each part of `77-87,91`."""
    ends = [part.partition("-") for part in lines.split(",") if part]
    return [(int(first), int(last or first)) for first, _, last in ends]


class Places:
    """The lines of every source, from the rows of sources.csv; faults in them are told."""

    def __init__(self, rows: Iterable[Row], columns: Mapping[str, int]) -> None:
        at, above = columns["lines"], columns["parent"]
        rows = list(rows)
        self.lines: Mapping[str, str] = {row.cells[0]: row.cells[at] for row in rows}
        self._ranges = {id: ranges(lines) for id, lines in self.lines.items()}
        for row in rows:
            ends = [end for pair in self._ranges[row.cells[0]] for end in pair]
            if ends != sorted(ends):
                lines = Message("problem.lines_backwards", lines=row.cells[at])
                row.problem(at, "F310", lines)
                self._ranges[row.cells[0]] = []  # what it has is not known
        for row in rows:
            ends = [end for pair in self._ranges[row.cells[0]] for end in pair]
            outside = [line for line in ends if not self.has(row.cells[above], line)]
            if outside:
                self._elsewhere(row, at, outside[0], row.cells[above])

    def has(self, source: str, line: int) -> bool:
        """Whether a source has a line; one that does not tell its lines may have any."""
        known = self._ranges.get(source)
        return not known or any(first <= line <= last for first, last in known)

    def check(self, row: Row, article: int, line: int) -> bool:
        """Whether a row's line is one of its article's; tells it if not."""
        if not row.cells[line] or self.has(row.cells[article], int(row.cells[line])):
            return True
        self._elsewhere(row, line, int(row.cells[line]), row.cells[article])
        return False

    def _elsewhere(self, row: Row, at: int, line: int, source: str) -> None:
        message = Message("problem.elsewhere", line=line, source=source, lines=self.lines[source])
        row.problem(at, "F310", message)


def period_fits(row: Row, columns: Mapping[str, int]) -> bool:
    """Whether a figure's period agrees with its kind, and with its date; tells it if not."""
    cells, at = row.cells, columns["period"]
    period = cells[at]
    if not period:
        return True
    if cells[columns["period_kind"]] == "undated":
        row.problem(at, "F206", Message("problem.period_undated", period=period))
        return False
    date = cells[columns["value"]] if cells[columns["unit"]] == "date" else period
    if not (date.startswith(period) or period.startswith(date)):
        row.problem(at, "F206", Message("problem.period_of_date", period=period, date=date))
        return False
    return True
