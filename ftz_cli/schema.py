"""The tables and columns that a dataset has, read from `datapackage.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .bundled import bundled_folder

PACKAGE_FILE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what the schema asks of its cells."""

    name: str
    type: str
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    required: bool
    enum: frozenset[str] | None
    pattern: re.Pattern[str] | None
    minimum: int | None
    max_length: int

    @property
    def numeric(self) -> bool:
        """Whether full-width digits are read as digits here."""
        return self.type == "integer" or self.name in ("value", "value_to", "factor", "minimum")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, primary key, and which columns point to which table."""

    name: str
    title_en: str
    title_zh: str
    description_en: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: dict[str, str]

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    @property
    def at(self) -> dict[str, int]:
        """Where each column stands, by its name."""
        return {name: place for place, name in enumerate(self.column_names)}

    @property
    def references(self) -> dict[str, str]:
        """Which columns point to which table in the database.

        A figure's unit does too there: the loader adds those that figures compose (万单).
        """
        return self.foreign_keys | ({"unit": "units"} if self.name == "figures" else {})

    @property
    def key_places(self) -> list[int]:
        """Where the columns of the primary key stand."""
        return [self.at[name] for name in self.primary_key]


# Cells longer than this are refused even where the schema is silent.
LONGEST_CELL = 1000


@cache
def tables() -> dict[str, Table]:
    """Every table by name, in an order in which each comes after those it points to."""
    package = json.loads((bundled_folder() / PACKAGE_FILE).read_text(encoding="utf-8"))
    return {resource["name"]: _table(resource) for resource in package["resources"]}


def _table(resource: dict) -> Table:  # type: ignore[type-arg]
    schema = resource["schema"]
    _all_followed(resource["name"], schema, ("fields", "primaryKey", "foreignKeys"))
    return Table(
        resource["name"],
        resource["title"],
        resource["title_zh"],
        resource["description"],
        tuple(_column(field) for field in schema["fields"]),
        tuple(schema.get("primaryKey", ())),
        {
            # A key into the table itself names no table.
            key["fields"][0]: key["reference"].get("resource") or resource["name"]
            for key in schema.get("foreignKeys", ())
        },
    )


def _column(field: dict) -> Column:  # type: ignore[type-arg]
    asked = field.get("constraints", {})
    _all_followed(field["name"], asked, ("required", "enum", "pattern", "minimum", "maxLength"))
    _all_followed(field["name"], (field["type"],), ("string", "integer"))
    return Column(
        field["name"],
        field["type"],
        field["title"],
        field["title_zh"],
        field["description"],
        field["description_zh"],
        asked.get("required", False),
        frozenset(asked["enum"]) if "enum" in asked else None,
        re.compile(asked["pattern"]) if "pattern" in asked else None,
        asked.get("minimum"),
        asked.get("maxLength", LONGEST_CELL),
    )


def _all_followed(name: str, asked: Iterable[str], followed: tuple[str, ...]) -> None:
    """Stop at a rule of the schema that no check here follows: it would be passed over."""
    left = set(asked).difference(followed)
    if left:
        raise NotImplementedError(f"{name}: nothing checks {', '.join(sorted(left))}")
