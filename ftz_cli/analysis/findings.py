"""What an audit finds: a claim with every reading of it, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from ..language import Message
from ..model.claims import Claim
from ..model.figure import Figure
from ..quantities.interval import Interval


class Verdict(StrEnum):
    """Whether printed figures agree; never which of them is wrong."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim: what its operands allow the figure to be.

    `formula` is the calculation in printed figures; `recomputed` is in the finding's unit.
    """

    name: Message
    formula: str
    recomputed: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Claim):
    """A claim judged, with the reading that decided it.

    Intervals are in `unit`, the base unit of the claim's figure; where that is `date` they hold
    day ordinals (`datetime.date.fromordinal`). `why` is one sentence without a full stop.
    A finding of kind `agreement` has relation `agreement`: `figure` is the best source's and
    `operands` are those of the others, with one reading each.
    """

    readings: tuple[Reading, ...]
    verdict: Verdict
    why: Message
    unit: str

    @classmethod
    def of(
        cls, claim: Claim, readings: tuple[Reading, ...], verdict: Verdict, why: Message, unit: str
    ) -> Finding:
        """A claim with its verdict."""
        known = {field.name: getattr(claim, field.name) for field in fields(claim)}
        return cls(**known, readings=readings, verdict=verdict, why=why, unit=unit)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure and its operands."""
        return (self.figure, *self.operands)

    @property
    def published(self) -> str:
        """The figure as printed."""
        return self.figure.printed

    @property
    def recomputed(self) -> Interval:
        """The interval of the reading that decided the verdict."""
        return next(r.recomputed for r in self.readings if r.verdict is self.verdict)
