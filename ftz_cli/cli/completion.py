"""Completion of a word in the shell."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..api import Dataset, open_dataset
from ..database import cache_path
from ..language import visible
from ..output import FORMATS
from ..output.figure_order import SORTS

Offer = Callable[[str], list[str]]
# The method that lists the things of a kind, and the fields to offer.
NAMES: dict[str, tuple[Callable[[Dataset], Iterable[object]], str]] = {
    "zone": (Dataset.zones, "id name_zh name_en"),
    "initiative": (Dataset.initiatives, "id name_zh name_en"),
    "theme": (Dataset.initiatives, "theme_en theme_zh"),
    "metric": (Dataset.metrics, "id name_zh name_en"),
    "figure": (Dataset.figures, "id"),
    "period": (Dataset.figures, "period"),
    "measure": (Dataset.figures, "measure"),
    "status": (Dataset.figures, "status"),
    "kind": (Dataset.zones, "kind"),
    "claim": (Dataset.audit, "id"),
    "source": (Dataset.sources, "id"),
    "article": (Dataset.sources, "id"),
}
VALUES = {"format": tuple(FORMATS), "sort": SORTS}


def names_of(*kinds: str) -> Offer | None:
    """A completion function for kinds of names and values: zone, claim, status, format …"""
    if not kinds or "_FTZ_COMPLETE" not in os.environ:
        return None  # start-up: Typer inspects every completion function

    def complete(incomplete: str) -> list[str]:
        found = {name for kind in kinds for name in VALUES.get(kind, ())}
        # Without a path, completion would build the database. Errors would spoil the line.
        path = os.environ.get("FTZ_DB") or cache_path() or "none"
        with suppress(Exception), open_dataset(path) as data:
            for read, fields in filter(None, map(NAMES.get, kinds)):
                for field in fields.split():
                    found |= {visible(getattr(one, field) or "") for one in read(data)}
        start = incomplete.casefold()
        return sorted(name for name in found if name.casefold().startswith(start))

    return complete
