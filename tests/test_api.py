"""The library: what a command can answer, without a terminal."""

from __future__ import annotations

import doctest
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import ftz_cli.api
from ftz_cli.analysis.audit import derived_claims, judged
from ftz_cli.api import DatabaseUnusable, Dataset, NoAnswer, open_dataset
from ftz_cli.database import queries
from ftz_cli.model.errors import NotFound, UsageError
from ftz_cli.output.figure_order import SECONDS

PAGE = "press-2022"


def test_the_example_of_the_module_is_true(
    loaded: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ftz").mkdir()
    (tmp_path / "ftz" / "loaded.db").write_bytes(loaded)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = doctest.testmod(ftz_cli.api)
    assert (result.failed, result.attempted > 4) == (0, True)


def test_the_package_shows_what_it_offers() -> None:
    offered: dict[str, object] = {}
    exec("from ftz_cli import *", offered)
    assert {"open_dataset", "Dataset", "NoAnswer"} <= offered.keys() & {*dir(ftz_cli)}


def test_the_library_needs_no_terminal() -> None:
    """Neither Typer nor Rich is imported, nor what only the loader needs."""
    code = "import sys, ftz_cli.api; print({'typer', 'rich', 'sqlite_utils'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_figures_are_sorted(data: Dataset) -> None:
    for metric, unit in (("foreign-trade", "CNY"), ("extent", "m2")):
        by_value = data.figures(metric=metric, measure="level", sort="value")
        of_unit = [figure.base_value or 0 for figure in by_value if figure.base_unit == unit]
        assert of_unit == sorted(of_unit, reverse=True)
    counted = [
        one.base_value
        for one in data.figures(metric="enterprises-registered", measure="level", sort="value")
    ]
    assert counted == sorted(counted, reverse=True)  # whatever words they are counted by
    measures = [figure.measure for figure in data.figures(metric="foreign-trade", sort="value")]
    assert set(measures[: measures.count("level")]) == {"level"}
    spans = [one for one in data.figures(metric="clearance-time", sort="value") if one.unit_kind == "duration"]  # fmt: skip
    hours = [one.base_value * SECONDS[one.base_unit] for one in spans if one.base_value]
    assert ({"min", "h"} <= {one.base_unit for one in spans}, hours) == (True, sorted(hours, reverse=True))  # fmt: skip
    dates = [figure.date or "" for figure in data.figures(metric="start-date", sort="value")]
    assert dates == sorted(dates)
    ends = [figure.period for figure in data.figures(period="2023", sort="period")]
    assert max(i for i, one in enumerate(ends) if one == "2023") < ends.index("2023-09")
    periods = [figure.period or "" for figure in data.figures(zone="youyiguan", sort="period")]
    assert periods == sorted(periods, reverse=True)
    for limit in (0, -1, "2"):
        for ask in (data.look_up, data.sql):
            with pytest.raises(UsageError, match="is no limit"):
                ask("select 1", limit=limit)  # type: ignore[operator]


@pytest.mark.parametrize("wrong", [5, ["wuhan", "dalian"]])
def test_a_value_that_is_no_text_is_a_usage_error(data: Dataset, wrong: Any) -> None:
    """A year as a number, a list of names."""
    for call in (
        data.look_up,
        data.compare,
        data.audit,
        data.sql,
        data.zones,
        data.zone,
        data.figure,
    ):
        with pytest.raises(UsageError, match="is no text"):
            call(wrong)
    for name in ("zone", "period", "measure", "sort"):
        with pytest.raises(UsageError, match="is no text"):
            data.figures(**{name: wrong})


def test_a_question_is_answered_within_filters(data: Dataset) -> None:
    assert data.look_up("foreign trade", zone="Youyiguan", period="2021").figures[0].printed == "3242亿元"  # fmt: skip
    assert data.figures(period="H1 2021") == data.figures(period="2021上半年") == data.figures(period="2021-40")  # fmt: skip
    newest = data.look_up("foreign trade", zone="youyiguan", sort="period", limit=1)
    assert len(newest.figures) == 1 < newest.total
    with pytest.raises(NoAnswer):
        data.look_up("foreign trade", zone="wuhan")


def test_a_closed_dataset_says_so(loaded: bytes, tmp_path: Path) -> None:
    (tmp_path / "ftz.db").write_bytes(loaded)
    said = pytest.raises(DatabaseUnusable, match="or another thread opened it: SQLite objects")
    with open_dataset(tmp_path / "ftz.db") as data, ThreadPoolExecutor(1) as pool, said:
        pool.submit(data.zones).result()
    for ask in (data.zones, lambda: data.sql("select 1")):
        with pytest.raises(DatabaseUnusable, match="this dataset is closed, or another thread"):
            ask()


def test_things_by_name_and_lists_by_words(data: Dataset) -> None:
    assert data.zone("武汉片区").id == data.zone("wuhan").id == "wuhan"
    assert data.initiative("huilübao").id == "exchange-rate-shield"
    assert {zone.kind for zone in data.zones(kind="city")} == {"city"}
    assert [one.id for one in data.initiatives(theme="税务")] == [
        one.id for one in data.initiatives(theme="tax")
    ]
    assert all(one.figures for one in data.initiatives(with_figures=True))
    assert {one.zone for one in data.recognitions(zone="wuhan")} == {"wuhan"}
    assert "foreign-trade" in {metric.id for metric in data.metrics("foreign trade")}
    assert data.source("hubei").parent == PAGE
    assert {source.id for source in data.sources(PAGE)} >= {PAGE, "hubei", "chongzuo"}
    assert {"China Daily" in one.publisher for one in data.sources("china daily")} == {True}
    assert data.zones("nosuchword") == []
    with pytest.raises(NotFound):
        data.zone("nosuchzone")


# ---- comparison ---------------------------------------------------------------------------------


def test_one_period_may_be_asked_for(data: Dataset) -> None:
    found = data.compare("youyiguan", "pingxiang-cbz", period="2019", all=True)
    cells = [cell for row in found.rows for cell in row.cells if cell]
    assert {figure.period for cell in cells for figure in cell.figures} == {"2019"}


def test_a_choice_may_be_said_in_the_words_of_tables(data: Dataset) -> None:
    shares = data.figures(measure="share")
    assert shares == data.figures(measure="占比") == data.figures(measure="Share")
    assert data.figures(status="target") == data.figures(status="目标") != []
    assert data.zones(kind="bonded_zone") == data.zones(kind="海关特殊监管区域") != []
    assert data.figures(status="实际") == data.figures(status="Measured") != []
    assert {one.kind for one in data.zones(kind="district")} == {"district"}
    with pytest.raises(UsageError, match="no measure '实际'; there are level, growth"):
        data.figures(measure="实际")


def test_exports_imports_and_trade_are_rows_of_their_own(data: Dataset) -> None:
    rows = data.compare("hainan-province", "china-ftz", all=True).rows
    assert {"exports", "imports", "foreign-trade"} <= {row.metric.id for row in rows}


def test_an_initiatives_id_comes_before_a_part_of_a_zones_name(data: Dataset) -> None:
    columns = data.compare("innovation-beijing", "Port-Zoning", all=True).columns
    assert [one.id for one in columns] == ["innovation-beijing", "port-zoning"]


def test_like_lays_beside_a_thing_what_is_of_its_kind(data: Dataset) -> None:
    own, *others = [one.id for one in data.compare("first-loan-centre", like=True).columns]
    assert own == "first-loan-centre"
    assert {"caizhi-platform", "exchange-rate-shield"} <= {*others}
    # Of one kind and theme comes first, however many rows others share.
    columns = data.compare("exchange-rate-shield", like=True).columns
    assert {"yiwu-hedging-guarantee", "dongjiang-hedging-guarantee"} <= {one.id for one in columns}
    areas = {zone.id for zone in data.zones(kind="area")}
    assert {one.id for one in data.compare("wuhan", like=True).columns} <= areas
    # Who has no figure of the period is no neighbour.
    of_period = data.compare("cr-xian", like=True, period="2024-01/2024-12")
    assert all(cell for cell in of_period.rows[0].cells)
    assert len(of_period.columns) == 5
    # A row that the first is not in says nothing of it.
    for name in ("exchange-rate-shield", "hainan-ftz"):
        assert all(row.cells[0] for row in data.compare(name, like=True).rows)


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        (("wuhan", "首贷服务中心"), UsageError, "zones compare with zones"),
        (("wuhan", "武汉片区"), UsageError, "wuhan is named twice"),
        ((), UsageError, "a comparison needs two names"),
        (("nosuch", "wuhan"), NotFound, "no zone or initiative 'nosuch'; see"),
        (("wuhann", "wuhan"), NotFound, "did you mean Wuhan Area (wuhan), Wuhan City"),
        (("first-loan-centre",), UsageError, "two names, or one and --like"),
    ],
)
def test_names_that_make_no_comparison(
    data: Dataset, names: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as found:
        data.compare(*names)
    assert said in str(found.value)


# ---- audit --------------------------------------------------------------------------------------


def test_faults_come_first(data: Dataset) -> None:
    faults = [one.at_fault() for one in data.audit()]
    assert faults == sorted(faults, reverse=True)
    assert True in faults


def test_the_page_agrees_with_itself(data: Dataset) -> None:
    of_page = [one for one in data.audit() if {figure.source for figure in one.figures} == {PAGE}]
    ids = {
        verdict: {one.id for one in of_page if one.verdict == verdict}
        for verdict in ("inconsistent", "consistent-by-rounding", "undetermined")
    }
    assert ids == {
        "inconsistent": set(),
        "consistent-by-rounding": {"F052-multiple"},
        "undetermined": {"C06", "F045-implied_earlier", "F046-implied_earlier"},
    }


# Relations that say what a figure is, and not only what it is not beyond.
EQUATIONS = {"growth", "multiple", "difference", "share", "sum", "times", "equal", "count"}


def test_a_falsified_figure_is_found(data: Dataset) -> None:
    claims = [*queries.claims(data.db), *derived_claims(data.figures(), data.zones())]
    sound = {one.id for one in map(judged, claims) if one.verdict == "consistent"}
    false = [
        claim._replace(figure=own._replace(low=own.low * 3, high=own.high * 3))
        for claim in claims
        if claim.id in sound and claim.relation in EQUATIONS
        and (own := claim.figure).low is not None and own.high is not None
    ]  # fmt: skip
    assert {claim.relation for claim in false} >= {"growth", "sum", "count"}
    assert {one.id for one in map(judged, false) if one.verdict != "inconsistent"} == set()


def test_findings_are_chosen_by_id_by_words_and_by_figure(data: Dataset) -> None:
    assert [one.id for one in data.audit("f049-GROWTH")] == ["F049-growth"]
    assert "F052-multiple" in {one.id for one in data.audit("Chongzuo cross-border e-commerce")}
    assert data.audit("崇左") == data.audit("chongzuo")
    assert "F049-growth" in {one.id for one in data.audit("2019")}
    assert data.audit("Guangdong") == data.audit("guangdong-ftz")
    told: list[object] = []
    assert [one.id for one in data.audit("Hainan 2020", told.append)] == ["Z234-sum"]
    assert told == []  # that some other figure is of a quarter
    assert {one.figure.zone for one in data.audit("凭祥")} == {"pingxiang-cbz"}  # as in `zone`
    assert {one.figure.measure for one in data.audit("growth")} == {"growth"}
    assert {"hubei"} < {one.figure.article for one in data.audit("PRESS-2022")}
    assert [one.id for one in data.audit("Guangxi foreign trade")] == ["F055-growth"]  # within it
    wrong = [one for one in data.audit() if one.verdict == "inconsistent"]
    assert [one.id for one in data.audit("inconsistent Heilongjiang")] == ["N290-agreement"]
    assert [one.id for one in data.audit("Jiangsu inconsistent")] == ["N259-agreement"]
    assert data.audit("江苏 不一致") == data.audit("Jiangsu inconsistent")
    assert data.audit("extent 不符") == [one for one in wrong if one.figure.metric == "extent"]
    assert wrong == data.audit("Inconsistent") == data.audit("不符")
    assert "F052-multiple" in {one.id for one in data.audit("f052")}
    with pytest.raises(NoAnswer):
        data.audit("nosuchword")
    with pytest.raises(NotFound, match="no figure 'Z999'"):
        data.audit("Z999")


def test_findings_are_chosen_by_the_id_of_a_metric(data: Dataset) -> None:
    found = data.audit("innovations-national 2019")
    assert {figure.metric for one in found for figure in one.figures} == {"innovations-national"}
    assert [one.id for one in found] == ["Z177-part_of"]


def test_what_is_found_of_a_figure_is_what_the_whole_audit_finds(data: Dataset) -> None:
    whole: dict[str, set[str]] = {}
    for one in data.audit():
        for figure in one.figures:
            whole.setdefault(figure.id, set()).add(one.id)
    for id in list(whole)[::7]:
        assert {one.id for one in data.findings_of(data.figure(id))} == whole[id]


def test_records_are_of_things_that_a_list_has(data: Dataset) -> None:
    with pytest.raises(UsageError, match="type tuple"):
        ftz_cli.api.records(data.compare("wuhan", "yantai"))
