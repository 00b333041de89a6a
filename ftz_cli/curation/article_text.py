"""The text of an article: read from a file, known again by its SHA-256, and searched."""

from __future__ import annotations

import hashlib
import re
import sys
from contextlib import nullcontext, suppress

from ..language import Message, shown
from ..language.signs import fold
from ..model.errors import DataUnusable

# A device has no end.
MOST_BYTES = 50_000_000
_DIGITS = "0123456789〇零一二三四五六七八九十百千万亿"


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`: no byte-order mark, lines ended by LF.

    Raises DataUnusable where it can't be read, or is not UTF-8.
    """
    path = shown(name, 200) or "''"
    try:
        with open(name, "rb") if name != "-" else nullcontext(sys.stdin.buffer) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(Message("it is longer than {size} MB", size=MOST_BYTES // 10**6))
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        why: object = likely_encoding(content)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, too
        why = getattr(error, "strerror", None) or error
    raise DataUnusable("{path} can't be read: {why}", path=path, why=why)


def likely_encoding(content: bytes) -> Message:
    """What bytes that are not UTF-8 look like instead."""
    if b"\0" in content:  # every other byte of ASCII, or a spreadsheet, which is a ZIP archive
        found = "XLSX" if content.startswith(b"PK") else "UTF-16"
        return Message("it looks like {encoding}, not UTF-8", encoding=found)
    with suppress(UnicodeDecodeError):
        if re.search("[\u4e00-\u9fff]", content.decode("gbk")):
            return Message("it looks like {encoding}, not UTF-8", encoding="GBK")
    return Message("it is not UTF-8 text")


def digests(text: str) -> list[str]:
    """The SHA-256 of a text with and without a last line end, with LF and with CRLF.

    The first is the one that `ftz stubs` writes: with LF, and one behind the last line.
    """
    bare = text.removesuffix("\n")
    forms = [form.replace("\n", end) for end in ("\n", "\r\n") for form in (f"{bare}\n", bare)]
    return [hashlib.sha256(form.encode()).hexdigest() for form in forms]


def ranges(lines: str) -> list[tuple[int, int]]:
    """The first and last line of each part of `77-87,91`."""
    ends = [part.partition("-") for part in lines.split(",") if part]
    return [(int(first), int(last or first)) for first, _, last in ends]


def standing(words: str) -> re.Pattern[str]:
    """Where words stand in a line; never within a longer number (9项 in 119项)."""
    before = f"(?<![{_DIGITS}])(?<![0-9][.,])" if words[:1] in _DIGITS else ""
    behind = f"(?![{_DIGITS}]|[.,][0-9])" if words[-1:].isdecimal() else ""
    return re.compile(before + re.escape(words) + behind)


def bare(text: str) -> str:
    """A text in plain signs and without blanks."""
    # 2023, 1.6 times is no longer number.
    return "".join(re.sub(r"(?<=[0-9][.,])\s+(?=[0-9])", "|", fold(text)).split())
