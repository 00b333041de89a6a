"""All formats, by name; --format, the suffixes of -o and the help come from FORMATS."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain
from types import SimpleNamespace
from typing import Any, NamedTuple

from ..language import visible
from .view import Card, Part, Record, View, one_line, text_of

# `json.dumps` with this option would make an encoder for each value.
ENCODER = json.JSONEncoder(ensure_ascii=False)
# Excel reads a CSV file as UTF-8 only if it begins with this.
BOM = "\ufeff"
MARKDOWN_SIGNS = r"([\\|*_\[\]<>`~#$])"


class Format(NamedTuple):
    """The file suffixes of a format, and the function that renders a view in pieces of text."""

    suffixes: tuple[str, ...]
    render: Callable[[View], Iterator[str]]


def table_text(view: View, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """A table for people, at most `width` cells wide; None is no limit."""
    from .terminal import drawn, text_of_lines  # start-up: it loads Rich

    return text_of_lines(drawn(view.parts(), width), colour)


def _json(view: View) -> Iterator[str]:
    """One JSON value: an array with a record a line, or an object with a field a line."""
    lines, (first, last) = (_encoded(record) for record in view.records()), "[]"
    if view.single or view.document:
        record = view.document() if view.document else next(view.records())
        lines, (first, last) = (f"  {line}" for line in _fields(record)), "{}"
    before = f"{first}\n"
    for line in lines:
        yield before + line
        before = ",\n"
    yield f"\n{last}\n" if before == ",\n" else f"{first}{last}\n"


def _jsonl(view: View) -> Iterator[str]:
    for record in view.records():
        yield _encoded(record) + "\n"


def _csv(view: View, delimiter: str = ",") -> Iterator[str]:
    import csv  # start-up: only for CSV and TSV

    # `writerow` returns the result of `write`, which is the line here.
    file: Any = SimpleNamespace(write=str)
    writer: Any = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    rows = ([text_of(record.get(name)) for name in view.fields] for record in view.records())
    for row in chain([view.fields], rows):
        # Line breaks stay in a quoted cell, as spreadsheets read them.
        yield writer.writerow(["\n".join(map(visible, cell.split("\n"))) for cell in row])


def _markdown(view: View) -> Iterator[str]:
    yield "\n".join(map(_markdown_part, view.parts()))


def _html(view: View) -> Iterator[str]:
    from .html_format import html_page  # start-up: only for HTML

    yield html_page([*view.parts()])


def _svg(view: View) -> Iterator[str]:
    from .svg_format import svg_picture  # start-up: it loads Rich

    yield svg_picture([*view.parts()])


FORMATS = {
    "table": Format((".txt",), table_text),
    "json": Format((".json",), _json),
    "jsonl": Format((".jsonl", ".ndjson"), _jsonl),
    "csv": Format((".csv",), _csv),
    "excel-csv": Format((".csv",), lambda view: chain([BOM], _csv(view))),
    "tsv": Format((".tsv",), lambda view: _csv(view, "\t")),
    "md": Format((".md",), _markdown),
    "html": Format((".html", ".htm"), _html),
    "svg": Format((".svg",), _svg),
}


def _encoded(value: Any) -> str:
    """A value as JSON: decimals keep their digits, unsafe characters become escapes."""
    if value is None or (isinstance(value, float) and value - value != 0):
        return "null"  # JSON has no infinity and no not-a-number
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return "{" + ", ".join(_fields(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_encoded, value)) + "]"
    return visible(ENCODER.encode(text_of(value) if isinstance(value, bytes) else value))


def _fields(record: Record) -> Iterator[str]:
    return (f"{_encoded(name)}: {_encoded(value)}" for name, value in record.items())


def _escaped(text: str) -> str:
    return re.sub(r"&(?=#|\w)", "&amp;", re.sub(MARKDOWN_SIGNS, r"\\\1", text))


def _markdown_part(part: Part) -> str:
    if isinstance(part, Card):
        lines = [f"## {_escaped(part.title)}\n"] if part.title else []
        for label, text in part.texts():
            start = f"**{_escaped(label)}** " if label else ""
            lines.append(f"- {start}{_escaped(text.strip())}")
    else:
        lines = [f"### {_escaped(part.title)}\n"] if part.title else []
        rows = [[column.heading for column in part.columns]]
        rows += [[one_line(cell) for cell in row] for row in part.rows()]
        table = ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
        rule = "|".join(" ---: " if column.right else " --- " for column in part.columns)
        table.insert(1, f"|{rule}|")
        lines += table if part.items else [_escaped(part.empty)]
    return "\n".join(lines) + "\n"
