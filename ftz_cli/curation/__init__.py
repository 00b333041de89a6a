"""Dataset folders: read, checked, loaded into the database, and exported."""

from __future__ import annotations

from .loader import load, open_current

__all__ = ["load", "open_current"]
