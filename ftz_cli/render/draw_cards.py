"""The cards of one zone and of one initiative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue import say, word
from .draw_figures import beneath
from .draw_figures import table as figure_table
from .draw_names import initiative_table, recognition_table, zone_table
from .periods import date_text
from .view import Drawing, Head
from .words import named, other

if TYPE_CHECKING:
    from ..models import Figure
    from ..things import Initiative, Recognition, Zone

# Aliases serve the look-up; a reader needs a few, and the records have them all.
MOST_ALIASES = 6


def zone(
    one: Zone,
    within: Sequence[Zone],
    initiatives: Sequence[Initiative],
    figures: Sequence[Figure],
    recognitions: Sequence[Recognition],
    parent: Zone | None,
    lang: str,
) -> Drawing:
    """A zone with what lies within it, its initiatives, figures and recognitions."""
    pairs = [
        (say("heading.id", lang), one.id),
        (say("heading.kind", lang), word("kind", one.kind, lang)),
        (say("heading.parent", lang), _parent(one, parent, lang)),
        (say("heading.note", lang), named(one.note_zh, one.note, lang) or one.note or ""),
    ]
    drawing = Drawing(one.named(lang), [_head(one.named(lang), one.named(other(lang)), pairs)])
    parts = drawing.parts
    if within:
        parts.append(zone_table(within, lang, say("title.within", lang)))
    if initiatives:
        parts.append(initiative_table(initiatives, lang, say("title.initiatives", lang), False))
    order = dict.fromkeys(figure.initiative for figure in figures)
    figures = [figure for each in order for figure in figures if figure.initiative == each]
    of_several = any(order)
    parts.append(figure_table(figures, lang, say("title.figures", lang), of_several, zone=False))
    parts += beneath(figures, lang)
    if recognitions:
        names = {each.id: each.named(lang) for each in initiatives}
        title = say("title.recognitions", lang)
        parts.append(recognition_table(recognitions, lang, title, names))
    return drawing


def _parent(one: Zone, parent: Zone | None, lang: str) -> str:
    """The zone that a zone is part of, by its name, with the id to look it up by."""
    if parent is None:
        return one.parent or ""
    return say("find.label", lang, id=parent.named(lang), name=parent.id)


def initiative(one: Initiative, figures: Sequence[Figure], lang: str) -> Drawing:
    """An initiative with its figures and recognitions."""
    join = "、" if lang == "zh" else ", "
    zone_name = named(one.zone_zh, one.zone_en, lang)
    summary = one.summary_zh if lang == "zh" else one.summary_en
    pairs = [
        ("", summary),
        (say("heading.id", lang), one.id),
        (say("heading.zone", lang), zone_name),
        (say("heading.kind", lang), word("kind", one.kind, lang)),
        (say("heading.theme", lang), word("theme", one.theme, lang)),
        (say("heading.start", lang), date_text(one.start, lang) if one.start else ""),
        (say("heading.note", lang), named(one.note_zh, one.note, lang) or one.note or ""),
        (say("heading.aliases", lang), join.join(_of_language(one.aliases, lang)[:MOST_ALIASES])),
    ]
    drawing = Drawing(one.named(lang), [_head(one.named(lang), one.named(other(lang)), pairs)])
    drawing.parts.append(figure_table(figures, lang, say("title.figures", lang), subject=False))
    drawing.parts += beneath(figures, lang)
    if one.recognitions:
        title = say("title.recognitions", lang)
        drawing.parts.append(recognition_table(one.recognitions, lang, title))
    return drawing


def _head(name: str, away: str, pairs: list[tuple[str, str]]) -> Head:
    return Head(name, away, [(label, value) for label, value in pairs if value])


def _of_language(aliases: Sequence[str], lang: str) -> list[str]:
    """Aliases that a reader of `lang` reads; the rest is in the records."""
    return [a for a in aliases if any("\u3400" <= char <= "\u9fff" for char in a) == (lang == "zh")]
