"""How a run ends: exit codes, one line on stderr, closed pipes, full devices, Ctrl-C."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import cases
from command_line import FTZ, Home, one_line, steers
from hypothesis import given, settings
from hypothesis import strategies as st

from ftz_cli.cli.application import FUNCTIONS
from ftz_cli.model.bundled import bundled_folder

ENDLESS = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c"


# ---- exit codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "code"), cases("test_a_run_ends_with_its_code_and_one_line"))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_run_ends_with_its_code_and_one_line(
    args: str, code: str, lang: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = home.run(*args.split(), "--lang", lang)
    assert (ran.code, ran.out) == (int(code), "")
    assert one_line(ran.err)
    assert ran.err.startswith("ftz: ")
    assert len(ran.err) < 300
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("args", "command", "said"),
    cases("test_what_typer_says_of_a_line_is_told_with_the_commands_help"),
)
def test_what_typer_says_of_a_line_is_told_with_the_commands_help(
    args: str, command: str, said: str, home: Home
) -> None:
    assert home.run(*args.split()).err == f"ftz: {said} (see '{command} --help')\n"
    assert home.run(*args.split(), LANG="zh").err == f"ftz: {said}（见 {command} --help）\n"


@pytest.mark.parametrize("args", ["zones", "figures --metric foreign-trade"])
def test_a_limit_counts_what_is_shown(args: str, home: Home) -> None:
    # People see a fact that several sources print once, programs each figure.
    table, lines = (f"{args} --format {form}".split() for form in ("md", "jsonl"))
    rows, records = home.run(*table).out.count("\n| ") - 1, home.run(*lines).out.count("\n")
    for line, count in ((table, rows), (lines, records)):
        said = f"ftz: 3 of {count} rows shown; -n {count} shows all\n"
        assert home.run(*line, "-n", "3").err == said


@pytest.mark.parametrize(("args", "unknown"), cases("test_an_empty_list_is_an_answer"))
def test_an_empty_list_is_an_answer(args: str, unknown: str, home: Home, tmp_path: Path) -> None:
    ran = home.run(*args.split())
    assert (ran.code, ran.out) == (0, " none\n")
    assert ran.err.startswith(
        ("ftz: nothing listed here is known by ", "ftz: no figure of all of ")
    )
    assert ran.err.partition("; see ")[0].strip().endswith(unknown)
    assert home.run(*args.split(), "--json").out == "[]\n"
    file = tmp_path / "x.csv"
    file.write_text("before")
    home.run(*args.split(), "-o", str(file))
    assert file.read_text() == "before"


@pytest.mark.parametrize(("args", "said"), cases("test_what_an_answer_lacks_is_said"))
def test_what_an_answer_lacks_is_said(args: str, said: str, home: Home) -> None:
    assert home.run(*args.split()).err.startswith(f"ftz: {said}\n")


def test_a_row_of_two_currencies_has_no_unit_and_each_cell_its_own(home: Home) -> None:
    asked = "compare wuhu heihe --metric foreign-trade --format csv --fields unit,BASE_UNIT"
    cells = home.run(*asked.split())
    assert cells.out.splitlines()[-2:] == [",USD", ",CNY"]


def test_nothing_but_the_answer_is_on_stdout(home: Home) -> None:
    ran = home.process("zones", "-n", "2", "--json")
    assert len(json.loads(ran.out)) == 2
    assert ran.err.startswith("ftz: 2 of ")
    assert home.process("zones", "-n", "2", "--json", "-q").err == ""


# ---- options anywhere, language, database --------------------------------------------------------


@pytest.mark.parametrize(("args", "same"), cases("test_options_stand_anywhere"))
def test_options_stand_anywhere(args: str, same: str, home: Home) -> None:
    ran = home.run(*args.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran == home.run(*same.split())


@pytest.mark.parametrize(
    ("args", "environment", "told"),
    [
        ("zone xyzzyx", {"LANG": "en_GB"}, "no zone"),
        ("zone xyzzyx", {"LANG": "zh_CN.UTF-8"}, "没有"),
        ("zone xyzzyx", {"LANG": "zh"}, "没有"),
        ("zone xyzzyx", {"LANG": "zh_CN", "LC_ALL": "C"}, "no zone"),
        ("zone xyzzyx", {"LANG": "en", "LC_MESSAGES": "zh_TW"}, "没有"),
        ("zone xyzzyx --lang zh", {}, "没有"),
        ("--lang zh zone xyzzyx", {}, "没有"),
        ("zone xyzzyx -- --lang zh", {}, "no zone"),
    ],
)
def test_the_language_is_that_of_the_line_or_the_locale(
    args: str, environment: dict[str, str], told: str, home: Home
) -> None:
    assert home.run(*args.split(), **environment).err.startswith(f"ftz: {told}")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "zh_CN.GBK", "nonsense"])
def test_chinese_is_written_in_any_locale(locale: str, home: Home) -> None:
    ran = home.process("zone", "wuhan", "--json", "--lang", "en", LC_ALL=locale)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["name_zh"] == "武汉片区"


def test_a_database_is_named_by_option_or_environment(
    home: Home, tmp_path: Path, loaded: bytes
) -> None:
    (tmp_path / "other.db").write_bytes(loaded)
    other = str(tmp_path / "other.db")
    ask = ("zone", "wuhan-city", "--json")
    expected = home.run(*ask)
    assert expected.code == 0
    assert home.run(*ask, "--db", other) == expected
    assert home.run(*ask, FTZ_DB=other) == expected
    assert home.run(*ask, "--db", other, FTZ_DB="/no/such") == expected
    assert home.run(*ask, FTZ_DB="") == expected
    assert home.run(*ask, FTZ_DB="/no/such").code == 3


# ---- pipes and devices ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    ["figures --json", "figures", "zones --format csv", "", "-h", "zones -h", "--version",
     "check --explain"],
)  # fmt: skip
def test_a_reader_that_left_is_no_error(command: str, home: Home) -> None:
    # `true` leaves at once; sleep makes sure that it has.
    ran = home.shell(f"{{ sleep 0.3; exec ftz {command}; }} | true; echo ${{PIPESTATUS[0]}}")
    assert (ran.out, ran.err) == ("141\n", "")


def test_a_full_disk_leaves_the_file_as_it_was(home: Home) -> None:
    ran = home.shell("cd; echo before > x.csv; (ulimit -f 8; PYTHONDONTWRITEBYTECODE=1 ftz figures -q -o x.csv); echo $?;"
                     " cat x.csv; ls -A | grep x.csv")  # fmt: skip
    assert (ran.out, ran.err) == ("3\nbefore\nx.csv\n", "ftz: can't write x.csv: File too large\n")


@pytest.mark.parametrize(("command", "said"), cases("test_an_answer_is_never_written_over"))
def test_an_answer_is_never_written_over(command: str, said: str, home: Home) -> None:
    table = bundled_folder() / "zones.csv"
    made = f"cd; cp {table} x.csv; ln -s x.csv link"
    ran = home.shell(f"{made}; ftz {command} -o x.csv; echo $?; cmp {table} x.csv; rm x.csv link")
    assert (ran.out, ran.err) == ("2\n", f"ftz: x.csv {said}; write to another file\n")


def test_a_reader_that_leaves_half_way_is_no_error(home: Home) -> None:
    ran = home.shell("ftz sql \"with recursive c(n) as (select 1 union all select n + 1 from c where"
                     " n < 9999) select n, printf('%100d', n) as x from c\" --format jsonl"
                     " | head -1 | cut -c1-9; echo ${PIPESTATUS[0]}")  # fmt: skip
    assert (ran.out, ran.err) == ('{"n": 1, \n141\n', "")


@pytest.mark.parametrize(
    ("to", "told"), [("> /dev/full", "No space left on device"), (">&-", "not writable")]
)
@pytest.mark.parametrize("command", ["figures --json", "figures", "", "-h", "--version"])
def test_an_answer_that_cannot_be_written_is_an_error(
    command: str, to: str, told: str, home: Home
) -> None:
    ran = home.shell(f"ftz {command} {to}")
    assert (ran.code, ran.out, ran.err) == (3, "", f"ftz: can't write the answer: {told}\n")


def test_other_closed_streams_do_no_harm(home: Home) -> None:
    ran = home.shell("ftz zone nowhere 2>&-")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert home.shell("ftz sql - <&-").code == 2
    ran = home.shell("ftz zone wuhan --format csv --fields id <&-")
    assert (ran.code, ran.out, ran.err) == (0, "id\nwuhan\n", "")


def test_a_query_is_read_from_stdin(home: Home) -> None:
    ran = home.process("sql", "-", "--format", "csv", input="select '武' as x".encode())
    assert (ran.code, ran.out, ran.err) == (0, "x\n武\n", "")


def test_columns_of_one_name_are_all_kept(home: Home) -> None:
    for names in (("a", "a_2", "a"), ("a", "a", "a_2")):
        asked = ", ".join(f"{value} as {name}" for value, name in enumerate(names))
        ran = home.run("sql", f"select {asked}", "--format", "csv")
        assert ran.out.splitlines()[1] == "0,1,2"
        assert len({*ran.out.splitlines()[0].split(",")}) == 3


# ---- Ctrl-C --------------------------------------------------------------------------------------


def interrupted(
    home: Home, args: list[str], reached: Callable[[subprocess.Popen[bytes]], bool]
) -> tuple[int, bytes, bytes]:
    """Start, type a word, interrupt at a point: exit code, stdout, stderr.

    The process is stopped while we look, so that it can't run past the point meanwhile.
    """
    process = subprocess.Popen(
        [FTZ, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=home.environment(), bufsize=0,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(b"select")
    arrived = False
    while process.poll() is None and not arrived:
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        if arrived := reached(process):
            process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        time.sleep(0.01)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def in_the_query(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has computed for a second, where a start takes a fifth."""
    return int(Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]) > 10**9


