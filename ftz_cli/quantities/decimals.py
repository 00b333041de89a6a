"""Decimal arithmetic that never rounds, and numbers in plain digits."""

from __future__ import annotations

from decimal import Context, Decimal

# Enough digits that the product of a 24-digit value and a factor is never rounded.
EXACT = Context(prec=80)


def plain(value: Decimal | str | None) -> str:
    """A number without exponent or trailing zeros; an empty text for None."""
    if value is None or isinstance(value, str):
        return value or ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
