"""The reader of both languages: which grammar reads what, and any text at all."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from quantity_cases import READER, UNITS, reading, readings

from ftz_cli.language.signs import fold
from ftz_cli.quantities.quantity import CannotRead, Quantity
from ftz_cli.quantities.reader import stretches


@pytest.mark.parametrize(("text", "scripts"), cases("test_the_script_of_a_clause_decides"))
def test_the_script_of_a_clause_decides(text: str, scripts: str) -> None:
    found = list(stretches(text))
    assert [script for _, _, script in found] == scripts.split()
    assert "".join(text[start:end] for start, end, _ in found) == text


def test_both_languages_are_read_in_one_text() -> None:
    text = "出口下降3.2%。Imports rose 5 percent to 1.7 billion yuan. 共12家。"
    assert readings(READER.find(text)) == (
        "3.2 % exact down; 5 % exact up; 1.7 十亿元 exact; 12 家 exact"
    )


@pytest.mark.parametrize(
    ("printed", "wanted"), cases("test_a_cell_is_read_by_the_grammar_that_knows_it")
)
def test_a_cell_is_read_by_the_grammar_that_knows_it(printed: str, wanted: str) -> None:
    assert reading(READER.read(printed)) == wanted


def test_a_cell_too_long_for_a_quantity_is_refused_at_once() -> None:
    with pytest.raises(CannotRead, match="longer than any number"):
        READER.read("1" * 100_000)


def test_signs_are_folded_one_for_one() -> None:
    text = "１２．５％，<b>3</b>–5　“x”﹒７"
    assert fold(text) == '12.5%，   3    -5 "x".7'
    assert len(fold(text)) == len(text)


# ---- anything at all ---------------------------------------------------------------------------

NUMERALS = "0123456789零一二三四五六七八九十百千万亿兆廿点两半几数"
WORDS = "成倍第前年月日个元吨%％至~-:比分之余多约近超以上内左右同今翻每均下降增了为.,，/() ±½¥$×^Ee\n批届港币"
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=NUMERALS + WORDS, max_size=30),
    st.lists(st.sampled_from([*UNITS, *"约 超过 不到 至少 最高可 以上 3 五 12.5 近百 about rose to 3".split()]),
             max_size=8).map("".join),
)  # fmt: skip


def read_all(text: str) -> None:
    """Read a text as a cell and as an article; only CannotRead may come of it."""
    at = 0
    for mention in READER.find(text, 2022):
        assert at <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.printed
        assert (mention.quantity is None) <= (mention.why is not None)
        at = mention.end
        if mention.quantity is not None:
            _holds_itself(mention.quantity)
    for read in (READER.read, READER.read_all):
        try:
            said = read(text, 2022, 2021)
        except CannotRead:
            continue
        for one in said if isinstance(said, list) else [said]:
            _holds_itself(one)


def _holds_itself(said: Quantity) -> None:
    try:
        ends = said.ends
    except CannotRead:
        return  # a day that is not, 2月30日
    if not isinstance(said.value, str):
        assert ends.low is None or ends.low <= said.base_value  # type: ignore[operator]
        assert ends.high is None or said.base_value <= ends.high  # type: ignore[operator]


@given(TEXTS)
@settings(max_examples=1000)
def test_random_texts_give_quantities_or_the_readers_own_error(text: str) -> None:
    read_all(text)


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=20_000)
def test_twenty_thousand_random_texts_give_nothing_else(text: str) -> None:
    read_all(text)


PIECES = ["全年货物吞吐量完成5.2亿吨，同比增长三成，第一位是武汉。", "十", "1", "1,", "第", "约近超", "一二三四五六七八九",
          "0.", "4:", "半", "2021年", "百分之", "3、", "3家和", "约占全市", "最高可", "(", "每吨", "<b>", "A1-", "a@",
          "《", "1号", "3栋2", "比分", "（亿元）1,2", "one hundred ", "5, ", "5 to ", "about ", "in June ", "\n"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_as_the_text_does(piece: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        sum(1 for _ in READER.find((piece * size)[:size]))
        return time.process_time() - began

    # The best of three, as other processes can slow down one.
    small, large = (min(seconds(size) for _ in range(3)) for size in (1_500, 6_000))
    # Four times the text takes four times as long; what is quadratic takes sixteen times.
    assert large < 10 * small + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES[:4])
def test_a_megabyte_is_read_in_seconds(piece: str) -> None:
    began = time.process_time()
    sum(1 for _ in READER.find(piece * (1_000_000 // len(piece.encode()))))
    assert time.process_time() - began < 30


def test_a_number_has_the_unit_that_heads_its_column() -> None:
    table = (
        "港口\t吞吐量（万吨）\t增幅（%）\n钦州\t1,234.5\t-3.2\n北海\t420\t5\n贵港\t1,23\t9\n集装箱（万TEU）\t36.5\t-3.2\n合计 1654.5\n"
        "| Port | Throughput (million tonnes) |\n|---|---|\n| Qinzhou | 12.3 |\n"
    )
    assert readings(READER.find(table)) == (
        "1234.5 万吨 exact; -3.2 % exact; 420 万吨 exact; 5 % exact; ?; 9 % exact; 36.5 万TEU exact; -3.2 % exact; 1654.5 exact; 12.3 百万吨 exact"
    )


def test_what_was_read_before_changes_no_reading() -> None:
    """Cells that differ in their digits alone are read by what the first of them said."""
    forms = "{}成 {}% 约{}亿元 {}年 翻{}番 第{}批 前{} {}日 {}余家 百分之{} 千分之{} 零下{}度 {}个半小时 {}".split()
    numbers = ["0", "1", "2", "5", "10", "12.5", "2021", "100", "20220701"]

    def said(cell: str) -> Quantity | None:
        with suppress(CannotRead):
            return READER.read(cell, 2022)
        return None

    for form in forms:
        # A space parts the cells of a form, so that each is read anew.
        fresh = [said(" " * (n + 1) + form.format(number)) for n, number in enumerate(numbers)]
        assert [said(form.format(number)) for number in numbers] == fresh, form
