"""A dataset of a made-up newspaper, small enough to be read whole, which a test may spoil."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "small_data"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SMALL.glob("*.csv"))}
TEXT = (SMALL / "article.txt").read_text(encoding="utf-8")
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


class SmallDataset:
    """A copy of that folder, and of the text of the newspaper beside it."""

    def __init__(self, parent: Path) -> None:
        self.path = shutil.copytree(SMALL, parent / "small")
        self.text = Path(shutil.move(self.path / "article.txt", parent))

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def edit(self, name: str, old: str, new: str) -> str:
        """Replace the one place of a file that says `old`; returns where `new` begins now."""
        path = self.path / f"{name}.csv"
        before, found, after = path.read_text(encoding="utf-8").partition(old)
        assert found, f"{name} does not say {old!r}"
        assert old not in after, f"{name} says {old!r} twice"
        path.write_text(before + new + after, encoding="utf-8", newline="")
        lines = before.split("\n")
        return f"{name}.csv:{len(lines)}:{len(lines[-1]) + 1}"
