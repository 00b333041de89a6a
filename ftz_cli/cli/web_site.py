"""`ftz serve`: the data in a browser, on our pages and in Datasette's tables."""

import socket
from collections.abc import Callable
from typing import Any

from ..api import Dataset
from ..language import Message, shown
from ..model.dataset_schema import package_description, tables
from ..model.errors import DatabaseUnusable, FtzError, UsageError

# Datasette counts the values of these columns beside the tables of figures.
FACETED = {"facets": ["zone", "metric", "period"], "sort": "id"}
TABLES = "select name from sqlite_master where type in ('table', 'view')"
# Datasette's CSV link of a table asks for as many rows as a page may have.
SETTINGS = {"max_returned_rows": 1_000_000, "suggest_facets": False}


def serve(data: Dataset, host: str, port: int, notify: Callable[[Message], None]) -> None:
    """Serve the database until Ctrl-C; `notify` gets the address."""
    application = site(data).app()
    import uvicorn  # from the extra `web`, like Datasette

    try:
        listener = socket.create_server((host, port))
    except (OSError, UnicodeError) as why:
        text = "can't listen on {host}, port {port}: {why}"
        raise UsageError(text, host=shown(host), port=port, why=why) from None
    with listener:
        url = f"http://{host}:{listener.getsockname()[1]}"
        notify(Message("serving {url}; Ctrl-C stops it", url=url))
        config = uvicorn.Config(application, log_level="warning", lifespan="on")
        uvicorn.Server(config).run(sockets=[listener])


def site(data: Dataset) -> Any:
    """A Datasette that reads the file of `data`, with our pages."""
    if not data.path:
        raise DatabaseUnusable("the database is in memory; load it into a file first: --db FILE")
    if set(data.path) & set("?#%"):
        raise UsageError("Datasette can't open a file of this name: {path}", path=shown(data.path))
    try:
        from datasette.app import Datasette
        from datasette.database import Database
        from datasette.plugins import pm
    except ImportError:
        raise FtzError("Datasette is not installed; install ftz-cli[web]") from None
    from . import web_pages  # it needs Datasette

    # Datasette's plugin for errors prints a traceback for every page not found.
    pm.set_blocked("datasette.handle_exception")
    if not pm.is_registered(web_pages):
        pm.register(web_pages)
    # Datasette shows titles and descriptions; internal tables are hidden.
    package = package_description()
    described: dict[str, dict[str, Any]] = {
        table.name: {
            "title": str(table.title),
            "description": str(table.description),
            "columns": {one.name: str(one.description) for one in table.columns},
        }
        for table in tables().values()
    }
    described["figures"] |= FACETED
    described["figures_flat"] = FACETED
    for (internal,) in data.db.query(TABLES):
        described.setdefault(internal, {"hidden": True, "allow": False})
    about = {
        "title": f"{package['title']} · {package['title_zh']}",
        "description": package["description"],
        "tables": described,
    }
    metadata = about | {"databases": {web_pages.NAME: about}}
    served = Datasette(metadata=metadata, template_dir=str(web_pages.TEMPLATES), settings=SETTINGS)
    database = Database(served, path=data.path, is_mutable=False)
    served.add_database(database, name=web_pages.NAME)
    return served
