"""Breaks lines at blanks and between Chinese characters, never inside a quantity."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len as rich_cell_len

DOT = " · "
# A last line of Chinese should have at least so many cells.
ORPHAN = 7
# No line begins with a closing sign or ends with an opening one.
CLOSING = "，。、；：？！）》」』】〉”’%‰·…"
OPENING = "（《「『【〈“‘"
# A sign of Latin, Greek or Cyrillic text. Larger ranges would take milliseconds to compile.
NARROW = rf"(?![{OPENING}{CLOSING}])[!-\u024f\u0370-\u052f\u2010-\u20bf]"
# A number stays with its qualifier, its unit, and the other end of a range.
NUMBER = (
    r"(?:第|约为?|接?近|超过?|逾|达|不[足到]|[±<>≤≥≈~] ?|CNY )*[0-9][0-9.,:/]*"
    r"(?:[余多几]?[十百千万亿]*(?:个?(?:小时|百分点|工作日|月)|平方公里|平方米|[^\W!-~])"
    r"(?<![至到])|[%‰]| (?:thousand|million|billion|trillion)\b)?"
)
RANGE = rf"(?:{NUMBER}(?:(?:[至到–—~-]| to | ± )(?:< |不足)?(?=\S{{0,2}}[0-9]))?)+"
PIECE = re.compile(
    rf"[{OPENING}]*(?:(?:{RANGE}|{NARROW})(?:{NARROW})*|\S)"
    # Closing signs, short words in brackets and marks of notes stay with the text before them.
    rf"(?:[(\[][!-'*-~]*[)\]])?[{CLOSING}.,;:!?)\]]*(?: \([0-9,]+\)[{CLOSING}]*)?\s*"
)


def cell_len(text: str) -> int:
    """The cells that a text takes on a terminal."""
    return len(text) if text.isascii() else rich_cell_len(text)


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """The parts of a text that are never broken, each with the blanks after it."""
    return tuple(PIECE.findall(text))


def longest_piece(texts: Iterable[str]) -> int:
    """Cells of the longest part that is never broken, with the guides before it."""
    lengths = (len(guides(text)) + cell_len(p.rstrip()) for text in texts for p in pieces(text))
    return max(lengths, default=0)


def guides(text: str) -> str:
    """The tree lines at the beginning of a text, e.g. `│  └─ `."""
    return text[: len(text) - len(text.lstrip("│├└─ "))]


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, each with the tree lines before it."""
    if cell_len(text) <= width:
        return [text]
    lead = guides(text)
    room = width - len(lead)
    lines: list[list[str]] = [[]]
    for piece in pieces(text.removeprefix(lead)):
        if lines[-1] and cell_len("".join(lines[-1]) + piece.rstrip()) > room:
            lines.append([])
        lines[-1].append(piece)
    # A last line of one or two Chinese characters gets more from the line above.
    *_, above, last = [[], *lines]
    while len(above) > 2 and cell_len("".join(last)) < ORPHAN and not last[0].isascii():
        last.insert(0, above.pop())
    below = lead.replace("├─ ", "│  ").replace("└─ ", "   ")
    return [
        f"{below if number else lead}{''.join(line)}".rstrip() for number, line in enumerate(lines)
    ]


def flowed(items: Iterable[str], width: int) -> list[str]:
    """Items in lines, separated by dots; only an item longer than a line is broken."""
    lines: list[str] = []
    for item in items:
        if lines and cell_len(lines[-1] + DOT + item) <= width:
            lines[-1] += DOT + item
        else:
            lines += wrapped(item, width)
    return lines
