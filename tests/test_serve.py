"""`ftz serve`: Datasette shows the figures, explains them, and can change none of them."""

import asyncio
import builtins
import hashlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest
from typer.testing import CliRunner

from ftz_cli import serve
from ftz_cli.cli import app

FTZ = [sys.executable, "-m", "ftz_cli"]


@pytest.fixture(scope="module")
def database(tmp_path_factory, loaded):
    path = tmp_path_factory.mktemp("serve") / "ftz.db"
    path.write_bytes(loaded)
    return path


@pytest.fixture(scope="module")
def site(database):
    pytest.importorskip("datasette", reason="Datasette, of the extra 'web', is not installed")
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield serve.site(connection)


@pytest.fixture
def get(site):
    def get(path, **parameters):
        return asyncio.run(site.client.get(path, params=parameters, follow_redirects=True))

    return get


@pytest.fixture
def ask(get):
    def ask(query, **parameters):
        answer = get(f"/ftz/{query}.json", _shape="array", **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


def test_the_front_page_says_what_this_is(get):
    page = get("/").text
    assert "Published figures on China" in page
    assert "Creative Commons Attribution 4.0" in page
    assert "A 2022 newspaper page on the pilot free-trade zones" in page


def test_only_tables_for_people_are_listed(get):
    listed = {table["name"]: table["hidden"] for table in get("/ftz.json").json()["tables"]}
    internal = {name for name, hidden in listed.items() if hidden}
    assert {"things", "names", "postings", "terms", "spellings", "characters", "meta"} <= internal
    assert listed.keys() - internal == {
        "units", "sources", "zones", "initiatives", "metrics", "figures", "claims",
        "recognitions", "aliases", "excused", "ratios", "intents", "lookalikes",
    }  # fmt: skip


def test_every_figure_is_shown_with_its_columns_explained(get, ask):
    assert len(ask("figures_flat", _size="max")) == len(ask("figures", _size="max")) > 100
    page = get("/ftz/figures_flat").text
    assert "Figures with their names" in page
    for words in (
        "Unit of base_value, low and high: CNY, t, count, date …",
        "Least number that the figure can mean",
        "数据所说的区域。",
        "The figure as printed, with its qualifier and unit.",
    ):
        assert words in page


def test_figures_are_faceted_by_zone_metric_and_period(get):
    for table in ("figures_flat", "figures"):
        facets = get(f"/ftz/{table}.json", _size="0").json()["facet_results"]
        assert facets.keys() == {"zone", "metric", "period"}
        assert facets["zone"]["results"]
    zone = facets["zone"]["results"][0]
    rows = get("/ftz/figures_flat.json", _shape="array", _size="max", zone=zone["value"]).json()
    assert len(rows) == zone["count"]


def test_the_zones_are_listed_with_their_counts(ask):
    zones = {zone["id"]: zone for zone in ask("list_zones")}
    assert zones["wuhan"]["lies_in"] == "Hubei Pilot Free-Trade Zone"
    assert sum(zone["figures"] for zone in zones.values()) == len(ask("figures", _size="max"))


@pytest.mark.parametrize(
    "words", ["跨境电商 2021", "2021   跨境电商", "cross-border e-commerce 2021"]
)
def test_a_metric_is_looked_up_by_words_in_any_order(ask, words):
    [found] = [figure for figure in ask("look_up", words=words) if figure["printed"] == "23.78亿元"]
    assert (found["base_value"], found["base_unit"]) == (2378000000.0, "CNY")


def test_looking_up_nothing_lists_every_figure(ask):
    assert len(ask("look_up", words="", _size="max")) == len(ask("figures", _size="max"))


def test_words_that_name_nothing_find_nothing(ask):
    assert ask("look_up", words="跨境电商 nosuchword") == []
    assert ask("search", words="nosuchword") == []
    assert ask("search", words="") == []
    assert ask("search", words="_%") == []  # no wildcards
    assert all("%" in one["name_zh"] for one in ask("search", words="%") if one["kind"] == "figure")
    assert ask("search", words="' or 1 = 1 --") == []


def test_search_finds_words_inside_chinese(ask):
    found = {(one["kind"], one["id"]) for one in ask("search", words="电商")}
    assert ("metric", "cross-border-ecommerce-trade") in found
    figures = [one["name_zh"] for one in ask("search", words="电商") if one["kind"] == "figure"]
    assert any("23.78亿元" in name for name in figures)
    assert {one["id"] for one in ask("search", words="贸易 法治")} <= {
        one["id"] for one in ask("search", words="法治")
    }
    assert ("zone", "dalian") in {(one["kind"], one["id"]) for one in ask("search", words="DALIAN")}


def test_two_initiatives_are_compared(ask):
    rows = ask("compare_initiatives", first="首贷服务中心", second="exchange-rate-shield")
    assert {row["first_id"] for row in rows} == {"first-loan-centre", None}
    assert {row["second_id"] for row in rows} == {"exchange-rate-shield", None}
    shared = [row["first_id"] is not None and row["second_id"] is not None for row in rows]
    assert shared == sorted(shared, reverse=True)
    assert ask("compare_initiatives", first="", second="") == []


def test_every_page_opens(get, database):
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute(
            "select name from sqlite_master where type in ('table', 'view')")]  # fmt: skip
    for name in (*names, *serve.QUERIES):
        assert get(f"/ftz/{name}").status_code == 200, name
    assert "SQL Interrupted" not in get("/ftz/look_up", words="a b c d e f g h").text


