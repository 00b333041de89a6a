"""Fetching what a comparison lays side by side."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from . import queries
from .catalogue import Bilingual, Message
from .compare import Comparison, alike, compare, upwards
from .errors import NotFound, UsageError
from .find import label, one
from .models import Name
from .text import shown
from .things import Initiative, Zone

FIGURES_AMONG = {
    "initiative": queries.FIGURES_OF_INITIATIVE_AMONG, "zone": queries.FIGURES_OF_ZONE_AMONG
}  # fmt: skip
# Initiatives that share a metric with one: enough to propose from.
SHARING = """
select distinct f.initiative from figures f
where f.initiative is not null and f.initiative <> :id and f.metric in (
    select m.id from metrics m where coalesce(m.broader, m.id) in (
        select coalesce(o.broader, o.id) from figures g join metrics o on o.id = g.metric
        where g.initiative = :id))
limit 50
"""
METRICS_OF = {
    "initiative": "select distinct metric from figures where initiative = ?",
    "zone": "select distinct metric from figures where zone = ?",
}
BROADER = "select id, broader from metrics where id in (select value from json_each(?))"


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
    own = [[m for (m,) in data.execute(METRICS_OF[kind], (id,))] for id in ids]
    above = _above(data, [m for listed in own for m in listed])
    ratios = [] if metric is not None else queries.ratios(data)
    ratios = [r for r in ratios if r.numerator in above and r.denominator in above]
    if metric is not None:
        wanted = one(data, "metric", metric)
        told = {m for m in above if wanted in upwards(m, above)}
        single = True
    elif single:
        told = set(above)
    else:
        # What only one of them has is not read: of a large zone it is nearly everything.
        families = Counter(f for listed in own for f in {upwards(m, above)[-1] for m in listed})
        shared = {family for family, columns in families.items() if columns > 1}
        shared |= {upwards(m, above)[-1] for r in ratios for m in (r.numerator, r.denominator)}
        told = {m for m in above if upwards(m, above)[-1] in shared}
    figures = [
        queries.figures(data, FIGURES_AMONG[kind], id=id, metrics=json.dumps(sorted(told)))
        for id in ids
    ]
    steps = {step for m in told for step in upwards(m, above)}
    metrics = queries.metrics(data, queries.CHOSEN_METRICS, ids=json.dumps(sorted(steps)))
    return compare(kind, columns, figures, {m.id: m for m in metrics}, ratios, single)


def told(compared: Comparison) -> list[Bilingual]:
    """The names of what is compared."""
    return [Bilingual(each.name_en, each.name_zh) for each in compared.columns]


def _above(data: sqlite3.Connection, metrics: list[str]) -> dict[str, str | None]:
    """The broader metric of each, and of those above them."""
    found: dict[str, str | None] = {}
    wanted = set(metrics)
    while wanted:
        found |= dict(data.execute(BROADER, (json.dumps(sorted(wanted)),)))
        wanted = {above for m in wanted if (above := found[m])} - found.keys()
    return found


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
            raise _unknown(name, trouble)
    for kind, ids in found.items():
        if len(ids) == len(set(names)):
            if len(set(ids.values())) < len(names):
                raise _twice(data, kind, names, ids)
            return kind, list(ids.values())
    zone = next(name for name in names if name not in found["initiative"])
    initiative = next(name for name in names if name not in found["zone"])
    raise UsageError("compare.mixed", zone=shown(zone), initiative=shown(initiative))


def _unknown(name: str, trouble: list[NotFound]) -> NotFound:
    """A name that is of no initiative and of no zone; one that fits several is told as that."""
    for error in trouble:
        if error.message.key == "find.several":
            return error
    near = [each for error in trouble for each in error.message.words.get("listed", ())]  # type: ignore[attr-defined]
    key = "compare.unknown_near" if near else "compare.unknown"
    return NotFound(key, tongue=trouble[0].tongue, text=shown(name), listed=near)


def _twice(
    data: sqlite3.Connection, kind: str, names: list[str], ids: dict[str, str]
) -> UsageError:
    """Why there are fewer things than names: one name twice, or two names of the same."""
    for name, count in Counter(names).items():
        if count > 1:
            return UsageError("compare.twice", name=shown(name))
    id = Counter(ids.values()).most_common(1)[0][0]
    first, second, *_ = (name for name in names if ids[name] == id)
    return UsageError("compare.same", name=shown(first), other=shown(second),
                      kind=Message(f"thing.{kind}"), label=label(data, kind, id))  # fmt: skip


def _thing(data: sqlite3.Connection, kind: str, id: str) -> Initiative | Zone:
    if kind == "zone":
        return queries.zones(data, queries.ZONE, id=id)[0]
    return queries.initiatives(data, queries.INITIATIVE, id=id)[0]


def _alone(data: sqlite3.Connection, kind: str, own: Name) -> NotFound:
    """That one name is no comparison, with the initiatives that share most metrics with it."""
    near: list[str] = []
    if kind == "initiative":
        sharing = [own.id, *(id for (id,) in data.execute(SHARING, {"id": own.id}))]
        others = {id: queries.figures(data, queries.FIGURES_OF_INITIATIVE, id=id) for id in sharing}
        above = _above(data, [figure.metric for each in others.values() for figure in each])
        near = alike(others.pop(own.id), others, above)
    key = "compare.alone_near" if near else "compare.alone"
    listed = [label(data, kind, id) for id in near[:5]]
    return NotFound(key, name=Bilingual(own.name_en, own.name_zh), listed=listed)
