"""Metrics with their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .records import METRIC, records
from .tables import table
from .view import View

if TYPE_CHECKING:
    from ..model.named import Metric


def metrics_view(metrics: Sequence[Metric]) -> View:
    """Metrics in the order given."""
    return View(METRIC, lambda: records(metrics, METRIC), lambda: [table("metrics", metrics)])
