"""No digit is lost at any width, nothing is wider than asked, and the table agrees with the TSV."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from render_samples import samples, shown
from rich.cells import cell_len

from ftz_cli.catalogue import Bilingual
from ftz_cli.faults import Problem
from ftz_cli.render import View, views
from ftz_cli.render import table as tables
from ftz_cli.render.layout import plan
from ftz_cli.render.lines import flowed, pieces, window, wrapped
from ftz_cli.render.numbers import meaning
from ftz_cli.render.periods import period_text
from ftz_cli.render.view import Column, Drawing, Table

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
    for drawn in (text, audit):
        assert "…" not in drawn.replace("… –", "")
        if width:
            assert max(map(cell_len, drawn.splitlines())) <= width


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
@example("111111<亿11111<亿.", 8)
@settings(max_examples=300)
def test_wrapping_loses_nothing_and_breaks_no_number(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert unfolded("".join(lines)) == unfolded(text)
    for line in lines:
        assert cell_len(line) <= width or len(pieces(line)) == 1
    at = 0
    for before, after in pairwise(lines):
        at = text.index(before, at) + len(before)
        if before and after and text[at] != " ":
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
@settings(max_examples=100)
def test_rows_of_any_numbers_are_whole(rows: list[list[str]], width: int) -> None:
    text = shown(views.rows(["a", "b", "c"], rows), "table", width=width)
    for row in rows:
        assert all(cell in text for cell in row)


COMPARED = """\
                  First-Loan Service   Caizhi Finance        Exchange-Rate
 Metric           Centre               Service Platform      Shield
 ──────────────────────────────────────────────────────────────────────────────
 Enterprises      496家                52家                  200余家
 Served (1) (2)                                              200 to < 300
                                                             capacity

 Finance for      11.61亿元            7235万元              近1.5亿元
 Enterprises      1,161 ± 0.5          72.35 ± 0.005         140 to < 150
 (1) (2) (3)                                                 capacity
 CNY million

 Finance per      ≈ CNY 2.341 million  ≈ CNY 1.3913 million  < CNY 0.75 million
 Enterprise       2.3397 to 2.3418     1.39125 to 1.39145    0.466 to < 0.75
 (1) (2) (3)
 derived
 CNY million

 (1) Not of one kind: measured, capacity; what can be done is not yet done.
 (2) No period is printed.
 (3) Different metrics of one family: First Loans Obtained, Credit Granted,
     Cash Flow Released.
"""
ZONES = """\
 区域                  类别        举措  数据  编号
 ───────────────────────────────────────────────────────────
 湖北自贸试验区        自贸试验区     4     5  hubei-ftz
 ├─ 武汉片区           片区          14    13  wuhan
 ├─ 襄阳片区           片区           2     6  xiangyang
 └─ 宜昌片区           片区           4     7  yichang
 广西自贸试验区        自贸试验区     0     1  guangxi-ftz
 ├─ 崇左片区           片区           2     9  chongzuo
 │  ├─ 友谊关口岸      口岸或港口     2    10  youyiguan
 │  └─ 凭祥综合保税区  综合保税区     0     3  pingxiang-ftz
 └─ 钦州港片区         片区           0     1  qinzhou
    └─ 钦州港          口岸或港口     1    23  qinzhou-port
"""
SERIES = """\
 外贸进出口总额 · 友谊关口岸 · 增长56.014%至56.064%
   2019年  2077.68亿元  ███████████████▍
   2021年     3242亿元  ████████████████████████
"""
PROBLEM = """\
 db/figures.csv:14:6: F203 value 1.6 is not what '近1.5亿元' says
   | F067,yantai,1.6
   help: '近1.5亿元' means value 1.5
