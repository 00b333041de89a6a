"""What a table schema can't say of a row: how it fits itself, other rows and its article.

A rule is given the dataset and a row, and tells what is wrong at a cell of the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from ..analysis.relations import units_fit, wrong_column
from ..model.measures import COMPARING, SCOPED
from ..model.named import named_items
from ..quantities import edtf
from ..quantities.units import DATE_UNIT
from .csv_files import Row
from .spoken_periods import month_before

if TYPE_CHECKING:
    from .checks import Dataset

# Statuses of what is still to come.
AIMED_AT = ("target", "design")
# What two rows of a table that say one thing have in common; the last is what is told.
SAME = {
    "figures": ("zone", "initiative", "metric", "measure", "scope", "value", "value_to", "unit",
                "bound", "period", "base_period", "status", "article", "line", "printed"),
    "recognitions": ("zone", "initiative", "kind", "scope", "by", "article", "line", "printed"),
    "claims": ("relation", "operands", "items", "value", "figure"),
}  # fmt: skip
# Kinds of metric that are kinds of their units.
KINDS_OF_UNIT = frozenset({"count", "share", "duration", "length", "area"})
# Kinds of zone that lie around free trade zones.
ADMINISTRATIVE = ("province", "city", "district")
# What looks like the id of a zone; other scopes are words as printed.
_ZONE_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
# A period may end so long after its article.
MONTH = timedelta(days=31)


def _has_names_of_its_own(data: Dataset, row: Row) -> None:
    names = [("name_zh", row["name_zh"]), ("name_en", row["name_en"])]
    for column, name in [*names, *(("also", name) for name in named_items(row["also"]))]:
        key = row.table, " ".join(name.casefold().split())
        if (bearer := data.first(row["id"], *key)) != row["id"]:
            row.problem(column, "F408", name=name, other=bearer)
            break


def _is_not_its_own_ancestor(data: Dataset, row: Row) -> None:
    column = "broader" if row.table == "metrics" else "parent"
    if row[column] and row[column] not in data.ids[row.table]:
        row.problem(column, "F402", table=row.table)
    elif row["id"] in data.upwards(row.table, column, row[column]):
        row.problem(column, "F403")


def _is_new(data: Dataset, row: Row) -> None:
    if row.sound:
        *_, told = columns = SAME[row.table]
        # The parts of a ratio (4:3:3) may be alike.
        part = row.table == "figures" and data.units[row["unit"]].base == "part"
        other = data.first(row["id"], row.table, *(row[name] for name in columns))
        if other != row["id"] and not part:
            row.problem(told, "F409", printed=row[told], other=other)


def _stands_in_its_article(data: Dataset, row: Row) -> None:
    """Its article has its line; one that does not tell its lines may have any, and none."""
    source, line = row["article"], int(row["line"] or 0)
    known = data.lines.get(source)
    if known and not any(first <= line <= last for first, last in known):
        lines = data.by_id["sources"][source]["lines"]
        row.problem("line", "F310", line=line or "–", source=source, lines=lines)


def _has_its_scope(data: Dataset, row: Row) -> None:
    scope, zones = row["scope"], data.ids["zones"]
    if not scope and row.get("measure") in SCOPED:
        row.problem("scope", "F301", columns="scope")
    elif scope and scope == row["zone"]:
        row.differs("scope", "scope is the zone itself")
    elif zones and scope not in zones and _ZONE_ID.fullmatch(scope):
        row.problem("scope", "F402", table="zones")


def _is_of_its_initiative(data: Dataset, row: Row) -> None:
    """A row's zone holds that of its initiative, or lies in it, where it is no city around it."""
    initiative = data.by_id["initiatives"].get(row["initiative"])
    if initiative is None:
        return
    own, other = (data.upwards("zones", "parent", at["zone"]) for at in (row, initiative))
    around = own and data.by_id["zones"][own[0]]["kind"] in ADMINISTRATIVE
    if own and other and own[0] not in other and other[0] not in own and not around:
        row.differs("zone", "initiative {id} is of zone {zone}",
                    id=initiative["id"], zone=initiative["zone"])  # fmt: skip


def _is_of_its_unit(data: Dataset, row: Row) -> None:
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


def _has_a_unit(data: Dataset, row: Row) -> None:
    if data.units.find(row["unit"]) is None:
        row.problem("unit", "F404")


def _has_its_period(data: Dataset, row: Row) -> None:
    """A figure's periods fit each other, its measure, its date and its article."""
    period, base = row["period"], row["base_period"]
    date = row["value"] if row["unit"] == DATE_UNIT else period
    (first, last), published = edtf.span(period or "2000"), data.published.get(row["article"])
    # A year that still runs stands for its part until then, as in: this year.
    whole_years = len(period.split("/")[-1]) <= len("2021")
    if base and row["measure"] not in COMPARING:
        row.differs("base_period", "base_period stands beside measure {measure}", "F206")
    elif base and base == period:
        row.differs("base_period", "base_period is period {period} itself", "F206")
    elif (
        period
        and base[5:] in map(str, edtf.PARTS)
        and base not in (base[:4] + period[4:], month_before(period))
    ):
        row.differs("base_period", "a {period} is not compared with {base}", "F206", base=base)
    elif base and period and edtf.span(base)[0] > first:
        row.differs("base_period", "base_period is after period {period}", "F206")
    elif period and row["period_kind"] == "undated":
        row.differs("period", "period stands beside period_kind undated", "F206")
    elif not (date.startswith(period) or period.startswith(date)):
        row.differs("period", "period is not that of the date {date}", "F206", date=date)
    elif period and published and row["status"] not in AIMED_AT and (
        first > published or (last and not whole_years and last - published > MONTH)
    ):  # fmt: skip
        row.differs("period", "period ends after the article ({published}), and status is {status}",
                    "F206", published=published)  # fmt: skip


def _has_what_its_relation_takes(data: Dataset, row: Row) -> None:
    relation, named = row["relation"], row["operands"].split()
    for column, figure in (("figure", row["figure"]), *(("operands", one) for one in named)):
        if figure not in data.ids["figures"]:
            row.problem(column, "F402", cell=figure, table="figures")
    filled = bool(row["value"]), bool(named_items(row["items"]))
    if len({*named}) < len(named):
        row.differs("operands", "an operand stands there twice", "F406")
    elif wrong := wrong_column(relation, named, *filled):
        row.differs(wrong, "it takes another number of {column}", "F406", column=wrong)
    elif data.bases.keys() >= {row["figure"], *named} and not units_fit(
        relation, *(data.bases[figure] for figure in (row["figure"], *named))
    ):
        row.differs("operands", "it can't work with the units of figure and operands", "F406")


Rule = Callable[["Dataset", Row], None]
# The rules for the rows of each table, in the order in which faults are told.
RULES: dict[str, tuple[Rule, ...]] = {
    "zones": (_is_not_its_own_ancestor, _has_names_of_its_own),
    "initiatives": (_has_names_of_its_own,),
    "metrics": (_is_not_its_own_ancestor, _has_names_of_its_own, _is_of_its_unit),
    "sources": (_is_not_its_own_ancestor,),
    "recognitions": (_stands_in_its_article, _has_its_scope, _is_of_its_initiative, _is_new),
    "excused": (_stands_in_its_article,),
    "ratios": (_has_a_unit,),
    "figures": (_has_its_period, _stands_in_its_article, _has_its_scope, _is_of_its_initiative,
                _is_new),
    "claims": (_has_what_its_relation_takes, _is_new),
}  # fmt: skip
