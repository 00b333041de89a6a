"""Word lists that are language and not data, read from the CSV files beside this module.

`tests/word_lists/make_places.py` makes places.csv. In characters.csv, the plain forms come from
OpenCC and the sounds from pypinyin. common_words.csv began with the dictionaries of jieba and
wordfreq and WordNet's parts of speech, and is edited by hand.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .messages import named_items

HERE = Path(__file__).parent


class Place(NamedTuple):
    """A place of the gazetteer. `parent` is the first Chinese name of the place above, or empty."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    kind: str
    parent: str


def lines(name: str, folder: Path = HERE) -> list[list[str]]:
    """The cells of a CSV file, its headings first."""
    import csv  # start-up: only where a file is read

    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def rows(name: str, folder: Path = HERE) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, each by its headings."""
    names, *cells = lines(name, folder)
    return (dict(zip(names, row, strict=True)) for row in cells)


def synonyms() -> list[tuple[str, ...]]:
    """Groups of words in both languages that mean the same in any context."""
    return [named_items(row["words"]) for row in rows("synonyms")]


def question_words() -> Iterator[tuple[str, str, str]]:
    """What words of a question ask for: facet, target, word."""
    for row in rows("question_words"):
        for word in named_items(row["words"]):
            yield row["facet"], row["target"], word


def common_words() -> Iterator[tuple[str, str]]:
    """Common words of both languages: word, role (`filler` or `content`)."""
    return ((word, role) for word, role in lines("common_words")[1:])


def characters() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Chinese characters: each with its simplified form and, if common, its sounds in pinyin."""
    for character, plain, sounds in lines("characters")[1:]:
        yield character, plain, named_items(sounds)


@cache
def simplified() -> dict[int, str]:
    """The table that makes traditional characters simplified ones, for `str.translate`."""
    return {ord(sign): plain for sign, plain, _ in lines("characters")[1:] if sign != plain}


def lookalikes() -> list[str]:
    """Chinese words that contain a numeral and are not numbers: 一起, 千方百计."""
    return [row["word"] for row in rows("lookalikes")]


def places() -> list[Place]:
    """The gazetteer."""
    return [Place(named_items(zh), named_items(en), *rest) for zh, en, *rest in lines("places")[1:]]
