"""A drawing as a picture for a report: svg or html."""

from __future__ import annotations

from rich._export_format import CONSOLE_HTML_FORMAT
from rich.cells import cell_len
from rich.color import blend_rgb
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from .table import console, drawn, renderable
from .text import visible
from .view import Drawing, Head

DEFAULT_WIDTH = 100
# Dark on white, for paper; colours dark enough to read in print.
_PAPER = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [(31, 35, 40), (179, 38, 30), (26, 115, 68), (140, 90, 0), (9, 83, 160), (130, 60, 140),
     (0, 100, 125), (110, 119, 129)],
    [(110, 119, 129), (179, 38, 30), (26, 115, 68), (140, 90, 0), (9, 83, 160), (130, 60, 140),
     (0, 100, 125), (31, 35, 40)],
)  # fmt: skip
_FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"
# Wide characters have their own font, a little larger: two cells are wider than one em.
_WIDE_FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Source Han Sans SC', "
    "sans-serif"
)
_TITLE_FONTS = "Helvetica, Arial, 'DejaVu Sans', " + _WIDE_FONTS
_CHARACTER = 20
_WIDE_CHARACTER = 22
_CELL = 12.0
_LINE = 26
_LEFT, _TOP, _BELOW = 22, 62, 20
# How much of a cell's width a block fills, and how strongly.
_BLOCKS = {"█": (8, 1.0), "░": (8, 0.25)} | {
    block: (eighths, 1.0) for eighths, block in enumerate("▏▎▍▌▋▊▉", 1)
}


def svg(drawing: Drawing, width: int | None = None) -> str:
    """An SVG, laid out for 100 columns and as wide as the drawing needs.

    Rich's own export squeezes Chinese text into half its width, frames it as a terminal window
    and fetches a font from the network; a picture in a report does none of these.
    """
    lines, columns = _lines(drawing, width)
    title = _escaped(visible(drawing.title))
    # A card opens with its name; a title above would say it twice.
    titled = not (drawing.parts and isinstance(drawing.parts[0], Head))
    top = _TOP if titled else _BELOW
    across = round(columns * _CELL + 2 * _LEFT)
    if titled:
        across = max(across, round(cell_len(drawing.title) * _CELL + 4 * _LEFT))
    down = top + len(lines) * _LINE + _BELOW
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" '
        f'viewBox="0 0 {across} {down}" role="img" aria-label="{title}" xml:space="preserve">',
        f"<title>{title}</title>",
        # For those who can't see it, and for searching.
        f"<desc>{_escaped(drawn(drawing, width or DEFAULT_WIDTH, None))}</desc>",
        f'<rect width="{across}" height="{down}" rx="8" fill="{_PAPER.background_color.hex}"/>',
        f'<g font-family="{_FONTS}" font-size="{_CHARACTER}" fill="{_PAPER.foreground_color.hex}">',
    ]
    if titled:
        body.append(
            f'<text x="{_LEFT + _CELL:g}" y="38" font-size="22" font-weight="bold" '
            f'font-family="{_TITLE_FONTS}">{title}</text>'
        )
    for at, line in enumerate(lines):
        body += _svg_line(line, top + at * _LINE)
    return "\n".join([*body, "</g>", "</svg>", ""])


def html(drawing: Drawing, width: int | None = None) -> str:
    """An HTML page."""
    columns = _lines(drawing, width)[1]
    recorded = console(columns + 1, "truecolor", record=True)
    recorded.print(renderable(drawing, width or DEFAULT_WIDTH))
    title = _escaped(visible(drawing.title)).replace("{", "{{").replace("}", "}}")
    form = CONSOLE_HTML_FORMAT.replace("<head>", f"<head>\n<title>{title}</title>")
    form = form.replace("Menlo,'DejaVu Sans Mono',consolas,'Courier New',monospace", _FONTS)
    return recorded.export_html(theme=_PAPER, code_format=form)


