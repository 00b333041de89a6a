"""Printed quantities in Chinese and English: value, unit, bound, and the interval they mean.

Names are loaded when they are used, so that a look-up does not load the grammars.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .decimals import EXACT as EXACT
    from .decimals import plain as plain
    from .interval import Interval as Interval
    from .mention import Direction as Direction
    from .mention import Mention as Mention
    from .quantity import SHARE_ENDS as SHARE_ENDS
    from .quantity import Bound as Bound
    from .quantity import CannotRead as CannotRead
    from .quantity import Ends as Ends
    from .quantity import Quantity as Quantity
    from .quantity import date_span as date_span
    from .reader import Reader as Reader
    from .units import DATE_UNIT as DATE_UNIT
    from .units import Unit as Unit
    from .units import Units as Units

_MODULES = ("decimals", "interval", "units", "mention", "quantity", "reader")


def __getattr__(name: str) -> object:
    for module in _MODULES:
        found = getattr(import_module(f".{module}", __name__), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
