"""What a question finds, and what it is told where nothing in the data answers it."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict

import pytest
from cases import cases
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import table

from ftz_cli.database import Database
from ftz_cli.language import use_language
from ftz_cli.lookup.answering import answer
from ftz_cli.model.errors import NoAnswer, NotFound
from ftz_cli.model.figure import Answer
from tests.benchmarks.lookup import ours, questions, scores, switched_off


def ids(db: Database, question: str, **filters: str) -> list[str]:
    """The figures that answer, the best first; none where there is no answer."""
    try:
        found = answer(db, question, filters=filters, limit=None)
    except NoAnswer:
        return []
    return [figure.id for figure in found.figures]


def refusal(db: Database, question: str) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        answer(db, question)
    return caught.value


def test_the_development_list(db):
    every = scores(ours(db), questions())["all"]
    assert every.answerable >= 150
    assert every.unanswerable >= 75
    assert every.first >= 0.95 * every.answerable
    assert every.noticed <= 0.03 * every.first
    assert every.refused >= 0.95 * every.unanswerable
    assert every.silent <= 0.02 * every.unanswerable


LABELLED = """
select z.name_zh || ' ' || m.name_zh, z.name_en || ' ' || m.name_en, group_concat(f.id, ' ')
from figures f join zones z on z.id = f.zone join metrics m on m.id = f.metric
where f.measure = 'level' group by z.id, m.id order by z.id, m.id
"""


def test_a_place_and_a_label_are_answered(db):
    asked = [(question, right) for *both, right in db.query(LABELLED)[::9] for question in both]
    wrong = [
        question for question, right in asked if "".join(ids(db, question)[:1]) not in right.split()
    ]
    assert len(asked) > 120
    assert wrong == []


# A question whose answer changes where a part is switched off.
MATTERS = {
    "synonyms": "崇左 跨境网购 2021",
    "fillers": "友谊关外贸总额是多少",
    "verbs": "友谊关进口通关要跑几个小时",
    "places": "山西自贸区何时挂牌",
    "definitions": "烟台跟几家银行签了协议",
    "names above": "船舶靠泊吃水提升到多少米",
    "pinyin": "wuhan shoudai jine",
    "homophones": "友宜关外贸总额",
    "slips": "wuhna first-time loans",
    "metric": "钦州油码头总长度",
    "level": "友谊关口岸2021年外贸总额",
}


@pytest.mark.parametrize("part", sorted(MATTERS))
def test_every_part_matters_for_some_question(db, part):
    def said() -> tuple[list[str], bool]:
        try:
            found = answer(db, MATTERS[part])
        except NoAnswer:
            return [], False
        return [figure.id for figure in found.figures], bool(found.notices)

    whole = said()
    with switched_off(part):
        assert said() != whole
    assert said() == whole


def test_the_name_of_a_metric_is_answered_by_all_that_has_it(db):
    """In either language, and for a year; 'start date' alone asks for any date."""
    wanted: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for zh, en, period, id in db.query(
        "select name_zh, name_en, period, f.id from figures f join metrics m on m.id = f.metric"
        " where measure = 'level' and metric <> 'start-date'"
    ):
        for name in (zh, en):
            wanted[name, ""].add(id)
            if len(period or "") == 4:
                wanted[name, period].add(id)
    assert len(wanted) > 400
    for name, year in [*wanted][::4]:
        assert wanted[name, year] <= {*ids(db, f"{name} {year}")}, (name, year)


def test_the_name_of_a_place_or_initiative_is_answered_by_its_figures(db):
    """In either language: that of a place by all of them, and both before a metric's name too."""
    of_place: defaultdict[str, set[str]] = defaultdict(set)
    of_initiative: defaultdict[str, set[str]] = defaultdict(set)
    of_both: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for zh, en, initiative, id, *metric in db.query(
        "select coalesce(i.name_zh, z.name_zh), coalesce(i.name_en, z.name_en), i.id, f.id,"
        " m.name_zh, m.name_en from figures f join metrics m on m.id = f.metric"
        " join zones z on z.id = f.zone left join initiatives i on i.id = f.initiative"
        " where measure = 'level'"
    ):
        for name, of in zip((zh, en), metric, strict=True):
            of_both[name, of].add(id)
            (of_initiative if initiative else of_place)[name].add(id)
    assert len(of_place) > 150
    assert [name for name in [*of_place][::5] if not of_place[name] <= {*ids(db, name)}] == []
    of_initiative.pop("Institutional Innovation")  # it is a metric's name, too
    some = [*of_initiative][::5]
    assert [name for name in some if of_initiative[name].isdisjoint(ids(db, name)[:1])] == []
    some = [*of_both][::25]
    wrong = [both for both in some if of_both[both].isdisjoint(ids(db, " ".join(both))[:1])]
    assert len(wrong) <= 0.03 * len(some), wrong


