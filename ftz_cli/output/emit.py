"""The one way out: a view in a format, to standard output or a file."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from ..database import holds_data
from ..language import join, shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, table_text
from .view import View
from .words import one_of


def emit(view: View, format: str, output: str | None = None) -> None:
    """Write `view` to the file `output`, or where that is None or `-`, to standard output."""
    render = FORMATS[format].render
    if output not in (None, "-"):
        _write(Path(output or ""), "".join(render(view)))
    elif format == "table":
        terminal = sys.stdout.isatty()
        # In a pipe a table is as wide as it needs, or as COLUMNS says.
        width = shutil.get_terminal_size((80 if terminal else 0, 0)).columns
        sys.stdout.writelines(table_text(view, width or None, _coloured(terminal)))
    else:
        sys.stdout.writelines(render(view))
    sys.stdout.flush()


def _write(path: Path, text: str) -> None:
    """Write a file; one that is there is replaced in one step: a full disk loses nothing."""
    part = path.parent / f".{path.name}.part"  # a folder may have no name
    try:
        if holds_data(path):
            wrong = "{path} holds a database or curated data; write to another file"
            raise UsageError(wrong, path=shown(str(path), 200))
        if path.is_symlink() or not path.is_file():  # a new file, a device, a pipe
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        part.write_text(text, encoding="utf-8", newline="\n")
        shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        text, name = "can't write {path}: {reason}", shown(str(path), 200)
        raise DataUnusable(text, path=name, reason=error.strerror) from None


def format_asked(given: str | None, output: str | None) -> str:
    """The format that was asked for, else that of the suffix, else a table."""
    if output == "":
        raise UsageError("-o wants the name of a file")
    suffix = Path(output or "").suffix.lower()
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    asked = next(iter(fitting), suffix or "table") if given is None else given
    name = one_of("format", asked, {one: (one, one) for one in FORMATS})
    if fitting and name not in fitting:
        raise UsageError(
            "{path} would be {fitting}, and --format asks for {format}; leave one of them out",
            path=shown(output or ""),
            fitting=join(fitting),
            format=name,
        )
    return name


def _coloured(terminal: bool) -> bool:
    """Whether to colour: what NO_COLOR and FORCE_COLOR ask for, else on a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced not in ("0", "false")
    return terminal and os.environ.get("TERM") not in ("dumb", "unknown")
