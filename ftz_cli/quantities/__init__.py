"""Printed quantities in Chinese and English: value, unit, bound, and the interval they mean."""

from __future__ import annotations

from .decimals import EXACT, plain
from .interval import Interval
from .quantity import Bound, CannotRead, Ends, Quantity, date_span
from .units import DATE_UNIT, Unit, Units
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
