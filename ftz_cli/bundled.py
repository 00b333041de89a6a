"""Where the bundled dataset lies."""

from __future__ import annotations

from pathlib import Path


def bundled_folder() -> Path:
    """Where the bundled dataset lies: in the package when installed, beside it in a clone."""
    inside = Path(__file__).parent / "db"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "db"
