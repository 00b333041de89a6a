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
    """The phrases of each list of a file, with their values: a bound, a number, a text or None.

    The phrases of `before under` have the bound under, and are also in the list `before`; those of
    `tens 20+10` are 20, 30 and so on. `phrase = value` is a value of its own. `not|never exceed`
    is two phrases.
    """
    lists: Lists = {}
    for row in rows(name):
        kind, _, shared_value = row["list"].partition(" ")
        for nth, phrase in enumerate(row["words"].split(";")):
            phrase, _, value = phrase.partition(" = ")
            for words in product(*(word.split("|") for word in phrase.split(" "))):
                text = joint.join(filter(None, words))
                for listed in (kind, row["list"]):
                    lists.setdefault(listed, {})[text] = _value(value or shared_value, nth)
    return lists


def _value(text: str, nth: int) -> Any:
    number = re.fullmatch(r"(-?[0-9]+)(?:\+([0-9]+))?", text)
    if number:
        return int(number[1]) + nth * int(number[2] or 0)
    return Bound(text) if text in set(Bound) else text or None


def completed(name: str, parts: dict[str, str]) -> list[dict[str, str]]:
    """The rows of a file without a name, with `{name}` in their patterns replaced.

    The pattern of a row with a name is added to `parts`.
    """
    complete = []
    for row in rows(name):
        row["pattern"] = re.sub(
            r"\{(\w+)\}", lambda part: parts.get(part[1], part[0]), row["pattern"]
        )
        if row["name"]:
            parts[row["name"]] = row["pattern"]
        else:
            complete.append(row)
    return complete


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` at a place; without words it never matches."""
    longest_first = sorted(set(words), key=len, reverse=True)
    if not longest_first:
        return "(?!)"
    # Speed: one look at the first character rejects most places.
    begins = "".join(map(re.escape, sorted({word[0] for word in longest_first})))
    return f"(?:(?=[{begins}])(?:{'|'.join(map(re.escape, longest_first))}))"


def nameless(pattern: str) -> str:
    """A pattern without capturing groups, to be joined with others."""
    return re.sub(r"(?<!\\)\((?!\?)|\(\?P<\w+>", "(?:", pattern)
