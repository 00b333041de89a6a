"""The SQLite file: opened safely, asked by name, built by the loader alone."""

from .opening import Database, cache_path, holds_data, open_cached, open_named, unusable

__all__ = ["Database", "cache_path", "holds_data", "open_cached", "open_named", "unusable"]
