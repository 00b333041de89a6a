"""What an audit finds: a claim with every reading of it, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ..language import Message
from ..model.claims import Claim
from ..quantities.interval import Interval


class Verdict(StrEnum):
    """Whether printed figures agree; never which of them is wrong."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


class Reading(NamedTuple):
    """One way to read a claim: what its operands allow the figure to be.

    `formula` is the calculation in printed figures; `recomputed` is in the finding's unit.
    """

    formula: str
    recomputed: Interval
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Finding(Claim):
    """A claim judged, with the reading that decided it: `Finding(**vars(claim), …)`.

    Intervals are in `unit`, the base unit of the claim's figure; where that is `date` they hold
    day ordinals (`datetime.date.fromordinal`). `why` is one sentence without a full stop.
    A finding of kind `agreement` has relation `agreement`: `figure` is the best source's and
    `operands` are those of the others, with one reading each.
    """

    readings: tuple[Reading, ...]
    verdict: Verdict
    why: Message
    unit: str

    def at_fault(self) -> bool:
        """Whether the printed figures contradict each other."""
        return self.verdict is Verdict.INCONSISTENT

    @property
    def decisive(self) -> Reading:
        """The reading that decided the verdict."""
        return next(one for one in self.readings if one.verdict is self.verdict)

    @property
    def recomputed(self) -> Interval:
        """The interval of that reading."""
        return self.decisive.recomputed
