"""Commands run in turn, and a table of what they took."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds of processor, seconds on the clock, and those until the first row was there."""

    cpu: float
    wall: float
    first: float


def run(command: Sequence[object], environment: Mapping[str, str], first: bytes = b"") -> Cost:
    """Run a command to its end; `first` is what the first row of its output holds."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command)], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    out, seen = b"", 0.0
    while part := os.read(process.stdout.fileno(), 1 << 16):
        out = (out if len(out) < 1 << 16 else b"") + part
        if not seen and first in out:
            seen = time.perf_counter() - began
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, seen)


Commands = Mapping[str, Sequence[object]]


def interleaved(
    commands: Commands, runs: int, environment: Mapping[str, str], first: bytes = b""
) -> dict[str, Cost]:
    """Medians of commands run in turn, A B C A B C …, so that a slow minute slows them all."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            cost = run(command, environment, first)
            # The first turn fills the file cache and writes the compiled modules.
            if turn or runs == 1:
                found[name].append(cost)
    return {
        name: Cost(*map(statistics.median, zip(*costs, strict=True)))
        for name, costs in found.items()
    }


@dataclass(slots=True)
class Sheet:
    """A table: a title, column heads, and rows of text."""

    title: str
    heads: Sequence[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def text(self) -> str:
        """The table as aligned text."""
        lines = [[*map(str, row)] for row in (self.heads, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            line[0] = line[0].ljust(widths[0])
            line[1:] = map(str.rjust, line[1:], widths[1:])
        return "\n".join([self.title, *map("  ".join, lines)])
