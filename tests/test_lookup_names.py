"""Names given to commands: one thing that is meant, or everything that words mean."""

from __future__ import annotations

import pytest
from cases import cases

from ftz_cli.database import queries
from ftz_cli.lookup.naming import find_listed, find_one
from ftz_cli.model.errors import NotFound
from ftz_cli.model.named import Initiative, Metric, Zone


def test_a_kind_of_value_is_part_of_no_name(db):
    with pytest.raises(NotFound):
        find_one(db, "zone", "武汉 面积")


def test_every_id_and_label_names_its_thing(db):
    things: dict[str, type] = {
        "zone": Zone, "initiative": Initiative, "metric": Metric
    }  # fmt: skip
    for kind, model in things.items():
        for one in queries.models(db, model):
            for text in (one.id, one.id.upper(), one.name_zh, one.name_en, one.name_en.lower()):
                assert find_one(db, kind, text) == one.id


@pytest.mark.parametrize(("kind", "text", "id"), cases("test_one"))
def test_one(db, kind, text, id):
    assert find_one(db, kind, text) == id


@pytest.mark.parametrize(
    ("zh", "en"), [("武汉", "wuhan"), ("钦州", "qinzhou"), ("大连", "dalian"), ("宜昌", "yichang")]
)
def test_a_plain_name_means_the_same_in_both_languages(db, zh, en):
    assert find_one(db, "zone", zh) == find_one(db, "zone", en)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("zone", "wuhna", "no zone 'wuhna'; did you mean Wuhan Area (wuhan), "),
        ("zone", "Atlantis", "no zone 'Atlantis'; see 'ftz zones'"),
        ("zone", "\x1b[31m", "no zone '\\u001b[31m'; see 'ftz zones'"),
        ("metric", "employment", "no metric 'employment'; see 'ftz metrics'"),
        ("source", "nowhere", "no source 'nowhere'; see 'ftz sources'"),
    ],
)  # fmt: skip
def test_a_name_of_nothing(db, kind, text, said):
    with pytest.raises(NotFound) as caught:
        find_one(db, kind, text)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("kind", "text", "ids"), cases("test_a_name_of_several_asks_back"))
def test_a_name_of_several_asks_back(db, kind, text, ids):
    with pytest.raises(NotFound, match=f"'{text}' can mean several {kind}s") as caught:
        find_one(db, kind, text)
    assert [id for id in ids.split() if id not in str(caught.value)] == []


@pytest.mark.parametrize(("kind", "text"), [
    ("initiative", "船"), ("zone", "港"), ("metric", "税"), ("source", "新华社"), ("source", "customs"),
    ("source", "newspaper"),
])  # fmt: skip
def test_one_character_or_a_publisher_lists_what_has_it(db, kind, text):
    assert len(find_listed(db, kind, text)) > 2


@pytest.mark.parametrize(("kind", "zh", "en"), cases("test_words_of_both_languages_list_the_same"))
def test_words_of_both_languages_list_the_same(db, kind, zh, en):
    found = find_listed(db, kind, zh)
    assert found == find_listed(db, kind, en)
    assert 1 < len(found) < 40


def test_lists_are_in_the_order_of_the_data(db):
    found = find_listed(db, "initiative", "金融")
    every = [one.id for one in queries.initiatives(db)]
    assert found == sorted(found, key=every.index)
    assert {"caizhi-platform", "inventory-loan"} <= set(found)
    assert "smart-parking" not in found


def test_full_names_come_first_and_definitions_name_nothing(db):
    assert find_listed(db, "metric", "外贸")[0] == "foreign-trade"
    assert "hedging-cost" not in find_listed(db, "metric", "企业")


def test_every_word_has_to_be_accounted_for(db):
    assert find_listed(db, "initiative", "烟台 贷款") == find_listed(
        db, "initiative", "Yantai loan"
    )
    assert find_listed(db, "initiative", "大连 金融") == []
    assert find_listed(db, "zone", "nowhere") == []
    assert len(find_listed(db, "zone", "shaanxi-ftz")) > 8  # its areas lie in it


def test_recognitions_are_listed_by_what_is_recognised_how_and_where(db):
    for words in ("first", "firsts", "首创", "首个", "which are the firsts?"):
        firsts = set(find_listed(db, "recognition", words))
        assert {"R01", "R14"} <= firsts
        assert not {"R04", "R11", "R21"} & firsts  # R11 commends a first-loan centre
    for words in ("which are firsts in the nation", "全国首创", "nationwide first", "全国 首家"):
        assert find_listed(db, "recognition", words) == ["R01", "R02", "R03"]
    for words in ("率先", "among the first"):
        assert find_listed(db, "recognition", words) == ["R04", "R05", "R20"]
    for words in ("推广", "复制推广", "replicated", "what was replicated"):
        assert find_listed(db, "recognition", words) == ["R21", "R23"]
    assert find_listed(db, "recognition", "first loan centre") == ["R11"]
    assert "R23" in find_listed(db, "recognition", "辽宁省")
    assert find_listed(db, "recognition", "光谷翻译官") == ["R01"]