"""


def test_goldens() -> None:
    compared = views.comparison(samples().compared(*FINANCE))
    assert shown(compared, "table", "en", width=80) == COMPARED
    assert shown(views.zones(samples().zones[:10]), "table", "zh", width=80) == ZONES
    series = [samples().figure("F053"), samples().figure("F054")]
    assert shown(views.figures(series), "table", "zh", width=80).endswith("\n\n" + SERIES)
    problem = Problem(
        "db/figures.csv", 14, 6, "F203", Bilingual("value 1.6 is not what '近1.5亿元' says", ""),
        "F067,yantai,1.6", Bilingual("'近1.5亿元' means value 1.5", ""),
    )  # fmt: skip
    assert shown(views.problems([problem]), "table") == PROBLEM


PROBLEM_AT_60 = """\
 db/figures.csv:68:48: F203 value '1.6' is not what
     '近1.5亿元' says
   | …cash-released,1.6,,亿元,nearly,,undated,capacity,…
   |                ^
   help: '近1.5亿元' means value 1.5, unit 亿元, bound
         nearly
"""


def test_a_problem_is_wrapped_and_its_line_shown_around_the_cell() -> None:
    line = (
        "F067,yantai,exchange-rate-shield,cash-released,1.6,,亿元,nearly,,undated,capacity,yantai,"
        '71,近1.5亿元,"Able to release, not released.",是能够释放，不是已经释放。'
    )
    problem = Problem(
        "db/figures.csv", 68, 48, "F203", Bilingual("value '1.6' is not what '近1.5亿元' says", ""),
        line, Bilingual("'近1.5亿元' means value 1.5, unit 亿元, bound nearly", ""),
    )  # fmt: skip
    assert shown(views.problems([problem]), "table", width=60) == PROBLEM_AT_60
    whole = shown(views.problems([problem]), "table").splitlines()
    assert whole[1] == f"   | {line}"
    assert len(whole) == 3


@given(st.text(st.sampled_from("ab1.5,亿元"), max_size=90), st.integers(0, 89), st.integers(8, 40))
def test_a_window_fits_and_has_its_place(text: str, at: int, width: int) -> None:
    at = min(at, max(len(text) - 1, 0))
    seen, cells = window(text, at, width)
    assert cell_len(seen) <= width
    assert seen.strip("…") in text
    place = next(n for n in range(len(seen) + 1) if cell_len(seen[:n]) == cells)
    assert seen[place : place + 1] in (text[at : at + 1], "…")


def test_bars_are_drawn_where_all_cells_are_comparable_and_only_there() -> None:
    compared = samples().compared(*FINANCE)
    assert "█" not in shown(views.comparison(compared), "table")
    alike = replace(compared, rows=(replace(compared.rows[0], comparable=True, warnings=()),))
    lines = shown(views.comparison(alike), "table").splitlines()
    bars = next(line for line in lines if "█" in line).split()
    # 496, 52, and 200 to under 300: solid as far as is sure, light as far as may be.
    assert bars == ["█" * 14, "█▍", "█████▋░░"]


def test_what_fits_no_table_becomes_cards() -> None:
    wide = "9" * 50
    table = Table([Column(f"c{n}", [wide]) for n in range(3)])
    assert plan(table, 78) is None
    view = views.rows(["a", "b"], [[wide, wide]])
    assert shown(view, "table", width=60).count(wide) == 2


FOLDED = """\
 Name                                                 Count
 ──────────────────────────────────────────────────────────
 A name that is so long that it is folded on sixty        1
 cells
   Institutional Innovation Area · Place chongzuo:51
   undated

 Short                                                    2
   Institutional Innovation Area · undated
"""


def test_details_start_below_a_folded_row_and_have_the_whole_width() -> None:
    names = ["A name that is so long that it is folded on sixty cells", "Short"]
    table = Table([
        Column("Name", names, wraps=True),
        Column("Count", ["1", "2"], right=True),
        Column("Zone", ["Institutional Innovation Area"] * 2, worth=50),
        Column("Place", ["chongzuo:51", ""], worth=40, labelled=True),
        Column("Period", ["undated", "undated"], worth=30),
    ])  # fmt: skip
    assert tables.drawn(Drawing("", [table]), 60, None) == FOLDED


NAMED = """\
 Metric                              Printed  Meaning               Period
 ──────────────────────────────────────────────────────────────────────────────
 Cross-Border E-Commerce Trade (1)  0.11亿元  CNY 11 ± 0.5 million  2019
   跨境电商进出口货值 · Chongzuo Area 崇左片区 · chongzuo:53

 Multiple of Cross-Border            208多倍  208 to < 209 times    2019 → 2021
 E-Commerce Trade (2)
   跨境电商进出口货值增长倍数 · Chongzuo Area 崇左片区 · chongzuo:53
