"""A comparison: one column an initiative or zone, one row a metric."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING

from ..language import Message, join, language, translate
from .bars import bar
from .columns import Footnotes
from .figure_view import differing_line, scope_text, status_text, subject_of
from .numbers import Notation, Scale, interval_text, meaning
from .periods import period_text, span_text
from .records import COMPARED_ROW, cell_record
from .view import ABSENT, Cell, Column, Drawing, Line, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..analysis.comparison import Cell as ComparedCell
    from ..analysis.comparison import ComparedRow, Comparison, RowWarning
    from ..model.figure import Figure
    from ..model.named import Named

BAR = 14
# More figures than this would make a note longer than what it is a note to.
MOST_FURTHER = 4
FLAT = ("printed", "value", "low", "high", "meaning", "period", "article", "line")
WARNINGS = {
    "statuses": Message("Not of one kind: {words}."),
    "units": Message("Different units: {words}."),
    "metrics": Message("Different metrics of one family: {words}."),
    "scopes": Message("Different scopes: {words}."),
    "subjects": Message("Figures of different subjects: {words}."),
    "periods": Message("Different periods: {words}."),
}


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


def _cell_text(row: ComparedRow, cell: ComparedCell) -> str:
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
    rows = [_drawn_row(row, comparison.columns, notes) for row in comparison.rows]
    headings = [translate("Metric"), *(one.named(language()) for one in comparison.columns)]
    columns = [
        Column(heading, itemgetter(at), wraps=True, main=True)
        for at, heading in enumerate(headings)
    ]
    table = Table(columns, rows, empty=translate("nothing in common to compare"))
    return Drawing(translate("Comparison"), [table, notes.part()])


def _drawn_row(row: ComparedRow, columns: Sequence[Named], notes: Footnotes) -> list[Cell]:
    """The head of a row and its cells, all in one scale."""
    intervals = [cell.interval for cell in row.cells if cell and cell.interval]
    ends = [end for one in intervals for end in (one.low, one.high) if end is not None]
    notation = notation_of(row)
    scale = notation.scale_of(ends) if ends else Scale()
    bare = notation._replace(bare=True)

    def meant(figure: Figure) -> str:
        if figure.date is not None:
            return meaning(figure)
        if figure.low == figure.high and figure.unit == row.unit:
            return figure.printed  # the same number again
        return meaning(figure, bare, scale)

    def lines(cell: ComparedCell) -> Iterator[Line]:
        first = cell.figures[0]
        note = notes.mark(first.note(language()))
        if row.derived:
            yield interval_text(cell.interval, bare, scale) if cell.interval else ABSENT, "cyan"
            yield " ÷ ".join(one.printed for one in cell.figures) + note, ""
        else:
            yield first.printed + note, "cyan"
            if meant(first) != first.printed:
                yield meant(first), ""
        if cell.initiative:
            yield cell.initiative.named(language()), ""
        dated = first.period and first.date is None
        period = period_text(first.period, first.period_kind, first.base_period) if dated else ""
        yield " · ".join(filter(None, (status_text(first), scope_text(first), period))), "dim"
        yield join(dict.fromkeys(one.place for one in cell.figures)), "dim"
        yield from map(differing_line, cell.differing)

    texts = [_warning_text(warning) for warning in row.warnings]
    for name, cell in zip(columns, row.cells, strict=True):
        texts += [_further_text(name, cell.further)] if cell and cell.further else []
    unit = "" if row.base_unit == "date" else notation.label(scale)
    head = [(row.metric.named(language()) + notes.mark(*texts), "bold")]
    head += [(text, "dim") for text in (translate("derived") if row.derived else "", unit)]
    return [
        head,
        *(
            [(drawn, "blue"), *lines(cell)] if cell else [(ABSENT, "dim")]
            for cell, drawn in zip(row.cells, _bars(row), strict=True)
        ),
    ]


def _bars(row: ComparedRow) -> list[str]:
    """A bar for each cell: solid as far as is sure, shaded as far as may be."""
    found = [cell.interval if cell else None for cell in row.cells]
    none = Fraction(0)
    ends = [one and (one.low or one.high or none, one.high or one.low or none) for one in found]
    most = max((end[1] for end in ends if end), default=none)
    least = min((end[0] for end in ends if end), default=none)
    # A rank of 1 is the best, and its bar would be the shortest.
    if not row.comparable or row.measure == "rank" or most <= 0 or least < 0:
        return [""] * len(ends)
    # Filled up, so that texts behind bars begin at one place.
    return [(bar(end[0], most, BAR, end[1]) if end else "").ljust(BAR + 1) for end in ends]


# ---- words ---------------------------------------------------------------------------------------


def _warning_text(warning: RowWarning) -> str:
    """How the figures of a row differ, with one value of each kind."""
    words: dict[str, Callable[[Figure], str]] = {
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
