"""Zones, initiatives, recognitions, metrics and sources."""

from typing import NamedTuple


class Zone(NamedTuple):
    """A pilot zone, area, port, bonded zone, cohort, province or city.

    `initiatives` and `figures` count its own, `figures_within` also those of what lies within.
    `since` is the launch (EDTF), `area_km2` the newest extent, `area_bound` its bound (about, …).
    """

    id: str
    name_zh: str
    name_en: str
    kind: str
    parent: str | None
    also: tuple[str, ...]
    note_en: str | None
    note_zh: str | None
    initiatives: int = 0
    figures: int = 0
    figures_within: int = 0
    since: str | None = None
    area_km2: float | None = None
    area_bound: str = ""


class Recognition(NamedTuple):
    """A first claim, replication or commendation; `scope` and `by` as the source prints them."""

    id: str
    zone: str
    zone_zh: str
    zone_en: str
    initiative: str | None
    initiative_zh: str | None
    initiative_en: str | None
    kind: str
    scope: str | None
    scope_en: str | None
    by: str | None
    by_en: str | None
    article: str
    line: int | None
    printed: str
    note_en: str | None
    note_zh: str | None


class Initiative(NamedTuple):
    """A named reform, platform, product or facility."""

    id: str
    name_zh: str
    name_en: str
    zone: str
    zone_zh: str
    zone_en: str
    kind: str
    theme_zh: str
    theme_en: str
    start: str | None
    summary_zh: str
    summary_en: str
    also: tuple[str, ...]
    note_en: str | None
    note_zh: str | None
    figures: int = 0
    recognitions: tuple[Recognition, ...] = ()


class Metric(NamedTuple):
    """What is measured; `direction` is up where more is better, down where it is worse."""

    id: str
    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    base_unit: str
    kind: str
    direction: str
    broader: str | None
    also: tuple[str, ...]
    figures: int = 0


class Source(NamedTuple):
    """A document, or an article of one."""

    id: str
    parent: str | None
    kind: str
    title_zh: str
    title_en: str
    publisher: str
    published: str
    authors: str
    lang: str
    url: str
    lines: str
    sha256: str
    figures: int = 0
