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


def sections(text: str) -> dict[str, list[str]]:
    """The bodies of the console blocks of each section that has any, by its title."""
    found = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    return {title: _EXAMPLE.findall(part) for title, part in found.items() if _EXAMPLE.search(part)}


def run(body: str, folder: Path, environment: dict[str, str]) -> str:
    """A console block anew: every command, a `>` before its further lines, with what it prints."""
    shown = ""
    for lines in re.findall(r"^\$ .*\n(?:> .*\n)*", body, re.MULTILINE):
        command = "\n".join(line[2:] for line in lines.splitlines())
        shown += lines + on_terminal(command, folder, environment)
    return shown


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
    return "\n".join(line.rstrip() for line in text.split("\n")) + "\n" if text else ""


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
    for bodies in sections(text).values():
        with tempfile.TemporaryDirectory() as folder:
            for body in bodies:
                fresh = run(body, Path(folder), here)
                text = text.replace(f"```console\n{body}```", f"```console\n{fresh}```", 1)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rewrite(Path(folder))
