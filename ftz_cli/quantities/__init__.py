"""Printed quantities in Chinese and English: value, unit, bound, and the interval they mean.

Names are loaded when they are used, so that a look-up does not load the grammars.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .decimals import EXACT, plain
    from .interval import Interval
    from .mention import Direction, Mention
    from .quantity import SHARE_ENDS, Bound, CannotRead, Ends, Quantity, date_span
    from .reader import Reader
    from .units import DATE_UNIT, Unit, Units

_MODULES = {
    "decimals": ("EXACT", "plain"),
    "interval": ("Interval",),
    "mention": ("Direction", "Mention"),
    "quantity": ("SHARE_ENDS", "Bound", "CannotRead", "Ends", "Quantity", "date_span"),
    "reader": ("Reader",),
    "units": ("DATE_UNIT", "Unit", "Units"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}
__all__ = [
    "DATE_UNIT",
    "EXACT",
    "SHARE_ENDS",
    "Bound",
    "CannotRead",
    "Direction",
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


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
