"""Commands of a curator: from an article to checked figures."""

from typing import Annotated

import typer

from .options import Limit, Reading, Run

Folders = Annotated[
    list[str],
    typer.Argument(metavar="DIR…", help="Folders of CSV files; 'bundled' names the bundled one."),
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
    folders: Annotated[list[str] | None, typer.Argument()] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="FILE", help="Look for what is printed in this text."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Explain fault codes and columns.")
    ] = False,
    limit: Limit = None,
) -> None:
    """Check dataset folders without loading them.

    Example: ftz check bundled my/
    """


def load(run: Run, folders: Folders) -> None:
    """Load dataset folders into the database, all or nothing.

    Example: ftz load bundled my/
    """
