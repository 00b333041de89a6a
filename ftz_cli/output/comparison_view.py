"""A comparison: one column an initiative or zone, one row a metric."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ..language import join, translate
from .bars import bars
from .figure_view import differing_line, period_of, scope_text, status_text, subject_of
from .numbers import Notation, Scale, interval_text, meaning
from .records import ends, record, records, trimmed
from .tables import local
from .view import Card, Cell, Column, Line, Link, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.comparison import Cell as ComparedCell
    from ..analysis.comparison import ComparedRow, Comparison
    from ..model.figure import Figure

BAR = 14
ROW = ("metric", "measure", "unit", "derived", "comparable", "warning")
CELL = (
    *("figure", "figures", "printed", "value", "low", "high", "meaning", "period", "status"),
    *("initiative", "article", "line", "note", "differing"),
)


def comparison_view(comparison: Comparison) -> View:
    """Initiatives or zones side by side; as flat rows, one for each cell."""

    zones = comparison.kind == "zone"

    def document() -> Record:
        columns = records(comparison.columns, ("id", "name_zh", "name_en"))
        rows = [
            _row_record(row) | {"cells": [_cell_record(row, cell, zones) for cell in row.cells]}
            for row in comparison.rows
        ]
        return {"columns": columns, "rows": rows}

    def cells() -> Iterator[Record]:
        for row in comparison.rows:
            for column, cell in zip(comparison.columns, row.cells, strict=True):
                found = _cell_record(row, cell, zones) or {}
                yield _row_record(row) | {"column": column.id} | found

    flat = View((*ROW, "column", *CELL), cells, lambda: [])
    return View(("columns", "rows"), lambda: [document()], lambda: _drawn(comparison), True, flat)


def _row_record(row: ComparedRow) -> Record:
    warning = " ".join(_warning_texts(row))
    unit = None if row.mixed else row.base_unit
    return record(row, ROW, metric=row.metric.id, unit=unit, warning=warning)


def _cell_record(row: ComparedRow, cell: ComparedCell | None, zones: bool) -> Record | None:
    """A cell with its meaning in words; None where a column has no figure.

    A derived cell has the figures that it comes from; `article` and `line` are the first one's.
    """
    if cell is None:
        return None
    first, *others = cell.figures
    low, high = ends(cell.interval) if cell.interval else (None, None)
    meant = meaning(first)
    if row.derived and cell.interval:
        meant = interval_text(cell.interval, _notation(row))
    return record(
        first,
        CELL,
        figure=None if others else first.id,
        figures=[one.id for one in cell.figures],
        printed=None if others else first.printed,
        value=None if others else trimmed(first.base_value),
        low=low,
        high=high,
        meaning=meant,
        initiative=first.initiative if zones else None,
        note=local(first, "note"),
        differing=[one.id for one in cell.differing],
    )


def _notation(row: ComparedRow) -> Notation:
    """How the numbers of a row are written: in one unit, not in each figure's own."""
    figures = [cell.figures[0] for cell in row.cells if cell]
    if row.derived and figures[0].base_unit != row.base_unit:
        return Notation("", row.unit, row.factor)
    return Notation.of(next((one for one in figures if one.unit == row.unit), figures[0]))


# ---- drawing -------------------------------------------------------------------------------------


class _Notes(dict[str, int]):
    """Notes beneath the table, each once, by their numbers."""

    def mark(self, *notes: str | None) -> str:
        """What refers to some notes, behind a text: ` (1,2)`."""
        numbers = {self.setdefault(note, len(self) + 1) for note in notes if note}
        return f" ({','.join(map(str, sorted(numbers)))})" if numbers else ""


