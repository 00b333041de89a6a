"""What rows say of a text, held against the text itself."""

from __future__ import annotations

from pathlib import Path

from ..database import Database
from ..language import Message, join, shown
from ..model.errors import UsageError
from .article_text import bare, digests, read_text, standing
from .checks import Dataset
from .csv_files import Row
from .faults import Problem
from .scan import scan_article


class TextCheck:
    """A text of one of a dataset's sources, whose figures the dataset is to keep.

    The source is known by its SHA-256, by its name, which is then the file's, or as the only
    document. Raises UsageError where it is none of them.
    """

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self.dataset, self.path, self.text = dataset, path, read_text(str(path))
        self.lines = [bare(line) for line in self.text.split("\n")]
        sources, known = dataset.by_id["sources"], digests(self.text)
        documents = [id for id, row in sources.items() if not row["parent"]]
        by_hash = [id for id, row in sources.items() if row["sha256"].lower() in known]
        found = by_hash or [id for id in sources if id == path.stem]
        if not found and len(documents) != 1:
            raise UsageError("{path} has the SHA-256 of no source; name it after its source's id",
                             path=shown(str(path), 200))  # fmt: skip
        self.source = (found or documents)[0]
        dataset.kept_articles = frozenset(
            {self.source, *(row["id"] for row in dataset.articles[self.source])}
        )

    def check(self, db: Database) -> None:
        """Tell where the text says otherwise than the dataset, of which `db` has what passed."""
        sound = not self.dataset.problem_count  # else what is not curated may be a row at fault
        document = self.dataset.by_id["sources"][self.source]
        if not document["parent"]:
            if document["sha256"].lower() not in digests(self.text):
                document.differs("sha256", "the text has another SHA-256")
            if any(last > len(self.lines) for _, last in self.dataset.lines[self.source]):
                document.differs("lines", "the text has fewer lines")
        for row in (*self.dataset.rows["excused"], *self.dataset.rows["recognitions"],
                    *self.dataset.kept.values()):  # fmt: skip
            if row["article"] in self.dataset.kept_articles:
                self._stands(row, "printed")
                chinese = self.dataset.by_id["sources"][row["article"]]["lang"] == "zh"
                if chinese and not row.get("scope", "").isascii():
                    self._stands(row, "scope")
        for one in scan_article(db, self.text, self.source).mentions:
            if one.state in ("changed", "uncurated", "vanished") and one.mention.kind != "date":
                for row in map(self.dataset.kept.__getitem__, (one.figure or "").split()):
                    if row.sound:
                        row.problem("printed", "F210", why=one.why)
                if sound and not one.figure:
                    place = one.line, one.mention.start + 1
                    told = {"printed": one.mention.printed}
                    self.dataset.add(Problem(str(self.path), *place, "F211", told))

    def _stands(self, row: Row, column: str) -> None:
        """The words of a cell stand on the row's line of the text, or on any where it has none."""
        pattern, line = standing(bare(row[column])), int(row["line"] or 0)
        found = [number for number, one in enumerate(self.lines, 1) if pattern.search(one)]
        if not found or (line and line not in found):
            lines = join(found) or Message("none")
            row.problem(column, "F208", words=row[column], lines=lines)
