"""Sources with their articles, and the overview of what the data holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..language import Message, translate
from .periods import date_text
from .records import SOURCE, records
from .tables import local, table, tree
from .view import Card, Part, Record, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Source

EXAMPLES = (
    Message("ftz metric foreign trade 2021"),
    Message("ftz zones guangxi"),
    Message("ftz compare first-loan-centre exchange-rate-shield"),
)


def sources_view(sources: Sequence[Source]) -> View:
    """Documents, each with its articles below."""

    def draw() -> list[Part]:
        ordered, guides = tree(sources)
        return [
            table(
                "sources",
                ordered,
                title=lambda o: guides[o.id] + (local(o, "title") or o.title_zh or o.title_en),
                kind=lambda one: "" if one.parent else word("source", one.kind),
                published=lambda one: date_text(one.published),
            )
        ]

    return View(SOURCE, lambda: records(sources, SOURCE), draw)


def overview_view(counts: Mapping[str, int], sources: Sequence[Source], path: str | None) -> View:
    """What the data holds, where it comes from, and what to try.

    `counts` is by table: figures, zones, initiatives and so on; `path` that of the database, None
    for one in memory.
    """

    def made() -> Record:
        return {**counts, "sources": records(sources, SOURCE), "database": path}

    def draw() -> list[Part]:
        holds = [word("table", name, count=f"{count:,}") for name, count in counts.items()]
        pairs = [
            ("", translate("what was printed, what it means, where it stands")),
            (translate("Holds"), " · ".join(holds)),
            (translate("Database"), path or translate("in memory")),
            *((translate("Try"), str(example)) for example in EXAMPLES),
        ]
        return [Card("ftz", pairs)]

    return View((*counts, "sources", "database"), lambda: [made()], draw, single=True)
