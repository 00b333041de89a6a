"""The README shows what really happens."""

import doctest
from pathlib import Path

import pytest
from readme import README, ROOT, environment, examples, on_terminal, run

from ftz_cli.cli import COMMANDS

TEXT = README.read_text(encoding="utf-8")
BLOCKS = examples(TEXT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    on_terminal("ftz zones -q", ROOT, environment(home))
    return home


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 8


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[0][0])
def test_example(block: tuple[list[str], str], home: Path) -> None:
    commands, body = block
    assert run(commands, ROOT, environment(home)) == body


def test_every_command_is_shown() -> None:
    assert [name for name in COMMANDS if f"ftz {name}" not in TEXT] == []


def test_the_lines_of_python_give_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted) == (0, 3)
