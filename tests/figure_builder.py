"""Figures for tests of reasoning: a printed number in a known unit, the rest as asked."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from quantity_cases import UNITS

from ftz_cli.model.figure import Figure
from ftz_cli.quantities.decimals import EXACT
from ftz_cli.quantities.quantity import Bound, Quantity
from ftz_cli.quantities.units import Unit


def figure(id: str, printed: str, bound: str = "exact", **fields: Any) -> Figure:
    """A figure of zone `z` and metric `trade`: 585.37亿元, -5.92小时, 10~30家, or an EDTF date.

    A number and the other end of a range are written in plain digits; `fields` override.
    """
    value = value_to = date = low = high = None
    low_open = high_open = False
    match = re.fullmatch(r"(-?[\d.]+)(?:~([\d.]+))?(\D+)", printed)
    if match is None:
        date, unit = printed, Unit("date", "date", Decimal(1), "date")
    else:
        value, unit = Decimal(match[1]), UNITS[match[3]]
        value_to = Decimal(match[2]) if match[2] else None
        capped = bound == "capped"
        bound = "over" if capped else "range" if value_to else bound
        quantity = Quantity(abs(value), unit, Bound(bound), value_to, capped)
        ends = (-quantity if value < 0 else quantity).ends
        low, high, low_open, high_open = ends.low, ends.high, ends.low_open, ends.high_open
    given = {
        "zone": "z", "initiative": None, "metric": "trade", "measure": "level", "scope": None,
        "period": None, "base_period": None, "period_kind": "during", "status": "measured",
        "article": "a", "source_kind": "newspaper", "metric_kind": "amount",
    } | fields  # fmt: skip
    named = {
        f"{what}_{lang}": given[what] and f"{given[what]} {lang}"
        for what in ("zone", "initiative", "metric")
        for lang in ("zh", "en")
    }
    return Figure(
        id=id, printed=printed, value=value, value_to=value_to, date=date, unit=unit.id,
        base_value=value and EXACT.multiply(value, unit.factor),
        base_value_to=value_to and EXACT.multiply(value_to, unit.factor),
        base_unit=unit.base, low=low, high=high, low_open=low_open, high_open=high_open,
        bound=bound, source=given.pop("source", given["article"]), line=None, url=None,
        note_en=None, note_zh=None, unit_zh=unit.id, unit_en=unit.id, unit_kind=unit.kind,
        scope_en=None, factor=unit.factor, **{**named, **given},
    )  # fmt: skip
