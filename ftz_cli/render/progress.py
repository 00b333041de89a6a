"""A line on stderr that says how far a long step is; only where someone watches a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .text import visible

# Seconds before the first line and between two: quick steps show nothing, slow ones flicker not.
_PATIENCE = 0.5
_BETWEEN = 0.1
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(
    label: str, total: int | None = None, quiet: bool = False
) -> Iterator[Callable[[int], None] | None]:
    """Give a function to be told how many rows are done; None where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    line = _ProgressLine(visible(label), total)
    try:
        yield line.advance
    finally:
        line.clear()


class _ProgressLine:
    def __init__(self, label: str, total: int | None) -> None:
        self.label = label
        self.total = total
        self.start = time.monotonic()
        self.next = self.start + _PATIENCE
        self.shown = False

    def advance(self, done: int) -> None:
        """Show `done` rows, the rate, and the time left where the total is known."""
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + _BETWEEN
        rate = done / (now - self.start)
        text = f"{self.label} {done:,}"
        if self.total:
            left = max(self.total - done, 0) / rate if rate else 0
            text += f" / {self.total:,} · {rate:,.0f}/s · {left:.0f} s"
        else:
            text += f" · {rate:,.0f}/s"
        sys.stderr.write(_CLEAR + text)
        sys.stderr.flush()
        self.shown = True

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self.shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
