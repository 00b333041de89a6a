"""On a terminal and in a pipe: width and colour, as whole processes."""

from __future__ import annotations

import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest

from ftz_cli.output.line_breaks import cell_len

HERE = Path(__file__).parent
DRAW = "from output_samples import VIEWS; from ftz_cli.output import emit, OutputOptions as O; "


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    return kept | {"PYTHONPATH": str(HERE), "TERM": "xterm", "LANG": "C.UTF-8"} | more


def command(name: str, options: str) -> list[str]:
    return [sys.executable, "-c", f"{DRAW}emit(VIEWS[{name!r}](), {options})"]


def piped(name: str = "figures", options: str = "O()", **more: str) -> str:
    ran = subprocess.run(
        command(name, options), env=environment(**more), capture_output=True, check=True
    )
    return ran.stdout.decode()


def on_terminal(name: str = "figures", columns: int = 80, **more: str) -> str:
    """What a terminal of that width gets."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(command(name, "O()"), env=environment(**more), stdout=theirs)
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
    given = piped("zones", "O(format='json')", LANG="C", PYTHONUTF8="0")
    assert given == piped("zones", "O(format='json')")


def test_json_costs_no_drawing() -> None:
    check = "; import sys; assert not {'rich', 'html'} & {*sys.modules}, 'a table was drawn'"
    *start, code = command("figures", "O(format='json')")
    subprocess.run([*start, code + check], env=environment(), check=True, stdout=subprocess.DEVNULL)
