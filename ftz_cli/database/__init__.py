"""The SQLite file: opened safely, asked by name, built by the loader alone."""

from __future__ import annotations

from .opening import Database, NotCurrent, cache_folder, cache_path, open_cached, open_named

__all__ = [
    "Database",
    "NotCurrent",
    "cache_folder",
    "cache_path",
    "open_cached",
    "open_named",
]
