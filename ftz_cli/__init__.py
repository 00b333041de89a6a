"""Published figures on China's pilot free trade zones, with their meaning and their source."""

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from .api import (
        Answer,
        DatabaseUnusable,
        Dataset,
        FtzError,
        NoAnswer,
        NotFound,
        UsageError,
        open_dataset,
        records,
    )

__all__ = [
    "Answer",
    "DatabaseUnusable",
    "Dataset",
    "FtzError",
    "NoAnswer",
    "NotFound",
    "UsageError",
    "__version__",
    "open_dataset",
    "records",
]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: `ftz --version` needs none of it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import api

    return getattr(api, name)