@pytest.mark.parametrize("row", table("data/lookup_first.csv"), ids=lambda row: row["question"])
def test_the_first_answer(db, row):
    """The first figure of a row, or none; the table says why it has the row."""
    assert ids(db, row["question"])[:1] == row["first"].split()


@pytest.mark.parametrize("row", table("data/lookup_refused.csv"), ids=lambda row: row["question"])
def test_a_refusal_names_what_is_missing(db, row):
    """The missing part or the words of a row; the table says why it has the row."""
    told = refusal(db, row["question"])
    assert row["missing"] in ("", *told.missing)
    assert row["said"] in str(told)


def test_a_refusal_says_what_there_is_instead(db):
    told = refusal(db, "Pingxiang zone exports")
    assert str(told) == (
        "no figure of Exports for Pingxiang Comprehensive Bonded Zone. "
        f"{told.instead[0]}. {told.instead[1]}"
    )
    assert "Hainan Province (2)" in told.instead[0]  # and not where only the growth is known
    assert told.instead[1] == (
        "Pingxiang Comprehensive Bonded Zone: Bonded Logistics Trade, "
        "Growth of Bonded Logistics Trade"
    )


def test_a_refusal_in_chinese(db):
    use_language("zh")
    try:
        assert "外贸进出口总额" in str(refusal(db, "烟台外贸"))
    finally:
        use_language("en")


def test_a_notice_names_the_terminal_of_a_port_that_has_figures_of_its_own(db):
    of_terminal, _ = answer(db, "洋山港2023年集装箱").notices
    assert str(of_terminal).endswith("and not of Yangshan Port itself")
    assert answer(db, "洋山港2022年集装箱").notices == []


def test_a_notice_names_a_year_without_a_figure(db):
    found = answer(db, "崇左 跨境电商 2021 2022")
    assert [one.id for one in found.figures] == ["F051"]
    assert [str(one) for one in found.notices] == ["no figure of 2022"]


@pytest.mark.parametrize(
    ("question", "there"), cases("test_an_unknown_year_names_the_periods_that_there_are")
)
def test_an_unknown_year_names_the_periods_that_there_are(db, question, there):
    assert list(refusal(db, question).instead) == there.split()


@pytest.mark.parametrize(("question", "found"), cases("test_periods"))
def test_periods(db, question, found):
    assert ids(db, question) == found.split()


def test_all_parts_of_a_place_are_listed_where_each_is_asked_for(db):
    (row,) = db.query("select group_concat(id, ' ') from figures where metric = 'extent'"
                      " and zone in ('qinzhou', 'nanning', 'chongzuo')")  # fmt: skip
    assert {*ids(db, "广西自贸区 三个片区 面积")} == {*row[0].split()}


def test_a_year_alone_lists_its_figures(db):
    found = ids(db, "2019")
    assert {"F047", "F050", "F053"} <= set(found)
    assert "F054" not in found


def test_equal_scores_are_sorted_by_metric_and_newest_first(db):
    found = answer(db, "保税物流 跨境电商", limit=None) if ids(db, "保税物流 跨境电商") else None
    assert found is None  # no figure is of both
    assert [figure.period for figure in answer(db, "foreign trade Youyiguan").figures] == [
        "2021",
        "2019",
    ]


