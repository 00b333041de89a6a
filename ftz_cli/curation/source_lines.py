"""Where a row says that it stands: lines of its article, and what is printed on them."""

from __future__ import annotations

from pathlib import Path

from ..language import Message, join, shown
from ..model.errors import UsageError
from ..quantities.signs import fold
from .article_text import digests, read_text
from .csv_files import Row


def ranges(lines: str) -> list[tuple[int, int]]:
    """The first and last line of each part of `77-87,91`."""
    ends = [part.partition("-") for part in lines.split(",") if part]
    return [(int(first), int(last or first)) for first, _, last in ends]


class SourceLines:
    """The lines of every source, from the rows of sources.csv; faults in them are told.

    `text` is the text of one of the sources, known by its SHA-256, by its name, which is then the
    source's id, or as the only document. Raises UsageError where it is none of them.
    """

    def __init__(self, sources: list[Row], text: Path | None = None) -> None:
        self._sources = {row["id"]: row for row in sources}
        self._ranges = {row["id"]: ranges(row["lines"]) for row in sources}
        for row in sources:
            ends = [end for pair in self._ranges[row["id"]] for end in pair]
            if ends != sorted(ends):
                row.problem("lines", "F303", form="77-87,91-93")
                self._ranges[row["id"]] = []  # what it has is not known
        for row in sources:
            ends = [end for pair in self._ranges[row["id"]] for end in pair]
            self._within(row, "lines", row["parent"], ends)
        # The source that the text is of, and its lines.
        self._source, self._text = "", list[str]()
        if text is not None:
            content = read_text(str(text))
            self._source, self._text = self._source_of(text, content), fold(content).split("\n")
            own = self._sources.get(self._source)
            if own and own["sha256"] and own["sha256"].lower() not in digests(content):
                own.problem("sha256", "F311", why=Message("the text has another SHA-256"))

    def check(self, row: Row) -> bool:
        """Whether a row's line is one of its article's, and `printed` stands on it."""
        article, line = row["article"], int(row["line"] or 0)
        if line and not self._within(row, "line", article, [line]):
            return False
        own = self._sources.get(article)
        if not self._source or own is None or self._source not in (article, own["parent"]):
            return True
        # A scope is printed in Chinese, or the id of a zone.
        scope = row.get("scope", "") if own["lang"] == "zh" else ""
        columns = ("printed", "scope") if scope and not scope.isascii() else ("printed",)
        return all([self._stands(row, column, line) for column in columns])

    def _stands(self, row: Row, column: str, line: int) -> bool:
        """Whether the words of a cell stand on a line of the text, or on any if there is none."""
        words = fold(row[column])
        found = [number for number, one in enumerate(self._text, 1) if words in one]
        stands = line in found if line else bool(found)
        if not stands:
            row.problem(column, "F208", words=row[column], lines=join(found) or Message("none"))
        return stands

    def _within(self, row: Row, column: str, source: str, lines: list[int]) -> bool:
        """Whether a source has lines; one that does not tell its lines may have any."""
        known = self._ranges.get(source)
        outside = [n for n in lines if known and not any(a <= n <= b for a, b in known)]
        if outside:
            lines_known = self._sources[source]["lines"]
            row.problem(column, "F310", line=outside[0], source=source, lines=lines_known)
        return not outside

    def _source_of(self, path: Path, content: str) -> str:
        """The source that a text is of; none where its own row may be the one that was told."""
        known = digests(content)
        documents = [id for id, row in self._sources.items() if not row["parent"]]
        by_hash = [id for id, row in self._sources.items() if row["sha256"].lower() in known]
        if found := by_hash or [id for id in self._sources if id == path.stem]:
            return found[0]
        if len(documents) == 1:
            return documents[0]
        log = next((row.file.log for row in self._sources.values()), None)
        if log is None or any(one.path.endswith("sources.csv") for one in log.problems):
            return ""
        raise UsageError("{path} is no source's text; name it after the source's id",
                         path=shown(str(path), 200))  # fmt: skip
