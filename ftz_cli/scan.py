"""Number mentions of an article against the curated figures."""

from __future__ import annotations

from dataclasses import dataclass

from .quantity import Quantity


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number mention, or a figure that does not stand where it says.

    `state` is curated, excused, uncurated or stray; `figure` the curated figure's id; `why` the
    reason for an excused one or for one that names no number.
    """

    line: int
    column: int
    printed: str
    quantity: Quantity | None
    state: str
    figure: str | None
    why: str = ""
