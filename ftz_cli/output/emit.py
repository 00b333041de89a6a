"""The one way out: a view in a format, to standard output or a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from ..language import join, shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, write_table
from .view import View


def emit(
    view: View,
    format: str | None = None,
    output: str | None = None,
    fields: Sequence[str] | None = None,
) -> None:
    """Write `view` to the file `output`, or where that is None or `-`, to standard output.

    Without a `format` the suffix of the file chooses it, else it is a table. `fields` chooses among
    the contract's.

    Raises UsageError for a format, suffix or field that does not exist or that contradicts
    another, DataUnusable for a file that can't be written, and BrokenPipeError where the reader
    went away.
    """
    name, path = format_asked(format, output), _path(output)
    if fields is not None:
        view = view.only(fields)
    if path is not None:
        pieces: list[str] = []
        FORMATS[name].write(view, pieces.append)
        _write_file(path, "".join(pieces))
    elif name == "table":
        _show_table(view)
    else:
        _as_utf8()
        FORMATS[name].write(view, sys.stdout.write)
    sys.stdout.flush()


def _path(output: str | None) -> Path | None:
    return None if output in (None, "-") else Path(output or "")


def format_asked(given: str | None, output: str | None) -> str:
    """The name of the format that was asked for; raises UsageError as `emit`."""
    path = _path(output)
    suffix = path.suffix.lower() if path else ""
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    name = given.lower() if given else next(iter(fitting), suffix or path.name if path else "table")
    if name not in FORMATS:
        raise UsageError(
            "no format '{format}'; there are {formats}", format=shown(name), formats=join(FORMATS)
        )
    if fitting and name not in fitting:
        raise UsageError(
            "{path} would be {fitting}, and --format asks for {format}; leave one of them out",
            path=shown(str(path)),
            fitting=join(fitting),
            format=name,
        )
    return name


def _write_file(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise DataUnusable(
            "can't write {path}: {reason}", path=shown(str(path), 300), reason=reason
        ) from None


def _show_table(view: View) -> None:
    """A table as wide as COLUMNS or the terminal says; in a pipe, as wide as it needs."""
    terminal = sys.stdout.isatty()
    if terminal and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    else:
        _as_utf8()
    width = shutil.get_terminal_size((80 if terminal else 0, 0)).columns
    write_table(view, sys.stdout.write, width or None, _coloured(terminal))


def _coloured(terminal: bool) -> bool:
    """Whether to colour: what NO_COLOR and FORCE_COLOR ask for, else on a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced not in ("0", "false")
    return terminal and os.environ.get("TERM") not in ("dumb", "unknown")


def _as_utf8() -> None:
    """Data is UTF-8 with bare line feeds, whatever the locale says."""
    if isinstance(sys.stdout, TextIOWrapper):  # that of a test may be none
        sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")
