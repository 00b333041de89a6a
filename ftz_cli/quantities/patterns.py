"""The words and patterns of printed quantities, from the CSV files of `language/`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Any

from ..language.word_lists import rows
from .quantity import Bound

HANZI = "\u4e00-\u9fff"
Lists = dict[str, dict[str, Any]]


@cache
def word_lists(name: str, joint: str = " ") -> Lists:
    """The phrases of each list of a file, and of all lists of each kind, with what they say.

    Those of `before under` and, among others, of `before` say under, a bound; others a whole
    number, a text or nothing. The first of `tens 20+10` says 20, the second 30 and so on.
    `not|never exceed` there is two phrases.
    """
    lists: Lists = {}
    for row in rows(name):
        kind, _, said = row["list"].partition(" ")
        value: Any = Bound(said) if said in set(Bound) else said or None
        number = re.fullmatch(r"(-?[0-9]+)(?:\+([0-9]+))?", said)
        for nth, phrase in enumerate(row["words"].split(";")):
            if number:
                value = int(number[1]) + nth * int(number[2] or 0)
            for words in product(*(word.split("|") for word in phrase.split(" "))):
                for listed in (kind, row["list"]):
                    lists.setdefault(listed, {})[joint.join(filter(None, words))] = value
    return lists


def completed(name: str, parts: dict[str, str]) -> list[dict[str, str]]:
    """The rows of a file, with the patterns complete; one with a name is added to the `parts`."""
    complete = []
    for row in rows(name):
        row["pattern"] = re.sub(r"\{(\w+)\}", lambda one: parts.get(one[1], one[0]), row["pattern"])
        if row["name"]:
            parts[row["name"]] = row["pattern"]
        else:
            complete.append(row)
    return complete


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` that stands at a place; of none it never matches."""
    longest_first = sorted(set(words), key=len, reverse=True)
    if not longest_first:
        return "(?!)"
    # One look passes over what begins none of them.
    begins = "".join(map(re.escape, sorted({word[0] for word in longest_first})))
    return f"(?:(?=[{begins}])(?:{'|'.join(map(re.escape, longest_first))}))"


def nameless(pattern: str) -> str:
    """A pattern without groups of its own, so that it may stand beside others."""
    return re.sub(r"(?<!\\)\((?!\?)|\(\?P<\w+>", "(?:", pattern)
