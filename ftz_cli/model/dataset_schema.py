"""The tables and columns that a dataset has, read from `datapackage.json`."""

import json
import re
from functools import cache
from typing import Any, NamedTuple

from ..language import language
from .bundled import bundled_folder

PACKAGE_FILE = "datapackage.json"
# Columns with EDTF, and columns with numbers: the schema has them as text, to keep the digits.
PERIODS = frozenset({"period", "base_period", "start", "published"})
NUMBERS = frozenset({"value", "value_to", "factor", "minimum"})


class SchemaText(NamedTuple):
    """A text of the schema in both languages; `str()` is the one in use."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en


class Column(NamedTuple):
    """A column and the constraints of its cells."""

    name: str
    type: str
    description: SchemaText
    required: bool
    enum: tuple[str, ...]
    pattern: re.Pattern[str] | None
    minimum: int | None
    max_length: int


class Table(NamedTuple):
    """A table: its columns, and the tables that its foreign keys refer to. Its key is `id`."""

    name: str
    title: SchemaText
    description: SchemaText
    columns: tuple[Column, ...]
    foreign_keys: dict[str, str]

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    def words(self, column: str) -> tuple[str, ...]:
        """The words that a column is limited to."""
        return next(one.enum for one in self.columns if one.name == column)


def package_description() -> dict[str, Any]:
    """The bundled `datapackage.json`."""
    return dict(json.loads((bundled_folder() / PACKAGE_FILE).read_bytes()))


@cache
def tables() -> dict[str, Table]:
    """Every table by name, in the order of `datapackage.json`."""
    found = {}
    for resource in package_description()["resources"]:
        name, schema = resource["name"], resource["schema"]
        # A key into the table itself has no resource.
        keys = {
            key["fields"][0]: key["reference"].get("resource") or name
            for key in schema.get("foreignKeys", ())
        }
        columns = tuple(map(_column, schema["fields"]))
        texts = _text(resource, "title"), _text(resource, "description")
        found[name] = Table(name, *texts, columns, keys)
    return found


def _text(described: dict[str, Any], name: str) -> SchemaText:
    return SchemaText(described[name], described[f"{name}_zh"])


def _column(field: dict[str, Any]) -> Column:
    limits = field.get("constraints", {})
    return Column(
        field["name"],
        field["type"],
        _text(field, "description"),
        limits.get("required", False),
        tuple(limits.get("enum", ())),
        re.compile(limits["pattern"]) if "pattern" in limits else None,
        limits.get("minimum"),
        limits.get("maxLength", 1000),
    )
