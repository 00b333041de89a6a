"""The README's worked examples: run on a terminal of 88 columns, shown as they come out.

`python tests/readme.py` runs every example again and writes its output into the README.
"""

from __future__ import annotations

import os
import pty
import re
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
EXAMPLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(example: str, home: Path) -> str:
    """An example anew: each of its commands with what it prints now."""
    commands = re.findall(r"^\$ (.*)\n", example, re.MULTILINE)
    return "".join(f"$ {command}\n{on_terminal(command, home)}" for command in commands)


def on_terminal(command: str, home: Path) -> str:
    """What a shell command prints on a terminal; blank ends of lines cut."""
    inner, outer = pty.openpty()
    ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", 200, COLUMNS, 0, 0))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"HOME": str(home), "PATH": path, "TERM": "xterm", "NO_COLOR": "1", "LANG": "en_US.UTF-8"}
    child = subprocess.Popen(
        ["bash", "-c", command], env=own, stdin=subprocess.DEVNULL, stdout=outer, stderr=outer
    )
    os.close(outer)
    data = b""
    while True:
        try:
            part = os.read(inner, 65536)
        except OSError:  # the terminal is gone with its last writer
            break
        if not part:
            break
        data += part
    child.wait(timeout=60)
    os.close(inner)
    lines = data.decode().replace("\r\n", "\n").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def rewrite(home: Path) -> None:
    """Run every example and write its output into the README."""
    on_terminal("ftz zones -q", home)
    text = README.read_text(encoding="utf-8")
    fresh = EXAMPLE.sub(lambda found: f"```console\n{run(found[1], home)}```", text)
    README.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rewrite(Path(folder))
