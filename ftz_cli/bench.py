"""What `ftz scan` works on: an article, the source that it is, and what is curated of it."""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable

from . import queries
from .catalogue import Bilingual
from .models import Figure
from .reading import Reader
from .scan import (
    LARGEST_TEXT,
    Curated,
    Excused,
    Scanned,
    read_text,
    scan,
    sha256_of,
    stubs_of,
    text_of,
)
from .schema import tables
from .things import Source


def article(name: str) -> str:
    """The text of a file, or of standard input for `-`."""
    data = sys.stdin.buffer.read(LARGEST_TEXT + 1) if name == "-" else read_text(name)
    return text_of(data, name)


def source_of(data: sqlite3.Connection, text: str) -> Source | None:
    """The source whose text this is, known by its SHA-256."""
    found = queries.sources(data, queries.SOURCE_OF_SHA256, sha256=sha256_of(text))
    return found[0] if found else None


def scanned(
    data: sqlite3.Connection,
    text: str,
    source: Source | None,
    progress: Callable[[int], None] | None = None,
) -> list[Scanned]:
    """Every mention of the text, held against what is curated of its source."""
    reader = Reader(
        queries.units(data), (word for (word,) in queries.rows(data, queries.LOOKALIKES))
    )
    return list(scan(text, reader, _curated(data, source), progress))


def _curated(data: sqlite3.Connection, source: Source | None) -> Curated:
    if source is None:
        return Curated()
    figures: defaultdict[int, list[Figure]] = defaultdict(list)
    excused: defaultdict[int, list[Excused]] = defaultdict(list)
    for part in queries.sources(data, queries.ARTICLES_OF, id=source.id):
        for figure in queries.figures(data, queries.FIGURES_OF_ARTICLE, id=part.id):
            figures[figure.line].append(figure)
        for row in queries.rows(data, queries.EXCUSED_OF_ARTICLE, id=part.id):
            line, printed, reason, reason_zh = row
            excused[line].append(Excused(line, printed, Bilingual(reason, reason_zh or "")))
    year = int(source.published[:4]) if (source.published or "")[:4].isdecimal() else None
    return Curated(dict(figures), dict(excused), year)


def stubs(found: list[Scanned]) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of figures.csv for the mentions that are not curated."""
    columns = tables()["figures"].column_names
    return columns, [tuple(row) for row in stubs_of(found, columns)]
