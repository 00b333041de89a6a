"""The contract: the fields of each kind of record, in order, and how models fill them.

Numbers are numbers or None in every format, dates stand in `date`; `meaning`, `note`, `why` and
`warning` are in the language in use.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from ..language import language
from ..quantities.decimals import EXACT, plain
from .numbers import meaning
from .view import Record

if TYPE_CHECKING:
    from fractions import Fraction

    from ..analysis.comparison import Cell
    from ..analysis.findings import Finding
    from ..model.figure import Figure
    from ..model.named import Initiative, Metric, Recognition, Source, Zone


def _fields(names: str) -> tuple[str, ...]:
    return tuple(names.split())


FIGURE = _fields(
    "id zone zone_zh zone_en initiative initiative_zh initiative_en metric metric_zh metric_en "
    "measure scope scope_en value value_to date unit base_value base_value_to base_unit low high "
    "bound meaning period base_period period_kind status source article line url printed note"
)
ZONE = _fields("id name_zh name_en kind parent initiatives figures figures_within since area_km2")
INITIATIVE = _fields(
    "id name_zh name_en zone kind theme summary_zh summary_en aliases figures recognitions"
)
METRIC = _fields("id name_zh name_en definition_zh definition_en base_unit broader figures")
RECOGNITION = _fields("zone initiative kind scope scope_en by by_en article line printed note")
SOURCE = _fields(
    "id parent kind title_zh title_en publisher published authors lang url lines sha256 figures"
)
FINDING = _fields(
    "id kind figure relation operands published recomputed_low recomputed_high verdict why"
)
COMPARED_ROW = _fields("metric measure unit derived comparable warning cells")
CELL = _fields(
    "figure figures printed value low high meaning period status initiative article line note "
    "differing"
)
# Digits of a quotient that does not end; an end of an interval is rounded outwards there.
QUOTIENT_DIGITS = 15


def figure_record(one: Figure) -> Record:
    """A figure's record; `value` keeps the printed digits, base values are in plain ones."""
    made: Record = {"meaning": meaning(one), "note": one.note(language())}
    for name in ("base_value", "base_value_to", "low", "high"):
        made[name] = trimmed(getattr(one, name))
    return _record(one, FIGURE, made)


def zone_record(one: Zone) -> Record:
    """A zone's record; initiatives and figures are counts."""
    return _record(one, ZONE)


def initiative_record(one: Initiative) -> Record:
    """An initiative's record; figures is a count."""
    recognitions = list(map(recognition_record, one.recognitions))
    made = {"theme": one.theme_en, "aliases": list(one.also), "recognitions": recognitions}
    return _record(one, INITIATIVE, made)


def metric_record(one: Metric) -> Record:
    """A metric's record; figures is a count."""
    return _record(one, METRIC)


def recognition_record(one: Recognition) -> Record:
    """A recognition's record."""
    return _record(one, RECOGNITION, {"note": getattr(one, f"note_{language()}")})


def source_record(one: Source) -> Record:
    """A source's record; figures counts those of its articles too."""
    return _record(one, SOURCE)


def finding_record(one: Finding) -> Record:
    """A finding's record; the recomputed ends of a claim on dates are None."""
    low, high = ends(one.recomputed, one.unit)
    made = {
        "figure": one.figure.id,
        "operands": [operand.id for operand in one.operands],
        "recomputed_low": low,
        "recomputed_high": high,
        "verdict": str(one.verdict),
        "why": str(one.why),
    }
    return _record(one, FINDING, made)


def cell_record(cell: Cell | None, text: str) -> Record | None:
    """A comparison's cell with its meaning in words; None where a column has no figure.

    A derived cell has the figures that it comes from; `article` and `line` are the first one's.
    """
    if cell is None:
        return None
    first, *others = cell.figures
    low, high = ends(cell.interval, "") if cell.interval else (None, None)
    made: Record = {
        "figure": None if others else first.id,
        "figures": [one.id for one in cell.figures],
        "printed": None if others else first.printed,
        "value": trimmed(cell.value),
        "low": low,
        "high": high,
        "meaning": text,
        "initiative": cell.initiative.id if cell.initiative else None,
        "note": first.note(language()),
        "differing": [one.id for one in cell.differing],
    }
    return _record(first, CELL, made)


def ends(interval: Any, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """The ends of an interval as numbers, none for days."""
    if unit == "date":
        return None, None
    return number(interval.low, ROUND_FLOOR), number(interval.high, ROUND_CEILING)


def trimmed(value: Decimal | None) -> Decimal | None:
    """A number without trailing zeros or an exponent."""
    return None if value is None else Decimal(plain(value))


def number(value: Fraction | None, rounding: str) -> Decimal | None:
    """An end of an interval: exact where its digits end, else rounded."""
    if value is None:
        return None
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if exact.as_integer_ratio() != value.as_integer_ratio():
        exact = Context(prec=QUOTIENT_DIGITS, rounding=rounding).plus(exact)
    return trimmed(exact)


def _record(one: object, fields: tuple[str, ...], made: Record | None = None) -> Record:
    """The fields of `one`, some of them made; an empty text is None."""
    made = made or {}
    found = {name: made[name] if name in made else getattr(one, name) for name in fields}
    return {name: None if value == "" else value for name, value in found.items()}
