"""The data's words for kinds, statuses, relations and verdicts, as people read them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..language import Message, join, language, shown
from ..language.messages import chinese
from ..language.word_lists import rows
from ..model.errors import UsageError, require_text

FOLDER = Path(__file__).parent


@cache
def known_words() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of words.csv: clearer texts for words of the data, by kind and word."""
    return {(row["kind"], row["value"]): row for row in rows("words", FOLDER)}


def word(kind: str, value: str, lang: str = "", **fields: object) -> str:
    """A word of the data in `lang`, else in the language in use: pilot zone, 自贸试验区."""
    lang = lang or language()
    if row := known_words().get((kind, value)):
        return row[lang].format(**fields)
    english = value.replace("_", " ")
    return english if lang == "en" else chinese().get(english, english)


def both_words(kind: str, value: str) -> tuple[str, str]:
    """A word of the data in English and in Chinese."""
    return word(kind, value, "en"), word(kind, value, "zh")


def all_words(kind: str, value: str) -> set[str]:
    """A word of the data as it is written, in both languages, and the other words for it."""
    return {value, *both_words(kind, value), *known_words()[kind, value]["also"].split(";")} - {""}


def allowed_value(table: str, column: str, text: str | None) -> str | None:
    """The allowed value of a column that `text` is, or names as tables show it."""
    if text is None:
        return None
    from ..model.dataset_schema import tables  # start-up: only for a filter

    words = tables()[table].words(column)
    return one_of(column, text, {one: both_words(column, one) for one in words})


def one_of(what: str, text: str, names: Mapping[str, tuple[str, str]]) -> str:
    """The value that `text` is or names in either language; raises UsageError for any other."""
    require_text(text)
    for value, both in names.items():
        if text.casefold() in (value, *both):
            return value
    listed = join(both[language() == "zh"] for both in names.values())
    raise UsageError(
        "no {what} '{value}'; there are {listed}",
        what=Message(what), value=shown(text), listed=listed,
    )  # fmt: skip
