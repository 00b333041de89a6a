"""Commands that look things up: zones, initiatives, metrics, figures, recognitions, sources."""

from functools import partial
from typing import Annotated

from ..language import Message, join
from ..output import answers
from .options import (
    FILTERS,
    FigureListing,
    Listing,
    OfZone,
    Reading,
    Text,
    Words,
    argument,
    filter_by,
    option,
)

LISTED = "Only what these words name.", "[WORDS]…"
NAMED = "Its id, its name, or part of it.", "NAME"
ZoneWords = Annotated[Words, argument(*LISTED, "zone")]
RecognitionWords = Annotated[Words, argument(*LISTED, "zone", "initiative")]
ZoneName = Annotated[list[str], argument(*NAMED, "zone")]
InitiativeName = Annotated[list[str], argument(*NAMED, "initiative")]
Question = Annotated[
    list[str], argument("Metric, initiative, zone, period, in any order.", "WORDS…", "metric")
]
OfKind = Annotated[Text, filter_by("kind", "Of this kind: area, border_port …")]


def zones(run: Listing, words: ZoneWords = None, kind: OfKind = None) -> None:
    """List the pilot zones; with words or --kind, the zones that fit as a tree.

    Example: ftz zones guangxi
    """
    if words or kind:
        run.show_list("zones", partial(run.data.zones, kind=kind), words)
    else:
        run.show(answers.pilot_zones_view(run.data.zones()))


def zone(run: Reading, name: ZoneName) -> None:
    """Show a zone with its initiatives, figures and recognitions.

    Example: ftz zone wuhan
    """
    zone = run.data.zone(" ".join(name))
    lists: answers.Lists = {
        "initiatives": run.data.initiatives(zone=zone.id),
        "figures": run.data.figures(zone=zone.id),
        "recognitions": run.data.recognitions(zone=zone.id),
        "zones": run.data.zones_within(zone.id),
    }
    parent = run.data.zone(zone.parent) if zone.parent else None
    run.show(answers.thing_card("zone", zone, lists, parent))


def initiatives(
    run: Listing,
    words: Annotated[Words, argument(*LISTED, "initiative")] = None,
    zone: OfZone = None,
    theme: Annotated[Text, filter_by("theme", "Of this theme.")] = None,
    with_figures: Annotated[
        bool, option("Only those with figures.", "--with-figures", panel=FILTERS)
    ] = False,
) -> None:
    """List the initiatives.

    Example: ftz initiatives finance
    """
    ask = partial(run.data.initiatives, zone=zone, theme=theme, with_figures=with_figures)
    run.show_list("initiatives", ask, words)


def initiative(run: Reading, name: InitiativeName) -> None:
    """Show an initiative with its figures and recognitions.

    Example: ftz initiative 汇率保
    """
    initiative = run.data.initiative(" ".join(name))
    figures = run.data.figures(initiative=initiative.id)
    lists: answers.Lists = {"figures": figures, "recognitions": initiative.recognitions}
    run.show(answers.thing_card("initiative", initiative, lists))


def metrics(run: Listing, words: Annotated[Words, argument(*LISTED, "metric")] = None) -> None:
    """List the metrics.

    Example: ftz metrics clearance
    """
    run.show_list("metrics", run.data.metrics, words)


def metric(run: FigureListing, words: Question) -> None:
    """Look up figures: the best 20 answers, or why there is none.

    Example: ftz metric 跨境电商 2021
    """
    answer = run.data.look_up(" ".join(words), limit=None, sort=run.sort, **run.filters())
    run.limit = run.limit or 20
    notices = [*answer.notices, *run.in_order(answer.figures)]
    run.show(answers.figures_view(answer.figures), notices)


def figures(run: FigureListing) -> None:
    """List the figures, all or filtered.

    Example: ftz figures --zone dalian --period 2021
    """
    asked = run.filters()
    found, filters = run.data.figures(sort=run.sort, **asked), run.data.filters(**asked)
    none = Message("no figure of all of these: {filters}", filters=join(filters.values()))
    run.show(answers.figures_view(found), run.in_order(found) if found else [none])


def figure(
    run: Reading, id: Annotated[str, argument("As tables show it: F048.", "ID", "figure")]
) -> None:
    """Show a figure in full: notes, claims, other sources, a citation to copy.

    Example: ftz figure F048
    """
    figure = run.data.figure(id)
    findings, source = run.data.findings_of(figure), run.data.source(figure.article)
    run.show(answers.figure_card(figure, findings, source))


def recognitions(run: Listing, words: RecognitionWords = None, zone: OfZone = None) -> None:
    """List firsts, replications and commendations.

    Example: ftz recognitions first
    """
    ask = partial(run.data.recognitions, zone=zone)
    run.show_list("recognitions", ask, words)


def sources(run: Listing, name: Annotated[Words, argument(*LISTED, "source")] = None) -> None:
    """List the sources and their articles.

    Example: ftz sources yantai
    """
    run.show_list("sources", run.data.sources, name)
