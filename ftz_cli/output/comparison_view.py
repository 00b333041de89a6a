"""The view of a comparison: a column for each initiative or zone, a row for each metric."""

import re
from collections.abc import Callable, Iterator
from decimal import Context
from fractions import Fraction
from functools import partial

from ..analysis.comparison import Cell as ComparedCell
from ..analysis.comparison import ComparedRow, Comparison
from ..language import Message, join, translate
from ..model.figure import Figure
from ..model.named import Zone
from ..quantities.interval import Interval
from .answers import differing_line
from .bars import bars
from .numbers import DIGITS, Notation, interval_text, meaning
from .records import ends, local, record
from .tables import period_of, printed_words, status_text, subject_of
from .view import Card, Cell, Column, Line, Part, Record, Table, View
from .words import word

Mark = Callable[..., str]
ROW = ("metric", "measure", "unit", "derived", "comparable", "warning")
CELL = (
    "figure", "figures", "printed", "value", "date", "base_unit", "low", "high", "meaning", "scope",
    "period", "base_period", "period_kind", "status", "initiative", "article", "line", "note",
    "differing",
)  # fmt: skip


def comparison_view(comparison: Comparison) -> View:
    """Initiatives or zones side by side; JSON is one document, CSV has a record for each cell."""
    columns, zones = comparison.columns, isinstance(comparison.columns[0], Zone)

    def document() -> Record:
        names = [{n: getattr(one, n) for n in ("id", "name_zh", "name_en")} for one in columns]
        rows = [
            _row_record(row)
            | {"cells": [cell and _cell_record(row, cell, zones) for cell in row.cells]}
            for row in comparison.rows
        ]
        return {"columns": names, "rows": rows}

    def record_of(item: tuple[ComparedRow, int]) -> Record:
        row, at = item
        fields = _cell_record(row, cell, zones) if (cell := row.cells[at]) else {}
        return _row_record(row) | {"column": columns[at].id} | fields

    cells = [(row, at) for row in comparison.rows for at in range(len(columns))]
    draw = partial(_drawn, comparison, zones)
    return View((*ROW, "column", *CELL), cells, record_of, draw, document=document)


def not_shown(comparison: Comparison, like: bool) -> Iterator[Message]:
    """What a comparison does not show: columns without a figure, and rows of one column."""
    rows, left_out = comparison.rows, comparison.left_out
    if left_out and not rows:
        yield Message("nothing in common to compare; --all shows what each has")
        return
    names = [local(one, "name") for one in comparison.columns]
    if empty := [names[at] for at in range(len(names)) if not any(row.cells[at] for row in rows)]:
        yield Message("nothing to compare of {names}", names=join(empty))
    if left_out and not like:
        yield Message("rows of one column: {count}; --all shows them", count=len(left_out))


def _row_record(row: ComparedRow) -> Record:
    return {
        "metric": row.metric.id,
        "measure": row.measure,
        "unit": None if row.mixed else row.base_unit,
        "derived": row.derived,
        "comparable": row.comparable,
        "warning": " ".join(_warning_texts(row)) or None,
    }


def _cell_record(row: ComparedRow, cell: ComparedCell, zones: bool) -> Record:
    # A derived cell has the article and line of its first figure.
    first, *others = cell.figures
    fields = record(first)
    fields |= {"figure": first.id, "value": fields["base_value"]}
    if others and cell.interval:
        fields |= dict.fromkeys(("figure", "printed", "value"))
        fields["base_unit"] = row.base_unit
        fields["low"], fields["high"] = ends(cell.interval)
        fields["meaning"] = interval_text(cell.interval, _notation(row))
    fields["figures"] = [one.id for one in cell.figures]
    fields["differing"] = [one.id for one in cell.differing]
    fields["initiative"] = first.initiative if zones else None
    return {name: fields[name] for name in CELL}


def _notation(row: ComparedRow) -> Notation:
    figures = [cell.figures[0] for cell in row.cells if cell]
    if row.derived and figures[0].base_unit != row.base_unit:
        return Notation("", row.unit, row.factor)
    return Notation.of(next((one for one in figures if one.unit == row.unit), figures[0]))


