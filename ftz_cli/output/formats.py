"""The registry of formats, from which --format, the suffixes of -o and the help are made.

A new format is one function and one row of FORMATS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, NamedTuple

from ..language import visible
from ..language.safe_text import UNSAFE
from .view import Card, Part, View, one_line, text_of

# Takes a piece of what is written.
Piece = Callable[[str], object]
Write = Callable[[View, Piece], None]
# Made once: `json.dumps` would make one for each value.
ENCODER = json.JSONEncoder(ensure_ascii=False)
# What Excel knows UTF-8 by.
BOM = "\ufeff"
MARKDOWN_SIGNS = r"([\\|*_\[\]<>`~#$])"


class Format(NamedTuple):
    """The suffixes of files that stand for a format, and how it writes a view.

    A suffix that two formats have chooses the first of them.
    """

    suffixes: tuple[str, ...]
    write: Write


def write_table(view: View, write: Piece, width: int | None = None, colour: bool = False) -> None:
    """A table for people that fits into `width` cells; None is as wide as it needs."""
    from .terminal import drawn, text_of_lines  # it loads Rich, which only a table needs

    for line in text_of_lines(drawn(view.parts(), width), colour):
        write(line)


def write_json(view: View, write: Piece) -> None:
    """One JSON value: an array with a record a line, or an object with a field a line."""
    lines, (first, last) = (_encoded(record) for record in view.records()), "[]"
    if view.single:
        (record,) = view.records()
        lines, (first, last) = (f'  "{name}": {_encoded(of)}' for name, of in record.items()), "{}"
    before = f"{first}\n"
    for line in lines:
        write(before + line)
        before = ",\n"
    write(f"\n{last}\n" if before == ",\n" else f"{first}{last}\n")


def write_jsonl(view: View, write: Piece) -> None:
    """One JSON object a line."""
    for record in (view.flat or view).records():
        write(_encoded(record) + "\n")


def write_csv(view: View, write: Piece) -> None:
    """The contract's fields as CSV, nested lists joined by semicolons."""
    import csv  # only where CSV is asked for

    file: Any = SimpleNamespace(write=write)
    csv.writer(file, lineterminator="\n").writerows(_rows(view))


def write_excel_csv(view: View, write: Piece) -> None:
    """CSV that Excel reads as UTF-8."""
    write(BOM)
    write_csv(view, write)


def write_tsv(view: View, write: Piece) -> None:
    """The contract's fields, parted by tabs."""
    for row in _rows(view):
        write("\t".join(row) + "\n")


def write_markdown(view: View, write: Piece) -> None:
    """What people see, as Markdown."""
    write("\n".join(map(_markdown_part, view.parts())))


def write_html(view: View, write: Piece) -> None:
    """A page with real tables, which another page can take over."""
    from .html_format import html_page  # only where HTML is asked for

    write(html_page(view))


def write_svg(view: View, write: Piece) -> None:
    """A picture for a report."""
    from .svg_format import svg_picture  # it needs Rich

    write(svg_picture([*view.parts()]))


FORMATS = {
    "table": Format((".txt",), write_table),
    "json": Format((".json",), write_json),
    "jsonl": Format((".jsonl", ".ndjson"), write_jsonl),
    "csv": Format((".csv",), write_csv),
    "excel-csv": Format((".csv",), write_excel_csv),
    "tsv": Format((".tsv",), write_tsv),
    "md": Format((".md",), write_markdown),
    "html": Format((".html", ".htm"), write_html),
    "svg": Format((".svg",), write_svg),
}


def _rows(view: View) -> Iterator[list[str]]:
    """The header, then a row for each record."""
    flat = view.flat or view
    yield [*flat.fields]
    for record in flat.records():
        yield [visible(text_of(record.get(name))) for name in flat.fields]


def _encoded(value: Any) -> str:
    """A value as JSON: decimals with their digits, hostile characters as escapes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{name}": {_encoded(of)}' for name, of in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_encoded, value)) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes) or (isinstance(value, float) and value - value != 0):
        # JSON has no bytes, no infinity and no not-a-number.
        return json.dumps(text_of(value)) if isinstance(value, bytes) else "null"
    text = ENCODER.encode(value)
    return text if text.isprintable() else UNSAFE.sub(lambda bad: f"\\u{ord(bad[0]):04x}", text)


def _markdown(text: str) -> str:
    """`text` with the signs escaped that Markdown acts upon."""
    return re.sub(r"&(?=#|\w)", "&amp;", re.sub(MARKDOWN_SIGNS, r"\\\1", visible(text)))


def _markdown_part(part: Part) -> str:
    if isinstance(part, Card):
        lines = [f"## {_markdown(part.title)}\n"] if part.title else []
        for label, text in part.texts():
            start = f"**{_markdown(label)}** " if label else ""
            lines.append(f"- {start}{_markdown(text.strip())}")
    else:
        lines = [f"### {_markdown(part.title)}\n"] if part.title else []
        rows = [[column.heading for column in part.columns]]
        rows += [[one_line(cell) for cell in row] for row in part.rows()]
        table = ["| " + " | ".join(map(_markdown, row)) + " |" for row in rows]
        rule = "|".join(" ---: " if column.right else " --- " for column in part.columns)
        table.insert(1, f"|{rule}|")
        lines += table if part.items else [_markdown(part.empty)]
    return "\n".join(lines) + "\n"
