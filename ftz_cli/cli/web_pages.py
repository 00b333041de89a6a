"""The pages of `ftz serve`, a plugin of Datasette; each shows the answer of a command."""

import re
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from datasette import Response, hookimpl
from markupsafe import Markup

from ..language import language, shown, translate, visible
from ..model.errors import FtzError, NotFound
from ..output import View
from ..output.answers import list_view
from ..output.html_format import STYLE as PAGE_STYLE
from ..output.html_format import html_fragment
from ..output.view import title_of
from . import lookup_commands as look
from .comparison_commands import compare
from .options import FigureListing

# The name of the database in the addresses of Datasette's pages.
NAME = "data"
# A clause of a notice that names a command or an option.
COMMAND_LINE = re.compile(r"[;.；。][^;.；。]*(?:ftz |--)[^;.；。]*")
TEMPLATES = Path(__file__).parent
STYLE = Markup(PAGE_STYLE + (TEMPLATES / "web_style.css").read_text(encoding="utf-8"))


class Page(FigureListing):
    """Stands in for the options of a command, and collects what it shows."""

    def __init__(self, path: str) -> None:
        super().__init__(db=path)
        self.body, self.title = Markup(), ""

    def write(self, view: View) -> None:
        """Add an answer with all its rows."""
        parts = [*view.parts()]
        self.title = title_of(parts)
        self.body += Markup(html_fragment(parts, site=True))

    def notice(self, message: object) -> None:
        """Add a notice, without its clauses on the command line."""
        text = COMMAND_LINE.sub("", str(message))
        self.body += Markup('<p class="notice">{}</p>').format(text)


def _compare(page: Page, asked: str) -> None:
    names = [name.strip() for name in re.split("[,，、;；]", asked)]
    compare(page, names, like=len(names) == 1)


# The addresses of pages. The name or question is in the address or in the query.
ROUTES: dict[str, Callable[[Page, str], None]] = {
    r"^/$": lambda page, _: page.show(list_view("zones", page.data.zones())),
    r"^/metric$": lambda page, asked: look.metric(page, [asked]),
    r"^/compare$": _compare,
    r"^/figure/(?P<asked>[^/]+)$": look.figure,
    r"^/zone/(?P<asked>[^/]+)$": lambda page, asked: look.zone(page, [asked]),
    r"^/initiative/(?P<asked>[^/]+)$": lambda page, asked: look.initiative(page, [asked]),
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The addresses of our pages; Datasette tries them before its own."""
    return [(pattern, partial(_answer, command)) for pattern, command in ROUTES.items()]


async def _answer(command: Callable[[Page, str], None], datasette: Any, request: Any) -> Response:
    asked, named = _asked(request), unquote(request.url_vars.get("asked", ""))
    with Page(datasette.get_database(NAME).path) as page:
        command(page, named or asked.get("q") or asked.get("names", ""))
    return await _response(datasette, request, page, 200)


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """A page with the error, or JSON if the address ends with .json."""
    status, why = getattr(exception, "status", 500), exception
    if isinstance(exception, FtzError):
        status = 404 if isinstance(exception, NotFound) else 400
    elif status == 404:
        why = FtzError("no page {path}", path=shown(request.path))
    elif status == 500 and request.query_string and request.path.startswith(f"/{NAME}"):
        status = 400  # a query string that Datasette can't read
    elif status == 500:
        traceback.print_exception(exception)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": str(why), "status": status}, status=status)
    page = Page(datasette.get_database(NAME).path)
    page.notice(why)
    return _response(datasette, request, page, status)


def _asked(request: Any) -> dict[str, str]:
    return {name: visible(request.args[name]) for name in request.args}


async def _response(datasette: Any, request: Any, page: Page, status: int) -> Response:
    values = dict(page=page, asked=_asked(request), style=STYLE, lang=language(), say=translate)
    html = await datasette.render_template("web_page.html", values, request=request)
    return Response.html(html, status=status)
