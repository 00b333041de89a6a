"""The catalogue: both languages have every entry, and every entry is used."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import ftz_cli
from ftz_cli import catalogue
from ftz_cli.catalogue import Bilingual, Message, knows, say

SOURCES = sorted(
    path for path in Path(ftz_cli.__file__).parent.rglob("*.py") if path.parent.name != "catalogue"
)
TABLES = {
    name: import_module(f"ftz_cli.catalogue.{name}").MESSAGES
    for _, name, _ in iter_modules(catalogue.__path__)
}
ENTRIES = {key: texts for table in TABLES.values() for key, texts in table.items()}
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_ -]+)+")


def used() -> tuple[set[str], set[str]]:
    """Every text in the code that may be a key, and the beginnings of those that are composed."""
    whole, begun = set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                if isinstance(first, ast.Constant) and "." in str(first.value):
                    begun.add(str(first.value))
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("word", "term"):
                # word("kind", …): a room, and a value of the data
                if node.args and isinstance(node.args[0], ast.Constant):
                    begun.add(f"{node.args[0].value}.")
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "rows":
                # views.rows(…, "schema"): the room of the names of its columns
                if node.args and isinstance(node.args[-1], ast.Constant):
                    begun.add(f"{node.args[-1].value}.")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, begun


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"s"}


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_has_both_languages_and_the_same_words(key: str) -> None:
    en, zh = ENTRIES[key]
    assert en.strip()
    assert zh.strip()
    assert fields(en) == fields(zh)
    assert "{s}" not in en or "count" in fields(en)


def test_no_entry_is_in_two_tables() -> None:
    assert sum(map(len, TABLES.values())) == len(ENTRIES)


def test_an_entry_is_found_by_its_first_part() -> None:
    assert [key for key in ENTRIES if not knows(key)] == []


def test_every_key_that_the_code_names_is_there() -> None:
    # A path, a module or a column may look like a key; a call says that it is one.
    assert [one for one in asked() if one not in ENTRIES] == []
    rooms = {key.partition(".")[0] for key in ENTRIES}
    for beginning in used()[1]:
        room = beginning.partition(".")[0]
        if room in rooms:
            assert any(key.startswith(beginning) for key in ENTRIES), beginning


def asked() -> set[str]:
    """The keys that a call to `say`, `Message` or an error of ours begins with."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS:
                found |= {
                    one.value
                    for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    and KEY.fullmatch(one.value)
                }  # fmt: skip
    assert found
    return found


CALLS = {
    "say", "Message", "FtzError", "NotFound", "FaultFound", "UsageError", "DatabaseUnusable",
    "DataUnusable", "CannotRead", "NotCurrent", "_NotOursError", "Recomputed", "_both", "Warning",
}  # fmt: skip


def test_every_entry_is_used() -> None:
    whole, begun = used()
    unused = [
        key for key in ENTRIES if key not in whole and not any(key.startswith(one) for one in begun)
    ]
    assert unused == []


@pytest.mark.parametrize("key", ENTRIES)
def test_chinese_is_punctuated_as_chinese(key: str) -> None:
    zh = re.sub(r"{[^}]*}", "", ENTRIES[key][1])
    if not any(map(wide, zh)):
        return
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()'\"]|[,;:?!('\"][\u4e00-\u9fff]", zh), zh
    assert zh.count("“") == zh.count("”")
    assert zh.count("（") == zh.count("）")


def wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def test_a_message_is_told_in_either_language() -> None:
    several = Message(
        "find.several", text="湖北", kind=Message("thing.zone"), listed=["a", "b"], more=""
    )
    assert str(several) == "'湖北' fits several zones equally: a, b. Name one by its id"
    assert several.told("zh") == "“湖北”同样符合多个区域：a、b。请用编号指定其一"


def test_words_filled_in_are_never_read_as_a_form() -> None:
    said = say("find.unknown", "en", kind="{0}", text="{x!r}", command="{s}")
    assert said == "no {0} '{x!r}'. See '{s}'"


def test_a_text_of_the_data_falls_back_to_the_other_language() -> None:
    assert (Bilingual("a", "").told("zh"), Bilingual("", "甲").told("en")) == ("a", "甲")
    assert (Bilingual("a", "甲").told("zh"), str(Bilingual("a", "甲"))) == ("甲", "a")
