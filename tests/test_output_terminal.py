"""On a terminal and in a pipe: width and colour, as whole processes."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl

import pytest
from output_samples import DATABASE

from ftz_cli.output.line_breaks import cell_len


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    return kept | {"FTZ_DB": str(DATABASE), "TERM": "xterm", "LANG": "C.UTF-8"} | more


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "ftz_cli", *words]


def piped(*words: str, **more: str) -> str:
    run = subprocess.run(
        command(*words or ("figures",)), env=environment(**more), capture_output=True, check=True
    )
    return run.stdout.decode()


def on_terminal(name: str = "figures", columns: int = 80, **more: str) -> str:
    """What a terminal of that width gets."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(command(name), env=environment(**more), stdout=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the other end is closed
        os.close(ours)
    assert process.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def widest(text: str) -> int:
    return max(map(cell_len, text.splitlines()))


def test_a_terminal_gets_its_width_and_colour_and_a_pipe_neither() -> None:
    assert "\x1b[1m" in on_terminal()
    assert widest(on_terminal(columns=70, NO_COLOR="1")) <= 70
    assert "\x1b" not in piped()
    assert widest(piped()) > 200


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(variables: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in piped("zones", **variables)) is coloured


@pytest.mark.parametrize("variables", [{"FORCE_COLOR": "0"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_on_a_terminal(variables: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal("zones", **variables)


def test_columns_sets_the_width_of_a_pipe() -> None:
    assert 70 <= widest(piped(COLUMNS="80")) <= 80
    assert piped(COLUMNS="wide") == piped(COLUMNS="0") == piped()


def test_programs_get_the_same_bytes_whatever_the_locale() -> None:
    assert piped("zones", "--json", LANG="C", PYTHONUTF8="0") == piped("zones", "--json")


def test_json_costs_no_drawing() -> None:
    run = [sys.executable, "-X", "importtime", "-m", "ftz_cli", "figures", "--json"]
    said = subprocess.run(run, env=environment(), capture_output=True, check=True).stderr.decode()
    assert "ftz_cli.output.lists" in said
    assert not re.search(r"\| +(rich|html|ftz_cli.output.terminal)\b", said)
