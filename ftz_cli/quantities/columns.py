"""Numbers of a table whose unit stands in the head of their column: 吞吐量（万吨）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .units import Units

# Tabs, bars and wide gaps part the cells of a line.
_CELL = re.compile(r"[^\t|\n ]+(?: [^\t|\n ]+)*")
_HEAD = re.compile(r"[^()（）]*[(（](?:单位[:：])?([^()（）]{1,30})[)）]")
_NUMBER = re.compile(r"[-−]?[0-9０-９]+(?:[,.，．][0-9０-９]+)*")


def numbers_in_columns(text: str, units: Units) -> Iterator[tuple[int, int, str]]:
    """Each cell with a bare number below a head that names a unit: start, end, and that unit."""
    heads: list[str] = []
    for line in re.finditer("[^\n]+", text):
        cells = list(_CELL.finditer(text, line.start(), line.end()))
        named = [_unit(cell[0], units) for cell in cells]
        if len(cells) > 1 and any(named):
            heads = named
        elif len(cells) != len(heads):
            heads = []
        for cell, unit in zip(cells, heads, strict=False):
            if unit and _NUMBER.fullmatch(cell[0]):
                yield cell.start(), cell.end(), unit


def _unit(cell: str, units: Units) -> str:
    head = _HEAD.fullmatch(cell)
    return head[1] if head and units.find(head[1]) else ""
