"""The check that value, unit, bound and sign of a figure agree with its `printed` cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from ..language import Message
from ..model.measures import COMPARING, SIGNED
from ..quantities.decimals import EXACT, plain
from ..quantities.quantity import SHARE_ENDS, Bound, CannotRead, Quantity
from ..quantities.units import DATE_UNIT, DISCRETE_KINDS, NO_UNIT, Unit, Units
from .clauses import say
from .csv_files import Row

if TYPE_CHECKING:
    from .checks import Dataset

# The base unit of a measure. A level and a change have the base unit of their metric.
BASES = {"growth": "%", "share": "%", "rank": "rank", "multiple": "times"}
# Base units of a change in a percentage.
POINTS = frozenset({"pp", "bp"})
# Kinds of unit with several base units. A metric takes each of them, e.g. dollars under CNY.
SEVERAL_BASES = frozenset({"money", "duration"})
# Their level may be below zero.
SIGNED_KINDS = frozenset({"index", "share"})
TEMPERATURES = frozenset({"degC", "degF", "degree"})

# Low and high end in base units, and whether each end itself is left out (0 or 1).
Ends = tuple[str | None, str | None, int, int]


class PrintedValues:
    """Checks figures in their order, and works out the ends of their meaning."""

    def __init__(self, data: Dataset) -> None:
        self.units, self.reader = data.units, data.reader
        self.metrics, self.published = data.by_id["metrics"], data.published
        self._parts = cache(partial(parts_of_unit, data.units))
        # Article, line and printed words of a list → how many of its numbers have a row so far.
        self._used: dict[tuple[str, ...], int] = {}
        self._kind_of_base = {unit.base: unit.kind for unit in self.units.values()}

    def ends(self, row: Row) -> Ends | None:
        """The ends of a figure's meaning, empty for a date; None where the row has a problem."""
        unit = self._unit(row)
        quantities = unit and self._read(row, unit)
        if not unit or not quantities:
            return None
        column, code = "value", "F203"
        # Figures printed together have one number each: a row takes the first that is not used yet.
        place = row["article"], row["line"], row["printed"]
        begin = self._used.get(place, 0) % len(quantities)
        for number, quantity in enumerate(quantities[begin:], begin + 1):
            if not quantity.value and not quantity.unit.id:
                quantity = replace(quantity, unit=NO_UNIT)  # 零收费: a stated zero has any unit.
            found = self._compare(row, unit, quantity)
            if isinstance(found, Quantity):
                if len(quantities) > 1:
                    self._used[place] = number
                return self._ends_of(row, found)
            column, code = found
        meaning = _cell(quantities[-1], column) or Message("none")
        row.problem(column, code, **row, meaning=meaning)
        return None

    def _read(self, row: Row, unit: Unit) -> list[Quantity]:
        printed, day = row["printed"], self.published.get(row["article"])
        # 同年 means the year of an earlier date. The value has that year.
        year = row["value"][:4]
        same_year = int(year) if unit.id == DATE_UNIT and year.isdecimal() else None
        try:
            found = self.reader.read_all(printed, day.year if day else None, same_year)
        except CannotRead as error:
            row.problem("printed", "F201", why=error.message)
            return []
        # A ratio such as 4:3:3 has a row for each part.
        return [replace(found[0], value=part, parts=()) for part in found[0].parts] or found

    def _unit(self, row: Row) -> Unit | None:
        unit = self.units.find(row["unit"])
        if unit is None:
            row.problem("unit", "F404", unit=row["unit"])
            return None
        metric, measure = row["metric"], row["measure"]
        if metric not in self.metrics:  # The metric has a problem of its own.
            return None
        base = self.metrics[metric]["base_unit"]
        wanted = BASES.get(measure, base)
        if (unit.base, wanted) == ("part", "count"):
            unit = replace(unit, base="count", kind="count")  # 份 counts copies here.
        if unit.base == wanted or (measure == "change" and base == "%" and unit.base in POINTS):
            return unit
        if unit.kind in SEVERAL_BASES and self._kind_of_base.get(wanted) == unit.kind:
            return unit
        other = Message("{measure} of {metric} is in {unit}", measure=measure, metric=metric,
                        unit=wanted)  # fmt: skip
        row.problem("unit", "F405", what=unit.id, base=unit.base, wanted=other)
        return None

    def _compare(self, row: Row, unit: Unit, printed: Quantity) -> Quantity | tuple[str, str]:
        """What the row means, or the column that disagrees and the code of its fault."""
        value, is_date = row["value"], isinstance(printed.value, str)
        printed_unit = self._printed_unit(unit, printed.unit, row["printed"])
        if printed_unit is None or (unit.id == DATE_UNIT) != is_date:
            return "unit", "F202"
        if printed_unit is not printed.unit:
            printed = replace(printed, unit=printed_unit)
        is_negative = value.startswith("-")
        if not is_date and not str(printed.value).startswith("-"):
            direction = self.reader.direction(row["printed"])
            if is_negative and direction == "down":
                printed = -printed
            elif is_negative or (direction == "down" and row["measure"] in SIGNED):
                return "value", "F207"
            elif direction and row["measure"] not in COMPARING:
                return "measure", "F209"
        if printed.bound == Bound.EXACT and (row["status"], row["bound"]) == ("target", "at_least"):
            printed = replace(printed, bound=Bound.AT_LEAST)  # More than a target still meets it.
        if row["bound"] != printed.bound:
            return "bound", "F204"
        for column, digits, base in (
            ("value", printed.value, printed.base_value),
            ("value_to", printed.value_to, printed.base_value_to),
        ):
            # In the printed unit the digits have to be the printed ones: they show the precision.
            same_unit = unit.factor == printed.unit.factor and isinstance(digits, Decimal)
            if not _agrees(row[column], unit, base) or (same_unit and row[column] != f"{digits:f}"):
                # Where the digits agree, the fault is in the unit.
                return "unit" if row[column] == str(digits) else column, "F203"
        return printed

    def _printed_unit(self, unit: Unit, printed: Unit, words: str) -> Unit | None:
        """The row's unit with the printed factor, None where they differ; 五免 prints no 项."""
        factor, noun = printed.factor, self._parts(printed.id)[1]
        prints_noun = unit.kind == "count" and not noun.isascii() and noun in words
        if prints_noun and self._parts(unit.id)[1] != noun:
            return None  # 家 are no 户.
        # 份 may count copies, and a yearly amount may be printed as a rate.
        same = (printed.base, unit.base) == ("part", "count") or printed.base == f"{unit.base}/year"
        if printed.base and printed.base != unit.base and not same:
            above = self.units.find(unit.id.partition("/")[0]) if unit.kind == "rate" else None
            if above is None or above.base != printed.base:
                return None
            factor = factor * unit.factor / above.factor
        if printed.kind in ("ordinal", "date"):
            return printed
        return unit if factor == unit.factor else replace(unit, factor=factor)

    def _ends_of(self, row: Row, quantity: Quantity) -> Ends | None:
        """The ends of a value that there can be; reports another."""
        try:
            ends = quantity.ends
        except CannotRead:
            row.problem("value", "F309")
            return None
        if quantity.unit.id == DATE_UNIT:
            return None, None, 0, 0
        measure, metric = row["measure"], self.metrics[row["metric"]]
        value, least = quantity.base_value, quantity.unit.minimum or 0
        is_counted = quantity.unit.kind in DISCRETE_KINDS and measure not in COMPARING
        is_positive = measure == "level" and not (
            metric["kind"] in SIGNED_KINDS or quantity.unit.base in TEMPERATURES
            or say("may_be_negative", f"{metric['name_zh']} {metric['name_en']}")
        )  # fmt: skip
        if (is_counted or is_positive) and isinstance(value, Decimal) and value < least:
            row.differs("value", "it is at least {least}", least=least)
        elif measure == "share" or (measure == "level" and metric["kind"] == "share"):
            least, most = SHARE_ENDS  # A growth may be more than 100 %.
            if (ends.low or least) > most or (ends.high is not None and ends.high < least):
                row.problem("value", "F311", why=Message("a share is from 0 to 100 per cent"))
            ends = ends.within(least, most)
        low, high = plain(ends.low) or None, plain(ends.high) or None
        return (low, high, int(ends.low_open), int(ends.high_open)) if row.sound else None


def parts_of_unit(units: Units, name: str) -> tuple[str, str]:
    """The scale of a unit and what it counts, e.g. 百万 and 标箱 of 百万标箱/年."""
    above = name.partition("/")[0]
    scales = [scale for scale in units.scales if above.startswith(scale)
              and above.removeprefix(scale) in ("", *units)]  # fmt: skip
    scale = max(scales, key=len, default="")
    return scale, above.removeprefix(scale)


def _agrees(cell: str, unit: Unit, base_value: Decimal | str | None) -> bool:
    if base_value is None or isinstance(base_value, str):
        return cell == (base_value or "")
    try:
        return bool(cell) and EXACT.multiply(Decimal(cell), unit.factor) == base_value
    except ArithmeticError:
        return False


def _cell(quantity: Quantity, column: str) -> str:
    if column in ("unit", "bound"):
        return quantity.unit.id if column == "unit" else str(quantity.bound)
    values = [plain(value) for value in (quantity.value, quantity.value_to) if value is not None]
    return "–".join(values) + (quantity.unit.id if quantity.unit.id != DATE_UNIT else "")
