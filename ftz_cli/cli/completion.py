"""What a shell offers for a word that was begun."""

import os
from collections.abc import Callable, Iterable

Offer = Callable[[str], list[str]]


def names_of(*kinds: str) -> Offer:
    """Completion by names of the data (zone, claim, theme …) or by values (status, format …)."""

    def complete(incomplete: str) -> list[str]:
        try:
            return [name for kind in kinds for name in _names(kind, incomplete)]
        except Exception:  # a shell in the middle of a line has no use for an error
            return []

    return complete


def _names(kind: str, incomplete: str) -> Iterable[str]:
    # Imported where a shell asks: every start would pay for it.
    from ..api import SORTS, open_dataset
    from ..database import cache_path
    from ..model.dataset_schema import tables
    from ..output import FORMATS

    if kind in ("format", "sort"):
        return FORMATS if kind == "format" else SORTS
    if kind in ("measure", "status", "kind"):
        table = tables()["zones" if kind == "kind" else "figures"]
        return table.columns[table.at[kind]].enum
    # A path, even of no file: without one the database would be built.
    with open_dataset(os.environ.get("FTZ_DB") or cache_path() or "none") as data:
        return data.names_beginning(kind, incomplete)
