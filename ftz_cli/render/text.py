"""Making hostile text visible: what would act on a terminal, a page or a spreadsheet is shown."""

from __future__ import annotations

import re

from .. import text

# Beyond what no text from outside may bring (..text): tags, soft hyphens and number marks that
# hide, and the non-characters that XML refuses.
UNSAFE = re.compile(
    f"{text.UNSAFE.pattern}|[\u00ad\u0600-\u0605\u06dd\u070f\u180e\u206a-\u206f\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)
# Full-width signs too: East Asian spreadsheets read them as the plain ones.
_FORMULA = re.compile(r"\s*[=+@\-＝＋＠－]")
# Characters that Markdown would act upon inside a table cell.
_MARKDOWN = re.compile(r"([\\|*_\[\]<>`~#$])")


def visible(given: str) -> str:
    """`given` with every character that acts or hides written as an escape (\\u001b)."""
    return UNSAFE.sub(_escape, given)


def inert(given: str) -> str:
    """`given` visible, and with an apostrophe before what a spreadsheet would run."""
    safe = visible(given)
    runs = _FORMULA.match(safe) and not _NUMBER.fullmatch(safe)
    return "'" + safe if runs else safe


def markdown(given: str) -> str:
    """`given` visible, and with Markdown's own characters escaped."""
    safe = _MARKDOWN.sub(r"\\\1", visible(given))
    return re.sub(r"&(?=#|\w)", "&amp;", safe)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
