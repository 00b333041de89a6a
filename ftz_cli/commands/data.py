"""The data itself: free questions in SQL, a Data Package of it, and a browser on it."""

import sys
from typing import Annotated

import typer

from ..options import DatabaseOption, Lang, Quiet, Session, reads


@reads
def sql(
    session: Session,
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="One SELECT; - reads it from stdin.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="List the tables, views and their columns.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="ROWS", min=1, help="Show at most so many rows.")
    ] = 10_000,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Stop a query after so long.")
    ] = 10.0,
) -> None:
    """Ask the database anything in SQL; reading only.

    Example: ftz sql "select zone_en, printed from figures_flat where period = '2021'"
    """
    from .. import sql
    from ..errors import UsageError
    from ..render import views

    if schema == (query is not None):
        raise UsageError("sql.one")
    if query is None:
        session.show(views.rows(sql.SCHEMA_FIELDS, sql.schema_rows(session.language), "schema"))
        return
    if query == "-":
        query = sql.checked_text(sys.stdin.buffer.read(sql.LONGEST_QUERY + 1))
    answer = sql.ask(session.connection, query, limit, timeout)
    if answer.cut:
        session.tell(answer.cut)
    session.show(views.rows(answer.names, answer.rows))


def export(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A new or empty folder, or an earlier export.")
    ],
    db: DatabaseOption = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Write the database as a Data Package: a CSV for each table, and datapackage.json.

    Example: ftz export figures-2022
    """
    from ..catalogue import Message
    from ..export import export

    session = Session(db=db, lang=lang, quiet=quiet)
    count = export(session.connection, folder)
    session.tell(Message("export.done", count=count, path=folder))


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar="PORT",
            min=0,
            max=65535,
            help="Port to listen on; 0 takes a free one.",
        ),
    ] = 8001,
    db: DatabaseOption = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Show the database in a browser, with Datasette.

    Example: ftz serve --port 8080
    """
    from ..serve import serve

    session = Session(db=db, lang=lang, quiet=quiet)
    serve(session.connection, host, port, session.tell)