@pytest.mark.parametrize(
    "statement",
    [
        "insert into zones (id) values ('x')", "update figures set value = '0'",
        "delete from figures", "drop table figures", "attach '/tmp/ftz-stolen.db' as x",
        "vacuum into '/tmp/ftz-stolen.db'", "pragma writable_schema = on",
        "with t as (select 1) delete from figures", "select load_extension('x')",
        "explain query plan select 1; drop table figures", "create table t (x)",
    ],
)  # fmt: skip
def test_nothing_can_be_changed(get, database, statement):
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    assert get("/ftz.json", sql=statement).status_code == 400
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert [path.name for path in database.parent.iterdir()] == ["ftz.db"]
    assert not os.path.exists("/tmp/ftz-stolen.db")


def test_a_page_that_is_not_there_prints_no_traceback(get, capfd):
    assert get("/ftz/nosuch").status_code == 404
    assert get("/ftz.json", sql="selec").status_code == 400
    assert "Traceback" not in "".join(capfd.readouterr())


def test_without_the_extra_it_says_how_to_get_it(database, monkeypatch):
    real = builtins.__import__

    def without(name, *more):
        if name.partition(".")[0] == "datasette":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(serve, "import_module", lambda name: without(name))
    answer = CliRunner().invoke(app, ["serve", "--db", str(database)])
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert answer.stderr == 'ftz: serving needs Datasette: pip install "ftz-cli[web]"\n'


def test_a_database_in_memory_cannot_be_served():
    from ftz_cli.errors import DatabaseUnusable

    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(DatabaseUnusable, match="there is no file to serve"),
    ):
        serve.site(connection)


def test_a_port_in_use_is_told(database):
    pytest.importorskip("datasette", reason="Datasette, of the extra 'web', is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(app, ["serve", "--port", str(port), "--db", str(database)])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == (
        f"ftz: can't listen on 127.0.0.1, port {port}: Address already in use. "
        "Try another --port or --host\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_it_serves_on_loopback_until_ctrl_c(database):
    pytest.importorskip("datasette", reason="Datasette, of the extra 'web', is not installed")
    run = subprocess.Popen([*FTZ, "serve", "--port", "0", "--db", str(database)],
                           stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        said = run.stderr.readline()
        address = re.fullmatch(
            r"ftz: serving on (http://127\.0\.0\.1:\d+) \(Ctrl-C ends it\)\n", said
        )
        assert address, said
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{address[1]}/ftz/list_zones.json") as answer:
                    assert b"dalian" in answer.read()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
    finally:
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, "")
    assert "Traceback" not in err
