"""Text as the look-up reads it: stems, where words end, slips, periods."""

from __future__ import annotations

import pytest
from cases import cases
from hypothesis import given
from hypothesis import strategies as st

from ftz_cli.lookup.asked_periods import falls_in, take_periods
from ftz_cli.lookup.spelling import boundaries, fold, one_slip, stem, units_of

WORDS = frozenset("外贸 进出口 出口 总额 跨境 电商 跨境电商 自贸 自贸区 通关 时间".split())


@pytest.mark.parametrize(
    "same",
    [
        "export exports exporting", "invest invested investing investment investments", "ship ships shipping shipped",
        "save saved saving savings", "clear cleared clearance", "utilise utilize utilisation utilization",
        "harbour harbor harbours", "centre center centres", "company companies", "box boxes", "exempt exempted exemption",
        "trade traded trading trades", "draught draft draughts", "line lines", "plan planned planning",
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(same):
    assert len({stem(word) for word in same.split()}) == 1


def test_other_words_have_other_stems():
    apart = "port portion line lin rate rat general generation business busy status state import export".split()
    apart += "customs customer foreign foreigner train trainer plan plane bond bonded".split()
    assert len({stem(word) for word in apart}) == len(apart)


@pytest.mark.parametrize(("text", "units"), cases("test_units"))
def test_units(text, units):
    assert units_of(fold(text)) == units.split()


@pytest.mark.parametrize(("text", "parts"), cases("test_a_known_word_is_not_cut_into_others"))
def test_a_known_word_is_not_cut_into_others(text, parts):
    cuts = boundaries(text, WORDS.__contains__, {"区"})
    cut = "".join(("|" if at and cuts[at] else "") + char for at, char in enumerate(text))
    assert cut == parts


LETTERS = st.text("abcd", min_size=1, max_size=7)


@given(LETTERS, st.data())
def test_one_slip_is_symmetric(word, data):
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("abcd"))
    for other in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :],
                  word[:at] + word[at : at + 2][::-1] + word[at + 2 :]):  # fmt: skip
        assert one_slip(word, other) == one_slip(other, word) == (word != other)


@given(LETTERS, LETTERS)
def test_two_slips_are_not_one(word, other):
    if one_slip(word, other):
        assert abs(len(word) - len(other)) <= 1
        assert sum(x != y for x, y in zip(word, other, strict=False)) <= len(word)
    assert not one_slip(word, word)


@pytest.mark.parametrize(("text", "periods"), cases("test_periods_in_a_question"))
def test_periods_in_a_question(text, periods):
    assert take_periods(fold(text))[0] == periods.split()


@pytest.mark.parametrize(
    ("text", "periods"),
    [("去年外贸", ["2021"]), ("last year", ["2021"]), ("this year", ["2022"]), ("今年上半年", ["2022-40"]), ("前年", ["2020"])],
)  # fmt: skip
def test_last_year_depends_on_the_current_year(text, periods):
    assert take_periods(text, 2022)[0] == periods
    assert take_periods(text)[0] in ([], ["XXXX-40"])


@pytest.mark.parametrize(("period", "asked", "is_in"), cases("test_a_period_lies_in_another"))
def test_a_period_lies_in_another(period, asked, is_in):
    assert falls_in(period or None, asked) is bool(is_in)
