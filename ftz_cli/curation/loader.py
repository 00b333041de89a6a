"""Loading checked datasets into the database: all or nothing, in one atomic step."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..database.building import WritableDatabase, build, build_in_memory
from ..database.opening import (
    Database,
    NotCurrent,
    cache_folder,
    bundled_path,
    cache_path,
    content_key,
    open_cached,
    signature,
)
from ..language import Message, shown
from ..model.dataset_schema import BUNDLED, bundled_folder, tables
from ..model.errors import DatabaseUnusable
from ..quantities import Bound, plain
from ..quantities.quantity import Unit, Units, meaning


def fill(db: WritableDatabase, names: list[str]) -> None:
    """Fill an empty database from the folders that `names` name."""
    db.create(tables().values())
    units = Units([])
    in_use: set[str] = set()
    count = 0
    for name, table in tables().items():
        rows = list(_rows(name, names))
        if name == "units":
            units = Units(Unit.of_row(*row) for row in rows)
            count = len(rows)
        if name == "figures":
            rows = [row + _ends(units, dict(zip(table.column_names, row))) for row in rows]
            in_use = {row[table.at["unit"]] for row in rows}
        db.insert(table, ([cell if cell != "" else None for cell in row] for row in rows))
    for unit_id in sorted(in_use):
        if unit_id not in list(units):
            unit = units[unit_id]
            db.insert(
                tables()["units"],
                [
                    [
                        unit_id,
                        unit.name_zh,
                        unit.name_en,
                        unit.base,
                        plain(unit.factor),
                        unit.kind,
                        plain(unit.minimum) or None,
                        None,
                    ]
                ],
            )
    try:
        from ..lookup import index

        index.build(db)
    except ImportError:
        pass
    db.finish(
        {
            "folders": json.dumps(names),
            "signature": json.dumps(signature(names)),
            "content": content_key(names),
            "units": str(count),
        }
    )


def _rows(table, names):
    for name in names:
        path = (bundled_folder() if name == BUNDLED else Path(name)) / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from list(csv.reader(file))[1:]


def _ends(units, row):
    if row["unit"] == "date":
        return [None, None, 0, 0]
    value = Decimal(row["value"])
    to = Decimal(row["value_to"]) if row["value_to"] else None
    ends = meaning(abs(value), units[row["unit"]], Bound(row["bound"]), to)
    low, high, lo, ho = ends.low, ends.high, ends.low_open, ends.high_open
    if value < 0:
        low, high, lo, ho = (
            (None if high is None else -high),
            (None if low is None else -low),
            ho,
            lo,
        )
    return [plain(low) or None, plain(high) or None, int(lo), int(ho)]


def load(names: list[str], path: Path) -> int:
    """Load the folders that `names` name into the database at `path`; returns the figure count."""
    build(path, lambda db: fill(db, names or [BUNDLED]))
    return 0


def open_current(notify: Callable[[Message], None]) -> Database:
    """The cached database, built where needed; in memory where nothing can be written."""
    try:
        return open_cached()
    except NotCurrent as error:
        why = error.reason
    path = cache_path()
    if path is not None:
        try:
            notify(Message("building the database: {why}", why=why))
            build(path, lambda db: fill(db, [BUNDLED]))
            return open_cached()
        except DatabaseUnusable as error:
            why = error.message
    return build_in_memory(lambda db: fill(db, [BUNDLED]))
