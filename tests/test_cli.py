"""The command line as a whole: names, the JSON contract, exit codes, options, the first use."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

import pytest
from command_line import FTZ, Home, example_of, one_line
from conftest import Folder

import ftz_cli
from ftz_cli.bundled import bundled_folder
from ftz_cli.cli import COMMANDS


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Home:
    return Home(tmp_path_factory.mktemp("cli"), loaded)


@pytest.fixture
def bare(tmp_path: Path) -> Home:
    """A home in which ftz was never used."""
    return Home(tmp_path / "home", None)


def answer(home: Home, *args: str) -> object:
    ran = home.run(*args, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out, parse_float=Decimal)


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("zone wuhna", "no zone 'wuhna'; did you mean wuhan (Wuhan Area), wuhan-city (Wuhan City)? See 'ftz zones'"),
        ("zone nowhere", "no zone 'nowhere'. See 'ftz zones'"),
        ("zone 火星", "没有区域“火星”。见 ftz zones"),
        ("initiative nothing", "no initiative 'nothing'. See 'ftz initiatives'"),
        ("figures --zone nowhere", "no zone 'nowhere'. See 'ftz zones'"),
        ("figures --initiative nothing", "no initiative 'nothing'. See 'ftz initiatives'"),
        ("figures --metric nothing", "no metric 'nothing'. See 'ftz metrics'"),
        ("figures --article nothing", "no source 'nothing'. See 'ftz sources'"),
        ("sources nothing", "no source 'nothing'. See 'ftz sources'"),
        ("compare 汇率保 nothing", "no initiative or zone 'nothing'. See 'ftz initiatives' and 'ftz zones'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["", "--json"])
def test_an_unknown_name_is_one_line_on_stderr(args: str, told: str, form: str, home: Home) -> None:
    ran = home.run(*args.split(), *form.split())
    assert (ran.code, ran.out, ran.err) == (1, "", f"ftz: {told}\n")


@pytest.mark.parametrize("args", ["metric xyzzy", "audit xyzzy"])
def test_words_that_name_no_figure(args: str, home: Home) -> None:
    ran = home.run(*args.split())
    assert (ran.code, ran.out) == (1, "")
    assert one_line(ran.err)
    assert "xyzzy" in ran.err


def test_a_name_of_several_is_never_guessed(home: Home) -> None:
    ran = home.run("zone", "湖北")
    assert (ran.code, ran.out) == (1, "")
    assert "hubei-ftz（湖北自贸试验区）" in ran.err
    assert "hubei（湖北省）" in ran.err
    assert one_line(ran.err)
    asked = home.run("zone", "湖北", "--lang", "en")
    assert "hubei (Hubei Province)" in asked.err


@pytest.mark.parametrize(
    ("args", "same"),
    [
        (["--lang", "zh", "zones", "wuhan"], ["zones", "wuhan", "--lang", "zh"]),
        (["--json", "-q", "metric", "gdp"], ["metric", "gdp", "--json", "-q"]),
        (["--lang=zh", "--help"], ["--help", "--lang=zh"]),
    ],
)
def test_options_may_stand_before_the_command(args: list[str], same: list[str], home: Home) -> None:
    before, after = home.run(*args), home.run(*same)
    assert (before.code, before.out, before.err) == (after.code, after.out, after.err)
    assert before.code == 0
    assert before.out


def test_two_formats_contradict_each_other(home: Home) -> None:
    ran = home.run("zones", "--json", "--format", "csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "ftz: --json and --format csv contradict each other; give one\n"


def test_a_device_is_written_to(home: Home) -> None:
    ran = home.shell("ftz zones wuhan --format csv --fields id -o /dev/stdout | cat")
    assert (ran.code, ran.out) == (0, "id\nwuhan\nwuhan-city\n")


@pytest.mark.parametrize(
    ("args", "id"),
    [
        ("zone wuhan", "wuhan"), ("zone 武汉片区", "wuhan"), ("zone Wuhan Area", "wuhan"),
        ("initiative 汇率保", "exchange-rate-shield"),
        ("initiative exchange-rate shield", "exchange-rate-shield"),
        ("initiative huilübao", "exchange-rate-shield"),
    ],
)  # fmt: skip
def test_one_thing_by_any_of_its_names(args: str, id: str, home: Home) -> None:
    assert answer(home, *args.split())["id"] == id  # type: ignore[index]


@pytest.mark.parametrize("question", ["跨境电商", "cross-border e-commerce", "kuajing dianshang"])
def test_a_metric_in_either_language(question: str, home: Home) -> None:
    found = answer(home, "metric", *question.split())
    assert [(one["id"], one["printed"], one["line"]) for one in found] == [  # type: ignore[attr-defined]
        ("F051", "23.78亿元", 53), ("F050", "0.11亿元", 53), ("F052", "208多倍", 53),
    ]  # fmt: skip


# ---- the JSON contract --------------------------------------------------------------------------

NUMBER, TEXT, COUNT = (int, Decimal), (str,), (int,)
NOTHING = (type(None),)
FIGURE = {
    "id": TEXT, "zone": TEXT, "zone_zh": TEXT, "zone_en": TEXT, "initiative": TEXT + NOTHING,
    "initiative_zh": TEXT + NOTHING, "initiative_en": TEXT + NOTHING, "metric": TEXT,
    "metric_zh": TEXT, "metric_en": TEXT, "value": NUMBER + TEXT, "value_to": NUMBER + NOTHING,
    "unit": TEXT, "base_value": NUMBER + TEXT, "base_value_to": NUMBER + NOTHING,
    "base_unit": TEXT, "low": NUMBER + TEXT + NOTHING, "high": NUMBER + TEXT + NOTHING,
    "bound": TEXT, "period": TEXT + NOTHING, "period_kind": TEXT, "status": TEXT, "source": TEXT,
    "article": TEXT, "line": COUNT, "printed": TEXT, "note": TEXT + NOTHING,
}  # fmt: skip
ZONE = {
    "id": TEXT, "name_zh": TEXT, "name_en": TEXT, "kind": TEXT, "parent": TEXT + NOTHING,
    "initiatives": COUNT, "figures": COUNT,
}  # fmt: skip
INITIATIVE = {
    "id": TEXT, "name_zh": TEXT, "name_en": TEXT, "zone": TEXT, "kind": TEXT, "theme": TEXT,
    "aliases": (list,), "figures": COUNT, "recognitions": (list,),
}  # fmt: skip
METRIC = {
    "id": TEXT, "name_zh": TEXT, "name_en": TEXT, "base_unit": TEXT, "broader": TEXT + NOTHING,
    "figures": COUNT,
}  # fmt: skip
FINDING = {
    "id": TEXT, "figure": TEXT, "relation": TEXT, "operands": (list,), "published": TEXT,
    "recomputed_low": NUMBER + TEXT + NOTHING, "recomputed_high": NUMBER + TEXT + NOTHING,
    "verdict": TEXT,
}  # fmt: skip
COMPARED = {
    "metric": TEXT, "unit": TEXT, "derived": (bool,), "comparable": (bool,),
    "warning": TEXT + NOTHING, "cells": (list,),
}  # fmt: skip
RECOGNITION = {"kind": TEXT, "scope": TEXT + NOTHING, "by": TEXT + NOTHING, "line": COUNT}
SOURCE = {
    "id": TEXT, "parent": TEXT + NOTHING, "kind": TEXT, "title_zh": TEXT, "title_en": TEXT,
    "publisher": TEXT + NOTHING, "published": TEXT + NOTHING, "authors": TEXT + NOTHING,
    "lines": TEXT, "sha256": TEXT + NOTHING, "figures": COUNT,
}  # fmt: skip


def holds(records: object, contract: dict[str, tuple[type, ...]]) -> list[dict[str, object]]:
    """The records, each with exactly the contract's fields, in order and of its types."""
    assert isinstance(records, list)
    assert records
    for record in records:
        assert [*record] == [*contract]
        wrong = {k: v for k, v in record.items() if type(v) not in contract[k]}
        assert wrong == {}
    return records


