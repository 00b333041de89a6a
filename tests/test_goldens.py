"""What people see of each command, exactly; `python tests/test_goldens.py --write` renews it."""

import os
import shlex
import sys
import tempfile
from pathlib import Path

import pytest
from command_line import Home, only
from readme import on_terminal
from rich.cells import cell_len

from ftz_cli.load import load

GOLDEN = Path(__file__).parent / "golden"
# Name of the file → command, and the widths beside 80 at which it is kept.
COMMANDS: dict[str, tuple[list[str], tuple[int, ...]]] = {
    "overview": ([], ()),
    "zones": (["zones"], ()),
    "zone": (["zone", "wuhan"], ()),
    "initiatives": (["initiatives", "finance"], ()),
    "initiative": (["initiative", "汇率保"], ()),
    "metrics": (["metrics", "clearance"], ()),
    "metric": (["metric", "跨境电商"], (60, 120)),
    "metric-explain": (["metric", "跨境电商", "--explain"], ()),
    "figures": (["figures", "--zone", "dalian", "--period", "2021"], ()),
    "compare": (["compare", "首贷服务中心", "财智服务平台", "汇率保"], (60, 120)),
    "compare-zones": (["compare", "chongzuo", "youyiguan", "--all"], ()),
    "sources": (["sources"], ()),
    "audit-words": (["audit", "跨境电商"], ()),
    "audit-claim": (["audit", "C03"], ()),
    "audit": (["audit"], (60, 120)),
    "sql": (["sql", "select zone, count(*) as figures from figures_flat group by zone"
             " order by 2 desc, 1 limit 5"], ()),
    "explain": (["check", "--explain", "F203"], ()),
    "scan": (["scan", "article.txt"], ()),
    "unknown": (["zone", "wuhna"], ()),
}  # fmt: skip
# Kept as whole processes on a real terminal, too.
ON_A_PTY = [("compare", 80, "zh"), ("metric", 60, "en"), ("zones", 80, "en"), ("scan", 80, "en")]
# Of our own making: a curated figure's look, an excuse, a vague amount and a date.
ARTICLE = "该港全年吞吐量近1.5亿吨,同比增长5.2%。\n其中,上百家企业受益,2021年3月起每日约300余单。\n"


def cases(name: str) -> list[tuple[int, str]]:
    return [
        (columns, lang) for columns in sorted({80, *COMMANDS[name][1]}) for lang in ("en", "zh")
    ]


def shown(home: Home, name: str, columns: int, lang: str) -> str:
    """All that a terminal of that width shows, and an exit code that is not 0."""
    args = COMMANDS[name][0]
    locale = "zh_CN.UTF-8" if lang == "zh" else "en_US.UTF-8"
    ran = home.run(*args, columns=columns, together=True, LANG=locale)
    told = ran.out.replace(str(home.path), "~")
    return told.rstrip("\n") + "\n" + (f"[exit {ran.code}]\n" if ran.code else "")


def golden(home: Home, name: str) -> str:
    """All of a command's pictures in one file."""
    parts = []
    for columns, lang in cases(name):
        head = f"════ ftz {' '.join(COMMANDS[name][0])} · {columns} columns · {lang} "
        parts.append(head + "═" * 8 + "\n" + shown(home, name, columns, lang))
    return "\n".join(parts)


def furnished(path: Path, loaded: bytes) -> Home:
    (path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return Home(path, loaded)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Home:
    return furnished(tmp_path_factory.mktemp("golden"), loaded)


@pytest.fixture(autouse=True)
def _in_the_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.path)


@pytest.mark.parametrize("name", COMMANDS)
def test_golden(name: str, home: Home) -> None:
    kept = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert golden(home, name) == kept


@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_is_wider_than_its_terminal(name: str) -> None:
    columns = 0
    for line in (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("════ "):
            columns = int(line.split(" columns · ")[0].rsplit(" ", 1)[1])
        elif not line.startswith("ftz: "):  # remarks on stderr are left to the terminal
            assert cell_len(line) <= columns, line


@pytest.mark.parametrize(("name", "columns", "lang"), ON_A_PTY)
def test_a_real_terminal_shows_the_same(name: str, columns: int, lang: str, home: Home) -> None:
    locale = "zh_CN.UTF-8" if lang == "zh" else "en_US.UTF-8"
    environment = home.environment(LANG=locale, NO_COLOR="1")
    bin_folder = Path(sys.executable).parent
    line = shlex.join([str(bin_folder / "ftz"), *COMMANDS[name][0]])
    told = on_terminal(line, home.path, environment, columns)
    expected = shown(home, name, columns, lang).replace("[exit 1]\n", "").strip("\n") + "\n"
    assert told == "\n".join(one.rstrip() for one in expected.split("\n"))


def test_every_golden_is_of_a_command() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*COMMANDS}


def write() -> None:
    """Renew every golden file."""
    with tempfile.TemporaryDirectory() as folder, only(os.environ):
        load(Path(folder) / "first.db", [])
        place = Path(folder) / "home"
        place.mkdir()
        home = furnished(place, (Path(folder) / "first.db").read_bytes())
        before = Path.cwd()
        os.chdir(place)
        for name in COMMANDS:
            (GOLDEN / f"{name}.txt").write_text(golden(home, name), encoding="utf-8")
        os.chdir(before)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/test_goldens.py --write")
    write()
