"""On a terminal and in a pipe: width, colour, pager."""

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest
from render_samples import samples
from rich.cells import cell_len
from rich.text import Text

from ftz_cli.render import Output, emit, views

SHOW = """
import sys
sys.path.insert(0, {tests!r})
from ftz_cli import queries, store
from ftz_cli.render import Output, emit, views
data = store.open_named({db!r})
figures = queries.figures(data, queries.ALL_FIGURES)[:{count}]
emit(views.figures(figures), Output(lang={lang!r}, pager={pager}))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> str:
    path = tmp_path_factory.mktemp("terminal") / "ftz.db"
    path.write_bytes(loaded)
    return str(path)


def script(database: str, count: int, lang: str = "en", pager: bool = True) -> list[str]:
    tests = str(Path(__file__).parent)
    code = SHOW.format(tests=tests, db=database, count=count, lang=lang, pager=pager)
    return [sys.executable, "-c", code]


def environment(**more: str) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    return plain | {"TERM": "xterm-256color"} | more


def on_terminal(command: list[str], columns: int, rows: int = 50, **more: str) -> str:
    """What a command writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**more)
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            # How Linux says that the other side has closed its terminal.
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert process.wait() == 0, b"".join(parts)
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_a_terminal_gets_what_fits(database: str, columns: int, lang: str) -> None:
    text = on_terminal(script(database, 109, lang, pager=False), columns)
    assert "\x1b[" in text
    plain = Text.from_ansi(text).plain
    assert max(map(cell_len, plain.splitlines())) <= columns
    assert all(figure.printed in plain for figure in samples().figures)


def test_columns_comes_before_the_terminal(database: str) -> None:
    text = on_terminal(script(database, 5, pager=False), 200, COLUMNS="70", NO_COLOR="1")
    assert max(map(cell_len, text.splitlines())) <= 70


def test_a_pipe_gets_it_plain_and_whole(database: str) -> None:
    done = subprocess.run(
        script(database, 109), capture_output=True, env=environment(COLUMNS="60"), check=True
    )
    text = done.stdout.decode()
    assert "\x1b" not in text
    lines = text.split("\n\n")[0].splitlines()
    assert len(lines) == 2 + 109
    assert not any(line.endswith(" ") for line in lines)


def test_colour_follows_the_conventions(database: str) -> None:
    command = script(database, 3, pager=False)
    assert "\x1b[" not in on_terminal(command, 80, NO_COLOR="1")
    assert "\x1b[" not in on_terminal(command, 80, TERM="dumb")
    assert "\x1b[" in on_terminal(command, 80)
    forced = subprocess.run(command, capture_output=True, env=environment(FORCE_COLOR="1"))
    assert b"\x1b[" in forced.stdout


def test_the_pager_opens_only_for_what_is_longer_than_the_screen(
    database: str, tmp_path: Path
) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat >/dev/null\n")
    pager.chmod(0o755)
    own = {"PAGER": str(pager)}
    assert on_terminal(script(database, 109), 80, **own) == "PAGED\n"
    assert "PAGED" not in on_terminal(script(database, 3), 80, **own)
    assert "PAGED" not in on_terminal(script(database, 109, pager=False), 80, **own)
    assert "PAGED" not in on_terminal(script(database, 109), 80, PAGER="cat")
    assert "4:3:3" in on_terminal(script(database, 109), 80, PAGER="/no/such/pager")
    piped = subprocess.run(script(database, 109), capture_output=True, env=environment(**own))
    assert b"PAGED" not in piped.stdout


def test_a_pager_that_is_left_early_is_no_fault(database: str) -> None:
    assert on_terminal(script(database, 109), 80, PAGER="true") == ""


def test_a_closed_pipe_passes_up() -> None:
    read, write = os.pipe()
    os.close(read)
    stream = os.fdopen(write, "w", encoding="utf-8")
    with pytest.raises(BrokenPipeError):
        emit(views.figures(samples().figures), Output(format="json", stream=stream))


def test_an_ascii_terminal_gets_escapes_rather_than_a_traceback(database: str) -> None:
    text = on_terminal(script(database, 1, pager=False), 80, PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert "9\\u7701" in text


def test_progress_shows_only_on_a_terminal() -> None:
    code = (
        "import time\n"
        "from ftz_cli.render.progress import progress\n"
        "with progress('rows', 100) as advance:\n"
        "    for done in range(1, 9):\n"
        "        time.sleep(0.1)\n"
        "        if advance: advance(done)\n"
    )
    text = on_terminal([sys.executable, "-c", code], 80)
    assert re.search("rows [5-8] / 100 · ", text)
    assert text.endswith("\r\x1b[K")
    quiet = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (quiet.stdout, quiet.stderr) == (b"", b"")