def _drawn(comparison: Comparison) -> list[Part]:
    notes = _Notes()
    cells = [_cells(row, comparison.kind == "zone", notes) for row in comparison.rows]

    def column(at: int, heading: str) -> Column:
        def page(row: int) -> Link:
            cell = comparison.rows[row].cells[at - 1] if at else None
            return "figure", cell.figures[0].id if cell else None

        return Column(heading, lambda row: cells[row][at], main=True, link=page)

    headings = [translate("Metric"), *(local(one, "name") for one in comparison.columns)]
    columns = [column(at, heading) for at, heading in enumerate(headings)]
    empty = translate("nothing in common to compare")
    below = Card("", [(f"({number})", note) for note, number in notes.items()], "dim")
    return [Table(columns, range(len(cells)), empty=empty), below]


def _cells(row: ComparedRow, zones: bool, notes: _Notes) -> list[Cell]:
    """The head of a row and its cells, all in one scale, with notes to what is uneven."""
    intervals = [cell.interval for cell in row.cells if cell and cell.interval]
    limits = [end for one in intervals for end in (one.low, one.high) if end is not None]
    notation = _notation(row)
    scale = notation.scale_of(limits) if limits else Scale()
    own_units = row.mixed or row.base_unit in ("date", "rank")
    head = [
        (local(row.metric, "name") + notes.mark(*_warning_texts(row)), "bold"),
        (translate("derived") if row.derived else "", "dim"),
        ("" if own_units else notation.label(scale), "dim"),
    ]
    # Where the head can't say the unit, each cell does.
    shared = () if row.mixed else (notation.bare(), Scale(scale.power))
    cells: list[Cell] = [head]
    for cell, drawn in zip(row.cells, _bars(row), strict=True):
        lines = _lines(row, cell, zones, shared, notes) if cell else [("–", "dim")]
        cells.append([(drawn, "blue"), *lines])
    return cells


def _lines(
    row: ComparedRow,
    cell: ComparedCell,
    zones: bool,
    shared: tuple[()] | tuple[Notation, Scale],
    notes: _Notes,
) -> Iterator[Line]:
    """What a cell shows: what is printed, what it means, of what, when, and where it stands.

    `shared` is how all numbers of the row are written, where they are of one unit.
    """
    first = cell.figures[0]
    note = notes.mark(local(first, "note"))
    if row.derived:
        yield interval_text(cell.interval, *shared) if cell.interval else "–", "cyan"
        yield " ÷ ".join(one.printed for one in cell.figures) + note, ""
    else:
        yield first.printed + note, "cyan"
        # The same number again says nothing.
        if first.low is None or first.low != first.high or first.factor != row.factor:
            yield meaning(first, *shared), ""
    if zones:
        yield local(first, "initiative"), ""
    dated = first.period and first.date is None
    about = (status_text(first), scope_text(first), period_of(first) if dated else "")
    yield " · ".join(filter(None, about)), "dim"
    yield join(dict.fromkeys(one.place for one in cell.figures)), "dim"
    yield from map(differing_line, cell.differing)


def _bars(row: ComparedRow) -> list[str]:
    """A bar for each cell, as long as is sure; none where a smaller number is the better one."""
    found = [cell.interval if cell else None for cell in row.cells]
    ordinal = any(cell and cell.figures[0].metric_kind == "ordinal" for cell in row.cells)
    if not row.comparable or row.measure == "rank" or ordinal:
        return [""] * len(found)
    return bars([(one and (one.low or one.high)) or Fraction(0) for one in found], BAR)


# ---- words ---------------------------------------------------------------------------------------


def _warning_texts(row: ComparedRow) -> Iterator[str]:
    """How the figures of a row differ, with one value of each kind."""
    words: dict[str, Callable[[Figure], str]] = {
        "statuses": lambda one: word("status", one.status),
        "units": lambda one: local(one, "unit"),
        "metrics": lambda one: local(one, "metric"),
        "scopes": lambda one: scope_text(one) or translate("not stated"),
        "subjects": subject_of,
        "periods": period_of,
        "no_period": lambda one: "",
    }
    for kind, figures in row.warnings.items():
        yield word("warning", kind, words=join(dict.fromkeys(map(words[kind], figures))))
