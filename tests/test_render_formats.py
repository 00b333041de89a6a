"""Every format, read back by a parser that is not ours."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import samples, shown

from ftz_cli.bundled import bundled_folder
from ftz_cli.catalogue import Bilingual, Message, knows
from ftz_cli.errors import DataUnusable, UsageError
from ftz_cli.faults import FAULTS, Problem
from ftz_cli.quantity import Quantity, Unit
from ftz_cli.render import Output, View, emit, records, views
from ftz_cli.render.formats import encoded, told
from ftz_cli.scan import Scanned

FINANCE = ("first-loan-centre", "caizhi-platform", "exchange-rate-shield")
HOSTILE = (
    "=1+1|[/x][link=http://x]:smile:\x1b[31mred\x1b]8;;http://x\x07\x9b0m\x00\x7f\u202egnp\u2066"
    "\u200b\ufeff\t\r\n`*_<b>&amp;\"'\\ \ud800"
)
ACTING = set("\x1b\x07\x9b\x00\x7f\u202e\u2066\u200b\ufeff\t\r\ud800")
DATA = ("json", "jsonl", "csv", "tsv", "md")
ALL = (*DATA, "table", "svg", "html")


def exact(text: str) -> object:
    return json.loads(text, parse_float=Decimal)


def every_view(figures: list | None = None) -> dict[str, View]:  # type: ignore[type-arg]
    data = samples()
    some = data.figures if figures is None else figures
    problem = Problem(
        "db/figures.csv",
        14,
        6,
        "F203",
        Message("problem.empty", column="value"),
        "F067,yantai",
        Message("problem.delete_it"),
    )
    return {
        "figures": views.figures(some),
        "zones": views.zones(data.zones),
        "zone": views.zone(data.zones[5], data.zones[6:8], data.initiatives[:2], some[:3],
                           data.initiatives[6].recognitions),
        "initiatives": views.initiatives(data.initiatives),
        "initiative": views.initiative(data.initiatives[16], some[:3]),
        "metrics": views.metrics(data.metrics),
        "sources": views.sources(data.sources),
        "comparison": views.comparison(data.compared(*FINANCE)),
        "audit": views.audit(data.findings),
        "finding": views.finding(data.findings[2]),
        "scanned": views.scanned([Scanned(3, 4, "5家", None, "stray", "F01", Bilingual("gone", "没了"))]),
        "problems": views.problems([problem]),
        "faults": views.faults(list(FAULTS.values())),
        "rows": views.rows(["a", "a", "b"], [(1, 2.5, None), ("x", b"\x00", Decimal("1.10"))]),
        "overview": views.overview({"figures": 109}, data.sources, "/x/ftz.db"),
    }  # fmt: skip


NAMES = list(every_view())


def test_json_of_a_figure_is_the_contract() -> None:
    figure = samples().figure("F080")
    text = shown(views.figures([figure]), "json")
    (record,) = exact(text)  # type: ignore[misc]
    assert tuple(record) == records.FIGURE
    assert '"value": 16.70, ' in text
    assert '"base_value": 1670000000, ' in text
    assert record["low"] == 1660000000
    assert record["high"] == 1680000000
    assert record["period"] is None
    assert record["printed"] == "约16.70亿元"
    assert record["source"] == "press-2022"


def test_json_of_dates_are_iso_strings() -> None:
    (record,) = exact(shown(views.figures([samples().figure("F042")]), "json"))  # type: ignore[misc]
    assert (record["value"], record["base_unit"]) == ("2022-03", "date")
    assert (record["low"], record["high"]) == ("2022-03-01", "2022-03-31")


def test_json_says_null_for_an_open_end() -> None:
    (record,) = exact(shown(views.figures([samples().figure("F028")]), "json"))  # type: ignore[misc]
    assert (record["low"], record["high"]) == (1000000, None)


def test_json_of_initiatives_and_zones() -> None:
    found = exact(shown(views.initiatives(samples().initiatives), "json"))
    shield = next(one for one in found if one["id"] == "talent-points")  # type: ignore[attr-defined]
    assert tuple(shield) == records.INITIATIVE
    assert shield["recognitions"] == [{"kind": "first", "scope": "全国", "by": None, "line": 17}]
    zones = exact(shown(views.zones(samples().zones), "json"))
    assert tuple(zones[0]) == records.ZONE  # type: ignore[index]
    assert zones[0]["parent"] is None  # type: ignore[index]


def test_json_of_a_comparison() -> None:
    found = exact(shown(views.comparison(samples().compared(*FINANCE)), "json", "zh"))
    assert list(found) == ["columns", "rows"]  # type: ignore[call-overload]
    assert [one["id"] for one in found["columns"]] == list(FINANCE)  # type: ignore[index,call-overload]
    rows = {row["metric"]: row for row in found["rows"]}  # type: ignore[index,call-overload]
    assert tuple(rows["finance-amount"]) == records.COMPARED
    cell = rows["finance-amount"]["cells"][2]
    assert cell == {
        "figure": "F067", "figures": ["F067"], "value": 150000000, "low": 140000000,
        "high": 150000000, "printed": "近1.5亿元",
    }  # fmt: skip
    derived = rows["finance-per-enterprise"]["cells"]
    assert derived[2]["high"] == 750000
    assert derived[0]["figure"] is None
    # 1160500000 ÷ 496 does not end: rounded outwards, at the fifteenth digit.
    assert derived[0]["low"] == Decimal("2339717.74193548")
    assert derived[0]["high"] == Decimal("2341733.87096775")
    assert "授信金额" in rows["finance-amount"]["warning"]


def test_json_of_the_audit() -> None:
    found = exact(shown(views.audit(samples().findings), "json"))
    multiple = next(one for one in found if one["figure"] == "F052")  # type: ignore[attr-defined]
    assert tuple(multiple) == records.FINDING
    assert multiple["published"] == "208多倍"
    assert multiple["operands"] == ["F050", "F051"]
    assert multiple["recomputed_low"] < 207 < multiple["recomputed_high"]
    assert multiple["verdict"] == "consistent-by-rounding"


def test_json_of_a_scan() -> None:
    said = Quantity(Decimal("1.5"), Unit("亿元", "CNY", Decimal(10) ** 8, "money", Decimal(0)))
    view = views.scanned([Scanned(71, 3, "1.5亿元", said, "curated", "F067")])
    (record,) = exact(shown(view, "json"))  # type: ignore[misc]
    assert tuple(record) == records.SCANNED
    assert (record["base_value"], record["low"]) == (150000000, 145000000)


@pytest.mark.parametrize("name", NAMES)
def test_json_and_jsonl_read_back(name: str) -> None:
    view = every_view()[name]
    whole = exact(shown(view, "json"))
    lines = [exact(line) for line in shown(view, "jsonl").splitlines()]
    if view.document:
        assert whole["rows"] == lines  # type: ignore[index,call-overload]
    else:
        assert ([whole] if view.single else whole) == lines


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_csv_and_tsv_read_back(name: str, form: str) -> None:
    view = every_view()[name]
    text = shown(view, form)
    read = csv.reader(io.StringIO(text), **(
        {} if form == "csv" else {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
    ))  # fmt: skip
    header, *rows = list(read)
    if not view.spread:
        assert header == list(view.fields)
        plain = [[told(record[field]) for field in view.fields] for record in view.records("en")]
        assert (
            [[cell.removeprefix("'") for cell in row] for row in rows]
            == [[cell.removeprefix("'") for cell in row] for row in plain]
            or "\x00" in str(plain)
            or name == "rows"
        )
    assert all(len(row) == len(header) for row in rows)
    assert "\r" not in text


def test_csv_of_a_comparison_has_columns_for_each_cell() -> None:
    rows = list(
        csv.DictReader(io.StringIO(shown(views.comparison(samples().compared(*FINANCE)), "csv")))
    )
    assert rows[1]["caizhi-platform.printed"] == "7235万元"
    assert rows[1]["caizhi-platform.value"] == "72350000"


def test_bom_stands_first_and_once() -> None:
    for form in ("csv", "tsv"):
        text = shown(views.metrics(samples().metrics), form, bom=True)
        assert text.startswith("\ufeffid")
        assert text.count("\ufeff") == 1
    with pytest.raises(UsageError, match="--bom"):
        shown(views.metrics([]), "json", bom=True)


def markdown_rows(text: str) -> list[list[str]]:
    """The cells of a Markdown table, split where a bar is not escaped."""
    rows = []
    for line in text.splitlines():
        if line.startswith("| "):
            cells = line.strip("| ").replace("\\|", "\0").split(" | ")
            rows.append([cell.replace("\0", "\\|") for cell in cells])
    return rows


def test_markdown_reads_back() -> None:
    text = shown(views.figures(samples().figures), "md")
    header, marks, *rows = markdown_rows(text.split("\n\n")[0])
    assert header[:3] == ["Metric", "Subject", "Zone"]
    assert set(marks) == {"---", "---:"}
    assert len(rows) == len(samples().figures)
    at = header.index("Printed")
    unescaped = [row[at].replace("\\", "") for row in rows]
    assert unescaped == [figure.printed for figure in samples().figures]
    assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_are_whole_documents(name: str, lang: str, tmp_path: Path) -> None:
    view = every_view()[name]
    emit(view, Output(lang=lang, path=tmp_path / "a.svg"))
    root = ElementTree.fromstring((tmp_path / "a.svg").read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "http" not in (tmp_path / "a.svg").read_text("utf-8").replace("http://www.w3.org", "")
    emit(view, Output(lang=lang, path=tmp_path / "a.html"))
    parser = HTMLParser()
    parser.feed((tmp_path / "a.html").read_text("utf-8"))
    parser.close()


def test_svg_keeps_every_figure_whole() -> None:
    root = ElementTree.fromstring(shown(views.figures(samples().figures), "svg", "zh"))
    drawn = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert all(figure.printed in drawn for figure in samples().figures)


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_cells_act_in_no_format(form: str, lang: str) -> None:
    figure = replace(
        samples().figure("F067"), printed=HOSTILE, note=HOSTILE, metric_en=HOSTILE,
        metric_zh=HOSTILE, zone_en=HOSTILE, zone_zh=HOSTILE, article=HOSTILE, period=HOSTILE,
        period_kind=HOSTILE, status=HOSTILE, initiative=HOSTILE, initiative_zh=HOSTILE,
        initiative_en=HOSTILE,
    )  # fmt: skip
    finding = replace(samples().findings[0], published=HOSTILE, why=HOSTILE)
    said = Bilingual(HOSTILE, HOSTILE)
    problem = Problem(HOSTILE, 1, 1, "F307", said, HOSTILE, said)
    initiative = replace(samples().initiatives[0], name_en=HOSTILE, name_zh=HOSTILE, note=HOSTILE)
    zone = replace(samples().zones[0], name_en=HOSTILE, name_zh=HOSTILE, kind=HOSTILE)
    for view in (
        views.figures([figure], HOSTILE),
        views.initiative(initiative, [figure]),
        views.zone(zone, [zone], [initiative], [figure]),
        views.zones([zone]),
        views.audit([finding]),
        views.finding(finding),
        views.problems([problem]),
        views.scanned([Scanned(1, 1, HOSTILE, None, HOSTILE, HOSTILE, said)]),
        views.rows([HOSTILE, "b"], [[HOSTILE, 1]]),
        views.overview({"figures": 1}, samples().sources, HOSTILE, [HOSTILE]),
    ):
        text = shown(view, form, lang)
        allowed = {"\t"} if form == "tsv" else set()
        assert not (ACTING - allowed) & set(text), (view.name, form)
        if form == "table":
            assert "[/x][link=http://x]:smile:" in text.replace("\n", "")
        if form in ("json", "jsonl"):
            for line in [text] if form == "json" else text.splitlines():
                json.loads(line)
        if form == "svg":
            ElementTree.fromstring(text)
        if form in ("html", "svg"):
            assert "<b>" not in text
        if form in ("csv", "tsv"):
            cells = text.replace("\n", "\t").replace(",", "\t").split("\t")
            assert not any(cell.strip('"').startswith("=") for cell in cells)
        if form == "md":
            assert all("\\[link" in line for line in text.splitlines() if "link=" in line)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=8),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
))  # fmt: skip
def test_encoded_is_json(value: object) -> None:
    assert json.loads(encoded(value), parse_float=Decimal) == value
    assert not set(encoded(value)) & {"\u202e", "\x1b", "\u2028"}


def test_big_decimals_have_no_exponent() -> None:
    assert encoded(Decimal("1E+20")) == "100000000000000000000"
    assert told(Decimal("1E-9")) == "0.000000001"


def test_unknown_field_lists_the_valid_ones() -> None:
    view = views.metrics([])
    with pytest.raises(UsageError, match="no field 'valu' here; there are id, name_zh, name_en"):
        shown(view, "json", fields=["id", "valu"])


@pytest.mark.parametrize("form", DATA)
def test_fields_choose_and_order(form: str) -> None:
    text = shown(views.figures(samples().figures[:2]), form, fields=["printed", " id"])
    first = {
        "json": '{"printed": "9省", "id": "F001"}',
        "jsonl": '{"printed": "9省", "id": "F001"}',
        "csv": "9省,F001",
        "tsv": "9省\tF001",
        "md": "| 9省 | F001 |",
    }[form]
    assert first in text


def test_fields_of_a_table_are_its_columns() -> None:
    text = shown(views.figures(samples().figures[:1]), "table", fields=["printed", "id"])
    assert text.split() == ["printed", "id", *text.split()[2:3], "9省", "F001"]


def test_an_empty_answer_reads_well() -> None:
    empty = {form: shown(views.figures([]), form) for form in ALL}
    assert empty["json"] == "[]\n"
    assert empty["jsonl"] == ""
    assert empty["csv"] == ",".join(records.FIGURE) + "\n"
    assert empty["tsv"] == "\t".join(records.FIGURE) + "\n"
    assert empty["md"] == "no figures\n"
    assert empty["table"] == " no figures\n"
    assert shown(views.figures([]), "table", "zh") == " 没有数据\n"
    assert "no figures" in "".join(ElementTree.fromstring(empty["svg"]).itertext())


def test_files_are_written_beside_and_renamed(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    target.chmod(0o640)
    emit(views.metrics(samples().metrics), Output(path=target))
    assert target.read_text("utf-8").startswith("id,name_zh")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_failed_write_leaves_the_file_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")

    def records_that_fail(lang: str) -> list[dict[str, object]]:
        raise OSError(28, "No space left on device")

    with pytest.raises(DataUnusable, match=r"can't write '.*out.json': No space left on device"):
        emit(replace(views.metrics([]), records=records_that_fail), Output(path=target))
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    with pytest.raises(DataUnusable, match="can't write"):
        emit(views.metrics([]), Output(path=tmp_path / "no" / "out.json"))


def test_a_name_without_a_known_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tells no format"):
        emit(views.metrics([]), Output(path=tmp_path / "out.xls"))
    with pytest.raises(UsageError, match="no format 'xls'"):
        shown(views.metrics([]), "xls")


@pytest.mark.parametrize("form", DATA)
def test_data_formats_never_load_rich(form: str) -> None:
    code = (
        "import sys, io\n"
        "from ftz_cli.render import Output, emit, views\n"
        "from ftz_cli.things import Metric\n"
        "light = {'rich', 'csv', 'fractions', 'subprocess', 'sqlite3'} & set(sys.modules)\n"
        "assert not light, light\n"
        "metric = Metric('a', '甲', 'A', '', '', 'count', 'count', 'up', None)\n"
        f"emit(views.metrics([metric]), Output(format={form!r}, stream=io.StringIO()))\n"
        "heavy = {'rich', 'sqlite3', 'typer'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        f"assert 'csv' not in sys.modules or {form!r} == 'csv'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ})


def test_every_word_of_the_contract_is_in_the_catalogue() -> None:
    package = json.loads((bundled_folder() / "datapackage.json").read_text("utf-8"))
    enums = {
        (resource["name"], field["name"]): field["constraints"]["enum"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
    for (table, field), kind in {
        ("zones", "kind"): "kind", ("initiatives", "kind"): "kind", ("metrics", "kind"): "kind",
        ("sources", "kind"): "kind", ("figures", "bound"): "bound", ("figures", "status"): "status",
        ("recognitions", "kind"): "recognition",
        ("claims", "relation"): "relation",
    }.items():  # fmt: skip
        assert [one for one in enums[table, field] if not knows(f"{kind}.{one}")] == []
    themes = {f"theme.{one.theme}" for one in samples().initiatives}
    assert all(map(knows, themes))
    for kind in enums["figures", "period_kind"]:
        assert knows(f"no_period.{kind}")
    for finding in samples().findings:
        assert knows(finding.why)
        assert all(knows(reading.name) for reading in finding.readings)
