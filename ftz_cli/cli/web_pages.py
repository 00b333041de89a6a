"""The pages of `ftz serve`: zones as a tree, metrics looked up, comparisons, figures."""

from __future__ import annotations

import re
import traceback
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette import NotFound as NoPage
from datasette import Response, hookimpl

from ..api import Dataset, open_dataset
from ..language import Message, language, translate, use_language
from ..model.errors import FtzError, NotFound, UsageError
from ..model.named import Zone
from ..output.comparison_view import comparison_view
from ..output.figure_view import figure_card, figures_view
from ..output.html_format import STYLE as TABLE_STYLE
from ..output.html_format import html_fragment
from ..output.initiative_view import initiative_card
from ..output.view import View
from ..output.zone_view import zone_card

STYLE = TABLE_STYLE + Path(__file__).with_name("web_style.css").read_text(encoding="utf-8")
MOST_SHOWN = 50
# Title and body of a page.
Page = tuple[str, str]


class Pages:
    """The plugin that puts our pages in front of Datasette's; `lang` is the language by default."""

    __name__ = "ftz"

    def __init__(self, path: str, lang: str) -> None:
        self.path, self.lang = path, lang

    @hookimpl  # type: ignore[untyped-decorator]
    def register_routes(self) -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
        """Our addresses, which come before Datasette's."""
        return [(pattern, self._route(page)) for pattern, page in ROUTES.items()]

    @hookimpl  # type: ignore[untyped-decorator]
    def handle_exception(self, request: Any, exception: Exception) -> Response:
        """A page that says what went wrong; a fault of the program is also told on stderr."""
        status = 404 if isinstance(exception, NoPage) else getattr(exception, "status", 500)
        if status == 500:
            traceback.print_exception(exception)
        if request.path.endswith(".json"):
            said = {"ok": False, "error": str(exception), "status": status}
            return Response.json(said, status=status)
        self._use_language(request)
        return _response(request, ("", _notice(exception)), status)

    def _route(self, page: Callable[[Dataset, Any], Page]) -> Callable[..., Awaitable[Response]]:
        async def view(request: Any) -> Response:
            self._use_language(request)
            with open_dataset(self.path) as data:
                try:
                    return _response(request, page(data, request))
                except FtzError as error:
                    status = 404 if isinstance(error, NotFound) else 400
                    return _response(request, ("", _notice(error)), status)

        return view

    def _use_language(self, request: Any) -> None:
        asked = request.args.get("lang")
        use_language(asked if asked in ("en", "zh") else self.lang)


# ---- the pages -----------------------------------------------------------------------------------


def _start(data: Dataset, request: Any) -> Page:
    known = translate(
        "{figures} figures on {zones} zones and {initiatives} initiatives, from {sources} sources",
        **data.counts(),
    )
    question = f"<h2>{escape(translate('Which zones are there?'))}</h2>"
    title = translate("China's pilot free trade zones in published figures")
    return title, f"<p>{escape(known)}</p>{_forms()}{question}{_tree(data.zones())}"


def _metric(data: Dataset, request: Any) -> Page:
    question = request.args.get("q") or ""
    found = data.look_up(question, limit=MOST_SHOWN)
    notices = list(found.notices)
    if found.total > len(found.figures):
        count = len(found.figures)
        notices.append(Message("{shown} of {total} shown", shown=count, total=found.total))
    return question, "".join(map(_notice, notices)) + _drawn(figures_view(found.figures))


def _compare(data: Dataset, request: Any) -> Page:
    text = request.args.get("names") or ""
    names = [name.strip() for name in re.split("[,，、;；]", text) if name.strip()]
    if not names:
        raise UsageError("name at least one zone or initiative")
    return text, _drawn(comparison_view(data.compare(*names, like=len(names) == 1)))


def _figure(data: Dataset, request: Any) -> Page:
    figure = data.figure(request.url_vars["id"])
    source, agreement = data.source(figure.article), data.agreement_of(figure)
    return "", _drawn(figure_card(figure, data.findings_of(figure), agreement, source))


