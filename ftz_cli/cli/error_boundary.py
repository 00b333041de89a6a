"""Turns every error into a line on stderr and an exit code."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

import typer

from ..language import Message, visible
from ..model.errors import ExitCode, FtzError


def print_error(message: object) -> None:
    """Print a line on stderr, unless it is closed; on a terminal, break it between words."""
    text = f"ftz: {visible(str(message))}"
    with suppress(OSError, ValueError):
        if sys.stderr.isatty() and len(text) > 30:
            from ..output.line_breaks import wrapped  # it loads Rich

            width = os.get_terminal_size(sys.stderr.fileno()).columns or 80  # some report 0
            text = "\n".join(wrapped(text, width))
        print(text, file=sys.stderr)


def exit_code_of(run: Callable[[], None]) -> int:
    """Run a command and return its exit code; print an expected error as one line."""
    try:
        try:
            run()
        finally:
            sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except FtzError as error:
        print_error(error)
        return error.exit_code
    except (BrokenPipeError, SystemExit) as end:
        # Rich exits with 1 if the pipe is closed while it prints a help page.
        if isinstance(end, SystemExit) and end.code != 1:
            return int(end.code or 0)
        _discard_stdout()
        return ExitCode.CLOSED_PIPE
    except OSError as error:
        _discard_stdout()
        print_error(Message("can't write the answer: {reason}", reason=error.strerror or error))
        return ExitCode.UNUSABLE
    except UnicodeEncodeError:
        print_error(Message("an argument is not UTF-8 text"))
        return ExitCode.USAGE
    return ExitCode.ANSWERED


def _discard_stdout() -> None:
    """Discard what is still buffered, as Python would fail again to flush it on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
