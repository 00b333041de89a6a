"""Figures of different sources on the same fact: which agree, which differ, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.figure import Figure


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures that several sources print of one fact, the best source first.

    `agreeing` and `differing` part the figures after the first by whether their intervals meet
    the first one's.
    """

    figures: tuple[Figure, ...]
    agreeing: tuple[Figure, ...]
    differing: tuple[Figure, ...]

    @property
    def best(self) -> Figure:
        """The figure of the best source."""
        return self.figures[0]