@pytest.mark.parametrize(
    ("args", "contract", "count"),
    [
        ("zones", ZONE, 19),
        ("initiatives", INITIATIVE, 41),
        ("metrics", METRIC, 102),
        ("figures", FIGURE, 109),
        ("metric 跨境电商", FIGURE, 3),
        ("audit", FINDING, 47),
        ("audit 跨境电商", FINDING, 1),
        ("sources", SOURCE, 6),
    ],
)
def test_a_list_is_one_array_of_the_contract(
    args: str, contract: dict[str, tuple[type, ...]], count: int, home: Home
) -> None:
    assert len(holds(answer(home, *args.split()), contract)) == count


def test_recognitions_have_their_four_fields(home: Home) -> None:
    found = holds(answer(home, "initiatives"), INITIATIVE)
    recognitions = [one for each in found for one in each["recognitions"]]  # type: ignore[attr-defined]
    holds(recognitions, RECOGNITION)
    assert len(recognitions) >= 25


def test_a_zone_card_holds_its_parts(home: Home) -> None:
    card = answer(home, "zone", "chongzuo")
    assert isinstance(card, dict)
    assert [*card] == [*ZONE, "recognitions", "zones"]
    holds(card["initiatives"], INITIATIVE)
    holds(card["figures"], FIGURE)
    assert {one["id"] for one in holds(card["zones"], ZONE)} == {"youyiguan", "pingxiang-ftz"}


