"""Rules that a table schema can't express: how a row fits itself, other rows and its article."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from ..analysis.relations import units_fit, wrong_column
from ..language import named_items
from ..model.measures import COMPARING, SCOPED, SIGNED
from ..quantities import edtf
from ..quantities.units import DATE_UNIT
from .csv_files import Row

if TYPE_CHECKING:
    from .checks import Dataset

FUTURE = ("target", "design")
# Columns that are all equal only where two rows state the same fact; the last is reported.
IDENTITY = {
    "figures": ("zone", "initiative", "metric", "measure", "scope", "value", "value_to", "unit",
                "bound", "period", "base_period", "status", "article", "line", "printed"),
    "recognitions": ("zone", "initiative", "kind", "scope", "by", "article", "line", "printed"),
    "claims": ("relation", "operands", "items", "value", "figure"),
}  # fmt: skip
# Kinds of metric that are also the kind of their units.
KINDS_OF_UNIT = frozenset({"count", "share", "duration", "length", "area"})
ADMINISTRATIVE = ("province", "city", "district")
_ZONE_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
MONTH = timedelta(days=31)


def _has_unique_names(data: Dataset, row: Row) -> None:
    names = [("name_zh", row["name_zh"]), ("name_en", row["name_en"])]
    for column, name in [*names, *(("also", name) for name in named_items(row["also"]))]:
        key = row.table, " ".join(name.casefold().split())
        if (other := data.first(row["id"], *key)) != row["id"]:
            row.problem(column, "F408", name=name, other=other)
            break


def _is_not_its_own_ancestor(data: Dataset, row: Row) -> None:
    column = "broader" if row.table == "metrics" else "parent"
    if row[column] and row[column] not in data.ids[row.table]:
        row.problem(column, "F402", table=row.table)
    elif row["id"] in data.upwards(row.table, column, row[column]):
        row.problem(column, "F403")


def _is_no_duplicate(data: Dataset, row: Row) -> None:
    if row.sound:
        *_, last = columns = IDENTITY[row.table]
        # Parts of a ratio such as 4:3:3 may be equal.
        is_part = row.table == "figures" and data.units[row["unit"]].base == "part"
        other = data.first(row["id"], row.table, *(row[name] for name in columns))
        if other != row["id"] and not is_part:
            row.problem(last, "F409", printed=row[last], other=other)


def _has_valid_line(data: Dataset, row: Row) -> None:
    source, line = row["article"], int(row["line"] or 0)
    known = data.lines.get(source)
    if known and not any(first <= line <= last for first, last in known):
        lines = data.by_id["sources"][source]["lines"]
        row.problem("line", "F310", line=line or "–", source=source, lines=lines)


def _has_valid_scope(data: Dataset, row: Row) -> None:
    scope, zones = row["scope"], data.ids["zones"]
    if not scope and row.get("measure") in SCOPED:
        row.problem("scope", "F301", columns="scope")
    elif scope and scope == row["zone"]:
        row.differs("scope", "scope is the zone itself")
    elif scope and row.get("measure") in ("level", *SIGNED):
        row.differs("scope", "{measure} has no scope")
    elif zones and scope not in zones and _ZONE_ID.fullmatch(scope):
        row.problem("scope", "F402", table="zones")


def _fits_its_initiative(data: Dataset, row: Row) -> None:
    """Its zone contains the zone of its initiative or lies in it, or is a city or province."""
    initiative = data.by_id["initiatives"].get(row["initiative"])
    if initiative is None:
        return
    zones, others = (data.upwards("zones", "parent", one["zone"]) for one in (row, initiative))
    is_exempt = zones and data.by_id["zones"][zones[0]]["kind"] in ADMINISTRATIVE
    if zones and others and zones[0] not in others and others[0] not in zones and not is_exempt:
        row.differs("zone", "initiative {id} is of zone {zone}",
                    id=initiative["id"], zone=initiative["zone"])  # fmt: skip


def _fits_its_units(data: Dataset, row: Row) -> None:
    base = row["base_unit"]
    kinds = {one.kind for one in data.units.values() if one.base == base}
    if not {one.base for one in data.units.values()}.issuperset(base.split("/")):
        row.problem("base_unit", "F404", unit=base)
    elif row["kind"] in KINDS_OF_UNIT and kinds and row["kind"] not in kinds:
        row.differs("kind", "no unit of {base} is of this kind", base=base)
    broader = data.by_id["metrics"].get(row["broader"], row)
    for column in ("base_unit", "direction", "kind"):
        if broader[column] != row[column]:
            row.differs("broader", "{column} of the broader metric is {value}",
                        column=column, value=broader[column])  # fmt: skip


def _has_known_unit(data: Dataset, row: Row) -> None:
    if (unit := data.units.find(row["unit"])) is None:
        row.problem("unit", "F404")
        return
    metrics = data.by_id["metrics"]
    above, below = (
        metrics[row[column]]["base_unit"] if row[column] in metrics else ""
        for column in ("numerator", "denominator")
    )
    if above and below and unit.base not in (above, f"{above}/{below}") and (
        above != below or unit.base not in ("%", "part", "times")
    ):  # fmt: skip
        row.differs("unit", "{unit} is not numerator over denominator")


def _has_valid_periods(data: Dataset, row: Row) -> None:
    """Its periods fit each other, its measure, its date and its article."""
    period, base = row["period"], row["base_period"]
    date = row["value"] if row["unit"] == DATE_UNIT else period
    (first, last), published = edtf.span(period or "2000"), data.published.get(row["article"])
    # A current year may mean its months until the article, e.g. "this year".
    is_year = len(period.split("/")[-1]) <= len("2021")
    if base and row["measure"] not in COMPARING:
        row.differs("base_period", "measure {measure} takes no base_period", "F206")
    elif base and base == period:
        row.differs("base_period", "base_period is period {period} itself", "F206")
    elif period and base[5:] in map(str, edtf.PARTS) and base[4:] != period[4:] and (
        # The quarter or half-year before; the digit tells one from the other.
        base[5] != period[5:6] or edtf.span(base)[1] != first - timedelta(days=1)
    ):  # fmt: skip
        row.differs("base_period", "a {period} is not compared with {base}", "F206", base=base)
    elif base and period and edtf.span(base)[0] > first:
        row.differs("base_period", "base_period is after period {period}", "F206")
    elif period and row["period_kind"] == "undated":
        row.differs("period", "period_kind is undated, but period is not empty", "F206")
    elif "/" in period and row["period_kind"] == "as_of":
        row.differs("period", "as_of is one moment, but period {period} is a span", "F206")
    elif not (date.startswith(period) or period.startswith(date)):
        row.differs("period", "period is not that of the date {date}", "F206", date=date)
    elif period and published and row["status"] not in FUTURE and (
        first > published or (last and not is_year and last - published > MONTH)
    ):  # fmt: skip
        row.differs("period", "period ends after the article ({published}), and status is {status}",
                    "F206", published=published)  # fmt: skip


def _has_valid_operands(data: Dataset, row: Row) -> None:
    relation, named = row["relation"], row["operands"].split()
    for column, figure in (("figure", row["figure"]), *(("operands", one) for one in named)):
        if figure not in data.ids["figures"]:
            row.problem(column, "F402", cell=figure, table="figures")
    filled = bool(row["value"]), bool(named_items(row["items"]))
    if len({*named}) < len(named):
        row.differs("operands", "an operand appears twice", "F406")
    elif wrong := wrong_column(relation, named, *filled):
        row.differs(wrong, "wrong number of {column}", "F406", column=wrong)
    elif data.bases.keys() >= {row["figure"], *named} and not units_fit(
        relation, *(data.bases[figure] for figure in (row["figure"], *named))
    ):
        row.differs("operands", "the units of figure and operands do not fit", "F406")


Rule = Callable[["Dataset", Row], None]
# The rules for each table, in the order of their reports.
RULES: dict[str, tuple[Rule, ...]] = {
    "zones": (_is_not_its_own_ancestor, _has_unique_names),
    "initiatives": (_has_unique_names,),
    "metrics": (_is_not_its_own_ancestor, _has_unique_names, _fits_its_units),
    "sources": (_is_not_its_own_ancestor,),
    "recognitions": (_has_valid_line, _has_valid_scope, _fits_its_initiative, _is_no_duplicate),
    "excused": (_has_valid_line,),
    "ratios": (_has_known_unit,),
    "figures": (_has_valid_periods, _has_valid_line, _has_valid_scope, _fits_its_initiative,
                _is_no_duplicate),
    "claims": (_has_valid_operands, _is_no_duplicate),
}  # fmt: skip
