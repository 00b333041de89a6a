"""Where a line may break: at blanks and between Chinese characters, never inside a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len as rich_cell_len

DOT = " · "
WIDE = "\u2e80-\U0001ffff"
# No break before a closing sign, nor after an opening one.
CLOSING = "，。、；：？！）》」』】〉”’%‰·…"
OPENING = "（《「『【〈“‘"
# A number keeps what qualifies it, its unit, and the other end of a range.
NUMBER = (
    r"(?:第|约为?|接?近|超过?|逾|达|不[足到]|[±<>≤≥≈~] ?|CNY )*[0-9][0-9.,:/]*"
    r"(?:[余多几]?[十百千万亿]*(?:个?(?:小时|百分点|工作日|月)|平方公里|平方米|[\u4e00-\u9fff])"
    r"(?<![至到])|[%‰]| (?:thousand|million|billion|trillion)\b)?"
)
RANGE = rf"{NUMBER}(?:(?:[至到–—~-]| to | ± )(?:< |不足)?{NUMBER})*"
PIECE = re.compile(
    rf"[{OPENING}]*(?:{RANGE}[^\s{WIDE}{OPENING}{CLOSING}]*|[^\s{WIDE}{OPENING}{CLOSING}]+|[{WIDE}]|\S)"
    # Closing signs, and the marks of notes, stay with what is before them.
    rf"(?:[^\s{WIDE}{OPENING}0-9]+(?<=[{CLOSING}.,;:!?)\]]))?[{CLOSING}]*(?: \([0-9,]+\))?\s*"
)


def cell_len(text: str) -> int:
    """The cells that a text takes on a terminal."""
    return len(text) if text.isascii() else rich_cell_len(text)


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """The parts of a text that no line break divides; blanks stay with the part before."""
    return tuple(PIECE.findall(text))


def longest_piece(texts: Iterable[str]) -> int:
    """Cells of the longest part that no line break divides."""
    return max((cell_len(p.rstrip()) for text in texts for p in pieces(text)), default=0)


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """`text` in lines of at most `width` cells; all but the first leave room for an `indent`.

    A part that no break divides stays whole, however long.
    """
    if cell_len(text) <= width:
        return [text]
    lines: list[list[str]] = [[]]
    taken, room = 0, width
    for piece in pieces(text):
        if lines[-1] and taken + cell_len(piece.rstrip()) > room:
            lines.append([])
            taken, room = 0, width - indent
        lines[-1].append(piece)
        taken += cell_len(piece)
    # A last line of one Chinese character is no line.
    if len(lines) > 1 and len(lines[-1]) == 1 < len(lines[-2]) and cell_len(lines[-1][0]) == 2:
        lines[-1].insert(0, lines[-2].pop())
    return ["".join(line).rstrip() for line in lines]


def flowed(items: Sequence[str], width: int, indent: int = 0) -> list[str]:
    """Items in lines, set apart by dots; broken inside an item only where it alone is too long."""
    lines: list[str] = []
    for item in items:
        # After a bar, which blanks fill up, or a sentence, nothing else is needed.
        between = "" if lines and lines[-1][-1:] in " 。" else DOT
        if lines and cell_len(lines[-1] + between + item) <= width - indent:
            lines[-1] += between + item
        else:
            lines += wrapped(item, width, indent) if not lines else wrapped(item, width - indent)
    return lines
