"""Measure lists of questions: `python -m tests.benchmarks.lookup [--db FILE] [--failures] LIST…`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from ftz_cli.curation.loader import load
from ftz_cli.database import Database, open_named

from . import DEVELOPMENT, Asked, beside_rivals, by_kind, ours, questions, without_parts


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
                print(by_kind(ours(db), asked, name.stem).text(), end="\n\n")
                if options.rivals:
                    print(beside_rivals(db, asked, name.stem).text(), end="\n\n")
                if options.without:
                    print(without_parts(db, asked, name.stem).text(), end="\n\n")
                if options.failures:
                    failures(db, asked)


if __name__ == "__main__":
    main()
