"""Sources with their articles, and the overview of what the data holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..language import Message, language, translate
from .columns import count_column, other_language, tree
from .periods import date_text
from .records import SOURCE, source_record
from .view import Column, Drawing, Head, Lines, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Source

EXAMPLES = (
    Message("ftz metric foreign trade 2021"),
    Message("ftz zones guangxi"),
    Message("ftz compare first-loan-centre exchange-rate-shield"),
    Message("ftz audit"),
)


def sources_view(sources: Sequence[Source]) -> View:
    """Documents and their articles."""
    return View(
        SOURCE,
        lambda: map(source_record, sources),
        lambda: Drawing(translate("Sources"), [sources_table(sources)]),
    )


def sources_table(sources: Sequence[Source], title: str = "") -> Table:
    """Documents, each with its articles below."""
    ordered, lead = tree(sources)
    columns = [
        Column(
            Message("Source"),
            lambda one: _title(one, language()) or _title(one, other_language()),
            "bold",
            wraps=True,
            main=True,
            link=lambda one: ("url", one.url),
        ),
        Column(Message("ID"), lambda one: one.id, main=True),
        count_column(Message("Figures"), lambda one: one.figures),
        Column(Message("Kind"), lambda one: "" if one.parent else word("source", one.kind)),
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
        pairs = [
            (translate("Holds"), holds),
            (translate("Database"), path or translate("in memory")),
        ]
        tagline = translate("what was printed, what it means, where it stands")
        documents = [one for one in sources if not one.parent]
        examples = [[("  " + str(example), "bold")] for example in EXAMPLES]
        return Drawing(
            "ftz",
            [
                Head("ftz", tagline, pairs),
                Lines([[(translate("Try"), "dim")], *examples]),
                sources_table(documents, translate("Sources")),
            ],
        )

    return View((*counts, "sources", "database"), lambda: [record()], draw, single=True)


COUNTED = {
    "figures": Message("{count} figures"),
    "zones": Message("{count} zones"),
    "initiatives": Message("{count} initiatives"),
    "metrics": Message("{count} metrics"),
    "recognitions": Message("{count} recognitions"),
    "claims": Message("{count} claims"),
    "sources": Message("{count} sources"),
}


def _title(source: Source, lang: str) -> str:
    return source.title_zh if lang == "zh" else source.title_en
