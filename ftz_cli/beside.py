"""Fetching what a comparison lays side by side."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from . import queries
from .compare import Comparison, alike, compare
from .errors import NotFound, UsageError
from .find import one
from .models import Figure, Name
from .quantity import Unit, Units
from .text import shown
from .things import Initiative, Metric, Zone

FIGURES = {"initiative": queries.FIGURES_OF_INITIATIVE, "zone": queries.FIGURES_OF_ZONE}
# Initiatives that share a metric with one: enough to propose from.
SHARING = """
select distinct f.initiative from figures f
where f.initiative is not null and f.initiative <> :id and f.metric in (
    select m.id from metrics m where coalesce(m.broader, m.id) in (
        select coalesce(o.broader, o.id) from figures g join metrics o on o.id = g.metric
        where g.initiative = :id))
limit 50
"""


def units(data: sqlite3.Connection) -> Units:
    """The units that the database knows."""
    return Units(
        Unit(id, base or "", Decimal(factor), kind, Decimal(least) if least else None, zh, en)
        for id, base, factor, kind, least, zh, en in queries.units_of(data)
    )


def compared(
    data: sqlite3.Connection, names: list[str], metric: str | None, single: bool
) -> Comparison:
    """The comparison of the things that `names` name: all initiatives, or all zones.

    Raises NotFound for an unknown name and, with proposals, for one name alone.
    """
    kind, ids = _things(data, names)
    columns: list[Name] = [_thing(data, kind, id) for id in ids]
    if len(ids) < 2:
        raise _alone(data, kind, columns[0])
    metrics = {one.id: one for one in _metrics(data, kind, ids)}
    figures = [queries.figures(data, FIGURES[kind], id=id) for id in ids]
    if metric is not None:
        wanted = one(data, "metric", metric)
        figures = [[f for f in own if _under(f.metric, wanted, metrics)] for own in figures]
        single = True
    ratios = [] if metric is not None else queries.ratios(data, units(data))
    ratios = [r for r in ratios if r.numerator in metrics and r.denominator in metrics]
    return compare(kind, columns, figures, metrics, ratios, single)


def _under(metric: str, wanted: str, metrics: dict[str, Metric]) -> bool:
    step: str | None = metric
    while step:
        if step == wanted:
            return True
        step = metrics[step].broader
    return False


def _metrics(data: sqlite3.Connection, kind: str, ids: list[str]) -> list[Metric]:
    """The metrics of these things' figures, with those above them."""
    found: dict[str, Metric] = {}
    wanted = [m for id in ids for (m,) in data.execute(METRICS_OF[kind], (id,))]
    while wanted:
        missing = [id for id in dict.fromkeys(wanted) if id not in found]
        for id in missing:
            found[id] = queries.metrics(data, queries.METRIC, id=id)[0]
        wanted = [above for id in missing if (above := found[id].broader)]
    return list(found.values())


METRICS_OF = {
    "initiative": "select distinct metric from figures where initiative = ?",
    "zone": "select distinct metric from figures where zone = ?",
}


def _things(data: sqlite3.Connection, names: list[str]) -> tuple[str, list[str]]:
    """Whether the names are of initiatives or of zones, and their ids."""
    found: dict[str, dict[str, str]] = {"initiative": {}, "zone": {}}
    for name in names:
        trouble: list[NotFound] = []
        for kind, ids in found.items():
            try:
                ids[name] = one(data, kind, name)
            except NotFound as error:
                trouble.append(error)
        if len(trouble) == len(found):
            raise trouble[0]
    for kind, ids in found.items():
        if len(ids) == len(set(names)):
            if len(set(ids.values())) < len(names):
                raise UsageError("compare.twice", listed=[*map(shown, names)])
            return kind, list(ids.values())
    zone = next(name for name in names if name not in found["initiative"])
    initiative = next(name for name in names if name not in found["zone"])
    raise UsageError("compare.mixed", zone=shown(zone), initiative=shown(initiative))


def _thing(data: sqlite3.Connection, kind: str, id: str) -> Initiative | Zone:
    if kind == "zone":
        return queries.zones(data, queries.ZONE, id=id)[0]
    return queries.initiatives(data, queries.INITIATIVE, id=id)[0]


def _alone(data: sqlite3.Connection, kind: str, own: Name) -> NotFound:
    figures = queries.figures(data, FIGURES[kind], id=own.id)
    near: list[str] = []
    if kind == "initiative":
        others: dict[str, list[Figure]] = {
            id: queries.figures(data, FIGURES[kind], id=id)
            for (id,) in data.execute(SHARING, {"id": own.id})
        }
        known = {f.metric for own_ in (figures, *others.values()) for f in own_}
        metrics: dict[str, Metric] = {}
        for id in known:
            step: str | None = id
            while step and step not in metrics:
                metrics[step] = queries.metrics(data, queries.METRIC, id=step)[0]
                step = metrics[step].broader
        near = alike(figures, others, metrics)
    key = "compare.alone_near" if near else "compare.alone"
    return NotFound(key, name=own.id, listed=near[:5])
