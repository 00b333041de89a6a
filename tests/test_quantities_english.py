"""English quantities: what each production, each clause and each printed cell says."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from cases import cases
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import READER, UNITS, Case, clauses, examples, judged, readings, table

from ftz_cli.language.signs import fold
from ftz_cli.quantities.english_grammar import EnglishGrammar
from ftz_cli.quantities.quantity import Bound, CannotRead, Mention, Quantity

GRAMMAR = EnglishGrammar(UNITS)
PRODUCTIONS = table("../ftz_cli/language/english_productions.csv")
OPAQUE = table("../ftz_cli/language/english_opaque.csv")
CLAUSES = table("data/english_clauses.csv")
PRINTED = table("data/english_printed.csv")
FRESH = clauses("benchmarks/quantities/english.csv")


def find(text: str, year: int | None = None) -> list[Mention]:
    if re.search("[A-Za-z]{2}", text):  # otherwise the other grammar may be asked
        return list(READER.find(text, year))
    return list(GRAMMAR.find(fold(text), 0, len(text), {"now": year}))


def said(quantity: Quantity) -> str:
    """`value..value_to unit bound`, without a bound that is exact."""
    value = ":".join(map(str, quantity.parts)) or str(quantity.value)
    to = "" if quantity.value_to is None else f"..{quantity.value_to}"
    bound = "" if quantity.bound is Bound.EXACT else quantity.bound.value
    return " ".join(filter(None, (value + to, quantity.unit.id, bound)))


def shown(mention: Mention) -> str:
    unread = "date?" if mention.kind == "date" else mention.kind
    quantity = mention.quantity
    capped = "capped" if quantity and quantity.capped else None
    parts = (said(quantity) if quantity else unread, capped, mention.direction)
    return f"{mention.printed} = {' '.join(filter(None, parts))}"


def test_every_production_has_an_example_or_shares_one() -> None:
    bare = [row["pattern"] for row in PRODUCTIONS if row["build"] and not row["examples"]]
    assert len(bare) == 1, bare


@pytest.mark.parametrize(("printed", "wanted"), examples(PRODUCTIONS))
def test_a_production_reads_its_examples(printed: str, wanted: str) -> None:
    first = next(iter(find(printed)), None)
    assert (readings([first]) if first else "none").removesuffix(" up").removesuffix(
        " down"
    ) == wanted


@pytest.mark.parametrize("text", [text for row in OPAQUE for text in row["examples"].split("; ")])
def test_what_is_no_quantity_is_not_read(text: str) -> None:
    assert readings(find(f"as here:\n{text}")) == "-"


@pytest.mark.parametrize("row", CLAUSES, ids=lambda row: row["text"])
def test_a_clause_says_these_mentions_and_no_others(row: dict[str, str]) -> None:
    assert " ; ".join(map(shown, find(row["text"]))) == row["mentions"]


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["printed"])
def test_a_printed_cell_is_read_whole(row: dict[str, str]) -> None:
    year = int(row["year"]) if row["year"] else None
    quantity = GRAMMAR.read(fold(row["printed"]), {"now": year, "same": year})
    to = "" if quantity.value_to is None else str(quantity.value_to)
    assert str(quantity.value) == row["value"]
    assert (to, quantity.unit.id, quantity.bound) == (row["value_to"], row["unit"], row["bound"])


@pytest.mark.parametrize("case", FRESH, ids=lambda case: case["clause"])
def test_a_clause_of_the_lists_is_read(case: Case) -> None:
    assert judged(case) == (True, True), readings(find(case["clause"]))


@pytest.mark.parametrize(("printed", "reason"), cases("test_what_is_no_one_quantity_is_refused"))
def test_what_is_no_one_quantity_is_refused(printed: str, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        GRAMMAR.read(printed, {})


@pytest.mark.parametrize("number", ["1.5E+08", "2,3265"])
def test_a_number_that_cannot_be_read_is_reported_whole(number: str) -> None:
    (unread,) = find(f"a total of {number} yuan")
    assert (unread.kind, unread.printed, unread.quantity) == ("unread", number, None)


def test_places_are_those_of_the_whole_text() -> None:
    text = "Exports: 5 percent. Imports fell 3 percent."
    (mention,) = GRAMMAR.find(text, 20, len(text), {})
    assert text[mention.start : mention.end] == mention.printed == "3 percent"


@pytest.mark.parametrize(
    ("text", "year", "dates"),
    [
        ("opened on May 3 this year", 2022, ["2022-05-03"]),
        ("up from June of last year", 2022, ["2021-06"]),
        ("in the first five months", 2022, ["2022-01"]),
        ("since May 2019, and in July the same year", 2022, ["2019-05", "2019-07"]),
        ("opened on May 3", None, [None]),
        ("ships may march in March", 2022, ["2022-03"]),
    ],
)
def test_a_date_without_a_year_takes_the_one_of_the_text(
    text: str, year: int | None, dates: list[str | None]
) -> None:
    assert [m.quantity and m.quantity.value for m in find(text, year)] == dates


# The words that matter, in any order, next to whatever else.
WORDS = sorted({word for row in CLAUSES for word in re.findall(r"\S+", row["text"])})
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.text(alphabet="0123456789.,-/:%$ abmnotx\n", max_size=40),
)


@given(TEXTS, st.none() | st.integers(1990, 2030))
def test_any_text_is_read_or_refused(text: str, year: int | None) -> None:
    folded = fold(text)
    with suppress(CannotRead):
        GRAMMAR.read(folded, {"now": year})
    end = 0
    for mention in GRAMMAR.find(folded, 0, len(folded), {"now": year}):
        assert end <= mention.start < mention.end <= len(folded)
        assert folded[mention.start : mention.end] == mention.printed
        assert (mention.quantity is None) == (mention.why is not None)
        end = mention.end


@given(TEXTS)
def test_a_value_lies_in_its_interval(text: str) -> None:
    for mention in find(text):
        quantity = mention.quantity
        if quantity is None or isinstance(quantity.value, str) or quantity.parts:
            continue
        ends, value = quantity.ends, quantity.base_value
        assert isinstance(value, Decimal)
        assert ends.low is None or ends.low <= value
        assert ends.high is None or value <= ends.high


QUALIFIERS = {
    Bound.EXACT: "{}", Bound.ABOUT: "about {}", Bound.OVER: "more than {}",
    Bound.NEARLY: "nearly {}", Bound.UNDER: "less than {}", Bound.AT_LEAST: "{} or more",
    Bound.AT_MOST: "up to {}",
}  # fmt: skip
SCALES = {"": "", "thousand ": "千", "million ": "百万", "billion ": "十亿", "trillion ": "万亿"}
NAMES = {
    "yuan": "元",
    "tonnes": "吨",
    "US dollars": "美元",
    "companies": "家",
    "square kilometers": "平方公里",
}


@given(
    st.integers(1, 10**6),
    st.integers(0, 3),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(sorted(QUALIFIERS)),
)
def test_what_is_written_reads_back(
    digits: int, places: int, scale: str, name: str, bound: Bound
) -> None:
    value = Decimal(digits).scaleb(-places)
    printed = QUALIFIERS[bound].format(f"{value:,} {scale}{name}")
    quantity = GRAMMAR.read(printed, {})
    assert quantity == Quantity(value, quantity.unit, bound)
    assert quantity.unit.id == SCALES[scale] + NAMES[name]
    assert find(f"The zone said that {printed} was planned.")[0].quantity == quantity


@given(st.integers(2, 999_999))
def test_a_number_in_words_is_the_number(number: int) -> None:
    assert GRAMMAR.read(f"{in_words(number)} tonnes", {}).base_value == number


def in_words(number: int) -> str:
    small = (
        " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen"
    ).split(" ")
    tens = "  twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10] + (f"-{small[number % 10]}" if number % 10 else "")
    size, word = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = number % size
    joint = " and " if rest and rest < 100 else " "
    return f"{in_words(number // size)} {word}{joint}{in_words(rest) if rest else ''}".strip()
