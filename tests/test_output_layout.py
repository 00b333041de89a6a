"""Tables fit every width: nothing is cut, no quantity is broken, the first layout that fits is taken."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from output_samples import FIGURES, VIEWS
from test_output_goldens import picture

from ftz_cli.language import use_language
from ftz_cli.output import FORMATS
from ftz_cli.output.answers import figures_view
from ftz_cli.output.line_breaks import cell_len, pieces, wrapped
from ftz_cli.output.terminal import CHUNK, drawn, text_of_lines
from ftz_cli.output.view import Column, Part, Table, one_line

NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")


def text(*parts: Part, width: int | None = None) -> str:
    return "".join(text_of_lines(drawn(parts, width), colour=False))


def content(name: str) -> Iterator[str]:
    """All that a view has to say: every cell of every column that never yields, every text."""
    for part in VIEWS[name]().parts():
        if isinstance(part, Table):
            for row in part.rows():
                yield from (
                    one_line(cell) for column, cell in zip(part.columns, row, strict=True)
                    if not column.spare
                )  # fmt: skip
        else:
            yield from (part.title, *(value or "" for _, value in part.pairs))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_cut_at_any_width(name: str, lang: str) -> None:
    use_language(lang)
    said = [re.sub("[·│├└─]", " ", each) for each in content(name)]
    use_language("en")
    signs = Counter("".join(said))
    numbers = Counter(n for each in said for n in NUMBER.findall(each))
    del signs[" "]
    for width in range(40, 141, 10):
        shown = picture(name, lang, width)
        assert not signs - Counter(shown), width
        if width >= 60:  # a number whole wherever it stands, once for each time that it is said
            assert not numbers - Counter(NUMBER.findall(shown)), width
            assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_and_tsv_agree_cell_for_cell(lang: str) -> None:
    one_each = [one for one in FIGURES if one.article == "gate" and one.id != "F8"]
    use_language(lang)
    written = "".join(FORMATS["tsv"].render(figures_view(one_each)))
    table, *_ = figures_view(one_each).parts()
    shown = [re.split(r" {2,}", line.strip()) for line in text(table).splitlines()[2:]]
    use_language("en")
    names, *records = csv.reader(io.StringIO(written), delimiter="\t")
    assert len(shown) == len(records) == 10
    for cells, record in zip(shown, records, strict=True):
        fields = dict(zip(names, record, strict=True))
        assert cells[0] == fields[f"metric_{lang}"]
        assert {fields["printed"], fields["meaning"], fields["id"]} <= {*cells}
        assert f"{fields['article']}:{fields['line']}" in cells


COLUMNS = [
    Column("Name", lambda item: item[0], main=True),
    Column("Printed", lambda item: item[1], main=True, right=True),
    Column("Place", lambda item: item[2], "dim"),
]
CELLS = ("Bonded Logistics Trade", "1015.4亿元", "chongzuo:53")


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["Bonded Logistics Trade  1015.4亿元  chongzuo:53"]),
        (43, ["Bonded Logistics  1015.4亿元  chongzuo:53", "Trade"]),
        (30, ["Bonded Logistics  1015.4亿元", "Trade", "  chongzuo:53"]),
        (22, ["Bonded Logistics", "Trade", "  Printed  1015.4亿元", "  Place    chongzuo:53"]),
    ],
)
def test_the_first_layout_that_fits_is_taken(width: int, lines: list[str]) -> None:
    shown = text(Table(COLUMNS, [CELLS]), width=width).splitlines()
    start = next(at for at, line in enumerate(shown) if line.startswith(" Bonded"))
    assert [line[1:] for line in shown[start:]] == lines


def test_spare_columns_yield_first_and_then_prose_goes_below() -> None:
    a, b = "a" * 20, "b" * 20
    columns = [Column("A", lambda _: a, main=True), Column("", lambda _: b, spare=True)]
    columns += [Column("C", lambda _: "c c", prose=True), Column("D", lambda _: "d")]
    shown = [text(Table(columns, [1]), width=width).splitlines()[2:] for width in (52, 51, 29)]
    assert shown == [[f" {a}  {b}  c c  d"], [f" {a}  c c  d"], [f" {a}  d", "   c c"]]


def test_a_long_table_comes_in_chunks_each_under_its_headings() -> None:
    items = ["5家"] * CHUNK + ["123456789家"] * 2
    columns = [Column("Value", str, main=True), Column("No", lambda _: "7")]
    lines = text(Table(columns, items), width=80).splitlines()
    assert [at for at, line in enumerate(lines) if "Value" in line] == [0, CHUNK + 3]
    assert [line.split() for line in lines[2:]].count(["5家", "7"]) == CHUNK
    assert lines[-1].split() == ["123456789家", "7"]


def test_lines_are_broken_where_a_reader_would() -> None:
    sentence = "全年完成吞吐量近1.5亿吨,比2019年增长5.2%至6.3%。"
    assert "近1.5亿吨,/比/2019年/增/长/5.2%至6.3%。" in "/".join(pieces(sentence))
    assert wrapped("rank of the year (1,2) here", 19) == ["rank of the", "year (1,2) here"]
    assert wrapped("上海自贸试验区 (10)、广西", 19) == ["上海自贸试验", "区 (10)、广西"]
    assert wrapped("https://example.org/a-long-address", 10) == [
        "https://example.org/a-long-address"
    ]
    assert wrapped("│  └─ Qinzhou Port Area", 18) == ["│  └─ Qinzhou Port", "│     Area"]
    assert wrapped("├─ Nanning Area", 11) == ["├─ Nanning", "│  Area"]
    # One or two characters are no line.
    assert wrapped("外贸进出口总额", 12) == ["外贸进", "出口总额"]
    assert wrapped("增长23.38%的进出", 14) == ["增长", "23.38%的进出"]


@given(st.text(alphabet="ab 12,.。（）亿元至-约", max_size=60), st.integers(4, 40))
def test_breaking_keeps_every_sign(words: str, width: int) -> None:
    words = " ".join(words.split())
    assert "".join(pieces(words)) == words
    assert "".join(wrapped(words, width)).replace(" ", "") == words.replace(" ", "")
