"""Commands that look things up: zones, initiatives, metrics, figures, recognitions, sources."""

from typing import Annotated

from ..output.cards import figure_card, initiative_card, zone_card
from ..output.lists import figures_view, list_view, pilot_zones_view
from .options import (
    FILTERS,
    FigureReading,
    Limit,
    OfZone,
    Reading,
    Text,
    Words,
    argument,
    filter_by,
    joined,
    option,
    words_of,
)

ZoneWords = Annotated[Words, words_of("zone")]
InitiativeWords = Annotated[Words, words_of("initiative")]
MetricWords = Annotated[Words, words_of("metric")]
RecognitionWords = Annotated[Words, words_of("zone", "initiative")]
SourceWords = Annotated[Words, words_of("source")]
ITS_NAME = "Its id, its name, or part of it."
ZoneName = Annotated[list[str], argument(ITS_NAME, "NAME", "zone")]
InitiativeName = Annotated[list[str], argument(ITS_NAME, "NAME", "initiative")]
Question = Annotated[
    list[str], argument("Metric, initiative, zone, period, in any order.", "WORDS…", "metric")
]
OfKind = Annotated[Text, filter_by("kind", "Of this kind: area, border_port …")]
OfTheme = Annotated[Text, filter_by("theme", "Of this theme.")]
WithFigures = Annotated[bool, option("With figures only.", "--with-figures", panel=FILTERS)]


def zones(run: Reading, words: ZoneWords = None, kind: OfKind = None, limit: Limit = None) -> None:
    """List the pilot zones, or as a tree what the words or the kind choose.

    Example: ftz zones guangxi
    """
    with run.dataset() as data:
        found = data.zones(joined(words), kind=kind)
        view = list_view("zones", found) if words or kind else pilot_zones_view(found)
        run.show(view, limit=limit)


def zone(run: Reading, name: ZoneName) -> None:
    """Show a zone with its initiatives, figures and recognitions.

    Example: ftz zone wuhan
    """
    with run.dataset() as data:
        zone = data.zone(" ".join(name))
        within, parent = data.zones_within(zone.id), zone.parent and data.zone(zone.parent)
        parts = (data.initiatives(zone=zone.id), data.figures(zone=zone.id))
        run.show(zone_card(zone, within, *parts, data.recognitions(zone=zone.id), parent or None))


def initiatives(
    run: Reading,
    words: InitiativeWords = None,
    zone: OfZone = None,
    theme: OfTheme = None,
    with_figures: WithFigures = False,
    limit: Limit = None,
) -> None:
    """List the initiatives.

    Example: ftz initiatives finance
    """
    with run.dataset() as data:
        found = data.initiatives(joined(words), zone=zone, theme=theme, with_figures=with_figures)
        run.show(list_view("initiatives", found), limit=limit)


def initiative(run: Reading, name: InitiativeName) -> None:
    """Show an initiative with its figures and recognitions.

    Example: ftz initiative 汇率保
    """
    with run.dataset() as data:
        initiative = data.initiative(" ".join(name))
        run.show(initiative_card(initiative, data.figures(initiative=initiative.id)))


def metrics(run: Reading, words: MetricWords = None, limit: Limit = None) -> None:
    """List the metrics.

    Example: ftz metrics clearance
    """
    with run.dataset() as data:
        run.show(list_view("metrics", data.metrics(joined(words))), limit=limit)


def metric(run: FigureReading, words: Question, limit: Limit = 20) -> None:
    """Look up figures: the best answer first, or why there is none.

    Example: ftz metric 跨境电商 2021
    """
    with run.dataset() as data:
        answer = data.look_up(" ".join(words), limit=None, **run.filters())
        run.show(figures_view(answer.figures), answer.notices, limit)


def figures(run: FigureReading, limit: Limit = None) -> None:
    """List the figures, all or filtered.

    Example: ftz figures --zone dalian --period 2021
    """
    with run.dataset() as data:
        run.show(figures_view(data.figures(**run.filters())), limit=limit)


def figure(
    run: Reading, id: Annotated[str, argument("As tables show it: F048.", "ID", "figure")]
) -> None:
    """Show a figure in full: notes, claims, other sources, a citation to copy.

    Example: ftz figure F048
    """
    with run.dataset() as data:
        figure = data.figure(id)
        checks = (data.findings_of(figure), data.agreement_of(figure))
        run.show(figure_card(figure, *checks, data.source(figure.article)))


def recognitions(
    run: Reading, words: RecognitionWords = None, zone: OfZone = None, limit: Limit = None
) -> None:
    """List firsts, replications and commendations.

    Example: ftz recognitions first
    """
    with run.dataset() as data:
        found = data.recognitions(joined(words), zone=zone)
        run.show(list_view("recognitions", found), limit=limit)


def sources(run: Reading, name: SourceWords = None, limit: Limit = None) -> None:
    """List the sources and their articles.

    Example: ftz sources yantai
    """
    with run.dataset() as data:
        run.show(list_view("sources", data.sources(joined(name))), limit=limit)
