"""A quantity: a value with its unit and bound, and the ends of what it can mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ..language import Message
from .decimals import EXACT

if TYPE_CHECKING:
    from datetime import date

HALF = Decimal("0.5")


class CannotRead(ValueError):
    """A printed quantity that the grammar does not know; `message` is the reason."""

    def __init__(self, english: str, /, **fields: object) -> None:
        super().__init__(english)
        self.message = Message(english, **fields)

    def __str__(self) -> str:
        return str(self.message)


class Bound(StrEnum):
    """How the printed value stands to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    NEARLY = "nearly"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


# Kinds of unit whose values are named or counted, never measured: no rounding hides in them.
DISCRETE_KINDS = frozenset({"count", "rank", "part", "class", "date"})
DATE_UNIT = "date"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed (亿元), its base unit (CNY) and how many of those it holds (10⁸).

    `minimum` is the least value there can be, in base units, or None where there is none.
    """

    id: str
    base: str
    factor: Decimal
    kind: str
    minimum: Decimal | None = None
    name_zh: str = ""
    name_en: str = ""
    also: tuple[str, ...] = ()

    @classmethod
    def of_row(
        cls,
        id: str,
        zh: str,
        en: str,
        base: str | None,
        factor: str,
        kind: str,
        least: str | None,
        also: str | None = None,
    ) -> Unit:
        """The unit of a row of `units`, from a file or from the database."""
        return cls(
            id,
            base or "",
            Decimal(factor),
            kind,
            Decimal(least) if least else None,
            zh,
            en,
            tuple(filter(None, (also or "").split(";"))),
        )


# A number with nothing behind it: 4:3:3, 前五, 万亿.
NO_UNIT = Unit("", "", Decimal(1), "count")
# What a number counts whose unit only the words behind it name: 五免.
COUNTED = Unit("", "count", Decimal(1), "count")
DATE = Unit(DATE_UNIT, DATE_UNIT, Decimal(1), "date")


class Units(Mapping[str, Unit]):
    """The known units, with the scales (万, 亿, …) that may stand before any of them."""

    def __init__(self, rows: Iterable[Unit]) -> None:
        rows = list(rows)
        self.scales = {row.id: row for row in rows if row.kind == "scale"}
        self._units = {row.id: row for row in rows if row.kind != "scale"}
        self._composed: dict[str, Unit | None] = {}
        self._counted: dict[tuple[str, str], Unit] = {}

    def __getitem__(self, name: str) -> Unit:
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    def find(self, name: str) -> Unit | None:
        """The unit that `name` spells: a known one, one scaled (万家), or a rate (元/吨)."""
        plain = self._units.get(name)
        if plain is not None:
            return plain
        if name not in self._composed:
            self._composed[name] = self._scaled(name) or self._classified(name) or self._rate(name)
        return self._composed[name]

    @cached_property
    def longest_scales(self) -> list[str]:
        """Scales, longest first, so that 万亿 is never read as 万 and 亿."""
        return sorted(self.scales, key=len, reverse=True)

    def scaled(self, scale: str, unit: Unit) -> Unit:
        """`unit` counted in `scale`s."""
        known = self._counted.get((scale, unit.id))
        if known is not None:
            return known
        by = self.scales[scale]
        counted = self._counted[scale, unit.id] = Unit(
            scale + unit.id,
            unit.base,
            EXACT.multiply(by.factor, unit.factor),
            unit.kind,
            unit.minimum,
            scale + unit.name_zh,
            f"{by.name_en} {unit.name_en}".rstrip(),
        )
        return counted

    def _scaled(self, name: str) -> Unit | None:
        for scale in self.longest_scales:
            if name.startswith(scale):
                unit = self._units.get(name[len(scale) :])
                return self.scaled(scale, unit) if unit else None
        return None

    def _classified(self, name: str) -> Unit | None:
        """个小时 is 小时: the classifier adds nothing."""
        return self.find(name[1:]) if name.startswith("个") and len(name) > 1 else None

    def _rate(self, name: str) -> Unit | None:
        above, slash, below = name.partition("/")
        if not (slash and above and below):
            return None
        over, under = self.find(above), self.find(below)
        if over is None or under is None:
            return None
        return Unit(
            name,
            f"{over.base}/{under.base}",
            over.factor / under.factor,
            "rate",
            over.minimum,
            f"{over.name_zh}/{under.name_zh}",
            f"{over.name_en} per {under.name_en}",
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a printed figure says.

    `value` keeps the printed digits, trailing zeros too (16.70): its exponent is the precision.
    A date's value is its ISO text. `capped` marks a number followed by 余 or 多: over it, but by
    less than one step.
    """

    value: Decimal | str
    unit: Unit
    bound: Bound = Bound.EXACT
    value_to: Decimal | str | None = None
    capped: bool = False
    parts: tuple[Decimal, ...] = ()

    @property
    def base_value(self) -> Decimal | str:
        """The value in the base unit; a date's ISO text."""
        if isinstance(self.value, str):
            return self.value
        return EXACT.multiply(self.value, self.unit.factor)

    @property
    def base_value_to(self) -> Decimal | str | None:
        """The range's other end in the base unit."""
        if self.value_to is None or isinstance(self.value_to, str):
            return self.value_to
        return EXACT.multiply(self.value_to, self.unit.factor)

    @property
    def ends(self) -> Ends:
        """The least and the greatest number that this can mean, in base units.

        None is no end; a date's ends are the first and last day that it names.
        """
        if isinstance(self.value, str):
            to = self.value_to if isinstance(self.value_to, str) else None
            first, last = date_span(self.value, to)
            return Ends(first.isoformat(), last.isoformat())
        if isinstance(self.value_to, str):
            raise CannotRead(
                "a range from {value} to the date {date}", value=self.value, date=self.value_to
            )
        return meaning(self.value, self.unit, self.bound, self.value_to, self.capped)


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of what a quantity can mean, and whether each is itself left out."""

    low: Decimal | str | None
    high: Decimal | str | None
    low_open: bool = False
    high_open: bool = False


def last_place(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 585.37 → 0.01."""
    return Decimal((0, (1,), _exponent(value)))


