"""A comparison as people see it: one column an initiative or zone, one row a metric."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..catalogue import say
from .bars import bar
from .numbers import Measure, Scale, headline, meaning, recomputed, scale_of
from .periods import period_text
from .view import ANCHOR, Cell, Column, Drawing, Line, Lines, Table
from .words import warning_text, word

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
        marks = [_mark(warning_text(warning, lang), notes) for warning in row.warnings]
        marked = f"{row.metric.named(lang)} {' '.join(marks)}".rstrip()
        metric: list[Line] = [(marked, "bold")]
        if row.derived:
            metric.append((say("compare.derived", lang), "dim"))
        metrics.append(metric)
        cells.append(_cells(row, lang))
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


def _mark(note: str, notes: list[str]) -> str:
    """The number of a note; the same words get the same number."""
    if note not in notes:
        notes.append(note)
    return f"({notes.index(note) + 1})"


def _cells(row: ComparedRow, lang: str) -> list[Cell]:
    scale = _row_scale(row, lang)
    bars = _bars(row) if row.comparable else [""] * len(row.cells)
    return [
        _lines(row, cell, scale, drawn, lang) if cell else [("–", "dim")]
        for cell, drawn in zip(row.cells, bars, strict=True)
    ]


def _lines(
    row: ComparedRow, cell: Compared, scale: Scale | None, drawn: str, lang: str
) -> list[Line]:
    if row.derived or cell.value is None:
        return [*_derived(row, cell, lang), *_bar_line(drawn)]
    lines: list[Line] = []
    for figure in cell.figures:
        lines.append((figure.printed, "cyan"))
        meant = meaning(figure, lang, scale)
        if meant != figure.printed:
            lines.append((meant, ""))
        told = []
        if figure.status != "measured":
            told.append(word("status", figure.status, lang))
        if figure.period:
            told.append(period_text(figure.period, figure.period_kind, lang))
        if told:
            lines.append((" · ".join(told), "dim"))
    return [*lines, *_bar_line(drawn)]


def _derived(row: ComparedRow, cell: Compared, lang: str) -> list[Line]:
    if cell.meaning is None:
        return [("–", "dim")]
    measure = row_measure(row, lang)
    first, exact = headline(cell.meaning, measure), recomputed(cell.meaning, measure)
    return [(first, "cyan")] if first == exact else [(first, "cyan"), (exact, "")]


def row_measure(row: ComparedRow, lang: str) -> Measure:
    """How a derived row's numbers are written."""
    return Measure.in_base(row.base_unit, row.unit, row.factor, lang)


def _row_scale(row: ComparedRow, lang: str) -> Scale | None:
    """One scale for all the cells of a row; None for dates and derived rows."""
    figures = [figure for cell in row.cells if cell for figure in cell.figures]
    numbers = [f.base_value for f in figures if isinstance(f.base_value, Decimal)]
    if row.derived or not figures or len(numbers) != len(figures):
        return None
    if lang == "zh":
        return row_measure(row, lang).own
    return scale_of(Measure.of(figures[0], lang), numbers)


def _bar_line(drawn: str) -> list[Line]:
    return [(drawn, "blue")] if drawn else []


def _bars(row: ComparedRow) -> list[str]:
    """A bar for each cell: solid as far as is sure, shaded as far as may be."""
    ends: list[tuple[Fraction | Decimal, Fraction | Decimal] | None] = []
    for cell in row.cells:
        meant = cell.meaning if cell else None
        low = meant.low if meant else None
        high = meant.high if meant else None
        if low is None and high is None:
            ends.append(None)
            continue
        sure = low if low is not None else high
        reach = high if high is not None else low
        assert sure is not None and reach is not None
        ends.append((max(sure, type(sure)(0)), reach))
    most = max((end[1] for end in ends if end), default=0)
    if not most or most <= 0:
        return [""] * len(ends)
    return [
        bar(_decimal(end[0]), _decimal(most), _BAR, _decimal(end[1])) if end else ""
        for end in ends
    ]


def _decimal(number: Fraction | Decimal | int) -> Decimal:
    numerator, denominator = number.as_integer_ratio()
    return Decimal(numerator) / Decimal(denominator)
