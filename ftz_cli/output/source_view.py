"""Sources with their articles, and the overview of what the data holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..language import Message, translate
from .columns import count_column, local, tree
from .periods import date_text
from .records import SOURCE, source_record
from .view import Column, Drawing, Head, Lines, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Source

EXAMPLES = (
    Message("ftz metric foreign trade 2021"),
    Message("ftz zones guangxi"),
    Message("ftz compare first-loan-centre exchange-rate-shield"),
)
COUNTED = {
    "figures": Message("{count} figures"),
    "zones": Message("{count} zones"),
    "initiatives": Message("{count} initiatives"),
    "metrics": Message("{count} metrics"),
    "recognitions": Message("{count} recognitions"),
    "claims": Message("{count} claims"),
    "sources": Message("{count} sources"),
}


def sources_view(sources: Sequence[Source]) -> View:
    """Documents and their articles."""
    return View(
        SOURCE,
        lambda: map(source_record, sources),
        lambda: Drawing(translate("Sources"), [_sources_table(sources)]),
    )


def _sources_table(sources: Sequence[Source], title: str = "") -> Table:
    """Documents, each with its articles below."""
    ordered, lead = tree(sources)

    def name(one: Source) -> str:
        return local(one, "title") or one.title_zh or one.title_en

    def kind(one: Source) -> str:
        return "" if one.parent else word("source", one.kind)

    columns = [
        Column(
            Message("Source"), name, "bold", wraps=True, main=True, link=lambda o: ("url", o.url)
        ),
        Column(Message("ID"), lambda one: one.id, main=True),
        count_column(Message("Figures"), lambda one: one.figures),
        Column(Message("Kind"), kind),
        Column(Message("Publisher"), lambda one: one.publisher, wraps=True),
        Column(Message("Dated"), lambda one: date_text(one.published), labelled=True),
        Column(Message("By"), lambda one: one.authors, wraps=True, labelled=True),
        Column(Message("Lines"), lambda one: one.lines, labelled=True),
    ]
    return Table(columns, ordered, title, translate("no sources"), lead=lead)


def overview_view(counts: Mapping[str, int], sources: Sequence[Source], path: str | None) -> View:
    """What the data holds, where it comes from, and what to try.

    `counts` is by table: figures, zones, initiatives and so on; `path` that of the database, None
    for one in memory.
    """

    def record() -> Record:
        return {**counts, "sources": list(map(source_record, sources)), "database": path}

    def draw() -> Drawing:
        holds = " · ".join(
            translate(COUNTED[name].english, count=f"{count:,}")
            for name, count in counts.items()
            if name in COUNTED
        )
        database = path or translate("in memory")
        pairs = [(translate("Holds"), holds), (translate("Database"), database)]
        tagline = translate("what was printed, what it means, where it stands")
        examples = [[(f"  {example}", "bold")] for example in EXAMPLES]
        documents = [one for one in sources if not one.parent]
        parts: list[Part] = [
            Head("ftz", tagline, pairs),
            Lines([[(translate("Try"), "dim")], *examples]),
            _sources_table(documents, translate("Sources")),
        ]
        return Drawing("ftz", parts)

    return View((*counts, "sources", "database"), lambda: [record()], draw, single=True)
