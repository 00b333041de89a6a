"""Tables fit every width: nothing is cut, no quantity is broken, and the first layout that fits is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import FIGURES, METRICS, VIEWS, ZONES, of_zones
from test_output_goldens import picture

from ftz_cli.analysis.comparison import compare
from ftz_cli.language import use_language
from ftz_cli.output import formats
from ftz_cli.output.comparison_view import comparison_view
from ftz_cli.output.figure_view import figures_view
from ftz_cli.output.line_breaks import cell_len, pieces, wrapped
from ftz_cli.output.terminal import drawn, text_of_lines
from ftz_cli.output.view import Column, Drawing, Head, Lines, Table

NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")


def text(drawing: Drawing, width: int | None) -> str:
    return "".join(text_of_lines(drawn(drawing, width), colour=False))


def content(name: str) -> Iterator[str]:
    """All that a view has to say: every cell of every column that never yields, every line."""
    for part in VIEWS[name]().draw().parts:
        if isinstance(part, Table):
            columns = [column for column in part.columns if not column.spare]
            for item in part.items:
                yield from (formats.one_line(column.cell(item)) for column in columns)
            yield from dict.fromkeys(map(part.group, part.items) if part.group else ())
        elif isinstance(part, Head):
            yield from (part.name, *(value or "" for _, value in part.pairs))
        else:
            yield from map(formats.plain_text, part.lines)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_cut_at_any_width(name: str, lang: str) -> None:
    use_language(lang)
    said = [each.replace("–", "").replace("·", " ") for each in content(name)]
    use_language("en")
    signs = Counter("".join(said))
    del signs[" "]
    numbers = Counter(number for each in said for number in NUMBER.findall(each))
    for width in range(40, 141, 7):
        shown = picture(name, lang, width)
        assert not signs - Counter(shown), width
        if width >= 60:  # a number whole wherever it stands, once for each time that it is said
            assert not numbers - Counter(NUMBER.findall(shown)), width
            assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_and_tsv_agree_cell_for_cell(lang: str) -> None:
    one_each = [figure for figure in FIGURES if figure.article == "gate" and figure.id != "F8"]
    use_language(lang)
    rows: list[str] = []
    formats.write_tsv(figures_view(one_each), rows.append)
    heading, *_, last = text(figures_view(one_each).draw(), None).split("\n\n")[0].splitlines()
    table = text(figures_view(one_each).draw(), None).split("\n\n")[0].splitlines()
    use_language("en")
    names, *records = [row.rstrip("\n").split("\t") for row in rows]
    shown = [re.split(r" {2,}", line.strip()) for line in table[2:]]
    assert len(shown) == len(records) == 10
    for cells, record in zip(shown, records, strict=True):
        fields = dict(zip(names, record, strict=True))
        assert cells[0].split(" (")[0] == fields[f"metric_{lang}"]
        assert {fields["printed"], fields["meaning"], fields["id"]} <= {*cells}
        assert f"{fields['article']}:{fields['line']}" in cells
    assert heading.split()[0] in ("Metric", "指标")
    assert last


def table(*cells: str, **more: object) -> Table:
    """Three columns: a name, a quantity, and a place that yields first."""
    columns = [
        Column("Name", lambda item: item[0], wraps=True, main=True),
        Column("Printed", lambda item: item[1], main=True),
        Column("Place", lambda item: item[2], labelled=True),
    ]
    return Table(columns, [cells], **more)  # type: ignore[arg-type]


CELLS = ("Bonded Logistics Trade", "1015.4亿元", "chongzuo:53")


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["Bonded Logistics Trade  1015.4亿元  chongzuo:53"]),
        (43, ["Bonded Logistics  1015.4亿元  chongzuo:53", "Trade"]),
        (30, ["Bonded Logistics  1015.4亿元", "Trade", "  Place chongzuo:53"]),
        (22, ["Bonded Logistics", "Trade", "  Printed  1015.4亿元", "  Place    chongzuo:53"]),
    ],
)
def test_the_first_layout_that_fits_is_taken(width: int, lines: list[str]) -> None:
    shown = text(Drawing("", [table(*CELLS)]), width).splitlines()
    start = next(at for at, line in enumerate(shown) if line.startswith(" Bonded"))
    assert [line[1:] for line in shown[start:]] == lines


def test_spare_columns_yield_first_and_from_the_left() -> None:
    columns = [Column("A", lambda _: "a" * 12, main=True)]
    columns += [Column(name, lambda _, name=name: name * 12, spare=True) for name in "bc"]
    shown = [text(Drawing("", [Table(columns, [1])]), width).split()[-1] for width in (42, 41, 27)]
    assert [each[0] for each in shown] == ["c", "c", "a"]


def test_a_column_without_any_cell_is_left_out() -> None:
    assert "Place" not in text(Drawing("", [table("name", "5家", "")]), None)


def test_a_long_table_comes_in_chunks_and_wider_rows_get_new_headings() -> None:
    columns = [Column("Value", lambda item: item, main=True), Column("No", lambda _: "7")]
    items = ["5家"] * 1500 + ["123456789家"] * 2
    lines = iter(drawn(Drawing("", [Table(columns, items)]), 80))
    first = [next(lines) for _ in range(3)]
    assert [segment.text.strip() for segment in first[2] if segment.text.strip()] == ["5家", "7"]
    rest = list(text_of_lines(lines, colour=False))
    assert sum("Value" in line for line in rest) == 1
    assert rest[-1].split() == ["123456789家", "7"]
    assert sum("5家" in line for line in rest) == 1499


def test_a_group_is_named_once_however_long_it_is() -> None:
    items = list(range(450))
    grouped = Table([Column("N", str, main=True)], items, group=lambda item: f"group {item // 225}")
    shown = text(Drawing("", [grouped]), 80)
    assert [shown.count(f"group {at}\n") for at in (0, 1)] == [1, 1]


def test_lines_are_broken_where_a_reader_would() -> None:
    sentence = "全年完成吞吐量近1.5亿吨,比2019年增长5.2%至6.3%。"
    assert "近1.5亿吨,/比/2019年/增/长/5.2%至6.3%。" in "/".join(pieces(sentence))
    assert wrapped("rank of the year (1,2) here", 19) == ["rank of the", "year (1,2) here"]
    assert wrapped("外贸进出口总额", 12) == ["外贸进出口", "总额"]  # no line of one character
    assert wrapped("https://example.org/a-long-address", 10) == [
        "https://example.org/a-long-address"
    ]


@given(
    st.text(alphabet="ab 12,.。（）亿元至-约", max_size=60), st.integers(4, 40), st.integers(0, 3)
)
def test_breaking_keeps_every_sign(words: str, width: int, indent: int) -> None:
    words = " ".join(words.split())
    assert "".join(pieces(words)) == words
    joined = "".join(wrapped(words, width, indent))
    assert joined.replace(" ", "") == words.replace(" ", "")


def test_figures_of_one_fact_stand_once_and_say_who_differs() -> None:
    shown = text(figures_view(of_zones("guangxi-ftz")).draw(), None)
    assert shown.count("119.99") == 2  # printed and meaning
    assert "2 sources agree" in shown
    assert "gate differs: 111.98平方公里" in shown
    assert "about 120" not in shown


def test_a_comparison_draws_bars_on_one_scale_and_names_places() -> None:
    things = [ZONES["chongzuo"], ZONES["pingxiang-cbz"]]
    own = FIGURES[1]
    half = replace(own, zone="chongzuo", low=50, high=75)  # type: ignore[arg-type]
    whole = replace(own, low=99, high=100)  # type: ignore[arg-type]
    compared = compare("zone", things, [[half], [whole]], METRICS)
    shown = text(comparison_view(compared).draw(), 100)
    assert re.search(r" █{7}░{3} +█{13}▊\n", shown)
    assert shown.count("gate:5") == 2
    assert shown.count("Whose trade is not said.") == 1


def test_a_line_keeps_the_styles_of_its_pieces_where_it_is_broken() -> None:
    part = Lines([[("one two three ", "bold"), ("four five six", "dim")]], indent=2)
    lines = [
        [(segment.text, str(segment.style)) for segment in line]
        for line in drawn(Drawing("", [part]), 22)
    ]
    assert lines == [
        [(" ", "None"), ("one two three ", "bold"), ("four", "dim")],
        [(" ", "None"), ("  ", "none"), ("five six", "dim")],
    ]
