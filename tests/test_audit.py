"""The source's arithmetic, recomputed; and falsified copies of the data found out."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ftz_cli import queries
from ftz_cli.audit import Finding, Verdict, audit
from ftz_cli.bundled import bundled_folder
from ftz_cli.claims import OPERANDS, lacks
from ftz_cli.load import fill
from ftz_cli.relations import READINGS
from ftz_cli.schema import tables


def digits(printed: str) -> list[str]:
    """The numbers of a printed figure, in digits."""
    plain = printed.translate(str.maketrans("一二三四五六七八九", "123456789"))
    return re.findall(r"[0-9.]+", plain)


def findings(folder: Path | str = "bundled") -> dict[str, Verdict]:
    connection = sqlite3.connect(":memory:")
    fill(connection, [str(folder)])
    return {one.claim.id: one.verdict for one in audit(queries.claims(connection))}


def falsified(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A copy of db/ in which digits were changed in `value` and `printed` alike."""
    folder = tmp_path / "db"
    shutil.copytree(bundled_folder(), folder)
    path = folder / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = 0
    for row in rows:
        for old, new in changes:
            if row["printed"] == old:
                row["printed"] = new
                for before, after in zip(digits(old), digits(new), strict=True):
                    for cell in ("value", "value_to"):
                        row[cell] = after if row[cell] == before else row[cell]
                changed += 1
    assert changed, "nothing was falsified"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_page_agrees_with_itself() -> None:
    verdicts = findings()
    assert len(verdicts) == 47
    assert [id for id, verdict in verdicts.items() if verdict is Verdict.INCONSISTENT] == []
    by_rounding = [id for id, verdict in verdicts.items() if verdict is Verdict.BY_ROUNDING]
    assert by_rounding == ["C03"]
    undetermined = [id for id, verdict in verdicts.items() if verdict is Verdict.UNDETERMINED]
    assert undetermined == ["C04", "C05", "C06"]


@pytest.mark.parametrize(
    ("old", "new", "claim"),
    [
        ("73.46%", "78.46%", "C01"),
        ("585.37亿元", "485.37亿元", "C01"),
        ("1015.4亿元", "1115.4亿元", "C01"),
        ("1015.4亿元", "1015.9亿元", "C01"),
        ("56%", "57%", "C02"),
        ("2077.68亿元", "2977.68亿元", "C02"),
        ("3242亿元", "3342亿元", "C02"),
        ("208多倍", "308多倍", "C03"),
        ("23.78亿元", "13.78亿元", "C03"),
        ("0.11亿元", "0.21亿元", "C03"),
        ("五张", "六张", "C07"),
        ("五免", "四免", "C08"),
        ("5家", "6家", "C09"),
        ("四方", "三方", "C10"),
        ("20艘次", "26艘次", "C14"),
        ("23艘次", "13艘次", "C14"),
        ("377万吨", "477万吨", "C15"),
        ("411.53万吨", "311.53万吨", "C15"),
        ("23.02万吨", "13.02万吨", "C16"),
        ("23.02万吨", "33.02万吨", "C18"),
        ("10万~30万吨级", "10万~40万吨级", "C19"),
        ("468米", "568米", "C22"),
        ("546.3米", "446.3米", "C22"),
        ("4000万吨", "5000万吨", "C23"),
        ("2000万吨", "3000万吨", "C23"),
        ("12米", "22米", "C26"),
        ("18米", "10米", "C26"),
        ("98项", "998项", "C29"),
        ("14项", "84项", "C30"),
        ("9项", "29项", "C31"),
        ("450余项", "50余项", "C34"),
    ],
)  # fmt: skip
def test_a_falsified_figure_is_inconsistent(tmp_path: Path, old: str, new: str, claim: str) -> None:
    assert findings(falsified(tmp_path, (old, new)))[claim] is Verdict.INCONSISTENT


def test_dates_out_of_order_are_inconsistent(tmp_path: Path) -> None:
    folder = falsified(tmp_path, ("2010年9月", "2023年9月"))
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8").replace("2010-09", "2023-09")
    path.write_text(text, encoding="utf-8")
    assert findings(folder)["C27"] is Verdict.INCONSISTENT


def test_weights_that_are_no_ten_parts_are_inconsistent(tmp_path: Path) -> None:
    folder = falsified(tmp_path, ("4:3:3", "5:3:3"))
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8").replace(
        "rating-weight-tenderer,4,", "rating-weight-tenderer,5,"
    )
    path.write_text(text, encoding="utf-8")
    assert findings(folder)["C12"] is Verdict.INCONSISTENT


def test_both_readings_of_a_multiple_are_worked_out() -> None:
    connection = sqlite3.connect(":memory:")
    fill(connection, ["bundled"])
    (multiple,) = [one for one in audit(queries.claims(connection)) if one.claim.id == "C03"]
    assert [reading.name for reading in multiple.readings] == [
        "reading.multiple",
        "reading.increase",
    ]
    lows = [round(float(reading.recomputed.low or 0), 2) for reading in multiple.readings]
    assert lows == [206.74, 205.74]


def test_every_relation_is_known_and_its_operands_counted() -> None:
    (relation,) = [c for c in tables()["claims"].columns if c.name == "relation"]
    assert relation.enum == set(READINGS)
    assert set(OPERANDS) <= set(READINGS)


# ---- single claims, on copies of the claims file ------------------------------------------------


