"""Text from outside, made safe for a terminal: control characters are written as codes."""

import re

# Controls, DEL, C1, text direction, invisible marks, lone surrogates: curated text must not have
# them, and a terminal must not receive them.
UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` with every unsafe character written as its code: \\u001b."""
    # Start-up: to compile UNSAFE takes a millisecond, and few texts need it.
    if text.isprintable():
        return text
    return re.sub(UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)


def shown(text: str, longest: int = 60) -> str:
    """`text` safe for a message: unsafe characters as codes, at most `longest` characters."""
    safe = visible(text)
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"
