"""Where a row says that it stands: lines of its article, and what is printed on them."""

from __future__ import annotations

import re
from pathlib import Path

from ..language import Message, join, shown
from ..model.errors import UsageError
from ..model.named import named_items
from ..quantities.signs import fold
from .article_text import digests, read_text
from .csv_files import Row

_CHINESE = re.compile("[\u4e00-\u9fff]")
_DIGITS = "0123456789〇零一二三四五六七八九十百千万亿"


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
        # A document and a line of it → the article that has it.
        self._inner = {(row["parent"], line): row["id"] for row in sources if row["parent"]
                       for a, b in self._ranges[row["id"]] for line in range(a, b + 1)}  # fmt: skip
        # The articles of which a wrong language was told.
        self._told = set[str]()
        # The text, its lines without blanks, and the source that it is of.
        self.text, self._lines, self.source = "", list[str](), ""
        if text is not None:
            self.text = read_text(str(text))
            self._lines = [_bare(line) for line in self.text.split("\n")]
            self.source = self._source_of(text)
            self._check_heads()

    def _check_heads(self) -> None:
        """The text's source has its SHA-256, and what is printed above an article stands there.

        A document of several articles has a title of ours.
        """
        own = self._sources.get(self.source)
        if own and not own["parent"]:
            if own["sha256"].lower() not in digests(self.text):
                own.differs("sha256", "the text has another SHA-256")
            if any(last > len(self._lines) for _, last in self._ranges[self.source]):
                own.differs("lines", "the text has fewer lines")
        parents = {row["parent"] for row in self._sources.values()}
        for row in self._sources.values():
            if self.has(row["id"]) and row["id"] not in parents:
                title = f"title_{row['lang']}"
                for column, words in [(title, row.get(title, "")),
                                      *(("authors", one) for one in named_items(row["authors"]))
                                      ]:  # fmt: skip
                    self._stands(row, column, words, self._ranges[row["id"]])

    def has(self, article: str) -> bool:
        """Whether the text is of an article or of the document that holds it."""
        own = self._sources.get(article)
        return own is not None and self.source in (article, own["parent"] or None)

    def check(self, row: Row) -> bool:
        """Whether a row's line is one of its article's, and `printed` stands on it."""
        article, line = row["article"], int(row["line"] or 0)
        if line and not self._within(row, "line", article, [line]):
            return False
        if inner := self._inner.get((article, line)):
            row.differs("article", "the line is of {article}", article=inner)
            return False
        source = self._sources.get(article)
        if source and source["lang"] == "en" and _CHINESE.search(row["printed"]):
            if article not in self._told:
                source.differs("lang", "'{printed}' is printed in Chinese", printed=row["printed"])
            self._told.add(article)
        if not self.has(article):
            return True
        if not line and self._ranges[article]:
            row.problem("line", "F301", columns="line")
            return False
        # Scope and author are printed in Chinese; else they are an id, or a name of ours.
        chinese = self._sources[article]["lang"] == "zh"
        columns = ["printed", *(one for one in ("scope", "by")
                                if chinese and not row.get(one, "").isascii())]  # fmt: skip
        lines = [(line, line)] if line else []
        return all([self._stands(row, column, row[column], lines if column != "by" else [])
                    for column in columns])  # fmt: skip

    def _stands(self, row: Row, column: str, words: str, lines: list[tuple[int, int]]) -> bool:
        """Whether words of a cell stand on lines of the text, or on any where none are given."""
        pattern = standing(_bare(words))
        found = [number for number, one in enumerate(self._lines, 1) if pattern.search(one)]
        stands = any(not lines or any(a <= n <= b for a, b in lines) for n in found)
        if not stands:
            row.problem(column, "F208", words=words, lines=join(found) or Message("none"))
        return stands

    def _within(self, row: Row, column: str, source: str, lines: list[int]) -> bool:
        """Whether a source has lines; one that does not tell its lines may have any."""
        known = self._ranges.get(source)
        outside = [n for n in lines if known and not any(a <= n <= b for a, b in known)]
        if outside:
            lines_known = self._sources[source]["lines"]
            row.problem(column, "F310", line=outside[0], source=source, lines=lines_known)
        return not outside

    def _source_of(self, path: Path) -> str:
        """The source that the text is of; none where its own row may be the one that was told."""
        known = digests(self.text)
        documents = [id for id, row in self._sources.items() if not row["parent"]]
        by_hash = [id for id, row in self._sources.items() if row["sha256"].lower() in known]
        if found := by_hash or [id for id in self._sources if id == path.stem]:
            return found[0]
        if len(documents) == 1:
            return documents[0]
        log = next((row.file.log for row in self._sources.values()), None)
        if log is None or any(one.path.endswith("sources.csv") for one in log.problems):
            return ""
        raise UsageError("{path} has the SHA-256 of no source; name it after its source's id",
                         path=shown(str(path), 200))  # fmt: skip


def standing(words: str) -> re.Pattern[str]:
    """Where words stand in a line; never within a longer number (9项 in 119项)."""
    before = f"(?<![{_DIGITS}])(?<![0-9][.,])" if words[:1] in _DIGITS else ""
    behind = f"(?![{_DIGITS}]|[.,][0-9])" if words[-1:].isdecimal() else ""
    return re.compile(before + re.escape(words) + behind)


def _bare(text: str) -> str:
    # 2023, 1.6 times is no longer number.
    return "".join(re.sub(r"(?<=[0-9][.,])\s+(?=[0-9])", "|", fold(text)).split())
