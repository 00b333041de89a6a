"""A published figure: what was printed, what it means, and its source."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..language import Message

if TYPE_CHECKING:
    from ..quantities.interval import Interval

# Figures are filtered by these; `zone` includes the zones within it, `period` is EDTF.
FIGURE_FILTERS = ("zone", "initiative", "metric", "measure", "article", "period", "status")


# A tuple: a dataclass with so many fields would cost a look-up two milliseconds.
class Figure(NamedTuple):
    """A published figure.

    `value` keeps the printed digits, in `unit`; a figure that is a date has None there, and its
    EDTF in `date`. `factor` is the number of base units in one unit. `low` and `high` are the ends
    of its meaning in `base_unit`, or None; `low_open` and `high_open` exclude the end itself.
    `metric_zh` and `metric_en` include the measure. `source` is the document of `article`. `scope`
    is printed words, or a zone's id with `scope_zh`, `scope_en` and `scope_kind`.
    """

    id: str
    zone: str
    zone_zh: str
    zone_en: str
    initiative: str | None
    initiative_zh: str | None
    initiative_en: str | None
    metric: str
    metric_zh: str
    metric_en: str
    measure: str
    scope: str | None
    scope_en: str | None
    value: Decimal | None
    value_to: Decimal | None
    date: str | None
    unit: str
    base_value: Decimal | None
    base_value_to: Decimal | None
    base_unit: str
    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    bound: str
    period: str | None
    base_period: str | None
    period_kind: str
    status: str
    source: str
    source_kind: str
    article: str
    line: int | None
    url: str | None
    printed: str
    note_en: str | None
    note_zh: str | None
    metric_kind: str
    unit_zh: str
    unit_en: str
    unit_kind: str
    factor: Decimal
    scope_zh: str | None = None
    scope_kind: str | None = None

    @property
    def interval(self) -> "Interval | None":
        """The numbers that it can mean, in the base unit; None for a date."""
        if self.date is not None:
            return None
        from fractions import Fraction  # start-up: only for computing

        from ..quantities.interval import Interval

        low, high = (None if end is None else Fraction(end) for end in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)

    @property
    def place(self) -> str:
        """Its article and line."""
        return self.article if self.line is None else f"{self.article}:{self.line}"


class Answer(NamedTuple):
    """The best figures for a question, best first; the total number of answers; notices."""

    figures: list[Figure]
    total: int
    notices: list[Message]
