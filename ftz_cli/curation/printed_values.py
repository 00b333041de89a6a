"""The printed-value check: a figure's cells have to say what its `printed` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from ..language import Message, join, shown
from ..model.measures import SIGNED
from ..quantities import DATE_UNIT, EXACT, CannotRead, Quantity, Reader, Unit, Units, plain
from .csv_files import Row

# The base unit of what each measure is counted in; level and change have that of their metric.
BASES = {"growth": "%", "share": "%", "rank": "rank", "multiple": "times"}
# A change of a percentage is printed in points of it.
POINTS = frozenset({"pp", "bp"})

# Low, high, and whether each is itself left out: as the database keeps them.
Ends = tuple[str | None, str | None, int, int]


class PrintedValues:
    """Checks one figure after another, in the order of the file, and works out its ends.

    `at` says where each column of figures stands; `base_of` gives a metric's base unit, `year_of`
    the year in which an article appeared.
    """

    def __init__(
        self,
        units: Units,
        reader: Reader,
        at: Mapping[str, int],
        base_of: Mapping[str, str],
        year_of: Callable[[str], int | None],
    ) -> None:
        self.units, self.reader, self.at = units, reader, at
        self.base_of, self.year_of = base_of, year_of
        # The unit of the row, the one printed, whether the measure is signed → `_counted`.
        self._counted_in: dict[tuple[str, Unit, bool], Unit | None] = {}
        # Article, line and year of the date printed last.
        self._date_before: tuple[str, str, int] | None = None
        # Printed ratios that lack rows: last row, rows so far, parts.
        self._open_ratios: dict[tuple[str, str, str], tuple[Row, int, int]] = {}

    def ends(self, row: Row) -> Ends | None:
        """The ends of the row's meaning in base units; None where the row has a problem.

        A date has none.
        """
        at, cells = self.at, row.cells
        unit = self._unit(row)
        if unit is None:
            return None
        printed = cells[at["printed"]]
        try:
            said = self._read(cells)
        except CannotRead as error:
            only = Message("print the figure with its qualifier and unit, and nothing else")
            row.problem(at["printed"], "F201", error.message, only)
            return None
        if said[0].parts:
            said = [replace(said[0], value=self._part(row, said[0]), parts=())]
        fault = None
        for quantity in said:
            meant, fault = self._agreed(cells, unit, quantity)
            if meant is not None:
                return self._meaning(row, meant, unit)
        if fault is not None:
            column, code, message = fault
            means = Message("'{printed}' means {meaning}", printed=shown(printed, 80),
                            meaning=join(_words(said[-1])))  # fmt: skip
            row.problem(at[column], code, message, means)
        return None

    def finish(self) -> None:
        """Tell ratios that lack a part; called after the last row."""
        for row, count, parts in self._open_ratios.values():
            at = self.at["printed"]
            lacking = Message("'{printed}' has {parts} parts, and rows for {count}",
                              printed=shown(row.cells[at]), parts=parts, count=count)  # fmt: skip
            row.problem(at, "F205", lacking)
        self._open_ratios.clear()

    def _unit(self, row: Row) -> Unit | None:
        """The row's unit, where it is known and fits metric and measure."""
        at, cells = self.at["unit"], row.cells
        unit = self.units.find(cells[at])
        if unit is None:
            unknown = Message("unit '{unit}' is not known", unit=shown(cells[at]))
            row.problem(at, "F404", unknown, Message("add it to units.csv"))
            return None
        metric, measure = cells[self.at["metric"]], cells[self.at["measure"]]
        base = self.base_of.get(metric)
        if base is None:  # the metric has a problem of its own
            return None
        wanted = BASES.get(measure, base)
        if unit.base == wanted or (measure == "change" and base == "%" and unit.base in POINTS):
            return unit
        other = Message(
            "unit '{unit}' counts {base}; {measure} of '{metric}' is in {wanted}",
            unit=shown(unit.id), base=shown(unit.base), measure=measure, metric=metric,
            wanted=wanted,
        )  # fmt: skip
        row.problem(at, "F405", other)
        return None

    def _read(self, cells: list[str]) -> list[Quantity]:
        """What `printed` says: one quantity, or all that it lists."""
        article, line = cells[self.at["article"]], cells[self.at["line"]]
        printed, year = cells[self.at["printed"]], self.year_of(article)
        before = self._date_before
        # 同年 is the year of the date printed before it, in the same place.
        same = before[2] if before and before[:2] == (article, line) else None
        try:
            said = [self.reader.read(printed, year, same)]
        except CannotRead as error:
            try:
                said = self.reader.read_all(printed, year, same)
            except CannotRead:
                raise error from None
        for quantity in said:
            if isinstance(quantity.value, str):
                self._date_before = (article, line, int(quantity.value[:4]))
        return said

    def _part(self, row: Row, said: Quantity) -> Decimal:
        """The part of a ratio that this row stands for: they come in the order printed."""
        cells, at = row.cells, self.at
        place = (cells[at["article"]], cells[at["line"]], cells[at["printed"]])
        _, count, parts = self._open_ratios.pop(place, (row, 0, len(said.parts)))
        if count + 1 < parts:
            self._open_ratios[place] = (row, count + 1, parts)
        return said.parts[count]

    def _agreed(
        self, cells: list[str], unit: Unit, said: Quantity
    ) -> tuple[Quantity | None, tuple[str, str, Message] | None]:
        """What the row means, where its cells say it; else column, code and message of a fault."""
        at = self.at
        printed, value = cells[at["printed"]], cells[at["value"]]
        dated = isinstance(said.value, str)
        signed = cells[at["measure"]] in SIGNED
        key = unit.id, said.unit, signed
        if key not in self._counted_in:
            self._counted_in[key] = self._counted(unit, said.unit, signed)
        counted = self._counted_in[key]
        if counted is None or (unit.id == DATE_UNIT) != dated:
            other = Message("unit '{cell}' is not the unit of '{printed}'", cell=unit.id,
                            printed=shown(printed))  # fmt: skip
            return None, ("unit", "F202", other)
        if counted is not said.unit:
            said = replace(said, unit=counted)
        if not dated:
            negative = value.startswith("-")
            if (signed or negative) and not str(said.value).startswith("-"):
                down = any(one.direction == "down" for one in self.reader.find(printed))
                if negative and down:
                    said = -said
                elif negative or down:
                    sign = Message(
                        "value {value} is negative, and '{printed}' has no word for a fall"
                        if negative
                        else "value {value} is positive, and '{printed}' says that it fell",
                        value=value, printed=shown(printed),
                    )  # fmt: skip
                    return None, ("value", "F207", sign)
        if cells[at["bound"]] != said.bound:
            return None, ("bound", "F204", _disagrees("bound", cells[at["bound"]], printed))
        for column, wanted in (("value", said.base_value), ("value_to", said.base_value_to)):
            if not _agrees(cells[at[column]], unit, wanted):
                return None, (column, "F203", _disagrees(column, cells[at[column]], printed))
        return said, None

    def _counted(self, unit: Unit, said: Unit, signed: bool) -> Unit | None:
        """The unit of the printed digits in the row's base unit; None where they have another.

        The digits printed carry the precision, and so the factor; the kind of quantity is the
        row's to say (printed 五免, unit 项). A rate may be printed by what it counts: 300余通.
        """
        factor = said.factor
        if said.base and said.base != unit.base:
            above = self.units.find(unit.id.partition("/")[0]) if unit.kind == "rate" else None
            if above is None or above.base != said.base:
                return None
            factor = factor * unit.factor / above.factor
        if said.kind in ("ordinal", "date"):
            return said
        # A growth may pass 100 %, a share may not.
        kind = "points" if signed and unit.kind == "share" else unit.kind
        counted = replace(unit, factor=factor, kind=kind)
        return said if counted == said else counted

    def _meaning(self, row: Row, said: Quantity, unit: Unit) -> Ends | None:
        try:
            ends = said.ends
        except CannotRead as error:
            row.problem(self.at["value"], "F309", error.message)
            return None
        if unit.id == DATE_UNIT:
            return None, None, 0, 0
        return (
            plain(ends.low) or None, plain(ends.high) or None,
            int(ends.low_open), int(ends.high_open),
        )  # fmt: skip


def _disagrees(column: str, cell: str, printed: str) -> Message:
    return Message("{column} '{cell}' is not what '{printed}' says", column=column, cell=cell,
                   printed=shown(printed))  # fmt: skip


def _agrees(cell: str, unit: Unit, said: Decimal | str | None) -> bool:
    if said is None or isinstance(said, str):
        return cell == (said or "")
    try:
        return bool(cell) and EXACT.multiply(Decimal(cell), unit.factor) == said
    except ArithmeticError:
        return False


def _words(said: Quantity) -> list[Message]:
    """A quantity in words of the dataset's columns."""
    words = [Message("value {value}", value=plain(said.value))]
    if said.value_to is not None:
        words.append(Message("value_to {value}", value=plain(said.value_to)))
    if said.unit.id:
        words.append(Message("unit {unit}", unit=said.unit.id))
    return [*words, Message("bound {bound}", bound=str(said.bound))]
