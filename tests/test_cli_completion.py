"""What a shell offers for a word that was begun."""

from pathlib import Path

import pytest
from cases import cases
from command_line import Home


def bash(home: Home, line: str) -> list[str]:
    ran = home.process(
        _FTZ_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1)
    )
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split()


@pytest.mark.parametrize(("line", "offered"), cases("test_bash_completes"))
def test_bash_completes(line: str, offered: str, home: Home) -> None:
    completed, begun = bash(home, line), line.split(" ")[-1]
    assert {*offered.split()} <= {*completed}
    assert [name for name in completed if not name.startswith(begun)] == []


def test_completion_never_builds_nor_complains(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    assert bash(home, "ftz zone wu") == []
    assert [*home.path.iterdir()] == []


def test_bash_completes_once_it_is_installed(home: Home) -> None:
    # In front of exec, bash would be gone before it is looked for.
    ran = home.shell("ftz --install-completion; exit $?")
    assert ran.code == 0
    ran = home.shell(
        ". ~/.bashrc; COMP_WORDS=(ftz zone qinzhou-por) COMP_CWORD=2;"
        " $(complete -p ftz | grep -o '_ftz[^ ]*') ftz; echo \"${COMPREPLY[@]}\""
    )
    assert (ran.out, ran.err) == ("qinzhou-port\n", "")
