"""Rich tables and every other format: a view in, text out."""

from .emit import emit
from .formats import FORMATS
from .view import View

__all__ = ["FORMATS", "View", "emit"]
