"""The README shows what really happens."""

import doctest
import re
from pathlib import Path

import pytest
from command_line import Home
from readme import EXAMPLE, README, ROOT, on_terminal, run

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLE.findall(TEXT), ids=lambda text: text.split("\n")[0])
def test_an_example_comes_out_as_shown(example: str, home: Home) -> None:
    assert run(example, home) == example


def test_the_picture_is_what_the_command_makes(home: Home) -> None:
    (picture,) = re.findall(r"!\[.*?\]\((.*?)\)", TEXT)
    (names,) = re.findall(r"^\$ ftz compare (.*)$", TEXT, re.MULTILINE)
    on_terminal(f"ftz compare {names} -o {home.path}/new.svg", home)
    assert (home.path / "new.svg").read_bytes() == (ROOT / picture).read_bytes()


def test_the_lines_of_python_give_what_they_show(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted) == (0, 5)


def test_the_neighbours_read_what_it_writes(home: Home, tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh-neighbours\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines():
        assert "Error" not in (shown := on_terminal(f"cd {tmp_path}; {line}", home)), shown
        assert len(shown.splitlines()) > 10


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) <= 260
