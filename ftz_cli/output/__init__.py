"""Rich tables and every other format: a view in, text out."""

from __future__ import annotations

from .emit import OutputOptions, emit
from .formats import FORMATS
from .view import View

__all__ = ["FORMATS", "OutputOptions", "View", "emit"]
