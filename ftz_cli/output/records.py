"""The contract: the fields of each kind of record, in order, and how models fill them.

Numbers are numbers or None in every format, dates stand in `date`; `meaning`, `note`, `why` and
`warning` are in the language in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from ..language import Message, language
from ..quantities.decimals import EXACT, plain
from .numbers import meaning
from .view import Record

if TYPE_CHECKING:
    from ..quantities.interval import Interval

# By the command that lists them. Where the attribute goes by another name, that follows.
FIELDS = {kind: dict(name.partition("=")[::2] for name in names.split()) for kind, names in {
    "figures": "id zone zone_zh zone_en initiative initiative_zh initiative_en metric metric_zh "
    "metric_en measure scope scope_en value value_to date unit base_value base_value_to base_unit "
    "low high bound meaning period base_period period_kind status source article line url printed "
    "note",
    "zones": "id name_zh name_en kind parent initiatives figures figures_within since area_km2",
    "initiatives": "id name_zh name_en zone kind theme=theme_en summary_zh summary_en aliases "
    "figures recognitions",
    "metrics": "id name_zh name_en definition_zh definition_en base_unit broader figures",
    "recognitions": "zone initiative kind scope scope_en by by_en article line printed note",
    "sources": "id parent kind title_zh title_en publisher published authors lang url lines sha256 "
    "figures",
    "audit": "id kind figure=figure.id relation operands published=figure.printed recomputed_low "
    "recomputed_high verdict why",
    "scan": "line column printed=mention.printed context kind=mention.kind "
    "value=mention.quantity.value value_to=mention.quantity.value_to date=mention.quantity.edtf "
    "unit=mention.quantity.unit.id base_value=mention.quantity.base_value "
    "base_value_to=mention.quantity.base_value_to base_unit=mention.quantity.unit.base "
    "bound=mention.quantity.bound low=mention.quantity.ends.low high=mention.quantity.ends.high "
    "direction=mention.direction state figure why",
    "columns": "table column required takes description",
    "check": "path line column code message excerpt help",
}.items()}  # fmt: skip
# The classes that go by another name than the command that lists them.
KINDS = {"Finding": "audit", "Scanned": "scan", "ColumnHelp": "columns", "Problem": "check"}
NUMBERS = frozenset(["value", "value_to", "base_value", "base_value_to", "low", "high"])
# Digits of a quotient that does not end.
QUOTIENT_DIGITS = 15


def record(one: Any) -> Record:
    """The record of a figure, a zone or what else is listed."""
    model = type(one).__name__
    return {
        name: _plain(name, MADE[name](one) if name in MADE else attribute(one, path or name))
        for name, path in FIELDS[KINDS.get(model, f"{model.lower()}s")].items()
    }


def records(items: Iterable[Any]) -> list[Record]:
    """Figures, zones or what else is listed as dicts with the fields of their JSON."""
    return [*map(record, items)]


def attribute(one: Any, path: str) -> Any:
    """What the names of a path lead to; None where one of them has nothing."""
    while "." in path and one is not None:
        name, _, path = path.partition(".")
        one = getattr(one, name)
    return None if one is None else getattr(one, path)


def local(one: Any, name: str) -> str:
    """A text that both languages have, in the one in use: name → name_zh, name_en."""
    return attribute(one, f"{name}_{language()}") or ""


def _plain(name: str, value: Any) -> Any:
    """A value as JSON has it: no empty text, and numbers in plain digits, but as printed."""
    if isinstance(value, str):
        # The numbers of a quantity that is a date are texts.
        return None if value == "" or name in NUMBERS else value
    if isinstance(value, Decimal):
        return value if name.startswith("value") else Decimal(plain(value))
    return str(value) if isinstance(value, Message) else value


def ends(interval: Interval) -> Iterator[Decimal | None]:
    """Both ends of an interval: exact where their digits end, else rounded outwards."""
    for value, rounding in ((interval.low, ROUND_FLOOR), (interval.high, ROUND_CEILING)):
        if value is None:
            yield None
            continue
        found = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
        exact = found.as_integer_ratio() == value.as_integer_ratio()
        yield Decimal(plain(found if exact else Context(QUOTIENT_DIGITS, rounding).plus(found)))


def _recomputed(finding: Any) -> list[Decimal | None]:
    """The ends of what was recomputed; those of a finding on dates are days and no numbers."""
    return [None, None] if finding.unit == "date" else [*ends(finding.recomputed)]


# What fills a field where no attribute does.
MADE: dict[str, Callable[[Any], object]] = {
    "meaning": meaning,
    "note": lambda one: local(one, "note"),
    "aliases": lambda one: list(one.also),
    "recognitions": lambda one: records(one.recognitions),
    "operands": lambda one: [operand.id for operand in one.operands],
    "recomputed_low": lambda one: _recomputed(one)[0],
    "recomputed_high": lambda one: _recomputed(one)[1],
}
