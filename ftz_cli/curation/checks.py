"""Dataset folders, read and checked as one: rows in, checked rows and Problems out.

What `datapackage.json` can say of a cell is read from there (`csv_files.py`); what a table
schema can't say is added here: trees without circles, ids across tables, names, claims.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path

from ..analysis.relations import Dimension, units_fit, wrong_column
from ..language import Message, shown
from ..language.word_lists import question_words
from ..model.bundled import BUNDLED, bundled_folder
from ..model.claims import ratio_fits
from ..model.dataset_schema import Table, tables
from ..model.errors import DataUnusable, UsageError
from ..model.measures import COMPARING, SCOPED
from ..model.named import named_items
from ..quantities import edtf
from ..quantities.reader import Reader
from ..quantities.units import DATE_UNIT, Unit, Units
from .consistency import check_metrics, check_sources, check_zones, has_its_english, is_in_language
from .csv_files import Row, TableFile
from .faults import Problem, ProblemLog
from .printed_values import Ends, PrintedValues
from .source_lines import SourceLines
from .spoken_periods import month_before

# Tables whose things have names of their own.
NAMED = ("zones", "initiatives", "metrics")
# Statuses of what is still to come.
AIMED_AT = ("target", "design")
# What two figures that are one have in common.
FACT = ("zone", "initiative", "metric", "measure", "scope", "value", "value_to", "unit", "bound",
        "period", "base_period", "status", "article", "line", "printed")  # fmt: skip
# What two recognitions, or two claims, that are one have in common.
SAME = ("zone", "initiative", "kind", "scope", "by", "article", "line", "printed")
CLAIM = ("relation", "operands", "items", "value", "figure")
# Kinds of recognition that are told by a word of their own.
SUPERLATIVES = ("first", "among_first", "only", "largest")
# What looks like the id of a zone; other scopes are words as printed.
_ZONE_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


class Dataset(ProblemLog):
    """One or more `db/`-shaped folders, read as one; units come with the bundled ones.

    `problems` fills while rows are read; once `figures()` is exhausted it is complete. A file that
    can't be read ends the checks, as nothing is known then of what it holds. `text` is a source's
    text, which every `printed` of that source is held against. Raises DataUnusable for a folder
    that holds no table.
    """

    def __init__(self, folders: list[Path], text: Path | None = None) -> None:
        super().__init__()
        self.folders, self.tables = folders, tables()
        # The figures of the text's source that passed.
        self.of_text: dict[str, Row] = {}
        # The ids of the tables that have been read.
        self._ids: dict[str, set[str]] = {}
        self._english: dict[tuple[str, str], str] = {}
        for folder in folders:
            self._check_file_names(folder)
        self.rows = {
            name: list(self._read(table)) for name, table in self.tables.items()
            if name != "figures"
        }  # fmt: skip
        self._add_bundled_units()
        self.units = Units(self._units())
        self.reader = Reader(self.units)
        self._metrics = {row["id"]: row for row in self.rows["metrics"]}
        self._zones = {row["id"]: row for row in self.rows["zones"]}
        self._initiatives = {row["id"]: row["zone"] for row in self.rows["initiatives"]}
        self._starts = {row["id"]: row["start"] for row in self.rows["initiatives"]}
        sources = {row["id"]: row for row in self.rows["sources"]}
        # The last day on which each article can have been published, where its source says so.
        self._published = {
            id: edtf.newest(published)[0]
            for id, row in sources.items()
            if (published := row["published"] or sources.get(row["parent"], row)["published"])
        }
        if self.readable:
            self._check_tables(text)

    def check(self) -> int:
        """Run every check; returns the number of figures that passed."""
        return sum(1 for _ in self.figures())

    def figures(self) -> Iterator[tuple[Row, Ends]]:
        """Every figure with the ends of its meaning, checked as they pass.

        A figure with a problem is told in `problems` and left out. After the last figure the
        claims are checked against the figures seen.
        """
        if not self.readable:
            return
        values = PrintedValues(self.units, self.reader, self._metrics, self._published)
        claimed = {figure for row in self.rows["claims"] for _, figure in _claimed(row)}
        dimensions: dict[str, Dimension] = {}
        excused = {tuple(row[name] for name in FACT[-3:]): row["id"]
                   for row in self.rows["excused"]}  # fmt: skip
        facts: dict[int, str] = {}
        for row in self._read(self.tables["figures"]):
            ends = values.ends(row)
            fits = all(check(row) for check in (
                self._check_period, self.lines.check, self._check_scope, self._check_initiative,
                self._check_start, is_in_language, lambda row: has_its_english(row, self._english),
            ))  # fmt: skip
            if other := excused.get(tuple(row[name] for name in FACT[-3:])):
                row.problem("printed", "F410", printed=row["printed"], other=other)
                fits = False
            if ends is not None and fits and self._is_new(row, facts):
                if row["id"] in claimed:
                    unit = self.units[row["unit"]]
                    dimensions[row["id"]] = unit.base, unit.kind
                if self.lines.has(row["article"]):
                    self.of_text[row["id"]] = row
                yield row, ends
        if self.readable:
            for row in self.rows["claims"]:
                self._check_claim(row, dimensions)

    def _check_tables(self, text: Path | None) -> None:
        """Check what spans the rows and tables besides figures."""
        for name, table in self.tables.items():
            for column, target in table.foreign_keys.items():
                if target == name:
                    self._check_tree(name, column)
        self.lines = SourceLines(self.rows["sources"], text)
        for row in (*self.rows["excused"], *self.rows["recognitions"]):
            self.lines.check(row)
        for row in self.rows["recognitions"]:
            self._check_scope(row)
            self._check_initiative(row)
            self._check_kind(row)
        for name in NAMED:
            self._check_names(self.rows[name])
        for name, same in (("recognitions", SAME), ("claims", CLAIM)):
            facts: dict[int, str] = {}
            for row in self.rows[name]:
                self._is_new(row, facts, same)
        for row in (row for name, rows in self.rows.items() if name != "units" for row in rows):
            is_in_language(row)
            has_its_english(row, self._english)
        check_zones(self.rows["zones"])
        check_metrics(self._metrics, self.units)
        check_sources(self.rows["sources"])
        self._check_ratios()

    def _check_file_names(self, folder: Path) -> None:
        """A folder has a table, and no file that is named nearly like one."""
        names = sorted(path.name for path in folder.iterdir())
        if not any(f"{table}.csv" in names for table in self.tables):
            raise DataUnusable("{folder} holds no table of a dataset, such as figures.csv",
                               folder=shown(str(folder), 200))  # fmt: skip
        for name in names:
            stem, _, suffix = name.rpartition(".")
            for near in get_close_matches(stem.lower(), self.tables, 1, 0.8):
                if suffix.lower() in ("csv", "tsv", "xlsx") and name != f"{near}.csv":
                    self.add(Problem(str(folder / name), 1, 1, "F110", {"table": near}))

    def _read(self, table: Table) -> Iterator[Row]:
        """The rows of `table` in every folder that pass."""
        ids = set[str]()
        known = {name: own for name, own in self._ids.items() if own}
        # Of a table without rows it is said once, and not of every cell that points to it.
        unknown = {column: target for column, target in table.foreign_keys.items()
                   if target in self._ids and target not in known}  # fmt: skip
        for folder in self.folders:
            # A folder or a pipe of that name is told when it is read, not passed over.
            if os.path.lexists(path := folder / f"{table.name}.csv"):
                for row in TableFile(table, path, ids, known, self).rows():
                    for column in [one for one in unknown if row[one]]:
                        row.problem(column, "F113", table=unknown.pop(column))
                    yield row
        self._ids[table.name] = ids

    def _add_bundled_units(self) -> None:
        """Put the bundled units that the folders don't have before those that they have."""
        path = bundled_folder() / "units.csv"
        bundled = [*TableFile(self.tables["units"], path, set(), {}, self).rows()]
        own = {row["id"]: row for row in self.rows["units"]}
        self.rows["units"][:0] = [row for row in bundled if row["id"] not in own]
        for row in bundled:
            for column in ("name_zh", "name_en", "base", "factor", "kind", "minimum"):
                if (other := own.get(row["id"], row))[column] != row[column]:
                    other.differs(column, "the bundled unit has {value}", value=row[column])

    def _units(self) -> Iterator[Unit]:
        for row in self.rows["units"]:
            unit = Unit.of_row(*row.values())
            if unit.factor:
                yield unit
            else:
                row.problem("factor", "F305")

    def _check_tree(self, name: str, column: str) -> None:
        """Every parent is there, and none of them is its own ancestor."""
        parents = {row["id"]: row[column] for row in self.rows[name]}
        for row in self.rows[name]:
            parent, passed = row[column], set[str]()
            if parent and parent not in self._ids[name]:
                row.problem(column, "F402", table=name)
            while parent and parent not in passed:
                passed.add(parent)
                parent = parents.get(parent, "")
            if row["id"] in passed:
                row.problem(column, "F403", id=row["id"])

    def _check_names(self, rows: list[Row]) -> None:
        """No two things of a kind bear one name."""
        bearers: dict[str, str] = {}
        for row in rows:
            names = [(column, row[column]) for column in ("name_zh", "name_en")]
            for column, name in [*names, *(("also", name) for name in named_items(row["also"]))]:
                bearer = bearers.setdefault(" ".join(name.casefold().split()), row["id"])
                if bearer != row["id"]:
                    row.problem(column, "F408", name=name, other=bearer)
                    break

    def _check_scope(self, row: Row) -> bool:
        """Whether a scope is there where it has to be, not the zone itself, and no unknown id."""
        scope = row["scope"]
        if not scope and row.get("measure") in SCOPED:
            row.problem("scope", "F301", columns="scope")
        elif scope and scope == row["zone"]:
            row.differs("scope", "scope is the zone itself")
        elif row["scope_en"] and scope in self._ids["zones"]:
            row.differs("scope_en", "scope is a zone, which has its own name")
        elif (zones := self._ids["zones"]) and scope not in zones and _ZONE_ID.fullmatch(scope):
            row.problem("scope", "F402", table="zones")
        else:
            return True
        return False

    def _check_initiative(self, row: Row) -> bool:
        """Whether a row's zone holds that of its initiative, lies in it, or bears its name."""
        owner = self._initiatives.get(row["initiative"], row["zone"])
        own, other = self._above(row["zone"]), self._above(owner)
        fits = not (own and other) or own[0] in other or other[0] in own
        if not fits:
            row.differs("zone", "initiative {id} is of zone {zone}",
                        id=row["initiative"], zone=owner)  # fmt: skip
        return fits

    def _check_start(self, row: Row) -> bool:
        """Whether the start of an initiative is the date that a figure of it gives."""
        own = self._starts.get(row["initiative"]) if row["metric"] == "start-date" else ""
        if own and not (own.startswith(row["value"]) or row["value"].startswith(own)):
            row.differs("value", "initiative {id} starts in {date}", id=row["initiative"], date=own)
            return False
        return True

    def _above(self, zone: str) -> list[str]:
        """The beginnings of the names of a zone and of all above it: 宜昌, 湖北."""
        found: dict[str, str] = {}
        while (row := self._zones.get(zone)) and zone not in found:
            found[zone], zone = row["name_zh"][:2], row["parent"]
        return [*found.values()]

    def _check_kind(self, row: Row) -> None:
        """A superlative is one that is printed: 最大 is no first."""
        printed = row["printed"].casefold()
        said = {
            kind for facet, kind, word in question_words()
            if facet == "recognition" and kind in SUPERLATIVES and word in printed
        }  # fmt: skip
        if said and row["kind"] in SUPERLATIVES and row["kind"] not in said:
            row.differs("kind", "'{printed}' says {kind}", printed=row["printed"], kind=min(said))

    def _is_new(self, row: Row, facts: dict[int, str], same: tuple[str, ...] = FACT) -> bool:
        """Whether no row before says the same; the parts of a ratio (4:3:3) may be alike."""
        # A hash in place of the cells: of a million figures these would take half a gigabyte.
        id = facts.setdefault(hash(tuple(row[name] for name in same)), row["id"])
        if id == row["id"] or (same is FACT and self.units[row["unit"]].base == "part"):
            return True
        row.problem(same[-1], "F409", printed=row[same[-1]], other=id)
        return False

    def _check_period(self, row: Row) -> bool:
        """Whether a figure's periods fit each other, its measure, its date and its article."""
        period, base, kind = row["period"], row["base_period"], row["period_kind"]
        date = row["value"] if row["unit"] == DATE_UNIT else period
        published = self._published.get(row["article"])
        column, why = "base_period", None
        if base and row["measure"] not in COMPARING:
            why = Message("base_period stands beside measure {measure}", measure=row["measure"])
        elif base and base == period:
            why = Message("base_period is period {period} itself", period=period)
        elif period and edtf.is_part(base) and base not in (
            f"{base[:4]}{period[4:]}", month_before(period)
        ):  # fmt: skip
            why = Message("a {period} is not compared with {base}", period=period, base=base)
        elif base and period and edtf.span(base)[0] > edtf.span(period)[0]:
            why = Message("base_period is after period {period}", period=period)
        elif period and kind == "undated":
            column, why = "period", Message("period stands beside period_kind undated")
        elif not (date.startswith(period) or period.startswith(date)):
            column, why = "period", Message("period is not that of the date {date}", date=date)
        elif published and _is_later(period, published) and row["status"] not in AIMED_AT:
            later = "period ends after the article ({published}), and status is {status}"
            column, why = "period", Message(later, published=published, status=row["status"])
        if why is not None:
            row.problem(column, "F206", why=why)
        return why is None

    def _check_ratios(self) -> None:
        """Every ratio is shown in a unit that its quotient can have."""
        for row in self.rows["ratios"]:
            unit = self.units.find(row["unit"])
            metrics = [self._metrics.get(row[end]) for end in ("numerator", "denominator")]
            above, below = (one["base_unit"] if one else "" for one in metrics)
            if unit is None:
                row.problem("unit", "F404", unit=row["unit"])
            elif row["numerator"] == row["denominator"]:
                row.differs("denominator", "a ratio of a metric by itself")
            elif above and below and not ratio_fits(unit.base, above, below):
                wanted = Message(
                    "{above} divided by {below} is asked for", above=above, below=below
                )
                row.problem("unit", "F405", what=unit.id, base=unit.base, wanted=wanted)

    def _check_claim(self, row: Row, dimensions: Mapping[str, Dimension]) -> None:
        """A claim has what its relation works with, in units that it can work with.

        `dimensions` has the sound figures that claims name.
        """
        relation, claimed = row["relation"], _claimed(row)
        for column, figure in claimed:
            if figure not in self._ids["figures"]:
                row.problem(column, "F402", cell=figure, table="figures")
        value, items = bool(row["value"]), bool(named_items(row["items"]))
        named = row["operands"].split()
        if len({*named}) < len(named):
            row.problem("operands", "F406", relation=relation,
                        why=Message("an operand stands there twice"))  # fmt: skip
        elif row["figure"] in named and relation != "parts":
            row.problem(
                "operands", "F406", relation=relation, why=Message("it can't be claimed of itself")
            )
        elif wrong := wrong_column(relation, row["operands"].split(), value, items):
            why = Message("it takes another number of {column}", column=wrong)
            row.problem(wrong, "F406", relation=relation, why=why)
        elif dimensions.keys() >= {figure for _, figure in claimed}:
            own, *operands = (dimensions[figure] for _, figure in claimed)
            if not units_fit(relation, own, *operands):
                wanted = Message("figure and operands are in units that it can't work with")
                row.problem("figure", "F405", what=row["figure"], base=own[0], wanted=wanted)


