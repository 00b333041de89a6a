"""HTML: a page of headings, real tables and notes, or the part of it that another page takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import repeat
from pathlib import Path

from ..language import language, visible
from .view import Card, Column, Line, Link, Part, Table, View, title_of

# The address of the page of a zone, an initiative, a metric or a figure; None where there is none.
Links = Callable[[str, str], str | None]
STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def html_page(view: View) -> str:
    """A whole page."""
    parts = view.parts()
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title_of(parts))}</title>\n<style>\n{STYLE}</style>\n"
        f"{html_fragment(parts)}</html>\n"
    )


def html_fragment(parts: Sequence[Part], links: Links | None = None) -> str:
    """What stands in the body of a page; `links` gives the addresses of its other pages."""
    drawn = (_table(p, links) if isinstance(p, Table) else _card(p) for p in parts)
    return "\n".join(drawn) + "\n"


def _card(card: Card) -> str:
    title = f"<h2>{_text(card.title)}</h2>\n" if card.title else ""
    pairs = "\n".join(
        f"<dt>{escape(label)}</dt><dd>{_linked(text)}</dd>" for label, text in card.texts()
    )
    return f"{title}<dl>{pairs}</dl>"


def _table(table: Table, links: Links | None) -> str:
    title = _text(table.title)
    if not table.items:
        return f"<p><strong>{title}</strong> {_text(table.empty)}</p>"
    headings = "".join(
        f'<th scope="col"{_kind(column)}>{_text(column.heading)}</th>' for column in table.columns
    )
    rows = "\n".join(
        f"<tr>{''.join(map(_cell, table.columns, repeat(item), row, repeat(links)))}</tr>"
        for item, row in zip(table.items, table.rows(), strict=True)
    )
    caption = f"<caption>{title}</caption>" if title else ""
    return (
        f'<div class="scroll"><table>{caption}<thead><tr>{headings}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _kind(column: Column) -> str:
    kinds = ["number"] * column.right + ["firm"] * column.firm
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _cell(column: Column, item: object, lines: list[Line], links: Links | None) -> str:
    spans = []
    for text, style in lines:
        spans.append(f'<span class="dim">{escape(text)}</span>' if style == "dim" else escape(text))
    html = "<br>".join(spans)
    address = _address(column.link(item), links) if column.link else None
    html = f'<a href="{escape(address)}">{html}</a>' if address and html else html
    return f"<td{_kind(column)}>{html}</td>"


def _address(link: Link, links: Links | None) -> str | None:
    kind, id = link
    if kind == "url":
        return id if id and re.match("https?://", id) else None
    return links(kind, id) if links and id else None


def _text(text: str) -> str:
    return escape(visible(text))


def _linked(text: str) -> str:
    """A text whose web addresses can be followed."""
    return re.sub(r"https?://[^\s<>]*[^\s<>.,;)]", r'<a href="\g<0>">\g<0></a>', escape(text))
