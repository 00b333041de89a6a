"""Named queries find what their filters say, with the counts that belong to it, by index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from large_dataset import write_dataset
from small_dataset import SmallDataset

from ftz_cli.curation.loader import load
from ftz_cli.database import Database, open_named, queries
from ftz_cli.model.claims import Ratio
from ftz_cli.model.named import Metric, Recognition, Source, Zone

MORE = """\
F16,linhe-port,,extent,level,,,3,,平方公里,exact,2020,,as_of,measured,speed,6,3平方公里,,
F17,linhe-port,,extent,level,,,4,,平方公里,exact,2020,,as_of,measured,decree,,4平方公里,,
F18,linhe-port,,launch,level,,,2019-03,,date,exact,,,undated,measured,decree,,2019年3月,,
F19,linhe-port,,launch,level,,,2020,2021,date,range,,,undated,target,decree,,2020至2021年,,
"""
DECREE = "decree,,government_document,,,,,,zh,https://example.org/decree,,\n"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("queries")
    small = SmallDataset(folder)
    for name, rows in (("figures", MORE), ("sources", DECREE)):
        with (small / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(rows)
    load([str(small.path)], folder / "ftz.db")
    with open_named(folder / "ftz.db") as db:
        yield db


PORT = ["F04", "F05", "F16", "F17", "F18", "F19"]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"zone": "east-ftz", "measure": "growth"}, ["F02", "F03"]),
        ({"exact_zone": "east-ftz"}, []),
        ({"zone": "linhe-port"}, PORT),
        ({"zone": "linhe", "metric": "launch"}, ["F13", "F18", "F19"]),
        ({"exact_zone": "linhe", "metric": "launch"}, ["F13"]),
        ({"initiative": "one-stop", "metric": "weight"}, ["F07", "F08"]),
        ({"article": "decree"}, ["F17", "F18", "F19"]),
        ({"measure": "level", "metric": "foreign-trade"}, ["F01"]),
        ({"status": "target"}, ["F19"]),
        ({"status": "measured", "exact_zone": "linhe-port"}, PORT[:-1]),
        ({"period": "2021"}, ["F01", "F02", "F13", "F14", "F15", "F19"]),
        ({"period": "2021-01/2021-09"}, ["F01", "F02", "F13"]),
        ({"period": "2021-05-21"}, ["F13"]),
        ({"period": "2021-33"}, []),
        ({"period": "2021/2022"}, ["F01", "F02", "F13", "F14", "F15", "F19"]),
        ({"period": "2020/2021"}, ["F01", "F02", "F13", "F14", "F15", "F16", "F17", "F19"]),
        ({"period": "2021-04/.."}, ["F13"]),
        ({"period": "202"}, []),
        ({"ids": ["F14", "F99", "F02"]}, ["F14", "F02"]),
        ({"ids": ["F14", "F02"], "metric": "extent"}, ["F14"]),
        ({"ids": []}, []),
    ],
)
def test_figures_pass_every_filter(
    filters: dict[str, object], ids: list[str], db: Database
) -> None:
    found = queries.figures(db, **filters)  # type: ignore[arg-type]
    assert [one.id for one in found] == ids


def test_a_figure_has_its_names_numbers_and_ends(db: Database) -> None:
    growth, fall, port = queries.figures(db, ids=["F02", "F03", "F17"])
    assert (growth.metric_zh, growth.metric_en) == ("外贸进出口总额增幅", "Growth of Foreign Trade")
    assert (growth.value, growth.base_unit, growth.factor) == (Decimal("12.5"), "%", Decimal(1))
    assert (growth.low, growth.high) == (Decimal("12.45"), Decimal("12.55"))
    assert (growth.period, growth.base_period) == ("2021-01/2021-09", "2020-01/2020-09")
    assert (growth.source, growth.source_kind, growth.place) == ("paper", "newspaper", "speed:3")
    assert (fall.value, fall.low, fall.high) == (Decimal(-31), Decimal("-31.5"), Decimal("-30.5"))
    assert (port.base_value, port.line, port.url) == (
        Decimal(4_000_000), None, "https://example.org/decree",
    )  # fmt: skip
    assert port.zone_en == "Linhe Port"
    span = queries.figures(db, ids=["F19"])[0]
    assert (span.date, span.value, span.interval) == ("2020/2021", None, None)
    over = queries.figures(db, ids=["F06"])[0]
    assert (over.low, over.high, over.low_open, over.high_open) == (200, 300, False, True)


def test_zones_count_what_they_have_and_what_lies_within(db: Database) -> None:
    found = {one.id: one for one in queries.models(db, Zone)}
    assert [*found] == ["linhe-port", "linhe", "east-ftz"]
    assert {id: (one.figures, one.figures_within, one.initiatives) for id, one in found.items()} == {
        "linhe-port": (6, 6, 0), "linhe": (13, 19, 1), "east-ftz": (0, 19, 0),
    }  # fmt: skip
    assert (found["linhe"].since, found["linhe"].area_km2) == ("2021-05-21", 12.34)
    # The earliest launch, and the newest extent by the best source.
    assert (found["linhe-port"].since, found["linhe-port"].area_km2) == ("2019-03", 4.0)
    assert (found["east-ftz"].since, found["east-ftz"].area_km2) == (None, None)
    assert found["linhe-port"].also == ("河港", "River Port")
    assert [one.id for one in queries.models(db, Zone, below="east-ftz")] == ["linhe-port", "linhe"]
    listed = queries.models(db, Zone, ["east-ftz", "linhe"])
    assert [one.id for one in listed] == ["linhe", "east-ftz"]


def test_things_are_found_by_id_and_by_where_they_lie(db: Database) -> None:
    (one_stop,) = queries.initiatives(db, zone="east-ftz")
    assert (one_stop.id, one_stop.zone_en, one_stop.figures) == ("one-stop", "Linhe Area", 5)
    assert queries.initiatives(db, zone="linhe-port") == []
    assert [one.figures for one in queries.models(db, Metric, ["firms", "extent"])] == [1, 3]
    (largest,) = queries.models(db, Recognition, zone="linhe")
    assert (largest.id, largest.zone_zh, largest.printed) == ("R1", "临河港", "居全省第一位")
    assert [(one.id, one.figures) for one in queries.models(db, Source)] == [
        ("paper", 16), ("speed", 16), ("decree", 3),
    ]  # fmt: skip
    assert queries.excused(db, "paper") == queries.excused(db, "speed") != []
    assert queries.figure_count(db) == 19


def test_claims_come_with_their_figures(db: Database) -> None:
    equal, names = queries.claims(db)
    assert (equal.figure.id, equal.relation, [one.id for one in equal.operands]) == (
        "F07", "equal", ["F08"],
    )  # fmt: skip
    assert names.items == ("甲公司", "乙公司")
    assert [one.id for one in queries.claims(db, "F08")] == ["C1"]
    assert queries.claims(db, "F0") == []
    (ratio,) = queries.models(db, Ratio)
    assert (ratio.numerator, ratio.unit, ratio.base_unit) == ("foreign-trade", "万元", "CNY")


def test_units_are_those_of_the_data_and_not_those_composed(db: Database) -> None:
    units = queries.units(db)
    assert "万元" not in list(units)
    assert units["万元"].factor == 10_000
    assert units["家"].base == "count"


# ---- at size ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("large")
    load([str(write_dataset(folder / "data", 3000))], folder / "ftz.db")
    with open_named(folder / "ftz.db") as db:
        yield db


def scans(db: Database, ask: Callable[[Database], object]) -> list[str]:
    """The tables that are read from end to end while `ask` is answered."""
    sent: list[str] = []
    db.connection.set_trace_callback(sent.append)
    ask(db)
    db.connection.set_trace_callback(None)
    plans = [step[3] for sql in sent for step in db.query(f"explain query plan {sql}")]
    return [step for step in plans if step.startswith("SCAN ")]


INDEXED = ["zone", "exact_zone", "initiative", "metric", "article", "period"]


@pytest.mark.parametrize(
    "chosen",
    [names for count in (1, 2) for names in combinations(INDEXED, count)],
    ids=" ".join,
)
def test_filters_read_by_index(chosen: tuple[str, ...], large: Database) -> None:
    asked: dict[str, Any] = dict.fromkeys(chosen, "1900")
    read = scans(large, lambda db: [*queries.figures(db, **asked)])
    assert not [step for step in read if re.match(r"SCAN (figures|counts|zones_within|f)\b", step)]


@pytest.mark.parametrize("model", [Zone, Metric, Source])
def test_counts_do_not_read_figures(model: Any, large: Database) -> None:
    assert max(one.figures for one in queries.models(large, model)) > 0
    read = scans(large, lambda db: queries.models(db, model))
    assert not [step for step in read if re.match(r"SCAN (figures|f)\b", step)]
