"""The curator's bench: load, check, scan."""

import gc
import sys
from typing import Annotated

import typer

from ..options import Session, reads

gc.enable()  # these commands run long enough to need it

Folders = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DIR]…", help="Folders of CSV files; 'bundled' names the bundled one."),
]


@reads
def load(session: Session, folders: Folders = None) -> None:
    """Load dataset folders into the database, all or nothing.

    Example: ftz load bundled my/
    """
    from pathlib import Path

    from .. import store
    from ..catalogue import Message, say
    from ..dataset import folders_named, lines_to_come
    from ..errors import DatabaseUnusable
    from ..load import Refused
    from ..load import load as load_into
    from ..render.progress import progress

    path = Path(session.db) if session.db else store.cache_path()
    if path is None:
        raise DatabaseUnusable("load.no_cache")
    lang = session.language
    try:
        watched = sys.stderr.isatty() and not session.quiet
        total = lines_to_come(folders_named(folders or [])) if watched else None
        with progress(say("progress.load", lang), total, session.quiet) as advance:
            count = load_into(path, folders or [], advance)
    except Refused as refused:
        for problem in refused.problems:
            print(problem.told(lang), file=sys.stderr)
        raise
    session.tell(Message("load.done", count=count, path=path))


@reads
def check(
    session: Session,
    folders: Folders = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Explain a fault code, or all.")
    ] = None,
) -> None:
    """Check dataset folders without loading them.

    Example: ftz check bundled my/
    """
    from ..catalogue import Message, say
    from ..errors import FaultFound, UsageError
    from ..faults import FAULTS
    from ..render import views
    from ..render.progress import progress
    from ..text import shown

    lang = session.language
    if explain is not None:
        if explain != "all" and explain not in FAULTS:
            raise UsageError("check.no_code", code=shown(explain))
        session.show(views.faults([f for c, f in FAULTS.items() if explain in ("all", c)]))
        return
    from ..dataset import Dataset, folders_named, lines_to_come

    dataset = Dataset(folders_named(folders or []))
    total = lines_to_come(dataset.folders) if sys.stderr.isatty() else None
    with progress(say("progress.check", lang), total, session.quiet) as advance:
        count = dataset.check(advance)
    session.show(views.problems(dataset.problems))
    if dataset.problem_count:
        more = dataset.problem_count - len(dataset.problems)
        if more:
            raise FaultFound("check.more", count=dataset.problem_count, more=more)
        raise FaultFound()
    session.tell(Message("check.clean", count=count))


@reads
def scan(
    session: Session,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="An article's file, or - for stdin.")],
    stubs: Annotated[
        bool, typer.Option("--stubs", help="Print rows for figures.csv from what is not curated.")
    ] = False,
) -> None:
    """Find every number in an article, and say which are curated.

    Example: ftz scan article.txt --stubs
    """
    from .. import bench
    from ..catalogue import Message, say
    from ..errors import FaultFound
    from ..render import views
    from ..render.progress import progress

    lang = session.language
    article = bench.article(text)
    source = bench.source_of(session.connection, article)
    if source is None:
        session.tell(Message("scan.new"))
    with progress(say("progress.scan", lang), article.count("\n") + 1, session.quiet) as advance:
        scanned = bench.scanned(session.connection, article, source, advance)
    if stubs:
        session.as_json, session.format = False, session.format or "csv"
        session.show(views.rows(*bench.stubs(scanned)))
    else:
        session.show(views.scanned(scanned))
    open_ = sum(one.state in ("uncurated", "stray") for one in scanned)
    if open_:
        raise FaultFound("scan.open", count=open_)
