"""No digit is lost at any width, nothing is wider than asked, and the table agrees with the TSV."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import samples, shown
from rich.cells import cell_len

from ftz_cli.render import View, views
from ftz_cli.render.layout import flowed, pieces, plan, wrapped
from ftz_cli.render.numbers import meaning
from ftz_cli.render.periods import period_text
from ftz_cli.render.view import Column, Table

WIDTHS = [60, 61, 66, 72, 79, 80, 81, 100, 119, 120, 140, 160, 199, 200, None]
FINANCE = ("first-loan-centre", "caizhi-platform", "exchange-rate-shield")


def unfolded(text: str) -> str:
    """The text without spaces and line breaks: names may be folded, tokens never."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_is_whole_at_every_width(width: int | None, lang: str) -> None:
    for figure in samples().figures:
        text = shown(views.figures([figure]), "table", lang, width=width)
        for whole in (
            figure.printed,
            meaning(figure, lang),
            f"{figure.article}:{figure.line}",
            "" if figure.base_unit == "date"
            else period_text(figure.period, figure.period_kind, lang),
        ):  # fmt: skip
            assert whole in text, (figure.id, width, whole, text)
        name = figure.metric_zh if lang == "zh" else figure.metric_en
        zone = figure.zone_zh if lang == "zh" else figure.zone_en
        assert "…" not in text
        assert all(piece.strip() in text for piece in (*pieces(name), *pieces(zone)))
        if width:
            assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_all_figures_together_are_whole(width: int | None, lang: str) -> None:
    text = shown(views.figures(samples().figures), "table", lang, width=width)
    for figure in samples().figures:
        assert figure.printed in text
        assert meaning(figure, lang) in text
    assert text.count("chongzuo:53") == sum(
        (f.article, f.line) == ("chongzuo", 53) for f in samples().figures
    )
    if width:
        assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 120, 200, None])
def test_comparisons_and_findings_are_whole(width: int | None, lang: str) -> None:
    compared = samples().compared(*FINANCE, single=True)
    text = shown(views.comparison(compared), "table", lang, width=width)
    for row in compared.rows:
        for cell in row.cells:
            for figure in cell.figures if cell and not row.derived else ():
                assert figure.printed in text
    audit = shown(views.audit(samples().findings), "table", lang, width=width)
    for finding in samples().findings:
        assert finding.claim.id in audit
        assert finding.published in audit
    for text in (text, audit):
        assert "…" not in text.replace("… –", "")
        if width:
            assert max(map(cell_len, text.splitlines())) <= width


def every_list(width: int | None, lang: str) -> dict[str, str]:
    made: dict[str, View] = {
        "zones": views.zones(samples().zones),
        "initiatives": views.initiatives(samples().initiatives),
        "metrics": views.metrics(samples().metrics),
        "sources": views.sources(samples().sources),
    }
    return {name: shown(view, "table", lang, width=width) for name, view in made.items()}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
def test_lists_fit_and_keep_every_id(width: int | None, lang: str) -> None:
    texts = every_list(width, lang)
    for name, text in texts.items():
        for one in getattr(samples(), name):
            assert re.search(rf"(?<!\S){re.escape(one.id)}(?!\S)", text), (name, one.id)
        if width:
            assert max(map(cell_len, text.splitlines())) <= width, name


def test_columns_line_up_with_full_width_punctuation() -> None:
    rows = [("“非接触”交接（试行）", "12"), ("ab", "1,234"), ("提前审结、卡口验放", "7")]
    names, numbers = zip(*rows, strict=True)
    view = views.rows(["name", "number"], [list(row) for row in rows])
    lines = shown(view, "table").splitlines()[2:]
    starts = {
        cell_len(line[: line.rindex(number)]) for line, number in zip(lines, numbers, strict=True)
    }
    assert len(starts) == 1
    assert [line.split()[0] for line in lines] == [name.split()[0] for name in names]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_table_and_tsv_agree_cell_for_cell(lang: str) -> None:
    checked = 0
    for view in (
        views.figures(samples().figures),
        views.initiatives(samples().initiatives),
        views.metrics(samples().metrics),
        views.audit(samples().findings),
    ):
        lines = shown(view, "tsv", lang).splitlines()
        header, *rows = [line.split("\t") for line in lines]
        table = view.draw(lang).parts[0]
        assert isinstance(table, Table)
        for column in table.columns:
            if len(column.fields) == 1:
                at = header.index(column.fields[0])
                assert list(column.cells) == [row[at] for row in rows]
                checked += 1
    assert checked > 10


@given(st.text(st.sampled_from("ab 1.5亿元家,、“”(1)±<"), max_size=60), st.integers(8, 60))
@settings(max_examples=300, deadline=None)
def test_wrapping_loses_nothing_and_breaks_no_number(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert unfolded("".join(lines)) == unfolded(text)
    for line in lines:
        assert cell_len(line) <= width or len(pieces(line)) == 1
    for before, after in zip(lines, lines[1:], strict=False):
        if before and after and not text.startswith(before + " "):
            assert not (before[-1].isdigit() and after[0].isdigit())


@given(st.lists(st.text(st.sampled_from("ab亿元5"), min_size=1, max_size=9), max_size=6))
def test_flowed_items_stay_whole(items: list[str]) -> None:
    lines = flowed(items, 20)
    assert " · ".join(lines).replace(" · ", "") == "".join(items)
    assert all(any(item in line for line in lines) for item in items)


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("0123456789.亿元"), max_size=24), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    ),
    st.integers(60, 130),
)
@settings(max_examples=100, deadline=None)
def test_rows_of_any_numbers_are_whole(rows: list[list[str]], width: int) -> None:
    text = shown(views.rows(["a", "b", "c"], rows), "table", width=width)
    for row in rows:
        assert all(cell in text for cell in row)


def test_what_fits_no_table_becomes_cards() -> None:
    wide = "9" * 50
    table = Table([Column(f"c{n}", [wide]) for n in range(3)])
    assert plan(table, 78) is None
    view = views.rows(["a", "b"], [[wide, wide]])
    assert shown(view, "table", width=60).count(wide) == 2