def _lines(drawing: Drawing, width: int | None) -> tuple[list[list[Segment]], int]:
    """The drawing as lines of segments, and the cells of the widest."""
    page = console(None, "truecolor")
    laid_out = renderable(drawing, width or DEFAULT_WIDTH)
    lines = page.render_lines(laid_out, pad=False)
    widest = max((Segment.get_line_length(line) for line in lines), default=1)
    return lines, widest


def _svg_line(line: list[Segment], top: int) -> list[str]:
    found: list[str] = []
    at = 0
    for segment in line:
        style = segment.style or Style.null()
        text: list[tuple[str, float]] = []
        for run in _runs(segment.text):
            left = _LEFT + at * _CELL
            if run[0] in _BLOCKS:
                found += _bars(run, left, top, _colour(style))
            elif set(run) == {"─"}:
                found.append(
                    f'<path d="M{left:g} {top + _LINE / 2:g}h{cell_len(run) * _CELL:g}" '
                    f'stroke="{_colour(style)}" stroke-width="1"/>'
                )
            else:
                text.append((run, left))
            at += cell_len(run)
        found += _svg_text(text, top, style)
    return found


def _svg_text(runs: list[tuple[str, float]], top: int, style: Style) -> list[str]:
    """The text of a segment, one element, so that 1.5亿元 can be found and copied whole.

    Each run says where it starts and how wide it is: columns line up in whatever font there is.
    """
    while runs and not runs[0][0].strip():
        del runs[0]
    while runs and not runs[-1][0].strip():
        del runs[-1]
    if not runs:
        return []
    weight = ' font-weight="bold"' if style.bold else ""
    spans = "".join(_svg_run(run, left) for run, left in runs)
    return [f'<text y="{top + _CHARACTER - 2}" fill="{_colour(style)}"{weight}>{spans}</text>']


def _svg_run(run: str, left: float) -> str:
    wide = cell_len(run[0]) == 2
    spacing = 2 * _CELL - _WIDE_CHARACTER if wide else 0
    inside = run.lstrip(" ")
    start = left + (len(run) - len(inside)) * _CELL + spacing / 2
    font = ""
    if wide:
        font = (
            f' font-family="{_WIDE_FONTS}" font-size="{_WIDE_CHARACTER}" '
            f'letter-spacing="{spacing:g}"'
        )
    return (
        f'<tspan x="{start:g}" textLength="{cell_len(inside) * _CELL:g}" '
        f'lengthAdjust="spacingAndGlyphs"{font}>{_escaped(inside)}</tspan>'
    )


def _bars(run: str, left: float, top: int, colour: str) -> list[str]:
    """Block characters as rectangles, so that no gaps show between them."""
    found: list[str] = []
    for shade in (1.0, 0.25):
        blocks = [(at, _BLOCKS[c][0]) for at, c in enumerate(run) if _BLOCKS[c][1] == shade]
        if blocks:
            start = blocks[0][0]
            long = (len(blocks) - 1 + blocks[-1][1] / 8) * _CELL
            found.append(
                f'<rect x="{left + start * _CELL:g}" y="{top + 4}" width="{long:g}" '
                f'height="{_LINE - 9}" fill="{colour}" fill-opacity="{shade:g}"/>'
            )
    return found


def _runs(text: str) -> list[str]:
    """Parts of a text that are all wide, all narrow, all block, or all rule."""
    runs: list[str] = []
    kinds: list[str] = []
    for char in text:
        kind = "block" if char in _BLOCKS else "rule" if char == "─" else str(cell_len(char))
        # A mark that takes no room stays with what it stands on.
        if runs and (kind == kinds[-1] or kind == "0"):
            runs[-1] += char
        else:
            runs.append(char)
            kinds.append(kind)
    return runs


def _colour(style: Style) -> str:
    colour = style.color.get_truecolor(_PAPER) if style.color else _PAPER.foreground_color
    return (blend_rgb(colour, _PAPER.background_color, 0.4) if style.dim else colour).hex


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


PICTURES = {"svg": svg, "html": html}
