"""The bundled dataset: its name among folders, and where it lies."""

from __future__ import annotations

from pathlib import Path

# What names it on a command line, and in what a database was loaded from.
BUNDLED = "bundled"


def bundled_folder() -> Path:
    """Where the bundled dataset lies: in the package when installed, beside it in a clone."""
    package = Path(__file__).parent.parent
    inside = package / "db"
    return inside if inside.is_dir() else package.parent / "db"
