"""Fetching what a comparison lays side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..analysis.comparison import Comparison, compare, lineage, similar
from ..database import Database, queries
from ..language import join, language, shown
from ..lookup import find_one
from ..model.errors import NotFound, UsageError
from ..model.figure import Figure
from ..model.named import Initiative, Metric, Zone

# How many similar things are laid beside the one that is named.
SIMILAR = 4
Thing = Zone | Initiative


def compared(
    db: Database,
    names: Sequence[str],
    wanted: Collection[str],
    period: str | None,
    *,
    like: bool,
    all: bool,
) -> Comparison:
    """The comparison of what `names` name; see `Dataset.compare`.

    `wanted` are ids of metrics; with none, every metric and the ratios.
    """
    kind, columns = _named(db, names)
    metrics = {metric.id: metric for metric in queries.metrics(db)}
    if len(columns) == 1:
        near = _similar(db, kind, columns[0], metrics)
        if not like:
            raise _alone(columns[0], near)
        columns += near
    figures = [
        [
            figure
            for figure in _figures(db, kind, column.id, period)
            if not wanted or {*wanted} & {*lineage(figure.metric, metrics)}
        ]
        for column in columns
    ]
    ratios = [] if wanted else queries.ratios(db)
    return compare(kind, columns, figures, metrics, ratios, all=all or bool(wanted))


def _named(db: Database, names: Sequence[str]) -> tuple[str, list[Thing]]:
    """Whether the names are of initiatives or of zones, and what they name."""
    failed: dict[str, NotFound] = {}
    for kind in ("initiative", "zone"):
        ids = []
        for name in names:
            try:
                ids.append(find_one(db, kind, name))
            except NotFound as error:
                if name in failed:
                    raise _unknown(name, failed[name], error) from None
                failed[name] = error
        if len(ids) < len(names):
            continue
        for name, id in zip(names, ids, strict=True):
            if ids.count(id) > 1:
                raise UsageError("'{name}' is named twice: {id}", name=shown(name), id=id)
        return kind, sorted(_things(db, kind, ids), key=lambda one: ids.index(one.id))
    raise UsageError(
        "some of {listed} are zones and others initiatives; compare like with like",
        listed=join(map(shown, names)),
    )


def _things(db: Database, kind: str, ids: Sequence[str] | None = None) -> Sequence[Thing]:
    return queries.zones(db, ids) if kind == "zone" else queries.initiatives(db, ids)


def _figures(db: Database, kind: str, id: str, period: str | None = None) -> list[Figure]:
    """The figures of an initiative, or of a zone itself, without what lies within."""
    if kind == "zone":
        return list(queries.figures(db, exact_zone=id, period=period))
    return list(queries.figures(db, initiative=id, period=period))


def _similar(db: Database, kind: str, own: Thing, metrics: Mapping[str, Metric]) -> list[Thing]:
    """What is of the kind (or theme) of `own` and shares metrics with it, the most first."""
    alike = {one.id: one for one in _things(db, kind) if one.figures and _alike(one, own)}
    figures = {id: _figures(db, kind, id) for id in alike}
    found = similar(_figures(db, kind, own.id), figures, metrics)
    return [alike[id] for id in found[:SIMILAR]]


def _alike(one: Thing, own: Thing) -> bool:
    """Whether they are two zones of one kind, or two initiatives of one kind or theme."""
    if one.id == own.id:
        return False
    if isinstance(one, Initiative) and isinstance(own, Initiative) and one.theme_en == own.theme_en:
        return True
    return one.kind == own.kind


def _unknown(name: str, *errors: NotFound) -> NotFound:
    """That a name is of no initiative and of no zone; one that fits several things is said so."""
    raise NotImplementedError


def _alone(own: Thing, near: Sequence[Thing]) -> NotFound:
    """That one name is no comparison, with what compares well with it."""
    name = own.named(language())
    if not near:
        return NotFound(
            "a comparison needs two names; '{name}' shares no metric with another", name=name
        )
    return NotFound(
        "a comparison needs two names; '{name}' compares well with {listed}",
        name=name,
        listed=join(one.named(language()) for one in near),
    )
