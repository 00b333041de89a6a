"""The one way out: a view in a format, to standard output, a pager or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

from ..language import join, shown
from ..model.errors import DataUnusable, UsageError
from .formats import FORMATS, Write
from .view import View


class OutputOptions(NamedTuple):
    """Where an answer goes, and how.

    Without a `format` the suffix of `path` chooses it, else it is a table. `path` is a file, or
    `-` for standard output. `fields` chooses among the contract's. `width` is that of the table,
    for callers that know better than the terminal.
    """

    format: str | None = None
    path: str | None = None
    fields: Sequence[str] | None = None
    pager: bool = True
    width: int | None = None


def emit(view: View, options: OutputOptions) -> None:
    """Write `view` as `options` ask.

    Raises UsageError for a format, suffix or field that does not exist or that contradicts
    another, DataUnusable for a file that can't be written, and BrokenPipeError where the reader
    went away.
    """
    path = None if options.path in (None, "-") else Path(options.path or "")
    write_view = FORMATS[_format_name(options.format, path)].write
    if options.fields is not None:
        view = view.only(options.fields)
    if path is not None:
        _write_file(path, partial(write_view or partial(_write_table, options.width), view))
    elif write_view is None:
        _show_table(view, options, sys.stdout)
    else:
        _as_utf8(sys.stdout)
        write_view(view, sys.stdout.write)
    sys.stdout.flush()


def _format_name(given: str | None, path: Path | None) -> str:
    if given is not None and given not in FORMATS:
        raise UsageError(
            "no format '{format}'; there are {formats}", format=shown(given), formats=join(FORMATS)
        )
    if path is None:
        return given or "table"
    suffix = path.suffix.lower()
    fitting = [name for name, form in FORMATS.items() if suffix in form.suffixes]
    if given is None and not fitting:
        raise UsageError(
            "the name of {path} says no format; it may end with {suffixes}",
            path=shown(str(path)),
            suffixes=join(suffix for form in FORMATS.values() for suffix in form.suffixes[:1]),
        )
    if given is not None and fitting and given not in fitting:
        raise UsageError(
            "{path} would be {fitting}, and --format asks for {format}; leave one of them out",
            path=shown(str(path)),
            fitting=join(fitting),
            format=given,
        )
    return given or fitting[0]


def _write_table(width: int | None, view: View, write: Write) -> None:
    for line in _table_lines(view, width, colour=False):
        write(line)


def _table_lines(view: View, width: int | None, colour: bool) -> Iterable[str]:
    from .terminal import drawn, text_of_lines  # it loads Rich, which only a table needs

    return text_of_lines(drawn(view.draw(), width), colour)


# ---- the terminal --------------------------------------------------------------------------------


def _show_table(view: View, options: OutputOptions, stream: TextIO) -> None:
    terminal = stream.isatty()
    size = os.get_terminal_size(stream.fileno()) if terminal else None
    width = options.width or _columns() or (size and (size.columns or 80))
    lines = _table_lines(view, width, _coloured(terminal))
    if size is None:
        _as_utf8(stream)
    else:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
        pager = os.environ.get("PAGER", "").strip()
        if options.pager and pager not in ("", "cat"):
            lines = list(lines)
            if len(lines) >= (size.lines or 24) and _paged("".join(lines), pager, stream):
                return
    for line in lines:
        stream.write(line)


def _columns() -> int | None:
    """The width that COLUMNS asks for."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isascii() and given.isdigit() and int(given) else None


def _coloured(terminal: bool) -> bool:
    """Whether to colour: what NO_COLOR and FORCE_COLOR ask for, else on a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced:
        return forced not in ("0", "false")
    return terminal and os.environ.get("TERM") not in ("dumb", "unknown")


def _paged(text: str, pager: str, stream: TextIO) -> bool:
    """Show a text in the pager; False where that fails, whatever was shown."""
    import subprocess  # only where a pager opens

    stream.flush()
    # R lets colours through, F leaves what fits, X keeps the text on the screen afterwards.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    with subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # the reader has seen enough
            process.stdin.write(text.encode("utf-8", "backslashreplace"))
            process.stdin.close()
        while process.returncode is None:
            with suppress(KeyboardInterrupt):  # Ctrl-C stops a search in the pager, not the pager
                process.wait()
    return process.returncode == 0


def _as_utf8(stream: TextIO) -> None:
    """Data is UTF-8 with bare line feeds, whatever the locale says."""
    reconfigure = getattr(stream, "reconfigure", None)  # a stream of a test may lack it
    if reconfigure:
        reconfigure(encoding="utf-8", errors="strict", newline="\n")


# ---- files ---------------------------------------------------------------------------------------


def _write_file(path: Path, fill: Callable[[Write], None]) -> None:
    """Write beside `path` and rename, so that a reader never sees half a file."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            # A device or a named pipe must not be renamed over.
            with target.open("w", encoding="utf-8", newline="\n") as file:
                fill(file.write)
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with beside.open("x", encoding="utf-8", newline="\n") as file:
                if target.exists():
                    os.chmod(beside, target.stat().st_mode & 0o777)
                fill(file.write)
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links is a RuntimeError
        reason = getattr(error, "strerror", None) or str(error)
        raise DataUnusable(
            "can't write {path}: {reason}", path=shown(str(path), 300), reason=reason
        ) from None
