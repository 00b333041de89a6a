"""A view as json, jsonl, csv, tsv or Markdown; none of them needs Rich."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from ..errors import UsageError
from ..text import shown
from .text import UNSAFE, inert, markdown
from .view import Cell, Head, Lines, Notices, Record, Table, View

Write = Callable[[str], object]
BOM = "\ufeff"


def chosen(view: View, fields: list[str] | None) -> list[str]:
    """The fields asked for, all of them by default; raises UsageError for an unknown one."""
    if fields is None:
        return list(view.fields)
    for name in fields:
        if name not in view.fields:
            raise UsageError("output.no_field", name=shown(name), listed=view.fields)
    if not fields:
        raise UsageError("output.no_field_named", listed=view.fields)
    return list(dict.fromkeys(fields))


def write_json(view: View, lang: str, fields: list[str] | None, write: Write) -> None:
    """One JSON value: an array with a record a line, or one object."""
    records = _picked(view, lang, fields)
    if view.document:
        write(_spaced(view.document(list(records))) + "\n")
    elif view.single:
        write(_spaced(next(iter(records))) + "\n")
    else:
        between = "["
        for record in records:
            write(between + "\n" + encoded(record))
            between = ","
        write("[]\n" if between == "[" else "\n]\n")


def write_jsonl(view: View, lang: str, fields: list[str] | None, write: Write) -> None:
    """One JSON object a line."""
    for record in _picked(view, lang, fields):
        write(encoded(record) + "\n")


def write_csv(
    view: View, lang: str, fields: list[str] | None, write: Write, bom: bool, tabs: bool = False
) -> None:
    """The contract's fields with exact values; nested lists joined by semicolons."""
    names = chosen(view, fields)
    if bom:
        write(BOM)
    rows = _flat_rows(view, lang, names)
    if tabs:
        for row in rows:
            write("\t".join(map(inert_cell, row)) + "\n")
        return
    import csv  # only where CSV is asked for

    class Sink:
        """What the csv module writes to."""

        def write(self, text: str) -> object:
            return write(text)

    writer = csv.writer(Sink(), lineterminator="\n")
    for row in rows:
        writer.writerow(map(inert_cell, row))


def write_md(view: View, lang: str, fields: list[str] | None, write: Write) -> None:
    """Markdown: the drawing as it stands, or the fields asked for as one table."""
    if fields is not None:
        names = chosen(view, fields)
        rows = (list(map(told, row)) for row in _flat_rows(view, lang, names))
        _md_table(next(rows), rows, [], write)
        return
    first = True
    for part in view.draw(lang).parts:
        if not first:
            write("\n")
        first = False
        if isinstance(part, Table):
            _md_part(part, write)
        elif isinstance(part, Head):
            write(f"## {markdown(part.name)}\n")
            if part.other:
                write(f"\n{markdown(part.other)}\n")
            if part.pairs:
                write("\n")
            for label, value in part.pairs:
                write(f"- **{markdown(label)}**: {markdown(value)}\n")
        else:
            _md_lines(part, write)


def encoded(value: Any) -> str:
    """`value` as JSON: decimals with their digits, hostile characters as escapes."""
    if isinstance(value, dict):
        inside = ", ".join(f"{_name(name)}: {encoded(of)}" for name, of in value.items())
        return "{" + inside + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(encoded, value)) + "]"
    if isinstance(value, str):
        text = encode_basestring(value)
        # Nearly all text is printable, and telling so is quicker than looking for what is not.
        return text if text.isprintable() else UNSAFE.sub(_json_escape, text)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return json.dumps(told(value))
    if isinstance(value, float) and value - value != 0:
        # JSON has neither infinity nor not-a-number.
        return "null"
    return json.dumps(value)


@lru_cache(maxsize=1024)
def _name(name: object) -> str:
    return encoded(str(name))


def told(value: Any) -> str:
    """`value` as the text of a cell: plain digits, nothing for None, lists joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(told, value))
    if isinstance(value, dict):
        parts = [value["id"]] if "id" in value else value.values()
        return " ".join(filter(None, map(told, parts)))
    return str(value)


def inert_cell(value: Any) -> str:
    """A cell of CSV or TSV; numbers are never mistaken for formulas."""
    return told(value) if isinstance(value, (int, float, Decimal)) else inert(told(value))


def joined(cell: Cell) -> str:
    """A cell of several lines as one."""
    return cell if isinstance(cell, str) else " · ".join(text for text, _ in cell if text)


def _picked(view: View, lang: str, fields: list[str] | None) -> Iterable[Record]:
    records = view.records(lang)
    if fields is None:
        return records
    names = chosen(view, fields)
    return ({name: record.get(name) for name in names} for record in records)


def _flat_rows(view: View, lang: str, names: list[str]) -> Iterable[list[Any]]:
    """The header, then the values of each record."""
    spread = view.spread
    yield [flat for name in names for flat in (spread[name][0] if name in spread else [name])]
    for record in view.records(lang):
        yield [
            value
            for name in names
            for value in (spread[name][1](record) if name in spread else [record.get(name)])
        ]


def _spaced(value: Record) -> str:
    """An object with a line for each field, and for each item of a list of objects."""
    lines = []
    for name, of in value.items():
        if isinstance(of, (list, tuple)) and of and isinstance(of[0], dict):
            inside = ",\n".join("    " + encoded(item) for item in of)
            lines.append(f"  {encoded(name)}: [\n{inside}\n  ]")
        else:
            lines.append(f"  {encoded(name)}: {encoded(of)}")
    return "{\n" + ",\n".join(lines) + "\n}"


def _json_escape(match: Any) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    above = code - 0x10000
    return f"\\u{0xD800 + (above >> 10):04x}\\u{0xDC00 + (above & 0x3FF):04x}"


def _md_part(table: Table, write: Write) -> None:
    if table.title:
        write(f"### {markdown(table.title)}\n\n")
    columns = [column for column in table.columns if not column.beside]
    if not table.row_count:
        write(markdown(table.empty) + "\n")
        return
    rows = (
        [
            # Guides of a tree would be read as text; a dash for each step keeps the shape.
            "– " * (len(column.leads[row]) // 3 if column.leads else 0) + joined(column.cells[row])
            for column in columns
        ]
        for row in range(table.row_count)
    )
    _md_table([c.heading for c in columns], rows, [c.right for c in columns], write)


def _md_table(
    heading: Iterable[str], rows: Iterable[Iterable[str]], right: list[bool], write: Write
) -> None:
    names = list(heading)
    marks = ["---:" if at < len(right) and right[at] else "---" for at in range(len(names))]
    write("| " + " | ".join(map(markdown, names)) + " |\n")
    write("| " + " | ".join(marks) + " |\n")
    for row in rows:
        write("| " + " | ".join(map(markdown, row)) + " |\n")


def _md_lines(part: Lines | Notices, write: Write) -> None:
    for line in part.lines:
        text = "".join(piece for piece, _ in line).strip()
        write(f"- {markdown(text)}\n" if text else "")
