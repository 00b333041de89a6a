"""The one way out: a view in a format, to standard output or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from ..language import join, shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, Write, write_table
from .view import View


class OutputOptions(NamedTuple):
    """Where an answer goes, and how.

    Without a `format` the suffix of `path` chooses it, else it is a table. `path` is a file, or
    `-` for standard output. `fields` chooses among the contract's.
    """

    format: str | None = None
    path: str | None = None
    fields: Sequence[str] | None = None


def emit(view: View, options: OutputOptions) -> None:
    """Write `view` as `options` ask.

    Raises UsageError for a format, suffix or field that does not exist or that contradicts
    another, DataUnusable for a file that can't be written, and BrokenPipeError where the reader
    went away.
    """
    path = None if options.path in (None, "-") else Path(options.path or "")
    name = _format_name(options.format, path)
    if options.fields is not None:
        view = view.only(options.fields)
    if path is not None:
        _write_file(path, view, FORMATS[name].write)
    elif name == "table":
        _show_table(view, sys.stdout)
    else:
        _as_utf8(sys.stdout)
        FORMATS[name].write(view, sys.stdout.write)
    sys.stdout.flush()


def _format_name(given: str | None, path: Path | None) -> str:
    suffix = path.suffix.lower() if path else ""
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    name = given or next(iter(fitting), suffix or path.name if path else "table")
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


def _write_file(path: Path, view: View, write: Write) -> None:
    """Write beside `path` and rename, so that what fails half-way leaves the old file."""
    pieces: list[str] = []
    write(view, pieces.append)
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            # A device or a named pipe must not be renamed over.
            target.write_text("".join(pieces), encoding="utf-8", newline="\n")
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            beside.write_text("".join(pieces), encoding="utf-8", newline="\n")
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links is a RuntimeError
        reason = getattr(error, "strerror", None) or str(error)
        raise DataUnusable(
            "can't write {path}: {reason}", path=shown(str(path), 300), reason=reason
        ) from None


def _show_table(view: View, stream: TextIO) -> None:
    """A table as wide as COLUMNS or the terminal says; in a pipe, as wide as it needs."""
    terminal = stream.isatty()
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isascii() and asked.isdigit() else 0
    if terminal:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
        width = width or os.get_terminal_size(stream.fileno()).columns or 80
    else:
        _as_utf8(stream)
    write_table(view, stream.write, width or None, _coloured(terminal))


def _coloured(terminal: bool) -> bool:
    """Whether to colour: what NO_COLOR and FORCE_COLOR ask for, else on a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced:
        return forced not in ("0", "false")
    return terminal and os.environ.get("TERM") not in ("dumb", "unknown")


def _as_utf8(stream: TextIO) -> None:
    """Data is UTF-8 with bare line feeds, whatever the locale says."""
    reconfigure = getattr(stream, "reconfigure", None)  # a stream of a test may lack it
    if reconfigure:
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
