"""The project's own errors, and the exit code that each stands for."""

from __future__ import annotations

from enum import IntEnum

from .catalogue import Message


class ExitCode(IntEnum):
    """What `ftz` tells the shell."""

    ANSWERED = 0
    NOT_FOUND = 1
    USAGE = 2
    UNUSABLE = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class FtzError(Exception):
    """An error told to the user in one line; `str(error)` is that line in English.

    It carries a message of the catalogue, and is told in the user's language where it is shown:
    the one asked for, else the `tongue` that a name was typed in. Without a key it is silent.
    """

    exit_code = ExitCode.UNUSABLE

    def __init__(self, key: str = "", /, *, tongue: str | None = None, **words: object) -> None:
        super().__init__(key)
        self.message = Message(key, **words)
        self.tongue = tongue

    def told(self, lang: str) -> str:
        """The line in `lang` (zh or en); nothing where what was found has been shown already."""
        return self.message.told(lang) if self.message.key else ""

    def __str__(self) -> str:
        return self.told("en")


class NotFound(FtzError):
    """A name that fits nothing, or fits several things equally."""

    exit_code = ExitCode.NOT_FOUND


class FaultFound(FtzError):
    """A check, scan or audit ended with faults that were already shown."""

    exit_code = ExitCode.NOT_FOUND


class UsageError(FtzError):
    """A command line that can't be obeyed."""

    exit_code = ExitCode.USAGE


class DatabaseUnusable(FtzError):
    """A database file that is missing, foreign, of another version, or damaged."""


class DataUnusable(FtzError):
    """A dataset folder or a text that can't be read at all."""


class CannotRead(FtzError, ValueError):
    """A printed quantity that the grammar does not know."""

    exit_code = ExitCode.NOT_FOUND
