"""A question → what it names → the figures that answer it, or why none does."""

from __future__ import annotations

from ..model.errors import NoAnswer
from ..model.figure import Answer, Filters
from .answering import answer
from .asked_periods import period_named
from .naming import find_listed, find_one

__all__ = [
    "Answer",
    "Filters",
    "NoAnswer",
    "answer",
    "find_listed",
    "find_one",
    "period_named",
]
