"""No command loads a module that it does not use: each is run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

from ftz_cli import catalogue
from ftz_cli.cli import COMMANDS

# Runs a command as `ftz` does, and ends with the names of all modules on stderr.
RUN = """
import json, sys, typer
from ftz_cli.cli import app
try:
    typer.main.get_command(app)(sys.argv[1:], prog_name="ftz")
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""

# What loading needs, and what only a reader of printed text needs.
LOADING = (
    "sqlite_utils", "pydantic", "pypinyin", "opencc", "pandas", "ftz_cli.load", "ftz_cli.dataset",
    "ftz_cli.index", "ftz_cli.tablefile", "ftz_cli.doubleentry",
)  # fmt: skip
PARSING = ("ftz_cli.reading",)
DRAWING = ("rich", "ftz_cli.render.table", "ftz_cli.render.pictures")
TABLES = ("csv",)
OTHERS = ("datasette", "hypothesis", "dateparser", "cn2an", "asyncio", "http.client")

READING = (*LOADING, *PARSING, *OTHERS)
NO_TABLE = (*READING, *DRAWING)
# What is told to people, and so has no part in data.
WORDS = tuple(
    f"ftz_cli.catalogue.{name}"
    for name in ("words", "views", "remarks", "reasons", "problems", "faults", "columns", "help")
)
CASES: list[tuple[list[str], tuple[str, ...]]] = [
    (["--help"], (*NO_TABLE, *TABLES, *WORDS)),
    (["--version"], (*NO_TABLE, *TABLES)),
    (["metric", "--help"], (*NO_TABLE, *TABLES)),
    (["zones"], (*READING, *TABLES)),
    (["zones", "--json"], (*NO_TABLE, *TABLES, *WORDS)),
    (["zones", "guangxi", "--format", "md"], (*NO_TABLE, *TABLES)),
    (["zones", "--format", "csv"], NO_TABLE),
    (["zones", "--format", "tsv"], NO_TABLE),
    (["zone", "wuhan", "--json"], (*NO_TABLE, *TABLES)),
    (["initiatives", "--format", "jsonl"], (*NO_TABLE, *TABLES)),
    (["initiative", "汇率保", "--json"], (*NO_TABLE, *TABLES)),
    (["metrics", "--json"], (*NO_TABLE, *TABLES)),
    (["metric", "跨境电商"], (*READING, *TABLES)),
    (["metric", "跨境电商", "--json"], (*NO_TABLE, *TABLES, *WORDS, "ftz_cli.pages")),
    # Pinyin, traditional characters and typos are looked up, not worked out.
    (["metric", "kua", "jing", "dian", "shang", "--json"], (*NO_TABLE, *TABLES)),
    (["metric", "跨境電商", "--json"], (*NO_TABLE, *TABLES)),
    (["metric", "cross-boarder", "ecomerce", "--json"], (*NO_TABLE, *TABLES)),
    (["metric", "跨境电商", "--explain", "--json"], (*NO_TABLE, *TABLES)),
    (["figures", "--json"], (*NO_TABLE, *TABLES, *WORDS)),
    (["sources", "--json"], (*NO_TABLE, *TABLES)),
    (["compare", "首贷服务中心", "汇率保"], (*READING, *TABLES)),
    (["compare", "首贷服务中心", "汇率保", "--json"], (*NO_TABLE, *TABLES)),
    (["audit", "--json"], (*NO_TABLE, *TABLES)),
    (["sql", "select 1", "--json"], (*NO_TABLE, *TABLES)),
    (["check", "--explain", "F203", "--json"], (*NO_TABLE, *TABLES)),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Path:
    path = tmp_path_factory.mktemp("imports") / "ftz.db"
    path.write_bytes(loaded)
    return path


@pytest.mark.parametrize(("command", "forbidden"), CASES, ids=lambda case: " ".join(case)[:60])
def test_loads_only_what_it_uses(
    command: list[str], forbidden: tuple[str, ...], database: Path
) -> None:
    given = [] if "--help" in command or "--version" in command else ["--db", str(database)]
    code, modules = loaded([*command, *given])
    assert code in (0, None) or (command[0] == "audit" and code == 1)
    assert [name for name in forbidden if name in modules] == []


def loaded(command: list[str]) -> tuple[int | None, set[str]]:
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *command],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    return code, set(modules)


def test_the_cache_is_known_fresh_without_loading(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PATH": "", "HOME": str(tmp_path)}
    for wanted in (True, False):
        ran = subprocess.run(
            [sys.executable, "-c", RUN, "zones", "--json"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, env=environment,
        )  # fmt: skip
        _, modules = json.loads(ran.stderr.splitlines()[-1])
        assert ("ftz_cli.load" in modules) is wanted
    assert not {"hashlib", *NO_TABLE} & set(modules)


def test_completion_loads_no_table(database: Path) -> None:
    code = RUN.replace("print(json", "code = 0\nprint(json")
    environment = {
        "_FTZ_COMPLETE": "complete_bash", "COMP_WORDS": "ftz zone wu", "COMP_CWORD": "2",
        "FTZ_DB": str(database), "PATH": "", "HOME": str(database.parent),
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert "wuhan" in ran.stdout
    assert not set(NO_TABLE) & set(json.loads(ran.stderr.splitlines()[-1])[1])


def test_every_table_of_the_catalogue_is_watched() -> None:
    assert {f"ftz_cli.catalogue.{name}" for _, name, _ in iter_modules(catalogue.__path__)} == {
        *WORDS
    }


def test_every_reading_command_has_a_case() -> None:
    reading = {name for name, module in COMMANDS.items() if module in ("lookup", "judge")}
    assert reading <= {command[0] for command, _ in CASES}
