"""The library: what a command can answer, without a terminal."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import ftz_cli.api
from ftz_cli.analysis.audit import findings
from ftz_cli.api import Dataset, NoAnswer, open_dataset
from ftz_cli.curation.loader import load
from ftz_cli.database import queries
from ftz_cli.model.errors import DatabaseUnusable, NotFound, UsageError
from ftz_cli.model.figure import Figure
from ftz_cli.quantities import Bound, Quantity, Unit

PAGE = "press-2022"


@pytest.fixture(scope="module")
def data(loaded: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    path = tmp_path_factory.mktemp("api") / "ftz.db"
    path.write_bytes(loaded)
    with open_dataset(path) as opened:
        yield opened


def test_the_example_of_the_module_is_true(
    loaded: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ftz").mkdir()
    (tmp_path / "ftz" / "loaded.db").write_bytes(loaded)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = doctest.testmod(ftz_cli.api)
    assert (result.failed, result.attempted > 4) == (0, True)


def test_the_library_needs_no_terminal() -> None:
    """Neither Typer nor Rich is imported, nor what only the loader needs."""
    code = "import sys, ftz_cli.api; print({'typer', 'rich', 'sqlite_utils'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_a_database_that_is_missing_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable), open_dataset(tmp_path / "none.db"):
        pass


def test_a_zone_takes_in_what_lies_within(data: Dataset) -> None:
    within = {zone.id for zone in data.zones_within("guangxi-ftz")}
    assert {"chongzuo", "youyiguan", "qinzhou"} <= within
    figures = data.figures(zone="guangxi-ftz")
    assert {figure.zone for figure in figures} <= within | {"guangxi-ftz"}
    zone = data.zone("guangxi-ftz")
    assert (zone.figures_within, zone.figures < zone.figures_within) == (len(figures), True)


def test_filters_take_names_and_narrow_together(data: Dataset) -> None:
    found = data.figures(zone="友谊关口岸", metric="foreign-trade", measure="level", period="2021")
    assert {(figure.zone, figure.metric, figure.measure) for figure in found} == {
        ("youyiguan", "foreign-trade", "level")
    }
    assert "3242亿元" in {figure.printed for figure in found}


def test_figures_are_sorted_and_then_limited(data: Dataset) -> None:
    every = data.figures(metric="foreign-trade", measure="level")
    by_value = data.figures(metric="foreign-trade", measure="level", sort="value")
    of_unit = [figure.base_value for figure in by_value if figure.base_unit == "CNY"]
    assert of_unit == sorted(of_unit, key=lambda value: value or 0, reverse=True)
    periods = [figure.period or "" for figure in data.figures(zone="youyiguan", sort="period")]
    assert periods == sorted(periods, reverse=True)
    assert data.figures(metric="foreign-trade", measure="level", sort="value", limit=1) == by_value[:1]  # fmt: skip
    assert data.figures(metric="foreign-trade", measure="level", limit=2) == every[:2]


def test_a_question_is_answered_within_filters(data: Dataset) -> None:
    assert data.look_up("foreign trade", zone="youyiguan", period="2021").figures[0].printed == "3242亿元"  # fmt: skip
    newest = data.look_up("foreign trade", zone="youyiguan", sort="period", limit=1)
    assert len(newest.figures) == 1 < newest.total
    with pytest.raises(NoAnswer):
        data.look_up("foreign trade", zone="wuhan")


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"status": "x"}, "no status 'x'; there are measured, capacity, design, target, rule"),
        (
            {"measure": "x"},
            "no measure 'x'; there are level, growth, change, multiple, rank, share",
        ),
        ({"period": "21"}, "'21' is no period; write 2021, 2021-05, 2021-05-21 or 2019/2021"),
        ({"sort": "x"}, "no sort 'x'; there are value, period, zone"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_an_error(
    data: Dataset, filters: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as error:
        data.figures(**filters)  # type: ignore[arg-type]
    assert str(error.value) == said


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
    assert data.zones("nosuchword") == []
    with pytest.raises(NotFound):
        data.zone("nosuchzone")


# ---- comparison ---------------------------------------------------------------------------------

THREE = ("首贷服务中心", "财智服务平台", "汇率保")
IDS = ["first-loan-centre", "caizhi-platform", "exchange-rate-shield"]


def test_three_ways_of_financing(data: Dataset) -> None:
    found = data.compare(*THREE)
    assert [column.id for column in found.columns] == IDS
    assert [(row.metric.id, row.derived, row.comparable) for row in found.rows] == [
        ("enterprises-served", False, False),
        ("finance-amount", False, False),
        ("finance-per-enterprise", True, False),
    ]
    assert [warning.kind for warning in found.rows[0].warnings] == ["statuses", "no_period"]
    assert [cell and cell.figures[0].place for cell in found.rows[0].cells] == [
        "hubei:31", "hubei:31", "yantai:71",
    ]  # fmt: skip


def test_a_metric_or_a_period_may_be_asked_for(data: Dataset) -> None:
    (row,) = data.compare(*THREE, metrics=["enterprises served"]).rows
    assert row.metric.id == "enterprises-served"
    found = data.compare("youyiguan", "pingxiang-cbz", period="2019", all=True)
    assert {figure.period for row in found.rows for cell in row.cells if cell
            for figure in cell.figures} == {"2019"}  # fmt: skip


def test_like_lays_beside_a_thing_what_is_of_its_kind(data: Dataset) -> None:
    own, *others = data.compare("first-loan-centre", like=True).columns
    assert own.id == "first-loan-centre"
    assert {"caizhi-platform", "exchange-rate-shield"} <= {one.id for one in others}
    kinds = {zone.kind for zone in data.zones() if zone.id in
             {one.id for one in data.compare("wuhan", like=True).columns}}  # fmt: skip
    assert kinds == {"area"}


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        (("wuhan", "首贷服务中心"), UsageError, "are zones and others initiatives"),
        (("wuhan", "武汉片区"), UsageError, "wuhan is named twice"),
        (("nosuch", "wuhan"), NotFound, "no zone 'nosuch'"),
        (("first-loan-centre",), NotFound, "compares with"),
    ],
)
def test_names_that_make_no_comparison(
    data: Dataset, names: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as found:
        data.compare(*names)
    assert said in str(found.value)


# ---- audit --------------------------------------------------------------------------------------


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


def with_value(figure: Figure, printed: str) -> Figure:
    """The same figure with another number printed; a range as 10~40."""
    value, _, to = printed.partition("~")
    unit = Unit(figure.unit, figure.base_unit, figure.factor, figure.unit_kind)
    upper = Decimal(to) if to else None
    quantity = Quantity(Decimal(value), unit, Bound(figure.bound), upper)
    changed = {name: getattr(quantity, name) for name in ("value", "value_to", "base_value", "base_value_to")}  # fmt: skip
    ends = {name: getattr(quantity.ends, name) for name in ("low", "high", "low_open", "high_open")}
    return replace(figure, **changed, **ends)


@pytest.mark.parametrize(
    ("printed", "falsified", "finding"),
    [
        ("73.46%", "78.46", "F049-growth"), ("585.37亿元", "485.37", "F049-growth"),
        ("1015.4亿元", "1115.4", "F049-growth"), ("1015.4亿元", "1015.9", "F049-growth"),
        ("56%", "57", "F055-growth"), ("2077.68亿元", "2977.68", "F055-growth"),
        ("3242亿元", "3342", "F055-growth"), ("208多倍", "308", "F052-multiple"),
        ("23.78亿元", "13.78", "F052-multiple"), ("0.11亿元", "0.21", "F052-multiple"),
        ("五张", "6", "C07"), ("五免", "4", "C08"), ("5家", "6", "C09"), ("四方", "3", "C10"),
        ("20艘次", "26", "C14"), ("23艘次", "13", "C14"), ("377万吨", "477", "C15"),
        ("411.53万吨", "311.53", "C15"), ("23.02万吨", "13.02", "C16"),
        ("23.02万吨", "33.02", "C18"), ("10万~30万吨级", "10~40", "C19"), ("468米", "568", "C22"),
        ("546.3米", "446.3", "C22"), ("4000万吨", "5000", "C23"), ("2000万吨", "3000", "C23"),
        ("12米", "22", "C26"), ("18米", "10", "C26"), ("98项", "998", "C29"),
        ("14项", "84", "C30"), ("9项", "29", "C31"),
    ],
)  # fmt: skip
def test_a_falsified_figure_is_found(
    data: Dataset, printed: str, falsified: str, finding: str
) -> None:
    figures = data.figures(article=PAGE)
    (old,) = [one for one in figures if one.printed == printed and finding in
              {found.id for found in data.findings_of(one)}]  # fmt: skip
    new = with_value(old, falsified)
    swap = {old.id: new}
    claims = [
        replace(
            claim,
            figure=swap.get(claim.figure.id, claim.figure),
            operands=tuple(swap.get(one.id, one) for one in claim.operands),
        )
        for claim in queries.claims(data.db)
    ]
    judged = findings(claims, [swap.get(one.id, one) for one in figures], data.zones())
    assert {one.id: one.verdict for one in judged}[finding] == "inconsistent"


def test_findings_are_chosen_by_id_by_words_and_by_figure(data: Dataset) -> None:
    assert [one.id for one in data.audit("f049-GROWTH")] == ["F049-growth"]
    assert "F052-multiple" in {one.id for one in data.audit("Chongzuo cross-border e-commerce")}
    for id in ("F047", "F048", "F049"):
        assert "F049-growth" in {one.id for one in data.findings_of(data.figure(id))}
    with pytest.raises(NoAnswer):
        data.audit("nosuchword")


def test_what_is_found_of_a_figure_is_what_the_whole_audit_finds(data: Dataset) -> None:
    whole: dict[str, set[str]] = {}
    for one in data.audit():
        for figure in one.figures:
            whole.setdefault(figure.id, set()).add(one.id)
    for id in list(whole)[::7]:
        assert {one.id for one in data.findings_of(data.figure(id))} == whole[id]


# ---- files --------------------------------------------------------------------------------------


def test_what_is_exported_loads_as_the_same(data: Dataset, tmp_path: Path) -> None:
    count = data.export(str(tmp_path / "out"))
    assert load([str(tmp_path / "out")], tmp_path / "again.db") == count == data.counts()["figures"]
    with open_dataset(tmp_path / "again.db") as again:
        assert again.figures() == data.figures()


def test_sql_reads_and_never_writes(data: Dataset) -> None:
    answer = data.sql("select count(*) from figures")
    assert answer.rows == [(data.counts()["figures"],)]
    with pytest.raises(UsageError):
        data.sql("delete from figures")


def test_completion_offers_ids_and_names(data: Dataset) -> None:
    assert {"武汉市", "武汉片区"} <= {*data.names_beginning("zone", "武汉")}
    assert all(name.startswith("武汉") for name in data.names_beginning("zone", "武汉"))
    assert "F049" in data.names_beginning("figure", "f04")
