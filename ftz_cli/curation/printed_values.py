"""The printed-value check: a figure's cells have to say what its `printed` says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from ..language import Message, join
from ..model.measures import SIGNED
from ..quantities.decimals import EXACT, plain
from ..quantities.quantity import SHARE_ENDS, Bound, CannotRead, Quantity
from ..quantities.units import DATE_UNIT, DISCRETE_KINDS, NO_UNIT, Unit, Units
from .csv_files import Row

if TYPE_CHECKING:
    from .checks import Dataset

# Measures of where a value is, and not of how much it moved.
STILL = frozenset({"level", "share", "rank"})
# The base unit of what each measure is counted in; level and change have that of their metric.
BASES = {"growth": "%", "share": "%", "rank": "rank", "multiple": "times"}
# A change of a percentage is printed in points of it.
POINTS = frozenset({"pp", "bp"})
# Kinds of unit that have several bases, any of which a metric takes: dollars, minutes.
SEVERAL_BASES = frozenset({"money", "duration"})
# Levels below zero are possible for these kinds of metric, base units, and names of metrics.
SIGNED_KINDS = frozenset({"index", "share"})
TEMPERATURES = frozenset({"degC", "degF", "degree"})
SIGNED_NAME = re.compile(r"利润|盈|亏|差额|[顺逆]差|净|余额|损益|profit|earnings|"
                         r"\b(?:balance|net|surplus|deficit|loss(?:es)?)\b", re.I)  # fmt: skip

# Low, high, and whether each is itself left out: as the database keeps them.
Ends = tuple[str | None, str | None, int, int]
# The first cell that says something else than `printed`: its column, and the code of the fault.
Disagreement = tuple[str, str]


class PrintedValues:
    """Checks a figure, and works out its ends."""

    def __init__(self, data: Dataset) -> None:
        self.units, self.reader = data.units, data.reader
        self.metrics, self.published = data.by_id["metrics"], data.published
        self._parts = cache(partial(parts_of_unit, data.units))
        # How many numbers of a printed list have their rows.
        self._listed: dict[tuple[str, ...], int] = {}
        # Base unit → kind of the units that have it.
        self._kinds = {unit.base: unit.kind for unit in self.units.values()}

    def ends(self, row: Row) -> Ends | None:
        """The ends of the row's meaning in base units; None where the row has a problem.

        A date has none.
        """
        printed, day = row["printed"], self.published.get(row["article"])
        unit = self._unit(row)
        if unit is None:
            return None
        try:
            # 同年 is the year of a date before it, which the row has found.
            year = row["value"][:4]
            same = int(year) if unit.id == DATE_UNIT and year.isdecimal() else None
            said = self.reader.read_all(printed, day.year if day else None, same)
        except CannotRead as error:
            why, known = error.message, [one.printed for one in self.reader.find(printed)]
            if known and known != [printed]:
                why = Message("{why}; known is: {parts}", why=why, parts=join(known))
            row.problem("printed", "F201", why=why)
            return None
        # Of a ratio (4:3:3) each part is listed.
        said = [replace(said[0], value=part, parts=()) for part in said[0].parts] or said
        column, code = "value", "F203"
        # A row has one number of a printed list, behind those of the rows before it.
        place = row["article"], row["line"], printed
        begin = self._listed.get(place, 0) % len(said)
        for number, quantity in enumerate(said[begin:], begin + 1):
            if not quantity.value and not quantity.unit.id:
                quantity = replace(quantity, unit=NO_UNIT)  # a stated zero is of anything: 零收费
            found = self._agreed(row, unit, quantity)
            if isinstance(found, Quantity):
                if len(said) > 1:
                    self._listed[place] = number
                return self._ends(row, found)
            column, code = found
        row.problem(column, code, **row, meaning=_cell(said[-1], column) or Message("none"))
        return None

    def _unit(self, row: Row) -> Unit | None:
        """The row's unit, where it is known and fits metric and measure."""
        unit = self.units.find(row["unit"])
        if unit is None:
            row.problem("unit", "F404", unit=row["unit"])
            return None
        metric, measure = row["metric"], row["measure"]
        if metric not in self.metrics:  # it has a problem of its own
            return None
        base = self.metrics[metric]["base_unit"]
        wanted = BASES.get(measure, base)
        if (unit.base, wanted) == ("part", "count"):
            unit = replace(unit, base="count", kind="count")  # copies, and no parts of a ratio
        if unit.base == wanted or (measure == "change" and base == "%" and unit.base in POINTS):
            return unit
        if unit.kind in SEVERAL_BASES and self._kinds.get(wanted) == unit.kind:
            return unit
        other = Message("{measure} of {metric} is in {unit}", measure=measure, metric=metric,
                        unit=wanted)  # fmt: skip
        row.problem("unit", "F405", what=unit.id, base=unit.base, wanted=other)
        return None

    def _agreed(self, row: Row, unit: Unit, said: Quantity) -> Quantity | Disagreement:
        """What the row means, where its cells say what is printed."""
        value, signed, dated = row["value"], row["measure"] in SIGNED, isinstance(said.value, str)
        counted = self._counted(unit, said.unit, row["printed"])
        if counted is None or (unit.id == DATE_UNIT) != dated:
            return "unit", "F202"
        if counted is not said.unit:
            said = replace(said, unit=counted)
        negative = value.startswith("-")
        if not dated and not str(said.value).startswith("-"):
            moves = self.reader.direction(row["printed"])
            if negative and moves == "down":
                said = -said
            elif negative or (moves == "down" and signed):
                return "value", "F207"
            elif moves and row["measure"] in STILL:
                return "measure", "F209"
        if said.bound == Bound.EXACT and (row["status"], row["bound"]) == ("target", "at_least"):
            said = replace(said, bound=Bound.AT_LEAST)  # who passes a target has reached it
        if row["bound"] != said.bound:
            return "bound", "F204"
        for column, digits, base in (
            ("value", said.value, said.base_value),
            ("value_to", said.value_to, said.base_value_to),
        ):
            # In the unit that is printed the digits are, too: they carry the precision.
            printed = unit.factor == said.unit.factor and isinstance(digits, Decimal)
            if not _agrees(row[column], unit, base) or (printed and row[column] != f"{digits:f}"):
                # The digits are printed, so that it is the unit that is not.
                return "unit" if row[column] == str(digits) else column, "F203"
        return said

    def _counted(self, unit: Unit, said: Unit, printed: str) -> Unit | None:
        """The unit of the printed digits in the row's base unit; None where they have another.

        The digits printed carry the precision, and so the factor; the kind of quantity is the
        row's to say (printed 五免, unit 项). A rate may be printed by what it counts: 300余通.
        """
        factor, noun = said.factor, self._parts(said.id)[1]
        spelt = unit.kind == "count" and not noun.isascii() and noun in printed
        if spelt and self._parts(unit.id)[1] != noun:
            return None  # households are no companies
        # 份 are copies, too, which are counted; an amount may be printed as that of a year.
        same = (said.base, unit.base) == ("part", "count") or said.base == f"{unit.base}/year"
        if said.base and said.base != unit.base and not same:
            above = self.units.find(unit.id.partition("/")[0]) if unit.kind == "rate" else None
            if above is None or above.base != said.base:
                return None
            factor = factor * unit.factor / above.factor
        if said.kind in ("ordinal", "date"):
            return said
        return unit if factor == unit.factor else replace(unit, factor=factor)

    def _ends(self, row: Row, said: Quantity) -> Ends | None:
        try:
            ends = said.ends
        except CannotRead:
            row.problem("value", "F309")
            return None
        if said.unit.id == DATE_UNIT:
            return None, None, 0, 0
        measure, metric = row["measure"], self.metrics[row["metric"]]
        value, minimum = said.base_value, said.unit.minimum or 0
        counted = said.unit.kind in DISCRETE_KINDS and measure in STILL
        positive = measure == "level" and not (
            metric["kind"] in SIGNED_KINDS or said.unit.base in TEMPERATURES
            or SIGNED_NAME.search(f"{metric['name_zh']} {metric['name_en']}")
        )  # fmt: skip
        if (counted or positive) and isinstance(value, Decimal) and value < minimum:
            row.differs("value", "it is at least {least}", least=minimum)
            return None
        if measure == "share" or (measure == "level" and metric["kind"] == "share"):
            least, most = SHARE_ENDS
            above = isinstance(ends.low, Decimal) and ends.low > most
            if above or (isinstance(ends.high, Decimal) and ends.high < least):
                row.problem("value", "F311", why=Message("a share is from 0 to 100 per cent"))
                return None
            ends = ends.within(*SHARE_ENDS)  # a growth may pass 100 %, a share may not
        low, high = plain(ends.low) or None, plain(ends.high) or None
        return low, high, int(ends.low_open), int(ends.high_open)


def parts_of_unit(units: Units, name: str) -> tuple[str, str]:
    """The scale of a unit and what is counted in it: 百万 and 标箱 of 百万标箱/年."""
    above = name.partition("/")[0]
    scales = [one for one in units.scales if above.startswith(one)
              and above.removeprefix(one) in ("", *units)]  # fmt: skip
    scale = max(scales, key=len, default="")
    return scale, above.removeprefix(scale)


def _agrees(cell: str, unit: Unit, said: Decimal | str | None) -> bool:
    if said is None or isinstance(said, str):
        return cell == (said or "")
    try:
        return bool(cell) and EXACT.multiply(Decimal(cell), unit.factor) == said
    except ArithmeticError:
        return False


def _cell(said: Quantity, column: str) -> str:
    """What a quantity asks of a column of its row: value with unit, unit, or bound."""
    if column in ("unit", "bound"):
        return said.unit.id if column == "unit" else str(said.bound)
    values = [plain(one) for one in (said.value, said.value_to) if one is not None]
    return "–".join(values) + (said.unit.id if said.unit.id != DATE_UNIT else "")
