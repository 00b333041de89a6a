"""The project's own errors, and the exit code that each stands for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from ..language import Message, shown


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


class NoAnswer(NotFound):
    """Nothing in the data answers a question.

    `missing` is what it lacks, as typed or by name: words, places, a metric, a period as EDTF;
    `instead` is what there is in its place.
    """

    def __init__(
        self, english: str, /, missing: Iterable[str], instead: Iterable[object] = (),
        **named: object,
    ) -> None:  # fmt: skip
        super().__init__(english, **named)
        self.missing, self.instead = tuple(missing), tuple(map(str, instead))


class UsageError(FtzError):
    """A command line that can't be obeyed."""

    exit_code = ExitCode.USAGE


class DatabaseUnusable(FtzError):
    """A database file that is missing, foreign, of another version, locked or damaged."""


class DataUnusable(FtzError):
    """A dataset folder or a text that can't be read at all."""


def require_text(*values: object) -> None:
    """Raise UsageError for what a program gives in place of text."""
    for value in values:
        if not isinstance(value, str):
            raise UsageError("{value} is no text", value=shown(repr(value)))
