"""Measure lists of questions: `python -m tests.benchmarks.lookup [--db FILE] [--failures] LIST…`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from ftz_cli.curation.loader import load
from ftz_cli.database import Database, open_named

from ..measure import Sheet
from . import DEVELOPMENT, PARTS, Asked, ours, questions, scores, switched_off
from .rivals import rivals

HEADS = ("", "questions", "first", "top 3", "of these noticed", "refused", "silent")


def failures(db: Database, asked: list[Asked]) -> None:
    """Print the questions that were answered otherwise than the list has it."""
    look_up = ours(db)
    for one in asked:
        found = look_up(one.question)
        if not (found.ids[0] in one.answers if found.ids else not one.answers):
            print(one.kind, one.question, *sorted(one.answers), "→", *found.ids[:3], sep="\t")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.lookup", description=__doc__)
    parser.add_argument("lists", nargs="*", type=Path, default=[DEVELOPMENT], metavar="LIST")
    parser.add_argument("--db", type=Path, help="database; default: the bundled data")
    parser.add_argument("--failures", action="store_true", help="print what went wrong")
    parser.add_argument("--rivals", action="store_true", help="beside plainer look-ups")
    parser.add_argument("--without", action="store_true", help="without each part of the look-up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "lookup.db"
        if options.db is None:
            load(["bundled"], path)
        with open_named(path) as db:
            for name in options.lists:
                asked = questions(name)
                found = {kind: score.cells() for kind, score in scores(ours(db), asked).items()}
                for rival, look_up in rivals(db).items() if options.rivals else ():
                    found[rival] = scores(look_up, asked)["all"].cells()
                for part in PARTS if options.without else ():
                    with switched_off(part):
                        found[f"without {part}"] = scores(ours(db), asked)["all"].cells()
                rows = [(kind, *cells) for kind, cells in found.items()]
                print(Sheet(name.stem, HEADS, rows).text(), end="\n\n")
                if options.failures:
                    failures(db, asked)


if __name__ == "__main__":
    main()
