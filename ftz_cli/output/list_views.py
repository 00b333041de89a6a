"""Lists of zones, initiatives, metrics, recognitions, sources; the overview; rows of free SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..language import Message, join, translate
from .cells import local
from .records import fields, record, records
from .tables import table
from .view import Card, Part, Record, View, note, view_of_records
from .words import word

if TYPE_CHECKING:
    from ..model.named import Source, Zone

EXAMPLES = (
    Message("ftz metric foreign trade 2021"),
    Message("ftz zones guangxi"),
    Message("ftz compare first-loan-centre exchange-rate-shield"),
)


def list_view(kind: str, items: Sequence[Any]) -> View:
    """Items in the order given, or of their tree; `kind` is the command that lists them."""
    return View(
        fields(kind), lambda: (record(kind, one) for one in items), lambda: [table(kind, items)]
    )


def pilot_zones_view(zones: Sequence[Zone]) -> View:
    """All zones; people see the pilot zones by their launch with their areas, and what else is."""

    def draw() -> list[Part]:
        pilot = [one for one in zones if one.kind == "pilot_zone"]
        pilot.sort(key=lambda zone: zone.since or "~")

        def areas(zone: Zone) -> str:
            return join(local(one, "name") for one in zones if one.parent == zone.id)

        kinds = Counter(word("zone", one.kind) for one in zones if one.kind != "pilot_zone")
        others = join(f"{kind} {count}" for kind, count in kinds.items())
        also = translate("By words or --kind also: {kinds}", kinds=others)
        return [table("pilot zones", pilot, areas=areas), note(also if kinds else "")]

    return list_view("zones", zones)._replace(draw=draw)


def overview_view(counts: Mapping[str, int], sources: Sequence[Source], path: str | None) -> View:
    """What the data holds, where it comes from, and what to try.

    `counts` is by table: figures, zones, initiatives and so on; `path` that of the database, None
    for one in memory.
    """

    def made() -> list[Record]:
        return [{**counts, "sources": records("sources", sources), "database": path}]

    def draw() -> list[Part]:
        holds = [word("table", name, count=f"{count:,}") for name, count in counts.items()]
        pairs = [
            ("", translate("what was printed, what it means, where it stands")),
            (translate("Holds"), " · ".join(holds)),
            (translate("Database"), path or translate("in memory")),
            *((translate("Try"), str(example)) for example in EXAMPLES),
        ]
        return [Card("ftz", pairs)]

    return View([*counts, "sources", "database"], made, draw, single=True)


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> View:
    """Rows under their names; a name that comes twice gets a number."""
    free: list[str] = []
    for name in names:
        unused = (f"{name}_{number}" for number in range(2, len(names) + 2))
        taken = {*free, *names}
        free.append(name if name not in free else next(one for one in unused if one not in taken))
    found = [dict(zip(free, row, strict=True)) for row in rows]
    return view_of_records(free, lambda: found)
