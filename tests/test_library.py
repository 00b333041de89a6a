"""The package as a library: the documented example holds, and frames take the records."""

import doctest
import importlib.util
import json
import math
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from typer.testing import CliRunner

import ftz_cli
from ftz_cli import Figure, library, open_dataset, records
from ftz_cli.cli import app
from ftz_cli.errors import DatabaseUnusable, NotFound, UsageError
from ftz_cli.sql import FLAT_COLUMNS


@pytest.fixture(scope="module")
def database(tmp_path_factory, loaded):
    path = tmp_path_factory.mktemp("library") / "ftz.db"
    path.write_bytes(loaded)
    return path


@pytest.fixture
def data(database):
    with open_dataset(database) as data:
        yield data


def test_the_documented_example_holds(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = doctest.testmod(library)
    assert (result.failed, result.attempted) == (0, 6)
    assert [path.name for path in (tmp_path / "ftz").iterdir()] == ["ftz.db"]


def test_importing_the_package_imports_next_to_nothing():
    code = (
        "import sys, ftz_cli\n"
        "print([m for m in sys.modules if m.startswith(('ftz', 'sqlite', 'rich', 'typer'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "['ftz_cli']\n"


def test_reading_needs_neither_typer_nor_rich(database):
    code = (
        "import sys; from ftz_cli import open_dataset, records\n"
        f"with open_dataset({str(database)!r}) as data: records(data.look_up('跨境电商 2021'))\n"
        "heavy = {'typer', 'rich', 'click', 'sqlite_utils', 'pypinyin'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_public_names_are_there_and_no_others():
    for name in ftz_cli.__all__:
        assert getattr(ftz_cli, name) is not None
    assert dir(ftz_cli) == sorted(ftz_cli.__all__)
    with pytest.raises(AttributeError, match="module 'ftz_cli' has no attribute 'nosuch'"):
        ftz_cli.nosuch  # noqa: B018
    assert importlib.util.find_spec("ftz_cli").submodule_search_locations


def test_figures_by_metric_zone_initiative_and_period(data):
    every = data.figures()
    assert all(isinstance(figure, Figure) for figure in every)
    for field in ("metric", "zone", "initiative"):
        value = next(getattr(f, field) for f in every if getattr(f, field))
        found = data.figures(**{field: value})
        assert found == [f for f in every if getattr(f, field) == value]
    assert {f.period[:4] for f in data.figures(period="2021") if "/" not in f.period} == {"2021"}
    targets = data.figures(status="target")
    assert targets == [f for f in every if f.status == "target"]
    assert targets
    both = data.figures(zone="dalian", period="2021")
    assert both == [f for f in data.figures(zone="dalian") if f in data.figures(period="2021")]


def test_a_figure_cannot_be_changed(data):
    with pytest.raises(FrozenInstanceError):
        data.figures()[0].value = 1


def test_names_of_every_kind_are_understood(data):
    assert data.look_up("跨境电商 2021")[0].printed == "23.78亿元"
    assert data.figures(zone="大连片区") == data.figures(zone="dalian")
    with pytest.raises(NotFound, match=r"no zone 'wuhna'"):
        data.figures(zone="wuhna")
    with pytest.raises(UsageError, match=r"'x' is not a status"):
        data.figures(status="x")


def test_things_are_listed_with_their_counts(data):
    figures = data.figures()
    assert sum(zone.figures for zone in data.zones()) == len(figures)
    assert sum(metric.figures for metric in data.metrics()) == len(figures)
    sources = data.sources()
    for kind in ("article", "document"):  # a document has its articles' figures
        assert sum(each.figures for each in sources if each.kind == kind) == len(figures)
    assert {i.id for i in data.initiatives()} >= {f.initiative for f in figures} - {None}


def test_comparing_and_auditing_are_what_the_commands_show(data, database):
    compared = data.compare("首贷服务中心", "汇率保")
    assert (compared.kind, [c.id for c in compared.columns]) == (
        "initiative", ["first-loan-centre", "exchange-rate-shield"],
    )  # fmt: skip
    assert data.compare("wuhan", "dalian").kind == "zone"
    more = data.compare("首贷服务中心", "汇率保", all=True)
    assert len(more.rows) > len(compared.rows)
    metric = more.rows[0].metric.id
    assert {r.metric.id for r in data.compare("首贷服务中心", "汇率保", metric=metric).rows} == {
        metric
    }
    shown = json.loads(CliRunner().invoke(app, ["audit", "--json", "--db", str(database)]).stdout)
    assert [finding["id"] for finding in shown] == [f.claim.id for f in data.audit()]
    assert [finding["verdict"] for finding in shown] == [str(f.verdict) for f in data.audit()]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("zones guangxi", "zones"), ("zone wuhan", "zone figures"),
        ("initiatives finance", "initiatives"), ("initiative 汇率保", "initiative figures"),
        ("metrics clearance", "metrics"), ("metric 跨境电商", "look_up"),
        ("figures --zone dalian", "figures"), ("sources", "sources"),
        ("compare wuhan dalian", "compare"), ("audit C01", "audit"),
    ],
)  # fmt: skip
def test_the_commands_stand_on_it(words, asked, database, monkeypatch):
    called = []
    for name, method in vars(library.Data).copy().items():
        if not name.startswith("_"):

            def told(*given, name=name, method=method, **more):
                called.append(name)
                return method(*given, **more)

            monkeypatch.setattr(library.Data, name, told)
    ran = CliRunner().invoke(app, [*words.split(), "--json", "--db", str(database)])
    assert (ran.exit_code, called) == (0, asked.split())
    assert len(json.loads(ran.stdout)) > 0


def test_things_are_found_by_words_and_by_name(data):
    assert {zone.id for zone in data.zones("guangxi")} > {"guangxi-ftz", "chongzuo"}
    assert data.zones("nowhere at all") == []
    assert data.zone("武汉片区") == next(zone for zone in data.zones() if zone.id == "wuhan")
    assert data.initiative("汇率保") in data.initiatives("finance")
    assert "import-clearance-time" in {metric.id for metric in data.metrics("通关")}
    assert {source.id for source in data.sources("yantai")} == {"yantai"}
    assert [finding.claim.id for finding in data.audit("C01")] == ["C01"]
    assert {finding.claim.id for finding in data.audit("跨境电商")} == {"C03"}
    with pytest.raises(NotFound, match=r"no zone 'wuhna'"):
        data.zone("wuhna")


def test_records_have_the_contracts_fields_and_the_contracts_values(data, database):
    shown = CliRunner().invoke(app, ["figures", "--json", "--db", str(database)]).stdout
    contract = json.loads(shown)
    given = records(data.figures())
    assert [tuple(record) for record in given] == [FLAT_COLUMNS] * len(contract)
    for record, said in zip(given, contract, strict=True):
        assert tuple(said) == FLAT_COLUMNS
        for name in FLAT_COLUMNS:
            if name in ("value", "value_to") and said[name] is not None:
                assert isinstance(record[name], str)
                assert said["base_unit"] == "date" or float(record[name]) == float(said[name])
            elif said["base_unit"] == "date" and name in (
                "base_value",
                "base_value_to",
                "low",
                "high",
            ):
                assert record[name] is None
            else:
                assert record[name] == said[name]


def test_records_keep_every_digit(data):
    by_id = {figure.id: figure for figure in data.figures()}
    for record in records(by_id.values()):
        assert record["value"] == str(by_id[record["id"]].value)


def test_records_are_the_rows_of_the_view(data):
    cursor = data.connection.execute("select * from figures_flat order by id")
    names = [column[0] for column in cursor.description]
    assert tuple(names) == FLAT_COLUMNS
    for record, row in zip(records(data.figures()), cursor, strict=True):
        for name, value in zip(names, row, strict=True):
            if isinstance(value, float):
                assert math.isclose(record[name], value, rel_tol=1e-15), (record["id"], name)
            else:
                assert record[name] == value


def test_pandas_takes_the_records(data):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame(records(data.figures()))
    assert list(frame.columns) == list(FLAT_COLUMNS)
    for name in ("base_value", "low", "high"):
        assert frame[name].dtype == "float64"
    money = frame[(frame.base_unit == "CNY") & (frame.period == "2021")]
    assert money.base_value.max() > 1e9


def test_polars_takes_the_records(data):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.DataFrame(records(data.figures()), infer_schema_length=None)
    assert frame.columns == list(FLAT_COLUMNS)
    assert frame["low"].dtype == polars.Float64
    assert frame["line"].dtype == polars.Int64
    assert frame["printed"].dtype == polars.String


def test_a_database_that_is_none_is_told(tmp_path):
    with (
        pytest.raises(DatabaseUnusable, match=r"no database at '.*nosuch\.db'"),
        open_dataset(tmp_path / "nosuch.db"),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_first_use_is_told_to_who_asks(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    said = []
    for _ in range(2):
        with open_dataset(tell=said.append) as data:
            assert data.look_up("跨境电商 2021")[0].printed == "23.78亿元"
    assert said == [f"building the database in {tmp_path / 'ftz' / 'ftz.db'} (first use)"]
