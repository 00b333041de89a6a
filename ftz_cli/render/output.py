"""The door that all output goes through: one view, one format, to a stream or a file."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from ..catalogue import Message
from ..errors import DataUnusable, UsageError
from ..reasons import of_os
from . import formats
from .text import visible
from .view import View

SUFFIXES = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv",
    ".md": "md", ".txt": "table", ".svg": "svg", ".html": "html", ".htm": "html",
}  # fmt: skip
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
_SPREADSHEETS = frozenset({"csv", "tsv"})


@dataclass(slots=True)
class Output:
    """Where an answer goes, and how.

    `format` None goes by the suffix of `path`, and is a table without one. `fields` chooses
    among the contract's. `width` is the table's, for callers that know better than the terminal.
    """

    format: str | None = None
    lang: str = "en"
    path: Path | str | None = None
    fields: Sequence[str] | None = None
    bom: bool = False
    pager: bool = True
    stream: TextIO | None = None
    width: int | None = None


def emit(view: View, out: Output) -> None:
    """Write `view` as `out` asks.

    Raises UsageError for a format, suffix or field that does not exist, DataUnusable for a file
    that can't be written, and BrokenPipeError where the reader went away.
    """
    form = _format(out)
    fields = None if out.fields is None else [name.strip() for name in out.fields]
    if fields is not None:
        fields = formats.chosen(view, fields)
    if out.bom and form not in _SPREADSHEETS:
        raise UsageError("output.bom", format=form)
    if out.path is not None:
        _to_file(Path(out.path), lambda write: _write(view, form, fields, out, write))
        return
    stream = out.stream or sys.stdout
    if form == "table":
        _to_terminal(view, fields, out, stream)
    else:
        _as_utf8(stream)
        _write(view, form, fields, out, stream.write)
    stream.flush()


def _format(out: Output) -> str:
    if out.format:
        if out.format not in FORMATS:
            raise UsageError("output.no_format", format=visible(out.format), listed=FORMATS)
        return out.format
    if out.path is None:
        return "table"
    suffix = Path(out.path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError("output.no_suffix", path=visible(str(out.path)), listed=[*SUFFIXES])
    return SUFFIXES[suffix]


def _write(
    view: View, form: str, fields: list[str] | None, out: Output, write: formats.Write
) -> None:
    match form:
        case "json":
            formats.write_json(view, out.lang, fields, write)
        case "jsonl":
            formats.write_jsonl(view, out.lang, fields, write)
        case "csv" | "tsv":
            formats.write_csv(view, out.lang, fields, write, out.bom, tabs=form == "tsv")
        case "md":
            formats.write_md(view, out.lang, fields, write)
        case _:
            write(_drawn(view, form, fields, out))


def _drawn(view: View, form: str, fields: list[str] | None, out: Output) -> str:
    drawing = (_of_fields(view, fields, out.lang) if fields else view).draw(out.lang)
    if form == "table":
        from .table import drawn  # Rich is read only where a table is drawn

        return drawn(drawing, out.width, None)
    from .pictures import PICTURES  # as above

    return PICTURES[form](drawing, out.width)


def _of_fields(view: View, fields: list[str], lang: str) -> View:
    """The fields asked for, as a plain table."""
    from .views import rows  # views import nothing of this module

    return rows(fields, [[record.get(name) for name in fields] for record in view.records(lang)])


def _to_terminal(view: View, fields: list[str] | None, out: Output, stream: TextIO) -> None:
    from .table import drawn  # Rich is read only where a table is drawn

    terminal = stream.isatty()
    dumb = os.environ.get("TERM") in ("dumb", "unknown")
    forced = bool(os.environ.get("FORCE_COLOR"))
    plain = bool(os.environ.get("NO_COLOR")) or not (forced or (terminal and not dumb))
    width = out.width
    if terminal and width is None:
        width = _columns(stream)
    drawing = (_of_fields(view, fields, out.lang) if fields else view).draw(out.lang)
    text = drawn(drawing, width, None if plain else "standard")
    if terminal and out.pager and not dumb and _paged(text, stream):
        return
    _keep_writable(stream)
    stream.write(text)


def _columns(stream: TextIO) -> int:
    """The terminal's width; COLUMNS comes first, as in the shell."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _paged(text: str, stream: TextIO) -> bool:
    """Show what is longer than the screen in the pager; False where there is none to use."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return False
    if text.count("\n") < size.lines or not sys.stdin.isatty():
        return False
    import shlex  # only where a pager opens
    import subprocess

    command = os.environ.get("PAGER", "less")
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    if not words or words == ["cat"]:
        return False
    # R lets colour through, F leaves what fits, X keeps the text on the screen afterwards.
    environment = {**os.environ, "LESS": os.environ.get("LESS", "FRX"), "LESSCHARSET": "utf-8"}
    stream.flush()
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    assert pager.stdin is not None
    try:
        pager.stdin.write(text.encode("utf-8", "backslashreplace"))
        pager.stdin.close()
    except BrokenPipeError:
        pass  # the reader has seen enough
    while True:
        try:
            pager.wait()
            return True
        except KeyboardInterrupt:
            continue  # Ctrl-C in a pager stops its search, not the pager


def _as_utf8(stream: TextIO) -> None:
    """Data is UTF-8 with bare line feeds, whatever the locale says."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="strict", newline="\n")


def _keep_writable(stream: TextIO) -> None:
    """A terminal keeps its encoding; what that lacks is written as an escape."""
    reconfigure = getattr(stream, "reconfigure", None)
    if not reconfigure:
        return
    if stream.isatty():
        reconfigure(errors="backslashreplace")
    else:
        _as_utf8(stream)


def _to_file(path: Path, fill: Callable[[formats.Write], None]) -> None:
    """Write beside `path` and rename, so that a reader never sees half a file."""
    try:
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            # A device or a named pipe can't be renamed over.
            with path.open("w", encoding="utf-8", newline="\n") as file:
                fill(partial(_told_write, file))
            return
        target = path.resolve()
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with beside.open("x", encoding="utf-8", newline="\n") as file:
                if target.exists():
                    os.chmod(beside, target.stat().st_mode & 0o777)
                fill(partial(_told_write, file))
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError, RuntimeError) as error:
        # pathlib tells a circle of links as a RuntimeError.
        why = Message("os.ELOOP") if isinstance(error, RuntimeError) else of_os(error)
        raise DataUnusable("file.unwritable", path=visible(str(path)), why=why) from None


def _told_write(file: TextIO, text: str) -> object:
    return file.write(text)
