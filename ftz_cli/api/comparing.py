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
    found = {name: _meanings(db, name) for name in names}
    for kind in ("initiative", "zone"):
        if all(kind in meanings for meanings in found.values()):
            things = [found[name][kind] for name in names]
            for name, thing in zip(names, things, strict=True):
                if things.count(thing) > 1:
                    raise UsageError("'{name}' is named twice: {id}", name=shown(name), id=thing.id)
            return kind, things
    raise UsageError(
        "some of {listed} are zones and others initiatives; compare like with like",
        listed=join(map(shown, names)),
    )


def _meanings(db: Database, name: str) -> dict[str, Thing]:
    """The initiative and the zone that a name names; only one of them if it is its whole name."""
    found: dict[str, Thing] = {}
    errors = []
    for kind in ("initiative", "zone"):
        try:
            found[kind] = _things(db, kind, [find_one(db, kind, name)])[0]
        except NotFound as error:
            errors.append(error)
    if not found:
        raise _unknown(name, *errors)
    whole = {kind: thing for kind, thing in found.items() if _is_called(thing, name)}
    return whole or found


def _is_called(thing: Thing, name: str) -> bool:
    own = (thing.id, thing.name_zh, thing.name_en, *thing.also)
    return name.strip().casefold() in map(str.casefold, own)


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
    for error in errors:
        if error.message.english.startswith("several"):
            return error
    near = [error.message.fields["listed"] for error in errors if "listed" in error.message.fields]
    if not near:
        return NotFound(
            "no initiative or zone '{text}'; see 'ftz initiatives' and 'ftz zones'",
            text=shown(name),
        )
    return NotFound(
        "no initiative or zone '{text}'; did you mean {listed}?",
        text=shown(name),
        listed=join(near),
    )


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
