"""Figures of several sources on one fact: who agrees, who differs, and by how much."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from cases import cases
from figure_builder import figure

from ftz_cli.analysis.agreement import agreement_finding, agreements, differing
from ftz_cli.analysis.audit import derived_claims, judged
from ftz_cli.model.figure import Figure
from ftz_cli.model.named import Zone


def group_of(*texts: str) -> list[Figure]:
    """One fact as the articles a, b, c … print it; a bound stands before its number."""
    figures = []
    for article, text in zip("abcdef", texts, strict=False):
        bound, _, printed = text.rpartition(" ")
        figures.append(figure(f"F-{article}", printed, bound or "exact", article=article))
    (found,) = agreements(figures)
    return found


# What articles print of one fact, whether they agree, and what is said of it.
with (Path(__file__).parent / "data" / "agreements.csv").open(encoding="utf-8") as file:
    FACTS = [*csv.DictReader(file)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["printed"])
def test_sources_agree_or_differ(fact: dict[str, str]) -> None:
    found = agreement_finding(group_of(*fact["printed"].split("; ")))
    assert (found.kind, found.verdict, str(found.why)) == (
        "agreement",
        fact["verdict"],
        fact["why"],
    )


@pytest.mark.parametrize(
    ("printed", "order"),
    [
        (["120平方公里", "119.98平方公里", "about 120平方公里"], "bac"),
        (["111.98平方公里", "120平方公里", "119.98平方公里"], "cab"),
        (["2017-04", "2017-04-01"], "ba"),
        (["119.86平方米", "119.86平方公里"], "ba"),
    ],
)
def test_what_most_of_the_vaguer_figures_can_mean_comes_first(
    printed: list[str], order: str
) -> None:
    assert "".join(one.article for one in group_of(*printed)) == order


def test_of_figures_that_as_many_agree_with_the_best_source_comes_first() -> None:
    press = figure("F1", "110.5平方公里", article="a", source_kind="newspaper")
    official = figure("F2", "111.5平方公里", article="b", source_kind="government_document")
    assert agreements([press, official]) == [[official, press]]
    assert agreements([press, official._replace(article="a")]) == []  # of no time


def test_a_source_that_prints_two_values_of_one_time_differs() -> None:
    group = [figure(f"F{value}", f"{value}家", period="2023") for value in (100, 105)]
    assert str(agreement_finding(agreements(group)[0]).why).startswith(
        "The source differs: a 100家"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2015"}, {"zone": "y"}, {"initiative": "i"}, {"metric": "m"},
        {"measure": "growth"}, {"scope": "全国"}, {"base_period": "2019"}, {"status": "target"},
        {"period_kind": "cumulative"},
    ],
)  # fmt: skip
def test_another_fact_is_no_disagreement(other: dict[str, str]) -> None:
    """An enlarged zone, another status: nothing to compare."""
    one = figure("F1", "28.78平方公里", period="2013", article="a")
    assert agreements([one, figure("F2", "120.72平方公里", **{"period": "2013", "article": "b"} | other)]) == []  # fmt: skip


def test_a_date_is_one_fact_whatever_its_period() -> None:
    one = figure("F1", "2013-09-29", period="2013", article="a")
    other = figure("F2", "2013-09-18", article="b")
    assert differing(agreements([one, other])[0]) == [other]


# ---- claims that follow from the columns --------------------------------------------------------

LEVELS = [
    figure("F1", "585.37亿元", period="2019"),
    figure("F2", "1015.4亿元", period="2021"),
]


def verdicts(*figures: Figure, zones: list[Zone] | None = None) -> dict[str, str]:
    found = [*map(judged, derived_claims(figures, zones or []))]
    return {one.id: one.verdict.value for one in found}


@pytest.mark.parametrize(
    ("measure", "printed", "id", "verdict"),
    cases("test_a_comparing_figure_is_held_against_its_levels"),
)
def test_a_comparing_figure_is_held_against_its_levels(
    measure: str, printed: str, id: str, verdict: str
) -> None:
    own = figure("F3", printed, measure=measure, period="2021", base_period="2019")
    assert verdicts(*LEVELS, own) == {id: verdict}
    for level in LEVELS:
        falsified = figure(level.id, "785.4亿元", period=level.period)
        rest = [one for one in LEVELS if one is not level]
        assert verdicts(*rest, falsified, own) == {id: "inconsistent"}


def test_a_fall_is_negative() -> None:
    levels = [figure("F1", "10亿元", period="2019"), figure("F2", "8亿元", period="2021")]
    own = {"measure": "growth", "period": "2021", "base_period": "2019"}
    assert verdicts(*levels, figure("F3", "-20%", **own)) == {"F3-growth": "consistent"}
    assert verdicts(*levels, figure("F3", "20%", **own)) == {"F3-growth": "inconsistent"}


@pytest.mark.parametrize(
    "other",
    [{"zone": "y"}, {"initiative": "i"}, {"metric": "m"}, {"scope": "东盟"}, {"status": "target"},
     {"period": "2020"}, {"period_kind": "cumulative"}],
)  # fmt: skip
def test_a_level_of_another_series_makes_no_claim(other: dict[str, str]) -> None:
    own = figure("F3", "73.46%", measure="growth", period="2021", base_period="2019")
    stranger = figure("F1", "585.37亿元", **{"period": "2019"} | other)
    assert verdicts(stranger, LEVELS[1], own) == {}


def test_levels_of_the_figures_own_source_come_first() -> None:
    foreign = [
        figure("F4", "600亿元", period="2019", article="b", source_kind="government_site"),
        figure("F5", "1015.4亿元", period="2021", article="b", source_kind="government_site"),
    ]
    own = figure("F3", "73.46%", measure="growth", period="2021", base_period="2019")
    (claim,) = derived_claims([*foreign, *LEVELS, own])
    assert [one.id for one in claim.operands] == ["F1", "F2"]
    (claim,) = derived_claims([*foreign, LEVELS[0], own])
    assert [one.id for one in claim.operands] == ["F4", "F5"]
    found = judged(claim)
    assert str(found.why) == "No values that the printed digits allow give it; the sources differ"


def test_a_change_implies_the_level_that_is_not_printed() -> None:
    later = figure("F1", "3.15小时", period="2021", metric_kind="duration")
    own = figure("F2", "-5.92小时", measure="change", period="2021", base_period="2019")
    assert verdicts(later, own) == {"F2-implied_earlier": "undetermined"}


def zone(id: str, kind: str, parent: str | None = None) -> Zone:
    return Zone(id, id, id, kind, parent, (), None, None)


COUNTRY = [zone("z", "pilot_zone"), zone("a1", "area", "z"), zone("a2", "area", "z"),
           zone("port", "seaport", "a1")]  # fmt: skip


def test_a_part_is_not_above_its_zone_or_year() -> None:
    whole = figure("F1", "100亿元", period="2022")
    for part in ({"zone": "a1"}, {"period": "2022-40"}, {"zone": "port", "period": "2022-40"}):
        small, large = (figure("F2", printed, **{"period": "2022"} | part)
                        for printed in ("90亿元", "500亿元"))  # fmt: skip
        assert verdicts(whole, small, zones=COUNTRY) == {}
        wrong = {"F2-part_of": "inconsistent"} if len(part) == 1 else {}
        assert verdicts(whole, large, zones=COUNTRY) == wrong


EXTENTS = [
    figure(f"F-{id}", printed, zone=id, metric="extent", metric_kind="area")
    for id, printed in (("z", "119.98平方公里"), ("a1", "70平方公里"), ("a2", "49.98平方公里"))
]


def test_areas_add_up_to_their_zone() -> None:
    assert verdicts(*EXTENTS, zones=COUNTRY) == {"F-z-sum": "consistent"}
    for falsified in EXTENTS:
        rest = [one for one in EXTENTS if one is not falsified]
        wrong = figure(falsified.id, "20.02平方公里", zone=falsified.zone, metric="extent",
                       metric_kind="area")  # fmt: skip
        assert verdicts(*rest, wrong, zones=COUNTRY)["F-z-sum"] == "inconsistent"


def test_the_source_that_prints_most_of_a_sum_is_held_against_itself() -> None:
    official = {"article": "gov", "source_kind": "government_site", "metric": "extent",
                "metric_kind": "area"}  # fmt: skip
    rounded = figure("F-gov", "120平方公里", zone="z", **official)
    other = figure("F-gov-a1", "50平方公里", zone="a1", **official)
    assert verdicts(*EXTENTS, rounded, other, zones=COUNTRY) == {"F-z-sum": "consistent"}


def test_exports_and_imports_add_up_to_trade() -> None:
    parts = [figure("F1", "60亿元", metric="exports"), figure("F2", "40亿元", metric="imports")]
    total = figure("F3", "100亿元", metric="foreign-trade")
    assert verdicts(*parts, total) == {"F3-sum": "consistent"}
    assert verdicts(parts[0], figure("F2", "80亿元", metric="imports"), total) == {
        "F3-sum": "inconsistent"
    }
    assert verdicts(parts[0], total) == {}


@pytest.mark.parametrize(
    ("kind", "earlier", "later", "found"),
    [
        ("cumulative", "2020", "2021", True),
        ("as_of", "2020", "2021", False),
        ("cumulative", "2019/2020", "2020/2021", False),
        ("cumulative", "2019/2020", "2019/2021", True),
    ],
)
def test_a_running_total_that_falls_is_found(
    kind: str, earlier: str, later: str, found: bool
) -> None:
    """That it rises makes no claim."""
    other = figure("F2", "20亿元", period=later, period_kind=kind)
    rising, falling = (figure("F1", printed, period=earlier, period_kind=kind)
                       for printed in ("10亿元", "30亿元"))  # fmt: skip
    assert verdicts(rising, other) == {}
    assert verdicts(falling, other) == ({"F1-part_of": "inconsistent"} if found else {})


def test_no_sum_without_all_areas() -> None:
    assert verdicts(*EXTENTS[:2], zones=COUNTRY) == {}
    three = figure("F-n", "3家", zone="z", metric="pilot-areas", metric_kind="count")
    assert verdicts(*EXTENTS, three, zones=COUNTRY) == {}
    earlier = EXTENTS[1]._replace(period="2013")
    assert verdicts(EXTENTS[0], earlier, EXTENTS[2], zones=COUNTRY) == {}


def test_durations_and_ranks_of_areas_do_not_add_up() -> None:
    hours = [figure(one.id, "3小时", zone=one.zone, metric_kind="duration") for one in EXTENTS]
    assert verdicts(*hours, zones=COUNTRY) == {}
