"""The numbers of a text, each with the figure or the reason that answers for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..language import translate
from ..quantities.decimals import plain
from .numbers import meaning
from .records import FIELDS, trimmed
from .tables import table
from .view import Part, Record, View
from .words import counted

if TYPE_CHECKING:
    from ..curation.scan import Scan, Scanned
    from ..quantities.mention import Mention

# What is said of a revised text where nothing was found.
AS_CURATED = (
    "values, units, bounds, directions, periods and named zones are as curated; "
    "the rest of the words was not compared"
)


def scan_view(scan: Scan, *, dates: bool = False, faults: bool = False) -> View:
    """The numbers of a text, each with the figure or the reason that answers for it.

    A table leaves dates out unless `dates`, and with `faults` all that is as it should be.
    """

    def listed(one: Scanned) -> bool:
        return one.at_fault or not (faults or (one.mention.kind == "date" and not dates))

    def draw() -> list[Part]:
        shown = [one for one in scan.mentions if listed(one)]
        found = table("scan", shown, place=_place, meaning=lambda one: _meaning(one.mention))
        agreed = AS_CURATED if scan.revised else "the text has what is curated of it"
        empty = translate(agreed if faults else "no numbers in the text")
        return [found._replace(empty=empty), counted("state", [one.state for one in shown])]

    return View(FIELDS["scan"], scan.mentions, _scanned_record, draw)


def _place(one: Scanned) -> str:
    """Line and column; a figure that the text does not have has only the line where it was."""
    return f"{one.line}:{one.mention.start + 1}" if one.mention.start >= 0 else str(one.line)


def _scanned_record(one: Scanned) -> Record:
    mention, said = one.mention, one.mention.quantity
    made: Record = {name: getattr(one, name) for name in ("line", "context", "state", "figure")}
    made |= {name: getattr(mention, name) for name in ("printed", "kind", "direction")}
    made |= {"column": mention.start + 1, "why": str(one.why) if one.why else None}
    if said:
        made |= {"unit": said.unit.id or None, "base_unit": said.unit.base or None}
        made |= {"date": said.edtf, "bound": str(said.bound)}
    if said and not said.edtf:
        made |= {"value": said.value, "value_to": said.value_to}
        made |= {name: trimmed(getattr(said, name)) for name in ("base_value", "base_value_to")}
        made |= {name: trimmed(getattr(said.ends, name)) for name in ("low", "high")}
    return dict.fromkeys(FIELDS["scan"]) | made


def _meaning(mention: Mention) -> str:
    """What the grammar reads in a mention, as the same figure would be shown, and its direction."""
    said = mention.quantity
    if said is None or said.edtf:
        return said.edtf or "" if said else ""
    if said.parts:
        return ":".join(map(plain, said.parts))
    unit, ends = said.unit, said.ends
    figure: Any = SimpleNamespace(
        base_value=said.base_value, bound=said.bound, low=ends.low, high=ends.high,
        low_open=ends.low_open, high_open=ends.high_open, unit_zh=unit.id, unit_en=unit.name_en,
        unit_kind=unit.kind, base_unit=unit.base, factor=unit.factor,
    )  # fmt: skip
    return {"up": "↑ ", "down": "↓ "}.get(mention.direction or "", "") + meaning(figure)
