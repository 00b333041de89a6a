"""The one way out: a view in a format, to standard output or a file."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from ..language import join, shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, table_text
from .view import View


def emit(view: View, format: str, output: str | None = None) -> None:
    """Write `view` to the file `output`, or where that is None or `-`, to standard output.

    Raises DataUnusable for a file that can't be written, and BrokenPipeError where the reader went
    away.
    """
    path = _path(output)
    if path is not None:
        _write_file(path, "".join(FORMATS[format].render(view)))
    elif format == "table":
        terminal = sys.stdout.isatty()
        # In a pipe a table is as wide as it needs, or as COLUMNS says.
        width = shutil.get_terminal_size((80 if terminal else 0, 0)).columns
        sys.stdout.writelines(table_text(view, width or None, _coloured(terminal)))
    else:
        sys.stdout.writelines(FORMATS[format].render(view))
    sys.stdout.flush()


def format_asked(given: str | None, output: str | None) -> str:
    """The format that was asked for, else that of the suffix, else a table.

    Raises UsageError for a format or suffix that does not exist or that contradicts another.
    """
    path = _path(output)
    suffix = path.suffix.lower() if path else ""
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    name = given.lower() if given else next(iter(fitting), suffix or path.name if path else "table")
    if name not in FORMATS:
        text = "no format '{format}'; there are {formats}"
        if path and os.path.isdir(path):  # a name that no file can have is told later
            raise UsageError("{path} is a folder; name a file in it", path=shown(str(path)))
        if path and not given and not suffix:
            text = "'{format}' has no suffix, such as .csv; give it one, or --format: {formats}"
        raise UsageError(text, format=shown(name), formats=join(FORMATS))
    if fitting and name not in fitting:
        raise UsageError(
            "{path} would be {fitting}, and --format asks for {format}; leave one of them out",
            path=shown(str(path)),
            fitting=join(fitting),
            format=name,
        )
    return name


def _path(output: str | None) -> Path | None:
    return None if output in (None, "-") else Path(output or "")


def _write_file(path: Path, text: str) -> None:
    """Write a file, put in place by one rename: a full disk leaves the old one as it was."""
    part: Path | None = None
    try:
        ordinary = path.is_file() or not path.exists()  # no pipe, no device
        part = path.with_name(f".{path.name}.part") if ordinary and not path.is_symlink() else path
        part.write_text(text, encoding="utf-8", newline="\n")
        if part != path:
            if path.exists():
                shutil.copymode(path, part)
            part.replace(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise DataUnusable(
            "can't write {path}: {reason}", path=shown(str(path), 200), reason=reason
        ) from None
    finally:
        if part and part != path:
            with suppress(OSError, ValueError):
                part.unlink(missing_ok=True)


def _coloured(terminal: bool) -> bool:
    """Whether to colour: what NO_COLOR and FORCE_COLOR ask for, else on a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced not in ("0", "false")
    return terminal and os.environ.get("TERM") not in ("dumb", "unknown")
