"""Commands on the whole data: SQL, a Data Package, a browser."""

import sys
from typing import Annotated

from ..language import Message
from ..output.answers import rows_view
from .options import LIMIT, Reading, Run, argument, option

# A command imports inside what only it needs, for a quick start of the others.
Query = Annotated[str, argument("One SELECT; - reads it from stdin.", "QUERY")]
RowLimit = Annotated[int, LIMIT]
Folder = Annotated[str, argument("A new or empty folder.", "DIR")]
Host = Annotated[str, option("Address to listen on.", "--host", "ADDRESS")]
Port = Annotated[
    int, option("Port to listen on; 0 takes a free one.", "--port", "PORT", min=0, max=65535)
]


def sql(run: Reading, query: Query, limit: RowLimit = 10_000) -> None:
    """Query the data in SQL, reading only.

    Example: ftz sql "select zone_en, printed from figures_flat where period = '2021'"
    """
    answer = run.data.sql(sys.stdin.read() if query == "-" else query, limit)
    run.show(rows_view(answer.names, answer.rows), filter(None, [answer.cut]))


def export(run: Run, folder: Folder) -> None:
    """Write the data as a Data Package: a CSV for each table, and datapackage.json.

    Example: ftz export figures-2022
    """
    count = run.data.export(folder)
    run.notice(Message("{count} figures written to {folder}", count=count, folder=folder))


def serve(run: Run, host: Host = "127.0.0.1", port: Port = 8001) -> None:
    """Show the data in a browser, with Datasette.

    Example: ftz serve --port 8080
    """
    from .web_site import serve as serve_site

    serve_site(run.data, host, port, run.notice)
