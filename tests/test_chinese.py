"""In Chinese, ftz says no English: each command's failures as real processes, and its help."""

from __future__ import annotations

import inspect
import os
import re
import socket
import sqlite3
from pathlib import Path

import pytest
import typer
from command_line import Home
from rich.cells import cell_len

from ftz_cli.bundled import bundled_folder
from ftz_cli.catalogue.help import MESSAGES as HELP
from ftz_cli.cli import COMMANDS, GROUPS, app
from ftz_cli.export import PACKAGE_FILE
from ftz_cli.schema import tables
from ftz_cli.store import SCHEMA_VERSION

# What is no English word: names of programs, formats and encodings.
NAMES = set(
    "ftz ftz-cli FTZ_DB SQLite SQL Datasette CSV JSON UTF-8 UTF-16 GBK EDTF NUL MB SHA-256 ISO iconv pip install"
    " stdin Ctrl-C Excel".split()
)
# What the user types, or reads in the data: columns, tables, words of the contract, commands.
SPOKEN = (
    {name for table in tables().values() for name in (table.name, *table.column_names)}
    | {word for table in tables().values() for column in table.columns for word in column.enum or ()}
    | set(COMMANDS)
    | {"bundled", "all", "json", "jsonl", "ndjson", "csv", "tsv", "md", "txt", "svg", "html", "htm",
       "table", "xml", "CODE", "NAME", "PATH", "FILE", "TEXT", "DIR", "WORDS", "select", "with",
       "values", "figures_flat"}
)  # fmt: skip
# What is repeated as it was typed, or is to be typed: quoted words, paths, options, codes.
REPEATED = re.compile(
    r"“[^”]*”|[\w.-]*/[^\s，。；：、（）]+|(?<!\w)--?[a-z][a-z-]*|[\w-]+(?:\.[a-z]+)+\b|[A-Z]\d+|(?:0<=)?x[<>]=\d+"
)


def ids() -> set[str]:
    """The ids of the bundled zones, initiatives, metrics and sources."""
    found = set()
    for name in ("zones", "initiatives", "metrics", "sources"):
        lines = (bundled_folder() / f"{name}.csv").read_text("utf-8").splitlines()
        found |= {line.partition(",")[0] for line in lines}
    return found


ALLOWED = NAMES | SPOKEN | ids()


