"""Published figures on China's pilot free trade zones, with their meaning and their source."""

__version__ = "0.2.0"

from .api import *  # noqa: F403  what a user of the library needs is listed there
