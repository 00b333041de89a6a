"""The double entry: a figure's cells have to say what its `printed` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from .catalogue import Message
from .errors import CannotRead
from .exact import EXACT, plain
from .quantity import DATE_UNIT, Quantity, Unit, Units
from .reading import Reader
from .tablefile import Row
from .text import shown


class DoubleEntry:
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
        # Article, line and year of the date printed last.
        self._date_before: tuple[str, str, int] | None = None
        # Printed ratios that lack rows: last row, rows so far, parts.
        self._open_ratios: dict[tuple[str, str, str], tuple[Row, int, int]] = {}

    def ends(self, row: Row) -> tuple[str, str] | None:
        """The low and high end of the row's meaning; None where it has a problem."""
        at, cells = self.at, row.cells
        unit = self.units.find(cells[at["unit"]])
        if unit is None:
            unknown = Message("problem.unknown_unit", unit=shown(cells[at["unit"]]))
            row.problem(at["unit"], "F404", unknown, add_unit(self.units))
            return None
        metric = cells[at["metric"]]
        base = self.base_of.get(metric)
        if base != unit.base:
            if base is not None:  # else the metric has a problem of its own
                row.problem(
                    at["unit"],
                    "F405",
                    Message("problem.other_base", unit=shown(unit.id), base=shown(unit.base),
                            metric=metric, wanted=base),
                )  # fmt: skip
            return None
        try:
            said = self._read(cells)
        except CannotRead as error:
            row.problem(at["printed"], "F201", error.message, Message("problem.print_only"))
            return None
        part = self._part(row, said) if said.parts else None
        fault = self._disagreement(cells, unit, said, part)
        if fault is not None:
            column, code, message = fault
            printed = shown(cells[at["printed"]], 80)
            means = Message("problem.means", printed=printed, said=meant(said))
            row.problem(at[column], code, message, means)
            return None
        try:
            return _ends(said, unit, part)
        except CannotRead as error:
            row.problem(at["value"], "F309", error.message)
            return None

    def finish(self) -> None:
        """Tell ratios that lack a part; called after the last row."""
        for row, count, parts in self._open_ratios.values():
            at = self.at["printed"]
            printed = shown(row.cells[at])
            row.problem(
                at, "F205", Message("problem.parts", printed=printed, parts=parts, count=count)
            )
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
    ) -> tuple[str, str, Message] | None:
        """Column, code and message of the first cell that says something else than `said`."""
        at = self.at
        printed = cells[at["printed"]]
        dated = isinstance(said.value, str)
        if (said.unit.base or unit.base) != unit.base or (unit.id == DATE_UNIT) != dated:
            other = Message("problem.other_unit", cell=unit.id, printed=shown(printed))
            return "unit", "F202", other
        if cells[at["bound"]] != said.bound:
            return "bound", "F204", _disagrees("bound", cells[at["bound"]], printed)
        first = said.base_value if part is None else part
        for column, value in (("value", first), ("value_to", said.base_value_to)):
            cell = cells[at[column]]
            if not _agrees(cell, unit, value):
                return column, "F203", _disagrees(column, cell, printed)
        return None


def _disagrees(column: str, cell: str, printed: str) -> Message:
    return Message("problem.disagrees", column=column, cell=cell, printed=shown(printed))


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


def meant(said: Quantity) -> list[Message]:
    """A quantity in words of the dataset's columns."""
    if said.parts:
        return [Message("said.parts", parts=said.parts)]
    value = plain(said.value)
    if said.value_to is None:
        words = [Message("said.value", value=value)]
    else:
        words = [Message("said.range", value=value, value_to=plain(said.value_to))]
    if said.unit.id:
        words.append(Message("said.unit", unit=said.unit.id))
    return [*words, Message("said.bound", bound=said.bound)]


def add_unit(known: Units) -> Message:
    """What helps where a unit is not among those known."""
    return Message("problem.add_unit" if known else "problem.no_units")
