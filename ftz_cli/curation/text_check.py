"""What rows say of a text, held against the text itself."""

from __future__ import annotations

from pathlib import Path

from ..language import Message, join, shown, word_lists
from ..model.errors import UsageError
from ..quantities.reader import Reader
from .article_text import bare, digests, read_text, standing
from .checks import Dataset
from .csv_files import Row
from .faults import Problem
from .scan import entry_of, scan


def check_text(dataset: Dataset, path: Path) -> None:
    """Tell where the text of a source says otherwise than the rows of a dataset that passed.

    The source is known by the text's SHA-256, by its name, which is then the file's, or as the only
    document. Raises UsageError where it is none of them.
    """
    text, sound = read_text(str(path)), not dataset.problem_count
    sources, known = dataset.by_id["sources"], digests(text)
    documents = [id for id, row in sources.items() if not row["parent"]]
    by_hash = [id for id, row in sources.items() if row["sha256"].lower() in known]
    found = by_hash or [path.stem] * (path.stem in sources) or documents
    if len({*found}) != 1 and not by_hash:
        raise UsageError("{path} has the SHA-256 of no source; name it after its source's id",
                         path=shown(str(path), 200))  # fmt: skip
    source, lines = sources[found[0]], [bare(line) for line in text.split("\n")]
    if not source["parent"] and not by_hash:
        source.differs("sha256", "the text has another SHA-256")
    own = {id for id, row in sources.items() if source["id"] in (id, row["parent"])}
    curated = [*dataset.rows["excused"], *dataset.kept.values()]
    for row in (*dataset.rows["recognitions"], *curated):
        if row["article"] in own:
            _stands(row, "printed", lines)
            if sources[row["article"]]["lang"] == "zh" and not row.get("scope", "").isascii():
                _stands(row, "scope", lines)
    entries = [entry_of(row) for row in curated if row["article"] in own]
    year, reader = source["published"][:4], Reader(dataset.units, word_lists.lookalikes())
    for one in scan(text, reader, entries, int(year) if year else None):
        if one.state in ("changed", "uncurated", "vanished") and one.mention.kind != "date":
            for row in map(dataset.kept.__getitem__, (one.figure or "").split()):
                if row.sound:
                    row.problem("printed", "F210", why=one.why)
            # Where rows are at fault, what is not curated may be one of them.
            if sound and not one.figure:
                told = {"printed": one.mention.printed}
                dataset.add(Problem(str(path), one.line, one.column, "F211", told))


def _stands(row: Row, column: str, lines: list[str]) -> None:
    """The words of a cell stand on the row's line of the text, or on any where it has none."""
    pattern, line = standing(bare(row[column])), int(row["line"] or 0)
    found = [number for number, one in enumerate(lines, 1) if pattern.search(one)]
    if not found or (line and line not in found):
        row.problem(column, "F208", words=row[column], lines=join(found) or Message("none"))
