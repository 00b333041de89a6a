"""The data's own words for kinds, statuses, relations and verdicts, as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from ..language import language, translate
from ..language.messages import chinese
from ..language.word_lists import question_words
from .view import Card, Line, note

# The sign carries a verdict or a state where colour does not.
STYLES = {"✓": "green", "≈": "green", "✗": "bold red", "?": "yellow", "○": "dim"}


def csv_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this room."""
    import csv  # only where people read

    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _words() -> dict[tuple[str, str], dict[str, str]]:
    """What words.csv has in place of words of the data that say too little by themselves."""
    return {(row["kind"], row["value"]): row for row in csv_rows("words.csv")}


def word(kind: str, value: str, **fields: object) -> str:
    """A word of the data in the language in use, its fields filled in: pilot zone, 自贸试验区."""
    row = _words().get((kind, value))
    return row[language()].format(**fields) if row else translate(value.replace("_", " "))


def meant(column: str, said: str, words: Collection[str]) -> str:
    """The one of `words` that a column's word is, or says in other words: 占比 is share.

    Anything else is returned as it is.
    """
    if said in words:
        return said
    facet = "place_kind" if column == "kind" else column
    named = {word: one for of, one, word in question_words() if of == facet and one in words}
    named |= {chinese().get(one.replace("_", " "), one): one for one in words}
    return named.get(said.casefold(), said)


def signed(kind: str, value: str) -> list[Line]:
    """A verdict or a state with its sign and colour."""
    sign = _words()[kind, value]["sign"]
    return [(f"{sign} {word(kind, value)}", STYLES[sign])]


def counted(kind: str, values: Iterable[str]) -> Card:
    """How many there are of each verdict or state: ✓ 3 consistent · ✗ 1 inconsistent."""
    counts = Counter(values)
    said = [
        f"{row['sign']} {counts[value]:,} {row[language()]}"
        for (of, value), row in _words().items()
        if of == kind and counts[value]
    ]
    return note(" · ".join(said))
