"""On a terminal and in a pipe: width, colour and the pager, as whole processes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ftz_cli.output.line_breaks import cell_len

HERE = Path(__file__).parent
DRAW = "from output_samples import VIEWS; from ftz_cli.output import emit, OutputOptions as O; "


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    return kept | {"PYTHONPATH": str(HERE), "TERM": "xterm", "LANG": "C.UTF-8"} | more


def piped(name: str = "figures", options: str = "O()", **more: str) -> str:
    command = [sys.executable, "-c", f"{DRAW}emit(VIEWS[{name!r}](), {options})"]
    ran = subprocess.run(command, env=environment(**more), capture_output=True, check=True)
    return ran.stdout.decode()


def on_terminal(name: str = "figures", columns: int = 80, lines: int = 200, **more: str) -> str:
    """What a terminal of that size gets."""
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    command = [sys.executable, "-c", f"{DRAW}emit(VIEWS[{name!r}](), O())"]
    shown = b""
    with subprocess.Popen(command, env=environment(**more), stdout=theirs, stdin=theirs) as process:
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 65536)
            except BlockingIOError:
                if process.poll() is not None:
                    break
                time.sleep(0.01)
                continue
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
    assert process.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def widest(text: str) -> int:
    return max(map(cell_len, text.splitlines()))


def test_a_terminal_gets_its_width_and_colour_and_a_pipe_neither() -> None:
    shown = on_terminal(columns=70)
    assert "\x1b[1m" in shown
    assert widest(on_terminal(columns=70, NO_COLOR="1")) <= 70
    text = piped()
    assert "\x1b" not in text
    assert widest(text) > 200


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
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
    assert piped("zones", "O(format='json')", LANG="C", PYTHONUTF8="0") == piped(
        "zones", "O(format='json')"
    )


def test_the_pager_shows_what_is_longer_than_the_screen() -> None:
    pager = "sed 's/^/P|/'"
    shown = on_terminal(lines=10, PAGER=pager, NO_COLOR="1")
    assert all(line.startswith("P|") for line in shown.splitlines())
    assert shown.replace("P|", "") == on_terminal(NO_COLOR="1")
    assert "P|" not in on_terminal("zones", lines=10, PAGER=pager)
    assert "P|" not in on_terminal(lines=10)
    assert "P|" not in piped(PAGER=pager)


@pytest.mark.parametrize(
    "pager", ["no-such-pager", "sed s/x/y/ | false", "exit 3", "head -c0; false", "'"]
)
def test_a_pager_that_fails_loses_nothing(pager: str) -> None:
    whole = on_terminal(NO_COLOR="1")
    assert on_terminal(lines=10, PAGER=pager, NO_COLOR="1").endswith(whole)


def test_a_pager_that_is_left_early_is_no_failure() -> None:
    assert on_terminal(lines=10, PAGER="head -n 1", NO_COLOR="1").count("\n") == 1


def test_json_costs_no_drawing() -> None:
    check = (
        f"{DRAW}emit(VIEWS['figures'](), O(format='json', path='-')); import sys; "
        "assert not {'rich', 'html', 'subprocess'} & {*sys.modules}, 'a table was drawn'"
    )
    command = [sys.executable, "-c", check]
    subprocess.run(command, env=environment(), check=True, stdout=subprocess.DEVNULL)
