"""Every word that ftz says to people, in both languages, and the messages made of them.

A message is what an error, a problem or a remark carries: it is told in a language only where
it is shown, so that nothing below the command line need know which one that is.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol

# First part of a key → the table that has it. A table is read when a word of it is told: most
# look-ups as JSON need none.
_TABLES = {
    part: table
    for table, parts in (
        (
            "words",
            "thing meaning period no_period season series unit bound status kind theme "
            "recognition scope relation reading verdict why warning part order asked state",
        ),
        ("views", "heading explain schema title empty counted overview try note"),
        (
            "remarks",
            "find compare quantity progress load dataset check scan store current sql export serve "
            "output file completion",
        ),
        ("columns", "column browser"),
        ("help", "help"),
        ("reasons", "usage os sqlite csv"),
        ("problems", "problem guess said"),
        ("faults", "fault"),
    )
    for part in parts.split()
}


class Told(Protocol):
    """What can be told in either language."""

    def told(self, lang: str) -> str:
        """Its words in `lang` (zh or en)."""


class Message:
    """An entry of the catalogue with the words to fill in, before anyone knows the language.

    A word may itself be told in a language, and so may each of a list of words. `{s}` in an
    English entry is the plural's, of the word `count`.
    """

    __slots__ = ("key", "words")

    def __init__(self, key: str, /, **words: object) -> None:
        self.key = key
        self.words = words

    def told(self, lang: str) -> str:
        """The message in `lang` (zh or en)."""
        return say(self.key, lang, **self.words)

    def __str__(self) -> str:
        return self.told("en")

    def __repr__(self) -> str:
        return f"Message({self.key!r}, **{self.words!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.key, self.words) == (other.key, other.words)

    def __hash__(self) -> int:
        return hash(self.key)


class Bilingual:
    """A text that the data brings along in both languages."""

    __slots__ = ("en", "zh")

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh

    def told(self, lang: str) -> str:
        """The text in `lang`; in the other language where it has no such one."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def __str__(self) -> str:
        return self.told("en")


def say(key: str, lang: str, /, **words: object) -> str:
    """The message `key` in `lang` (zh or en), with its words filled in."""
    text = _table(key)[key][lang == "zh"]
    if not words:
        return text
    filled = {name: _filled(word, lang) for name, word in words.items()}
    filled["s"] = "" if words.get("count") == 1 else "s"
    return text.format_map(filled)


def knows(key: str) -> bool:
    """Whether there is a message `key`."""
    return key in _table(key)


def word(kind: str, value: str | None, lang: str) -> str:
    """The catalogue's word for a value of the contract; the value itself where it has none.

    Free SQL and datasets of others may hold values that the catalogue has not met.
    """
    if not value:
        return ""
    key = f"{kind}.{value}"
    return say(key, lang) if knows(key) else value


def _filled(word: object, lang: str) -> object:
    if isinstance(word, (Message, Bilingual)):
        return word.told(lang)
    if isinstance(word, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(str(_filled(one, lang)) for one in word)
    return word


def _table(key: str) -> dict[str, tuple[str, str]]:
    return _table_of(key.partition(".")[0])


@cache
def _table_of(part: str) -> dict[str, tuple[str, str]]:
    if part not in _TABLES:
        return {}
    messages: dict[str, tuple[str, str]] = import_module(f".{_TABLES[part]}", __name__).MESSAGES
    return messages