@cache
def bundled_figures() -> sqlite3.Connection:
    """The bundled figures in a database whose claims each test replaces."""
    connection = sqlite3.connect(":memory:")
    fill(connection, ["bundled"])
    return connection


def claimed(relation: str, figure: str, operands: str = "", **more: str) -> Finding:
    """The finding on one claim of the bundled figures, whatever `check` would say of it."""
    connection = bundled_figures()
    cells = {"value": None, "items": None} | more
    connection.execute("delete from claims")
    connection.execute(
        "insert into claims (id, figure, relation, operands, value, items) values (?,?,?,?,?,?)",
        ("X1", figure, relation, operands or None, cells["value"], cells["items"]),
    )
    (found,) = audit(queries.claims(connection))
    return found


@pytest.mark.parametrize(
    ("figure", "operands", "verdict"),
    [
        ("F077", "F078 F079 F081", "consistent"),
        ("F079", "F090 F077", "inconsistent"),  # the last is earlier, an undated one between
        ("F077", "F090 F079", "undetermined"),
        ("F077", "F090 F079 F078", "inconsistent"),
        ("F090", "F085", "undetermined"),
        ("F077", "F085", "undetermined"),
        ("F090", "F077", "undetermined"),
        ("F049", "F048", "consistent"),  # a change from 2019 to 2021, and the year 2021
        ("F024", "F082", "undetermined"),  # a half-year
    ],
)
def test_an_order_is_known_only_where_all_its_dates_are(
    figure: str, operands: str, verdict: str
) -> None:
    assert claimed("order", figure, operands).verdict == verdict


@pytest.mark.parametrize(
    ("value", "verdict", "ends"),
    [("2", "consistent", (39990000, 40010000)), ("0", "inconsistent", (0, 0)),
     (None, "undetermined", (None, None))],
)  # fmt: skip
def test_so_many_times_takes_its_number_as_it_is(
    value: str, verdict: str, ends: tuple[int | None, int | None]
) -> None:
    found = claimed("times", "F076", "F075", value=value)
    assert found.verdict == verdict
    assert (found.recomputed.low, found.recomputed.high) == ends


@pytest.mark.parametrize("relation", sorted(READINGS))
def test_a_claim_without_what_it_needs_is_undetermined(relation: str) -> None:
    for operands in ("", "F047", "F047 F048 F049"):
        if not lacks(relation, len(operands.split()), value=False, items=False):
            continue
        assert claimed(relation, "F049", operands).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("relation", "figure", "operands"),
    [
        ("growth", "F049", "F048 F090"), ("growth", "F049", "F077 F078"),
        ("growth", "F048", "F047 F048"), ("implied_earlier", "F043", "F077"),
        ("implied_earlier", "F077", "F078"), ("sum", "F049", "F047 F048"),
        ("multiple", "F049", "F050 F051"), ("share", "F041", "F048 F090"),
        ("difference", "F077", "F078 F079"), ("count", "F048", "F058 F059"),
        ("equal", "F048", "F090"), ("at_most", "F077", "F090"), ("within", "F085", "F048"),
        ("mean_at_most", "F089", "F082 F075"), ("part_of", "F077", "F078"),
    ],
)  # fmt: skip
def test_units_that_do_not_fit_are_never_held_together(
    relation: str, figure: str, operands: str
) -> None:
    found = claimed(relation, figure, operands)
    assert (found.verdict, found.why) == (Verdict.UNDETERMINED, "why.units")


def test_dates_are_held_against_dates() -> None:
    assert claimed("at_most", "F077", "F078").verdict is Verdict.CONSISTENT
    assert claimed("at_most", "F078", "F077").verdict is Verdict.INCONSISTENT
    assert claimed("equal", "F078", "F077").verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    ("figure", "operand", "verdict"),
    [
        ("F073", "F085", "inconsistent"),  # 100,000 to 300,000 in 150,000
        ("F073", "F068", "inconsistent"),
        ("F073", "F073", "consistent"),
        ("F085", "F073", "consistent"),
        ("F086", "F073", "consistent"),
    ],
)
def test_a_range_lies_within_only_with_both_its_ends(
    figure: str, operand: str, verdict: str
) -> None:
    assert claimed("within", figure, operand).verdict == verdict


def test_what_is_named_twice_counts_once() -> None:
    assert claimed("count", "F057", "F058 F058 F058 F058 F058").verdict is Verdict.INCONSISTENT
    assert claimed("count", "F016", items="a; a; a; a; a").verdict is Verdict.INCONSISTENT


def test_days_are_told_as_dates() -> None:
    from ftz_cli.render.records import finding

    told = finding(claimed("order", "F077", "F078"))
    assert (told["recomputed_low"], told["recomputed_high"]) == (None, "2021-05-21")


@pytest.mark.parametrize(("whole", "verdict"), [(450, "inconsistent"), (451, "consistent")])
def test_a_whole_is_more_than_a_part_that_is_more(whole: int, verdict: str) -> None:
    """Exactly 450 can't hold 超450项."""
    connection = sqlite3.connect(":memory:")
    fill(connection, ["bundled"])
    (claim,) = [one for one in queries.claims(connection) if one.id == "C34"]
    at = Decimal(whole)
    figure = replace(claim.operands[0], value=at, low=at, high=at)
    part = replace(claim.figure, printed="超450项", high=None)
    (found,) = audit([replace(claim, figure=figure, operands=(part,))])
    assert found.verdict == verdict
