"""Writes a view in a format to standard output or to a file."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path

from ..database import holds_data
from ..language import shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, table_text
from .view import View
from .words import one_of


def emit(view: View, format: str, output: str | None = None) -> None:
    """Write `view` to the file `output`; None and `-` are standard output."""
    render = FORMATS[format].render
    if output is not None and output != "-":
        _write(Path(output), "".join(render(view)))
    elif format == "table":
        from .terminal import takes_colour  # start-up: it loads Rich

        # In a pipe a table is as wide as its cells, unless COLUMNS is set.
        width = shutil.get_terminal_size((80 if sys.stdout.isatty() else 0, 0)).columns
        sys.stdout.writelines(table_text(view, width or None, takes_colour()))
    else:
        sys.stdout.writelines(render(view))
    sys.stdout.flush()


def _write(path: Path, text: str) -> None:
    """Write a file; replace an old one in one step, so that a full disk loses nothing."""
    name, part = shown(str(path), 200), path.parent / f".{path.name}.part"
    try:
        if holds_data(path):
            wrong = "{path} holds a database or curated data; write to another file"
            raise UsageError(wrong, path=name)
        # A new file, a device or a pipe is written as it is.
        is_old = path.is_file() and not path.is_symlink()
        (part if is_old else path).write_text(text, encoding="utf-8", newline="\n")
        if is_old:
            shutil.copymode(path, part)
            part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        wrong = "can't write {path}: {reason}"
        raise DataUnusable(wrong, path=name, reason=error.strerror) from None


def format_asked(given: str | None, output: str | None) -> str:
    """The format `given`, else the first with the suffix of the file, else a table."""
    if output == "":
        raise UsageError("-o needs the name of a file")
    suffix = Path(output or "").suffix.lower()
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    asked = next(iter(fitting), suffix or "table") if given is None else given
    format = one_of("format", asked, {name: (name, name) for name in FORMATS})
    if fitting and format not in fitting:
        wrong = "-o {path} contradicts --format {format}"
        raise UsageError(wrong, path=shown(output or ""), format=format)
    return format
