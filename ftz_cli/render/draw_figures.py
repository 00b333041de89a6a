"""Figures as people see them: a table, the notes to them, and the series they form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..catalogue import say, word
from ..interval import Interval
from .bars import bar
from .numbers import Measure, meaning, recomputed
from .periods import date_text, period_text
from .view import ANCHOR, Cell, Column, Drawing, Line, Lines, Table
from .words import named, other

if TYPE_CHECKING:
    from ..models import Figure

# More notes than this would bury the table; how to see them is said in their place.
MOST_NOTES = 20
_SERIES_BAR = 24
# Growth beyond this many times reads better as a multiple than as a percentage.
_MULTIPLE = 10
_NO_SERIES = frozenset({"date", "rank", "growth", "change"})


def figures(found: Sequence[Figure], title: str, lang: str) -> Drawing:
    """The table of figures, with series and notes beneath."""
    drawing = Drawing(title or say("title.figures", lang), [table(found, lang)])
    drawing.parts += beneath(found, lang)
    return drawing


def beneath(found: Sequence[Figure], lang: str) -> list[Table | Lines]:
    """What stands beneath a table of figures."""
    parts: list[Table | Lines] = [*_series(found, lang)]
    notes = list(_marks(found, lang))
    if len(notes) > MOST_NOTES:
        parts.append(Lines([[(say("note.many", lang, count=len(notes)), "dim")]], wraps=True))
    elif notes:
        lines: list[list[Line]] = [
            [(f"({at}) ", "yellow"), (note, "dim")] for at, note in enumerate(notes, 1)
        ]
        parts.append(Lines(lines, wraps=True, indent=4))
    return parts


def _note(figure: Figure, lang: str) -> str:
    return named(figure.note_zh, figure.note, lang) or figure.note or ""


def _marks(found: Sequence[Figure], lang: str) -> dict[str, int]:
    """The notes to the figures, each once, with its number."""
    notes = dict.fromkeys(note for figure in found if (note := _note(figure, lang)))
    return {note: at for at, note in enumerate(notes, 1)}


def _marked_metrics(found: Sequence[Figure], lang: str) -> list[str]:
    """The names of the metrics, with the number of the note that stands beneath the table."""
    marks = _marks(found, lang)
    shown = marks if len(marks) <= MOST_NOTES else {}
    names = [named(figure.metric_zh, figure.metric_en, lang) for figure in found]
    numbers = [shown.get(_note(figure, lang)) for figure in found]
    return [f"{name} ({at})" if at else name for name, at in zip(names, numbers, strict=True)]


def table(
    found: Sequence[Figure], lang: str, title: str = "", subject: bool = True, zone: bool = True
) -> Table:
    """The columns of figures; a card leaves out the subject, or the zone, that it is about.

    Where it leaves out the zone, the subjects stand above their figures.
    """
    away = other(lang)
    columns = [
        Column(say("heading.metric", lang), _marked_metrics(found, lang), (f"metric_{lang}",),
               "bold", wraps=True, worth=ANCHOR),
        Column("", [named(f.metric_zh, f.metric_en, away) for f in found],
               (f"metric_{away}",), "dim", wraps=True, worth=1, beside=True),
    ]  # fmt: skip
    if subject:
        columns += _subject(found, lang, zone)
    columns += [
        Column(say("heading.printed", lang), [f.printed for f in found], ("printed",), "cyan",
               right=True, worth=90),
        meanings(found, lang),
    ]  # fmt: skip
    if any(figure.status != "measured" for figure in found):
        statuses = [word("status", f.status, lang) if f.status != "measured" else "" for f in found]
        columns.append(Column(say("heading.status", lang), statuses, style="yellow", worth=75))
    columns += [
        Column(say("heading.period", lang), [_period(f, lang) for f in found], worth=70),
        Column(say("heading.place", lang), [f"{f.article}:{f.line}" for f in found],
               style="dim", worth=50),
    ]  # fmt: skip
    return Table(columns, title, say("empty.figures", lang))


def meanings(found: Sequence[Figure], lang: str) -> Column:
    """The column of meanings; a count in English has no unit to tell it by, so its heading does."""
    bare = [lang == "en" and figure.unit_kind == "count" for figure in found]
    told = [meaning(figure, lang) for figure in found]
    return Column(say("heading.meaning", lang), told, worth=80, labelled=bare)


def _period(figure: Figure, lang: str) -> Cell:
    """The period; a date is its own, and what is undated is said quietly."""
    if figure.base_unit == "date":
        return ""
    text = period_text(figure.period, figure.period_kind, lang)
    return text if figure.period else [(text, "dim")]


def _subject(found: Sequence[Figure], lang: str, zone: bool) -> list[Column]:
    away = other(lang)
    columns = [
        Column(say("heading.subject", lang), [_subject_name(f, lang) for f in found],
               wraps=True, worth=60, heads=not zone),
        Column("", [_subject_name(f, away) for f in found], style="dim", wraps=True, worth=2,
               beside=True, heads=not zone),
    ]  # fmt: skip
    if zone and any(figure.initiative for figure in found):
        zones = [named(f.zone_zh, f.zone_en, lang) if f.initiative else "" for f in found]
        columns.append(Column(say("heading.zone", lang), zones, wraps=True, worth=40))
    return columns


def _subject_name(figure: Figure, lang: str) -> str:
    if figure.initiative:
        return named(figure.initiative_zh, figure.initiative_en, lang)
    return named(figure.zone_zh, figure.zone_en, lang)


def _series(found: Sequence[Figure], lang: str) -> list[Table]:
    """Bars for each metric of one subject that is printed for several years."""
    groups: dict[tuple[str, str, str | None], dict[str, Figure]] = {}
    for figure in found:
        if (
            figure.period
            and "/" not in figure.period
            and isinstance(figure.value, Decimal)
            and figure.metric_kind not in _NO_SERIES
            and figure.period_kind in ("during", "as_of")
        ):
            key = (figure.metric, figure.zone, figure.initiative)
            groups.setdefault(key, {}).setdefault(figure.period, figure)
    return [
        _series_table([group[period] for period in sorted(group)], lang)
        for group in groups.values()
        if len(group) > 1
    ]


def _series_table(series: list[Figure], lang: str) -> Table:
    first, last = series[0], series[-1]
    most = max(Decimal(figure.base_value) for figure in series)
    columns = [
        Column("", ["  " + date_text(figure.period or "", lang) for figure in series]),
        Column("", [figure.printed for figure in series], style="cyan", right=True),
        Column("", [bar(Decimal(f.base_value), most, _SERIES_BAR) for f in series], style="blue"),
    ]
    name = named(first.metric_zh, first.metric_en, lang)
    told = [name, _subject_name(first, lang), _change(first, last, lang)]
    return Table(columns, " · ".join(filter(None, told)), bare=True)


def _change(first: Figure, last: Figure, lang: str) -> str:
    """The change between two figures, from their intervals."""
    before, after = first.meaning, last.meaning
    if before is None or after is None:
        return ""
    if first.unit_kind in ("share", "points"):
        points = Measure(lang, "points", say("unit.points", lang))
        return say("series.change", lang, change=recomputed(after - before, points))
    if before.low is None or before.low <= 0:
        return ""
    times = after / before
    if times.low is not None and times.low >= _MULTIPLE:
        multiple = Measure(lang, "multiple", "")
        return say("series.multiple", lang, times=recomputed(times, multiple))
    growth = (times - Interval.point(1)).scaled(100)
    share = Measure(lang, "share", "%")
    key = "series.fall" if growth.high is not None and growth.high < 0 else "series.growth"
    if key == "series.fall":
        growth = -growth
    return say(key, lang, change=recomputed(growth, share))
