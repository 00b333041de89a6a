"""Zones, initiatives, metrics and sources as people see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..catalogue import say, word
from .periods import date_text
from .view import ANCHOR, Column, Drawing, Table
from .words import other

if TYPE_CHECKING:
    from ..models import Name
    from ..things import Initiative, Metric, Recognition, Source, Zone

T = TypeVar("T", "Zone", "Source")


def zones(found: Sequence[Zone], lang: str) -> Drawing:
    """The tree of zones; a zone whose parent is not among them is a root."""
    return Drawing(say("title.zones", lang), [zone_table(found, lang)])


def zone_table(found: Sequence[Zone], lang: str, title: str = "") -> Table:
    """Zones in the order of their tree."""
    ordered, leads = _tree(found)
    columns = [
        *names(ordered, say("heading.zone", lang), lang),
        Column(say("heading.kind", lang), [word("kind", z.kind, lang) for z in ordered], worth=60),
        _count(say("heading.initiatives", lang), [z.initiatives for z in ordered], "initiatives"),
        _count(say("heading.figures", lang), [z.figures for z in ordered], "figures"),
        _id(ordered, lang),
    ]
    columns[0].leads = leads
    return Table(columns, title, say("empty.zones", lang))


def initiatives(found: Sequence[Initiative], lang: str) -> Drawing:
    """Initiatives with their zone, theme and counts."""
    return Drawing(say("title.initiatives", lang), [initiative_table(found, lang)])


def initiative_table(
    found: Sequence[Initiative], lang: str, title: str = "", zone: bool = True
) -> Table:
    """Initiatives; a zone's card leaves the zone out."""
    columns = names(found, say("heading.initiative", lang), lang)
    if zone:
        zones = [each.zone_zh if lang == "zh" else each.zone_en for each in found]
        columns.append(Column(say("heading.zone", lang), zones, wraps=True, worth=70))
    columns += [
        Column(say("heading.kind", lang), [word("kind", i.kind, lang) for i in found], worth=50),
        Column(say("heading.theme", lang), [word("theme", i.theme, lang) for i in found],
               wraps=True, worth=40),
        _count(say("heading.figures", lang), [i.figures for i in found], "figures"),
        _id(found, lang),
    ]  # fmt: skip
    return Table(columns, title, say("empty.initiatives", lang))


def metrics(found: Sequence[Metric], lang: str) -> Drawing:
    """Metrics with their definition."""
    definitions = [m.definition_zh if lang == "zh" else m.definition_en for m in found]
    columns = [
        *names(found, say("heading.metric", lang), lang),
        Column(say("heading.definition", lang), definitions, wraps=True, worth=40),
        Column(say("heading.kind", lang), [word("kind", m.kind, lang) for m in found], worth=60),
        _count(say("heading.figures", lang), [m.figures for m in found], "figures"),
        _id(found, lang),
    ]
    return Drawing(say("title.metrics", lang), [Table(columns, "", say("empty.metrics", lang))])


def sources(found: Sequence[Source], lang: str) -> Drawing:
    """Documents and their articles."""
    return Drawing(say("title.sources", lang), [source_table(found, lang)])


def source_table(found: Sequence[Source], lang: str, title: str = "") -> Table:
    """Sources, articles under their document."""
    ordered, leads = _tree(found)
    away = other(lang)
    titles = {"zh": [s.title_zh for s in ordered], "en": [s.title_en for s in ordered]}
    published = [date_text(s.published, lang) if s.published else "" for s in ordered]
    columns = [
        Column(say("heading.source", lang), titles[lang], (f"title_{lang}",), "bold", wraps=True,
               worth=ANCHOR, leads=leads),
        Column("", titles[away], (f"title_{away}",), "dim", wraps=True, worth=1, beside=True),
        Column(say("heading.id", lang), [s.id for s in ordered], ("id",), worth=80),
        Column(say("heading.dated", lang), published, worth=40, labelled=True),
        Column(say("heading.authors", lang), [s.authors or "" for s in ordered], ("authors",),
               wraps=True, worth=30, labelled=True, apart="; "),
        Column(say("heading.lines", lang), [s.lines or "" for s in ordered], ("lines",), worth=50,
               labelled=True),
        _count(say("heading.figures", lang), [s.figures for s in ordered], "figures"),
    ]  # fmt: skip
    return Table(columns, title, say("empty.sources", lang))


def recognition_table(
    found: Sequence[Recognition], lang: str, title: str, of: Mapping[str, str] | None = None
) -> Table:
    """First claims, replications and commendations, each with its scope.

    `of` names the initiatives that they may be of, where they are not all of one.
    """
    zh = lang == "zh"
    scopes = [(r.scope if zh else r.scope_en or r.scope) or say("scope.none", lang) for r in found]
    givers = [(r.by if zh else r.by_en or r.by) or "" for r in found]
    columns = [
        Column(say("heading.recognition", lang), [word("recognition", r.kind, lang) for r in found],
               style="bold", worth=ANCHOR),
        Column(say("heading.scope", lang), scopes, wraps=True, worth=70),
        Column(say("heading.by", lang), givers, wraps=True, worth=60),
        Column(say("heading.place", lang), [f"{r.article}:{r.line}" for r in found], style="dim",
               worth=50),
    ]  # fmt: skip
    if not any(givers):
        del columns[2]
    if of is not None:
        whose = [of.get(r.initiative or "", "") for r in found]
        columns.insert(1, Column(say("heading.initiative", lang), whose, wraps=True, worth=80))
    return Table(columns, title, say("empty.recognitions", lang))


def names(found: Sequence[Name], heading: str, lang: str) -> list[Column]:
    """The name in the language asked for, and the other beside it."""
    away = other(lang)
    return [
        Column(heading, [each.named(lang) for each in found], (f"name_{lang}",), "bold",
               wraps=True, worth=ANCHOR),
        Column("", [each.named(away) for each in found], (f"name_{away}",), "dim", wraps=True,
               worth=1, beside=True),
    ]  # fmt: skip


def _count(heading: str, counts: Sequence[int], field: str) -> Column:
    return Column(heading, [str(count) for count in counts], (field,), right=True, worth=80,
                  labelled=True)  # fmt: skip


def _id(found: Sequence[Name], lang: str) -> Column:
    return Column(say("heading.id", lang), [each.id for each in found], ("id",), "dim", worth=30,
                  labelled=True)  # fmt: skip


def _tree(found: Sequence[T]) -> tuple[list[T], list[str]]:
    """The rows, children after their parents, and the guides that go before each."""
    ids = {one.id for one in found}
    below: dict[str | None, list[T]] = {}
    for one in found:
        below.setdefault(one.parent if one.parent in ids else None, []).append(one)
    ordered: list[T] = []
    leads: list[str] = []
    # An explicit stack, since nothing limits how deep a dataset's tree goes.
    waiting = [(one, "", "") for one in reversed(below.get(None, []))]
    while waiting:
        one, lead, further = waiting.pop()
        ordered.append(one)
        leads.append(lead)
        children = below.get(one.id, [])
        for at in range(len(children) - 1, -1, -1):
            last = at == len(children) - 1
            waiting.append(
                (children[at], further + ("└─ " if last else "├─ "),
                 further + ("   " if last else "│  "))
            )  # fmt: skip
    return ordered, leads
