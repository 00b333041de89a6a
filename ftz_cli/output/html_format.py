"""HTML: a page of headings, tables and notes, or a part of a page."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from ..language import language
from .bars import BAR_SIGNS
from .view import Card, Column, Part, Table, title_of

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def html_page(parts: Sequence[Part]) -> str:
    """A whole page."""
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title_of(parts))}</title>\n<style>\n{STYLE}</style>\n"
        f"{html_fragment(parts)}</html>\n"
    )


def html_fragment(parts: Sequence[Part], site: bool = False) -> str:
    """The body of a page; on the `site` of `ftz serve` its cells link to other pages."""
    drawn = (_table(p, site) if isinstance(p, Table) else _card(p) for p in parts)
    return "\n".join(drawn) + "\n"


def _card(card: Card) -> str:
    title = f"<h2>{escape(card.title)}</h2>\n" if card.title else ""
    pairs = "\n".join(
        f"<dt>{escape(label)}</dt><dd>{_linked(text)}</dd>" for label, text in card.texts()
    )
    return f"{title}<dl>{pairs}</dl>"


def _table(table: Table, site: bool) -> str:
    if not table.items:
        return f"<p>{escape(table.empty)}</p>"
    headings = "".join(
        f'<th scope="col"{_class(one)}>{escape(one.heading)}</th>' for one in table.columns
    )
    rows = "\n".join(
        f"<tr>{''.join(_cell(column, item, site) for column in table.columns)}</tr>"
        for item in table.items
    )
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    return (
        f'<div class="scroll"><table>{caption}<thead><tr>{headings}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _class(column: Column) -> str:
    return ' class="number"' if column.right else ' class="firm"' if column.firm else ""


def _cell(column: Column, item: object, site: bool) -> str:
    spans = []
    for text, style in column.lines(item):
        name = "bar" if text[0] in BAR_SIGNS else "dim" if style == "dim" else ""
        spans.append(f'<span class="{name}">{escape(text)}</span>' if name else escape(text))
    html = "<br>".join(spans)
    address = column.link(item) or ""
    if html and re.match("https?://|/" if site else "https?://", address):
        html = f'<a href="{escape(address)}">{html}</a>'
    return f"<td{_class(column)}>{html}</td>"


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s<>]*[^\s<>.,;)]", r'<a href="\g<0>">\g<0></a>', escape(text))
