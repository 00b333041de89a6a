"""The package as a library: open the dataset, ask for figures, compare, audit.

>>> from ftz_cli import open_dataset, records
>>> with open_dataset() as data:
...     figures = data.look_up("跨境电商 2021")
>>> best = figures[0]
>>> best.printed, best.base_value, best.base_unit
('23.78亿元', Decimal('2378000000.00'), 'CNY')
>>> best.low, best.high
(Decimal('2377500000'), Decimal('2378500000'))
>>> records(figures)[0]["low"]
2377500000.0
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import find, queries, store
from .models import Figure
from .sql import FLAT_COLUMNS, REAL
from .things import Initiative, Metric, Source, Zone

if TYPE_CHECKING:
    from .audit import Finding
    from .compare import Comparison


class Data:
    """An open dataset. Names are ids, labels in either language, aliases, or parts of them.

    Every method raises NotFound, with the nearest names, for a name that fits nothing or several
    things. An object is used in the thread that opened it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def figures(
        self,
        *,
        metric: str | None = None,
        zone: str | None = None,
        initiative: str | None = None,
        article: str | None = None,
        period: str | None = None,
        status: str | None = None,
    ) -> list[Figure]:
        """The figures that pass every filter, all without one, in the order of the source.

        `period` is EDTF: 2021 finds 2021-05-21 and 2019/2021. `status` is measured, capacity,
        design, target or rule; raises UsageError for another.
        """
        asked = {"zone": zone, "initiative": initiative, "metric": metric, "article": article}
        return find.filtered(self.connection, asked, period, status)

    def look_up(self, question: str) -> list[Figure]:
        """The figures that a question names by words in any order, the best first."""
        return find.figures(self.connection, question)

    def zones(self) -> list[Zone]:
        """Every zone, with the counts of its initiatives and figures."""
        return queries.zones(self.connection)

    def initiatives(self) -> list[Initiative]:
        """Every initiative, with its aliases and recognitions."""
        return queries.initiatives(self.connection)

    def metrics(self) -> list[Metric]:
        """Every metric, with the count of its figures."""
        return queries.metrics(self.connection)

    def sources(self) -> list[Source]:
        """Every document and its articles."""
        return queries.sources(self.connection)

    def compare(self, *names: str, metric: str | None = None, all: bool = False) -> Comparison:
        """Initiatives side by side, or zones where the names are of zones.

        `metric` keeps one row, `all` also those that only one of them has.
        """
        from . import beside  # only where it is asked for

        return beside.compared(self.connection, list(names), metric, all)

    def audit(self) -> list[Finding]:
        """The source's own arithmetic, recomputed: a finding for each of its claims."""
        from . import audit  # only where it is asked for

        return audit.audit(queries.claims(self.connection))


@contextmanager
def open_dataset(
    path: str | os.PathLike[str] | None = None, tell: Callable[[str], None] | None = None
) -> Iterator[Data]:
    """Open the database at `path` for reading, the bundled data by default.

    The bundled data is put into a database in the user's cache folder on first use, or into
    memory where nothing can be written; `tell` gets a line that says so. Raises DatabaseUnusable
    for a file that is missing, damaged or none of ours.
    """
    if path is not None:
        connection = store.open_named(os.fspath(path))
    else:
        try:
            connection = store.open_cached()
        except store.NotCurrent as error:
            from .load import open_current  # only where it has to be built

            say = tell or (lambda line: None)
            connection = open_current(lambda remark: say(str(remark)), error.message)
    try:
        yield Data(connection)
    finally:
        connection.close()


def records(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Figures as dicts with the contract's fields, one type a field, as data frames want them.

    `value` and `value_to` are the exact digits as text, or ISO dates; `base_value`,
    `base_value_to`, `low` and `high` are floats in the base unit, None for dates and open ends.
    The same as the rows of the view figures_flat.
    """
    return [{name: _cell(figure, name) for name in FLAT_COLUMNS} for figure in figures]


def _cell(figure: Figure, name: str) -> Any:
    value = getattr(figure, name)
    if name in REAL:
        return float(value) if isinstance(value, Decimal) else None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value == "" else value
