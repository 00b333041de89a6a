"""What a shell offers for a word that was begun."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..api import SORTS, Dataset, open_dataset
from ..database import cache_path
from ..language import visible
from ..output import FORMATS

Offer = Callable[[str], list[str]]
# What is read for each kind of name, and which of its fields are offered.
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
    """Completion by names and values of the data (zone, claim, status …), by format, by order."""
    if not kinds or "_FTZ_COMPLETE" not in os.environ:
        return None  # Typer inspects each function, which every start would pay for

    def complete(incomplete: str) -> list[str]:
        found = {name for kind in kinds for name in VALUES.get(kind, ())}
        # A path, even of no file: without one the database would be built. A shell in the middle of
        # a line has no use for an error.
        path = os.environ.get("FTZ_DB") or cache_path() or "none"
        with suppress(Exception), open_dataset(path) as data:
            for read, fields in filter(None, map(NAMES.get, kinds)):
                for of in fields.split():
                    found |= {visible(getattr(one, of) or "") for one in read(data)}
        begun = incomplete.casefold()
        return sorted(name for name in found if name.casefold().startswith(begun))

    return complete
