"""The source's own arithmetic, recomputed from what was printed.

Three steps, each of its own: `recompute` (`relations.py`) works out what a claim's operands allow,
`agrees` compares that with what is printed, `judge` gives the verdict. It says that numbers
disagree, never which of them is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .claims import Claim
from .interval import Interval
from .relations import ANY, Recomputed, amiss, days, meaning, printed, recompute


class Verdict(StrEnum):
    """Whether a claim and its operands agree."""

    CONSISTENT = "consistent"
    BY_ROUNDING = "consistent-by-rounding"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, recomputed and judged.

    `name` is a catalogue key (reading.growth, reading.multiple …), `formula` the sum in printed
    figures, `recomputed` what the operands' intervals allow, `verdict` what that means.
    """

    name: str
    formula: str
    recomputed: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim judged: what is printed against what its operands give.

    `why` is a catalogue key (why.…). Numbers are in `unit`, the base unit of the claim; where
    that is "date" they are day ordinals.
    """

    claim: Claim
    published: str
    readings: tuple[Reading, ...]
    verdict: Verdict
    why: str
    unit: str

    @property
    def recomputed(self) -> Interval:
        """The interval of the reading that decided the verdict."""
        return next(r.recomputed for r in self.readings if r.verdict is self.verdict)


def audit(claims: list[Claim]) -> list[Finding]:
    """Every claim judged, in order."""
    return [finding(claim) for claim in claims]


def finding(claim: Claim) -> Finding:
    """One claim, recomputed under each reading it can have, and judged by the kindest."""
    own = days(claim.figure) if claim.relation == "order" else meaning(claim.figure)
    readings = tuple(
        Reading(one.name, one.formula, one.allowed or ANY, judge(claim, own, one))
        for one in recompute(claim)
    )
    verdicts = {reading.verdict for reading in readings}
    verdict = next(v for v in Verdict if v in verdicts)
    return Finding(
        claim,
        claim.figure.printed,
        readings,
        verdict,
        _why(claim, verdict),
        "date" if claim.relation == "order" else claim.figure.base_unit,
    )


def _why(claim: Claim, verdict: Verdict) -> str:
    match verdict:
        case Verdict.INCONSISTENT:
            return "why.disagree"
        case Verdict.BY_ROUNDING:
            return "why.rounding"
        case Verdict.UNDETERMINED:
            if amiss(claim) == "why.units":
                return "why.units"
            return "why.implied" if claim.relation == "implied_earlier" else "why.missing"
    if claim.relation in ("count", "parts"):
        return "why.counted"
    if claim.relation == "names_some":
        return "why.names_some"
    return "why.order" if claim.relation in ORDERED else "why.point"


def judge(claim: Claim, own: Interval, one: Recomputed) -> Verdict:
    """The verdict on one reading."""
    if one.allowed is None or claim.relation == "implied_earlier":
        return Verdict.UNDETERMINED
    published = one.stated or own
    if not (published.inside if one.entire else published.meets)(one.allowed):
        return Verdict.INCONSISTENT
    return Verdict.CONSISTENT if agrees(claim, published, one) else Verdict.BY_ROUNDING


def agrees(claim: Claim, published: Interval, one: Recomputed) -> bool:
    """Whether the printed values themselves agree, no rounding of the operands called on."""
    at = one.at_printed
    if at is None:
        return True
    if one.entire:
        return published.inside(at)
    if claim.relation in ORDERED and one.stated is None:
        return at.meets(printed(claim.figure))
    return at.meets(published)


# Relations that say which is larger; the others say what equals what.
ORDERED = ("part_of", "at_most", "within", "holds_sum", "mean_at_most", "order", "names_some")