"""
# The metric's would take another line here.
NAMED_AT_60 = """\
 Metric                       Printed  Meaning
 ──────────────────────────────────────────────────────────
 Cross-Border E-Commerce     0.11亿元  CNY 11 ± 0.5 million
 Trade (1)
   Chongzuo Area 崇左片区 · 2019 · chongzuo:53

 Multiple of Cross-Border     208多倍  208 to < 209 times
 E-Commerce Trade (2)
   Chongzuo Area 崇左片区 · 2019 → 2021 · chongzuo:53
"""


def test_second_lines_have_the_other_names_as_far_as_these_fit() -> None:
    figures = [samples().figure(id) for id in ("F050", "F052")]
    assert shown(views.figures(figures), "table", width=80).startswith(NAMED)
    assert shown(views.figures(figures), "table", width=60).startswith(NAMED_AT_60)
    # No row has what its neighbours have not.
    long = replace(figures[0], metric_zh="跨" * 30)
    text = shown(views.figures([long, figures[1]]), "table", width=80)
    assert ("跨" in text, "增长倍数" in text, "崇左片区" in text) == (False, False, True)


SHARED = """\
 Metric     Printed
 ──────────────────────────
 Wuhan  武汉
   Loans  11.61亿元
   Firms      496家

 Yichang and its neighbours
 to the east
   Parks      162个
"""
SHARED_IN_MARKDOWN = """\
| Subject | Metric | Printed |
| --- | --- | ---: |
| Wuhan | Loans | 11.61亿元 |
"""


def test_what_rows_share_stands_once_above_them() -> None:
    long = "Yichang and its neighbours to the east"
    table = Table([
        Column("Subject", ["Wuhan", "Wuhan", long], heads=True),
        Column("", ["武汉", "武汉", "宜昌及以东各地"], beside=True, heads=True),
        Column("Metric", ["Loans", "Firms", "Parks"], wraps=True),
        Column("Printed", ["11.61亿元", "496家", "162个"], right=True),
    ])  # fmt: skip
    drawing = Drawing("", [table])
    assert tables.drawn(drawing, 28, None) == SHARED
    assert "east  宜昌及以东各地\n" in tables.drawn(drawing, None, None)
    view = View("shared", (), lambda lang: [], lambda lang: drawing)
    assert shown(view, "md").startswith(SHARED_IN_MARKDOWN)


def test_a_zones_card_names_each_subject_once() -> None:
    data = samples()
    zone = next(one for one in data.zones if one.id == "wuhan")
    own = [one for one in data.figures if one.zone == "wuhan"]
    # Out of order, as a dataset may have them.
    card = views.zone(zone, figures=[*own[1:], own[0]])
    for width in (60, 80, 120, None):
        text = shown(card, "table", width=width)
        assert text.count("AI Voice Robot and Staff Police Enquiry Line") == 1
        assert text.count("First-Loan Service Centre") == 1
        assert all(text.count(one.printed) for one in own)


SCHEMA = """\
 column  type  refers_to
 ─────────────────────────────────────────────────────────
 figures
   id    text
     Stable identifier.

   zone  text  zones.id
     Zone that the figure speaks of, which is exactly what
     the text says.

 zones
   id    text
     Stable identifier.
