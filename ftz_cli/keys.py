"""The primary keys that a table has had so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol


class Keys(Protocol):
    """What has been a key already."""

    def is_new(self, key: str) -> bool:
        """Whether `key` comes for the first time; from then on it does not."""


class KeySet:
    """Every key, in a set: for tables that others point to."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def is_new(self, key: str) -> bool:
        """Whether `key` comes for the first time; from then on it does not."""
        before = len(self.seen)
        self.seen.add(key)
        return len(self.seen) > before


class RisingKeys:
    """Keys of a table of any length, nearly always in rising order: F9, F10, F11.

    As long as they rise, the last is all that need be kept. The first that does not makes
    `earlier` read all keys before it again, and from there on they are held in a set.
    `missing` loses every key that comes.
    """

    def __init__(self, earlier: Callable[[], Iterable[str]], missing: set[str]) -> None:
        self._earlier = earlier
        self.missing = missing
        self._last: str = ""
        self._seen: set[str] | None = None

    def is_new(self, key: str) -> bool:
        """Whether `key` comes for the first time; from then on it does not."""
        self.missing.discard(key)
        if self._seen is None:
            # The shorter first, so that F10 comes after F9.
            if len(key) > len(self._last) or (len(key) == len(self._last) and key > self._last):
                self._last = key
                return True
            self._seen = set(self._earlier())
        before = len(self._seen)
        self._seen.add(key)
        return len(self._seen) > before
