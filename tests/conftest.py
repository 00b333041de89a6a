"""What the tests share: the bundled data and the small dataset, as folders and as databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Home
from hypothesis import HealthCheck, settings
from small_dataset import SmallDataset

from ftz_cli.api import Dataset, open_dataset
from ftz_cli.curation.loader import load
from ftz_cli.database import Database
from ftz_cli.database.opening import bundled_path

# The same examples each time, however slow the machine: of one commit a run says one thing.
# `pytest --hypothesis-profile=others` tries others.
settings.register_profile("others", deadline=None, suppress_health_check=[*HealthCheck])
settings.register_profile("same", settings.get_profile("others"), derandomize=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's cache folder, with the database of the bundled data in it."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / "ftz").mkdir()
    load(["bundled"], bundled_path(folder / "ftz"))
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Home:
    """A user's home folder, with that cache."""
    return Home(tmp_path_factory.mktemp("home"), cache)


@pytest.fixture(scope="session")
def loaded(cache: Path) -> bytes:
    """The database file that the bundled data makes."""
    return bundled_path(cache / "ftz").read_bytes()


@pytest.fixture(scope="session")
def data(loaded: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The bundled data, opened as the library does."""
    path = tmp_path_factory.mktemp("data") / "ftz.db"
    path.write_bytes(loaded)
    with open_dataset(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def db(data: Dataset) -> Database:
    """Its database."""
    return data.db


@pytest.fixture
def small(tmp_path: Path) -> SmallDataset:
    """A fresh copy of the small dataset."""
    return SmallDataset(tmp_path)


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database file that the small dataset makes."""
    folder = tmp_path_factory.mktemp("small")
    load([str(SmallDataset(folder).path)], folder / "ftz.db")
    return (folder / "ftz.db").read_bytes()


@pytest.fixture
def small_database(tmp_path: Path, small_file: bytes) -> Path:
    """A fresh copy of that file."""
    (tmp_path / "ftz.db").write_bytes(small_file)
    return tmp_path / "ftz.db"
