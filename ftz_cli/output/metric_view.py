"""Metrics with their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import Message, translate
from .columns import count_column, id_column, local, name_columns
from .records import METRIC, metric_record
from .view import Column, Drawing, Table, View

if TYPE_CHECKING:
    from ..model.named import Metric


def metrics_view(metrics: Sequence[Metric]) -> View:
    """Metrics in the order given."""

    def draw() -> Drawing:
        columns = [
            *name_columns(Message("Metric"), "metric"),
            Column(Message("Definition"), lambda one: local(one, "definition"), wraps=True),
            count_column(Message("Figures"), lambda one: one.figures),
            id_column("metric"),
        ]
        return Drawing(translate("Metrics"), [Table(columns, metrics, "", translate("no metrics"))])

    return View(METRIC, lambda: map(metric_record, metrics), draw)