def last_step(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 700 → 100, 16.70 → 0.1."""
    return Decimal((0, (1,), _exponent(value.normalize()))) if value else last_place(value)


def meaning(
    value: Decimal,
    unit: Unit,
    bound: Bound,
    value_to: Decimal | None = None,
    capped: bool = False,
) -> Ends:
    """The ends, in base units, of what a printed value means under its bound."""
    times, plus, minus = EXACT.multiply, EXACT.add, EXACT.subtract
    at = times(value, unit.factor)
    # A value printed below the unit's least shows that here there is no such least.
    least = unit.minimum if unit.minimum is None or at >= unit.minimum else None
    match bound:
        case Bound.EXACT:
            # Rounding to the last printed digit hides up to half of it on either side; what was
            # counted one by one, what is a class, and a stated zero were not rounded.
            counted = unit.kind in DISCRETE_KINDS and unit.factor <= 1 and value == int(value)
            if counted or unit.kind == "class" or not value:
                return Ends(at, at)
            half = times(last_place(value), times(unit.factor, HALF))
            low = minus(at, half)
            return Ends(_raised(low, least), plus(at, half))
        case Bound.OVER if capped:
            # 700余: someone who had 800 would have printed 800.
            return Ends(at, plus(at, times(last_step(value), unit.factor)), high_open=True)
        case Bound.OVER:
            # 超, 超过, 逾 name a mark that was passed, not by how much.
            return Ends(at, None, low_open=True)
        case Bound.NEARLY:
            # 近: below the mark, and nearer to it than one step.
            low = minus(at, times(last_step(value), unit.factor))
            return Ends(_raised(low, least), at, high_open=True)
        case Bound.ABOUT:
            # 约, 左右: either side, within one step of the last digit that carries meaning.
            step = times(last_step(value), unit.factor)
            return Ends(_raised(minus(at, step), least), plus(at, step))
        case Bound.UNDER:
            # 不到, 不满: below the mark, however far.
            return Ends(least, at, high_open=True)
        case Bound.AT_LEAST:
            return Ends(at, None)
        case Bound.AT_MOST:
            return Ends(least, at)
        case Bound.RANGE:
            # Both ends are printed; the writer chose them, so nothing is added to either.
            if value_to is None:
                raise CannotRead("a range with only one end: {value}", value=value)
            return Ends(at, times(value_to, unit.factor))


def _raised(low: Decimal, floor: Decimal | None) -> Decimal:
    """`low`, but not under what the unit allows."""
    return low if floor is None or low > floor else floor


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "quantities are finite"
    return exponent


def date_span(value: str, value_to: str | None = None) -> tuple[date, date]:
    """First and last day that an ISO date, month or year names.

    Raises CannotRead for a date that does not exist.
    """
    from calendar import monthrange  # only where a date's interval is asked for
    from datetime import date

    def days(text: str) -> tuple[date, date]:
        try:
            match [int(part) for part in text.split("-")]:
                case [year]:
                    return date(year, 1, 1), date(year, 12, 31)
                case [year, month]:
                    last = monthrange(year, month)[1]
                    return date(year, month, 1), date(year, month, last)
                case [year, month, day]:
                    return date(year, month, day), date(year, month, day)
                case _:
                    raise ValueError
        except ValueError as error:
            raise CannotRead("no such date: {date}", date=text) from error

    first, last = days(value)
    return (first, days(value_to)[1]) if value_to else (first, last)
