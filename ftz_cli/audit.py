"""The source's own arithmetic, recomputed from what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .interval import Interval
from .models import Claim


class Verdict(StrEnum):
    """Whether a claim and its operands agree; never which of them is wrong."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, recomputed.

    `name` is a catalogue key (reading.growth, reading.ratio …), `formula` the sum in ids and
    digits, `point` what the printed values give, `recomputed` what their intervals allow.
    """

    name: str
    formula: str
    recomputed: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim judged: what is printed against what its operands give.

    `why` is a catalogue key (why.…), `unit` the unit of the recomputed numbers.
    """

    claim: Claim
    published: str
    published_interval: Interval
    readings: tuple[Reading, ...]
    verdict: Verdict
    why: str
    unit: str

    @property
    def recomputed(self) -> Interval:
        """The interval of the reading that decided the verdict."""
        for reading in self.readings:
            if reading.verdict is self.verdict:
                return reading.recomputed
        return Interval(None, None)
