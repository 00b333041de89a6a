"""A comparison: one column an initiative or zone, one row a metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..language import Message, join, language, translate
from .bars import bar
from .columns import Footnotes
from .figure_view import differing_line, scope_text, status_text, subject_of
from .numbers import Notation, Scale, interval_text, meaning
from .periods import period_text, span_text
from .records import COMPARED_ROW, cell_record
from .view import ABSENT, Column, Drawing, Line, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.comparison import Cell, ComparedRow, Comparison, RowWarning
    from ..model.figure import Figure
    from ..model.named import Named

BAR = 14
# More figures than this would make a note longer than what it is a note to.
MOST_FURTHER = 4
FLAT = ("printed", "value", "low", "high", "meaning", "period", "article", "line")


def comparison_view(comparison: Comparison) -> View:
    """Initiatives or zones side by side."""
    columns = [
        {"id": one.id, "name_zh": one.name_zh, "name_en": one.name_en} for one in comparison.columns
    ]
    names = {f"{one.id}.{part}": (at, part) for at, one in enumerate(comparison.columns)
             for part in FLAT}  # fmt: skip

    def flat(record: Record) -> Record:
        cells = {name: (record["cells"][at] or {}).get(part) for name, (at, part) in names.items()}
        return record | cells

    return View(
        COMPARED_ROW,
        lambda: map(_row_record, comparison.rows),
        lambda: _drawing(comparison),
        document=lambda rows: {"columns": columns, "rows": rows},
        flat_fields=(*COMPARED_ROW[:-1], *names),
        flat=flat,
    )


def _row_record(row: ComparedRow) -> Record:
    warnings = " ".join(_warning_text(warning) for warning in row.warnings)
    return {
        "metric": row.metric.id,
        "measure": row.measure,
        "unit": row.base_unit,
        "derived": row.derived,
        "comparable": row.comparable,
        "warning": warnings or None,
        "cells": [cell_record(cell, _cell_text(row, cell) if cell else "") for cell in row.cells],
    }


def _cell_text(row: ComparedRow, cell: Cell) -> str:
    """What a cell means, with its unit."""
    if row.derived:
        return interval_text(cell.interval, notation_of(row)) if cell.interval else ""
    return meaning(cell.figures[0])


def notation_of(row: ComparedRow) -> Notation:
    """How the numbers of a row are written: in the row's unit, not in each figure's own."""
    figures = [cell.figures[0] for cell in row.cells if cell and cell.figures[0].unit == row.unit]
    if figures and not row.derived:
        return Notation.of(figures[0])
    return Notation.in_base(row.base_unit, row.unit, row.factor)


# ---- drawing -------------------------------------------------------------------------------------


def _drawing(comparison: Comparison) -> Drawing:
    notes = Footnotes()
    rows = [_DrawnRow(row, comparison.columns, notes) for row in comparison.rows]
    columns = [
        Column(Message("Metric"), lambda row: row.head, "bold", wraps=True, main=True),
        *(
            Column(one.named(language()), lambda row, at=at: row.cells[at], main=True, wraps=True)  # type: ignore[misc]
            for at, one in enumerate(comparison.columns)
        ),
    ]
    table = Table(columns, rows, empty=translate("nothing in common to compare"))
    return Drawing(translate("Comparison"), [table, notes.part()])


class _DrawnRow:
    """A row as it is drawn: its head and its cells, in one scale."""

    def __init__(self, row: ComparedRow, columns: Sequence[Named], notes: Footnotes) -> None:
        self._row = row
        self._notes = notes
        self._notation = notation_of(row)
        ends = [
            end
            for cell in row.cells
            if cell and cell.interval
            for end in (cell.interval.low, cell.interval.high)
            if end is not None
        ]
        self._scale = self._notation.scale_of(ends) if ends else Scale()
        texts = [_warning_text(warning) for warning in row.warnings]
        for column, cell in zip(columns, row.cells, strict=True):
            if cell and cell.further:
                texts.append(_further_text(column, cell.further))
        marked = row.metric.named(language()) + notes.mark(*texts)
        unit = "" if row.base_unit == "date" else self._notation.label(self._scale)
        beneath = [translate("derived") if row.derived else "", unit]
        self.head: list[Line] = [(marked, "bold"), *((text, "dim") for text in beneath if text)]
        bars = self._bars()
        self.cells = [
            [(drawn, "blue"), *self._lines(cell)] if cell else [(ABSENT, "dim")]
            for cell, drawn in zip(row.cells, bars, strict=True)
        ]

    def _lines(self, cell: Cell) -> Iterator[Line]:
        first = cell.figures[0]
        note = self._notes.mark(first.note(language()))
        if self._row.derived:
            interval = cell.interval
            if interval:
                yield interval_text(interval, self._notation.without_unit(), self._scale), "cyan"
            yield " ÷ ".join(one.printed for one in cell.figures) + note, ""
        else:
            yield first.printed + note, "cyan"
            meant = self._meaning(first)
            if meant != first.printed:
                yield meant, ""
        if cell.initiative:
            yield cell.initiative.named(language()), ""
        said = [status_text(first), scope_text(first)]
        if first.period and first.date is None:
            said.append(period_text(first.period, first.period_kind, first.base_period))
        if any(said):
            yield " · ".join(filter(None, said)), "dim"
        yield join(dict.fromkeys(one.place for one in cell.figures)), "dim"
        yield from map(differing_line, cell.differing)

    def _meaning(self, figure: Figure) -> str:
        if figure.date is not None:
            return meaning(figure)
        if figure.low == figure.high and figure.unit == self._row.unit:
            return figure.printed  # the same number again
        return meaning(figure, self._notation.without_unit(), self._scale)

    def _bars(self) -> list[str]:
        """A bar for each cell: solid as far as is sure, shaded as far as may be."""
        ends: list[tuple[Fraction, Fraction] | None] = []
        for cell in self._row.cells:
            found = cell.interval if cell else None
            low, high = (found.low, found.high) if found else (None, None)
            sure, reach = low or high or Fraction(0), high or low or Fraction(0)
            ends.append((sure, reach) if found else None)
        most = max((reach for _, reach in filter(None, ends)), default=Fraction(0))
        least = min((sure for sure, _ in filter(None, ends)), default=Fraction(0))
        # A rank of 1 is the best, and its bar would be the shortest.
        if not self._row.comparable or self._row.measure == "rank" or most <= 0 or least < 0:
            return [""] * len(ends)
        return [(bar(end[0], most, BAR, end[1]) if end else "").ljust(BAR + 1) for end in ends]


def _warning_text(warning: RowWarning) -> str:
    """How the figures of a row differ, with one value of each kind."""
    words: dict[str, Any] = {
        "statuses": lambda one: word("status", one.status),
        "units": lambda one: one.unit_zh if language() == "zh" else one.unit_en,
        "metrics": lambda one: one.named(language()),
        "scopes": lambda one: scope_text(one) or translate("not stated"),
        "subjects": subject_of,
        "periods": lambda one: period_text(one.period, one.period_kind, one.base_period),
    }
    if warning.kind == "no_period":
        return translate("No period is printed.")
    said = join(dict.fromkeys(map(words[warning.kind], warning.figures)))
    return translate(WARNINGS[warning.kind].english, words=said)


WARNINGS = {
    "statuses": Message("Not of one kind: {words}."),
    "units": Message("Different units: {words}."),
    "metrics": Message("Different metrics of one family: {words}."),
    "scopes": Message("Different scopes: {words}."),
    "subjects": Message("Figures of different subjects: {words}."),
    "periods": Message("Different periods: {words}."),
}


def _further_text(column: Named, figures: Sequence[Figure]) -> str:
    """What else is printed for a column."""

    def said(one: Figure) -> str:
        words = {"metric": one.named(language()), "printed": one.printed}
        if not one.period:
            return translate("{metric} {printed}", **words)
        return translate("{metric} {printed} ({period})", period=span_text(one.period), **words)

    words = {"column": column.named(language()), "figures": join(map(said, figures[:MOST_FURTHER]))}
    more = len(figures) - MOST_FURTHER
    if more > 0:
        return translate(
            "Also printed for {column}: {figures}, and {more} more.", more=more, **words
        )
    return translate("Also printed for {column}: {figures}.", **words)
