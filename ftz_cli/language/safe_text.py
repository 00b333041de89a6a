"""Text from outside, made fit for a terminal: control characters are written as codes."""

from __future__ import annotations

import re

# Controls, DEL, C1, text direction, marks that hide, lone surrogates: none has a place in a cell
# of curated text, and none may reach a terminal.
UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` with every unsafe character written as its code: \\u001b."""
    # Start-up: to compile UNSAFE takes a millisecond, and hardly any text needs it.
    if text.isprintable():
        return text
    return re.sub(UNSAFE, lambda bad: f"\\u{ord(bad[0]):04x}", text)


def shown(text: str, longest: int = 60) -> str:
    """`text` fit for a message: unsafe characters written out, long text cut."""
    safe = visible(text)
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"
