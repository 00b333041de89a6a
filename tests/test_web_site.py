"""`ftz serve`: the tables in a browser, by Datasette, which changes nothing."""

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
from ftz_cli.model.dataset_schema import tables as tables_of_schema
from ftz_cli.model.errors import DatabaseUnusable, UsageError

Get = Callable[..., Any]


@pytest.fixture(scope="module")
def get(data: Dataset) -> Get:
    pytest.importorskip("datasette", reason="Datasette, of the extra 'web', is not installed")
    served = site(data)
    return lambda path, **args: asyncio.run(served.client.get(path, params=args))


@pytest.mark.parametrize(
    ("path", "args", "status"),
    [
        ("/", {}, 200),
        ("/nosuch", {}, 404),
        ("/data/figures_flat", {"_sort": "nope"}, 400),
        ("/data/figures_flat.json", {"_through": "{}"}, 400),
        ("/nosuch/x.json", {}, 404),
        ("/data.json", {"sql": "select nope"}, 400),
    ],
)
def test_a_page_is_there_or_says_what_is_not(
    get: Get, capfd: pytest.CaptureFixture[str], path: str, args: dict[str, str], status: int
) -> None:
    page = get(path, **args)
    assert page.status_code == status
    assert "Traceback" not in capfd.readouterr().err


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
