"""What figures speak of and where they stand: zones, initiatives, metrics, sources and others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier with its two names."""

    id: str
    name_zh: str
    name_en: str

    def named(self, lang: str) -> str:
        """The name in `lang`, zh or en."""
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Zone(Named):
    """A pilot zone, area, port, bonded zone, cohort, province or city.

    `initiatives` and `figures` count its own, `figures_within` also those of what lies within.
    `since` is the launch (EDTF), `area_km2` the newest extent as its best source prints it.
    """

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


@dataclass(frozen=True, slots=True)
class Recognition:
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


@dataclass(frozen=True, slots=True)
class Initiative(Named):
    """A named reform, platform, product or facility."""

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


@dataclass(frozen=True, slots=True)
class Metric(Named):
    """What is measured; `direction` says whether more is better (up), worse (down) or neither."""

    definition_zh: str
    definition_en: str
    base_unit: str
    kind: str
    direction: str
    broader: str | None
    also: tuple[str, ...]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A document, or an article of one; official kinds are better sources than others."""

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


# Best source first.
SOURCE_KINDS = (
    "government_document",
    "government_site",
    "state_media",
    "trade_body",
    "newspaper",
    "other",
)
