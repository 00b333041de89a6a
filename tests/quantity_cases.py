"""What the tests of quantities share: units, a reader, tables of cases, and readings as text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from ftz_cli.quantities.decimals import plain
from ftz_cli.quantities.quantity import Mention, Quantity
from ftz_cli.quantities.reader import Reader
from ftz_cli.quantities.units import Unit, Units

TESTS = Path(__file__).parent
# A third has no exact decimal: hand-written values carry five digits.
CLOSE = Decimal("0.00003")

Case = dict[str, str]


def table(path: str) -> list[Case]:
    """The rows of a CSV file below tests/."""
    with (TESTS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clauses(path: str) -> list[Case]:
    """The clauses of a list, in either form of its columns."""
    rows = table(path)
    for row in rows:
        row.setdefault("clause", row.get("text", ""))
        if row.get("printed") and not row["value"]:
            row["value"] = "?"
        row["bound"] = row["bound"] or "exact"
    return rows


UNITS = Units(Unit.of_row(*row.values()) for row in table("../db/units.csv"))
READER = Reader(UNITS, (row["word"] for row in table("../ftz_cli/language/lookalikes.csv")))


def reading(said: Quantity) -> str:
    """Value, other end, unit and bound: 3..5 万人次 range."""
    if said.parts:
        return ":".join(map(str, said.parts))
    ends = [plain(said.value), *([plain(said.value_to)] if said.value_to is not None else [])]
    return f"{'..'.join(ends)} {said.unit.id} {said.bound}".replace("  ", " ")


def readings(mentions: Iterable[Mention]) -> str:
    """Each mention's reading and direction; ? for what is unread, nothing for a date unknown."""
    said = []
    for mention in mentions:
        if mention.quantity is not None:
            direction = f" {mention.direction}" if mention.direction else ""
            said.append(reading(mention.quantity) + direction)
        elif mention.kind == "unread":
            said.append("?")
    return "; ".join(said) or "-"


def judged(case: Case) -> tuple[bool, bool]:
    """Whether a clause's value is read, and the value with its bound.

    One of the mentions has to be the one wanted; where none is, only dates may be seen. A `?`
    stands for an amount that names no number.
    """
    found = list(READER.find(case["clause"]))
    if not case["value"]:
        return (all(one.kind == "date" for one in found),) * 2
    if case["value"] == "?":
        return (any(one.quantity is None for one in found),) * 2
    if case["unit"] == "date":
        said = [(one.quantity.value, one.quantity.value_to or "") for one in found if one.quantity]
        return ((case["value"], case["value_to"]) in said,) * 2
    right = [one for one in found if is_meant(case, one)]
    return bool(right), any(one.quantity and one.quantity.bound == case["bound"] for one in right)


def is_meant(case: Case, mention: Mention) -> bool:
    """Whether a mention has the value, range and base unit that a case of a list names.

    A fall may be wanted as a negative value.
    """
    said, value = mention.quantity, case["value"]
    if said is None or isinstance(said.value, str):
        return False
    if ":" in value:
        return ":".join(map(str, said.parts)) == value
    if mention.direction == "down" and value.startswith("-"):
        value = value[1:]
    unit = UNITS.find(case["unit"]) or UNITS.scales.get(case["unit"])
    factor = unit.factor if unit else Decimal(1)
    base = said.unit.base if unit and unit.kind != "scale" else ""
    ends = [(said.base_value, value), (said.base_value_to, case["value_to"])]
    return base == (unit.base if unit else "") and all(
        (got is None) == (not wanted)
        and (got is None or abs(got - Decimal(wanted) * factor) <= abs(got) * CLOSE)  # type: ignore[operator]
        for got, wanted in ends
    )


def examples(productions: Iterable[Case]) -> list[list[str]]:
    """Each example of a table of productions: what is printed, and its reading."""
    every = "; ".join(row["examples"] for row in productions if row["examples"])
    return [example.split(" = ") for example in every.split("; ")]
