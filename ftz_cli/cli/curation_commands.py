"""Commands for curators: from an article to checked figures."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..database import cache_path
from ..language import Message, join, visible
from ..output.answers import list_view, problems_view, scan_view
from .options import Listing, Run, Text, Words, argument, option

# A command imports inside what only it needs, for a quick start of the others.
Folders = Annotated[
    Words, argument("Folders of CSV files; 'bundled' names the bundled one.", "[DIR]…")
]
Article = Annotated[str, argument("An article's file, or - for stdin.", "TEXT")]
Stubs = Annotated[str, argument("A folder to write or add to.", "DIR")]
SourceText = Annotated[Text, option("Check that this text has what is printed.", "--text", "FILE")]
Explain = Annotated[bool, option("Explain the columns.", "--explain")]
AsSource = Annotated[Text, option("Compare with this source's figures.", "--as", "SOURCE")]
All = Annotated[bool, option("Show dates too.", "--all")]


def scan(run: Listing, text: Article, source: AsSource = None, all: All = False) -> None:
    """Find every number in an article, and show which are curated.

    Example: ftz scan article.txt
    """
    from ..curation.article_text import read_text

    run.protect(text)
    found = run.data.scan(read_text(text), source)
    unknown = (
        "Unknown text: numbers are compared with all figures of the places and periods beside them;"
        " --as SOURCE compares them with those of a source"
    )
    new = [] if found.source else [Message(unknown)]
    run.show(scan_view(found, dates=all, faults=source is not None), new)
    if found.at_fault:
        raise typer.Exit(1)


def stubs(run: Run, text: Article, folder: Stubs) -> None:
    """Write rows for the figures of an article; a curator completes them.

    Example: ftz stubs article.txt my/
    """
    from shlex import quote

    from ..curation.article_text import read_text

    source, added = run.data.stubs(read_text(text), Path(text).stem, folder)
    rows = join(f"{table}.csv {count}" for table, count in added.items())
    written = "rows added for the source '{source}': {rows}"
    run.notice(Message(written, source=source, rows=rows or Message("none")))
    if rows:
        next = "next: ftz check bundled {folder} --text {text}"
        run.notice(Message(next, folder=quote(folder), text=quote(text)))


def check(
    run: Listing, folders: Folders = None, text: SourceText = None, explain: Explain = False
) -> None:
    """Check dataset folders without loading them.

    Example: ftz check bundled my/
    """
    from ..curation.faults import columns
    from ..curation.loader import check as check_folders

    if explain:
        run.show(list_view("columns", columns()))
        return
    run.protect(text)
    dataset, count = check_folders(folders or [], Path(text) if text else None)
    first = dataset.problems[: run.limit]
    run.show(problems_view(first))
    run.notice_limit(len(first), dataset.problem_count)
    if dataset.problem_count:
        raise typer.Exit(1)
    run.notice(Message("no faults in {count} figures", count=count))


def load(run: Run, folders: Folders = None) -> None:
    """Load dataset folders, all or nothing; without any, the bundled data alone.

    Example: ftz load bundled my/
    """
    from ..curation.loader import Refused
    from ..curation.loader import load as load_folders

    path = None if run.db is None else Path(run.db)
    try:
        count = load_folders(folders or [], path, run.notice)
    except Refused as refused:
        print(*(visible(str(one)) for one in refused.problems), sep="\n", file=sys.stderr)
        raise
    run.notice(
        Message("{count} figures loaded into {path}", count=count, path=path or cache_path())
    )
