"""Published figures on China's pilot free trade zones, with their meaning and their source."""

import os
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if not os.path.isdir(__path__[0]):
    # In a zip no file of ours can be opened, so that what this run needs of it is unpacked.
    from tempfile import TemporaryDirectory
    from zipfile import ZipFile

    _unpacked = TemporaryDirectory()
    with ZipFile(os.path.dirname(__path__[0])) as _zip:
        _zip.extractall(_unpacked.name, [n for n in _zip.namelist() if n.startswith("ftz_cli/")])
    __path__ = [os.path.join(_unpacked.name, "ftz_cli")]

if TYPE_CHECKING:
    from .api import *  # noqa: F403  what a user of the library needs is listed there


def __getattr__(name: str) -> Any:
    """What api.py offers, loaded when it is asked for: Ctrl-C before that is the command's."""
    if name.startswith("__") and name != "__all__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.api"), name)


def __dir__() -> list[str]:
    return [*__getattr__("__all__"), "__version__"]