def waits_for_more(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has read all that was typed."""
    assert process.stdin
    return fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)) == bytes(4)


def test_ctrl_c_ends_a_run_in_silence(home: Home) -> None:
    endless = ["sql", ENDLESS]
    assert interrupted(home, endless, in_the_query) == (130, b"", b"")
    assert interrupted(home, ["sql", "-"], waits_for_more) == (130, b"", b"")


def test_ctrl_c_during_a_load_leaves_the_old_data(tmp_path: Path, cache: Path) -> None:
    home = Home(tmp_path, shutil.copytree(cache, tmp_path / "cache"))
    (database,) = home.cache.rglob("*.db")
    before = database.read_bytes()
    for least in (0, len(before) // 2):

        def reached(_: object, least: int = least) -> bool:
            built = [part.stat().st_size for part in database.parent.glob("*.building")]
            return max(built, default=-1) >= least

        ended = interrupted(home, ["load", "-q"], reached)
        assert ended == (130, b"", b"")
        assert [*database.parent.iterdir()] == [database]
        assert database.read_bytes() == before


# ---- text from outside ---------------------------------------------------------------------------

HOSTILE = {
    "invalid UTF-8": b"wu\xff\xfehan",
    "half a character": "武".encode()[:2],
    "escape": b"\x1b[31mred\x1b[0m",
    "a line": b"one\ntwo\r\nthree\t",
    "C1": "\x9b31m".encode(),
    "bidi": "\u202ewuhan\u2066".encode(),
    "zero width": "wu\u200bhan\ufeff".encode(),
    "emoji": "🙂👩‍🚀🇨🇳".encode(),
    "markup": b"[/red][link=x]y[/link] :smile: {name} {0}",
    "formula": b"=1+1",
    "quotes": b"'\"`$(id);--",
    "wildcards": b"%_*?[",
    "blank": b" \xe3\x80\x80 ",
    "empty": b"",
    "path": b"../../../etc/passwd",
    "many words": b"wuhan " * 2000,
    "a long word": "武a".encode() * 50_000,
}
PLACES = [
    "zones", "zone", "initiatives", "initiative", "metrics", "metric", "recognitions", "figure",
    "sources", "audit", "compare", "compare wuhan", "compare 汇率保 首贷服务中心 --metric",
    "figures --zone", "figures --article", "figures --period", "figures --status", "initiatives --theme",
    "check --explain", "check", "scan", "scan --as", "sql", "zones --fields", "zones --format",
    "zones --lang", "zones --db", "zones -n", "load", "zones -o", "", "zones --no-such",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_text_from_outside_never_steers_a_terminal(
    place: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inner := tmp_path / "a" / "b" / "c" / "d").mkdir(parents=True)
    monkeypatch.chdir(inner)
    # Every place gets a third of them, and each of them a third of the places.
    for what in [*HOSTILE][PLACES.index(place) % 3 :: 3]:
        ran = home.run(*place.split(), os.fsdecode(HOSTILE[what]))
        assert ran.code in (0, 1, 2, 3), what
        assert not steers(ran.out + ran.err), what
        if ran.code and place not in ("check", "audit"):  # they print the faults that they find
            assert ran.out == "", what
            assert one_line(ran.err), what
            # What was typed is not thrown back whole.
            assert len(ran.err) < 1500, what


def test_bytes_that_are_no_text_are_refused(home: Home) -> None:
    for raw in (HOSTILE["invalid UTF-8"], HOSTILE["half a character"]):
        ran = home.process("metric", raw)
        assert (ran.code, ran.out, ran.err) == (2, "", "ftz: an argument is not UTF-8 text\n")


WORDS = st.sampled_from(
    [*FUNCTIONS, "wuhan", "汇率保", "跨境电商", "2021", "--json", "--lang", "zh", "--format", "csv",
     "md", "--fields", "id", "-q", "-n", "3", "--zone", "--metric", "--sort", "value", "--all",
     "--like", "--period", "--", "-", "-h", "--kind", "area", "select 1", "-x", "--no"]
)  # fmt: skip


@settings(max_examples=150)
@given(words=st.lists(WORDS, max_size=6))
def test_any_command_line_ends_well(home: Home, words: list[str]) -> None:
    left_out = {"serve", "export", "load", "stubs"}  # they listen or write
    ran = home.run(*(word for word in words if word not in left_out))
    assert ran.code in (0, 1, 2, 3)
    assert not steers(ran.out + ran.err)
    assert ran.out == "" or ran.code in (0, 1)


def test_a_filter_that_is_given_twice_is_refused(home: Home) -> None:
    for command in ("figures", "recognitions", "initiatives"):
        ran = home.run(command, "--zone", "nansha", "--zone", "hengqin")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("ftz: --zone is given 2 times"), command
