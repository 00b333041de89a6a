"""Commands of a curator: from an article to checked figures."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..language import Message, shown
from ..model.errors import FaultFound, UsageError
from .options import Limit, Reading, Run

# Each command imports what only it needs: start-up would pay for all of it.

Folders = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DIR]…", help="Folders of CSV files; 'bundled' names the bundled one."),
]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="An article's file, or - for stdin.")]


def scan(
    run: Reading,
    text: Text,
    source: Annotated[
        str | None,
        typer.Option("--as", metavar="SOURCE", help="Hold it against this source's figures."),
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Dates too.")] = False,
    limit: Limit = None,
) -> None:
    """Find every number in an article, and say which are curated.

    Example: ftz scan article.txt
    """


def stubs(
    run: Run,
    text: Text,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder to write or add to.")],
) -> None:
    """Write rows for the figures of an article, for a curator to complete.

    Example: ftz stubs article.txt my/
    """


def check(
    run: Reading,
    folders: Folders = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="FILE", help="Look for what is printed in this text."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Explain the columns, or the CODE of a fault.")
    ] = False,
    limit: Limit = None,
) -> None:
    """Check dataset folders without loading them.

    Example: ftz check bundled my/
    """
    if explain:
        _explain(run, folders or [])
        return
    from ..curation.checks import Dataset, folders_named
    from ..output.curation_view import problems_view

    dataset = Dataset(folders_named(folders or []), Path(text) if text else None)
    count = dataset.check()
    run.show(problems_view(dataset.problems[:limit]))
    if dataset.problem_count:
        run.notice_limit(len(dataset.problems[:limit]), dataset.problem_count)
        raise FaultFound()
    run.notice(Message("no faults in {count} figures", count=count))


def _explain(run: Reading, names: list[str]) -> None:
    """Show what the columns take, or what faults with these codes are."""
    from ..curation.faults import FAULTS, columns
    from ..output.curation_view import columns_view, fault_kinds_view

    codes = [name.upper() for name in names if name not in ("columns", "all")]
    unknown = [code for code in codes if code not in FAULTS]
    if unknown:
        raise UsageError("no fault '{code}'. See 'ftz check --explain all'", code=shown(unknown[0]))
    if codes or "all" in names:
        run.show(fault_kinds_view([FAULTS[code] for code in codes or FAULTS]))
    else:
        run.show(columns_view(columns()))


def load(run: Run, folders: Folders = None) -> None:
    """Load dataset folders into the database, all or nothing.

    Example: ftz load bundled my/
    """
    from ..curation.loader import Refused
    from ..curation.loader import load as load_folders
    from ..database import cache_path

    path = Path(run.db) if run.db else None
    try:
        count = load_folders(folders or [], path)
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        raise
    run.notice(
        Message("{count} figures loaded into {path}", count=count, path=path or cache_path())
    )
