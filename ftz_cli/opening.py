"""The database, opened for reading; built first where that is needed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from . import store
from .catalogue import Message


def opened(
    path: str | os.PathLike[str] | None, tell: Callable[[Message], None]
) -> sqlite3.Connection:
    """The database at `path`, or else that of the cache; `tell` gets a line where it is built.

    Raises DatabaseUnusable for a file that is missing, damaged or none of ours.
    """
    if path is not None:
        return store.open_named(os.fspath(path))
    try:
        return store.open_cached()
    except store.NotCurrent as error:
        from .load import open_current  # only where it has to be built

        return open_current(tell, error.message)
