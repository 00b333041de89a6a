"""What the tests share: the bundled data as a database, folders of it that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ftz_cli.model.dataset_schema import bundled_folder

# The same examples each time, however slow the machine: of one commit a run says one thing.
# `pytest --hypothesis-profile=others` tries others.
settings.register_profile("others", deadline=None, suppress_health_check=[*HealthCheck])
settings.register_profile("same", settings.get_profile("others"), derandomize=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database file that the bundled data makes."""
    from ftz_cli.curation.loader import load

    path = tmp_path_factory.mktemp("loaded") / "ftz.db"
    load(["bundled"], path)
    return path.read_bytes()


class Folder:
    """A copy of the bundled data that a test may spoil."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(bundled_folder(), path, dirs_exist_ok=True)

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place of a file that says `old`."""
        text = (self / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} says {old!r} {text.count(old)} times"
        (self / name).write_text(text.replace(old, new), encoding="utf-8", newline="")

    def line(self, name: str, number: int, change: Callable[[str], str]) -> None:
        """Change one line of a file; the first has number 1."""
        lines = (self / name).read_text(encoding="utf-8").splitlines(keepends=True)
        lines[number - 1] = change(lines[number - 1])
        (self / name).write_text("".join(lines), encoding="utf-8", newline="")

    def append(self, name: str, text: str) -> int:
        """Add text to the end of a file; returns the number of its first line."""
        before = (self / name).read_text(encoding="utf-8")
        (self / name).write_text(before + text, encoding="utf-8", newline="")
        return before.count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A fresh copy of the bundled data."""
    return Folder(tmp_path / "data")
