"""Why something failed, as the operating system, SQLite or a library said: a message of ours."""

from __future__ import annotations

import re

from .catalogue import Message, knows
from .text import shown

# Whose words → what they say, and the key of the message that says it in both languages. What is
# said seldom is passed on as it is: the last of each takes it.
_SAID = {
    "sqlite": (
        ("database or disk is full", "sqlite.full"),
        ("disk I/O error", "sqlite.io"),
        ("unable to open database file", "sqlite.cannot_open"),
        ("database disk image is malformed", "sqlite.malformed"),
        ("file is not a database", "sqlite.no_database"),
        ("database is locked", "sqlite.locked"),
        ("attempt to write a readonly database", "sqlite.readonly"),
        ("incomplete input", "sqlite.incomplete"),
        ('near "(?P<near>.*)": syntax error', "sqlite.syntax"),
        ('unrecognized token: "(?P<token>.*)"', "sqlite.token"),
        ("ambiguous column name: (?P<name>.*)", "sqlite.ambiguous"),
        (r"wrong number of arguments to function (?P<name>.*\(\))", "sqlite.arguments"),
        (r"misuse of aggregate(?: function|:) (?P<name>.*\(\))", "sqlite.aggregate"),
        (r"misuse of window function (?P<name>.*\(\))", "sqlite.window"),
        ("SELECTs to the left and right of (?P<word>[A-Z ]+) do not .*", "sqlite.columns"),
        (r"sub-select returns (?P<count>\d+) columns - expected (?P<wanted>\d+)",
         "sqlite.subselect"),
        ("integer overflow", "sqlite.overflow"),
        ("malformed JSON", "sqlite.json"),
        ("no tables specified", "sqlite.no_tables"),
        ("(?P<said>.*)", "sqlite.other"),
    ),
    "csv": (
        ("unexpected end of data", "csv.end"),
        (".* expected after .*", "csv.after_quote"),
        (r"field larger than field limit \((?P<most>\d+)\)", "csv.too_long"),
        ("new-line character seen .*", "csv.line_end"),
        ("(?P<said>.*)", "csv.other"),
    ),
    "usage": (
        (r"No such option: (?P<name>.*?) \(Possible options: (?P<listed>.*)\)",
         "usage.no_option_near"),
        ("No such option: (?P<name>.*)", "usage.no_option"),
        (r"Missing argument '(?P<name>.*)'\.", "usage.missing_argument"),
        (r"Missing option '(?P<name>.*)'\.", "usage.missing_option"),
        (r"Option '(?P<name>.*)' requires an argument\.", "usage.needs_value"),
        (r"Option '(?P<name>.*)' does not take a value\.", "usage.takes_none"),
        (r"Got unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)", "usage.extra"),
        ("Invalid value for '(?P<name>.*?)': (?P<why>.*)", "usage.invalid"),
        (r"['\"](?P<value>.*)['\"] is not one of (?P<listed>.*)\.", "usage.no_choice"),
        (r"['\"](?P<value>.*)['\"] is not a valid int(?:eger)?(?: range)?\.",
         "usage.no_whole_number"),
        (r"['\"](?P<value>.*)['\"] is not a valid float(?: range)?\.", "usage.no_number"),
        (r"(?P<value>.*) is not in the range (?P<low>\S+)<=x<=(?P<high>\S+)\.",
         "usage.out_of_range"),
        (r"(?P<value>.*) is not in the range x>=(?P<least>\S+)\.", "usage.too_small"),
        ("(?P<said>.*)", "usage.other"),
    ),
}  # fmt: skip


def of_os(error: Exception) -> Message:
    """Why a file, folder or address can't be used.

    A ValueError is a path that can't be one, for it holds a NUL character.
    """
    if not isinstance(error, OSError):
        return Message("os.no_path")
    from errno import errorcode

    key = f"os.{errorcode.get(error.errno or 0, '')}"
    if knows(key):
        return Message(key)
    if error.errno is None:
        return Message("os.closed")
    return Message("os.other", said=shown(error.strerror or str(error), 200))


def of_sqlite(error: Exception) -> Message:
    """Why SQLite could not do as it was told."""
    return _told_by("sqlite", str(error))


def of_csv(error: Exception) -> Message:
    """Why a row of CSV can't be read."""
    return _told_by("csv", str(error))


def of_usage(text: str) -> Message:
    """What is wrong with a command line, from the words of the library that reads it."""
    return _told_by("usage", text)


def _told_by(who: str, text: str) -> Message:
    for said, key in _SAID[who]:
        match = re.fullmatch(said, text, re.DOTALL)
        if match:
            words = {name: _word(name, word) for name, word in match.groupdict().items()}
            return Message(key, **words)
    raise AssertionError("the last of each takes what it gets")


def _word(name: str, word: str) -> object:
    if name == "why":
        return of_usage(word)
    if name == "listed":
        return [shown(one.strip("'\" ")) for one in word.split(",")]
    # An option of two names is told as '-o' / '--output'.
    return shown(word.replace("' / '", " / "), 200)