def test_an_initiative_card_holds_its_figures(home: Home) -> None:
    card = answer(home, "initiative", "汇率保")
    assert isinstance(card, dict)
    assert [*card] == [*INITIATIVE]
    assert len(holds(card["figures"], FIGURE)) == 11


def test_compare_is_columns_and_rows(home: Home) -> None:
    found = answer(home, "compare", "首贷服务中心", "财智服务平台", "汇率保")
    assert isinstance(found, dict)
    assert [*found] == ["columns", "rows"]
    assert [one["id"] for one in found["columns"]] == [
        "first-loan-centre", "caizhi-platform", "exchange-rate-shield",
    ]  # fmt: skip
    rows = holds(found["rows"], COMPARED)
    assert [(row["metric"], row["unit"], row["derived"]) for row in rows] == [
        ("enterprises-served", "count", False),
        ("finance-amount", "CNY", False),
        ("finance-per-enterprise", "CNY", True),
    ]
    per_enterprise = rows[2]["cells"]
    assert [(cell["low"], cell["high"]) for cell in per_enterprise] == [  # type: ignore[attr-defined]
        (Decimal("2339717.74193548"), Decimal("2341733.87096775")),
        (1391250, Decimal("1391442.30769231")),
        (Decimal("466666.666666666"), 750000),
    ]
    warning = str(rows[1]["warning"])
    assert "First Loans Obtained, Credit Granted, Cash Flow Released" in warning
    assert "capacity" in warning


def test_a_claim_has_its_readings(home: Home) -> None:
    found = answer(home, "audit", "C03")
    assert isinstance(found, dict)
    assert [*found] == [*FINDING, "readings"]
    assert found["verdict"] == "consistent-by-rounding"
    assert [(one["name"], one["verdict"]) for one in found["readings"]] == [
        ("multiple", "consistent-by-rounding"), ("increase", "consistent-by-rounding"),
    ]  # fmt: skip


