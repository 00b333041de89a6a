"""Reads the text of an article, identifies it by its SHA-256, and searches it."""

from __future__ import annotations

import hashlib
import re
import sys
from contextlib import nullcontext, suppress

from ..language import Message, shown
from ..language.signs import fold
from ..model.errors import DataUnusable

MOST_BYTES = 50_000_000
_DIGITS = "0123456789〇零一二三四五六七八九十百千万亿"


def read_text(name: str) -> str:
    """The text of a file or of standard input (`-`) without a byte-order mark, with LF ends.

    Raises DataUnusable where it can't be read or is not UTF-8.
    """
    path = shown(name, 200) or "''"
    try:
        with open(name, "rb") if name != "-" else nullcontext(sys.stdin.buffer) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(Message("it is longer than {size} MB", size=MOST_BYTES // 10**6))
        if b"\0" in content:  # UTF-16 without a mark
            raise ValueError(likely_encoding(content))
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        why: object = likely_encoding(content)
    except (OSError, ValueError) as error:  # ValueError: also a NUL in the name
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
    """The SHA-256 of a text with LF or CRLF, with or without a last line end."""
    text = text.removesuffix("\n")
    forms = [form.replace("\n", end) for end in ("\n", "\r\n") for form in (f"{text}\n", text)]
    return [hashlib.sha256(form.encode()).hexdigest() for form in forms]


def ranges(lines: str) -> list[tuple[int, int]]:
    """The first and last line of each part of `77-87,91`."""
    ends = [part.partition("-") for part in lines.split(",") if part]
    return [(int(first), int(last or first)) for first, _, last in ends]


def pattern_of(words: str) -> re.Pattern[str]:
    """A pattern that finds words, but not as part of a longer number, e.g. 9项 in 119项."""
    before = f"(?<![{_DIGITS}])(?<![0-9][.,])" if words[:1] in _DIGITS else ""
    behind = f"(?![{_DIGITS}]|[.,][0-9])" if words[-1:].isdecimal() else ""
    return re.compile(before + re.escape(words) + behind)


def without_blanks(text: str) -> str:
    """A text in plain signs and without blanks."""
    # The bar keeps "2023, 1.6 times" from becoming one number.
    return "".join(re.sub(r"(?<=[0-9][.,])\s+(?=[0-9])", "|", fold(text)).split())
