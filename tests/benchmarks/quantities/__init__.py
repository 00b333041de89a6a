"""Printed quantities of ordinary news usage: this reader beside cn2an and Recognizers-Text."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..measure import Sheet

HERE = Path(__file__).parent
LIST = HERE / "list.csv"
# Values are the same when they differ by less than this part of them: 1/3 has no exact decimal.
NEAR = Decimal("0.00002")

Row = dict[str, str]
# Whether the value is right, and the value with its bound.
Verdict = tuple[bool, bool]


def gold(path: Path = LIST) -> list[Row]:
    """The list: a clause, what is printed in it, and what that says; no `printed` is no number."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reader() -> Callable[[Row], Verdict]:
    """Judges this project's reader, with the bundled units and look-alikes."""
    from ftz_cli.dataset import Dataset, folders_named

    read = Dataset(folders_named([])).reader

    def judge(row: Row) -> Verdict:
        found = list(read.find(row["text"]))
        if not row["printed"]:
            return (not found,) * 2
        if len(found) != 1:
            return False, False
        said = found[0].quantity
        if said is None or not row["value"]:
            return (said is None and not row["value"],) * 2
        if said.parts:
            return (":".join(map(str, said.parts)) == row["value"],) * 2
        right = same(said.base_value, row["base_value"] or row["value"]) and (
            not row["value_to"] or same(said.base_value_to, row["base_value_to"] or row["value_to"])
        )
        return right, right and said.bound == (row["bound"] or "exact")

    return judge


def same(found: Decimal | str | None, wanted: str) -> bool:
    """Whether a value read is the one wanted; dates are compared as text."""
    if found is None or isinstance(found, str):
        return found == wanted
    try:
        return abs(found - Decimal(wanted)) <= abs(found) * NEAR
    except InvalidOperation:
        return False


def peer(name: str, rows: list[Row], peers: Path | None) -> list[Verdict] | None:
    """Verdicts on another reader, run by the Python that has it; None where none has.

    Favourable to it: any of the numbers that it finds may be the one wanted, with its unit's
    factor or without, a share may be told as a fraction, and a date in its parts. It says no bound, so that a
    value with its bound is right where the quantity is exact.
    """
    pythons = [sys.executable, *([str(peers / "bin" / "python")] if peers else [])]
    texts = json.dumps([[row["text"], row["printed"]] for row in rows])
    for python in pythons:
        command = [python, str(HERE / "rivals.py"), name]
        ran = subprocess.run(command, input=texts, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            found = json.loads(ran.stdout)
            return [_peer_verdict(row, values) for row, values in zip(rows, found, strict=True)]
    return None


def _peer_verdict(row: Row, found: list[str]) -> Verdict:
    if not row["value"]:
        # No number, or an amount that names none: to see one is wrong.
        return (not found,) * 2
    if ":" in row["value"]:
        return (row["value"] in found or all(p in found for p in row["value"].split(":")),) * 2
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", row["value"]) and row["value"] not in found:
        parts = {part.lstrip("0") for part in row["value"].split("-")}
        return (parts <= set(found),) * 2
    if row["unit"] == "%":
        found = [*found, *(str(Decimal(value) * 100) for value in found if _is_number(value))]
    wanted = [{row["value"], row["base_value"]} - {""}]
    if row["value_to"]:
        wanted.append({row["value_to"], row["base_value_to"]} - {""})
    right = all(any(_equal(value, one) for value in found for one in ones) for ones in wanted)
    return right, right and (row["bound"] or "exact") == "exact"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _equal(value: str, wanted: str) -> bool:
    if value == wanted:
        return True
    try:
        return same(Decimal(value), wanted)
    except InvalidOperation:
        return False


def measured(peers: Path | None, path: Path = LIST) -> list[Sheet]:
    """How many values, and values with bounds, each reader gets right."""
    rows = gold(path)
    judge = reader()
    verdicts: dict[str, list[Verdict] | None] = {
        "ftz": [judge(row) for row in rows],
        "cn2an": peer("cn2an", rows, peers),
        "Recognizers-Text": peer("recognizers", rows, peers),
    }
    sheet = Sheet(
        f"{len(rows)} clauses of ordinary news usage, read rightly",
        ["", "value", "value with bound", "numbers seen in clauses without"],
        remark="The others say no bound, so theirs are right where the quantity is exact. They "
        "are judged kindly: any number that they find may be the right one.",
    )
    without = [at for at, row in enumerate(rows) if not row["printed"]]
    for name, found in verdicts.items():
        if found is None:
            sheet.rows.append((name, "–", "–", "–"))
            continue
        seen = sum(not found[at][0] for at in without)
        value, bound = (sum(one[at] for one in found) for at in (0, 1))
        sheet.rows.append((name, _share(value, len(rows)), _share(bound, len(rows)),
                           f"{seen} of {len(without)}"))  # fmt: skip
    return [sheet]


def _share(count: int, total: int) -> str:
    return f"{count} ({count / total:.0%})"
