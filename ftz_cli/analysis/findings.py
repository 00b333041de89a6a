"""What an audit finds: a claim with every reading of it, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim and its verdict, with the reading that decided it.

    Intervals are in `unit`, the base unit of the claim's figure; where that is `date` they hold
    day ordinals (`datetime.date.fromordinal`). `why` is one sentence without a full stop.
    A finding of kind `agreement` has relation `agreement`: `figure` is the best source's and
    `operands` are those of the others, with one reading each.
    """

    claim: Claim
    readings: tuple[Reading, ...]
    verdict: Verdict
    why: Message
    unit: str

    @property
    def id(self) -> str:
        """The id of the claim; `F049-growth` or `F049-agreement` where no row states it."""
        return self.claim.id

    @property
    def kind(self) -> str:
        """Where it comes from: claim, derived or agreement."""
        return self.claim.kind

    @property
    def figure(self) -> Figure:
        """The figure under audit."""
        return self.claim.figure

    @property
    def relation(self) -> str:
        """What the figure is claimed to be of its operands."""
        return self.claim.relation

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures it is held against."""
        return self.claim.operands

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure and its operands."""
        return (self.claim.figure, *self.claim.operands)

    @property
    def published(self) -> str:
        """The figure as printed."""
        return self.claim.figure.printed

    @property
    def recomputed(self) -> Interval:
        """The interval of the reading that decided the verdict."""
        return next(r.recomputed for r in self.readings if r.verdict is self.verdict)
