"""What programs get: the contract's fields, numbers as numbers, one registry of formats."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from output_samples import FIGURES, VIEWS

from ftz_cli.language import use_language
from ftz_cli.model.errors import DataUnusable, UsageError
from ftz_cli.output import FORMATS, View, emit
from ftz_cli.output.answers import figures_view, rows_view
from ftz_cli.output.emit import format_asked
from ftz_cli.output.svg_format import svg_picture
from ftz_cli.output.view import note


def written(view: View, form: str) -> str:
    return "".join(FORMATS[form].render(view))


def record(id: str) -> dict[str, object]:
    figures = json.loads(written(VIEWS["figures"](), "json"))
    return next(one for one in figures if one["id"] == id)


def test_the_contract_of_a_figure() -> None:
    assert record("F2") == {
        "id": "F2", "zone": "pingxiang-cbz", "zone_zh": "凭祥综合保税区",
        "zone_en": "Pingxiang Comprehensive Bonded Zone", "initiative": None, "initiative_zh": None,
        "initiative_en": None, "metric": "trade", "metric_zh": "保税物流进出口值",
        "metric_en": "Bonded Logistics Trade", "measure": "level", "scope": None, "scope_en": None,
        "value": 1015.4, "value_to": None, "date": None, "unit": "亿元", "base_value": 101540000000,
        "base_value_to": None, "base_unit": "CNY", "low": 101535000000, "high": 101545000000,
        "bound": "exact", "meaning": "CNY 101.54 ± 0.005 billion", "period": "2021",
        "base_period": None, "period_kind": "during", "status": "measured", "source": "page",
        "article": "gate", "line": 5, "url": None, "printed": "1015.4亿元",
        "note": "Whose trade is not said.",
    }  # fmt: skip


def test_meaning_and_note_are_in_the_language_in_use() -> None:
    use_language("zh")
    one = record("F2")
    use_language("en")
    assert (one["meaning"], one["note"]) == ("1015.4亿 ± 0.05亿元", "未说明归属。")


FIELDS = {
    "zones": "id name_zh name_en kind parent initiatives figures figures_within since area_km2",
    "initiatives": "id name_zh name_en zone kind theme summary_zh summary_en aliases figures"
    " recognitions",
    "metrics": "id name_zh name_en definition_zh definition_en base_unit broader figures",
    "recognitions": "zone initiative kind scope scope_en by by_en article line printed note",
    "audit": "id kind figure relation operands published recomputed_low recomputed_high verdict why",
    "problems": "path line column code message excerpt help",
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_contract_of_other_lists(name: str) -> None:
    first, *_ = json.loads(written(VIEWS[name](), "json"))
    assert list(first) == FIELDS[name].split()


def test_an_audit_says_what_it_recomputed_and_why() -> None:
    found = {one["id"]: one for one in json.loads(written(VIEWS["audit"](), "json"))}
    growth = found["F3-growth"]
    assert (growth["kind"], growth["operands"], growth["verdict"]) == (
        "derived", ["F1", "F2"], "consistent"
    )  # fmt: skip
    assert growth["recomputed_low"] < 73.46 < growth["recomputed_high"]
    assert found["F6-agreement"]["verdict"] == "inconsistent"
    assert "111.98平方公里" in found["F6-agreement"]["why"]


def test_a_comparison_names_figures_and_places_of_its_cells() -> None:
    whole = json.loads(written(VIEWS["compare"](), "json"))
    assert [one["id"] for one in whole["columns"]] == ["rate-shield", "first-loans"]
    row = whole["rows"][0]
    assert (row["metric"], row["measure"], row["comparable"]) == ("firms", "level", False)
    assert row["warning"].startswith("Not of one kind: capacity, measured.")
    cell = row["cells"][0]
    assert (cell["figures"], cell["article"], cell["line"]) == (["F10"], "gate", 5)
    assert (cell["low"], cell["high"], cell["meaning"]) == (200, 300, "200 to < 300")
    assert cell["note"] == "Able to help, not helped."
    for row in json.loads(written(VIEWS["compare-zones"](), "json"))["rows"]:
        assert {cell["base_unit"] for cell in row["cells"] if cell} == {row["unit"]}
    flat = list(csv.DictReader(io.StringIO(written(VIEWS["compare"](), "csv"))))
    assert [(one["column"], one["low"], one["article"]) for one in flat[:2]] == [
        ("rate-shield", "200", "gate"), ("first-loans", "496", "gate")
    ]  # fmt: skip


def test_a_card_is_one_object() -> None:
    card = json.loads(written(VIEWS["zone"](), "json"))
    assert [one["id"] for one in card["zones"]] == ["chongzuo", "pingxiang-cbz"]
    assert {one["zone"] for one in card["figures"]} == {"guangxi-ftz", "chongzuo", "pingxiang-cbz"}
    assert card["recognitions"][0]["zone"] == "chongzuo"
    (row,) = csv.DictReader(io.StringIO(written(VIEWS["zone"](), "csv")))
    assert (row["zones"], row["recognitions"]) == ("chongzuo; pingxiang-cbz", "率先")
    figure = json.loads(written(VIEWS["figure-of-many"](), "json"))
    assert [one["id"] for one in figure["others"]] == ["F6", "F7"]
    assert figure["citation_en"].startswith(
        "许甲, 李乙. Easier clearance at the port[N]. 某报, 2022-07-22, line 5."
    )


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_sound_in_every_format(name: str) -> None:
    view = VIEWS[name]()
    found = json.loads(written(view, "json"))
    lines = [json.loads(line) for line in written(view, "jsonl").splitlines()]
    if isinstance(found, list):
        assert found == lines
    rows = list(csv.reader(io.StringIO(written(view, "csv"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == len(lines) + 1
    assert list(csv.reader(io.StringIO(written(view, "tsv")), delimiter="\t")) == rows
    assert written(view, "excel-csv") == "\ufeff" + written(view, "csv")
    ElementTree.fromstring(written(view, "svg"))
    assert written(view, "md").strip()
    assert "\x1b" not in written(view, "json") + written(view, "svg") + written(view, "md")


def test_digits_are_written_as_printed() -> None:
    rows = rows_view(["n"], [(Decimal("16.70"),), (float("inf"),), (b"\x00\xff",)])
    assert written(rows, "json") == '[\n{"n": 16.70},\n{"n": null},\n{"n": "x\'00ff\'"}\n]\n'
    assert written(rows, "csv").splitlines()[1] == "16.70"
    broken = rows_view(["a", "b"], [("x\ny\r", 1)])
    assert written(broken, "csv") == 'a,b\n"x\ny\\u000d",1\n'
    assert written(broken, "tsv") == 'a\tb\n"x\ny\\u000d"\t1\n'
    # A column without a value is one that was asked for.
    assert written(rows_view(["a", "b"], [(None, 1)]), "md").startswith("| a | b |")


def test_hostile_characters_are_written_as_codes() -> None:
    rows = rows_view(['a\x1b"'], [("x\x1b[31m\u202ey",)])
    assert json.loads(written(rows, "json"))[0]['a\x1b"'] == "x\x1b[31m\u202ey"
    for form in FORMATS:
        text = written(rows, form)
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "x\\u001b[31m\\u202ey" in written(rows, "tsv")


def cells(page: str) -> list[str]:
    """The texts of a page's table cells."""
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", page)
    return [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in found]


