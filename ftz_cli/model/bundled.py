"""The bundled dataset: its name on a command line, and its folder."""

from pathlib import Path

# A loaded database records this name, too.
BUNDLED = "bundled"


def bundled_folder() -> Path:
    """The folder of the bundled dataset: in an installed package, or beside it in a clone."""
    package = Path(__file__).parent.parent
    inside = package / "db"
    return inside if inside.is_dir() else package.parent / "db"
