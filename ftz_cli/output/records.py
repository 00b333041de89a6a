"""The contract: the fields of each kind of record, in order, and how models fill them.

Numbers are numbers or None in every format, dates stand in `date`; `meaning`, `note`, `why` and
`warning` are in the language in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from ..language import language
from ..quantities.decimals import EXACT, plain
from .numbers import meaning
from .view import Record

if TYPE_CHECKING:
    from fractions import Fraction

# By the command that lists them.
FIELDS = {kind: names.split() for kind, names in {
    "figures": "id zone zone_zh zone_en initiative initiative_zh initiative_en metric metric_zh "
    "metric_en measure scope scope_en value value_to date unit base_value base_value_to base_unit "
    "low high bound meaning period base_period period_kind status source article line url printed "
    "note",
    "zones": "id name_zh name_en kind parent initiatives figures figures_within since area_km2",
    "initiatives": "id name_zh name_en zone kind theme summary_zh summary_en aliases figures "
    "recognitions",
    "metrics": "id name_zh name_en definition_zh definition_en base_unit broader figures",
    "recognitions": "zone initiative kind scope scope_en by by_en article line printed note",
    "sources": "id parent kind title_zh title_en publisher published authors lang url lines sha256 "
    "figures",
    "audit": "id kind figure relation operands published recomputed_low recomputed_high verdict "
    "why",
    "scan": "line column printed context kind value value_to date unit base_value base_value_to "
    "base_unit bound low high direction state figure why",
    "columns": "table column required takes description",
    "schema": "table column type refers_to description",
    "check": "path line column code message excerpt help",
}.items()}  # fmt: skip
# Digits of a quotient that does not end.
QUOTIENT_DIGITS = 15


def record(kind: str, one: Any) -> Record:
    """The record of a figure, a zone or another model; an empty text is None."""
    made = MADE.get(kind, {})
    found = {name: made[name](one) if name in made else getattr(one, name) for name in FIELDS[kind]}
    return {name: None if value == "" else value for name, value in found.items()}


def records(kind: str, items: Iterable[Any]) -> list[Record]:
    """The records of some items."""
    return [record(kind, one) for one in items]


def trimmed(value: Decimal | None) -> Decimal | None:
    """A number without trailing zeros or an exponent."""
    return None if value is None else Decimal(plain(value))


def rounded(value: Fraction | None, rounding: str) -> Decimal | None:
    """An end of an interval: exact where its digits end, else rounded, which is to be outwards."""
    if value is None:
        return None
    found = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    ends = found.as_integer_ratio() == value.as_integer_ratio()
    return trimmed(found if ends else Context(prec=QUOTIENT_DIGITS, rounding=rounding).plus(found))


def _note(one: Any) -> object:
    return one.note_zh if language() == "zh" else one.note_en


def _end(finding: Any, end: Fraction | None, rounding: str) -> Decimal | None:
    """An end of what was recomputed; the ends of a finding on dates are days and no numbers."""
    return None if finding.unit == "date" else rounded(end, rounding)


# What fills a field where no attribute has its name.
MADE: dict[str, dict[str, Callable[[Any], object]]] = {
    "figures": {
        # `value` keeps the printed digits, base values are in plain ones.
        "base_value": lambda one: trimmed(one.base_value),
        "base_value_to": lambda one: trimmed(one.base_value_to),
        "low": lambda one: trimmed(one.low),
        "high": lambda one: trimmed(one.high),
        "meaning": meaning,
        "note": _note,
    },
    "initiatives": {
        "theme": lambda one: one.theme_en,
        "aliases": lambda one: list(one.also),
        "recognitions": lambda one: records("recognitions", one.recognitions),
    },
    "recognitions": {"note": _note},
    "audit": {
        "figure": lambda one: one.figure.id,
        "published": lambda one: one.figure.printed,
        "operands": lambda one: [operand.id for operand in one.operands],
        "recomputed_low": lambda one: _end(one, one.recomputed.low, ROUND_FLOOR),
        "recomputed_high": lambda one: _end(one, one.recomputed.high, ROUND_CEILING),
        "why": lambda one: str(one.why),
    },
}
