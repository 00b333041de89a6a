"""The fields of each kind of record, in order, and how models fill them: the JSON contract.

Numbers are numbers or None; `meaning`, `note`, `why` and `warning` are in the language in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from ..language import Message, language
from ..model.errors import UsageError
from ..quantities.decimals import plain
from .numbers import meaning
from .view import Record

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.claims import Finding
    from ..quantities.interval import Interval

# Fields by the command that lists them; `field=path` names the attribute if it differs.
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
# Classes whose command has another name.
KINDS = {"Finding": "audit", "Scanned": "scan", "ColumnHelp": "columns", "Problem": "check"}
NUMBERS = frozenset(["value", "value_to", "base_value", "base_value_to", "low", "high"])
# A computed end with more digits is rounded outwards.
COMPUTED_DIGITS = 15


def record(one: Any) -> Record:
    """The record of a figure, a zone or another listed thing."""
    model = type(one).__name__
    fields = FIELDS.get(KINDS.get(model, f"{model.lower()}s"))
    if fields is None:
        raise UsageError("no list has items of the type {type}", type=model)
    return {
        name: _plain(name, COMPUTE[name](one) if name in COMPUTE else attribute(one, path or name))
        for name, path in fields.items()
    }


def records(items: Iterable[Any]) -> list[Record]:
    """Listed things as dicts with the fields of their JSON; UsageError for other things."""
    return [*map(record, items)]


def attribute(one: Any, path: str) -> Any:
    """The attribute at a path, e.g. `mention.quantity.unit`; None where a step is None."""
    while "." in path and one is not None:
        name, _, path = path.partition(".")
        one = getattr(one, name)
    return None if one is None else getattr(one, path)


def local(one: Any, name: str) -> str:
    """A text in the language in use: `name` is name_zh or name_en."""
    return attribute(one, f"{name}_{language()}") or ""


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        # A quantity that is a date has texts for its numbers.
        return None if value == "" or name in NUMBERS else value
    if isinstance(value, Decimal):
        return value if name.startswith("value") else Decimal(plain(value))
    return str(value) if isinstance(value, Message) else value


def ends(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of an interval; None is infinity."""
    return _end(interval.low, ROUND_FLOOR), _end(interval.high, ROUND_CEILING)


def _end(end: Fraction | None, rounding: str) -> Decimal | None:
    if end is None:
        return None
    above, below = map(Decimal, end.as_integer_ratio())
    return Decimal(plain(Context(COMPUTED_DIGITS, rounding).divide(above, below)))


def _recomputed(finding: Finding, at: int) -> Decimal | None:
    # The ends of a finding on dates are day ordinals.
    return None if finding.unit == "date" else ends(finding.recomputed)[at]


# Fields that are computed, not attributes.
COMPUTE: dict[str, Callable[[Any], object]] = {
    "meaning": meaning,
    "note": lambda one: local(one, "note"),
    "aliases": lambda one: list(one.also),
    "recognitions": lambda one: records(one.recognitions),
    "operands": lambda one: [operand.id for operand in one.operands],
    "recomputed_low": lambda one: _recomputed(one, 0),
    "recomputed_high": lambda one: _recomputed(one, 1),
}
