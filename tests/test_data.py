"""What the shipped data says of the page it was read from, and the rules that its tables keep."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from frictionless import Package

DB = Path(__file__).parent.parent / "db"
PAGE = "press-2022"
NAMED = ("zones", "initiatives", "metrics")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file, read without the code under test."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[Row]:
    return rows(DB / f"{name}.csv")


def by_id(name: str) -> dict[str, Row]:
    return {row["id"]: row for row in table(name)}


def folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def names(row: Row) -> list[str]:
    return [row["name_zh"], row["name_en"], *filter(None, row["also"].split(";"))]


def line_numbers(spans: str) -> Iterator[int]:
    """The numbers that a cell of lines holds: 77-87,91-93."""
    for span in filter(None, spans.split(",")):
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_the_package_is_valid_by_the_standard() -> None:
    report = Package(str(DB / "datapackage.json")).validate()
    csv.field_size_limit(131_072)  # Python's own again: Frictionless lifts it for all tests
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []


# ---- the page of 2022 --------------------------------------------------------------------------

READING = {row["id"]: row for row in rows(Path(__file__).parent / "data" / "page-reading.csv")}


def articles_of_the_page() -> set[str]:
    return {row["id"] for row in table("sources") if row["parent"] == PAGE}


@pytest.mark.parametrize("figure", READING)
def test_a_figure_is_what_a_second_reading_of_the_page_found(figure: str) -> None:
    found, read = by_id("figures")[figure], READING[figure]
    assert {column: found[column] for column in read} == read


def test_the_page_has_no_figure_besides() -> None:
    articles = articles_of_the_page()
    assert {row["id"] for row in table("figures") if row["article"] in articles} == set(READING)


def test_each_line_of_the_page_belongs_to_one_article_at_most() -> None:
    whole = set(line_numbers(by_id("sources")[PAGE]["lines"]))
    taken = Counter(
        line
        for row in table("sources")
        if row["parent"] == PAGE
        for line in line_numbers(row["lines"])
    )
    assert set(taken) <= whole
    assert [line for line, articles in taken.items() if articles > 1] == []


def test_zones_lie_where_the_page_says() -> None:
    parents = {zone: row["parent"] for zone, row in by_id("zones").items()}
    assert parents["youyiguan"] == parents["pingxiang-cbz"] == "chongzuo"
    # The page does not say that the port lies in the area named after it.
    assert parents["qinzhou-port"] == ""


# ---- measures ----------------------------------------------------------------------------------

MEASURE_NAMES = re.compile(
    r"增幅|降幅|增速|增长|幅度|变化量|减少量|倍数|排名|位次|占比"
    r"|\b(Growth|Rise|Cut|Fall|Change|Multiple|Rank|Share)\b (of|in|by)\b"
)


def test_no_metric_is_a_mere_measure_of_another() -> None:
    # Years at the first rank are years.
    assert [
        row["id"]
        for row in table("metrics")
        if row["kind"] != "duration" and MEASURE_NAMES.search(row["name_zh"] + row["name_en"])
    ] == []


COMPARING = {"growth", "change", "multiple"}


def test_ranks_and_shares_have_a_scope_and_levels_have_none() -> None:
    scoped = defaultdict(set)
    for row in table("figures"):
        scoped[row["measure"]].add(bool(row["scope"] or row["base_period"]))
    assert scoped["rank"] == scoped["share"] == {True}
    assert scoped["level"] == {False}


FALLS = re.compile(
    r"缩短|下降|减少|降低|压缩|回落|收窄|下滑|负增长|降|-"
    r"|down|fell|fall|drop|declin|decreas|reduc|cut|lower|short|shrank|less|fewer|sav|negative",
    re.IGNORECASE,
)


def test_a_fall_is_negative_and_printed_as_one() -> None:
    for row in table("figures"):
        if row["value"].startswith("-"):
            assert row["measure"] in COMPARING - {"multiple"}, row["id"]
            assert FALLS.search(row["printed"]), row["id"]


def test_a_scope_is_a_zone_or_has_its_english() -> None:
    zones = by_id("zones")
    assert [
        row["id"]
        for name in ("figures", "recognitions")
        for row in table(name)
        if bool(row["scope_en"]) != (bool(row["scope"]) and row["scope"] not in zones)
    ] == []


# ---- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMED)
def test_other_names_are_few_and_each_is_of_one_thing(name: str) -> None:
    owners = defaultdict(list)
    for row in table(name):
        assert len(row["also"].split(";")) <= 12, row["id"]
        assert all(also == also.strip() for also in row["also"].split(";")), row["id"]
        for text in names(row):
            owners[folded(text)].append(row["id"])
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}
    assert sum(row["also"].count(";") + 1 for row in table(name)) <= 2200


@pytest.mark.parametrize("name", ["initiatives", "metrics"])
def test_another_name_is_no_word_of_other_things(name: str) -> None:
    """A phrase that the names of two other things hold would answer for them."""
    things = table(name)
    spoken = {row["id"]: [folded(text) for text in names(row)[:2]] for row in things}
    broad = [
        (row["id"], also)
        for row in things
        for also in map(folded, filter(None, row["also"].split(";")))
        if sum(
            any(re.search(rf"(?<![a-z]){re.escape(also)}(?![a-z])", text) for text in texts)
            for other, texts in spoken.items()
            if other != row["id"]
        )
        > 1
    ]
    assert broad == []


TABLES = [path.stem for path in sorted(DB.glob("*.csv"))]


# A title in `sources` stays as its page prints it.
@pytest.mark.parametrize("name", [name for name in TABLES if name != "sources"])
def test_a_free_trade_zone_has_no_hyphen(name: str) -> None:
    assert "free-trade zone" not in (DB / f"{name}.csv").read_text(encoding="utf-8").casefold()


# ---- claims and recognitions -------------------------------------------------------------------


def test_no_claim_repeats_what_a_measure_says() -> None:
    figures = by_id("figures")
    assert [
        row["id"]
        for row in table("claims")
        if row["relation"] in {"growth", "multiple", "difference", "implied_earlier"}
        and figures[row["figure"]]["base_period"]
    ] == []


# The words that tell kinds of recognition apart.
KINDS = {"first": "首创|首个|首家", "among_first": "率先", "only": "唯一", "largest": "最大"}


def test_a_recognition_is_of_the_kind_and_scope_printed() -> None:
    chinese = {row["id"] for row in table("sources") if row["lang"] == "zh"}
    for row in table("recognitions"):
        if row["article"] in chinese:
            said = {kind for kind, words in KINDS.items() if re.search(words, row["printed"])}
            assert said == ({row["kind"]} & set(KINDS)), row["id"]
            assert row["scope"] in row["printed"], row["id"]
