"""`ftz serve`: three questions in a browser, answered by the library; the tables by Datasette."""

from __future__ import annotations

import asyncio
import html
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ftz_cli.api import Dataset, open_dataset
from ftz_cli.cli.web_site import site
from ftz_cli.language import use_language
from ftz_cli.model.dataset_schema import tables as tables_of_schema
from ftz_cli.model.errors import DatabaseUnusable, UsageError

Get = Callable[..., Any]


@pytest.fixture(scope="module")
def get(data: Dataset) -> Get:
    pytest.importorskip("datasette", reason="Datasette, of the extra 'web', is not installed")
    served = site(data)
    return lambda path, **args: asyncio.run(served.client.get(path, params=args))


def test_the_start_page_asks_the_three_questions(get: Get, data: Dataset) -> None:
    page = get("/").text
    assert [*re.findall('<form action="([^"]+)"', page)] == ["/metric", "/compare"]
    linked = [*dict.fromkeys(re.findall(r'href="/zone/([^"]+)', page))]
    assert {*linked} == {zone.id for zone in data.zones()}
    # A tree: a zone stands under what it lies within.
    assert linked.index("chongzuo") == linked.index("guangxi-ftz") + 1


@pytest.mark.parametrize(("lang", "words"), [("en", "Wuhan Area"), ("zh", "武汉片区")])
def test_pages_are_in_the_language_in_use(get: Get, lang: str, words: str) -> None:
    use_language(lang)
    page = get("/").text
    use_language("en")
    assert f'<html lang="{lang}">' in page
    assert re.search(f"<a [^>]*>[^<]*{words}</a>", page)
    for label in re.findall('<label for="([^"]+)"', page):
        assert f'<input id="{label}"' in page


def test_a_look_up_is_the_librarys(get: Get, data: Dataset) -> None:
    page = get("/metric", q="崇左 跨境电商 2021").text
    answer = data.look_up("崇左 跨境电商 2021")
    linked = re.findall(r"/figure/(\w+)", page)
    assert [*dict.fromkeys(linked)] == [figure.id for figure in answer.figures]
    assert answer.figures[0].printed in page


def test_a_comparison_is_a_table(get: Get) -> None:
    page = get("/compare", names="首贷服务中心, 财智服务平台，汇率保").text
    assert {"496家", "52家", "200余家"} <= {*re.findall(r"[\d余]+家", page)}
    assert "<table" in page
    few = get("/compare", names="shanghai-ftz, guangdong-ftz").text  # a page has no command line
    assert re.search(r'class="notice">rows of one column: \d+</p>', few)


def test_a_figure_says_where_it_stands_and_how_to_cite_it(get: Get, data: Dataset) -> None:
    page = get("/figure/F049").text
    assert {"73.46%", "chongzuo:53", "F049-growth"} <= {*re.findall(r"[\w.:%-]+", page)}
    for figure in [one for one in data.figures() if one.url][:3]:
        assert f'href="{html.escape(figure.url or "")}"' in get(f"/figure/{figure.id}").text


@pytest.mark.parametrize(
    ("path", "args", "status"),
    [
        ("/zone/wuhan", {}, 200),
        ("/initiative/first-loan-centre", {}, 200),
        ("/metric", {"q": "<script>alert(1)</script>"}, 404),
        ("/metric", {}, 404),
        ("/compare", {"names": "nosuch, wuhan"}, 404),
        ("/compare", {"names": "wuhan, 首贷服务中心"}, 400),
        ("/figure/F999", {}, 404),
        ("/metric", {"q": "\x1b[31mred"}, 404),
        ("/nosuch", {}, 404),
        ("/data/figures_flat", {"_sort": "nope"}, 400),
        ("/data/figures_flat.json", {"_through": "{}"}, 400),
        ("/nosuch/x.json", {}, 404),
        ("/zone/崇左", {}, 200),
        ("/data.json", {"sql": "select nope"}, 400),
    ],
)
def test_a_page_is_there_or_says_what_is_not(
    get: Get, capfd: pytest.CaptureFixture[str], path: str, args: dict[str, str], status: int
) -> None:
    page = get(path, **args)
    assert page.status_code == status
    assert "<script>" not in page.text
    assert "\x1b" not in page.text
    assert "Traceback" not in capfd.readouterr().err


def test_a_page_that_is_not_there_says_so_and_a_question_keeps_its_words(get: Get) -> None:
    assert "no page /nosuch" in get("/nosuch").text
    assert 'value="nosuch, wuhan"' in get("/compare", names="nosuch, wuhan").text
    assert "<title>Wuhan Area" in get("/zone/wuhan").text


def test_only_tables_for_people_are_listed_and_they_are_explained(get: Get) -> None:
    tables = {table["name"]: table for table in get("/data.json").json()["tables"]}
    assert {name for name, table in tables.items() if not table["hidden"]} == {
        "units", "sources", "zones", "initiatives", "metrics", "figures", "claims",
        "recognitions", "excused", "ratios",
    }  # fmt: skip
    described = tables_of_schema()["figures"].columns[0].description
    assert html.escape(described.en) in get("/data/figures").text
    for table in ("figures", "figures_flat"):
        facets = get(f"/data/{table}.json", _size="0").json()["facet_results"]
        assert facets.keys() == {"zone", "metric", "period"}


def test_json_is_answered_in_json_and_csv_with_every_row(get: Get, data: Dataset) -> None:
    for path, asked in (("/data/figures_flat.json", {"_where": "nope"}), ("/nosuch.json", {})):
        assert get(path, **asked).json()["ok"] is False
    assert 'href="/data/figures_flat.csv?_size=max"' in get("/data/figures_flat").text
    rows = get("/data/figures_flat.csv", _size="max").text.splitlines()
    assert len(rows) > len(data.figures())


def test_nothing_can_be_written(get: Get, data: Dataset) -> None:
    answer = get("/data.json", sql="delete from figures")
    assert answer.status_code == 400
    assert len(data.figures()) > 0


def test_databases_that_datasette_cannot_serve(loaded: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a#b.db"
    path.write_bytes(loaded)
    with open_dataset(path) as data:
        with pytest.raises(UsageError):
            site(data)
        data.path = None
        with pytest.raises(DatabaseUnusable):
            site(data)


def test_a_process_serves_until_it_is_interrupted(data: Dataset) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ftz_cli", "serve", "--port", "0", "--lang", "en"],
        env=os.environ | {"FTZ_DB": str(data.path)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        address = re.search(r"http://\S+?(?=;)", line)
        assert address, line
        with urllib.request.urlopen(address[0], timeout=30) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130)
    finally:
        process.kill()
        process.stderr.close()