def _drawn(comparison: Comparison, zones: bool) -> list[Part]:
    notes: dict[str, int] = {}

    def mark(*texts: str) -> str:
        """The mark for some notes; each note stands once below the table."""
        numbers = {notes.setdefault(text, len(notes) + 1) for text in texts if text}
        return f" ({','.join(map(str, sorted(numbers)))})" if numbers else ""

    rows = []
    for row in comparison.rows:
        pages = [None, *(cell and f"/figure/{cell.figures[0].id}" for cell in row.cells)]
        rows.append((_cells(row, zones, mark), pages))

    def column(at: int, heading: str) -> Column:
        return Column(heading, lambda one: one[0][at], main=True, link=lambda one: one[1][at])

    headings = [translate("Metric"), *(local(one, "name") for one in comparison.columns)]
    table = Table([*map(column, range(len(headings)), headings)], rows)
    beneath = Card("", [(f"({number})", note) for note, number in notes.items()])
    return [table, beneath] if rows else []


def _cells(row: ComparedRow, zones: bool, mark: Mark) -> list[Cell]:
    # The heading of the row, then its cells, all in one scale.
    intervals = [cell.interval for cell in row.cells if cell and cell.interval]
    limits = [end for one in intervals for end in (one.low, one.high) if end is not None]
    notation = _notation(row)
    notation = notation.scaled([Context(DIGITS).plus(notation.in_plain(end)) for end in limits])
    unit = "" if row.mixed or row.base_unit in ("date", "rank") else notation.written("")
    head = [
        (local(row.metric, "name") + mark(*_warning_texts(row)), "bold"),
        (translate("derived") if row.derived else "", "dim"),
        (" ".join(unit.split()), "dim"),
    ]
    # Figures of different units show their units in the cells.
    shared = None if row.mixed else notation._replace(before="", behind="", scale="")
    cells: list[Cell] = [head]
    for cell, bar in zip(row.cells, _bars(row), strict=True):
        lines = _lines(row, cell, zones, shared, mark) if cell else [("–", "dim")]
        cells.append([(bar, "blue"), *lines])
    return cells


def _lines(
    row: ComparedRow, cell: ComparedCell, zones: bool, shared: Notation | None, mark: Mark
) -> Iterator[Line]:
    first = cell.figures[0]
    note = mark(local(first, "note"))
    if row.derived:
        yield interval_text(cell.interval, shared or _notation(row)), "cyan"
        yield " ÷ ".join(one.printed for one in cell.figures) + note, ""
    else:
        yield first.printed + note, "cyan"
        text = meaning(first, shared)
        # A meaning that only repeats the printed number is left out.
        if text.replace(",", "") not in re.findall(r"[\d.]+", first.printed.replace(",", "")):
            yield text, ""
    if zones:
        yield local(first, "initiative"), ""
    dated = first.period or first.period_kind == "cumulative"
    period = period_of(first) if dated else ""
    about = (status_text(first), printed_words(first, "scope"), period)
    yield " · ".join(filter(None, about)), "dim"
    yield join(dict.fromkeys(one.place for one in cell.figures)), "dim"
    yield from map(differing_line, cell.differing)


def _bars(row: ComparedRow) -> list[str]:
    """A bar up to the middle of each interval; "…" marks one without an upper end."""
    intervals = [cell.interval if cell else None for cell in row.cells]
    ordinal = any(cell and cell.figures[0].metric_kind == "ordinal" for cell in row.cells)
    if not row.comparable or row.measure == "rank" or ordinal:
        return [""] * len(intervals)
    drawn = bars([_middle(one) if one else Fraction(0) for one in intervals])
    return [bar + "…" if bar and one and one.high is None else bar
            for bar, one in zip(drawn, intervals, strict=True)]  # fmt: skip


def _middle(interval: Interval) -> Fraction:
    """The middle of an interval, or its only end: 20 is drawn longer than 19.99."""
    ends = [end for end in (interval.low, interval.high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends) if ends else Fraction(0)


def _warning_texts(row: ComparedRow) -> Iterator[str]:
    words: dict[str, Callable[[Figure], str]] = {
        "statuses": lambda one: word("status", one.status),
        "units": lambda one: local(one, "unit"),
        "metrics": lambda one: local(one, "metric"),
        "scopes": lambda one: printed_words(one, "scope") or translate("not stated"),
        "subjects": subject_of,
        "periods": period_of,
        "no_period": lambda one: "",
    }
    for kind, figures in row.warnings.items():
        texts = dict.fromkeys(map(words[kind], figures))
        # A text with a comma, e.g. "total, undated", needs another separator.
        listed = "; ".join(texts) if any(", " in text for text in texts) else join(texts)
        yield word("warning", kind, words=listed)
