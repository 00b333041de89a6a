"""The README shows what really happens."""

import doctest
import re
from pathlib import Path

import pytest
from readme import README, ROOT, environment, on_terminal, run, sections

from ftz_cli.cli import COMMANDS
from ftz_cli.schema import tables

TEXT = README.read_text(encoding="utf-8")
SECTIONS = sections(TEXT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    on_terminal("ftz zones -q", ROOT, environment(home))
    return home


def test_there_are_examples() -> None:
    assert len(SECTIONS["A tour"]) >= 8
    assert len(SECTIONS["Curate your own source"]) >= 5


@pytest.mark.parametrize("title", SECTIONS)
def test_the_examples_of_a_section_come_out_as_shown(
    title: str, home: Path, tmp_path: Path
) -> None:
    for body in SECTIONS[title]:
        assert run(body, tmp_path, environment(home)) == body


def test_every_relation_of_a_claim_is_told() -> None:
    table = TEXT.partition("| relation |")[2].partition("\n\n")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    [column] = [one for one in tables()["claims"].columns if one.name == "relation"]
    assert set(re.findall(r"`(\w+)`", " ".join(first_cells))) == column.enum


def test_every_command_is_shown_with_what_it_prints() -> None:
    lines = [line for bodies in SECTIONS.values() for body in bodies for line in body.split("\n")]
    commands = " ".join(line for line in lines if line.startswith("$ "))
    # One that ends with Ctrl-C prints nothing that could be compared.
    assert {name for name in COMMANDS if f"ftz {name} " not in commands} == {"serve"}
    assert "`ftz serve`" in TEXT


def test_the_lines_of_python_give_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted) == (0, 3)