def english(text: str, *own: str) -> list[str]:
    """The English words of a text that are neither names nor repeated from elsewhere."""
    plain = REPEATED.sub(" ", text)
    found = re.findall(r"[A-Za-z][\w-]*", plain, re.ASCII)
    return [word for word in found if word not in ALLOWED and word not in own]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Home:
    """A home beside which lies whatever a command can fail on."""
    path = tmp_path_factory.mktemp("chinese")
    home = Home(path / "home", loaded)
    (path / "article.txt").write_text(
        "该港吞吐量近1.5亿吨，上百家企业受益，3月起。\n", encoding="utf-8"
    )
    (path / "gbk.txt").write_bytes("吞吐量5吨".encode("gbk"))
    (path / "other.db").write_text("no database")
    (path / "empty.db").touch()
    (path / "cut.db").write_bytes(loaded[:5000])
    (path / "newer.db").write_bytes(loaded[:60] + b"\0\0\0\x63" + loaded[64:])
    (path / "older.db").write_bytes(loaded[:60] + b"\0\0\0\0" + loaded[64:])
    spoilt = b"\xff" * (len(loaded) - 4096)
    (path / "spoilt.db").write_bytes(loaded[:4096] + spoilt)
    (path / "full").mkdir()
    (path / "full" / "thing.txt").write_text("")
    (path / "empty").mkdir()
    (path / "curated").mkdir()
    (path / "curated" / PACKAGE_FILE).write_text("{}")
    (path / "bad").mkdir()
    header = (bundled_folder() / "figures.csv").read_text("utf-8").partition("\n")[0]
    rows = [
        "F900,nowhere,,enterprises-served,500,,家,over,2022,during,measured,hubei,31,500余家,,",
        "F901,wuhan,,enterprises-served,501,,家,over,2022,during,measured,hubei,31,500余家,,",
        "F902,wuhan,,enterprises-served,500,,家,circa,2022-13,during,measured,hubei,0,上百家,,",
        "F903,wuhan,,enterprises-served,100,,家,over,,during,measured,hubei,31,上百家,,",
        "F903,wuhan,,enterprises-served",
        'F904,wuhan,,enterprises-served,"1,5",,家,over,,during,measured,hubei,31,=1+1,,',
    ]
    (path / "bad" / "figures.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    (path / "broken").mkdir()
    (path / "broken" / "zones.csv").write_bytes("id,名称\n".encode("gbk"))
    (path / "broken" / "metrics.csv").write_text('id,id,colour\n"a\n')
    return home


# Command → what goes with it, its exit code, and the start of what is told where that is kept.
FAILURES = [
    ("zone 火星", 1, "没有区域“火星”。见 ftz zones"),
    ("zone wuhna", 1, "没有区域“wuhna”；您是否要找 wuhan（武汉片区）、wuhan-city（武汉市）？见 ftz zones"),
    ("zone 湖北", 1, "“湖北”同样符合多个区域：hubei-ftz（湖北自贸试验区）、hubei（湖北省）。请用编号指定其一"),
    ("zone", 2, "缺少参数 NAME。见 ftz zone --help"),
    ("zones --format xml", 2, "--format 的值不对：“xml”不在可选值之内：table、json、jsonl、csv、tsv、md。见 ftz zones --help"),
    ("zones --colour", 2, "没有选项 --colour。见 ftz zones --help"),
    ("zones --jso", 2, "没有选项 --jso（相近的有 --bom、--json）。见 ftz zones --help"),
    ("zones --json=1", 2, "选项 --json 不带值。见 ftz --help"),
    ("zones --fields colour", 2, "这里没有字段“colour”；可用的有 id、name_zh、name_en、kind、parent、initiatives、figures"),
    ("zones --fields=", 2, None),
    ("zones --json --bom", 2, "--bom 用于 csv 和 tsv，不用于 json"),
    ("zones -o answer", 2, "从文件名“answer”看不出格式；请以 .json、.jsonl、.ndjson、.csv、.tsv、.md、.txt、.svg、.html、.htm 之一结尾，或用 --format 指定"),
    ("zones -o /no/such/answer.json", 3, "无法写入“/no/such/answer.json”：没有这个文件或文件夹"),
    ("zones -o empty/../full --json", 3, "无法写入“empty/../full”：这是文件夹"),
    ("zones --db /no/such.db", 3, "“/no/such.db”处没有数据库。新建：ftz load --db /no/such.db"),
    ("zones --db other.db", 3, "“other.db”不是 SQLite 数据库，未作改动。新建数据库：ftz load --db other.db.new"),
    ("zones --db empty.db", 3, "“empty.db”是空文件，未作改动"),
    ("zones --db cut.db", 3, "“cut.db”不完整，未作改动"),
    ("zones --db newer.db", 3, f"“newer.db”由较新的 ftz 建立（格式 99，本版读取 {SCHEMA_VERSION}）。请升级 ftz-cli，或用 --db 载入另一文件"),
    ("zones --db older.db", 3, f"“older.db”由较旧的 ftz 建立（格式 0，本版读取 {SCHEMA_VERSION}）。重建：ftz load --db older.db"),
    ("zones --db spoilt.db", 3, "数据库已损坏：文件内容已损坏。重建：ftz load"),
    ("zones --db empty", 3, "“empty”是文件夹。在其中新建数据库：ftz load --db empty/ftz.db"),
    ("initiatives --no-such", 2, None),
    ("initiative nothing", 1, "没有举措“nothing”。见 ftz initiatives"),
    ("metrics --limit 3", 2, "没有选项 --limit。见 ftz metrics --help"),
    ("metric xyzzy", 1, None),
    ("metric", 2, "缺少参数 WORDS…。见 ftz metric --help"),
    ("figures --status odd", 2, "“odd”不是可用的性质；可用的有 measured、capacity、design、target、rule"),
    ("figures --period tomorrow", 2, "“tomorrow”不是时期；请用 EDTF 写法：2021、2021-05，上半年为 2022-40"),
    ("figures --metric nothing", 1, "没有指标“nothing”。见 ftz metrics"),
    ("figures extra words", 2, "多出参数：extra words。见 ftz figures --help"),
    ("sources nothing", 1, "没有来源“nothing”。见 ftz sources"),
    ("compare 汇率保", 1, "比较需要两个名称；可与“汇率保”比较的有 caizhi-platform（财智服务平台）、first-loan-centre（首贷服务中心）"),
    ("compare 汇率保 汇率保", 2, "“汇率保”指定了两次"),
    ("compare 汇率保 wuhan", 2, "“wuhan”是区域，“汇率保”是举措；请比较同类"),
    ("audit xyzzy", 1, "没有数据符合“xyzzy”。可查的指标见 ftz metrics"),
    ("check /no/such", 3, "没有文件夹“/no/such”。请指定存放 CSV 文件的文件夹，或 bundled"),
    ("check bundled bundled", 3, "文件夹“bundled”指定了两次"),
    ("check empty", 3, "empty 中没有数据集：应有 figures.csv 等 CSV 文件。见 ftz load --help"),
    ("check --explain F999", 2, "没有代码“F999”。全部代码见 ftz check --explain all"),
    ("load bad", 1, None),
    ("load /no/such", 3, None),
    ("load --db full/thing.txt/x.db", 3, "无法写入“full/thing.txt/x.db”"),
    ("load --db other.db", 3, "“{}/other.db”不是完整的 ftz 数据库，未作改动。请用 --db 另指定文件"),
    ("scan /no/such.txt", 3, "无法读取“/no/such.txt”：没有这个文件或文件夹"),
    ("scan gbk.txt", 3, "“gbk.txt”不是 UTF-8 编码（第 1 行）。若是 GBK：iconv -f GBK -t UTF-8 'gbk.txt'"),
    ("scan /dev/zero", 3, "“/dev/zero”超过 50 MB"),
    ("scan article.txt", 1, None),
    ("sql", 2, "请给出一条查询、-（标准输入）或 --schema"),
    ("sql selct", 2, "查询应以 select、with 或 values 开头，而不是“selct”；您是否想写 select？"),
    ("sql select", 2, "无法回答此查询：语句不完整。见 ftz sql --schema"),
    ("sql", 2, None),
    ("zons", 2, "没有命令“zons”；您是否要用 zones？见 ftz --help"),
    ("xyzzy", 2, "没有命令“xyzzy”。见 ftz --help"),
    ("export full", 2, "“full”中有其他文件（thing.txt）；请指定新文件夹"),
    ("export curated", 2, "“curated”中的数据集不是由导出得来，未作改动；请指定新文件夹"),
    ("export .", 2, "“.”是当前文件夹；请指定其中的一个子文件夹"),
    ("export article.txt", 2, "“article.txt”是文件；请另指定文件夹"),
    ("export /proc/no", 3, None),
    ("export", 2, "缺少参数 DIR。见 ftz export --help"),
    ("serve --port 99999", 2, "--port 的值不对：99999 不在 0 至 65535 之间。见 ftz serve --help"),
    ("serve --port many", 2, "--port 的值不对：“many”不是整数。见 ftz serve --help"),
    ("serve --host no.such.invalid", 2, None),
]  # fmt: skip
QUERIES = [
    ("delete from figures", "只允许读取：DELETE 会改动数据库"),
    ("attach 'x' as y", "只允许读取：ATTACH 会打开或关闭其他文件"),
    ("vacuum", "只允许读取：VACUUM 会重写数据库"),
    ("begin", "只允许读取：BEGIN 用于改动，而这里不作改动"),
    ("pragma user_version", "只允许读取：PRAGMA 会改变数据库的运行方式；各列见 ftz sql --schema"),
    ("", "查询是空的。见 ftz sql --schema"),
    ("select * from figurs", "没有表“figurs”；您是否要找 figures、figures_flat？见 ftz sql --schema"),
    ("select colour from figures", "没有列“colour”"),
    ("select foo(1)", f"SQLite {sqlite3.sqlite_version} 没有函数“foo”"),
    ("select load_extension('x')", "只允许读取：不接受函数 load_extension"),
    ("with x as (select 1) delete from figures", "只允许读取：不接受 DELETE figures"),
    ("select * from figures form zones", "无法回答此查询：“zones”附近有语法错误。见 ftz sql --schema"),
    ("select id from figures, zones", "无法回答此查询：列名 id 有歧义，请写明是哪个表的"),
    ("select abs(1, 2)", "无法回答此查询：函数 abs() 的参数个数不对"),
    ("select 1 where count(*) > 1", "无法回答此查询：聚合函数 count() 用错了位置"),
    ("select 1 union select 1, 2", "无法回答此查询：UNION 两边查询的列数不同"),
    ("select (select 1, 2)", "无法回答此查询：子查询返回 2 列，应为 1 列"),
    ("select 'a", None),
    ("select json('{')", "无法回答此查询：JSON 写法有误"),
    ("select *", "无法回答此查询：没有写明表"),
    ("select 1; select 2", "一次只能执行一条语句：第一个分号后还有内容"),
    ("select ?", "查询含有参数（? 或 :name）；请直接写出值"),
    ("select 1\0", None),
    ("x" * 70_000, "查询超过 65,536 字节"),
    ("select zeroblob(20000000)", "查询产生的一个值超过 10 MB"),
    ("with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c",
     "查询超过 1 秒，已停止。请缩小查询，或用 --timeout 放宽时限"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "told"), FAILURES, ids=lambda one: str(one)[:40])
def test_a_failure_is_told_in_chinese(line: str, code: int, told: str | None, home: Home) -> None:
    place = home.path.parent
    ran = home.process(*line.split(), "--lang", "zh", cwd=place)
    assert ran.code == code
    if told is not None:
        assert ran.err.startswith(f"ftz: {told.format(place)}")
    assert ran.err
    assert english(ran.err, *re.split(r"[ .]", line)) == []


@pytest.mark.parametrize(("query", "told"), QUERIES, ids=lambda one: str(one)[:40])
def test_a_query_that_fails_is_told_in_chinese(query: str, told: str | None, home: Home) -> None:
    ran = home.process("sql", "-", "--lang", "zh", "--timeout", "1", input=query.encode())
    assert (ran.code, ran.out) == (2, "")
    if told is not None:
        assert ran.err.startswith(f"ftz: {told}")
    assert english(ran.err, "name", *re.findall(r"\w+", f"{query} {query.upper()}")) == []


def test_every_command_fails_here_at_least_once() -> None:
    assert {line.split()[0] for line, _, _ in FAILURES} >= set(COMMANDS)


def test_problems_are_told_in_chinese(home: Home) -> None:
    place = home.path.parent
    ran = home.process("check", "bundled", "bad", "--lang", "zh", cwd=place)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[:2] == [
        " bad/figures.csv:2:6: F402 zone 的值“nowhere”不在 zones.csv 中",
        "   | F900,nowhere,,enterprises-served,500,,家,over,2022,during,measured,hubei,31,500余家,,",
    ]
    told = [line for line in ran.out.splitlines() if not line.startswith("   | ")]
    assert english("\n".join(told)) == []
    assert " bad/figures.csv:3:32: F203 value 的值“501”与“500余家”不符" in told
    assert "   提示：“500余家”的意思是 value 为 500、unit 为 家、bound 为 over" in told
    json = home.process("check", "bundled", "bad", "--lang", "zh", "--json", cwd=place)
    assert '"message": "zone 的值“nowhere”不在 zones.csv 中"' in json.out
    load = home.process("load", "bundled", "bad", "--db", "new.db", "--lang", "zh", cwd=place)
    assert load.code == 1
    assert load.err.splitlines()[0] == told[0].strip()
    assert load.err.splitlines()[-1].endswith("个问题；未载入任何数据")
    broken = home.process("check", "broken", "--lang", "zh", cwd=place)
    assert broken.code == 1
    assert english(broken.out) == []


def test_every_fault_is_explained_in_chinese(home: Home) -> None:
    ran = home.process("check", "--explain", "all", "--lang", "zh", "--format", "csv", "--fields", "name,description")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert english(ran.out.partition("\n")[2]) == []


def test_a_scan_gives_its_reasons_in_chinese(home: Home) -> None:
    ran = home.process("scan", "article.txt", "--lang", "zh", cwd=home.path.parent)
    assert ran.code == 1
    assert ran.err == "ftz: 此文本不是已知来源，按新来源扫描\nftz: 共 3 处未收录或查无出处\n"
    assert "没有说出具体的数" in ran.out
    assert "日期未说明年份" in ran.out
    assert english(ran.out) == []


def test_remarks_are_told_in_chinese(tmp_path: Path) -> None:
    bare = Home(tmp_path / "bare", None)
    ran = bare.process("zone", "wuhan", "--fields", "id", "--format", "csv", "--lang", "zh")
    assert (ran.code, ran.out) == (0, "id\nwuhan\n")
    assert ran.err == f"ftz: 正在建立数据库 {bare.database}（首次使用）\n"
    data = bytearray(bare.database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    bare.database.write_bytes(data)
    ran = bare.process("zone", "wuhan", "--fields", "id", "--format", "csv", LANG="zh_CN.UTF-8")
    assert (ran.code, ran.err) == (0, f"ftz: 正在建立数据库 {bare.database}（原文件已损坏）\n")
    ran = bare.process("export", "out", "--lang", "zh", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "ftz: 已将 109 条数据写入 out\n")
    ran = bare.process("check", LC_ALL="zh_CN.UTF-8")
    assert (ran.code, ran.err) == (0, "ftz: 已检查 109 条数据，未发现问题\n")
    ran = bare.process("zones", "--json", HOME="/proc/nowhere", LANG="zh_CN.UTF-8")
    assert ran.code == 0
    assert ran.err.endswith("改在内存中建立\n")
    assert english(ran.err) == []


def test_what_cannot_be_written_or_read_is_told_in_chinese(home: Home) -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    ran = home.shell("ftz zones --json > /dev/full", **chinese)
    assert (ran.code, ran.err) == (3, "ftz: 无法写出结果：磁盘空间不足\n")
    ran = home.shell("ftz zones --json >&-", **chinese)
    assert (ran.code, ran.err) == (3, "ftz: 无法写出结果：输出已关闭\n")
    ran = home.process("metric", b"wu\xff", **chinese)
    assert (ran.code, ran.err) == (2, "ftz: 有参数不是 UTF-8 编码\n")


def test_an_address_in_use_is_told_in_chinese(home: Home) -> None:
    pytest.importorskip("datasette")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = home.process("serve", "--port", str(port), "--lang", "zh")
    told = f"无法监听 127.0.0.1 的端口 {port}：地址已被占用。请换一个 --port 或 --host"
    assert (ran.code, ran.err) == (2, f"ftz: {told}\n")


@pytest.mark.parametrize(
    ("args", "lang", "told"),
    [
        (["zons"], "en_GB", "no command"), (["zons"], "zh_CN", "没有命令"),
        (["zones", "--lang", "zh", "--no"], "en_GB", "没有选项"),
        (["zones", "--no", "--lang=zh"], "en_GB", "没有选项"),
        (["zones", "--lang", "zh", "--lang", "en", "--no"], "zh_CN", "no such option"),
        (["zones", "--lang", "fr"], "zh_CN", "--lang 的值不对"),
        (["zones", "--lang"], "zh_CN", "选项 --lang 需要一个值"),
        (["zone", "x", "--", "--lang", "zh"], "en_GB", "no zone"),
    ],
)  # fmt: skip
def test_the_language_is_known_before_the_line_is(
    args: list[str], lang: str, told: str, home: Home
) -> None:
    ran = home.run(*args, LANG=lang)
    assert ran.err.startswith(f"ftz: {told}")
    assert os.linesep.join(ran.err.splitlines()) + os.linesep == ran.err


# ---- help ---------------------------------------------------------------------------------------


def texts_of_help() -> set[str]:
    """Every text of the English help pages, as the code has it."""
    group = typer.main.get_command(app)
    with group.make_context("ftz", ["zones"]) as context:
        commands = [group, *(group.get_command(context, name) for name in COMMANDS)]
        params = [param for command in commands for param in command.get_params(context)]
    found = {" ".join(inspect.cleandoc(one.help).split("\n\n")[0].split()) for one in commands}
    found |= {param.help for param in params if getattr(param, "help", None)}
    defaults = {param.show_default for param in params if isinstance(param.show_default, str)}
    return found | defaults - {"table"} | {group for group, _ in GROUPS.values()}


def test_every_text_of_help_is_in_chinese_too_and_no_other() -> None:
    ours = {key.partition(".")[2] for key in HELP} - {"Options", "Arguments"}
    assert ours == texts_of_help()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_a_page_of_help_is_chinese(command: str, home: Home) -> None:
    page = home.run(*command.split(), "-h", LANG="zh_CN.UTF-8")
    assert (page.code, page.err) == (0, "")
    assert page.out.startswith(f"用法：ftz {command}".rstrip())
    assert page.out.count("示例：ftz ") == 1
    told = re.sub(r"示例：.*?\n\n", "", page.out, flags=re.DOTALL)
    told = re.sub(r"<[^>]*>|\b[A-Z]+\b", "", told)
    assert english(told, "Data", "Package", "shell", "install-completion", "show-completion") == []
    assert [line for line in page.out.splitlines() if cell_len(line) > 80] == []


def test_a_page_of_help(home: Home) -> None:
    page = home.run("serve", "--lang", "zh", "--help")
    assert (
        page.out
        == """用法：ftz serve [选项]

  用 Datasette 在浏览器中查看数据库。

  示例：ftz serve --port 8080

选项：
  --host ADDRESS  监听的地址。 [默认：127.0.0.1]
  --port PORT     监听的端口；0 为任一空闲端口。 [默认：8001；0 至 65535]
  --db PATH       要读取的数据库。 [环境变量：FTZ_DB；默认：内置数据]
  --lang <en|zh>  语言。 [默认：随系统语言]
  -q, --quiet     不在标准错误输出提示。
  -h, --help      显示本说明并退出。
"""
    )
    english_page = home.run("serve", "--help").out
    assert english_page.startswith("Usage: ftz serve [OPTIONS]\n")
    assert "[default: 8001; 0 to\n                  65535]\n" in english_page
    assert "[env var: FTZ_DB; default: the bundled\n                  data]\n" in english_page


def test_the_numbers_that_an_option_takes_are_told_in_words(home: Home) -> None:
    for lang, page, error in (
        ("en", "[default: 10000;\n                                  at least 1]\n",
         "ftz: invalid value for '--limit': 0 is less than 1. See 'ftz sql --help'\n"),
        ("zh", "[默认：10000；不小于 1]\n", "ftz: --limit 的值不对：0 小于 1。见 ftz sql --help\n"),
    ):  # fmt: skip
        assert page in home.run("sql", "-h", "--lang", lang).out
        assert home.run("sql", "select 1", "--limit", "0", "--lang", lang).err == error
    assert home.run("serve", "--port", "99999").err == (
        "ftz: invalid value for '--port': 99999 is not between 0 and 65535. "
        "See 'ftz serve --help'\n"
    )


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "completion for bash is installed in {}; a new terminal has it\n"),
        ("zh", "已在 {} 中为 bash 安装补全；新开的终端即可使用\n"),
    ],
)
def test_installing_completion_is_told_in_the_users_language(
    lang: str, told: str, tmp_path: Path
) -> None:
    home = Home(tmp_path, None)
    # In front of exec, bash would be gone before it is looked for.
    ran = home.shell(f"ftz --lang {lang} --install-completion; exit $?")
    place = tmp_path / ".bash_completions" / "ftz.sh"
    assert (ran.code, ran.out, ran.err) == (0, told.format(place), "")
    assert "_FTZ_COMPLETE=complete_bash" in place.read_text("utf-8")
