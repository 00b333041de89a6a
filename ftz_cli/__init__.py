"""Published figures on China's pilot free-trade zones, with their meaning and their source."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .library import Data, open_dataset, records
    from .models import Figure

__all__ = ["Data", "Figure", "__version__", "open_dataset", "records"]

# Read when asked for: the command line needs none of it, and starts sooner without.
_HOMES = {"Data": "library", "open_dataset": "library", "records": "library", "Figure": "models"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
