"""What the tests share: the bundled data, and folders of it that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ftz_cli.bundled import bundled_folder
from ftz_cli.dataset import Dataset
from ftz_cli.load import load

# The same examples each time, however slow the machine: of one commit a gate says one thing.
# `pytest --hypothesis-profile=others` looks at others.
settings.register_profile("others", deadline=None, suppress_health_check=[*HealthCheck])
settings.register_profile("same", settings.get_profile("others"), derandomize=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    """The bundled dataset, read once; tests only look at it."""
    dataset = Dataset([bundled_folder()])
    assert [*map(str, dataset.problems)] == []
    return dataset


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

    def problems(self) -> list[str]:
        """What a check tells of the folder, without the folder's own path."""
        dataset = Dataset([self.path])
        dataset.check()
        assert len(dataset.problems) == dataset.problem_count
        return [str(problem).removeprefix(f"{self.path}/") for problem in dataset.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A fresh copy of the bundled data."""
    return Folder(tmp_path / "data")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database file that the bundled data makes."""
    path = tmp_path_factory.mktemp("loaded") / "ftz.db"
    load(path, [])
    return path.read_bytes()


@pytest.fixture(scope="session")
def bundled_count(bundled: Dataset) -> int:
    """How many figures the bundled data has."""
    return bundled.check()
