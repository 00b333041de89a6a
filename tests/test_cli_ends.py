"""How a run ends: closed pipes, Ctrl-C, full devices, hostile text in every argument."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import FTZ, Home, one_line, steers
from hypothesis import given, settings
from hypothesis import strategies as st

from ftz_cli.cli import COMMANDS

ENDLESS = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Home:
    return Home(tmp_path_factory.mktemp("ends"), loaded)


# ---- a closed pipe ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    ["figures --json", "figures", "zones --format csv", "audit", "sources --format md", "",
     "-h", "zones -h", "--version", "check --explain all", "sql --schema"],
)  # fmt: skip
def test_a_reader_that_left_is_no_error(command: str, home: Home) -> None:
    # `true` leaves at once; sleep makes sure that it has.
    ran = home.shell(f"{{ sleep 0.3; exec ftz {command}; }} | true; echo ${{PIPESTATUS[0]}}")
    assert (ran.out, ran.err) == ("141\n", "")


def test_head_takes_what_it_wants(home: Home) -> None:
    ran = home.shell("ftz sql 'with recursive c(n) as (select 1 union all select n + 1 from c where"
                     " n < 9999) select n, printf(\"%100d\", n) as x from c' --format jsonl"
                     " | head -1 | cut -c1-9; echo ${PIPESTATUS[0]}")  # fmt: skip
    assert (ran.out, ran.err) == ('{"n": 1, \n141\n', "")


# ---- a write that fails -------------------------------------------------------------------------

FULL = "ftz: can't write the answer: No space left on device\n"


@pytest.mark.parametrize(
    "command",
    ["figures --json", "figures", "zones --format csv", "", "-h", "zones -h", "--version"],
)
def test_a_full_device_is_an_error(command: str, home: Home) -> None:
    ran = home.shell(f"ftz {command} > /dev/full")
    assert (ran.code, ran.out, ran.err) == (3, "", FULL)


def test_a_closed_stdout_is_an_error(home: Home) -> None:
    for command in ("zones", "zones --json", "-h"):
        ran = home.shell(f"ftz {command} >&-")
        assert (ran.code, ran.err) == (3, "ftz: can't write the answer: not writable\n")


def test_other_closed_streams_do_no_harm(home: Home) -> None:
    ran = home.shell("ftz zone nowhere 2>&-")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    ran = home.shell("ftz zone nowhere 2>/dev/full")
    assert (ran.code, ran.out) == (1, "")
    ran = home.shell("ftz sql - <&-")
    assert (ran.code, ran.err) == (2, "ftz: the query is empty. See 'ftz sql --schema'\n")
    ran = home.shell("ftz zones wuhan --format csv --fields id <&-")
    assert (ran.code, ran.out, ran.err) == (0, "id\nwuhan\nwuhan-city\n", "")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("/dev/full", "No space left on device"),
        ("/no/such/folder/answer.json", "No such file or directory"),
        ("folder.json", "it is a folder"),
        ("a-file.txt/answer.json", "Not a directory"),
        ("x" * 300 + ".json", "File name too long"),
    ],
)
@pytest.mark.parametrize("form", ["json", "table", "csv"])
def test_a_file_that_cannot_be_written(
    target: str, told: str, form: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.json").mkdir()
    Path("a-file.txt").write_text("old")
    ran = home.run("zones", "--format", form, "-o", target)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"ftz: can't write '{target}': {told}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file.txt", "folder.json"]
    assert Path("a-file.txt").read_text() == "old"


def test_a_failed_answer_leaves_the_old_file(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    for args in (["zone", "nowhere"], ["zones", "--fields", "colour"], ["sql", "selct"]):
        assert home.run(*args, "-o", str(target)).code in (1, 2)
        assert target.read_text() == "old"
    # A file as long as this is not allowed: the write fails half-way.
    ran = home.shell(f"ulimit -f 8; ftz figures --json -o '{target}'")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"ftz: can't write '{target}': File too large\n"
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]
    assert home.run("zones", "--json", "-o", str(target)).code == 0
    assert target.read_text().startswith('[\n{"id": "hubei-ftz"')


# ---- Ctrl-C -------------------------------------------------------------------------------------


def interrupted(
    home: Home, args: list[str], after: float, once: Callable[[], object] = lambda: True
) -> tuple[int, bytes, bytes]:
    """Start, wait until `once` and so long `after`, interrupt: exit code, stdout, stderr."""
    process = subprocess.Popen(
        [FTZ, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=home.environment(),
    )  # fmt: skip
    while not once() and process.poll() is None:
        time.sleep(0.002)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def test_ctrl_c_ends_a_long_question(home: Home) -> None:
    assert interrupted(home, ["sql", ENDLESS, "--timeout", "60"], 1.0) == (130, b"", b"")


def test_ctrl_c_while_waiting_for_stdin(home: Home) -> None:
    assert interrupted(home, ["sql", "-"], 1.0) == (130, b"", b"")


def test_ctrl_c_during_a_scan(home: Home, tmp_path: Path) -> None:
    article, target = tmp_path / "long.txt", tmp_path / "answer.json"
    article.write_text("吞吐量近1.5亿吨,\n" * 500_000, encoding="utf-8")
    code, out, err = interrupted(
        home, ["scan", str(article), "-q", "--json", "-o", str(target)], 1.0
    )
    assert (code, out, err) == (130, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["long.txt"]


def test_ctrl_c_during_a_load_leaves_the_old_data(tmp_path: Path, loaded: bytes) -> None:
    home = Home(tmp_path / "home", loaded)
    cache = home.database.parent
    before = home.database.read_bytes()
    cut = 0
    for after in (0.0, 0.03, 0.06, 0.1, 0.15, 0.2):
        code, out, err = interrupted(
            home, ["load", "-q"], after, lambda: [*cache.glob(".ftz.db.*.building")]
        )
        assert (code in (0, 130), out, err) == (True, b"", b"")
        assert [path.name for path in cache.iterdir()] == ["ftz.db"]
        if code == 130 and not cut:
            assert home.database.read_bytes() == before
        cut += code == 130
        counted = home.run("sql", "select count(*) as n from figures", "--format", "csv")
        assert (counted.code, counted.out, counted.err) == (0, "n\n109\n", "")
    assert cut >= 2


# ---- hostile text in every argument --------------------------------------------------------------

HOSTILE = {
    "invalid UTF-8": b"wu\xff\xfehan",
    "half a character": "武".encode()[:2],
    "escape": b"\x1b[31mred\x1b[0m",
    "bell and backspace": b"a\x07\x08\x7f",
    "a line": b"one\ntwo\r\nthree\t",
    "C1": "\x9b31m".encode(),
    "bidi": "\u202ewuhan\u2066".encode(),
    "zero width": "wu\u200bhan\ufeff".encode(),
    "surrogate as WTF-8": b"\xed\xa0\x80",
    "emoji": "🙂👩‍🚀🇨🇳".encode(),
    "markup": b"[/red][link=x]y[/link] :smile:",
    "formula": b"=1+1",
    "quotes": b"'\"`$(id);--",
    "wildcards": b"%_*?[",
    "blank": b" \xe3\x80\x80 ",
    "empty": b"",
    "numbers": b"1e999 nan inf -0 0x10",
    "path": b"../../../etc/passwd",
    "astral": "\U0010ffff\ue000".encode(),
    "many words": b"wuhan " * 2000,
}
PLACES = [
    ("zones",), ("zone",), ("initiatives",), ("initiative",), ("metrics",), ("metric",),
    ("metric", "--explain"), ("sources",), ("audit",), ("compare",), ("compare", "wuhan"),
    ("compare", "汇率保", "首贷服务中心", "--metric"), ("figures", "--zone"),
    ("figures", "--initiative"), ("figures", "--metric"), ("figures", "--article"),
    ("figures", "--period"), ("figures", "--status"), ("check", "--explain"), ("check",),
    ("scan",), ("sql",), ("zones", "--fields"), ("zones", "--format"), ("zones", "--lang"),
    ("zones", "--db"), ("zones", "--json", "--db"), ("sql", "select 1", "--limit"),
    ("sql", "select 1", "--timeout"), ("load",), (), ("zones", "--no-such"),
]  # fmt: skip
# The places that a command line's own grammar guards, with its usage on stderr.
GRAMMAR = {("zones", "--format"), ("zones", "--lang"), ("sql", "select 1", "--limit"),
           ("sql", "select 1", "--timeout"), (), ("zones", "--no-such")}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_hostile_text_is_answered_or_told(
    place: tuple[str, ...], what: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = os.fsdecode(HOSTILE[what])
    ran = home.run(*place, text)
    assert ran.code in (0, 1, 2, 3)
    assert not steers(ran.out)
    assert [*tmp_path.iterdir()] == []
    if ran.code and place not in GRAMMAR and place[:1] != ("check",):
        assert ran.out == "" or place == ("scan",)
        assert "Usage:" in ran.err or one_line(ran.err)
        assert not steers(ran.err) or "Usage:" in ran.err


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("suffix", [".json", ".svg", ""])
def test_a_hostile_file_name(
    what: str, suffix: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b" / "c" / "d"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    ran = home.run("zones", "-o", os.fsdecode(HOSTILE[what]) + suffix)
    assert ran.out == ""
    if ran.code:
        assert ran.code in (2, 3)
        assert one_line(ran.err)
        assert not any(path.is_file() for path in tmp_path.rglob("*"))
    else:
        assert ran.err == ""
        (written,) = (path for path in tmp_path.rglob("*") if path.is_file())
        assert written.name.endswith(suffix)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_environment(what: str, home: Home) -> None:
    text = os.fsdecode(HOSTILE[what])
    expected = home.run("zones", "wuhan").out
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "TERM", "NO_COLOR", "PAGER"):
        ran = home.run("zones", "wuhan", **{name: text})
        assert (ran.code, ran.out, ran.err) == (0, expected, "")
    ran = home.run("zones", FTZ_DB=text)
    assert ran.code == (0 if not text else 3)
    assert not text or (ran.out == "" and one_line(ran.err))


@pytest.mark.parametrize(
    "what", ["invalid UTF-8", "half a character", "escape", "surrogate as WTF-8", "a line", "bidi"]
)
@pytest.mark.parametrize(
    "place", [("zone",), ("metric",), ("figures", "--period"), ("scan",), ("zones", "--db"), ("sql",)],
    ids=" ".join,
)  # fmt: skip
def test_hostile_bytes_to_a_process(place: tuple[str, ...], what: str, home: Home) -> None:
    ran = home.process(*place, HOSTILE[what])
    assert ran.code in (0, 1, 2, 3)
    assert "Traceback" not in ran.err
    if ran.code:
        assert ran.out == ""
        assert one_line(ran.err)


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_a_word_of_a_hundred_thousand_characters(
    place: tuple[str, ...], home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started = time.perf_counter()
    ran = home.run(*place, "武a" * 50_000)
    assert time.perf_counter() - started < 60
    assert ran.code in (0, 1, 2, 3)
    # What was typed is not thrown back whole.
    assert place in GRAMMAR or len(ran.err) < 2000


@pytest.mark.parametrize("locale", ["C", "en_US.UTF-8"])
def test_nul_in_a_query_from_stdin(locale: str, home: Home) -> None:
    ran = home.process("sql", "-", input=b"select 1\x00", LC_ALL=locale)
    assert (ran.code, ran.out, ran.err) == (2, "", "ftz: the query holds a NUL character\n")
    ran = home.process("sql", "-", input=b"select '\xff'", LC_ALL=locale)
    assert (ran.code, ran.out, ran.err) == (2, "", "ftz: the query is not UTF-8: byte 9 can't be read\n")  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("吞吐量5吨".encode("gbk"), "'article.txt' is not UTF-8 (line 1). If it is GBK: iconv -f GBK -t UTF-8 'article.txt'"),
        ("吞吐量5吨".encode("utf-16"), "'article.txt' is not UTF-8 (line 1). If it is GBK: iconv -f GBK -t UTF-8 'article.txt'"),
        (b"ok\nok\n\xff", "'article.txt' is not UTF-8 (line 3). If it is GBK: iconv -f GBK -t UTF-8 'article.txt'"),
    ],
)  # fmt: skip
def test_an_article_that_cannot_be_read(
    content: bytes, told: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_bytes(content)
    ran = home.run("scan", "article.txt")
    assert (ran.code, ran.out, ran.err) == (3, "", f"ftz: {told}\n")


def test_an_article_without_end(home: Home) -> None:
    for line in ("ftz scan /dev/zero", "ftz scan - < /dev/zero"):
        ran = home.shell(line)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.endswith(" is larger than 50 MB\n")
        assert one_line(ran.err)


# ---- fuzzed command lines ------------------------------------------------------------------------

WORDS = st.one_of(
    st.text(st.characters(codec=None, exclude_characters="/\x00"), max_size=12),
    st.sampled_from("wuhan 武汉 汇率保 首贷服务中心 跨境电商 2021 C03 F203 bundled hubei chongzuo 第一 near"
                    " most figures_flat measured undated".split()),
    st.sampled_from(["select 1", "select * from figures_flat limit 2", "-", "--", "all", "0", "-1"]),
)  # fmt: skip
OPTIONS = st.sampled_from(
    "--json --format --lang --db --fields --bom --no-pager -q --zone --metric --initiative --article"
    " --period --status --all --explain --stubs --limit --timeout --schema -h --quiet csv tsv md"
    " table jsonl en zh id,name_zh printed".split()
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from([name for name in COMMANDS if name not in ("serve", "export", "load")]),
    st.lists(st.one_of(WORDS, OPTIONS), max_size=6),
    st.one_of(st.none(), st.sampled_from([60, 80, 200])),
)


def sound(home: Home, line: tuple[str, list[str], int | None]) -> None:
    """The line ends with an answer or one of the project's exit codes, and steers no terminal."""
    command, args, columns = line
    ran = home.run(command, *args, columns=columns)
    assert ran.code in (0, 1, 2, 3)
    assert not steers(ran.out.replace("\ufeff", ""))  # --bom asks for one
    assert ran.code != 0 or "Traceback" not in ran.err
    if ran.code == 3:
        assert ran.out == ""
        assert one_line(ran.err)


@pytest.fixture
def fuzzed(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)
    return home


@settings(max_examples=300)
@given(line=LINES)
def test_command_lines(line: tuple[str, list[str], int | None], fuzzed: Home) -> None:
    sound(fuzzed, line)


@pytest.mark.slow
@settings(max_examples=7000)
@given(line=LINES)
def test_many_command_lines(line: tuple[str, list[str], int | None], fuzzed: Home) -> None:
    sound(fuzzed, line)


@pytest.mark.parametrize("command", ["metric gdp", "figures", "zone dalian-city"])
def test_a_value_that_cannot_be_is_told_in_one_line(
    command: str, home: Home, loaded: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "strange.db"
    path.write_bytes(loaded)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update figures set low = 'abc' where metric = 'gdp'")
    ran = home.run(*command.split(), "--db", str(path))
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err)
    assert "makes no sense (InvalidOperation: " in ran.err
