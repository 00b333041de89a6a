"""The project's own errors, and the exit code that each stands for."""

from __future__ import annotations

from enum import IntEnum

from ..language import Message


class ExitCode(IntEnum):
    """What `ftz` tells the shell."""

    ANSWERED = 0
    NOT_FOUND = 1
    USAGE = 2
    UNUSABLE = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class FtzError(Exception):
    """An error shown to the user in one line: an English template with its named fields.

    `str(error)` is the line in the language in use.
    """

    exit_code = ExitCode.UNUSABLE

    def __init__(self, english: str, /, **fields: object) -> None:
        super().__init__(english)
        self.message = Message(english, **fields)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(FtzError):
    """A name that fits nothing, or fits several things equally."""

    exit_code = ExitCode.NOT_FOUND


class UsageError(FtzError):
    """A command line that can't be obeyed."""

    exit_code = ExitCode.USAGE


class DatabaseUnusable(FtzError):
    """A database file that is missing, foreign, of another version, locked or damaged."""


class DataUnusable(FtzError):
    """A dataset folder or a text that can't be read at all."""