def test_figures_are_what_was_curated(home: Home) -> None:
    """Every figure, field by field, against the file that a curator wrote."""
    with (bundled_folder() / "figures.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    found = holds(answer(home, "figures"), FIGURE)
    assert len(found) == 109
    for row, figure in zip_longest(written, found):
        told = {name: figure[name] for name in row if name != "note_zh"}
        expected: dict[str, object] = {name: row[name] or None for name in told}
        expected["line"] = int(row["line"])
        for name in ("value", "value_to"):
            if row[name] and row["unit"] != "date":
                expected[name] = Decimal(row[name])
        assert told == expected


BY_HAND = [  # zone, line, printed, base value, its unit, low, high, period
    ("youyiguan", 53, "2077.68亿元", 207768000000, "CNY", 207767500000, 207768500000, "2019"),
    ("youyiguan", 53, "3242亿元", 324200000000, "CNY", 324150000000, 324250000000, "2021"),
    ("pingxiang-ftz", 53, "585.37亿元", 58537000000, "CNY", 58536500000, 58537500000, "2019"),
    ("xiangyang", 31, "7235万元", 72350000, "CNY", 72345000, 72355000, None),
    ("wuhan", 15, "700余个", 700, "count", 700, 800, None),
    ("wuhan", 15, "超过85%", 85, "%", 85, None, None),
    ("yantai", 71, "近1.5亿元", 150000000, "CNY", 140000000, 150000000, None),
    ("yantai", 71, "200余家", 200, "count", 200, 300, None),
    ("hubei", 33, "8.08亿元", 808000000, "CNY", 807500000, 808500000, "2022-40"),
    ("qinzhou-port", 83, "411.53万吨", 4115300, "t", 4115250, 4115350, "2022-07-20"),
    ("qinzhou-port", 83, "2010年9月", "2010-09", "date", "2010-09-01", "2010-09-30", "2010-09"),
    ("qinzhou-port", 83, "约16.70亿元", 1670000000, "CNY", 1660000000, 1680000000, None),
    ("dalian", 99, "450余项", 450, "count", 450, 460, None),
    ("dalian-city", 103, "三年", 3, "year", Decimal("2.5"), Decimal("3.5"), None),
]


@pytest.mark.parametrize("expected", BY_HAND, ids=lambda row: row[2])
def test_a_figure_read_by_hand(expected: tuple[object, ...], home: Home) -> None:
    zone, line, printed, *rest = expected
    (found,) = [
        one
        for one in holds(answer(home, "figures", "--zone", str(zone)), FIGURE)
        if (one["line"], one["printed"]) == (line, printed)
    ]
    names = ("base_value", "base_unit", "low", "high", "period")
    assert [found[name] for name in names] == rest


# ---- formats ------------------------------------------------------------------------------------

READERS: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: [one["printed"] for one in json.loads(text)],
    "jsonl": lambda text: [json.loads(line)["printed"] for line in text.splitlines()],
    "csv": lambda text: [row["printed"] for row in csv.DictReader(io.StringIO(text))],
    "tsv": lambda text: [row["printed"] for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)],
}  # fmt: skip
PRINTED = ["98项", "14项", "9项"]
DALIAN = ("figures", "--zone", "dalian", "--period", "2021")


@pytest.mark.parametrize("form", READERS)
def test_a_format_is_read_back(form: str, home: Home) -> None:
    ran = home.run(*DALIAN, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert READERS[form](ran.out) == PRINTED


def test_markdown_is_a_table_with_every_row(home: Home) -> None:
    ran = home.run(*DALIAN, "--format", "md", "--fields", "id,printed")
    assert (ran.code, ran.out) == (
        0, "| id | printed |\n| --- | --- |\n| F105 | 98项 |\n| F106 | 14项 |\n| F107 | 9项 |\n",
    )  # fmt: skip


def test_a_table_of_fields(home: Home) -> None:
    ran = home.run(*DALIAN, "--format", "table", "--fields", "id,printed")
    assert (ran.code, ran.out) == (
        0, " id    printed\n ─────────────\n F105  98项\n F106  14项\n F107  9项\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        (".json", '[\n{"id": "F105"'), (".jsonl", '{"id": "F105"'), (".ndjson", '{"id": "F105"'),
        (".csv", "id,zone,zone_zh"), (".tsv", "id\tzone\tzone_zh"), (".md", "| Metric |"),
        (".txt", " Metric "), (".svg", "<svg "), (".html", "<!DOCTYPE html>"), (".CSV", "id,zone"),
        (".htm", "<!DOCTYPE html>"),
    ],
)  # fmt: skip
def test_a_suffix_chooses_the_format(suffix: str, begins: str, home: Home, tmp_path: Path) -> None:
    target = tmp_path / f"数据 out{suffix}"
    ran = home.run(*DALIAN, "-o", str(target))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    text = target.read_text(encoding="utf-8")
    assert text.lower().startswith(begins.lower())
    assert all(printed in text for printed in PRINTED)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_byte_order_mark_on_request(home: Home) -> None:
    assert home.run(*DALIAN, "--format", "csv", "--bom").out.startswith("\ufeffid,zone,")
    ran = home.run(*DALIAN, "--json", "--bom")
    assert (ran.code, ran.out, ran.err) == (2, "", "ftz: --bom goes with csv and tsv, not with json\n")  # fmt: skip


def test_fields_choose_and_order(home: Home) -> None:
    ran = home.run("zones", "wuhan", "--format", "csv", "--fields", " name_zh ,id")
    assert (ran.code, ran.out) == (0, "name_zh,id\n武汉片区,wuhan\n武汉市,wuhan-city\n")
    ran = home.run("zones", "--fields", "id,colour")
    told = (
        "no field 'colour' here; there are id, name_zh, name_en, kind, parent, initiatives, figures"
    )
    assert (ran.code, ran.out, ran.err) == (2, "", f"ftz: {told}\n")


