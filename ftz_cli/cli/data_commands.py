"""Commands on the data as a whole: SQL, a Data Package, a browser."""

import sys
from typing import Annotated

import typer

from ..language import Message
from ..model.errors import UsageError
from .options import LIMIT, Reading, Run


def sql(
    run: Reading,
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="One SELECT; - reads it from stdin.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="List tables, views and columns.")
    ] = False,
    limit: Annotated[int, LIMIT] = 10_000,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Stop a query after so long.")
    ] = 10.0,
) -> None:
    """Ask the data anything in SQL, reading only.

    Example: ftz sql "select zone_en, printed from figures_flat where period = '2021'"
    """

    from ..output.rows_view import rows_view  # start-up would pay for it

    if schema == (query is not None):
        raise UsageError("give one query, or --schema")
    with run.dataset() as data:
        if query is None:
            run.show(rows_view(*data.schema()))
            return
        answer = data.sql(_from_stdin() if query == "-" else query, limit, timeout)
        if answer.cut:
            run.notice(answer.cut)
        run.show(rows_view(answer.names, answer.rows))


def _from_stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("the query is not UTF-8: byte {place}", place=error.start + 1) from None


def export(
    run: Run,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Write the data as a Data Package: a CSV for each table, and datapackage.json.

    Example: ftz export figures-2022
    """
    with run.dataset() as data:
        count = data.export(folder)
    run.notice(Message("{count} figures written to {folder}", count=count, folder=folder))


def serve(
    run: Run,
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
) -> None:
    """Show the data in a browser, with Datasette.

    Example: ftz serve --port 8080
    """
    from .web_site import serve as serve_site  # it loads Datasette

    with run.dataset() as data:
        serve_site(data, host, port, run.notice)
