"""Language without data: sentences with their Chinese, periods, signs, word lists, place names."""

from .messages import Message, join, language, named_items, translate, use_language
from .safe_text import shown, visible

__all__ = [
    "Message", "join", "language", "named_items", "shown", "translate", "use_language", "visible",
]  # fmt: skip