def _zone(data: Dataset, request: Any) -> Page:
    zone = data.zone(request.url_vars["id"])
    card = zone_card(
        zone,
        data.zones_within(zone.id),
        data.initiatives(zone=zone.id),
        data.figures(zone=zone.id),
        data.recognitions(zone=zone.id),
        data.zone(zone.parent) if zone.parent else None,
    )
    return "", _drawn(card)


def _initiative(data: Dataset, request: Any) -> Page:
    one = data.initiative(request.url_vars["id"])
    return "", _drawn(initiative_card(one, data.figures(initiative=one.id)))


ROUTES: dict[str, Callable[[Dataset, Any], Page]] = {
    r"^/$": _start,
    r"^/metric$": _metric,
    r"^/compare$": _compare,
    r"^/figure/(?P<id>[^/]+)$": _figure,
    r"^/zone/(?P<id>[^/]+)$": _zone,
    r"^/initiative/(?P<id>[^/]+)$": _initiative,
}

# ---- what they are made of -----------------------------------------------------------------------


def _forms() -> str:
    """The two questions that take words."""
    label, example = translate("What is this metric?"), translate("foreign trade 2021")
    metric = _form("/metric", "q", label, example, translate("Look up"))
    label = translate("How do these compare?")
    example = translate("zones or initiatives, separated by commas")
    return metric + _form("/compare", "names", label, example, translate("Compare"))


def _form(action: str, name: str, label: str, example: str, button: str) -> str:
    return (
        f'<form action="{action}"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="search" required placeholder="{escape(example)}">'
        f'<input type="hidden" name="lang" value="{language()}"><button>{escape(button)}</button>'
        "</form>"
    )


def _tree(zones: list[Zone]) -> str:
    """Zones as nested lists, with what is known of each."""
    children: dict[str | None, list[Zone]] = {}
    for zone in zones:
        children.setdefault(zone.parent, []).append(zone)

    def branch(parent: str | None) -> str:
        items = [
            f"<li>{_branch_of(zone)}{branch(zone.id)}</li>" for zone in children.get(parent, ())
        ]
        return f"<ul>{''.join(items)}</ul>" if items else ""

    return f'<div class="tree">{branch(None)}</div>'


def _branch_of(zone: Zone) -> str:
    facts = [
        translate("since {date}", date=zone.since) if zone.since else "",
        f"{zone.area_km2:g} km²" if zone.area_km2 else "",
        translate("figures: {count}", count=zone.figures_within) if zone.figures_within else "",
    ]
    link = f'<a href="{escape(_link("zone", zone.id))}">{escape(zone.named(language()))}</a>'
    return f"{link} <small>{escape(' · '.join(filter(None, facts)))}</small>"


def _notice(message: object) -> str:
    return f'<p class="notice">{escape(str(message))}</p>'


def _drawn(view: View) -> str:
    return html_fragment(view, _link)


def _link(kind: str, id: str) -> str:
    """The address of the page of a figure, a zone or an initiative, or of a look-up."""
    if kind not in ("figure", "zone", "initiative"):
        return f"/metric?{urlencode({'q': id, 'lang': language()})}"
    return f"/{kind}/{quote(id, safe='')}?lang={language()}"


def _response(request: Any, page: Page, status: int = 200) -> Response:
    """A whole page; a body without a title brings its own."""
    title, body = page
    lang, other = ("en", "zh") if language() == "en" else ("zh", "en")
    args = {key: request.args[key] for key in request.args} | {"lang": other}
    links = {
        f"/?lang={lang}": translate("Start"),
        "/data": translate("Tables"),
        f"{request.path}?{urlencode(args)}": "中文" if lang == "en" else "English",
    }
    nav = "".join(f'<a href="{escape(url)}">{escape(text)}</a>' for url, text in links.items())
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    html = (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title or request.path)} · ftz</title><style>{STYLE}</style>"
        f'<a class="skip" href="#main">{escape(translate("Skip to the answer"))}</a>'
        f'<header><nav>{nav}</nav></header><main id="main">{heading}{body}</main>'
        f"<footer>{'' if request.path == '/' else _forms()}</footer></html>"
    )
    return Response.html(html, status=status)
