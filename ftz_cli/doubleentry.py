"""The double entry: a figure's cells have to say what its `printed` says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .errors import CannotRead
from .exact import EXACT
from .quantity import DATE_UNIT, Quantity, Unit, Units
from .reading import Reader
from .tablefile import Row
from .text import shown


class DoubleEntry:
    """Checks one figure after another, in the order of the file, and works out its ends.

    `base_of` gives a metric's base unit, `year_of` the year in which an article appeared.
    """

    def __init__(
        self,
        units: Units,
        reader: Reader,
        columns: list[str],
        base_of: dict[str, str],
        year_of: Callable[[str], int | None],
    ) -> None:
        self.units, self.reader, self.base_of, self.year_of = units, reader, base_of, year_of
        self.at = {name: index for index, name in enumerate(columns)}
        # Article, line and year of the date printed last.
        self._date_before: tuple[str, str, int] | None = None
        # Printed ratios that lack rows: last row, rows so far, parts.
        self._open_ratios: dict[tuple[str, str, str], tuple[Row, int, int]] = {}

    def ends(self, row: Row) -> tuple[str, str] | None:
        """The low and high end of the row's meaning; None where it has a problem."""
        at, cells = self.at, row.cells
        unit = self.units.find(cells[at["unit"]])
        if unit is None:
            row.problem(at["unit"], "F404", f"unit '{shown(cells[at['unit']])}' is not known",
                        "add it to units.csv")  # fmt: skip
            return None
        metric = cells[at["metric"]]
        base = self.base_of.get(metric)
        if base != unit.base:
            if base is not None:  # else the metric has a problem of its own
                row.problem(at["unit"], "F405", f"unit '{shown(unit.id)}' counts "
                            f"{shown(unit.base)}, and the metric '{metric}' {base}")  # fmt: skip
            return None
        try:
            said = self._read(cells)
        except CannotRead as error:
            help = "print the figure with its qualifier and unit, and nothing else"
            row.problem(at["printed"], "F201", shown(str(error), 200), help)
            return None
        part = self._part(row, said) if said.parts else None
        fault = self._disagreement(cells, unit, said, part)
        if fault is not None:
            column, code, message = fault
            printed = shown(cells[at["printed"]], 80)
            row.problem(at[column], code, message, f"'{printed}' means {told(said)}")
            return None
        try:
            return _ends(said, unit, part)
        except CannotRead as error:
            row.problem(at["value"], "F309", shown(str(error), 200))
            return None

    def finish(self) -> None:
        """Tell ratios that lack a part; called after the last row."""
        for row, count, parts in self._open_ratios.values():
            at = self.at["printed"]
            row.problem(at, "F205", f"'{shown(row.cells[at])}' has {parts} parts, and {count} "
                        f"row{'s' * (count > 1)} stand{'s' * (count == 1)} for them")  # fmt: skip
        self._open_ratios.clear()

    def _read(self, cells: list[str]) -> Quantity:
        article, line = cells[self.at["article"]], cells[self.at["line"]]
        before = self._date_before
        # 同年 is the year of the date printed before it, in the same place.
        same = before[2] if before and before[:2] == (article, line) else None
        said = self.reader.read(cells[self.at["printed"]], self.year_of(article), same)
        if isinstance(said.value, str):
            self._date_before = (article, line, int(said.value[:4]))
        return said

    def _part(self, row: Row, said: Quantity) -> Decimal:
        """The part of a ratio that this row stands for: they come in the order printed."""
        cells, at = row.cells, self.at
        place = (cells[at["article"]], cells[at["line"]], cells[at["printed"]])
        _, count, parts = self._open_ratios.get(place, (row, 0, len(said.parts)))
        if count + 1 == parts:
            del self._open_ratios[place]
        else:
            self._open_ratios[place] = (row, count + 1, parts)
        return said.parts[count]

    def _disagreement(
        self, cells: list[str], unit: Unit, said: Quantity, part: Decimal | None
    ) -> tuple[str, str, str] | None:
        """Column, code and message of the first cell that says something else than `said`."""
        at = self.at
        printed = cells[at["printed"]]
        dated = isinstance(said.value, str)
        if (said.unit.base or unit.base) != unit.base or (unit.id == DATE_UNIT) != dated:
            return "unit", "F202", f"unit '{unit.id}' is not the unit of '{shown(printed)}'"
        if cells[at["bound"]] != said.bound:
            bound = cells[at["bound"]]
            return "bound", "F204", f"bound '{bound}' is not what '{shown(printed)}' says"
        first = said.base_value if part is None else part
        for column, meant in (("value", first), ("value_to", said.base_value_to)):
            cell = cells[at[column]]
            if not _agrees(cell, unit, meant):
                message = f"{column} '{cell}' is not what '{shown(printed)}' says"
                return column, "F203", message
        return None


def _ends(said: Quantity, unit: Unit, part: Decimal | None) -> tuple[str, str]:
    if isinstance(said.value, str):
        ends = said.ends
    else:
        # The digits printed carry the precision; the kind of quantity is the row's to say
        # (printed 五免, unit 项).
        kept = said.unit
        if kept.kind != unit.kind or kept.minimum != unit.minimum:
            kept = Unit(unit.id, unit.base, kept.factor, unit.kind, unit.minimum)
        value = said.value if part is None else part
        ends = Quantity(value, kept, said.bound, said.value_to, said.capped).ends
    return plain(ends.low), plain(ends.high)


def _agrees(cell: str, unit: Unit, said: Decimal | str | None) -> bool:
    if said is None or isinstance(said, str):
        return cell == (said or "")
    try:
        return bool(cell) and EXACT.multiply(Decimal(cell), unit.factor) == said
    except ArithmeticError:
        return False


def told(said: Quantity) -> str:
    """A quantity in words of the dataset's columns."""
    if said.parts:
        return f"the parts {', '.join(map(str, said.parts))}"
    value = plain(said.value) + (f" to {plain(said.value_to)}" if said.value_to is not None else "")
    unit = f", unit {said.unit.id}" if said.unit.id else ""
    return f"value {value}{unit}, bound {said.bound}"


def plain(value: Decimal | str | None) -> str:
    """A number in plain digits, without an exponent or trailing zeros; nothing for None."""
    if value is None or isinstance(value, str):
        return value or ""
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
