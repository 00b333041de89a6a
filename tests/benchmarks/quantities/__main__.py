"""Measure the lists: `python -m tests.benchmarks.quantities [--rivals [VENV]] [--failures]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..measure import Sheet

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
from quantity_cases import UNITS, Case, clauses, judged

HERE = Path(__file__).parent
LISTS = {"zh": "chinese.csv", "en": "english.csv"}
PEERS = {"zh": ("cn2an", "recognizers", "quantulum3"), "en": ("recognizers", "quantulum3")}
# Values are the same when they differ by less than this part of them: 1/3 has no exact decimal.
NEAR = Decimal("0.00003")
# Whether the value is right, and the value with its bound.
Verdict = tuple[bool, bool]


def peer(name: str, language: str, rows: list[Case], peers: Path) -> list[Verdict] | None:
    """Verdicts on another reader, run by the Python that has it; None where none has.

    Favourable to it: any of the numbers that it finds may be the one wanted, with its unit's
    factor or without, a share may be told as a fraction, and a date in its parts. It says no
    bound, so that a value with its bound is right where the quantity is exact.
    """
    asked = json.dumps([row["clause"] for row in rows])
    for python in (sys.executable, str(peers / "bin" / "python")):
        command = [python, str(HERE / "rivals.py"), name, language]
        ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            found = json.loads(ran.stdout)
            return [_peer_verdict(row, values) for row, values in zip(rows, found, strict=True)]
    return None


def _peer_verdict(row: Case, found: list[str]) -> Verdict:
    if row["value"] in ("", "?"):
        # No number, or an amount that names none: to see one is wrong.
        return (not found,) * 2
    if ":" in row["value"]:
        return (row["value"] in found or all(p in found for p in row["value"].split(":")),) * 2
    if row["unit"] == "date" and row["value"] not in found:
        return ({part.lstrip("0") for part in row["value"].split("-")} <= set(found),) * 2
    unit = UNITS.find(row["unit"])
    factors = {Decimal(1), unit.factor if unit else Decimal(1)}
    if row["unit"] == "%":
        factors.add(Decimal("0.01"))
    ends = [end.removeprefix("-") for end in (row["value"], row["value_to"]) if end]
    right = all(any(_equal(one, end, factors) for one in found) for end in ends)
    return right, right and row["bound"] == "exact"


def _equal(found: str, wanted: str, factors: set[Decimal]) -> bool:
    try:
        value = abs(Decimal(found))
        return any(abs(value - Decimal(wanted) * factor) <= value * NEAR for factor in factors)
    except InvalidOperation:
        return found == wanted


def measured(language: str, rows: list[Case], peers: Path | None) -> Sheet:
    """How many values, and values with bounds, each reader gets right; `peers` has the others."""
    verdicts: dict[str, list[Verdict] | None] = {"ftz": [judged(row) for row in rows]}
    if peers:
        verdicts |= {name: peer(name, language, rows, peers) for name in PEERS[language]}
    said = [at for at, row in enumerate(rows) if row["value"]]
    without = [at for at, row in enumerate(rows) if not row["value"]]
    sheet = Sheet(
        f"{len(said)} quantities of clauses ({language}), read rightly",
        ["", "value", "value with bound", f"numbers seen in {len(without)} clauses without"],
    )
    for name, found in verdicts.items():
        if found is None:
            sheet.rows.append((name, "–", "–", "–"))
            continue
        value, bound = (sum(found[at][n] for at in said) / len(said) for n in (0, 1))
        seen = sum(not found[at][0] for at in without)
        sheet.rows.append((name, f"{value:.1%}", f"{bound:.1%}", str(seen)))
    return sheet


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.quantities", description=__doc__)
    parser.add_argument("--rivals", nargs="?", type=Path, const=Path(sys.prefix), metavar="VENV",
                        help="beside other readers, those of VENV too")  # fmt: skip
    parser.add_argument("--failures", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    for language, name in LISTS.items():
        rows = clauses(f"benchmarks/quantities/{name}")
        print(measured(language, rows, options.rivals).text(), end="\n\n")
        if options.failures:
            print(*(row["clause"] for row in rows if judged(row) != (True, True)), sep="\n")


if __name__ == "__main__":
    main()
