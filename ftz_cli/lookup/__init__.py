"""A question → what it names → the figures that answer it, or why none does."""

from __future__ import annotations

from .answering import Answer, Filters, answer, resolved
from .asked_periods import period_named
from .explaining import NoAnswer
from .naming import find_listed, find_one

__all__ = [
    "Answer",
    "Filters",
    "NoAnswer",
    "answer",
    "find_listed",
    "find_one",
    "period_named",
    "resolved",
]
