"""The curator's bench: numbers of a text, problems of a dataset, and what the data may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..language import translate
from ..quantities.decimals import plain
from .records import record, trimmed
from .rows_view import rows_view
from .tables import table
from .view import Card, Part, Record, View
from .words import counted, signed, word

if TYPE_CHECKING:
    from ..curation.faults import ColumnHelp, Fault, Problem
    from ..curation.scan import Scanned
    from ..quantities.mention import Mention

SCANNED = (
    *("line", "column", "printed", "context", "kind", "value", "value_to", "date", "unit"),
    *("base_value", "base_value_to", "base_unit", "bound", "low", "high", "direction"),
    *("state", "figure", "why"),
)
PROBLEM = ("path", "line", "column", "code", "message", "excerpt", "help")
# Cells that an excerpt of a file's line takes.
EXCERPT = 54


def scan_view(mentions: Sequence[Scanned], *, dates: bool = False, faults: bool = False) -> View:
    """The numbers of a text, each with the figure or the reason that answers for it.

    A table leaves dates out unless `dates`, and with `faults` all that is as it should be.
    """

    def listed(one: Scanned) -> bool:
        return one.at_fault or not (faults or (one.mention.kind == "date" and not dates))

    def draw() -> list[Part]:
        shown = [one for one in mentions if listed(one)]
        found = table(
            "mentions",
            shown,
            place=_place,
            printed=lambda one: one.mention.printed,
            read_as=lambda one: _read(one.mention),
            state=lambda one: [signed("state", one.state)],
            why=lambda one: str(one.why or ""),
        )
        found.empty = translate(
            "the text has what is curated of it" if faults else "no numbers in the text"
        )
        return [found, counted("state", [one.state for one in shown])]

    return View(SCANNED, lambda: map(_scanned_record, mentions), draw)


def _place(one: Scanned) -> str:
    """Line and column; a figure that the text does not have has only the line where it was."""
    return f"{one.line}:{one.mention.start + 1}" if one.mention.start >= 0 else str(one.line)


def _scanned_record(one: Scanned) -> Record:
    said = one.mention.quantity
    made: Record = {name: getattr(one, name) for name in ("line", "context", "state", "figure")}
    made |= {name: getattr(one.mention, name) for name in ("printed", "kind", "direction")}
    made |= {"column": one.mention.start + 1, "why": str(one.why) if one.why else None}
    if said:
        made |= {"unit": said.unit.id or None, "base_unit": said.unit.base or None}
        made |= {"date": said.edtf, "bound": str(said.bound)}
    if said and not said.edtf:
        made |= {"value": said.value, "value_to": said.value_to}
        made |= {name: trimmed(getattr(said, name)) for name in ("base_value", "base_value_to")}
        made |= {name: trimmed(getattr(said.ends, name)) for name in ("low", "high")}
    return dict.fromkeys(SCANNED) | made


def _read(mention: Mention) -> str:
    """What the grammar reads in a mention: direction, bound, value, unit."""
    said = mention.quantity
    if said is None or said.edtf:
        return said.edtf or "" if said else ""
    value = ":".join(map(plain, said.parts)) if said.parts else plain(said.value)
    to = "" if said.value_to is None else f"–{plain(said.value_to)}"
    bound = "" if said.bound in ("exact", "range") else word("bound", said.bound)
    between = " " if bound.isascii() and bound else ""
    arrow = {"up": "↑ ", "down": "↓ "}.get(mention.direction or "", "")
    return f"{arrow}{bound}{between}{value}{to}{said.unit.id}"


def problems_view(problems: Sequence[Problem]) -> View:
    """Problems as compilers show them: the address, the code, the line, and help."""

    def pairs() -> Iterator[tuple[str, str]]:
        for one in problems:
            yield "", f"{one.place}: {one.code} {one.message}"
            if one.excerpt:
                start = max(one.column - 1 - EXCERPT // 2, 0)
                yield "", f"  | {one.excerpt[start : start + EXCERPT]}"
                before = one.excerpt[start : one.column - 1]
                # A wide character takes two cells.
                yield "", "  | " + " " * sum(1 + (sign > "\u2e80") for sign in before) + "^"
            yield translate("help:"), one.help or ""
        if not problems:
            yield "", translate("no problems")

    return View(
        PROBLEM, lambda: (record(one, PROBLEM) for one in problems), lambda: [Card("", [*pairs()])]
    )


def fault_kinds_view(faults: Sequence[Fault]) -> View:
    """The kinds of fault that a dataset can have."""
    return _attributes(faults, ("code", "name", "description"))


def columns_view(columns: Sequence[ColumnHelp]) -> View:
    """What the columns of a dataset's tables take."""
    return _attributes(columns, ("table", "column", "required", "takes", "description"))


def _attributes(items: Sequence[object], names: Sequence[str]) -> View:
    rows = [[getattr(one, name) for name in names] for one in items]
    return rows_view(
        names, [[of if isinstance(of, bool) else str(of) for of in row] for row in rows]
    )
