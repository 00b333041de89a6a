"""The contract: the fields of each kind of record, in order, and how models fill them.

Numbers are numbers or None in every format, dates stand in `date`; `meaning`, `note`, `why` and
`warning` are in the language in use.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from ..language import language
from ..quantities.decimals import EXACT, plain
from .numbers import meaning
from .view import Record

if TYPE_CHECKING:
    from fractions import Fraction

    from ..analysis.findings import Finding
    from ..model.figure import Figure
    from ..model.named import Initiative, Recognition
    from ..quantities.interval import Interval


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
# Digits of a quotient that does not end; an end of an interval is rounded outwards there.
QUOTIENT_DIGITS = 15


def record(one: object, fields: tuple[str, ...], **made: Any) -> Record:
    """The fields of `one`, some of them made; an empty text is None."""
    found = {name: made[name] if name in made else getattr(one, name) for name in fields}
    return {name: None if value == "" else value for name, value in found.items()}


def records(items: Iterable[object], fields: tuple[str, ...]) -> list[Record]:
    """The fields of some items."""
    return [record(one, fields) for one in items]


def figure_record(one: Figure) -> Record:
    """A figure's record; `value` keeps the printed digits, base values are in plain ones."""
    names = ("base_value", "base_value_to", "low", "high")
    made: dict[str, Any] = {name: trimmed(getattr(one, name)) for name in names}
    note = getattr(one, f"note_{language()}")
    return record(one, FIGURE, meaning=meaning(one), note=note, **made)


def initiative_record(one: Initiative) -> Record:
    """An initiative's record; figures is a count."""
    recognitions = list(map(recognition_record, one.recognitions))
    made = {"theme": one.theme_en, "aliases": list(one.also), "recognitions": recognitions}
    return record(one, INITIATIVE, **made)


def recognition_record(one: Recognition) -> Record:
    """A recognition's record."""
    return record(one, RECOGNITION, note=getattr(one, f"note_{language()}"))


def finding_record(one: Finding) -> Record:
    """A finding's record; the recomputed ends of a claim on dates are None."""
    low, high = ends(one.recomputed, one.unit)
    return record(
        one,
        FINDING,
        figure=one.figure.id,
        operands=[operand.id for operand in one.operands],
        recomputed_low=low,
        recomputed_high=high,
        verdict=str(one.verdict),
        why=str(one.why),
    )


def ends(interval: Interval, unit: str = "") -> tuple[Decimal | None, Decimal | None]:
    """The ends of an interval as numbers, none for days."""
    if unit == "date":
        return None, None
    return _number(interval.low, ROUND_FLOOR), _number(interval.high, ROUND_CEILING)


def trimmed(value: Decimal | None) -> Decimal | None:
    """A number without trailing zeros or an exponent."""
    return None if value is None else Decimal(plain(value))


def _number(value: Fraction | None, rounding: str) -> Decimal | None:
    """An end of an interval: exact where its digits end, else rounded."""
    if value is None:
        return None
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if exact.as_integer_ratio() != value.as_integer_ratio():
        exact = Context(prec=QUOTIENT_DIGITS, rounding=rounding).plus(exact)
    return trimmed(exact)