def _is_later(period: str, published: date) -> bool:
    """Whether a period begins, or ends by more than a month, after an article.

    A year that still runs stands for its part until then, as in: this year.
    """
    if not period:
        return False
    first, last = edtf.span(period)
    whole_years = len(period.split("/")[-1]) <= len("2021")
    return first > published or (
        last is not None and not whole_years and last - published > timedelta(days=31)
    )


def _claimed(row: Row) -> list[tuple[str, str]]:
    """The figures that a claim names, each with its column."""
    return [("figure", row["figure"]), *(("operands", one) for one in row["operands"].split())]


def folders_named(names: list[str]) -> list[Path]:
    """The folders that a command line names; `bundled`, also where there is none, is our own.

    Raises DataUnusable for one that is not there or can't be read, UsageError for one named twice.
    """
    found: list[Path] = []
    for name in names or [BUNDLED]:
        folder = bundled_folder() if name == BUNDLED else Path(name)
        if not name or not os.path.isdir(folder):
            raise DataUnusable("no folder '{name}'", name=shown(name, 200))
        try:
            os.listdir(f"{folder}/.")  # by the dot, its files have to be within reach, too
        except OSError as error:
            raise DataUnusable("{path} can't be read: {why}", path=shown(name, 200),
                               why=error.strerror) from None  # fmt: skip
        if any(map(folder.samefile, found)):
            raise UsageError("{id} is named twice", id=shown(name, 200))
        found.append(folder)
    return found
