"""The README's worked examples: run on a terminal of 88 columns, shown as they come out.

`python tests/readme.py` runs every example again and writes its output into the README.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from command_line import Home

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(example: str, home: Home) -> str:
    """An example anew: each of its commands with what it prints now."""
    commands = re.findall(r"^\$ (.*)\n", example, re.MULTILINE)
    return "".join(f"$ {command}\n{on_terminal(command, home)}" for command in commands)


def on_terminal(command: str, home: Home) -> str:
    """What a shell command prints on a terminal; blank ends of lines cut."""
    lines = home.terminal(command, columns=88, NO_COLOR="1").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def rewrite(home: Home) -> None:
    """Run every example and write its output into the README."""
    home.process("zones")
    text = README.read_text(encoding="utf-8")
    fresh = EXAMPLE.sub(lambda found: f"```console\n{run(found[1], home)}```", text)
    README.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        rewrite(Home(Path(folder)))
