"""Running `ftz`: in this process on a terminal that is none, and as a process of its own."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import typer

from ftz_cli.cli import app

FTZ = str(Path(sys.executable).parent / "ftz")
# What a user's environment may hold that changes an answer.
STEERING = (
    "FTZ_DB COLUMNS LINES NO_COLOR FORCE_COLOR TERM PAGER LESS LANG LC_ALL LC_MESSAGES LC_CTYPE "
    "XDG_CACHE_HOME LOCALAPPDATA HOME PYTHONUTF8 PYTHONIOENCODING"
).split()


@dataclass(frozen=True)
class Ran:
    """How a run ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """A stream into memory, which may say that it is a terminal."""

    def __init__(self, terminal: bool = False) -> None:
        self._terminal = terminal
        # As `main` sets up the real ones.
        super().__init__(io.BytesIO(), "utf-8", "backslashreplace", newline="")

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "surrogateescape")


class Home:
    """A home of its own, with the bundled data in its cache."""

    def __init__(self, path: Path, loaded: bytes | None) -> None:
        self.path = path
        self.database = path / ".cache" / "ftz" / "ftz.db"
        if loaded is not None:
            self.database.parent.mkdir(parents=True)
            self.database.write_bytes(loaded)

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of the user's but where programs are."""
        plain = {name: value for name, value in os.environ.items() if name not in STEERING}
        return plain | {"HOME": str(self.path), "LANG": "en_US.UTF-8", "TERM": "xterm"} | more

    def run(
        self, *args: str, columns: int | None = None, together: bool = False, **more: str
    ) -> Ran:
        """`ftz args` in this process; on a terminal of so many columns, else in a pipe.

        `together` lets stderr go where stdout goes.
        """
        if columns is not None:
            more = {"COLUMNS": str(columns), "NO_COLOR": "1"} | more
        out = _Stream(columns is not None)
        err = out if together else _Stream()
        with only(self.environment(**more)), redirect_stdout(out), redirect_stderr(err):
            before, sys.stdin = sys.stdin, _Stream()
            try:
                code = typer.main.get_command(app)(list(args), prog_name="ftz") or 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            finally:
                sys.stdin = before
        return Ran(code, out.text(), "" if together else err.text())

    def process(
        self, *args: str | bytes, input: bytes = b"", cwd: Path | None = None, **more: str
    ) -> Ran:
        """`ftz args` as a process of its own, in a pipe."""
        done = subprocess.run(
            [FTZ, *args], input=input, capture_output=True, cwd=cwd, timeout=120,
            env=self.environment(**more),
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def shell(self, line: str, *, cwd: Path | None = None, **more: str) -> Ran:
        """A line of bash in which `ftz` is ours."""
        path = f"{Path(FTZ).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, cwd=cwd, timeout=120,
            env=self.environment(PATH=path, **more), stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def only(environment: Mapping[str, str]) -> Iterator[None]:
    """This process's environment, for a while exactly that."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def steers(text: str) -> bool:
    """Whether it holds what acts on a terminal or hides: controls, text direction, no-width."""
    return any(
        unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(char) in _BIDI
        or "\u200b" <= char <= "\u200f"
        or char in "\u2060\ufeff"
        for char in set(text) - {"\n"}
    )


def one_line(text: str) -> bool:
    """Whether it is exactly one line, ended, with nothing that steers a terminal."""
    return text.endswith("\n") and text.count("\n") == 1 and not steers(text)


def example_of(help_text: str) -> list[str]:
    """The words of a help page's example after `ftz`; a page may have folded it."""
    found = re.search(r"Example: ftz (.*?)\n *\n", help_text, re.DOTALL)
    assert found, help_text
    return shlex.split(" ".join(found[1].split()))
