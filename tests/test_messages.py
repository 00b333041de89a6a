"""Every sentence of the code has its Chinese, and every Chinese sentence is one of the code's."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import ftz_cli
from ftz_cli.cli import options
from ftz_cli.cli.application import COMMANDS, FUNCTIONS, ftz
from ftz_cli.cli.help_pages import EXAMPLE
from ftz_cli.language import Message, join, use_language
from ftz_cli.language.messages import chinese
from ftz_cli.model.dataset_schema import tables
from ftz_cli.model.errors import FtzError

PACKAGE = Path(ftz_cli.__file__).parent
TABLE = PACKAGE / "language" / "chinese.csv"
# Words that Typer adds to a help page.
TYPERS = {
    "Usage: ", "Options", "Arguments", "[OPTIONS]", "COMMAND [ARGS]...", "[required]", "[default: {}]",
    "Show this message and exit.", "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
}  # fmt: skip


def errors(kind: type[Exception] = FtzError) -> Iterator[str]:
    """The names of the project's errors."""
    yield kind.__name__
    for one in kind.__subclasses__():
        yield from errors(one)


SPEAKING = {"translate", "Message", "CannotRead", "option", "argument", *errors()}


def constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def sentences() -> dict[str, str]:
    """Every sentence of the code, and where it stands."""
    found = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = [*node.args[:1]] if name in SPEAKING else [*node.args[1:2]] * (name == "differs")
            said += [one.value for one in node.keywords if one.arg == "help"]
            place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
            found |= {text: place for one in said for text in constants(one) if text}
    page = (PACKAGE / "cli" / "web_page.html").read_text(encoding="utf-8")
    found |= dict.fromkeys(re.findall(r'say\("(.+?)"\)', page), "web_page.html")
    found |= dict.fromkeys(COMMANDS, "COMMANDS")
    for function in (*FUNCTIONS.values(), ftz):
        found[(function.__doc__ or "").split("\n\n")[0]] = f"help of {function.__name__}"
    found |= dict.fromkeys((EXAMPLE, options.FILTERS, options.OUTPUT, options.DATA), "help pages")
    return found | dict.fromkeys(TYPERS, "Typer")


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


def test_every_sentence_has_its_chinese() -> None:
    missing = {text: place for text, place in sentences().items() if text not in chinese()}
    # A template of nothing but fields and punctuation reads the same in both languages.
    assert {text: place for text, place in missing.items() if re.sub(r"\{\w+\}|\W", "", text)} == {}


def test_every_chinese_sentence_is_one_of_the_code() -> None:
    texts = {
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    words = {
        word for table in tables().values() for column in table.columns for word in column.enum
    }
    known = {"english", *sentences(), *texts, *words, *(word.replace("_", " ") for word in words)}
    assert [english for english in chinese() if english not in known] == []


def test_the_table_has_each_sentence_once() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["english", "chinese"]
    assert len({english for english, _ in rows}) == len(rows)


def test_both_languages_fill_the_same_fields() -> None:
    assert [text for text, said in chinese().items() if fields(text) != fields(said)] == []


def test_chinese_is_punctuated_as_chinese() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!](?! ?[-\w/])|[\u4e00-\u9fff]\.(?!\w)")
    assert [said for said in chinese().values() if half_width.search(said)] == []


def test_a_message_is_rendered_in_the_language_in_use() -> None:
    use_language("zh")
    message = Message("{path} is no regular file", path="{x}")
    assert str(message) == "{x} 不是普通文件"
    assert join(["一", "二"]) == "一、二"
    use_language("en")
    assert str(message) == "{x} is no regular file"
    assert join(["one", "two"]) == "one, two"
