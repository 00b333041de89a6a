"""Commands that look things up: zones, initiatives, metrics, figures, recognitions, sources."""

from typing import Annotated

from ..language import Message, shown
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
    name_of,
    option,
    words_of,
)

# Each command imports its own view: start-up would pay for those of all.
ZoneWords = Annotated[Words, words_of("zone")]
InitiativeWords = Annotated[Words, words_of("initiative")]
MetricWords = Annotated[Words, words_of("metric")]
RecognitionWords = Annotated[Words, words_of("zone", "initiative")]
SourceWords = Annotated[Words, words_of("source")]
ZoneName = Annotated[list[str], name_of("zone")]
InitiativeName = Annotated[list[str], name_of("initiative")]
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
    from ..output.lists import list_view, pilot_zones_view

    with run.dataset() as data:
        found = data.zones(joined(words), kind=kind)
        if words or kind:
            run.show(list_view("zones", run.first(found, limit, "zones")))
        else:
            run.show(pilot_zones_view(found, lambda zones: run.first(zones, limit, "zones")))


def zone(run: Reading, name: ZoneName) -> None:
    """Show a zone with its initiatives, figures and recognitions.

    Example: ftz zone wuhan
    """
    from ..output.cards import zone_card

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
    from ..output.lists import list_view

    with run.dataset() as data:
        found = data.initiatives(joined(words), zone=zone, theme=theme, with_figures=with_figures)
        run.show(list_view("initiatives", run.first(found, limit, "initiatives")))


def initiative(run: Reading, name: InitiativeName) -> None:
    """Show an initiative with its figures and recognitions.

    Example: ftz initiative 汇率保
    """
    from ..output.cards import initiative_card

    with run.dataset() as data:
        initiative = data.initiative(" ".join(name))
        run.show(initiative_card(initiative, data.figures(initiative=initiative.id)))


def metrics(run: Reading, words: MetricWords = None, limit: Limit = None) -> None:
    """List the metrics.

    Example: ftz metrics clearance
    """
    from ..output.lists import list_view

    with run.dataset() as data:
        found = run.first(data.metrics(joined(words)), limit, "metrics")
        run.show(list_view("metrics", found))


def metric(run: FigureReading, words: Question, limit: Limit = 20) -> None:
    """Look up figures: the best answer first, or why there is none.

    Example: ftz metric 跨境电商 2021
    """
    from ..output.lists import figures_view

    with run.dataset() as data:
        answer = data.look_up(" ".join(words), sort=run.sort, limit=limit, **run.filters())
        for notice in answer.notices:
            run.notice(notice)
        run.notice_limit(len(answer.figures), answer.total)
        run.show(figures_view(answer.figures))


def figures(run: FigureReading, limit: Limit = None) -> None:
    """List the figures, all or filtered.

    Example: ftz figures --zone dalian --period 2021
    """
    from ..output.lists import figures_view

    with run.dataset() as data:
        asked = {name: text for name, text in run.filters().items() if text is not None}
        found = data.figures(sort=run.sort, **asked)
        for name in asked if len(asked) > 1 and not found else ():
            if count := len(data.figures(**asked | {name: None})):
                without = "{count} figures without --{name} {text}"
                run.notice(Message(without, count=count, name=name, text=shown(asked[name])))
        run.show(figures_view(run.first(found, limit, "figures")))


def figure(
    run: Reading, id: Annotated[str, argument("As tables show it: F048.", "ID", "figure")]
) -> None:
    """Show a figure in full: notes, claims, other sources, a citation to copy.

    Example: ftz figure F048
    """
    from ..output.cards import figure_card

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
    from ..output.lists import list_view

    with run.dataset() as data:
        found = data.recognitions(joined(words), zone=zone)
        run.show(list_view("recognitions", run.first(found, limit, "recognitions")))


def sources(run: Reading, name: SourceWords = None, limit: Limit = None) -> None:
    """List the sources and their articles.

    Example: ftz sources yantai
    """
    from ..output.lists import list_view

    with run.dataset() as data:
        found = run.first(data.sources(joined(name)), limit, "sources")
        run.show(list_view("sources", found))


def overview(run: Reading) -> None:
    """Say what the data holds, where it comes from, and what to try.

    Example: ftz
    """
    from ..output.lists import overview_view

    with run.dataset() as data:
        run.show(overview_view(data.counts(), data.sources(), data.path))
