"""The README shows what really happens."""

import doctest
import re
from pathlib import Path

import pytest
from readme import EXAMPLE, README, ROOT, on_terminal, run

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / ".cache").symlink_to(cache)
    return home


@pytest.mark.parametrize("example", EXAMPLE.findall(TEXT), ids=lambda text: text.split("\n")[0])
def test_an_example_comes_out_as_shown(example: str, home: Path) -> None:
    assert run(example, home) == example


def test_the_picture_is_what_the_command_makes(home: Path) -> None:
    (picture,) = re.findall(r"!\[.*?\]\((.*?)\)", TEXT)
    (names,) = re.findall(r"^\$ ftz compare (.*)$", TEXT, re.MULTILINE)
    on_terminal(f"ftz compare {names} -o {home}/new.svg", home)
    assert (home / "new.svg").read_bytes() == (ROOT / picture).read_bytes()


def test_the_lines_of_python_give_what_they_show(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted) == (0, 5)


def test_the_neighbours_read_what_it_writes(home: Path, tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh-neighbours\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines():
        assert "Error" not in (shown := on_terminal(f"cd {tmp_path}; {line}", home)), shown
        assert len(shown.splitlines()) > 10


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) <= 260
