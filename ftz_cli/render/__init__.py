"""The one home of Rich and of every output format: a view in, text or a picture out."""

from __future__ import annotations

from . import views
from .output import Output, emit
from .view import View

__all__ = ["Output", "View", "emit", "views"]