@pytest.mark.parametrize(
    ("question", "first", "notice"), cases("test_what_is_not_quite_what_was_asked_is_said")
)
def test_what_is_not_quite_what_was_asked_is_said(db, question, first, notice):
    found = answer(db, question)
    assert found.figures[0].id == first
    assert any(notice in str(one) for one in found.notices)


def test_the_best_source_of_a_fact_comes_first(db):
    # One source says about 120, four more say 116.2.
    (best,) = answer(db, "Guangdong FTZ size", limit=1).figures
    assert best.printed == "116.2 km²"


def test_the_total_counts_figures_beyond_the_limit(db):
    found: Answer = answer(db, "汇率保", limit=3)
    assert len(found.figures) == 3
    assert found.total > 3
    assert len(answer(db, "汇率保", limit=None).figures) == found.total


def test_only_a_doubtful_reading_has_a_notice(db):
    assert answer(db, "youyiguan foriegn trade").notices == []
    (notice,) = answer(db, "youyiguan xport clearance time").notices
    assert str(notice) == "xport read as export"
    (notice,) = answer(db, "Changshan train trips").notices  # another place may be meant
    assert str(notice) == "changshan read as changsha"


def test_a_verb_may_stay_unmatched_beside_words_that_name_a_metric(db):
    assert ids(db, "Yichang parking lots hooked up")[:1] == ["F009"]
    for refused in (
        "光谷翻译官 吃", "光谷翻译官 蜜蜂", "武汉吃", "光谷翻译官 进口", "光谷翻译官 上海", "光谷翻译官 2031年", "对越南的外贸总额",
        "友谊关外贸总额2021 对越南", "Optics Valley Translator wages", "Optics Valley Translator digital languages",
    ):  # fmt: skip
        assert ids(db, refused) == []


@pytest.mark.parametrize(
    ("question", "filters", "found"),
    [
        ("foreign trade", {"zone": "youyiguan", "period": "2019"}, ["F053"]),
        ("foreign trade", {"zone": "guangxi-ftz", "measure": "growth"}, ["F055"]),
        ("企业", {"initiative": "exchange-rate-shield", "status": "capacity"}, ["F066"]),
        ("友谊关", {"metric": "import-clearance-time", "measure": "level"}, ["F043"]),
        ("外贸", {"article": "dalian"}, []), ("foreign trade", {"zone": "yantai"}, []),
    ],
)  # fmt: skip
def test_filters_narrow_an_answer(db, question, filters, found):
    assert ids(db, question, **filters) == found


@given(st.text(max_size=40) | st.text("武汉外贸额的2021年 abwuhan'-%.第几", max_size=40))
def test_every_question_is_answered_or_refused(db, question):
    with contextlib.suppress(NotFound):
        assert answer(db, question).figures


@pytest.mark.parametrize(
    "question", ["a" * 9999, "武" * 9999, "wai mao " * 999, "9" * 9999, "外贸 2021 " * 999]
)
def test_a_long_question_takes_no_time(db, question):
    began = time.process_time()
    with contextlib.suppress(NotFound):
        answer(db, question)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(("question", "filters"), [
    ("Shanghai foreign trade", {"zone": "guangdong-ftz"}),
    ("foreign capital Hainan", {"status": "target"}), ("友谊关 外贸", {"metric": "exports"}),
])  # fmt: skip
def test_a_refusal_says_that_no_figure_passes_the_filters(db, question, filters):
    with pytest.raises(NoAnswer, match="passes the filters"):
        answer(db, question, filters=filters)


@pytest.mark.parametrize(
    "question", ["Youyiguan trade before May 2021", "foreign trade until 2019"]
)
def test_an_open_span_of_time_is_refused(db: Database, question: str) -> None:
    with pytest.raises(NoAnswer, match="span of time"):
        answer(db, question)


def test_a_figure_answers_to_its_id(db: Database) -> None:
    assert [ids(db, "F049"), ids(db, "f049")] == [["F049"], ["F049"]]
