"""The views that commands ask for, one constructor for each kind of answer.

How an answer is drawn for people lies in the `draw_…` modules, read only when it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import records
from .view import Drawing, Each, Record, View

if TYPE_CHECKING:
    from pathlib import Path

    from ..audit import Finding
    from ..compare import Comparison
    from ..faults import Fault, Problem
    from ..models import Figure
    from ..scan import Scanned
    from ..things import Initiative, Metric, Recognition, Source, Zone


def figures(found: Sequence[Figure], title: str = "") -> View:
    """Figures in the order given; `title` heads the table where the command has one."""
    return _listed("figures", records.FIGURE, found, records.figure, "draw_figures", title)


def zones(found: Sequence[Zone]) -> View:
    """Zones; people see the tree that they form."""
    return _listed("zones", records.ZONE, found, records.zone, "draw_names")


def initiatives(found: Sequence[Initiative]) -> View:
    """Initiatives in the order given."""
    return _listed("initiatives", records.INITIATIVE, found, records.initiative, "draw_names")


def metrics(found: Sequence[Metric]) -> View:
    """Metrics in the order given."""
    return _listed("metrics", records.METRIC, found, records.metric, "draw_names")


def sources(found: Sequence[Source]) -> View:
    """Documents and their articles."""
    return _listed("sources", records.SOURCE, found, records.source, "draw_names")


def zone(
    one: Zone,
    within: Sequence[Zone] = (),
    initiatives: Sequence[Initiative] = (),
    figures: Sequence[Figure] = (),
    recognitions: Sequence[Recognition] = (),
    parent: Zone | None = None,
) -> View:
    """A zone's card: what it lies in and what in it, initiatives, figures and recognitions."""
    record = records.zone(one) | {
        "initiatives": [records.initiative(each) for each in initiatives],
        "figures": [records.figure(each) for each in figures],
        "recognitions": [records.recognition(each) for each in recognitions],
        "zones": [records.zone(each) for each in within],
    }
    draw = _later("draw_cards", "zone", one, within, initiatives, figures, recognitions, parent)
    return _single("zone", record, draw)


def initiative(one: Initiative, figures: Sequence[Figure] = ()) -> View:
    """An initiative's card: its figures and recognitions."""
    record = records.initiative(one) | {"figures": [records.figure(each) for each in figures]}
    return _single("initiative", record, _later("draw_cards", "initiative", one, figures))


def comparison(compared: Comparison) -> View:
    """Initiatives or zones side by side."""

    def rows(lang: str) -> list[Record]:
        from .words import warning_text  # warnings are words; so this record has a language

        return [
            {
                "metric": row.metric.id,
                "unit": row.base_unit,
                "derived": row.derived,
                "comparable": row.comparable,
                "warning": " ".join(warning_text(each, lang) for each in row.warnings) or None,
                "cells": [records.compared(cell) for cell in row.cells],
            }
            for row in compared.rows
        ]

    columns = [
        {"id": each.id, "name_zh": each.name_zh, "name_en": each.name_en}
        for each in compared.columns
    ]
    parts = ("printed", "value", "low", "high")
    names = [f"{each.id}.{part}" for each in compared.columns for part in parts]

    def spread(record: Record) -> list[Any]:
        return [(cell or {}).get(part) for cell in record["cells"] for part in parts]

    return View(
        "comparison",
        records.COMPARED,
        rows,
        _later("draw_comparison", "comparison", compared),
        document=lambda found: {"columns": columns, "rows": found},
        spread={"cells": (names, spread)},
    )


def audit(findings: Sequence[Finding]) -> View:
    """Claims judged."""
    return _listed("audit", records.FINDING, findings, records.finding, "draw_audit")


def finding(one: Finding) -> View:
    """One claim judged, with the steps of each reading."""
    record = records.finding(one) | {
        "readings": [
            {
                "name": reading.name.removeprefix("reading."),
                "formula": reading.formula,
                "low": records.judged_end(one, reading.recomputed.low, up=False),
                "high": records.judged_end(one, reading.recomputed.high, up=True),
                "verdict": str(reading.verdict),
            }
            for reading in one.readings
        ]
    }
    return _single("finding", record, _later("draw_audit", "finding", one))


def scanned(mentions: Sequence[Scanned]) -> View:
    """Number mentions of a text against the curated figures."""
    return _listed("scanned", records.SCANNED, mentions, records.scanned, "draw_bench")


def problems(found: Sequence[Problem]) -> View:
    """Faults in a dataset, each with its address."""
    return _told("problems", records.PROBLEM, found, records.problem, "draw_bench")


def faults(kinds: Sequence[Fault]) -> View:
    """The kinds of fault that a dataset can have."""
    return _told("faults", records.FAULT, kinds, records.fault, "draw_bench")


def rows(names: Sequence[str], found: Sequence[Sequence[Any]], room: str = "") -> View:
    """The answer to free SQL; a name given twice gets a number.

    People see the names as the catalogue has them under `room`, where it has.
    """
    fields: list[str] = []
    for name in names:
        free, copies = name, 1
        while free in fields or (free != name and free in names):
            copies += 1
            free = f"{name}_{copies}"
        fields.append(free)
    made = Each(found, lambda row: dict(zip(fields, row, strict=True)))
    return View(
        "rows", tuple(fields), lambda lang: made, _later("draw_bench", "rows", fields, found, room)
    )


def overview(
    counts: Mapping[str, int],
    sources: Sequence[Source],
    database: Path | str,
    commands: Sequence[str] = (),
) -> View:
    """What is in the database, where it comes from, and commands to try.

    `counts` is keyed by table: figures, zones, initiatives, metrics, claims. Without `commands`
    people are shown three that the bundled data answers.
    """
    record: Record = {
        **counts,
        "sources": [records.source(each) for each in sources],
        "database": str(database),
        "commands": list(commands),
    }
    draw = _later("draw_bench", "overview", counts, sources, str(database), commands)
    return _single("overview", record, draw)


def _listed(
    name: str,
    fields: tuple[str, ...],
    found: Sequence[Any],
    made: Callable[[Any], Record],
    module: str,
    *more: Any,
) -> View:
    each = Each(found, made)
    return View(name, fields, lambda lang: each, _later(module, name, found, *more))


def _told(
    name: str,
    fields: tuple[str, ...],
    found: Sequence[Any],
    made: Callable[[Any, str], Record],
    module: str,
) -> View:
    """As `_listed`, of what is told in a language in the records too."""
    return View(
        name,
        fields,
        lambda lang: Each(found, lambda one: made(one, lang)),
        _later(module, name, found),
    )


def _single(name: str, record: Record, draw: Callable[[str], Drawing]) -> View:
    return View(name, tuple(record), lambda lang: [record], draw, single=True)


def _later(module: str, function: str, *given: Any) -> Callable[[str], Drawing]:
    """A drawing made by `module.function(*given, lang)` once it is asked for."""

    def draw(lang: str) -> Drawing:
        from importlib import import_module  # as above: only where something is drawn

        drawn: Drawing = getattr(import_module(f".{module}", __package__), function)(*given, lang)
        return drawn

    return draw
