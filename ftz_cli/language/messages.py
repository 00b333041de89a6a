"""Sentences for people: English templates in the code, their Chinese in `chinese.csv`."""

from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache

_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(name: str) -> None:
    """Render all later sentences of this context in the language `name`, en or zh."""
    _language.set(name)


def language() -> str:
    """The language in use, en or zh."""
    return _language.get()


def translate(english: str, /, **fields: object) -> str:
    """The sentence in the language in use, else in English, with its named fields filled in."""
    template = english if _language.get() == "en" else chinese().get(english, english)
    return template.format(**fields) if fields else template


class Message:
    """A sentence with its fields, rendered when it is shown: `str(message)`."""

    def __init__(self, english: str, /, **fields: object) -> None:
        self.english, self.fields = english, fields

    def __str__(self) -> str:
        return translate(self.english, **self.fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(self.english)


def named_items(cell: str) -> tuple[str, ...]:
    """The names in a cell, separated by semicolons."""
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def join(items: Iterable[object]) -> str:
    """The items, separated as in the language in use."""
    return ("、" if _language.get() == "zh" else ", ").join(map(str, items))


@cache
def chinese() -> dict[str, str]:
    """Each English sentence with its Chinese."""
    from .word_lists import lines  # it imports this module

    return {english: translated for english, translated in lines("chinese")}
