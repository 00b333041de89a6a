"""The arithmetic of the sources, recomputed from printed figures and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..language import Message
from ..model.claims import Claim, Finding, Reading, Verdict
from ..model.figure import Figure
from ..model.named import Zone
from .agreement import agreement_finding, agreements
from .derived_claims import derived_claims
from .relations import ANY, COUNTING, ORDERING, readings


def findings(
    claims: Sequence[Claim], figures: Collection[Figure], zones: Iterable[Zone]
) -> list[Finding]:
    """All that can be judged, faults first: stated claims, what the columns make, agreement."""
    judged = audit([*claims, *derived_claims(figures, zones)])
    judged += map(agreement_finding, agreements(figures))
    return sorted(judged, key=lambda one: not one.at_fault())


def audit(claims: Iterable[Claim]) -> list[Finding]:
    """Every claim judged, in order; a claim that has several readings by the kindest of them."""
    return [_finding(claim) for claim in claims]


def _finding(claim: Claim) -> Finding:
    why: Message | None = None
    try:
        found = readings(claim)
    except ZeroDivisionError:
        found = [Reading("", ANY, Verdict.UNDETERMINED)]
        why = Message("The divisor is printed as zero")
    verdict = min((reading.verdict for reading in found), key=list(Verdict).index)
    unit = "date" if claim.relation == "order" else claim.figure.base_unit
    why = why or _why(claim, verdict)
    return Finding(**vars(claim), readings=tuple(found), verdict=verdict, why=why, unit=unit)


WHY = {
    Verdict.INCONSISTENT: Message("No values that the printed digits allow give it"),
    Verdict.BY_ROUNDING: Message("Holds only because the operands were rounded when printed"),
    Verdict.UNDETERMINED: Message("What it needs is not printed"),
    Verdict.CONSISTENT: Message("The printed values give it"),
}


def _why(claim: Claim, verdict: Verdict) -> Message:
    if claim.relation == "implied_earlier":
        return Message("A value that the source does not print")
    if verdict is Verdict.UNDETERMINED and claim.operands and claim.relation != "order":
        return Message("What it needs is printed only as a bound")
    if verdict is Verdict.INCONSISTENT and len({one.source for one in claim.figures}) > 1:
        return Message("No values that the printed digits allow give it; the sources differ")
    if verdict is Verdict.CONSISTENT and claim.relation in COUNTING:
        return Message("The names fit the count")
    if verdict is Verdict.CONSISTENT and claim.relation in ORDERING:
        return Message("The order holds")
    return WHY[verdict]
