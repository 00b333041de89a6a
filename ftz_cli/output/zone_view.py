"""Zones: their tree, and the card of one with all that lies within it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import Message, language, translate
from ..model.figure import Figure
from .columns import count_column, id_column, local, name_columns, other_language, tree
from .figure_view import figure_parts
from .initiative_view import initiatives_table
from .periods import date_text
from .recognition_view import recognition_parts
from .records import ZONE, figure_record, initiative_record, recognition_record, zone_record
from .view import Column, Drawing, Head, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.named import Initiative, Recognition, Zone


def zones_view(zones: Sequence[Zone]) -> View:
    """Zones; people see the tree that they form."""
    return View(
        ZONE,
        lambda: map(zone_record, zones),
        lambda: Drawing(translate("Zones"), [zones_table(zones)]),
    )


def zones_table(zones: Sequence[Zone], title: str = "") -> Table:
    """Zones in the order of their tree."""
    ordered, lead = tree(zones)
    columns = [
        *name_columns(Message("Zone"), "zone"),
        Column(Message("Since"), lambda zone: (zone.since or "")[:4], main=True),
        Column(Message("km²"), _extent, right=True, main=True),
        count_column(Message("Initiatives"), lambda zone: zone.initiatives)._replace(
            main=False, spare=True
        ),
        count_column(Message("Figures"), lambda zone: zone.figures),
        count_column(Message("with parts"), lambda zone: zone.figures_within),
        id_column("zone", main=False)._replace(spare=True),
    ]
    return Table(columns, ordered, title, translate("no zones"), lead=lead)


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

    def record() -> Record:
        return zone_record(zone) | {
            "note": local(zone, "note") or None,
            "initiatives": list(map(initiative_record, initiatives)),
            "figures": list(map(figure_record, figures)),
            "recognitions": list(map(recognition_record, recognitions)),
            "zones": list(map(zone_record, within)),
        }

    def draw() -> Drawing:
        name = local(zone, "name")
        above = f"{parent.named(language())} · {parent.id}" if parent else zone.parent
        pairs = [
            (translate("ID"), zone.id),
            (translate("Kind"), word("zone", zone.kind)),
            (translate("Part of"), above),
            (translate("Since"), _since(zone)),
            (translate("km²"), _extent(zone)),
            (translate("Note"), local(zone, "note")),
        ]
        parts: list[Part] = [Head(name, zone.named(other_language()), pairs)]
        if within:
            parts.append(zones_table(within, translate("Within it")))
        if initiatives:
            parts.append(initiatives_table(initiatives, translate("Initiatives")))
        parts += figure_parts(figures, translate("Figures"), by_subject=True)
        if recognitions:
            parts += recognition_parts(recognitions, translate("Recognitions"))
        return Drawing(name, parts)

    return View((*ZONE, "note", "recognitions", "zones"), lambda: [record()], draw, single=True)


def _since(zone: Zone) -> str:
    return date_text(zone.since) if zone.since else ""


def _extent(zone: Zone) -> str:
    return "" if zone.area_km2 is None else f"{zone.area_km2:g}"
