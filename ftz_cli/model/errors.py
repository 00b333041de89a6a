"""The errors that a user sees, with their exit codes."""

from collections.abc import Iterable
from enum import IntEnum

from ..language import Message, shown


class ExitCode(IntEnum):
    """The exit codes of `ftz`."""

    ANSWERED = 0
    NOT_FOUND = 1
    USAGE = 2
    UNUSABLE = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class FtzError(Exception):
    """An error, whose text is one line in the language in use."""

    exit_code = ExitCode.UNUSABLE

    def __init__(self, english: str, /, **fields: object) -> None:
        super().__init__(english)
        self.message = Message(english, **fields)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(FtzError):
    """A name is unknown or ambiguous."""

    exit_code = ExitCode.NOT_FOUND


class NoAnswer(NotFound):
    """No answer for the words, names or periods `missing`; those in `instead` have figures."""

    def __init__(
        self, english: str, /, missing: Iterable[str], instead: Iterable[object] = (),
        **named: object,
    ) -> None:  # fmt: skip
        super().__init__(english, **named)
        self.missing, self.instead = tuple(missing), tuple(map(str, instead))


class UsageError(FtzError):
    """A command or a call has invalid arguments."""

    exit_code = ExitCode.USAGE


def require_text(value: object) -> None:
    """Raise UsageError for what is no text: a year as a number, a list of names."""
    if not isinstance(value, str):
        raise UsageError("{value} is no text", value=shown(repr(value)))


class DatabaseUnusable(FtzError):
    """A database file is missing, foreign, of another version, locked or damaged."""


class DataUnusable(FtzError):
    """A dataset folder or a text can't be read."""
