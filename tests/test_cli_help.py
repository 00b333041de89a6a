"""Help pages: Typer's own, whole in both languages, and the README names all that they name."""

import re
from pathlib import Path

import pytest
from command_line import Home, example_of
from rich.cells import cell_len

import ftz_cli
from ftz_cli.cli.application import COMMANDS, FUNCTIONS, all_commands
from ftz_cli.language import use_language
from ftz_cli.model.dataset_schema import tables
from ftz_cli.output import FORMATS
from ftz_cli.output.figure_order import SORTS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
PAGES = ["", *FUNCTIONS]
OPTIONS = {
    name: {spelling for option in command.params for spelling in option.opts if spelling[0] == "-"}
    for name, command in all_commands().commands.items()
}


def page(home: Home, command: str, columns: int, lang: str = "en") -> str:
    ran = home.run(*command.split(), "--help", "--lang", lang, COLUMNS=str(columns))
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def text_of(page: str) -> str:
    """A page without its frames, and without the blanks that a line break leaves."""
    return re.sub(r"[│╭╮╰╯─\s]", "", page)


@pytest.mark.parametrize("command", FUNCTIONS)
def test_a_page_has_the_commands_own_words_and_an_example(command: str, home: Home) -> None:
    shown = page(home, command, 80)
    assert (FUNCTIONS[command].__doc__ or "").split("\n\n")[0].replace(" ", "") in text_of(shown)
    assert example_of(shown)[0] == command
    for same in (("help", command), (command, "-h")):
        assert home.run(*same, COLUMNS="80").out == shown


@pytest.mark.parametrize(("columns", "width"), [("0", 80), ("x", 80), ("120", 120)])
def test_a_page_is_as_wide_as_can_be_read(columns: str, width: int, home: Home) -> None:
    shown = home.run("--help", COLUMNS=columns).out
    assert max(map(cell_len, shown.splitlines())) == width


def test_the_list_of_commands_is_in_panels(home: Home) -> None:
    shown = page(home, "", 80)
    assert re.findall(r"╭─ (.+?) ─+╮", shown) == ["Options", "Data and language", *COMMANDS]
    assert [name for name in FUNCTIONS if not re.search(rf"│ {name} +[A-Z]", shown)] == []
    for same in (("help",), ("-h",), ("--lang", "en", "--help"), ()):
        assert home.run(*same, COLUMNS="80").out == shown


# Words of a Chinese page that are no English: names of formats, files, standards and programs.
NAMES = {
    "ARGS", "bundled", "Data", "datapackage", "Datasette", "ftz", "FTZ_DB", "Package", "shell", "stderr",
    *FORMATS, *SORTS,
}  # fmt: skip


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", PAGES)
def test_a_chinese_page_is_whole_and_chinese(command: str, columns: int, home: Home) -> None:
    shown = page(home, command, columns, "zh")
    assert [line for line in shown.splitlines() if cell_len(line) > columns] == []
    assert shown.split()[0] == "用法：ftz"
    use_language("zh")
    options = all_commands().commands[command].params if command else []
    use_language("en")
    texts = [option.help.replace(" ", "") for option in options]
    assert [text for text in texts if text not in text_of(shown)] == []
    words = {word for table in tables().values() for one in table.columns for word in one.enum}
    rest = re.sub(r"示例：.*?\n *\n|<[^>]*>|--[\w-]+|\b[A-Z]+\b", " ", shown, flags=re.DOTALL)
    english = set(re.findall(r"[A-Za-z_][A-Za-z_-]+", rest)) - NAMES - words - {*FUNCTIONS}
    assert english == set()


def test_the_readme_names_every_command() -> None:
    assert [name for name in FUNCTIONS if f"ftz {name}" not in README] == []


def test_the_readme_gives_each_command_its_options() -> None:
    groups = {
        "every command": {*OPTIONS},
        "all that print an answer": {name for name in OPTIONS if "--json" in OPTIONS[name]},
        "all that print a list": {name for name in OPTIONS if "--limit" in OPTIONS[name]},
    }
    given: dict[str, set[str]] = {name: set() for name in OPTIONS}
    rows = re.findall(r"^\| (.*--.*?) \| (.*?) \|", README, re.MULTILINE)
    assert len(rows) > 10
    for options, commands in rows:
        for name in groups.get(commands) or re.findall(r"`(\w+)`", commands):
            if name != "ftz":
                given[name] |= {*re.findall(r"`(--?[\w-]+)", options)}
    assert given == OPTIONS


def test_version(home: Home) -> None:
    ran = home.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"ftz {ftz_cli.__version__}\n", "")
