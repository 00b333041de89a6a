"""Like laid beside like: rows, shared periods, warnings and ratios."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from figure_builder import figure

from ftz_cli.analysis.comparison import ComparedRow, Comparison, compare
from ftz_cli.language import use_language
from ftz_cli.model.claims import Ratio
from ftz_cli.model.figure import Figure
from ftz_cli.model.named import Metric
from ftz_cli.output.comparison_view import comparison_view


def metric(id: str, broader: str | None = None) -> Metric:
    return Metric(id, f"{id}中", id.title(), "", "", "CNY", "amount", "up", broader, ())


METRICS = {
    one.id: one
    for one in (
        metric("trade"), metric("exports", "trade"), metric("imports", "trade"),
        metric("enterprises"), metric("launch"),
    )
}  # fmt: skip
PER_ENTERPRISE = Ratio("per", "户均", "Per", "trade", "enterprises", "万元", Decimal(10**4), "CNY")
SHARE = Ratio("share", "占比", "Share", "exports", "trade", "%", Decimal(1), "%")


def beside(*columns: list[Figure], all: bool = False, ratios: tuple[Ratio, ...] = ()) -> Comparison:
    return compare(map(metric, "xyzw"), columns, METRICS, ratios, all=all)


def only(comparison: Comparison) -> ComparedRow:
    (row,) = comparison.rows
    return row


def printed(row: ComparedRow) -> list[str | None]:
    return [cell and " / ".join(one.printed for one in cell.figures) for cell in row.cells]


def warned(row: ComparedRow) -> list[str]:
    return [*row.warnings]


def series(id: str, *years: str, **fields: object) -> list[Figure]:
    """A figure a year, whose value is its last two digits."""
    return [figure(f"{id}{year}", f"{year[-2:]}亿元", period=year, **fields) for year in years]


def test_the_period_that_most_columns_share_is_taken() -> None:
    row = only(beside(series("x", "2019", "2021"), series("y", "2019", "2022"), series("z", "2019", "2020")))  # fmt: skip
    assert (printed(row), warned(row), row.comparable) == (["19亿元"] * 3, [], True)


def test_a_tie_goes_to_the_newest_and_who_lacks_it_shows_its_newest_and_is_warned_of() -> None:
    row = only(beside(series("x", "2019", "2021"), series("y", "2019", "2021"), series("z", "2017", "2018")))  # fmt: skip
    assert printed(row) == ["21亿元", "21亿元", "18亿元"]
    assert (warned(row), row.comparable) == (["periods"], False)
    assert [one.period for one in row.warnings["periods"]] == ["2021", "2018"]


def test_without_a_common_period_a_total_stands_beside_totals() -> None:
    total = {"period_kind": "cumulative"}
    x = [figure("x1", "9亿元", period="2013/2022", **total), *series("x", "2021")]
    # The newest ends last, whenever it began.
    y = [
        figure("y1", "8亿元", period="2013/2020", **total),
        figure("y2", "7亿元", period="2015/2019", **total),
    ]
    row = only(beside(x, y))
    assert (printed(row), warned(row)) == (["9亿元", "8亿元"], ["periods"])
    assert printed(only(beside(x, series("y", "2018")))) == ["21亿元", "18亿元"]
    # Totals that all have come before years that two have, and before times unlike in length.
    z = [figure("z1", "6亿元", period="2012/2020", **total)]
    row = only(beside(x, [*series("y", "2018"), *y], z))
    assert printed(row) == ["9亿元", "8亿元", "6亿元"]
    assert printed(only(beside(x, [*series("y", "2018-40"), *z]))) == ["9亿元", "6亿元"]
    # What is undated is like nothing.
    undated = [figure("u", "5亿元")]
    assert printed(only(beside([*x, *undated], [*z, *undated]))) == ["9亿元", "6亿元"]


def test_without_a_common_period_a_year_stands_beside_years() -> None:
    x, y, z = ["2019", "2020-33"], ["2023", "2024-40"], ["2014", "2017"]
    row = only(beside(series("x", *x), series("y", *y), series("z", *z)))
    assert [cell and cell.figures[0].period for cell in row.cells] == ["2019", "2023", "2017"]
    # So too where each is a share of a whole of its own.
    z = [figure("z", "9%", measure="share", period=p, scope="z") for p in ("2014/2020", "2019")]
    z[0] = z[0]._replace(period_kind="cumulative")
    others = [figure(s, "9%", measure="share", period="2018", scope=s) for s in "xy"]
    row = only(beside(*([one] for one in others), z))
    assert [cell and cell.figures[0].period for cell in row.cells] == ["2018", "2018", "2019"]


def test_shares_of_like_wholes_stand_side_by_side() -> None:
    def share(period: str, scope: str, kind: str) -> Figure:
        return figure(f"{scope}{period}", "9%", measure="share", period=period, scope=scope, scope_kind=kind)  # fmt: skip

    x = [share("2022", "china-ftz", "cohort"), share("2018", "shanghai-city", "city")]
    y = [share("2019", "guangdong", "province")]
    row = only(beside(x, y))
    assert [cell and cell.figures[0].scope for cell in row.cells] == ["shanghai-city", "guangdong"]
    # Where no whole is alike, no whole comes before another, and of one time they may be.
    row = only(beside([share("2022", "china", "country")], x))
    assert [cell and cell.figures[0].scope for cell in row.cells] == ["china", "china-ftz"]


@pytest.mark.parametrize("status", ["capacity", "target", "rule", "design"])
def test_what_was_not_measured_is_never_silently_beside_what_was(status: str) -> None:
    row = only(beside(series("x", "2021"), series("y", "2021", status=status)))
    assert (warned(row), row.comparable) == (["statuses"], False)
    both = series("y", "2021", status=status) + series("y", "2020")
    assert printed(only(beside(series("x", "2021"), both))) == ["21亿元", "20亿元"]


def test_a_change_has_a_row_of_its_own() -> None:
    growth = figure("y", "20%", measure="growth", period="2021", base_period="2020")
    assert beside(series("x", "2021"), [growth]).rows == ()
    rows = beside(series("x", "2021"), [growth], all=True).rows
    assert [(row.metric.name_en, row.measure, row.shared) for row in rows] == [
        ("Trade", "level", 1),
        ("Growth of Trade", "growth", 1),
    ]


def test_growth_over_other_years_is_warned_of() -> None:
    def grown(base: str) -> list[Figure]:
        return [figure("x", "20%", measure="growth", period="2021", base_period=base)]

    assert warned(only(beside(grown("2020"), grown("2020")))) == []
    assert warned(only(beside(grown("2020"), grown("2019")))) == ["periods"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"scope": "全国"}, "scopes"), ({"metric": "exports"}, "metrics"),
        ({"initiative": "i"}, "subjects"), ({"period_kind": "cumulative"}, "periods"),
        ({"period": "2020"}, "periods"),
    ],
)  # fmt: skip
def test_another_scope_metric_subject_or_period_is_warned_of(
    fields: dict[str, str], kind: str
) -> None:
    other = figure("y", "21亿元", **{"period": "2021"} | fields)
    row = only(beside(series("x", "2021"), [other]))
    assert (warned(row), row.comparable) == ([kind], False)
    # Where the column has like for like, that is taken.
    row = only(beside(series("x", "2021"), [other, *series("y", "2021")]))
    assert (warned(row), [cell and cell.figures[0].id for cell in row.cells]) == ([], ["x2021", "y2021"])  # fmt: skip


def test_units_of_other_bases_do_not_compare() -> None:
    row = only(beside(series("x", "2021"), [figure("y", "21家", period="2021")]))
    assert (warned(row), row.comparable, row.mixed) == (["units"], False, True)
    row = only(beside(series("x", "2021"), [figure("y", "21万元", period="2021")]))
    assert (row.comparable, row.unit, row.factor) == (True, "万元", Decimal(10) ** 4)


def test_a_row_has_one_unit_and_what_is_printed_in_another_both() -> None:
    found = beside([figure("x", "50000家")], [figure("y", "600000家")])
    use_language("zh")
    (table, _) = comparison_view(found._replace(columns=found.columns[:2])).parts()
    (row,) = table.rows()  # type: ignore[union-attr]
    use_language("en")
    assert [[text for text, _ in cell][1:3] for cell in row] == [["万家"], ["50000家", "5"], ["600000家", "60"]]  # fmt: skip


def test_no_period_at_all_is_said_and_still_compares() -> None:
    row = only(beside([figure("x", "5家")], [figure("y", "6家")]))
    assert (warned(row), row.comparable) == (["no_period"], True)
    total = figure("y", "6家", period_kind="cumulative")
    row = only(beside([figure("x", "5家")], [total]))
    assert (warned(row), row.comparable) == (["periods"], False)


def test_dates_compare_and_stand_on_no_scale() -> None:
    days = [figure(id, day, metric="launch") for id, day in (("x", "2013-09-29"), ("y", "2015-04"))]
    row = only(beside([days[0]], [days[1]]))
    assert (warned(row), row.comparable, row.cells[0] and row.cells[0].interval) == ([], True, None)  # fmt: skip


def test_shared_rows_come_first_then_ratios_then_what_one_column_has() -> None:
    x = [figure("a", "5天", metric="launch"), *series("b", "2021"),
         figure("c", "4家", metric="enterprises", period="2021")]  # fmt: skip
    y = [figure("d", "9亿元", period="2021"),
         figure("e", "3家", metric="enterprises", period="2021")]  # fmt: skip
    found = beside(x, y, ratios=(PER_ENTERPRISE,), all=True)
    assert [(row.metric.id, row.shared) for row in found.rows] == [
        ("trade", 2), ("enterprises", 2), ("per", 2), ("launch", 1),
    ]  # fmt: skip
    assert [row.metric.id for row in beside(x, y, ratios=(PER_ENTERPRISE,)).rows] == [
        "trade", "enterprises", "per",
    ]  # fmt: skip


def test_a_family_is_named_by_its_broadest_metric_unless_all_cells_agree() -> None:
    exports, imports = series("x", "2021", metric="exports"), series("y", "2021", metric="imports")
    assert only(beside(exports, imports)).metric.id == "trade"
    assert only(beside(exports, series("y", "2021", metric="exports"))).metric.id == "exports"


def test_sources_that_differ_are_kept_beside_the_cell() -> None:
    official = figure("x1", "21亿元", period="2021", article="b", source_kind="government_site")
    agrees = figure("x2", "21亿元", period="2021", article="c")
    differs = figure("x3", "23亿元", period="2021", article="d")
    row = only(beside([differs, agrees, official], series("y", "2021")))
    assert row.cells[0] is not None
    assert row.cells[0].figures == (official,)
    assert row.cells[0].differing == (differs,)


def test_a_ratio_leads_with_its_interval() -> None:
    x = [figure("a", "11.61亿元"), figure("b", "496家", metric="enterprises")]
    y = [figure("c", "1.5亿元", "nearly"), figure("d", "200家", "capped", metric="enterprises")]
    row = beside(x, y, ratios=(PER_ENTERPRISE,)).rows[-1]
    assert (row.derived, row.unit, printed(row)) == (True, "万元", ["11.61亿元 / 496家", "1.5亿元 / 200家"])  # fmt: skip
    first, second = (cell.interval for cell in row.cells if cell)
    assert first is not None
    assert (first.low, first.high) == (Fraction(1160500000, 496), Fraction(1161500000, 496))
    assert second is not None
    assert (second.low, second.high, second.high_open) == (Fraction(140000000, 300), 750000, True)


def test_a_ratio_takes_both_figures_of_one_period_and_one_subject() -> None:
    def column(period: str, **fields: str) -> list[Figure]:
        return [*series("a", "2021"), figure("b", "7家", metric="enterprises", period=period, **fields)]  # fmt: skip

    assert beside(column("2021"), column("2021"), ratios=(PER_ENTERPRISE,)).rows[-1].derived
    assert not any(row.derived for row in beside(column("2020"), column("2020"), ratios=(PER_ENTERPRISE,)).rows)  # fmt: skip
    own = column("2021", initiative="i")
    assert not any(row.derived for row in beside(own, own, ratios=(PER_ENTERPRISE,)).rows)


def test_a_share_is_in_per_cent_and_a_zero_divides_nothing() -> None:
    def column(whole: str) -> list[Figure]:
        return [figure("a", "1亿元", "at_least", metric="exports"), figure("b", whole)]

    row = next(row for row in beside(column("4亿元"), column("4亿元"), ratios=(SHARE,)).rows if row.derived)  # fmt: skip
    assert row.cells[0] is not None
    assert row.cells[0].interval is not None
    assert row.cells[0].interval.low == Fraction(10000, 450)
    assert not any(row.derived for row in beside(column("0亿元"), column("0亿元"), ratios=(SHARE,), all=True).rows)  # fmt: skip


def test_similar_things_share_most_rows() -> None:
    own = [*series("x", "2021"), figure("b", "7家", metric="enterprises", period="2021")]
    none = [figure("n", "5天", metric="launch")]
    found = compare(map(metric, "onba"), [own, none, own, series("p", "2020")], METRICS, like=True)
    assert [one.id for one in found.columns] == ["o", "b", "a"]
