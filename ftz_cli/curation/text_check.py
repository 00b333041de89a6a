"""Checks the rows of a source against the text of that source."""

from __future__ import annotations

from pathlib import Path

from ..language import Message, join, shown, word_lists
from ..model.errors import UsageError
from ..quantities.reader import Reader
from .article_text import digests, pattern_of, read_text, without_blanks
from .checks import Dataset
from .csv_files import Row
from .faults import Problem
from .scan import entry_of, scan


def check_text(dataset: Dataset, figures: dict[str, Row], path: Path) -> None:
    """Report where the text of a source disagrees with a checked dataset and its sound figures.

    The source is known by SHA-256, by the name of the file, or as the only one; else UsageError.
    """
    text, is_sound = read_text(str(path)), not dataset.problem_count
    sources, known = dataset.by_id["sources"], digests(text)
    documents = [id for id, row in sources.items() if not row["parent"]]
    by_hash = [id for id, row in sources.items() if row["sha256"].lower() in known]
    found = by_hash or [path.stem] * (path.stem in sources) or documents
    if len({*found}) != 1 and not by_hash:
        raise UsageError("{path} has the SHA-256 of no source; name it after its source's id",
                         path=shown(str(path), 200))  # fmt: skip
    source, lines = sources[found[0]], [without_blanks(line) for line in text.split("\n")]
    if not source["parent"] and not by_hash:
        source.differs("sha256", "the text has another SHA-256")
    articles = {id for id, row in sources.items() if source["id"] in (id, row["parent"])}
    curated = [*dataset.rows["excused"], *figures.values()]
    for row in (*dataset.rows["recognitions"], *curated):
        if row["article"] in articles:
            _check_words(row, "printed", lines)
            # The scope of an English source is translated, and an id is not printed.
            if sources[row["article"]]["lang"] == "zh" and not row.get("scope", "").isascii():
                _check_words(row, "scope", lines)
    entries = [entry_of(row) for row in curated if row["article"] in articles]
    year, reader = source["published"][:4], Reader(dataset.units, word_lists.lookalikes())
    for scanned in scan(text, reader, entries, int(year) if year else None):
        state, is_date = scanned.state, scanned.mention.kind == "date"
        if state not in ("changed", "uncurated", "vanished") or is_date:
            continue
        for row in map(figures.__getitem__, (scanned.figure or "").split()):
            if row.sound:
                row.problem("printed", "F210", why=scanned.why)
        # A number without a row may be that of a faulty row: those are mended first.
        if is_sound and not scanned.figure:
            fields = {"printed": scanned.mention.printed}
            dataset.add(Problem(str(path), scanned.line, scanned.column, "F211", fields))


def _check_words(row: Row, column: str, lines: list[str]) -> None:
    """Report words that are not on the row's line of the text, or on no line where it has none."""
    pattern, line = pattern_of(without_blanks(row[column])), int(row["line"] or 0)
    found = [number for number, text in enumerate(lines, 1) if pattern.search(text)]
    if not found or (line and line not in found):
        row.problem(column, "F208", words=row[column], lines=join(found) or Message("none"))
