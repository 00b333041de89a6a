"""Dataset folders: read, checked, loaded into the database, and exported."""

from __future__ import annotations

from collections.abc import Callable

from ..database import Database, open_cached
from ..language import Message

__all__ = ["open_current"]


def open_current(notify: Callable[[Message], None]) -> Database:
    """The database that is asked where none is named, built first where that is needed.

    `notify` gets the one line that says so. Raises DatabaseUnusable where it can't be read.
    """
    if current := open_cached():
        return current
    from .loader import build_current  # only where it has to be built

    return build_current(notify)
