"""The project's own errors, and the exit code that each stands for."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `ftz` tells the shell."""

    ANSWERED = 0
    NOT_FOUND = 1
    USAGE = 2
    UNUSABLE = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class FtzError(Exception):
    """An error told to the user in one line; `str(error)` is that line."""

    exit_code = ExitCode.UNUSABLE


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
