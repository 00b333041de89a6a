"""Running `ftz`: in this process, which is quick, and as a process of its own."""

from __future__ import annotations

import io
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

from ftz_cli.cli import application
from ftz_cli.cli.error_boundary import exit_code_of
from ftz_cli.language import use_language

FTZ = str(Path(sys.executable).parent / "ftz")
# What a user's environment may hold that changes an answer.
STEERING = (
    "FTZ_DB COLUMNS LINES NO_COLOR FORCE_COLOR TERM PAGER LESS LANG LC_ALL LC_MESSAGES LC_CTYPE "
    "XDG_CACHE_HOME LOCALAPPDATA HOME PYTHONUTF8 PYTHONIOENCODING PYTHONUNBUFFERED"
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
        super().__init__(io.BytesIO(), "utf-8", "backslashreplace", newline="")

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "surrogateescape")


class Home:
    """A home folder of its own, whose cache may hold the database of the bundled data."""

    def __init__(self, path: Path, cache: Path | None = None) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.cache = cache or path / ".cache"

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of the user's but where programs are."""
        plain = {name: value for name, value in os.environ.items() if name not in STEERING}
        own = {"HOME": str(self.path), "XDG_CACHE_HOME": str(self.cache), "TERM": "xterm"}
        return plain | own | {"LANG": "en_US.UTF-8"} | more

    def run(self, *args: str, columns: int | None = None, **more: str) -> Ran:
        """`ftz args` in this process: on a terminal of so many columns, else in a pipe."""
        if columns is not None:
            more = {"COLUMNS": str(columns), "NO_COLOR": "1"} | more
        out, err = _Stream(columns is not None), _Stream()
        before, sys.stdin = sys.stdin, _Stream()
        try:
            with only(self.environment(**more)), redirect_stdout(out), redirect_stderr(err):
                use_language(application.language_asked(args))
                code = exit_code_of(lambda: application.run(args))
        finally:
            sys.stdin = before
            use_language("en")
        return Ran(int(code), out.text(), err.text())

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
        """A line of bash, in which `ftz` is ours."""
        path = f"{Path(FTZ).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, cwd=cwd, timeout=120,
            env=self.environment(PATH=path, **more), stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def terminal(self, line: str, *, columns: int = 80, **more: str) -> str:
        """What a line of bash prints on a terminal of so many columns."""
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 200, columns, 0, 0))
        path = f"{Path(FTZ).parent}{os.pathsep}{os.environ['PATH']}"
        process = subprocess.Popen(
            ["bash", "-c", line], env=self.environment(PATH=path, **more),
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the terminal is gone with its last writer
            while part := os.read(ours, 65536):
                shown += part
        os.close(ours)
        process.wait(timeout=60)
        return shown.decode().replace("\r\n", "\n")


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
    """Whether it holds what acts on a terminal or hides: controls, text direction, no width."""
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
    """The words of a help page's example after `ftz`; the page may have folded it."""
    found = re.search(r"Example: ftz (.*?)\n *\n", help_text, re.DOTALL)
    assert found, help_text
    return shlex.split(" ".join(found[1].split()))
