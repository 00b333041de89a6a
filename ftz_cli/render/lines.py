"""Text in lines of a width: where it may break, and where a reader would."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from rich.cells import cell_len

# A last line of a character and a full stop is no line.
_LONELY = 4
# No line break before these, nor after those.
_CLOSING = frozenset("，。、；：？！）》」』】〉”’%‰,.;:?!)]}·…")
_OPENING = frozenset("（《「『【〈“‘([{")
# What parts items, and what does so instead after one that is a sentence.
DOT = " · "
_STOPS = {".": "  ", "。": " "}
# A quantity stays whole: what qualifies it, its number, its unit, and the other end of a range.
_NUMBER = r"[0-9０-９]+(?:[.,:：/][0-9０-９]+)*"
_COUNTED = (
    r"个?(?:小时|百分点|工作日|自然日|月)|平方公里|平方米|公里|分钟|标准箱|美元|人次|吨级"
    r"|(?![至到])[\u4e00-\u9fff]"
)
_UNIT = (
    rf"(?:[%‰％]|[余多几]?[十百千万亿]*[余多]?(?:{_COUNTED})"
    r"|(?: (?:thousand|million|billion))? (?:times|hours|tonnes)"
    r"| (?:thousand|million|billion))?(?:以[上下内]|左右)?"
)
_QUANTITY = re.compile(
    r"(?:第|大?约|接?近|超过?|逾|[不未]?[到足满]|达|至[多少]|最[多少]|[±<>≤≥≈~] ?|CNY ){0,3}"
    rf"{_NUMBER}{_UNIT}(?:(?:[至到–—~-]| to )(?:< |不[足到]|近|约)?{_NUMBER}{_UNIT})*"
)
# The marks of notes stay together, and with the word before them where the width allows.
_MARKS = re.compile(r"\([0-9]+\)(?: \([0-9]+\))*")


def wrapped(text: str, width: int, indent: int = 0, apart: str = "") -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces or between Chinese characters.

    All but the first leave room for an `indent`. A piece that has no such place stays whole,
    however long. Where `apart` is given, a list is broken after that alone.
    """
    if cell_len(text) <= width:
        return [text]
    lines: list[list[str]] = []
    taken = 0
    for piece in pieces(text, apart):
        size = cell_len(piece.rstrip())
        if not lines or (taken + size > width - (indent if len(lines) > 1 else 0) and taken):
            lines.append([])
            taken = 0
            if len(lines) > 1 and len(lines[-2]) > 1 and _MARKS.fullmatch(piece):
                word = lines[-2][-1]
                if cell_len(word) + size <= width - indent:
                    lines[-1].append(lines[-2].pop())
                    taken = cell_len(word)
        lines[-1].append(piece)
        taken += cell_len(piece)
    if len(lines) > 1 and len(lines[-2]) > 1 and _lonely(lines[-1]):
        given = lines[-2][-1]
        if cell_len("".join([given, *lines[-1]]).rstrip()) <= width - indent:
            lines[-1].insert(0, lines[-2].pop())
    broken = ["".join(line).rstrip() for line in lines]
    return broken if broken[-1] or len(broken) == 1 else broken[:-1]


def _lonely(line: list[str]) -> bool:
    """Whether it is a single Chinese character, with a full stop or the marks of notes perhaps."""
    first, *rest = line
    return _wide(first[0]) and cell_len(first) <= _LONELY and all(map(_MARKS.fullmatch, rest))


def window(text: str, at: int, width: int) -> tuple[str, int]:
    """What of a CSV file's line fits into `width` cells around `at`, and where that then is.

    It is cut at commas, so that no number is; only a cell that alone is too long is cut inside.
    """
    if cell_len(text) <= width:
        return text, cell_len(text[:at])
    cells = re.split("(?<=,)", text)
    starts = [0, *accumulate(map(len, cells))]
    first = low = max(index for index in range(len(cells)) if starts[index] <= at)
    high = low + 1
    room = width - 2 - cell_len(cells[low])
    if room < 0:
        kept = text[at:]
        while cell_len(kept) > width - 2:
            kept = kept[:-1]
        return f"…{kept}…", 1
    while True:
        # One before, then those after: what is wrong is mostly compared with what follows.
        if first and cell_len(cells[first - 1]) <= room and low == first:
            low -= 1
            room -= cell_len(cells[low])
        elif high < len(cells) and cell_len(cells[high]) <= room:
            room -= cell_len(cells[high])
            high += 1
        elif low and cell_len(cells[low - 1]) <= room:
            low -= 1
            room -= cell_len(cells[low])
        else:
            break
    before = "…" if low else ""
    shown = before + "".join(cells[low:high]) + ("…" if high < len(cells) else "")
    return shown, cell_len(before + text[starts[low] : at])


def flowed(items: Sequence[str], width: int, between: str = DOT, indent: int = 0) -> list[str]:
    """Items in lines: broken between them, and inside one only where it alone is too long.

    All lines but the first leave room for an `indent`.
    """
    lines: list[str] = []
    for item in items:
        room = width - (indent if len(lines) > 1 else 0)
        # A full stop parts enough; the Chinese one brings its own blank.
        stop = _STOPS.get(lines[-1][-1:]) if lines and between == DOT else None
        joined = (between if stop is None else stop) + item
        if lines and cell_len(lines[-1]) + cell_len(joined) <= room:
            lines[-1] += joined
        elif lines:
            lines += wrapped(item, width - indent)
        else:
            lines += wrapped(item, width, indent)
    return lines


def pieces(text: str, apart: str = "") -> list[str]:
    """The parts of a text that no line break divides; spaces stay with the part before."""
    if apart:
        return re.split(f"(?<={re.escape(apart)})", text)
    bound = {
        at
        for whole in (_QUANTITY, _MARKS)
        for match in whole.finditer(text)
        for at in range(match.start() + 1, match.end())
    }
    found: list[str] = []
    start = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after == " " or at in bound:
            continue
        # A sign and its number stay together.
        if before == " ":
            held = after in "±<>≤≥" or (at > 1 and text[at - 2] in "±<>≤≥~")
            breaks = not held
        else:
            # A straight quotation mark opens after a space, and closes elsewhere.
            opens = before in "'\"" and (at == 1 or text[at - 2] == " ")
            breaks = (
                (_wide(before) or _wide(after))
                and after not in _CLOSING
                and after not in "'\""
                and before not in _OPENING
                and not opens
            )
        if breaks:
            found.append(text[start:at])
            start = at
    found.append(text[start:])
    return found


def longest_piece(texts: Iterable[str], apart: str = "") -> int:
    """Cells of the longest part that no line break divides."""
    return max((cell_len(p.rstrip()) for text in texts for p in pieces(text, apart)), default=0)


def _wide(char: str) -> bool:
    return char >= "\u2e80"
