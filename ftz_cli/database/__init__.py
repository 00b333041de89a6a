"""The SQLite file: opening it safely, named queries, and building it."""

from .opening import Database, cache_path, holds_data, open_cached, open_named, unusable

__all__ = ["Database", "cache_path", "holds_data", "open_cached", "open_named", "unusable"]
