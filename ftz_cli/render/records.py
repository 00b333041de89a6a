"""The contract: the fields of each kind of record, in order, and how models fill them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .view import Record

if TYPE_CHECKING:
    from fractions import Fraction

    from ..audit import Finding
    from ..compare import Cell
    from ..faults import Fault, Problem
    from ..models import Figure
    from ..scan import Scanned
    from ..things import Initiative, Metric, Recognition, Source, Zone

FIGURE = (
    "id", "zone", "zone_zh", "zone_en", "initiative", "initiative_zh", "initiative_en",
    "metric", "metric_zh", "metric_en", "value", "value_to", "unit", "base_value",
    "base_value_to", "base_unit", "low", "high", "bound", "period", "period_kind", "status",
    "source", "article", "line", "printed", "note",
)  # fmt: skip
ZONE = ("id", "name_zh", "name_en", "kind", "parent", "initiatives", "figures")
INITIATIVE = (
    "id", "name_zh", "name_en", "zone", "kind", "theme", "aliases", "figures", "recognitions",
)  # fmt: skip
METRIC = ("id", "name_zh", "name_en", "base_unit", "broader", "figures")
SOURCE = (
    "id", "parent", "kind", "title_zh", "title_en", "publisher", "published", "authors", "lines",
    "sha256", "figures",
)  # fmt: skip
FINDING = (
    "id", "figure", "relation", "operands", "published", "recomputed_low", "recomputed_high",
    "verdict",
)  # fmt: skip
COMPARED = ("metric", "unit", "derived", "comparable", "warning", "cells")
SCANNED = (
    "line", "column", "printed", "value", "value_to", "unit", "base_value", "base_value_to",
    "base_unit", "bound", "low", "high", "state", "figure",
)  # fmt: skip
PROBLEM = ("path", "line", "column", "code", "message", "excerpt", "help")
FAULT = ("code", "name", "description", "example")

# Digits of a quotient that does not end; its ends are rounded outwards there.
QUOTIENT_DIGITS = 15


def figure(one: Figure) -> Record:
    """A figure's record. `value` keeps the printed digits; base values are plain."""
    record = {name: getattr(one, name) for name in FIGURE}
    for name in ("base_value", "base_value_to", "low", "high"):
        record[name] = trimmed(record[name])
    record["note"] = one.note or None
    return record


def zone(one: Zone) -> Record:
    """A zone's record; initiatives and figures are counts."""
    return {name: getattr(one, name) for name in ZONE}


def initiative(one: Initiative) -> Record:
    """An initiative's record; figures is a count."""
    record = {name: getattr(one, name) for name in INITIATIVE}
    record["aliases"] = list(one.aliases)
    record["recognitions"] = [recognition(each) for each in one.recognitions]
    return record


def recognition(one: Recognition) -> Record:
    """A recognition's record."""
    return {"kind": one.kind, "scope": one.scope or None, "by": one.by or None, "line": one.line}


def metric(one: Metric) -> Record:
    """A metric's record; figures is a count."""
    return {name: getattr(one, name) for name in METRIC}


def source(one: Source) -> Record:
    """A source's record; what is not known is None."""
    return {name: _known(getattr(one, name)) for name in SOURCE}


def finding(one: Finding) -> Record:
    """A finding's record."""
    recomputed = one.recomputed
    return {
        "id": one.claim.id,
        "figure": one.claim.figure.id,
        "relation": one.claim.relation,
        "operands": [operand.id for operand in one.claim.operands],
        "published": one.published,
        "recomputed_low": judged_end(one, recomputed.low, up=False),
        "recomputed_high": judged_end(one, recomputed.high, up=True),
        "verdict": str(one.verdict),
    }


def judged_end(one: Finding, value: Fraction | None, up: bool) -> Decimal | str | None:
    """An end of what a finding recomputed: a number, or an ISO date where days were compared."""
    if value is None or one.unit != "date":
        return number(value, up)
    from datetime import date  # only where dates were compared

    return date.fromordinal(int(value)).isoformat()


def compared(cell: Cell | None) -> Record | None:
    """A comparison's cell; None where a column has no figure in the row."""
    if cell is None:
        return None
    meaning, figures = cell.meaning, cell.figures
    dated = len(figures) == 1 and meaning is None
    single = figures[0] if len(figures) == 1 else None
    return {
        "figure": single.id if single else None,
        "figures": [one.id for one in figures],
        "value": trimmed(cell.value),
        "low": figures[0].low if dated else number(meaning.low, up=False) if meaning else None,
        "high": figures[0].high if dated else number(meaning.high, up=True) if meaning else None,
        "printed": single.printed if single and cell.value is not None else None,
    }


def scanned(one: Scanned) -> Record:
    """A number mention's record; what an unread one does not say is None."""
    said = one.quantity
    ends = said.ends if said else None
    return {
        "line": one.line,
        "column": one.column,
        "printed": one.printed,
        "value": said.value if said else None,
        "value_to": said.value_to if said else None,
        "unit": (said.unit.id or None) if said else None,
        "base_value": trimmed(said.base_value) if said else None,
        "base_value_to": trimmed(said.base_value_to) if said else None,
        "base_unit": (said.unit.base or None) if said else None,
        "bound": str(said.bound) if said else None,
        "low": trimmed(ends.low) if ends else None,
        "high": trimmed(ends.high) if ends else None,
        "state": one.state,
        "figure": one.figure,
    }


def problem(one: Problem, lang: str) -> Record:
    """A problem's record; message and help are in `lang`."""
    help = one.help.told(lang) if one.help else None
    told = {"message": one.message.told(lang), "help": help}
    return {name: told[name] if name in told else _known(getattr(one, name)) for name in PROBLEM}


def fault(one: Fault, lang: str) -> Record:
    """A kind of fault, in `lang`."""
    words = {name: getattr(one, name).told(lang) for name in FAULT if name != "code"}
    return {"code": one.code, **words}


def trimmed(value: Any) -> Any:
    """A Decimal without trailing zeros or an exponent; anything else as it is."""
    if not isinstance(value, Decimal):
        return value
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def number(value: Fraction | None, up: bool) -> Decimal | None:
    """An end of an interval: exact where its digits end, else rounded outwards."""
    if value is None:
        return None
    from decimal import ROUND_CEILING, ROUND_FLOOR, Context  # only where intervals are told

    context = Context(prec=80)
    exact = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    if exact.as_integer_ratio() == value.as_integer_ratio():
        return trimmed(exact)  # type: ignore[no-any-return]
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    outward = Context(prec=QUOTIENT_DIGITS, rounding=rounding)
    return trimmed(outward.plus(exact))  # type: ignore[no-any-return]


def _known(value: Any) -> Any:
    return None if value == "" else value
