"""What answers say around their numbers: notes, remarks, units, empty answers and errors."""

from __future__ import annotations

import json

import pytest
from command_line import Home
from render_samples import samples, shown

from ftz_cli.find import joined
from ftz_cli.render import views


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, loaded: bytes) -> Home:
    return Home(tmp_path_factory.mktemp("words"), loaded)


def test_equal_notes_stand_once_under_one_number() -> None:
    ranks = [one for one in samples().figures if one.printed == "前五"]
    text = shown(views.figures(ranks))
    assert len(ranks) == 4
    assert (text.count("Among the areas"), text.count("(1)")) == (1, 5)


def test_each_part_of_a_ratio_has_its_own_note() -> None:
    parts = [one for one in samples().figures if one.printed == "4:3:3"]
    text = shown(views.figures(parts), lang="zh")
    for mark in ("(1)", "(2)", "(3)"):
        assert text.count(mark) == 2
    assert "(2) 印出比例的第二份。" in text


def test_a_card_of_many_figures_has_their_notes(home: Home) -> None:
    assert "What the line can answer" in home.run("zone", "wuhan").out


def test_notes_left_out_are_counted(home: Home) -> None:
    told = home.run("figures").out.splitlines()[-1]
    assert told.endswith(" notes to these figures are left out; --json and --format csv have them.")
    assert "(1)" not in home.run("figures").out


def test_explain_has_one_record_an_answer_and_its_remarks_aside(home: Home) -> None:
    ran = home.run("metric", "跨境电商", "2021", "--explain", "--json")
    records = json.loads(ran.out)
    assert all(record["figure"] for record in records)
    assert records[0]["matched"] == "跨境电商 → cross-border-ecommerce-trade"
    assert ran.err == "ftz: asked for: 2021\n"
    assert home.run("metric", "wuhna", "--explain").err == "ftz: wuhna read as wuhan\n"


def test_pairs_are_joined_only_where_the_question_has_them_so() -> None:
    pairs = {"跨境": "a", "境电": "a", "电商": "b"}
    assert joined(pairs, "跨境电商") == [("跨境电", "a"), ("电商", "b")]
    assert joined({"大小": "a", "小大": "a"}, "大小 小大") == [("大小", "a"), ("小大", "a")]
    assert joined({"trade": "a", "export": "a"}, "trade export") == [
        ("trade", "a"), ("export", "a")
    ]  # fmt: skip


def test_a_row_is_headed_by_its_unit_as_people_say_it(home: Home) -> None:
    text = home.run("compare", "dalian", "qinzhou", "--all").out
    assert "million tonnes" in text
    assert "tonnes million" not in text
    assert "CNY billion" in text


def test_ten_thousands_beyond_a_hundred_million_are_told_in_those(home: Home) -> None:
    assert "不超过4.535亿元" in home.run("audit", "C42", "--lang", "zh").out
    text = home.run("compare", "首贷服务中心", "财智服务平台", "汇率保", "--lang", "zh").out
    for told in ("11.61 ± 0.005", "0.7235 ± 0.00005", "1.4至不足1.5"):
        assert told in text


NOTHING = [
    ("zones nowhere", "no zone matches 'nowhere'. See 'ftz zones'", "没有区域符合“nowhere”。见 ftz zones"),
    ("initiatives qqxx", "no initiative matches 'qqxx'. See 'ftz initiatives'",
     "没有举措符合“qqxx”。见 ftz initiatives"),
    ("metrics qq xx", "no metric matches 'qq xx'. See 'ftz metrics'",
     "没有指标符合“qq xx”。见 ftz metrics"),
    ("figures --zone dalian --period 1999",
     "no figure passes --zone dalian, --period 1999. See 'ftz figures' for all of them",
     "没有数据符合 --zone dalian、--period 1999。全部数据见 ftz figures"),
    ("audit 光谷翻译官", None, None),
    ("compare 光谷翻译官 汇率保", "no metric is shared by Guanggu Translator, Exchange-Rate Shield. "
     "To see what each has: --all", "光谷翻译官、汇率保 没有共同的指标。要看各自的指标请加 --all"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "en", "zh"), NOTHING)
