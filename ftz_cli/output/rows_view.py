"""The rows that free SQL gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .view import View, table_of_records


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> View:
    """Rows under their names; a name that comes twice gets a number."""
    fields: list[str] = []
    for name in names:
        free, copies = name, 1
        while free in fields or (copies > 1 and free in names):
            copies += 1
            free = f"{name}_{copies}"
        fields.append(free)
    records = [dict(zip(fields, row, strict=True)) for row in rows]
    return View(tuple(fields), lambda: records, lambda: [table_of_records(fields, records)])