def test_html_is_a_table_that_another_page_can_take_over() -> None:
    view = figures_view(FIGURES[5:6])
    page = written(view, "html")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    shown = {"119.99 square kilometers", "119.99 ± 0.005 square kilometres", "gov"}
    assert shown <= {*cells(page)}
    assert re.findall('href="(.*?)"', page) == ["https://gx.example/zone?a=1&amp;b=2"]
    listed = written(figures_view(FIGURES), "html")
    assert re.findall("<th .*?>(.*?)</th>", listed)[:4] == ["Metric", "指标", "Subject", "Printed"]
    hostile = written(rows_view(["a"], [("<script>alert(1)</script>&",)]), "html")
    assert "<script>alert" not in hostile
    assert "<script>alert(1)</script>&" in cells(hostile)


def test_svg_needs_nothing_from_elsewhere_and_keeps_both_scripts_in_their_cells() -> None:
    svg = svg_picture([note("█████████▌ 1015.4亿元")])
    assert not re.search(r"(?:href|src|url)\b", svg)
    name = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(svg)
    lengths = {text.text: text.get("textLength") for text in root.iter(f"{name}text")}
    assert lengths[" 1015.4亿元"] == str(12 * 11)
    assert [bar.get("width") for bar in root.iter(f"{name}rect")][1:] == ["114"]
    assert "1015.4亿元" in (root.findtext(f"{name}desc") or "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(output="x.csv", format="json"), "-o x.csv contradicts --format json"),
        (dict(output="x.pdf"), "no format '.pdf'; there are table, json"),
        (dict(format="xml"), "no format 'xml'"),
    ],
)
def test_contradictions_are_refused_and_nothing_is_written(
    options: dict[str, Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=re.escape(message)):
        format_asked(options.get("format"), options.get("output"))
    assert list(tmp_path.iterdir()) == []


def test_fields_choose_in_their_order_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    headings = {"csv": "kind,id", "tsv": "kind\tid", "json": "[", "table": " kind"}
    for form, heading in headings.items():
        emit(VIEWS["zones"]().only(["kind", " id"]), format=form)
        shown = capsys.readouterr().out
        assert shown.startswith(heading)
        assert re.search("pilot_zone.*guangxi-ftz", shown)
    with pytest.raises(UsageError, match="no field 'nope'; there are id, name_zh, name_en"):
        VIEWS["zones"]().only(["id", "nope"])


def test_a_view_that_fails_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "zones.csv"
    path.write_text("before")

    view = VIEWS["zones"]()
    with pytest.raises(KeyError):
        emit(view._replace(record_of={}.__getitem__), "csv", str(path))
    assert path.read_text() == "before"
    assert [*tmp_path.iterdir()] == [path]
    emit(view, "csv", str(path))
    assert path.read_text().startswith("id,name_zh")


def test_a_file_that_cannot_be_written_is_said_to_be_that(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(DataUnusable, match=r"can't write .*x\.csv: "):
        emit(VIEWS["zones"](), "csv", str(tmp_path / "x.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
