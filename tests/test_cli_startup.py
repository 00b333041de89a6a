"""A run loads only what it uses, and builds the database once."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Home, one_line

import ftz_cli
from ftz_cli.model.bundled import bundled_folder

# Runs `ftz` and ends with the names of all loaded modules on stderr.
RUN = """
import json, sys
from ftz_cli.__main__ import main
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, sorted(sys.modules)]), file=sys.stderr)
"""
# What the loader needs, what only reads printed text, and programs beside.
LOADING = {"sqlite_utils", "pypinyin", "opencc", "pandas", "ftz_cli.curation.loader"}
PARSING = {"ftz_cli.quantities.reader", "ftz_cli.quantities.chinese_grammar"}
OTHERS = {"datasette", "pydantic", "asyncio", "http.client", "hypothesis"}
NO_TABLE = LOADING | PARSING | OTHERS | {"rich"}

CASES = [
    *[
        (f"{args} --json", NO_TABLE | ({"ftz_cli.lookup.question"} if " " not in args else set()))
        for args in (
            "zones", "zone wuhan", "initiatives", "initiative 汇率保", "metrics",
            "metric 崇左 跨境电商", "metric kuajing dianshang chongzuo", "figures", "figure F048",
            "recognitions", "sources", "compare 首贷服务中心 汇率保", "audit", "sql select/**/1",
        )
    ],
    ("figures --format jsonl", NO_TABLE),
    ("figures --format md", NO_TABLE),
    ("figures --format csv", NO_TABLE),
    ("metric 崇左 跨境电商", NO_TABLE - {"rich"}),
    ("--help", (LOADING | PARSING | OTHERS) - {"http.client"}),
]  # fmt: skip


@pytest.mark.parametrize(("args", "forbidden"), CASES, ids=[args for args, _ in CASES])
def test_a_run_loads_only_what_it_uses(args: str, forbidden: set[str], home: Home) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *args.split()],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env=home.environment(),
    )  # fmt: skip
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    # An audit ends with 1 where sources disagree.
    assert (ran.returncode, code) in ((0, 0), (0, int(args.startswith("audit"))))
    assert sorted(forbidden.intersection(modules)) == []


# ---- first use -----------------------------------------------------------------------------------

ASK = ("figures", "--metric", "gdp", "--fields", "id,printed", "--format", "csv")


def test_first_use_builds_the_database_with_one_line(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first, second = home.process(*ASK), home.process(*ASK)
    assert (first.code, first.out) == (0, second.out)
    assert one_line(first.err)
    assert first.err.startswith("ftz: building ")
    assert (second.code, second.err) == (0, "")


def test_loading_a_folder_beside_the_bundled_one(tmp_path: Path, cache: Path) -> None:
    home = Home(tmp_path, shutil.copytree(cache, tmp_path / "cache"))
    count = len(json.loads(home.process("figures", "--json").out))
    (tmp_path / "my").mkdir()
    header = "id,zone,initiative,metric,measure,scope,scope_en,value,value_to,unit,bound,period,"
    header += "base_period,period_kind,status,article,line,printed,note_en,note_zh\n"
    row = "X900,wuhan,,gdp,level,,,500,,亿元,over,2022,,during,measured,hubei,31,500余亿元,,\n"
    (tmp_path / "my" / "figures.csv").write_text(header + row, encoding="utf-8")
    ran = home.process("load", "bundled", "my", cwd=tmp_path)
    assert ran.code == 0
    assert ran.err.startswith(f"ftz: {count + 1} figures loaded into ")
    assert json.loads(home.process("figure", "X900", "--json").out)["printed"] == "500余亿元"


# ---- how it is called ----------------------------------------------------------------------------


@pytest.mark.parametrize("flags", [["-m"], ["-I", "-m"], ["-OO", "-m"], ["-W", "error", "-m"]])
def test_python_dash_m(flags: list[str], home: Home) -> None:
    done = subprocess.run(
        [sys.executable, *flags, "ftz_cli", *ASK],
        capture_output=True, text=True, env=home.environment(), cwd=os.sep,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == home.process(*ASK).out


def test_it_runs_from_a_zip(home: Home, tmp_path: Path) -> None:
    package = Path(ftz_cli.__file__).parent
    shutil.copytree(package, tmp_path / "all" / "ftz_cli", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copytree(bundled_folder(), tmp_path / "all" / "ftz_cli" / "db", dirs_exist_ok=True)
    archive = shutil.make_archive(str(tmp_path / "ftz"), "zip", tmp_path / "all")
    done = subprocess.run(
        [sys.executable, "-m", "ftz_cli", *ASK], capture_output=True, text=True,
        env=home.environment(PYTHONPATH=archive, TMPDIR=str(tmp_path)), cwd=os.sep,
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout) == (0, "", home.process(*ASK).out)
    # What was unpacked for the run is gone.
    assert {path.name for path in tmp_path.iterdir()} == {"all", "ftz.zip"}