@pytest.mark.parametrize(
    ("form", "text"),
    [("table", " no figures\n"), ("json", "[]\n"), ("jsonl", ""), ("md", "no figures\n"),
     ("csv", ",".join(FIGURE) + "\n"), ("tsv", "\t".join(FIGURE) + "\n")],
)  # fmt: skip
def test_an_empty_answer_is_an_answer(form: str, text: str, home: Home) -> None:
    ran = home.run("figures", "--period", "1999", "--format", form)
    told = "ftz: no figure passes --period 1999. See 'ftz figures' for all of them\n"
    assert (ran.code, ran.out, ran.err) == (0, text, told)


# ---- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_has_an_example(command: str, option: str, home: Home) -> None:
    ran = home.run(command, option)
    assert (ran.code, ran.err) == (0, "")
    assert example_of(ran.out)[0] == command


@pytest.fixture
def bench(home: Home, tmp_path: Path, loaded: bytes, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of its own, and a folder with what the examples speak of."""
    (tmp_path / "article.txt").write_text("该港吞吐量近1.5亿吨。\n", encoding="utf-8")
    (tmp_path / "my").mkdir()
    header = (bundled_folder() / "figures.csv").read_text(encoding="utf-8").partition("\n")[0]
    row = "F900,wuhan,first-loan-centre,enterprises-served,500,,家,over,2022,during,measured,hubei,31,500余家,,"
    (tmp_path / "my" / "figures.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path / "home", loaded)


# What an example ends with where that is not 0: the article has a number that nobody has curated.
ENDS = {"scan": 1}


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "serve"])
def test_an_example_works(command: str, bench: Home) -> None:
    ran = bench.run(*example_of(bench.run(command, "-h").out))
    assert ran.code == ENDS.get(command, 0), ran.err
    assert ran.out or command in ("load", "export")
    if command == "load":
        assert ran.err == f"ftz: loaded 110 figures into {bench.database}\n"
        ids = [one["id"] for one in answer(bench, "figures", "--initiative", "first-loan-centre")]  # type: ignore[attr-defined]
        assert ids == ["F021", "F022", "F023", "F900"]
    if command == "export":
        assert (Path("figures-2022") / "datapackage.json").is_file()
    if command == "scan":
        assert ran.out.splitlines()[1].endswith(",近1.5亿吨,,")


def test_the_page_of_commands_is_grouped(home: Home) -> None:
    text = home.run("--help").out
    groups = [line[:-1] for line in text.splitlines() if re.fullmatch(r"[A-Z][A-Za-z ]+:", line)]
    assert groups == ["Options", "Look up", "Compare and check", "Curate", "Data"]
    assert [name for name in COMMANDS if not re.search(rf"^  {name}  ", text, re.MULTILINE)] == []
    assert home.run("-h").out == text


def test_version(home: Home) -> None:
    ran = home.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"ftz {ftz_cli.__version__}\n", "")


def test_ftz_alone_says_what_there_is(home: Home) -> None:
    ran = home.run()
    assert (ran.code, ran.err) == (0, "")
    assert "109 figures · 19 zones · 41 initiatives · 102 metrics · 47 claims" in ran.out
    assert str(home.database) in ran.out
    tries = [line.strip() for line in ran.out.partition(" Try\n")[2].splitlines() if line.strip()]
    assert len(tries) == 3
    for line in tries:
        done = home.shell(line)
        assert (done.code, done.err) == (0, "")
        assert done.out


# ---- exit codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ("figures --status odd", 2, "ftz: 'odd' is not a status; it is one of measured, capacity, design, target, rule"),
        ("zones -o answer", 2, "ftz: the name 'answer' tells no format; end it in one of .json, .jsonl, .ndjson, .csv, .tsv, .md, .txt, .svg, .html, .htm, or give --format"),
        ("compare 汇率保 汇率保", 2, "ftz: '汇率保' is named twice"),
        ("compare 汇率保", 1, "ftz: a comparison needs two names; 'Exchange-Rate Shield' compares well with caizhi-platform (Caizhi Finance Service Platform), first-loan-centre (First-Loan Service Centre)"),
        ("sql select", 2, "ftz: can't answer the query: incomplete input. See 'ftz sql --schema'"),
        ("check --explain F999", 2, None),
        ("zones --db /no/such.db", 3, "ftz: no database at '/no/such.db'. To make one: ftz load --db /no/such.db"),
        ("scan /no/such.txt", 3, "ftz: can't read '/no/such.txt': No such file or directory"),
        ("load /no/such", 3, "ftz: no folder '/no/such'. Name a folder of CSV files, or 'bundled'"),
        ("check /no/such", 3, "ftz: no folder '/no/such'. Name a folder of CSV files, or 'bundled'"),
        ("export /proc/no", 3, None),
    ],
)  # fmt: skip
def test_an_end_is_told_in_one_line(args: str, code: int, told: str | None, home: Home) -> None:
    ran = home.run(*args.split())
    assert (ran.code, ran.out) == (code, "")
    assert one_line(ran.err)
    if told is not None:
        assert ran.err == told + "\n"


@pytest.mark.parametrize(
    "args", ["zons", "zones --colour", "zone", "zones --format xml", "zones --lang fr", "compare",
             "sql 'select 1' --limit 0", "figures --zone"],
)  # fmt: skip
def test_a_wrong_command_line_is_2(args: str, home: Home) -> None:
    ran = home.run(*args.split())
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err


def test_an_unknown_command_is_told_with_its_nearest(home: Home) -> None:
    assert "no command 'zons'. Did you mean 'zones'? See 'ftz --help'\n" in home.run("zons").err


def test_a_database_by_option_or_environment(home: Home, tmp_path: Path, loaded: bytes) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(loaded)
    for ran in (
        home.run("zone", "wuhan-city", "--json", "--db", str(other)),
        home.run("zone", "wuhan-city", "--json", FTZ_DB=str(other)),
        home.run("zone", "wuhan-city", "--json", "--db", str(other), FTZ_DB="/no/such"),
        home.run("zone", "wuhan-city", "--json", FTZ_DB=""),
    ):
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["id"] == "wuhan-city"
    ran = home.run("zones", FTZ_DB="/no/such")
    assert (ran.code, ran.out, ran.err) == (3, "", "ftz: no database at '/no/such'. To make one: ftz load --db /no/such\n")  # fmt: skip
    ran = home.run(FTZ_DB="/no/such")
    assert (ran.code, ran.out) == (3, "")


# ---- first use ----------------------------------------------------------------------------------

ASK = (
    "figures", "--metric", "跨境电商进出口货值", "--period", "2021", "--fields", "id,printed",
    "--format", "csv",
)  # fmt: skip
ANSWER = "id,printed\nF051,23.78亿元\n"


def test_first_use_builds_with_one_line(bare: Home) -> None:
    ran = bare.run(*ASK)
    told = f"ftz: building the database in {bare.database} (first use)\n"
    assert (ran.code, ran.out, ran.err) == (0, ANSWER, told)
    assert [path.name for path in bare.database.parent.iterdir()] == ["ftz.db"]
    ran = bare.run(*ASK)
    assert (ran.code, ran.out, ran.err) == (0, ANSWER, "")


def test_quiet_builds_in_silence(bare: Home) -> None:
    ran = bare.run(*ASK, "-q")
    assert (ran.code, ran.out, ran.err) == (0, ANSWER, "")


def test_changed_data_is_built_anew(bare: Home, folder: object) -> None:
    assert bare.run("load", str(folder.path), "-q").code == 0  # type: ignore[attr-defined]
    folder.edit("figures.csv", "23.78,,亿元,exact,2021,during,measured,chongzuo,53,23.78", "23.98,,亿元,exact,2021,during,measured,chongzuo,53,23.98")  # type: ignore[attr-defined]  # fmt: skip
    ran = bare.run(*ASK)
    told = f"ftz: building the database in {bare.database} (the data has changed)\n"
    assert (ran.code, ran.out, ran.err) == (0, ANSWER.replace("23.78", "23.98"), told)
    assert bare.run(*ASK).err == ""


def test_data_that_became_faulty_leaves_the_last_good_answer(bare: Home, folder: object) -> None:
    assert bare.run("load", str(folder.path), "-q").code == 0  # type: ignore[attr-defined]
    folder.edit("figures.csv", "F051,chongzuo,", "F051,nowhere,")  # type: ignore[attr-defined]
    ran = bare.run(*ASK)
    assert (ran.code, ran.out) == (0, ANSWER)
    assert "the data has 1 problem now, so the last good load answers" in ran.err


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00 cut"])
def test_a_damaged_cache_is_built_anew(damage: bytes, bare: Home) -> None:
    bare.database.parent.mkdir(parents=True)
    bare.database.write_bytes(damage)
    ran = bare.run(*ASK)
    assert (ran.code, ran.out) == (0, ANSWER)
    assert one_line(ran.err)
    assert ran.err.startswith(f"ftz: building the database in {bare.database} (it is ")


@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere", "relative"])
def test_nowhere_to_write_is_answered_from_memory(place: str, bare: Home) -> None:
    ran = bare.process(*ASK, HOME=place)
    assert (ran.code, ran.out) == (0, ANSWER)
    assert "so it is built in memory\n" in ran.err
    quiet = bare.process(*ASK, "-q", HOME=place)
    assert (quiet.code, quiet.out, quiet.err) == (0, ANSWER, "")


# ---- locale, colour -----------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "zh_CN.GBK", "nonsense", ""])
def test_chinese_whatever_the_locale(locale: str, home: Home) -> None:
    for more in ({"LC_ALL": locale}, {"LANG": locale}):
        ran = home.process(*ASK, **more)
        assert (ran.code, ran.out, ran.err) == (0, ANSWER, "")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "没有区域"), ({"LANG": "zh"}, "没有区域"),
        ({"LANG": "zh_TW"}, "没有区域"), ({"LANG": "en_GB"}, "no zone"),
        ({"LANG": "C"}, "no zone"), ({"LANG": "zh_CN", "LC_ALL": "C"}, "no zone"),
        ({"LANG": "en", "LC_MESSAGES": "zh_CN"}, "没有区域"),
    ],
)  # fmt: skip
def test_the_locale_chooses_the_language(locale: dict[str, str], told: str, home: Home) -> None:
    assert home.run("zone", "xyzzy", **locale).err.startswith(f"ftz: {told}")
    assert home.run("zone", "xyzzy", "--lang", "en", **locale).err.startswith("ftz: no zone")


@pytest.mark.parametrize(
    ("terminal", "more", "coloured"),
    [
        (True, {}, True), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True), (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True), (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)  # fmt: skip
def test_colour(terminal: bool, more: dict[str, str], coloured: bool, home: Home) -> None:
    own = {"NO_COLOR": ""} | more
    ran = home.run("zones", "wuhan", columns=80 if terminal else None, **own)
    assert ran.code == 0
    assert ("\x1b[" in ran.out) is coloured
    assert "武汉" in ran.out or "Wuhan" in ran.out


# ---- completion ---------------------------------------------------------------------------------


def bash(home: Home, line: str) -> list[str]:
    ran = home.run(
        _FTZ_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1)
    )
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ftz zone wu", ["wuhan", "wuhan-city"]),
        ("ftz zone 武", ["武汉片区", "武汉市"]),
        ("ftz zones da", ["dalian", "dalian-city"]),
        ("ftz initiative 汇", ["汇率保"]),
        ("ftz initiative exch", ["exchange-rate-shield"]),
        ("ftz compare 首", ["首贷服务中心"]),
        ("ftz compare 汇率保 caiz", ["caizhi-platform"]),
        ("ftz metric foreign", ["foreign-trade", "foreign-trade-growth", "foreign-trade-rank",
                                "foreign-trade-rank-years"]),
        ("ftz metric 双侧", ["双侧靠泊年通过能力"]),
        ("ftz figures --zone qinzhou-", ["qinzhou-port"]),
        ("ftz figures --metric gd", ["gdp"]),
        ("ftz figures --initiative 首", ["首贷服务中心"]),
        ("ftz zones --format j", ["json", "jsonl"]),
        ("ftz init", ["initiatives", "initiative"]),
        ("ftz zone xyzzy", []),
    ],
)  # fmt: skip
def test_bash_completes(line: str, offered: list[str], home: Home) -> None:
    assert bash(home, line) == offered


def test_zsh_completes(home: Home) -> None:
    ran = home.run(_FTZ_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="ftz zone 武")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == '_arguments \'*: :(("武汉片区"\n"武汉市"))\'\n'


def test_fish_completes(home: Home) -> None:
    ran = home.run(
        _FTZ_COMPLETE="complete_fish", _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS="ftz zone 武",
    )  # fmt: skip
    assert (ran.code, ran.out, ran.err) == (0, "武汉片区\n武汉市\n", "")


@pytest.mark.parametrize(
    ("shell", "place", "read_by"),
    [
        ("bash", ".bash_completions/ftz.sh", ".bashrc"),
        ("zsh", ".zfunc/_ftz", ".zshrc"),
        ("fish", ".config/fish/completions/ftz.fish", ".config/fish/completions/ftz.fish"),
    ],
)
def test_completion_installs(shell: str, place: str, read_by: str, bare: Home) -> None:
    # Which shell it runs in is looked up among the processes; a test has to say it.
    said = bare.environment(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    subprocess.run([FTZ, "--install-completion", shell], env=said, capture_output=True, check=True)
    script = (bare.path / place).read_text(encoding="utf-8")
    assert f"_FTZ_COMPLETE=complete_{shell}" in script
    assert place.split("/")[0] in (bare.path / read_by).read_text("utf-8") or place == read_by


def test_bash_completes_once_it_is_installed(tmp_path: Path, loaded: bytes) -> None:
    home = Home(tmp_path / "own", loaded)
    path = f"{Path(FTZ).parent}{os.pathsep}{os.environ['PATH']}"
    here = home.environment(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1", PATH=path)
    subprocess.run([FTZ, "--install-completion", "bash"], env=here, capture_output=True, check=True)
    line = (
        ". ~/.bashrc; COMP_WORDS=(ftz zone wu) COMP_CWORD=2; $(complete -p ftz | grep -o '_ftz[^ ]*')"
        ' ftz; echo "${COMPREPLY[@]}"'
    )
    ran = subprocess.run(["bash", "-c", line], env=here, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("wuhan wuhan-city\n", "")


def test_while_data_is_edited_completion_offers_what_was_there(
    folder: Folder, tmp_path: Path, loaded: bytes
) -> None:
    home = Home(tmp_path / "own", loaded)
    assert home.run("load", str(folder.path)).code == 0
    folder.append("zones.csv", "pier,码头,Pier,port,qinzhou-port,,\n")
    assert bash(home, "ftz zone qinzhou-") == ["qinzhou-port"]


def test_completion_never_builds_nor_complains(bare: Home) -> None:
    assert bash(bare, "ftz zone wu") == []
    assert not bare.path.exists()


def test_completion_is_quick(home: Home) -> None:
    line = {"_FTZ_COMPLETE": "complete_bash", "COMP_WORDS": "ftz zone wu", "COMP_CWORD": "2"}

    def best(command: list[str], more: dict[str, str]) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run(command, env=home.environment(**more), capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)

    ours, typers = best([FTZ], line), best([sys.executable, "-c", "import typer"], {})
    assert ours < 3 * typers, f"{ours * 1000:.0f} ms, import typer {typers * 1000:.0f} ms"


def test_python_dash_m(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ftz_cli", *ASK], capture_output=True, env=home.environment(),
        cwd=os.sep,
    )  # fmt: skip
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (0, ANSWER, "")


@pytest.mark.parametrize(
    ("question", "lang", "told"),
    [
        ("大连足球队排名", "zh", "没有与“足球队”相符的内容，以下按其余部分作答"),
        ("Qinzhou container throughput", "en", "nothing matches container: this answers the rest"),
        ("2023年友谊关外贸进出口总额", "en", "nothing matches 2023年: this answers the rest"),
        ("下半年 湖北 RCEP 享惠货值", "en", "nothing matches 下半年: this answers the rest"),
        ("第二批自贸试验区个数", "en", "nothing matches 第二: this answers the rest"),
        ("gaurantee fee yantai", "en", "gaurantee read as guarantee"),
        ("Foreign Trade May 2021 youyiguan", "en", "nothing matches may 2021: this answers the rest"),
    ],
)  # fmt: skip
def test_what_an_answer_has_nothing_for_is_said(
    question: str, lang: str, told: str, home: Home
) -> None:
    ran = home.run("metric", question, "--json", "--lang", lang)
    assert (ran.code, ran.err) == (0, f"ftz: {told}\n")
    assert home.run("metric", question, "--json", "-q", "--lang", lang).err == ""
    explained = home.run("metric", question, "--explain", "--lang", lang)
    assert f"ftz: {told}\n" in explained.err


def test_of_another_place_there_is_no_answer(home: Home) -> None:
    ran = home.run("metric", "上海自贸区", "跨境电商")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == ("ftz: 没有上海的数据符合“上海自贸区 跨境电商”。收录的区域见 ftz zones\n")
