"""Plain forms of the signs in and around numbers; each character keeps its position in the text."""

import re

# Signs that end a clause stay as they are: a Chinese comma must differ from that of 1,200.
_KEPT = "，。；：！？（）"
_PLAIN = {
    # Full-width ASCII.
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT},
    **dict.fromkeys(map(ord, "−‐‑‒–﹣"), "-"),
    **dict.fromkeys(map(ord, "—―─"), "—"),
    **dict.fromkeys(map(ord, "～〜∼˜"), "~"),
    **dict.fromkeys((0x3000, 0xA0, *range(0x2002, 0x200B), 0x202F), " "),
    **dict.fromkeys(map(ord, "‘’‛′"), "'"),
    **dict.fromkeys(map(ord, "“”‟″"), '"'),
    **{ord(odd): sign for odd, sign in zip("∶﹒﹪￥￡⁄", ":.%¥£/", strict=True)},
}
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&nbsp;|\x1b\[[0-9;]*[A-Za-z]")
# A full-width comma within a number, as in 1，200; any other one ends a clause.
_WIDE_COMMA = re.compile("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
# Visible or invisible signs that separate the digits of one number: 3·5, 1'200.
_ODD_SEPARATOR = re.compile(
    "(?<=[0-9.,])(?:[·・‧•٬‚﹐_\u00ad\u200b-\u200d\u2060\ufeff]|'(?=[0-9]{3}(?![0-9])))+(?=[0-9.,])"
)


def fold(text: str) -> str:
    """`text` with plain signs: full-width forms, odd spaces, dashes, quotes, markup, colours."""
    folded = text.translate(_PLAIN)
    folded = _MARKUP.sub(lambda match: " " * len(match[0]), folded)
    folded = _ODD_SEPARATOR.sub(lambda match: "·" * len(match[0]), folded)
    return _WIDE_COMMA.sub(",", folded)
