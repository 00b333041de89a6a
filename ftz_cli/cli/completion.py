"""What a shell offers for a word that was begun."""

import os
from collections.abc import Callable


def names_of(*kinds: str) -> Callable[[str], list[str]]:
    """Completion by the ids and names of things: zone, initiative, metric, claim, theme …"""

    def complete(incomplete: str) -> list[str]:
        from ..api import open_for_completion  # only where a shell asks

        try:
            with open_for_completion(os.environ.get("FTZ_DB")) as data:
                return [name for kind in kinds for name in data.names_beginning(kind, incomplete)]
        except Exception:  # a shell in the middle of a line has no use for an error
            return []

    return complete


def values_of(table: str, column: str) -> Callable[[str], list[str]]:
    """Completion by the values that the schema of the data allows in a column."""

    def complete(incomplete: str) -> list[str]:
        from ..model.dataset_schema import tables  # only where a shell asks

        known = tables()[table]
        return list(known.columns[known.at[column]].enum)

    return complete
