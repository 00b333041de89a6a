"""Metrics with their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .records import METRIC, record
from .tables import table
from .view import Record, View

if TYPE_CHECKING:
    from ..model.named import Metric


def metrics_view(metrics: Sequence[Metric]) -> View:
    """Metrics in the order given."""

    def records() -> list[Record]:
        return [record(one, METRIC) for one in metrics]

    return View(METRIC, records, lambda: [table("metrics", metrics)])
