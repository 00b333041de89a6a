"""Printed quantities in Chinese and English: value, unit, bound, and the interval they mean."""

from __future__ import annotations

from .decimals import EXACT, plain
from .interval import Interval
from .quantity import DATE_UNIT, Bound, CannotRead, Ends, Quantity, Unit, Units, date_span
from .reader import Mention, Reader

__all__ = [
    "DATE_UNIT",
    "EXACT",
    "Bound",
    "CannotRead",
    "Ends",
    "Interval",
    "Mention",
    "Quantity",
    "Reader",
    "Unit",
    "Units",
    "date_span",
    "plain",
]
