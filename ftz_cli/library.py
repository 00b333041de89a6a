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
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import find, queries
from .opening import opened

if TYPE_CHECKING:
    from .audit import Finding
    from .catalogue import Message
    from .compare import Comparison
    from .models import Figure
    from .things import Initiative, Metric, Source, Zone


class Data:
    """An open dataset: what the commands stand on.

    Names are ids, labels in either language, aliases, or parts of them. Every method raises
    NotFound, with the nearest names, for a name that fits nothing or several things; lists chosen
    by words are empty where the words name nothing. An object is used in the thread that opened
    it.
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

    def look_up(self, question: str, tell: Callable[[Message], None] | None = None) -> list[Figure]:
        """The figures that a question names by words in any order, the best first.

        `tell` gets a remark on words that were read as others, and on words and periods that the
        answer has nothing for; str() of it is English.
        """
        return find.figures(self.connection, question, tell)

    def zones(self, words: str | None = None) -> list[Zone]:
        """Every zone, or those that the words name, with their counts."""
        return find.listed(self.connection, "zone", words)

    def zone(self, name: str) -> Zone:
        """The one zone of that name."""
        id = find.one(self.connection, "zone", name)
        return queries.zones(self.connection, queries.ZONE, id=id)[0]

    def initiatives(self, words: str | None = None) -> list[Initiative]:
        """Every initiative, or those that the words name, with their aliases and recognitions."""
        return find.listed(self.connection, "initiative", words)

    def initiative(self, name: str) -> Initiative:
        """The one initiative of that name."""
        id = find.one(self.connection, "initiative", name)
        return queries.initiatives(self.connection, queries.INITIATIVE, id=id)[0]

    def metrics(self, words: str | None = None) -> list[Metric]:
        """Every metric, or those that the words name, with the counts of their figures."""
        return find.listed(self.connection, "metric", words)

    def sources(self, name: str | None = None) -> list[Source]:
        """Every document and its articles, or the one of that name and its articles."""
        if name is None:
            return queries.sources(self.connection)
        id = find.source(self.connection, name)
        return queries.sources(self.connection, queries.ARTICLES_OF, id=id)

    def compare(self, *names: str, metric: str | None = None, all: bool = False) -> Comparison:
        """Initiatives side by side, or zones where the names are of zones.

        `metric` keeps one row, `all` also those that only one of them has.
        """
        from . import beside  # only where it is asked for

        return beside.compared(self.connection, list(names), metric, all)

    def audit(self, words: str = "") -> list[Finding]:
        """The source's own arithmetic, recomputed: a finding for each of its claims.

        The words choose a claim by its id, or the claims on the figures that they ask for.
        """
        from . import audit  # only where it is asked for

        every = queries.claims(self.connection)
        chosen = [claim for claim in every if claim.id == words]
        return audit.audit(chosen or find.claims(self.connection, every, words))


@contextmanager
def open_dataset(
    path: str | os.PathLike[str] | None = None, tell: Callable[[str], None] | None = None
) -> Iterator[Data]:
    """Open the database at `path` for reading, the bundled data by default.

    The bundled data is put into a database in the user's cache folder on first use, or into
    memory where nothing can be written; `tell` gets a line that says so. Raises DatabaseUnusable
    for a file that is missing, damaged or none of ours.
    """
    say = tell or (lambda line: None)
    with closing(opened(path, lambda remark: say(str(remark)))) as connection:
        yield Data(connection)


def records(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Figures as dicts with the contract's fields, one type a field, as data frames want them.

    `value` and `value_to` are the exact digits as text, or ISO dates; `base_value`,
    `base_value_to`, `low` and `high` are floats in the base unit, None for dates and open ends.
    The same as the rows of the view figures_flat.
    """
    from .sql import FLAT_COLUMNS, REAL  # only where it is asked for

    return [
        {name: _cell(getattr(figure, name), name in REAL) for name in FLAT_COLUMNS}
        for figure in figures
    ]


def _cell(value: Any, real: bool) -> Any:
    if real:
        return float(value) if isinstance(value, Decimal) else None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value == "" else value
