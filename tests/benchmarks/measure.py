"""Measuring whole processes side by side, and laying the numbers out in a table."""

from __future__ import annotations

import os
import statistics
import sys
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(slots=True)
class Process:
    """A command to be measured; `environment` is added to ours, `stdin` is a file to read.

    `ready` and `after` are called before and after each run, outside the measured time.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    remove: Sequence[Path] = ()
    exit_codes: Sequence[int] = (0,)


@dataclass(slots=True)
class Measured:
    """Runs of one process: seconds on the clock, seconds of processor, bytes at the peak."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median on the clock."""
        return statistics.median(self.wall)

    @property
    def processor(self) -> float:
        """The median of processor time, the system's included."""
        return statistics.median(self.cpu)

    @property
    def memory(self) -> float:
        """The greatest peak in MB. Less than this program's own 15 MB is not seen."""
        return max(self.peak) / 1e6


class CommandFailed(Exception):
    """A measured command ended with an exit code that was not expected."""


def run_once(process: Process, into: Measured | None = None) -> None:
    """Run `process` once, its output thrown away."""
    for path in process.remove:
        path.unlink(missing_ok=True)
    null = os.open(os.devnull, os.O_RDWR)
    errors = os.memfd_create("stderr")
    try:
        began = time.perf_counter()
        pid = os.posix_spawn(
            process.command[0],
            list(process.command),
            {**os.environ, **process.environment},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, null, 0),
                (os.POSIX_SPAWN_DUP2, null, 1),
                (os.POSIX_SPAWN_DUP2, errors, 2),
            ],
        )
        _, status, usage = os.wait4(pid, 0)
        took = time.perf_counter() - began
        if os.waitstatus_to_exitcode(status) not in process.exit_codes:
            said = os.pread(errors, 2000, 0).decode(errors="replace")
            raise CommandFailed(f"{' '.join(process.command)}: {said}")
    finally:
        os.close(null)
        os.close(errors)
    if into is not None:
        into.wall.append(took)
        into.cpu.append(usage.ru_utime + usage.ru_stime)
        into.peak.append(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def interleaved(processes: Sequence[Process], runs: int, warm: int = 1) -> dict[str, Measured]:
    """Run all processes in turn, A B C A B C …, so that a slow minute slows them all."""
    found = {process.name: Measured() for process in processes}
    for turn in range(warm + runs):
        for process in processes:
            run_once(process, found[process.name] if turn >= warm else None)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


@dataclass(slots=True)
class Sheet:
    """A table: a title, column heads, rows of text, and a remark."""

    title: str
    heads: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    remark: str = ""

    def text(self) -> str:
        """The table as aligned text."""
        cells = [list(map(str, row)) for row in (self.heads, *self.rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        lines = [
            "  ".join(
                cell + " " * (width - _width(cell))
                if at == 0
                else " " * (width - _width(cell)) + cell
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in cells
        ]
        rule = "-" * (sum(widths) + 2 * len(widths) - 2)
        return "\n".join([self.title, rule, lines[0], rule, *lines[1:], *self._remarks()])

    def markdown(self) -> str:
        """The table as Markdown."""
        rule = ["---", *["---:"] * (len(self.heads) - 1)]
        rows = ["| " + " | ".join(map(str, row)) + " |" for row in (self.heads, rule, *self.rows)]
        return "\n".join([f"**{self.title}**", "", *rows, *self._remarks()])

    def _remarks(self) -> list[str]:
        return ["", self.remark] if self.remark else []


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def milliseconds(seconds: float) -> str:
    """Seconds as ms, in three digits."""
    return f"{seconds * 1000:.3g}" if seconds < 0.1 else f"{seconds * 1000:.0f}"


def ratio(number: float, to: float) -> str:
    """A ratio in two decimals, or more digits where it is small."""
    return f"{number / to:.2f}" if to else "–"