"""


def test_a_schema_names_each_table_once() -> None:
    rows = [
        ("figures", "id", "text", "", "Stable identifier."),
        ("figures", "zone", "text", "zones.id",
         "Zone that the figure speaks of, which is exactly what the text says."),
        ("zones", "id", "text", "", "Stable identifier."),
    ]  # fmt: skip
    fields = ("table", "column", "type", "refers_to", "description")
    assert shown(views.rows(fields, rows, "schema"), "table", width=60) == SCHEMA


def test_a_count_that_lost_its_column_says_what_it_is() -> None:
    figures = [samples().figure(id) for id in ("F081", "F073")]
    text = shown(views.figures(figures), "table", width=60)
    assert "\n   Meaning 23 · total to 20 July 2022 · qinzhou:83\n" in text
    assert "\n   100,000 to 300,000 tonne class · capacity · undated\n" in text


def test_no_dot_follows_a_full_stop() -> None:
    items = ["It ships.", "ID ships", "rule", "已发货。", "编号 ships", "规定"]
    assert flowed(items, 90) == ["It ships.  ID ships · rule · 已发货。 编号 ships · 规定"]
    for lang in ("en", "zh"):
        for text in every_list(60, lang).values():
            assert not re.search("[.。] ·", text)


def test_rows_are_set_apart_wherever_one_takes_two_lines() -> None:
    for width in (60, 80):
        text = shown(views.initiatives(samples().initiatives), "table", "zh", width=width)
        rows = text.split("\n ─")[1].split("\n", 1)[1].split("\n\n")
        assert len(rows) == len(samples().initiatives), width
    one_line_each = shown(views.initiatives(samples().initiatives), "table", "zh", width=200)
    assert "\n\n" not in one_line_each


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_ends_in_blanks_even_in_colour(lang: str) -> None:
    for view in (views.figures(samples().figures), views.sources(samples().sources)):
        for width in (60, 120, None):
            lines = tables.drawn(view.draw(lang), width, "standard").splitlines()
            plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in lines]
            assert not [line for line in plain if line.endswith(" ")]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        # A number keeps its unit and what qualifies it, and lets go of the words around it.
        ("由减少量推出的2019年用时，", 18, ["由减少量推出的", "2019年用时，"]),
        ("由减少量推出的2019年用时，", 20, ["由减少量推出的2019年", "用时，"]),
        ("全年超过1.5亿元交易", 12, ["全年", "超过1.5亿元", "交易"]),
        ("省时5.92个小时以上", 14, ["省时", "5.92个小时以上"]),
        ("增长56.014%至56.064%之间", 18, ["增长", "56.014%至56.064%", "之间"]),
        ("grew by 73.452 to 73.473% then", 20, ["grew by", "73.452 to 73.473%", "then"]),
        # No last line of one character where the line before can give one up.
        ("列举的与所计的数目一致", 20, ["列举的与所计的数目", "一致"]),
        ("不超过试验区成立。", 16, ["不超过试验区", "成立。"]),
        ("首贷发放用时 (8)", 12, ["首贷发放", "用时 (8)"]),
        ("首贷发放用时 (8)", 6, ["首贷发", "放用", "时 (8)"]),
        # Marks of notes keep to their word, or else to one another.
        ("Enterprises Served (1) (2)", 20, ["Enterprises", "Served (1) (2)"]),
        ("Enterprises Served (1) (2)", 12, ["Enterprises", "Served", "(1) (2)"]),
        ("what '近1.5亿元' says", 8, ["what", "'近1.5亿元'", "says"]),
    ],
)
def test_lines_break_where_a_reader_would(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_lists_break_between_their_items_alone() -> None:
    assert wrapped("李希平; 于海臻; 慕英军", 16, 0, "; ") == ["李希平; 于海臻;", "慕英军"]
    for width in (100, 110, 120, 130):
        text = shown(views.sources(samples().sources), "table", width=width)
        names = [name for one in samples().sources for name in (one.authors or "").split("; ")]
        assert all(name in text for name in names)


def test_titles_and_counts_break_between_their_parts_alone() -> None:
    series = [samples().figure("F053"), samples().figure("F054")]
    text = shown(views.figures(series), "table", "en", width=60)
    assert " Port of Entry\n   grew by 56.014 to 56.064%\n" in text
    audit = shown(views.audit(samples().findings), "table", "en", width=60)
    assert audit.endswith(" ≈ 1 consistent by rounding\n   ? 3 undetermined\n")
