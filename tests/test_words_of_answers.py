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
