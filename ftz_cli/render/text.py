"""Making hostile text visible: what would act on a terminal, a page or a spreadsheet is shown."""

from __future__ import annotations

import re

# Controls, marks without width, text direction, tags, surrogates and non-characters: they act or
# hide, and XML refuses some of them. Line breaks are among them, since a cell is one line.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)
# Full-width signs too: East Asian spreadsheets read them as the plain ones.
_FORMULA = re.compile(r"\s*[=+@\-＝＋＠－]")
# Characters that Markdown would act upon inside a table cell.
_MARKDOWN = re.compile(r"([\\|*_\[\]<>`~#$])")


def visible(text: str) -> str:
    """`text` with every character that acts or hides written as an escape (\\u001b)."""
    return UNSAFE.sub(_escape, text)


def inert(text: str) -> str:
    """`text` visible, and with an apostrophe before what a spreadsheet would run."""
    safe = visible(text)
    runs = _FORMULA.match(safe) and not _NUMBER.fullmatch(safe)
    return "'" + safe if runs else safe


def markdown(text: str) -> str:
    """`text` visible, and with Markdown's own characters escaped."""
    safe = _MARKDOWN.sub(r"\\\1", visible(text))
    return re.sub(r"&(?=#|\w)", "&amp;", safe)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
