"""Where a row says that it stands: lines of its article, and what is printed on them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..language import Message, shown
from ..model.errors import DataUnusable, UsageError
from ..quantities.signs import fold
from .csv_files import Row

Ranges = list[tuple[int, int]]


def ranges(lines: str) -> Ranges:
    """The first and last line of each part of `77-87,91`."""
    ends = [part.partition("-") for part in lines.split(",") if part]
    return [(int(first), int(last or first)) for first, _, last in ends]


def digests(content: bytes) -> set[str]:
    """SHA-256 of a text as it is, and without byte-order mark, CRLF or its last line end."""
    text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    bare = text.removesuffix(b"\n")
    return {hashlib.sha256(one).hexdigest() for one in (content, text, bare, bare + b"\n")}


class SourceLines:
    """The lines of every source, from the rows of sources.csv; faults in them are told.

    `text` is the text of one of the documents, known by its SHA-256, by its name, which is then
    the source's id, or as the only one. Raises UsageError where it is none of them.
    """

    def __init__(self, rows: list[Row], at: Mapping[str, int], text: Path | None = None) -> None:
        self._lines = {row.cells[0]: row.cells[at["lines"]] for row in rows}
        self._ranges = {id: ranges(lines) for id, lines in self._lines.items()}
        self._parents = {row.cells[0]: row.cells[at["parent"]] for row in rows}
        # The lines of the text, and the source that it is.
        self._text: list[str] = []
        self._source: str | None = None
        for row in rows:
            ends = [end for pair in self._ranges[row.cells[0]] for end in pair]
            if ends != sorted(ends):
                backwards = Message("lines '{lines}' run backwards", lines=row.cells[at["lines"]])
                row.problem(at["lines"], "F310", backwards)
                self._ranges[row.cells[0]] = []  # what it has is not known
        for row in rows:
            ends = [end for pair in self._ranges[row.cells[0]] for end in pair]
            outside = [line for line in ends if not self._has(row.cells[at["parent"]], line)]
            if outside:
                self._elsewhere(row, at["lines"], outside[0], row.cells[at["parent"]])
        if text is not None:
            self._read(text, {row.cells[0]: row.cells[at["sha256"]] for row in rows})

    def check(self, row: Row, at: Mapping[str, int]) -> bool:
        """Whether a row's line is one of its article's, and `printed` stands on it."""
        cells = row.cells
        article, line = cells[at["article"]], cells[at["line"]]
        if line and not self._has(article, int(line)):
            self._elsewhere(row, at["line"], int(line), article)
            return False
        if self._source is None or self._source not in (article, self._parents.get(article)):
            return True
        printed = fold(cells[at["printed"]])
        if line:
            stands = int(line) <= len(self._text) and printed in self._text[int(line) - 1]
        else:
            stands = any(printed in one for one in self._text)
        if not stands:
            message = Message("'{printed}' is not on line {line} of the text" if line
                              else "'{printed}' is not in the text",
                              printed=shown(cells[at["printed"]]), line=line)  # fmt: skip
            others = [n for n, one in enumerate(self._text, 1) if printed in one]
            help = Message("it stands on line {line}", line=others[0]) if others else None
            row.problem(at["printed"], "F208", message, help)
        return stands

    def _has(self, source: str, line: int) -> bool:
        """Whether a source has a line; one that does not tell its lines may have any."""
        known = self._ranges.get(source)
        return not known or any(first <= line <= last for first, last in known)

    def _elsewhere(self, row: Row, at: int, line: int, source: str) -> None:
        message = Message("line {line} is not in {source}, which has the lines {lines}",
                          line=line, source=source, lines=self._lines[source])  # fmt: skip
        row.problem(at, "F310", message)

    def _read(self, text: Path, sums: Mapping[str, str]) -> None:
        try:
            content = text.read_bytes()
            lines = content.decode("utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise DataUnusable(
                "{path} can't be read: {why}", path=shown(str(text), 200), why=why
            ) from None
        known = digests(content)
        documents = [id for id, parent in self._parents.items() if not parent]
        by_sum = [id for id, sum in sums.items() if sum in known]
        by_name = [id for id in sums if id == text.stem]
        found = by_sum or by_name or (documents if len(documents) == 1 else [])
        if not found:
            raise UsageError("{path} is the text of no source here; name it after the source's id",
                             path=shown(str(text), 200))  # fmt: skip
        self._source, self._text = found[0], [fold(line) for line in lines]
