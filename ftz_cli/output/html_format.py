"""HTML: a page of headings, real tables and notes, or the part of it that another page takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from ..language import language, visible
from .formats import cell_lines, plain_text
from .view import Column, Drawing, Head, Link, Table, View

# The address of the page of a zone, an initiative, a metric or a figure; None where there is none.
Links = Callable[[str, str], str | None]
STYLE = """\
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  color: #1f2328; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; margin: 1rem 0 }
caption, .group { text-align: left; font-weight: 600 }
th, td { border-bottom: 1px solid #d0d7de; padding: .3rem .8rem .3rem 0; text-align: left;
  vertical-align: top }
.number { text-align: right }
.firm { white-space: nowrap }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem }
dt { color: #656d76 }
dd { margin: 0 }
dd:first-child { grid-column: 1 / -1 }
.bar { color: #0953a0; font-family: monospace; line-height: 1; white-space: pre }
.dim { color: #656d76 }
"""


def html_page(view: View) -> str:
    """A whole page."""
    drawing = view.draw()
    title = escape(visible(drawing.title))
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n{_fragment(drawing, None)}</html>\n"
    )


def html_fragment(view: View, links: Links | None = None) -> str:
    """What stands in the body of a page; `links` gives the addresses of its other pages."""
    return _fragment(view.draw(), links)


def _fragment(drawing: Drawing, links: Links | None) -> str:
    html: list[str] = []
    for part in drawing.parts:
        if isinstance(part, Table):
            html += _table(part, links)
        elif isinstance(part, Head):
            other = f' <small class="dim">{_text(part.other)}</small>' if part.other else ""
            html.append(f"<h2>{_text(part.name)}{other}</h2>\n<dl>")
            html += [
                (f"<dt>{_text(label)}</dt>" if label else "") + f"<dd>{_linked(value)}</dd>"
                for label, value in part.pairs
                if value
            ]
            html.append("</dl>")
        else:
            html += [f"<p>{_linked(plain_text(line).strip())}</p>" for line in part.lines]
    return "\n".join(html) + "\n"


def _table(table: Table, links: Links | None) -> Iterator[str]:
    caption = f"<caption>{_text(table.title)}</caption>" if table.title else ""
    if not table.items:
        yield f"<p><strong>{_text(table.title)}</strong> {_text(table.empty)}</p>"
        return
    yield f'<div class="scroll"><table>{caption}'
    if not table.bare:
        headings = (
            f'<th scope="col"{_kind(column)}>{_text(str(column.heading))}</th>'
            for column in table.columns
        )
        yield f"<thead><tr>{''.join(headings)}</tr></thead>"
    yield "<tbody>"
    group = None
    for item in table.items:
        if table.group and table.group(item) != group:
            group = table.group(item)
            yield (
                f'<tr><th class="group" scope="rowgroup" colspan="{len(table.columns)}">'
                f"{_text(group)}</th></tr>"
            )
        lead = f'<span class="dim">{escape(table.lead(item))}</span>' if table.lead else ""
        cells = [f"<td{_kind(c)}>{_cell(c, item, links)}</td>" for c in table.columns]
        yield f"<tr>{cells[0].replace('>', f'>{lead}', 1)}{''.join(cells[1:])}</tr>"
    yield "</tbody></table></div>"


def _kind(column: Column) -> str:
    kinds = ["number"] * column.right + ["firm"] * (not column.wraps)
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _cell(column: Column, item: object, links: Links | None) -> str:
    lines = []
    for text, style in cell_lines(column.cell(item)):
        of = "bar" if "█" in text or "▏" in text else "dim" if style == "dim" else ""
        lines.append(f'<span class="{of}">{escape(text)}</span>' if of else escape(text))
    html = "<br>".join(lines)
    address = _address(column.link(item), links) if column.link else None
    return f'<a href="{escape(address)}">{html}</a>' if address and html else html


def _address(link: Link, links: Links | None) -> str | None:
    kind, id = link
    if kind == "url":
        return id if id and re.match("https?://", id) else None
    return links(kind, id) if links and id else None


def _text(text: str) -> str:
    return escape(visible(text))


def _linked(text: str) -> str:
    """A text whose web addresses can be followed."""
    safe = _text(text)
    return re.sub(r"https?://[^\s<>]*[^\s<>.,;)]", r'<a href="\g<0>">\g<0></a>', safe)
