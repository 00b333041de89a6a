"""What `ftz scan` works on: an article, the source that it is, and what is curated of it."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable

from . import queries
from .catalogue import Bilingual
from .errors import DataUnusable
from .models import Figure
from .reading import Reader
from .reasons import of_os
from .scan import Curated, Excused, Scanned, scan, stubs_of
from .schema import tables
from .text import shown
from .things import Source

# Larger texts are no article; reading them would only take time.
LARGEST_TEXT = 50_000_000


def article(name: str) -> str:
    """The text of a file, or of standard input for `-`, its lines ended alike.

    Raises DataUnusable where it can't be read, is not UTF-8, or too large.
    """
    data = sys.stdin.buffer.read(LARGEST_TEXT + 1) if name == "-" else _read(name)
    if len(data) > LARGEST_TEXT:
        raise DataUnusable("scan.too_large", name=shown(name, 300), most=LARGEST_TEXT // 1_000_000)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataUnusable("scan.not_utf8", name=shown(name, 300), line=line) from None


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST_TEXT + 1)
    except (OSError, ValueError) as error:
        raise DataUnusable("file.unreadable", path=shown(name, 300), why=of_os(error)) from None


def source_of(data: sqlite3.Connection, text: str) -> Source | None:
    """The source whose text this is, known by its SHA-256."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    found = queries.sources(data, queries.SOURCE_OF_SHA256, sha256=sha256)
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
            excused[line].append(Excused(printed, Bilingual(reason, reason_zh or "")))
    year = int(source.published[:4]) if source.published else None
    return Curated(dict(figures), dict(excused), year)


def stubs(found: list[Scanned]) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of figures.csv for the mentions that are not curated."""
    columns = tables()["figures"].column_names
    return columns, [tuple(row) for row in stubs_of(found, columns)]
