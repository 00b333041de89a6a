"""The text of an article: read from a file, and known again by its SHA-256."""

from __future__ import annotations

import hashlib
import sys

from ..language import shown
from ..model.errors import DataUnusable
from .csv_files import likely_encoding

# Larger texts are no article; reading them would only take time.
LARGEST_TEXT = 50_000_000


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`: no byte-order mark, lines ended by LF.

    Raises DataUnusable where it can't be read, is not UTF-8, or too large.
    """
    path, content = shown(name, 200), b""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        else:
            with open(name, "rb") as file:
                content = file.read(LARGEST_TEXT + 1)
        text = content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        if isinstance(error, UnicodeDecodeError):
            why = likely_encoding(content)
        raise DataUnusable("{path} can't be read: {why}", path=path, why=why) from None
    if len(content) > LARGEST_TEXT:
        most = LARGEST_TEXT // 1_000_000
        raise DataUnusable("{path} has more than {most} MB", path=path, most=most)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sha256_of(text: str) -> str:
    """The SHA-256 of a text with exactly one line end behind it, as `ftz stubs` writes it."""
    return _digest(text.removesuffix("\n") + "\n")


def digests(text: str) -> set[str]:
    """The SHA-256 of a text with and without a last line end, with LF and with CRLF."""
    bare = text.removesuffix("\n")
    forms = bare, bare + "\n"
    return {_digest(form.replace("\n", end)) for form in forms for end in ("\n", "\r\n")}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
