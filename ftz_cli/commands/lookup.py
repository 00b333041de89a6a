"""Looking things up: zones, initiatives, metrics, figures and sources."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from ..options import Session, completing, reads

NAME_HELP = "An id, a name, or a part of one."


def _words(kind: str) -> Any:
    return typer.Argument(
        metavar="[WORDS]…", help="Only what these name.", autocompletion=completing(kind)
    )


def _name(kind: str) -> Any:
    return typer.Argument(metavar="NAME", help=NAME_HELP, autocompletion=completing(kind))


def _filter(kind: str) -> Any:
    return typer.Option(
        f"--{kind}", metavar="NAME", help=f"Only this {kind}'s.", autocompletion=completing(kind)
    )


def _listed(
    session: Session, kind: str, ask: Callable[[str | None], list[Any]], words: list[str] | None
) -> list[Any]:
    """The things of a kind that the words name; where there are none, that is told."""
    from ..catalogue import Message
    from ..text import shown

    text = " ".join(words) if words else None
    found = ask(text)
    if text is not None and not found:
        told = {"text": shown(text), "command": f"ftz {kind}s"}
        session.tell(Message("find.none", kind=Message(f"thing.{kind}"), **told))
    return found


ZoneWords = Annotated[list[str] | None, _words("zone")]
InitiativeWords = Annotated[list[str] | None, _words("initiative")]
MetricWords = Annotated[list[str] | None, _words("metric")]
ZoneName = Annotated[list[str], _name("zone")]
InitiativeName = Annotated[list[str], _name("initiative")]
OfZone = Annotated[str | None, _filter("zone")]
OfInitiative = Annotated[str | None, _filter("initiative")]
OfMetric = Annotated[str | None, _filter("metric")]


@reads
def zones(session: Session, words: ZoneWords = None) -> None:
    """List the zones as a tree.

    Example: ftz zones guangxi
    """
    from ..render import views

    session.show(views.zones(_listed(session, "zone", session.data.zones, words)))


@reads
def zone(session: Session, name: ZoneName) -> None:
    """Show one zone with its initiatives, figures and recognitions.

    Example: ftz zone wuhan
    """
    from .. import queries
    from ..render import views

    zone = session.data.zone(" ".join(name))
    data, id = session.connection, zone.id
    above = queries.zones(data, queries.ZONE, id=zone.parent) if zone.parent else []
    session.show(
        views.zone(
            zone,
            queries.zones(data, queries.ZONES_WITHIN, id=id),
            queries.initiatives(data, queries.INITIATIVES_OF_ZONE, id=id),
            session.data.figures(zone=id),
            queries.recognitions(data, queries.RECOGNITIONS_OF_ZONE, id=id),
            *above,
        )
    )


@reads
def initiatives(session: Session, words: InitiativeWords = None) -> None:
    """List the initiatives.

    Example: ftz initiatives finance
    """
    from ..render import views

    session.show(views.initiatives(_listed(session, "initiative", session.data.initiatives, words)))


@reads
def initiative(session: Session, name: InitiativeName) -> None:
    """Show one initiative with its figures and recognitions.

    Example: ftz initiative 汇率保
    """
    from ..render import views

    initiative = session.data.initiative(" ".join(name))
    figures = session.data.figures(initiative=initiative.id)
    session.show(views.initiative(initiative, figures))


@reads
def metrics(session: Session, words: MetricWords = None) -> None:
    """List the metrics.

    Example: ftz metrics clearance
    """
    from ..render import views

    session.show(views.metrics(_listed(session, "metric", session.data.metrics, words)))


@reads
def metric(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…",
            help="Metric, initiative, zone, period, in any order.",
            autocompletion=completing("metric"),
        ),
    ],
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show which words matched what, and what the order rests on."
        ),
    ] = False,
) -> None:
    """Look up figures: the best answer first.

    Example: ftz metric 跨境电商 2021
    """
    from ..render import views

    text = " ".join(words)
    if explain:
        from .. import find

        names, rows, remarks = find.explained(session.connection, text, session.language)
        for remark in remarks:
            session.tell(remark)
        session.show(views.rows(names, rows, "explain"))
    else:
        session.show(views.figures(session.data.look_up(text, session.tell)))


@reads
def figures(
    session: Session,
    zone: OfZone = None,
    initiative: OfInitiative = None,
    metric: OfMetric = None,
    article: Annotated[
        str | None, typer.Option("--article", metavar="NAME", help="Only this article's.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="EDTF", help="2021, 2022-07, 2022-40 …")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help="measured, capacity, design, target or rule."
        ),
    ] = None,
) -> None:
    """List figures, all or filtered.

    Example: ftz figures --zone dalian --period 2021
    """
    from ..catalogue import Message
    from ..render import views
    from ..text import shown

    given = {
        "zone": zone, "initiative": initiative, "metric": metric,
        "article": article, "period": period, "status": status,
    }  # fmt: skip
    found = session.data.figures(**given)
    filters = [f"--{name} {shown(text)}" for name, text in given.items() if text is not None]
    if filters and not found:
        session.tell(Message("find.none_passes", listed=filters))
    session.show(views.figures(found))


@reads
def sources(
    session: Session,
    name: Annotated[list[str] | None, typer.Argument(metavar="[NAME]")] = None,
) -> None:
    """List the sources and their articles.

    Example: ftz sources yantai
    """
    from ..render import views

    session.show(views.sources(session.data.sources(" ".join(name) if name else None)))


@reads
def overview(session: Session) -> None:
    """What the database holds, where it comes from, and three commands to try."""
    from .. import queries, store
    from ..render import views

    found = next(iter(queries.rows(session.connection, queries.COUNTS)))
    tables = ("figures", "zones", "initiatives", "metrics", "claims")
    counts = {name: int(count) for name, count in zip(tables, found, strict=True)}
    database = session.db or store.cache_path() or ":memory:"
    session.show(views.overview(counts, session.data.sources(), database))
