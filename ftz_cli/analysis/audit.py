"""The arithmetic of the sources, recomputed from printed figures and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..language import Message
from ..model.claims import Claim
from ..model.figure import Figure
from ..model.named import Zone
from .agreement import agreement_finding, agreements
from .derived_claims import derived_claims
from .findings import Finding, Reading, Verdict
from .relations import (
    ANY,
    CALCULATED,
    COUNTING,
    dimensions,
    missing_column,
    readings,
    units_fit,
)


def findings(
    claims: Sequence[Claim], figures: Collection[Figure], zones: Iterable[Zone]
) -> list[Finding]:
    """All that can be judged: stated claims, claims that the columns make, and agreement."""
    judged = audit([*claims, *derived_claims(figures, zones)])
    return judged + list(map(agreement_finding, agreements(figures)))


def audit(claims: Iterable[Claim]) -> list[Finding]:
    """Every claim judged, in order; a claim that has several readings by the kindest of them."""
    return [_finding(claim) for claim in claims]


def _finding(claim: Claim) -> Finding:
    found: list[Reading] = []
    why: Message | None = None
    filled = {"value": claim.value is not None, "items": bool(claim.items)}
    if missing_column(claim.relation, len(claim.operands), **filled):
        why = Message("What it needs is not printed")
    elif not units_fit(claim.relation, *dimensions(claim.figures)):
        why = Message("The units do not fit the relation")
    else:
        try:
            found = readings(claim)
        except ZeroDivisionError:
            why = Message("The divisor is printed as zero")
    found = found or [Reading(Message("not computed"), "", ANY, Verdict.UNDETERMINED)]
    verdict = min((reading.verdict for reading in found), key=list(Verdict).index)
    unit = "date" if claim.relation == "order" else claim.figure.base_unit
    why = why or _why(claim, verdict)
    return Finding(**vars(claim), readings=tuple(found), verdict=verdict, why=why, unit=unit)


def _why(claim: Claim, verdict: Verdict) -> Message:
    if verdict is Verdict.INCONSISTENT:
        if len({one.source for one in claim.figures}) > 1:
            return Message("No values that the printed digits allow give it; the sources differ")
        return Message("No values that the printed digits allow give it")
    if verdict is Verdict.BY_ROUNDING:
        return Message("Holds only because the operands were rounded when printed")
    if verdict is Verdict.UNDETERMINED:
        if claim.relation == "implied_earlier":
            return Message("A value that the source does not print")
        return Message("What it needs is not printed")
    if claim.relation in COUNTING:
        return Message("The names fit the count")
    if claim.relation == "order" or CALCULATED[claim.relation].limit:
        return Message("The order holds")
    return Message("The printed values give it")
