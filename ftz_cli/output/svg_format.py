"""SVG: a table as a picture for a report."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from .bars import BAR_SIGNS, cells_of
from .line_breaks import cell_len
from .terminal import Drawn, drawn, text_of_lines
from .view import Part, title_of

# The most cells of a line.
WIDTH = 100
SIZE, CELL, LINE, MARGIN = 20, 12, 24, 16
# Dark colours on white, for print.
INK = "#1f2328"
COLOURS = {
    "red": "#b3261e", "green": "#1a7344", "yellow": "#8c5a00", "blue": "#0953a0", "cyan": "#00647d",
    "dim": "#6e7781",
}  # fmt: skip
FONTS = (
    "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', "
    "'PingFang SC', 'Microsoft YaHei', monospace"
)


def svg_picture(parts: Sequence[Part]) -> str:
    """Parts as a picture; each text is as wide as its cells, so that columns are aligned."""
    lines = list(drawn(parts, WIDTH))
    words = list(text_of_lines(lines, colour=False))
    cells = max((cell_len(line.rstrip()) for line in words), default=0) + 1
    width = cells * CELL + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    body = "\n".join(shape for at, line in enumerate(lines) for shape in _shapes(line, at * LINE))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">\n'
        f"<title>{escape(title_of(parts))}</title>\n<desc>{escape(''.join(words))}</desc>\n"
        f'<rect width="100%" height="100%" rx="8" fill="#ffffff"/>\n'
        f'<g transform="translate({MARGIN}, {MARGIN})" font-size="{SIZE}" '
        f'font-family="{FONTS}">\n{body}\n</g>\n</svg>\n'
    )


def _shapes(line: Drawn, y: int) -> Iterator[str]:
    x = CELL
    for words, style in line:
        fill = f'fill="{COLOURS.get(style.removeprefix("bold "), INK)}"'
        weight = ' font-weight="bold"' if style.startswith("bold") else ""
        for text in re.split(f"([{BAR_SIGNS}]+| {{2,}})", words):
            width = cell_len(text) * CELL
            if text[:1] in BAR_SIGNS and text:
                size = f'width="{cells_of(text) * CELL:g}" height="15"'
                yield f'<rect x="{x}" y="{y + 5}" {size} {fill}/>'
            elif text.strip():
                fit = f'textLength="{width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"'
                yield f'<text x="{x}" y="{y + 19}" {fit} {fill}{weight}>{escape(text)}</text>'
            x += width
