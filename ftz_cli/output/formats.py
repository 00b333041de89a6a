"""The registry of formats, from which --format, the suffixes of -o and the help are made.

A new format is one function and one row of FORMATS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from ..language import visible
from ..language.safe_text import UNSAFE
from .view import Head, Line, Record, Table, View, is_number, text_of

# Takes a piece of what is written.
Write = Callable[[str], object]
BOM = "\ufeff"
# A spreadsheet runs what begins so as a formula, in full width too; a signed quantity is none.
FORMULA = r"\s*[=+@\-＝＋＠－]"
SIGNED = r"[-+][0-9][^(|!]*"
MARKDOWN_SIGNS = r"([\\|*_\[\]<>`~#$])"


class Format(NamedTuple):
    """A format: how it writes a view, and the suffixes of files that stand for it.

    A suffix that two formats have chooses the first of them. `write` is None for the table, whose
    width and colour depend on where it goes.
    """

    suffixes: tuple[str, ...]
    write: Callable[[View, Write], None] | None


def write_json(view: View, write: Write) -> None:
    """One JSON value: an array with a record a line, or one object."""
    if view.document:
        write(_spaced(view.document(list(view.records()))))
    elif view.single:
        write(_spaced(next(iter(view.records()))))
    else:
        before = "[\n"
        for record in view.records():
            write(before + _encoded(record))
            before = ",\n"
        write("[]\n" if before == "[\n" else "\n]\n")


def write_jsonl(view: View, write: Write) -> None:
    """One JSON object a line."""
    for record in view.records():
        write(_encoded(record) + "\n")


def write_csv(view: View, write: Write, before: str = "") -> None:
    """The contract's fields as CSV, nested lists joined by semicolons."""
    write(before)
    for row in _rows(view):
        # A line without any sign would be no row.
        write((",".join(map(_quoted, row)) or '""') + "\n")


def write_excel_csv(view: View, write: Write) -> None:
    """CSV with the mark by which Excel knows UTF-8."""
    write_csv(view, write, BOM)


def write_tsv(view: View, write: Write) -> None:
    """The contract's fields, parted by tabs."""
    for row in _rows(view):
        write("\t".join(row) + "\n")


def write_markdown(view: View, write: Write) -> None:
    """What people see, as Markdown."""
    between = ""
    for part in view.draw().parts:
        write(between)
        between = "\n"
        if isinstance(part, Table):
            _markdown_table(part, write)
        elif isinstance(part, Head):
            write(f"## {_markdown(part.name)}\n\n")
            write(f"{_markdown(part.other)}\n\n" if part.other else "")
            for label, value in part.pairs:
                start = f"- **{_markdown(label)}**: " if label else ""
                write(f"{start}{_markdown(value)}\n" if value else "")
        else:
            for line in part.lines:
                write(f"- {_markdown(plain_text(line).strip())}\n")


def write_html(view: View, write: Write) -> None:
    """A page with real tables, which another page can take over."""
    from .html_format import html_page  # only where HTML is asked for

    write(html_page(view))


def write_svg(view: View, write: Write) -> None:
    """A picture for a report."""
    from .svg_format import svg_picture  # it needs Rich

    write(svg_picture(view.draw()))


FORMATS = {
    "table": Format((".txt",), None),
    "json": Format((".json",), write_json),
    "jsonl": Format((".jsonl", ".ndjson"), write_jsonl),
    "csv": Format((".csv",), write_csv),
    "excel-csv": Format((".csv",), write_excel_csv),
    "tsv": Format((".tsv",), write_tsv),
    "md": Format((".md",), write_markdown),
    "html": Format((".html", ".htm"), write_html),
    "svg": Format((".svg",), write_svg),
}


def plain_text(line: Any) -> str:
    """The pieces of a line, or the lines of a cell, without their styles."""
    return "".join(text for text, _ in line)


def cell_lines(cell: Any, style: str = "") -> list[Line]:
    """The lines of a cell, hostile characters written as codes."""
    lines = [(cell, style)] if isinstance(cell, str) else cell
    return [(visible(text), style) for text, style in lines if text]


def one_line(cell: Any) -> str:
    """A cell as one line."""
    return " · ".join(text.rstrip() for text, _ in cell_lines(cell))


def _rows(view: View) -> Iterator[list[str]]:
    """The header, then a row for each record."""
    flat = view.flat
    fields = view.flat_fields if flat else view.fields
    yield list(fields)
    for record in view.records():
        row = flat(record) if flat else record
        yield [_inert(row.get(name)) for name in fields]


def _quoted(text: str) -> str:
    """A cell as CSV has it; line ends in it are codes already."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if quoted != text or "," in text else text


def _inert(value: Any) -> str:
    """A cell that no spreadsheet runs, its unsafe characters written as codes."""
    text = visible(text_of(value))
    if is_number(value) or not re.match(FORMULA, text) or re.fullmatch(SIGNED, text):
        return text
    return "'" + text


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
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else UNSAFE.sub(lambda bad: f"\\u{ord(bad[0]):04x}", text)


def _spaced(value: Record) -> str:
    """An object with a line for each field, and for each item of a list of objects."""
    lines = []
    for name, of in value.items():
        text = _encoded(of)
        if isinstance(of, list | tuple) and of and isinstance(of[0], dict):
            text = "[\n" + ",\n".join("    " + _encoded(item) for item in of) + "\n  ]"
        lines.append(f'  "{name}": {text}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _markdown(text: str) -> str:
    """`text` with the signs escaped that Markdown acts upon."""
    return re.sub(r"&(?=#|\w)", "&amp;", re.sub(MARKDOWN_SIGNS, r"\\\1", visible(text)))


def _markdown_table(table: Table, write: Write) -> None:
    if table.title:
        write(f"### {_markdown(table.title)}\n\n")
    if not table.items:
        write(_markdown(table.empty) + "\n")
        return
    rights = ["---:" if column.right else "---" for column in table.columns]
    write("| " + " | ".join(_markdown(str(column.heading)) for column in table.columns) + " |\n")
    write("| " + " | ".join(rights) + " |\n")
    group = None
    for item in table.items:
        if table.group and table.group(item) != group:
            group = table.group(item)
            write(f"| **{_markdown(group)}** |{' |' * (len(rights) - 1)}\n")
        cells = [_markdown(one_line(column.cell(item))) for column in table.columns]
        # Guides of a tree would be read as text; a dash for each step keeps the shape.
        steps = "– " * (len(table.lead(item)) // 3) if table.lead else ""
        write(f"| {steps}{' | '.join(cells)} |\n")
