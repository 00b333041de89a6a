"""Zones: their list or tree, and the card of one with all that lies within it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language import join, translate
from .figure_view import figure_parts
from .initiative_view import initiatives_table
from .periods import date_text
from .recognition_view import recognition_parts
from .records import ZONE, figure_record, initiative_record, recognition_record, record, records
from .tables import both_names, card, local, table, tree
from .view import Card, Part, Record, Table, View
from .words import word

if TYPE_CHECKING:
    from ..model.figure import Figure
    from ..model.named import Initiative, Recognition, Zone


def zones_view(zones: Sequence[Zone], *, chosen: bool = False) -> View:
    """Zones; people see the pilot zones, and those that they have `chosen` as a tree."""

    def draw() -> list[Part]:
        return [_tree(zones)] if chosen else _overview(zones)

    return View(ZONE, lambda: records(zones, ZONE), draw)


def _overview(zones: Sequence[Zone]) -> list[Part]:
    """The pilot zones in the order of their launch with their areas, and what else there is."""
    pilot = [one for one in zones if one.kind == "pilot_zone"]
    pilot.sort(key=lambda zone: zone.since or "~")

    def areas(zone: Zone) -> str:
        return join(local(one, "name") for one in zones if one.parent == zone.id)

    kinds = Counter(word("zone", one.kind) for one in zones if one.kind != "pilot_zone")
    others = join(f"{kind} {count}" for kind, count in kinds.items())
    note = translate("By words or --kind also: {kinds}", kinds=others)
    return [
        table("pilot zones", pilot, since=_year, extent=_extent, areas=areas),
        Card("", [("", note if kinds else "")]),
    ]


def _tree(zones: Sequence[Zone], title: str = "") -> Table:
    """Zones in the order of their tree."""
    ordered, guides = tree(zones)

    def name(zone: Zone) -> str:
        return guides[zone.id] + local(zone, "name")

    return table("zones", ordered, title, name=name, since=_year, extent=_extent)


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

    def made() -> Record:
        return record(zone, ZONE) | {
            "note": local(zone, "note") or None,
            "initiatives": list(map(initiative_record, initiatives)),
            "figures": list(map(figure_record, figures)),
            "recognitions": list(map(recognition_record, recognitions)),
            "zones": records(within, ZONE),
        }

    def draw() -> list[Part]:
        head = card(
            "zone",
            zone,
            both_names(zone),
            kind=lambda zone: word("zone", zone.kind),
            part_of=lambda _: f"{local(parent, 'name')} · {parent.id}" if parent else "",
            since=lambda zone: date_text(zone.since or ""),
            extent=_extent,
        )
        tables = [_tree(within, translate("Within it"))] if within else []
        tables += [initiatives_table(initiatives, translate("Initiatives"))] if initiatives else []
        shown = figure_parts(figures, translate("Figures"))
        return [head, *tables, *shown, *recognition_parts(recognitions)]

    return View((*ZONE, "note", "recognitions", "zones"), lambda: [made()], draw, single=True)


def _year(zone: Zone) -> str:
    return (zone.since or "")[:4]


def _extent(zone: Zone) -> str:
    return "" if zone.area_km2 is None else f"{zone.area_km2:g}"
