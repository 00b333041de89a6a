"""One zone, initiative or figure in full, with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import language, translate
from ..language.periods import date_text
from ..model.named import named_items
from .lists import figure_table
from .records import local, record, records
from .tables import both_names, card, other, table
from .view import Card, Part, View, view_of_one

if TYPE_CHECKING:
    from ..model.claims import Finding
    from ..model.figure import Figure
    from ..model.named import Initiative, Recognition, Source, Zone

LINE = {"zh": "第{}行", "en": "line {}"}


def zone_card(
    zone: Zone,
    within: Sequence[Zone],
    initiatives: Sequence[Initiative],
    figures: Sequence[Figure],
    recognitions: Sequence[Recognition],
    parent: Zone | None,
) -> View:
    """A zone with what lies within it, and the initiatives, figures and recognitions of all that.

    The parent is None where it is not known.
    """
    lists = {"initiatives": initiatives, "figures": figures, "recognitions": recognitions}
    made = record("zones", zone) | {"note": local(zone, "note") or None}
    made |= {kind: records(kind, items) for kind, items in (lists | {"zones": within}).items()}

    def draw() -> list[Part]:
        part_of = f"{local(parent, 'name')} · {parent.id}" if parent else ""
        return [
            card("zone", zone, both_names(zone), parent=lambda _: part_of),
            table("zones", within, translate("Within it")),
            table("initiatives", initiatives, translate("Initiatives")),
            figure_table(figures, translate("Figures")),
            table("recognitions", recognitions, translate("Recognitions")),
        ]

    return view_of_one(made, draw)


def initiative_card(initiative: Initiative, figures: Sequence[Figure]) -> View:
    """An initiative with its figures and recognitions."""

    def draw() -> list[Part]:
        title, firsts = translate("Recognitions"), initiative.recognitions
        return [
            card("initiative", initiative, both_names(initiative)),
            figure_table(figures, translate("Figures")),
            table("recognitions", firsts, title, subject=lambda one: ""),
        ]

    made = record("initiatives", initiative) | {"figures": records("figures", figures)}
    return view_of_one(made, draw)


def figure_card(
    figure: Figure, findings: Sequence[Finding], agreement: Sequence[Figure], source: Source
) -> View:
    """One figure in full: its notes, claims and other sources, and how to cite it."""
    others = [one for one in agreement if one.id != figure.id]
    citations = {f"citation_{lang}": _citation(figure, source, lang) for lang in ("zh", "en")}
    lists = {"others": records("figures", others), "findings": records("audit", findings)}

    def draw() -> list[Part]:
        title, lang = local(source, "title"), language()
        if not title:
            title, lang = other(source, "title"), source.lang
        return [
            card(
                "figure",
                figure,
                f"{figure.id}  {both_names(figure, 'metric')}",
                source=lambda one: f"{title} · {one.place}",
                published=lambda _: date_text(source.published),
                url=lambda one: one.url or source.url,
            ),
            table("other figures", others, translate("Other sources")),
            table("audit", findings, translate("Audit")),
            Card(translate("To cite"), [("", citations[f"citation_{lang}"])]),
        ]

    return view_of_one(record("figures", figure) | citations | lists, draw)


def _citation(figure: Figure, source: Source, lang: str) -> str:
    """By GB/T 7714, which follows ISO 690: 许鹏博. 口岸通关便利化[N]. 某报, 2022-07-22, 第53行."""
    titles = (source.title_zh, source.title_en)
    own, other = titles if lang == "zh" else reversed(titles)
    url = figure.url or source.url
    mark = "N" if source.kind == "newspaper" else "EB/OL" if url else "Z"
    line = "" if figure.line is None else LINE[lang].format(figure.line)
    authors = ", ".join(named_items(source.authors))
    origin = ", ".join(filter(None, (source.publisher, source.published, line)))
    parts = filter(None, (authors, f"{own or other}[{mark}]", origin))
    return " ".join([*(f"{part.rstrip('.')}." for part in parts), url]).strip()
