"""The things that figures speak of: zones, initiatives, metrics, and their sources."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Name


@dataclass(frozen=True, slots=True)
class Zone(Name):
    """A pilot zone, area, port, bonded zone, cohort, province or city, with its counts."""

    kind: str
    parent: str | None
    note: str | None
    note_zh: str | None
    initiatives: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """A first claim, replication or commendation; `scope` and `by` as the source has them."""

    kind: str
    scope: str | None
    by: str | None
    article: str
    line: int
    scope_en: str | None = None
    by_en: str | None = None
    note: str = ""
    zone: str = ""
    initiative: str | None = None


@dataclass(frozen=True, slots=True)
class Initiative(Name):
    """A named reform, platform, product or facility."""

    zone: str
    zone_zh: str
    zone_en: str
    kind: str
    theme: str
    start: str | None
    summary_zh: str
    summary_en: str
    note: str | None
    note_zh: str | None
    figures: int = 0
    aliases: tuple[str, ...] = ()
    recognitions: tuple[Recognition, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric(Name):
    """What is measured; `direction` says whether more is better (up), worse (down) or neither."""

    definition_zh: str
    definition_en: str
    base_unit: str
    kind: str
    direction: str
    broader: str | None
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A document, or an article of one."""

    id: str
    parent: str | None
    kind: str
    title_zh: str
    title_en: str
    publisher: str
    published: str
    authors: str
    lines: str
    sha256: str
    figures: int = 0
