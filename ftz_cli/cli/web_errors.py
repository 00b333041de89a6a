"""A plugin of Datasette that answers errors of `ftz serve` in one line, without a traceback."""

from __future__ import annotations

import traceback
from typing import Any

from datasette import Response, hookimpl

from ..language import Message, shown, visible


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(request: Any, exception: Exception) -> Any:
    """What went wrong as text, or as JSON where that was asked for."""
    status, why = getattr(exception, "status", 500), str(exception)
    if status == 404:
        why = str(Message("no page {path}", path=shown(request.path)))
    elif status == 500 and request.query_string:
        status = 400  # what Datasette can't make of a query string
    elif status == 500:
        traceback.print_exception(exception)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": why, "status": status}, status=status)
    return Response.text(visible(why), status=status)
