"""The README's worked examples: run on a terminal of 88 columns, shown as they come out.

`python tests/readme.py` runs every example again and writes its output into the README.
"""

from __future__ import annotations

import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COLUMNS = 88
_EXAMPLE = re.compile(r"```console\n(?P<body>.*?)```", re.DOTALL)


def examples(text: str) -> list[tuple[list[str], str]]:
    """Each console block: its commands, and the block's whole body."""
    found = []
    for match in _EXAMPLE.finditer(text):
        body = match["body"]
        found.append(([line[2:] for line in body.splitlines() if line.startswith("$ ")], body))
    return found


def run(commands: list[str], folder: Path, environment: dict[str, str]) -> str:
    """The body of a console block: every command with what it prints on a terminal."""
    return "".join(f"$ {one}\n{on_terminal(one, folder, environment)}" for one in commands)


def on_terminal(
    command: str, folder: Path, environment: dict[str, str], columns: int = COLUMNS
) -> str:
    """What a shell command prints on a terminal of that width; blank ends of lines cut."""
    inner, outer = pty.openpty()
    ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", 200, columns, 0, 0))
    child = subprocess.Popen(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=outer,
        stderr=outer,
    )
    os.close(outer)
    data = b""
    while select.select([inner], [], [], 60)[0]:
        try:
            part = os.read(inner, 65536)
        except OSError:  # the terminal is gone with its last writer
            break
        if not part:
            break
        data += part
    child.wait(timeout=60)
    os.close(inner)
    # What was erased again is not seen: how far a slow machine has come.
    text = re.sub(r"[^\n]*\r\x1b\[K", "", data.decode().replace("\r\n", "\n")).strip("\n")
    return "\n".join(line.rstrip() for line in text.split("\n")) + "\n"


def environment(home: Path) -> dict[str, str]:
    """An environment with nothing of the user's in it but where programs are."""
    return {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm",
        "NO_COLOR": "1",
        "LANG": "en_US.UTF-8",
    }


def rewrite(home: Path) -> None:
    """Run every example and write its output into the README."""
    text = README.read_text(encoding="utf-8")
    here = environment(home)
    on_terminal("ftz zones -q", ROOT, here)

    def fresh(match: re.Match[str]) -> str:
        commands = [line[2:] for line in match["body"].splitlines() if line.startswith("$ ")]
        return f"```console\n{run(commands, ROOT, here)}```"

    README.write_text(_EXAMPLE.sub(fresh, text), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rewrite(Path(folder))
