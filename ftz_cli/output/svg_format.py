"""SVG: a table as a picture for a report, with fonts that both scripts have."""

from __future__ import annotations

import re
from html import escape, unescape
from io import StringIO

from rich.console import Console
from rich.segment import Segment, Segments
from rich.terminal_theme import TerminalTheme

from ..language import visible
from .bars import EIGHTHS, SHADE, WHOLE
from .line_breaks import cell_len
from .terminal import drawn, text_of_lines
from .view import Drawing

WIDTH = 100
# The width of a cell, as part of the height of a character.
CELL = 0.6
CHARACTER = 20
# Dark on white, for paper; colours dark enough to read in print.
PAPER = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [(31, 35, 40), (179, 38, 30), (26, 115, 68), (140, 90, 0), (9, 83, 160), (130, 60, 140),
     (0, 100, 125), (110, 119, 129)],
)  # fmt: skip
# What Rich fills in: its own template frames a terminal window and fetches a font.
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" \
height="{height}" role="img">
<title>@title@</title>
<desc>@words@</desc>
<style>
.{unique_id}-matrix {{ font: {char_height}px 'DejaVu Sans Mono', Menlo, Consolas, \
'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace }}
{styles}
</style>
<rect width="100%" height="100%" rx="8" fill="#ffffff"/>
<g transform="translate(16, 14)" class="{unique_id}-matrix">
{matrix}
</g>
</svg>
"""


def svg_picture(drawing: Drawing) -> str:
    """A drawing as SVG, laid out for 100 columns and as wide as it then needs."""
    lines = list(drawn(drawing, WIDTH))
    width = max((sum(cell_len(segment.text) for segment in line) for line in lines), default=1) + 1
    page = Console(
        file=StringIO(), record=True, width=width, legacy_windows=False, color_system="truecolor"
    )
    for line in lines:
        page.print(Segments([*line, Segment.line()]), end="")
    title = escape(visible(drawing.title), quote=False)
    words = escape("".join(text_of_lines(lines, colour=False)), quote=False)
    svg = page.export_svg(
        title="", theme=PAPER, code_format=TEMPLATE, font_aspect_ratio=CELL, unique_id="ftz"
    )
    svg = re.sub(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', _placed, svg)
    return svg.replace("@words@", words, 1).replace("@title@", title, 1)


def _placed(text: re.Match[str]) -> str:
    """A text as wide as its cells, where Rich squeezes wide characters; a bar as rectangles."""
    style, x, y, words = text.groups()
    signs = unescape(words)
    cell = CELL * CHARACTER
    bar = signs.rstrip("\xa0")  # Rich's blanks
    if not bar or not set(bar) <= {*EIGHTHS, WHOLE, SHADE}:
        fit = f'textLength="{cell_len(signs) * cell:g}" lengthAdjust="spacingAndGlyphs"'
        return f'<text class="{style}" x="{x}" y="{y}" {fit}>{words}</text>'
    solid = bar.rstrip(SHADE)
    eighths = 8 * solid.count(WHOLE) + (EIGHTHS.find(solid[-1:]) if solid[-1:] != WHOLE else 0)
    rect = f'<rect class="{style}" x="{x}" y="{float(y) - 14:g}" height="15" width='
    shade = f'{rect}"{len(bar) * cell:g}" opacity="0.25"/>' if SHADE in bar else ""
    return f'{rect}"{max(eighths, 0) / 8 * cell:g}"/>{shade}'
