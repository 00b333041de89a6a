"""A number mention in a text: where it stands, what it says, and in which direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..language import Message
from .quantity import Quantity

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A number mention in a text.

    `text[start:end] == printed`. `kind` is quantity, date, or unread for a number that names no
    value or that the grammar does not know; then `quantity` is None and `why` says why not. A date
    whose year is not known has no quantity either. `direction` is down where a word of the clause
    says that the value falls or is lost (下降, 亏损, fell), up where one says that it grows.
    """

    start: int
    end: int
    printed: str
    quantity: Quantity | None
    kind: Literal["quantity", "date", "unread"] = "quantity"
    direction: Direction | None = None
    why: Message | None = None
