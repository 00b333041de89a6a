"""The one place where an error becomes a line on stderr and an exit code."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

import typer

from ..language import Message, visible
from ..model.errors import ExitCode, FtzError


def print_error(message: object) -> None:
    """Print a line on stderr, if that can be; on a terminal it is broken between words."""
    text = f"ftz: {visible(str(message))}"
    with suppress(OSError, ValueError):
        if sys.stderr.isatty() and len(text) > 30:
            from ..output.line_breaks import wrapped  # it loads Rich

            # A terminal may not say how wide it is.
            width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            text = "\n".join(wrapped(text, width))
        print(text, file=sys.stderr)


def exit_code_of(run: Callable[[], None]) -> int:
    """Run a command and return its exit code; an error that has a reason is printed as one line."""
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
        # Rich leaves with 1 when the reader of a help page is gone.
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
    """Send what is still buffered nowhere: Python would fail to flush it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
