"""A comparison as people see it: one column an initiative or zone, one row a metric."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..catalogue import say, word
from .bars import bar
from .numbers import Measure, Scale, headline, meaning, recomputed, row_scale
from .periods import period_text
from .view import ANCHOR, Cell, Column, Drawing, Line, Lines, Table
from .words import warning_text

if TYPE_CHECKING:
    from fractions import Fraction

    from ..compare import Cell as Compared
    from ..compare import ComparedRow, Comparison

_BAR = 14


def comparison(compared: Comparison, lang: str) -> Drawing:
    """The rows, and beneath them why some are not quite alike."""
    notes: list[str] = []
    metrics: list[Cell] = []
    cells: list[list[Cell]] = []
    for row in compared.rows:
        marks = sorted(_mark(warning_text(warning, lang), notes) for warning in row.warnings)
        marked = " ".join([row.metric.named(lang), *(f"({mark})" for mark in marks)])
        measure = row_measure(row, lang)
        scale = _scale(row, measure)
        told = [say("heading.derived", lang)] if row.derived else []
        told += [label] if (label := _unit_label(row, measure, scale)) else []
        metric: list[Line] = [(marked, "bold"), *((each, "dim") for each in told)]
        metrics.append(metric)
        cells.append(_cells(row, measure, scale, lang))
    columns = [
        Column(say("heading.metric", lang), metrics, style="bold", wraps=True, worth=ANCHOR),
        *(
            Column(name.named(lang), [row[at] for row in cells], worth=ANCHOR)
            for at, name in enumerate(compared.columns)
        ),
    ]
    drawing = Drawing(say("title.comparison", lang))
    drawing.parts.append(Table(columns, "", say("empty.comparison", lang)))
    if notes:
        lines: list[list[Line]] = [
            [(f"({at}) ", "yellow"), (note, "")] for at, note in enumerate(notes, 1)
        ]
        drawing.parts.append(Lines(lines, wraps=True, indent=4))
    return drawing


def _mark(note: str, notes: list[str]) -> int:
    """The number of a note; the same words get the same number."""
    if note not in notes:
        notes.append(note)
    return notes.index(note) + 1


def _unit_label(row: ComparedRow, measure: Measure, scale: Scale) -> str:
    if row.base_unit == "date":
        return ""
    if measure.lang == "zh":
        return scale.name + measure.label
    # As the numbers themselves are written: CNY billion, but million tonnes.
    words = (measure.label, scale.name) if measure.currency else (scale.name, measure.label)
    return " ".join(filter(None, words))


def _cells(row: ComparedRow, measure: Measure, scale: Scale, lang: str) -> list[Cell]:
    # A rank of 1 is the best, and a bar of it would be the shortest.
    drawn_as_bars = row.comparable and row.base_unit != "rank"
    bars = _bars(row) if drawn_as_bars else [""] * len(row.cells)
    return [
        _with_bar(_lines(row, cell, measure, scale, lang), drawn) if cell else [("–", "dim")]
        for cell, drawn in zip(row.cells, bars, strict=True)
    ]


def _with_bar(lines: list[Line], drawn: str) -> list[Line]:
    """The bar comes second, so that the bars of a row stand on one line."""
    return [lines[0], (drawn, "blue"), *lines[1:]] if drawn else lines


def _lines(
    row: ComparedRow, cell: Compared, measure: Measure, scale: Scale, lang: str
) -> list[Line]:
    if row.derived:
        if cell.meaning is None:
            return [("–", "dim")]
        first = headline(cell.meaning, measure, scale)
        exact = recomputed(cell.meaning, measure.bare, scale)
        # Both figures are of the same period.
        own = cell.figures[0]
        period = period_text(own.period, own.period_kind, lang) if own.period else ""
        exact = "" if exact in first else exact
        return [line for line in ((first, "cyan"), (exact, ""), (period, "dim")) if line[0]]
    lines: list[Line] = []
    for figure in cell.figures:
        lines.append((figure.printed, "cyan"))
        dated = figure.base_unit == "date"
        meant = meaning(figure, lang, scale, None if dated else measure.bare)
        if meant != figure.printed and (
            dated or figure.low != figure.high or figure.unit != row.unit
        ):
            lines.append((meant, ""))
        told = []
        if figure.status != "measured":
            told.append(word("status", figure.status, lang))
        if figure.period and not dated:
            told.append(period_text(figure.period, figure.period_kind, lang))
        if told:
            lines.append((" · ".join(told), "dim"))
    return lines


def row_measure(row: ComparedRow, lang: str) -> Measure:
    """How the numbers of a row are written: in the row's unit, not in each figure's own."""
    figures = [figure for cell in row.cells if cell for figure in cell.figures]
    alike = [figure for figure in figures if figure.unit == row.unit]
    if alike and not row.derived:
        return Measure.of(alike[0], lang)
    return Measure.in_base(row.base_unit, row.unit, row.factor, lang)


def _scale(row: ComparedRow, measure: Measure) -> Scale:
    """One scale for all the cells of a row."""
    numbers: list[Fraction] = []
    for cell in row.cells:
        if cell and cell.meaning:
            numbers += [end for end in (cell.meaning.low, cell.meaning.high) if end is not None]
    return row_scale(measure, numbers)


def _bars(row: ComparedRow) -> list[str]:
    """A bar for each cell: solid as far as is sure, shaded as far as may be."""
    from fractions import Fraction  # the intervals have brought it along

    ends: list[tuple[Fraction, Fraction] | None] = []
    for cell in row.cells:
        meant = cell.meaning if cell else None
        low = meant.low if meant else None
        high = meant.high if meant else None
        if low is None and high is None:
            ends.append(None)
            continue
        sure, reach = low or high or Fraction(0), high or low or Fraction(0)
        ends.append((max(sure, Fraction(0)), reach))
    most = max((end[1] for end in ends if end), default=Fraction(0))
    if most <= 0:
        return [""] * len(ends)
    return [
        bar(_decimal(end[0]), _decimal(most), _BAR, _decimal(end[1])) if end else "" for end in ends
    ]


def _decimal(number: Fraction) -> Decimal:
    numerator, denominator = number.as_integer_ratio()
    return Decimal(numerator) / Decimal(denominator)