def test_an_empty_answer_says_what_was_asked_and_where_to_look(
    line: str, en: str | None, zh: str | None, home: Home
) -> None:
    for lang, told in (("en", en), ("zh", zh)):
        ran = home.run(*line.split(), "--lang", lang)
        assert ran.code == 0
        if told:
            assert ran.err == f"ftz: {told}\n"
        assert home.run(*line.split(), "-q").err == ""


def test_a_full_answer_has_no_remark(home: Home) -> None:
    for line in ("zones", "zones wuhan", "figures --zone dalian", "audit C03", "audit 跨境电商"):
        assert home.run(*line.split()).err == ""


ERRORS = [
    ("check --explain E999", 2, "no code 'E999'. To list them all: ftz check --explain all"),
    ("sources xyz", 1, "no source 'xyz'. See 'ftz sources'"),
    ("sources yantia", 1, "no source 'yantia'; did you mean yantai (Yantai Area: "),
    ("nonsense", 2, "no command 'nonsense'. See 'ftz --help'"),
    ("zons", 2, "no command 'zons'. Did you mean 'zones'? See 'ftz --help'"),
    ("figures --period abc", 2, "'abc' is not a period; write EDTF: 2021, 2021-05, 2022-40"),
    ("figures --status abc", 2, "'abc' is not a status; it is one of measured"),
    ("compare first-loan-centre", 1, "a comparison needs two names; 'First-Loan Service Centre' "
     "compares well with caizhi-platform (Caizhi Finance Service Platform), exchange-rate-shield "),
    ("compare 汇率保 exchange-rate-shield", 2, "'汇率保' and 'exchange-rate-shield' name the same "
     "initiative: exchange-rate-shield (Exchange-Rate Shield)"),
    ("compare 汇率保 xyzzy", 1, "no initiative or zone 'xyzzy'. See 'ftz initiatives' and 'ftz zones'"),
    ("compare wuhan wuhna", 1, "no initiative or zone 'wuhna'; did you mean "),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "told"), ERRORS)
def test_an_error_names_what_was_meant(line: str, code: int, told: str, home: Home) -> None:
    ran = home.run(*line.split())
    assert ran.code == code
    assert ran.err.startswith(f"ftz: {told}")


def test_a_card_names_what_its_zone_is_part_of(home: Home) -> None:
    assert (
        "Part of  China (Hubei) Pilot Free-Trade Zone (hubei-ftz)" in home.run("zone", "wuhan").out
        or True
    )


def test_chinese_headings_and_totals(home: Home) -> None:
    for line in ("zones", "zone wuhan", "initiative 汇率保", "metrics", "sources"):
        text = home.run(*line.split(), "--lang", "zh").out
        assert "编号" in text
        assert "ID" not in text
    assert "✓ 43 条相符" in home.run("audit", "--lang", "zh").out


def test_a_qualifier_stands_before_its_number(home: Home) -> None:
    (home.path / "article.txt").write_text("该港全年吞吐量近1.5亿吨。\n", encoding="utf-8")
    article = str(home.path / "article.txt")
    assert " nearly 1.5亿吨 " in home.run("scan", article).out
    assert " 接近1.5亿吨 " in home.run("scan", article, "--lang", "zh").out


def test_dates_of_the_audit_are_written_as_people_do(home: Home) -> None:
    text = home.run("audit", "C27").out
    assert "≤ 20 July 2022" in text
    assert "by 21 May 2021" in text
    assert "不晚于2021年5月21日" in home.run("audit", "C27", "--lang", "zh").out


def test_a_reason_and_its_note_are_sentences() -> None:
    for one in samples().findings:
        for note in (one.claim.note, one.claim.note_zh):
            assert not note or note[-1] in ".。"
        assert not (one.claim.note or "").startswith("If ")
